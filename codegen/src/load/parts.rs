//! The other files of a description: opened when something refers to them, each once. Nothing outside the root document's
//! folder is read unless its folder was allowed by name, and all files together keep within the limits.

use std::fmt;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::tree::Node;
use super::{Document, Limits, Reader, load_bytes, read_file};
use crate::diag::{Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::source::{FileId, Sources};

/// A file that something in the description refers to.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) file: FileId,
    pub(super) root: Arc<Node>,
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It lies in no folder that may be read.
    Outside,
    /// The operating system refuses it, or it doesn't exist.
    Unreadable(String),
    /// It has errors, which were reported.
    Faulty,
    /// All files together are more than a limit: what, and its setting.
    Limit(String, &'static str),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside => f.write_str("it is outside the description's folder"),
            Self::Unreadable(reason) => f.write_str(reason),
            Self::Faulty => f.write_str("it has errors"),
            Self::Limit(what, _) => f.write_str(what),
        }
    }
}

/// Opens the files of one description.
#[derive(Debug)]
pub struct Parts<'a> {
    folder: PathBuf,
    /// Folders that may be read as well.
    also: &'a [PathBuf],
    limits: &'a Limits,
    sources: &'a mut Sources,
    reader: Option<Reader<'a>>,
    files: usize,
    bytes: usize,
    nodes: usize,
}

impl<'a> Parts<'a> {
    /// The files beside the document at `spec`, and those in the folders `also`.
    pub fn new(spec: &Path, also: &'a [PathBuf], limits: &'a Limits, sources: &'a mut Sources) -> Self {
        let folder = spec.parent().map(Path::to_owned).unwrap_or_default();
        Self { folder, also, limits, sources, reader: None, files: 1, bytes: 0, nodes: 0 }
    }

    /// The same by a reader, if there is one: then nothing is read from the disk.
    #[must_use]
    pub fn by(self, reader: Option<Reader<'a>>) -> Self {
        Self { reader, ..self }
    }

    /// Takes the file `path` (relative to the root document's folder, with `/`) into `document`, if it isn't there yet.
    /// What is wrong inside it is added to `diagnostics`, none of it as an error: what refers to the file is left out.
    ///
    /// # Errors
    ///
    /// Why the file is not there; the same each time.
    pub fn open(&mut self, document: &mut Document, path: &str, diagnostics: &mut Diagnostics) -> Result<(), Refused> {
        if let Some(known) = document.parts.get(path) {
            return known.as_ref().map(|_| ()).map_err(Clone::clone);
        }
        if self.nodes == 0 {
            self.bytes = self.sources.text(document.file).len();
            self.nodes = count(&document.root);
        }
        let part = self.read(path, diagnostics);
        let result = part.as_ref().map(|_| ()).map_err(Clone::clone);
        document.parts.insert(path.to_owned(), part);
        result
    }

    fn read(&mut self, path: &str, diagnostics: &mut Diagnostics) -> Result<Part, Refused> {
        let real = if self.reader.is_some() { PathBuf::new() } else { self.allowed(path)? };
        self.files += 1;
        if self.files > self.limits.files {
            let message = format!("the description has more than {} files", self.limits.files);
            return Err(Refused::Limit(message, "limits.files"));
        }
        let bytes = match self.reader {
            Some(reader) => (reader.0)(path).map_err(Refused::Unreadable)?,
            None => read_file(&real, self.limits).map_err(unreadable)?,
        };
        self.bytes = self.bytes.saturating_add(bytes.len());
        if self.bytes > self.limits.bytes {
            let message = format!("all files together have more than {} bytes", self.limits.bytes);
            return Err(Refused::Limit(message, "limits.bytes"));
        }
        let mut found = Diagnostics::default();
        let read = load_bytes(&self.folder.join(path), bytes, self.limits, self.sources, &mut found);
        let failed = found.has_errors();
        let whole = Pointer::of_file(path);
        found.into_iter().for_each(|found| diagnostics.push(in_file(found, &whole)));
        let Document { file, root, .. } = read.filter(|_| !failed).ok_or(Refused::Faulty)?;
        self.nodes = self.nodes.saturating_add(count(&root));
        if self.nodes > self.limits.nodes {
            let message = format!("all files together have more than {} values", self.limits.nodes);
            return Err(Refused::Limit(message, "limits.nodes"));
        }
        Ok(Part { file, root })
    }

    /// The real path of a file, behind links, if it lies where files may be read.
    fn allowed(&self, path: &str) -> Result<PathBuf, Refused> {
        // On Windows, a segment can be the name of a drive.
        let plain = |segment: &str| {
            let mut components = Path::new(segment).components();
            matches!((components.next(), components.next()), (Some(Component::Normal(_) | Component::ParentDir), None))
        };
        let climbs = path.starts_with("../");
        if !path.split('/').all(plain) || path.contains(['\\', '\0']) || (climbs && self.also.is_empty()) {
            return Err(Refused::Outside);
        }
        let real = fs::canonicalize(self.folder.join(path)).map_err(unreadable)?;
        let here = if self.folder.as_os_str().is_empty() { Path::new(".") } else { &self.folder };
        let mut folders = std::iter::once(here).chain(self.also.iter().map(PathBuf::as_path));
        let inside = folders.any(|folder| fs::canonicalize(folder).is_ok_and(|folder| real.starts_with(folder)));
        if inside { Ok(real) } else { Err(Refused::Outside) }
    }
}

/// A finding in another file than the root document, which is no error: what refers to the file is left out.
fn in_file(mut found: Diagnostic, whole: &Pointer) -> Diagnostic {
    let places = found.place.iter_mut().chain(found.related.iter_mut().map(|(place, _)| place));
    for pointer in places.filter_map(|place| place.pointer.as_mut()) {
        *pointer = pointer.tokens().fold(whole.clone(), |pointer, token| pointer.child(&token));
    }
    found.partial()
}

fn unreadable(error: std::io::Error) -> Refused {
    Refused::Unreadable(match error.kind() {
        std::io::ErrorKind::NotFound => "it does not exist".to_owned(),
        _ => error.to_string(),
    })
}

/// How many values a tree has. Its depth is bounded, but this is a loop all the same.
pub(crate) fn count(root: &Node) -> usize {
    let (mut count, mut waiting) = (0_usize, vec![root]);
    while let Some(node) = waiting.pop() {
        count += 1;
        waiting.extend(node.as_list().into_iter().flatten());
        waiting.extend(node.as_map().into_iter().flat_map(|map| map.values().map(|entry| &entry.node)));
    }
    count
}
