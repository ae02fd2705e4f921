//! What operations answer: one type for success, beside it one for the values of a stream, and one for each error that has one.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{Header, MediaType, ParameterSchemaOrContent, ReferenceOr, Response, Responses, StatusCode};

use super::body::schema;
use super::causes::Causes;
use super::docs;
use super::media::{
    ANY, Chosen, Content, choose, choose_answer, is_bytes, is_media_type, is_of_bytes, is_plain, is_structured, offered,
};
use super::others::{in_words, others};
use super::sequence;
use super::types::{Types, Used};
use crate::diag::{ANSWER_MEDIA_TYPE, ANSWER_OTHERS, ANSWERS_DIFFER, Diagnostic, NO_SUCCESS, REDIRECTS};
use crate::ir::{Answer, AnswerHeader, Case, Docs, Method, Primitive, Sequence, Status, StreamChoice, TypeRef};
use crate::normalize::{Resolved, Spec, canonical};
use crate::pointer::Pointer;

/// What an operation's responses come to.
#[derive(Debug)]
pub(super) struct Answers {
    pub(super) success: Answer,
    /// What it answers value by value beside that.
    pub(super) stream: Option<Sequence>,
    /// The headers of successes.
    pub(super) headers: Vec<AnswerHeader>,
    /// By status; an error where the body can't be typed.
    pub(super) errors: Vec<(String, TypeRef)>,
}

/// Lowers the responses at `place`, to requests of this method; `chosen` is the stream that was chosen by hand, whatever the
/// description says of one.
pub(super) fn answers(
    spec: &Spec,
    place: &Pointer,
    responses: &Responses,
    (method, chosen): (&Method, Option<&StreamChoice>),
    types: &mut Types<'_>,
    causes: &mut Causes,
) -> Answers {
    let mut by_status: Vec<(String, &ReferenceOr<Response>)> = responses
        .responses
        .iter()
        .map(|(status, response)| (status.to_string(), response))
        .chain(responses.default.iter().map(|response| ("default".to_owned(), response)))
        .collect();
    by_status.sort_by(|(a, _), (b, _)| a.cmp(b));
    // A `default` beside a redirect tells errors.
    let described = responses.responses.keys().any(|status| is_success(status) || is_redirect(status));
    let (mut successes, mut streams, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for (status, link) in by_status {
        let success = status.starts_with('2') || (status == "default" && !described);
        // What answers HEAD has no body, whatever is described (RFC 9110, section 9.3.2).
        if success && *method == Method::Head {
            successes.push(Case { status: code(&status), answer: Answer::Empty, docs: Docs::default() });
        } else if success {
            let said = answer(spec, link, chosen.is_none(), types, causes);
            successes.extend(said.whole.map(|answer| Case { status: code(&status), answer, docs: said.docs }));
            streams.extend(said.stream);
        }
        // A `default` that stands for success stands for errors as well.
        if status.starts_with(['4', '5']) || status == "default" {
            let body = error(spec, link, types, causes);
            errors.extend(body.map(|body| (status.clone(), body)));
        }
    }
    let headers = headers(spec, responses, types, causes);
    let stream = match chosen {
        Some(chosen) => sequence::chosen(spec, chosen, types, causes),
        None => one_stream(place, streams, causes),
    };
    match stream {
        Some(stream) if successes.iter().all(|case| case.answer == Answer::Empty) => {
            Answers { success: Answer::Stream(stream), stream: None, headers, errors }
        }
        None if successes.is_empty() && responses.responses.keys().any(is_redirect) => {
            causes.remark(place, &REDIRECTS, "this operation answers with a redirect");
            Answers { success: Answer::Redirect, stream: None, headers, errors }
        }
        stream => Answers { success: one_success(place, successes, causes), stream, headers, errors },
    }
}

fn code(status: &str) -> Status {
    match status.parse() {
        Ok(code) => Status::Code(code),
        Err(_) if status == "default" => Status::Default,
        Err(_) => Status::Success,
    }
}

/// The headers of all successes: the first that is described of each name.
fn headers(spec: &Spec, responses: &Responses, types: &mut Types<'_>, causes: &mut Causes) -> Vec<AnswerHeader> {
    let described = responses.responses.keys().any(is_success);
    let successes = responses.responses.iter().filter(|(status, _)| is_success(status)).map(|(_, link)| link);
    let default = responses.default.iter().filter(|_| !described);
    let mut headers = BTreeMap::new();
    for link in successes.chain(default) {
        let Some(Resolved::Found(_, response)) = resolve(spec, link) else { continue };
        for (name, link) in &response.headers {
            let ReferenceOr::Reference { reference } = link else { continue };
            let Some(at) = canonical(reference) else { continue };
            let written = spec.header(&at);
            let key = name.to_ascii_lowercase();
            // What a header of this name holds is said by what it is for (OpenAPI 3.0.3, section 4.7.17.1).
            if let Some(Resolved::Found(_, header)) = written
                && key != "content-type"
                && !headers.contains_key(&key)
            {
                let docs = docs::docs(None, spec.said(&at).or(header.description.as_deref()), None);
                let notes = held_at(header).map(|place| types.unnamed_notes(&place)).unwrap_or_default().into();
                let ty = held(header, types, causes);
                headers.insert(key, AnswerHeader { wire: name.clone(), ty, docs, notes });
            }
        }
    }
    headers.into_values().collect()
}

/// What a header holds: a text, where no schema says it.
fn held(header: &Header, types: &mut Types<'_>, causes: &mut Causes) -> TypeRef {
    match held_at(header).map(|place| types.use_of(&place, causes).ty) {
        Some(TypeRef::Any) | None => TypeRef::Primitive(Primitive::String),
        Some(ty) => ty,
    }
}

/// Where the schema of a header stands.
fn held_at(header: &Header) -> Option<Pointer> {
    match &header.format {
        ParameterSchemaOrContent::Schema(ReferenceOr::Reference { reference }) => canonical(reference),
        ParameterSchemaOrContent::Schema(ReferenceOr::Item(_)) | ParameterSchemaOrContent::Content(_) => None,
    }
}

pub(super) fn is_success(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(200..=299) | StatusCode::Range(2))
}

