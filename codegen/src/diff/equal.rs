//! Whether two types say the same on the wire, all the way down.

use std::collections::{BTreeSet, HashSet};

use crate::analyze::walk::{Resolved, resolve};
use crate::ir::{Api, Tuple, TypeKind, TypeRef};

/// Whether all values of the one are values of the other. Types that contain themselves are equal as long as nothing in
/// them tells them apart.
pub(super) fn equal(old: &Api, before: &TypeRef, new: &Api, after: &TypeRef) -> bool {
    let mut seen: HashSet<(*const TypeKind, *const TypeKind)> = HashSet::new();
    let mut open = vec![(before, after)];
    while let Some((before, after)) = open.pop() {
        match (resolve(old, before), resolve(new, after)) {
            (Some(Resolved::Type(before)), Some(Resolved::Type(after))) => {
                if seen.insert((std::ptr::from_ref(before), std::ptr::from_ref(after))) {
                    match parts(before, after) {
                        Some(parts) => open.extend(parts),
                        None => return false,
                    }
                }
            }
            (Some(Resolved::Plain(before)), Some(Resolved::Plain(after))) => match (before, after) {
                (TypeRef::List(before), TypeRef::List(after)) | (TypeRef::Map(before), TypeRef::Map(after)) => {
                    if before.nullable != after.nullable {
                        return false;
                    }
                    open.push((&before.ty, &after.ty));
                }
                (before, after) if before == after => {}
                _ => return false,
            },
            (None, None) => {}
            _ => return false,
        }
    }
    true
}

/// The uses of types that two types have in the same places; `None` when something else about them differs.
fn parts<'a>(old: &'a TypeKind, new: &'a TypeKind) -> Option<Vec<(&'a TypeRef, &'a TypeRef)>> {
    match (old, new) {
        (TypeKind::Struct(old), TypeKind::Struct(new)) => {
            let same = old.members.len() == new.members.len();
            let mut parts = Vec::new();
            for member in old.members.iter().filter(|_| same) {
                let other = new.members.iter().find(|other| other.wire == member.wire)?;
                let flags = |member: &crate::ir::Member| (member.is_demanded(), member.nullable, member.access);
                if flags(member) != flags(other) {
                    return None;
                }
                parts.push((&member.ty, &other.ty));
            }
            match (&old.additional, &new.additional) {
                (Some(old), Some(new)) => parts.push((&old.ty, &new.ty)),
                (None, None) => {}
                (Some(_), None) | (None, Some(_)) => return None,
            }
            same.then_some(parts)
        }
        (TypeKind::Enum(old), TypeKind::Enum(new)) => {
            let values = |values: &'a [String]| values.iter().collect::<BTreeSet<_>>();
            (values(&old.values) == values(&new.values)).then(Vec::new)
        }
        (TypeKind::Union(old), TypeKind::Union(new)) => {
            let same = old.branches.len() == new.branches.len();
            let mut parts = Vec::new();
            for branch in old.branches.iter().filter(|_| same) {
                let other = new.branches.iter().find(|other| other.told == branch.told)?;
                parts.push((&branch.ty, &other.ty));
            }
            same.then_some(parts)
        }
        (TypeKind::Tuple(old), TypeKind::Tuple(new)) => {
            let null = |tuple: &'a Tuple| tuple.items.iter().map(|item| item.nullable);
            let types = |tuple: &'a Tuple| tuple.items.iter().map(|item| &item.ty);
            null(old).eq(null(new)).then(|| types(old).zip(types(new)).collect())
        }
        (TypeKind::Alias(old), TypeKind::Alias(new)) => Some(vec![(old, new)]),
        (TypeKind::Struct(_) | TypeKind::Enum(_) | TypeKind::Union(_) | TypeKind::Tuple(_) | TypeKind::Alias(_), _) => {
            None
        }
    }
}
