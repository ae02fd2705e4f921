//! What operations send: JSON, text or bytes, or nothing.

use indexmap::IndexMap;
use openapiv3::{MediaType, Operation as Written, ReferenceOr};

use super::causes::{Cause, Causes};
use super::docs;
use super::form::{self, Encodings};
use super::lines::lines;
use super::media::{Chosen, Content, choose, essence, is_media_type, is_of_bytes, is_plain, is_structured, offered};
use super::others::{in_words, others, schema_place};
use super::types::{Types, Used};
use crate::diag::{BODY_IGNORED, BODY_MEDIA_TYPE, BODY_OTHERS, Diagnostic};
use crate::ir::{Body, Method, Notes, Payload, TypeRef};
use crate::normalize::{Resolved, Spec, canonical};

/// The body of an operation.
pub(super) fn body(
    spec: &Spec,
    operation: &Written,
    method: &Method,
    wanted: Option<&str>,
    types: &mut Types<'_>,
    causes: &mut Causes,
) -> Result<Option<Body>, Cause> {
    let Some(ReferenceOr::Reference { reference }) = &operation.request_body else { return Ok(None) };
    let Some(link) = canonical(reference) else { return Ok(None) };
    let has_none = match method {
        // What it means is not defined since OpenAPI 3.1.0 (section 4.8.10.1), which is to say that it may be sent.
        Method::Get | Method::Head => !spec.is_3_1(&link),
        Method::Trace => true,
        _ => false,
    };
    if has_none {
        causes.remark(&link, &BODY_IGNORED, format!("a {} request has no body; this one is ignored", method.as_str()));
        return Ok(None);
    }
    let (place, written) = match spec.request_body(&link) {
        Some(Resolved::Found(place, written)) => (place, written),
        Some(Resolved::Faulty(fault)) => return Err(causes.fault(fault)),
        None => return Ok(None),
    };
    let wanted = wanted.filter(|wanted| written.content.contains_key(*wanted));
    let Some(Chosen { name, key, content, media }) = chosen(spec, &written.content, wanted, types, causes) else {
        return Ok(None);
    };
    let media_place = place.child("content").child(key);
    let schema_place = schema_place(media).unwrap_or_else(|| media_place.child("schema"));
    let encodings =
        |types: &Types<'_>, causes: &mut Causes| Encodings::of(spec, &media_place, &schema_place, types, causes);
    let payload = match content {
        Content::Json => {
            let Used { ty, nullable } = schema(media, types, causes);
            Payload::Json { ty, nullable }
        }
        Content::Form => {
            let Encodings { styles, .. } = encodings(types, causes);
            Payload::Form { ty: schema(media, types, causes).ty, styles }
        }
        Content::Multipart => {
            let Encodings { styles, types: media_types, choices } = encodings(types, causes);
            let ty = types.use_in_parts(&schema_place, media_place.child("schema"), causes);
            Payload::Multipart { ty, types: media_types, choices, styles }
        }
        Content::Text => lines(spec, name, &media_place, media, types, causes).unwrap_or(Payload::Text),
        Content::Bytes if essence(name).starts_with("multipart/") => Payload::Encoded,
        Content::Bytes => Payload::Bytes,
    };
    let is_told = is_structured(spec, media) && !(payload == Payload::Bytes && is_of_bytes(spec, media));
    let loses = payload == Payload::Encoded || !is_plain(name) || is_told;
    if let Some(as_what) = as_what(&payload).filter(|_| loses) {
        let message =
            format!("the request body is {}; it is taken as {as_what} that the caller has", offered(&written.content));
        causes.remark(&place.child("content"), &BODY_MEDIA_TYPE, message);
    }
    let offered = match payload {
        Payload::Bytes => bytes_offered(spec, &written.content),
        Payload::Json { .. } => json_offered(spec, &written.content, name, types, causes),
        _ => Vec::new(),
    };
    let content_place = place.child("content");
    let others = others(&content_place, &written.content, (key, media), |key| offered.contains(key), types, causes);
    if let (None, Some(other)) = (wanted, others.first()) {
        let all = in_words(&others);
        let message = format!("the request body is sent as `{name}`, and not as {all}, which says something else");
        let path = || link.tokens().nth(1).map(|path| format!("{} {path}", method.as_str()));
        let help = match operation.operation_id.clone().or_else(path) {
            Some(key) => format!("`[bodies]` in the configuration chooses another one: `{key:?} = {other:?}`"),
            None => "`[bodies]` in the configuration chooses another one".to_owned(),
        };
        causes.found(&content_place, Diagnostic::new(&BODY_OTHERS, message).at(&content_place).help(help));
    }
    let mut docs = docs::docs(None, spec.said(&link).or(written.description.as_deref()), None);
    let mut notes = Notes::default();
    if is_said_here(&payload) {
        docs.description = docs.description.or(types.words(&schema_place).0.description);
        notes = types.notes(&schema_place);
    }
    if !matches!(payload, Payload::Bytes | Payload::Encoded) {
        notes.example = types.written_example(&media_place, &schema_place, causes).or(notes.example);
    }
    Ok(Some(Body {
        payload,
        offered,
        required: written.required,
        media_type: name.to_owned(),
        docs,
        notes: notes.into(),
        pointer: place,
    }))
}

