//! Operations: new, gone, moved; what they need and where they are served. Their parameters, bodies and answers have files
//! of their own.

use std::collections::BTreeMap;

use super::change::{Change, Kind, Wire};
use super::settle::{About, Draft, Owner, Places, settle};
use super::words::code;
use super::{Pair, Side, answers, bodies, notes, parameters, words};
use crate::emit::surface::Part;
use crate::ir::{Notes, Operation, Response, ServedAt};

/// What has changed in an operation, and what of the old parts is what of the new ones.
#[derive(Default)]
pub(super) struct Found {
    pub(super) drafts: Vec<Draft>,
    pub(super) parts: BTreeMap<Part, Part>,
    /// What has other words.
    pub(super) docs: Vec<String>,
}

pub(super) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for operation in &pair.matches.removed {
        let places = Places::gone(&operation.pointer);
        let draft =
            Draft::new(Kind::OperationRemoved, Wire::Breaking, "the operation is gone", About::All, places.clone())
                .advise("Do without the operation.");
        let differences = pair.surfaces.operations(Some(operation), None, &BTreeMap::new());
        changes.extend(settle(&owner(operation, places), vec![draft], &differences));
    }
    for operation in &pair.matches.added {
        let places = Places::come(&operation.pointer);
        let draft =
            Draft::new(Kind::OperationAdded, Wire::Additive, "the operation is new", About::All, places.clone());
        let differences = pair.surfaces.operations(None, Some(operation), &BTreeMap::new());
        changes.extend(settle(&owner(operation, places), vec![draft], &differences));
    }
    for (old, new) in &pair.matches.operations {
        changes.extend(changed(pair, old, new));
    }
    changes
}

fn owner(operation: &Operation, places: Places) -> Owner {
    Owner { subject: subject(operation), places, renamed: Kind::OperationRenamed }
}

/// `GET /pets/{id}`
fn subject(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

fn changed(pair: &Pair<'_>, old: &Operation, new: &Operation) -> Vec<Change> {
    let Operation {
        pointer,
        id: _,
        method,
        path,
        template,
        query,
        server,
        tags: _,
        docs,
        deprecated,
        parameters: _,
        body: _,
        success: _,
        stream: _,
        headers: _,
        errors: _,
        responses,
        // It shows in the paging.
        has_links: _,
        next_link: _,
        security: _,
    } = new;
    let places = Places::of(&old.pointer, pointer);
    let mut found = Found::default();
    let sent =
        |operation: &Operation| (operation.method.clone(), unnamed(&operation.template), operation.query.clone());
    if sent(old) != (method.clone(), unnamed(template), query.clone()) {
        let what = format!("it is {} now, and was {}", code(&subject(new)), code(&subject(old)));
        let is_there = old.method == *method && old.query == *query && is_at_one_address(pair, old, new);
        let wire = if is_there { Wire::None } else { Wire::Breaking };
        found.drafts.push(Draft::new(Kind::OperationMoved, wire, what, About::Part(Part::Whole), places.clone()));
    } else if old.path != *path {
        // The names of path parameters are the caller's alone.
        let what = format!("the path is written {} now, and was {}", code(path), code(&old.path));
        found.drafts.push(Draft::new(Kind::Docs, Wire::None, what, About::Nothing, places.clone()));
    }
    let url = |server: &Option<ServedAt>| server.as_ref().map(|server| server.url.clone());
    if url(&old.server) != url(server) {
        let at = |server: &Option<ServedAt>| match server {
            Some(server) => format!("at {}", code(&server.url)),
            None => "where the rest is".to_owned(),
        };
        let what = format!("it is served {} now, and was {}", at(server), at(&old.server));
        let wire = if is_at_one_address(pair, old, new) { Wire::None } else { Wire::Breaking };
        found.drafts.push(Draft::new(Kind::Server, wire, what, About::Nothing, places.clone()));
    }
    if old.deprecated != *deprecated {
        let what = format!("the operation is {} deprecated", words::now(*deprecated));
        let about = About::Part(Part::Whole);
        found.drafts.push(Draft::new(Kind::Deprecated, Wire::None, what, about, places.clone()));
    }
    let none = Notes::default();
    if notes::words((&old.docs, &none), (docs, &none)) {
        found.docs.push("the operation".to_owned());
    }
    let has_other_words = |new: &Response| {
        let mut same = old.responses.iter().filter(|old| old.status == new.status);
        same.any(|old| notes::words((&old.docs, &old.notes), (&new.docs, &new.notes)))
    };
    if responses.iter().any(has_other_words) {
        found.docs.push("what is answered".to_owned());
    }
    found.drafts.extend(super::api::requirements(pair, old, new));
    parameters::changes(pair, old, new, &mut found);
    bodies::changes(pair, old, new, &mut found);
    answers::changes(pair, old, new, &mut found);
    found.drafts.extend(notes::docs(places.clone(), &found.docs));
    let differences = pair.surfaces.operations(Some(old), Some(new), &found.parts);
    settle(&owner(new, places), found.drafts, &differences)
}

/// What paths are put behind.
pub(super) fn base(server: Option<&ServedAt>) -> Option<&str> {
    server.map(|server| server.url.trim_end_matches('/'))
}

/// Whether the old and the new client call one address, be it cut into server and path in two ways.
pub(super) fn is_at_one_address(pair: &Pair<'_>, old: &Operation, new: &Operation) -> bool {
    let address = |side: Side<'_>, operation: &Operation| {
        let base = base(operation.server.as_ref().or(side.model.api.server.as_ref()))?;
        base.contains("://").then(|| format!("{base}{}", unnamed(&operation.template)))
    };
    address(pair.old, old).is_some_and(|was| address(pair.new, new) == Some(was))
}

/// A template without the names of its parameters.
fn unnamed(template: &str) -> String {
    template
        .split('{')
        .map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest))
        .collect::<Vec<_>>()
        .join("{}")
}
