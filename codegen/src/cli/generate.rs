//! `generate` and `check`: the same run, one writing and one only looking.

use std::fmt::Write as _;
use std::path::Path;

use clientwright::diag::{Code, Diagnostics, Severity};
use clientwright::lower::LeftOut;
use clientwright::pipeline::{self, Outcome, Output, Run};
use clientwright::write::{Mode, Report};

use super::args::{Check, Format, Generate, Input, Out};
use super::findings::{self, plural};
use super::progress::Progress;
use super::terminal::Terminal;
use super::{Answer, json, settings};

pub(super) fn generate(arguments: &Generate, terminal: &mut Terminal) -> Answer {
    match &arguments.release {
        Some(since) => super::release::release(arguments, since, terminal),
        None => plain(arguments, terminal),
    }
}

/// Without a release.
pub(super) fn plain(arguments: &Generate, terminal: &mut Terminal) -> Answer {
    let mode = if arguments.dry_run { Mode::DryRun } else { Mode::Write };
    run(&arguments.input, &arguments.out, mode, arguments.overwrite_edited, terminal)
}

pub(super) fn check(arguments: &Check, terminal: &mut Terminal) -> Answer {
    run(&arguments.input, &arguments.out, Mode::Check, false, terminal)
}

fn run(input: &Input, out: &Out, mode: Mode, overwrite_edited: bool, terminal: &mut Terminal) -> Answer {
    let progress = Progress::new();
    let tell = |stage| progress.stage(stage);
    let mut run = Run::new(&tell);
    let command = settings::command("generate", input, out);
    let config = settings::read(input, out, &mut run);
    let outcome = config
        .as_ref()
        .and_then(|config| pipeline::generate(config, Output { mode, overwrite_edited, command: &command }, &mut run));
    progress.end();
    let folder = config.as_ref().map_or(Path::new(""), |config| &config.out);
    let answer = report(&run, outcome.as_ref(), &Told { folder, mode, format: input.format }, terminal);
    // The program ends: the system takes all of it at once.
    std::mem::forget(run);
    answer
}

/// What the end of a run depends on.
pub(super) struct Told<'a> {
    /// The output folder.
    pub(super) folder: &'a Path,
    pub(super) mode: Mode,
    pub(super) format: Format,
}

/// The end of a run: what was found and what was done.
pub(super) fn report(run: &Run<'_>, outcome: Option<&Outcome>, told: &Told<'_>, terminal: &mut Terminal) -> Answer {
    let Told { folder, mode, format } = *told;
    let answer = answer(&run.diagnostics, outcome);
    match format {
        Format::Json => {
            let value = json::outcome(answer == Answer::Yes, outcome, &run.diagnostics, &run.sources);
            terminal.out(&json::text(&value));
        }
        Format::Text => {
            findings::print(&run.diagnostics, &run.sources, terminal);
            if let Some(outcome) = outcome.filter(|_| answer == Answer::Yes) {
                terminal.out(&summary(outcome, folder, mode));
            }
            if outcome.is_none() && !run.diagnostics.has_errors() {
                terminal.err(NO_REASON);
            }
            let nothing = answer != Answer::Yes && mode == Mode::Write;
            findings::print_tally(&run.diagnostics, if nothing { "nothing was generated; " } else { "" }, terminal);
        }
    }
    answer
}

/// A stage gave up without a word.
const NO_REASON: &str = "error: the run ended without a result and without a reason; this is a fault of clientwright\n";

/// Errors of the configuration are wrong use; all others, and a run without an outcome, are a "no".
pub(super) fn answer(diagnostics: &Diagnostics, outcome: Option<&Outcome>) -> Answer {
    if diagnostics.iter().any(|found| found.severity == Severity::Error && is_wrong_use(found.code)) {
        Answer::WrongUse
    } else if diagnostics.has_errors() || outcome.is_none() {
        Answer::No
    } else {
        Answer::Yes
    }
}

fn is_wrong_use(code: &Code) -> bool {
    code.id.starts_with('C')
}

