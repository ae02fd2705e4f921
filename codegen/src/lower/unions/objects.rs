//! Branches that are objects: the members of each → what tells it apart.
//!
//! Those that differ in nothing but what some members list may be one (see [`widened`]). Of others, the first of these that
//! tells every branch is taken:
//!
//! 1. the member of a discriminator;
//! 2. a required member that allows other values in each branch;
//! 3. for each branch by itself: a required member whose values no other branch allows, or that no other branch has; where
//!    several have neither, the optional members that no other has. An optional member with a value of its own in each goes
//!    before that: those in which it need not be there are found by trial.
//!    One branch may be left: objects without any of these, as far as all that the others can be without their own members
//!    is a value of it. Several that are left are found by trial, those that ask for more first. So are those that share
//!    values of a discriminator, where it tells others: with another value, an object is none of them.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use super::alike::merged;
use super::object::{Object, is_one_type, rank};
use super::widened::{self, Widened};
use super::{Leaf, Settler, overlap};
use crate::diag::{AMBIGUOUS_UNION, DEFAULT_MAPPING_UNUSED, DISCRIMINATOR_UNUSABLE};
use crate::ir::{Branch, JsonKind, Tag, Told, TypeId};
use crate::lower::causes::Causes;
use crate::pointer::Pointer;

/// The branches with what tells each apart. Where an object that fits none of them is something else (`is_open`), all are
/// found by trial.
pub(super) fn branches<'a>(
    settler: &Settler<'a>,
    id: &TypeId,
    leaves: Vec<Leaf<'a>>,
    is_open: bool,
    widened: &mut Vec<Widened>,
    causes: &mut Causes,
) -> Vec<Branch> {
    let mut objects: Vec<Object<'a>> =
        merged(leaves, settler.made).into_iter().map(|leaf| Object::of(settler, leaf)).collect();
    let is_told = LazyCell::new(|| (0..objects.len()).any(|at| constant(&objects, at).is_some()));
    let whole = if is_open { None } else { widened::whole(&objects, &|| *is_told, settler.made) };
    if let Some((at, wider)) = whole {
        widened.push(wider);
        objects = objects.into_iter().skip(at).take(1).collect();
    }
    let discriminators: BTreeSet<&str> = objects.iter().filter_map(|object| object.discriminator()).collect();
    let by_tag = discriminators.iter().find_map(|member| by_member(&objects, member));
    let told = match (by_tag, objects.as_slice()) {
        (Some(told), _) => told,
        (None, all) if is_open => {
            let others: Vec<&Object<'_>> = all.iter().collect();
            all.iter().map(|object| object.fitting(&others, true)).collect()
        }
        (None, [_]) => vec![Told::Kind(JsonKind::Object)],
        (None, objects) => by_constant(objects).unwrap_or_else(|| one_by_one(objects)),
    };
    let (objects, told) = in_order(objects, told);
    for hidden in hidden(&objects, &told) {
        let message = "values of this branch are values of an earlier one too, and nothing tells which is meant; they are \
                       read as that one";
        causes.decoding(id, hidden, &AMBIGUOUS_UNION, message);
    }
    overlap::remark(settler.spec, id, &objects, &told, causes);
    let instead = match told.iter().any(|told| matches!(told, Told::Fitting { .. })) {
        true => "what other members don't tell apart is tried",
        false => "other members tell them apart",
    };
    for (object, told) in objects.iter().zip(&told) {
        let is_used = is_by_tag(object, Some(told));
        if let Some(tags) = object.leaf.tags.as_ref().filter(|tags| !is_used && !tags.inherited) {
            let message = format!("the discriminator does not have values of its own for each branch; {instead}");
            causes.remark(&tags.place, &DISCRIMINATOR_UNUSABLE, message);
        }
    }
    let told = with_default(&objects, told, is_open, causes);
    objects.into_iter().zip(told).flat_map(|(object, told)| object.branches(told)).collect()
}

