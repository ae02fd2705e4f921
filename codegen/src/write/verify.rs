//! Verify: the folder against its own manifest, where what it was made of is not at hand. That tells whether every file is as
//! it was written, and nothing of whether it would still be written so.

use std::path::Path;

use super::manifest::Manifest;
use super::{MANIFEST, Report, digest, disk, paths, plan, read_manifest, some};
use crate::diag::{self, Diagnostic, Diagnostics};

/// Compares the files with what the manifest says of them. `None`, with the reason reported, when there is no manifest, or
/// when the file system refuses. `command` writes the folder again.
pub fn verify(root: &Path, command: &str, found: &mut Diagnostics) -> Option<Report> {
    let manifest = read_manifest(root, found)?;
    if manifest.is_empty() {
        let message = format!("`{}` has no `{MANIFEST}`", paths::shown(root));
        let help = "name a folder that clientwright has written";
        found.push(Diagnostic::new(&diag::CHECK_NO_MANIFEST, message).help(help));
        return None;
    }
    match compare(root, &manifest, found) {
        Ok(report) => {
            tell(root, &report, command, found);
            Some(report)
        }
        Err(failure) => super::refuse(&failure, found),
    }
}

fn compare(root: &Path, manifest: &Manifest, found: &mut Diagnostics) -> Result<Report, disk::Failure> {
    let mut report = Report::default();
    for (path, hashes) in manifest.files() {
        let list = match disk::look(root, path)? {
            disk::Seen::File(bytes) if hashes.contains(&digest([bytes.as_slice()])) => &mut report.unchanged,
            disk::Seen::File(_) => &mut report.changed,
            disk::Seen::Missing | disk::Seen::Other(_) => &mut report.created,
            disk::Seen::Link(link) => {
                found.push(plan::link(root, &link));
                &mut report.refused
            }
        };
        list.push(path.clone());
    }
    let is_ours = |path: &str| manifest.files().contains_key(path);
    report.left_alone = disk::strangers(root, &is_ours, Report::MOST_LEFT_ALONE)?;
    Ok(report)
}

fn tell(root: &Path, report: &Report, command: &str, found: &mut Diagnostics) {
    let kinds = [
        (&diag::CHECK_EDITED, &report.changed, "not as it was written", "not as they were written"),
        (&diag::CHECK_MISSING, &report.created, "missing", "missing"),
    ];
    for (code, paths, is, are) in kinds {
        let folder = paths::shown(root);
        let message = match paths.as_slice() {
            [] => continue,
            [one] => format!("`{one}` in `{folder}` is {is}"),
            many => format!("{} files in `{folder}` are {are}: {}", many.len(), some(many)),
        };
        let help = format!(
            "restore what was committed, or run `{command}`, with `--overwrite-edited` where files were edited"
        );
        found.push(Diagnostic::new(code, message).help(help));
    }
}
