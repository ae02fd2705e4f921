//! Tuples: items of another type, and more or fewer of them.

use super::Pair;
use super::change::{Kind, Wire};
use super::relation::{Relation, Ways};
use super::settle::{Draft, Places};
use super::types::Found;
use super::{bounds, notes, words};
use crate::emit::surface::Part;
use crate::ir::{Tuple, TupleItem};

pub(super) fn changes(pair: &Pair<'_>, old: &Tuple, new: &Tuple, ways: Ways) -> Found {
    let mut found = Found::default();
    for (index, (before, after)) in old.items.iter().zip(&new.items).enumerate() {
        changed(pair, index, (before, after), ways, &mut found);
    }
    for (index, item) in old.items.iter().enumerate().skip(new.items.len()) {
        let what = format!("{} is gone{}", name(index), ways.words());
        let wire = ways.wire(Wire::Breaking, Wire::Breaking);
        let draft = Draft::part(Kind::MemberRemoved, wire, what, part(index), Places::gone(&item.pointer));
        found.drafts.push(draft.advise("Do without the item: nothing sends or reads it any more."));
    }
    for (index, item) in new.items.iter().enumerate().skip(old.items.len()) {
        let what = format!("{} is new{}", name(index), ways.words());
        // Who reads fewer items skips the others.
        let wire = ways.wire(Wire::Breaking, Wire::Additive);
        found.drafts.push(Draft::part(Kind::MemberAdded, wire, what, part(index), Places::come(&item.pointer)));
    }
    found
}

fn changed(pair: &Pair<'_>, index: usize, (old, new): (&TupleItem, &TupleItem), ways: Ways, found: &mut Found) {
    let TupleItem { pointer, ty, nullable, docs, notes } = new;
    let (name, places) = (name(index), Places::of(&old.pointer, pointer));
    let mut add = |kind, wire, what| {
        found.drafts.push(Draft::part(kind, wire, what, part(index), places.clone()));
    };
    let relation = pair.relation(&old.ty, ty);
    if super::types::is_other(pair, &old.ty, ty) {
        let what = format!("the type of {name}: {}{}", pair.arrow(&old.ty, ty), ways.words());
        add(Kind::MemberType, ways.of_relation(relation), what);
    }
    if old.nullable != *nullable && !words::is_any(&old.ty, &pair.old.model.api) {
        let relation = Relation::of_flag(old.nullable, *nullable);
        let may = if *nullable { "may be null now" } else { "may no longer be null" };
        add(Kind::MemberNullable, ways.of_relation(relation), format!("{name} {may}{}", ways.words()));
    }
    found.drafts.extend(notes::notes(&old.notes, notes, &name, ways, &places));
    found.drafts.extend(bounds::of_items(pair, &old.pointer, pointer, &name, ways));
    if notes::words((&old.docs, &old.notes), (docs, notes)) {
        found.docs.push(name);
    }
}

fn name(index: usize) -> String {
    format!("the {} item", Tuple::ordinal(index))
}

fn part(index: usize) -> Part {
    Part::Member(index.to_string())
}
