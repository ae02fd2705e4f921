//! Steps from a type to the types that it uses. Takes parts of the `Api`, gives references into them; never recurses, so
//! that no depth of nesting and no cycle can use up the stack.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Body, Operation, TypeId, TypeKind, TypeRef};

/// What lists and maps hold in the end: the part of a type reference that is no list and no map.
pub(crate) fn innermost(ty: &TypeRef) -> &TypeRef {
    let mut ty = ty;
    while let TypeRef::List(items) | TypeRef::Map(items) = ty {
        ty = &items.ty;
    }
    ty
}

/// The named type that a reference ends at, within lists and maps too.
pub(crate) fn named(ty: &TypeRef) -> Option<&TypeId> {
    match innermost(ty) {
        TypeRef::Named(id) => Some(id),
        _ => None,
    }
}

/// The references that a type consists of, in the order of its parts.
pub(crate) fn parts(kind: &TypeKind) -> Vec<&TypeRef> {
    match kind {
        TypeKind::Struct(object) => {
            let additional = object.additional.iter().map(|additional| &additional.ty);
            object.members.iter().map(|member| &member.ty).chain(additional).collect()
        }
        TypeKind::Union(union) => union.branches.iter().map(|branch| &branch.ty).collect(),
        TypeKind::Tuple(tuple) => tuple.items.iter().map(|item| &item.ty).collect(),
        TypeKind::Alias(target) => vec![target],
        TypeKind::Enum(_) => Vec::new(),
    }
}

/// `of`, and all types that hold one of them, however deep.
pub(crate) fn holders<'a>(api: &'a Api, of: Vec<&'a TypeId>) -> BTreeSet<&'a TypeId> {
    // It spreads from a part to all that hold it, so cycles need no care.
    let mut holders: BTreeMap<&TypeId, Vec<&TypeId>> = BTreeMap::new();
    for (id, def) in &api.types {
        for inner in parts(&def.kind).into_iter().filter_map(named) {
            holders.entry(inner).or_default().push(id);
        }
    }
    let mut open = of;
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            open.extend(holders.get(id).into_iter().flatten());
        }
    }
    found
}

/// The references that an operation's request consists of.
pub(crate) fn request(operation: &Operation) -> impl Iterator<Item = &TypeRef> {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    parameters.chain(operation.body.as_ref().and_then(Body::ty))
}

/// The named types at the root of error answers and of no success.
pub(crate) fn error_roots(api: &Api) -> BTreeSet<&TypeId> {
    let successes = api.operations.iter().flat_map(Operation::successes).filter_map(|ty| match ty {
        TypeRef::Named(id) => Some(id),
        _ => None,
    });
    let errors = api.operations.iter().flat_map(|operation| &operation.errors).filter_map(|(_, ty)| match ty {
        TypeRef::Named(id) => Some(id),
        _ => None,
    });
    let successes: BTreeSet<&TypeId> = successes.collect();
    errors.filter(|id| !successes.contains(id)).collect()
}

/// The type that a reference is to, behind aliases and for all that stand for one another by `same`; `None` where it is to
/// something else.
pub(super) fn end<'a>(api: &'a Api, same: &'a BTreeMap<TypeId, TypeId>, ty: &'a TypeRef) -> Option<&'a TypeId> {
    let mut seen = BTreeSet::new();
    let mut ty = ty;
    loop {
        let TypeRef::Named(id) = ty else { return None };
        let id = same.get(id).unwrap_or(id);
        match &api.types.get(id)?.kind {
            TypeKind::Alias(onward) if seen.insert(id) => ty = onward,
            TypeKind::Alias(_) => return None,
            _ => return Some(id),
        }
    }
}

/// What a reference means once aliases are followed; `None` when aliases lead back to themselves or nowhere.
pub(crate) fn resolve<'a>(api: &'a Api, ty: &'a TypeRef) -> Option<Resolved<'a>> {
    let mut seen = BTreeSet::new();
    let mut ty = ty;
    loop {
        let TypeRef::Named(id) = ty else { return Some(Resolved::Plain(ty)) };
        let kind = &api.types.get(id)?.kind;
        match kind {
            TypeKind::Alias(target) if seen.insert(id) => ty = target,
            TypeKind::Alias(_) => return None,
            _ => return Some(Resolved::Type(kind)),
        }
    }
}

/// A reference with its aliases followed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Resolved<'a> {
    /// A type with parts.
    Type(&'a TypeKind),
    /// A list, a map, a primitive or any JSON.
    Plain(&'a TypeRef),
}
