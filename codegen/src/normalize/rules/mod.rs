//! Rules that no table of members can say: what must agree with what in a whole document. One file a subject; they look at
//! the tree, so that they run even where objects were wrong, and say nothing about what the tables have reported.

mod operations;
pub(super) mod parameters;
mod paths;
mod security;
pub(super) mod templates;
pub(super) mod urls;

use std::collections::BTreeSet;

use super::references::CHAIN;
use super::slots::Slot;
use crate::diag::Diagnostics;
use crate::load::Document;
use crate::load::tree::{Entry, Node};
use crate::pointer::Pointer;

/// The members of a path item that are operations in every version.
pub(super) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Checks all rules.
pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    let tree = Tree { document };
    paths::check(&tree, diagnostics);
    operations::check(&tree, diagnostics);
    parameters::check(&tree, diagnostics);
    security::check(&tree, diagnostics);
}

/// The document, as the rules look at it.
struct Tree<'a> {
    document: &'a Document,
}

/// A node and where it stands.
type Placed<'a> = (Pointer, &'a Node);

impl<'a> Tree<'a> {
    fn root(&self) -> &'a Node {
        &self.document.root
    }

    /// What there is at the end of references, if it is in the document.
    fn follow(&self, (place, node): Placed<'a>) -> Option<Placed<'a>> {
        let (mut place, mut node) = (place, node);
        for _ in 0..=CHAIN {
            let Some(reference) = node.get("$ref").and_then(Node::as_text) else { return Some((place, node)) };
            place = self.document.target(&place, reference)?;
            node = self.document.find(&place)?;
        }
        None
    }

    /// The path templates, each with its path item; the places are those in `paths`.
    fn path_items(&self) -> impl Iterator<Item = (&'a str, Pointer, PathItem<'a>)> + '_ {
        let paths = Pointer::root().child("paths");
        let entries = self.root().get("paths").and_then(Node::as_map).into_iter().flatten();
        entries.filter(|(template, _)| template.starts_with('/')).filter_map(move |(template, Entry { node, .. })| {
            let place = paths.child(template);
            let item = self.path_item((place.clone(), node))?;
            Some((template, place, item))
        })
    }

    /// What a path item says, and what those say that it refers to, if all of them are in the document.
    fn path_item(&self, (mut place, mut node): Placed<'a>) -> Option<PathItem<'a>> {
        let mut parts = Vec::new();
        for _ in 0..=CHAIN {
            parts.push((place.clone(), node));
            let Some(reference) = node.get("$ref").and_then(Node::as_text) else { return Some(PathItem { parts }) };
            place = self.document.target(&place, reference)?;
            node = self.document.find(&place)?;
        }
        None
    }

    /// The operations of a path item, each with its place.
    fn operations(&self, item: &PathItem<'a>) -> Vec<Placed<'a>> {
        let mut slots = BTreeSet::new();
        let mut operations = Vec::new();
        for (place, part) in &item.parts {
            for (slot, operation) in Slot::written(part) {
                let place = slot.below(place);
                if slots.insert(slot) {
                    operations.extend(self.follow((place, operation)).filter(|(_, node)| node.as_map().is_some()));
                }
            }
        }
        operations
    }
}

/// A path item as it is written: a part beside each reference of a chain of them, and the one at its end. What an earlier
/// part says holds.
struct PathItem<'a> {
    parts: Vec<Placed<'a>>,
}

impl<'a> PathItem<'a> {
    /// The parameters of all its operations, each with its place.
    fn parameters(&self) -> Vec<Placed<'a>> {
        let part = self.parts.iter().find(|(_, part)| part.get("parameters").is_some());
        part.map(parameters).unwrap_or_default()
    }
}

/// The entries of the `parameters` of an operation, or of a part of a path item, each with its place.
fn parameters<'a>((place, node): &Placed<'a>) -> Vec<Placed<'a>> {
    let place = place.child("parameters");
    let list = node.get("parameters").and_then(Node::as_list).unwrap_or_default();
    list.iter().enumerate().map(|(index, item)| (place.item(index), item)).collect()
}
