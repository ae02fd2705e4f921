//! Of several media types one is used: which others say something else.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr};

use super::causes::Causes;
use super::media::{ANY, is_bytes, is_media_type};
use super::shape::Shape;
use super::types::Types;
use crate::diag::{Diagnostic, NO_MEDIA_TYPE, Place};
use crate::normalize::canonical;
use crate::pointer::Pointer;

/// The media types that say something else than the chosen one, but for those that are taken too; for messages: by a schema of
/// their own, or by being bytes where the chosen one has a schema. What is no media type at all is told, and is none of them;
/// where it is the chosen one, there is no other.
pub(super) fn others(
    place: &Pointer,
    content: &IndexMap<String, MediaType>,
    (chosen, media): (&str, &MediaType),
    is_taken: impl Fn(&String) -> bool,
    types: &Types<'_>,
    causes: &mut Causes,
) -> Vec<String> {
    let mut said = |media: &MediaType| {
        let (end, shaped) = types.behind(&schema_place(media)?, causes);
        types.node(&end).filter(|_| shaped.shape != Shape::Any)
    };
    let used = said(media);
    let others = content.iter().filter(|(key, _)| *key != chosen && !is_taken(key) && is_media_type(key));
    let others = others.filter(|(key, media)| match said(media) {
        Some(other) => used.is_none_or(|used| !used.says_same(other)),
        None => used.is_some() && media.schema.is_none() && is_bytes(key) && !key.contains('*') && !is_bytes(chosen),
    });
    let mut others: Vec<String> = others.map(|(key, _)| key.clone()).collect();
    others.sort();
    for key in content.keys().filter(|key| !is_media_type(key)) {
        let taken = if *key == chosen { format!("taken for `{ANY}`") } else { "ignored".to_owned() };
        let message = format!("`{}` is no media type; it is {taken}", key.escape_debug());
        let at = place.child(key);
        let found = Diagnostic::new(&NO_MEDIA_TYPE, message).at(Place::key(&at));
        causes.found(&at, found.help("a media type is `type/subtype`; the members of an object stand in its `schema`"));
    }
    others
}

/// The same in a message.
pub(super) fn in_words(others: &[String]) -> String {
    others.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}

/// Where the schema of a media type stands.
pub(super) fn schema_place(media: &MediaType) -> Option<Pointer> {
    match &media.schema {
        Some(ReferenceOr::Reference { reference }) => canonical(reference),
        _ => None,
    }
}
