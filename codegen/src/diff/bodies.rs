//! Bodies of requests: new, gone, of another media type, type or encoding, required or not.

use super::change::{Kind, Wire};
use super::operations::Found;
use super::relation::{Relation, Ways};
use super::settle::{Draft, Places};
use super::words::code;
use super::{Pair, Side, bounds, notes as said, words};
use crate::emit::surface::Part;
use crate::ir::{Body, Operation, Payload, TypeRef};

pub(super) fn changes(pair: &Pair<'_>, old: &Operation, new: &Operation, found: &mut Found) {
    match (&old.body, &new.body) {
        (None, None) => {}
        (None, Some(body)) => {
            let (wire, required) = if body.required { (Wire::Breaking, " and required") } else { (Wire::Additive, "") };
            let what = format!("a body, {}, is new{required}", code(&body.media_type));
            found.drafts.push(Draft::part(Kind::BodyAdded, wire, what, Part::Body, Places::come(&body.pointer)));
        }
        (Some(body), None) => {
            let places = Places::gone(&body.pointer);
            let draft = Draft::part(Kind::BodyRemoved, Wire::Breaking, "no body is sent any more", Part::Body, places);
            found.drafts.push(draft.advise("Send no body: servers ignore or refuse it."));
        }
        (Some(before), Some(after)) => changed(pair, before, after, found),
    }
}

fn changed(pair: &Pair<'_>, old: &Body, new: &Body, found: &mut Found) {
    let Body { pointer, payload, required, media_type, offered, docs, notes } = new;
    let places = Places::of(&old.pointer, pointer);
    let mut add = |kind, wire, what: String| {
        found.drafts.push(Draft::part(kind, wire, what, Part::Body, places.clone()));
    };
    if old.media_type != *media_type {
        let what = format!("the body is {} now, and was {}", code(media_type), code(&old.media_type));
        // What the description still lists is still taken.
        let listed = pair.new.document.find(pointer).and_then(|body| body.get("content"));
        let is_taken = listed.is_some_and(|content| content.get(&old.media_type).is_some());
        add(Kind::BodyMediaType, if is_taken { Wire::Additive } else { Wire::Breaking }, what);
    }
    let listed = |body: &Body, of: &Side<'_>, name: &str| {
        let content = of.document.find(&body.pointer).and_then(|body| body.get("content"));
        content.is_some_and(|content| content.get(name).is_some())
    };
    // What is still listed is still taken.
    for gone in old.offered.iter().filter(|name| !listed(new, &pair.new, name)) {
        add(Kind::BodyMediaType, Wire::Breaking, format!("the body can no longer be {}", code(gone)));
    }
    for come in offered.iter().filter(|name| !listed(old, &pair.old, name)) {
        add(Kind::BodyMediaType, Wire::Additive, format!("the body can be {}, too", code(come)));
    }
    if old.required != *required {
        let verdict = if *required { Wire::Breaking } else { Wire::Additive };
        add(Kind::BodyRequired, verdict, format!("the body is {} required", words::now(*required)));
    }
    match (held(&old.payload), held(payload)) {
        (Held::Value(before, null_before), Held::Value(after, null_after)) => {
            let relation = pair.relation(before, after).and(Relation::of_flag(null_before, null_after));
            if relation != Relation::Same || super::types::is_other(pair, before, after) {
                let what = format!("the type of the body: {}", pair.arrow(before, after));
                add(Kind::BodyType, Ways::SENT.of_relation(relation), what);
            }
        }
        (Held::Given(before), Held::Given(after)) if before == after => {}
        (Held::Given(_) | Held::Value(..), Held::Given(_) | Held::Value(..)) => {
            let said = |payload: &Payload, model| match held(payload) {
                Held::Value(ty, _) => words::of_type(ty, model),
                Held::Given(what) => what.to_owned(),
            };
            let (before, after) = (said(&old.payload, pair.old.model), said(payload, pair.new.model));
            // With another media type it is said already that old bodies are not taken.
            let verdict = if old.media_type == *media_type { Wire::Breaking } else { Wire::None };
            add(Kind::BodyType, verdict, format!("the type of the body: {before} → {after}"));
        }
    }
    if encoding(&old.payload) != encoding(payload) && old.media_type == *media_type {
        add(Kind::BodyEncoding, Wire::Breaking, "the members of the form are written otherwise".to_owned());
    }
    if old.media_type == *media_type {
        let schema = |body: &Body| body.pointer.child("content").child(&body.media_type).child("schema");
        found.drafts.extend(bounds::of_schema(pair, &schema(old), &schema(new), "the body", Ways::SENT));
    }
    if said::words((&old.docs, &old.notes), (docs, notes)) {
        found.docs.push("the body".to_owned());
    }
}

/// What callers hand over.
enum Held<'a> {
    /// A value of a type, or null.
    Value(&'a TypeRef, bool),
    /// What they have encoded themselves.
    Given(&'static str),
}

fn held(payload: &Payload) -> Held<'_> {
    match payload {
        Payload::Json { ty, nullable } => Held::Value(ty, *nullable),
        Payload::Lines { ty }
        | Payload::Form { ty, styles: _ }
        | Payload::Multipart { ty, types: _, choices: _, styles: _ } => Held::Value(ty, false),
        Payload::Text => Held::Given("text"),
        Payload::Bytes => Held::Given("bytes"),
        Payload::Encoded => Held::Given("encoded bytes"),
    }
}

type Encoding<'a> = (&'a [(String, crate::ir::Style)], &'a [(String, String)]);

/// How the members of a form are written.
fn encoding(payload: &Payload) -> Encoding<'_> {
    match payload {
        Payload::Form { ty: _, styles } => (styles, &[]),
        Payload::Multipart { ty: _, types, choices: _, styles } => (styles, types),
        Payload::Json { .. } | Payload::Lines { .. } | Payload::Text | Payload::Bytes | Payload::Encoded => (&[], &[]),
    }
}
