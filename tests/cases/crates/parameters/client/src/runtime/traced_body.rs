//! Bodies as events of `tracing`, chunk by chunk, in the span of their attempt.

use super::body::Body;
use super::transport::TransportError;
use bytes::Bytes;
use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};
use tracing::Span;

/// What events say that show bodies.
const SENT: &str = "request body";
const RECEIVED: &str = "response body";

/// A body whose chunks are shown in the span of its attempt.
pub(super) struct Shown {
    body: Body,
    span: Span,
    what: &'static str,
}

impl Shown {
    /// The body of a request. One that is there in full stays so: it can be sent without a copy.
    pub(super) fn sent(body: Body, span: &Span) -> Body {
        match body.as_bytes() {
            Some(whole) => span.in_scope(|| show(SENT, whole)),
            None => return Self::around(body, span, SENT),
        }
        body
    }

    /// The body of an answer.
    pub(super) fn received(body: Body, span: &Span) -> Body {
        Self::around(body, span, RECEIVED)
    }

    fn around(body: Body, span: &Span, what: &'static str) -> Body {
        let (len, span) = (body.known_len(), span.clone());
        with_len(Body::from_stream(Self { body, span, what }), len)
    }
}

impl Stream for Shown {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { body, span, what } = &mut *self;
        span.in_scope(|| {
            let next = Pin::new(body).poll_next(context);
            if let Poll::Ready(Some(Ok(chunk))) = &next {
                show(what, chunk);
            }
            next
        })
    }
}

/// The length of the body that this one is around, if it has one.
pub(super) fn with_len(body: Body, len: Option<u64>) -> Body {
    match len {
        Some(len) => body.with_len(len),
        None => body,
    }
}

/// Shows bytes in the span around; those that are no text as U+FFFD.
fn show(what: &str, bytes: &[u8]) {
    if !bytes.is_empty() {
        tracing::debug!(body = %String::from_utf8_lossy(bytes), "{what}");
    }
}
