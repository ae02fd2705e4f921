//! Values that are of several branches of an `anyOf` at once: each is read as one of these, and loses what only the others
//! know of it.

use super::Leaf;
use super::object::Object;
use crate::diag::SEVERAL_BRANCHES;
use crate::ir::{Told, TypeId};
use crate::lower::causes::Causes;
use crate::normalize::{Spec, Stands};
use crate::pointer::Pointer;

/// Says of the union `id`, if it is an `anyOf`, which two of its branches an object can be at once, the first that are found.
pub(super) fn remark(spec: &Spec, id: &TypeId, objects: &[Object<'_>], told: &[Told], causes: &mut Causes) {
    let Some(Stands::Here(schema)) = spec.schema(&id.0) else { return };
    if schema.any_of().next().is_none() {
        return;
    }
    let all = || objects.iter().zip(told).enumerate();
    let pairs = all().flat_map(|(at, one)| all().skip(at + 1).map(move |(_, other)| (one, other)));
    // What is said inside another union is said there.
    let mut pairs = pairs.filter(|((one, _), (other, _))| one.leaf.branch != other.leaf.branch);
    let found = pairs.find_map(|(one, other)| Some((one.0, other.0, read_as(spec, one, other)?)));
    if let Some((one, other, read)) = found {
        let (one, other) = (name(spec, one, other), name(spec, other, one));
        let message = format!(
            "an object can be {one} and {other} at once; it is read as {read}, and members that only the other has are lost"
        );
        // The list may stand elsewhere, if it was brought together with other schemas.
        let list = id.0.child("anyOf");
        let place = if spec.node(&list).is_some() { &list } else { &id.0 };
        causes.decoding(id, place, &SEVERAL_BRANCHES, message);
    }
}

/// Which of two branches an object is read as that is both, if there can be one that loses something.
fn read_as(spec: &Spec, one: (&Object<'_>, &Told), other: (&Object<'_>, &Told)) -> Option<String> {
    if let (Told::Tagged { member, .. }, Told::Tagged { member: another, .. }) = (one.1, other.1)
        && member == another
    {
        return None;
    }
    // Servers write such a member, though it need not be there.
    if let (Told::Fitting { listed: Some((member, values)), .. }, Told::Fitting { listed: Some((another, others)), .. }) =
        (one.1, other.1)
        && member == another
        && !values.iter().any(|value| others.contains(value))
    {
        return None;
    }
    let loses = |read: &Object<'_>, other: &Object<'_>| !read.keeps_all_of(other);
    let both_lose = loses(one.0, other.0) && loses(other.0, one.0);
    let claims = |told: &Told| matches!(told, Told::Tagged { .. } | Told::Having { .. });
    let (lost, read) = match (claims(one.1), claims(other.1)) {
        // Whichever is read, what it loses the other would have kept.
        (true, true) => (loses(one.0, other.0) || loses(other.0, one.0), "the one whose member comes first".to_owned()),
        (true, false) => (loses(one.0, other.0), name(spec, one.0, other.0)),
        (false, true) => (loses(other.0, one.0), name(spec, other.0, one.0)),
        // The one that has more of it is the one that is read.
        (false, false) => (both_lose, "the one that leaves fewer of its members over".to_owned()),
    };
    (lost && !one.0.is_apart(other.0)).then_some(read)
}

/// What a branch is called in a message that speaks of the other one too: by its component or its title, or else by what only
/// it has, or by where it stands in the list.
fn name(spec: &Spec, object: &Object<'_>, other: &Object<'_>) -> String {
    let Leaf { places, pointer, .. } = &object.leaf;
    let title = |place: &Pointer| spec.node(place)?.get("title")?.as_text().map(str::to_owned);
    let component = places.iter().find_map(|place| spec.component_name(place));
    if let Some(name) = component.or_else(|| places.iter().find_map(title)) {
        return format!("`{name}`");
    }
    let mut own = object.members.iter().filter(|(member, _)| !other.members.contains_key(*member)).peekable();
    let first = own.peek().map(|(member, _)| **member);
    let needed = own.find(|(_, fact)| fact.required).map(|(member, _)| *member);
    match (needed.or(first), pointer.last().and_then(|last| last.parse::<usize>().ok())) {
        (Some(member), _) => format!("the branch with `{member}`"),
        (None, Some(at)) => format!("branch {} of the list", at + 1),
        (None, None) => format!("`{pointer}`"),
    }
}
