//! Of several media types one is used: which others say something else.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr};

use super::causes::Causes;
use super::media::is_bytes;
use super::shape::Shape;
use super::types::Types;
use crate::normalize::canonical;
use crate::pointer::Pointer;

/// The media types that say something else than the chosen one, but for those that are taken too; for messages: by a schema of
/// their own, or by being bytes where the chosen one has a schema.
pub(super) fn others(
    content: &IndexMap<String, MediaType>,
    (chosen, media): (&str, &MediaType),
    is_taken: impl Fn(&String) -> bool,
    types: &Types<'_>,
    causes: &mut Causes,
) -> String {
    let mut said = |media: &MediaType| {
        let (end, shaped) = types.behind(&schema_place(media)?, causes);
        types.node(&end).filter(|_| shaped.shape != Shape::Any)
    };
    let used = said(media);
    let others = content.iter().filter(|(key, _)| *key != chosen && !is_taken(key));
    let others = others.filter(|(key, media)| match said(media) {
        Some(other) => used.is_none_or(|used| !used.says_same(other)),
        None => used.is_some() && media.schema.is_none() && is_bytes(key) && !key.contains('*') && !is_bytes(chosen),
    });
    let mut others: Vec<String> = others.map(|(key, _)| format!("`{}`", key.escape_debug())).collect();
    others.sort();
    others.join(", ")
}

/// Where the schema of a media type stands.
pub(super) fn schema_place(media: &MediaType) -> Option<Pointer> {
    match &media.schema {
        Some(ReferenceOr::Reference { reference }) => canonical(reference),
        _ => None,
    }
}
