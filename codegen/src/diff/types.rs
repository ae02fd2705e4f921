//! Types: those that are new or gone, and what has changed in the others.

use std::collections::{BTreeMap, BTreeSet};

use super::aliases::Called;
use super::change::{Change, Kind, Wire};
use super::relation::Relation;
use super::rust::Difference;
use super::settle::{About, Draft, Owner, Places, settle};
use super::{Pair, bounds, enums, members, notes, tuples, unions};
use crate::emit::surface::{Part, Role};
use crate::ir::{Origin, TypeDef, TypeId, TypeKind, TypeRef};

/// What has changed in a type, and what of the old parts is what of the new ones.
#[derive(Default)]
pub(super) struct Found {
    pub(super) drafts: Vec<Draft>,
    pub(super) parts: BTreeMap<Part, Part>,
    /// What has other words.
    pub(super) docs: Vec<String>,
}

pub(super) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let (old, new) = (pair.old.model, pair.new.model);
    let own = super::rust::standing(old, new, pair.matches);
    let [past, now] = [old, new].map(Called::of);
    let of_own = own.iter().flat_map(|(before, after)| changed(pair, before, after, name(new, after), Callers::All));
    let mut changes: Vec<Change> = of_own.collect();
    // Places of one type that have gone apart, or of several that are one now.
    let stands = |model: &'_ crate::model::Model, id: &TypeId| model.facts.same.get(id).unwrap_or(id).clone();
    let all: BTreeSet<_> =
        pair.matches.types.iter().map(|(before, after)| (stands(old, before), stands(new, after))).collect();
    let (had, has): (BTreeSet<_>, BTreeSet<_>) = own.iter().copied().unzip();
    let own: BTreeSet<(&TypeId, &TypeId)> = own.into_iter().collect();
    for (before, after) in &all {
        if !own.contains(&(before, after)) {
            let called = name(old, before);
            let is_called = name(new, after);
            changes.extend(if now.is_alias(&called) {
                changed(pair, before, after, called, Callers::Parts)
            } else if past.is_alias_of(&is_called, &called) {
                changed(pair, before, after, is_called, Callers::PartsByAlias)
            } else {
                changed(pair, before, after, is_called, Callers::Nothing)
            });
        }
    }
    let named = |model: &'_ crate::model::Model, known: &BTreeSet<&TypeId>| {
        let types = model.names.types.keys().filter(|id| !known.contains(id) && !model.facts.same.contains_key(*id));
        types.filter_map(|id| model.api.types.get(id).cloned()).collect::<Vec<TypeDef>>()
    };
    // What is another name of a type now is still there.
    for def in named(old, &had).into_iter().filter(|def| !now.is_alias(&name(old, &def.id))) {
        let differences = wholes(pair.surfaces.types(Some(&def.id), None, &BTreeMap::new()));
        let places = Places::gone(&def.id.0);
        let draft = Draft::new(Kind::TypeRemoved, Wire::None, "the type is gone", About::All, places.clone());
        changes.extend(settle(&owner(name(old, &def.id), places), vec![draft], &differences));
    }
    for def in named(new, &has).into_iter().filter(|def| !past.is_alias(&name(new, &def.id))) {
        let differences = wholes(pair.surfaces.types(None, Some(&def.id), &BTreeMap::new()));
        let places = Places::come(&def.id.0);
        let draft = Draft::new(Kind::TypeAdded, Wire::None, "the type is new", About::All, places.clone());
        changes.extend(settle(&owner(name(new, &def.id), places), vec![draft], &differences));
    }
    changes
}

/// A type that comes or goes does so with all that it has.
fn wholes(mut differences: Vec<Difference>) -> Vec<Difference> {
    differences.retain(|difference| matches!(difference.role, Role::Type | Role::Method(_)));
    differences
}

fn owner(subject: String, places: Places) -> Owner {
    Owner { subject, places, renamed: Kind::TypeRenamed }
}

fn name(model: &crate::model::Model, id: &TypeId) -> String {
    model.names.types.get(id).map_or_else(|| id.0.to_string(), |name| name.ident.clone())
}

/// What callers see of a pair of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Callers {
    /// The two stand for each other in Rust.
    All,
    /// The old one's name is another name of the new one: what it had by that name counts.
    Parts,
    /// The new one's name was another name of the old one: what that had by it counts.
    PartsByAlias,
    /// It is told of other pairs what callers see.
    Nothing,
}

