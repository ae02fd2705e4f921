//! Members that only `then`, `else` or `dependentSchemas` name (JSON Schema 2020-12, section 10.2.2): they may be there, so an
//! object without them would lose them. What `if` names is a test, and what these say of members that the schema has itself
//! restricts values.

use super::form::{Form, Members};
use super::grammar::{Kind, Shape};
use super::read::{Reader, Strictness};
use super::schema_3_1::has_unevaluated;
use crate::load::tree::{Map, Node};
use crate::pointer::Pointer;

/// Where the canonical form has these members: their names, each with the places of its schemas.
pub(super) const CONDITIONAL: &str = "then";

/// The keywords that name them.
pub(super) const KEYWORDS: [&str; 3] = ["then", "else", "dependentSchemas"];

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
    }
}

/// The members that a keyword of the schema `map` at `place` names and the schema itself doesn't.
pub(super) fn members<'a>(map: &'a Map, keyword: &str, place: &Pointer) -> Vec<Member<'a>> {
    let mut members = Vec::new();
    let (Some(entry), true) = (map.get(keyword), is_open_object(map)) else { return members };
    below(&entry.node, keyword, &place.child(keyword), DEPTH, &mut members);
    let own = map.get("properties").and_then(|entry| entry.node.as_map());
    members.retain(|(name, ..)| !own.is_some_and(|own| own.contains_key(name)));
    members
}

/// Whether a keyword of the schema `map` names members by what it refers to.
pub(super) fn refers(map: &Map, keyword: &str) -> bool {
    let node = map.get(keyword).filter(|_| KEYWORDS.contains(&keyword)).map(|entry| &entry.node);
    node.is_some_and(|node| ["$ref", "oneOf", "anyOf"].iter().any(|word| node.get(word).is_some()))
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

/// The members that a schema names which holds at times, or that each in a mapping of such does.
fn below<'a>(node: &'a Node, keyword: &str, place: &Pointer, depth: usize, members: &mut Vec<Member<'a>>) {
    let Some(map) = node.as_map().filter(|_| depth > 0) else { return };
    if keyword == "dependentSchemas" {
        for (name, entry) in map {
            below(&entry.node, "", &place.child(name), depth - 1, members);
        }
        return;
    }
    let properties = map.get("properties").and_then(|entry| entry.node.as_map());
    let at = place.child("properties");
    let may_be = |node: &Node| node.as_map().is_some() || node.as_bool() == Some(true);
    for (name, entry) in properties.into_iter().flatten().filter(|(_, entry)| may_be(&entry.node)) {
        members.push((name, at.child(name), &entry.node));
    }
    for keyword in KEYWORDS {
        if let Some(entry) = map.get(keyword) {
            below(&entry.node, keyword, &place.child(keyword), depth - 1, members);
        }
    }
    for (index, part) in map.get("allOf").and_then(|all| all.node.as_list()).into_iter().flatten().enumerate() {
        below(part, "", &place.child("allOf").item(index), depth - 1, members);
    }
}
