//! Enums: values that are new or gone. Every enum is open in Rust: what it doesn't list is kept as it came.

use super::change::{Kind, Wire};
use super::matching::plain;
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
    let mut gone: Vec<&String> = old.values.iter().filter(|value| !values.contains(value)).collect();
    let mut come: Vec<&String> = values.iter().filter(|value| !old.values.contains(value)).collect();
    for (was, is) in respelled(&gone, &come) {
        gone.retain(|value| *value != was);
        come.retain(|value| *value != is);
        let what = format!("the value {} is written {} now{}", code(was), code(is), ways.words());
        let part = Part::Value(is.clone());
        found.parts.insert(Part::Value(was.clone()), part.clone());
        let wire = ways.wire(Wire::Breaking, Wire::Additive);
        found.drafts.push(Draft::part(Kind::ValueRenamed, wire, what, part, places.clone()));
    }
    for value in gone {
        let what = format!("the value {} is gone{}", code(value), ways.words());
        let wire = ways.wire(Wire::Breaking, Wire::Additive);
        let part = Part::Value(value.clone());
        let draft = Draft::part(Kind::ValueRemoved, wire, what, part, places.clone());
        found.drafts.push(draft.advise(if wire == Wire::Breaking { "Send another value." } else { "" }));
    }
    for value in come {
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

/// Values that are the same but for their style: `in_stock`, which was `InStock`.
fn respelled<'a>(gone: &[&'a String], come: &[&'a String]) -> Vec<(&'a String, &'a String)> {
    let only = |all: &[&'a String], said: &(String, Vec<&str>)| {
        let mut alike = all.iter().filter(|value| spoken(value) == *said);
        alike.next().copied().filter(|_| alike.next().is_none())
    };
    let pairs = gone.iter().filter_map(|was| {
        let said = spoken(was);
        let (was, is) = (only(gone, &said)?, only(come, &said)?);
        said.0.chars().any(char::is_alphabetic).then_some((was, is))
    });
    pairs.collect()
}

/// A value without its style, and the numbers in it: `1.0` is not `10`.
fn spoken(value: &str) -> (String, Vec<&str>) {
    (plain(value), value.split(|one: char| !one.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect())
}
