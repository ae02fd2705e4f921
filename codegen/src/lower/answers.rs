//! What operations answer: one type for success, and one for each error that has one.

use openapiv3::{ReferenceOr, Response, Responses, StatusCode};

use super::body::{json, offered, schema};
use super::causes::{Cause, Causes};
use super::types::{Types, Used};
use crate::diag::{ANSWER_MEDIA_TYPE, ANSWERS_DIFFER, NO_SUCCESS};
use crate::ir::{Answer, Method, TypeRef};
use crate::normalize::{Resolved, Spec, canonical};
use crate::pointer::Pointer;

/// What an operation's responses come to.
#[derive(Debug)]
pub(super) struct Answers {
    pub(super) success: Answer,
    /// By status; an error where the body can't be typed.
    pub(super) errors: Vec<(String, Pointer, Result<TypeRef, Cause>)>,
}

/// Lowers the responses at `place`.
pub(super) fn answers(
    spec: &Spec,
    place: &Pointer,
    responses: &Responses,
    method: Method,
    types: &mut Types<'_>,
    causes: &mut Causes,
) -> Result<Answers, Cause> {
    let mut by_status: Vec<(String, &ReferenceOr<Response>)> = responses
        .responses
        .iter()
        .map(|(status, response)| (status.to_string(), response))
        .chain(responses.default.iter().map(|response| ("default".to_owned(), response)))
        .collect();
    by_status.sort_by(|(a, _), (b, _)| a.cmp(b));
    let described = responses.responses.keys().any(is_success);
    let (mut successes, mut errors) = (Vec::new(), Vec::new());
    for (status, link) in by_status {
        let success = status.starts_with('2') || (status == "default" && !described);
        // What answers HEAD has no body, whatever is described (RFC 9110, section 9.3.2).
        if success && method == Method::Head {
            successes.push(Answer::Empty);
        } else if success {
            successes.push(answer(spec, link, types, causes)?);
        }
        // A `default` that stands for success stands for errors as well.
        if status.starts_with(['4', '5']) || status == "default" {
            let body = error(spec, link, types, causes);
            errors.extend(body.map(|body| (status.clone(), place.child(&status), body)));
        }
    }
    let success = one_success(place, successes, causes)?;
    Ok(Answers { success, errors })
}

fn is_success(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(200..=299) | StatusCode::Range(2))
}

fn one_success(place: &Pointer, successes: Vec<Answer>, causes: &mut Causes) -> Result<Answer, Cause> {
    let mut successes = successes.into_iter();
    let Some(first) = successes.next() else {
        causes.remark(place, &NO_SUCCESS, "no success is among the responses");
        return Ok(Answer::Empty);
    };
    let same = |other: &Answer| match (&first, other) {
        (Answer::Empty, Answer::Empty) => true,
        (Answer::Json { ty: a, nullable: x, .. }, Answer::Json { ty: b, nullable: y, .. }) => (a, x) == (b, y),
        _ => false,
    };
    if successes.all(|other| same(&other)) {
        return Ok(first);
    }
    let message = "the successes of this operation have different schemas, or some have none";
    Err(causes.block(place, &ANSWERS_DIFFER, message))
}

/// The answer of a success.
fn answer(
    spec: &Spec,
    link: &ReferenceOr<Response>,
    types: &mut Types<'_>,
    causes: &mut Causes,
) -> Result<Answer, Cause> {
    let Some((place, response)) = resolve(spec, link, causes)? else { return Ok(Answer::Empty) };
    if response.content.is_empty() {
        return Ok(Answer::Empty);
    }
    let Some((media_type, media)) = json(&response.content) else {
        let message = format!("the answer is {}, which is not supported yet", offered(&response.content));
        return Err(causes.block(&place.child("content"), &ANSWER_MEDIA_TYPE, message));
    };
    let Used { ty, nullable } = schema(media, types, causes)?;
    let nullable = nullable && ty != TypeRef::Any;
    Ok(Answer::Json { ty, nullable, media_type: media_type.to_owned() })
}

/// The type of an error's body, where it is JSON with a schema. All other bodies are there to be read as they are.
fn error(
    spec: &Spec,
    link: &ReferenceOr<Response>,
    types: &mut Types<'_>,
    causes: &mut Causes,
) -> Option<Result<TypeRef, Cause>> {
    let response = match resolve(spec, link, causes) {
        Ok(found) => found?.1,
        Err(cause) => return Some(Err(cause)),
    };
    let (_, media) = json(&response.content)?;
    media.schema.as_ref()?;
    Some(schema(media, types, causes).map(|used| used.ty))
}

fn resolve<'a>(
    spec: &'a Spec,
    link: &ReferenceOr<Response>,
    causes: &mut Causes,
) -> Result<Option<(Pointer, &'a Response)>, Cause> {
    let ReferenceOr::Reference { reference } = link else { return Ok(None) };
    match canonical(reference).and_then(|place| spec.response(&place)) {
        Some(Resolved::Found(place, response)) => Ok(Some((place, response))),
        Some(Resolved::Faulty(fault)) => Err(causes.fault(fault)),
        None => Ok(None),
    }
}
