//! The disk: every touch of it that is not reading a description. Paths below the root come in with `/` and checked;
//! links below the root are told of and never followed.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What the operating system refused.
#[derive(Debug)]
pub struct Failure {
    verb: &'static str,
    path: PathBuf,
    error: io::Error,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "can't {} `{}`: {}", self.verb, self.path.display(), self.error)
    }
}

impl std::error::Error for Failure {}

fn failure(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Failure {
    let path = path.to_owned();
    move |error| Failure { verb, path, error }
}

/// What stands at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// Nothing.
    Missing,
    /// A link, here or at a folder on the way: where it is.
    Link(String),
    /// Something that is not what it would have to be, here (no file) or on the way (no folder): where it is.
    Other(String),
    /// A file with these bytes.
    File(Vec<u8>),
}

/// What stands at `path` below `root`.
pub(super) fn look(root: &Path, path: &str) -> Result<Seen, Failure> {
    let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
    for end in ends {
        let here = path.get(..end).unwrap_or(path);
        let full = root.join(here);
        let metadata = match fs::symlink_metadata(&full) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Seen::Missing),
            // The root itself is no folder: told of elsewhere.
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(Seen::Other(here.to_owned())),
            Err(error) => return Err(failure("look at", &full)(error)),
        };
        let last = end == path.len();
        if metadata.is_symlink() {
            return Ok(Seen::Link(here.to_owned()));
        } else if last && metadata.is_file() {
            return fs::read(&full).map(Seen::File).map_err(failure("read", &full));
        } else if last || !metadata.is_dir() {
            return Ok(Seen::Other(here.to_owned()));
        }
    }
    Ok(Seen::Missing)
}

/// Makes the root, and the folders above it.
pub(super) fn make_root(root: &Path) -> Result<(), Failure> {
    fs::create_dir_all(root).map_err(failure("make the folder", root))
}

/// Puts `content` at `path` below `root`: into a temporary file beside it first, which then takes its name, so that nobody
/// ever sees half a file. Writing isn't forced to the medium: what a power failure loses is generated again.
pub(super) fn place(root: &Path, path: &str, content: &[u8]) -> Result<(), Failure> {
    place_all(root, &[(path, content)])
}

/// As [`place`], for many files: side by side, for most of it is waiting for the system. The failure is that of the first
/// file, in the order given, that could not be written; others may have been written then.
pub(super) fn place_all(root: &Path, files: &[(&str, &[u8])]) -> Result<(), Failure> {
    const FEW: usize = 64;
    let folders: BTreeSet<&str> = files.iter().filter_map(|(path, _)| Some(path.rsplit_once('/')?.0)).collect();
    folders.into_iter().try_for_each(|folder| make_folders(root, folder))?;
    let replace_each =
        |files: &[(&str, &[u8])]| files.iter().try_for_each(|(path, text)| replace(&root.join(path), text));
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(files.len().div_ceil(FEW)).max(1);
    let mut parts = files.chunks(files.len().div_ceil(threads).max(1));
    let first = parts.next().unwrap_or_default();
    std::thread::scope(|scope| {
        let start = |part| std::thread::Builder::new().spawn_scoped(scope, move || replace_each(part));
        let others: Vec<_> = parts.map(|part| (part, start(part))).collect();
        others.into_iter().fold(replace_each(first), |placed, (part, thread)| {
            placed.and(match thread {
                Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                // There is no thread to be had.
                Err(_) => replace_each(part),
            })
        })
    })
}

/// Writes `content` to a file of the caller's own choice, unless it is there already; whether it was written.
///
/// # Errors
///
/// What the operating system refused.
pub fn place_if_changed(path: &Path, content: &[u8]) -> Result<bool, Failure> {
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(false);
    }
    replace(path, content).map(|()| true)
}

fn replace(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.clientwright-tmp"));
    let mut file = match create_new(&temporary) {
        // Left by a run that was interrupted; nobody else uses this name.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(&temporary).map_err(failure("delete", &temporary))?;
            create_new(&temporary)
        }
        other => other,
    }
    .map_err(failure("create", &temporary))?;
    let written = file.write_all(content);
    drop(file);
    let renamed = written.and_then(|()| fs::rename(&temporary, path));
    if renamed.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    renamed.map_err(failure("write", path))
}

