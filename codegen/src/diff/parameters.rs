//! Parameters: new, gone, renamed, elsewhere, of another type, style or default, required or not.

use super::change::{Kind, Wire};
use super::operations::Found;
use super::relation::{Relation, Ways};
use super::settle::{About, Draft, Places};
use super::words::code;
use super::{Pair, bounds, matching, notes, words};
use crate::emit::surface::Part;
use crate::ir::{Location, Operation, Parameter, StyleKind};

pub(super) fn changes(pair: &Pair<'_>, old: &Operation, new: &Operation, found: &mut Found) {
    let pairs = matching::parameters(old, new);
    for parameter in &old.parameters {
        if !pairs.iter().any(|(before, _)| std::ptr::eq(*before, parameter)) {
            let what = format!("the {} is gone", name(parameter));
            let places = Places::gone(&parameter.pointer);
            let draft = Draft::part(Kind::ParameterRemoved, Wire::Breaking, what, part(parameter), places);
            found.drafts.push(draft.advise("Do without the parameter: servers ignore or refuse it."));
        }
    }
    for parameter in &new.parameters {
        if !pairs.iter().any(|(_, after)| std::ptr::eq(*after, parameter)) {
            let (wire, required) =
                if parameter.required { (Wire::Breaking, " and required") } else { (Wire::Additive, "") };
            let what = format!("the {} is new{required}", name(parameter));
            let places = Places::come(&parameter.pointer);
            let draft = Draft::part(Kind::ParameterAdded, wire, what, part(parameter), places);
            let refused = "Give the parameter; servers refuse requests without it.";
            found.drafts.push(draft.advise(if parameter.required { refused } else { "" }));
        }
    }
    let swapped = |(before, after): &&(&Parameter, &Parameter)| {
        let places = (matching::in_path(old, before), matching::in_path(new, after));
        matches!(places, (Some(was), Some(is)) if was != is)
    };
    // In another path everything may stand elsewhere, and that it is another one is told.
    let is_one_path = matching::shape(old) == matching::shape(new);
    let swapped: Vec<String> =
        pairs.iter().filter(|_| is_one_path).filter(swapped).map(|(_, after)| code(&after.wire)).collect();
    if !swapped.is_empty() {
        let what = format!("{} stand in other places of the path", swapped.join(" and "));
        let places = Places::of(&old.pointer, &new.pointer);
        found.drafts.push(Draft::new(Kind::ParameterOrder, Wire::Breaking, what, About::Order, places));
    }
    for (before, after) in pairs {
        found.parts.insert(part(before), part(after));
        changed(pair, before, after, found);
    }
}

/// How the values relate as they are written: as JSON, or as texts.
fn relation(pair: &Pair<'_>, old: &Parameter, new: &Parameter) -> Relation {
    let is_json = [old, new].iter().any(|parameter| parameter.style.kind == StyleKind::Json);
    if is_json { pair.relation(&old.ty, &new.ty) } else { pair.relation_of_texts(&old.ty, &new.ty) }
}

fn part(parameter: &Parameter) -> Part {
    Part::Parameter(parameter.location, parameter.wire.clone())
}

/// ``query parameter `limit` ``
fn name(parameter: &Parameter) -> String {
    format!("{} parameter {}", parameter.location.as_str(), code(&parameter.wire))
}

fn changed(pair: &Pair<'_>, old: &Parameter, new: &Parameter, found: &mut Found) {
    let Parameter { pointer, wire, location, required, preset: _, ty, style, docs, notes, deprecated } = new;
    let places = Places::of(&old.pointer, pointer);
    let name = name(new);
    let mut add = |kind, wire, what: String| {
        found.drafts.push(Draft::part(kind, wire, what, part(new), places.clone()));
    };
    if old.location != *location {
        let what = format!("the {name} was in the {} before", old.location.as_str());
        add(Kind::ParameterLocation, Wire::Breaking, what);
    } else if old.wire != *wire {
        // What stands in the path has no name on the wire.
        let verdict = if *location == Location::Path { Wire::None } else { Wire::Breaking };
        add(Kind::ParameterRenamed, verdict, format!("the {name} was called {} before", code(&old.wire)));
    }
    let relation = relation(pair, old, new);
    if super::types::is_other(pair, &old.ty, ty) {
        let what = format!("the type of the {name}: {}", pair.arrow(&old.ty, ty));
        add(Kind::ParameterType, Ways::SENT.of_relation(relation), what);
    }
    if old.required != *required {
        let verdict = if *required { Wire::Breaking } else { Wire::Additive };
        add(Kind::ParameterRequired, verdict, format!("the {name} is {} required", words::now(*required)));
    }
    if old.required == *required && old.is_argument() != new.is_argument() {
        let what = match new.is_argument() {
            true => format!("the {name} has no default to send any more"),
            false => format!("the {name} has a default, which is sent unless it is set"),
        };
        add(Kind::ParameterRequired, Wire::None, what);
    }
    if old.style != *style && old.location == *location {
        let said = |style: &crate::ir::Style| {
            let explode = if style.explode { "exploded" } else { "joined" };
            let reserved = if style.reserved { ", reserved characters as they are" } else { "" };
            let whole = if style.whole { ", as all of the query" } else { "" };
            format!("{:?}, {explode}{reserved}{whole}", style.kind)
        };
        let what = format!("the {name} is written as {}, and was as {}", said(style), said(&old.style));
        add(Kind::ParameterStyle, Wire::Breaking, what);
    }
    if old.deprecated != *deprecated {
        add(Kind::Deprecated, Wire::None, format!("the {name} is {} deprecated", words::now(*deprecated)));
    }
    let mut noted = notes::notes(&old.notes, notes, &format!("the {name}"), Ways::SENT, &places);
    if old.required && *required {
        noted = notes::always_sent(noted, old.is_argument() != new.is_argument());
    }
    found.drafts.extend(noted);
    let schema = |parameter: &Parameter| parameter.pointer.child("schema");
    found.drafts.extend(bounds::of_items(pair, &schema(old), &schema(new), &format!("the {name}"), Ways::SENT));
    if notes::words((&old.docs, &old.notes), (docs, notes)) {
        found.docs.push(code(wire));
    }
}
