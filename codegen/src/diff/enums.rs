//! Enums: values that are new or gone. Every enum is open in Rust: what it doesn't list is kept as it came.

use super::change::{Kind, Wire};
use super::relation::Ways;
use super::settle::{About, Draft, Places};
use super::types::Found;
use super::words::code;
use crate::emit::surface::Part;
use crate::ir::Enum;

pub(super) fn changes(old: &Enum, new: &Enum, ways: Ways, places: &Places) -> Found {
    let mut found = Found::default();
    // What a value is called is seen in Rust, and so is whether there are others, which are always kept.
    let Enum { kind, values, takes_others: _, names: _, words } = new;
    if old.kind != *kind {
        let what = format!("its values are of type {} now, and were of type {}", kind.as_str(), old.kind.as_str());
        let wire = ways.wire(Wire::Breaking, Wire::Breaking);
        found.drafts.push(Draft::new(Kind::TypeKind, wire, what, About::All, places.clone()));
        return found;
    }
    for value in old.values.iter().filter(|value| !values.contains(value)) {
        let what = format!("the value {} is gone{}", code(value), ways.words());
        let wire = ways.wire(Wire::Breaking, Wire::Additive);
        let part = Part::Value(value.clone());
        let draft = Draft::part(Kind::ValueRemoved, wire, what, part, places.clone());
        found.drafts.push(draft.advise(if wire == Wire::Breaking { "Send another value." } else { "" }));
    }
    for value in values.iter().filter(|value| !old.values.contains(value)) {
        let what = format!("the value {} is new{}", code(value), ways.words());
        let part = Part::Value(value.clone());
        let wire = ways.wire(Wire::Additive, Wire::Additive);
        found.drafts.push(Draft::part(Kind::ValueAdded, wire, what, part, places.clone()));
    }
    if old.words != *words {
        found.docs.push("the values".to_owned());
    }
    found
}
