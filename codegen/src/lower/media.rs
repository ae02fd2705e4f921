//! Media types: which of several is sent or read, and as what.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr};

use crate::normalize::{Schema, Spec, Stands, canonical};
use crate::pointer::Pointer;

/// The range of all media types.
pub(super) const ANY: &str = "*/*";

/// What the content of a media type is to a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Content {
    /// JSON, by its name or by its structured syntax suffix (RFC 6839, section 3.1).
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// `text/*`, and what is text without being called so.
    Text,
    /// Bytes.
    Bytes,
}

/// A media type that was chosen among several.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chosen<'a> {
    /// As it is to be sent.
    pub(super) name: &'a str,
    /// As it is written.
    pub(super) key: &'a str,
    pub(super) content: Content,
    pub(super) media: &'a MediaType,
}

/// The media type that is used: what is none after all that are; JSON before forms, these before text, text before bytes; `application/json` before other JSON;
/// then by name; a JSON patch of an object, which would be a list, last of all JSON (RFC 6902, section 3). `None` where there is
/// none at all. Forms that are not among `structured` are text, and in parts bytes.
pub(super) fn choose<'a>(
    spec: &Spec,
    content: impl IntoIterator<Item = (&'a String, &'a MediaType)>,
    structured: &[Content],
) -> Option<Chosen<'a>> {
    let all = content.into_iter().map(|(key, media)| {
        let (name, content) = match usable(spec, key, media) {
            (name, Content::Form) if !structured.contains(&Content::Form) => (name, Content::Text),
            (name, Content::Multipart) if !structured.contains(&Content::Multipart) => (name, Content::Bytes),
            usable => usable,
        };
        Chosen { name, key, content, media }
    });
    let is_no_patch = |one: &Chosen<'_>| {
        essence(one.name) == "application/json-patch+json"
            && schema(spec, one.media).is_some_and(|schema| schema.kind() == Some("object"))
    };
    all.min_by_key(|one| {
        let is_usual = essence(one.name) == "application/json";
        let is_called_other = one.content == Content::Bytes && !is_bytes(one.name);
        (
            !is_media_type(one.key),
            one.content,
            is_no_patch(one),
            is_called_other,
            one.key != one.name,
            !is_usual,
            one.key,
        )
    })
}

/// The media type that an answer is asked for: where the JSON that [`choose`] would take is nothing but a text, the text itself
/// if the service has it. Many a service says of all its answers that they are JSON too, and sends this one as it is. A text
/// whose media type is any is one as well.
pub(super) fn choose_answer<'a>(
    spec: &Spec,
    content: impl IntoIterator<Item = (&'a String, &'a MediaType)> + Clone,
) -> Option<Chosen<'a>> {
    let chosen = choose(spec, content.clone(), &[])?;
    if chosen.content == Content::Bytes && essence(chosen.key) == ANY && is_text(spec, chosen.media) {
        return Some(Chosen { content: Content::Text, ..chosen });
    }
    if chosen.content != Content::Json || !is_text(spec, chosen.media) {
        return Some(chosen);
    }
    let texts = content.into_iter().filter(|(key, _)| essence(key) == "text/plain");
    let text =
        texts.min_by_key(|(key, _)| *key).map(|(key, media)| Chosen { name: key, key, content: Content::Text, media });
    Some(text.unwrap_or(chosen))
}

/// Whether a key is a media type or a range of them (RFC 9110, section 8.3.1), which a header can have.
pub(super) fn is_media_type(key: &str) -> bool {
    let is_token = |part: &str| {
        !part.is_empty() && part.chars().all(|one| one.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(one))
    };
    let is_sendable = key.chars().all(|character| matches!(character, ' '..='~'));
    is_sendable && essence(key).split_once('/').is_some_and(|(kind, of)| is_token(kind) && is_token(of))
}

/// What a media type's content is, and the name to send. A range names no type that could be sent (RFC 9110, section 12.5.1):
/// it stands for JSON where its schema has parts, and for bytes otherwise. What is no media type is any.
fn usable<'a>(spec: &Spec, key: &'a str, media: &MediaType) -> (&'a str, Content) {
    let essence = if is_media_type(key) { essence(key) } else { ANY.to_owned() };
    match essence.as_str() {
        "application/*+json" => ("application/json", Content::Json),
        ANY | "application/*" if has_parts(spec, media) => ("application/json", Content::Json),
        "text/*" => ("text/plain", Content::Text),
        range if range.contains('*') => ("application/octet-stream", Content::Bytes),
        plain => match content(plain) {
            // What the schema says are bytes is a file, and called as all else that the service has.
            Content::Json | Content::Text if is_binary(spec, media) => (key, Content::Bytes),
            content => (key, content),
        },
    }
}

fn content(essence: &str) -> Content {
    let is_text = essence.starts_with("text/")
        || essence.ends_with("+xml")
        || essence.ends_with("+yaml")
        || matches!(
            essence,
            "application/xml"
                | "application/yaml"
                | "application/x-yaml"
                | "application/graphql"
                | "application/javascript"
                | "application/x-ndjson"
                | "application/ndjson"
                | "application/jsonl"
                | "application/json-seq"
        );
    match essence {
        _ if is_json(essence) => Content::Json,
        "application/x-www-form-urlencoded" => Content::Form,
        "multipart/form-data" => Content::Multipart,
        _ if is_text => Content::Text,
        _ => Content::Bytes,
    }
}

