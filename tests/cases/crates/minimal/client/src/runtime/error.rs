//! The one error of the client: what went wrong, in which operation, and all that the server said.
//!
//! It is a pointer in size, cheap to clone, and says nothing secret: neither `Display` nor `Debug`
//! shows a URL, a body, or more of the headers than a request ID and a media type.

use super::decode::Decode;
use super::fault::Fault;
use super::header_value;
use super::json;
use super::message;
use super::target::Target;
use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Why a call failed.
#[derive(Clone)]
pub struct Error {
    inner: Arc<Inner>,
}

#[derive(Clone)]
pub(super) struct Inner {
    kind: ErrorKind,
    message: String,
    pub(super) target: Option<Target>,
    pub(super) answer: Option<(StatusCode, HeaderMap)>,
    /// The server's name for the request, as part of a log line.
    pub(super) printed_id: Option<String>,
    pub(super) body: Bytes,
    pub(super) attempts: u32,
    pub(super) retry_after: Option<Duration>,
    pub(super) is_retryable: bool,
    /// Why there was no retry though the rules allow one.
    pub(super) unretried: Option<&'static str>,
    pub(super) fault: Option<Fault>,
    pub(super) location: Option<String>,
    pub(super) source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request can't be built from its arguments, or the transport can't send it; nothing was
    /// sent.
    Request,
    /// No connection was made; the server has seen nothing.
    Connect,
    /// No whole answer came in time.
    Timeout,
    /// The connection broke before the answer was whole.
    Transport,
    /// The server answered with a status that isn't a success.
    Status,
    /// The answer isn't what the description promises.
    Decode,
    /// The answer is larger than the cap.
    TooLarge,
    /// The server points somewhere else, where nobody is to follow (`Options::max_redirects`).
    Redirect,
    /// The pages of a list don't end.
    Paging,
    /// What the caller gave for the body of the request can't be read, or not as often as it has to be.
    Read,
    /// What the caller gave for the body to be written to refuses it.
    Write,
    /// No token could be fetched to send the request with; it was not sent.
    Token,
    /// The client isn't set up for this; nothing was sent.
    Configuration,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            inner: Arc::new(Inner {
                kind,
                message: message.into(),
                target: None,
                answer: None,
                printed_id: None,
                body: Bytes::new(),
                attempts: 0,
                retry_after: None,
                is_retryable: false,
                unretried: None,
                fault: None,
                location: None,
                source: None,
            }),
        }
    }

    /// The same error, knowing more.
    pub(super) fn with(mut self, learn: impl FnOnce(&mut Inner)) -> Self {
        learn(Arc::make_mut(&mut self.inner));
        self
    }

    /// What kind of thing went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// The status of the answer, if one came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.inner.answer.as_ref().map(|(status, _)| *status)
    }

    /// The headers of the answer, if one came.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.inner.answer.as_ref().map(|(_, headers)| headers)
    }

    /// The value of a header of the answer, as a text, a number, a boolean, a type of the API, or a list
    /// of these; `None` when there is none, or it doesn't fit.
    #[must_use]
    pub fn header<H: Decode>(&self, name: &str) -> Option<H> {
        header_value::read(self.headers()?, name)
    }

    /// The first 64 KiB of the answer's body, as they came; empty if none did.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.inner.body
    }

    /// The body read as JSON; `None` if it isn't that, or is longer than 64 KiB.
    #[must_use]
    pub fn body_as<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(json::unmarked(self.body())).ok()
    }

    /// The same of an answer that isn't a success and whose status is one that may come with such a
    /// body: a type that asks for little has room for what another one stands for.
    pub(crate) fn answer_as<T: DeserializeOwned>(&self, may_be: fn(u16) -> bool) -> Option<T> {
        let status = self.status().filter(|_| self.kind() == ErrorKind::Status)?;
        may_be(status.as_u16()).then(|| self.body_as())?
    }

    /// The server's name for this request, for its support: the header `x-request-id` or
    /// `request-id`, else one whose name ends so (`x-github-request-id`) or with `correlation-id`,
    /// `debug-id` or `trace-id`, else `cf-ray`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.headers().and_then(message::request_id)
    }

    /// How many times the request was sent; 0 when it never was.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.inner.attempts
    }

    /// How long the server asks to wait (RFC 9110, section 10.2.3), or until the end of the limit that is
    /// used up, as of when the answer came; longer than 60 s too, which the client doesn't wait on its own.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.retry_after
    }

    /// Whether the same call may succeed later. The client's own retries are over by now.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.inner.is_retryable
    }

    /// The way to the place in the body that can't be decoded, like `data.sessions[3].status`;
    /// empty when that is the whole body.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        self.inner.fault.as_ref().map(Fault::path)
    }

    /// Line and column of the place in the body that can't be decoded, both counted from 1.
    #[must_use]
    pub fn position(&self) -> Option<(usize, usize)> {
        self.inner.fault.as_ref().map(Fault::position)
    }

    /// What went wrong, in the server's own words where it has any.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.inner.message
    }

    /// Where a redirect points to, as the server wrote it.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.inner.location.as_deref()
    }

    /// Whether the server answered 400: it can't read the request.
    #[must_use]
    pub fn is_bad_request(&self) -> bool {
        self.is_status(StatusCode::BAD_REQUEST)
    }

    /// Whether the server answered 401: the credentials are missing or wrong.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.is_status(StatusCode::UNAUTHORIZED)
    }

    /// Whether the server answered 403: the credentials don't allow this.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.is_status(StatusCode::FORBIDDEN)
    }

    /// Whether the server answered 404: there is no such thing.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_status(StatusCode::NOT_FOUND)
    }

    /// Whether the server answered 409: the state of things is in the way.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is_status(StatusCode::CONFLICT)
    }

    /// Whether the server answered 422: it can read the request, and refuses its content.
    #[must_use]
    pub fn is_unprocessable(&self) -> bool {
        self.is_status(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Whether the server answered that there were too many requests: 429, or 403 with a `Retry-After`,
    /// or with a limit of which nothing is left (`x-ratelimit-remaining: 0`).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        let says_when = || self.headers().is_some_and(|headers| headers.contains_key(RETRY_AFTER));
        let is_used_up = || self.header::<u64>("x-ratelimit-remaining") == Some(0);
        self.is_status(StatusCode::TOO_MANY_REQUESTS)
            || self.is_status(StatusCode::FORBIDDEN) && (says_when() || is_used_up())
    }

    /// Whether the server answered with a status of 500 or above.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.kind() == ErrorKind::Status
            && self.status().is_some_and(|status| status.as_u16() >= 500)
    }

    /// Whether no whole answer came in time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Whether no connection was made.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// Whether the answer isn't what the description promises.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    fn is_status(&self, status: StatusCode) -> bool {
        self.kind() == ErrorKind::Status && self.status() == Some(status)
    }
}

