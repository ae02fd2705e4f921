//! The names that a lock holds: what was named in an earlier run keeps its name, and a newcomer gets another.
//!
//! Things are known by keys that look like pointers and hold no place in a list, so that a newcomer before others doesn't
//! take their entries: parameters by place and name, branches of a union by what tells them apart. Only what nothing else
//! tells apart is known by its place.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use super::pins::{Chosen, value_pointer};
use super::reserved::{is_builder_method, is_member, is_method, is_parameter, is_type, is_variant};
use super::{Names, Resource, resources};
use crate::analyze::Facts;
use crate::analyze::walk::{Resolved, resolve};
use crate::aside;
use crate::ir::{Api, Branch, Origin, Part, Told, TypeDef, TypeId, TypeKind, TypeRef};
use crate::pointer::Pointer;

/// What kind of thing has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    /// A type.
    Type,
    /// What gathers the required members of a type.
    Required,
    /// A member, a variant, a parameter or a security scheme.
    Member,
    /// The method of an operation.
    Operation,
    /// The request of an operation.
    Request,
    /// The type of a resource.
    Resource,
    /// The method that leads to a resource.
    Accessor,
    /// No name: the shape of a component, by which it is known again when it is renamed in the description.
    Shape,
    /// No name: whether each resource has a feature, where the size of the API says otherwise.
    Features,
}

impl Named {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Type,
        Self::Required,
        Self::Member,
        Self::Operation,
        Self::Request,
        Self::Resource,
        Self::Accessor,
        Self::Shape,
        Self::Features,
    ];

    /// The word that a lock has for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Required => "required",
            Self::Member => "member",
            Self::Operation => "operation",
            Self::Request => "request",
            Self::Resource => "resource",
            Self::Accessor => "accessor",
            Self::Shape => "shape",
            Self::Features => "features",
        }
    }
}

/// What a lock says of features.
const EACH: &str = "each";
const NONE: &str = "none";

/// From more operations than this on, a crate is large.
const LARGE: usize = 100;

/// Whether each resource has a feature where nobody says so.
pub fn has_features(operations: usize, resources: usize) -> bool {
    operations > LARGE && resources > 1
}

/// Names by what has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock(pub BTreeMap<(Named, Pointer), String>);

impl Lock {
    /// All names of an API. A key that two things have is left out.
    pub fn of(api: &Api, facts: &Facts, names: &Names) -> Self {
        let mut entries = entries(api, facts, names);
        entries.sort_unstable();
        let alone = entries.chunk_by(|(one, _), (other, _)| one == other);
        let alone: Vec<bool> = alone.flat_map(|same| std::iter::repeat_n(same.len() == 1, same.len())).collect();
        Self(entries.into_iter().zip(alone).filter_map(|(entry, alone)| alone.then_some(entry)).collect())
    }

    /// What is called otherwise in `natural` than here, with the name there; what only one has doesn't count.
    pub fn kept<'a>(&'a self, natural: &'a Self) -> Vec<Kept<'a>> {
        let both = self.0.iter().filter_map(|(key, name)| Some((key, name, natural.0.get(key)?)));
        let kept = both.filter(|((named, _), name, natural)| *named != Named::Shape && name != natural);
        kept.map(|((named, key), name, natural)| Kept { named: *named, key, name, natural }).collect()
    }

