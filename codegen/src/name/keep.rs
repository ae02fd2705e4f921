//! How much of a lock can be held: nearly always all of it. Where that leaves something without a name of its own, the
//! fewest names are given up, and none of those that have nothing to do with it.

use std::collections::BTreeSet;

use super::lock::{self, Lock, Named};
use super::pins::Chosen;
use super::{Names, all};
use crate::analyze::Facts;
use crate::diag::Diagnostics;
use crate::ir::Api;
use crate::pointer::Pointer;

/// So often it is tried; what is left then is given up.
const TRIES: usize = 200;

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
