//! Write and check: `Files` against the folder. What comes out is a [`Report`]; [`Mode`] says whether the folder changes.
//!
//! The folder is ours only as far as its manifest, `clientwright.lock`, lists it with a hash that still matches. All else
//! is left alone, and what stands in the way is an error with which nothing at all is written. Symbolic links below the
//! folder are never followed. Only changed bytes are written, each file through a temporary one beside it.
//!
//! Line endings: contents are compared and hashed with CR LF read as LF. A checkout that git gave CR LF is therefore
//! unchanged, neither stale nor edited, and its files are not rewritten for that alone.
//!
//! A run that was interrupted is made good by the next: before the first change the manifest takes in the new hashes
//! beside the old ones, so that every file, old or new, stays ours; what has the wanted content already is accepted.

pub mod disk;
mod manifest;
mod paths;
mod plan;
mod verify;

pub use manifest::{FILE_NAME as MANIFEST, digest};
pub use verify::verify;

/// The name of the changelog in the output folder: releases write it, and people.
pub const CHANGELOG: &str = "CHANGELOG.md";

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::Record;
use crate::diag::{self, Diagnostic, Diagnostics};
use crate::emit::Files;
use crate::name::Lock;
use manifest::Manifest;
use plan::Plan;

/// What is to stand in the folder, and how far it may be changed for that.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// The output folder; it may not exist yet.
    pub root: &'a Path,
    /// What is to stand there.
    pub files: &'a Files,
    /// What the output was made of: the [`digest`] of each file, by its path from the folder ([`inputs`]).
    pub inputs: &'a BTreeMap<String, String>,
    /// The names that were given.
    pub names: &'a Lock,
    /// For a copy in another workspace: what was asked for.
    pub record: Option<&'a Record>,
    /// Files that were read: the folder must not hold any of them.
    pub guarded: &'a [PathBuf],
    /// The user's home folder, which is never the output folder.
    pub home: Option<&'a Path>,
    /// Whether files of ours that someone edited are replaced or deleted.
    pub overwrite_edited: bool,
    /// The command that writes, for what to do: `clientwright generate`.
    pub command: &'a str,
}

/// Whether the folder changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The folder becomes what it should be.
    Write,
    /// Nothing is touched; the report says what would be done.
    DryRun,
    /// Nothing is touched; every difference is an error.
    Check,
}

/// What was done, or would be, by paths relative to the folder, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that weren't there.
    pub created: Vec<String>,
    /// Files with other content than before.
    pub changed: Vec<String>,
    /// Files that have the wanted content already.
    pub unchanged: Vec<String>,
    /// Files of ours that are no longer wanted.
    pub deleted: Vec<String>,
    /// Files that are not ours, apart from those below `target` and `.git`; at most [`Report::MOST_LEFT_ALONE`].
    pub left_alone: Vec<String>,
    /// Files that keep everything from being written: edited, not ours but in the way, or reached through a link.
    pub refused: Vec<String>,
}

impl Report {
    /// So many files that are not ours are named at most.
    pub const MOST_LEFT_ALONE: usize = 1000;

    /// How many files were written, or would be.
    pub fn written(&self) -> usize {
        self.created.len() + self.changed.len()
    }

    /// Whether the folder is what it should be.
    pub fn is_clean(&self) -> bool {
        self.written() == 0 && self.deleted.is_empty() && self.refused.is_empty()
    }
}

/// Compares the folder with what should be in it, and makes it so in [`Mode::Write`].
///
/// `None`, with the reasons reported, when the folder or a path can't be used at all. When files are in the way the report
/// names them in `refused` and nothing was written; each is reported too.
pub fn run(target: &Target<'_>, mode: Mode, diagnostics: &mut Diagnostics) -> Option<Report> {
    let mut found = Diagnostics::default();
    let report = run_all(target, mode, &mut found);
    diagnostics.extend(found);
    report
}

