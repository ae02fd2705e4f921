//! Diagnostics as plain text: one block each, without colours, for logs and for cargo's `warning=` lines.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Diagnostic, Place};
use crate::source::Sources;

/// One diagnostic as lines: `severity[CODE]: message`, `--> file:line:column`, the pointer, the label and what to do.
pub fn render(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let mut out = String::new();
    let severity = diagnostic.severity.as_str();
    let _ = writeln!(out, "{severity}[{}]: {}", diagnostic.code.id, clean(&diagnostic.message));
    if let Some(place) = &diagnostic.place {
        let _ = write!(out, "  --> {}", address(place, sources));
        if !diagnostic.label.is_empty() {
            let _ = write!(out, ": {}", clean(&diagnostic.label));
        }
        out.push('\n');
    }
    for (place, label) in &diagnostic.related {
        let _ = writeln!(out, "  --> {}: {}", address(place, sources), clean(label));
    }
    for help in &diagnostic.help {
        let _ = writeln!(out, "  = help: {}", clean(help));
    }
    out
}

/// One diagnostic in one line: `severity[CODE]: message (file:line:column)`.
pub fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let severity = diagnostic.severity.as_str();
    let mut out = format!("{severity}[{}]: {}", diagnostic.code.id, clean(&diagnostic.message));
    if let Some(place) = &diagnostic.place {
        let _ = write!(out, " ({})", address(place, sources));
    }
    out
}

/// The text with its control characters escaped: messages hold names out of descriptions, and a line feed in one of them
/// must not begin a line of its own (build scripts give orders to cargo by lines), nor an escape reach a terminal.
pub fn clean(text: &str) -> Cow<'_, str> {
    let is_harmful = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_harmful(character) {
            let _ = write!(out, "{}", character.escape_default());
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// `file:line:column (pointer)`, as far as the place is known.
pub fn address(place: &Place, sources: &Sources) -> String {
    let mut out = String::new();
    if let Some(span) = &place.span {
        let at = sources.line_column(span.file, span.bytes.start);
        let path = sources.path(span.file).display().to_string();
        let _ = write!(out, "{}:{}:{}", clean(&path), at.line, at.column);
    }
    if let Some(pointer) = &place.pointer {
        let pointer = clean(pointer.as_str());
        if out.is_empty() {
            let _ = write!(out, "{pointer}");
        } else {
            let _ = write!(out, " ({pointer})");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag;
    use crate::pointer::Pointer;
    use crate::source::Span;

    #[test]
    fn nothing_from_outside_begins_a_line_of_its_own() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "a: 1\nb: 2\n".to_owned());
        let pointer = Pointer::root().child("x\ncargo::rustc-env=A=B");
        let mut found =
            Diagnostic::new(&diag::SYNTAX, "a\ncargo::rustc-env=A=B").at(pointer).label("\u{1b}[31m\u{202e}");
        if let Some(place) = &mut found.place {
            place.span = Some(Span { file, bytes: 5..6 });
        }
        let found = found.help("c\rd");
        insta::assert_snapshot!(render(&found, &sources), @r"
        error[L0002]: a\ncargo::rustc-env=A=B
          --> a.yaml:2:1 (#/x\ncargo::rustc-env=A=B): \u{1b}[31m\u{202e}
          = help: c\rd
        ");
        insta::assert_snapshot!(line(&found, &sources), @r"error[L0002]: a\ncargo::rustc-env=A=B (a.yaml:2:1 (#/x\ncargo::rustc-env=A=B))");
    }
}