/// The statuses that point somewhere else (RFC 9110, section 15.4).
fn is_redirect(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(301 | 302 | 303 | 307 | 308) | StatusCode::Range(3))
}

/// One answer for all successes: where they differ, one of several.
fn one_success(place: &Pointer, mut successes: Vec<Case>, causes: &mut Causes) -> Answer {
    let has_empty = successes.iter().any(|case| case.answer == Answer::Empty);
    let mut described = successes.iter().map(|case| &case.answer).filter(|answer| **answer != Answer::Empty);
    let Some(first) = described.next() else {
        if !has_empty {
            causes.remark(place, &NO_SUCCESS, "no success is among the responses");
        }
        return Answer::Empty;
    };
    if !described.all(|other| is_same(first, other)) {
        successes.sort_by_key(|case| case.status);
        return Answer::OneOf(successes);
    }
    match first.clone() {
        Answer::Json { ty, nullable, media_type, .. } => Answer::Json { ty, nullable, optional: has_empty, media_type },
        // Nothing is an empty text, and no bytes.
        other => other,
    }
}

fn one_stream(place: &Pointer, streams: Vec<Sequence>, causes: &mut Causes) -> Option<Sequence> {
    let mut streams = streams.into_iter();
    let first = streams.next()?;
    if streams.all(|other| (&other.item, other.format) == (&first.item, first.format)) {
        return Some(first);
    }
    let message = "the streams that this operation answers are of different values; those of the first are read";
    causes.remark(place, &ANSWERS_DIFFER, message);
    Some(first)
}

/// Whether two answers are the same to a program, whatever their media types are called.
fn is_same(a: &Answer, b: &Answer) -> bool {
    match (a, b) {
        (Answer::Json { ty: a, nullable: x, .. }, Answer::Json { ty: b, nullable: y, .. }) => (a, x) == (b, y),
        (Answer::Text { .. }, Answer::Text { .. }) | (Answer::Bytes { .. }, Answer::Bytes { .. }) => true,
        _ => false,
    }
}

/// The answers of a response: the body as a whole, and value by value.
struct Said {
    whole: Option<Answer>,
    stream: Option<Sequence>,
    docs: Docs,
}

