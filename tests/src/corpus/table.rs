//! What is printed: a line for each description, and a summary; or all of it as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Outcome, Row};

const HEAD: [&str; 10] =
    ["description", "outcome", "operations", "left out", "codes", "types", "lines", "seconds", "MB", "rustc"];

/// The table, its columns as wide as they must be.
pub fn table(rows: &[Row]) -> String {
    let lines: Vec<[String; 10]> = std::iter::once(HEAD.map(str::to_owned)).chain(rows.iter().map(line)).collect();
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    lines.iter().fold(String::new(), |mut text, line| {
        let cells = line.iter().zip(&widths).enumerate().map(|(column, (cell, width))| match column {
            2 | 3 | 5..=8 => format!("{cell:>width$}"),
            _ => format!("{cell:<width$}"),
        });
        let cells: Vec<String> = cells.collect();
        let _ = writeln!(text, "{}", cells.join("  ").trim_end());
        text
    })
}

fn line(row: &Row) -> [String; 10] {
    let number = |count: usize| count.to_string();
    let made = row.made();
    let of = |count: &dyn Fn(&super::one::Made) -> usize| {
        made.filter(|_| row.is_generated()).map(|made| number(count(made))).unwrap_or_default()
    };
    let codes = match &row.outcome {
        Outcome::Generated(made) => codes(&made.left_out),
        // Where everything was left out, the warnings say why.
        Outcome::Refused(made) if !made.warnings.is_empty() => {
            format!("{}; {}", codes(&made.errors), codes(&made.warnings))
        }
        Outcome::Refused(made) => codes(&made.errors),
        Outcome::Broken(_, words) => words.chars().take(80).collect(),
    };
    let rustc = row.checked.as_ref().map(|checked| match (checked.compiles, checked.errors, checked.warnings) {
        (true, _, 0) => "fine".to_owned(),
        (true, _, warnings) => format!("{warnings} warnings"),
        (false, errors, warnings) => format!("{errors} errors, {warnings} warnings"),
    });
    [
        row.description.name.clone(),
        outcome(row).to_owned(),
        of(&|made| made.operations),
        of(&|made| made.operations_left_out()),
        codes,
        of(&|made| made.types),
        of(&|made| made.lines),
        format!("{:.2}", row.time.as_secs_f64()),
        number(usize::try_from(row.memory >> 20).unwrap_or(usize::MAX)),
        rustc.unwrap_or_default(),
    ]
}

fn outcome(row: &Row) -> &'static str {
    match &row.outcome {
        Outcome::Generated(_) => "generated",
        Outcome::Refused(_) => "refused",
        Outcome::Broken(how, _) => how,
    }
}

fn codes(counts: &BTreeMap<String, usize>) -> String {
    let mut counts: Vec<_> = counts.iter().collect();
    counts.sort_by_key(|(code, count)| (std::cmp::Reverse(**count), *code));
    let parts: Vec<String> = counts.into_iter().map(|(code, count)| format!("{code}×{count}")).collect();
    parts.join(" ")
}

/// What all rows come to; `invalid` says which of them (by name) are no valid descriptions, to be counted apart.
pub fn summary(rows: &[Row], invalid: &dyn Fn(&str) -> bool) -> String {
    let (wrong, valid): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| invalid(&row.description.name));
    let generated = valid.iter().filter(|row| row.is_generated()).count();
    let mut text = format!("{} descriptions: {}", valid.len(), share(generated, valid.len(), "generated"));
    let checked: Vec<_> = valid.iter().filter_map(|row| row.checked.as_ref()).collect();
    if !checked.is_empty() {
        let compile = checked.iter().filter(|checked| checked.compiles).count();
        let clean = checked.iter().filter(|checked| checked.compiles && checked.warnings == 0).count();
        let _ = write!(text, "; {}, {clean} without a warning", share(compile, checked.len(), "compile"));
    }
    let all: Vec<_> = valid.iter().filter(|row| row.is_generated()).filter_map(|row| row.made()).collect();
    let written: usize = all.iter().map(|made| made.operations).sum();
    let mut by_code: BTreeMap<String, usize> = BTreeMap::new();
    for (code, count) in all.iter().flat_map(|made| &made.left_out) {
        *by_code.entry(code.clone()).or_default() += count;
    }
    let left: usize = by_code.values().sum();
    let _ = write!(text, "\n{written} operations written, {}", share(left, written + left, "left out"));
    let _ = writeln!(text, "{}{}", if left == 0 { "" } else { ": " }, codes(&by_code));
    let mut refused: BTreeMap<String, usize> = BTreeMap::new();
    let mut broken: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        match &row.outcome {
            Outcome::Generated(_) => {}
            // Each code once a description.
            Outcome::Refused(made) if !invalid(&row.description.name) => {
                made.errors.keys().for_each(|code| *refused.entry(code.clone()).or_default() += 1);
            }
            Outcome::Refused(_) => {}
            Outcome::Broken(how, _) => *broken.entry((*how).to_owned()).or_default() += 1,
        }
    }
    if !refused.is_empty() {
        let _ = writeln!(text, "refused for (descriptions by code): {}", codes(&refused));
    }
    let _ = writeln!(text, "broken: {}", if broken.is_empty() { "none".to_owned() } else { codes(&broken) });
    if !wrong.is_empty() {
        let refused = wrong.iter().filter(|row| matches!(row.outcome, Outcome::Refused(_))).count();
        let _ = writeln!(text, "not valid: {}, {refused} of them refused", wrong.len());
    }
    text
}

