//! Bounds of values that have no member or parameter to say them: those of a component, of a body at its root, and of what
//! lists and maps hold. The model keeps them for docs alone, if at all, so they are read off the descriptions.

use super::notes;
use super::relation::Ways;
use super::settle::{Draft, Places};
use super::{Pair, Side};
use crate::ir::Notes;
use crate::load::tree::{Node, Value};
use crate::lower;
use crate::pointer::Pointer;

/// Lists and maps inside one another are looked into so deep.
const DEEPEST: usize = 8;

/// What has changed about the values of a schema that stands at two places, those in it included.
pub(super) fn of_schema(pair: &Pair<'_>, old: &Pointer, new: &Pointer, name: &str, ways: Ways) -> Vec<Draft> {
    let mut drafts = at(pair, old, new, name, ways);
    drafts.extend(of_items(pair, old, new, name, ways));
    drafts
}

/// What has changed about the values that lists and maps at two places hold. Those of another component are told there.
pub(super) fn of_items(pair: &Pair<'_>, old: &Pointer, new: &Pointer, name: &str, ways: Ways) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let (mut old, mut new, mut name) = (old.clone(), new.clone(), name.to_owned());
    for _ in 0..DEEPEST {
        let both_have = |key: &str| has(pair.old, &old.child(key)) && has(pair.new, &new.child(key));
        let Some((key, what)) =
            [("items", "item"), ("additionalProperties", "value")].into_iter().find(|(key, _)| both_have(key))
        else {
            break;
        };
        (old, new, name) = (old.child(key), new.child(key), format!("each {what} of {name}"));
        drafts.extend(at(pair, &old, &new, &name, ways));
    }
    drafts
}

fn has(side: Side<'_>, place: &Pointer) -> bool {
    side.document.find(place).is_some_and(|node| matches!(node.value, Value::Map(_)) && node.get("$ref").is_none())
}

fn at(pair: &Pair<'_>, old: &Pointer, new: &Pointer, name: &str, ways: Ways) -> Vec<Draft> {
    let of = |side: Side<'_>, place: &Pointer| side.document.find(place).filter(|_| has(side, place)).map(read);
    match (of(pair.old, old), of(pair.new, new)) {
        (Some(before), Some(after)) => notes::notes(&before, &after, name, ways, &Places::of(old, new)),
        _ => Vec::new(),
    }
}

/// The bounds alone: a default is of the place where the value is left out.
fn read(schema: &Node) -> Notes {
    let notes = lower::notes(schema);
    let number = |key: &str| match schema.get(key).map(|node| &node.value) {
        Some(Value::Number(number)) => Some(number.0.clone()),
        _ => None,
    };
    // From 3.1 on an exclusive bound is a number of its own.
    let (above, below) = (number("exclusiveMinimum"), number("exclusiveMaximum"));
    Notes {
        exclusive_minimum: notes.exclusive_minimum || above.is_some(),
        exclusive_maximum: notes.exclusive_maximum || below.is_some(),
        minimum: above.or(notes.minimum),
        maximum: below.or(notes.maximum),
        default: None,
        ..notes
    }
}
