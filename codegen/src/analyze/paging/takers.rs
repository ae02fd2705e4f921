//! What of a request may take something that pages are asked for with.

use super::Place;
use super::find::{Kind, kind, struct_at};
use super::names::{ENVELOPE, OPTIONS, plain};
use crate::ir::{Access, Api, Location, Member, Notes, Operation, Payload, Struct};

/// A value of a request that has no parts.
pub(super) struct Taker<'a> {
    pub(super) place: Place,
    /// Its name, as the tables of names have it.
    pub(super) plain: String,
    pub(super) kind: Kind,
    pub(super) notes: &'a Notes,
}

impl Taker<'_> {
    /// Whether both stand in one query, or in one object of the body.
    pub(super) fn is_beside(&self, other: &Taker<'_>) -> bool {
        match (&self.place, &other.place) {
            (Place::Query(_), Place::Query(_)) => true,
            (Place::Body(a), Place::Body(b)) => {
                a.split_last().map(|(_, above)| above) == b.split_last().map(|(_, above)| above)
            }
            _ => false,
        }
    }
}

/// The query parameters of an operation, by their names.
pub(super) fn queries<'a>(api: &Api, operation: &'a Operation) -> Vec<Taker<'a>> {
    let queries = operation.parameters.iter().filter(|parameter| parameter.location == Location::Query);
    let mut all: Vec<_> = queries
        .filter_map(|parameter| {
            let place = Place::Query(parameter.wire.clone());
            Some(Taker {
                place,
                plain: plain(&parameter.wire),
                kind: kind(api, &parameter.ty)?,
                notes: &parameter.notes,
            })
        })
        .collect();
    all.sort_by(|a, b| shown(a).cmp(shown(b)));
    all
}

/// The members of an operation's body: those at its root by their names, and then those of what is about pages there.
pub(super) fn members<'a>(api: &'a Api, operation: &'a Operation) -> Vec<Taker<'a>> {
    let Some(Payload::Json { ty, .. }) = operation.body.as_ref().map(|body| &body.payload) else { return Vec::new() };
    let Some(root) = struct_at(api, ty, &[]) else { return Vec::new() };
    let mut all = scalars(api, root, &[]);
    for name in ENVELOPE.iter().chain(OPTIONS) {
        let Some(member) = root.members.iter().find(|member| plain(&member.wire) == *name) else { continue };
        if let Some(inner) = struct_at(api, &member.ty, &[]) {
            all.extend(scalars(api, inner, std::slice::from_ref(&member.wire)));
        }
    }
    all
}

fn scalars<'a>(api: &Api, holder: &'a Struct, path: &[String]) -> Vec<Taker<'a>> {
    let is_sent = |member: &&Member| member.access != Access::ReadOnly;
    let mut all: Vec<_> = holder
        .members
        .iter()
        .filter(is_sent)
        .filter_map(|member| {
            let place = Place::Body([path, std::slice::from_ref(&member.wire)].concat());
            Some(Taker { place, plain: plain(&member.wire), kind: kind(api, &member.ty)?, notes: &member.notes })
        })
        .collect();
    all.sort_by(|a, b| shown(a).cmp(shown(b)));
    all
}

/// The name that a place goes by.
fn shown<'a>(taker: &'a Taker<'_>) -> &'a str {
    match &taker.place {
        Place::Query(name) => name,
        Place::Body(path) => path.last().map_or("", |name| name),
    }
}
