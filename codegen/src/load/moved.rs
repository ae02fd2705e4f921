//! What of a document stands elsewhere than it was written. References name places as they were written, and so do
//! findings; everything between speaks of the places where things stand.

use std::collections::HashMap;

use crate::pointer::Pointer;

/// From where to where; what is inside moves with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moved {
    now: HashMap<Pointer, Pointer>,
    was: HashMap<Pointer, Pointer>,
}

impl Moved {
    /// Says that what was written at `was` stands at `now`. Of what stands in several places, the first is where references
    /// lead.
    pub(crate) fn note(&mut self, was: Pointer, now: Pointer) {
        self.was.insert(now.clone(), was.clone());
        self.now.entry(was).or_insert(now);
    }

    /// Where what was written at `place` stands.
    pub(crate) fn now(&self, place: Pointer) -> Pointer {
        follow(&self.now, &place).unwrap_or(place)
    }

    /// Where what stands at `place` was written.
    pub(crate) fn was(&self, place: &Pointer) -> Pointer {
        follow(&self.was, place).unwrap_or_else(|| place.clone())
    }
}

/// By the innermost place around `place` that there is something to say of.
fn follow(moves: &HashMap<Pointer, Pointer>, place: &Pointer) -> Option<Pointer> {
    if moves.is_empty() {
        return None;
    }
    let mut below = Vec::new();
    let mut above = place.clone();
    loop {
        if let Some(moved) = moves.get(&above) {
            return Some(below.iter().rev().fold(moved.clone(), |place, token: &String| place.child(token)));
        }
        below.push(above.last()?);
        above = above.parent()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_move_counts_and_the_first_is_where_references_lead() {
        let place = |text: &str| Pointer::from_canonical(text).unwrap();
        let mut moved = Moved::default();
        moved.note(place("#/a"), place("#/x/a"));
        moved.note(place("#/a/b"), place("#/y"));
        moved.note(place("#/a/b"), place("#/z"));
        let now = |text| moved.now(place(text)).to_string();
        assert_eq!([now("#/a/c"), now("#/a/b/~1c"), now("#/ab"), now("#")], ["#/x/a/c", "#/y/~1c", "#/ab", "#"]);
        let was = |text| moved.was(&place(text)).to_string();
        assert_eq!([was("#/x/a/c"), was("#/y/c"), was("#/z/c"), was("#/x")], ["#/a/c", "#/a/b/c", "#/a/b/c", "#/x"]);
    }
}