/// The same, with the branch that a discriminator names for all objects without a known value of its member.
fn with_default(objects: &[Object<'_>], mut told: Vec<Told>, is_open: bool, causes: &mut Causes) -> Vec<Told> {
    let default =
        objects.iter().position(|object| object.leaf.tags.as_ref().is_some_and(|tags| tags.default.is_some()));
    let Some((object, at)) = default.and_then(|at| Some((objects.get(at)?, at))) else { return told };
    let is_free = !is_open && told.iter().all(|told| matches!(told, Told::Tagged { .. }));
    // One that doesn't have the member itself is written with its value, and which that would be is not known.
    let has_member = object.discriminator().is_some_and(|member| object.members.contains_key(member));
    let place = object.leaf.tags.as_ref().and_then(|tags| tags.default.as_ref());
    match (told.get_mut(at), place) {
        (Some(told), _) if is_free && has_member => *told = Told::Kind(JsonKind::Object),
        (_, Some(place)) => {
            let message = "objects without a known value are kept as they come";
            causes.remark(place, &DEFAULT_MAPPING_UNUSED, message);
        }
        _ => {}
    }
    told
}

/// All by one member, each by its own values.
fn by_member(objects: &[Object<'_>], member: &str) -> Option<Vec<Told>> {
    let mut seen = BTreeSet::new();
    let mut told = Vec::with_capacity(objects.len());
    for object in objects {
        let values = object.constants(member).filter(is_one_type)?;
        if !values.iter().all(|value| seen.insert(value.clone())) {
            return None;
        }
        told.push(tagged(member, values));
    }
    is_one_type(&seen).then_some(told)
}

/// All by a member that each has, the one that tells best of several (see [`rank`]).
fn by_constant(objects: &[Object<'_>]) -> Option<Vec<Told>> {
    let members = objects.first()?.members.keys();
    let told = members.filter_map(|member| Some((member, by_member(objects, member)?)));
    let rank = |member: &str, told: &[Told]| {
        let values = told.iter().flat_map(|told| match told {
            Told::Tagged { values, .. } => values.as_slice(),
            _ => &[],
        });
        rank(member, values)
    };
    told.min_by_key(|(member, told)| (rank(member, told), **member)).map(|(_, told)| told)
}

/// Whether a branch is told by its discriminator.
fn is_by_tag(object: &Object<'_>, told: Option<&Told>) -> bool {
    matches!(told, Some(Told::Tagged { member, .. }) if Some(member.as_str()) == object.discriminator())
}

/// Each by something of its own.
fn one_by_one(objects: &[Object<'_>]) -> Vec<Told> {
    let mut holders: BTreeMap<&str, usize> = BTreeMap::new();
    for member in objects.iter().flat_map(|object| object.members.keys()) {
        *holders.entry(member).or_default() += 1;
    }
    // What may be missing in several, and has a value of its own in each, goes before what else an object has, and is tried
    // with that.
    let several_need_not =
        |tag: &&str| objects.iter().filter(|object| object.constants(tag).is_none()).nth(1).is_some();
    let tag = at_times(&objects.iter().collect::<Vec<_>>()).filter(several_need_not);
    let is_tried = |object: &Object<'_>| tag.is_some_and(|tag| object.constants(tag).is_none());
    let by_constant = |(at, object)| constant(objects, at).filter(|_| !is_tried(object));
    let constants: Vec<Option<Told>> = objects.iter().enumerate().map(by_constant).collect();
    // Where a discriminator tells others apart, those that share a value are tried among themselves.
    let is_used = constants.iter().zip(objects).any(|(told, object)| is_by_tag(object, told.as_ref()));
    let shares = |object: &Object<'_>| is_used && object.tag().is_some();
    let is_own = |member: &str| holders.get(member) == Some(&1);
    let own = |object: &Object<'_>, required: bool| {
        let members = object.members.iter().filter(|(_, fact)| fact.required == required);
        let own = members.map(|(member, _)| *member).filter(|member| is_own(member) && !shares(object));
        own.map(str::to_owned).collect::<Vec<_>>()
    };
    let having = |object| {
        let first = own(object, true).into_iter().next().filter(|_| !is_tried(object))?;
        Some(Told::Having { members: vec![first] })
    };
    let mut told: Vec<Option<Told>> =
        constants.into_iter().zip(objects).map(|(told, object)| told.or_else(|| having(object))).collect();
    let left = |told: &[Option<Told>]| -> Vec<usize> {
        told.iter().enumerate().filter(|(_, told)| told.is_none()).map(|(at, _)| at).collect()
    };
    let unclaimed: Vec<(usize, &Object<'_>)> =
        left(&told).into_iter().filter_map(|at| Some((at, objects.get(at)?))).collect();
    let open: Vec<&Object<'_>> = unclaimed.iter().map(|(_, object)| *object).collect();
    if unclaimed.len() > 1 && at_times(&open).is_none() {
        let unclaimed = unclaimed.into_iter();
        let (with, without): (Vec<_>, Vec<_>) = unclaimed
            .map(|(at, object)| (at, object, own(object, false)))
            .partition(|(_, _, members)| !members.is_empty());
        for (at, object, members) in with {
            // Without its members it is read as the one that is left.
            let is_sound = match without.as_slice() {
                [(_, rest, _)] => rest.takes(object, &members),
                _ => true,
            };
            if let Some(told) = told.get_mut(at).filter(|_| is_sound) {
                *told = Some(Told::Having { members });
            }
        }
    }
    let tried: Vec<&Object<'_>> = left(&told).into_iter().filter_map(|at| objects.get(at)).collect();
    let last = |object: &Object<'_>| match tried.as_slice() {
        [_] if !shares(object) => Told::Kind(JsonKind::Object),
        tried => object.fitting(tried, false),
    };
    told.into_iter().zip(objects).map(|(told, object)| told.unwrap_or_else(|| last(object))).collect()
}

/// A member with a value of its own in each: it says which one an object is, if it is there. (A constant with a default need
/// not be required, and is written all the same: so it is with Pydantic's.)
fn at_times<'a>(objects: &[&Object<'a>]) -> Option<&'a str> {
    let tag = |member: &str, object: &Object<'_>| {
        let values = object.members.get(member)?.values.as_ref()?;
        values.first().filter(|_| values.len() == 1).cloned()
    };
    let tells = |member: &&str| {
        let mut seen = BTreeSet::new();
        objects.iter().all(|object| tag(member, object).is_some_and(|tag| seen.insert(tag)))
    };
    objects.first()?.members.keys().copied().find(tells)
}

