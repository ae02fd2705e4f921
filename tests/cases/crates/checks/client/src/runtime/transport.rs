//! The one seam to the network: a request goes in, an answer whose body still streams comes out.
//!
//! Everything above it (security, retries, timeouts, decoding) is written over this trait alone, so
//! that a test, another HTTP library or another async runtime replaces all of the network with two
//! methods. A transport never retries, never follows a redirect and never adds credentials: that is
//! decided above it.

use super::body::Body;
use super::message;
use super::redact::tells;
use std::collections::hash_map::RandomState;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::hash::BuildHasher;
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

    /// Random bits: what idempotency keys, the waits between attempts and the boundaries of forms are made of,
    /// which have to differ, and needn't be secret. They are those that the hash maps of the standard
    /// library begin with; where that has none, as on `wasm32-unknown-unknown`, they must be brought.
    fn random(&self) -> u64 {
        RandomState::new().hash_one(0)
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

    fn random(&self) -> u64 {
        (**self).random()
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

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    /// An error with one behind it.
    #[derive(Debug)]
    struct Outer(Box<dyn StdError + Send + Sync>);

    impl fmt::Display for Outer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("outer")
        }
    }

    impl StdError for Outer {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            Some(&*self.0)
        }
    }

    fn reason(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Option<String> {
        TransportError::exchange(source).reason(&|text| text.replace("hidden", "[redacted]"))
    }

    #[test]
    fn an_error_is_of_one_stage() {
        let stages = |error: &TransportError| {
            [error.is_connect(), error.is_timeout(), error.is_request(), error.is_body()]
        };
        for (error, expected, words) in [
            (TransportError::connect("why"), [true, false, false, false], "could not be made"),
            (TransportError::timeout("why"), [false, true, false, false], "time limit"),
            (TransportError::exchange("why"), [false; 4], "broke"),
            (TransportError::request("why"), [false, false, true, false], "can't send"),
            (TransportError::body("why"), [false, false, false, true], "can't be read"),
        ] {
            let text = error.to_string();
            assert_eq!(stages(&error), expected, "{text}");
            assert!(text.contains(words), "{text}");
            assert_eq!(error.source().unwrap().to_string(), "why");
        }
    }

    #[test]
    fn the_reason_is_what_is_behind_all_and_safe_to_print() {
        assert_eq!(reason(Outer(Outer("reset".into()).into())).as_deref(), Some("reset"));
        assert_eq!(reason("a hidden b").as_deref(), Some("a [redacted] b"));
        assert_eq!(reason(" a\nb ").as_deref(), Some("a b"));
        for text in ["", " \n", "at https://a.b", "of /a?b=c", "of me@a.b"] {
            assert_eq!(reason(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_tells_a_secret_is_replaced_by_its_words() {
        let redact = |text: &str| text.replace("hidden", "[redacted]");
        let error = TransportError::connect(Outer("hidden host".into())).without(&redact);
        assert!(error.is_connect());
        assert_eq!(error.source().unwrap().to_string(), "[redacted] host");
        let error = TransportError::connect(Outer("host".into())).without(&redact);
        assert!(error.source().unwrap().is::<Outer>(), "it tells nothing");
    }

    #[test]
    fn a_shared_transport_is_asked_whatever_it_is_asked() {
        /// Tells each question from the others.
        #[derive(Debug)]
        struct Asked;

        impl Transport for Asked {
            fn call(
                &self,
                _: http::Request<Body>,
            ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
                Box::pin(std::future::ready(Err(TransportError::request("asked"))))
            }

            fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
                Box::pin(std::future::ready(()))
            }

            fn limit(&self, _: Duration) -> BoxFuture<'static, ()> {
                Box::pin(std::future::pending())
            }

            fn now(&self) -> SystemTime {
                SystemTime::UNIX_EPOCH + Duration::from_secs(7)
            }

            fn elapsed(&self) -> Duration {
                Duration::from_secs(8)
            }
        }

        let shared: Arc<dyn Transport> = Arc::new(Asked);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        // By the trait, which the `Arc` has beside what is in it.
        let mut call = Transport::call(&shared, http::Request::new(Body::from(Bytes::new())));
        let std::task::Poll::Ready(Err(error)) = call.as_mut().poll(&mut context) else {
            panic!("it is answered at once")
        };
        assert!(error.is_request());
        assert!(Transport::sleep(&shared, Duration::ZERO).as_mut().poll(&mut context).is_ready());
        assert!(Transport::limit(&shared, Duration::ZERO).as_mut().poll(&mut context).is_pending());
        assert_eq!(Transport::now(&shared), SystemTime::UNIX_EPOCH + Duration::from_secs(7));
        assert_eq!(Transport::elapsed(&shared), Duration::from_secs(8));
    }

    #[test]
    fn without_a_clock_that_nobody_sets_time_goes_by_that_of_the_day() {
        /// A transport whose clock says this.
        #[derive(Debug)]
        struct At(SystemTime);

        impl Transport for At {
            fn call(
                &self,
                _: http::Request<Body>,
            ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
                Box::pin(std::future::pending())
            }

            fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
                Box::pin(std::future::ready(()))
            }

            fn now(&self) -> SystemTime {
                self.0
            }
        }

        let second = Duration::from_secs(1);
        assert_eq!(At(SystemTime::UNIX_EPOCH + second).elapsed(), second);
        assert_eq!(At(SystemTime::UNIX_EPOCH - second).elapsed(), Duration::ZERO);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        let limited = At(SystemTime::UNIX_EPOCH).limit(second).as_mut().poll(&mut context);
        assert!(limited.is_ready(), "it is a sleep unless said otherwise");
    }
}
