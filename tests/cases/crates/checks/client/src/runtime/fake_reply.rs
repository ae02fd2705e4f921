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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::task::Waker;

    /// The texts of a reply's headers of this name.
    fn headers(reply: &FakeReply, name: &str) -> Vec<String> {
        let all = reply.headers.get_all(name).iter();
        all.map(|value| value.to_str().unwrap().to_owned()).collect()
    }

    /// What a body has, and whether it comes to its end.
    fn read(mut body: Body) -> (Vec<u8>, bool) {
        let mut all = Vec::new();
        loop {
            let mut context = Context::from_waker(Waker::noop());
            match Pin::new(&mut body).poll_next(&mut context) {
                Poll::Ready(Some(Ok(chunk))) => all.extend_from_slice(&chunk),
                Poll::Ready(Some(Err(_))) => return (all, false),
                Poll::Ready(None) => return (all, true),
                Poll::Pending => panic!("it is there"),
            }
        }
    }

    #[test]
    fn an_answer_is_what_was_said_of_it() {
        let answer = FakeReply::status(201).with_json(&[1]).header("x-a", "1").header("x-a", "2").answer();
        assert_eq!((answer.status().as_u16(), answer.headers().len()), (201, 3));
        assert_eq!(answer.headers()["content-type"], "application/json");
        assert_eq!(read(answer.into_body()), (b"[1]".to_vec(), true));
        let broken = FakeReply::json(&[1]).body("[").breaking_off().answer();
        assert_eq!((broken.status().as_u16(), read(broken.into_body())), (200, (b"[".to_vec(), false)));
    }

    #[test]
    fn what_cannot_be_is_left_out() {
        for status in [0, 99, 1000] {
            assert_eq!(FakeReply::status(status).answer().status().as_u16(), 500, "{status}");
        }
        let reply = FakeReply::status(204).header("x a", "1").header("x-a", "1\n");
        assert!(reply.headers.is_empty());
        // JSON has no such names.
        let nothing = BTreeMap::from([((1, 2), 3)]);
        assert!(FakeReply::json(&nothing).body.is_empty());
        assert_eq!(FakeReply::lines([nothing]).body, "\n");
    }

    #[test]
    fn what_gives_no_answer_breaks_off_as_it_was() {
        assert!(matches!(FakeReply::refused().breaking_off().kind, Kind::Refused));
        assert!(matches!(FakeReply::broken().breaking_off().kind, Kind::Broken));
        assert!(matches!(FakeReply::silent().breaking_off().kind, Kind::Silent));
        assert!(matches!(FakeReply::status(200).breaking_off().kind, Kind::BreaksOff));
    }

    #[test]
    fn a_body_is_called_what_the_operation_says_unless_the_reply_does() {
        let name = "content-type";
        assert_eq!(headers(&FakeReply::lines([1]).called("text/a"), name), ["text/a"]);
        assert_eq!(headers(&FakeReply::events([1]).called("text/a"), name), ["text/event-stream"]);
        assert_eq!(headers(&FakeReply::lines([1]).header(name, "text/b").called("text/a"), name), ["text/b"]);
        assert!(headers(&FakeReply::status(204).called("text/a"), name).is_empty());
        assert!(headers(&FakeReply::lines([1]).called(""), name).is_empty());
    }
}
