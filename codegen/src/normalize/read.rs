//! Reads a document with a grammar: every value is checked against the shape that it must have, and what the canonical form
//! keeps is copied into it. Objects that can be referenced are collected under their own pointers, so that schemas never
//! stand inside one another. Never looks behind a reference: it notes each for [`references`](super::references).

mod members;

use std::collections::BTreeMap;

use super::form::{Form, Key, Members, Objects};
use super::graft;
use super::grammar::{Kind, Member, Need, Section, Shape};
use super::meant;
use super::mend;
use super::path_items;
use super::schema_3_1;
use super::version::{Version, Versions};
use crate::diag::{
    Diagnostic, Diagnostics, Place, REFERENCE_DESCRIBED, REFERENCE_FOLLOWED, REFERENCE_NULLABLE, REFERENCE_SIBLINGS,
    SCALAR_AS_TEXT, WRONG_TYPE, WRONG_TYPE_IGNORED, WRONG_VALUE,
};
use crate::load::tree::{Map, Node, Number, Value};
use crate::load::{Document, Moved};
use crate::pointer::{Pointer, PointerMap};
use crate::suggest::nearest;
pub(super) use members::is_status;

/// A `$ref` that was met.
#[derive(Debug)]
pub(super) struct Reference {
    /// Where the object with the `$ref` stands.
    pub(super) place: Pointer,
    /// Its text.
    pub(super) text: String,
    /// What it must lead to.
    pub(super) kind: &'static Kind,
    /// Whether the description can be read as if it were not there.
    pub(super) lenient: bool,
}

/// What a reading found.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// Objects under their own pointers.
    pub(super) collected: BTreeMap<Section, Objects>,
    /// All references, in the order of meeting.
    pub(super) references: Vec<Reference>,
    /// The schemas with a discriminator whose mapping is still to be followed.
    pub(super) discriminators: Vec<Pointer>,
    /// What each object that was read is, or was meant to be; `None` for values that are no objects of a kind.
    pub(super) places: PointerMap<Option<&'static Kind>>,
    /// What was found.
    pub(super) diagnostics: Diagnostics,
    /// The versions of all files.
    pub(super) versions: Versions,
    /// The version whose tables hold for what is being read.
    pub(super) version: Version,
    /// The objects that the canonical form says in another way than they are written, as it says them.
    pub(super) rewritten: PointerMap<Node>,
    /// The name of the root document's file.
    name: String,
    /// What stands elsewhere than references say.
    moved: Moved,
}

/// How a wrong value is reported: as an error, or ignored with a warning.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    Strict,
    Lenient,
}

impl Reader {
    /// A reader of `document`, a description of this version.
    pub(super) fn new(document: &Document, version: Version) -> Self {
        Self {
            name: document.name.clone(),
            moved: document.moved.clone(),
            version,
            versions: Versions::new(version),
            ..Self::default()
        }
    }

    /// Learns what of `document` stands elsewhere by now.
    pub(super) fn moves(&mut self, document: &Document) {
        self.moved = document.moved.clone();
    }

    /// Reads what `reference` leads to, the object at `place`.
    pub(super) fn target(&mut self, node: &Node, place: &Pointer, reference: &Reference) {
        let strictness = if reference.lenient { Strictness::Lenient } else { Strictness::Strict };
        self.value(node, &Shape::RefOr(reference.kind), place, strictness);
    }

    /// Says where a reference by name leads, which could not be told when it was met.
    pub(super) fn lead(&mut self, reference: &Reference, target: &Pointer) {
        if let Some(section) = reference.kind.section_of {
            let objects = self.collected.entry(section).or_default();
            objects.insert(reference.place.clone(), Form::Link(target.clone()));
        }
    }

    /// Reads the whole document.
    pub(super) fn document(&mut self, node: &Node, kind: &'static Kind) -> Option<Form> {
        self.value(node, &Shape::Object(kind), &Pointer::root(), Strictness::Strict)
    }

    pub(super) fn value(
        &mut self,
        node: &Node,
        shape: &Shape,
        place: &Pointer,
        strictness: Strictness,
    ) -> Option<Form> {
        let around = std::mem::replace(&mut self.version, self.versions.of(node.file));
        let value = self.as_shape(node, shape, place, strictness);
        self.version = around;
        match shape {
            // What can't be read is missed where it is needed: its place is known, and what was found there.
            Shape::Object(kind) | Shape::RefOr(kind) if value.is_none() && kind.section_of.is_some() => {
                self.places.entry(place.clone()).or_insert(Some(kind));
                Some(Form::Link(place.clone()))
            }
            _ => value,
        }
    }

