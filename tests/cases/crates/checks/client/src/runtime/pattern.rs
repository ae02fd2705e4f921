//! Texts that must match a regular expression of the description.
//!
//! The expressions are those of ECMA-262 (JSON Schema 2020-12 validation, section 6.3.3) that mean
//! the same to `regex-lite`; each is read once in a process.

pub(crate) use super::bound::Pattern;
use regex_lite::Regex;
use std::collections::BTreeMap;
use std::sync::{OnceLock, PoisonError, RwLock};

/// The expressions that were read, by their texts; `None` for one that can't be.
type Read = RwLock<BTreeMap<&'static str, Option<Regex>>>;

/// Whether `text` matches `pattern` somewhere; what is no expression, everything matches.
pub fn is_match(pattern: &'static str, text: &str) -> bool {
    static READ: OnceLock<Read> = OnceLock::new();
    let read = READ.get_or_init(Read::default);
    let matches = |regex: &Option<Regex>| regex.as_ref().is_none_or(|regex| regex.is_match(text));
    let known = read.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(regex) = known.get(pattern) {
        return matches(regex);
    }
    drop(known);
    let regex = Regex::new(pattern).ok();
    let is_match = matches(&regex);
    let mut known = read.write().unwrap_or_else(PoisonError::into_inner);
    known.insert(pattern, regex);
    is_match
}

/// A regular expression as a bound: `pattern!("^[a-z]+$")`.
macro_rules! pattern {
    ($text:literal) => {
        pattern::Pattern {
            text: $text,
            is_match: pattern::is_match,
        }
    };
}
pub(crate) use pattern;

#[cfg(test)]
mod tests {
    use super::super::pattern;
    use super::is_match;

    #[test]
    fn a_text_matches_anywhere_and_each_time() {
        for _ in 0..2 {
            assert!(is_match("b+", "abbc"));
            assert!(!is_match("^b+$", "abbc"));
            assert!(is_match(r"^\d{4}-\d{2}$", "2026-01"));
            assert!(!is_match(r"^\d$", "\u{0663}"), "digits are those of ASCII, as in ECMA-262");
            assert!(is_match("(", "anything"));
        }
        let pattern = pattern!("^b+$");
        assert!((pattern.is_match)(pattern.text, "bb") && !(pattern.is_match)(pattern.text, "bc"));
    }
}
