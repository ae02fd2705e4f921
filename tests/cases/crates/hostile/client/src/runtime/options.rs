//! Settings that a client has as its defaults and that each call can change.

use super::error::{Error, ErrorKind};
use super::header;
use super::retry::Chosen;
use super::url;
use http::{HeaderName, HeaderValue};
use std::fmt;
use std::time::Duration;

/// How calls are made: time limits, retries, and what is sent beyond the description.
///
/// ```text
/// client.with_options(|options| options.timeout(Duration::from_secs(5)).max_retries(0))
/// ```
#[derive(Clone)]
#[must_use]
pub struct Options {
    pub(super) timeout: Duration,
    pub(super) total_timeout: Option<Duration>,
    pub(super) read_timeout: Duration,
    pub(super) max_retries: u32,
    pub(super) chosen: Chosen,
    pub(super) max_redirects: u32,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    /// Names, and pairs that are encoded already.
    pub(super) query: Vec<(String, String)>,
    pub(super) idempotency_key: Option<HeaderValue>,
    pub(super) body_cap: usize,
    pub(super) value_cap: Option<usize>,
    pub(super) retries_posts: bool,
    /// The first setting that can't be sent; it comes out of the call.
    pub(super) fault: Option<Error>,
}

impl Options {
    pub(super) fn new() -> Self {
        Self {
            timeout: Duration::from_secs(60),
            total_timeout: None,
            read_timeout: Duration::from_secs(60),
            max_retries: 2,
            chosen: Chosen::default(),
            max_redirects: 0,
            headers: Vec::new(),
            query: Vec::new(),
            idempotency_key: None,
            body_cap: 32 << 20,
            value_cap: None,
            retries_posts: false,
            fault: None,
        }
    }

    /// How long one attempt may take, from its first byte to the last byte of the answer's body;
    /// 60 s unless set, redirects that are followed included. A call makes up to `max_retries` + 1 attempts.
    ///
    /// For an answer that streams, this is the time to its head.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long a call may take in all, by the transport's clock: its attempts, the waits between them, and
    /// the token that it may have to wait for. Without it, which is so unless set, each attempt has its
    /// [`timeout`](Self::timeout), and all waits together are at most 120 s.
    ///
    /// A wait that would go beyond it isn't begun: the error is that of the attempt before. It holds for a
    /// body that is sent, too, however long it moves. For an answer that streams, this is the time to its
    /// head, also when a stream is taken up again; each page of a list is a call of its own.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = Some(timeout);
        self
    }

    /// How long a body that streams may be silent: the longest wait for its next bytes; 60 s unless
    /// set. As long as bytes come, it may go on for ever.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = timeout;
        self
    }

    /// How often a failed attempt is made again; 2 unless set, 0 for never.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.max_retries = max_retries;
        self
    }

    /// Whether an attempt that is answered with `status`, from 400 to 599, is made again, whatever the
    /// server says of that: `.retry_status(423, true).retry_status(409, false)`. A POST or PATCH still isn't
    /// where the server may act twice.
    ///
    /// Unless set, these are: 408, 409, 429, every status from 500 on, and 403 where it says how long to
    /// wait, in `Retry-After` or by a limit that is used up (`x-ratelimit-remaining: 0`, with its end in
    /// `x-ratelimit-reset`); and `x-should-retry` in an answer, `true` or `false`, goes before that.
    pub fn retry_status(mut self, status: u16, retry: bool) -> Self {
        if (400..600).contains(&status) {
            self.chosen.set(status, retry);
        } else {
            let message = format!("`retry_status` takes statuses from 400 to 599, not {status}");
            let fault = Error::new(ErrorKind::Request, message);
            self.fault = self.fault.or(Some(fault));
        }
        self
    }

    /// How many redirects in a row an attempt follows; 0 unless set, which makes each an error that says
    /// where it points ([`Error::location`]).
    ///
    /// Credentials and headers of the call reach the origin that the call is made for and no other: a
    /// request to another has `accept` and `user-agent` alone. What is no GET or HEAD by then, what would
    /// go from `https` to `http`, and a body that can't be sent twice isn't followed. All of them together have
    /// the time of one attempt.
    pub fn max_redirects(mut self, max_redirects: u32) -> Self {
        self.max_redirects = max_redirects;
        self
    }

    /// Sends a header with every request; one of the same name replaces the client's own.
    ///
    /// A name or value that HTTP doesn't allow is an error of the call.
    pub fn header(mut self, name: &str, value: impl AsRef<str>) -> Self {
        let header = header::name(ErrorKind::Request, name).and_then(|header| {
            Ok((
                header,
                header::value(ErrorKind::Request, name, value.as_ref())?,
            ))
        });
        match header {
            Ok((name, value)) => {
                self.headers.retain(|(other, _)| *other != name);
                self.headers.push((name, value));
            }
            Err(error) => self.fault = self.fault.or(Some(error)),
        }
        self
    }

    /// Adds a parameter to the query of every request; it replaces one of the same name, also that
    /// of an operation.
    pub fn query(mut self, name: &str, value: impl AsRef<str>) -> Self {
        self.query.retain(|(other, _)| other != name);
        let pair = format!(
            "{}={}",
            url::query_text(name),
            url::query_text(value.as_ref())
        );
        self.query.push((name.to_owned(), pair));
        self
    }

    /// The idempotency key of the one call that is made with these options, kept over its retries.
    ///
    /// It goes into the header that the description names, else into `Idempotency-Key`, and lets a
    /// POST be retried. Without it, operations with such a header get a random key for each call.
    pub fn idempotency_key(mut self, key: impl AsRef<str>) -> Self {
        match header::value(ErrorKind::Request, "idempotency-key", key.as_ref()) {
            Ok(key) => self.idempotency_key = Some(key),
            Err(error) => self.fault = self.fault.or(Some(error)),
        }
        self
    }

    /// The largest body of an answer, in bytes after decompression, that is read into memory;
    /// 32 MiB unless set.
    pub fn body_cap(mut self, bytes: usize) -> Self {
        self.body_cap = bytes;
        self
    }

    /// The largest value of an answer that streams, in bytes: an event, or a value of JSON; 8 MiB unless
    /// set, with no line of an event above 1 MiB then.
    pub fn value_cap(mut self, bytes: usize) -> Self {
        self.value_cap = Some(bytes);
        self
    }

    /// Whether POST and PATCH are retried as GET is, at the risk that the server acts twice; false
    /// unless set. The official SDKs do so.
    pub fn retry_posts_as_gets(mut self, retry: bool) -> Self {
        self.retries_posts = retry;
        self
    }
}

/// Shows names, not values: headers and queries are where secrets are.
impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        let query: Vec<_> = self.query.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Options")
            .field("timeout", &self.timeout)
            .field("total_timeout", &self.total_timeout)
            .field("read_timeout", &self.read_timeout)
            .field("max_retries", &self.max_retries)
            .field("retry_status", &self.chosen.0)
            .field("max_redirects", &self.max_redirects)
            .field("headers", &headers)
            .field("query", &query)
            .field("body_cap", &self.body_cap)
            .field("value_cap", &self.value_cap)
            .field("retry_posts_as_gets", &self.retries_posts)
            .finish_non_exhaustive()
    }
}
