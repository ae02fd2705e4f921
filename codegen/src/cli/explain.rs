//! `explain`: the long text of a code, or the table of all.

use std::fmt::Write as _;

use clientwright::diag::{self, Code};
use clientwright::suggest;
use serde_json::Value;

use super::args::{Explain, Format};
use super::terminal::Terminal;
use super::{Answer, json};

pub(super) fn explain(arguments: &Explain, terminal: &mut Terminal) -> Answer {
    let Some(id) = &arguments.code else {
        let text = match arguments.format {
            Format::Text => table(),
            Format::Json => json::text(&Value::Array(sorted().into_iter().map(json::code).collect())),
        };
        terminal.out(&text);
        return Answer::Yes;
    };
    let Some(code) = diag::find(id) else {
        terminal.err(&unknown(id));
        return Answer::WrongUse;
    };
    terminal.out(&match arguments.format {
        Format::Text => page(code),
        Format::Json => json::text(&json::code(code)),
    });
    Answer::Yes
}

fn sorted() -> Vec<&'static Code> {
    let mut codes: Vec<_> = diag::all().collect();
    codes.sort_by_key(|code| code.id);
    codes
}

fn table() -> String {
    sorted().into_iter().fold(String::new(), |mut text, code| {
        let _ = writeln!(text, "{}  {:7}  {}", code.id, code.severity.as_str(), code.title);
        text
    })
}

fn page(code: &Code) -> String {
    format!("{} ({}): {}\n\n{}\n", code.id, code.severity.as_str(), code.title, wrap(code.explain))
}

fn unknown(id: &str) -> String {
    let near = suggest::nearest(id, diag::all().map(|code| code.id));
    let help =
        near.map_or("`clientwright explain` lists all codes".to_owned(), |near| format!("did you mean `{near}`?"));
    format!("error: there is no code `{}`\n  = help: {help}\n", diag::text::clean(id))
}

/// The Markdown with lines of at most 80 characters where words allow it; items of lists hang.
fn wrap(markdown: &str) -> String {
    let mut text = String::new();
    for line in markdown.lines() {
        let hang = if line.starts_with("- ") { "  " } else { "" };
        let mut width = 0;
        for word in line.split_whitespace() {
            let length = word.chars().count();
            if width > 0 && width + 1 + length > 80 {
                text.push('\n');
                text.push_str(hang);
                width = hang.len();
            } else if width > 0 {
                text.push(' ');
                width += 1;
            }
            text.push_str(word);
            width += length;
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_page_within_eighty_columns() {
        for code in diag::all() {
            let page = page(code);
            let longest = page.lines().skip(1).map(|line| line.chars().count()).max();
            assert!(longest <= Some(82), "{page}");
        }
        assert_eq!(table().lines().count(), diag::all().count());
    }

    #[test]
    fn lists_hang() {
        let text = wrap(&format!("One\n\n- {}", "word ".repeat(20)));
        assert!(text.starts_with("One\n\n- word word"), "{text}");
        assert!(text.contains("\n  word"), "{text}");
    }
}
