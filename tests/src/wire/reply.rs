//! Answers: what a server answers by its description, and whether that is what another description has.

use clientwright::ir::{Answer, Item, Operation, Primitive, Sequence, SequenceFormat, TypeRef};
use serde_json::Value;

use super::described::{Described, Success};
use super::fit::{Fit, Fits};
use super::sample::Sampler;
use super::{Variant, Way};
use crate::spector::values::{shown, typed};

/// An answer.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    /// The JSON that the body is.
    json: Option<Value>,
}

impl Reply {
    /// The answer to a caller who asks for `accept`; of several statuses, that of this turn.
    pub(super) fn of(
        described: &Described,
        operation: &Operation,
        variant: Variant,
        turn: usize,
        accept: &str,
    ) -> Self {
        let api = &described.model.api;
        let mut sampler = Sampler::new(api, variant, Way::Answered);
        let successes = described.successes(operation);
        let success = successes.get(turn.min(successes.len().saturating_sub(1)));
        let status = success.map_or(200, |success| success.status);
        let mut headers = Vec::new();
        for (name, required) in success.into_iter().flat_map(|success| &success.headers) {
            if *required || variant == Variant::Most {
                let value = sampler.value(&of_header(operation, name), false, &[]);
                headers.push((name.clone(), written(&value)));
            }
        }
        let beside = operation.stream.as_ref().filter(|sequence| accept.contains(&sequence.media_type));
        let (media_type, body, json) = match (beside, of_success(&operation.success, success)) {
            (Some(sequence), _) | (None, Answer::Stream(sequence)) => {
                (sequence.media_type.as_str(), values(sequence, &mut sampler), None)
            }
            (None, Answer::Json { ty, nullable, media_type, .. }) if success.is_none_or(|success| success.has_body) => {
                let value = sampler.value(ty, *nullable, &[]);
                (media_type.as_str(), value.to_string().into_bytes(), Some(value))
            }
            (None, Answer::Text { media_types } | Answer::Bytes { media_types }) => {
                (media_types.first().map_or("", String::as_str), b"a,b".to_vec(), None)
            }
            // It stands for the redirect and what is there.
            (None, Answer::Redirect) => ("application/octet-stream", b"a,b".to_vec(), None),
            (None, Answer::Empty | Answer::Json { .. } | Answer::OneOf(_)) => ("", Vec::new(), None),
        };
        if !media_type.is_empty() {
            headers.push(("content-type".to_owned(), media_type.to_owned()));
        }
        Self { status, headers, body, json }
    }

    /// The media type of its body.
    pub(super) fn media_type(&self) -> Option<&str> {
        self.headers.iter().find(|(name, _)| name == "content-type").map(|(_, media_type)| media_type.as_str())
    }

    /// Whether it is what a description has. A status that it doesn't have says nothing.
    pub(super) fn fits(&self, described: &Described, operation: &Operation) -> Fits {
        let successes = described.successes(operation);
        let Some(success) = successes.iter().find(|success| success.status == self.status) else { return Ok(()) };
        let api = &described.model.api;
        let fit = Fit::new(api, Way::Answered);
        if let (Answer::Json { ty, nullable, .. }, Some(json)) =
            (of_success(&operation.success, Some(success)), &self.json)
        {
            fit.value(json, ty, *nullable, &[]).map_err(|why| format!("the answer {}: {why}", self.status))?;
        }
        for (name, required) in &success.headers {
            match self.headers.iter().find(|(known, _)| known == name) {
                Some((_, text)) => {
                    let ty = of_header(operation, name);
                    let fits = fit.value(&typed(text, &ty, api), &ty, false, &[]);
                    fits.map_err(|why| format!("the header `{name}`: {why}"))?;
                }
                None if *required => return Err(format!("the header `{name}` is missing")),
                None => {}
            }
        }
        Ok(())
    }
}

/// What a header holds.
fn of_header(operation: &Operation, name: &str) -> TypeRef {
    let header = operation.headers.iter().find(|header| header.wire.eq_ignore_ascii_case(name));
    header.map_or(TypeRef::Primitive(Primitive::String), |header| header.ty.clone())
}

/// A value as the text of a header (style `simple`; OpenAPI 3.0.3, section 4.7.12.3).
fn written(value: &Value) -> String {
    match value {
        Value::Array(elements) => elements.iter().map(shown).collect::<Vec<_>>().join(","),
        other => shown(other),
    }
}

/// What a success answers.
fn of_success<'a>(answer: &'a Answer, success: Option<&Success>) -> &'a Answer {
    match (answer, success) {
        (Answer::OneOf(cases), Some(success)) => {
            let case = cases.iter().find(|case| case.status.to_string() == success.key);
            case.map_or(answer, |case| &case.answer)
        }
        _ => answer,
    }
}

/// Two values, one after another, or one event of each name.
fn values(sequence: &Sequence, sampler: &mut Sampler<'_>) -> Vec<u8> {
    let mut data = |item: &Item| match item {
        Item::Json { ty, nullable } => sampler.value(ty, *nullable, &[]).to_string(),
        Item::Text | Item::Events(_) => "a text".to_owned(),
    };
    let mut text = String::new();
    if let Item::Events(events) = &sequence.item {
        for event in events {
            text.push_str(&format!("event: {}\ndata: {}\n\n", event.name, data(&event.data)));
        }
        return text.into_bytes();
    }
    for _ in 0..2 {
        let value = data(&sequence.item);
        text.push_str(&match sequence.format {
            SequenceFormat::Events => format!("data: {value}\n\n"),
            SequenceFormat::Lines => format!("{value}\n"),
            SequenceFormat::Records => format!("\u{1e}{value}\n"),
        });
    }
    text.into_bytes()
}
