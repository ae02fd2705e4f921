//! What came of all scenarios, as a table: a line for each spec, below it one for each scenario that didn't pass, then the
//! causes, and the totals.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Row;

/// The whole table.
pub fn table(rows: &[Row]) -> String {
    let mut specs: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        specs.entry(&row.spec).or_default().push(row);
    }
    let width = specs.keys().map(|name| name.len()).max().unwrap_or_default().max(4);
    let mut text = format!("{:width$}  scenarios  passed\n", "spec");
    for (name, rows) in &specs {
        let passed = rows.iter().filter(|row| row.why.is_none()).count();
        let _ = writeln!(text, "{name:width$}  {:9}  {passed:6}", rows.len());
        for row in rows {
            if let Some(why) = &row.why {
                let _ = writeln!(text, "    {}: {}", row.name, why.lines().collect::<Vec<_>>().join(" "));
            }
        }
    }
    let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
    for why in rows.iter().filter_map(|row| row.why.as_deref()) {
        *causes.entry(cause(why)).or_default() += 1;
    }
    let mut causes: Vec<(&str, usize)> = causes.into_iter().collect();
    causes.sort_by_key(|(cause, count)| (std::cmp::Reverse(*count), *cause));
    text.push('\n');
    for (cause, count) in causes {
        let _ = writeln!(text, "{count:6}  {cause}");
    }
    let passed = rows.iter().filter(|row| row.why.is_none()).count();
    let outside = rows.iter().filter(|row| row.why.as_deref().is_some_and(|why| why.starts_with(OUTSIDE))).count();
    let written = rows.iter().filter(|row| row.why.is_none() && row.written).count();
    let _ = writeln!(
        text,
        "{} scenarios: {passed} passed ({written} of them with XML, as text), {outside} outside OpenAPI, {} failed",
        rows.len(),
        rows.len() - passed - outside
    );
    text
}

const OUTSIDE: &str = "outside OpenAPI";

/// What stands before the colon.
fn cause(why: &str) -> &str {
    why.split_once(':').map_or(why, |(cause, _)| cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_did_not_pass_is_counted_by_cause() {
        let row = |spec: &str, name: &str, why: Option<&str>| Row {
            spec: spec.to_owned(),
            name: name.to_owned(),
            written: name == "a",
            why: why.map(str::to_owned),
        };
        let rows = [
            row("type/array", "a", None),
            row("type/array", "b", Some("the answer differs: 1, and not 2")),
            row("routes", "c", Some("outside OpenAPI: no way")),
            row("routes", "d", Some("it was not run")),
            row("routes", "e", Some("the answer differs: 3, and not 4")),
        ];
        insta::assert_snapshot!(table(&rows), @r"
        spec        scenarios  passed
        routes              3       0
            c: outside OpenAPI: no way
            d: it was not run
            e: the answer differs: 3, and not 4
        type/array          2       1
            b: the answer differs: 1, and not 2

             2  the answer differs
             1  it was not run
             1  outside OpenAPI
        5 scenarios: 1 passed (1 of them with XML, as text), 1 outside OpenAPI, 3 failed
        ");
    }
}
