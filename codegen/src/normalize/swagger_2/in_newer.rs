//! Single objects of a description of 3.0 that say something in 2.0's way, converted as those of 2.0 are.

use super::bodies::is_body;
use super::host::Host;
use super::media::Media;
use super::parameters::KEYWORDS;
use super::{Converter, schemas};
use crate::diag::Diagnostics;
use crate::load::Moved;
use crate::load::tree::{Map, Node, Value};
use crate::normalize::nodes::{as_map_mut, made, map, set, text_of};
use crate::pointer::Pointer;

/// What the conversion is told.
pub(in crate::normalize) struct Newer<'a> {
    pub(in crate::normalize) moved: &'a mut Moved,
    pub(in crate::normalize) diagnostics: &'a mut Diagnostics,
    pub(in crate::normalize) media: &'a Media,
}

impl Newer<'_> {
    fn with<T>(&mut self, convert: impl FnOnce(&mut Converter<'_>) -> T) -> T {
        let moved = std::mem::take(self.moved);
        let (host, media) = (Host::default(), self.media.clone());
        let mut converter = Converter { diagnostics: self.diagnostics, moved, references: Vec::new(), host, media };
        let converted = convert(&mut converter);
        *self.moved = converter.moved;
        converted
    }

    /// Gives a parameter or a header with a `type` its schema.
    pub(in crate::normalize) fn parameter(&mut self, node: &mut Node, is_header: bool, place: &Pointer) {
        self.with(|converter| match is_header {
            true => converter.header(node, place),
            false => converter.parameter(node, place),
        });
    }

    /// Gives a response with a schema its content.
    pub(in crate::normalize) fn response(&mut self, node: &mut Node, place: &Pointer) {
        self.with(|converter| {
            let media = converter.media.clone();
            converter.response(node, place, &media);
        });
    }

    /// The same for a request body.
    pub(in crate::normalize) fn request_body(&mut self, node: &mut Node, place: &Pointer) {
        self.with(|converter| {
            let Some(said) = as_map_mut(node) else { return };
            let Some(schema) = said.shift_remove("schema") else { return };
            let (media, was) = (converter.media.clone(), converter.moved.was(place).child("schema"));
            let content = converter.content(&media.of_bodies(), schema.node, was, &place.child("content"), |_| None);
            set(said, "content", content);
        });
    }

    /// Makes a request body of the parameters of an operation that are in it.
    pub(in crate::normalize) fn bodies(&mut self, operation: &mut Node, place: &Pointer) {
        self.with(|converter| {
            let Some(said) = as_map_mut(operation) else { return };
            let Some(list) = said.get_mut("parameters") else { return };
            let bodies = converter.take_bodies(&mut list.node, &place.child("parameters"));
            let media = converter.media.clone();
            if let Some(body) = converter.request_body(bodies, &[], &media, &place.child("requestBody")) {
                set(said, "requestBody", body);
            }
        });
    }

    /// Gives a security scheme the words of 3.0.
    pub(in crate::normalize) fn security_scheme(&mut self, node: &mut Node, place: &Pointer) {
        self.with(|converter| converter.security_scheme(node, place));
    }

    /// Puts what the root has in other places there into those of 3.0, where there is nothing.
    pub(in crate::normalize) fn root(&mut self, node: &mut Node) {
        self.with(|converter| {
            let like = made(Value::Null, node);
            let Some(said) = as_map_mut(node) else { return };
            if !said.contains_key("servers")
                && let Some(servers) = converter.servers_of_root(said, &like)
            {
                set(said, "servers", servers);
                ["host", "basePath", "schemes"].into_iter().for_each(|key| drop(said.shift_remove(key)));
            }
            let place = Pointer::root();
            if said.contains_key("securityDefinitions") && !said.contains_key("components") {
                set(said, "components", map::<String>([], &like));
            }
            let schemes = |map: &Map| map.contains_key("securitySchemes");
            let takes = said.get("components").and_then(|entry| entry.node.as_map()).is_some_and(|map| !schemes(map));
            if takes && let Some(definitions) = said.shift_remove("securityDefinitions") {
                let stands = place.child("components").child("securitySchemes");
                converter.note(&place, &["securityDefinitions"], &stands);
                if let Some(components) = said.get_mut("components").and_then(|entry| as_map_mut(&mut entry.node)) {
                    components.insert("securitySchemes", definitions);
                }
            }
        });
    }
}

/// Whether a parameter or a header says what it holds beside its name.
pub(in crate::normalize) fn has_keywords(said: &Map) -> bool {
    let has = |key: &str| said.contains_key(key);
    !has("schema") && !has("content") && !has("$ref") && has("type") && KEYWORDS.iter().any(|key| has(key))
}

/// Whether an entry of `parameters` is in the body.
pub(in crate::normalize) fn is_in_body(parameter: &Node) -> bool {
    is_body(parameter)
}

/// Makes an object of a `discriminator` that is a text.
pub(in crate::normalize) fn discriminator(said: &mut Map) {
    schemas::discriminator(said);
}

/// Whether a security scheme is one of 2.0.
pub(in crate::normalize) fn is_older_scheme(said: &Map) -> bool {
    match text_of(said, "type") {
        Some("basic") => true,
        Some("oauth2") => said.contains_key("flow") && !said.contains_key("flows"),
        _ => false,
    }
}
