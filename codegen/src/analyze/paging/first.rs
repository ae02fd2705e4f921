//! What is asked for as the first page.

use super::Place;
use super::find::Kind;
use super::names::SIZE;
use super::takers::{Taker, queries};
use crate::ir::{Api, Notes};

/// What is said for the first page or item: the default, or the least value without one, if that is 0 or 1.
pub(super) fn said(notes: &Notes) -> Option<u32> {
    start(notes.default.as_deref().or(notes.minimum.as_deref())?)
}

/// The same of a page that is asked for with these takers. Where even a page's size may be 0, the least value is no more
/// than what a type without a sign has, and tells nothing.
pub(super) fn said_with(notes: &Notes, takers: &[Taker<'_>]) -> Option<u32> {
    let from_nothing = |notes: &Notes| notes.minimum.as_deref().and_then(start) == Some(0);
    let is_size = |taker: &Taker<'_>| taker.kind == Kind::Number && SIZE.contains(&taker.plain.as_str());
    let has_no_sign = || takers.iter().any(|taker| is_size(taker) && from_nothing(taker.notes));
    said(notes).filter(|_| notes.default.is_some() || !from_nothing(notes) || !has_no_sign())
}

/// What the first page is to all operations that take pages by the same name and say so.
pub(super) fn of_others(api: &Api, page: &Place) -> Option<u32> {
    let Place::Query(_) = page else { return None };
    let mut firsts = api.operations.iter().filter_map(|operation| {
        let takers = queries(api, operation);
        let same = takers.iter().find(|taker| taker.place == *page)?;
        said_with(same.notes, &takers)
    });
    let first = firsts.next()?;
    firsts.all(|other| other == first).then_some(first)
}

fn start(number: &str) -> Option<u32> {
    match number.trim_matches('"').parse::<f64>() {
        Ok(0.0) => Some(0),
        Ok(1.0) => Some(1),
        _ => None,
    }
}
