//! What was measured, as text.

use std::fmt::Write as _;

use super::Row;
use super::measure::{Cost, Mode};

/// A table of the rows of one description: for each mode CPU seconds, megabytes, and both as multiples of the floor and of
/// `openapi-to-rust`.
pub fn table(rows: &[Row], modes: &[Mode]) -> String {
    let mut text = String::new();
    for (index, mode) in modes.iter().enumerate() {
        let cost = |name: &str| cost(rows.iter().find(|row| row.generator == name)?, index);
        let (floor, peer) = (cost("floor"), cost("openapi-to-rust"));
        let _ = writeln!(
            text,
            "{:<10} {:<16} {:>8} {:>8} {:>7} {:>14} {:>14}",
            mode.name(),
            "generator",
            "lines",
            "CPU s",
            "MB",
            "of the floor",
            "of o-to-rust"
        );
        for row in rows {
            let _ = write!(text, "{:<10} {:<16} {:>8} ", row.api, row.generator, row.lines);
            let _ = match (&row.costs, self::cost(row, index)) {
                (Err(why), _) => writeln!(text, "{why}"),
                (Ok(_), None) => writeln!(text, "not measured"),
                (Ok(_), Some(cost)) => writeln!(
                    text,
                    "{:>8.2} {:>7} {:>14} {:>14}",
                    cost.cpu,
                    cost.memory / 1_000_000,
                    ratio(cost, floor),
                    ratio(cost, peer)
                ),
            };
        }
    }
    text
}

fn cost(row: &Row, mode: usize) -> Option<Cost> {
    row.costs.as_ref().ok()?.get(mode).copied()
}

/// CPU time and memory as multiples.
fn ratio(cost: Cost, of: Option<Cost>) -> String {
    match of {
        Some(of) if of.cpu > 0.0 && of.memory > 0 => {
            format!("{:.2} / {:.2}", cost.cpu / of.cpu, cost.memory as f64 / of.memory as f64)
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(generator: &'static str, costs: Result<Vec<Cost>, String>) -> Row {
        Row { api: "1000".to_owned(), generator, lines: 10, costs }
    }

    #[test]
    fn every_row_is_compared() {
        let cost = |cpu, memory| Ok(vec![Cost { cpu, memory }]);
        let rows = [
            row("clientwright", cost(3.0, 600_000_000)),
            row("floor", cost(1.5, 300_000_000)),
            row("openapi-to-rust", cost(30.0, 2_400_000_000)),
            row("oas3-gen", Err("writes no crate".to_owned())),
        ];
        let text = table(&rows, &[Mode::Check]);
        let words: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(words[1], ["1000", "clientwright", "10", "3.00", "600", "2.00", "/", "2.00", "0.10", "/", "0.25"]);
        assert_eq!(words[4], ["1000", "oas3-gen", "10", "writes", "no", "crate"]);
    }
}
