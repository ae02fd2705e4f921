//! References: each must lead, in at most 64 steps, to something of the right kind in the same document or in another file.
//! Files are opened here, when the first reference leads there. Places that only a reference leads to (in another file, or
//! below an extension) are read as what the reference wants.

use std::collections::{HashMap, HashSet};

use super::anchors::Anchors;
use super::astray;
use super::graft::Grafts;
use super::grammar::Shape;
use super::mappings;
use super::read::{Reader, Reference};
use super::version::Version;
use crate::diag::{
    Diagnostic, Diagnostics, Place, REFERENCE_KIND, REFERENCE_LOOP, REFERENCE_MEANT, REFERENCE_OUTSIDE_FOLDER,
    REFERENCE_TO_ALL, REFERENCE_TO_FILE, REFERENCE_TO_URL, UNRESOLVED_REFERENCE,
};
use crate::load::tree::Value;
use crate::load::{Document, Parts, Refused};
use crate::pointer::Pointer;
use crate::suggest::nearest;

/// How many references may follow one another.
pub(crate) const CHAIN: usize = 64;

/// Checks all references that `reader` has met, and reads the places that nothing else led to.
pub(super) fn check(document: &mut Document, parts: &mut Parts<'_>, grafts: &mut Grafts, reader: &mut Reader) {
    let (mut checked, mut anchors) = (Vec::new(), Anchors::default());
    while !reader.references.is_empty() || !reader.discriminators.is_empty() {
        for mut reference in std::mem::take(&mut reader.references) {
            check_one(document, parts, grafts, reader, &mut anchors, &mut reference);
            checked.push(reference);
        }
        for schema in std::mem::take(&mut reader.discriminators) {
            mappings::follow(document, parts, grafts, reader, &mut anchors, &schema);
        }
    }
    check_chains(document, reader, &checked);
}

fn check_one(
    document: &mut Document,
    parts: &mut Parts<'_>,
    grafts: &mut Grafts,
    reader: &mut Reader,
    anchors: &mut Anchors,
    reference: &mut Reference,
) {
    let is_lenient = reference.lenient;
    let weigh = |found: Diagnostic| if is_lenient { found.partial() } else { found };
    let (place, text) = (&reference.place, &reference.text);
    let has_anchors = reader.versions.at(place, document) >= Version::V3_1;
    let named = has_anchors.then(|| anchors.target(place, text, document, parts, &mut reader.diagnostics)).flatten();
    if let Some(target) = &named {
        reader.lead(reference, target);
    }
    let target = match named.map_or_else(|| target_of(place, text, document, parts, &mut reader.diagnostics), Ok) {
        Ok(target) => target,
        Err(found) => match astray::meant(reference, found.code, document) {
            Some(target) => {
                lead_to_what_is_meant(document, reader, reference, &target);
                target
            }
            None => {
                reader.diagnostics.push(weigh(*found));
                return;
            }
        },
    };
    if let Err(is) = read_there(document, parts, grafts, reader, &target, reference) {
        let message = format!("`$ref` must point to {}, and `{}` is {is}", reference.kind.name, reference.text);
        let found = Diagnostic::new(&REFERENCE_KIND, message).at(reference.place.child("$ref"));
        reader.diagnostics.push(weigh(found.related(&target, format!("this is {is}"))));
    }
}

/// Makes `reference`, which leads nowhere, lead to `target`, in the tree too.
fn lead_to_what_is_meant(document: &mut Document, reader: &mut Reader, reference: &mut Reference, target: &Pointer) {
    let at = reference.place.child("$ref");
    let meant = document.written(target).told_from(&reference.place, &document.name);
    let message = format!("`$ref` points to nothing: there is no `{}`; it is read as `{meant}`", reference.text);
    let span = document.locate(&at, false);
    let place = Place { pointer: Some(at.clone()), key: false, span };
    reader.diagnostics.push(Diagnostic::new(&REFERENCE_MEANT, message).at(place).help(format!("write `{meant}`")));
    if let Some(node) = document.find_mut(&at) {
        node.value = Value::Text(meant.clone());
    }
    reference.text = meant;
    reader.lead(reference, target);
}

/// Reads what stands at `target`, where `reference` leads, if nothing else led there before.
///
/// # Errors
///
/// What it is, if it was read as something of another kind.
pub(super) fn read_there(
    document: &mut Document,
    parts: &mut Parts<'_>,
    grafts: &mut Grafts,
    reader: &mut Reader,
    target: &Pointer,
    reference: &Reference,
) -> Result<(), &'static str> {
    match reader.places.get(target).copied() {
        None => {
            reader.versions.learn(target, document);
            grafts.graft(target, &Shape::RefOr(reference.kind), document, parts, reader);
            if let Some(node) = document.find(target) {
                reader.target(node, target, reference);
            }
            Ok(())
        }
        Some(Some(kind)) if std::ptr::eq(kind, reference.kind) => Ok(()),
        Some(kind) => Err(kind.map_or("something else", |kind| kind.name)),
    }
}

/// Where a text stands that leads somewhere.
pub(super) struct Site<'a> {
    /// The place that it is relative to.
    pub(super) place: &'a Pointer,
    /// Where findings are said.
    pub(super) at: Pointer,
    /// What messages call it.
    pub(super) word: &'static str,
}

