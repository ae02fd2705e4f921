//! Path items that refer to another one and say more beside the reference: they have the members of both (OpenAPI 3.0.3,
//! section 4.7.9.1).

use std::collections::BTreeSet;

use super::form::{Form, Key, Members, Objects};
use super::grammar::{Kind, Section};
use super::read::Reader;
use super::references::CHAIN;
use crate::diag::{Diagnostic, PATH_ITEM_TWICE, Place};
use crate::load::tree::Map;
use crate::pointer::Pointer;

/// The member of the canonical form that leads to the other path item, until the two are one.
const OTHER: &str = "$ref";

/// Whether an object with a `$ref` is a path item that says more than the reference.
pub(super) fn says_more(map: &Map, kind: &Kind) -> bool {
    let is_said = |key: &str| kind.member(key).is_some_and(|member| member.kept);
    kind.section_of == Some(Section::PathItems) && map.keys().any(is_said)
}

/// Gives path items that refer to another one the members of it that they don't have.
pub(super) fn join(reader: &mut Reader) {
    let Some(items) = reader.collected.get_mut(&Section::PathItems) else { return };
    let open: Vec<Pointer> =
        items.iter().filter(|(_, item)| item.get(OTHER).is_some()).map(|(place, _)| place.clone()).collect();
    let mut joined = Vec::new();
    for place in &open {
        let others = others(items, place);
        let Some(own) = items.get(place).and_then(Form::as_object) else { continue };
        let mut all = own.clone();
        all.remove(OTHER);
        for (at, other) in others {
            for (name, value) in other.iter().filter(|(name, _)| *name != OTHER) {
                if own.contains(name) {
                    let message = format!("`{name}` stands here, and in the path item that `$ref` leads to");
                    let found = Diagnostic::new(&PATH_ITEM_TWICE, message).at(Place::key(&place.child(name)));
                    reader.diagnostics.push(found.related(Place::key(&at.child(name)), "this one is not taken"));
                }
                all.fill(Key::from(name.to_owned()), || value.clone());
            }
        }
        joined.push((place.clone(), all));
    }
    items.extend(joined.into_iter().map(|(place, all)| (place, Form::Object(all))));
}

/// The path items that the one at `place` refers to, and these in turn, with their places.
fn others<'a>(items: &'a Objects, place: &Pointer) -> Vec<(&'a Pointer, &'a Members)> {
    let mut others = Vec::new();
    let mut seen = BTreeSet::from([place]);
    let mut next = items.get(place).and_then(|item| item.get(OTHER)?.as_link());
    // What leads to itself is known to do so.
    while let Some(at) = next.filter(|at| seen.len() <= CHAIN && seen.insert(at)) {
        let Some(item) = items.get(at) else { break };
        others.extend(item.as_object().map(|members| (at, members)));
        next = item.as_link().or_else(|| item.get(OTHER)?.as_link());
    }
    others
}
