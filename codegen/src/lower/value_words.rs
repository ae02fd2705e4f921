//! What the description of an enum says of its values one by one, in a Markdown list of them: many a framework writes what it
//! knows of them so, as there is no keyword for it.
//!
//! ```text
//! The role of new members.
//!
//! * `member` - Sees everything
//! * `owner` - Sees everything, and pays
//! ```

use std::collections::BTreeMap;

/// What stands around a value in the text.
const SIGNS: [char; 4] = ['*', '`', '"', '\''];

/// What stands between a value and the words about it.
const DASHES: [char; 3] = ['-', '–', '—'];

/// How an empty text is written.
const EMPTY: [&str; 4] = ["`''`", "`\"\"`", "''", "\"\""];

/// In sentences that lead to the list and say nothing without it.
const LEADS: [&str; 9] =
    ["value", "one of", "following", "option", "possible", "allowed", "these", "include", "either"];

/// A description with a list of values.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listed {
    /// What it says of values, unless that is what they are called; at least half of all values are in the list.
    pub(super) words: BTreeMap<String, String>,
    /// The description without the list, where that has all values and nothing else; else all of it.
    pub(super) rest: String,
}

/// What `description` says of the values of an enum; `None` where it doesn't list them.
pub(super) fn listed(description: &str, values: &[String]) -> Option<Listed> {
    if description.contains("```") || description.contains("~~~") {
        return None;
    }
    let lines: Vec<&str> = description.lines().collect();
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    // Where the list begins and ends.
    let mut span: Option<(usize, usize)> = None;
    let mut is_pure = true;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let Some((indent, text)) = item(line) else {
            at += 1;
            continue;
        };
        let below = lines.get(at + 1..).unwrap_or_default();
        let length = 1 + below.iter().take_while(|line| continues(line, indent)).count();
        let more = lines.get(at + 1..at + length).unwrap_or_default().iter().map(|line| line.trim());
        match value(text, values).filter(|(value, _)| !found.contains_key(value)) {
            Some((value, words)) => {
                is_pure &= more.clone().all(|line| item(line).is_none());
                let words = std::iter::once(words).chain(more).collect::<Vec<_>>().join("\n");
                found.insert(value, words.trim().to_owned());
                let is_next = |end: usize| lines.get(end..at).is_some_and(|gap| gap.iter().all(|line| is_blank(line)));
                match &mut span {
                    Some((_, end)) => {
                        is_pure &= is_next(*end);
                        *end = at + length;
                    }
                    None => span = Some((at, at + length)),
                }
            }
            None => is_pure = false,
        }
        at += length;
    }
    let (start, end) = span.filter(|_| found.len() * 2 >= values.len())?;
    let is_all = values.iter().all(|value| value.is_empty() || found.contains_key(value.as_str()));
    let rest = match is_pure && is_all {
        true => without(&lines, start, end),
        false => description.to_owned(),
    };
    let is_said = |(value, words): &(&str, String)| !words.is_empty() && letters(words) != letters(value);
    let words = found.into_iter().filter(is_said).map(|(value, words)| (value.to_owned(), words)).collect();
    Some(Listed { words, rest })
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// The columns before the item of a list, and what is behind its sign (CommonMark 0.31, section 5.2).
fn item(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start();
    let behind = text.strip_prefix(['*', '-', '+'])?;
    behind.starts_with(' ').then(|| (line.len() - text.len(), behind.trim()))
}

/// Whether a line goes on with the item that stands above it after `indent` columns.
fn continues(line: &str, indent: usize) -> bool {
    !is_blank(line) && line.len() - line.trim_start().len() > indent + 1
}

/// The value that an item is about, and what it says of it.
fn value<'v, 't>(item: &'t str, values: &'v [String]) -> Option<(&'v str, &'t str)> {
    let bare = item.trim_start_matches(SIGNS);
    let (signs, _) = item.split_at_checked(item.len() - bare.len())?;
    let about = values.iter().filter(|value| !value.is_empty()).filter_map(|value| {
        let behind = bare.strip_prefix(value.as_str())?;
        let inside = behind.strip_prefix(':').filter(|_| !signs.is_empty());
        let mut rest = inside.unwrap_or(behind);
        for sign in signs.chars().rev() {
            rest = rest.strip_prefix(sign)?;
        }
        let words = if inside.is_some() { rest } else { words(rest)? };
        Some((value.as_str(), words.trim()))
    });
    let empty = values.iter().filter(|value| value.is_empty()).find_map(|value| {
        let rest = EMPTY.iter().find_map(|empty| item.strip_prefix(empty))?;
        Some((value.as_str(), words(rest)?.trim()))
    });
    about.max_by_key(|(value, _)| value.len()).or(empty)
}

