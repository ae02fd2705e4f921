//! Whether a failed attempt is made again, and after how long.
//!
//! What failed and what the server says about it go in; a wait comes out, or nothing. A request is
//! only repeated where the server can't have acted on it twice: its method says so (RFC 9110,
//! section 9.2.2), or it has an idempotency key, or nothing of it arrived. Nothing is sent and
//! nobody sleeps here.

use http::{HeaderMap, Method, StatusCode};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// The longest wait that is made because a server asks for it.
const LONGEST_ASKED: Duration = Duration::from_secs(60);

/// All waits of one call together are no longer than this.
const LONGEST_TOGETHER: Duration = Duration::from_secs(120);

/// The first wait of our own; each further one is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// The longest wait of our own.
const LONGEST_WAIT: Duration = Duration::from_secs(8);

/// How many retries a client may have made for nothing, over all its calls.
pub(super) const BUDGET: u32 = 100;

/// What an attempt came to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Outcome<'a> {
    /// An answer that is no success, and the wait that it asks for.
    Answer(StatusCode, &'a HeaderMap, Option<Duration>),
    /// No connection: the server has seen nothing.
    NoConnection,
    /// A broken connection or a timeout: the server may have acted.
    NoAnswer,
}

impl Outcome<'_> {
    /// Whether a later attempt may come to something else, may the request be repeated or not: as the
    /// caller says of the status, else as the server says, else by the status.
    pub(super) fn may_pass(self, chosen: &Chosen) -> bool {
        let (status, headers, asked) = match self {
            Self::NoConnection | Self::NoAnswer => return true,
            Self::Answer(status, ..) if status.is_redirection() => return false,
            Self::Answer(status, headers, asked) => (status, headers, asked),
        };
        let said = chosen.of(status).or_else(|| should_retry(headers));
        said.unwrap_or_else(|| match status.as_u16() {
            408 | 409 | 429 | 500.. => true,
            // Of a limit, and not of what the caller may do.
            403 => asked.is_some(),
            _ => false,
        })
    }
}

/// The statuses of which the caller says whether they are retried.
#[derive(Clone, Debug, Default)]
pub(super) struct Chosen(pub(super) Vec<(u16, bool)>);

impl Chosen {
    /// Says it of one; what was said of it before no longer counts.
    pub(super) fn set(&mut self, status: u16, retry: bool) {
        self.0.retain(|(other, _)| *other != status);
        self.0.push((status, retry));
    }

    fn of(&self, status: StatusCode) -> Option<bool> {
        let chosen = self.0.iter().find(|(other, _)| *other == status.as_u16());
        chosen.map(|(_, retry)| *retry)
    }
}

/// What the server itself says about a retry, in a header that the official SDKs obey.
fn should_retry(headers: &HeaderMap) -> Option<bool> {
    match headers.get("x-should-retry")?.as_bytes() {
        b"true" => Some(true),
        b"false" => Some(false),
        _ => None,
    }
}

/// The rules for one call.
#[derive(Clone, Debug)]
pub(super) struct Policy {
    /// Whether the server may get the request twice.
    pub(super) is_repeatable: bool,
    pub(super) max_retries: u32,
    pub(super) chosen: Chosen,
}

/// Whether repeating a request of this method is as good as sending it once (RFC 9110, section
/// 9.2.2; `QUERY` is safe as well).
pub(super) fn is_idempotent(method: &Method) -> bool {
    matches!(
        method.as_str(),
        "GET" | "HEAD" | "OPTIONS" | "PUT" | "DELETE" | "TRACE" | "QUERY"
    )
}

impl Policy {
    /// The wait before the next attempt; `None` when there is none to be made.
    ///
    /// `retries` were made before, after waits of `waited` together; `asked` is the server's wait, and
    /// `random` are bits that differ for clients that fail at the same time.
    pub(super) fn next(
        &self,
        outcome: Outcome<'_>,
        asked: Option<Duration>,
        retries: u32,
        waited: Duration,
        random: u64,
    ) -> Option<Duration> {
        if !self.permits(outcome, retries) {
            return None;
        }
        let wait = match asked {
            Some(asked) if asked > LONGEST_ASKED => return None,
            Some(asked) => asked,
            None => backoff(retries, fraction(random)),
        };
        waited
            .checked_add(wait)
            .filter(|together| *together <= LONGEST_TOGETHER)
            .map(|_| wait)
    }