/// Whether what is said of the value of a body is said nowhere else: it has no type with docs of its own, and no parts, and its
/// bounds are none of bytes.
fn is_said_here(payload: &Payload) -> bool {
    match payload {
        Payload::Json { ty, .. } | Payload::Form { ty, .. } => !matches!(ty, TypeRef::Named(_)),
        Payload::Lines { .. } | Payload::Text => true,
        Payload::Multipart { .. } | Payload::Bytes | Payload::Encoded => false,
    }
}

/// The media types of bytes that the caller can choose from; nothing where there is only one.
fn bytes_offered(spec: &Spec, content: &IndexMap<String, MediaType>) -> Vec<String> {
    let is_bytes = |(key, media): &(&String, &MediaType)| {
        choose(spec, [(*key, *media)], &[]).is_some_and(|chosen| chosen.content == Content::Bytes)
    };
    let mut offered: Vec<String> = content.iter().filter(is_bytes).map(|(key, _)| key.clone()).collect();
    offered.retain(|key| is_media_type(key) && !essence(key).starts_with("multipart/"));
    offered.sort();
    if offered.len() > 1 || offered.iter().any(|key| key.contains('*')) { offered } else { Vec::new() }
}

/// The media types of JSON with the same schema as the chosen one, which is no plain JSON: to a service they mean different
/// things, as kinds of patches do.
fn json_offered(
    spec: &Spec,
    content: &IndexMap<String, MediaType>,
    chosen: &str,
    types: &Types<'_>,
    causes: &mut Causes,
) -> Vec<String> {
    let is_usual = |key: &String| essence(key) == "application/json" || key.contains('*');
    // A list of changes (RFC 6902, section 3), whatever the schema says: what else there is can't be sent for it.
    let is_list = |key: &str| essence(key) == "application/json-patch+json";
    let mut end = |key: &str| Some(types.behind(&schema_place(content.get(key)?)?, causes).0);
    let Some(said) = end(chosen).filter(|_| !content.keys().any(is_usual)) else { return Vec::new() };
    let is_json = |key: &str| {
        let one = content.get_key_value(key).and_then(|entry| choose(spec, [entry], &[]));
        one.is_some_and(|one| one.content == Content::Json)
    };
    let others = content.keys().filter(|key| *key != chosen && is_json(key) && !is_list(chosen));
    let others = others.filter(|key| end(key).as_ref() == Some(&said));
    let mut others: Vec<String> = others.cloned().collect();
    others.sort();
    others
}

