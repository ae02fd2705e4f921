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

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of the first setting that can't be sent.
    fn fault(options: Options) -> Option<(ErrorKind, String)> {
        options.fault.map(|error| (error.kind(), error.to_string()))
    }

    #[test]
    fn a_setting_is_what_was_said_last() {
        let seconds = Duration::from_secs;
        let first = Options::new();
        assert_eq!((first.timeout, first.total_timeout, first.read_timeout), (seconds(60), None, seconds(60)));
        assert_eq!((first.max_retries, first.max_redirects, first.retries_posts), (2, 0, false));
        assert_eq!((first.body_cap, first.value_cap), (32 << 20, None));
        let set = |options: Options, number: u32| {
            let time = u64::from(number);
            let size = number as usize;
            let options = options.timeout(seconds(time)).total_timeout(seconds(time + 1));
            let options = options.read_timeout(seconds(time + 2)).max_retries(number + 3);
            let options = options.max_redirects(number + 4).body_cap(size + 5).value_cap(size + 6);
            options.retry_posts_as_gets(number == 20)
        };
        let last = set(set(first, 10), 20);
        let times = (last.timeout, last.total_timeout, last.read_timeout);
        assert_eq!(times, (seconds(20), Some(seconds(21)), seconds(22)));
        assert_eq!((last.max_retries, last.max_redirects, last.retries_posts), (23, 24, true));
        assert_eq!((last.body_cap, last.value_cap), (25, Some(26)));
        assert!(last.fault.is_none());
    }

    #[test]
    fn a_header_replaces_one_of_its_name_alone() {
        let options = Options::new().header("X-A", "1").header("x-b", "2").header("x-a", "3");
        let headers: Vec<_> = options.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        assert_eq!(headers, [("x-b", &b"2"[..]), ("x-a", b"3")]);
    }

    #[test]
    fn a_parameter_replaces_one_of_its_name_alone_and_is_encoded() {
        let options = Options::new().query("a b", "1").query("A B", "2").query("a b", "3&c=4");
        let pair = |name: &str, pair: &str| (name.to_owned(), pair.to_owned());
        assert_eq!(options.query, [pair("A B", "A%20B=2"), pair("a b", "a%20b=3%26c%3D4")]);
    }

    #[test]
    fn only_statuses_of_errors_are_chosen() {
        let options = Options::new().retry_status(400, true).retry_status(599, false).retry_status(400, false);
        assert_eq!(options.chosen.0, [(599, false), (400, false)]);
        assert_eq!(fault(options), None);
        for status in [0, 399, 600] {
            let options = Options::new().retry_status(status, true);
            assert!(options.chosen.0.is_empty(), "{status}");
            let message = format!("`retry_status` takes statuses from 400 to 599, not {status}");
            assert_eq!(fault(options), Some((ErrorKind::Request, message)));
        }
    }

    #[test]
    fn a_key_is_what_was_said_last_and_can_be_sent() {
        let options = Options::new().idempotency_key("a").idempotency_key("b");
        assert_eq!(options.idempotency_key.as_ref().map(HeaderValue::as_bytes), Some(&b"b"[..]));
        let (kind, message) = fault(options.idempotency_key("hidden\n")).unwrap();
        assert_eq!(kind, ErrorKind::Request);
        assert!(message.contains("`idempotency-key`") && !message.contains("hidden"), "{message}");
    }

    #[test]
    fn of_what_cannot_be_sent_the_first_is_told() {
        type Set = fn(Options) -> Options;
        let said: [(Set, &str); 4] = [
            (|options| options.header("x a", ""), "\"x a\""),
            (|options| options.header("x-b", "\n"), "`x-b`"),
            (|options| options.retry_status(200, true), "200"),
            (|options| options.idempotency_key("\n"), "`idempotency-key`"),
        ];
        for (first, words) in said {
            let all = said.iter().fold(first(Options::new()), |options, (next, _)| next(options));
            let (_, message) = fault(all).unwrap();
            assert!(message.contains(words), "{message}");
        }
    }

    #[test]
    fn names_are_shown_and_values_are_not() {
        let options = Options::new().header("x-a", "hidden").query("b", "hidden").idempotency_key("hidden");
        let options = options.retry_status(423, true).retry_posts_as_gets(true).total_timeout(Duration::MAX);
        let shown = format!("{options:?}");
        assert!(!shown.contains("hidden"), "{shown}");
        assert!(shown.starts_with("Options { timeout: 60s, total_timeout: Some("), "{shown}");
        let members = [
            "read_timeout: 60s, max_retries: 2, retry_status: [(423, true)], max_redirects: 0, headers: [\"x-a\"], query: [\"b\"]",
            "body_cap: 33554432, value_cap: None, retry_posts_as_gets: true, ..",
        ];
        assert!(members.iter().all(|member| shown.contains(member)), "{shown}");
    }
}