    /// Components that are here and not in `now`, each with the one that is in `now` alone and has its shape: the old one's
    /// name, and the new one's place. Where several have one shape, there is nothing to tell.
    pub fn renamed<'a>(&'a self, now: &'a Self) -> Vec<(&'a str, &'a Pointer)> {
        let gone = shapes(self, now);
        let come = shapes(now, self);
        let pairs = gone.into_iter().filter_map(|(shape, gone)| match (gone.as_slice(), come.get(shape)?.as_slice()) {
            ([old], [new]) => Some((self.get(Named::Type, (*old).clone())?.as_str(), *new)),
            _ => None,
        });
        pairs.collect()
    }

    /// Whether each resource has a feature in the crate that this is of; `None` without a crate.
    pub fn features(&self) -> Option<bool> {
        if let Some(said) = self.get(Named::Features, Pointer::root()) {
            return Some(said == EACH);
        }
        let of = |kind: Named| self.0.keys().filter(move |(named, _)| *named == kind).map(|(_, key)| key);
        let above = Pointer::root().child("resources");
        let is_on_client = |key: &&Pointer| key.last().is_some_and(|last| above.child(&last) == **key);
        let (operations, resources) = (of(Named::Operation).count(), of(Named::Accessor).filter(is_on_client).count());
        (operations > 0).then(|| has_features(operations, resources))
    }

    /// Takes down what holds for the resources, where the size of the API says otherwise.
    pub fn hold_features(&mut self, each: bool) {
        self.0.insert((Named::Features, Pointer::root()), if each { EACH } else { NONE }.to_owned());
    }

    fn get(&self, named: Named, key: Pointer) -> Option<&String> {
        self.0.get(&(named, key))
    }
}

/// A name that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept<'a> {
    /// What it names.
    pub named: Named,
    /// Where that stands.
    pub key: &'a Pointer,
    /// The name.
    pub name: &'a str,
    /// The name that it would get.
    pub natural: &'a str,
}

/// The components that only `lock` has, by their shapes.
fn shapes<'a>(lock: &'a Lock, other: &Lock) -> BTreeMap<&'a str, Vec<&'a Pointer>> {
    let mut shapes: BTreeMap<&str, Vec<&Pointer>> = BTreeMap::new();
    for ((named, key), shape) in &lock.0 {
        if *named == Named::Shape && !other.0.contains_key(&(*named, key.clone())) {
            shapes.entry(shape).or_default().push(key);
        }
    }
    shapes
}

type Entry = ((Named, Pointer), String);

fn entries(api: &Api, facts: &Facts, names: &Names) -> Vec<Entry> {
    let keys = keys(api);
    let types: Vec<(&TypeId, &TypeDef)> = api.types.iter().collect();
    let (first, second) = types.split_at(types.len() / 2);
    let of_types = |types| entries_of_types(types, &keys, api, facts, names);
    let (mut entries, others) = aside::both(|| of_types(first), || of_types(second));
    entries.extend(others);
    for operation in &api.operations {
        if let Some(name) = names.operations.get(&operation.pointer) {
            entries.push(((Named::Operation, operation.pointer.clone()), plain(&name.method)));
            entries.push(((Named::Request, operation.pointer.clone()), plain(&name.request)));
        }
        for parameter in &operation.parameters {
            let named = (operation.pointer.clone(), parameter.location, parameter.wire.clone());
            let key = parameter_key(&operation.pointer, parameter.location.as_str(), &parameter.wire);
            entries.extend(names.parameters.get(&named).map(|name| ((Named::Member, key), plain(name))));
        }
    }
    of_resources(&names.resources, &Pointer::root().child("resources"), &mut entries);
    for (name, scheme) in &api.security_schemes {
        let setter = names.schemes.get(name);
        entries.extend(setter.map(|setter| ((Named::Member, scheme.pointer.clone()), plain(setter))));
    }
    entries
}

// As deep as the longest path of the configuration, which has a limit.
fn of_resources(resources: &[Resource], above: &Pointer, entries: &mut Vec<Entry>) {
    for resource in resources {
        let key = above.child(&resource.module);
        entries.push(((Named::Resource, key.clone()), plain(&resource.ident)));
        entries.push(((Named::Accessor, key.clone()), plain(&resource.method)));
        of_resources(&resource.children, &key, entries);
    }
}

