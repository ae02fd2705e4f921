//! Request bodies: parameters `in: body` and `in: formData`.

use super::media::Media;
use super::parameters::Written;
use super::root::beside;
use super::{Converter, What};
use crate::diag::{Diagnostic, Diagnostics, WRONG_VALUE};
use crate::load::tree::{Map, Node, Value};
use crate::load::{Document, Parts};
use crate::normalize::graft::tell_anew;
use crate::normalize::nodes::{as_map_mut, boolean, made, map, set, text, text_of};
use crate::normalize::references::{CHAIN, target_of};
use crate::normalize::rules::METHODS;
use crate::pointer::Pointer;

/// Whether a parameter is a body or a part of one.
pub(super) fn is_body(parameter: &Node) -> bool {
    parameter.as_map().is_some_and(|map| matches!(text_of(map, "in"), Some("body" | "formData")))
}

/// Puts bodies in place of references to them below `place`: in 3.0 they are no parameters, and what they mean depends on
/// the operation.
pub(super) fn inline(
    place: &Pointer,
    what: What,
    document: &mut Document,
    parts: &mut Parts<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut lists = Vec::new();
    if let Some(node) = document.find(place) {
        parameter_lists(node, place, what, &mut lists);
    }
    for list in lists {
        let items = document.find(&list).and_then(Node::as_list).unwrap_or_default().iter().enumerate();
        let references = items.filter_map(|(index, item)| Some((index, text_of(item.as_map()?, "$ref")?.to_owned())));
        for (index, text) in references.collect::<Vec<_>>() {
            let place = list.item(index);
            let Some(target) = end(&place, &text, document, parts, diagnostics) else { continue };
            let Some(mut body) = document.find(&target).filter(|node| is_body(node)).cloned() else { continue };
            if target.file() != place.file() {
                tell_anew(&mut body, &target, &place, &document.name);
            }
            document.put(&place, body);
        }
    }
}

