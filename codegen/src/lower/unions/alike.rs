//! Branches that say the same in two places: schemas without names of their own that are one type all the way down, of which
//! the same is said.

use super::Made;
use crate::ir::{Items, Member, Origin, Struct, TypeDef, TypeKind, TypeRef};

/// How deep types are looked into.
const DEPTH: usize = 16;

/// Whether two types are the same to everybody.
pub(super) fn alike(made: &Made, one: &TypeRef, other: &TypeRef) -> bool {
    within(made, one, other, DEPTH)
}

fn within(made: &Made, one: &TypeRef, other: &TypeRef, depth: usize) -> bool {
    let items = |one: &Items, other: &Items| {
        one.nullable == other.nullable && depth > 0 && within(made, &one.ty, &other.ty, depth - 1)
    };
    match (one, other) {
        _ if one == other => true,
        (TypeRef::List(one), TypeRef::List(other)) | (TypeRef::Map(one), TypeRef::Map(other)) => items(one, other),
        (TypeRef::Named(one), TypeRef::Named(other)) => match (made.get(one), made.get(other)) {
            (Some(one), Some(other)) if depth > 0 => same_type(made, one, other, depth - 1),
            _ => false,
        },
        _ => false,
    }
}

fn same_type(made: &Made, one: &TypeDef, other: &TypeDef, depth: usize) -> bool {
    let is_named = |def: &TypeDef| matches!(def.origin, Origin::Component(_));
    let says_same = one.deprecated == other.deprecated && one.docs == other.docs && one.notes == other.notes;
    if is_named(one) || is_named(other) || !says_same {
        return false;
    }
    match (&one.kind, &other.kind) {
        (TypeKind::Struct(one), TypeKind::Struct(other)) => same_struct(made, one, other, depth),
        (TypeKind::Enum(one), TypeKind::Enum(other)) => one == other,
        (TypeKind::Alias(one), TypeKind::Alias(other)) => within(made, one, other, depth),
        // The branches of unions are not there yet.
        _ => false,
    }
}

fn same_struct(made: &Made, one: &Struct, other: &Struct, depth: usize) -> bool {
    let same_member = |(one, other): (&Member, &Member)| {
        let flags = |member: &Member| (member.required, member.nullable, member.access, member.deprecated);
        let says_same = one.docs == other.docs && one.notes == other.notes && flags(one) == flags(other);
        one.wire == other.wire && says_same && within(made, &one.ty, &other.ty, depth)
    };
    let same_additional = match (&one.additional, &other.additional) {
        (None, None) => true,
        (Some(one), Some(other)) => one.notes == other.notes && within(made, &one.ty, &other.ty, depth),
        _ => false,
    };
    same_additional
        && one.members.len() == other.members.len()
        && one.members.iter().zip(&other.members).all(same_member)
}
