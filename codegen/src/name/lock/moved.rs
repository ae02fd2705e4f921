//! Branches of unions that nothing but their place told apart, or something else than now → where the lock has them: by their
//! members, for branches may have come and gone before them.
//!
//! Where all branches have the members that the lock has at their places, nothing has moved. Else each is the one of the
//! lock's that has just its members, or most of them; where two could be one, neither is, and both get the names of
//! newcomers.

use std::collections::{BTreeMap, BTreeSet};

use super::{Lock, Named};
use crate::ir::{Api, Origin, Part, TypeId, TypeKind, TypeRef, Union};
use crate::pointer::Pointer;

/// From the keys of branches to those that the lock has them by; to nothing where it has none. What isn't in it is where it
/// was.
#[derive(Debug, Default)]
pub(super) struct Moved(BTreeMap<Pointer, Option<Pointer>>);

/// A branch, and the names of its members.
#[derive(Clone, Debug)]
struct Known {
    key: Pointer,
    members: BTreeSet<String>,
}

impl Moved {
    /// What has moved of the branches with these keys.
    pub(super) fn of(api: &Api, keys: &BTreeMap<&TypeId, Pointer>, lock: &Lock) -> Self {
        let held = Held::of(lock);
        let mut moved = Self::default();
        let unions = keys.iter().filter_map(|(id, key)| match &api.types.get(*id)?.kind {
            TypeKind::Union(of) => Some((key, of)),
            _ => None,
        });
        let mut unions: Vec<(&Pointer, &Union)> = unions.collect();
        // Those around others first, for what is inside has moved with them.
        unions.sort_by_key(|(key, _)| (key.tokens().count(), *key));
        for (key, of) in unions {
            moved.add(key, &branches(api, of, keys), &held);
        }
        moved
    }

    /// The key that the lock has for what has this one now; `None` where it has none.
    pub(super) fn before(&self, key: &Pointer) -> Option<Pointer> {
        let around = self.0.iter().filter(|(moved, _)| key.is_within(moved));
        let Some((moved, before)) = around.max_by_key(|(moved, _)| moved.as_str().len()) else {
            return Some(key.clone());
        };
        let rest = key.as_str().strip_prefix(moved.as_str())?;
        Pointer::from_canonical(&format!("{}{rest}", before.as_ref()?.as_str()))
    }

    /// Adds what has moved of the branches of the union that is known by `key`.
    fn add(&mut self, key: &Pointer, branches: &[Known], held: &Held) {
        let told = key.child("branch");
        let is_told = |branch: &&Known| branch.key.is_within(&told);
        let is_held =
            |branch: &&Known| self.before(&branch.key).is_some_and(|before| held.members.contains_key(&before));
        // What tells a branch apart as it did is the branch.
        let (settled, open): (Vec<&Known>, Vec<&Known>) =
            branches.iter().partition(|branch| is_told(branch) && is_held(branch));
        let lists: BTreeSet<Pointer> = open.iter().filter_map(|branch| branch.key.parent()).chain([told]).collect();
        let settled: BTreeSet<Pointer> = settled.iter().filter_map(|branch| self.before(&branch.key)).collect();
        let lists = lists.iter().filter_map(|list| self.before(list)).collect::<BTreeSet<_>>();
        let old: Vec<Known> = lists.iter().flat_map(|list| held.below(list)).collect();
        let old: Vec<Known> = old.into_iter().filter(|old| !settled.contains(&old.key)).collect();
        let is_same = |branch: &&Known| {
            let before = self.before(&branch.key);
            old.iter().any(|old| Some(&old.key) == before.as_ref() && old.members == branch.members)
        };
        if old.len() == open.len() && open.iter().all(is_same) {
            return;
        }
        let found = matched(&open, &old);
        for branch in open {
            self.0.insert(branch.key.clone(), found.get(&branch.key).cloned());
        }
    }
}

/// The branches of a union that have no names of their own.
fn branches(api: &Api, of: &Union, keys: &BTreeMap<&TypeId, Pointer>) -> Vec<Known> {
    let known = of.branches.iter().filter_map(|branch| {
        let TypeRef::Named(id) = &branch.ty else { return None };
        let def = api.types.get(id)?;
        let TypeKind::Struct(object) = &def.kind else { return None };
        let is_own = matches!(def.origin, Origin::Part { part: Part::Branch(_), .. });
        let members = object.members.iter().map(|member| member.wire.clone()).collect();
        is_own.then_some(Known { key: keys.get(id)?.clone(), members })
    });
    known.collect()
}

/// The branches that a lock has, with the names of their members.
#[derive(Debug, Default)]
struct Held {
    members: BTreeMap<Pointer, BTreeSet<String>>,
    lists: BTreeMap<Pointer, BTreeSet<Pointer>>,
}

impl Held {
    fn of(lock: &Lock) -> Self {
        let mut held = Self::default();
        for key in lock.0.keys().filter(|(named, _)| *named == Named::Member).map(|(_, key)| key) {
            let Some((branch, list)) = key
                .parent()
                .filter(|parent| parent.as_str().ends_with("/properties"))
                .and_then(|members| members.parent())
                .and_then(|branch| Some((branch.clone(), branch.parent()?)))
            else {
                continue;
            };
            if ["/branch", "/oneOf", "/anyOf"].iter().any(|end| list.as_str().ends_with(end)) {
                held.members.entry(branch.clone()).or_default().extend(key.last());
                held.lists.entry(list).or_default().insert(branch);
            }
        }
        held
    }

    /// The branches in a list.
    fn below(&self, list: &Pointer) -> Vec<Known> {
        let keys = self.lists.get(list).into_iter().flatten();
        let known = keys.filter_map(|key| Some(Known { key: key.clone(), members: self.members.get(key)?.clone() }));
        known.collect()
    }
}

/// Which of the lock's branches each is: those that are the most alike first.
fn matched(now: &[&Known], old: &[Known]) -> BTreeMap<Pointer, Pointer> {
    let pairs = now.iter().flat_map(|now| old.iter().filter_map(|old| Some((alike(now, old)?, &now.key, &old.key))));
    let mut pairs: Vec<(u64, &Pointer, &Pointer)> = pairs.collect();
    let mut found = BTreeMap::new();
    while let Some(best) = pairs.iter().map(|(alike, ..)| *alike).max() {
        let all: Vec<(u64, &Pointer, &Pointer)> = pairs.iter().filter(|(alike, ..)| *alike == best).copied().collect();
        for (_, now, old) in &all {
            let is_other = |(_, other, another): &&(u64, &Pointer, &Pointer)| other == now || another == old;
            if all.iter().filter(is_other).count() == 1 {
                found.insert(Pointer::clone(now), Pointer::clone(old));
            }
        }
        pairs.retain(|(_, now, old)| all.iter().all(|(_, other, another)| other != now && another != old));
    }
    found
}

/// How many of all members both have, in thousandths; `None` where that is less than half of them.
fn alike(one: &Known, other: &Known) -> Option<u64> {
    let both = one.members.intersection(&other.members).count() as u64;
    let all = one.members.union(&other.members).count() as u64;
    (all > 0 && both * 2 >= all).then(|| both * 1000 / all)
}
