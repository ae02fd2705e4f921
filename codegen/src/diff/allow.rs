//! The allow file: changes that are fine, by their fingerprints. Every line must be needed.

use std::collections::BTreeMap;

use super::change::Change;
use crate::diag::{self, Diagnostic, Diagnostics};
use crate::source::{FileId, Sources, Span};

/// So many digits a fingerprint has.
const DIGITS: usize = 12;

/// The changes that an allow file names.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    fingerprints: BTreeMap<String, Span>,
}

impl Allowed {
    /// Reads an allow file: a fingerprint a line, and behind it what people want to say. What is no fingerprint is reported.
    pub fn parse(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> Self {
        let mut allowed = Self::default();
        let mut at = 0;
        for line in sources.text(file).split_inclusive('\n') {
            let start = at;
            at += line.len();
            let word = line.split_whitespace().next().unwrap_or_default();
            if word.is_empty() || word.starts_with('#') {
                continue;
            }
            let start = start + line.find(word).unwrap_or_default();
            let span = Span { file, bytes: start..start + word.len() };
            let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            if word.len() == DIGITS && word.bytes().all(is_digit) {
                allowed.fingerprints.insert(word.to_owned(), span);
            } else {
                let message = format!("`{word}` is no fingerprint");
                diagnostics.push(Diagnostic::new(&diag::ALLOW_NO_FINGERPRINT, message).at(span));
            }
        }
        allowed
    }

    /// Whether a change is allowed.
    pub fn has(&self, change: &Change) -> bool {
        self.fingerprints.contains_key(&change.fingerprint())
    }

    /// Reports each line that none of the changes needs.
    pub fn refuse_unused<'a>(&self, changes: impl Iterator<Item = &'a Change>, diagnostics: &mut Diagnostics) {
        let mut unused = self.fingerprints.clone();
        for change in changes {
            unused.remove(&change.fingerprint());
        }
        for (fingerprint, span) in unused {
            let message = format!("`{fingerprint}` allows nothing: no change has this fingerprint");
            let found = Diagnostic::new(&diag::ALLOW_UNUSED, message).at(span).label("not needed");
            diagnostics.push(found.help("remove the line"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{Kind, Rust, Wire};

    fn change(what: &str) -> Change {
        Change {
            kind: Kind::MemberAdded,
            wire: Wire::Additive,
            rust: Rust::Minor,
            subject: "Pet".to_owned(),
            others: Vec::new(),
            what: what.to_owned(),
            advice: String::new(),
            names: Vec::new(),
            old: None,
            new: None,
        }
    }

    #[test]
    fn every_line_is_a_fingerprint_that_is_needed() {
        let (fine, other) = (change("a"), change("b"));
        let text = format!("# why\n\n  {} it is fine\nabc\n0123456789ab\r\n", fine.fingerprint());
        let mut sources = Sources::default();
        let file = sources.add("allow.txt", text);
        let mut diagnostics = Diagnostics::default();
        let allowed = Allowed::parse(file, &sources, &mut diagnostics);
        assert!(allowed.has(&fine) && !allowed.has(&other));
        allowed.refuse_unused([&fine, &other].into_iter(), &mut diagnostics);
        let found: Vec<String> = diagnostics.iter().map(|found| diag::text::line(found, &sources)).collect();
        assert_eq!(
            found,
            [
                "error[D0002]: `abc` is no fingerprint (allow.txt:4:1)",
                "error[D0003]: `0123456789ab` allows nothing: no change has this fingerprint (allow.txt:5:1)",
            ]
        );
    }

    #[test]
    fn a_fingerprint_knows_no_place() {
        let moved = Change { new: Some(crate::pointer::Pointer::root()), advice: "x".to_owned(), ..change("a") };
        assert_eq!(moved.fingerprint(), change("a").fingerprint());
        assert_ne!(change("a").fingerprint(), change("b").fingerprint());
    }
}