/// What has changed in one type, which is told of `subject`.
fn changed(pair: &Pair<'_>, old: &TypeId, new: &TypeId, subject: String, callers: Callers) -> Vec<Change> {
    let types = pair.old.model.api.types.get(old).zip(pair.new.model.api.types.get(new));
    let Some((before, after)) = types else { return Vec::new() };
    let places = Places::of(&old.0, &new.0);
    let mut found = kinds(pair, before, after, &places);
    // What the notes say is compared below, for types that aren't other names too.
    let TypeDef { id: _, origin: _, kind: _, docs, notes, deprecated } = after;
    if before.deprecated != *deprecated {
        let what = format!("the type is {} deprecated", super::words::now(*deprecated));
        found.drafts.push(Draft::part(Kind::Deprecated, Wire::None, what, Part::Whole, places.clone()));
    }
    if notes::words((&before.docs, &before.notes), (docs, notes)) {
        found.docs.insert(0, "the type".to_owned());
    }
    // How many items a tuple has is told by its items, and bounds of another kind are others.
    let is_same = std::mem::discriminant(&before.kind) == std::mem::discriminant(&after.kind);
    let is_bounded = is_same && !matches!(after.kind, TypeKind::Tuple(_));
    if let (Origin::Component(_), Origin::Component(_), true) = (&before.origin, &after.origin, is_bounded) {
        found.drafts.extend(bounds::of_schema(pair, &old.0, &new.0, "the value", pair.ways(old, new)));
    }
    found.drafts.extend(sent(pair, old, new, &places));
    found.drafts.extend(notes::docs(places.clone(), &found.docs));
    let mut differences = match callers {
        Callers::All | Callers::Parts => pair.surfaces.types(Some(old), Some(new), &found.parts),
        Callers::PartsByAlias => pair.surfaces.types_by_alias(old, new, &found.parts),
        Callers::Nothing => Vec::new(),
    };
    differences.retain(|difference| callers == Callers::All || difference.role != Role::Type);
    settle(&owner(subject, places), found.drafts, &differences)
}

/// A type that is sent now, or no longer: what makes values of it comes or goes.
fn sent(pair: &Pair<'_>, old: &TypeId, new: &TypeId, places: &Places) -> Option<Draft> {
    let was = pair.old.model.facts.in_requests.contains(old);
    let is = pair.new.model.facts.in_requests.contains(new);
    let what = format!("it is {} sent in requests", super::words::now(is));
    (was != is).then(|| Draft::new(Kind::TypeSent, Wire::None, what, About::Sent, places.clone()))
}

fn kinds(pair: &Pair<'_>, old: &TypeDef, new: &TypeDef, places: &Places) -> Found {
    let ways = pair.ways(&old.id, &new.id);
    match (&old.kind, &new.kind) {
        (TypeKind::Struct(before), TypeKind::Struct(after)) => {
            members::changes(pair, (&old.id, before), (&new.id, after), ways)
        }
        (TypeKind::Enum(before), TypeKind::Enum(after)) => enums::changes(before, after, ways, places),
        (TypeKind::Union(before), TypeKind::Union(after)) => unions::changes(pair, before, after, ways),
        (TypeKind::Tuple(before), TypeKind::Tuple(after)) => tuples::changes(pair, before, after, ways),
        (TypeKind::Alias(before), TypeKind::Alias(after)) => {
            let mut found = Found::default();
            if is_other(pair, before, after) {
                let what = format!("it is another name for {}", pair.arrow(before, after));
                let wire = ways.of_relation(pair.relation(before, after));
                found.drafts.push(Draft::part(Kind::AliasType, wire, what, Part::Whole, places.clone()));
            }
            found
        }
        (TypeKind::Struct(_) | TypeKind::Enum(_) | TypeKind::Union(_) | TypeKind::Tuple(_) | TypeKind::Alias(_), _) => {
            let (before, after) = (TypeRef::Named(old.id.clone()), TypeRef::Named(new.id.clone()));
            let relation = apart(pair, &before, &after);
            let what =
                format!("it is {} now, and was {}", what(&new.kind, pair.new.model), what(&old.kind, pair.old.model));
            let draft = Draft::new(Kind::TypeKind, ways.of_relation(relation), what, About::All, places.clone());
            Found { drafts: vec![draft], ..Found::default() }
        }
    }
}

/// How types relate that are paired, and yet of two kinds.
fn apart(pair: &Pair<'_>, old: &TypeRef, new: &TypeRef) -> Relation {
    let none = super::matching::Matches::default();
    super::relation::relation(&pair.old.model.api, old, &pair.new.model.api, new, &none)
}

/// Whether two uses of types are two types to callers: of other values, or of the same ones by another name.
pub(super) fn is_other(pair: &Pair<'_>, old: &TypeRef, new: &TypeRef) -> bool {
    match (old, new) {
        (TypeRef::Named(old), TypeRef::Named(new)) => pair.matches.types.get(old) != Some(&new),
        (TypeRef::List(old), TypeRef::List(new)) | (TypeRef::Map(old), TypeRef::Map(new)) => {
            old.nullable != new.nullable || is_other(pair, &old.ty, &new.ty)
        }
        (TypeRef::Primitive(old), TypeRef::Primitive(new)) => old != new,
        (TypeRef::TextOf(old), TypeRef::TextOf(new)) | (TypeRef::NumberOf(old), TypeRef::NumberOf(new)) => old != new,
        (TypeRef::Any, TypeRef::Any) => false,
        (
            TypeRef::Named(_)
            | TypeRef::List(_)
            | TypeRef::Map(_)
            | TypeRef::Primitive(_)
            | TypeRef::TextOf(_)
            | TypeRef::NumberOf(_)
            | TypeRef::Any,
            _,
        ) => true,
    }
}

fn what(kind: &TypeKind, model: &crate::model::Model) -> String {
    match kind {
        TypeKind::Struct(_) => "an object".to_owned(),
        TypeKind::Enum(_) => "an enum of texts".to_owned(),
        TypeKind::Union(_) => "a union".to_owned(),
        TypeKind::Tuple(tuple) => format!("a list of {} items", tuple.items.len()),
        TypeKind::Alias(ty) => format!("another name for {}", super::words::of_type(ty, model)),
    }
}
