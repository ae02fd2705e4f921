//! What a fake answers: statuses, headers and bodies, and connections that fail.

use super::body::Body;
use super::transport::TransportError;
use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use std::pin::Pin;
use std::task::{Context, Poll};

/// What a [`Fake`](super::fake::Fake) answers.
#[derive(Clone, Debug)]
#[must_use]
pub struct FakeReply {
    pub(super) kind: Kind,
    status: StatusCode,
    headers: HeaderMap,
    pub(super) body: Bytes,
}

/// How a request ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Answer,
    BreaksOff,
    Refused,
    Broken,
    Silent,
}

/// A body that doesn't come to its end.
struct BreaksOff(Option<Bytes>);

impl Stream for BreaksOff {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = self.0.take();
        Poll::Ready(Some(chunk.ok_or_else(|| TransportError::exchange("the fake breaks the connection"))))
    }
}

impl FakeReply {
    fn of(kind: Kind) -> Self {
        Self {
            kind,
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// 200 with a value as JSON: a model, or any `serde_json::Value`. A value that JSON can't write
    /// leaves the body empty.
    pub fn json(value: &impl Serialize) -> Self {
        Self::of(Kind::Answer).with_json(value)
    }

    /// 200 with an event for each value, which it has as JSON (`text/event-stream`).
    pub fn events(values: impl IntoIterator<Item = impl Serialize>) -> Self {
        let mut events = String::new();
        for value in values {
            let text = serde_json::to_string(&value).unwrap_or_default();
            events.extend(["data: ", text.as_str(), "\n\n"]);
        }
        Self::status(200).header(CONTENT_TYPE.as_str(), "text/event-stream").body(events)
    }

    /// 200 with a line of JSON for each value. What such lines are called differs: the operation says
    /// so ([`Fake::reply`](super::fake::Fake::reply)), or [`header`](Self::header).
    pub fn lines(values: impl IntoIterator<Item = impl Serialize>) -> Self {
        let mut lines = String::new();
        for value in values {
            let text = serde_json::to_string(&value).unwrap_or_default();
            lines.extend([text.as_str(), "\n"]);
        }
        Self::status(200).body(lines)
    }

    /// A status, and nothing else. What is no status is 500.
    pub fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status);
        Self {
            status: status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            ..Self::of(Kind::Answer)
        }
    }

    /// No connection.
    pub fn refused() -> Self {
        Self::of(Kind::Refused)
    }

    /// A connection that breaks before the answer.
    pub fn broken() -> Self {
        Self::of(Kind::Broken)
    }

    /// No answer, so that the timeout strikes.
    pub fn silent() -> Self {
        Self::of(Kind::Silent)
    }

    /// The same with a value as JSON.
    pub fn with_json(self, value: &impl Serialize) -> Self {
        let text = serde_json::to_vec(value).unwrap_or_default();
        self.header(CONTENT_TYPE.as_str(), "application/json")
            .body(text)
    }

    /// The same with a connection that breaks after the body.
    pub fn breaking_off(mut self) -> Self {
        self.kind = match self.kind {
            Kind::Answer => Kind::BreaksOff,
            other => other,
        };
        self
    }

    /// The same with a body as it is.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// The same with a header; what HTTP doesn't allow is left out.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let header = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value));
        if let (Ok(name), Ok(value)) = header {
            self.headers.append(name, value);
        }
        self
    }

    /// The same with a media type, unless the reply has one or nothing that would be of it.
    pub(super) fn called(self, media_type: &str) -> Self {
        let is_open = !self.body.is_empty() && !self.headers.contains_key(CONTENT_TYPE);
        match is_open && !media_type.is_empty() {
            true => self.header(CONTENT_TYPE.as_str(), media_type),
            false => self,
        }
    }

    pub(super) fn answer(self) -> http::Response<Body> {
        let body = match self.kind {
            Kind::BreaksOff => Body::from_stream(BreaksOff(Some(self.body))),
            _ => Body::from(self.body),
        };
        let mut answer = http::Response::new(body);
        *answer.status_mut() = self.status;
        *answer.headers_mut() = self.headers;
        answer
    }
}
