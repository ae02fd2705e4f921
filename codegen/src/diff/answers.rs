//! Answers: statuses, media types, types and headers of successes; error answers; paging.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Kind, Wire};
use super::operations::Found;
use super::relation::{Relation, Ways};
use super::settle::{About, Draft, Places};
use super::words::code;
use super::{Pair, Side, bounds, words};
use crate::emit::surface::Part;
use crate::ir::{Answer, Event, Item, Operation, Sequence, TypeRef};
use crate::load::tree::{Node, Value};
use crate::model::Model;
use crate::pointer::Pointer;

pub(super) fn changes(pair: &Pair<'_>, old: &Operation, new: &Operation, found: &mut Found) {
    let at = |operation: &Operation| operation.pointer.child("responses");
    let places = Places::of(&at(old), &at(new));
    successes(pair, old, new, &places, found);
    beside(pair, old, new, &places, found);
    errors(pair, old, new, &places, found);
    let (before, after) = (responses(pair.old, old), responses(pair.new, new));
    for status in before.keys().filter(|status| status.starts_with('2')) {
        let schema = |side, operation: &Operation, answer: &Answer| body(side, operation, status, answer);
        if let (Some(was), Some(is)) = (schema(pair.old, old, &old.success), schema(pair.new, new, &new.success)) {
            let name = format!("the answer {status}");
            found.drafts.extend(bounds::of_schema(pair, &was, &is, &name, Ways::ANSWERED));
        }
    }
    plain_errors((old, &before), (new, &after), &places, found);
    statuses(&before, &after, &places, found);
    headers(&before, &after, &places, found);
    let paging = |side: Side<'_>, operation: &Operation| side.model.facts.paging.get(&operation.pointer).cloned();
    let (was, is) = (paging(pair.old, old), paging(pair.new, new));
    if was != is {
        let what = match (&was, &is) {
            (None, _) => "its pages can be walked over now",
            (_, None) => "its pages can no longer be walked over",
            (Some(_), Some(_)) => "its pages hang together otherwise",
        };
        found.drafts.push(Draft::part(Kind::Paging, Wire::None, what, Part::Answer, places));
    }
}

fn successes(pair: &Pair<'_>, old: &Operation, new: &Operation, places: &Places, found: &mut Found) {
    let (Answer::OneOf(before), Answer::OneOf(after)) = (&old.success, &new.success) else {
        return success(pair, &old.success, &new.success, &About::Answer, places, found);
    };
    // Which statuses there are is looked at on its own.
    for case in before {
        let about = About::Part(Part::Case(Some(case.status)));
        let now = after.iter().find(|other| other.status == case.status);
        now.into_iter().for_each(|now| success(pair, &case.answer, &now.answer, &about, places, found));
    }
}

fn success(pair: &Pair<'_>, old: &Answer, new: &Answer, about: &About, places: &Places, found: &mut Found) {
    let mut add = |kind, wire, what: String| {
        found.drafts.push(Draft::new(kind, wire, what, about.clone(), places.clone()));
    };
    let (before, after) = (old.media_types().join(", "), new.media_types().join(", "));
    if !before.is_empty() && !after.is_empty() && before != after {
        add(
            Kind::AnswerMediaType,
            Wire::Breaking,
            format!("a success is {} now, and was {}", code(&after), code(&before)),
        );
    }
    match (old, new) {
        (
            Answer::Json { ty: before, nullable, optional, media_type: _ },
            Answer::Json { ty: after, nullable: null_after, optional: missing_after, media_type: _ },
        ) => {
            let relation = pair.relation(before, after);
            if super::types::is_other(pair, before, after) {
                let what = format!("the type of a success: {}", pair.arrow(before, after));
                add(Kind::AnswerType, Ways::ANSWERED.of_relation(relation), what);
            }
            for (was, is, what) in [(nullable, null_after, "null"), (optional, missing_after, "without a body")] {
                if was != is {
                    let wire = Ways::ANSWERED.of_relation(Relation::of_flag(*was, *is));
                    let may = if *is { "may be" } else { "can no longer be" };
                    add(Kind::AnswerType, wire, format!("a success {may} {what}"));
                }
            }
        }
        (Answer::Stream(before), Answer::Stream(after)) => sequence(pair, before, after, places, found),
        (Answer::Empty, Answer::Empty)
        | (Answer::Text { .. }, Answer::Text { .. })
        | (Answer::Bytes { .. } | Answer::Redirect, Answer::Bytes { .. } | Answer::Redirect) => {}
        (
            Answer::Empty
            | Answer::Json { .. }
            | Answer::Text { .. }
            | Answer::Bytes { .. }
            | Answer::Redirect
            | Answer::Stream(_)
            | Answer::OneOf(_),
            _,
        ) => {
            let said = |answer: &Answer, model| match answer {
                Answer::Empty => "nothing".to_owned(),
                Answer::Json { ty, .. } => words::of_type(ty, model),
                Answer::Text { .. } => "text".to_owned(),
                Answer::Bytes { .. } | Answer::Redirect => "bytes".to_owned(),
                Answer::Stream(sequence) => format!("stream of {}", item(sequence, model)),
                Answer::OneOf(_) => "one of several".to_owned(),
            };
            let what = format!("the type of a success: {} → {}", said(old, pair.old.model), said(new, pair.new.model));
            // A client that reads no body is not disturbed by one.
            let wire = if *old == Answer::Empty { Wire::Additive } else { Wire::Breaking };
            add(Kind::AnswerType, wire, what);
        }
    }
}

