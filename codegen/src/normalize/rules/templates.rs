//! Variables that a path template has in the way of a framework, `/pets/:id`, `/pets/<int:id>`, `/pets/{id:[0-9]+}`: where a
//! parameter `in: path` has the name and no other place, they can be nothing else. Nor can `<id>` and `{{id}}`, which no
//! address has, be anything else where there is no such parameter.

use std::collections::HashSet;
use std::sync::Arc;

use super::paths::{given, variables};
use super::{Tree, parameters};
use crate::diag::{Diagnostic, Diagnostics, LIKE_A_VARIABLE, Place, SPELT_OTHERWISE};
use crate::load::Document;
use crate::load::tree::Value;
use crate::normalize::slips::squashed;
use crate::pointer::Pointer;
use crate::source::Span;

/// Gives such templates their variables, in the tree; whether there were any.
pub(in crate::normalize) fn mend(document: &mut Document, diagnostics: &mut Diagnostics) -> bool {
    let meant = meant(document);
    let is_mended = !meant.is_empty();
    rename(document, &meant, diagnostics);
    is_mended
}

/// Gives paths the names that they are read as, and says so.
pub(super) fn rename(document: &mut Document, meant: &[(String, String)], diagnostics: &mut Diagnostics) {
    if meant.is_empty() {
        return;
    }
    let paths = Pointer::root().child("paths");
    let moves: Vec<_> =
        meant.iter().map(|(was, now)| (document.moved.was(&paths.child(was)), paths.child(now))).collect();
    let Value::Map(root) = &mut Arc::make_mut(&mut document.root).value else { return };
    let Some(Value::Map(all)) = root.get_mut("paths").map(|entry| &mut entry.node.value) else { return };
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

/// A segment as it is meant: a variable that has no place in the template and, as a rule, one of these names.
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
    let is_no_address = segment.starts_with('<') || segment.starts_with("{{");
    let Some(name) = name.filter(|name| !has_place(name)) else { return segment.to_owned() };
    match spelt(name, names) {
        Some(name) if !has_place(name) => format!("{{{name}}}"),
        None if is_no_address && is_name(name) => format!("{{{name}}}"),
        _ => segment.to_owned(),
    }
}

/// The one of the names that `name` is, if in another case and with other separators.
fn spelt<'a>(name: &'a str, names: &HashSet<&'a str>) -> Option<&'a str> {
    if names.contains(name) {
        return Some(name);
    }
    let like = squashed(name);
    let mut alike = names.iter().filter(|other| squashed(other) == like);
    alike.next().copied().filter(|_| alike.next().is_none())
}

fn is_name(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
    text.starts_with(|letter: char| letter.is_alphabetic() || letter == '_') && text.chars().all(is_letter)
}

/// Says what of a template is like a variable and yet a text, which each request has.
pub(super) fn check(template: &str, place: &Pointer, diagnostics: &mut Diagnostics) {
    for segment in template.split('/') {
        let inside = between(segment, '<', '>').and_then(|inside| inside.rsplit(':').next());
        let (what, meant) = match segment.strip_prefix(':').or(inside) {
            Some(name) if is_name(name) => (format!("`{segment}`"), format!("{{{name}}}")),
            _ => match segment.split_once("${") {
                Some((_, rest)) if rest.contains('}') => {
                    (format!("the `$` of `{segment}`"), segment.replace("${", "{"))
                }
                _ => continue,
            },
        };
        let message = format!("{what} in the path `{template}` is sent as it stands");
        let found = Diagnostic::new(&LIKE_A_VARIABLE, message).at(Place::key(place));
        diagnostics.push(found.help(format!("write `{meant}` if a variable is meant")));
    }
}

fn between(text: &str, start: char, end: char) -> Option<&str> {
    text.strip_prefix(start)?.strip_suffix(end)
}