fn entries_of_types(
    types: &[(&TypeId, &TypeDef)],
    keys: &BTreeMap<&TypeId, Pointer>,
    api: &Api,
    facts: &Facts,
    names: &Names,
) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (id, def) in types {
        let Some(key) = keys.get(id) else { continue };
        // Each of several types that are one has an entry: whichever stands for all next time, the name is known.
        let stands = facts.same.get(id).unwrap_or(id);
        let mut add = |named, key: &Pointer, name: Option<&String>| {
            entries.extend(name.map(|name| ((named, key.clone()), plain(name))));
        };
        add(Named::Type, key, names.types.get(stands).map(|name| &name.ident));
        add(Named::Required, key, names.required.get(stands));
        add(Named::Shape, key, shape(api, def).as_ref());
        for (label, part) in parts(key, &def.kind) {
            let owned = (TypeId::clone(id), label);
            add(Named::Member, &part, names.members.get(&owned).or_else(|| names.variants.get(&owned)));
        }
    }
    entries
}

/// The first digits of a hash of what a component is made of; `None` for one that could be taken for many others.
fn shape(api: &Api, def: &TypeDef) -> Option<String> {
    if !matches!(def.origin, Origin::Component(_)) {
        return None;
    }
    let of = |ty| match resolve(api, ty) {
        Some(Resolved::Type(TypeKind::Struct(_))) => "object".to_owned(),
        Some(Resolved::Type(TypeKind::Enum(_))) => "enum".to_owned(),
        Some(Resolved::Type(TypeKind::Union(_))) => "union".to_owned(),
        Some(Resolved::Plain(TypeRef::List(_)) | Resolved::Type(TypeKind::Tuple(_))) => "list".to_owned(),
        Some(Resolved::Plain(TypeRef::Map(_))) => "map".to_owned(),
        Some(Resolved::Plain(TypeRef::Primitive(primitive))) => format!("{primitive:?}"),
        Some(Resolved::Plain(TypeRef::TextOf(_))) => "String".to_owned(),
        Some(Resolved::Plain(TypeRef::NumberOf(_))) => "F64".to_owned(),
        Some(Resolved::Plain(TypeRef::Any | TypeRef::Named(_)) | Resolved::Type(TypeKind::Alias(_))) | None => {
            String::new()
        }
    };
    let mut parts: Vec<String> = match &def.kind {
        TypeKind::Struct(object) => {
            let members = object.members.iter();
            members.map(|member| format!("{:?} {} {}", member.wire, member.required, of(&member.ty))).collect()
        }
        TypeKind::Enum(texts) => texts.values.iter().map(|value| format!("{value:?}")).collect(),
        TypeKind::Union(union) => union.branches.iter().map(|branch| format!("{:?}", branch.told)).collect(),
        TypeKind::Tuple(_) | TypeKind::Alias(_) => return None,
    };
    parts.sort();
    let hash = Sha256::digest(parts.join("\n"));
    (!parts.is_empty()).then(|| hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect())
}

/// A name without the escape of a keyword, as people write it.
fn plain(name: &str) -> String {
    name.trim_start_matches("r#").to_owned()
}

fn parameter_key(operation: &Pointer, location: &str, wire: &str) -> Pointer {
    operation.child("parameters").child(location).child(wire)
}

/// The parts of a type that have names, by their labels in [`Names`], with their keys.
fn parts(key: &Pointer, kind: &TypeKind) -> Vec<(String, Pointer)> {
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
fn keys(api: &Api) -> BTreeMap<&TypeId, Pointer> {
    let keys: BTreeMap<&TypeId, Option<Pointer>> = api.types.keys().map(|id| (id, key(api, id))).collect();
    let alone = alone(keys.values().flatten());
    let own = |key: &&Pointer| alone.contains(*key);
    keys.iter().map(|(id, key)| (*id, key.as_ref().filter(own).unwrap_or(&id.0).clone())).collect()
}

/// Those that are there once.
fn alone<'a>(keys: impl Iterator<Item = &'a Pointer>) -> BTreeSet<&'a Pointer> {
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