/// What each value of a sequence is, in words.
fn item(sequence: &Sequence, model: &Model) -> String {
    data(&sequence.item, model)
}

fn data(item: &Item, model: &Model) -> String {
    match item {
        Item::Json { ty, nullable: _ } => words::of_type(ty, model),
        Item::Text => "text".to_owned(),
        Item::Events(_) => "several events".to_owned(),
    }
}

/// Values that come one after another.
fn sequence(pair: &Pair<'_>, old: &Sequence, new: &Sequence, places: &Places, found: &mut Found) {
    let Sequence { item: after, format, media_type: _ } = new;
    match (&old.item, after) {
        (Item::Events(before), Item::Events(after)) => events(pair, before, after, places, found),
        (before, after) => {
            if let Some((wire, change)) = changed_data(pair, before, after) {
                let what = format!("the type of the values of a stream: {change}");
                found.drafts.push(Draft::part(Kind::AnswerType, wire, what, Part::Answer, places.clone()));
            }
        }
    }
    if old.format != *format {
        let what = "the values of a stream are told apart otherwise";
        found.drafts.push(Draft::part(Kind::AnswerStream, Wire::Breaking, what, Part::Answer, places.clone()));
    }
}

/// What is different about values of a stream, or the data of events.
fn changed_data(pair: &Pair<'_>, old: &Item, new: &Item) -> Option<(Wire, String)> {
    let (relation, is_other) = match (old, new) {
        (Item::Json { ty: was, nullable }, Item::Json { ty: is, nullable: null_after }) => {
            let relation = pair.relation(was, is).and(Relation::of_flag(*nullable, *null_after));
            (relation, super::types::is_other(pair, was, is))
        }
        (Item::Text, Item::Text) => (Relation::Same, false),
        (Item::Json { .. } | Item::Text | Item::Events(_), _) => (Relation::Other, true),
    };
    (relation != Relation::Same || is_other).then(|| {
        let (was, is) = (data(old, pair.old.model), data(new, pair.new.model));
        (Ways::ANSWERED.of_relation(relation), format!("{was} → {is}"))
    })
}

/// Events that are told apart by their names.
fn events(pair: &Pair<'_>, old: &[Event], new: &[Event], places: &Places, found: &mut Found) {
    let mut add = |name: &str, wire, what: String| {
        let part = Part::Event(name.to_owned());
        found.drafts.push(Draft::part(Kind::AnswerType, wire, what, part, places.clone()));
    };
    for event in old {
        match new.iter().find(|other| other.name == event.name) {
            Some(now) => {
                if let Some((wire, change)) = changed_data(pair, &event.data, &now.data) {
                    add(&event.name, wire, format!("the data of the event {}: {change}", code(&event.name)));
                }
            }
            None => add(&event.name, Wire::Additive, format!("the event {} is gone", code(&event.name))),
        }
    }
    for event in new.iter().filter(|event| old.iter().all(|other| other.name != event.name)) {
        add(&event.name, Wire::Additive, format!("the event {} is new", code(&event.name)));
    }
}

