//! `diff`: what changed between two descriptions, for the wire and for Rust callers.

mod git;
mod report;

pub(super) use git::Named;

use std::path::PathBuf;

use clientwright::compare::{self, Comparison, Placed};
use clientwright::config::Config;
use clientwright::diag::{self, Diagnostic, Diagnostics};
use clientwright::diff::{Allowed, Rust, Wire};
use clientwright::load::Reader;
use clientwright::pipeline::Run;
use clientwright::source::Sources;
use clientwright::write::disk;

use super::args::{Diff, DiffFormat, FailOn};
use super::terminal::Terminal;
use super::{Answer, findings, generate, settings};

pub(super) fn diff(arguments: &Diff, terminal: &mut Terminal) -> Answer {
    let mut run = Run::default();
    let Some(found) = settings::found_or(arguments.config.as_deref(), &mut run) else {
        return refused(&run.diagnostics, &run.sources, terminal);
    };
    let mut config = found.unwrap_or_else(|| Config::new(PathBuf::new(), PathBuf::new()));
    let allowed = arguments.allow.as_deref().map(|path| allowed(path, &mut run.sources, &mut run.diagnostics));
    if run.diagnostics.has_errors() {
        return refused(&run.diagnostics, &run.sources, terminal);
    }
    let (old, new) = (Named::of(&arguments.old), Named::of(&arguments.new));
    let (read_old, overlay_old) = (|path: &str| old.read(path), |path: &str| old.overlay(path));
    let (read_new, overlay_new) = (|path: &str| new.read(path), |path: &str| new.overlay(path));
    let [mut then_old, mut then_new] = [&old, &new].map(|named| named.then(&config, terminal));
    // Overlays that the arguments name are for both.
    for config in [Some(&mut config), then_old.as_mut(), then_new.as_mut()].into_iter().flatten() {
        config.overlays.extend(arguments.overlay.iter().cloned());
    }
    let (old, new) = (
        old.input([Reader(&read_old), Reader(&overlay_old)], then_old),
        new.input([Reader(&read_new), Reader(&overlay_new)], then_new),
    );
    let compared = compare::compare(&config, &old, &new);
    let Some(changes) = &compared.changes else { return unread(&compared, terminal) };
    let allowed = allowed.unwrap_or_default();
    allowed.refuse_unused(changes.iter().map(|placed| &placed.change), &mut run.diagnostics);
    let report = report::Report { changes, allowed: &allowed };
    terminal.out(&match arguments.format {
        DiffFormat::Text => report.text(),
        DiffFormat::Markdown => report.markdown(),
        DiffFormat::Json => report.json(),
    });
    if run.diagnostics.has_errors() {
        return refused(&run.diagnostics, &run.sources, terminal);
    }
    let failing = failing(changes, &allowed, &arguments.fail_on);
    // The program ends: the system takes all of it at once.
    std::mem::forget(compared);
    if failing == 0 {
        return Answer::Yes;
    }
    let which: Vec<&str> = arguments.fail_on.iter().map(|fail| fail.as_str()).collect();
    let count = findings::plural(failing, "change");
    terminal.err(&format!("error: {count} that `--fail-on {}` and no allow file has\n", which.join(",")));
    Answer::No
}

/// How many changes the caller does not want.
fn failing(changes: &[Placed], allowed: &Allowed, fail_on: &[FailOn]) -> usize {
    let fails = |placed: &&Placed| {
        let change = &placed.change;
        let is_meant = |fail: &FailOn| match fail {
            FailOn::Major => change.rust == Rust::Major,
            FailOn::Minor => change.rust >= Rust::Minor,
            FailOn::WireBreaking => change.wire == Wire::Breaking,
        };
        fail_on.iter().any(is_meant) && !allowed.has(change)
    };
    changes.iter().filter(fails).count()
}

fn allowed(path: &std::path::Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Allowed {
    match disk::read_text(path) {
        Ok(text) => {
            let file = sources.add(path, text);
            Allowed::parse(file, sources, diagnostics)
        }
        Err(failure) => {
            diagnostics.push(Diagnostic::new(&diag::ALLOW_UNREADABLE, failure.to_string()));
            Allowed::default()
        }
    }
}

/// Settings that can't be used, and allow files that are wrong.
fn refused(diagnostics: &Diagnostics, sources: &Sources, terminal: &mut Terminal) -> Answer {
    findings::print(diagnostics, sources, terminal);
    findings::print_tally(diagnostics, "", terminal);
    Answer::WrongUse
}

/// Descriptions that can't be read.
pub(super) fn unread(compared: &Comparison, terminal: &mut Terminal) -> Answer {
    let sides = [&compared.old, &compared.new].into_iter().filter(|read| read.diagnostics.has_errors());
    sides.fold(Answer::No, |answer, read| {
        findings::print(&read.diagnostics, &read.sources, terminal);
        findings::print_tally(&read.diagnostics, "nothing was compared; ", terminal);
        if generate::answer(&read.diagnostics, None) == Answer::WrongUse { Answer::WrongUse } else { answer }
    })
}
