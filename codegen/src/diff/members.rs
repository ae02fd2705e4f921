//! Members of objects: new, gone, renamed, of another type, required or nullable or not, in requests and in answers apart.

use std::collections::BTreeMap;

use super::change::{Kind, Wire};
use super::matching::plain;
use super::relation::{Relation, Ways};
use super::settle::{Draft, Places};
use super::types::Found;
use super::words::code;
use super::{Pair, bounds, notes, words};
use crate::emit::surface::Part;
use crate::ir::{Access, Member, Struct, TypeId};

pub(super) fn changes(pair: &Pair<'_>, old: (&TypeId, &Struct), new: (&TypeId, &Struct), ways: Ways) -> Found {
    let mut found = Found::default();
    let by_wire: BTreeMap<&str, &Member> = new.1.members.iter().map(|member| (member.wire.as_str(), member)).collect();
    let mut gone = Vec::new();
    for member in &old.1.members {
        match by_wire.get(member.wire.as_str()) {
            Some(after) => changed(pair, (old.0, member), (new.0, after), ways, &mut found),
            None => gone.push(member),
        }
    }
    let had: BTreeMap<&str, &Member> = old.1.members.iter().map(|member| (member.wire.as_str(), member)).collect();
    let mut come: Vec<&Member> =
        new.1.members.iter().filter(|member| !had.contains_key(member.wire.as_str())).collect();
    for member in gone {
        match renamed(pair, member, &mut come) {
            Some(after) => {
                let (was, is) = (&member.wire, &after.wire);
                let part = Part::Member(is.clone());
                found.parts.insert(Part::Member(was.clone()), part.clone());
                let what = format!("the member {} is called {} on the wire now{}", code(was), code(is), ways.words());
                let wire = ways.wire(Wire::Breaking, Wire::Breaking);
                let places = Places::of(&member.pointer, &after.pointer);
                found.drafts.push(Draft::part(Kind::MemberRenamed, wire, what, part, places));
                changed(pair, (old.0, member), (new.0, after), ways, &mut found);
            }
            None => found.drafts.push(removed(member, ways)),
        }
    }
    found.drafts.extend(come.into_iter().map(|member| added(member, ways)));
    found.drafts.extend(additional(pair, old.1, new.1, ways));
    found
}

/// What holds the members without a name of their own: none of them is wrong, whether it is kept or not.
fn additional(pair: &Pair<'_>, old: &Struct, new: &Struct, ways: Ways) -> Option<Draft> {
    let draft = |kind, wire, what, places| Some(Draft::part(kind, wire, what, Part::Additional, places));
    match (&old.additional, &new.additional) {
        (None, None) => None,
        (None, Some(new)) => {
            let what = format!("members without a name of their own are kept{}", ways.words());
            draft(Kind::MemberAdded, ways.wire(Wire::Additive, Wire::Additive), what, Places::come(&new.pointer))
        }
        (Some(old), None) => {
            let what = format!("members without a name of their own are no longer kept{}", ways.words());
            draft(Kind::MemberRemoved, ways.wire(Wire::Breaking, Wire::Breaking), what, Places::gone(&old.pointer))
        }
        (Some(old), Some(new)) => {
            if !super::types::is_other(pair, &old.ty, &new.ty) {
                return None;
            }
            let relation = pair.relation(&old.ty, &new.ty);
            let arrow = pair.arrow(&old.ty, &new.ty);
            let what = format!("the type of the members without a name of their own: {arrow}{}", ways.words());
            draft(Kind::MemberType, ways.of_relation(relation), what, Places::of(&old.pointer, &new.pointer))
        }
    }
}

/// The ways that a member goes, of those that its type goes.
fn ways_of(member: &Member, ways: Ways) -> Ways {
    match member.access {
        Access::Both => ways,
        Access::ReadOnly => Ways { sent: false, ..ways },
        Access::WriteOnly => Ways { answered: false, ..ways },
    }
}

fn added(member: &Member, ways: Ways) -> Draft {
    let ways = ways_of(member, ways);
    let in_requests = if member.is_demanded() { Wire::Breaking } else { Wire::Additive };
    let required = if member.is_demanded() { " and required" } else { "" };
    let what = format!("the member {} is new{required}{}", code(&member.wire), ways.words());
    let part = Part::Member(member.wire.clone());
    let wire = ways.wire(in_requests, Wire::Additive);
    Draft::part(Kind::MemberAdded, wire, what, part, Places::come(&member.pointer)).advise(if wire == Wire::Breaking {
        "Give the member a value; servers refuse requests without it."
    } else {
        ""
    })
}

fn removed(member: &Member, ways: Ways) -> Draft {
    let ways = ways_of(member, ways);
    let what = format!("the member {} is gone{}", code(&member.wire), ways.words());
    let part = Part::Member(member.wire.clone());
    let wire = ways.wire(Wire::Breaking, Wire::Breaking);
    Draft::part(Kind::MemberRemoved, wire, what, part, Places::gone(&member.pointer))
        .advise("Do without the member: nothing sends or reads it any more.")
}

