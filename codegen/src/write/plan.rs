//! The plan: what each path needs, from what should be there, what the manifest says, and what is there. Changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::manifest::Manifest;
use super::{Report, Target, digest, disk, paths};
use crate::diag::{self, Diagnostic, Diagnostics};
use crate::emit::Files;

/// What happens to one path.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// It isn't there, and should.
    Create,
    /// It is ours, and has other content than it should.
    Change,
    /// It has the content that it should.
    Keep,
    /// It is ours, and no longer wanted; with the hashes that it may have, or none if any will do.
    Delete(Option<BTreeSet<String>>),
    /// It is no longer wanted, and gone already.
    Forget,
    /// It keeps everything from being written.
    Refuse,
}

/// What happens to every path.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    steps: BTreeMap<String, Step>,
}

/// Looks at every path that should be there or that the manifest lists; `None` when the file system refuses.
pub(super) fn plan(target: &Target<'_>, old: &Manifest, found: &mut Diagnostics) -> Option<Plan> {
    let mut plan = Plan::default();
    let paths: BTreeSet<&String> = target.files.0.keys().chain(old.files().keys()).collect();
    for path in paths {
        let seen = match disk::look(target.root, path) {
            Ok(seen) => seen,
            Err(failure) => return super::refuse(&failure, found),
        };
        let step = step(target, path, target.files.0.get(path), old.files().get(path), seen, found);
        plan.steps.insert(path.clone(), step);
    }
    Some(plan)
}

/// What one path needs: `wanted` is what should be there, `ours` the hashes of what we wrote there.
fn step(
    target: &Target<'_>,
    path: &str,
    wanted: Option<&String>,
    ours: Option<&BTreeSet<String>>,
    seen: disk::Seen,
    found: &mut Diagnostics,
) -> Step {
    let bytes = match (seen, wanted) {
        (disk::Seen::Missing, Some(_)) => return Step::Create,
        (disk::Seen::Missing, None) => return Step::Forget,
        (disk::Seen::Link(link_path), _) => {
            found.push(link(target.root, &link_path));
            return Step::Refuse;
        }
        (disk::Seen::Other(other), Some(_)) => {
            found.push(foreign(target.root, &other, "is no file, or no folder, as it would have to be"));
            return Step::Refuse;
        }
        // Where we once had a file, someone made something else: not ours any more.
        (disk::Seen::Other(_), None) => return Step::Forget,
        (disk::Seen::File(bytes), _) => bytes,
    };
    if wanted.is_some_and(|wanted| disk::fold(wanted.as_bytes()) == disk::fold(&bytes)) {
        return Step::Keep;
    }
    let Some(hashes) = ours else {
        found.push(foreign(target.root, path, "is not ours, and would have to be replaced"));
        return Step::Refuse;
    };
    let untouched = hashes.contains(&digest([bytes.as_slice()]));
    if !untouched && !target.overwrite_edited {
        found.push(edited(target, path, wanted.is_some()));
        return Step::Refuse;
    }
    match wanted {
        Some(_) => Step::Change,
        None => Step::Delete(untouched.then(|| hashes.clone())),
    }
}

impl Plan {
    /// Whether the path is one that we have, or had until now.
    pub(super) fn is_ours(&self, path: &str) -> bool {
        matches!(self.steps.get(path), Some(Step::Create | Step::Change | Step::Keep | Step::Delete(_)))
    }

    /// Whether a file comes, changes or goes.
    pub(super) fn changes_files(&self) -> bool {
        self.deletions().next().is_some() || self.writes().next().is_some()
    }

    /// The files to write.
    pub(super) fn writes(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter(|(_, step)| matches!(step, Step::Create | Step::Change)).map(|(path, _)| path.as_str())
    }

    /// The files to delete, each with the hashes that it may have (none: any).
    pub(super) fn deletions(&self) -> impl Iterator<Item = (&str, Option<&BTreeSet<String>>)> {
        self.steps.iter().filter_map(|(path, step)| match step {
            Step::Delete(hashes) => Some((path.as_str(), hashes.as_ref())),
            _ => None,
        })
    }

    /// The plan as a report.
    pub(super) fn report(&self, files: &Files) -> Report {
        let mut report = Report::default();
        report.unchanged.reserve(files.0.len());
        for (path, step) in &self.steps {
            let list = match step {
                Step::Create => &mut report.created,
                Step::Change => &mut report.changed,
                Step::Keep => &mut report.unchanged,
                Step::Delete(_) => &mut report.deleted,
                Step::Refuse => &mut report.refused,
                Step::Forget => continue,
            };
            list.push(path.clone());
        }
        report
    }
}

/// A link where a file of ours belongs.
pub(super) fn link(root: &Path, path: &str) -> Diagnostic {
    let message = format!("`{}` is a symbolic link", paths::shown(&root.join(path)));
    Diagnostic::new(&diag::WRITE_SYMLINK, message).help("remove the link; nothing was written")
}

fn foreign(root: &Path, path: &str, what: &str) -> Diagnostic {
    let message = format!("`{}` {what}", paths::shown(&root.join(path)));
    Diagnostic::new(&diag::WRITE_FOREIGN, message)
        .help("move or delete it, or choose another output folder; nothing was written")
}

fn edited(target: &Target<'_>, path: &str, wanted: bool) -> Diagnostic {
    let message = format!("`{}` is generated, and was edited", paths::shown(&target.root.join(path)));
    let verb = if wanted { "replace" } else { "delete" };
    Diagnostic::new(&diag::WRITE_EDITED, message)
        .help(format!("to {verb} it, run `{} --overwrite-edited`", target.command))
        .help("nothing was written")
}
