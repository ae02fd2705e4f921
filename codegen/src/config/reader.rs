//! A TOML table with the keys that it may have: what goes in is a parsed table, what comes out are settings of the
//! wanted type with their places. Everything else in the table is reported. Knows no key by itself.

use toml::de::{DeTable, DeValue};

use super::Setting;
use crate::diag::{self, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use crate::suggest;

/// A table of the configuration, its unknown keys reported already.
pub(super) struct Table<'a> {
    file: FileId,
    /// `package`; empty for the whole file.
    path: String,
    entries: Option<&'a DeTable<'a>>,
}

impl<'a> Table<'a> {
    /// The whole file, which may have the keys `known`.
    pub(super) fn root(file: FileId, entries: &'a DeTable<'a>, known: &[&str], diagnostics: &mut Diagnostics) -> Self {
        let table = Self { file, path: String::new(), entries: Some(entries) };
        table.refuse_unknown(known, diagnostics);
        table
    }

    /// The table under `key`, which may have the keys `known`; without any entries when it isn't there.
    pub(super) fn table(&self, key: &str, known: &[&str], diagnostics: &mut Diagnostics) -> Self {
        let table = self.free_table(key, diagnostics);
        table.refuse_unknown(known, diagnostics);
        table
    }

    /// The table under `key`, whose keys are the user's.
    pub(super) fn free_table(&self, key: &str, diagnostics: &mut Diagnostics) -> Self {
        let path = self.path_of(key);
        let entries = match self.get(key) {
            Some((DeValue::Table(entries), _)) => Some(entries),
            Some((other, span)) => {
                self.wrong_type(key, other, "a table", span, diagnostics);
                None
            }
            None => None,
        };
        Self { file: self.file, path, entries }
    }

    /// The text under `key`.
    pub(super) fn text(&self, key: &str, diagnostics: &mut Diagnostics) -> Option<Setting<String>> {
        let (value, span) = self.get(key)?;
        match value {
            DeValue::String(text) => Some(Setting { value: text.to_string(), span }),
            other => {
                self.wrong_type(key, other, "a text", span, diagnostics);
                None
            }
        }
    }

    /// The boolean under `key`.
    pub(super) fn boolean(&self, key: &str, diagnostics: &mut Diagnostics) -> Option<bool> {
        let (value, span) = self.get(key)?;
        match value {
            DeValue::Boolean(value) => Some(*value),
            other => {
                self.wrong_type(key, other, "`true` or `false`", span, diagnostics);
                None
            }
        }
    }

    /// The whole number under `key`; one past 64 bits, or a negative one, is `u64::MAX`, which no range has.
    pub(super) fn number(&self, key: &str, diagnostics: &mut Diagnostics) -> Option<Setting<u64>> {
        let (value, span) = self.get(key)?;
        match value {
            DeValue::Integer(number) => {
                let value = u64::from_str_radix(number.as_str(), number.radix()).unwrap_or(u64::MAX);
                Some(Setting { value, span })
            }
            other => {
                self.wrong_type(key, other, "a whole number", span, diagnostics);
                None
            }
        }
    }

    /// The list of texts under `key`; empty when it isn't there.
    pub(super) fn texts(&self, key: &str, diagnostics: &mut Diagnostics) -> Vec<Setting<String>> {
        let Some((value, span)) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value else {
            self.wrong_type(key, value, "a list of texts", span, diagnostics);
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items.iter() {
            let span = self.span(item.span());
            match item.get_ref() {
                DeValue::String(text) => texts.push(Setting { value: text.to_string(), span }),
                other => self.wrong_type(key, other, "a list of texts only", span, diagnostics),
            }
        }
        texts
    }

    /// Whether there is something under `key`.
    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Whether there is a boolean under `key`.
    pub(super) fn is_boolean(&self, key: &str) -> bool {
        matches!(self.get(key), Some((DeValue::Boolean(_), _)))
    }

    /// Every key with its text, in the order of the alphabet: for tables whose keys are the user's.
    pub(super) fn all_texts(&self, diagnostics: &mut Diagnostics) -> Vec<(Setting<String>, Setting<String>)> {
        let mut all = Vec::new();
        for (key, value) in self.entries.into_iter().flatten() {
            let name = Setting { value: key.get_ref().to_string(), span: self.span(key.span()) };
            let span = self.span(value.span());
            match value.get_ref() {
                DeValue::String(text) => all.push((name, Setting { value: text.to_string(), span })),
                other => self.wrong_type(&name.value, other, "a text", span, diagnostics),
            }
        }
        all
    }

    /// Every key, in the order of the alphabet: for tables whose keys are the user's.
    pub(super) fn keys(&self) -> Vec<Setting<String>> {
        let keys = self.entries.into_iter().flatten();
        keys.map(|(key, _)| Setting { value: key.get_ref().to_string(), span: self.span(key.span()) }).collect()
    }

    /// Whether a table stands under `key`.
    pub(super) fn is_table(&self, key: &str) -> bool {
        matches!(self.get(key), Some((DeValue::Table(_), _)))
    }

    fn get(&self, key: &str) -> Option<(&'a DeValue<'a>, Span)> {
        let value = self.entries?.get(key)?;
        Some((value.get_ref(), self.span(value.span())))
    }

    fn span(&self, bytes: std::ops::Range<usize>) -> Span {
        Span { file: self.file, bytes }
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn refuse_unknown(&self, known: &[&str], diagnostics: &mut Diagnostics) {
        for (key, _) in self.entries.into_iter().flatten() {
            let name = key.get_ref();
            if known.contains(&&**name) {
                continue;
            }
            let message = format!("the configuration has no setting `{}`", self.path_of(name));
            let found = Diagnostic::new(&diag::CONFIG_UNKNOWN_KEY, message).at(self.span(key.span()));
            diagnostics.push(match suggest::nearest(name, known.iter().copied()) {
                Some(near) => found.label("unknown").help(format!("did you mean `{near}`?")),
                None => found.label("unknown").help(format!("the settings here are {}", list(known))),
            });
        }
    }

    fn wrong_type(&self, key: &str, value: &DeValue<'_>, wanted: &str, span: Span, diagnostics: &mut Diagnostics) {
        let message = format!("`{}` must be {wanted}", self.path_of(key));
        let found = Diagnostic::new(&diag::CONFIG_WRONG_TYPE, message).at(span);
        diagnostics.push(found.label(format!("this is {}", kind(value))));
    }
}

/// The names in backticks, with commas.
pub(super) fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