/// Whether a media type is JSON, by its name or by its structured syntax suffix (RFC 6839, section 3.1).
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// Whether a media type is neither text nor JSON.
pub(super) fn is_bytes(media_type: &str) -> bool {
    content(&essence(media_type)) == Content::Bytes
}

/// Whether the content is text or bytes by its very nature, so that nothing is lost by reading it as such.
pub(super) fn is_plain(media_type: &str) -> bool {
    let essence = essence(media_type);
    let structured = ["xml", "yaml", "json", "jsonl", "form-urlencoded", "form-data", "event-stream", "csv"];
    !structured.iter().any(|word| essence.contains(word)) || essence == "text/csv"
}

/// Whether a schema speaks of more than a text.
fn has_parts(spec: &Spec, media: &MediaType) -> bool {
    schema(spec, media).is_some_and(|schema| match schema.kind() {
        Some(kind) => kind != "string",
        None => schema.is_composed() || schema.properties().next().is_some(),
    })
}

/// Whether the content is of several parts, as its schema has it, and not of one text or number.
pub(super) fn is_structured(spec: &Spec, media: &MediaType) -> bool {
    schema(spec, media).is_some_and(|schema| match schema.kind() {
        Some(kind) => matches!(kind, "object" | "array"),
        None => schema.properties().next().is_some(),
    })
}

/// Whether a schema is a list of bytes, as numbers or each as a text: some frameworks say so of what their language has as one.
pub(super) fn is_of_bytes(spec: &Spec, media: &MediaType) -> bool {
    let list = schema(spec, media).filter(|schema| schema.kind() == Some("array"));
    let item = list.and_then(Schema::items).and_then(|place| behind(spec, place));
    item.is_some_and(|item| match item.kind() {
        Some("string") => matches!(item.format(), Some("byte" | "binary")),
        kind => kind == Some("integer"),
    })
}

/// Whether a schema is one of bytes (OpenAPI 3.0.3, section 4.4).
fn is_binary(spec: &Spec, media: &MediaType) -> bool {
    schema(spec, media).is_some_and(|schema| schema.kind() == Some("string") && schema.format() == Some("binary"))
}

/// Whether a schema speaks of a text, whatever it is.
fn is_text(spec: &Spec, media: &MediaType) -> bool {
    schema(spec, media).is_some_and(|schema| {
        schema.kind() == Some("string")
            && !schema.is_composed()
            && !schema.is_nullable()
            && schema.format().is_none()
            && schema.values().next().is_none()
    })
}

/// The schema of a media type, behind all references.
fn schema<'a>(spec: &'a Spec, media: &MediaType) -> Option<&'a Schema> {
    let ReferenceOr::Reference { reference } = media.schema.as_ref()? else { return None };
    behind(spec, &canonical(reference)?)
}

/// The schema that the references end at which begin at `place`.
fn behind<'a>(spec: &'a Spec, place: &Pointer) -> Option<&'a Schema> {
    let mut place = place.clone();
    for _ in 0..crate::normalize::CHAIN {
        match spec.schema(&place)? {
            Stands::At(onward) => place = onward.clone(),
            Stands::Here(schema) => return Some(schema),
        }
    }
    None
}

/// The media types of a content, for messages.
pub(super) fn offered(content: &IndexMap<String, MediaType>) -> String {
    let mut names: Vec<_> = content.keys().map(|name| format!("`{name}`")).collect();
    names.sort();
    names.join(", ")
}

/// The type and subtype, in lower case and without parameters (RFC 9110, section 8.3.1).
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_media_type_is() {
        for (name, expected) in [
            ("application/json", Content::Json),
            ("application/problem+json", Content::Json),
            ("text/json", Content::Json),
            ("application/x-www-form-urlencoded", Content::Form),
            ("multipart/form-data", Content::Multipart),
            ("text/csv", Content::Text),
            ("application/xml", Content::Text),
            ("image/svg+xml", Content::Text),
            ("application/octet-stream", Content::Bytes),
            ("application/zip", Content::Bytes),
            ("multipart/mixed", Content::Bytes),
        ] {
            assert_eq!(content(name), expected, "{name}");
        }
        assert_eq!(essence("Application/JSON; charset=utf-8"), "application/json");
    }

    #[test]
    fn what_is_a_media_type() {
        for name in ["a/b", "*/*", "text/*", "application/a+json; version=\"1/2\"", " a/b "] {
            assert!(is_media_type(name), "{name}");
        }
        for name in ["", "a", "/", "a/", "/b", "a/b/c", "a b/c", "a/b, c/d", "a/{b}", "a/b\r\nX: y", "a/b; x=\u{e9}"] {
            assert!(!is_media_type(name), "{name}");
        }
    }

    #[test]
    fn what_is_no_more_than_text_or_bytes() {
        for name in ["text/plain", "image/png", "application/octet-stream", "text/csv", "application/pdf"] {
            assert!(is_plain(name), "{name}");
        }
        for name in ["application/xml", "text/event-stream", "application/x-ndjson", "multipart/form-data"] {
            assert!(!is_plain(name), "{name}");
        }
    }
}
