//! Anchors and aliases: what an anchor names is copied where an alias stands, once its cost is counted.

use std::borrow::Cow;
use std::ops::Range;

use super::{AnchorId, Builder, Content, Frame, Key, Stop};
use crate::diag::{RECURSIVE_ALIAS, UNKNOWN_ALIAS};
use crate::load::tree::{Node, Value};

/// What an anchor names, and what a copy of it would cost.
#[derive(Debug)]
pub(super) struct Anchor {
    pub(super) target: Target,
    pub(super) nodes: usize,
    pub(super) bytes: usize,
    pub(super) height: usize,
}

/// Anchored values are not kept twice: they are found in the unfinished tree when an alias asks for them.
#[derive(Debug)]
pub(super) enum Target {
    /// The value is not closed yet: an alias to it would contain itself.
    Open,
    /// The value's place, as the index of the child at each level from the root.
    Path(Vec<usize>),
    /// A key.
    Key(String),
    /// The value was merged, and stands nowhere as a whole.
    Merged,
}

impl Builder<'_> {
    /// Remembers that a key has an anchor, so that an alias can stand for its text.
    pub(in crate::load) fn anchor_key(&mut self, id: AnchorId, key: &str) {
        let target = Target::Key(key.to_owned());
        self.anchors.insert(id, Anchor { target, nodes: 1, bytes: key.len(), height: 0 });
    }

    /// Takes in a copy of what an anchor names. Its cost is counted before it is made.
    pub(in crate::load) fn alias(&mut self, id: AnchorId, bytes: Range<usize>) -> Result<(), Stop> {
        // An anchor that isn't known stands in what was reported and left out.
        let Some(anchor) = self.anchors.get(&id) else { return self.value(Value::Null, bytes, None) };
        if matches!(anchor.target, Target::Open) {
            let finding = self.finding(&RECURSIVE_ALIAS, "this alias stands inside the value it names", bytes.clone());
            self.error(finding.help("use a `$ref` for what is recursive"))?;
            return self.value(Value::Null, bytes, None);
        }
        if matches!(anchor.target, Target::Merged) {
            let message = "the anchor of this alias stands in a value of `<<`, which is merged";
            let finding = self.finding(&UNKNOWN_ALIAS, message, bytes.clone());
            self.error(finding.help("write the value out in one of the two places"))?;
            return self.value(Value::Null, bytes, None);
        }
        let Anchor { nodes, bytes: copied, height, .. } = *anchor;
        self.check_depth(self.frames.len() + height, &bytes)?;
        self.count(nodes, &bytes)?;
        self.count_copy(copied, &bytes)?;
        self.bytes = self.bytes.saturating_add(copied);
        let value = self.anchored(id).unwrap_or(Value::Null);
        self.place(Node { value, bytes, file: self.file }, height)
    }

    /// Takes in the text of the scalar that an anchor names as the key of the next value; `false` when it names none.
    pub(in crate::load) fn alias_key(&mut self, id: AnchorId, bytes: Range<usize>) -> Result<bool, Stop> {
        let scalar = self.anchors.get(&id).filter(|anchor| anchor.height == 0).map(|anchor| anchor.bytes);
        let key = match scalar.and_then(|_| self.anchored(id)) {
            Some(Value::Text(text)) => text,
            Some(Value::Number(number)) => number.0,
            Some(Value::Boolean(value)) => value.to_string(),
            Some(Value::Null) => "null".to_owned(),
            Some(Value::List(_) | Value::Map(_)) | None => return Ok(false),
        };
        self.count_copy(scalar.unwrap_or_default(), &bytes)?;
        self.key(Cow::Owned(key), bytes)?;
        Ok(true)
    }

    /// Remembers the value that is placed next, if it is placed at all.
    pub(super) fn anchor(&mut self, id: AnchorId, nodes: usize, bytes: usize, height: usize) {
        match self.path() {
            Some(path) => self.anchors.insert(id, Anchor { target: Target::Path(path), nodes, bytes, height }),
            None if self.merges() => {
                self.anchors.insert(id, Anchor { target: Target::Merged, nodes: 0, bytes: 0, height: 0 })
            }
            None => self.anchors.remove(&id),
        };
    }

    /// Whether what is read now is merged, and not left out.
    fn merges(&self) -> bool {
        let key = |frame: &Frame| match &frame.content {
            Content::Map { key, .. } => (matches!(key, Key::Merge), matches!(key, Key::Refused)),
            Content::List(_) => (false, false),
        };
        let keys = || self.frames.iter().map(key);
        keys().any(|(merges, _)| merges) && !keys().any(|(_, refused)| refused)
    }

    fn anchored(&self, id: AnchorId) -> Option<Value> {
        match &self.anchors.get(&id)?.target {
            Target::Open | Target::Merged => None,
            Target::Key(key) => Some(Value::Text(key.clone())),
            Target::Path(path) => self.find(path).map(|node| node.value.clone()),
        }
    }

    /// Where a value that is placed now will stand. Children are only ever added at the end, or replaced, so it stays there.
    /// `None` below a key that was refused or merges: what stands there is left out, and its place is taken by others.
    fn path(&self) -> Option<Vec<usize>> {
        let index = |frame: &Frame| match &frame.content {
            Content::Map { key: Key::Refused | Key::Merge, .. } => None,
            Content::Map { map, key: Key::Given(name, _), .. } => map.place(name).or(Some(map.len())),
            content => Some(content.len()),
        };
        self.frames.iter().map(index).collect()
    }

    fn find(&self, path: &[usize]) -> Option<&Node> {
        let mut path = path.iter().copied();
        let mut node = None;
        for frame in &self.frames {
            let index = path.next()?;
            if index < frame.content.len() {
                node = frame.content.child(index);
                break;
            }
        }
        let mut node = node?;
        for index in path {
            node = match &node.value {
                Value::List(list) => list.get(index)?,
                Value::Map(map) => &map.get_index(index)?.node,
                _ => return None,
            };
        }
        Some(node)
    }
}
