//! Bounds, defaults and words: what is said of a value beyond its type.

use super::change::{Kind, Wire};
use super::relation::{Relation, Ways};
use super::settle::{About, Draft, Places};
use super::words::code;
use crate::ir::{Docs, Notes};

/// What has changed about a value; `name` is what it is called: "the member `size`".
pub(super) fn notes(old: &Notes, new: &Notes, name: &str, ways: Ways, places: &Places) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let relation = bounds(old, new);
    if relation != Relation::Same {
        let words = match relation {
            Relation::Wider | Relation::Same => "wider",
            Relation::Narrower => "narrower",
            Relation::Other => "other",
        };
        let what = format!("{name} has {words} bounds: {} → {}", said(old), said(new));
        drafts.push(Draft::new(Kind::Bounds, ways.of_relation(relation), what, About::Nothing, places.clone()));
    }
    if old.default != new.default {
        let none = || "none".to_owned();
        let default = |notes: &Notes| notes.default.clone().map_or_else(none, |default| code(&default));
        let what = format!("the default of {name} is {}, and was {}", default(new), default(old));
        let wire = ways.wire(Wire::Breaking, Wire::None);
        let draft = Draft::new(Kind::Default, wire, what, About::Nothing, places.clone());
        drafts.push(draft.advise("Give the value where the old default was meant."));
    }
    drafts
}

/// The same of a value that a request has in any case: what a server takes for one that is not there is no matter. Where callers
/// must give it now or need to no longer (`is_asked_otherwise`), that says it all.
pub(super) fn always_sent(mut drafts: Vec<Draft>, is_asked_otherwise: bool) -> Vec<Draft> {
    drafts.retain(|draft| draft.kind != Kind::Default || !is_asked_otherwise);
    drafts.iter_mut().filter(|draft| draft.kind == Kind::Default).for_each(|draft| draft.wire = Wire::None);
    drafts
}

/// Whether the words about a thing differ.
pub(super) fn words(old: (&Docs, &Notes), new: (&Docs, &Notes)) -> bool {
    let inside = |notes: &Notes| -> Vec<_> {
        notes.inside().map(|each| (each.docs.clone(), each.notes.example.clone(), each.notes.deprecated)).collect()
    };
    let either = |notes: &Notes| (notes.either.clone(), notes.or_another, notes.or_listed);
    let is_deprecated = old.1.deprecated != new.1.deprecated;
    old.0 != new.0
        || is_deprecated
        || old.1.example != new.1.example
        || (&old.1.media_type, &old.1.content, &old.1.keys, &old.1.key_patterns)
            != (&new.1.media_type, &new.1.content, &new.1.keys, &new.1.key_patterns)
        || inside(old.1) != inside(new.1)
        || either(old.1) != either(new.1)
}

/// A change of words alone.
pub(super) fn docs(places: Places, things: &[String]) -> Option<Draft> {
    const FEW: usize = 5;
    if things.is_empty() {
        return None;
    }
    let named: Vec<&str> = things.iter().take(FEW).map(String::as_str).collect();
    let more = things.len().saturating_sub(FEW);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let what = format!("other words about {}{more}", named.join(", "));
    Some(Draft::new(Kind::Docs, Wire::None, what, About::Nothing, places))
}

/// How the values that the notes allow relate.
fn bounds(old: &Notes, new: &Notes) -> Relation {
    let Notes {
        // Of what is deprecated, words speak.
        deprecated: _,
        format,
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        multiple_of,
        unique_items,
        min_length,
        max_length,
        patterns,
        // Of these, words speak too.
        media_type: _,
        content: _,
        keys: _,
        key_patterns: _,
        default: _,
        example: _,
        values,
        checks: _,
        // These are read off the descriptions.
        each: _,
        // Which of several a value is of, nothing says.
        either: _,
        or_another: _,
        or_listed: _,
        // What is a file is a file with or without it.
        or_value: _,
    } = new;
    let free = |text: &Option<String>, other: &Option<String>| match (text, other) {
        (None, Some(_)) => Relation::Narrower,
        (Some(_), None) => Relation::Wider,
        (old, new) if old == new => Relation::Same,
        _ => Relation::Other,
    };
    let least = limit(number(&old.minimum), old.exclusive_minimum, number(minimum), *exclusive_minimum, false);
    let most = limit(number(&old.maximum), old.exclusive_maximum, number(maximum), *exclusive_maximum, true);
    let shortest = limit(length(old.min_length), false, length(*min_length), false, false);
    let longest = limit(length(old.max_length), false, length(*max_length), false, true);
    let texts = all_of(&old.patterns, patterns).and(free(&old.format, format));
    let steps =
        step(number(&old.multiple_of), number(multiple_of)).and(Relation::of_flag(!old.unique_items, !unique_items));
    least.and(most).and(steps).and(shortest).and(longest).and(texts).and(listed(&old.values, values))
}

/// How lists of what all values keep to relate.
fn all_of(old: &[String], new: &[String]) -> Relation {
    let has_all = |list: &[String], of: &[String]| of.iter().all(|one| list.contains(one));
    match (has_all(new, old), has_all(old, new)) {
        (true, true) => Relation::Same,
        (true, false) => Relation::Narrower,
        (false, true) => Relation::Wider,
        (false, false) => Relation::Other,
    }
}