    fn as_shape(&mut self, node: &Node, shape: &Shape, place: &Pointer, strictness: Strictness) -> Option<Form> {
        if let Shape::Object(kind) | Shape::RefOr(kind) = shape
            && kind.section_of == Some(Section::Schemas)
            && let Some(canonical) = self.schema(node, kind, place)
        {
            let value = self.canonical(&canonical, shape, place, strictness);
            self.rewritten.insert(place.clone(), canonical);
            return value;
        }
        self.canonical(node, shape, place, strictness)
    }

    /// The canonical form of a schema, where it is another one than what is written.
    fn schema(&mut self, node: &Node, kind: &Kind, place: &Pointer) -> Option<Node> {
        if self.version >= Version::V3_1 {
            return schema_3_1::canonical(node, place, &mut self.diagnostics);
        }
        let described = meant::described(node, kind, place);
        if described.is_some()
            && let Some(map) = node.as_map()
        {
            self.ignored_siblings(map, kind, place);
        }
        described.or_else(|| meant::newer(node, place, &mut self.diagnostics))
    }

    fn canonical(&mut self, node: &Node, shape: &Shape, place: &Pointer, strictness: Strictness) -> Option<Form> {
        match (shape, &node.value) {
            (Shape::Object(kind), Value::Map(map)) => {
                if let Some(text) = map.get("$ref").and_then(|entry| entry.node.as_text()) {
                    // Many descriptions of several files have one operation a file.
                    if kind.section_of == Some(Section::Operations) {
                        self.unusual_reference(kind.name, place);
                        return Some(self.reference(map, text, kind, place, strictness));
                    }
                    // What could be followed was; why this one can't is known.
                    return None;
                }
                self.object(map, kind, place, strictness)
            }
            (Shape::RefOr(kind), Value::Map(map)) => match map.get("$ref").and_then(|entry| entry.node.as_text()) {
                Some(text) if path_items::says_more(map, kind) => self.more(map, text, kind, place, strictness),
                Some(text) => Some(self.reference(map, text, kind, place, strictness)),
                None => self.object(map, kind, place, strictness),
            },
            // What could be followed was; why this one can't is known.
            (Shape::Map(inner) | Shape::List(inner), Value::Map(map)) if graft::is_site(map, inner) => None,
            (Shape::Map(inner), Value::Map(map)) => {
                self.places.insert(place.clone(), None);
                // What is no object among those with names of their own is no such thing, if it is called like an extension.
                let is_other = |key: &str, node: &Node| {
                    key.starts_with("x-")
                        && matches!(inner, Shape::Object(_) | Shape::RefOr(_))
                        && node.as_map().is_none()
                };
                let entries =
                    map.iter().filter(|(key, entry)| !is_other(key, &entry.node)).filter_map(|(key, entry)| {
                        let place = place.child(key);
                        let node = self.filled(&entry.node, inner, &place);
                        let value = self.value(&node, inner, &place, strictness)?;
                        Some((Key::from(key.to_owned()), value))
                    });
                Some(Form::Object(entries.collect()))
            }
            (Shape::List(inner), Value::List(list)) => {
                self.places.insert(place.clone(), None);
                let items = list.iter().enumerate();
                let items = items.filter_map(|(index, item)| self.value(item, inner, &place.item(index), strictness));
                Some(Form::List(items.collect()))
            }
            (Shape::BooleanOr(_), Value::Boolean(value)) => Some(Form::Boolean(*value)),
            (Shape::BooleanOr(inner), _) => self.value(node, inner, place, strictness),
            (Shape::Any, _) => Some(Form::Null),
            _ => self.scalar(node, shape, place, strictness),
        }
    }

    fn scalar(&mut self, node: &Node, shape: &Shape, place: &Pointer, strictness: Strictness) -> Option<Form> {
        match (shape, &node.value) {
            (Shape::Text, Value::Text(text)) => Some(Form::Text(text.clone())),
            (Shape::Text, value @ (Value::Number(_) | Value::Boolean(_))) => Some(self.text(value, place)),
            (Shape::Choice(choices), Value::Text(text)) => self.choice(text, choices, place, strictness),
            (Shape::Boolean, Value::Boolean(value)) => Some(Form::Boolean(*value)),
            (Shape::Count, Value::Number(number)) if count(number).is_some() => {
                count(number).map(|count| Form::Number(count.into()))
            }
            (Shape::Number, Value::Number(number)) => {
                number.as_f64().and_then(serde_json::Number::from_f64).map(Form::Number)
            }
            _ => {
                self.wrong_type(node, shape, place, strictness);
                None
            }
        }
    }