/// One line: operation, status, message, request ID.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(target) = &self.inner.target {
            write!(f, "{target}: ")?;
        }
        if let Some(status) = self.status() {
            // `StatusCode` itself has words for those that it doesn't know, which say nothing.
            f.write_str(status.as_str())?;
            if let Some(reason) = status.canonical_reason() {
                write!(f, " {reason}")?;
            }
            f.write_str(": ")?;
        }
        match &self.inner.fault {
            Some(fault) => write!(f, "{} ({fault})", self.inner.message)?,
            None => f.write_str(&self.inner.message)?,
        }
        if let Some(id) = &self.inner.printed_id {
            write!(f, " (request ID {id})")?;
        }
        if self.attempts() > 1 {
            write!(f, ", after {} attempts", self.attempts())?;
        }
        if let Some(why) = self.inner.unretried {
            write!(f, " ({why})")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("message", &self.to_string())
            .field("source", &self.inner.source)
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Predicate = fn(&Error) -> bool;

    fn of_status(kind: ErrorKind, status: u16) -> Error {
        Error::new(kind, "no").with(|inner| {
            inner.answer = Some((StatusCode::from_u16(status).unwrap(), HeaderMap::new()));
            inner.body = Bytes::from_static(b"[1]");
        })
    }

    #[test]
    fn limits_are_told_in_several_ways() {
        let with = |status, name: &'static str, value: &str| {
            of_status(ErrorKind::Status, status)
                .with(|inner| {
                    let mut headers = HeaderMap::new();
                    headers.insert(name, value.parse().unwrap());
                    inner.answer = Some((StatusCode::from_u16(status).unwrap(), headers));
                })
                .is_rate_limited()
        };
        assert!(with(403, "retry-after", "60"));
        assert!(with(403, "x-ratelimit-remaining", "0"));
        assert!(!with(403, "x-ratelimit-remaining", "7"));
        assert!(!with(401, "retry-after", "60"));
    }

    #[test]
    fn a_status_without_a_name_is_its_number() {
        let text = |status| of_status(ErrorKind::Status, status).to_string();
        assert_eq!(text(404), "404 Not Found: no");
        assert_eq!(text(529), "529: no");
    }

    #[test]
    fn each_status_has_its_predicate() {
        let predicates: [(u16, Predicate); 9] = [
            (400, Error::is_bad_request),
            (401, Error::is_unauthorized),
            (403, Error::is_forbidden),
            (404, Error::is_not_found),
            (409, Error::is_conflict),
            (422, Error::is_unprocessable),
            (429, Error::is_rate_limited),
            (500, Error::is_server_error),
            (599, Error::is_server_error),
        ];
        for (status, is) in predicates {
            for (other, _) in predicates {
                let same = status == other || (status >= 500 && other >= 500);
                assert_eq!(is(&of_status(ErrorKind::Status, other)), same, "{status}, {other}");
            }
            // A body that breaks off has a status too, and is no answer of it.
            assert!(!is(&of_status(ErrorKind::Transport, status)), "{status}");
        }
        assert!(!of_status(ErrorKind::Status, 418).is_server_error());
    }

    #[test]
    fn each_kind_has_its_predicate() {
        let predicates: [(ErrorKind, Predicate); 3] = [
            (ErrorKind::Timeout, Error::is_timeout),
            (ErrorKind::Connect, Error::is_connect),
            (ErrorKind::Decode, Error::is_decode),
        ];
        for (kind, is) in predicates {
            for other in [ErrorKind::Timeout, ErrorKind::Connect, ErrorKind::Decode, ErrorKind::Status] {
                assert_eq!(is(&Error::new(other, "no")), kind == other, "{kind:?}, {other:?}");
            }
        }
    }

    #[test]
    fn a_body_is_described_by_its_status() {
        let error = of_status(ErrorKind::Status, 404);
        assert_eq!(error.answer_as::<Vec<i64>>(|status| status == 404), Some(vec![1]));
        assert_eq!(error.answer_as::<Vec<i64>>(|status| status == 500), None);
        assert_eq!(error.answer_as::<String>(|_| true), None);
        let success = of_status(ErrorKind::Decode, 200);
        assert_eq!(success.answer_as::<Vec<i64>>(|_| true), None);
        assert_eq!(success.body_as::<Vec<i64>>(), Some(vec![1]));
    }

    #[test]
    fn an_error_is_small_and_moves_between_threads() {
        fn check<T: Send + Sync + 'static>() {}
        check::<Error>();
        assert!(size_of::<Error>() <= 64);
    }
}
