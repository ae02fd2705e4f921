//! Load: files → [`Document`]. Reads YAML 1.2 and JSON (RFC 8259) into one tree with the place of every value; refuses
//! duplicate keys, and anything past the limits. Never reaches for the network, and knows nothing of OpenAPI.

mod build;
mod bytes;
mod json;
mod lax;
mod map;
mod moved;
mod parts;
mod scalar;
#[cfg(test)]
mod tests;
pub mod tree;
mod yaml;

pub(crate) use moved::Moved;
pub(crate) use parts::count;
pub use parts::{Parts, Refused};

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use crate::diag::{Diagnostic, Diagnostics, FILE_UNREADABLE, SYNTAX};
use crate::pointer::Pointer;
use crate::source::{FileId, Sources, Span};
use build::Builder;
use parts::Part;
use tree::{Entry, Node, Value};

/// A description as it was written: the root document, and the other files that were opened so far ([`Parts::open`]).
#[derive(Clone, Debug)]
pub struct Document {
    /// The file that the root document was read from.
    pub file: FileId,
    /// The name of that file, by which other files refer to it.
    pub name: String,
    /// What the root document says; clones share it until one of them is changed.
    pub root: Arc<Node>,
    /// By their paths, relative to the root document's folder.
    parts: BTreeMap<String, Result<Part, Refused>>,
    /// What stands elsewhere than it was written.
    pub(crate) moved: Moved,
}

impl Document {
    /// The node that a pointer names.
    pub fn find(&self, pointer: &Pointer) -> Option<&Node> {
        let (_, mut node) = self.root_of(pointer)?;
        for token in pointer.tokens() {
            node = node.step(&token)?;
        }
        Some(node)
    }

    /// The place that the text of a `$ref` at `base` names; `None` when it is a URL, or no address at all.
    pub fn target(&self, base: &Pointer, reference: &str) -> Option<Pointer> {
        Some(self.moved.now(base.target(reference, &self.name)?))
    }

    /// The place where what stands at `place` was written, which is another one where a version of OpenAPI says things in
    /// other places.
    pub fn written(&self, place: &Pointer) -> Pointer {
        self.moved.was(place)
    }

    /// The file and the root of what stands in it.
    fn root_of(&self, pointer: &Pointer) -> Option<(FileId, &Node)> {
        match pointer.file() {
            None => Some((self.file, &self.root)),
            Some(path) => self.parts.get(&path)?.as_ref().ok().map(|part| (part.file, &*part.root)),
        }
    }

    /// Puts `node` in place of what a pointer names, if there is something.
    pub(crate) fn put(&mut self, pointer: &Pointer, node: Node) {
        if let Some(place) = self.find_mut(pointer) {
            *place = node;
        }
    }

    /// The node that a pointer names, to be changed.
    pub(crate) fn find_mut(&mut self, pointer: &Pointer) -> Option<&mut Node> {
        let root = match pointer.file() {
            None => Some(Arc::make_mut(&mut self.root)),
            Some(path) => {
                self.parts.get_mut(&path).and_then(|part| part.as_mut().ok()).map(|part| Arc::make_mut(&mut part.root))
            }
        };
        root.and_then(|root| {
            pointer.tokens().try_fold(root, |node, token| match &mut node.value {
                Value::Map(map) => map.get_mut(&token).map(|entry| &mut entry.node),
                Value::List(list) => list.get_mut(token.parse::<usize>().ok()?),
                _ => None,
            })
        })
    }

    /// The bytes of what a pointer names, or of its key; of the nearest that exists above it, if it doesn't.
    pub fn locate(&self, pointer: &Pointer, key: bool) -> Option<Span> {
        let (_, mut node) = self.root_of(pointer)?;
        let mut span = node.span();
        for token in pointer.tokens() {
            let next = match &node.value {
                Value::Map(map) => {
                    map.get(&token).map(|Entry { key, file, node }| (Span { file: *file, bytes: key.clone() }, node))
                }
                Value::List(list) => {
                    token.parse::<usize>().ok().and_then(|index| list.get(index)).map(|node| (node.span(), node))
                }
                _ => None,
            };
            let Some((of_key, child)) = next else { break };
            node = child;
            span = if key { of_key } else { child.span() };
        }
        Some(span)
    }
}

/// How much input is taken; each can be raised in the configuration (`[limits]`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Files of one description.
    pub files: usize,
    /// Bytes of all files together.
    pub bytes: usize,
    /// Nodes of all files together, after aliases are expanded.
    pub nodes: usize,
    /// Mappings and lists inside one another; more than [`Limits::MAX_DEPTH`] counts as that.
    pub depth: usize,
    /// Bytes of one text.
    pub text: usize,
    /// Bytes of one key.
    pub key: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { files: 10_000, bytes: 64 << 20, nodes: 4_000_000, depth: 100, text: 1 << 20, key: 1 << 10 }
    }
}