    fn object(&mut self, map: &Map, kind: &'static Kind, place: &Pointer, strictness: Strictness) -> Option<Form> {
        if self.places.insert(place.clone(), Some(kind)).is_some() && kind.section_of.is_some() {
            return Some(Form::Link(place.clone()));
        }
        // What is wrong with what can be left out by itself takes nothing else along.
        let strictness = if kind.section_of.is_some() { Strictness::Strict } else { strictness };
        let mut members = Vec::new();
        for (key, entry) in map {
            if let Some((shape, strictness, kept)) = self.member(kind, key, &entry.node, place, strictness) {
                let place = place.child(key);
                let Some(node) = self.not_null(&entry.node, kind, key, &shape, &place) else { continue };
                let value = self.value(&node, &shape, &place, strictness);
                if let Some(value) = value.filter(|_| kept) {
                    let name =
                        kind.member(key).map_or_else(|| Key::from(key.to_owned()), |member| Key::from(member.name));
                    members.push((name, value));
                }
            }
        }
        let mut object = Members::from_iter(members);
        self.missing_members(map, kind, place, strictness, &mut object);
        // What documents or can be left out is not there without what it must have.
        let misses = |member: &&Member| member.need_in(self.version) == Need::Must && !object.contains(member.name);
        if strictness == Strictness::Lenient && kind.members.iter().any(|member| misses(&member)) {
            return None;
        }
        let Some(section) = kind.section_of else { return Some(Form::Object(object)) };
        if section == Section::Schemas && self.version >= Version::V3_1 {
            schema_3_1::patterned(map, place, &mut object, &mut self.diagnostics);
            schema_3_1::unevaluated(map, place, &mut object);
            self.conditional(map, kind, place, &mut object);
        }
        if section == Section::Schemas && object.contains("discriminator") {
            self.discriminators.push(place.clone());
        }
        mend::mend(section, map, place, &mut object, &mut self.diagnostics);
        self.collected.entry(section).or_default().insert(place.clone(), Form::Object(object));
        Some(Form::Link(place.clone()))
    }

    fn reference(
        &mut self,
        map: &Map,
        text: &str,
        kind: &'static Kind,
        place: &Pointer,
        strictness: Strictness,
    ) -> Form {
        self.places.insert(place.clone(), Some(kind));
        self.ignored_siblings(map, kind, place);
        let target = self.refer(text, kind, place, strictness);
        let Some(section) = kind.section_of else { return Form::Link(target) };
        self.collected.entry(section).or_default().insert(place.clone(), Form::Link(target));
        Form::Link(place.clone())
    }

    /// An object that says more than what it refers to; the canonical form has the reference as a member of it, until
    /// [`path_items`] brings the two together.
    fn more(
        &mut self,
        map: &Map,
        text: &str,
        kind: &'static Kind,
        place: &Pointer,
        strictness: Strictness,
    ) -> Option<Form> {
        let mut own = map.clone();
        own.shift_remove("$ref");
        let read = self.object(&own, kind, place, strictness);
        let target = self.refer(text, kind, place, strictness);
        let objects = kind.section_of.and_then(|section| self.collected.get_mut(&section));
        if let Some(object) = objects.and_then(|objects| objects.get_mut(place)?.as_object_mut()) {
            object.insert("$ref", Form::Link(target));
        }
        read
    }

    /// Notes a reference; gives what it leads to.
    fn refer(&mut self, text: &str, kind: &'static Kind, place: &Pointer, strictness: Strictness) -> Pointer {
        let lenient = strictness == Strictness::Lenient;
        self.references.push(Reference { place: place.clone(), text: text.to_owned(), kind, lenient });
        // One that leads nowhere is a fault, and is not looked at again.
        place.target(text, &self.name).map_or_else(|| place.clone(), |target| self.moved.now(target))
    }

