//! What happens to several operations or types for one reason, told once: a parameter that operations share, credentials that
//! the whole API asks for, a trait that is lost all the way up.

use std::collections::BTreeMap;

use super::change::{Change, Kind, Rust, Wire};
use crate::pointer::Pointer;

/// What changes are told as one by.
type Key = (Kind, Rust, Wire, String, Option<(Option<Pointer>, Option<Pointer>)>);

/// The changes, those together that are one. Where it stands counts too, unless nobody has to go there.
pub(super) fn gather(changes: Vec<Change>) -> Vec<Change> {
    let mut places: BTreeMap<Key, usize> = BTreeMap::new();
    let mut gathered: Vec<Change> = Vec::with_capacity(changes.len());
    for change in changes {
        let asks_nothing = change.rust == Rust::Patch && change.wire != Wire::Breaking;
        let is_anywhere = asks_nothing || change.kind == Kind::Trait;
        let place = (!is_anywhere).then(|| (change.old.clone(), change.new.clone()));
        let key = (change.kind, change.rust, change.wire, change.what.clone(), place);
        match places.get(&key).and_then(|at| gathered.get_mut(*at)) {
            Some(first) => join(first, change),
            None => {
                places.insert(key, gathered.len());
                gathered.push(change);
            }
        }
    }
    gathered
}

fn join(first: &mut Change, other: Change) {
    const LIKEWISE: &str = " Likewise in the others.";
    if first.rust == Rust::Major && !first.advice.ends_with(LIKEWISE) && first.advice != other.advice {
        first.advice.push_str(LIKEWISE);
    }
    first.others.push(other.subject);
    first.names.extend(other.names);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(subject: &str, rust: Rust, wire: Wire, place: &Pointer) -> Change {
        Change {
            kind: Kind::ParameterAdded,
            wire,
            rust,
            subject: subject.to_owned(),
            others: Vec::new(),
            what: "the query parameter `limit` is new".to_owned(),
            advice: format!("Look at {subject}."),
            names: vec![subject.to_owned()],
            old: None,
            new: Some(place.clone()),
        }
    }

    #[test]
    fn what_stands_in_one_place_is_told_once() {
        let (here, there) = (Pointer::root().child("a"), Pointer::root().child("b"));
        let of = |subject, place| change(subject, Rust::Major, Wire::Breaking, place);
        let gathered =
            gather(vec![of("GET /a", &here), of("GET /b", &there), of("GET /c", &here), of("GET /d", &here)]);
        let told: Vec<String> = gathered.iter().map(ToString::to_string).collect();
        let what = "the query parameter `limit` is new";
        assert_eq!(told, [format!("GET /a and 2 more: {what}"), format!("GET /b: {what}")]);
        assert_eq!(gathered[0].names, ["GET /a", "GET /c", "GET /d"]);
        assert_eq!(gathered[0].advice, "Look at GET /a. Likewise in the others.");
    }

    #[test]
    fn what_asks_nothing_of_anyone_is_told_once_wherever_it_stands() {
        let (here, there) = (Pointer::root().child("a"), Pointer::root().child("b"));
        let of = |wire| gather(vec![change("A", Rust::Patch, wire, &here), change("B", Rust::Patch, wire, &there)]);
        assert_eq!(of(Wire::Additive).len(), 1);
        assert_eq!(of(Wire::Breaking).len(), 2);
    }

    #[test]
    fn a_fingerprint_is_of_all_that_a_change_happens_to() {
        let here = Pointer::root();
        let of = |subjects: &[&str]| {
            let changes = subjects.iter().map(|subject| change(subject, Rust::Minor, Wire::Additive, &here));
            gather(changes.collect())[0].fingerprint()
        };
        assert_eq!(of(&["A", "B"]), of(&["A", "B"]));
        assert_ne!(of(&["A", "B"]), of(&["A"]));
        assert_ne!(of(&["A", "B"]), of(&["A", "C"]));
    }
}
