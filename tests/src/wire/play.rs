//! The server: it plays a description to the callers of the old one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use clientwright::ir::{Location, Operation};
use http_body_util::Full;
use serde_json::{Map, Value};

use super::Variant;
use super::asked::Asked;
use super::described::Described;
use super::had::had;
use super::program::Heard;
use super::read::{Read, Refusal, read};
use super::reply::Reply;
use crate::server::{self, Recorded, json};
use crate::spector::find::find;
use crate::spector::values::shown;

/// A description that is played.
#[derive(Debug)]
pub(super) struct Play {
    /// The callers'.
    old: Arc<Described>,
    played: Arc<Described>,
    /// What callers don't notice.
    found: Mutex<BTreeSet<String>>,
}

/// What is played, by the side and the case's module.
pub(super) type Plays = BTreeMap<(&'static str, String), Play>;

/// The answer to a request; its path begins with the side, the case, the variant, the turn and which operation it is.
pub(super) fn answer(plays: &Plays, request: &Recorded) -> server::Reply {
    let parts: Vec<&str> = request.path.splitn(7, '/').collect();
    let ["", side, case, variant, turn, operation, rest] = parts.as_slice() else { return json(404, "no such place") };
    let play = plays.iter().find(|((of_side, of_case), _)| of_side == side && of_case == case);
    let variant = Variant::BOTH.into_iter().find(|of| of.as_str() == *variant);
    let numbers = turn.parse().ok().zip(operation.parse().ok());
    let (Some((_, play)), Some(variant), Some((turn, operation))) = (play, variant, numbers) else {
        return json(404, "no such place");
    };
    let request = Recorded { path: format!("/{rest}"), ..request.clone() };
    match play.answer(&request, variant, turn, operation) {
        Ok(reply) => {
            let mut response = http::Response::builder().status(reply.status);
            for (name, value) in &reply.headers {
                response = response.header(name, value);
            }
            response.body(Full::new(reply.body.into())).unwrap()
        }
        Err((status, why)) => json(status, why),
    }
}

impl Play {
    pub(super) fn new(old: Arc<Described>, played: Arc<Described>) -> Self {
        Self { old, played, found: Mutex::default() }
    }

    /// What callers don't notice by themselves.
    pub(super) fn found(&self) -> BTreeSet<String> {
        self.found.lock().unwrap().clone()
    }

    /// `GET /pets`
    pub(super) fn name(&self, operation: usize) -> String {
        let operation = self.operation(operation);
        format!("{} {}", operation.method.as_str(), operation.path)
    }

    /// What a caller has of an answer.
    pub(super) fn had(&self, heard: &Heard) -> BTreeSet<String> {
        let name = self.name(heard.operation);
        let all = had(heard, &self.old, self.operation(heard.operation));
        all.into_iter().map(|had| format!("{had} ({name})")).collect()
    }

    fn operation(&self, operation: usize) -> &Operation {
        self.old.model.api.operations.get(operation).unwrap()
    }

    fn answer(&self, request: &Recorded, variant: Variant, turn: usize, called: usize) -> Result<Reply, Refusal> {
        let api = &self.played.model.api;
        let none = || (404, format!("there is no {} {}", request.method, request.path));
        let found = find(api, request.method.as_str(), &request.path).ok_or_else(none)?;
        let read = read(request, &found, api)?;
        let asked = Asked::of(self.operation(called), &self.old.model.api, variant);
        understood(&asked, &read)?;
        let accept = request.header("accept");
        let reply = Reply::of(&self.played, found.operation, variant, turn, accept);
        if let Some(media_type) = reply.media_type().filter(|media_type| !accepts(accept, media_type)) {
            return Err((406, format!("the answer is `{media_type}`, and `{accept}` is asked for")));
        }
        if let Err(why) = reply.fits(&self.old, self.operation(called)) {
            let name = self.name(called);
            self.found.lock().unwrap().insert(format!("{name} ({}): {why}", variant.as_str()));
        }
        Ok(reply)
    }
}

/// Whether a header `Accept` has a media type (RFC 9110, section 12.5.1).
fn accepts(accept: &str, media_type: &str) -> bool {
    let ranges = accept.split(',').map(|range| range.split(';').next().unwrap_or_default().trim());
    let mut ranges = ranges.filter(|range| !range.is_empty()).peekable();
    let has = |range: &str| match range.strip_suffix('*') {
        Some("*/") => true,
        Some(start) => media_type.starts_with(start),
        None => range == media_type,
    };
    ranges.peek().is_none() || ranges.any(has)
}

/// Whether what was read is what the caller said, where both know it.
fn understood(asked: &Asked, read: &Read) -> Result<(), Refusal> {
    let other =
        |what: &str, is: &Value, was: &Value| Err((400, format!("{what} is read as {is}, and was said as {was}")));
    for (location, wire, is) in &read.parameters {
        match asked.parameter(*location, wire) {
            Some(was) if !same(is, was) => {
                return other(&format!("the {} parameter `{wire}`", Location::as_str(*location)), is, was);
            }
            _ => {}
        }
    }
    match (&read.body, &asked.body) {
        (Some(is), Some(was)) if !same(is, was) => other("the body", is, was),
        _ => Ok(()),
    }
}

/// Whether two values are the same, but for what is told as text, and for members that are null or not there.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let mut names = one.keys().chain(other.keys());
            let null = Value::Null;
            let of = |object: &Map<String, Value>, name| object.get(name).unwrap_or(&null).clone();
            names.all(|name| same(&of(one, name), &of(other, name)))
        }
        _ => shown(one) == shown(other) || one.as_f64().is_some_and(|one| other.as_f64() == Some(one)),
    }
}
