//! Answers that hold values one after another: which media types are such, and what each value is.
//!
//! From OpenAPI 3.2 on `itemSchema` says it (section 4.14.5). Before, descriptions write it in other ways that are all read:
//! `schema` is the value itself, or a list of values as a whole. What it says of events is a subject of its own: `events`.

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::causes::Causes;
use super::media::is_json;
use super::others::schema_place;
use super::shape::{Shape, members};
use super::types::{Types, Used};
use crate::diag::ANSWER_OTHERS;
use crate::ir::{Item, Sequence, SequenceFormat, StreamChoice, TypeRef};
use crate::normalize::Spec;
use crate::pointer::Pointer;

/// How a media type tells values apart; `None` where it isn't one of values one after another.
pub(super) fn format(media_type: &str) -> Option<SequenceFormat> {
    SequenceFormat::of(media_type)
}

/// The stream that was chosen by hand; `None` where the schema that it names isn't there.
pub(super) fn chosen(
    spec: &Spec,
    chosen: &StreamChoice,
    types: &mut Types<'_>,
    causes: &mut Causes,
) -> Option<Sequence> {
    let format = format(&chosen.media_type)?;
    let item = match &chosen.item {
        Some(name) => {
            let components = || Pointer::root().child("components").child("schemas").child(name);
            let place = if name.starts_with('#') { Pointer::from_canonical(name)? } else { components() };
            spec.schema(&place)?;
            Values { spec, types, causes }.item(&place, true, format)
        }
        None => nothing_said(format),
    };
    Some(Sequence { item, format, media_type: chosen.media_type.clone() })
}

/// The values of an answer with this content, which stands at `place`: of several media types events, then lines; then by name.
pub(super) fn sequence(
    spec: &Spec,
    content: &IndexMap<String, MediaType>,
    place: &Pointer,
    types: &mut Types<'_>,
    causes: &mut Causes,
) -> Option<Sequence> {
    let sequences = content.iter().filter_map(|(key, media)| Some((format(key)?, key, media)));
    let (format, key, media) = sequences.min_by_key(|(format, key, _)| (*format, *key))?;
    let media_place = place.child(key);
    let mut values = Values { spec, types, causes };
    let others = values.others(content, place, (format, key, media));
    if !others.is_empty() {
        let message = format!("the values are asked for as `{key}`, and not as {others}, whose values are others");
        values.causes.remark(place, &ANSWER_OTHERS, message);
    }
    let item = match values.found(&media_place, media) {
        Some((place, false)) if is_json(key) && values.is_of_whole(&place, content) => nothing_said(format),
        Some((place, is_item)) => values.item(&place, is_item, format),
        None => nothing_said(format),
    };
    Some(Sequence { item, format, media_type: key.clone() })
}

/// A value that nothing is said of.
fn nothing_said(format: SequenceFormat) -> Item {
    match format {
        SequenceFormat::Events => Item::Text,
        SequenceFormat::Lines | SequenceFormat::Records => Item::Json { ty: TypeRef::Any, nullable: false },
    }
}

pub(super) struct Values<'a, 'b, 'c> {
    pub(super) spec: &'a Spec,
    pub(super) types: &'a mut Types<'b>,
    pub(super) causes: &'c mut Causes,
}

impl Values<'_, '_, '_> {
    /// The schema of a media type, and whether it is that of one value for certain.
    pub(super) fn found(&self, media_place: &Pointer, media: &MediaType) -> Option<(Pointer, bool)> {
        let item = media_place.child("itemSchema");
        match self.spec.schema(&item) {
            Some(_) => Some((item, true)),
            None => Some((schema_place(media)?, false)),
        }
    }

    /// The media types of other values one after another than those of the chosen one, for messages. What an event says of its
    /// data is no value of lines.
    fn others(
        &mut self,
        content: &IndexMap<String, MediaType>,
        place: &Pointer,
        (chosen, key, media): (SequenceFormat, &str, &MediaType),
    ) -> String {
        let mut said = |key: &str, media: &MediaType| {
            let (found, _) = self.found(&place.child(key), media)?;
            self.types.node(&self.types.behind(&found, self.causes).0)
        };
        let is_event = |format: SequenceFormat| format == SequenceFormat::Events;
        let used = said(key, media);
        let alike = content.iter().filter(|(other, _)| {
            *other != key && format(other).is_some_and(|other| is_event(other) == is_event(chosen))
        });
        let differs = |media: &(&String, &MediaType)| {
            let other = said(media.0, media.1);
            used.zip(other).is_some_and(|(used, other)| !used.says_same(other))
        };
        let mut others: Vec<String> =
            alike.filter(differs).map(|(key, _)| format!("`{}`", key.escape_debug())).collect();
        others.sort();
        others.join(", ")
    }

    /// Whether the schema of a stream is that of a whole answer as well, one that has a list, so that it says nothing of a
    /// single value.
    fn is_of_whole(&mut self, place: &Pointer, content: &IndexMap<String, MediaType>) -> bool {
        let wholes = content.iter().filter(|(key, _)| format(key).is_none() && is_json(key));
        let places: Vec<Pointer> = wholes.filter_map(|(_, whole)| schema_place(whole)).collect();
        let mut end = |place: &Pointer| self.types.behind(place, self.causes).0;
        let said = end(place);
        places.iter().any(|whole| end(whole) == said) && self.has_list(&said)
    }

    /// Whether the schema at `place` is that of a list, or of an object with one.
    fn has_list(&mut self, place: &Pointer) -> bool {
        let (end, shaped) = self.types.behind(place, self.causes);
        match shaped.shape {
            Shape::Struct { .. } => {
                let (members, _) = members(self.spec, &end);
                members.iter().any(|(_, place)| matches!(self.types.behind(place, self.causes).1.shape, Shape::List(_)))
            }
            shape => matches!(shape, Shape::List(_)),
        }
    }

    pub(super) fn item(mut self, place: &Pointer, is_item: bool, format: SequenceFormat) -> Item {
        let place = match self.types.behind(place, self.causes).1.shape {
            Shape::List(Some(items)) if !is_item => items,
            Shape::List(None) if !is_item => return nothing_said(format),
            // The text as a whole says nothing of what is in it.
            Shape::Primitive(primitive, _) if primitive.is_text() && !is_item && format != SequenceFormat::Events => {
                return nothing_said(format);
            }
            _ => place.clone(),
        };
        match format {
            SequenceFormat::Events => self.event(&place),
            SequenceFormat::Lines | SequenceFormat::Records => self.json(&place),
        }
    }

    pub(super) fn json(&mut self, place: &Pointer) -> Item {
        let Used { ty, nullable } = self.types.use_of(place, self.causes);
        let nullable = nullable && ty != TypeRef::Any;
        Item::Json { ty, nullable }
    }
}