    /// Whether there may be a next attempt, however long the wait before it is.
    pub(super) fn permits(&self, outcome: Outcome<'_>, retries: u32) -> bool {
        retries < self.max_retries && outcome.may_pass(&self.chosen) && self.allows(outcome)
    }

    fn allows(&self, outcome: Outcome<'_>) -> bool {
        self.is_repeatable
            || match outcome {
                Outcome::NoConnection => true,
                Outcome::NoAnswer => false,
                Outcome::Answer(status, headers, asked) => match status.as_u16() {
                    429 => true,
                    403 | 503 if asked.is_some() => true,
                    _ => should_retry(headers) == Some(true),
                },
            }
    }
}

/// min(0.5 s · 2^retries, 8 s), shortened by up to a quarter: `random` is from 0 to 1.
fn backoff(retries: u32, random: f64) -> Duration {
    let doubled = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(retries));
    doubled
        .min(LONGEST_WAIT)
        .mul_f64(1.0 - 0.25 * random.clamp(0.0, 1.0))
}

/// A number from 0 to 1.
fn fraction(random: u64) -> f64 {
    f64::from(random as u32) / f64::from(u32::MAX)
}

/// Keeps a client from answering an outage with a storm: every retry costs, every success gives
/// back, and an empty budget means no retries. Clones of a client share one.
#[derive(Debug)]
pub(super) struct Budget {
    tokens: AtomicU32,
    full: u32,
}

impl Budget {
    const RETRY: u32 = 5;
    const SUCCESS: u32 = 1;

    /// A full budget of so many retries.
    pub(super) fn new(retries: u32) -> Self {
        let full = retries.saturating_mul(Self::RETRY);
        Self {
            tokens: AtomicU32::new(full),
            full,
        }
    }

    /// Pays for a retry; `false` when the budget is empty.
    pub(super) fn take(&self) -> bool {
        self.change(|tokens| tokens.checked_sub(Self::RETRY))
    }

    /// Takes note of a success; one that needed a retry gives back what that cost.
    pub(super) fn refill(&self, retried: bool) {
        let gain = if retried { Self::RETRY } else { Self::SUCCESS };
        // A budget that is full, as nearly always, is only looked at: threads needn't take turns.
        self.change(|tokens| {
            (tokens < self.full).then(|| tokens.saturating_add(gain).min(self.full))
        });
    }

    fn change(&self, change: impl Fn(u32) -> Option<u32>) -> bool {
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONCE: Policy = Policy {
        is_repeatable: false,
        max_retries: 2,
        chosen: Chosen(Vec::new()),
    };
    const REPEATABLE: Policy = Policy {
        is_repeatable: true,
        max_retries: 2,
        chosen: Chosen(Vec::new()),
    };

    fn next(
        policy: &Policy,
        status: u16,
        should_retry: &str,
        asked: Option<u64>,
    ) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert("x-should-retry", should_retry.parse().unwrap());
        let status = StatusCode::from_u16(status).unwrap();
        let asked = asked.map(Duration::from_secs);
        let outcome = Outcome::Answer(status, &headers, asked);
        policy.next(outcome, asked, 0, Duration::ZERO, 0)
    }

    #[test]
    fn only_statuses_that_may_pass_are_retried() {
        for status in [408, 409, 429, 500, 502, 503, 504, 529, 599] {
            assert!(next(&REPEATABLE, status, "", None).is_some(), "{status}");
        }
        for status in [301, 307, 400, 401, 403, 404, 410, 422] {
            assert!(next(&REPEATABLE, status, "", None).is_none(), "{status}");
        }
    }

    #[test]
    fn the_server_has_the_last_word() {
        assert!(next(&REPEATABLE, 503, "false", None).is_none());
        assert!(next(&ONCE, 429, "false", None).is_none());
        assert!(next(&ONCE, 400, "true", None).is_some());
        assert!(next(&REPEATABLE, 307, "true", None).is_none());
        assert!(next(&REPEATABLE, 503, "maybe", None).is_some());
    }