/// Where a chain of references ends.
fn end(
    place: &Pointer,
    text: &str,
    document: &mut Document,
    parts: &mut Parts<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Pointer> {
    let mut target = target_of(place, text, document, parts, diagnostics).ok()?;
    for _ in 0..CHAIN {
        let Some(onward) = document.find(&target)?.as_map().and_then(|map| text_of(map, "$ref")) else {
            return Some(target);
        };
        let onward = onward.to_owned();
        target = target_of(&target, &onward, document, parts, diagnostics).ok()?;
    }
    None
}

fn parameter_lists(node: &Node, place: &Pointer, what: What, lists: &mut Vec<Pointer>) {
    let Some(said) = node.as_map() else { return };
    match what {
        What::Paths => {
            for (template, item) in said {
                parameter_lists(&item.node, &place.child(template), What::PathItem, lists);
            }
        }
        What::PathItem => {
            for (key, operation) in said.iter().filter(|(key, _)| METHODS.contains(key)) {
                parameter_lists(&operation.node, &place.child(key), What::Operation, lists);
            }
            lists.extend(said.get("parameters").map(|_| place.child("parameters")));
        }
        What::Operation => lists.extend(said.get("parameters").map(|_| place.child("parameters"))),
        _ => {}
    }
}

impl Converter<'_> {
    /// The body at `place` out of an operation's own parameters, and those of its path item.
    pub(super) fn request_body(
        &mut self,
        own: Vec<(Pointer, Node)>,
        shared: &[(Pointer, Node)],
        media: &Media,
        place: &Pointer,
    ) -> Option<Node> {
        let named = |node: &Node| node.as_map().map(|map| (text_of(map, "in").map(str::to_owned), name(map)));
        let known: Vec<_> = own.iter().map(|(_, node)| named(node)).collect();
        let has_body = own.iter().any(|(_, node)| is_whole(node));
        let others = shared.iter().filter(|(_, node)| !known.contains(&named(node)) && (!has_body || !is_whole(node)));
        let all: Vec<_> = own.into_iter().chain(others.cloned().collect::<Vec<_>>()).collect();
        let Some(whole) = all.iter().position(|(_, node)| is_whole(node)) else {
            let first = all.first().map(|(written, node)| (written.clone(), made(Value::Null, node)))?;
            return Some(self.form(all, first, media, place));
        };
        let mut body = None;
        for (index, (written, node)) in all.into_iter().enumerate() {
            if index == whole {
                body = Some(self.body(written, node, media, place));
            } else {
                let message = "a request has one body, and this is another one; it is ignored";
                let at = written.child("in");
                let span = node.get("in").map(Node::span);
                let at = crate::diag::Place { pointer: Some(at), key: false, span };
                let found = Diagnostic::new(&WRONG_VALUE, message).at(at).partial();
                self.diagnostics.push(Diagnostic { told: true, ..found });
            }
        }
        body
    }

    fn body(&mut self, written: Pointer, mut node: Node, media: &Media, place: &Pointer) -> Node {
        let like = made(Value::Null, &node);
        self.moved.note(written.clone(), place.clone());
        let content = place.child("content");
        let Some(said) = as_map_mut(&mut node) else { return node };
        // Some write the keywords beside `in`, as in other parameters.
        let schema = match said.shift_remove("schema") {
            Some(schema) => schema.node,
            None => self.keywords(said, place, &content, &like),
        };
        let names = media.of_bodies();
        let content = self.content(&names, schema, written.child("schema"), &content, |_| None);
        said.shift_remove("name");
        said.shift_remove("in");
        set(said, "content", content);
        node
    }

    fn form(
        &mut self,
        fields: Vec<(Pointer, Node)>,
        (first, like): (Pointer, Node),
        media: &Media,
        place: &Pointer,
    ) -> Node {
        let is_file = |(_, node): &(Pointer, Node)| node.get("type").and_then(Node::as_text) == Some("file");
        let names = media.of_forms(fields.iter().any(is_file));
        let stands = place.child("content").child(names.first().copied().unwrap_or_default()).child("schema");
        let (mut properties, mut required, mut encoding) = (Map::new(), Vec::new(), Map::new());
        for (written, mut node) in fields {
            let like = made(Value::Null, &node);
            let Some(said) = as_map_mut(&mut node) else { continue };
            let Some(name) = name(said) else { continue };
            if said.get("required").and_then(|entry| entry.node.as_bool()) == Some(true) {
                required.push(text(&name, &like));
            }
            let property = stands.child("properties").child(&name);
            self.moved.note(written, property.clone());
            if let Some(Written { style, explode }) = self.written(said, "formData", &property) {
                let written = [("style", text(style, &like)), ("explode", boolean(explode, &like))];
                set(&mut encoding, &name, map(written, &like));
            }
            let mut schema = match said.shift_remove("schema") {
                Some(schema) => schema.node,
                None => self.keywords(said, &property, &property, &like),
            };
            if let Some(schema) = as_map_mut(&mut schema) {
                beside(schema, "description", said.shift_remove("description"));
            }
            set(&mut properties, &name, schema);
        }
        let is_required = boolean(!required.is_empty(), &like);
        let mut members = vec![("type", text("object", &like)), ("properties", made(Value::map(properties), &like))];
        if !required.is_empty() {
            members.push(("required", made(Value::List(required), &like)));
        }
        let encoding = made(Value::map(encoding), &like);
        let others = |_: &str| Some(("encoding", encoding.clone()));
        self.moved.note(first.clone(), place.clone());
        let content = self.content(&names, map(members, &like), first, &place.child("content"), others);
        map([("required", is_required), ("content", content)], &like)
    }
}

fn name(said: &Map) -> Option<String> {
    text_of(said, "name").map(str::to_owned)
}

/// Whether it is a body as a whole.
fn is_whole(node: &Node) -> bool {
    node.get("in").and_then(Node::as_text) == Some("body")
}
