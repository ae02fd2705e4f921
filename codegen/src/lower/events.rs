//! What an event holds: its data (OpenAPI 3.2.0, section 4.14.5). The schema is that of the data, or of an object of the fields
//! of the event with the data among them; or a union of such objects, told apart by the name that the event has.
//!
//! Data is a text on the wire. It is JSON where its schema isn't that of a text, or says that the text holds JSON.

use std::collections::BTreeSet;

use super::media::is_json;
use super::sequence::Values;
use super::shape::{Shape, members, values};
use super::uses::json_kind;
use crate::diag::ANSWER_MEDIA_TYPE;
use crate::ir::{Docs, Event, Item, JsonKind, TypeRef};
use crate::load::tree::Node;
use crate::normalize::Stands;
use crate::pointer::Pointer;

/// The fields of an event (HTML, section 9.2.6), and the comments beside them.
const FIELDS: [&str; 5] = ["data", "event", "id", "retry", "comment"];

/// The name of an event that has none (HTML, section 9.2.6).
const UNNAMED: &str = "message";

/// A text that ends a stream of JSON instead of an event: clients take it for the end.
const DONE: &str = "[DONE]";

impl Values<'_, '_, '_> {
    /// What an event with this schema holds.
    pub(super) fn event(&mut self, place: &Pointer) -> Item {
        let (end, shaped) = self.types.behind(place, self.causes);
        if !matches!(shaped.shape, Shape::Union { .. }) {
            return match self.field(place, "data") {
                Some(data) if self.is_event(place) => self.data(&data),
                _ => self.data(place),
            };
        }
        let mut events = Vec::new();
        if !self.is_of_events(place, &mut events) || events.iter().all(|event| event.data.is_none()) {
            return self.data(place);
        }
        told_apart(events).unwrap_or_else(|| {
            let message = "nothing tells the events of this stream apart, which are of several shapes; their data is given as text";
            self.causes.remark(&end, &ANSWER_MEDIA_TYPE, message);
            Item::Text
        })
    }

    /// Whether a schema is that of an event, or of several: unions may be in unions, and in several of them.
    fn is_of_events(&mut self, place: &Pointer, found: &mut Vec<Found>) -> bool {
        let (mut seen, mut waiting) = (BTreeSet::new(), vec![place.clone()]);
        while let Some(place) = waiting.pop() {
            let (end, shaped) = self.types.behind(&place, self.causes);
            if let Shape::Union { branches } = shaped.shape {
                if seen.insert(end) {
                    waiting.extend(branches.into_iter().rev());
                }
                continue;
            }
            if !self.is_event(&place) {
                return false;
            }
            let data = self.field(&place, "data");
            if data.as_ref().is_some_and(|data| self.is_end(data)) {
                continue;
            }
            let docs = self.types.words(&end).0;
            let data = data.map(|data| self.data(&data));
            let names = self.names(&place).into_iter();
            found.extend(names.map(|name| Found { name, data: data.clone(), docs: docs.clone() }));
        }
        true
    }

    /// Whether a schema is that of an object of the fields of an event: its data, its name or both.
    fn is_event(&mut self, place: &Pointer) -> bool {
        let (end, shaped) = self.types.behind(place, self.causes);
        let (fields, _) = members(self.spec, &end);
        matches!(shaped.shape, Shape::Struct { .. })
            && fields.iter().all(|(name, _)| FIELDS.contains(name))
            && fields.iter().any(|(name, _)| ["data", "event"].contains(name))
    }

    /// The place of a field's schema.
    fn field(&mut self, place: &Pointer, field: &str) -> Option<Pointer> {
        let end = self.types.behind(place, self.causes).0;
        let (fields, _) = members(self.spec, &end);
        fields.into_iter().find(|(name, _)| *name == field).map(|(_, place)| place.clone())
    }

    /// The names that an event may have.
    fn names(&mut self, place: &Pointer) -> Vec<String> {
        let listed = self.field(place, "event").map(|event| self.texts(&event)).unwrap_or_default();
        let named = |name: String| if name.is_empty() { UNNAMED.to_owned() } else { name };
        if listed.is_empty() { vec![UNNAMED.to_owned()] } else { listed.into_iter().map(named).collect() }
    }

    /// Whether data is what ends a stream.
    fn is_end(&mut self, data: &Pointer) -> bool {
        self.texts(data) == [DONE]
    }

    /// The texts that a value is one of; none, where it may be any.
    fn texts(&mut self, place: &Pointer) -> Vec<String> {
        let (end, shaped) = self.types.behind(place, self.causes);
        match shaped.shape {
            Shape::Enum(JsonKind::String) => values(self.spec, &end, JsonKind::String),
            _ => Vec::new(),
        }
    }

    /// What data with this schema is.
    fn data(&mut self, place: &Pointer) -> Item {
        let (end, shaped) = self.types.behind(place, self.causes);
        let node = self.spec.node(&end);
        let media_type = node.and_then(|node| node.get("contentMediaType")).and_then(Node::as_text);
        match shaped.shape {
            Shape::Primitive(..) | Shape::Enum(_) if json_kind(&shaped.shape) == Some(JsonKind::String) => {
                self.content(&end, media_type)
            }
            // What a text holds is said of texts alone.
            Shape::Any if media_type.is_some() => self.content(&end, media_type),
            Shape::Any if is_silent(node) => Item::Text,
            _ => self.json(place),
        }
    }

    /// What a text is that holds something of this media type (JSON Schema 2020-12 validation, section 8).
    fn content(&mut self, place: &Pointer, media_type: Option<&str>) -> Item {
        if media_type.is_none_or(|media_type| !is_json(media_type)) {
            return Item::Text;
        }
        let content = match self.spec.schema(place) {
            Some(Stands::Here(schema)) => schema.content().cloned(),
            Some(Stands::At(_)) | None => None,
        };
        match content {
            Some(content) => self.json(&content),
            None => Item::Json { ty: TypeRef::Any, nullable: false },
        }
    }
}

/// An event of a union.
struct Found {
    name: String,
    /// `None` where nothing is said of any.
    data: Option<Item>,
    docs: Docs,
}

/// Events by their names; `None` where several of one name have different data. A single one needs no telling.
fn told_apart(found: Vec<Found>) -> Option<Item> {
    let mut events: Vec<Event> = Vec::new();
    for Found { name, data, docs } in found {
        let data = data.unwrap_or(Item::Text);
        match events.iter().find(|event| event.name == name) {
            Some(known) if known.data == data => {}
            Some(_) => return None,
            None => events.push(Event { name, data, docs }),
        }
    }
    events.sort_by(|a, b| a.name.cmp(&b.name));
    match events.as_slice() {
        [] => None,
        [only] => Some(only.data.clone()),
        _ => Some(Item::Events(events)),
    }
}

/// Whether a schema says nothing of its values.
fn is_silent(node: Option<&Node>) -> bool {
    let words = ["title", "description", "example", "examples", "deprecated", "$comment"];
    let members = node.and_then(Node::as_map).into_iter().flatten();
    members.map(|(name, _)| name).all(|name| words.contains(&name) || name.starts_with("x-"))
}