fn run_all(target: &Target<'_>, mode: Mode, found: &mut Diagnostics) -> Option<Report> {
    check_root(target, found)?;
    paths::check(target.files, found)?;
    let old = read_manifest(target.root, found)?;
    let plan = plan::plan(target, &old, found)?;
    let mut report = plan.report(target.files);
    report.left_alone = match disk::strangers(
        target.root,
        &|path| plan.is_ours(path) || old.files().contains_key(path),
        Report::MOST_LEFT_ALONE,
    ) {
        Ok(strangers) => strangers,
        Err(failure) => return refuse(&failure, found),
    };
    let new = Manifest::of(target.files, target.inputs, target.names, target.record, &old);
    let text = new.text();
    let manifest_is_new = old.text() != text;
    if manifest_is_new && report.refused.is_empty() {
        let list = if old.is_empty() { &mut report.created } else { &mut report.changed };
        list.push(MANIFEST.to_owned());
        list.sort();
    }
    match mode {
        Mode::Check => {
            let since = if old.is_empty() { Vec::new() } else { new.changed_inputs(&old) };
            report_differences(target, &report, &since, found);
        }
        Mode::DryRun => {}
        Mode::Write if found.has_errors() || report.is_clean() => {}
        Mode::Write => {
            if let Err(failure) = apply(target, &plan, &old, &new, &text) {
                return refuse(&failure, found);
            }
        }
    }
    Some(report)
}

/// The names that were given when the folder was written; none when it wasn't, or when its manifest can't be understood,
/// which [`run`] reports.
pub fn names(root: &Path) -> Lock {
    understood(root).map(Manifest::names).unwrap_or_default()
}

/// The same, of the text of a manifest.
pub fn names_of(manifest: &str) -> Lock {
    Manifest::parse(manifest.as_bytes()).map(|manifest| manifest.names()).unwrap_or_default()
}

/// What was asked for when the folder was written as a copy; `None` when it wasn't, or when its manifest can't be understood.
pub fn record(root: &Path) -> Option<Record> {
    understood(root)?.record().cloned()
}

fn understood(root: &Path) -> Option<Manifest> {
    if root.as_os_str().is_empty() {
        return None;
    }
    match disk::look(root, MANIFEST) {
        Ok(disk::Seen::File(bytes)) => Manifest::parse(&bytes).ok(),
        Ok(disk::Seen::Missing | disk::Seen::Link(_) | disk::Seen::Other(_)) | Err(_) => None,
    }
}

/// The digest of each file that was read, by its path from the folder `root`: the same wherever the generator was called.
pub fn inputs<'a>(root: &Path, files: impl Iterator<Item = (&'a Path, &'a str)>) -> BTreeMap<String, String> {
    let root = crate::config::paths::absolute(root);
    files.map(|(path, text)| (crate::config::paths::relative(&root, path), digest([text.as_bytes()]))).collect()
}

/// Makes the folder what it should be: the manifest takes in the new hashes, files go, files come, and the manifest
/// forgets the old hashes. `text` is that of `new`.
fn apply(target: &Target<'_>, plan: &Plan, old: &Manifest, new: &Manifest, text: &str) -> Result<(), disk::Failure> {
    disk::make_root(target.root)?;
    if plan.changes_files() {
        let merged = if old.is_empty() { text } else { &old.merged(new).text() };
        disk::place(target.root, MANIFEST, merged.as_bytes())?;
    }
    for (path, hashes) in plan.deletions() {
        disk::delete(target.root, path, |bytes| hashes.is_none_or(|hashes| hashes.contains(&digest([bytes]))))?;
    }
    let writes = plan.writes().map(|path| (path, target.files.0.get(path).map_or("", String::as_str).as_bytes()));
    disk::place_all(target.root, &writes.collect::<Vec<_>>())?;
    disk::place(target.root, MANIFEST, text.as_bytes())
}

