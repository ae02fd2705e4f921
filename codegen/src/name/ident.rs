//! Identifiers: words → an identifier in one of Rust's cases. What comes out is valid Rust 2024 and ASCII, whatever the words.
//!
//! A name that would begin with a digit begins with `n` (number): `n100ms_or_greater`, `N720p`. A leading `_` would say
//! "unused" to readers and lints alike, and `n` keeps such names together and apart from each other.

use super::spell::capitalized;

/// Keywords of Rust 2024, strict and reserved (Rust reference, "Keywords"); those that can't be raw identifiers are in
/// [`NEVER_RAW`].
static KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that `r#` doesn't make an identifier of.
static NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// `session_id`: for members, methods, parameters. A keyword is escaped (`r#type`), or gets a `_` where that is not allowed
/// (`self_`).
pub(super) fn snake(words: &[String]) -> String {
    escaped(&plain_snake(words))
}

/// `session_id` without regard to keywords: for what is not an identifier yet.
pub(super) fn plain_snake(words: &[String]) -> String {
    let joined = words.join("_");
    if starts_with_digit(&joined) { format!("n{joined}") } else { joined }
}

/// `SessionId`: for types and variants. Numbers that would run into each other keep a `_` between them (`V1_2`).
pub(super) fn camel(words: &[String]) -> String {
    let mut out = String::new();
    for word in words {
        if starts_with_digit(word) && out.ends_with(|last: char| last.is_ascii_digit()) {
            out.push('_');
        }
        out.push_str(&capitalized(word));
    }
    if starts_with_digit(&out) { format!("N{out}") } else { out }
}

/// `SESSION_ID`: for statics.
pub(super) fn screaming(words: &[String]) -> String {
    plain_snake(words).to_ascii_uppercase()
}

/// `text`, which has the characters of an identifier, as one.
pub(super) fn escaped(text: &str) -> String {
    if NEVER_RAW.contains(&text) {
        format!("{text}_")
    } else if KEYWORDS.contains(&text) {
        format!("r#{text}")
    } else {
        text.to_owned()
    }
}

/// Whether `text` is a keyword of either kind.
pub(crate) fn is_keyword(text: &str) -> bool {
    KEYWORDS.contains(&text) || NEVER_RAW.contains(&text)
}

/// Whether `text` can be made an identifier by escaping alone: letters, digits and `_` of ASCII, not beginning with
/// a digit, not one of the names that can't be escaped.
pub(super) fn can_be_ident(text: &str) -> bool {
    let characters = text.chars().all(|character| character.is_ascii_alphanumeric() || character == '_');
    // Names of nothing but `_` are patterns to the compiler, or no names to a reader.
    let named = text.chars().any(|character| character.is_ascii_alphanumeric());
    characters && named && !starts_with_digit(text) && !NEVER_RAW.contains(&text)
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::words::words;

    #[test]
    fn every_keyword_becomes_an_identifier() {
        for keyword in KEYWORDS.iter().chain(NEVER_RAW) {
            let ident = snake(&words(keyword));
            assert!(syn::parse_str::<syn::Ident>(&ident).is_ok(), "{keyword} -> {ident}");
        }
        assert_eq!(snake(&words("self")), "self_");
        assert_eq!(snake(&words("type")), "r#type");
    }

    #[test]
    fn names_that_begin_with_a_number() {
        let table = [
            ("100ms_or_greater_event_fraction", "n100ms_or_greater_event_fraction", "N100msOrGreaterEventFraction"),
            ("5_or_greater_event_fraction", "n5_or_greater_event_fraction", "N5OrGreaterEventFraction"),
            ("50_or_greater_event_fraction", "n50_or_greater_event_fraction", "N50OrGreaterEventFraction"),
            ("1.5", "n1_5", "N1_5"),
            ("15", "n15", "N15"),
        ];
        for (name, member, variant) in table {
            assert_eq!((snake(&words(name)).as_str(), camel(&words(name)).as_str()), (member, variant));
        }
    }
}