/// What was done, in a few lines.
fn summary(outcome: &Outcome, folder: &Path, mode: Mode) -> String {
    let out = clientwright::config::paths::tidy(folder);
    let report = &outcome.report;
    let mut text = format!(
        "{} and {} in `{}`",
        plural(outcome.operations, "operation"),
        plural(outcome.types, "type"),
        out.display()
    );
    if !outcome.left_out.is_empty() {
        let operations = outcome.left_out.iter().filter(|left| left.operation).count();
        let parts = outcome.left_out.len() - operations;
        let counts = [(operations, "operation"), (parts, "part")].into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, word)| plural(count, word)).collect();
        let _ = write!(text, "; left out: {} ({})", counts.join(", "), by_code(&outcome.left_out));
    }
    text.push('\n');
    if report.is_clean() {
        let _ = writeln!(text, "{}, all up to date", plural(report.unchanged.len(), "file"));
    } else {
        let would = if mode == Mode::Write { "" } else { "would be " };
        let _ = writeln!(
            text,
            "{} {would}written, {} kept, {} {would}deleted",
            plural(report.written(), "file"),
            report.unchanged.len(),
            report.deleted.len()
        );
    }
    text.push_str(&strangers(report));
    text
}

/// The files that are not ours, in a line; nothing, where there are none.
pub(super) fn strangers(report: &Report) -> String {
    let mut text = String::new();
    if !report.left_alone.is_empty() {
        const FEW: usize = 5;
        let names: Vec<String> = report.left_alone.iter().take(FEW).map(|path| format!("`{path}`")).collect();
        let more = report.left_alone.len().saturating_sub(FEW);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let _ = writeln!(text, "not ours and left alone: {}{more}", names.join(", "));
    }
    text
}

/// `S0101: 2, S0203: 1`.
fn by_code(left_out: &[LeftOut]) -> String {
    let mut counts = std::collections::BTreeMap::new();
    for left in left_out {
        *counts.entry(left.code.id).or_insert(0) += 1;
    }
    let parts: Vec<String> = counts.iter().map(|(id, count)| format!("{id}: {count}")).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clientwright::diag::{self, Diagnostic};
    use clientwright::pointer::Pointer;

    fn left_out(operation: bool) -> LeftOut {
        LeftOut { pointer: Pointer::root(), what: "GET /".to_owned(), operation, code: &diag::UNRESOLVED_REFERENCE }
    }

    fn outcome() -> Outcome {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
        Outcome {
            operations: 1,
            types: 12,
            left_out: vec![left_out(true), left_out(true), left_out(false)],
            report: Report {
                created: names(&["a.rs"]),
                changed: names(&["b.rs"]),
                deleted: names(&["c.rs"]),
                left_alone: names(&["1", "2", "3", "4", "5", "6"]),
                ..Report::default()
            },
        }
    }

    #[test]
    fn the_summary_counts_everything() {
        let config = Path::new("spec/../client");
        insta::assert_snapshot!(summary(&outcome(), config, Mode::Write), @"
        1 operation and 12 types in `client`; left out: 2 operations, 1 part (R0102: 3)
        2 files written, 0 kept, 1 deleted
        not ours and left alone: `1`, `2`, `3`, `4`, `5` and 1 more
        ");
        insta::assert_snapshot!(summary(&outcome(), config, Mode::DryRun), @"
        1 operation and 12 types in `client`; left out: 2 operations, 1 part (R0102: 3)
        2 files would be written, 0 kept, 1 would be deleted
        not ours and left alone: `1`, `2`, `3`, `4`, `5` and 1 more
        ");
        let clean = Outcome { report: Report { unchanged: vec!["a".to_owned()], ..Report::default() }, ..outcome() };
        insta::assert_snapshot!(summary(&clean, config, Mode::Write), @"
        1 operation and 12 types in `client`; left out: 2 operations, 1 part (R0102: 3)
        1 file, all up to date
        ");
    }

    #[test]
    fn the_answer_tells_wrong_use_from_a_no() {
        let mut diagnostics = Diagnostics::default();
        assert_eq!(answer(&diagnostics, Some(&outcome())), Answer::Yes);
        assert_eq!(answer(&diagnostics, None), Answer::No);
        diagnostics.push(Diagnostic::new(&diag::SYNTAX, ""));
        assert_eq!(answer(&diagnostics, Some(&outcome())), Answer::No);
        diagnostics.push(Diagnostic::new(&diag::CONFIG_SYNTAX, ""));
        assert_eq!(answer(&diagnostics, None), Answer::WrongUse);
    }

    #[test]
    fn json_has_every_file() {
        let value = json::outcome(true, Some(&outcome()), &Diagnostics::default(), &Default::default());
        assert_eq!(value["output"]["files"]["deleted"][0], "c.rs");
        assert_eq!(value["output"]["left_out"][0]["code"], "R0102");
        assert_eq!(value["ok"], true);
    }
}
