//! How much of a lock can be held: nearly always all of it. Where that leaves something without a name of its own, the
//! fewest names are given up, and none of those that have nothing to do with it.

use std::collections::{BTreeMap, BTreeSet};

use super::lock::{self, Kept, Lock, Named};
use super::pins::Chosen;
use super::{Names, all};
use crate::analyze::Facts;
use crate::diag::{Diagnostic, Diagnostics, NAME_KEPT, NAME_LOST};
use crate::ir::Api;
use crate::pointer::Pointer;

/// So often it is tried; what is left then is given up.
const TRIES: usize = 200;

/// The lock with what it holds of operations below the places where they stand now: what a path calls its parameters is
/// nothing that a name hangs on. `None` where all stand where they stood.
pub(super) fn following(api: &Api, lock: &Lock) -> Option<Lock> {
    let now: BTreeSet<&Pointer> = api.operations.iter().map(|operation| &operation.pointer).collect();
    let is_held = |pointer: &&Pointer| lock.0.contains_key(&(Named::Operation, (*pointer).clone()));
    let left = lock.0.keys().filter(|(named, _)| *named == Named::Operation).map(|(_, key)| key);
    let mut left = by_shape(left.filter(|key| !now.contains(key)));
    let come = by_shape(now.iter().copied().filter(|pointer| !is_held(pointer)));
    left.retain(|shape, _| come.contains_key(shape));
    let moved: BTreeMap<&Pointer, &Pointer> = left
        .iter()
        .filter_map(|(shape, old)| match (old.as_slice(), come.get(shape)?.as_slice()) {
            ([old], [new]) => Some((*old, *new)),
            _ => None,
        })
        .collect();
    if moved.is_empty() {
        return None;
    }
    let place = |key: &Pointer| {
        let mut above = Some(key.clone());
        while let Some(place) = above {
            if let Some(new) = moved.get(&place) {
                let rest = key.as_str().strip_prefix(place.as_str())?;
                return Pointer::from_canonical(&format!("{}{rest}", new.as_str()));
            }
            above = place.parent();
        }
        None
    };
    let keys = lock.0.iter();
    let keys = keys.map(|((named, key), name)| ((*named, place(key).unwrap_or_else(|| key.clone())), name.clone()));
    Some(Lock(keys.collect()))
}

/// Places without what paths call their parameters.
fn by_shape<'a>(pointers: impl Iterator<Item = &'a Pointer>) -> BTreeMap<String, Vec<&'a Pointer>> {
    let mut shapes: BTreeMap<String, Vec<&Pointer>> = BTreeMap::new();
    for pointer in pointers {
        let pieces = pointer.as_str().split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest));
        shapes.entry(pieces.collect::<Vec<_>>().join("{}")).or_default().push(pointer);
    }
    shapes
}

/// What has a name.
pub(super) type Key = (Named, Pointer);

/// Tries to hold names, and knows which are given up so far.
struct Trial<'a> {
    api: &'a Api,
    facts: &'a Facts,
    chosen: &'a Chosen,
    lock: &'a Lock,
    given_up: BTreeSet<Key>,
    tries: usize,
}

/// What is held of a lock.
pub(super) struct Held {
    pub(super) names: Names,
    pub(super) found: Diagnostics,
    /// What had to be given up.
    pub(super) given_up: BTreeSet<Key>,
}

/// The names with as many of the lock's as can be; `natural` are those without it. `None` where none can be kept.
pub(super) fn all_that_can(api: &Api, facts: &Facts, chosen: &Chosen, lock: &Lock, natural: &Lock) -> Option<Held> {
    let mut trial = Trial { api, facts, chosen, lock, given_up: BTreeSet::new(), tries: 0 };
    if let Some((names, found)) = trial.names(&trial.given_up) {
        return Some(Held { names, found, given_up: trial.given_up });
    }
    let kept: Vec<Key> = lock.kept(natural).into_iter().map(|kept| (kept.named, kept.key.clone())).collect();
    trial.given_up = kept.iter().cloned().collect();
    trial.take_back(&kept);
    let (names, found) = trial.names(&trial.given_up)?;
    Some(Held { names, found, given_up: trial.given_up })
}

