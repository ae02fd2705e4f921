//! Resources: the first tag of each operation, and the paths that the configuration gives to tags → the tree that hangs on
//! the client. Operations without a tag sit on the client itself. Tags whose words are the same make one resource.

use std::collections::{BTreeMap, BTreeSet};

use super::ident::{camel, escaped, plain_snake, snake};
use super::modules::stem;
use super::pins::Chosen;
use super::reserved::{Taken, is_method, is_type};
use super::scope::{About, Entry, Given, Owned, give, with};
use super::spell::style;
use super::words::{Words, words};
use super::{OperationName, Resource};
use crate::diag::Diagnostics;
use crate::ir::{Api, Operation};
use crate::pointer::Pointer;

/// Where an operation hangs: the names from the client down.
pub(super) fn path(operation: &Operation, chosen: &Chosen) -> Option<Vec<String>> {
    let tag = operation.tags.first()?;
    let pinned = chosen.resources.get(tag).cloned();
    Some(pinned.unwrap_or_else(|| vec![plain_snake(&words(tag))]))
}

/// What a lock knows the resource at `path` by.
pub(super) fn key(path: &[String]) -> Pointer {
    path.iter().fold(Pointer::root().child("resources"), |key, name| key.child(&stem(&words(name))))
}

/// The paths of all resources.
pub(super) fn paths(api: &Api, chosen: &Chosen) -> BTreeSet<Vec<String>> {
    let homes: BTreeSet<Vec<String>> = api.operations.iter().filter_map(|operation| path(operation, chosen)).collect();
    let above = |home: &Vec<String>| -> Vec<Vec<String>> {
        (1..=home.len()).filter_map(|len| home.get(..len).map(<[String]>::to_vec)).collect()
    };
    homes.iter().flat_map(above).collect()
}

/// The words of the resource that an operation hangs on.
pub(super) fn node_words(operation: &Operation, chosen: &Chosen) -> Option<Words> {
    path(operation, chosen)?.last().map(|name| words(name))
}

/// The tree before it has names.
#[derive(Debug, Default)]
struct Node {
    tag: Option<String>,
    children: BTreeMap<String, Node>,
    operations: Vec<Pointer>,
}

/// What operations make of the tree.
#[derive(Debug)]
pub(super) struct Tree {
    root: Node,
    /// The type of each node, by its path.
    idents: BTreeMap<Vec<String>, Given>,
    /// The accessors that are held, by the path of the node that each leads to.
    accessors: BTreeMap<Vec<String>, String>,
}

impl Tree {
    /// The types of all resources.
    pub(super) fn idents(&self) -> impl Iterator<Item = &str> {
        self.idents.values().map(|given| given.ident.as_str())
    }

    /// Operations that sit on the client.
    pub(super) fn root_operations(&self) -> Vec<Pointer> {
        self.root.operations.clone()
    }

    /// The resources with all their names. Accessors give way to operations of the same name, unless they are held.
    pub(super) fn resources(
        &self,
        operations: &BTreeMap<Pointer, OperationName>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Resource> {
        self.children(&self.root, &mut Vec::new(), operations, diagnostics)
    }

    // As deep as the longest path of the configuration, which has a limit.
    fn children(
        &self,
        node: &Node,
        path: &mut Vec<String>,
        operations: &BTreeMap<Pointer, OperationName>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Resource> {
        let methods = node.operations.iter().filter_map(|pointer| operations.get(pointer));
        let methods: BTreeSet<&str> = methods.map(|name| name.method.as_str()).collect();
        let accessor = |(name, child): (&String, &Node)| {
            let pinned = self.accessors.get(&[path.as_slice(), std::slice::from_ref(name)].concat());
            let pinned = pinned.filter(|held| !methods.contains(escaped(held).as_str())).cloned();
            Entry { pinned, ..accessor(name, child) }
        };
        let entries: Vec<Entry> = node.children.iter().map(accessor).collect();
        let given = give(&entries, snake, |name| methods.contains(name) || is_method(name), diagnostics);
        let mut resources = Vec::new();
        for ((name, child), accessor) in node.children.iter().zip(given) {
            path.push(name.clone());
            let children = self.children(child, path, operations, diagnostics);
            resources.push(Resource {
                method: accessor.ident,
                ident: self.idents.get(path).map(|given| given.ident.clone()).unwrap_or_default(),
                module: stem(&words(name)),
                tag: child.tag.clone(),
                children,
                operations: child.operations.clone(),
            });
            path.pop();
        }
        resources.sort_by(|a, b| a.module.cmp(&b.module));
        resources
    }
}

fn accessor(name: &str, node: &Node) -> Entry {
    let rungs = vec![words(name), with(&words(name), "resource")];
    Entry { rungs, owns: Owned::default(), pinned: None, about: about(&[name.to_owned()], node) }
}

fn about(path: &[String], node: &Node) -> About {
    let thing = format!("the resource `{}`", path.join("."));
    About { place: None, thing, table: "resources", key: node.tag.clone().unwrap_or_else(|| path.join(".")) }
}

/// Hangs every operation on its node and names the nodes' types. `taken` has the names of all types, and those that are held
/// for others.
pub(super) fn tree(api: &Api, chosen: &Chosen, taken: &Taken, diagnostics: &mut Diagnostics) -> Tree {
    let mut root = Node::default();
    for operation in &api.operations {
        let mut node = &mut root;
        for name in path(operation, chosen).unwrap_or_default() {
            node = node.children.entry(name).or_default();
        }
        node.operations.push(operation.pointer.clone());
        // Of several tags the least stands for the resource, so that the order of operations doesn't matter.
        node.tag = match (node.tag.take(), operation.tags.first().cloned()) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
    let mut nodes = Vec::new();
    gather(&root, &mut Vec::new(), &mut nodes);
    let entry = |(path, node): &(Vec<String>, &Node)| {
        let pinned = chosen.resource_types.get(path).cloned();
        Entry { pinned, ..type_entry(path, node) }
    };
    let entries: Vec<Entry> = nodes.iter().map(entry).collect();
    let given = give(&entries, camel, |name| taken.contains(name) || is_type(name), diagnostics);
    let idents = nodes.into_iter().map(|(path, _)| path).zip(given).collect();
    Tree { root, idents, accessors: chosen.accessors.clone() }
}

fn gather<'a>(node: &'a Node, path: &mut Vec<String>, nodes: &mut Vec<(Vec<String>, &'a Node)>) {
    for (name, child) in &node.children {
        path.push(name.clone());
        nodes.push((path.clone(), child));
        gather(child, path, nodes);
        path.pop();
    }
}

/// A resource's type: its own name; after its parent's; with `Resource`; after all its parents'.
fn type_entry(path: &[String], node: &Node) -> Entry {
    let all: Words = path.iter().flat_map(|name| words(name)).collect();
    let own = path.last().map(|name| words(name)).unwrap_or_default();
    let above = path.iter().rev().nth(1).map(|name| words(name)).unwrap_or_default();
    let parent = [above, own.clone()].concat();
    // `a_1` and `a1` are two accessors, and one type otherwise.
    let styled = with(&own, style(&plain_snake(&own)));
    let rungs = vec![
        own.clone(),
        parent,
        with(&own, "resource"),
        all.clone(),
        with(&all, "resource"),
        with(&styled, "resource"),
    ];
    Entry { rungs, owns: Owned::default(), pinned: None, about: about(path, node) }
}
