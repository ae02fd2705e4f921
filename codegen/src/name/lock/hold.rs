//! What a lock holds → the names that things keep.

use std::collections::BTreeSet;

use super::keys::{keys, parameter_key, parts};
use super::moved::Moved;
use super::{Lock, Named};
use crate::analyze::Facts;
use crate::ir::{Api, TypeKind};
use crate::name::pins::Chosen;
use crate::name::reserved::{is_builder_method, is_member, is_method, is_parameter, is_type, is_variant};
use crate::name::resources;
use crate::pointer::Pointer;

/// Adds what `lock` holds to what people chose, who come first; of two that hold one name, the one with the lesser key
/// keeps it. What can't be a name any more is not held.
pub(in crate::name) fn hold(api: &Api, facts: &Facts, lock: &Lock, chosen: &mut Chosen) {
    let keys = keys(api);
    let moved = Moved::of(api, &keys, lock);
    let before = |named, key: &Pointer| lock.get(named, moved.before(key)?);
    let mut taken: BTreeSet<String> = chosen.types.values().cloned().collect();
    for (id, key) in &keys {
        let stands = facts.same.get(*id).unwrap_or(id);
        if let Some(name) = before(Named::Type, key)
            && !chosen.types.contains_key(stands)
            && !is_type(name)
            && taken.insert(name.clone())
        {
            chosen.types.insert(stands.clone(), name.clone());
        }
        if stands != *id {
            continue;
        }
        chosen.kept.extend(before(Named::Required, key).cloned());
        let Some(def) = api.types.get(*id) else { continue };
        let parts = parts(key, &def.kind);
        let own = |label: &String| chosen.parts.get(&((*id).clone(), label.clone()));
        let mut taken: BTreeSet<String> = parts.iter().filter_map(|(label, _)| own(label).cloned()).collect();
        let is_reserved = if matches!(def.kind, TypeKind::Struct(_)) { is_member } else { is_variant };
        for (label, part) in parts {
            let owned = ((*id).clone(), label);
            let name = before(Named::Member, &part).filter(|name| !is_reserved(name));
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
