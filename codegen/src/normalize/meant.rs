//! Schemas of OpenAPI 2.0 and 3.0 that say what has no meaning there, and can only be meant in one way → their canonical form.
//! So with an `enum` of values of several types, which has one there and for which these versions have no `type`.

use super::grammar::{Kind, Section};
use super::schema_3_1::{TYPES, constant, entry, exclusive, types, with, word};
use super::{mixed, tuples};
use crate::diag::{Diagnostic, Diagnostics, NEWER_MEMBER};
use crate::load::tree::{Map, Node, Value};
use crate::pointer::Pointer;

/// A schema of an earlier version with what can only be meant as later versions have it, a `const`, a list of types, a list
/// of schemas of items or a number as an exclusive bound, or with values of several types, in its canonical form; `None` for
/// any other.
pub(super) fn newer(node: &Node, place: &Pointer, diagnostics: &mut Diagnostics) -> Option<Node> {
    let map = node.as_map()?;
    let has_constant = map.contains_key("const") && !map.contains_key("enum");
    let has_types = map.get("type").is_some_and(|entry| are_types(&entry.node));
    let is_number = |name: &&str| matches!(map.get(name).map(|entry| &entry.node.value), Some(Value::Number(_)));
    let excluded: Vec<&str> = ["exclusiveMinimum", "exclusiveMaximum"].into_iter().filter(is_number).collect();
    let is_mixed = mixed::is_mixed(map);
    let is_list = |name: &str| map.get(name).is_some_and(|entry| entry.node.as_list().is_some());
    let has_items = is_list("items") || is_list("prefixItems");
    if !has_constant && !has_types && !has_items && !is_mixed && excluded.is_empty() {
        return None;
    }
    let mut map = map.clone();
    constant(&mut map);
    for name in excluded {
        let message = format!("a number as `{name}` is of OpenAPI 3.1 or later; it is read as it is meant there");
        let (bound, tighter): (_, fn(f64, f64) -> f64) =
            if name == "exclusiveMinimum" { ("minimum", f64::max) } else { ("maximum", f64::min) };
        let found = Diagnostic::new(&NEWER_MEMBER, message).at(place.child(name));
        diagnostics.push(found.help(format!("write it as `{bound}`, and `{name}: true`")));
        exclusive(&mut map, name, bound, tighter);
    }
    if has_types {
        let message = "a list of types, or `null` as one, is of OpenAPI 3.1 or later; it is read as it is meant there";
        let help = "write `nullable: true` for null, and say `openapi: 3.1.0` if the description is meant to be that";
        diagnostics.push(Diagnostic::new(&NEWER_MEMBER, message).at(place.child("type")).help(help));
        types(&mut map, place, diagnostics);
    }
    if has_items {
        let (name, whose) = match map.contains_key("prefixItems") {
            true => ("prefixItems", "`prefixItems`"),
            false => ("items", "a list as `items`"),
        };
        tuples::tuple(&mut map, place, diagnostics);
        // What is left is told where it is read.
        if !map.contains_key("prefixItems") {
            let message = format!("{whose} is of another version of JSON Schema; it is read as it is meant there");
            let help = "where each item may be any of these, say so with `anyOf` in `items`";
            diagnostics.push(Diagnostic::new(&NEWER_MEMBER, message).at(place.child(name)).help(help));
        }
    }
    if is_mixed {
        mixed::mixed(&mut map, place, diagnostics);
        types(&mut map, place, diagnostics);
    }
    Some(with(node, Value::map(map)))
}

/// Whether a `type` is a list of types, or null.
fn are_types(said: &Node) -> bool {
    let is_type =
        |node: &Node| word(node).is_some_and(|word| word == "null" || TYPES.iter().any(|(name, _)| *name == word));
    match &said.value {
        Value::List(words) => !words.is_empty() && words.iter().all(is_type),
        _ => said.as_text() == Some("null"),
    }
}

/// What is read beside a reference: its words, and, of a schema, if that is what a member of an object is, what else is said of
/// the member alone.
pub(super) fn read_beside(map: &Map, kind: &Kind, place: &Pointer) -> Vec<&'static str> {
    let (has_words, has_flags) = match kind.section_of {
        Some(Section::Schemas) => (is_member(place), is_member(place)),
        Some(Section::Parameters | Section::Headers | Section::Responses | Section::RequestBodies) => (true, false),
        _ => (false, false),
    };
    let words = map.get("description").and_then(|entry| entry.node.as_text());
    let is_described = has_words && words.is_some_and(|words| !words.trim().is_empty());
    let is_set = |name: &&str| map.get(name).is_some_and(|entry| entry.node.as_bool() == Some(true));
    let flags = ["deprecated", "readOnly", "writeOnly"].into_iter().filter(|_| has_flags).filter(is_set);
    is_described.then_some("description").into_iter().chain(flags).collect()
}

fn is_member(place: &Pointer) -> bool {
    place.parent().and_then(|above| above.last()).is_some_and(|above| above == "properties")
}

/// The schema of a member that is a reference with what is read beside it: this is what the member is, and what the reference
/// leads to what it holds. (As 3.0 has it, `allOf` with the reference in it.) `None` for any other.
pub(super) fn described(node: &Node, kind: &Kind, place: &Pointer) -> Option<Node> {
    let map = node.as_map()?;
    let read = read_beside(map, kind, place);
    if read.is_empty() {
        return None;
    }
    let reference = map.get("$ref").filter(|entry| entry.node.as_text().is_some())?;
    let only = with(&reference.node, Value::map(Map::from_iter([("$ref".to_owned(), reference.clone())])));
    let all = ("allOf".to_owned(), entry(reference, Value::List(vec![only])));
    let kept = map.iter().filter(|(key, _)| *key == "nullable" || read.contains(key));
    let kept = kept.map(|(key, entry)| (key.to_owned(), entry.clone()));
    Some(with(node, Value::map(kept.chain([all]).collect())))
}
