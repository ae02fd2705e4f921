//! `vendor`, and `check` of what it has written.

use std::path::{Path, PathBuf};

use clientwright::config::{Config, Origin, Record, paths};
use clientwright::diag::{self, Diagnostic};
use clientwright::filter::Pattern;
use clientwright::model::Delivery;
use clientwright::pipeline::{Output, Run};
use clientwright::vendor::{self, Place};
use clientwright::write::{self, Mode};

use super::args::{Check, Filter, Format, Input, Out, Vendor, VendorAs};
use super::findings::{self, plural};
use super::generate::{Told, report, strangers};
use super::progress::Progress;
use super::terminal::Terminal;
use super::{Answer, json, settings};

/// What to do with a folder.
struct Task<'a> {
    folder: &'a Path,
    input: &'a Input,
    delivery: Option<VendorAs>,
    allow: &'a [String],
    mode: Mode,
    overwrite_edited: bool,
}

pub(super) fn vendor(arguments: &Vendor, terminal: &mut Terminal) -> Answer {
    let mode = if arguments.dry_run { Mode::DryRun } else { Mode::Write };
    let task = Task {
        folder: &arguments.dir,
        input: &arguments.input,
        delivery: arguments.delivery,
        allow: &arguments.allow,
        mode,
        overwrite_edited: arguments.overwrite_edited,
    };
    task.run(write::record(&arguments.dir), terminal)
}

/// Generates the copy again and compares, where what it was made of is at hand; compares with its manifest elsewhere.
pub(super) fn check(arguments: &Check, folder: &Path, terminal: &mut Terminal) -> Answer {
    let input = &arguments.input;
    let record = write::record(folder);
    let named = input.config.is_some() || input.spec.is_some();
    let at_hand = |record: &Record| record.origin.as_ref().is_some_and(|origin| origin_path(folder, origin).is_file());
    if !named && !record.as_ref().is_some_and(at_hand) {
        return verify(folder, record.as_ref(), input, terminal);
    }
    let task = Task { folder, input, delivery: None, allow: &[], mode: Mode::Check, overwrite_edited: false };
    task.run(record, terminal)
}

impl Task<'_> {
    fn run(&self, before: Option<Record>, terminal: &mut Terminal) -> Answer {
        let progress = Progress::new();
        let tell = |stage| progress.stage(stage);
        let mut run = Run::new(&tell);
        let command = command(self.folder, self.input);
        let outcome = self.copy(before, &mut run).and_then(|copy| {
            let output = Output { mode: self.mode, overwrite_edited: self.overwrite_edited, command: &command };
            vendor::generate(&copy, output, &mut run)
        });
        progress.end();
        let told = Told { folder: self.folder, mode: self.mode, format: self.input.format };
        report(&run, outcome.as_ref(), &told, terminal)
    }

    /// The copy as the arguments ask for it, and as it was asked for before where they say nothing.
    fn copy(&self, before: Option<Record>, run: &mut Run<'_>) -> Option<vendor::Copy> {
        let place = Place::of(self.folder, &mut run.diagnostics)?;
        let before = before.unwrap_or_else(|| Record::new(place.delivery()));
        let config = self.config(before.origin.as_ref(), run)?;
        let or = |said: &[String], before: Vec<String>| if said.is_empty() { before } else { said.to_vec() };
        let Filter { include, exclude } = &self.input.filter;
        let absolute = paths::absolute(self.folder);
        let said: Vec<String> = self.input.overlay.iter().map(|path| paths::relative(&absolute, path)).collect();
        let record = Record {
            delivery: self.delivery.map_or(before.delivery, VendorAs::delivery),
            origin: None,
            overlays: or(&said, before.overlays),
            include: or(include, before.include),
            exclude: or(exclude, before.exclude),
            allow: or(self.allow, before.allow),
        };
        let config = with_record(config, &record, self.folder, self.input.strict);
        vendor::plan(config, self.folder, place, record, &mut run.diagnostics)
    }

    /// The configuration that the arguments name, or the one that the copy was made of, or the one that is found here.
    fn config(&self, origin: Option<&Origin>, run: &mut Run<'_>) -> Option<Config> {
        let (config, spec) = match (&self.input.config, &self.input.spec, origin) {
            (Some(config), ..) => (Some(config.clone()), None),
            (None, Some(spec), _) => (None, Some(spec.clone())),
            (None, None, Some(origin)) => {
                let path = origin_path(self.folder, origin);
                if !path.is_file() {
                    let message = format!("`{}`, which the copy was made of, is not there", path.display());
                    let help = "name it with `--config FILE` or `--spec FILE`";
                    run.diagnostics.push(Diagnostic::new(&diag::VENDOR_ORIGIN_GONE, message).help(help));
                    return None;
                }
                match origin {
                    Origin::Config(_) => (Some(path), None),
                    Origin::Spec(_) => (None, Some(path)),
                }
            }
            (None, None, None) => (None, None),
        };
        match spec {
            Some(spec) => settings::made(&spec, self.folder, run),
            None => settings::found(config.as_deref(), run),
        }
    }
}