    fn ignored_siblings(&mut self, map: &Map, kind: &Kind, place: &Pointer) {
        let newer = self.version >= Version::V3_1;
        let beside = if newer { Vec::new() } else { meant::read_beside(map, kind, place) };
        let read = |key: &str| match key {
            "$ref" => true,
            // Examples and links are not kept, and so nothing of their words is lost.
            "description" | "summary" if kind.section_of.is_none() => true,
            "description" | "summary" | "$comment" if newer => true,
            _ => beside.contains(&key) || key.starts_with("x-"),
        };
        if let Some(first) = beside.first() {
            let place = Place::key(&place.child(first));
            self.diagnostics.push(Diagnostic::new(&REFERENCE_DESCRIBED, beside_reference(&beside, "read")).at(place));
        }
        let is_nullable = |key: &str| kind.section_of == Some(Section::Schemas) && key == "nullable";
        if map.iter().any(|(key, entry)| is_nullable(key) && entry.node.as_bool() == Some(true)) {
            let message = "`nullable` beside `$ref` is taken at its word";
            self.diagnostics
                .push(Diagnostic::new(&REFERENCE_NULLABLE, message).at(Place::key(&place.child("nullable"))));
        }
        let ignored: Vec<&str> = map.keys().filter(|key| !read(key) && !is_nullable(key)).collect();
        let Some(first) = ignored.first() else { return };
        let message = beside_reference(&ignored, "ignored");
        self.diagnostics.push(Diagnostic::new(&REFERENCE_SIBLINGS, message).at(Place::key(&place.child(first))));
    }

    fn choice(&mut self, text: &str, choices: &[&str], place: &Pointer, strictness: Strictness) -> Option<Form> {
        if choices.contains(&text) {
            return Some(Form::Text(text.to_owned()));
        }
        // The whole query (OpenAPI 3.2.0, section 4.12.1) is in the query too; what it is there says the node.
        if text == "querystring" && choices.contains(&"path") && self.version >= Version::V3_2 {
            return Some(Form::from("query"));
        }
        let code = if strictness == Strictness::Strict { &WRONG_VALUE } else { &WRONG_TYPE_IGNORED };
        let list: Vec<_> = choices.iter().map(|choice| format!("`{choice}`")).collect();
        let mut found = Diagnostic::new(code, format!("`{text}` is not one of {}", list.join(", "))).at(place);
        if let Some(nearest) = nearest(text, choices.iter().copied()) {
            found = found.help(format!("did you mean `{nearest}`?"));
        }
        self.diagnostics.push(found);
        None
    }

    fn text(&mut self, value: &Value, place: &Pointer) -> Form {
        let text = scalar_text(value).unwrap_or_default();
        let message = format!("{} stands where a text must be; it is read as \"{text}\"", value.kind());
        let found = Diagnostic::new(&SCALAR_AS_TEXT, message).at(place);
        self.diagnostics.push(found.help(format!("write \"{text}\", in quotes")));
        Form::Text(text)
    }

    fn wrong_type(&mut self, node: &Node, shape: &Shape, place: &Pointer, strictness: Strictness) {
        let code = if strictness == Strictness::Strict { &WRONG_TYPE } else { &WRONG_TYPE_IGNORED };
        let name = place.last().unwrap_or_else(|| "the document".to_owned());
        let message = format!("`{name}` must be {}, and is {}", shape.describe(), node.value.kind());
        let mut found = Diagnostic::new(code, message).at(place).label(format!("this is {}", node.value.kind()));
        let is_newer = match (shape, &node.value) {
            (Shape::Choice(_), Value::List(_)) => true,
            (Shape::RefOr(kind), Value::Boolean(_)) => kind.section_of == Some(Section::Schemas),
            _ => false,
        };
        if is_newer && self.version < Version::V3_1 {
            found = found.help("this is OpenAPI 3.1; if the description is meant to be, say so in `openapi`");
        }
        self.diagnostics.push(found);
    }

    fn unusual_reference(&mut self, what: &str, place: &Pointer) {
        let message = format!("the specification has no `$ref` for {what}; this one is followed");
        self.diagnostics.push(Diagnostic::new(&REFERENCE_FOLLOWED, message).at(place.child("$ref")));
    }
}

/// The number as a count of something: an integer of at least 0, `3.0` included.
pub(crate) fn count(number: &Number) -> Option<u64> {
    number.0.parse().ok().or_else(|| u64::try_from(number.as_i64()?).ok())
}

/// What is said of members beside a reference.
fn beside_reference(names: &[&str], what: &str) -> String {
    let verb = if names.len() == 1 { "is" } else { "are" };
    let names: Vec<_> = names.iter().map(|key| format!("`{key}`")).collect();
    format!("{} beside `$ref` {verb} {what}", names.join(", "))
}

/// The number that a node is.
pub(super) fn number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(number) => number.as_f64(),
        _ => None,
    }
}

/// The text of a scalar as it was written.
pub(super) fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.0.clone()),
        Value::Boolean(value) => Some(value.to_string()),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}
