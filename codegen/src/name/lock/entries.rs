//! An API that has names → the entries of its lock.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::Named;
use super::keys::{keys, parameter_key, parts};
use crate::analyze::Facts;
use crate::analyze::walk::{Resolved, resolve};
use crate::aside;
use crate::ir::{Api, Origin, TypeDef, TypeId, TypeKind, TypeRef};
use crate::name::{Names, Resource};
use crate::pointer::Pointer;

type Entry = ((Named, Pointer), String);

pub(super) fn entries(api: &Api, facts: &Facts, names: &Names) -> Vec<Entry> {
    let keys = keys(api);
    let types: Vec<(&TypeId, &TypeDef)> = api.types.iter().collect();
    let (first, second) = types.split_at(types.len() / 2);
    let of_types = |types| entries_of_types(types, &keys, api, facts, names);
    let (mut entries, others) = aside::both(|| of_types(first), || of_types(second));
    entries.extend(others);
    entries.extend(super::standing::ahead(api, facts).into_iter().filter_map(|id| {
        let (key, name) = (keys.get(id)?.clone(), names.types.get(id)?);
        Some(((Named::Stands, key), plain(&name.ident)))
    }));
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
        add(Named::Type, key, names.types.get(*id).map(|name| &name.ident));
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
