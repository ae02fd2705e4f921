//! Branches that say the same in two places: schemas without names of their own, of which one takes all values of the other,
//! with the same members of the same types all the way down. At most it asks for less. Words and examples don't count, but
//! for a title: it is a name by which callers choose.

use std::borrow::Cow;

use super::{Form, Leaf, Made};
use crate::ir::{Docs, Either, Enum, Items, Member, Notes, Origin, Struct, TypeDef, TypeKind, TypeRef};
use crate::lower::uses::named;

/// How deep types are looked into.
const DEPTH: usize = 16;

/// The branches without those that say the same: a type that is there twice, or is said twice, maybe with less that must be
/// there, and maps beside maps.
pub(super) fn merged<'a>(mut leaves: Vec<Leaf<'a>>, made: &Made) -> Vec<Leaf<'a>> {
    // One that takes others in may come after several of these.
    loop {
        let count = leaves.len();
        leaves = merged_once(leaves, made);
        if leaves.len() == count {
            return leaves;
        }
    }
}

fn merged_once<'a>(leaves: Vec<Leaf<'a>>, made: &Made) -> Vec<Leaf<'a>> {
    let mut merged: Vec<Leaf<'_>> = Vec::with_capacity(leaves.len());
    for leaf in leaves {
        let is_plain_map = |leaf: &Leaf<'_>| matches!(leaf.form, Form::Map) && leaf.tags.is_none();
        let is_free = |one: &Leaf<'_>, other: &Leaf<'_>| {
            has_same_names(one, other) && one.tags.is_none() && other.tags.is_none() && covers(made, &one.ty, &other.ty)
        };
        let same = |known: &&mut Leaf<'_>| {
            known.ty == leaf.ty
                || is_plain_map(known) && is_plain_map(&leaf)
                || is_free(known, &leaf)
                || is_free(&leaf, known)
        };
        match merged.iter_mut().find(same) {
            Some(known) => {
                let both = (known.ty != leaf.ty).then(|| both_said(known, &leaf, made)).flatten();
                if known.ty != leaf.ty && is_plain_map(&leaf) {
                    known.ty = TypeRef::Map(Box::new(Items { ty: TypeRef::Any, nullable: false }));
                } else if known.ty != leaf.ty && !is_free(known, &leaf) {
                    let said = std::mem::take(&mut known.said);
                    *known = Leaf { said, ..leaf.clone() };
                }
                known.said.extend(leaf.said);
                if let Some((own, others)) = both {
                    // What isn't said of a branch is said of its type.
                    known.said.retain(|said| said.docs != Docs::default() || said.notes != Notes::default());
                    if own != others {
                        known.said.extend([own, others].map(Cow::Owned));
                    }
                }
                match (&mut known.tags, leaf.tags) {
                    (Some(tags), Some(more)) => tags.mapped.extend(more.mapped),
                    (none @ None, more) => *none = more,
                    (Some(_), None) => {}
                }
            }
            None => merged.push(leaf),
        }
    }
    merged
}

/// What is said of the types of two branches, if it is said of each.
fn both_said(one: &Leaf<'_>, other: &Leaf<'_>, made: &Made) -> Option<(Either, Either)> {
    let said = |leaf: &Leaf<'_>| {
        let docs = named(&leaf.ty).and_then(|id| made.get(id)).map(|def| def.docs.clone());
        Some(Either { docs: docs.filter(|docs| docs.description.is_some())?, notes: Notes::default() })
    };
    Some((said(one)?, said(other)?))
}

/// Whether both are objects with members of the same names, which is quick to tell.
fn has_same_names(one: &Leaf<'_>, other: &Leaf<'_>) -> bool {
    match (one.form, other.form) {
        (Form::Struct(one), Form::Struct(other)) => {
            one.members.len() == other.members.len()
                && one.members.iter().all(|member| named_alike(other, member).is_some())
        }
        _ => false,
    }
}

/// The member that has the name of this one; those that must be there come first in each.
fn named_alike<'a>(of: &'a Struct, member: &Member) -> Option<&'a Member> {
    of.members.iter().find(|other| other.wire == member.wire)
}

/// Whether two types are the same to everybody.
pub(super) fn alike(made: &Made, one: &TypeRef, other: &TypeRef) -> bool {
    covers(made, one, other) && covers(made, other, one)
}

/// Whether all that the other type can be is read as this one, member for member, and it has no title of its own.
fn covers(made: &Made, one: &TypeRef, other: &TypeRef) -> bool {
    let title = |ty| named(ty).and_then(|id| made.get(id)?.docs.summary.as_ref());
    title(other).is_none_or(|other| title(one) == Some(other)) && within(made, one, other, DEPTH)
}

/// Whether all values of the other type are of this one.
pub(super) fn takes(made: &Made, one: &TypeRef, other: &TypeRef) -> bool {
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
    let says_same = one.deprecated == other.deprecated && one.notes.bounds() == other.notes.bounds();
    if is_named(one) || is_named(other) || !says_same {
        return false;
    }
    match (&one.kind, &other.kind) {
        (TypeKind::Struct(one), TypeKind::Struct(other)) => covers_struct(made, one, other, depth),
        (TypeKind::Enum(one), TypeKind::Enum(other)) => covers_enum(one, other),
        (TypeKind::Alias(one), TypeKind::Alias(other)) => within(made, one, other, depth),
        // The branches of unions are not there yet.
        _ => false,
    }
}

fn covers_struct(made: &Made, one: &Struct, other: &Struct, depth: usize) -> bool {
    covers_members(one, other, |one, other| within(made, one, other, depth))
}

/// Whether an object of the other struct is one of this, where `takes` says it of the types of members.
pub(super) fn covers_members(one: &Struct, other: &Struct, mut takes: impl FnMut(&TypeRef, &TypeRef) -> bool) -> bool {
    let mut covers_member = |one: &Member| {
        let Some(other) = named_alike(other, one) else { return false };
        let is_as_free = (other.required || !one.required) && (one.nullable || !other.nullable);
        let is_same = one.access == other.access && one.deprecated == other.deprecated;
        let says_same = one.notes.bounds() == other.notes.bounds();
        is_as_free && is_same && says_same && takes(&one.ty, &other.ty)
    };
    let covers = one.members.len() == other.members.len() && one.members.iter().all(&mut covers_member);
    covers
        && match (&one.additional, &other.additional) {
            (None, None) => true,
            (Some(one), Some(other)) => one.notes.bounds() == other.notes.bounds() && takes(&one.ty, &other.ty),
            _ => false,
        }
}

fn covers_enum(one: &Enum, other: &Enum) -> bool {
    let facts = |of: &Enum| (of.kind, of.takes_others);
    facts(one) == facts(other) && one.values == other.values && one.names == other.names
}
