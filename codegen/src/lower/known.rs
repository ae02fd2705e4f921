//! What was found at places, for questions that are asked many times: what many references lead to is looked at once.

use std::cell::RefCell;

use crate::pointer::{Pointer, PointerMap};

/// The answers, by the places that they are about.
#[derive(Debug)]
pub(super) struct Known<T>(RefCell<PointerMap<T>>);

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T: Clone> Known<T> {
    /// The answer about `place`, which `find` finds where it was never asked for. It must not ask itself.
    pub(super) fn get(&self, place: &Pointer, find: impl FnOnce() -> T) -> T {
        if let Some(found) = self.0.borrow().get(place) {
            return found.clone();
        }
        let found = find();
        self.0.borrow_mut().insert(place.clone(), found.clone());
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Known;
    use crate::pointer::Pointer;

    #[test]
    fn every_place_is_looked_at_once() {
        let (known, mut looked) = (Known::default(), 0);
        let [a, b] = ["a", "b"].map(|name| Pointer::root().child(name));
        for place in [&a, &a, &b, &a] {
            let found = known.get(place, || {
                looked += 1;
                place.to_string()
            });
            assert_eq!(found, place.to_string());
        }
        assert_eq!(looked, 2);
    }
}