impl Limits {
    /// As deep as the field `depth` goes: later stages walk the tree by recursion, and must do so on a stack of 2 MiB.
    pub const MAX_DEPTH: usize = 512;

    /// The limit on depth that holds.
    fn levels(&self) -> usize {
        self.depth.min(Self::MAX_DEPTH)
    }
}

/// Where files come from that don't stand on the disk, such as those of a revision: a path relative to the description's
/// folder → the bytes, or why there are none.
#[derive(Clone, Copy)]
pub struct Reader<'a>(pub &'a (dyn Fn(&str) -> Result<Vec<u8>, String> + Sync));

impl std::fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reader")
    }
}

/// As [`load`], by a reader; `path` is what messages call the description.
pub fn load_by(
    reader: Reader<'_>,
    path: &Path,
    limits: &Limits,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match (reader.0)(&name) {
        Ok(bytes) => load_bytes(path, bytes, limits, sources, diagnostics),
        Err(reason) => {
            let message = format!("`{}` can't be read: {reason}", path.display());
            diagnostics.push(Diagnostic::new(&FILE_UNREADABLE, message).help("check the revision and the path"));
            None
        }
    }
}

/// Reads the description at `path`, and adds it to `sources`; `None` when something is so wrong that there is nothing to
/// go on with. What is wrong is in `diagnostics` (codes `L….`), with its place. A document that is given beside errors is
/// whole but for what they name: the second of two equal keys is left out, an alias that leads nowhere is null.
///
/// A file named `.json` is JSON, and so is one whose first character that is no blank is `{`, if it can be read as that; all
/// others are YAML.
pub fn load(path: &Path, limits: &Limits, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Document> {
    match read_file(path, limits) {
        Ok(bytes) => load_bytes(path, bytes, limits, sources, diagnostics),
        Err(error) => {
            let message = format!("`{}` can't be read: {error}", path.display());
            diagnostics.push(Diagnostic::new(&FILE_UNREADABLE, message).help(advice(path)));
            None
        }
    }
}

/// What to do about a path that no file can be read from.
fn advice(path: &Path) -> String {
    let text = path.to_string_lossy();
    // A path that is joined to a folder, or cleaned up, has one slash left.
    let address = ["https:/", "http:/"].iter().find_map(|scheme| text.find(scheme));
    match address.and_then(|at| text.get(at..)) {
        Some(address) => format!("nothing is ever fetched: save `{address}` as a file, and name that"),
        None if path.is_dir() => "name the description in this folder".to_owned(),
        None if text == "-" => "the standard input isn't read: name a file".to_owned(),
        None => "check the path".to_owned(),
    }
}

/// As [`load`], of a file's bytes as they are on disk; `path` is what messages call it, and nothing is read from there.
pub fn load_bytes(
    path: &Path,
    bytes: Vec<u8>,
    limits: &Limits,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let file = bytes::decode(path, bytes, limits, sources, diagnostics)?;
    let root = read_text(path, file, sources.text(file), limits, diagnostics)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Some(Document { file, name, root: Arc::new(root), parts: BTreeMap::new(), moved: Moved::default() })
}

/// What a text says, as JSON or as YAML. One that begins with `{` may be either: what is no JSON is read as YAML, and what is
/// neither as that which its name says.
fn read_text(path: &Path, file: FileId, text: &str, limits: &Limits, diagnostics: &mut Diagnostics) -> Option<Node> {
    let is_named = |endings: &[&str]| {
        let extension = path.extension().and_then(OsStr::to_str);
        extension.is_some_and(|extension| endings.iter().any(|ending| ending.eq_ignore_ascii_case(extension)))
    };
    let mut as_json = Diagnostics::default();
    if is_named(&["json"]) || text.trim_start().starts_with('{') {
        let mut builder = Builder::new(file, limits, &mut as_json);
        let root = json::read(text, !is_named(&["json"]), &mut builder).ok().and_then(|()| builder.finish());
        // Limits are the same for both.
        if is_named(&["json"]) || root.is_some() || !as_json.iter().any(|found| found.code == &SYNTAX) {
            diagnostics.extend(as_json);
            return root;
        }
    }
    let mut as_yaml = Diagnostics::default();
    let mut builder = Builder::new(file, limits, &mut as_yaml);
    let root = yaml::read(text, limits, &mut builder).ok().and_then(|()| builder.finish());
    let is_neither = root.is_none() && !as_json.is_empty() && !is_named(&["yaml", "yml"]);
    diagnostics.extend(if is_neither { as_json } else { as_yaml });
    root
}

/// As [`load`], of a text; `name` is what messages call it.
pub fn load_text(
    name: &str,
    text: &str,
    limits: &Limits,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    load_bytes(Path::new(name), text.as_bytes().to_vec(), limits, sources, diagnostics)
}

/// Reads at most one byte more than allowed, whatever the file's length is said to be. Devices and pipes are refused: they
/// may never end, or never begin.
fn read_file(path: &Path, limits: &Limits) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    let most = u64::try_from(limits.bytes).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
