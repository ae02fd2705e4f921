//! Path items and operations.

use super::bodies::is_body;
use super::media::Media;
use super::{Converter, What};
use crate::load::tree::{Map, Node, Value};
use crate::normalize::nodes::{as_list_mut, as_map_mut, made, map, members, set};
use crate::normalize::rules::METHODS;
use crate::pointer::Pointer;

impl Converter<'_> {
    /// Converts the paths.
    pub(super) fn paths(&mut self, node: &mut Node, place: &Pointer) {
        if node.as_map().is_some_and(|map| self.refers(map, place, What::Paths)) {
            return;
        }
        members(node).for_each(|(template, item)| self.path_item(item, &place.child(template)));
    }

    /// Converts the path item at `place` with its operations.
    pub(super) fn path_item(&mut self, node: &mut Node, place: &Pointer) {
        let Some(said) = as_map_mut(node) else { return };
        // What it says beside a reference is converted too.
        self.refers(said, place, What::PathItem);
        let list = said.get_mut("parameters");
        let shared = list.map(|list| self.parameters(&mut list.node, &place.child("parameters"))).unwrap_or_default();
        for (key, operation) in members(node).filter(|(key, _)| METHODS.contains(key)) {
            self.operation(operation, &place.child(key), &shared);
        }
    }

    /// Converts the parameters at `place` that are no bodies; gives the others, with their places.
    fn parameters(&mut self, node: &mut Node, place: &Pointer) -> Vec<(Pointer, Node)> {
        let is_one = |map: &Map| map.contains_key("name") && map.contains_key("in");
        if node.as_map().is_some_and(is_one) {
            self.list(node, place);
        }
        let bodies = self.take_bodies(node, place);
        for (index, parameter) in as_list_mut(node).into_iter().flatten().enumerate() {
            self.parameter(parameter, &place.item(index));
        }
        bodies
    }

    /// Takes the bodies out of the parameters at `place`; gives them with their places.
    pub(super) fn take_bodies(&mut self, node: &mut Node, place: &Pointer) -> Vec<(Pointer, Node)> {
        let Some(list) = as_list_mut(node) else { return Vec::new() };
        let (mut bodies, mut others) = (Vec::new(), Vec::new());
        for (index, parameter) in std::mem::take(list).into_iter().enumerate() {
            match is_body(&parameter) {
                true => bodies.push((self.moved.was(&place.item(index)), parameter)),
                false => others.push((index, parameter)),
            }
        }
        let moves: Vec<_> = others.iter().map(|(index, _)| self.moved.was(&place.item(*index))).collect();
        for (now, ((was, parameter), written)) in others.into_iter().zip(moves).enumerate() {
            if now != was {
                self.moved.note(written, place.item(now));
            }
            list.push(parameter);
        }
        bodies
    }

    /// Converts the operation at `place`, which has the bodies `shared` of its path item as well.
    pub(super) fn operation(&mut self, node: &mut Node, place: &Pointer, shared: &[(Pointer, Node)]) {
        let like = made(Value::Null, node);
        let Some(said) = as_map_mut(node) else { return };
        if self.refers(said, place, What::Operation) {
            return;
        }
        self.check_lists(said, place);
        let own = Media::said(said);
        let files = own.files().to_vec();
        let media = own.or(&self.media);
        if said.contains_key("schemes") && !said.contains_key("servers") {
            let servers = self.servers(said, &like);
            set(said, "servers", servers);
            self.note(place, &["schemes"], &place.child("servers"));
        }
        for key in ["schemes", "consumes", "produces"] {
            said.shift_remove(key);
        }
        let list = said.get_mut("parameters");
        let own = list.map(|list| self.parameters(&mut list.node, &place.child("parameters"))).unwrap_or_default();
        if let Some(body) = self.request_body(own, shared, &media, &place.child("requestBody")) {
            set(said, "requestBody", body);
        }
        if let Some(responses) = said.get_mut("responses") {
            self.responses(&mut responses.node, &place.child("responses"), &media);
            add_files(&mut responses.node, &files);
        }
    }
}

/// Says of the successes of an operation that answers files and nothing else that they are such, where no schema says so:
/// many a description has only `produces` for it.
fn add_files(responses: &mut Node, files: &[String]) {
    let successes = members(responses).filter(|(status, _)| matches!(&**status, "200" | "203" | "206"));
    for (_, response) in successes {
        let like = made(Value::Null, response);
        let Some(said) = as_map_mut(response) else { continue };
        if !files.is_empty() && !said.contains_key("content") && !said.contains_key("$ref") {
            let content = files.iter().map(|name| (name.clone(), map::<String>([], &like)));
            set(said, "content", map(content, &like));
        }
    }
}
