//! Slips that can be meant in one way only: names of members and words in another case, formats as types, booleans in quotes,
//! 2.0's ways in a description of 3.0, a part in place of what must hold it. They are mended in the tree, by the grammar and
//! before it is read, so that everything after it sees what is meant; each is reported. What can be meant in several ways
//! stays as it is, and the tables say so.

mod media;
mod names;
mod older;
mod shorts;
mod swagger_2;
mod types;
mod words;

use std::borrow::Cow;

use super::graft::is_site;
use super::grammar::{Keys, Kind, Patterned, Section, Shape};
use super::nodes;
use super::read::is_status;
use super::single::is_single;
use super::version::{Version, Versions};
use crate::diag::{Code, Diagnostic, Diagnostics, MISSING_MEMBER_FILLED, Place, SHORT_FORM, SPELT_OTHERWISE};
use crate::load::tree::{Node, Value};
use crate::load::{Document, Moved};
use crate::pointer::Pointer;
use crate::source::Span;
pub(super) use swagger_2::DOCUMENT as DOCUMENT_2_0;

/// Mends what stands at `place`, which is to be of `shape`; whether there was anything to mend.
pub(super) fn mend(
    place: &Pointer,
    shape: &Shape,
    document: &mut Document,
    versions: &Versions,
    diagnostics: &mut Diagnostics,
) -> bool {
    let (name, moved) = (document.name.clone(), std::mem::take(&mut document.moved));
    let mut slips = Slips { versions, name, moved, media: media::Around::default(), found: Diagnostics::default() };
    if let Some(node) = document.find_mut(place) {
        slips.value(node, shape, place);
    }
    document.moved = slips.moved;
    let is_mended = !slips.found.is_empty();
    diagnostics.extend(slips.found);
    is_mended
}

/// Walks a tree with the grammar.
struct Slips<'a> {
    versions: &'a Versions,
    /// The name of the root document's file.
    name: String,
    moved: Moved,
    /// What the operation at hand consumes and produces, as 2.0 says it.
    media: media::Around,
    found: Diagnostics,
}

