//! Wire tables: the macro calls at the end of a module that tell the runtime what a type looks like on the wire. They are
//! regular enough to be text from the start: one line a row, however long.

use std::fmt::{Display, Write as _};

use proc_macro2::{Ident, Literal};

/// `name!(Type { row: value, … });`
#[derive(Clone, Debug)]
pub(super) struct Table {
    name: &'static str,
    head: String,
    rows: String,
}

impl Table {
    /// A table of a type without a row.
    pub(super) fn new(name: &'static str, ty: &Ident) -> Self {
        Self { name, head: ty.to_string(), rows: String::new() }
    }

    /// Puts a word before the type, behind what was put there later.
    pub(super) fn before(mut self, word: Option<&str>) -> Self {
        if let Some(word) = word {
            self.head = format!("{word} {}", self.head);
        }
        self
    }

    /// Puts something behind the type, and behind what was put there before.
    pub(super) fn with(mut self, more: Option<&str>) -> Self {
        self.head.push_str(more.unwrap_or_default());
        self
    }

    /// Adds a row.
    pub(super) fn row(&mut self, name: &Ident, value: impl Display) {
        let _ = writeln!(self.rows, "    {name}: {value},");
    }

    /// Adds a place of a list; all stand in one line.
    pub(super) fn place(&mut self, index: usize) {
        let comma = if self.rows.is_empty() { "" } else { ", " };
        let _ = write!(self.rows, "{comma}{index}");
    }

    /// Ends the rows with what takes all others, each of which has these `values`.
    pub(super) fn rest(&mut self, name: &Ident, values: &[String]) {
        let name = name.to_string();
        let _ = writeln!(self.rows, "    ..{}", if values.is_empty() { name } else { call(&name, values) });
    }

    /// Writes the call.
    pub(super) fn write(&self, out: &mut String) {
        let Self { name, head, rows } = self;
        let _ = match rows.as_str() {
            "" => writeln!(out, "{name}!({head} {{}});"),
            line if !line.ends_with('\n') => writeln!(out, "{name}!({head} {{ {line} }});"),
            rows => writeln!(out, "{name}!({head} {{\n{rows}}});"),
        };
    }
}

/// A text as a literal.
pub(super) fn text(text: &str) -> String {
    Literal::string(text).to_string()
}

/// `name(value, value)`
pub(super) fn call(name: &str, values: &[String]) -> String {
    format!("{name}({})", values.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::context::ident;

    fn written(table: &Table) -> String {
        let mut text = String::new();
        table.write(&mut text);
        text
    }

    #[test]
    fn tables_have_a_row_a_line() {
        let long = "a_name_that_is_longer_than_any_line_that_the_printer_would_leave_in_one_piece_if_it_could";
        let mut record = Table::new("record", &ident("A"));
        record.row(&ident("r#type"), call("required", &[text("type")]));
        record.row(&ident("long"), call("optional", &[text(long)]));
        record.rest(&ident("others"), &[]);
        insta::assert_snapshot!(written(&record), @r#"
        record!(A {
            r#type: required("type"),
            long: optional("a_name_that_is_longer_than_any_line_that_the_printer_would_leave_in_one_piece_if_it_could"),
            ..others
        });
        "#);
    }

    #[test]
    fn texts_are_escaped_and_words_stand_around_the_type() {
        let mut table = Table::new("open_enum", &ident("B"));
        table.row(&ident("One"), text("1\n\""));
        assert_eq!(written(&table), "open_enum!(B {\n    One: \"1\\n\\\"\",\n});\n");
        let mut tuple = Table::new("tuple", &ident("T"));
        (0..3).for_each(|index| tuple.place(index));
        assert_eq!(written(&tuple), "tuple!(T { 0, 1, 2 });\n");
        let empty = Table::new("record", &ident("F")).before(Some("sent")).before(Some("#[allow(deprecated)]"));
        assert_eq!(written(&empty), "record!(#[allow(deprecated)] sent F {});\n");
        let hashed = Table::new("record", &ident("G"))
            .with(Some(": Eq + Hash"))
            .with(Some(" within(MaxMembers(2))"))
            .before(Some("#[allow(deprecated)]"));
        assert_eq!(written(&hashed), "record!(#[allow(deprecated)] G: Eq + Hash within(MaxMembers(2)) {});\n");
    }
}
