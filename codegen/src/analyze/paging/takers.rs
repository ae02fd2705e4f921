//! What of a request may take something that pages are asked for with.

use super::Place;
use super::find::{Kind, kind, struct_at};
use super::names::{ENVELOPE, OPTIONS, is_a_cursor, plain, plain_header};
use crate::ir::{Access, Api, Docs, Location, Member, Notes, Operation, Parameter, Payload, Struct, StyleKind};

/// A value of a request that has no parts.
pub(super) struct Taker<'a> {
    pub(super) place: Place,
    /// Its name, as the tables of names have it.
    pub(super) plain: String,
    pub(super) kind: Kind,
    pub(super) deprecated: bool,
    pub(super) notes: &'a Notes,
    pub(super) docs: &'a Docs,
}

impl Taker<'_> {
    /// Whether the first sentence about it speaks of an ID: a number of that is no count, whatever it is called.
    pub(super) fn is_id(&self) -> bool {
        let said = self.docs.description.as_deref().unwrap_or_default();
        let sentence = said.split(['.', '\n']).next().unwrap_or_default();
        let mut words = sentence.split(|character: char| !character.is_alphanumeric());
        words.any(|word| ["id", "identifier"].iter().any(|id| word.eq_ignore_ascii_case(id)))
    }

    /// Whether it counts: a number, or a text in the query that is a number by default, and so is written as one.
    pub(super) fn counts(&self) -> bool {
        let is_by_default = || {
            let text = self.notes.default.as_deref().and_then(|text| text.strip_prefix('"')?.strip_suffix('"'));
            text.is_some_and(|text| text.parse::<u32>().is_ok())
        };
        match self.kind {
            Kind::Number => true,
            Kind::Text => matches!(self.place, Place::Query(_)) && is_by_default(),
            Kind::Boolean => false,
        }
    }

    /// Whether both stand in one object of the body.
    pub(super) fn is_beside(&self, other: &Taker<'_>) -> bool {
        match (&self.place, &other.place) {
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
    let mut all: Vec<_> = queries.filter_map(|parameter| taker(api, parameter)).collect();
    all.sort_by(|a, b| shown(a).cmp(shown(b)));
    all
}

/// The headers that a request may have, for the first page has none with a cursor, and then the arguments of the path that say
/// that they are cursors.
pub(super) fn headers_and_paths<'a>(api: &Api, operation: &'a Operation) -> Vec<Taker<'a>> {
    let of = |is: fn(&Parameter) -> bool| {
        let mut all: Vec<_> =
            operation.parameters.iter().filter(|one| is(one)).filter_map(|one| taker(api, one)).collect();
        all.sort_by(|a, b| shown(a).cmp(shown(b)));
        all
    };
    let headers = of(|one| one.location == Location::Header && !one.required);
    let paths = of(|one| one.location == Location::Path && is_plain(one) && is_a_cursor(&plain(&one.wire)));
    headers.into_iter().chain(paths).collect()
}

/// Whether an argument of the path is written as it is.
pub(super) fn is_plain(parameter: &Parameter) -> bool {
    parameter.style.kind == StyleKind::Simple
}

fn taker<'a>(api: &Api, parameter: &'a Parameter) -> Option<Taker<'a>> {
    let wire = parameter.wire.clone();
    let (place, plain) = match parameter.location {
        Location::Query => (Place::Query(wire), plain(&parameter.wire)),
        Location::Header => (Place::Header(wire), plain_header(&parameter.wire)),
        Location::Path => (Place::Path(wire), plain(&parameter.wire)),
        Location::Cookie => return None,
    };
    let kind = kind(api, &parameter.ty)?;
    Some(Taker { place, plain, kind, deprecated: parameter.deprecated, notes: &parameter.notes, docs: &parameter.docs })
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
            let (plain, kind) = (plain(&member.wire), kind(api, &member.ty)?);
            Some(Taker { place, plain, kind, deprecated: member.deprecated, notes: &member.notes, docs: &member.docs })
        })
        .collect();
    all.sort_by(|a, b| shown(a).cmp(shown(b)));
    all
}

/// The name that a place goes by.
fn shown<'a>(taker: &'a Taker<'_>) -> &'a str {
    match &taker.place {
        Place::Query(name) | Place::Header(name) | Place::Path(name) => name,
        Place::Body(path) => path.last().map_or("", |name| name),
    }
}