/// Adds what `lock` holds to what people chose, who come first; of two that hold one name, the one with the lesser key
/// keeps it. What can't be a name any more is not held.
pub(super) fn hold(api: &Api, facts: &Facts, lock: &Lock, chosen: &mut Chosen) {
    let keys = keys(api);
    let mut taken: BTreeSet<String> = chosen.types.values().cloned().collect();
    for (id, key) in &keys {
        let stands = facts.same.get(*id).unwrap_or(id);
        if let Some(name) = lock.get(Named::Type, key.clone())
            && !chosen.types.contains_key(stands)
            && !is_type(name)
            && taken.insert(name.clone())
        {
            chosen.types.insert(stands.clone(), name.clone());
        }
        if stands != *id {
            continue;
        }
        chosen.kept.extend(lock.get(Named::Required, key.clone()).cloned());
        let Some(def) = api.types.get(*id) else { continue };
        let parts = parts(key, &def.kind);
        let own = |label: &String| chosen.parts.get(&((*id).clone(), label.clone()));
        let mut taken: BTreeSet<String> = parts.iter().filter_map(|(label, _)| own(label).cloned()).collect();
        let is_reserved = if matches!(def.kind, TypeKind::Struct(_)) { is_member } else { is_variant };
        for (label, part) in parts {
            let owned = ((*id).clone(), label);
            let name = lock.get(Named::Member, part).filter(|name| !is_reserved(name));
            if let Some(name) = name
                && !chosen.parts.contains_key(&owned)
                && taken.insert(name.clone())
            {
                chosen.parts.insert(owned, name.clone());
            }
        }
    }
    held_resources(api, lock, chosen);
    operations(api, lock, chosen);
    for scheme in api.security_schemes.values() {
        let name = lock.get(Named::Member, scheme.pointer.clone()).filter(|name| !is_builder_method(name));
        if let Some(name) = name
            && !chosen.places.contains_key(&scheme.pointer)
            && !chosen.places.values().any(|other| other == name)
        {
            chosen.places.insert(scheme.pointer.clone(), name.clone());
        }
    }
}

fn held_resources(api: &Api, lock: &Lock, chosen: &mut Chosen) {
    let mut taken: BTreeSet<(Vec<String>, String)> = BTreeSet::new();
    for path in resources::paths(api, chosen) {
        let key = resources::key(&path);
        if let Some(name) = lock.get(Named::Resource, key.clone())
            && !is_type(name)
            && !chosen.types.values().any(|other| other == name)
            && chosen.kept.insert(name.clone())
        {
            chosen.resource_types.insert(path.clone(), name.clone());
        }
        let above = path.split_last().map(|(_, above)| above.to_vec()).unwrap_or_default();
        if let Some(name) = lock.get(Named::Accessor, key)
            && !is_method(name)
            && taken.insert((above, name.clone()))
        {
            chosen.accessors.insert(path, name.clone());
        }
    }
}

fn operations(api: &Api, lock: &Lock, chosen: &mut Chosen) {
    let home = |operation, chosen: &Chosen| resources::path(operation, chosen).unwrap_or_default();
    let pinned = api.operations.iter().filter_map(|operation| {
        let name = chosen.operations.get(&operation.pointer)?;
        Some((home(operation, chosen), name.clone()))
    });
    let mut taken: BTreeSet<(Vec<String>, String)> = pinned.collect();
    for operation in &api.operations {
        let pointer = &operation.pointer;
        if let Some(name) = lock.get(Named::Operation, pointer.clone())
            && !chosen.operations.contains_key(pointer)
            && !is_method(name)
            && taken.insert((home(operation, chosen), name.clone()))
        {
            chosen.methods.insert(pointer.clone(), name.clone());
        }
        if let Some(name) = lock.get(Named::Request, pointer.clone())
            && !is_type(name)
            && !chosen.types.values().any(|other| other == name)
            && chosen.kept.insert(name.clone())
        {
            chosen.requests.insert(pointer.clone(), name.clone());
        }
        let mut taken = BTreeSet::new();
        for parameter in &operation.parameters {
            let key = parameter_key(pointer, parameter.location.as_str(), &parameter.wire);
            if let Some(name) = lock.get(Named::Member, key).filter(|name| !is_parameter(name))
                && !chosen.places.contains_key(&parameter.pointer)
                && taken.insert(name.clone())
            {
                let named = (pointer.clone(), parameter.location, parameter.wire.clone());
                chosen.parameters.insert(named, name.clone());
            }
        }
    }
}
