//! YAML → builder: takes a text, hands the values of its one document to the [`Builder`] in order, by YAML 1.2 and its
//! core schema. Never merges (`<<`), never follows a tag it doesn't know, keeps no stack of its own.
//!
//! Keys are texts: a scalar key stands for its text as it is written (`200`, `1.10`, `true`, `~`), a missing one for the
//! empty text. `<<` without quotes, custom tags, a second document, and mappings or lists as keys are errors.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span, Tag, YamlVersion, options};

use super::Limits;
use super::build::{AnchorId, Builder, Stop};
use super::lax::Blanks;
use super::scalar::{Plain, resolve};
use super::tree::Value;
use crate::diag::{
    CONTROL_CHARACTER, EMPTY_FILE, KEY_NOT_A_SCALAR, LAX_GRAMMAR, MERGE_KEY, NUMBER_FORM, SEVERAL_DOCUMENTS, SYNTAX,
    UNKNOWN_ALIAS, UNSUPPORTED_TAG, YAML_VERSION,
};

/// After as many numbers in a form of YAML's own, the others are only counted.
const MAX_NUMBER_WARNINGS: usize = 20;

/// Reads the one document that `text` holds.
pub(super) fn read(text: &str, limits: &Limits, builder: &mut Builder<'_>) -> Result<(), Stop> {
    check_controls(text, builder)?;
    // Our own limits come first: the parser's are one level wider, and bound what it looks ahead.
    let depth = limits.levels() + 1;
    let options = options! {
        emit_unresolved_aliases: true,
        flow_nesting_limit: depth,
        block_nesting_limit: depth,
        simple_key_max_lookahead: limits.key.saturating_add(1024),
    };
    let mut reader =
        Reader { builder, blanks: Blanks::default(), skipping: 0, documents: 0, numbers: 0, merges: false };
    let mut mended: Option<String> = None;
    let mut taken = 0;
    loop {
        let parser = Parser::new_from_str_with_options(mended.as_deref().unwrap_or(text), options.clone());
        let Some(error) = reader.events(parser, &mut taken)? else { break };
        // What was taken in before the error stays as it is: blanks further down change nothing of it.
        let mut whole = mended.unwrap_or_else(|| text.to_owned());
        let Some(mend) = reader.blanks.mend(&mut whole, &error) else { return reader.syntax(&error, text) };
        let finding = reader.builder.finding(&LAX_GRAMMAR, mend.what, mend.at..mend.at);
        reader.builder.warn(finding.help(mend.help));
        mended = Some(whole);
    }
    reader.finish(text)
}

/// YAML 1.2.2, section 5.1: of the characters below U+0020, tab and the line breaks alone may stand in a file.
fn check_controls(text: &str, builder: &mut Builder<'_>) -> Result<(), Stop> {
    let Some(at) = text.bytes().position(|byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) else {
        return Ok(());
    };
    let code = text.as_bytes().get(at).copied().unwrap_or_default();
    builder.fail(&CONTROL_CHARACTER, format!("U+{code:04X} can't stand in a YAML file"), at..at + 1)
}

struct Reader<'r, 'b> {
    builder: &'r mut Builder<'b>,
    /// What was put into the text that is read.
    blanks: Blanks,
    /// How many mappings and lists are open inside a key that was refused.
    skipping: usize,
    documents: usize,
    /// Numbers in a form of YAML's own.
    numbers: usize,
    /// Whether a key merges.
    merges: bool,
}

impl Reader<'_, '_> {
    /// Takes in the events after those that were `taken` in before, up to an error of the parser.
    fn events<'t>(
        &mut self,
        parser: impl Iterator<Item = Result<(Event<'t>, Span), ScanError>>,
        taken: &mut usize,
    ) -> Result<Option<ScanError>, Stop> {
        for next in parser.skip(*taken) {
            match next {
                Ok((event, span)) => {
                    *taken += 1;
                    if !self.event(event, &span)? {
                        return Ok(None);
                    }
                }
                Err(error) => return Ok(Some(error)),
            }
        }
        Ok(None)
    }

    /// Where something stands in the text as it was written.
    fn bytes(&self, span: &Span) -> Range<usize> {
        let bytes = span.byte_range().unwrap_or_default();
        self.blanks.written(bytes.start)..self.blanks.written(bytes.end)
    }