/// A stream that can be had beside the whole.
fn beside(pair: &Pair<'_>, old: &Operation, new: &Operation, places: &Places, found: &mut Found) {
    let (wire, what) = match (&old.stream, &new.stream) {
        (None, None) => return,
        (Some(before), Some(after)) => return sequence(pair, before, after, places, found),
        (None, Some(after)) => {
            (Wire::Additive, format!("its answer can be had as a stream of {} too", item(after, pair.new.model)))
        }
        (Some(before), None) => {
            (Wire::Breaking, format!("its answer can no longer be had as a stream of {}", item(before, pair.old.model)))
        }
    };
    found.drafts.push(Draft::part(Kind::AnswerStream, wire, what, Part::Answer, places.clone()));
}

fn errors(pair: &Pair<'_>, old: &Operation, new: &Operation, places: &Places, found: &mut Found) {
    let of = |operation: &'_ Operation| operation.errors.iter().cloned().collect::<BTreeMap<String, TypeRef>>();
    let (before, after) = (of(old), of(new));
    for (status, ty) in &before {
        let Some(now) = after.get(status) else {
            let what = format!("the error {status}, {}, is gone", words::of_type(ty, pair.old.model));
            found.drafts.push(Draft::new(Kind::ErrorRemoved, Wire::Additive, what, About::Nothing, places.clone()));
            continue;
        };
        let relation = pair.relation(ty, now);
        if super::types::is_other(pair, ty, now) {
            let what = format!("the type of the error {status}: {}", pair.arrow(ty, now));
            let wire = Ways::ANSWERED.of_relation(relation);
            let draft = Draft::new(Kind::ErrorType, wire, what, About::Nothing, places.clone());
            found.drafts.push(draft.advise("Read the body of the error by the accessor of its new type."));
        }
    }
    for (status, ty) in after.iter().filter(|(status, _)| !before.contains_key(*status)) {
        let what = format!("the error {status}, {}, is new", words::of_type(ty, pair.new.model));
        found.drafts.push(Draft::new(Kind::ErrorAdded, Wire::Additive, what, About::Nothing, places.clone()));
    }
}

/// Errors that say nothing beyond their status.
fn plain_errors(old: (&Operation, &Responses), new: (&Operation, &Responses), places: &Places, found: &mut Found) {
    let plain = |(operation, responses): (&Operation, &Responses)| {
        let is_error = |status: &&String| status.starts_with(['4', '5']) || *status == "default";
        let is_plain = |status: &&String| operation.errors.iter().all(|(known, _)| known != *status);
        responses.keys().filter(is_error).filter(is_plain).cloned().collect::<BTreeSet<String>>()
    };
    let (was, is) = (plain(old), plain(new));
    let gone =
        was.iter().filter(|status| !new.1.contains_key(*status)).map(|status| (Kind::ErrorRemoved, status, "gone"));
    let come = is.iter().filter(|status| !old.1.contains_key(*status)).map(|status| (Kind::ErrorAdded, status, "new"));
    for (kind, status, word) in gone.chain(come) {
        let what = format!("the error {status} is {word}");
        found.drafts.push(Draft::new(kind, Wire::Additive, what, About::Nothing, places.clone()));
    }
}

/// Where the schema of the body stands that a success of a status has.
fn body(side: Side<'_>, operation: &Operation, status: &str, answer: &Answer) -> Option<Pointer> {
    let media_type = match answer {
        Answer::Json { media_type, .. } => media_type,
        Answer::OneOf(cases) => {
            let case = cases.iter().find(|case| case.status.to_string() == status)?;
            return body(side, operation, status, &case.answer);
        }
        Answer::Empty | Answer::Text { .. } | Answer::Bytes { .. } | Answer::Redirect | Answer::Stream(_) => {
            return None;
        }
    };
    let (place, _) = resolved(side, operation.pointer.child("responses").child(status))?;
    Some(place.child("content").child(media_type).child("schema"))
}

/// What the description says of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Header {
    required: bool,
    /// What it holds, in the description's words.
    ty: String,
}

/// The answers that the description lists: by status, the headers that each has.
type Responses = BTreeMap<String, BTreeMap<String, Header>>;

