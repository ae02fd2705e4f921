//! Branches without names that have the same members, and differ in nothing but the values that some of these list: they are one
//! object, whose members have the values of all. Callers ask for the member, where each branch would be another type of the
//! same members. Where one of these tells branches apart, what the others list may depend on it: then each must be a constant.

use std::collections::BTreeMap;

use super::alike::{covers_members, takes};
use super::object::Object;
use super::{Leaf, Made};
use crate::ir::{Docs, Enum, Origin, TypeDef, TypeId, TypeKind, TypeRef};
use crate::lower::uses::named;

/// What a type is to be with what others have.
#[derive(Debug, Default)]
pub(super) struct Widened {
    /// Enums, each with others whose values it is to have, and what is said of the branch that each stands in.
    enums: Vec<(TypeId, TypeId, Docs)>,
    /// The object that all are, if not all say the same of themselves.
    object: Option<TypeId>,
}

impl Widened {
    /// Gives the types what they are to have.
    pub(super) fn apply(self, made: &mut Made) {
        let mut said: BTreeMap<(TypeId, String), Vec<Docs>> = BTreeMap::new();
        for (id, other, docs) in self.enums {
            let Some(TypeKind::Enum(other)) = made.get(&other).map(|def| def.kind.clone()) else { continue };
            if let ([only], true) = (other.values.as_slice(), docs != Docs::default()) {
                said.entry((id.clone(), only.clone())).or_default().push(docs);
            }
            if let Some(of) = list(made, &id) {
                widen(of, other);
            }
        }
        // What is said of a branch is said of its values, unless others that have them say something else.
        for ((id, value), mut docs) in said {
            docs.dedup();
            if let ([only], Some(of)) = (docs.as_slice(), list(made, &id)) {
                of.words.entry(value).or_insert_with(|| only.clone());
            }
        }
        if let Some(def) = self.object.and_then(|id| made.get_mut(&id)) {
            def.docs = Docs::default();
        }
    }
}

fn list<'a>(made: &'a mut Made, id: &TypeId) -> Option<&'a mut Enum> {
    match &mut made.get_mut(id)?.kind {
        TypeKind::Enum(of) => Some(of),
        _ => None,
    }
}

fn widen(of: &mut Enum, other: Enum) {
    for value in other.values {
        if !of.values.contains(&value) {
            of.values.push(value);
        }
    }
    for (value, name) in other.names {
        of.names.entry(value).or_insert(name);
    }
    for (value, docs) in other.words {
        of.words.entry(value).or_insert(docs);
    }
}

/// The place of the branch that all are, once it is widened; `is_told`, asked where it matters, says whether a member tells some
/// of them apart.
pub(super) fn whole(objects: &[Object<'_>], is_told: &dyn Fn() -> bool, made: &Made) -> Option<(usize, Widened)> {
    if objects.len() < 2 || !objects.iter().all(|object| is_free(object, made)) {
        return None;
    }
    objects.iter().enumerate().find_map(|(at, one)| {
        let mut widened = Widened::default();
        for other in objects {
            // Who must send more in one of them learns that by its type.
            (!other.asks_more_than(one)).then_some(())?;
            widened.take(&one.leaf, &other.leaf, is_told, made)?;
        }
        let said = |object: &Object<'_>| def(&object.leaf, made).map(|def| &def.docs);
        let is_said_of_all = objects.iter().all(|other| said(other) == said(one));
        widened.object = named(&one.leaf.ty).filter(|_| !is_said_of_all).cloned();
        Some((at, widened))
    })
}

impl Widened {
    /// Adds what `one` needs to be `other` as well; `None` if it can't be.
    fn take(&mut self, one: &Leaf<'_>, other: &Leaf<'_>, is_told: &dyn Fn() -> bool, made: &Made) -> Option<()> {
        let (TypeKind::Struct(own), TypeKind::Struct(others)) = (&def(one, made)?.kind, &def(other, made)?.kind) else {
            return None;
        };
        let docs = described(&def(other, made)?.docs);
        let mut found = Vec::new();
        let takes = |one: &TypeRef, other: &TypeRef| match (listed(one, made), listed(other, made)) {
            (Some((id, own)), Some((other, others)))
                if own.kind == others.kind
                    && own.takes_others == others.takes_others
                    && (own.values.len() == 1 && others.values.len() == 1 || !is_told()) =>
            {
                found.push((id.clone(), other.clone(), docs.clone()));
                true
            }
            _ => takes(made, one, other),
        };
        covers_members(own, others, takes).then(|| self.enums.extend(found))
    }
}

/// Whether a branch has no name by which callers would choose it: it is no component, and a title only repeats a value.
fn is_free(object: &Object<'_>, made: &Made) -> bool {
    let Some(def) = def(&object.leaf, made) else { return false };
    let values = object.members.values().filter_map(|fact| fact.values.as_ref()).flatten();
    let title = def.docs.summary.as_deref();
    let is_repeated = title.is_none_or(|title| values.into_iter().any(|value| value.to_string() == title));
    !matches!(def.origin, Origin::Component(_)) && object.leaf.tags.is_none() && is_repeated
}

fn def<'a>(leaf: &Leaf<'_>, made: &'a Made) -> Option<&'a TypeDef> {
    named(&leaf.ty).and_then(|id| made.get(id))
}

/// What is said of a branch but for its title.
fn described(docs: &Docs) -> Docs {
    Docs { summary: None, ..docs.clone() }
}

/// An enum that stands here alone.
fn listed<'a>(ty: &'a TypeRef, made: &'a Made) -> Option<(&'a TypeId, &'a Enum)> {
    let id = named(ty)?;
    let def = made.get(id).filter(|def| !matches!(def.origin, Origin::Component(_)))?;
    match &def.kind {
        TypeKind::Enum(of) => Some((id, of)),
        _ => None,
    }
}