/// What the `text` of a `$ref` at `place` leads to, in a file that is opened for it if need be.
///
/// # Errors
///
/// Why there is nothing.
pub(super) fn target_of(
    place: &Pointer,
    text: &str,
    document: &mut Document,
    parts: &mut Parts<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Pointer, Box<Diagnostic>> {
    led_to(Site { place, at: place.child("$ref"), word: "`$ref`" }, text, document, parts, diagnostics)
}

/// The same for what stands at a site.
pub(super) fn led_to(
    site: Site<'_>,
    text: &str,
    document: &mut Document,
    parts: &mut Parts<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Pointer, Box<Diagnostic>> {
    let Some(target) = document.target(site.place, text) else { return Err(Box::new(no_address(site, text))) };
    if let Some(file) = target.file()
        && let Err(refused) = parts.open(document, &file, diagnostics)
    {
        return Err(Box::new(not_read(site, text, &file, &refused)));
    }
    if text.ends_with("#/") {
        let message = format!("{} `{text}` is read as the whole file", site.word);
        diagnostics.push(Diagnostic::new(&REFERENCE_TO_ALL, message).at(site.at.clone()));
    }
    match document.find(&target) {
        Some(_) => Ok(target),
        None => Err(Box::new(points_to_nothing(document, site, text, &target))),
    }
}

/// A reference to what is no place in a file.
fn no_address(Site { at, word, .. }: Site<'_>, text: &str) -> Diagnostic {
    let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
    if path.contains("://") || path.starts_with("//") {
        return Diagnostic::new(&REFERENCE_TO_URL, format!("{word} to `{text}` is not fetched")).at(at);
    }
    if path.starts_with('/') || path.split('/').next().is_some_and(|first| first.contains(':')) {
        let message = format!("{word} to `{text}`: only relative paths are read");
        return Diagnostic::new(&REFERENCE_OUTSIDE_FOLDER, message).at(at);
    }
    let is_name = !fragment.is_empty() && !fragment.contains('/');
    let there = if path.is_empty() { "here" } else { "there" };
    let message = match is_name {
        true => format!("`{text}` is not a JSON pointer, and no schema {there} has `$anchor: {fragment}`"),
        false => format!("`{text}` is not a JSON pointer"),
    };
    let found = Diagnostic::new(&UNRESOLVED_REFERENCE, message).at(at);
    if fragment.starts_with('/') { found } else { found.help("write it as `#/components/schemas/Name`") }
}

/// A reference to a file that is not read.
fn not_read(Site { at, word, .. }: Site<'_>, text: &str, file: &str, refused: &Refused) -> Diagnostic {
    let message = format!("{word} to `{text}`: `{file}` is not read: {refused}");
    match refused {
        Refused::Outside => Diagnostic::new(&REFERENCE_OUTSIDE_FOLDER, message)
            .at(at)
            .help("allow its folder with `also_read = [\"…\"]` in the configuration"),
        Refused::Limit(_, setting) => Diagnostic::new(&REFERENCE_TO_FILE, message)
            .at(at)
            .help(format!("raise `{setting}` in the configuration if the description is as it should be")),
        Refused::Unreadable(_) | Refused::Faulty => Diagnostic::new(&REFERENCE_TO_FILE, message).at(at),
    }
}

/// Suggests by what stands beside the first part of the pointer that doesn't exist.
fn points_to_nothing(document: &Document, site: Site<'_>, text: &str, target: &Pointer) -> Diagnostic {
    let Site { at, word, .. } = site;
    let message = format!("{word} points to nothing: there is no `{text}`");
    let found = Diagnostic::new(&UNRESOLVED_REFERENCE, message).at(at);
    let mut reached = target.file().map_or_else(Pointer::root, |file| Pointer::of_file(&file));
    let Some(mut node) = document.find(&reached) else { return found };
    for token in target.tokens() {
        let Some(next) = node.step(&token) else {
            let keys = node.as_map().into_iter().flat_map(|map| map.keys());
            let reached = document.written(&reached);
            let label = format!("`{reached}` has no `{token}`");
            return match nearest(&token, keys) {
                Some(nearest) => found.label(label).help(format!("did you mean `{}`?", reached.child(nearest))),
                None => found.label(label),
            };
        };
        node = next;
        reached = reached.child(&token);
    }
    found
}

/// Reports references that lead to themselves, once for each loop, and chains that are too long.
fn check_chains(document: &Document, reader: &mut Reader, references: &[Reference]) {
    let next: HashMap<&Pointer, Pointer> = references
        .iter()
        .filter_map(|reference| Some((&reference.place, document.target(&reference.place, &reference.text)?)))
        .collect();
    // Places from which the end is known to be near enough, with their distance from it.
    let mut known: HashMap<&Pointer, usize> = HashMap::new();
    for reference in references {
        let mut trail = Vec::new();
        let mut seen = HashSet::new();
        let mut place = &reference.place;
        let ahead = loop {
            if let Some(ahead) = known.get(place) {
                break *ahead;
            }
            let Some(onward) = next.get(place) else { break 0 };
            if !seen.insert(place) {
                break CHAIN + 1;
            }
            trail.push(place);
            place = onward;
        };
        let looped = seen.contains(place);
        for (steps, place) in trail.iter().rev().enumerate() {
            known.insert(place, ahead.saturating_add(steps + 1));
        }
        let length = ahead.saturating_add(trail.len());
        if trail.is_empty() || length <= CHAIN {
            continue;
        }
        let message = if looped || ahead > CHAIN {
            format!("`$ref` to `{}` leads to itself", reference.text)
        } else {
            format!("more than {CHAIN} references follow one another from `{}`", reference.text)
        };
        reader.diagnostics.push(Diagnostic::new(&REFERENCE_LOOP, message).at(reference.place.child("$ref")));
    }
}
