//! A token that was fetched, and how long it is sent.

use super::secret::Secret;
use super::token::FetchedToken;
use std::time::{Duration, SystemTime};

/// How long before its end a token is renewed, at most.
const MARGIN: Duration = Duration::from_secs(60);

/// A token that was fetched.
pub(super) struct Held {
    secret: Secret,
    /// When it is renewed, and when it is no longer good.
    times: Option<(SystemTime, SystemTime)>,
}

impl Held {
    /// A token that came `now`.
    pub(super) fn new(token: FetchedToken, now: SystemTime) -> Self {
        let times = token.lifetime.and_then(|lifetime| {
            let margin = MARGIN.min(lifetime / 10);
            // What is beyond all calendars has no end.
            Some((
                now.checked_add(lifetime - margin)?,
                now.checked_add(lifetime)?,
            ))
        });
        Self {
            secret: token.secret,
            times,
        }
    }

    /// The token itself.
    pub(super) fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The token alone.
    pub(super) fn into_secret(self) -> Secret {
        self.secret
    }

    /// Whether it can be sent: it isn't over, nor the one that the server has `refused`.
    pub(super) fn is_good(&self, now: SystemTime, refused: Option<&Secret>) -> bool {
        Some(&self.secret) != refused && self.times.is_none_or(|(_, end)| now < end)
    }

    /// Whether it can, and needs no renewal either.
    pub(super) fn is_fresh(&self, now: SystemTime, refused: Option<&Secret>) -> bool {
        self.is_good(now, refused) && self.times.is_none_or(|(renewal, _)| now < renewal)
    }

    /// Puts off the renewal, since nothing came of one: the next is due when half of the time that is left
    /// is over.
    pub(super) fn put_off(&mut self, now: SystemTime) {
        if let Some((renewal, end)) = &mut self.times {
            let left = end.duration_since(now).unwrap_or_default();
            *renewal = now.checked_add(left / 2).unwrap_or(*end);
        }
    }

    /// How long a renewal is waited for before this one is sent, if it can be, up to `most`: the call that
    /// waits has the other half of the time that is left.
    pub(super) fn patience(
        &self,
        now: SystemTime,
        refused: Option<&Secret>,
        most: Duration,
    ) -> Option<Duration> {
        let (_, end) = self.times.filter(|_| self.is_good(now, refused))?;
        let left = end.duration_since(now).ok()?;
        Some(most.min(left / 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_sent_until_its_end_and_renewed_ahead_of_that() {
        let begin = SystemTime::UNIX_EPOCH;
        let at = |seconds| begin + Duration::from_secs(seconds);
        let held = Held::new(FetchedToken::new("t").expires_in(Duration::from_secs(3600)), begin);
        let refused = Secret::from("t");
        let most = Duration::from_secs(15);
        for (seconds, fresh, good, patience) in [
            (3539, true, true, Some(15_000)),
            (3540, false, true, Some(15_000)),
            (3597, false, true, Some(1500)),
            (3600, false, false, None),
        ] {
            let now = at(seconds);
            assert_eq!((held.is_fresh(now, None), held.is_good(now, None)), (fresh, good), "{seconds}");
            let waited = held.patience(now, None, most).map(|time| time.as_millis());
            assert_eq!(waited, patience, "{seconds}");
            assert!(!held.is_good(now, Some(&refused)) && held.patience(now, Some(&refused), most).is_none());
        }
        let mut held = held;
        for (seconds, next) in [(3540, 3570), (3572, 3586), (3598, 3599), (3601, 3601)] {
            held.put_off(at(seconds));
            assert_eq!(held.is_fresh(at(next - 1), None), seconds < 3600, "{seconds}");
            assert!(!held.is_fresh(at(next), None), "{seconds}");
        }
        for lifetime in [None, Some(Duration::MAX)] {
            let endless = FetchedToken { secret: refused.clone(), lifetime };
            let held = Held::new(endless, begin);
            assert!(held.is_fresh(at(1 << 40), None) && held.patience(begin, None, most).is_none());
        }
    }
}