/// Refuses folders that hold what is not generated, links followed.
fn check_root(target: &Target<'_>, found: &mut Diagnostics) -> Option<()> {
    let root = disk::real(target.root);
    let home = target.home.map(disk::real);
    let reason = if disk::is_no_folder(target.root) {
        Some("this is no folder")
    } else {
        let guarded = target.guarded.iter().map(|path| disk::real(path));
        let inside = guarded.into_iter().any(|path| path.starts_with(&root));
        // The description and the configuration are both in the list; the words for the one do for all.
        let reason = crate::config::paths::refuse_absolute(&root, Path::new(""), None, home.as_deref());
        reason.or_else(|| inside.then_some("a file that was read lies inside"))
    };
    let Some(reason) = reason else { return Some(()) };
    let message = format!("`{}` can't be the output folder: {reason}", paths::shown(target.root));
    found.push(Diagnostic::new(&diag::WRITE_ROOT, message).help("choose a folder that holds nothing but the output"));
    None
}

/// The manifest in the folder; an empty one when there is none.
fn read_manifest(root: &Path, found: &mut Diagnostics) -> Option<Manifest> {
    let bytes = match disk::look(root, MANIFEST) {
        Ok(disk::Seen::Missing) => return Some(Manifest::default()),
        Ok(disk::Seen::File(bytes)) => bytes,
        Ok(disk::Seen::Link(path)) => {
            found.push(plan::link(root, &path));
            return None;
        }
        Ok(disk::Seen::Other(path)) => {
            let message = format!("`{}` is no file", paths::shown(&root.join(path)));
            found.push(Diagnostic::new(&diag::WRITE_MANIFEST, message));
            return None;
        }
        Err(failure) => return refuse(&failure, found),
    };
    match Manifest::parse(&bytes) {
        Ok(manifest) => Some(manifest),
        Err(reason) => {
            let message = format!("`{}`: {reason}", paths::shown(&root.join(MANIFEST)));
            let help = "restore the file from version control; after a merge keep the lines of both sides";
            found.push(Diagnostic::new(&diag::WRITE_MANIFEST, message).help(help));
            None
        }
    }
}

/// For check: each kind of difference once, with the files.
fn report_differences(target: &Target<'_>, report: &Report, since: &[&str], found: &mut Diagnostics) {
    let kinds = [
        (&diag::CHECK_STALE, &report.changed, "not what would be written"),
        (&diag::CHECK_MISSING, &report.created, "missing"),
        (&diag::CHECK_LEFTOVER, &report.deleted, "no longer written"),
    ];
    for (code, paths, what) in kinds {
        if paths.is_empty() {
            continue;
        }
        let message = match paths.as_slice() {
            [one] => format!("`{one}` in `{}` is {what}", paths::shown(target.root)),
            many => format!("{} files in `{}` are {what}: {}", many.len(), paths::shown(target.root), some(many)),
        };
        let mut difference = Diagnostic::new(code, message);
        if !since.is_empty() && paths.iter().any(|path| path == MANIFEST) {
            let since: Vec<String> = since.iter().map(|path| (*path).to_owned()).collect();
            difference = difference.help(format!("since then, what it was made of has changed: {}", some(&since)));
        }
        found.push(difference.help(format!("run `{}`", target.command)));
    }
}

/// The first few of the paths, in backticks.
fn some(paths: &[String]) -> String {
    const FEW: usize = 10;
    let mut text: Vec<String> = paths.iter().take(FEW).map(|path| format!("`{path}`")).collect();
    if paths.len() > FEW {
        text.push(format!("and {} more", paths.len() - FEW));
    }
    text.join(", ")
}

fn refuse<T>(failure: &disk::Failure, found: &mut Diagnostics) -> Option<T> {
    found.push(Diagnostic::new(&diag::WRITE_IO, failure.to_string()));
    None
}

#[cfg(test)]
mod tests;
