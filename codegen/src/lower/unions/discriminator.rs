//! `discriminator` (OpenAPI 3.0.3, section 4.7.25; 3.1.1, section 4.8.25): which values of its member stand for which branch.
//!
//! It is the union's own, or else that of a schema that all of its objects build on. A branch has the values that `mapping`
//! gives it, by the name of a component or by a reference; without any, those that its own schema allows; without those, the
//! value that it has in an extension, or the name of its component.

use std::collections::BTreeMap;

use super::{Candidate, Leaf};
use crate::diag::{DEFAULT_MAPPING_UNUSED, MAPPING_TO_NO_BRANCH};
use crate::ir::{Branch, JsonKind, Tag, Told, TypeId};
use crate::load::tree::Node;
use crate::lower::causes::Causes;
use crate::normalize::{CHAIN, Discriminator, Mapped, Spec, Stands, own_value};
use crate::pointer::Pointer;

/// What a discriminator says of a branch.
#[derive(Clone, Debug)]
pub(super) struct Tags {
    /// The discriminator.
    pub(super) place: Pointer,
    /// Whether a schema has it that the branches build on, which knows nothing of the union.
    pub(super) inherited: bool,
    /// The wire name of the member.
    pub(super) member: String,
    /// The values that the mapping gives the branch, and where it says so.
    pub(super) mapped: BTreeMap<String, Pointer>,
    /// Where it is said that the branch is that of objects whose value is missing or unknown, if it is.
    pub(super) default: Option<Pointer>,
    /// The value that the branch stands for by itself, or the name of its component.
    pub(super) implied: Option<String>,
    /// Whether that name is a value of the branch even if others are mapped: where there is a default, all else is that.
    pub(super) named: bool,
}

/// A value of a discriminator's `mapping` that stands for no branch.
#[derive(Debug)]
pub(super) struct Stray {
    /// Where it is said.
    place: Pointer,
    /// The wire name of the member.
    member: String,
    value: String,
    /// What it is said to stand for.
    target: String,
}

impl Stray {
    /// Says what becomes of objects with the value, where these are the union's branches.
    pub(super) fn remark(&self, branches: &[Branch], causes: &mut Causes) {
        let Self { place, member, value, target } = self;
        let has_value = |tags: &[Tag]| tags.iter().any(|tag| tag.to_string() == *value);
        let is_claimed = |branch: &Branch| match &branch.told {
            Told::Tagged { member: by, values } | Told::Fitting { listed: Some((by, values)), .. } => {
                by == member && has_value(values)
            }
            _ => false,
        };
        let is_told_otherwise = |branch: &Branch| {
            branch.told.kind() == JsonKind::Object
                && !matches!(&branch.told, Told::Tagged { member: by, .. } if by == member)
        };
        let goes = if branches.iter().any(is_claimed) {
            format!("`{value}` is a value that another branch allows, and read as that one")
        } else if branches.iter().any(is_told_otherwise) {
            format!("an object with `{value}` is told by its other members")
        } else {
            format!("`{value}` is kept as it comes")
        };
        causes.remark(place, &MAPPING_TO_NO_BRANCH, format!("`{target}` is no branch of this union; {goes}"));
    }
}

