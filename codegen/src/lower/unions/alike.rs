//! Branches that say the same in two places: schemas without names of their own, of which one takes all values of the other,
//! with the same members of the same types all the way down. At most it asks for less, and says as much.

use super::Made;
use crate::ir::{Docs, Items, Member, Noted, Notes, Origin, Struct, TypeDef, TypeKind, TypeRef};

/// How deep types are looked into.
const DEPTH: usize = 16;

/// Whether two types are the same to everybody.
pub(super) fn alike(made: &Made, one: &TypeRef, other: &TypeRef) -> bool {
    covers(made, one, other) && covers(made, other, one)
}

/// Whether all that the other type can be is read as this one, member for member, and nothing is said of it there alone.
pub(super) fn covers(made: &Made, one: &TypeRef, other: &TypeRef) -> bool {
    within(made, one, other, DEPTH)
}

fn within(made: &Made, one: &TypeRef, other: &TypeRef, depth: usize) -> bool {
    let items = |one: &Items, other: &Items| {
        (one.nullable || !other.nullable) && depth > 0 && within(made, &one.ty, &other.ty, depth - 1)
    };
    match (one, other) {
        _ if one == other => true,
        (TypeRef::List(one), TypeRef::List(other)) | (TypeRef::Map(one), TypeRef::Map(other)) => items(one, other),
        (TypeRef::Named(one), TypeRef::Named(other)) => match (made.get(one), made.get(other)) {
            (Some(one), Some(other)) if depth > 0 => covers_type(made, one, other, depth - 1),
            _ => false,
        },
        _ => false,
    }
}

fn covers_type(made: &Made, one: &TypeDef, other: &TypeDef, depth: usize) -> bool {
    let is_named = |def: &TypeDef| matches!(def.origin, Origin::Component(_));
    let says_same =
        one.deprecated == other.deprecated && tells(&one.docs, &other.docs) && notes(&one.notes, &other.notes);
    if is_named(one) || is_named(other) || !says_same {
        return false;
    }
    match (&one.kind, &other.kind) {
        (TypeKind::Struct(one), TypeKind::Struct(other)) => covers_struct(made, one, other, depth),
        (TypeKind::Enum(one), TypeKind::Enum(other)) => one == other,
        (TypeKind::Alias(one), TypeKind::Alias(other)) => within(made, one, other, depth),
        // The branches of unions are not there yet.
        _ => false,
    }
}

fn covers_struct(made: &Made, one: &Struct, other: &Struct, depth: usize) -> bool {
    let covers_member = |(one, other): (&Member, &Member)| {
        let is_as_free = (other.required || !one.required) && (one.nullable || !other.nullable);
        let is_same = one.wire == other.wire && one.access == other.access && one.deprecated == other.deprecated;
        let says_same = tells(&one.docs, &other.docs) && notes(&one.notes, &other.notes);
        is_as_free && is_same && says_same && within(made, &one.ty, &other.ty, depth)
    };
    let covers_additional = match (&one.additional, &other.additional) {
        (None, None) => true,
        (Some(one), Some(other)) => notes(&one.notes, &other.notes) && within(made, &one.ty, &other.ty, depth),
        _ => false,
    };
    covers_additional
        && one.members.len() == other.members.len()
        && one.members.iter().zip(&other.members).all(covers_member)
}

/// Whether the other says nothing that isn't said here.
fn tells(one: &Docs, other: &Docs) -> bool {
    *other == Docs::default() || one == other
}

/// Whether both say the same of values. An example is one of many.
fn notes(one: &Noted, other: &Noted) -> bool {
    let bare = |notes: &Noted| Notes { example: None, ..Notes::clone(notes) };
    one == other || bare(one) == bare(other)
}