/// `3 of 4 generated (75.00%)`.
fn share(part: usize, whole: usize, what: &str) -> String {
    let percent = if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 };
    format!("{part} of {whole} {what} ({percent:.2}%)")
}

/// All rows for a program.
pub fn json(rows: &[Row]) -> Value {
    let rows = rows.iter().map(|row| {
        let words = match &row.outcome {
            Outcome::Broken(_, words) => Some(words),
            _ => None,
        };
        let checked = row.checked.as_ref().map(|checked| {
            json!({
                "compiles": checked.compiles,
                "errors": checked.errors,
                "warnings": checked.warnings,
                "first": checked.first,
            })
        });
        json!({
            "description": row.description.name,
            "bytes": row.description.bytes,
            "crate": row.description.crate_name,
            "outcome": outcome(row),
            "words": words,
            "made": row.made().map(|made| made.write()),
            "seconds": row.time.as_secs_f64(),
            "memory": row.memory,
            "rustc": checked,
        })
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::check::Checked;
    use super::super::find::Description;
    use super::super::one::Made;
    use super::*;

    fn row(name: &str, outcome: Outcome) -> Row {
        let description =
            Description { name: name.to_owned(), path: name.into(), crate_name: name.to_owned(), bytes: 10 };
        Row { description, outcome, time: Duration::from_millis(1234), memory: 50 << 20, checked: None }
    }

    #[test]
    fn a_line_for_each_and_what_they_come_to() {
        let counts = |code: &str, count| BTreeMap::from([(code.to_owned(), count)]);
        let made = Made {
            generated: true,
            operations: 9,
            left_out: counts("S0101", 1),
            types: 7,
            lines: 800,
            ..Made::default()
        };
        let mut fine = row("fine.yaml", Outcome::Generated(made));
        fine.checked = Some(Checked { compiles: true, warnings: 2, ..Checked::default() });
        let refused = || Outcome::Refused(Made { errors: counts("N0002", 3), ..Made::default() });
        let rows = [
            fine,
            row("other.yaml", refused()),
            row("broken.yaml", Outcome::Broken("panic", "panicked at a.rs:1".to_owned())),
            row("invalid.yaml", refused()),
        ];
        insta::assert_snapshot!(table(&rows), @"
        description   outcome    operations  left out  codes               types  lines  seconds  MB  rustc
        fine.yaml     generated           9         1  S0101×1                 7    800     1.23  50  2 warnings
        other.yaml    refused                          N0002×3                              1.23  50
        broken.yaml   panic                            panicked at a.rs:1                   1.23  50
        invalid.yaml  refused                          N0002×3                              1.23  50
        ");
        insta::assert_snapshot!(summary(&rows, &|name| name == "invalid.yaml"), @"
        3 descriptions: 1 of 3 generated (33.33%); 1 of 1 compile (100.00%), 0 without a warning
        9 operations written, 1 of 10 left out (10.00%): S0101×1
        refused for (descriptions by code): N0002×1
        broken: panic×1
        not valid: 1, 1 of them refused
        ");
        let json = json(&rows);
        assert_eq!(json[0]["made"]["left_out"]["S0101"], 1);
        assert_eq!(json[2]["words"], "panicked at a.rs:1");
    }
}
