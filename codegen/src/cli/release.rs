//! `generate --release`: the next version by what changed since the last one, its entry in the changelog, and then the crate.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use clientwright::compare::{self, Input};
use clientwright::config::{self, Config};
use clientwright::diag::{self, Diagnostic};
use clientwright::diff::{Change, Rust};
use clientwright::load::Reader;
use clientwright::pipeline::Run;
use clientwright::release::{self, Entry};
use clientwright::write::{self, disk};

use super::args::Generate;
use super::diff::{Named, unread};
use super::terminal::Terminal;
use super::{Answer, findings, generate, settings};

/// What a release changes beside the crate.
struct Plan {
    version: String,
    /// The configuration, before and after.
    config: [String; 2],
    changelog: String,
}

pub(super) fn release(arguments: &Generate, since: &str, terminal: &mut Terminal) -> Answer {
    let mut run = Run::default();
    let config = settings::read(&arguments.input, &arguments.out, &mut run);
    let file = config.as_ref().and_then(|config| config.file.clone());
    let (Some(config), Some(file)) = (config, file) else { return refused(&run, terminal) };
    let old = named(since, &config);
    let planned = match plan(&config, &file, &old, &mut run, terminal) {
        Ok(planned) => planned,
        Err(answer) => return answer,
    };
    let Some(plan) = planned else {
        terminal.out(&format!("no changes since `{}`: the version stays\n", old.spec.display()));
        return generate::plain(arguments, terminal);
    };
    let changelog = config.out.join(write::CHANGELOG);
    let version = &plan.version;
    if arguments.dry_run {
        terminal.out(&format!("the next version would be {version}\n"));
        return generate::plain(arguments, terminal);
    }
    let [before, after] = &plan.config;
    let place = |path: &Path, text: &str, run: &mut Run<'_>| match disk::place_if_changed(path, text.as_bytes()) {
        Ok(_) => true,
        Err(failure) => {
            run.diagnostics.push(Diagnostic::new(&diag::WRITE_IO, failure.to_string()));
            false
        }
    };
    if !place(&file, after, &mut run) {
        return refused(&run, terminal);
    }
    let answer = generate::plain(arguments, terminal);
    // Without a crate of this version there is no such version.
    let done = answer == Answer::Yes && place(&changelog, &plan.changelog, &mut run);
    if !done {
        place(&file, before, &mut run);
        return if run.diagnostics.has_errors() { refused(&run, terminal) } else { answer };
    }
    terminal.out(&format!("version {version}, with its entry in `{}`\n", changelog.display()));
    Answer::Yes
}

/// The description of the last release: what the arguments name, or else what was committed last.
fn named(since: &str, config: &Config) -> Named {
    match since {
        "" => Named::of(&format!("HEAD:./{}", config.spec.display())),
        since => Named::of(since),
    }
}

/// What to change; `None` when nothing has changed.
fn plan(
    config: &Config,
    file: &Path,
    old: &Named,
    run: &mut Run<'_>,
    terminal: &mut Terminal,
) -> Result<Option<Plan>, Answer> {
    let read = |path: &str| old.read(path);
    let overlay = |path: &str| old.overlay(path);
    let before = old.input([Reader(&read), Reader(&overlay)], old.then(config, terminal));
    let after = Input { spec: config.spec.clone(), reader: None, overlays: None, config: None };
    let compared = compare::compare(config, &before, &after);
    let Some(placed) = &compared.changes else { return Err(unread(&compared, terminal)) };
    let changes: Vec<&Change> = placed.iter().map(|placed| &placed.change).collect();
    let Some(rust) = changes.iter().map(|change| change.rust).max() else { return Ok(None) };
    let planned = || {
        let text = disk::read_text(file).map_err(|failure| failure.to_string())?;
        let version = version(config, file, old, rust)?;
        let edited = config::with_version(&text, &version);
        let edited = edited.ok_or_else(|| format!("`{}` has no `[package]` that takes a version", file.display()))?;
        let changelog = config.out.join(write::CHANGELOG);
        let written = changelog.is_file().then(|| disk::read_text(&changelog)).transpose();
        let written = written.map_err(|failure| failure.to_string())?;
        let entry = Entry { version: &version, day: &release::day(now()), changes: &changes };
        let changelog = release::with_entry(written.as_deref(), entry);
        Ok(Plan { version, config: [text, edited], changelog })
    };
    match planned() {
        Ok(plan) => Ok(Some(plan)),
        Err::<_, String>(reason) => {
            run.diagnostics.push(Diagnostic::new(&diag::NO_NEXT_VERSION, reason));
            Err(refused(run, terminal))
        }
    }
}

/// The version after the last release's: that of the configuration as it was then, so that a release that is made twice is
/// made once.
fn version(config: &Config, file: &Path, old: &Named, rust: Rust) -> Result<String, String> {
    let then = old.beside(file).and_then(|text| {
        let mut run = Run::default();
        let config = Config::parse(file, text, None, &mut run.sources, &mut run.diagnostics)?;
        Some(config.package.version.unwrap_or_else(|| config::DEFAULT_VERSION.to_owned()))
    });
    let now = || config.package.version.clone().unwrap_or_else(|| config::DEFAULT_VERSION.to_owned());
    let last = then.unwrap_or_else(now);
    release::next(&last, rust).map_err(|refused| format!("there is no version after `{last}`: {refused}"))
}

/// Seconds since 1970; `SOURCE_DATE_EPOCH` where it is set, so that a build can be made again.
fn now() -> u64 {
    let set = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    set.unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
}

fn refused(run: &Run<'_>, terminal: &mut Terminal) -> Answer {
    findings::print(&run.diagnostics, &run.sources, terminal);
    findings::print_tally(&run.diagnostics, "nothing was released; ", terminal);
    Answer::WrongUse
}