/// What stands behind a value, without the sign between them; `None` where the value is only the beginning of it.
fn words(rest: &str) -> Option<&str> {
    let text = rest.trim_start();
    if text.is_empty() {
        return Some(text);
    }
    if let Some(words) = text.strip_prefix([':', '=']) {
        return Some(words);
    }
    if text.starts_with('(') {
        return Some(text).filter(|_| text.len() < rest.len());
    }
    let words = text.trim_start_matches(DASHES);
    (words.len() < text.len() && (words.is_empty() || words.starts_with(' '))).then_some(words)
}

/// The text without these lines, and without what leads to them.
fn without(lines: &[&str], start: usize, end: usize) -> String {
    let before = lines.get(..start).unwrap_or_default().join("\n");
    let after = lines.get(end..).unwrap_or_default().join("\n");
    [unled(before.trim_end()).as_str(), after.trim()].join("\n\n").trim().to_owned()
}

/// Without the colon at the end of a text: with a full stop in its place or, if the last sentence only leads to what comes
/// behind it, without that.
fn unled(text: &str) -> String {
    let Some(text) = text.strip_suffix(':') else { return text.to_owned() };
    let ends = [". ", ".\n", "\n"].into_iter().filter_map(|end| text.rfind(end).map(|at| at + end.len()));
    let (before, last) = text.split_at_checked(ends.max().unwrap_or_default()).unwrap_or(("", text));
    let lower = last.to_lowercase();
    if LEADS.iter().any(|lead| lower.contains(lead)) { before.trim_end().to_owned() } else { format!("{text}.") }
}

/// What of a text makes a name.
fn letters(text: &str) -> String {
    text.chars().filter(|one| one.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::listed;

    /// The words of values, and what is left of the description.
    fn said(description: &str, values: &[&str]) -> Option<(Vec<String>, String)> {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        let listed = listed(description, &values)?;
        let words = listed.words.iter().map(|(value, words)| format!("{value}: {words}")).collect();
        Some((words, listed.rest))
    }

    #[test]
    fn what_a_list_says_of_values_is_said_of_them() {
        for list in [
            "* `one` - First\n* `two` - Last",
            "- `one`: First\n- `two`: Last",
            "  * one - First\n  * two - Last",
            " - one: First\n - two: Last",
            "- \"one\": First\n- \"two\" — Last",
            "+ **one:** First\n+ **`two`** – Last",
            "* one = First\n\n* two = Last",
        ] {
            let (words, rest) = said(&format!("What it is.\n\n{list}\n\nMore."), &["one", "two"]).unwrap();
            assert_eq!(words, ["one: First", "two: Last"], "{list}");
            assert_eq!(rest, "What it is.\n\nMore.", "{list}");
        }
        let empty = said("* `a` –– X\n* `''` –– Nothing", &["a", ""]).unwrap();
        assert_eq!(empty, (vec![": Nothing".to_owned(), "a: X".to_owned()], String::new()));
        let several = said("* `one` - First\n  of all\n* `two` (default)", &["one", "two"]).unwrap();
        assert_eq!(several, (vec!["one: First\nof all".to_owned(), "two: (default)".to_owned()], String::new()));
    }

    #[test]
    fn words_that_are_the_value_say_nothing() {
        let (words, rest) = said("* `usb-a` - USB A\n* `other` - Other\n* `x`", &["usb-a", "other", "x", ""]).unwrap();
        assert_eq!((words.as_slice(), rest.as_str()), ([].as_slice(), ""));
    }

    #[test]
    fn what_leads_to_the_list_goes_with_it() {
        for (before, left) in [
            ("The status:", "The status."),
            ("The status. Possible values:", "The status."),
            ("The status.\nIs one of these:", "The status."),
            ("Must be one of:", ""),
            ("The status. Values include:", "The status."),
            ("The status", "The status"),
        ] {
            assert_eq!(said(&format!("{before}\n* `a` - X\n* `b` - Y"), &["a", "b"]).unwrap().1, left, "{before}");
        }
    }

    #[test]
    fn a_list_that_is_not_of_the_values_alone_stays() {
        for description in [
            "**A**\n* `a` - X\n\n**B**\n* `b` - Y",
            "* `a` - X\n* `b` - Y\n* `c` - Z",
            "* `a` - X\n  * deep\n* `b` - Y",
        ] {
            let (words, rest) = said(description, &["a", "b"]).unwrap();
            assert!(words.contains(&"b: Y".to_owned()), "{words:?}");
            assert_eq!(rest, description);
        }
        let (words, rest) = said("* `a` - X\n* `b` - Y", &["a", "b", "c"]).unwrap();
        assert_eq!((words.len(), rest.as_str()), (2, "* `a` - X\n* `b` - Y"));
    }

    #[test]
    fn other_lists_say_nothing_of_values() {
        for description in [
            "",
            "a: X",
            "* something\n* else",
            "* a-b: X\n* b2 - Y",
            "* a is X\n* `b` is Y",
            "```\n* `a` - X\n* `b` - Y\n```",
            "* `a - X\n* \"b' - Y",
        ] {
            assert_eq!(said(description, &["a", "b"]), None, "{description}");
        }
    }
}
