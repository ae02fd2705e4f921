//! Enums with what their schemas say of single values, by extensions that other generators read too: `x-enum-varnames` and
//! `x-enum-descriptions` (also written `x-enumNames` and `x-enumDescriptions`), each a list beside `enum` or a mapping from the
//! values; and lists of objects about values, as `x-enum-elements` or the `values` of `x-ms-enum`.

use std::collections::BTreeMap;

use super::shape::{listed, values};
use crate::ir::{Docs, Enum, JsonKind};
use crate::load::tree::{Node, Value};
use crate::normalize::Spec;
use crate::pointer::Pointer;

const NAMES: [&str; 4] = ["x-enum-varnames", "x-enumNames", "x-enum-names", "x-enumVarnames"];
const WORDS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

/// The enum that the schema at `place` is.
pub(super) fn enumerated(spec: &Spec, place: &Pointer, kind: JsonKind) -> Enum {
    let values = values(spec, place, kind);
    let (mut names, mut words) = (BTreeMap::new(), BTreeMap::new());
    if let Some(node) = spec.node(place) {
        let listed = listed(spec, place);
        let said = |key| said(node, key, listed, kind);
        names.extend(NAMES.into_iter().flat_map(said));
        words.extend(WORDS.into_iter().flat_map(said));
        for (value, one) in described(node, kind) {
            let text = |key: &str| one.get(key).and_then(Node::as_text).map(str::to_owned);
            names.extend(text("name").map(|name| (value.clone(), name)));
            words.extend(text("description").map(|words| (value, words)));
        }
    }
    let is_said = |value: &String, text: &str| values.contains(value) && !text.trim().is_empty();
    names.retain(|value, name| is_said(value, name));
    words.retain(|value, words| is_said(value, words));
    let docs = |(value, words)| (value, Docs { description: Some(words), ..Docs::default() });
    Enum { kind, values, takes_others: false, names, words: words.into_iter().map(docs).collect() }
}

/// What an extension says of values: the texts of a list as long as that of the values, or of a mapping with their texts as keys.
fn said(node: &Node, key: &str, listed: &[Node], kind: JsonKind) -> Vec<(String, String)> {
    let Some(said) = node.get(key) else { return Vec::new() };
    if let Some(texts) = said.as_list().filter(|texts| texts.len() == listed.len()) {
        let pairs = listed.iter().zip(texts);
        return pairs.filter_map(|(value, text)| Some((text_of(value, kind)?, text.as_text()?.to_owned()))).collect();
    }
    let members = said.as_map().into_iter().flat_map(|map| map.iter());
    members.filter_map(|(value, entry)| Some((value.to_owned(), entry.node.as_text()?.to_owned()))).collect()
}

/// The values that objects are about: each is a member of its own there, or else is the name.
fn described(node: &Node, kind: JsonKind) -> Vec<(String, &Node)> {
    let lists = [node.get("x-ms-enum").and_then(|said| said.get("values")), node.get("x-enum-elements")];
    let all = lists.into_iter().flatten().filter_map(Node::as_list).flatten();
    all.filter_map(|one| Some((text_of(one.get("value").or_else(|| one.get("name"))?, kind)?, one))).collect()
}

/// A value as an enum of this kind has it.
fn text_of(value: &Node, kind: JsonKind) -> Option<String> {
    match &value.value {
        Value::Text(text) if kind == JsonKind::Integer => text.parse().ok().map(|number: i64| number.to_string()),
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => number.as_i64().map(|number| number.to_string()),
        _ => None,
    }
}
