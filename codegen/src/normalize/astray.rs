//! References that lead nowhere and can be meant in one way only: a name alone, an address in the way of 2.0 or with a slip in
//! it, and one that is told from the schema around it.

use super::grammar::Section;
use super::read::Reference;
use crate::diag::{Code, REFERENCE_OUTSIDE_FOLDER, REFERENCE_TO_FILE, UNRESOLVED_REFERENCE};
use crate::load::Document;
use crate::load::tree::Node;
use crate::pointer::Pointer;

/// What stands between `#` and the name of something, wherever that is.
const AROUND: [&str; 7] = ["components", "component", "definitions", "definition", "models", "model", "$defs"];

/// The one place that a reference can be meant to lead to, which is lost for what `code` says.
pub(super) fn meant(reference: &Reference, code: &'static Code, document: &Document) -> Option<Pointer> {
    let is_lost = [&UNRESOLVED_REFERENCE, &REFERENCE_TO_FILE, &REFERENCE_OUTSIDE_FOLDER].contains(&code);
    if !is_lost || reference.place.file().is_some() {
        return None;
    }
    around(reference, document).or_else(|| named(reference, document))
}

/// What a schema around the reference has in its own `$defs` or `definitions`.
fn around(reference: &Reference, document: &Document) -> Option<Pointer> {
    let path = reference.text.strip_prefix("#/")?;
    let (word, name) = path.split_once('/')?;
    if reference.kind.section_of != Some(Section::Schemas) || !matches!(word, "$defs" | "definitions") {
        return None;
    }
    let above = std::iter::successors(reference.place.parent(), Pointer::parent);
    let mut places = above.filter(|place| !place.is_root()).map(|place| place.child(word).child(name));
    places.find(|place| document.find(place).is_some_and(|node| node.as_map().is_some()))
}

/// The component of the kind that is wanted with the name that the text ends with.
fn named(reference: &Reference, document: &Document) -> Option<Pointer> {
    let (section, own) = match reference.kind.section_of? {
        Section::Schemas => ("schemas", "schema"),
        Section::Parameters => ("parameters", "parameter"),
        Section::Responses => ("responses", "response"),
        Section::RequestBodies => ("requestBodies", "requestBody"),
        Section::Headers => ("headers", "header"),
        Section::SecuritySchemes | Section::PathItems | Section::Operations | Section::Callbacks => return None,
    };
    let (path, fragment) = match reference.text.trim().split_once('#') {
        Some(("", fragment)) => ("", fragment.trim_start_matches('#')),
        Some(_) => return None,
        None => (reference.text.trim(), reference.text.trim()),
    };
    if path.contains(':') {
        return None;
    }
    let is_around = |token: &str| AROUND.iter().chain([&section, &own]).any(|word| word.eq_ignore_ascii_case(token));
    let tokens: Vec<&str> = fragment.split(['/', '\\']).filter(|token| !token.is_empty()).collect();
    let depth = tokens.iter().take(tokens.len().saturating_sub(1)).take_while(|token| is_around(token)).count();
    let name = match tokens.get(depth..)? {
        [name] => (*name).to_owned(),
        // A name with a slash in it, which is to be written as `~1`.
        names if depth > 0 => names.join("/"),
        _ => return None,
    };
    let all = Pointer::root().child("components").child(section);
    let known = || document.find(&all).and_then(Node::as_map).into_iter().flat_map(|map| map.keys());
    if let Some(known) = known().find(|known| **known == *name) {
        return Some(all.child(known));
    }
    let mut alike = known().filter(|known| known.eq_ignore_ascii_case(&name));
    let first = alike.next()?;
    alike.next().is_none().then(|| all.child(first))
}