    /// Takes in one event; `false` when the rest of the file is not wanted.
    fn event(&mut self, event: Event<'_>, span: &Span) -> Result<bool, Stop> {
        let bytes = self.bytes(span);
        if self.skipping > 0 {
            self.skip(&event);
            return Ok(true);
        }
        match event {
            Event::DocumentStart(_, version) => return self.document(version, bytes),
            Event::Scalar(text, style, anchor, tag) => self.scalar(text, style, id(anchor), tag.as_deref(), span)?,
            Event::SequenceStart(_, anchor, tag) => self.collection("seq", id(anchor), tag.as_deref(), span)?,
            Event::MappingStart(_, anchor, tag) => self.collection("map", id(anchor), tag.as_deref(), span)?,
            Event::SequenceEnd | Event::MappingEnd => {
                // Only a bracket has bytes: a block ends where its last child does.
                self.builder.close((!bytes.is_empty()).then_some(bytes.end))?;
            }
            Event::Alias(anchor) => self.alias(anchor, bytes)?,
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, bytes)?,
            _ => {}
        }
        Ok(true)
    }

    fn skip(&mut self, event: &Event<'_>) {
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => self.skipping += 1,
            Event::SequenceEnd | Event::MappingEnd => self.skipping -= 1,
            _ => {}
        }
    }

    fn document(&mut self, version: Option<YamlVersion>, bytes: Range<usize>) -> Result<bool, Stop> {
        self.documents += 1;
        if self.documents > 1 {
            let finding = self.builder.finding(&SEVERAL_DOCUMENTS, "a second document begins here", bytes);
            self.builder.error(finding.help("keep one document in this file"))?;
            return Ok(false);
        }
        if let Some(version) = version.filter(|version| (version.major, version.minor) != (1, 2)) {
            let message = format!("the file says YAML {}.{}, and is read as 1.2", version.major, version.minor);
            self.builder.warn(self.builder.finding(&YAML_VERSION, message, bytes));
        }
        Ok(true)
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: Option<AnchorId>,
        tag: Option<&Tag>,
        span: &Span,
    ) -> Result<(), Stop> {
        let bytes = self.bytes(span);
        let plain = style == ScalarStyle::Plain;
        // The parser writes `~` for what isn't there.
        let text = if plain && bytes.is_empty() { Cow::Borrowed("") } else { text };
        if self.builder.wants_key() {
            return self.scalar_key(text, plain, anchor, tag, span);
        }
        let value = match tag {
            Some(tag) => match tagged(tag, &text) {
                Some(value) => value,
                None => {
                    self.unsupported_tag(tag, span)?;
                    Value::Text(text.into_owned())
                }
            },
            None if !plain => Value::Text(text.into_owned()),
            None => match resolve(&text) {
                Plain::Json(value) => value,
                Plain::OtherNumber => {
                    self.number_form(&text, bytes.clone());
                    Value::Text(text.into_owned())
                }
            },
        };
        self.builder.value(value, bytes, anchor)
    }

    fn scalar_key(
        &mut self,
        text: Cow<'_, str>,
        plain: bool,
        anchor: Option<AnchorId>,
        tag: Option<&Tag>,
        span: &Span,
    ) -> Result<(), Stop> {
        let bytes = self.bytes(span);
        if plain && tag.is_none() && text == "<<" {
            if !std::mem::replace(&mut self.merges, true) {
                let message = "`<<` merges as in YAML 1.1; YAML 1.2 has no such key";
                self.builder.warn(self.builder.finding(&MERGE_KEY, message, bytes));
            }
            self.builder.merge_key();
            return Ok(());
        }
        if let Some(tag) = tag.filter(|tag| tagged(tag, &text).is_none()) {
            self.unsupported_tag(tag, span)?;
        }
        if let Some(id) = anchor {
            self.builder.anchor_key(id, &text);
        }
        self.builder.key(text, bytes)
    }

    /// Begins a mapping (`map`) or list (`seq`); leaves it out where a key should stand.
    fn collection(
        &mut self,
        suffix: &str,
        anchor: Option<AnchorId>,
        tag: Option<&Tag>,
        span: &Span,
    ) -> Result<(), Stop> {
        let bytes = self.bytes(span);
        if let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema_tag(suffix) && !is_non_specific(tag)) {
            self.unsupported_tag(tag, span)?;
        }
        let list = suffix == "seq";
        if self.builder.wants_key() {
            self.skipping = 1;
            self.refuse_key(if list { "a list" } else { "a mapping" }, bytes)
        } else if list {
            self.builder.open_list(bytes, anchor)
        } else {
            self.builder.open_map(bytes, anchor)
        }
    }

    fn alias(&mut self, anchor: AnchorId, bytes: Range<usize>) -> Result<(), Stop> {
        if !self.builder.wants_key() {
            self.builder.alias(anchor, bytes)
        } else if self.builder.alias_key(anchor, bytes.clone())? {
            Ok(())
        } else {
            self.refuse_key("a mapping or a list", bytes)
        }
    }

    fn refuse_key(&mut self, kind: &str, bytes: Range<usize>) -> Result<(), Stop> {
        let finding = self.builder.finding(&KEY_NOT_A_SCALAR, format!("this key is {kind}"), bytes);
        self.builder.error(finding.help("a key must be a text; put it in quotes"))?;
        self.builder.refuse_key();
        Ok(())
    }

    fn unsupported_tag(&mut self, tag: &Tag, span: &Span) -> Result<(), Stop> {
        let node = self.bytes(span);
        let bytes = span.tag_span().map_or(node, |tag| self.bytes(&tag));
        let message = format!("the tag `{}` is not understood before this value", tag.original());
        let finding = self.builder.finding(&UNSUPPORTED_TAG, message, bytes);
        self.builder.error(finding.help("write the value without it"))
    }

    fn unknown_alias(&mut self, name: &str, bytes: Range<usize>) -> Result<(), Stop> {
        let finding = self.builder.finding(
            &UNKNOWN_ALIAS,
            format!("no anchor `&{name}` stands before this alias"),
            bytes.clone(),
        );
        self.builder.error(finding.help("a text that begins with `*` must be in quotes"))?;
        if self.builder.wants_key() {
            self.builder.refuse_key();
            return Ok(());
        }
        self.builder.value(Value::Null, bytes, None)
    }

    fn number_form(&mut self, text: &str, bytes: Range<usize>) {
        self.numbers += 1;
        if self.numbers <= MAX_NUMBER_WARNINGS {
            let message = format!("`{}` is read as a text", text.chars().take(40).collect::<String>());
            let finding = self.builder.finding(&NUMBER_FORM, message, bytes);
            self.builder.warn(finding.help("quote it if it is a text; write it as JSON would if it is a number"));
        }
    }

    fn syntax<T>(&mut self, error: &ScanError, text: &str) -> Result<T, Stop> {
        let at = error.marker().byte_offset().map_or(text.len(), |at| self.blanks.written(at));
        let width = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
            return self.builder.stop(self.builder.too_deep(at..at + width));
        }
        self.builder.fail(&SYNTAX, format!("YAML: {}", error.info()), at..at + width)
    }

    fn finish(self, text: &str) -> Result<(), Stop> {
        if self.numbers > MAX_NUMBER_WARNINGS {
            let message = format!("{} more numbers are read as texts", self.numbers - MAX_NUMBER_WARNINGS);
            self.builder.warn(self.builder.finding(&NUMBER_FORM, message, text.len()..text.len()));
        }
        if self.documents == 0 {
            return self.builder.fail(&EMPTY_FILE, "the file holds no value", 0..0);
        }
        Ok(())
    }
}

/// The value of a scalar that has a tag; `None` when the tag isn't known, or doesn't fit.
fn tagged(tag: &Tag, text: &str) -> Option<Value> {
    if is_non_specific(tag) {
        return Some(Value::Text(text.to_owned()));
    }
    let value = match (tag.core_suffix()?, resolve(text)) {
        ("str", _) => return Some(Value::Text(text.to_owned())),
        (_, Plain::OtherNumber) => return None,
        (suffix, Plain::Json(value)) => (suffix, value),
    };
    match value {
        ("null", value @ Value::Null) | ("bool", value @ Value::Boolean(_)) | ("float", value @ Value::Number(_)) => {
            Some(value)
        }
        ("int", Value::Number(number)) if !number.0.contains(['.', 'e', 'E']) => Some(Value::Number(number)),
        _ => None,
    }
}

/// `!` alone: YAML 1.2.2, section 6.9.1, a text, mapping or list by its kind.
fn is_non_specific(tag: &Tag) -> bool {
    tag.original() == "!"
}

fn id(anchor: usize) -> Option<AnchorId> {
    (anchor > 0).then_some(anchor)
}
