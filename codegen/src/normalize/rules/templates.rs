//! Variables that a path template has in the way of a framework, `/pets/:id`, `/pets/<int:id>`, `/pets/{id:[0-9]+}`: where a
//! parameter `in: path` has the name and no other place, they can be nothing else.

use std::collections::HashSet;
use std::sync::Arc;

use super::paths::{given, variables};
use super::{Tree, parameters};
use crate::diag::{Diagnostic, Diagnostics, Place, SPELT_OTHERWISE};
use crate::load::Document;
use crate::load::tree::Value;
use crate::pointer::Pointer;
use crate::source::Span;

/// Gives such templates their variables, in the tree; whether there were any.
pub(in crate::normalize) fn mend(document: &mut Document, diagnostics: &mut Diagnostics) -> bool {
    let meant = meant(document);
    if meant.is_empty() {
        return false;
    }
    let paths = Pointer::root().child("paths");
    let moves: Vec<_> =
        meant.iter().map(|(was, now)| (document.moved.was(&paths.child(was)), paths.child(now))).collect();
    let Value::Map(root) = &mut Arc::make_mut(&mut document.root).value else { return false };
    let Some(Value::Map(all)) = root.get_mut("paths").map(|entry| &mut entry.node.value) else { return false };
    let members = std::mem::take(&mut **all).into_iter().map(|(key, entry)| {
        let Some((was, now)) = meant.iter().find(|(was, _)| **was == *key) else { return (key, entry) };
        let span = Span { file: entry.file, bytes: entry.key.clone() };
        let at = Place { pointer: Some(paths.child(was)), key: true, span: Some(span) };
        let found = Diagnostic::new(&SPELT_OTHERWISE, format!("the path `{was}` is read as `{now}`")).at(at);
        diagnostics.push(Diagnostic { told: true, ..found.help(format!("write `{now}`")) });
        (now.as_str().into(), entry)
    });
    **all = members.collect();
    moves.into_iter().for_each(|(was, now)| document.moved.note(was, now));
    true
}

/// The templates that are meant as others, with these.
fn meant(document: &Document) -> Vec<(String, String)> {
    let tree = Tree { document };
    let mut templates = Vec::new();
    for (template, _, item) in tree.path_items() {
        // Most have nothing but names between braces, and all that is needed for them is to see that.
        if !template.contains([':', '<', '*', '+', '?', '=']) && !template.contains("{{") && !template.contains("{ ") {
            continue;
        }
        let operations = tree.operations(&item);
        let lists = [item.parameters()].into_iter().chain(operations.iter().map(parameters));
        let names: HashSet<&str> = lists.flat_map(|list| given(&tree, list).of_path).map(|(_, name)| name).collect();
        let segments = template.split('/').map(|segment| meant_segment(segment, template, &names));
        let now = segments.collect::<Vec<_>>().join("/");
        let is_there = tree.root().get("paths").is_some_and(|paths| paths.get(&now).is_some());
        if now != template && !is_there && !templates.iter().any(|(_, other)| *other == now) {
            templates.push((template.to_owned(), now));
        }
    }
    templates
}

/// A segment as it is meant: a variable of one of these names that has no place in the template.
fn meant_segment(segment: &str, template: &str, names: &HashSet<&str>) -> String {
    let name = match segment.strip_prefix(':') {
        Some(name) => Some(name),
        None => between(segment, '<', '>').map(|inside| inside.rsplit(':').next().unwrap_or_default()),
    };
    let name = name.or_else(|| {
        let inside = between(segment, '{', '}')?;
        let inside = between(inside, '{', '}').unwrap_or(inside).trim();
        let inside = inside.split_once([':', '=']).map_or(inside, |(name, _)| name);
        Some(inside.trim_start_matches(['*', '+']).trim_end_matches(['*', '+', '?']))
    });
    let has_place = |name: &str| variables(template).1.contains(&name);
    match name.filter(|name| names.contains(name) && !has_place(name)) {
        Some(name) => format!("{{{name}}}"),
        None => segment.to_owned(),
    }
}

fn between(text: &str, start: char, end: char) -> Option<&str> {
    text.strip_prefix(start)?.strip_suffix(end)
}
