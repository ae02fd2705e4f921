//! Branches of one JSON type that is no object: several become one that holds them all, but for lists of different things.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::alike;
use super::{Form, Leaf, Made};
use crate::ir::{Branch, Docs, Either, Enum, Items, JsonKind, Noted, Notes, Origin, Primitive, Told, TypeId, TypeRef};
use crate::lower::uses::named;
use crate::normalize::Spec;

/// What the branches of a union list.
pub(super) struct Listed {
    pub(super) of: Enum,
    /// What is said of the values of branches, where nothing is said of them one by one.
    pub(super) docs: Docs,
    pub(super) notes: Noted,
    /// The branches that list values, where they list the same ones: types that nothing else needs.
    pub(super) stands_for: Vec<TypeId>,
}

/// A `union` of nothing but enums of one kind, or of enums and values without a format that they have room for: an enum may
/// always grow. What is said of an enum with one value is said of that. `None` for any other union, and where one of the enums
/// has all the values and stands elsewhere, which is then the type.
pub(super) fn listed(union: &TypeId, leaves: &[Leaf<'_>], made: &Made) -> Option<Listed> {
    let kind = leaves.first()?.form.kind()?;
    let mut values = Vec::new();
    let mut enums = BTreeSet::new();
    let (mut names, mut words) = (BTreeMap::new(), BTreeMap::new());
    let (mut here, mut elsewhere) = (Vec::new(), false);
    let mut takes_others = false;
    for leaf in leaves {
        match leaf.form {
            Form::Enum(of) if of.kind == kind => {
                values.extend(of.values.iter().cloned());
                takes_others |= of.takes_others;
                enums.insert(&of.values);
                names.extend(of.names.iter().map(|(value, name)| (value.clone(), name.clone())));
                let id = named(&leaf.ty)?;
                if let ([only], Some(def)) = (of.values.as_slice(), made.get(id)) {
                    words.entry(only.clone()).or_insert_with(|| def.docs.clone());
                    // A number says nothing, and the title of its schema what it stands for.
                    if let (JsonKind::Integer, Some(title)) = (kind, &def.docs.summary) {
                        names.entry(only.clone()).or_insert_with(|| title.clone());
                    }
                }
                match leaf.union == union && id.0 == leaf.pointer {
                    true => here.push(id.clone()),
                    false => elsewhere = true,
                }
            }
            Form::Primitive(Primitive::String) if kind == JsonKind::String => takes_others = true,
            Form::Primitive(Primitive::I64) if kind == JsonKind::Integer => takes_others = true,
            _ => return None,
        }
    }
    let stands_for = match enums.len() {
        0 => return None,
        1 if elsewhere => return None,
        1 => here,
        _ => Vec::new(),
    };
    let (docs, notes) = said_of_listed(leaves, made);
    let mut seen = BTreeSet::new();
    values.retain(|value| seen.insert(value.clone()));
    words.retain(|_, docs| *docs != Docs::default());
    Some(Listed { of: Enum { kind, values, takes_others, names, words }, docs, notes, stands_for })
}

/// What is said of the values of an enum by the branches that don't list a single one.
fn said_of_listed(leaves: &[Leaf<'_>], made: &Made) -> (Docs, Noted) {
    let nothing = || Either { docs: Docs::default(), notes: Notes::default() };
    let is_said =
        |leaf: &&Leaf<'_>| matches!(leaf.form, Form::Enum(_)) || leaf.said.iter().any(|said| **said != nothing());
    let all =
        leaves.iter().filter(is_said).flat_map(|leaf| match (leaf.form, named(&leaf.ty).and_then(|id| made.get(id))) {
            (Form::Enum(of), Some(def)) if of.values.len() > 1 => {
                let notes = Notes { deprecated: def.deprecated, ..Notes::default() };
                vec![Either { docs: Docs { summary: None, ..def.docs.clone() }, notes }]
            }
            (Form::Enum(_), _) => vec![nothing()],
            _ => leaf.said.iter().map(|said| Either::clone(said)).collect(),
        });
    said(&all.collect::<Vec<_>>())
}

/// Branches that are lists, each type once: found by trial where there are several, or where what fits none of them is
/// something else (`is_open`).
pub(super) fn lists(leaves: Vec<Leaf<'_>>, is_open: bool, made: &Made) -> Vec<Branch> {
    let mut lists: Vec<Leaf<'_>> = Vec::new();
    for leaf in leaves {
        match lists.iter_mut().find(|list| alike(made, &list.ty, &leaf.ty)) {
            Some(list) => list.said.extend(leaf.said),
            None => lists.push(leaf),
        }
    }
    let branches = lists.into_iter().map(|Leaf { pointer, ty, said, .. }| {
        let (docs, notes) = self::said(said.iter().map(AsRef::as_ref));
        Branch { pointer, told: Told::Kind(JsonKind::List), ty, docs, notes }
    });
    let mut branches: Vec<Branch> = branches.collect();
    if branches.len() > 1 || is_open {
        for branch in &mut branches {
            branch.told = Told::Fitting { kind: JsonKind::List, listed: None, whole: false };
        }
    }
    branches
}

/// What is said of a branch that is several of the description's, of each of which this is said.
pub(in crate::lower) fn said<'a>(all: impl IntoIterator<Item = &'a Either>) -> (Docs, Noted) {
    let mut each: Vec<&Either> = Vec::new();
    for said in all {
        if !each.contains(&said) {
            each.push(said);
        }
    }
    if let [Either { docs, notes }] = each.as_slice() {
        return (docs.clone(), notes.clone().into());
    }
    let count = each.len();
    each.retain(|said| said.docs != Docs::default() || said.notes != Notes::default());
    let or_another = !each.is_empty() && each.len() < count;
    let either = each.into_iter().cloned().collect();
    (Docs::default(), Notes { either, or_another, ..Notes::default() }.into())
}

/// What is said of a leaf in a branch of this type, with the format of a text that would have chosen another one.
pub(super) fn said_of(leaf: &Leaf<'_>, ty: &TypeRef, spec: &Spec) -> Vec<Either> {
    let format = || {
        let mut written = leaf.places.iter().filter_map(|place| spec.node(place)?.get("format")?.as_text());
        written.next().map(str::to_owned)
    };
    let is_text = matches!(leaf.form, Form::Primitive(primitive) if primitive.is_text());
    let is_lost = is_text && leaf.ty != *ty;
    let mut said: Vec<Either> = leaf.said.iter().map(|said| Either::clone(said)).collect();
    for either in said.iter_mut().filter(|either| is_lost && either.notes.format.is_none()) {
        either.notes.format = format();
    }
    said
}

/// The one type of branches that are all of one kind.
pub(super) fn merged(kind: JsonKind, leaves: &[Leaf<'_>], made: &Made) -> TypeRef {
    if let Some(only) = same(leaves.iter()) {
        return only.clone();
    }
    // What is not to be shown stays so, and an enum keeps values that it doesn't list.
    let secret = |leaf: &&Leaf<'_>| matches!(leaf.form, Form::Primitive(Primitive::Password));
    if let Some(secret) = leaves.iter().find(secret) {
        return secret.ty.clone();
    }
    let is_enum = |leaf: &&Leaf<'_>| matches!(leaf.form, Form::Enum(_));
    if let Some(only_enum) = same(leaves.iter().filter(is_enum))
        && !is_named_value(leaves, made)
    {
        return only_enum.clone();
    }
    match kind {
        JsonKind::String => TypeRef::Primitive(Primitive::String),
        JsonKind::Integer => {
            let is_unsigned = |leaf: &Leaf<'_>| {
                matches!(leaf.form, Form::Primitive(Primitive::U8 | Primitive::U16 | Primitive::U32 | Primitive::U64))
            };
            let widest = if leaves.iter().all(is_unsigned) { Primitive::U64 } else { Primitive::I64 };
            TypeRef::Primitive(widest)
        }
        JsonKind::Number => TypeRef::Primitive(Primitive::F64),
        JsonKind::Boolean => TypeRef::Primitive(Primitive::Boolean),
        JsonKind::List => TypeRef::List(anything()),
        JsonKind::Object => TypeRef::Map(anything()),
    }
}

/// Whether all that is listed is a single value that is a component, beside values that are anything: the name of that component
/// says nothing of the others.
fn is_named_value(leaves: &[Leaf<'_>], made: &Made) -> bool {
    let is_component = |leaf: &Leaf<'_>| {
        named(&leaf.ty).and_then(|id| made.get(id)).is_some_and(|def| matches!(def.origin, Origin::Component(_)))
    };
    leaves.iter().any(|leaf| matches!(leaf.form, Form::Primitive(Primitive::String | Primitive::I64)))
        && leaves.iter().all(|leaf| match leaf.form {
            Form::Enum(of) => of.values.len() == 1 && is_component(leaf),
            _ => true,
        })
}

/// The type of all leaves, if they have one.
fn same<'a>(mut leaves: impl Iterator<Item = &'a Leaf<'a>>) -> Option<&'a TypeRef> {
    let first = &leaves.next()?.ty;
    leaves.all(|leaf| leaf.ty == *first).then_some(first)
}

fn anything() -> Box<Items> {
    Box::new(Items { ty: TypeRef::Any, nullable: false })
}
