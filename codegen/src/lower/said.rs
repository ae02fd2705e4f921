//! What a schema says of its values beside their type: in words, and by bounds, formats, defaults and examples.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::causes::Causes;
use super::docs;
use super::shape::{Shape, Shaped, open_branches, values};
use super::types::{NESTING, Types};
use super::uses::named;
use super::{unions, value_words};
use crate::ir::{Choice, Docs, Each, Either, Held, JsonKind, Notes, Primitive, TypeRef};
use crate::load::tree::{Node, Value};
use crate::normalize::{CHAIN, Stands, is_bound, tighten};
use crate::pointer::Pointer;

impl Types<'_> {
    /// The words of the schema at `place` itself, and whether it is deprecated, beside a type that says what they say of the
    /// values of an enum one by one.
    pub(super) fn words_beside_values(&self, place: &Pointer) -> (Docs, bool) {
        let (mut docs, deprecated) = self.words(place);
        let values = docs.description.as_ref().map(|_| self.enum_values(&self.written_at(place))).unwrap_or_default();
        docs.description = docs.description.and_then(|said| match value_words::listed(&said, &values) {
            Some(listed) => docs::docs(None, Some(&listed.rest), None).description,
            None => Some(said),
        });
        (docs, deprecated)
    }

    /// The same, if there is such a type: not where the value at `place` has another one.
    pub(super) fn words_beside(&self, place: &Pointer, ty: &TypeRef) -> (Docs, bool) {
        if named(ty).is_some() { self.words_beside_values(place) } else { self.words(place) }
    }

    /// What the words of the enum at `place` say of `values` one by one, be it those of the schema in it that lists them or of the
    /// union that allows others beside them.
    pub(super) fn words_of_values(
        &self,
        place: &Pointer,
        list: &Pointer,
        values: &[String],
    ) -> BTreeMap<String, String> {
        let union = self.open_around(place);
        let places = [list, place].into_iter().chain(&union);
        let said = places.filter_map(|place| self.words(place).0.description);
        said.filter_map(|said| value_words::listed(&said, values)).flat_map(|listed| listed.words).collect()
    }

    /// The values of the enum that the schema at `place` is; none for any other.
    fn enum_values(&self, place: &Pointer) -> Vec<String> {
        let listed = match self.shaped(place).map(|shaped| shaped.shape) {
            Ok(Shape::Enum(kind)) => Some((place.clone(), kind)),
            Ok(Shape::Same(target)) => self.enum_inside(place, &target),
            _ => None,
        };
        listed.map(|(place, kind)| values(self.spec, &place, kind)).unwrap_or_default()
    }

    /// The words of the schema at `place` itself, and whether it is deprecated.
    pub(super) fn words(&self, place: &Pointer) -> (Docs, bool) {
        let place = &self.written_at(place);
        let Some(schema) = self.item(place) else { return (Docs::default(), false) };
        let mut docs = docs::docs(schema.title(), schema.description(), schema.documentation());
        let mut next = self.unnamed_behind(place);
        for _ in 0..NESTING {
            let Some(place) = next.filter(|_| docs.description.is_none()) else { break };
            let description = self.item(&place).and_then(|schema| schema.description());
            docs.description = docs::docs(None, description, None).description;
            next = self.unnamed_behind(&place);
        }
        (docs, schema.is_deprecated())
    }

    /// Where the schema without a name is written that stands at `place`, be it by a reference.
    fn written_at(&self, place: &Pointer) -> Pointer {
        let mut place = place.clone();
        for _ in 0..CHAIN * 2 {
            match self.spec.schema(&place) {
                Some(Stands::At(target)) if !self.is_named(target) => place = target.clone(),
                _ => break,
            }
        }
        place
    }

    /// The place of the schema without a name that the one at `place` is, but for null: a branch, or what several schemas that
    /// hold at once come to. What is said there is said of it.
    fn unnamed_behind(&self, place: &Pointer) -> Option<Pointer> {
        match self.shaped(place) {
            Ok(Shaped { shape: Shape::Same(target), .. }) if !self.is_named(&target) => Some(target),
            _ => None,
        }
    }

    /// What the schema at `place` itself says beyond its type.
    pub(super) fn notes(&self, place: &Pointer) -> Notes {
        self.nested_notes(place, 0)
    }

    /// The same, of a value that has no type with docs of its own.
    pub(super) fn unnamed_notes(&self, place: &Pointer) -> Notes {
        if self.is_named(place) { Notes::default() } else { self.notes(place) }
    }

    /// What is said of a branch of a union, unless that is a type with docs of its own.
    pub(super) fn either(&self, place: &Pointer) -> Either {
        if self.is_named(place) {
            return Either { docs: Docs::default(), notes: Notes::default() };
        }
        let (docs, deprecated) = self.words(place);
        // A default is of a place where the value can be left out.
        Either { docs, notes: Notes { default: None, deprecated, ..self.notes(place) } }
    }

    /// What is said of texts out of a list, or any other text, by the branches of the union at `place`: `None` where nothing is
    /// said but of the list.
    pub(super) fn of_open(&self, place: &Pointer) -> Option<(Docs, Notes)> {
        let (branches, listed) = open_branches(self.spec, place)?;
        let said: Vec<Either> = branches.iter().map(|branch| self.open_branch(branch, *branch == listed)).collect();
        let nothing = Either { docs: Docs::default(), notes: Notes::default() };
        let all = said.iter().zip(branches.iter().copied());
        let (lists, others): (Vec<_>, Vec<_>) = all.partition(|(_, branch)| *branch == listed);
        let is_silent = |said: &(&Either, &Pointer)| *said.0 == nothing;
        if others.iter().all(is_silent) {
            return None;
        }
        let (docs, notes) = unions::said(&said);
        let mut notes = Notes::clone(&notes);
        if lists.iter().all(is_silent) && !others.iter().any(is_silent) {
            (notes.or_listed, notes.or_another) = (notes.or_another, false);
        }
        Some((docs, notes))
    }

    /// Adds to what is said of an enum at `place` what the union says whose branches list its values, or allow others beside
    /// them; gives what they say of some alone.
    pub(super) fn of_list(&self, place: &Pointer, docs: &mut Docs, deprecated: &mut bool) -> Notes {
        if let Some(union) = self.open_around(place) {
            let Some((words, notes)) = self.of_open(&union) else { return Notes::default() };
            docs.description = words.description;
            return notes;
        }
        let Ok(Shaped { shape: Shape::Same(target), .. }) = self.shaped(place) else { return Notes::default() };
        let Some((listed, _)) = self.enum_inside(place, &target) else { return Notes::default() };
        if let Some((words, notes)) = self.of_open(place) {
            docs.description = docs.description.take().or(words.description);
            return notes;
        }
        let (words, is_deprecated) = self.words_beside_values(&listed);
        docs.description = docs.description.take().or(words.description);
        *deprecated |= is_deprecated && open_branches(self.spec, place).is_none();
        Notes::default()
    }

    /// The enum without a name of its own that the schema at `place` is, by what stands inside of it at `target`.
    pub(super) fn enum_inside(&self, place: &Pointer, target: &Pointer) -> Option<(Pointer, JsonKind)> {
        let mut target = target.clone();
        for _ in 0..CHAIN {
            let is_own = target.is_within(place) && self.spec.component_name(&target).is_none();
            self.item(&target).filter(|_| is_own)?;
            match self.shaped(&target).ok()?.shape {
                Shape::Enum(kind) => return Some((target, kind)),
                Shape::Same(onward) => target = onward,
                _ => return None,
            }
        }
        None
    }

    /// The union whose branches are the list of texts at `place`, and any other text.
    fn open_around(&self, place: &Pointer) -> Option<Pointer> {
        let union = place.parent().filter(|list| list.last().as_deref() == Some("anyOf"))?.parent()?;
        open_branches(self.spec, &union).is_some_and(|(_, listed)| listed == place).then_some(union)
    }

    /// Whether the schema at `place`, which is an enum, has any other text beside those that are listed.
    pub(super) fn takes_others(&self, place: &Pointer) -> bool {
        if self.open_around(place).is_some() {
            return true;
        }
        let mut place = place.clone();
        for _ in 0..CHAIN {
            if open_branches(self.spec, &place).is_some() {
                return true;
            }
            match self.shaped(&place) {
                Ok(Shaped { shape: Shape::Same(onward), .. }) => place = onward,
                _ => return false,
            }
        }
        false
    }

    fn open_branch(&self, branch: &Pointer, is_listed: bool) -> Either {
        if is_listed && self.spec.component_name(branch).is_none() && self.item(branch).is_some() {
            let (docs, deprecated) = self.words_beside_values(branch);
            let docs = Docs { description: docs.description, ..Docs::default() };
            return Either { docs, notes: Notes { deprecated, ..Notes::default() } };
        }
        self.either(branch)
    }

    /// What is said of the branches, where the schema at `place` is a union, of a value that has no type with docs of its own:
    /// with the formats of texts, for which it has no type either.
    pub(super) fn of_branches(&self, place: &Pointer) -> (Docs, Notes) {
        let mut shape = self.shaped(place).map(|shaped| shaped.shape);
        for _ in 0..CHAIN * 2 {
            let Ok(Shape::Same(target)) = shape else { break };
            shape = self.shaped(&target).map(|shaped| shaped.shape);
        }
        let Ok(Shape::Union { branches }) = shape else { return (Docs::default(), Notes::default()) };
        let said = branches.iter().map(|branch| {
            let mut either = self.either(branch);
            let shape = self.shaped(branch).map(|shaped| shaped.shape);
            if matches!(shape, Ok(Shape::Primitive(primitive, _)) if primitive.is_text()) {
                let format = self.node(branch).and_then(|node| node.get("format")?.as_text());
                either.notes.format = format.map(str::to_owned);
            }
            either
        });
        let said: Vec<Either> = said.collect();
        let (docs, notes) = unions::said(&said);
        (docs, Notes::clone(&notes))
    }

    /// What is said of what is held in a list or a map, whose schema stands at `place`.
    pub(super) fn each(&self, place: &Pointer, held: Held) -> Option<Box<Each>> {
        self.nested_each(place, held, 0)
    }

    /// Nothing is said of a type with a name: it has docs of its own.
    fn nested_each(&self, place: &Pointer, held: Held, depth: usize) -> Option<Box<Each>> {
        if depth >= NESTING || self.is_named(place) {
            return None;
        }
        // Titles of items repeat what the list is called.
        let (words, deprecated) = self.words_beside_values(place);
        let docs = Docs { description: words.description, ..Docs::default() };
        // A default is of a place where the value can be left out.
        let notes = Notes { default: None, deprecated, ..self.nested_notes(place, depth + 1) };
        let says_something = docs != Docs::default() || notes != Notes::default();
        says_something.then(|| Box::new(Each { held, docs, notes }))
    }

    fn nested_notes(&self, place: &Pointer, depth: usize) -> Notes {
        let place = &self.written_at(place);
        if self.item(place).is_none() {
            return Notes::default();
        }
        let shape = self.shaped(place).map(|shaped| shaped.shape);
        let says_values = !matches!(shape, Ok(Shape::Enum(_) | Shape::Union { .. } | Shape::Same(_)) | Err(_));
        let is_shown = shape.as_ref().is_ok_and(Shape::has_telling_examples);
        let behind = self.unnamed_behind(place).filter(|_| depth < NESTING);
        let each = match &shape {
            Ok(Shape::List(Some(items))) => self.nested_each(items, Held::Item, depth),
            Ok(Shape::Map(Some(values))) => self.nested_each(values, Held::Value, depth),
            _ => None,
        };
        let is_text = matches!(shape, Ok(Shape::Primitive(primitive, _)) if primitive.kind() == JsonKind::String);
        let media_type = self.node(place).filter(|_| is_text && self.spec.is_3_1(place)).and_then(docs::media_type);
        let format = match &shape {
            Ok(Shape::Primitive(primitive, format)) => match self.choice(place, *primitive) {
                // What says nothing of the format has it said beside it.
                Some((format, Choice::Primitive(Primitive::String | Primitive::I64))) => Some(format.to_owned()),
                Some(_) => None,
                None => format.clone(),
            },
            _ => None,
        };
        let written = self.bounded(place).map(Cow::Owned).or_else(|| self.node(place).map(Cow::Borrowed));
        let mut notes = written.map(|node| docs::notes(&node, format)).unwrap_or_default();
        notes.example = notes.example.filter(|_| is_shown);
        let values = if says_values { self.only_values(place) } else { Vec::new() };
        let Notes { keys, key_patterns, .. } =
            if matches!(shape, Ok(Shape::Map(_))) { self.keys(place) } else { Notes::default() };
        let content = media_type.as_ref().and_then(|_| self.content_name(place));
        let notes = Notes { media_type, content, keys, key_patterns, values, each, ..notes };
        match behind {
            Some(behind) => notes.or(self.nested_notes(&behind, depth + 1)),
            None => notes,
        }
    }

    /// What the schema is called of what a text holds whose schema stands at `place` (`contentSchema`; JSON Schema 2020-12
    /// validation, section 8.5): by its component, or its title.
    fn content_name(&self, place: &Pointer) -> Option<String> {
        let mut content = self.item(place)?.content()?;
        for _ in 0..CHAIN * 2 {
            match self.spec.schema(content)? {
                Stands::At(target) if !self.is_named(content) => content = target,
                _ => break,
            }
        }
        self.spec.component_name(content).or_else(|| self.item(content)?.title().map(str::to_owned))
    }

    /// What is said of the names of the members that the object at `place` doesn't name itself.
    pub(super) fn keys(&self, place: &Pointer) -> Notes {
        let said = self.spec.referred(&place.child("propertyNames")).filter(|_| self.spec.is_3_1(place));
        said.map(docs::keys).unwrap_or_default()
    }

    /// The schema at `place` with bounds of its own, and those of what it refers to: all of them hold. `None` where it has none,
    /// and what it refers to says all.
    fn bounded(&self, place: &Pointer) -> Option<Node> {
        let onward = |place: &Pointer| match self.shaped(place) {
            Ok(Shaped { shape: Shape::Same(target), .. }) => Some(target),
            _ => None,
        };
        let node = self.node(place)?;
        let mut next = Some(onward(place)?);
        let mut all = node.as_map().filter(|map| map.keys().any(is_bound))?.clone();
        for _ in 0..CHAIN * 2 {
            let Some(target) = next else { break };
            if let Some(written) = self.node(&target).and_then(Node::as_map) {
                tighten(&mut all, written);
            }
            next = onward(&target);
        }
        Some(Node { value: Value::map(all), ..node.clone() })
    }

    /// The example beside a schema, as JSON text: the first one, where there are several. What stands at `beside` is a parameter
    /// or a media type.
    pub(super) fn written_example(&self, beside: &Pointer, schema: &Pointer, causes: &mut Causes) -> Option<String> {
        let (place, beside) = (beside.child("examples"), self.spec.node(beside)?);
        if !self.behind(schema, causes).1.shape.has_telling_examples() {
            return None;
        }
        let first = || {
            let mut names = beside.get("examples")?.as_map()?.keys();
            names.find_map(|name| value(self.spec.referred(&place.child(name))?))
        };
        docs::short(beside.get("example").or_else(first)?)
    }
}

/// The value of an example: what it is rather than how it is written (OpenAPI 3.2.0, section 4.19).
fn value(example: &Node) -> Option<&Node> {
    example.get("value").or_else(|| example.get("dataValue"))
}
