//! The builder of the value tree, the same for JSON and YAML: takes opened and closed mappings and lists, keys, values and
//! aliases in the order of the text, gives the root [`Node`]. Refuses duplicate keys, counts against every limit before
//! memory is taken, and expands aliases. Never recurses, but for cloning and dropping a tree whose depth is bounded.

mod anchors;
mod merge;
mod report;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::Limits;
use super::tree::{Entry, Map, Node, Value};
use crate::diag::{DUPLICATE_KEY, Diagnostic, Diagnostics, MERGE_VALUE, Place};
use crate::pointer::Pointer;
use crate::source::{FileId, Span};
use anchors::{Anchor, Target};
use merge::merge;

/// Reading can't go on; why was reported.
#[derive(Debug)]
pub(in crate::load) struct Stop;

/// The number of an anchor, unique in its file.
pub(in crate::load) type AnchorId = usize;

/// Builds one tree.
#[derive(Debug)]
pub(in crate::load) struct Builder<'a> {
    file: FileId,
    limits: &'a Limits,
    diagnostics: &'a mut Diagnostics,
    frames: Vec<Frame>,
    root: Option<Node>,
    anchors: HashMap<AnchorId, Anchor>,
    /// The keys so far: most are there many times.
    keys: HashSet<Arc<str>, RandomState>,
    errors: usize,
    /// Values so far, aliases expanded.
    nodes: usize,
    /// Bytes of texts and keys so far, aliases expanded.
    bytes: usize,
    /// Those of them that are copies made by aliases.
    copied: usize,
}

/// A mapping or list that is not closed yet.
#[derive(Debug)]
struct Frame {
    content: Content,
    start: usize,
    /// Where the last child ended: the end of a block mapping or list, which has no bracket.
    end: usize,
    anchor: Option<AnchorId>,
    nodes_before: usize,
    bytes_before: usize,
    /// Mappings and lists inside one another, below this one.
    height: usize,
}

#[derive(Debug)]
enum Content {
    List(Vec<Node>),
    Map {
        map: Map,
        key: Key,
        /// The members that came by merging: others of these names replace them.
        merged: HashSet<Arc<str>>,
    },
}

/// The key that waits for its value.
#[derive(Debug)]
enum Key {
    Missing,
    Given(Arc<str>, Range<usize>),
    /// The members of its value become members of this mapping.
    Merge,
    /// The key was reported: its value is read, and left out.
    Refused,
}