    #[test]
    fn the_caller_has_it() {
        let mut policy = REPEATABLE;
        policy.chosen.set(423, false);
        policy.chosen.set(423, true);
        policy.chosen.set(503, false);
        policy.chosen.set(307, true);
        assert!(next(&policy, 423, "", None).is_some());
        assert!(next(&policy, 423, "false", None).is_some());
        assert!(next(&policy, 503, "true", Some(1)).is_none());
        assert!(next(&policy, 500, "", None).is_some());
        assert!(next(&policy, 307, "", None).is_none());
        // What isn't repeatable isn't by being chosen.
        policy.is_repeatable = false;
        assert!(next(&policy, 423, "", None).is_none());
    }

    #[test]
    fn a_limit_is_told_by_its_end() {
        for policy in [&REPEATABLE, &ONCE] {
            assert!(next(policy, 403, "", Some(1)).is_some());
            assert!(next(policy, 403, "", None).is_none());
            assert!(next(policy, 403, "false", Some(1)).is_none());
        }
    }

    #[test]
    fn what_may_have_been_done_is_not_done_twice() {
        for status in [408, 409, 500, 502, 503] {
            assert!(next(&ONCE, status, "", None).is_none(), "{status}");
        }
        assert!(next(&ONCE, 429, "", None).is_some());
        assert!(next(&ONCE, 503, "", Some(1)).is_some());
        assert!(next(&ONCE, 500, "", Some(1)).is_none());
        let next = |policy: &Policy, outcome| policy.next(outcome, None, 0, Duration::ZERO, 0);
        assert!(next(&ONCE, Outcome::NoConnection).is_some());
        assert!(next(&ONCE, Outcome::NoAnswer).is_none());
        assert!(next(&REPEATABLE, Outcome::NoAnswer).is_some());
    }

    #[test]
    fn a_server_s_wait_is_kept_up_to_a_minute() {
        assert_eq!(next(&REPEATABLE, 503, "", Some(0)), Some(Duration::ZERO));
        assert_eq!(
            next(&REPEATABLE, 503, "", Some(60)),
            Some(Duration::from_secs(60))
        );
        assert_eq!(next(&REPEATABLE, 503, "", Some(61)), None);
        assert_eq!(next(&REPEATABLE, 503, "", Some(u64::MAX)), None);
    }

    #[test]
    fn retries_end() {
        let next = |retries, waited| {
            let asked = Some(Duration::from_secs(60));
            let waited = Duration::from_secs(waited);
            REPEATABLE.next(Outcome::NoConnection, asked, retries, waited, 0)
        };
        assert!(next(1, 60).is_some());
        assert!(next(1, 61).is_none());
        assert!(next(2, 0).is_none());
    }

    #[test]
    fn waits_double_up_to_eight_seconds() {
        let waits = [0, 1, 2, 3, 4, 5, 1000].map(|retries| backoff(retries, 0.0).as_millis());
        assert_eq!(waits, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
        assert_eq!(backoff(0, 1.0), Duration::from_millis(375));
        assert_eq!([0, u64::MAX, 1 << 63].map(fraction), [0.0, 1.0, 0.0]);
    }

    #[test]
    fn methods() {
        for method in ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"] {
            assert!(is_idempotent(&method.parse().unwrap()), "{method}");
        }
        for method in ["POST", "PATCH", "CONNECT", "MERGE"] {
            assert!(!is_idempotent(&method.parse().unwrap()), "{method}");
        }
    }

    #[test]
    fn the_budget_runs_out_and_recovers() {
        let budget = Budget::new(100);
        assert_eq!((0..1000).filter(|_| budget.take()).count(), 100);
        budget.refill(true);
        assert!(budget.take());
        (0..4).for_each(|_| budget.refill(false));
        assert!(!budget.take());
        budget.refill(false);
        assert!(budget.take());
        (0..1000).for_each(|_| budget.refill(true));
        assert_eq!((0..1000).filter(|_| budget.take()).count(), 100);
    }

    #[test]
    fn a_budget_has_any_size() {
        assert!(!Budget::new(0).take());
        let budget = Budget::new(u32::MAX);
        budget.refill(true);
        assert!((0..1000).all(|_| budget.take()));
    }
}