/// The branches in the order in which they are tried: one that others take all values of comes before these where it asks for
/// more, for among equals the first is read.
fn in_order<'a>(objects: Vec<Object<'a>>, told: Vec<Told>) -> (Vec<Object<'a>>, Vec<Told>) {
    let mut ordered: Vec<(Object<'a>, Told)> = Vec::with_capacity(objects.len());
    for (object, told) in objects.into_iter().zip(told) {
        let is_tried = |told: &Told| matches!(told, Told::Fitting { .. });
        let is_wider = |(known, by): &(Object<'a>, Told)| {
            is_tried(by) && known.has_all_of(&object) && object.asks_more_than(known)
        };
        let before = ordered.iter().position(is_wider).filter(|_| is_tried(&told));
        ordered.insert(before.unwrap_or(ordered.len()), (object, told));
    }
    ordered.into_iter().unzip()
}

/// Where the branches stand that are found by trial and never are, for each of their values is one of an earlier branch.
fn hidden<'a>(objects: &'a [Object<'_>], told: &[Told]) -> Vec<&'a Pointer> {
    let tried = objects.iter().zip(told).filter(|(_, told)| matches!(told, Told::Fitting { .. }));
    let tried: Vec<(&Object<'_>, &Told)> = tried.collect();
    let is_hidden = |(at, (object, told)): &(usize, &(&Object<'a>, &Told))| {
        tried.iter().take(*at).any(|(earlier, first)| first == told && earlier.has_all_of(object))
    };
    tried.iter().enumerate().filter(is_hidden).map(|(_, (object, _))| &object.leaf.pointer).collect()
}

/// What the branch at `at` must say in a member, and no other can.
fn constant(objects: &[Object<'_>], at: usize) -> Option<Told> {
    let object = objects.get(at)?;
    let is_apart = |other: &Object<'_>, member: &str, values: &BTreeSet<Tag>| match other.constants(member) {
        Some(theirs) => theirs.is_disjoint(values),
        None => other.members.get(member).is_none_or(|fact| fact.is_apart(values)),
    };
    let told = |member: &str| {
        let values = object.constants(member).filter(is_one_type)?;
        let mut others = objects.iter().enumerate().filter(|(other, _)| *other != at);
        others.all(|(_, other)| is_apart(other, member, &values)).then_some(values)
    };
    // What the discriminator says first: the branch itself may not know it.
    let by_tag = object.discriminator().and_then(|member| Some((member, told(member)?)));
    let by_member = || {
        let members = object.members.keys().filter_map(|member| Some((*member, told(member)?)));
        members.min_by_key(|(_, values)| (values.iter().any(Tag::is_sentence), values.len() > 1))
    };
    by_tag.or_else(by_member).map(|(member, values)| tagged(member, values))
}

fn tagged(member: &str, values: BTreeSet<Tag>) -> Told {
    Told::Tagged { member: member.to_owned(), values: values.into_iter().collect() }
}