/// The answers of a success, of which the stream may not be asked for.
fn answer(
    spec: &Spec,
    link: &ReferenceOr<Response>,
    wants_stream: bool,
    types: &mut Types<'_>,
    causes: &mut Causes,
) -> Said {
    let only = |answer| Said { whole: Some(answer), stream: None, docs: Docs::default() };
    let (place, response) = match resolve(spec, link) {
        Some(Resolved::Found(place, response)) => (place, response),
        Some(Resolved::Faulty(fault)) => {
            causes.bytes(fault);
            return only(Answer::Bytes { media_types: vec!["*/*".to_owned()] });
        }
        None => return only(Answer::Empty),
    };
    let content_place = place.child("content");
    let stream = match wants_stream {
        true => sequence::sequence(spec, &response.content, &content_place, types, causes),
        false => None,
    };
    let whole = whole(spec, &response.content, &content_place, types, causes);
    let at = reference(link);
    let said = at.as_ref().and_then(|at| spec.said(at)).unwrap_or(&response.description);
    let docs = docs::docs(None, Some(said).filter(|said| !said.is_empty()), None);
    Said { whole: whole.or_else(|| stream.is_none().then_some(Answer::Empty)), stream, docs }
}

/// The answer with this content, which stands at `place`, as a whole.
fn whole(
    spec: &Spec,
    content: &IndexMap<String, MediaType>,
    place: &Pointer,
    types: &mut Types<'_>,
    causes: &mut Causes,
) -> Option<Answer> {
    let whole = content.iter().filter(|(key, _)| sequence::format(key).is_none());
    let Chosen { name, key, content: kind, media } = choose_answer(spec, whole.clone())?;
    // A range can be asked for (RFC 9110, section 12.5.1), and bytes of no media type are of any.
    let asked = |key: &str, name: &str| match kind {
        Content::Bytes if !is_media_type(key) => ANY.to_owned(),
        _ => if key.contains('*') { key } else { name }.to_owned(),
    };
    // All bytes are read alike, and which of them there are may be for the service to say.
    let mut media_types = vec![asked(key, name)];
    if kind == Content::Bytes {
        let mut all: Vec<&String> = whole
            .map(|(key, _)| key)
            .filter(|other| *other != key && is_media_type(other) && is_bytes(other))
            .collect();
        all.sort();
        media_types.extend(all.into_iter().map(|key| asked(key, key)));
    }
    let is_taken = |key: &String| media_types.contains(key) || sequence::format(key).is_some();
    let others = others(place, content, (key, media), is_taken, types, causes);
    if !others.is_empty() {
        let others = in_words(&others);
        let message = format!("the answer is asked for as `{name}`, and not as {others}, which says something else");
        let found = Diagnostic::new(&ANSWER_OTHERS, message).at(place);
        let help = "if another one is wanted, take this one away by an overlay, or ask with `client.request(method, path)` and \
                    a header `accept`";
        causes.found(place, found.help(help));
    }
    if kind == Content::Json {
        let Used { ty, nullable } = schema(media, types, causes);
        let nullable = nullable && ty != TypeRef::Any;
        return Some(Answer::Json { ty, nullable, optional: false, media_type: name.to_owned() });
    }
    let has_items = spec.schema(&place.child(key).child("itemSchema")).is_some();
    let is_told = is_structured(spec, media) && !(kind == Content::Bytes && is_of_bytes(spec, media));
    if !is_plain(name) || has_items || is_told {
        let (offered, as_what) = (offered(content), if kind == Content::Text { "text" } else { "bytes" });
        let message = format!("the answer is {offered}; it is read as {as_what}");
        causes.remark(place, &ANSWER_MEDIA_TYPE, message);
    }
    Some(if kind == Content::Text { Answer::Text { media_types } } else { Answer::Bytes { media_types } })
}

/// The type of an error's body, where it is JSON with a schema. All other bodies are there to be read as they are.
fn error(spec: &Spec, link: &ReferenceOr<Response>, types: &mut Types<'_>, causes: &mut Causes) -> Option<TypeRef> {
    let response = match resolve(spec, link)? {
        Resolved::Found(_, response) => response,
        Resolved::Faulty(fault) => {
            causes.bytes(fault);
            return None;
        }
    };
    let Chosen { content: Content::Json, media, .. } = choose(spec, &response.content, &[])? else { return None };
    media.schema.as_ref()?;
    Some(schema(media, types, causes).ty)
}

