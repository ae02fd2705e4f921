//! The names that a lock holds: what was named in an earlier run keeps its name, and a newcomer gets another.
//!
//! Things are known by keys that look like pointers and hold no place in a list, so that a newcomer before others doesn't
//! take their entries: parameters by place and name, branches of a union by what tells them apart. Only what nothing else
//! tells apart is known by its place.

mod entries;
mod extracted;
mod hold;
mod keys;
mod moved;
mod standing;

use std::collections::{BTreeMap, BTreeSet};

use super::Names;
use crate::analyze::Facts;
use crate::ir::Api;
use crate::pointer::Pointer;
use entries::entries;
use extracted::extracted;
pub(super) use hold::hold;
pub(super) use standing::precedence;

/// What kind of thing has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    /// A type.
    Type,
    /// What gathers the required members of a type.
    Required,
    /// A member, a variant, a parameter or a security scheme.
    Member,
    /// The method of an operation.
    Operation,
    /// The request of an operation.
    Request,
    /// The type of a resource.
    Resource,
    /// The method that leads to a resource.
    Accessor,
    /// No name: the shape of a component, by which it is known again when it is renamed in the description.
    Shape,
    /// No name: whether each resource has a feature, where the size of the API says otherwise.
    Features,
    /// The name of a type of several places, where another than the first of them stands for all.
    Stands,
}

impl Named {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Type,
        Self::Required,
        Self::Member,
        Self::Operation,
        Self::Request,
        Self::Resource,
        Self::Accessor,
        Self::Shape,
        Self::Features,
        Self::Stands,
    ];

    /// The word that a lock has for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Required => "required",
            Self::Member => "member",
            Self::Operation => "operation",
            Self::Request => "request",
            Self::Resource => "resource",
            Self::Accessor => "accessor",
            Self::Shape => "shape",
            Self::Features => "features",
            Self::Stands => "stands",
        }
    }
}

/// What a lock says of features.
const EACH: &str = "each";
const NONE: &str = "none";

/// From more operations than this on, a crate is large.
const LARGE: usize = 100;

/// Whether each resource has a feature where nobody says so.
pub fn has_features(operations: usize, resources: usize) -> bool {
    operations > LARGE && resources > 1
}

/// Names by what has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock(pub BTreeMap<(Named, Pointer), String>);

impl Lock {
    /// All names of an API. A key that two things have is left out.
    pub fn of(api: &Api, facts: &Facts, names: &Names) -> Self {
        let mut entries = entries(api, facts, names);
        entries.sort_unstable();
        let alone = entries.chunk_by(|(one, _), (other, _)| one == other);
        let alone: Vec<bool> = alone.flat_map(|same| std::iter::repeat_n(same.len() == 1, same.len())).collect();
        Self(entries.into_iter().zip(alone).filter_map(|(entry, alone)| alone.then_some(entry)).collect())
    }

    /// What is called otherwise in `natural` than here, with the name there; what only one has doesn't count.
    pub fn kept<'a>(&'a self, natural: &'a Self) -> Vec<Kept<'a>> {
        let both = self.0.iter().filter_map(|(key, name)| Some((key, name, natural.0.get(key)?)));
        let kept = both
            .filter(|((named, _), name, natural)| !matches!(named, Named::Shape | Named::Stands) && name != natural);
        kept.map(|((named, key), name, natural)| Kept { named: *named, key, name, natural }).collect()
    }

    /// Names that nothing has `now`, each with a new component that can be called by it: one that a component was renamed to,
    /// or one that was made of what had a name after its place.
    pub fn offered<'a>(&'a self, api: &Api, now: &Self) -> Vec<Offered<'a>> {
        let renamed = self.renamed(now).into_iter().map(|(name, place)| Offered { name, place, was_renamed: true });
        let mut all: Vec<Offered<'a>> = renamed.collect();
        let extracted = extracted(api, self, now).into_iter();
        let is_known = |place: &Pointer| all.iter().any(|offered| offered.place == *place);
        let others: Vec<_> = extracted.filter(|(_, place)| !is_known(place)).collect();
        all.extend(others.into_iter().map(|(name, place)| Offered { name, place, was_renamed: false }));
        let types = now.0.iter().filter(|((named, _), _)| *named == Named::Type);
        let taken: BTreeSet<&str> = types.map(|(_, name)| name.as_str()).collect();
        all.retain(|offered| !taken.contains(offered.name));
        all
    }

    /// Components that are here and not in `now`, each with the one that is in `now` alone and has its shape: the old one's
    /// name, and the new one's place. Where several have one shape, there is nothing to tell.
    fn renamed<'a>(&'a self, now: &Self) -> Vec<(&'a str, Pointer)> {
        let gone = shapes(self, now);
        let come = shapes(now, self);
        let pairs = gone.into_iter().filter_map(|(shape, gone)| match (gone.as_slice(), come.get(shape)?.as_slice()) {
            ([old], [new]) => Some((self.get(Named::Type, (*old).clone())?.as_str(), Pointer::clone(new))),
            _ => None,
        });
        pairs.collect()
    }

    /// Whether each resource has a feature in the crate that this is of; `None` without a crate.
    pub fn features(&self) -> Option<bool> {
        if let Some(said) = self.get(Named::Features, Pointer::root()) {
            return Some(said == EACH);
        }
        let of = |kind: Named| self.0.keys().filter(move |(named, _)| *named == kind).map(|(_, key)| key);
        let above = Pointer::root().child("resources");
        let is_on_client = |key: &&Pointer| key.last().is_some_and(|last| above.child(&last) == **key);
        let (operations, resources) = (of(Named::Operation).count(), of(Named::Accessor).filter(is_on_client).count());
        (operations > 0).then(|| has_features(operations, resources))
    }

    /// Takes down what holds for the resources, where the size of the API says otherwise.
    pub fn hold_features(&mut self, each: bool) {
        self.0.insert((Named::Features, Pointer::root()), if each { EACH } else { NONE }.to_owned());
    }

    fn get(&self, named: Named, key: Pointer) -> Option<&String> {
        self.0.get(&(named, key))
    }
}

/// A name that a new component can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered<'a> {
    /// The name, which nothing else has.
    pub name: &'a str,
    /// Where the component stands.
    pub place: Pointer,
    /// Whether a component of the same shape had the name; otherwise what stood where this one stands now.
    pub was_renamed: bool,
}

/// A name that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept<'a> {
    /// What it names.
    pub named: Named,
    /// Where that stands.
    pub key: &'a Pointer,
    /// The name.
    pub name: &'a str,
    /// The name that it would get.
    pub natural: &'a str,
}

/// The components that only `lock` has, by their shapes.
fn shapes<'a>(lock: &'a Lock, other: &Lock) -> BTreeMap<&'a str, Vec<&'a Pointer>> {
    let mut shapes: BTreeMap<&str, Vec<&Pointer>> = BTreeMap::new();
    for ((named, key), shape) in &lock.0 {
        if *named == Named::Shape && !other.0.contains_key(&(*named, key.clone())) {
            shapes.entry(shape).or_default().push(key);
        }
    }
    shapes
}
