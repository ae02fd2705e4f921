//! Tuples: lists whose items have a schema each, by their places (`prefixItems`, JSON Schema 2020-12, section 10.3.1.1; a list
//! of `items` with `additionalItems` before). Where the list has just so many items, the canonical form says so too; items
//! of other lists are any of these.

use super::schema_3_1::{entry, with};
use crate::diag::{Diagnostic, Diagnostics, Place, TUPLE};
use crate::load::tree::{Map, Node, Number, Value};
use crate::pointer::Pointer;

/// A tuple has so many items; a list of more is no value that somebody would take apart.
const MOST: usize = 12;

/// Says what the items of a tuple are: by their places, where the list has just so many, and else as 3.0 says it of a list's.
pub(super) fn tuple(map: &mut Map, place: &Pointer, diagnostics: &mut Diagnostics) {
    let before = map.get("items").is_some_and(|items| items.node.as_list().is_some());
    let (prefix, rest) = if before { ("items", "additionalItems") } else { ("prefixItems", "items") };
    let Some(written) = map.get(prefix).cloned() else { return };
    let Some(list) = written.node.as_list() else { return };
    say_rest(map, rest);
    if is_exact(map, list, rest) {
        ["items", rest, "minItems", "maxItems"].iter().for_each(|name| drop(map.shift_remove(name)));
        map.insert("prefixItems".to_owned(), written);
        return;
    }
    if is_closed(map, rest) {
        let most = list.len().min(says(map, "maxItems").unwrap_or(usize::MAX));
        map.insert("maxItems".to_owned(), entry(&written, Value::Number(Number(most.to_string()))));
    }
    let mut items: Vec<Node> = Vec::new();
    for item in list.iter().chain(map.get(rest).map(|entry| &entry.node)) {
        if !items.iter().any(|other| other.says_same(item)) && item.as_bool() != Some(false) {
            items.push(item.clone());
        }
    }
    if items.len() > 1 {
        let or_more = if is_closed(map, rest) { "" } else { " or more" };
        let message =
            format!("the list may have fewer items{or_more}: its items are any of these, wherever they stand");
        diagnostics.push(Diagnostic::new(&TUPLE, message).at(Place::key(&place.child(prefix))).help(HELP));
    }
    [prefix, rest].iter().for_each(|name| drop(map.shift_remove(name)));
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

const HELP: &str =
    "where it always has all of them and no more, say so with `items: false`, or `minItems` and `maxItems`";

/// Says that there are no items beyond those that have a place, where `unevaluatedItems` says it and no schema beside could
/// know of others (JSON Schema 2020-12, section 11.2).
fn say_rest(map: &mut Map, rest: &str) {
    const MAY_KNOW: [&str; 9] =
        ["allOf", "anyOf", "oneOf", "if", "dependentSchemas", "$ref", "$dynamicRef", "$recursiveRef", "contains"];
    if !map.contains_key(rest)
        && !MAY_KNOW.iter().any(|name| map.contains_key(name))
        && let Some(entry) = map.shift_remove("unevaluatedItems")
    {
        map.insert(rest.to_owned(), entry);
    }
}

/// Whether a list has all the items of `list` and no more: of one that has no others, and may have fewer, that is said.
fn is_exact(map: &Map, list: &[Node], rest: &str) -> bool {
    let size = list.len();
    // Who says that there are no other items means them all, and seldom says so.
    let has_all = match map.contains_key("minItems") {
        true => says(map, "minItems").is_some_and(|least| least >= size),
        false => is_closed(map, rest),
    };
    let has_no_more = is_closed(map, rest) || says(map, "maxItems").is_some_and(|most| most <= size);
    let is_list = map.get("type").is_none_or(|entry| entry.node.as_text() == Some("array"));
    (2..=MOST).contains(&list.len()) && has_all && has_no_more && is_list
}

/// Whether there is no item beyond those that have a place.
fn is_closed(map: &Map, rest: &str) -> bool {
    map.get(rest).is_some_and(|entry| entry.node.as_bool() == Some(false))
}

/// The number that a bound is.
fn says(map: &Map, bound: &str) -> Option<usize> {
    match &map.get(bound)?.node.value {
        Value::Number(number) => number.as_i64().and_then(|number| usize::try_from(number).ok()),
        _ => None,
    }
}