/// Tells what keeps a name that it wouldn't have, and what can't keep one. `natural` are the names without the lock, `held` those
/// that are given. An operation that is called otherwise is told once, with what is named after it.
pub(super) fn tell(lock: &Lock, natural: &Lock, held: &Lock, given_up: &BTreeSet<Key>, diagnostics: &mut Diagnostics) {
    let all = lock.kept(natural);
    let is_held = |kept: &Kept<'_>| held.0.get(&(kept.named, kept.key.clone())).is_some_and(|held| held == kept.name);
    let operations = all.iter().filter(|kept| kept.named == Named::Operation && is_held(kept)).map(|kept| kept.key);
    let operations: Vec<&Pointer> = operations.collect();
    let named_after = |kept: &Kept<'_>| match kept.named {
        Named::Type | Named::Request => operations.iter().copied().find(|operation| kept.key.is_within(operation)),
        _ => None,
    };
    let mut after: BTreeMap<&Pointer, usize> = BTreeMap::new();
    for operation in all.iter().filter(|kept| is_held(kept)).filter_map(named_after) {
        *after.entry(operation).or_default() += 1;
    }
    for kept in &all {
        let Kept { named, key, name, natural } = kept;
        let found = match held.0.get(&(*named, (*key).clone())) {
            Some(held) if held == name => {
                if named_after(kept).is_some() {
                    continue;
                }
                let more = match after.get(key).filter(|_| *named == Named::Operation) {
                    Some(1) => ", and so does its request".to_owned(),
                    Some(more) => format!(", and so do {more} types that are named after it"),
                    None => String::new(),
                };
                let message = format!("`{key}` would be called `{natural}`; it keeps the name `{name}`{more}");
                let help = "to take the other name, write it below `[names]` in the configuration";
                Diagnostic::new(&NAME_KEPT, message).help(help)
            }
            Some(held) if given_up.contains(&(*named, (*key).clone())) => {
                let message = format!("`{key}` can't keep the name `{name}`: it is called `{held}` now");
                Diagnostic::new(&NAME_LOST, message)
            }
            Some(_) | None => continue,
        };
        diagnostics.push(found.at((*key).clone()));
    }
}

impl Trial<'_> {
    /// The names with all of the lock but these; `None` where something has no name then.
    fn names(&self, given_up: &BTreeSet<Key>) -> Option<(Names, Diagnostics)> {
        let mut chosen = self.chosen.clone();
        if given_up.is_empty() {
            lock::hold(self.api, self.facts, self.lock, &mut chosen);
        } else {
            let left = self.lock.0.iter().filter(|(key, _)| !given_up.contains(*key));
            let left = Lock(left.map(|(key, name)| (key.clone(), name.clone())).collect());
            lock::hold(self.api, self.facts, &left, &mut chosen);
        }
        let mut found = Diagnostics::default();
        let names = all(self.api, self.facts, &chosen, &mut found);
        (!found.has_errors()).then_some((names, found))
    }

    /// Takes back what was given up, all at once or else by halves.
    fn take_back(&mut self, keys: &[Key]) {
        if keys.is_empty() || self.tries >= TRIES {
            return;
        }
        self.tries += 1;
        let mut given_up = self.given_up.clone();
        keys.iter().for_each(|key| {
            given_up.remove(key);
        });
        if self.names(&given_up).is_some() {
            self.given_up = given_up;
            return;
        }
        // As deep as the logarithm of what a lock holds.
        if keys.len() > 1 {
            let (first, second) = keys.split_at(keys.len() / 2);
            self.take_back(first);
            self.take_back(second);
        }
    }
}
