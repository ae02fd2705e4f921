//! Tuples: lists whose items have a schema each, by their places (`prefixItems`, JSON Schema 2020-12, section 10.3.1.1; a list
//! of `items` with `additionalItems` before). The canonical form has lists alone: their items are any of these.

use super::schema_3_1::{entry, with};
use crate::diag::{Diagnostic, Diagnostics, Place, TUPLE};
use crate::load::tree::{Map, Node, Value};
use crate::pointer::Pointer;

/// Says what the items of a tuple are as 3.0 says it of a list's.
pub(super) fn tuple(map: &mut Map, place: &Pointer, diagnostics: &mut Diagnostics) {
    let before = map.get("items").is_some_and(|items| items.node.as_list().is_some());
    let (prefix, rest) = if before { ("items", "additionalItems") } else { ("prefixItems", "items") };
    let Some(written) = map.get(prefix).cloned() else { return };
    let Some(list) = written.node.as_list() else { return };
    let mut items: Vec<Node> = Vec::new();
    for item in list.iter().chain(map.get(rest).map(|entry| &entry.node)) {
        if !items.iter().any(|other| other.says_same(item)) && item.as_bool() != Some(false) {
            items.push(item.clone());
        }
    }
    if items.len() > 1 {
        let message = "what stands where in the list is not checked; its items are any of these";
        diagnostics.push(Diagnostic::new(&TUPLE, message).at(Place::key(&place.child(prefix))));
    }
    [prefix, rest].iter().for_each(|name| drop(map.shift_remove(*name)));
    let is_anything = |item: &Node| match &item.value {
        Value::Map(map) => map.is_empty(),
        _ => item.as_bool() == Some(true),
    };
    let items = match items.as_slice() {
        [only] => only.clone(),
        [] => return,
        _ if items.iter().any(is_anything) => return,
        _ => {
            let branches = entry(&written, Value::List(items));
            with(&written.node, Value::map(Map::from_iter([("anyOf".to_owned(), branches)])))
        }
    };
    let items = entry(&written, items.value);
    map.insert("items".to_owned(), items);
}