/// The one of the new members that is recognisably the old one: of the same type, and called the same but for the style, or
/// with the same words about it.
fn renamed<'a>(pair: &Pair<'_>, old: &Member, come: &mut Vec<&'a Member>) -> Option<&'a Member> {
    let fits = |new: &&&Member| pair.relation(&old.ty, &new.ty) == Relation::Same;
    let spelled = |new: &&Member| plain(&old.wire) == plain(&new.wire);
    let says = |member: &Member| member.docs.description.is_some() || member.docs.summary.is_some();
    let told = |new: &&Member| says(old) && old.docs == new.docs;
    let one_of = |rule: &dyn Fn(&&Member) -> bool| {
        let mut all = come.iter().filter(fits).filter(|new| rule(new));
        all.next().copied().filter(|_| all.next().is_none())
    };
    let found = one_of(&spelled).or_else(|| one_of(&told))?;
    come.retain(|member| member.wire != found.wire);
    Some(found)
}

fn changed(pair: &Pair<'_>, old: (&TypeId, &Member), new: (&TypeId, &Member), ways: Ways, found: &mut Found) {
    let (before, after) = (old.1, new.1);
    // Whether it is required is compared by what the description says of those that it goes to.
    let Member { pointer, wire, ty, required, excused: _, nullable, docs, notes, deprecated, access, preset } = after;
    let name = format!("the member {}", words::code(wire));
    let part = Part::Member(wire.clone());
    let places = Places::of(&before.pointer, pointer);
    let both = ways_of(before, ways_of(after, ways));
    let mut add = |kind, wire, what: String| {
        found.drafts.push(Draft::part(kind, wire, what, part.clone(), places.clone()));
    };
    if super::types::is_other(pair, &before.ty, ty) {
        let relation = match pair.is_form(old.0, new.0, wire) {
            true => pair.relation_of_texts(&before.ty, ty),
            false => pair.relation(&before.ty, ty),
        };
        let what = format!("the type of {name}: {}{}", pair.arrow(&before.ty, ty), both.words());
        add(Kind::MemberType, both.of_relation(relation), what);
    }
    let (was_demanded, is_demanded) = (before.is_demanded(), after.is_demanded());
    // Of one that goes another way than before, as a whole, that is all there is to say.
    let still_goes = both.sent || both.answered || before.access == *access;
    if was_demanded != is_demanded && still_goes {
        let relation = Relation::of_flag(!was_demanded, !is_demanded);
        let what = format!("{name} is {} required{}", words::now(is_demanded), both.words());
        add(Kind::MemberRequired, both.of_relation(relation), what);
    }
    let is_asked_otherwise = before.preset.is_some() != preset.is_some() && both.sent;
    if before.required && *required && is_asked_otherwise {
        let what = match preset {
            None => format!("{name} has no default to send any more"),
            Some(_) => format!("{name} has a default, which is sent unless it is set"),
        };
        add(Kind::MemberRequired, Wire::None, what);
    }
    if before.nullable != *nullable && !words::is_any(&before.ty, &pair.old.model.api) {
        let relation = Relation::of_flag(before.nullable, *nullable);
        let may = if *nullable { "may be null now" } else { "may no longer be null" };
        let what = format!("{name} {may}{}", both.words());
        add(Kind::MemberNullable, both.of_relation(relation), what);
    }
    if before.access != *access {
        let goes = |member: &Member, ways| ways_of(member, ways);
        let (was, is) = (goes(before, ways), goes(after, ways));
        let lost = (was.sent && !is.sent) || (was.answered && !is.answered);
        let asked_for = !was.sent && is.sent && is_demanded;
        let verdict = if lost || asked_for { Wire::Breaking } else { Wire::Additive };
        let verdict = if was == is { Wire::None } else { verdict };
        let must = if asked_for { ": requests must have it" } else { "" };
        let what = format!("{name} is {} now, and was {}{must}", way(*access), way(before.access));
        add(Kind::MemberAccess, verdict, what);
    }
    if before.deprecated != *deprecated {
        add(Kind::Deprecated, Wire::None, format!("{name} is {} deprecated", words::now(*deprecated)));
    }
    let mut noted = notes::notes(&before.notes, notes, &name, both, &places);
    if before.required && *required {
        noted = notes::always_sent(noted, is_asked_otherwise);
    }
    found.drafts.extend(noted);
    found.drafts.extend(bounds::of_items(pair, &before.pointer, pointer, &name, both));
    if notes::words((&before.docs, &before.notes), (docs, notes)) {
        found.docs.push(words::code(wire));
    }
}

fn way(access: Access) -> &'static str {
    match access {
        Access::Both => "in requests and in answers",
        Access::ReadOnly => "in answers only",
        Access::WriteOnly => "in requests only",
    }
}