fn responses(side: Side<'_>, operation: &Operation) -> Responses {
    let place = operation.pointer.child("responses");
    let statuses = keys(side.document.find(&place)).into_iter().filter(|status| !status.starts_with("x-"));
    let headers = |status: &str| {
        let Some((place, response)) = resolved(side, place.child(status)) else { return BTreeMap::new() };
        let names = keys(response.get("headers")).into_iter();
        names.map(|name| (name.to_lowercase(), header(side, place.child("headers").child(&name)))).collect()
    };
    statuses.map(|status| (status.clone(), headers(&status))).collect()
}

fn header(side: Side<'_>, place: Pointer) -> Header {
    let Some((place, node)) = resolved(side, place) else { return Header { required: false, ty: String::new() } };
    let required = node.get("required").and_then(Node::as_bool).unwrap_or_default();
    // A schema of its own in 3.0; a type at once in 2.0.
    let schema = resolved(side, place.child("schema")).map_or(node, |(_, schema)| schema);
    let words = ["type", "format"].into_iter().filter_map(|key| schema.get(key)?.as_text());
    Header { required, ty: words.collect::<Vec<_>>().join(" ") }
}

fn keys(node: Option<&Node>) -> Vec<String> {
    match node.map(|node| &node.value) {
        Some(Value::Map(map)) => map.keys().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

/// What stands at a place, `$ref`s followed, and where that is.
fn resolved(side: Side<'_>, place: Pointer) -> Option<(Pointer, &Node)> {
    const DEEPEST: usize = 20;
    let mut place = place;
    for _ in 0..DEEPEST {
        let node = side.document.find(&place)?;
        match node.get("$ref").map(|node| &node.value) {
            Some(Value::Text(reference)) => place = side.document.target(&place, reference)?,
            _ => return Some((place, node)),
        }
    }
    None
}

/// Statuses of successes: what a client takes for a success does not depend on them, but which of several answers it is may.
fn statuses(old: &Responses, new: &Responses, places: &Places, found: &mut Found) {
    let successes = |answers: &Responses| {
        answers.keys().filter(|status| status.starts_with('2')).cloned().collect::<BTreeSet<String>>()
    };
    let (was, is) = (successes(old), successes(new));
    let list = |set: Vec<&String>| set.into_iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    let (gone, come) = (list(was.difference(&is).collect()), list(is.difference(&was).collect()));
    let (wire, what) = match (gone.as_str(), come.as_str()) {
        ("", "") => return,
        ("", come) => (Wire::Additive, format!("a success may have the status {come} too")),
        (gone, "") => (Wire::Breaking, format!("no success has the status {gone} any more")),
        (gone, come) => (Wire::Breaking, format!("a success has the status {come}, and no longer {gone}")),
    };
    let draft = Draft::new(Kind::AnswerStatus, wire, what, About::Statuses, places.clone());
    found.drafts.push(draft.advise("Look where the status itself is asked for."));
}

fn headers(old: &Responses, new: &Responses, places: &Places, found: &mut Found) {
    for (status, before) in old {
        let Some(after) = new.get(status) else { continue };
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for name in names {
            let told = match (before.get(name), after.get(name)) {
                (Some(_), None) => vec![(Wire::Breaking, "is gone".to_owned())],
                (None, Some(_)) => vec![(Wire::Additive, "is new".to_owned())],
                (Some(was), Some(is)) => changed_header(was, is),
                (None, None) => Vec::new(),
            };
            for (wire, what) in told {
                let what = format!("the header {} of {status} {what}", code(name));
                let draft = Draft::new(Kind::AnswerHeader, wire, what, About::Nothing, places.clone());
                found.drafts.push(draft.advise("Look where the header is read."));
            }
        }
    }
}

fn changed_header(old: &Header, new: &Header) -> Vec<(Wire, String)> {
    let mut told = Vec::new();
    match (old.required, new.required) {
        (true, false) => told.push((Wire::Breaking, "may be missing now".to_owned())),
        (false, true) => told.push((Wire::Additive, "is always there now".to_owned())),
        (true, true) | (false, false) => {}
    }
    if old.ty != new.ty {
        let said = |ty: &str| if ty.is_empty() { "any text".to_owned() } else { code(ty) };
        told.push((Wire::Breaking, format!("holds {} now, and held {}", said(&new.ty), said(&old.ty))));
    }
    told
}