/// Adds what was asked for beside the configuration.
fn with_record(mut config: Config, record: &Record, folder: &Path, strict: bool) -> Config {
    let patterns = |texts: &[String]| texts.iter().map(|text| Pattern::parse(text, None)).collect::<Vec<_>>();
    config.strict |= strict;
    config.overlays.extend(record.overlays.iter().map(|path| below(folder, path)));
    config.filter.include.extend(patterns(&record.include));
    config.filter.exclude.extend(patterns(&record.exclude));
    config
}

fn origin_path(folder: &Path, origin: &Origin) -> PathBuf {
    let (Origin::Config(path) | Origin::Spec(path)) = origin;
    below(folder, path)
}

/// A path that is seen from a folder, as it is opened from here.
fn below(folder: &Path, path: &str) -> PathBuf {
    let here = paths::absolute(Path::new("."));
    let path = paths::absolute(&folder.join(path));
    PathBuf::from(paths::relative(&here, &path))
}

impl VendorAs {
    fn delivery(self) -> Delivery {
        match self {
            Self::Crate => Delivery::Crate,
            Self::Module => Delivery::Module,
        }
    }
}

fn command(folder: &Path, input: &Input) -> String {
    let verb = format!("vendor {}", settings::quoted(&folder.display().to_string()));
    settings::command(&verb, input, &Out::default())
}

/// The files against their manifest.
fn verify(folder: &Path, record: Option<&Record>, input: &Input, terminal: &mut Terminal) -> Answer {
    let mut run = Run::default();
    let command = if record.is_some() { command(folder, input) } else { "clientwright generate".to_owned() };
    let report = write::verify(folder, &command, &mut run.diagnostics);
    let origin = record.and_then(|record| record.origin.as_ref()).map(|origin| origin_path(folder, origin));
    let message = match origin {
        Some(path) => format!("compared with `{}` alone: `{}` is not here", write::MANIFEST, path.display()),
        None => format!("compared with `{}` alone, for it doesn't say what it was made of", write::MANIFEST),
    };
    if report.is_some() {
        let help = "with `--config FILE` or `--spec FILE` it is compared with what would be written";
        run.diagnostics.push(Diagnostic::new(&diag::CHECK_LOCK_ONLY, message).help(help));
    }
    let good = report.is_some() && !run.diagnostics.has_errors();
    match input.format {
        Format::Json => {
            let value = json::verified(good, report.as_ref(), &run.diagnostics, &run.sources);
            terminal.out(&json::text(&value));
        }
        Format::Text => {
            findings::print(&run.diagnostics, &run.sources, terminal);
            if let Some(report) = report.filter(|_| good) {
                let files = plural(report.unchanged.len(), "file");
                let folder = paths::tidy(folder);
                terminal.out(&format!(
                    "{files} in `{}`, all as they were written\n{}",
                    folder.display(),
                    strangers(&report)
                ));
            }
            findings::print_tally(&run.diagnostics, "", terminal);
        }
    }
    if good { Answer::Yes } else { Answer::No }
}
