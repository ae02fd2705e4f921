//! One description, in the process that is there for it alone: what it gives, as one line of JSON.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clientwright::config::Config;
use clientwright::diag::{Severity, text};
use clientwright::pipeline::{self, Output, Run};
use clientwright::write::{Mode, Report};
use serde_json::{Value, json};

/// The stack that generating must do with: that of a thread in Rust.
const STACK: usize = 2 << 20;
/// So many errors are told in full.
const TOLD: usize = 5;

/// What generating gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Whether there is a crate.
    pub generated: bool,
    /// Operations in the crate.
    pub operations: usize,
    /// Operations that had to be left out, by code.
    pub left_out: BTreeMap<String, usize>,
    /// Parts of operations that had to be left out, by code.
    pub parts_left_out: BTreeMap<String, usize>,
    /// Types in the crate.
    pub types: usize,
    /// Lines of Rust, the runtime (which is the same in every crate) left out.
    pub lines: usize,
    /// Errors by code.
    pub errors: BTreeMap<String, usize>,
    /// Warnings by code.
    pub warnings: BTreeMap<String, usize>,
    /// The first errors in full.
    pub told: Vec<String>,
}

/// Generates `description` into `folder`, on a stack of 2 MiB.
pub fn run(description: PathBuf, folder: PathBuf) -> Made {
    let thread = std::thread::Builder::new().stack_size(STACK);
    let running = thread.spawn(move || generate(&description, &folder)).unwrap();
    // The panic has said what there is to say.
    running.join().unwrap_or_else(|_| std::process::exit(101))
}

fn generate(description: &Path, folder: &Path) -> Made {
    let mut run = Run::default();
    let config = Config::new(description, folder);
    let output = Output { mode: Mode::Write, overwrite_edited: true, command: "corpus" };
    let outcome = pipeline::generate(&config, output, &mut run);
    let mut made = Made { generated: outcome.is_some() && !run.diagnostics.has_errors(), ..Made::default() };
    for found in &run.diagnostics {
        let counts = match found.severity {
            Severity::Error => &mut made.errors,
            Severity::Warning => &mut made.warnings,
            Severity::Note => continue,
        };
        *counts.entry(found.code.id.to_owned()).or_default() += 1;
    }
    let errors = run.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    made.told = errors.take(TOLD).map(|found| text::render(found, &run.sources)).collect();
    if let Some(outcome) = outcome {
        made.operations = outcome.operations;
        made.types = outcome.types;
        made.lines = lines(folder, &outcome.report);
        for left in outcome.left_out {
            let counts = if left.operation { &mut made.left_out } else { &mut made.parts_left_out };
            *counts.entry(left.code.id.to_owned()).or_default() += 1;
        }
    }
    made
}

fn lines(folder: &Path, report: &Report) -> usize {
    let files = report.created.iter().chain(&report.changed).chain(&report.unchanged);
    let own = files.filter(|path| path.ends_with(".rs") && !path.starts_with("src/runtime"));
    own.map(|path| std::fs::read_to_string(folder.join(path)).unwrap_or_default().lines().count()).sum()
}

impl Made {
    /// As a line for another process.
    pub fn write(&self) -> Value {
        json!({
            "generated": self.generated,
            "operations": self.operations,
            "left_out": self.left_out,
            "parts_left_out": self.parts_left_out,
            "types": self.types,
            "lines": self.lines,
            "errors": self.errors,
            "warnings": self.warnings,
            "told": self.told,
        })
    }

    /// Reads what [`Made::write`] wrote.
    pub fn read(line: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(line).ok()?;
        let number = |name: &str| usize::try_from(value.get(name)?.as_u64()?).ok();
        let counts = |name: &str| -> Option<BTreeMap<String, usize>> {
            let entries = value.get(name)?.as_object()?.iter();
            entries.map(|(code, count)| Some((code.clone(), usize::try_from(count.as_u64()?).ok()?))).collect()
        };
        let told = value.get("told")?.as_array()?.iter().filter_map(|told| told.as_str().map(str::to_owned));
        Some(Self {
            generated: value.get("generated")?.as_bool()?,
            operations: number("operations")?,
            left_out: counts("left_out")?,
            parts_left_out: counts("parts_left_out")?,
            types: number("types")?,
            lines: number("lines")?,
            errors: counts("errors")?,
            warnings: counts("warnings")?,
            told: told.collect(),
        })
    }

    /// How many operations had to be left out.
    pub fn operations_left_out(&self) -> usize {
        self.left_out.values().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let counts = |code: &str, count| BTreeMap::from([(code.to_owned(), count)]);
        let made = Made {
            generated: true,
            operations: 3,
            left_out: counts("S0101", 2),
            parts_left_out: counts("S0201", 1),
            types: 4,
            lines: 500,
            errors: counts("N0101", 7),
            warnings: counts("N0123", 8),
            told: vec!["error".to_owned()],
        };
        assert_eq!(Made::read(&made.write().to_string()), Some(made));
        assert_eq!(Made::read("{}"), None);
        assert_eq!(Made::read(""), None);
    }
}
