//! Components that are written out where they are meant, as frameworks do it with what their types are made of: anonymous types
//! → the component that each says the same as.
//!
//! What is small, or says the same by chance, stays apart, for a type that is to be another one later breaks callers. So it is
//! only objects with enough members, and unions of enough components; the docs are the component's, or none; only one
//! says the same; and the place speaks of it: the last word of the component's name is one of a member, an operation
//! or a component that the type stands in. Enums never are, nor what a parameter holds by itself. What would be one type with
//! such a one anyway goes with it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use heck::ToSnakeCase as _;

use super::super::short::singular;
use super::shapes::{Shapes, anonymous};
use super::{Context, Role, is_choice};
use crate::ir::{Api, Docs, Origin, Part, TypeDef, TypeId, TypeKind};
use crate::pointer::Pointer;

/// So many members an object must have.
const MEMBERS: usize = 4;

/// So many times it is looked for what says the same once its parts are known to be components.
const DEEPEST: usize = 8;

/// Words that say of a component which way it goes, and not what it is: the place must speak of all that stands before them.
const ROLES: &[&str] = &["body", "input", "output", "params", "payload", "request", "response", "result"];

/// From each type that is a component written out to that one.
pub(super) fn written_out(context: &Context<'_>) -> BTreeMap<TypeId, TypeId> {
    let mut found: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    let mut roles: HashSet<(Role, TypeId)> = HashSet::new();
    let operations = context.api.operations.iter();
    let operations = operations.filter_map(|operation| Some((&operation.pointer, operation.id.as_deref()?))).collect();
    let places = Places { api: context.api, operations };
    for _ in 0..DEEPEST {
        let equal = equal(context.api, &found);
        let role = |def, of: &TypeDef| Some((context.role(def, &found)?, of.id.clone()));
        let (own, others): (Vec<_>, Vec<_>) = equal.into_iter().partition(|(def, of)| {
            !def.deprecated && !of.deprecated && says_no_more(def, of) && places.speaks_of(def, of)
        });
        roles.extend(own.iter().filter_map(|(def, of)| role(def, of)));
        let others = others.into_iter().filter(|(def, of)| role(def, of).is_some_and(|role| roles.contains(&role)));
        let more: Vec<_> = own.into_iter().chain(others).map(|(def, of)| (def.id.clone(), of.id.clone())).collect();
        if more.is_empty() {
            break;
        }
        found.extend(more);
    }
    found
}

/// The types that aren't in `found` and say the same as only one component, if all of these are components.
fn equal<'a>(api: &'a Api, found: &BTreeMap<TypeId, TypeId>) -> Vec<(&'a TypeDef, &'a TypeDef)> {
    let shapes = Shapes::of(api, found);
    let mut components: BTreeMap<usize, Vec<&TypeDef>> = BTreeMap::new();
    for def in api.types.values().filter(|def| is_large(api, found, def)) {
        if let Some(number) = component(def).and_then(|_| shapes.of_component(def)) {
            components.entry(number).or_default().push(def);
        }
    }
    let anonymous = api.types.keys().filter(|id| !found.contains_key(id)).filter_map(|id| anonymous(api, id));
    let pairs = anonymous.filter_map(|def| match components.get(shapes.numbers.get(&def.id)?)?.as_slice() {
        [only] => Some((def, *only)),
        _ => None,
    });
    pairs.collect()
}

/// The name of a component.
fn component(def: &TypeDef) -> Option<&str> {
    match &def.origin {
        Origin::Component(name) => Some(name),
        _ => None,
    }
}

fn is_large(api: &Api, found: &BTreeMap<TypeId, TypeId>, def: &TypeDef) -> bool {
    match &def.kind {
        TypeKind::Struct(object) => object.members.len() >= MEMBERS,
        kind => is_choice(api, found, kind),
    }
}

/// Whether what is said of it, and of its members, is said of the component too.
fn says_no_more(def: &TypeDef, component: &TypeDef) -> bool {
    let is_said = |own: &Docs, other: &Docs| own == other || *own == Docs::default();
    let members = match (&def.kind, &component.kind) {
        (TypeKind::Struct(own), TypeKind::Struct(other)) => {
            own.members.iter().zip(&other.members).all(|(own, other)| is_said(&own.docs, &other.docs))
        }
        _ => true,
    };
    members && is_said(&def.docs, &component.docs)
}

struct Places<'a> {
    api: &'a Api,
    /// The ids of operations, by their pointers.
    operations: HashMap<&'a Pointer, &'a str>,
}

impl Places<'_> {
    /// Whether the place of a type speaks of a component.
    fn speaks_of(&self, def: &TypeDef, of: &TypeDef) -> bool {
        // What stands in a component, and was made one for references to it, is called after that place; and two branches of a
        // union are two types.
        if of.id.0.tokens().count() > 3 || matches!(def.origin, Origin::Part { part: Part::Branch(_), .. }) {
            return false;
        }
        let name = component(of).map(words).unwrap_or_default();
        let Some(last) = name.iter().rfind(|word| !word.bytes().all(|byte| byte.is_ascii_digit())) else {
            return false;
        };
        let Some(place) = self.place(def) else { return false };
        if ROLES.contains(&last.as_str()) { name.iter().all(|word| place.contains(word)) } else { place.contains(last) }
    }

    /// The words of all that a type stands in; `None` for what a parameter or a header holds.
    fn place(&self, def: &TypeDef) -> Option<BTreeSet<String>> {
        let mut spoken = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut next = Some(def);
        while let Some(def) = next.filter(|def| seen.insert(&def.id)) {
            next = None;
            match &def.origin {
                Origin::Part { parent, part } => {
                    if let Part::Member(wire) = part {
                        spoken.extend(words(wire));
                    }
                    next = self.api.types.get(parent);
                }
                Origin::Component(name) => spoken.extend(words(name)),
                Origin::RequestBody { operation: place }
                | Origin::Response { operation: place, .. }
                | Origin::Item { operation: place, .. }
                | Origin::Webhook { webhook: place } => {
                    // A path and a method, or the name of a component.
                    spoken.extend(place.parent().and_then(|item| item.last()).iter().flat_map(|path| words(path)));
                    spoken.extend(place.last().iter().flat_map(|name| words(name)));
                    spoken.extend(self.operations.get(place).into_iter().flat_map(|id| words(id)));
                }
                Origin::Parameter { .. } | Origin::Header { .. } => return None,
            }
        }
        Some(spoken)
    }
}

/// The words of a name, each in the singular.
fn words(text: &str) -> Vec<String> {
    text.to_snake_case().split('_').filter(|word| !word.is_empty()).map(singular).collect()
}
