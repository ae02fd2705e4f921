//! Members that only `then`, `else`, `dependentSchemas` (JSON Schema 2020-12, section 10.2.2) or the `dependencies` of earlier
//! drafts (draft 7 validation, section 6.5.7) name: they may be there, so an object without them would lose them. What `if`
//! names is a test, and what these say of members that the schema has itself restricts values.

use super::form::{Form, Members};
use super::grammar::{Kind, Shape};
use super::read::{Reader, Strictness};
use super::schema_3_1::has_unevaluated;
use crate::load::tree::{Map, Node};
use crate::pointer::Pointer;

/// Where the canonical form has these members: their names, each with the places of its schemas.
pub(super) const CONDITIONAL: &str = "then";

/// Where it has the schemas elsewhere whose members these are as well.
pub(super) const REFERRED: &str = "else";

/// The keywords that name them.
pub(super) const KEYWORDS: [&str; 4] = ["then", "else", "dependentSchemas", "dependencies"];

/// How deep these may stand in one another.
const DEPTH: usize = 8;

/// A member with the place of its schema.
pub(super) type Member<'a> = (&'a str, Pointer, &'a Node);

impl Reader {
    /// Reads the members that a schema has at times.
    pub(super) fn conditional(&mut self, map: &Map, kind: &'static Kind, place: &Pointer, object: &mut Members) {
        let mut named = Members::new();
        for keyword in KEYWORDS {
            for (name, at, node) in members(map, keyword, place) {
                let Some(schema) = self.value(node, &Shape::RefOr(kind), &at, Strictness::Strict) else { continue };
                named.fill(name.to_owned(), || Form::List(Vec::new()));
                if let Some(Form::List(places)) = named.get_mut(name) {
                    places.push(schema);
                }
            }
        }
        if named.keys().next().is_some() {
            object.insert(CONDITIONAL, Form::Object(named));
        }
        let referred = KEYWORDS.iter().flat_map(|keyword| references(map, keyword, place));
        let referred = referred.filter_map(|(at, node)| self.value(node, &Shape::RefOr(kind), &at, Strictness::Strict));
        let referred: Vec<Form> = referred.collect();
        if !referred.is_empty() {
            object.insert(REFERRED, Form::List(referred));
        }
    }
}

/// The members that a keyword of the schema `map` at `place` names and the schema itself doesn't.
pub(super) fn members<'a>(map: &'a Map, keyword: &str, place: &Pointer) -> Vec<Member<'a>> {
    let mut members = Vec::new();
    let own = map.get("properties").and_then(|entry| entry.node.as_map());
    for (at, part) in parts(map, keyword, place) {
        let properties = part.get("properties").and_then(Node::as_map);
        let at = at.child("properties");
        let may_be = |node: &Node| node.as_map().is_some() || node.as_bool() == Some(true);
        let is_other = |name: &str| !own.is_some_and(|own| own.contains_key(name));
        for (name, entry) in properties.into_iter().flatten() {
            if may_be(&entry.node) && is_other(name) {
                members.push((name, at.child(name), &entry.node));
            }
        }
    }
    members
}

/// The references in a keyword of the schema `map` at `place`: the schema may have the members of what they lead to.
pub(super) fn references<'a>(map: &'a Map, keyword: &str, place: &Pointer) -> Vec<(Pointer, &'a Node)> {
    let mut parts = parts(map, keyword, place);
    parts.retain(|(_, part)| part.get("$ref").is_some_and(|to| to.as_text().is_some()));
    parts
}

/// The names of members in a message.
pub(super) fn list(members: &[Member<'_>]) -> String {
    let mut names: Vec<String> = Vec::new();
    for name in members.iter().map(|(name, ..)| format!("`{}`", name.escape_debug())) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.split_off(names.len().min(5));
    let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
    names.join(", ") + &more
}

/// Whether a value is an object that has members which nothing else says anything of.
fn is_open_object(map: &Map) -> bool {
    let says = |key: &str| map.get(key).map(|entry| &entry.node);
    let is_object = says("type").is_none_or(|said| {
        let types = said.as_list().unwrap_or(std::slice::from_ref(said)).iter();
        types.map(Node::as_text).filter(|word| *word != Some("null")).eq([Some("object")])
    });
    let is_open = says("additionalProperties").is_none_or(|said| said.as_bool() == Some(true));
    let is_told = says("type").is_some() || (says("oneOf").is_none() && says("anyOf").is_none());
    is_object && is_told && is_open && says("patternProperties").is_none() && !has_unevaluated(map)
}

/// The schemas in a keyword of the schema `map` at `place` that hold at times.
fn parts<'a>(map: &'a Map, keyword: &str, place: &Pointer) -> Vec<(Pointer, &'a Node)> {
    let mut parts = Vec::new();
    if let Some(entry) = map.get(keyword).filter(|_| KEYWORDS.contains(&keyword) && is_open_object(map)) {
        below(&entry.node, keyword, &place.child(keyword), DEPTH, &mut parts);
    }
    parts
}

/// The schema that stands at `place`, or each in a mapping of such, with those in it that hold with it or at times.
fn below<'a>(node: &'a Node, keyword: &str, place: &Pointer, depth: usize, parts: &mut Vec<(Pointer, &'a Node)>) {
    let Some(map) = node.as_map().filter(|_| depth > 0) else { return };
    if matches!(keyword, "dependentSchemas" | "dependencies") {
        for (name, entry) in map {
            below(&entry.node, "", &place.child(name), depth - 1, parts);
        }
        return;
    }
    parts.push((place.clone(), node));
    for keyword in KEYWORDS {
        if let Some(entry) = map.get(keyword) {
            below(&entry.node, keyword, &place.child(keyword), depth - 1, parts);
        }
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let list = map.get(keyword).and_then(|list| list.node.as_list());
        for (index, part) in list.into_iter().flatten().enumerate() {
            below(part, "", &place.child(keyword).item(index), depth - 1, parts);
        }
    }
}
