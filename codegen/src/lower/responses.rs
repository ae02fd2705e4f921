//! What a description says of responses beside their types: in words, and of bodies that have no type with docs of their own.

use openapiv3::{Response as Written, Responses};

use super::answers::{is_success, reference, resolve};
use super::causes::Causes;
use super::docs;
use super::media::{Content, choose_answer};
use super::others::schema_place;
use super::sequence;
use super::types::Types;
use crate::ir::{Notes, Response};
use crate::normalize::{Resolved, Spec};
use crate::pointer::Pointer;

/// The responses, by status.
pub(super) fn responses(spec: &Spec, written: &Responses, types: &Types<'_>, causes: &mut Causes) -> Vec<Response> {
    let is_described = written.responses.keys().any(is_success);
    let by_status =
        written.responses.iter().map(|(status, response)| (status.to_string(), is_success(status), response));
    let default = written.default.iter().map(|response| ("default".to_owned(), !is_described, response));
    let mut responses: Vec<Response> = by_status
        .chain(default)
        .map(|(status, is_success, link)| {
            let Some(Resolved::Found(place, response)) = resolve(spec, link) else {
                return Response { status, is_success, ..Response::default() };
            };
            let at = reference(link);
            let said = at.as_ref().and_then(|at| spec.said(at)).unwrap_or(&response.description);
            let docs = docs::docs(None, Some(said), None);
            let notes = if is_success { notes(spec, &place, response, types, causes) } else { Notes::default() };
            Response { status, is_success, docs, notes: notes.into() }
        })
        .collect();
    responses.sort_by(|a, b| a.status.cmp(&b.status));
    responses
}

/// What is said of the body of a response as a whole.
fn notes(spec: &Spec, place: &Pointer, response: &Written, types: &Types<'_>, causes: &mut Causes) -> Notes {
    let whole = response.content.iter().filter(|(key, _)| sequence::format(key).is_none());
    let Some(chosen) = choose_answer(spec, whole) else { return Notes::default() };
    // Bytes keep to nothing.
    let Some(schema) = schema_place(chosen.media).filter(|_| chosen.content != Content::Bytes) else {
        return Notes::default();
    };
    let notes = types.unnamed_notes(&schema);
    let written = types.written_example(&place.child("content").child(chosen.key), &schema, causes);
    Notes { example: written.or(notes.example), ..notes }
}
