//! Two schemas that hold at once → the one that says both.

use crate::formats::usual_format;
use crate::normalize::form::Form;

use super::flat::{Additional, Flat};
use super::heirs::is_component;
use super::{Composer, Stop};
use crate::pointer::Pointer;

impl Composer<'_> {
    /// What `a` and `b` say together; schemas inside that hold at once are made at places below `at`. Where both say a
    /// thing that makes no difference to the other, `a` says it.
    pub(super) fn meet(&mut self, a: &Flat, b: &Flat, at: &Pointer) -> Result<Flat, Stop> {
        // `properties` and the like say nothing of a value that is no object.
        if a.kind != b.kind && a.kind.is_some() && b.kind.is_some() && a.is_told != b.is_told {
            return Ok(if a.is_told { b.clone() } else { a.clone() });
        }
        let mut both = Flat {
            home: None,
            kind: kind(a, b)?,
            is_told: (a.is_told || a.kind.is_none()) && (b.is_told || b.kind.is_none()),
            format: format(a, b)?,
            values: values(a, b)?,
            properties: a.properties.clone(),
            required: a.required.union(&b.required).cloned().collect(),
            additional: Additional::Unsaid,
            items: None,
            tuple: self.meet_tuples(a, b, at)?,
            content: self.meet_links(&a.content, &b.content, &at.child("contentSchema")),
            nullable: match (a.is_bare(), b.is_bare()) {
                (false, false) => a.nullable && b.nullable,
                _ => a.nullable || b.nullable,
            },
            unions: a.unions.clone(),
            notes: a.notes.iter().chain(&b.notes).cloned().collect(),
        };
        both.unions.extend(b.unions.iter().filter(|union| !a.unions.contains(union)).cloned());
        self.spend(b.properties.len())?;
        for (name, theirs) in &b.properties {
            let place = match a.properties.get(name) {
                Some(ours) => self.meet_places(ours, theirs, &at.child("properties").child(name)),
                None => theirs.clone(),
            };
            both.properties.insert(name.clone(), place);
        }
        // What all items are said to be is ignored where it is said of each.
        both.items = self.meet_links(&a.items, &b.items, &at.child("items")).filter(|_| both.tuple.is_empty());
        both.additional = match (&a.additional, &b.additional) {
            (Additional::Schema(ours), Additional::Schema(theirs)) => {
                Additional::Schema(self.meet_places(ours, theirs, &at.child("additionalProperties")))
            }
            (Additional::Schema(place), _) | (_, Additional::Schema(place)) => Additional::Schema(place.clone()),
            // Each forbids what the other has: taken at its word, no object would fit.
            (Additional::Forbidden, Additional::Forbidden) => Additional::Forbidden,
            (Additional::Forbidden, _) if b.properties.is_empty() => Additional::Forbidden,
            (_, Additional::Forbidden) if a.properties.is_empty() => Additional::Forbidden,
            (Additional::Forbidden, _) | (_, Additional::Forbidden) => Additional::Unsaid,
            (Additional::Anything, _) | (_, Additional::Anything) => Additional::Anything,
            (Additional::Unsaid, Additional::Unsaid) => Additional::Unsaid,
        };
        // What has a name is not said again without it.
        let pairs = [(a, b), (b, a)].into_iter();
        let same = pairs.filter(|(one, other)| both.is_same(one) && !self.is_bound_by(one, other));
        both.home =
            same.map(|(one, _)| one.home.clone()).min_by_key(|home| !home.as_ref().is_some_and(is_component)).flatten();
        Ok(both)
    }

    /// Whether bounds that `other` has hold for the values of `one` as well, and can be said of them: where these stand, and not of
    /// a type with a name.
    fn is_bound_by(&self, one: &Flat, other: &Flat) -> bool {
        let is_plain = one.values.is_none() && one.unions.is_empty() && one.kind.as_deref() != Some("object");
        is_plain
            && !one.home.as_ref().is_some_and(is_component)
            && other.notes.iter().any(|place| self.has_bounds(place))
    }

    /// The schema inside that holds where each of both may have one.
    fn meet_links(&mut self, a: &Option<Pointer>, b: &Option<Pointer>, at: &Pointer) -> Option<Pointer> {
        match (a, b) {
            (Some(ours), Some(theirs)) => Some(self.meet_places(ours, theirs, at)),
            (ours, theirs) => ours.as_ref().or(theirs.as_ref()).cloned(),
        }
    }

    /// The items of a tuple that both allow; none, if neither is one.
    fn meet_tuples(&mut self, a: &Flat, b: &Flat, at: &Pointer) -> Result<Vec<Pointer>, Stop> {
        if a.tuple.is_empty() || b.tuple.is_empty() {
            return Ok([&a.tuple, &b.tuple].into_iter().flatten().cloned().collect());
        }
        if a.tuple.len() != b.tuple.len() {
            return Err(Stop::Conflict);
        }
        let items = at.child("prefixItems");
        let both = a.tuple.iter().zip(&b.tuple).enumerate();
        Ok(both.map(|(index, (ours, theirs))| self.meet_places(ours, theirs, &items.item(index))).collect())
    }
}

/// The type of values that both allow.
fn kind(a: &Flat, b: &Flat) -> Result<Option<String>, Stop> {
    match (a.kind.as_deref(), b.kind.as_deref()) {
        (Some("integer"), Some("number")) | (Some("number"), Some("integer")) => Ok(Some("integer".to_owned())),
        (Some(ours), Some(theirs)) if ours != theirs => Err(Stop::Conflict),
        (ours, theirs) => Ok(ours.or(theirs).map(str::to_owned)),
    }
}

/// Formats that no text is of two of.
const APART: [&str; 5] = ["date-time", "date", "time", "duration", "uuid"];

/// The format of values that both allow: of integers the narrower one, which has room for what both have room for. Of other
/// formats, which may go together, it is the one that `a` says.
fn format(a: &Flat, b: &Flat) -> Result<Option<String>, Stop> {
    let (Some(ours), Some(theirs)) = (&a.format, &b.format) else {
        return Ok(a.format.as_ref().or(b.format.as_ref()).cloned());
    };
    let is_apart = |format: &String| APART.contains(&usual_format(format));
    if usual_format(ours) != usual_format(theirs) && is_apart(ours) && is_apart(theirs) {
        return Err(Stop::Conflict);
    }
    let is_narrower = match (bits(ours), bits(theirs)) {
        (Some(ours), Some(theirs)) => theirs < ours,
        (None, theirs) => theirs.is_some(),
        (Some(_), None) => false,
    };
    Ok(Some(if is_narrower { theirs } else { ours }.clone()))
}

/// How many bits the integers of a format have: `int32`, `uint8`.
fn bits(format: &str) -> Option<u32> {
    let format = usual_format(format);
    format.strip_prefix('u').unwrap_or(format).strip_prefix("int")?.parse().ok()
}

/// The listed values that both allow.
fn values(a: &Flat, b: &Flat) -> Result<Option<Vec<Form>>, Stop> {
    match (&a.values, &b.values) {
        (Some(ours), Some(theirs)) => {
            let both: Vec<Form> = ours.iter().filter(|value| theirs.contains(value)).cloned().collect();
            if both.is_empty() { Err(Stop::Conflict) } else { Ok(Some(both)) }
        }
        (ours, theirs) => Ok(ours.clone().or_else(|| theirs.clone())),
    }
}
