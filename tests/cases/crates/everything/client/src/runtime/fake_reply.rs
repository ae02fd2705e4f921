//! What a fake answers: statuses, headers and bodies, and connections that fail.

use super::body::Body;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

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
    Refused,
    Broken,
    Silent,
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

    pub(super) fn answer(self) -> http::Response<Body> {
        let mut answer = http::Response::new(Body::from(self.body));
        *answer.status_mut() = self.status;
        *answer.headers_mut() = self.headers;
        answer
    }
}
