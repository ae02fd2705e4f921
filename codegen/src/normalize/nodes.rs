//! Nodes that nobody wrote: they have the place of what they were made from, so that findings about them lead there.

use crate::load::tree::{Entry, Map, Node, Value};

/// A value made from `like`.
pub(super) fn made(value: Value, like: &Node) -> Node {
    Node { value, bytes: like.bytes.clone(), file: like.file }
}

/// A text made from `like`.
pub(super) fn text(text: impl Into<String>, like: &Node) -> Node {
    made(Value::Text(text.into()), like)
}

/// A boolean made from `like`.
pub(super) fn boolean(value: bool, like: &Node) -> Node {
    made(Value::Boolean(value), like)
}

/// A mapping made from `like`.
pub(super) fn map<K: Into<String>>(members: impl IntoIterator<Item = (K, Node)>, like: &Node) -> Node {
    let members = members.into_iter().map(|(key, node)| (key.into(), entry(node)));
    made(Value::map(members.collect()), like)
}

/// A member whose key stands where its value does.
pub(super) fn entry(node: Node) -> Entry {
    Entry { key: node.bytes.clone(), file: node.file, node }
}

/// Sets a member.
pub(super) fn set(map: &mut Map, key: &str, node: Node) {
    map.insert(key.to_owned(), entry(node));
}

/// The text of a member.
pub(super) fn text_of<'a>(map: &'a Map, key: &str) -> Option<&'a str> {
    map.get(key)?.node.as_text()
}

/// The mapping, if it is one.
pub(super) fn as_map_mut(node: &mut Node) -> Option<&mut Map> {
    match &mut node.value {
        Value::Map(map) => Some(map),
        _ => None,
    }
}

/// The list, if it is one.
pub(super) fn as_list_mut(node: &mut Node) -> Option<&mut Vec<Node>> {
    match &mut node.value {
        Value::List(list) => Some(list),
        _ => None,
    }
}

/// The members of a mapping that are no extensions, to be changed.
pub(super) fn members(node: &mut Node) -> impl Iterator<Item = (&str, &mut Node)> {
    let members = as_map_mut(node).into_iter().flatten();
    members.filter(|(key, _)| !key.starts_with("x-")).map(|(key, entry)| (key, &mut entry.node))
}
