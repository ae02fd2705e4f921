//! What things are known by in a lock: an API → the keys of its types and of their parts.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Branch, Origin, Part, Told, TypeId, TypeKind, TypeRef};
use crate::name::pins::value_pointer;
use crate::pointer::Pointer;

pub(super) fn parameter_key(operation: &Pointer, location: &str, wire: &str) -> Pointer {
    operation.child("parameters").child(location).child(wire)
}

/// The parts of a type that have names, by their labels in [`Names`], with their keys.
pub(super) fn parts(key: &Pointer, kind: &TypeKind) -> Vec<(String, Pointer)> {
    match kind {
        TypeKind::Struct(of) => {
            let of_member = |wire: &String| (wire.clone(), key.child("properties").child(wire));
            of.members.iter().map(|member| of_member(&member.wire)).collect()
        }
        TypeKind::Enum(of) => {
            let of_value = |value: &String| (value.clone(), value_pointer(&TypeId(key.clone()), value));
            of.values.iter().map(of_value).collect()
        }
        TypeKind::Union(of) => {
            let keys: Vec<Pointer> = of.branches.iter().map(|branch| branch_key(key, branch)).collect();
            let alone = alone(keys.iter());
            let known = keys.iter().zip(&of.branches);
            let known = known.map(|(key, branch)| if alone.contains(key) { key } else { &branch.pointer }.clone());
            known.enumerate().map(|(at, key)| (at.to_string(), key)).collect()
        }
        TypeKind::Tuple(_) | TypeKind::Alias(_) => Vec::new(),
    }
}

/// A branch by what tells it apart: `#/components/schemas/Payment/branch/type=card`.
fn branch_key(union: &Pointer, branch: &Branch) -> Pointer {
    let told = match &branch.told {
        Told::Kind(kind) => kind.as_str().to_owned(),
        Told::Tagged { member, values } => {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            format!("{member}={}", values.join("|"))
        }
        Told::Having { members } => format!("having {}", members.join("|")),
        // Those without a name have one key together: each is known by its place.
        Told::Fitting { kind, .. } => {
            let name = match &branch.ty {
                TypeRef::Named(id) => id.0.last().filter(|name| name.parse::<usize>().is_err()),
                _ => None,
            };
            format!("fitting {} {}", kind.as_str(), name.unwrap_or_default())
        }
    };
    union.child("branch").child(&told)
}

/// The key of each type: its place, where it has none of its own.
pub(super) fn keys(api: &Api) -> BTreeMap<&TypeId, Pointer> {
    let keys: BTreeMap<&TypeId, Option<Pointer>> = api.types.keys().map(|id| (id, key(api, id))).collect();
    let alone = alone(keys.values().flatten());
    let own = |key: &&Pointer| alone.contains(*key);
    keys.iter().map(|(id, key)| (*id, key.as_ref().filter(own).unwrap_or(&id.0).clone())).collect()
}

/// Those that are there once.
pub(super) fn alone<'a>(keys: impl Iterator<Item = &'a Pointer>) -> BTreeSet<&'a Pointer> {
    let mut having: BTreeMap<&Pointer, usize> = BTreeMap::new();
    for key in keys {
        *having.entry(key).or_default() += 1;
    }
    having.into_iter().filter(|(_, times)| *times == 1).map(|(key, _)| key).collect()
}

/// By where a type comes from, from the outside in; `None` for one that has lost what it stood in.
fn key(api: &Api, id: &TypeId) -> Option<Pointer> {
    const DEEPEST: usize = 1000;
    let mut inside = Vec::new();
    let mut id = id;
    for _ in 0..DEEPEST {
        let outside = match &api.types.get(id)?.origin {
            Origin::Component(_)
            | Origin::Parameter { operation: None, .. }
            | Origin::Header { operation: None, .. } => id.0.clone(),
            Origin::RequestBody { operation } => operation.child("requestBody"),
            Origin::Webhook { webhook } => webhook.child("requestBody"),
            Origin::Response { operation, status } => operation.child("responses").child(status),
            Origin::Item { operation, status } => operation.child("responses").child(status).child("items"),
            Origin::Parameter { operation: Some(operation), name } => operation.child("parameters").child(name),
            Origin::Header { operation: Some(operation), name } => operation.child("headers").child(name),
            Origin::Part { parent, part } => {
                inside.push((parent, part, id));
                id = parent;
                continue;
            }
        };
        return inside.into_iter().rev().try_fold(outside, |key, (parent, part, id)| {
            Some(match part {
                Part::Member(wire) => key.child("properties").child(wire),
                Part::Item => key.child("items"),
                Part::MapValue => key.child("additionalProperties"),
                Part::Place(index) => key.child("prefixItems").item(*index),
                Part::Branch(_) => match &api.types.get(parent)?.kind {
                    TypeKind::Union(union) => branch_key(&key, union.branch_of(id)?),
                    // A union of one branch is another name for it.
                    TypeKind::Alias(TypeRef::Named(only)) if only == id => key.child("branch"),
                    _ => return None,
                },
            })
        });
    }
    None
}
