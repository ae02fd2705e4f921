//! Parameters: distinct in their list, and of a style that goes with their location.

use std::collections::HashMap;

use super::{Placed, Tree};
use crate::diag::{DUPLICATE_PARAMETER, Diagnostic, Diagnostics, WRONG_STYLE};
use crate::load::tree::Node;
use crate::pointer::Pointer;

/// Checks the parameters of components, path items and operations.
pub(super) fn check(tree: &Tree<'_>, diagnostics: &mut Diagnostics) {
    let place = Pointer::root().child("components").child("parameters");
    let components = tree.root().get("components").and_then(|components| components.get("parameters"));
    for (name, entry) in components.and_then(Node::as_map).into_iter().flatten() {
        check_style(&(place.child(name), &entry.node), diagnostics);
    }
    for (_, _, item) in tree.path_items() {
        check_list(tree, item.parameters(), diagnostics);
        for operation in tree.operations(&item) {
            check_list(tree, super::parameters(&operation), diagnostics);
        }
    }
}

fn check_list<'a>(tree: &Tree<'a>, list: Vec<Placed<'a>>, diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<(String, &str), Pointer> = HashMap::new();
    for entry in list {
        check_style(&entry, diagnostics);
        let place = entry.0.clone();
        let Some((_, parameter)) = tree.follow(entry) else { continue };
        let text = |name: &str| parameter.get(name).and_then(Node::as_text);
        let (Some(name), Some(location)) = (text("name"), text("in")) else { continue };
        // Names of headers are compared without regard to case (RFC 9110, section 5.1).
        let key = if location == "header" { name.to_ascii_lowercase() } else { name.to_owned() };
        if let Some(other) = seen.get(&(key.clone(), location)) {
            let message = format!("the {location} parameter `{name}` is there twice");
            let found = Diagnostic::new(&DUPLICATE_PARAMETER, message).at(&place);
            diagnostics.push(found.related(other, "the other one").help("remove one of the two"));
            continue;
        }
        seen.insert((key, location), place);
    }
}

/// The styles that go with a location.
pub(in crate::normalize) fn styles(location: &str) -> Option<&'static [&'static str]> {
    match location {
        "path" => Some(&["simple", "label", "matrix"]),
        "query" => Some(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        "header" => Some(&["simple"]),
        "cookie" => Some(&["form", "cookie"]),
        _ => None,
    }
}

fn check_style((place, parameter): &Placed<'_>, diagnostics: &mut Diagnostics) {
    let text = |name: &str| parameter.get(name).and_then(Node::as_text);
    let (Some(location), Some(style)) = (text("in"), text("style")) else { return };
    let Some(wanted) = styles(location) else { return };
    let known = ["simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"];
    if known.contains(&style) && !wanted.contains(&style) {
        let message = format!("`style: {style}` does not go with `in: {location}`");
        let wanted: Vec<_> = wanted.iter().map(|style| format!("`{style}`")).collect();
        let found = Diagnostic::new(&WRONG_STYLE, message).at(place.child("style"));
        diagnostics.push(found.help(format!("styles for this location: {}", wanted.join(", "))));
    }
}
