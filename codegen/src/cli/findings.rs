//! All findings of a run: the first ones as pictures, the others counted.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use clientwright::diag::{Diagnostic, Diagnostics, Severity};
use clientwright::source::Sources;

use super::render::render;
use super::terminal::Terminal;

/// So many are drawn.
const MOST: usize = 25;

/// So many are drawn of those that say the same and are no errors.
const ALIKE: usize = 3;

/// Prints what was found; what the configuration allows is not worth a line.
pub(super) fn print(diagnostics: &Diagnostics, sources: &Sources, terminal: &mut Terminal) {
    let (drawn, others) = choose(diagnostics);
    for found in drawn {
        terminal.err(&format!("{}\n\n", render(found, sources, terminal.styled)));
    }
    if !others.is_empty() {
        terminal.err(&counted(&others));
    }
}

/// Those to draw, in order, and the others. When there are too many, errors go first, then warnings, and of those that say the
/// same the first few stand for all.
fn choose(diagnostics: &Diagnostics) -> (Vec<&Diagnostic>, Vec<&Diagnostic>) {
    let mut ranked: Vec<(usize, &Diagnostic)> = visible(diagnostics).enumerate().collect();
    ranked.sort_by_key(|(_, found)| Reverse(found.severity));
    let mut alike: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut drawn = BTreeSet::new();
    for (index, found) in &ranked {
        let before = alike.entry((found.code.id, &found.message)).or_default();
        if drawn.len() < MOST && (found.severity == Severity::Error || *before < ALIKE) {
            drawn.insert(*index);
        }
        *before += 1;
    }
    ranked.sort_by_key(|(index, _)| *index);
    let (drawn, others): (Vec<_>, Vec<_>) = ranked.into_iter().partition(|(index, _)| drawn.contains(index));
    let found = |all: Vec<(usize, _)>| all.into_iter().map(|(_, found)| found).collect();
    (found(drawn), found(others))
}

/// All but what the configuration allows.
pub(super) fn visible(diagnostics: &Diagnostics) -> impl Iterator<Item = &Diagnostic> {
    diagnostics.iter().filter(|found| found.severity > Severity::Note || found.code.severity == Severity::Note)
}

/// `and 12 more:` with a line for each code.
fn counted(others: &[&Diagnostic]) -> String {
    let mut counts: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for found in others {
        counts.entry(found.code.id).or_insert((0, found.code.title)).0 += 1;
    }
    let mut text = format!("and {} more:\n", others.len());
    for (id, (count, title)) in counts {
        let _ = writeln!(text, "{count:>7} × {id}: {title}");
    }
    text.push('\n');
    text
}

/// Prints how many there are, and `also`.
pub(super) fn print_tally(diagnostics: &Diagnostics, also: &str, terminal: &mut Terminal) {
    if let Some(tally) = tally(diagnostics) {
        terminal.err(&format!("{tally}; {also}`clientwright explain CODE` tells more\n"));
    }
}

/// `2 errors, 1 warning`; `None` when there is neither.
fn tally(diagnostics: &Diagnostics) -> Option<String> {
    let parts: Vec<String> = [(Severity::Error, "error"), (Severity::Warning, "warning")]
        .into_iter()
        .map(|(severity, word)| (diagnostics.iter().filter(|found| found.severity == severity).count(), word))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| plural(count, word))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `1 file`, `2 files`.
pub(super) fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clientwright::diag;

    #[test]
    fn errors_come_first_when_there_are_too_many() {
        let mut diagnostics = Diagnostics::default();
        for index in 0..40 {
            let mut found = Diagnostic::new(&diag::SYNTAX, format!("{index}"));
            if index % 2 == 0 {
                found = Diagnostic::new(&diag::DUPLICATE_KEY, format!("{index}"));
                found.severity = Severity::Warning;
            }
            diagnostics.push(found);
        }
        let (drawn, others) = choose(&diagnostics);
        let drawn: Vec<&str> = drawn.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(drawn.len(), MOST);
        assert_eq!(drawn.get(..10), Some(&["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"][..]));
        assert_eq!(drawn.last(), Some(&"39"));
        insta::assert_snapshot!(counted(&others), @"
        and 15 more:
             15 × L0003: a mapping has the same key twice
        ");
        assert_eq!(tally(&diagnostics).as_deref(), Some("20 errors, 20 warnings"));
    }

    #[test]
    fn warnings_come_before_notes_and_the_first_few_of_one_kind_stand_for_all() {
        let mut diagnostics = Diagnostics::default();
        let mut add = |severity, message: &str| {
            let mut found = Diagnostic::new(&diag::NAME_KEPT, message);
            found.severity = severity;
            diagnostics.push(found);
        };
        for index in 0..30 {
            add(Severity::Note, &index.to_string());
            add(Severity::Warning, "the same");
        }
        add(Severity::Warning, "another");
        let (drawn, others) = choose(&diagnostics);
        let drawn: Vec<&str> = drawn.iter().map(|found| found.message.as_str()).collect();
        let of_warnings = drawn.iter().filter(|message| message.parse::<u8>().is_err());
        assert_eq!(of_warnings.copied().collect::<Vec<_>>(), ["the same", "the same", "the same", "another"]);
        assert_eq!((drawn.len(), others.len()), (MOST, 61 - MOST));
        assert_eq!(drawn.get(..5), Some(&["0", "the same", "1", "the same", "2"][..]));
    }

    #[test]
    fn what_is_allowed_is_not_printed() {
        static WARNING: diag::Code = diag::Code { id: "X1", title: "", severity: Severity::Warning, explain: "" };
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(Diagnostic::new(&WARNING, ""));
        assert_eq!(choose(&diagnostics).0.len(), 1);
        diagnostics.iter_mut().for_each(|found| found.severity = Severity::Note);
        assert_eq!(choose(&diagnostics).0.len(), 0);
        assert_eq!(tally(&diagnostics), None);
    }
}
