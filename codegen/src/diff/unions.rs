//! Unions: branches that are new or gone, of another type, or told apart otherwise.

use super::change::{Kind, Wire};
use super::matching::Rule;
use super::relation::Ways;
use super::settle::{Draft, Places};
use super::types::Found;
use super::words::{code, of_type};
use super::{Pair, notes};
use crate::emit::surface::Part;
use crate::ir::{Branch, Told, Union};

pub(super) fn changes(pair: &Pair<'_>, old: &Union, new: &Union, ways: Ways) -> Found {
    let mut found = Found::default();
    let (pairs, gone, come) = branches(pair, old, new);
    for (before, after) in pairs {
        let (at, to) = (before.0, after.0);
        found.parts.insert(Part::Branch(at), Part::Branch(to));
        changed(pair, before.1, after.1, (Part::Branch(to), ways), &mut found);
    }
    // What has gone keeps no number that another has now.
    for (at, branch) in gone {
        let part = Part::Branch(new.branches.len() + at);
        found.parts.insert(Part::Branch(at), part.clone());
        let what = format!("the branch {} is gone{}", of_type(&branch.ty, pair.old.model), ways.words());
        let wire = ways.wire(Wire::Breaking, Wire::Additive);
        let draft = Draft::part(Kind::BranchRemoved, wire, what, part, Places::gone(&branch.pointer));
        found.drafts.push(draft.advise(if wire == Wire::Breaking { "Send a value of another branch." } else { "" }));
    }
    for (at, branch) in come {
        let what = format!("the branch {} is new{}", of_type(&branch.ty, pair.new.model), ways.words());
        let wire = ways.wire(Wire::Additive, Wire::Additive);
        let draft = Draft::part(Kind::BranchAdded, wire, what, Part::Branch(at), Places::come(&branch.pointer));
        found.drafts.push(draft);
    }
    found
}

type Numbered<'a> = (usize, &'a Branch);

/// Branches of both, those of the old one alone, and those of the new one alone: of one type, else told apart by the same.
#[allow(clippy::type_complexity, reason = "three lists of one thing")]
fn branches<'a>(
    pair: &Pair<'_>,
    old: &'a Union,
    new: &'a Union,
) -> (Vec<(Numbered<'a>, Numbered<'a>)>, Vec<Numbered<'a>>, Vec<Numbered<'a>>) {
    let mut left: Vec<Numbered<'_>> = old.branches.iter().enumerate().collect();
    let mut open: Vec<Numbered<'_>> = new.branches.iter().enumerate().collect();
    let mut pairs = Vec::new();
    let same = |old: &Branch, new: &Branch| !super::types::is_other(pair, &old.ty, &new.ty);
    let rules: [Rule<'_, Branch>; 3] =
        [&|old, new| old.told == new.told && same(old, new), &same, &|old, new| old.told == new.told];
    for rule in rules {
        left.retain(|before| match open.iter().position(|after| rule(before.1, after.1)) {
            Some(at) => {
                pairs.push((*before, open.remove(at)));
                false
            }
            None => true,
        });
    }
    (pairs, left, open)
}

fn changed(pair: &Pair<'_>, old: &Branch, new: &Branch, (part, ways): (Part, Ways), found: &mut Found) {
    let Branch { pointer, told, ty, docs, notes } = new;
    let places = Places::of(&old.pointer, pointer);
    let relation = pair.relation(&old.ty, ty);
    if super::types::is_other(pair, &old.ty, ty) {
        let what = format!("the type of the branch told by {}: {}", said(told), pair.arrow(&old.ty, ty));
        found.drafts.push(Draft::part(
            Kind::BranchType,
            ways.of_relation(relation),
            what,
            part.clone(),
            places.clone(),
        ));
    }
    let branch = of_type(ty, pair.new.model);
    found.drafts.extend(notes::notes(&old.notes, notes, &format!("the branch {branch}"), ways, &places));
    if notes::words((&old.docs, &old.notes), (docs, notes)) {
        found.docs.push(format!("the branch {branch}"));
    }
    if old.told != *told {
        let what = format!("the branch {branch} is told by {}, and was by {}", said(told), said(&old.told));
        let wire = told_otherwise(&old.told, told, ways);
        found.drafts.push(Draft::part(Kind::BranchTold, wire, what, part, places));
    }
}

/// A client tells by the old rule what a server says by the new one: more values for one branch are fine where it only sends.
fn told_otherwise(old: &Told, new: &Told, ways: Ways) -> Wire {
    match (old, new) {
        (Told::Tagged { member, values }, Told::Tagged { member: now, values: more }) if member == now => {
            let has_all = values.iter().all(|value| more.contains(value));
            if has_all { ways.wire(Wire::Additive, Wire::Additive) } else { ways.wire(Wire::Breaking, Wire::Breaking) }
        }
        // Which members tell objects apart depends on the other branches; the values are the same.
        (Told::Having { .. } | Told::Kind(_), Told::Having { .. } | Told::Kind(_)) if old.kind() == new.kind() => {
            Wire::None
        }
        // Which of them fits best depends on the other branches; the values are the same.
        (Told::Fitting { kind, .. }, Told::Fitting { kind: now, .. }) if kind == now => Wire::None,
        (Told::Tagged { .. } | Told::Having { .. } | Told::Kind(_) | Told::Fitting { .. }, _) => {
            ways.wire(Wire::Breaking, Wire::Breaking)
        }
    }
}

fn said(told: &Told) -> String {
    match told {
        Told::Kind(kind) => format!("being of type {}", kind.as_str()),
        Told::Tagged { member, values } => {
            let values: Vec<String> = values.iter().map(|value| code(&value.to_string())).collect();
            format!("{} = {}", code(member), values.join(" or "))
        }
        Told::Having { members } => {
            format!("having {}", members.iter().map(|member| code(member)).collect::<Vec<_>>().join(" or "))
        }
        Told::Fitting { kind, listed: None, .. } => format!("being the {} that fits best", kind.as_str()),
        Told::Fitting { kind, listed: Some((member, values)), .. } => {
            let values: Vec<String> = values.iter().map(|value| code(&value.to_string())).collect();
            format!("being the {} that fits best, with {} = {}", kind.as_str(), code(member), values.join(" or "))
        }
    }
}
