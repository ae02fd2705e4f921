//! Which of several types that say the same stood for all, as a lock tells.

use super::keys::{alone, keys};
use super::{Lock, Named};
use crate::analyze::{Facts, Precedence, is_ahead};
use crate::ir::{Api, TypeId};

/// What stood for others stands for them still, and what is new stands for nothing that was there.
pub(in crate::name) fn precedence(api: &Api, lock: &Lock) -> Precedence {
    let mut precedence = Precedence::default();
    let keys = keys(api);
    // What has no key of its own has no entry either, new or not.
    let alone = alone(keys.values());
    for (id, key) in &keys {
        let holds = |named| lock.0.contains_key(&(named, key.clone()));
        if holds(Named::Stands) {
            precedence.first.insert(TypeId::clone(id));
        } else if alone.contains(key) && !holds(Named::Type) {
            precedence.last.insert(TypeId::clone(id));
        }
    }
    precedence
}

/// Those that stand for others which would stand for them if nothing had been there before.
pub(super) fn ahead<'a>(api: &Api, facts: &'a Facts) -> Vec<&'a TypeId> {
    let mut ahead: Vec<&TypeId> =
        facts.same.iter().filter(|(id, stands)| is_ahead(api, stands, id)).map(|(_, stands)| stands).collect();
    ahead.sort();
    ahead.dedup();
    ahead
}
