//! The one seam to the network: a request goes in, an answer whose body still streams comes out.
//!
//! Everything above it (security, retries, timeouts, decoding) is written over this trait alone, so
//! that a test, another HTTP library or another async runtime replaces all of the network with two
//! methods. A transport never retries, never follows a redirect and never adds credentials: that is
//! decided above it.

use super::body::Body;
use super::message;
use super::redact::tells;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// A boxed future that may move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests, and tells the time.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends one request, once, and resolves when the head of the answer is there.
    ///
    /// The request has an absolute URI that is already encoded: send it byte for byte. Its body is
    /// there in full ([`Body::as_bytes`]) unless the caller streams it; how long it is
    /// ([`Body::known_len`]) goes into `Content-Length`, which is not among the headers. An answer of
    /// any status is `Ok`.
    ///
    /// # Errors
    /// When no answer came; [`TransportError`] tells a connection that was never made from one that
    /// broke, and from a request that can't be sent.
    fn call(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;

    /// Resolves after `duration`: the clock of waits between attempts.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Resolves after `duration`, as a limit to what goes on in the meantime: the clock of timeouts. It
    /// is [`sleep`](Self::sleep) unless a transport tells the two apart, as one for tests may, in
    /// which waiting takes no time.
    fn limit(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.sleep(duration)
    }

    /// The time of day: what dates in `Retry-After` and lifetimes of tokens are measured by. Where
    /// the standard library has no clock, as on `wasm32-unknown-unknown`, it must be brought.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// The time since some moment, whatever it is, that stays the same: what
    /// [`total_timeout`](super::options::Options::total_timeout) is measured by. It is [`now`](Self::now)
    /// unless a transport has a clock that nobody sets, as the default one has; a transport around another
    /// one asks that.
    fn elapsed(&self) -> Duration {
        self.now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
    }
}

/// A transport that is shared already, of whatever type.
impl Transport for Arc<dyn Transport> {
    fn call(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).call(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        (**self).sleep(duration)
    }

    fn limit(&self, duration: Duration) -> BoxFuture<'static, ()> {
        (**self).limit(duration)
    }

    fn now(&self) -> SystemTime {
        (**self).now()
    }

    fn elapsed(&self) -> Duration {
        (**self).elapsed()
    }
}

/// Why no answer came, or why its body ended early.
#[derive(Debug)]
pub struct TransportError {
    stage: Stage,
    source: Box<dyn StdError + Send + Sync>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Connect,
    Timeout,
    Exchange,
    Request,
    Body,
}

impl TransportError {
    /// The connection was never made, so the server has seen nothing of the request: any method can
    /// be sent again.
    pub fn connect(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            stage: Stage::Connect,
            source: source.into(),
        }
    }

    /// The transport's own time limit ran out on a connection that was made.
    pub fn timeout(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            stage: Stage::Timeout,
            source: source.into(),
        }
    }

    /// The connection broke after it was made: a reset, an early close, an answer that isn't HTTP.
    pub fn exchange(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            stage: Stage::Exchange,
            source: source.into(),
        }
    }

    /// The transport can't send this request as it is, and didn't try: sending it again is no help.
    pub fn request(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            stage: Stage::Request,
            source: source.into(),
        }
    }

    /// The body of the request can't be read to its end. A transport passes on what the body gave as
    /// its error, as the source of its own or as it is.
    pub fn body(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            stage: Stage::Body,
            source: source.into(),
        }
    }

    /// Whether the connection was never made.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.stage == Stage::Connect
    }

    /// Whether a time limit of the transport ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.stage == Stage::Timeout
    }

    /// Whether the transport refused the request.
    #[must_use]
    pub fn is_request(&self) -> bool {
        self.stage == Stage::Request
    }

    /// Whether the body of the request can't be read.
    #[must_use]
    pub fn is_body(&self) -> bool {
        self.stage == Stage::Body
    }
}

impl TransportError {
    /// What the error comes from in the end, as part of a line, if it says so. `redact` takes out what
    /// must not be printed; what has an address in it is left out, for an address may have secrets of
    /// its own.
    pub(super) fn reason(&self, redact: &dyn Fn(&str) -> String) -> Option<String> {
        let mut last: &dyn StdError = &*self.source;
        while let Some(next) = last.source() {
            last = next;
        }
        let reason = message::one_line(&redact(&last.to_string()));
        let reason = reason.trim();
        let has_address = ["://", "?", "@"].iter().any(|sign| reason.contains(sign));
        (!reason.is_empty() && !has_address).then(|| reason.to_owned())
    }
}

impl TransportError {
    /// The same error. Where what it comes from prints what `redact` takes out, that is replaced by its
    /// words without it.
    pub(super) fn without(self, redact: &dyn Fn(&str) -> String) -> Self {
        match tells(&*self.source, redact) {
            true => Self {
                source: self.reason(redact).unwrap_or_default().into(),
                ..self
            },
            false => self,
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.stage {
            Stage::Connect => "the connection could not be made",
            Stage::Timeout => "the transport's time limit ran out",
            Stage::Exchange => "the connection broke",
            Stage::Request => "the transport can't send the request",
            Stage::Body => "the body of the request can't be read",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