impl<'a> Builder<'a> {
    /// A builder for the tree of one file.
    pub(in crate::load) fn new(file: FileId, limits: &'a Limits, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            file,
            limits,
            diagnostics,
            frames: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            keys: HashSet::default(),
            errors: 0,
            nodes: 0,
            bytes: 0,
            copied: 0,
        }
    }

    /// The finished tree.
    pub(in crate::load) fn finish(self) -> Option<Node> {
        self.root
    }

    /// How many mappings and lists are open.
    pub(in crate::load) fn depth(&self) -> usize {
        self.frames.len()
    }

    /// Whether the innermost open one is a mapping.
    pub(in crate::load) fn in_map(&self) -> bool {
        matches!(self.frames.last(), Some(Frame { content: Content::Map { .. }, .. }))
    }

    /// Whether what comes next is a key.
    pub(in crate::load) fn wants_key(&self) -> bool {
        matches!(self.frames.last(), Some(Frame { content: Content::Map { key: Key::Missing, .. }, .. }))
    }

    /// The place of the innermost open bracket.
    pub(in crate::load) fn open_bracket(&self) -> Option<Place> {
        let start = self.frames.last()?.start;
        Some(Place::from(Span { file: self.file, bytes: start..start + 1 }))
    }

    /// Begins a mapping; `bytes` are those of its bracket, empty where it has none.
    pub(in crate::load) fn open_map(&mut self, bytes: Range<usize>, anchor: Option<AnchorId>) -> Result<(), Stop> {
        let content = Content::Map { map: Map::new(), key: Key::Missing, merged: HashSet::new() };
        self.open(content, bytes, anchor)
    }

    /// Begins a list; `bytes` are those of its bracket, empty where it has none.
    pub(in crate::load) fn open_list(&mut self, bytes: Range<usize>, anchor: Option<AnchorId>) -> Result<(), Stop> {
        self.open(Content::List(Vec::new()), bytes, anchor)
    }

    fn open(&mut self, content: Content, bytes: Range<usize>, anchor: Option<AnchorId>) -> Result<(), Stop> {
        let (nodes_before, bytes_before) = (self.nodes, self.bytes);
        self.check_depth(self.frames.len() + 1, &bytes)?;
        self.count(1, &bytes)?;
        if let Some(id) = anchor {
            self.anchors.insert(id, Anchor { target: Target::Open, nodes: 0, bytes: 0, height: 0 });
        }
        let (start, end) = (bytes.start, bytes.end);
        self.frames.push(Frame { content, start, end, anchor, nodes_before, bytes_before, height: 0 });
        Ok(())
    }

    /// Ends the innermost mapping or list; without `end` (of its bracket) it ends where its last child does.
    pub(in crate::load) fn close(&mut self, end: Option<usize>) -> Result<(), Stop> {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        let height = frame.height + 1;
        if let Some(id) = frame.anchor {
            let (nodes, bytes) = (self.nodes - frame.nodes_before, self.bytes - frame.bytes_before);
            self.anchor(id, nodes, bytes, height);
        }
        // Most are small, and there are very many: what they grew by in vain would be a quarter of the tree.
        let value = match frame.content {
            Content::List(mut list) => {
                list.shrink_to_fit();
                Value::List(list)
            }
            Content::Map { mut map, .. } => {
                map.shrink_to_fit();
                Value::map(map)
            }
        };
        self.place(Node { value, bytes: frame.start..end.unwrap_or(frame.end), file: self.file }, height)
    }

    /// Takes in the key of the next value. Duplicates are reported, and their value is left out.
    pub(in crate::load) fn key(&mut self, key: Cow<'_, str>, bytes: Range<usize>) -> Result<(), Stop> {
        if key.len() > self.limits.key {
            let message = format!("a key has more than {} bytes", self.limits.key);
            self.error(self.limit(message, "limits.key", bytes))?;
            self.refuse_key();
            return Ok(());
        }
        self.bytes += key.len();
        let Some(Frame { content: Content::Map { map, key: slot, merged }, .. }) = self.frames.last_mut() else {
            return Ok(());
        };
        let Some(first) = map.get(key.as_ref()).filter(|_| !merged.contains(key.as_ref())) else {
            let key = match self.keys.get(key.as_ref()) {
                Some(known) => Arc::clone(known),
                None => {
                    let key = Arc::from(key);
                    self.keys.insert(Arc::clone(&key));
                    key
                }
            };
            *slot = Key::Given(key, bytes);
            return Ok(());
        };
        *slot = Key::Refused;
        let first = first.key.clone();
        let place =
            |bytes| Place { pointer: Some(self.pointer().child(&key)), key: true, span: Some(self.span(bytes)) };
        let finding = Diagnostic::new(&DUPLICATE_KEY, format!("`{key}` is there twice in this mapping"))
            .at(place(bytes))
            .label("the second one")
            .related(place(first), "the first one")
            .help("remove one of the two");
        self.error(finding)
    }

    /// Leaves out the value that comes next: its key was reported.
    pub(in crate::load) fn refuse_key(&mut self) {
        if let Some(Frame { content: Content::Map { key, .. }, .. }) = self.frames.last_mut() {
            *key = Key::Refused;
        }
    }

    /// Lets the members of the value that comes next become members of the innermost mapping, but for those that it has itself.
    pub(in crate::load) fn merge_key(&mut self) {
        if let Some(Frame { content: Content::Map { key, .. }, .. }) = self.frames.last_mut() {
            *key = Key::Merge;
        }
    }

    /// Takes in a value that is no mapping and no list.
    pub(in crate::load) fn value(
        &mut self,
        value: Value,
        bytes: Range<usize>,
        anchor: Option<AnchorId>,
    ) -> Result<(), Stop> {
        self.count(1, &bytes)?;
        let length = match &value {
            Value::Text(text) => text.len(),
            Value::Number(number) => number.0.len(),
            _ => 0,
        };
        if length > self.limits.text {
            let message = format!("a text has more than {} bytes", self.limits.text);
            self.error(self.limit(message, "limits.text", bytes.clone()))?;
        }
        self.bytes += length;
        if let Some(id) = anchor {
            self.anchor(id, 1, length, 0);
        }
        self.place(Node { value, bytes, file: self.file }, 0)
    }

    fn place(&mut self, node: Node, height: usize) -> Result<(), Stop> {
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        frame.height = frame.height.max(height);
        frame.end = frame.end.max(node.bytes.end);
        match &mut frame.content {
            Content::List(list) => list.push(node),
            Content::Map { map, key, merged } => match std::mem::replace(key, Key::Missing) {
                Key::Given(name, bytes) => {
                    merged.remove(&name);
                    map.insert(name, Entry { key: bytes, file: self.file, node });
                }
                Key::Merge => {
                    let bytes = node.bytes.clone();
                    if !merge(node.value, map, merged) {
                        let finding = self.finding(&MERGE_VALUE, "`<<` merges mappings, and this is none", bytes);
                        return self
                            .error(finding.help("write the members out, or quote a key that is really called `<<`"));
                    }
                }
                Key::Missing | Key::Refused => {}
            },
        }
        Ok(())
    }

    /// The value that is being read.
    fn pointer(&self) -> Pointer {
        self.frames.iter().fold(Pointer::root(), |pointer, frame| match &frame.content {
            Content::List(list) => pointer.item(list.len()),
            Content::Map { key: Key::Given(name, _), .. } => pointer.child(name),
            Content::Map { .. } => pointer,
        })
    }
}

impl Content {
    fn len(&self) -> usize {
        match self {
            Self::List(list) => list.len(),
            Self::Map { map, .. } => map.len(),
        }
    }

    fn child(&self, index: usize) -> Option<&Node> {
        match self {
            Self::List(list) => list.get(index),
            Self::Map { map, .. } => map.get_index(index).map(|entry| &entry.node),
        }
    }
}