fn create_new(path: &Path) -> io::Result<fs::File> {
    fs::OpenOptions::new().write(true).create_new(true).open(path)
}

/// Makes the folders one by one, so that none is made behind a link.
fn make_folders(root: &Path, folder: &str) -> Result<(), Failure> {
    let ends = folder.match_indices('/').map(|(end, _)| end).chain([folder.len()]);
    for end in ends {
        let full = root.join(folder.get(..end).unwrap_or(folder));
        match fs::symlink_metadata(&full) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(failure("make the folder", &full)(io::ErrorKind::AlreadyExists.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir(&full).map_err(failure("make the folder", &full))?;
            }
            Err(error) => return Err(failure("look at", &full)(error)),
        }
    }
    Ok(())
}

/// Deletes the file at `path` below `root`, if it is still what `expected` knows, and the folders that are empty then.
pub(super) fn delete(root: &Path, path: &str, expected: impl FnOnce(&[u8]) -> bool) -> Result<(), Failure> {
    let Seen::File(bytes) = look(root, path)? else { return Ok(()) };
    if !expected(&bytes) {
        return Ok(());
    }
    let full = root.join(path);
    fs::remove_file(&full).map_err(failure("delete", &full))?;
    let mut folder = path;
    while let Some((parent, _)) = folder.rsplit_once('/') {
        // A folder with something in it stays: that is what makes this fail.
        if fs::remove_dir(root.join(parent)).is_err() {
            break;
        }
        folder = parent;
    }
    Ok(())
}

/// The files below `root` that `is_ours` doesn't know, sorted, at most `most`. Links count as files; what cargo and git
/// keep (`target`, `.git`) is passed over, and so is the manifest.
pub(super) fn strangers(root: &Path, is_ours: &dyn Fn(&str) -> bool, most: usize) -> Result<Vec<String>, Failure> {
    let mut strangers = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let full = root.join(&folder);
        let entries = match fs::read_dir(&full) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(failure("read the folder", &full)(error)),
        };
        for entry in entries {
            let entry = entry.map_err(failure("read the folder", &full))?;
            let kind = entry.file_type().map_err(failure("look at", &entry.path()))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name == ".git"
                || (folder.is_empty() && (name == "target" || name == super::MANIFEST || name == super::CHANGELOG))
            {
                continue;
            }
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if kind.is_dir() {
                folders.push(path);
            } else if !is_ours(&path) {
                strangers.push(path);
            }
        }
    }
    strangers.sort();
    strangers.truncate(most);
    Ok(strangers)
}

/// The path with all links followed; what doesn't exist yet is taken by its text.
pub(super) fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for above in absolute.ancestors() {
        if let (Ok(real), Ok(rest)) = (fs::canonicalize(above), absolute.strip_prefix(above)) {
            return crate::config::paths::tidy(&real.join(rest));
        }
    }
    crate::config::paths::tidy(&absolute)
}

/// Whether something stands at the root that is no folder.
pub(super) fn is_no_folder(root: &Path) -> bool {
    fs::metadata(root).is_ok_and(|metadata| !metadata.is_dir())
}

/// The names of the folders in a folder, sorted; none where there is no such folder.
pub(crate) fn folders(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let is_folder = |entry: &fs::DirEntry| entry.path().is_dir();
    let mut names: Vec<String> =
        entries.filter(is_folder).filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

/// The text of a file; the reason, in the operating system's words, when it can't be read or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(failure("read", path))
}

/// The bytes with CR LF read as LF.
pub(super) fn fold(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.contains(&b'\r') || !bytes.windows(2).any(|pair| pair == b"\r\n") {
        return Cow::Borrowed(bytes);
    }
    let mut folded = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter().peekable();
    while let Some(&byte) = rest.next() {
        if byte != b'\r' || rest.peek() != Some(&&b'\n') {
            folded.push(byte);
        }
    }
    Cow::Owned(folded)
}

#[cfg(test)]
mod tests;
