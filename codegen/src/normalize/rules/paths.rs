//! Path templates: different from one another, and their variables are parameters.

use std::collections::{HashMap, HashSet};

use super::{PathItem, Placed, Tree, parameters};
use crate::diag::{Diagnostic, Diagnostics, Place, SAME_PATH, UNDECLARED_PATH_PARAMETER, UNUSED_PATH_PARAMETER};
use crate::load::tree::Node;
use crate::pointer::Pointer;
use crate::suggest::nearest;

/// Checks all paths.
pub(super) fn check(tree: &Tree<'_>, diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<String, Pointer> = HashMap::new();
    for (template, place, item) in tree.path_items() {
        let (bare, variables) = variables(template);
        if let Some(other) = seen.get(&bare) {
            let name = other.last().unwrap_or_default();
            let message = format!("`{template}` names the same addresses as `{name}`");
            let found = Diagnostic::new(&SAME_PATH, message).at(Place::key(&place));
            diagnostics.push(found.related(Place::key(other), "the other path"));
        }
        seen.entry(bare).or_insert_with(|| place.clone());
        check_variables(tree, template, &place, &item, &variables, diagnostics);
    }
}

fn check_variables<'a>(
    tree: &Tree<'a>,
    template: &str,
    place: &Pointer,
    item: &PathItem<'a>,
    variables: &[&str],
    diagnostics: &mut Diagnostics,
) {
    let (of_item, item_known) = path_parameters(tree, item.parameters());
    for operation in tree.operations(item) {
        let (own, own_known) = path_parameters(tree, parameters(&operation));
        let known = item_known && own_known;
        let given: HashSet<&str> = of_item.iter().chain(&own).map(|(_, name)| *name).collect();
        for variable in variables.iter().filter(|variable| known && !given.contains(**variable)) {
            let message = format!("no parameter `in: path` is called `{variable}`, which `{template}` needs");
            let mut found = Diagnostic::new(&UNDECLARED_PATH_PARAMETER, message).at(&operation.0);
            let spare = given.iter().copied().filter(|name| !variables.contains(name));
            found = match nearest(variable, spare) {
                Some(spare) => found.help(format!("did you mean `{spare}` in the path?")),
                None => found.help(format!("add a parameter with `name: {variable}`, `in: path`, `required: true`")),
            };
            diagnostics.push(found.related(Place::key(place), "the path"));
        }
        report_unused(template, &own, variables, diagnostics);
    }
    report_unused(template, &of_item, variables, diagnostics);
}

fn report_unused(template: &str, given: &[(Pointer, &str)], variables: &[&str], diagnostics: &mut Diagnostics) {
    for (place, name) in given.iter().filter(|(_, name)| !variables.contains(name)) {
        let message = format!("`{template}` has no `{{{name}}}`; the parameter `{name}` is ignored");
        let mut found = Diagnostic::new(&UNUSED_PATH_PARAMETER, message).at(place);
        if let Some(nearest) = nearest(name, variables.iter().copied()) {
            found = found.help(format!("did you mean `{nearest}`?"));
        }
        diagnostics.push(found);
    }
}

/// The path parameters of a list, and whether all parameters of it could be seen.
fn path_parameters<'a>(tree: &Tree<'a>, list: Vec<Placed<'a>>) -> (Vec<(Pointer, &'a str)>, bool) {
    let mut all_seen = true;
    let mut found = Vec::new();
    for entry in list {
        let place = entry.0.clone();
        match tree.follow(entry) {
            Some((_, node)) if node.get("in").and_then(Node::as_text) == Some("path") => {
                found.extend(node.get("name").and_then(Node::as_text).map(|name| (place, name)));
            }
            // A parameter whose location is unclear may be the one that is missed.
            Some((_, node)) => {
                all_seen &= matches!(node.get("in").and_then(Node::as_text), Some("query" | "header" | "cookie"))
            }
            None => all_seen = false,
        }
    }
    (found, all_seen)
}

/// The template with its variables' names taken out, and the names.
fn variables(template: &str) -> (String, Vec<&str>) {
    let (mut bare, mut names) = (String::with_capacity(template.len()), Vec::new());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        bare.push_str(before);
        bare.push_str("{}");
        names.push(name);
        rest = behind;
    }
    bare.push_str(rest);
    (bare, names)
}
