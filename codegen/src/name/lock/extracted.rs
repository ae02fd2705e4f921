//! Types that had a name after their place, where a component stands now: the name that was lost → the component, which can
//! be called by it.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::keys;
use super::{Lock, Named};
use crate::analyze::walk::named;
use crate::ir::{Api, Operation, Origin, TypeId, TypeKind, TypeRef};
use crate::pointer::Pointer;

/// The names of `lock` that nothing has `now`, each with the new component that stands where it stood and has at least half of
/// all members. Where several names or several components could be meant, there is nothing to tell.
pub(super) fn extracted<'a>(api: &Api, lock: &'a Lock, now: &Lock) -> Vec<(&'a str, Pointer)> {
    let is_lost =
        |(named, key): &&(Named, Pointer)| *named == Named::Type && !now.0.contains_key(&(*named, key.clone()));
    let lost: BTreeSet<&Pointer> = lock.0.keys().filter(is_lost).map(|(_, key)| key).collect();
    if lost.is_empty() {
        return Vec::new();
    }
    let keys = keys(api);
    let mut found: BTreeMap<Pointer, BTreeSet<&'a str>> = BTreeMap::new();
    for (place, ty) in places(api, &keys, &lost) {
        let Some(id) = named(ty).filter(|_| lost.contains(&place)) else { continue };
        let is_component = api.types.get(id).is_some_and(|def| matches!(def.origin, Origin::Component(_)));
        let Some(key) = keys.get(id).filter(|_| is_component) else { continue };
        let is_new = lock.get(Named::Type, key.clone()).is_none();
        if let Some(name) = lock.get(Named::Type, place.clone())
            && is_new
            && is_alike(&labels(lock, &place), &labels(now, key))
        {
            found.entry(key.clone()).or_default().insert(name);
        }
    }
    let mut once: BTreeMap<&str, usize> = BTreeMap::new();
    found.values().flatten().for_each(|name| *once.entry(name).or_default() += 1);
    let only = |(key, names): (Pointer, BTreeSet<&'a str>)| {
        let mut names = names.into_iter();
        names.next().filter(|name| names.next().is_none() && once.get(name) == Some(&1)).map(|name| (name, key))
    };
    found.into_iter().filter_map(only).collect()
}

/// Where a type would stand if it had no name of its own, and what stands there.
fn places<'a>(
    api: &'a Api,
    keys: &BTreeMap<&TypeId, Pointer>,
    lost: &BTreeSet<&Pointer>,
) -> Vec<(Pointer, &'a TypeRef)> {
    let members = api.types.iter().filter_map(|(id, def)| match &def.kind {
        TypeKind::Struct(of) => Some((keys.get(id)?.child("properties"), &of.members)),
        _ => None,
    });
    let members = members.flat_map(|(key, all)| all.iter().map(move |member| (key.child(&member.wire), &member.ty)));
    members.chain(api.operations.iter().flat_map(|operation| in_operation(operation, lost))).collect()
}

fn in_operation<'a>(operation: &'a Operation, lost: &BTreeSet<&Pointer>) -> Vec<(Pointer, &'a TypeRef)> {
    let body = operation.body.as_ref().and_then(|body| Some((operation.pointer.child("requestBody"), body.ty()?)));
    let responses = operation.pointer.child("responses");
    let of_status = |status: &str| match operation.errors.iter().find(|(error, _)| error == status) {
        Some((_, ty)) => vec![ty],
        None => operation.success.types(),
    };
    let answers = lost.range::<Pointer, _>(&responses..).take_while(|key| key.is_within(&responses));
    let answers = answers.filter_map(|key| {
        let status = key.last().filter(|_| key.parent().as_ref() == Some(&responses))?;
        Some(of_status(&status).into_iter().map(|ty| (Pointer::clone(key), ty)))
    });
    body.into_iter().chain(answers.flatten()).collect()
}

/// The members, values and branches that a lock has of a type.
fn labels<'a>(lock: &'a Lock, key: &Pointer) -> BTreeSet<&'a str> {
    let below = key.child("");
    let parts = lock.0.range((Named::Member, below.clone())..).map(|((named, part), _)| (*named, part.as_str()));
    let parts = parts.map_while(|(named, part)| part.strip_prefix(below.as_str()).filter(|_| named == Named::Member));
    parts.filter(|part| part.matches('/').count() == 1).collect()
}

fn is_alike(old: &BTreeSet<&str>, new: &BTreeSet<&str>) -> bool {
    let both = old.intersection(new).count();
    both > 0 && both * 2 >= old.union(new).count()
}