impl Slips<'_> {
    /// Mends what is to be of `shape`.
    fn value(&mut self, node: &mut Node, shape: &Shape, place: &Pointer) {
        shorts::held(self, node, shape, place);
        match shape {
            Shape::BooleanOr(inner) => {
                if !self.word(node, &Shape::Boolean, place) {
                    self.value(node, inner, place);
                }
            }
            Shape::Object(kind) | Shape::RefOr(kind) => {
                if let Value::Map(map) = &node.value
                    && map.get("$ref").is_none_or(|entry| entry.node.as_text().is_none())
                {
                    self.object(node, kind, place);
                }
            }
            Shape::Map(inner) => {
                if let Value::Map(map) = &mut node.value
                    && !is_site(map, inner)
                {
                    for (key, entry) in map.iter_mut().filter(|(_, entry)| may_have(&entry.node, inner)) {
                        self.value(&mut entry.node, inner, &place.child(key));
                    }
                }
            }
            Shape::List(inner) if is_single(node, inner) && node.as_map().is_some() => self.value(node, inner, place),
            Shape::List(inner) => match &mut node.value {
                Value::List(list) => {
                    for (index, item) in list.iter_mut().enumerate().filter(|(_, item)| may_have(item, inner)) {
                        self.value(item, inner, &place.item(index));
                    }
                }
                Value::Text(_) => {
                    shorts::held(self, node, inner, place);
                    if node.as_map().is_some() {
                        node.value = Value::List(vec![node.clone()]);
                    }
                }
                _ => {}
            },
            _ => {
                self.word(node, shape, place);
            }
        }
    }

    fn object(&mut self, node: &mut Node, kind: &'static Kind, place: &Pointer) {
        let version = self.versions.of(node.file);
        self.names(node, kind, version, place);
        self.whole_query(node, kind, version, place);
        older::object(self, node, kind, place);
        if let Value::Map(map) = &mut node.value {
            types::mend(self, map, kind, place);
        }
        let around = media::enter(self, node, kind);
        if let Value::Map(map) = &mut node.value {
            for (key, entry) in map.iter_mut() {
                let Some(shape) = shape_of(kind, key, version) else { continue };
                if let Some(meant) = words::text(kind, key, &entry.node) {
                    self.reads(&mut entry.node, meant, &place.child(key));
                }
                if may_have(&entry.node, &shape) {
                    self.value(&mut entry.node, &shape, &place.child(key));
                }
            }
        }
        older::bodies(self, node, kind, place);
        if let Some(around) = around {
            media::leave(self, around, node, place);
        }
    }

    /// Gives members their names.
    fn names(&mut self, node: &mut Node, kind: &Kind, version: Version, place: &Pointer) {
        let Value::Map(map) = &mut node.value else { return };
        let slips = names::slips(map, kind, version);
        if slips.is_empty() {
            return;
        }
        let members = std::mem::take(&mut **map).into_iter().map(|(key, entry)| {
            match slips.iter().find(|(was, _)| **was == *key) {
                Some((was, now)) => {
                    let message = format!("`{was}` is read as `{now}`");
                    let span = Span { file: entry.file, bytes: entry.key.clone() };
                    self.report(&SPELT_OTHERWISE, place, was, true, span, message, format!("write `{now}`"));
                    self.moved.note(self.moved.was(place).child(was), place.child(now));
                    (now.as_str().into(), entry)
                }
                None => (key, entry),
            }
        });
        **map = members.collect();
    }

    /// Gives a query as a whole a name, which is sent nowhere (OpenAPI 3.2.0, section 4.12.1).
    fn whole_query(&mut self, node: &mut Node, kind: &Kind, version: Version, place: &Pointer) {
        const NAME: &str = "query";
        let span = node.span();
        let Value::Map(map) = &mut node.value else { return };
        let Some(named) = map.get("in").filter(|_| kind.section_of == Some(Section::Parameters)) else { return };
        if named.node.as_text() != Some("querystring") || version < Version::V3_2 || map.contains_key("name") {
            return;
        }
        let name = nodes::text(NAME, &named.node);
        nodes::set(map, "name", name);
        let message = format!("a parameter must have a member `name`; this one is read as `{NAME}`");
        let help = format!("write `name: {NAME}`");
        self.report_at(&MISSING_MEMBER_FILLED, self.moved.was(place), false, span, message, help);
    }

    /// Mends a value without parts; whether there was something to mend.
    fn word(&mut self, node: &mut Node, shape: &Shape, place: &Pointer) -> bool {
        let Some(meant) = words::meant(node, shape) else { return false };
        self.reads(node, meant, place);
        true
    }

    fn reads(&mut self, node: &mut Node, meant: Value, place: &Pointer) {
        let written = node.as_text().unwrap_or_default();
        let shown = super::read::scalar_text(&meant).unwrap_or_default();
        let message = format!("\"{written}\" is read as `{shown}`");
        let span = node.span();
        node.value = meant;
        self.report_at(&SPELT_OTHERWISE, self.moved.was(place), false, span, message, format!("write `{shown}`"));
    }

    /// Says that a part stands in place of what must hold it.
    fn short(&mut self, place: &Pointer, span: Span, message: String, help: String) {
        self.report_at(&SHORT_FORM, self.moved.was(place), false, span, message, help);
    }

    #[expect(clippy::too_many_arguments, reason = "each is a part of what is said")]
    fn report(
        &mut self,
        code: &'static Code,
        around: &Pointer,
        member: &str,
        key: bool,
        span: Span,
        message: String,
        help: String,
    ) {
        self.report_at(code, self.moved.was(around).child(member), key, span, message, help);
    }

    fn report_at(
        &mut self,
        code: &'static Code,
        written: Pointer,
        key: bool,
        span: Span,
        message: String,
        help: String,
    ) {
        let at = Place { pointer: Some(written), key, span: Some(span) };
        let found = Diagnostic::new(code, message).at(at).help(help);
        self.found.push(Diagnostic { told: true, ..found });
    }
}

/// What the member `key` of an object is to be; `None` for what is not looked into.
fn shape_of(kind: &Kind, key: &str, version: Version) -> Option<Shape> {
    match (kind.member(key), kind.patterned) {
        (Some(member), _) => (member.since <= version || member.meant_before).then_some(member.shape),
        (None, Some(Patterned { shape, keys })) => {
            let is_read = match keys {
                Keys::Any => true,
                Keys::Path => !key.starts_with("x-"),
                Keys::Status => is_status(key),
            };
            is_read.then_some(shape)
        }
        _ => None,
    }
}

/// Whether there may be something to mend in `node`, which is to be of `shape`: most values are texts where texts must be.
fn may_have(node: &Node, shape: &Shape) -> bool {
    match &node.value {
        Value::Map(_) | Value::List(_) => !matches!(shape, Shape::Any | Shape::Text),
        Value::Text(_) => !matches!(shape, Shape::Any | Shape::Text),
        Value::Null => matches!(shape, Shape::RefOr(_)),
        _ => false,
    }
}

/// What is compared where case and separators make no difference.
pub(super) fn squashed(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(text);
    }
    let kept = text.trim().chars().filter(|letter| !matches!(letter, '_' | '-' | ' '));
    Cow::Owned(kept.flat_map(char::to_lowercase).collect())
}

fn is_schema(kind: &Kind) -> bool {
    kind.section_of == Some(Section::Schemas)
}