/// Adds what a discriminator says of each of the `leaves` of a union: its own one, or else the one that they inherit. What is
/// said already, by a union in between, stays, but for values that are mapped here. Those that lead to no branch are given.
pub(super) fn tag(
    spec: &Spec,
    union: &TypeId,
    candidates: &[Candidate],
    leaves: &mut [Leaf<'_>],
    causes: &mut Causes,
) -> Vec<Stray> {
    let own = discriminator(spec, &union.0);
    let inherited = own.is_none();
    let Some((home, discriminator)) = own.or_else(|| shared(spec, leaves)) else { return Vec::new() };
    let at = home.child("discriminator");
    let fresh = |leaf: &Leaf<'_>| Tags {
        place: at.clone(),
        inherited,
        member: discriminator.member.to_owned(),
        mapped: BTreeMap::new(),
        default: None,
        implied: leaf.places.iter().find_map(|place| implied(spec, place)),
        named: false,
    };
    for leaf in leaves.iter_mut().filter(|leaf| leaf.tags.is_none() && (inherited || leaf.union == union)) {
        leaf.tags = Some(fresh(leaf));
    }
    // What is mapped may be a branch of a union in between.
    let mut say = |target: Mapped<'_>, tell: &dyn Fn(&mut Tags)| {
        let is_of_this = |leaf: &Leaf<'_>| leaf.tags.as_ref().is_none_or(|tags| tags.member == discriminator.member);
        let mut way = way(spec, target);
        let at = way.find_map(|place| leaves.iter().position(|leaf| leaf.places.contains(place) && is_of_this(leaf)));
        let Some(leaf) = at.and_then(|at| leaves.get_mut(at)) else { return false };
        let mut tags = leaf.tags.take().unwrap_or_else(|| fresh(leaf));
        tell(&mut tags);
        leaf.tags = Some(tags);
        true
    };
    // A schema that others build on names them all, whichever of them a union lists; and what is said of a branch that is a
    // union itself is for no single one of its branches.
    let is_known = |target: Mapped<'_>| {
        let mut way = way(spec, target);
        inherited || way.any(|place| candidates.iter().any(|candidate| candidate.places.contains(place)))
    };
    let written = |place: &Pointer, target: Mapped<'_>| {
        spec.node(place).and_then(Node::as_text).map_or_else(|| target.to_string(), str::to_owned)
    };
    let mapping = at.child("mapping");
    let mut strays = Vec::new();
    for (value, target) in discriminator.mapping() {
        let place = mapping.child(value);
        let map = |tags: &mut Tags| drop(tags.mapped.insert(value.to_owned(), place.clone()));
        if !say(target, &map) && !is_known(target) {
            let (member, value, target) = (discriminator.member.to_owned(), value.to_owned(), written(&place, target));
            strays.push(Stray { place, member, value, target });
        }
    }
    let default = at.child("defaultMapping");
    if let Some(target) = discriminator.default
        && !say(target, &|tags| tags.default = Some(default.clone()))
        && !is_known(target)
    {
        let target = written(&default, target);
        causes.remark(&default, &DEFAULT_MAPPING_UNUSED, format!("`{target}` is no branch of this union"));
    }
    if discriminator.default.is_some() {
        let is_mapped = |name: &str| discriminator.mapping().any(|(value, _)| value == name);
        let tags = leaves.iter_mut().filter_map(|leaf| leaf.tags.as_mut()).filter(|tags| tags.place == at);
        tags.for_each(|tags| tags.named = tags.implied.as_deref().is_some_and(|name| !is_mapped(name)));
    }
    strays
}

/// The value that the schema at `place` stands for by itself: what it says, or else the name of the component.
fn implied(spec: &Spec, place: &Pointer) -> Option<String> {
    own_value(place, |place| spec.node(place)).map(str::to_owned).or_else(|| spec.component_name(place))
}

/// The place that a mapping names, and where references from there lead.
fn way<'a>(spec: &'a Spec, target: Mapped<'a>) -> impl Iterator<Item = &'a Pointer> {
    let first = match target {
        Mapped::Schema(place) => Some(place),
        Mapped::Nothing(_) => None,
    };
    let onward = |place: &&Pointer| match spec.schema(place)? {
        Stands::At(onward) => Some(onward),
        Stands::Here(_) => None,
    };
    std::iter::successors(first, onward).take(CHAIN)
}

/// The discriminator that the schema at `place` has, with that place.
fn discriminator<'a>(spec: &'a Spec, place: &Pointer) -> Option<(Pointer, Discriminator<'a>)> {
    let Stands::Here(schema) = spec.schema(place)? else { return None };
    Some((place.clone(), schema.discriminator()?))
}

/// The discriminator of the schema that all of several objects among the leaves build on: of more than one, the nearest, which
/// builds on most of the others.
fn shared<'a>(spec: &'a Spec, leaves: &[Leaf<'_>]) -> Option<(Pointer, Discriminator<'a>)> {
    let objects = || leaves.iter().filter(|leaf| leaf.form.kind() == Some(JsonKind::Object));
    objects().nth(1)?;
    let builds_on = |leaf: &Leaf<'_>, base: &Pointer| {
        leaf.places.iter().any(|place| place == base || spec.bases(place).any(|known| known == base))
    };
    let bases = objects().next()?.places.iter().flat_map(|place| spec.bases(place));
    let common = bases.filter(|base| objects().all(|leaf| builds_on(leaf, base)));
    discriminator(spec, common.max_by_key(|base| spec.bases(base).count())?)
}
