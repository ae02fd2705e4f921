//! What is said of responses where a request is sent: what a success answers, and what errors mean and how their bodies are
//! read.

use super::{body, trivial};
use crate::emit::context::{Context, linked};
use crate::emit::docs::Doc;
use crate::emit::{prose, sentences};
use crate::ir::{Answer, Docs, Method, Operation, Response, TypeRef};

/// What successes answer, in the description's words. The variants of an answer that is one of several have theirs.
///
/// ```text
/// Answers: The pets of the owner. Each item: Length: at most 3.
/// ```
pub(super) fn answers(doc: &mut Doc, operation: &Operation) {
    if matches!(operation.success, Answer::OneOf(_)) {
        return;
    }
    let successes = operation.responses.iter().filter(|response| is_success(operation, response));
    let successes: Vec<&Response> = successes.collect();
    match successes.as_slice() {
        [only] => match telling(operation, only).map(prose::doc_lines) {
            // What takes several paragraphs is no sentence.
            Some(lines) if lines.iter().any(String::is_empty) => {
                doc.section("Answer", &lines.join("\n"));
                doc.bounds(&only.notes);
            }
            words => {
                let before = if words.is_some() { "Answers:" } else { "What it answers." };
                said(operation, only).into_iter().for_each(|said| doc.paragraph(&format!("{before} {said}")));
            }
        },
        several => {
            let lines = listed(operation, several);
            if !lines.is_empty() {
                doc.paragraph(&format!("Answers, by status:\n\n{}", lines.join("\n")));
            }
        }
    }
}

/// Whether an answer may have a body though nothing is said of one: to `GET`, which asks for something.
pub(super) fn may_have_a_body(operation: &Operation) -> bool {
    let is_one = |response: &Response| response.is_success && !matches!(response.status.as_str(), "204" | "205");
    operation.method == Method::Get && operation.success == Answer::Empty && operation.responses.iter().any(is_one)
}

/// What errors mean, in the description's words, and the typed bodies of error answers, by the accessor that reads them.
pub(super) fn errors(doc: &mut Doc, operation: &Operation, cx: &Context<'_>) {
    let errors = operation.responses.iter().filter(|response| !is_success(operation, response));
    let words = listed(operation, &errors.collect::<Vec<_>>());
    let readers = readers(operation, cx);
    if words.is_empty() && readers.is_empty() {
        return;
    }
    doc.section("Errors", &words.join("\n"));
    doc.paragraph(&readers.join("\n"));
}

fn is_success(operation: &Operation, response: &Response) -> bool {
    let is_redirect = operation.success == Answer::Redirect && response.status.starts_with('3');
    response.is_success || is_redirect
}

/// `* \`404\`, \`410\`: There is no such pet.`: a line for all of which the same is said.
fn listed(operation: &Operation, responses: &[&Response]) -> Vec<String> {
    let mut lines: Vec<(Vec<String>, String)> = Vec::new();
    for response in responses {
        let Some(said) = said(operation, response) else { continue };
        let status = prose::code(&response.status);
        match lines.iter_mut().find(|(_, known)| *known == said) {
            Some((statuses, _)) => statuses.push(status),
            None => lines.push((vec![status], said)),
        }
    }
    lines.into_iter().map(|(statuses, said)| format!("* {}: {said}", statuses.join(", "))).collect()
}

/// What is said of a response, on one line.
fn said(operation: &Operation, response: &Response) -> Option<String> {
    let words = Docs { description: telling(operation, response).map(str::to_owned), ..Docs::default() };
    sentences::joined(sentences::value(&words, &response.notes).into_iter().chain(sentences::inside(&response.notes)))
}

/// The words about a response, if they say more than its status and the words about the operation.
fn telling<'a>(operation: &Operation, response: &'a Response) -> Option<&'a str> {
    let words = response.docs.description.as_deref()?;
    let of_operation = [&operation.docs.summary, &operation.docs.description].into_iter().flatten();
    let is_said = of_operation.into_iter().any(|said| trivial::is_same(said, words));
    (!is_said && !trivial::is_trivial(words)).then_some(words)
}

/// How the typed bodies of errors are read, a sentence for each type.
fn readers(operation: &Operation, cx: &Context<'_>) -> Vec<String> {
    let mut readers: Vec<(String, Vec<&str>)> = Vec::new();
    for (status, ty) in &operation.errors {
        let reader = match ty {
            TypeRef::Named(id) => match cx.model.names.error_accessors.get(cx.canonical(id)) {
                Some(accessor) => accessor_link(accessor, cx),
                None => continue,
            },
            TypeRef::Any => body_as("serde_json::Value", cx),
            other => body_as(&body::path(other, cx), cx),
        };
        match readers.iter_mut().find(|(known, _)| *known == reader) {
            Some((_, statuses)) => statuses.push(status),
            None => readers.push((reader, vec![status])),
        }
    }
    let lines = readers.iter().map(|(reader, statuses)| {
        let statuses: Vec<_> = statuses.iter().map(|status| prose::code(status)).collect();
        format!("The body of {} is read by {reader}.", statuses.join(", "))
    });
    lines.collect()
}

/// The reading of an error body that has no accessor.
fn body_as(ty: &str, cx: &Context<'_>) -> String {
    let call = prose::code(&format!("Error::body_as::<{ty}>"));
    if cx.is_crate() { format!("[{call}](crate::Error::body_as)") } else { call }
}

/// The accessor of an error body, as a link where the crate's root is known.
fn accessor_link(accessor: &str, cx: &Context<'_>) -> String {
    let accessor = linked(accessor);
    if cx.is_crate() {
        format!("[`Error::{accessor}`](crate::Error::{accessor})")
    } else {
        format!("`Error::{accessor}`")
    }
}