/// How lists of the only values relate; an empty list is none.
fn listed(old: &[String], new: &[String]) -> Relation {
    let has_all = |list: &[String], of: &[String]| of.iter().all(|value| list.contains(value));
    match (old.is_empty(), new.is_empty()) {
        (true, true) => Relation::Same,
        (true, false) => Relation::Narrower,
        (false, true) => Relation::Wider,
        (false, false) => match (has_all(new, old), has_all(old, new)) {
            (true, true) => Relation::Same,
            (true, false) => Relation::Wider,
            (false, true) => Relation::Narrower,
            (false, false) => Relation::Other,
        },
    }
}

/// How what a value is a multiple of relates: multiples of 10 are multiples of 5.
fn step(old: Option<f64>, new: Option<f64>) -> Relation {
    let is_multiple = |of: f64, step: f64| of % step == 0.0;
    match (old, new) {
        (None, None) => Relation::Same,
        (None, Some(_)) => Relation::Narrower,
        (Some(_), None) => Relation::Wider,
        (Some(old), Some(new)) => match (is_multiple(old, new), is_multiple(new, old)) {
            (true, true) => Relation::Same,
            (true, false) => Relation::Wider,
            (false, true) => Relation::Narrower,
            (false, false) => Relation::Other,
        },
    }
}

fn number(text: &Option<String>) -> Option<f64> {
    text.as_ref().and_then(|text| text.parse().ok())
}

fn length(length: Option<u64>) -> Option<f64> {
    // Lengths past 2^53 are none that anyone means.
    length.map(|length| length as f64)
}

/// How one limit relates to another; `upper` says which way it limits.
fn limit(old: Option<f64>, old_excluded: bool, new: Option<f64>, new_excluded: bool, upper: bool) -> Relation {
    let (old, new) = match (old, new) {
        (None, None) => return Relation::Same,
        (None, Some(_)) => return Relation::Narrower,
        (Some(_), None) => return Relation::Wider,
        (Some(old), Some(new)) => (old, new),
    };
    let (old, new) = if upper { (old, new) } else { (-old, -new) };
    if new > old {
        Relation::Wider
    } else if new < old {
        Relation::Narrower
    } else {
        Relation::of_flag(!old_excluded, !new_excluded)
    }
}

fn said(notes: &Notes) -> String {
    let exclusive = |excluded: bool| if excluded { " (excluded)" } else { "" };
    let patterns: Vec<String> = notes.patterns.iter().map(|pattern| code(pattern)).collect();
    let parts = [
        notes.minimum.as_ref().map(|least| format!("from {least}{}", exclusive(notes.exclusive_minimum))),
        notes.maximum.as_ref().map(|most| format!("to {most}{}", exclusive(notes.exclusive_maximum))),
        notes.multiple_of.as_ref().map(|step| format!("multiples of {step}")),
        notes.min_length.map(|length| format!("length from {length}")),
        notes.max_length.map(|length| format!("length to {length}")),
        notes.unique_items.then(|| "no two items equal".to_owned()),
        (!notes.patterns.is_empty()).then(|| format!("pattern {}", patterns.join(" and "))),
        (!notes.values.is_empty()).then(|| format!("one of {}", code(&notes.values.join(", ")))),
        notes.format.as_ref().map(|format| format!("format {}", code(format))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_wider_narrower_or_neither() {
        let notes = |least: Option<&str>, most: Option<&str>, excluded| Notes {
            minimum: least.map(str::to_owned),
            maximum: most.map(str::to_owned),
            exclusive_maximum: excluded,
            ..Notes::default()
        };
        let of = |old: (Option<&str>, Option<&str>, bool), new: (Option<&str>, Option<&str>, bool)| {
            bounds(&notes(old.0, old.1, old.2), &notes(new.0, new.1, new.2))
        };
        assert_eq!(of((Some("1"), None, false), (Some("1.0"), None, false)), Relation::Same);
        assert_eq!(of((Some("1"), None, false), (Some("0"), None, false)), Relation::Wider);
        assert_eq!(of((None, Some("9"), false), (None, Some("9"), true)), Relation::Narrower);
        assert_eq!(of((None, None, false), (None, Some("9"), false)), Relation::Narrower);
        assert_eq!(of((Some("1"), Some("9"), false), (Some("2"), Some("10"), false)), Relation::Other);
        let steps = |old: Option<&str>, new: Option<&str>| {
            let notes = |step: Option<&str>| Notes { multiple_of: step.map(str::to_owned), ..Notes::default() };
            bounds(&notes(old), &notes(new))
        };
        assert_eq!(steps(None, Some("5")), Relation::Narrower);
        assert_eq!(steps(Some("10"), Some("5")), Relation::Wider);
        assert_eq!(steps(Some("5"), Some("10")), Relation::Narrower);
        assert_eq!(steps(Some("5"), Some("7")), Relation::Other);
        assert_eq!(steps(Some("5"), Some("5.0")), Relation::Same);
        let unique = |unique_items| Notes { unique_items, ..Notes::default() };
        assert_eq!(bounds(&unique(false), &unique(true)), Relation::Narrower);
        assert_eq!(bounds(&unique(true), &unique(false)), Relation::Wider);
    }
}
