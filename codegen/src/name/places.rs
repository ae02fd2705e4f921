//! What a type is called by the place that it has: a component in a package, one in another file, a parameter of a path.

use super::scope::rungs;
use super::words::{Words, words};
use crate::pointer::Pointer;

/// Styles that component names are written in.
pub(super) const USUAL: &[&str] = &["pascal", "capital"];

/// The rungs of a component, or of what stands in one at `place`, by its name alone.
pub(super) fn component_rungs(name: &str, place: &Pointer) -> Vec<Words> {
    let component = place.tokens().nth(2).unwrap_or_default();
    let way = name.strip_prefix(component.as_ref()).and_then(|rest| rest.strip_prefix('.'));
    let short = match way {
        // What stands in a component is called by the whole way to it.
        Some(way) => packaged(&component).into_iter().map(|short| [short, words(way)].concat()).collect(),
        None => packaged(name),
    };
    [short, rungs(&[], name, USUAL)].concat()
}

/// Shorter names of a component that is called like something in a package (`io.k8s.api.core.v1.Pod`): by its last parts, and
/// by more of them. The first parts are the same all over a description, and say whose it is.
fn packaged(name: &str) -> Vec<Words> {
    const KEPT: usize = 3;
    let parts: Vec<&str> = name.split('.').collect();
    let is_name = |part: &&str| {
        let is_plain = |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '-';
        part.starts_with(|first: char| first.is_ascii_alphabetic()) && part.chars().all(is_plain)
    };
    if !parts.iter().all(is_name) {
        return Vec::new();
    }
    (KEPT..parts.len()).filter_map(|kept| Some(words(&parts.get(parts.len() - kept..)?.join(".")))).collect()
}

/// The last segment of a path item's path that is neither a variable nor a version, the last two, and so on; nothing, where
/// there is none.
pub(super) fn ends(item: &Pointer) -> impl Iterator<Item = Words> {
    let is_version = |segment: &str| {
        segment.strip_prefix('v').is_some_and(|rest| !rest.is_empty() && rest.chars().all(|one| one.is_ascii_digit()))
    };
    let path = item.name().filter(|path| path.starts_with('/'));
    let segments = path.iter().flat_map(|path| path.split('/'));
    let told = segments.filter(|segment| !segment.is_empty() && !segment.contains('{') && !is_version(segment));
    let told: Vec<Words> = told.map(words).collect();
    let nothing = (path.is_some() && told.is_empty()).then(Words::new);
    nothing.into_iter().chain((0..told.len()).rev().map(move |from| told.get(from..).unwrap_or_default().concat()))
}

/// Names of a component that stands in another file than the root document: after the file, after its folder and file, and
/// so on.
pub(super) fn in_file(file: &str, place: &Pointer, own: &[String]) -> Vec<Words> {
    let mut names: Vec<&str> = file.split('/').filter(|segment| *segment != "..").collect();
    if let Some(last) = names.last_mut() {
        *last = last.split_once('.').map_or(*last, |(stem, _)| stem);
    }
    // The whole of a file is called like it.
    if place.is_root() {
        names.pop();
    }
    let named = names.iter().rev().scan(own.to_vec(), |after, name| {
        *after = [words(name), after.clone()].concat();
        Some(after.clone())
    });
    named.collect()
}
