//! Bodies of requests that hold values one after another, a line each: the list of the values.

use openapiv3::MediaType;

use super::causes::Causes;
use super::media::is_json;
use super::sequence::{Values, format};
use super::shape::Shape;
use super::types::Types;
use crate::ir::{Item, Items, Payload, SequenceFormat, TypeRef};
use crate::normalize::Spec;
use crate::pointer::Pointer;

/// The lines of the media type `name`, which stands at `media_place`, where the description says what each is. As of answers,
/// `itemSchema` says it, or `schema`, of the list as a whole or of one value.
pub(super) fn lines(
    spec: &Spec,
    name: &str,
    media_place: &Pointer,
    media: &MediaType,
    types: &mut Types<'_>,
    causes: &mut Causes,
) -> Option<Payload> {
    if format(name) != Some(SequenceFormat::Lines) || is_json(name) {
        return None;
    }
    let values = Values { spec, types, causes };
    let (place, is_item) = values.found(media_place, media)?;
    let is_said = match values.types.behind(&place, values.causes).1.shape {
        Shape::Any => is_item,
        Shape::Primitive(primitive, _) => is_item || !primitive.is_text(),
        _ => true,
    };
    if !is_said {
        return None;
    }
    let Item::Json { ty, nullable } = values.item(&place, is_item, SequenceFormat::Lines) else { return None };
    Some(Payload::Lines { ty: TypeRef::List(Box::new(Items { ty, nullable })) })
}
