//! What a lock holds → the names that things keep.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::{keys, parameter_key, parts};
use super::moved::Moved;
use super::{Lock, Named};
use crate::analyze::Facts;
use crate::ir::{Api, TypeId, TypeKind};
use crate::name::pins::{Chosen, component_name};
use crate::name::reserved::{is_builder_method, is_member, is_method, is_parameter, is_type, is_variant};
use crate::name::resources;
use crate::pointer::Pointer;

/// Adds what `lock` holds to what people chose, who come first; of two that hold one name, the one with the lesser key
/// keeps it. What can't be a name any more is not held.
pub(in crate::name) fn hold(api: &Api, facts: &Facts, lock: &Lock, chosen: &mut Chosen) {
    let keys = keys(api);
    let moved = Moved::of(api, &keys, lock);
    let before = |named, key: &Pointer| lock.get(named, moved.before(key)?);
    types(api, facts, &keys, &|key| before(Named::Type, key), chosen);
    for (id, key) in keys.iter().filter(|(id, _)| !facts.same.contains_key(**id)) {
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

/// Types: what stands for others has the name that it had, or else the one that several of them have; the others keep theirs as
/// other names of it. A component comes before what was one with it, and is called after another place only as it could be
/// anyway.
fn types<'a>(
    api: &Api,
    facts: &Facts,
    keys: &BTreeMap<&TypeId, Pointer>,
    before: &dyn Fn(&Pointer) -> Option<&'a String>,
    chosen: &mut Chosen,
) {
    let mut classes: BTreeMap<&TypeId, Vec<(&TypeId, &String)>> = BTreeMap::new();
    for (id, key) in keys {
        let Some(name) = before(key).filter(|name| !is_type(name)) else { continue };
        classes.entry(facts.same.get(*id).unwrap_or(id)).or_default().push((id, name));
    }
    let mut taken: BTreeSet<String> = chosen.types.values().cloned().collect();
    let is_component = |id: &TypeId| component_name(api, id).is_some();
    let (components, others): (Vec<_>, Vec<_>) = classes.iter().partition(|(stands, _)| is_component(stands));
    for (stands, places) in components.into_iter().chain(others) {
        let own = places.iter().filter(|(id, _)| id == stands).map(|(_, name)| *name);
        let mut having: BTreeMap<&String, usize> = BTreeMap::new();
        places.iter().for_each(|(_, name)| *having.entry(name).or_default() += 1);
        let natural = component_name(api, stands);
        let is_shared = |name: &String| match &natural {
            Some(natural) => name == natural,
            None => having.get(name).is_some_and(|times| *times > 1),
        };
        let shared = places.iter().map(|(_, name)| *name).filter(|name| is_shared(name));
        if !chosen.types.contains_key(*stands)
            && let Some(name) = own.chain(shared).find(|name| !taken.contains(*name))
        {
            taken.insert(name.clone());
            chosen.types.insert(TypeId::clone(stands), name.clone());
        }
    }
    for (id, name) in
        classes.into_iter().flat_map(|(stands, places)| places.into_iter().filter(move |(id, _)| *id != stands))
    {
        if !taken.contains(name) {
            let alias = chosen.aliases.entry(id.clone()).or_insert_with(|| name.clone());
            chosen.kept.insert(alias.clone());
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