pub(super) fn resolve<'a>(spec: &'a Spec, link: &ReferenceOr<Response>) -> Option<Resolved<'a, Response>> {
    spec.response(&reference(link)?)
}

/// Where an answer is written, or a reference to it.
pub(super) fn reference(link: &ReferenceOr<Response>) -> Option<Pointer> {
    match link {
        ReferenceOr::Reference { reference } => canonical(reference),
        ReferenceOr::Item(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::ir::Answer;
    use crate::lower::lower;
    use crate::normalize::testing::{lines, normalized};

    /// The media types that are asked for where the answer has this content, and what was found.
    fn asked(content: &str) -> (String, String) {
        let (answer, found) = answered(content);
        (answer.media_types().join(", "), found)
    }

    fn answered(content: &str) -> (Answer, String) {
        let text = format!(
            "# YAML\n{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{/a: {{get: {{responses: {{'200': {{description: '', \
             content: {content}}}}}}}}}}}}}"
        );
        let mut diagnostics = Diagnostics::default();
        let mut api = lower(&normalized(&text).0.unwrap(), &mut diagnostics).api;
        (api.operations.pop().unwrap().success, lines(&diagnostics))
    }

    #[test]
    fn all_bytes_are_asked_for_and_of_the_rest_one() {
        for (content, accept, others) in [
            ("{image/png: {}, image/jpeg: {}, image/*: {}}", "image/jpeg, image/*, image/png", None),
            ("{application/pdf: {}, application/json: {}}", "application/json", None),
            ("{application/json: {schema: {type: string, format: binary}}}", "application/json", None),
            (
                "{application/json: {schema: {type: string, format: binary}}, application/zip: {}, application/pdf: {}}",
                "application/pdf, application/zip",
                Some("and not as `application/json`"),
            ),
            ("{text/plain: {schema: {type: string}}, application/json: {schema: {type: string}}}", "text/plain", None),
            (
                "{text/plain: {schema: {type: string}}, application/json: {schema: {type: string, format: date}}}",
                "application/json",
                Some("and not as `text/plain`"),
            ),
            (
                "{application/xml: {schema: {type: object}}, application/json: {schema: {type: object}}}",
                "application/json",
                None,
            ),
            (
                "{application/json: {schema: {type: object}}, application/x-ndjson: {schema: {type: integer}}}",
                "application/json",
                None,
            ),
            (
                "{text/csv: {schema: {type: string}}, application/json: {schema: {type: object}}}",
                "application/json",
                Some("`application/json`, and not as `text/csv`, which says something else"),
            ),
            (
                "{application/pdf: {}, application/xml: {}, '*/*': {}, application/json: {schema: {type: object}}}",
                "application/json",
                Some("and not as `application/pdf`, which says something else"),
            ),
            (
                "{application/vnd.b+json: {schema: {type: integer}}, application/vnd.a+json: {schema: {type: object}}}",
                "application/vnd.a+json",
                Some("not as `application/vnd.b+json`"),
            ),
        ] {
            let (asked, found) = asked(content);
            assert_eq!(asked, accept, "{content}");
            match others {
                None => assert!(!found.contains("S0309"), "{content}: {found}"),
                Some(said) => assert!(
                    found.starts_with("note S0309 #/paths/~1a/get/responses/200/content: ") && found.contains(said),
                    "{content}: {found}"
                ),
            }
        }
    }

    #[test]
    fn a_text_of_any_media_type_is_a_text() {
        for (schema, is_text) in [("{type: string}", true), ("{type: string, format: binary}", false), ("{}", false)] {
            let (answer, found) = answered(&format!("{{'*/*': {{schema: {schema}}}}}"));
            assert_eq!(answer.media_types(), ["*/*"], "{schema}");
            assert!(matches!(answer, Answer::Text { .. }) == is_text && found.is_empty(), "{schema}: {found}");
        }
    }

    #[test]
    fn what_a_schema_says_of_a_text_is_not_lost_in_silence() {
        assert_eq!(asked("{text/plain: {schema: {type: integer}}}"), ("text/plain".to_owned(), String::new()));
        let (asked, found) = asked("{text/plain: {schema: {type: object}}}");
        assert_eq!(asked, "text/plain");
        assert!(found.ends_with("the answer is `text/plain`; it is read as text\n"), "{found}");
    }
}
