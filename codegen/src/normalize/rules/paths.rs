//! Path templates: different from one another, and their variables are parameters.

use std::collections::{HashMap, HashSet};

use super::{PathItem, Placed, Tree, parameters, templates};
use crate::diag::{Diagnostic, Diagnostics, Place, SAME_PATH, UNDECLARED_PATH_PARAMETER, UNUSED_PATH_PARAMETER};
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
        templates::check(template, &place, diagnostics);
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
    let Given { of_path: of_item, of_query: item_query, all_seen: item_known } = given(tree, item.parameters());
    for operation in tree.operations(item) {
        let Given { of_path: own, of_query, all_seen: own_known } = given(tree, parameters(&operation));
        let known = item_known && own_known;
        let given: HashSet<&str> = of_item.iter().chain(&own).map(|(_, name)| *name).collect();
        let is_given = |variable: &str| {
            let is_query = |name: &str| item_query.iter().chain(&of_query).any(|query| *query == name);
            given.contains(variable) || query_name(template, variable).is_some_and(is_query)
        };
        for variable in variables.iter().filter(|variable| known && !is_given(variable)) {
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

/// The parameters of a list that may stand in a template.
pub(super) struct Given<'a> {
    pub(super) of_path: Vec<(Pointer, &'a str)>,
    of_query: Vec<&'a str>,
    /// Whether all parameters of the list could be seen.
    all_seen: bool,
}

pub(super) fn given<'a>(tree: &Tree<'a>, list: Vec<Placed<'a>>) -> Given<'a> {
    let mut given = Given { of_path: Vec::new(), of_query: Vec::new(), all_seen: true };
    for entry in list {
        let place = entry.0.clone();
        let node = tree.follow(entry).map(|(_, node)| node);
        let name = node.and_then(|node| node.get("name")?.as_text());
        match node.and_then(|node| node.get("in")?.as_text()) {
            Some("path") => given.of_path.extend(name.map(|name| (place, name))),
            Some("query") => given.of_query.extend(name),
            Some("header" | "cookie") => {}
            // A parameter whose location is unclear may be the one that is missed.
            _ => given.all_seen = false,
        }
    }
    given
}

/// What the query of a template calls the value that `variable` stands for: `q` in `/pets?q={query}`.
fn query_name<'a>(template: &'a str, variable: &str) -> Option<&'a str> {
    let (_, query) = template.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let is_this = |value: &str| value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) == Some(variable);
    pairs.find_map(|(name, value)| is_this(value).then_some(name))
}

/// The template with its variables' names taken out, and the names.
pub(super) fn variables(template: &str) -> (String, Vec<&str>) {
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
