//! Rules that no table of members can say: what must agree with what in a whole document. One file a subject; they look at
//! the tree, so that they run even where objects were wrong, and say nothing about what the tables have reported.

mod operations;
pub(super) mod parameters;
mod paths;
mod security;

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
    fn path_items(&self) -> impl Iterator<Item = (&'a str, Pointer, Placed<'a>)> + '_ {
        let paths = Pointer::root().child("paths");
        let entries = self.root().get("paths").and_then(Node::as_map).into_iter().flatten();
        entries.filter(|(template, _)| template.starts_with('/')).filter_map(move |(template, Entry { node, .. })| {
            let place = paths.child(template);
            let item = self.follow((place.clone(), node))?;
            Some((template, place, item))
        })
    }

    /// The operations of a path item, each with its place.
    fn operations(&self, (place, item): &Placed<'a>) -> impl Iterator<Item = Placed<'a>> {
        Slot::written(item).into_iter().filter_map(move |(slot, operation)| {
            let operation = self.follow((slot.below(place), operation))?;
            operation.1.as_map().is_some().then_some(operation)
        })
    }
}

/// The entries of a member that is a list, each with its place.
fn entries<'a>((place, node): &Placed<'a>, member: &str) -> Vec<Placed<'a>> {
    let place = place.child(member);
    let list = node.get(member).and_then(Node::as_list).unwrap_or_default();
    list.iter().enumerate().map(|(index, item)| (place.item(index), item)).collect()
}