/// Gives a body whose type turned out to have no files one that has; where there is none, it is taken as the bytes that the
/// caller has.
pub(super) fn have_files(body: &mut Body, types: &Types<'_>, causes: &mut Causes) {
    let Payload::Multipart { ty, .. } = &mut body.payload else { return };
    if !types.lacks_files(ty) {
        return;
    }
    if let Some(form) = types.form(body.pointer.child("content").child(&body.media_type).child("schema")) {
        *ty = form;
    } else {
        let message =
            "the schema of this body has files, and is JSON elsewhere; the body is taken as bytes that the caller has";
        causes.remark(&body.pointer.child("content"), &BODY_MEDIA_TYPE, message);
        body.payload = Payload::Encoded;
    }
}

/// What the caller has, where nothing is written out of types.
fn as_what(payload: &Payload) -> Option<&'static str> {
    match payload {
        Payload::Json { .. } | Payload::Lines { .. } | Payload::Form { .. } | Payload::Multipart { .. } => None,
        Payload::Text => Some("text"),
        Payload::Bytes | Payload::Encoded => Some("bytes"),
    }
}

/// The media type that is sent, which is the one that is wanted, if there is such: a form only if its schema is of objects, and
/// one in parts only if it has known members. Of JSON and parts that are the same but for files, the parts.
fn chosen<'a>(
    spec: &Spec,
    content: &'a IndexMap<String, MediaType>,
    wanted: Option<&str>,
    types: &Types<'_>,
    causes: &mut Causes,
) -> Option<Chosen<'a>> {
    let all = content.iter().filter(|(key, _)| wanted.is_none_or(|wanted| wanted == *key));
    let chosen = usual(spec, all, types, causes)?;
    let is_of_texts = matches!(chosen.content, Content::Json | Content::Form);
    // Where JSON would have a text, it has a file.
    let other = if wanted.is_none() && is_of_texts { with_files(spec, content, types, causes) } else { None };
    let mut end = |one: &Chosen<'_>| Some(types.behind(&schema_place(one.media)?, causes).0);
    let is_same = |other: &Chosen<'_>| end(other) == end(&chosen);
    Some(other.filter(is_same).unwrap_or(chosen))
}

/// The form in parts that has files.
fn with_files<'a>(
    spec: &Spec,
    content: &'a IndexMap<String, MediaType>,
    types: &Types<'_>,
    causes: &mut Causes,
) -> Option<Chosen<'a>> {
    let chosen =
        choose(spec, content.iter().filter(|(key, _)| essence(key) == "multipart/form-data"), &[Content::Multipart])?;
    types.has_told_files(&schema_place(chosen.media)?, causes).then_some(chosen)
}

/// The media type that is sent as a rule.
fn usual<'a>(
    spec: &Spec,
    content: impl Iterator<Item = (&'a String, &'a MediaType)> + Clone,
    types: &Types<'_>,
    causes: &mut Causes,
) -> Option<Chosen<'a>> {
    let mut structured = vec![Content::Form, Content::Multipart];
    loop {
        let chosen = choose(spec, content.clone(), &structured)?;
        let place = schema_place(chosen.media);
        let is_written = match (chosen.content, &place) {
            (Content::Form, Some(place)) => form::is_object(place, types, causes),
            (Content::Multipart, Some(place)) => form::is_struct(place, types, causes),
            (Content::Form | Content::Multipart, None) => false,
            _ => true,
        };
        if is_written {
            return Some(chosen);
        }
        structured.retain(|content| *content != chosen.content);
    }
}

/// The type of a media type's schema; anything, where it has none.
pub(super) fn schema(media: &MediaType, types: &mut Types<'_>, causes: &mut Causes) -> Used {
    match schema_place(media) {
        Some(place) => types.use_of(&place, causes),
        None => Used { ty: TypeRef::Any, nullable: false },
    }
}

#[cfg(test)]
mod tests;
