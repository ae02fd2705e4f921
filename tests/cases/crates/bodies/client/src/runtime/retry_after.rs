//! How long a server asks to wait: the headers `retry-after-ms` and `Retry-After`, and those of a limit
//! that is used up.

use http::{HeaderMap, StatusCode};
use std::time::{Duration, SystemTime};

/// From so many seconds on, the end of a limit is a time and no wait.
const A_TIME: f64 = 1e9;

/// The wait that an answer asks for as of `now`: `retry-after-ms` in milliseconds, else
/// `Retry-After` in seconds, decimals allowed, or as an HTTP date (RFC 9110, section 10.2.3); else, in a
/// refusal (403, 429), the end of a limit of which nothing is left.
///
/// `None` where there is none, and for what is no wait: not finite, negative, past or unreadable.
pub(super) fn read(status: StatusCode, headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok().map(str::trim);
    let limited = [StatusCode::FORBIDDEN, StatusCode::TOO_MANY_REQUESTS].contains(&status);
    text("retry-after-ms")
        .and_then(|text| number(text, 1000.0))
        .or_else(|| {
            let text = text("retry-after")?;
            number(text, 1.0).or_else(|| date(text, now))
        })
        .or_else(|| {
            let is_used_up = limited && text("x-ratelimit-remaining") == Some("0");
            reset(text("x-ratelimit-reset").filter(|_| is_used_up)?, now)
        })
}

/// The wait until a limit is whole again: seconds since 1970, as GitHub has them, or from now on. Whole
/// seconds are rounded down, so there is one more.
fn reset(text: &str, now: SystemTime) -> Option<Duration> {
    let end = number(text, 1.0)?;
    let wait = if end.as_secs_f64() < A_TIME {
        end
    } else {
        end.checked_sub(now.duration_since(SystemTime::UNIX_EPOCH).ok()?)?
    };
    Some(wait.saturating_add(Duration::from_secs(1)))
}

fn number(text: &str, per_second: f64) -> Option<Duration> {
    let value: f64 = text.parse().ok()?;
    if !value.is_finite() || value.is_sign_negative() {
        return None;
    }
    // A number of seconds that a `Duration` can't hold is still a wait: one that is too long.
    Some(Duration::try_from_secs_f64(value / per_second).unwrap_or(Duration::MAX))
}

fn date(text: &str, now: SystemTime) -> Option<Duration> {
    httpdate::parse_http_date(text)
        .ok()?
        .duration_since(now)
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1994-11-06 08:49:37 UTC, the example of RFC 9110, section 5.6.7.
    const NOW: Duration = Duration::from_secs(784_111_777);

    fn read_one(name: &'static str, value: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        read(StatusCode::SERVICE_UNAVAILABLE, &headers, SystemTime::UNIX_EPOCH + NOW)
    }

    #[test]
    fn a_limit_that_is_used_up_ends() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let read = |status, remaining: &str, reset: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-ratelimit-remaining", remaining.parse().unwrap());
            headers.insert("x-ratelimit-reset", reset.parse().unwrap());
            super::read(StatusCode::from_u16(status).unwrap(), &headers, now)
        };
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        for status in [403, 429] {
            assert_eq!(read(status, "0", "1700000030"), seconds(31));
            assert_eq!(read(status, "0", "30"), seconds(31));
            assert_eq!(read(status, "1", "1700000030"), None);
            for past in ["1699999999", "soon", "-1", "", "nan"] {
                assert_eq!(read(status, "0", past), None, "{past}");
            }
        }
        // What else is wrong has nothing to do with the limit.
        assert_eq!(read(404, "0", "1700000030"), None);
        assert_eq!(read(500, "0", "1700000030"), None);
    }

    #[test]
    fn waits_are_read() {
        for (value, seconds) in [
            ("0", 0.0),
            ("60", 60.0),
            (" 0.25 ", 0.25),
            ("2147484", 2_147_484.0),
        ] {
            let wait = Duration::from_secs_f64(seconds);
            assert_eq!(read_one("retry-after", value), Some(wait), "{value:?}");
        }
        assert_eq!(
            read_one("retry-after-ms", "1500"),
            Some(Duration::from_millis(1500))
        );
        assert_eq!(read_one("retry-after", "1e300"), Some(Duration::MAX));
    }

    #[test]
    fn what_is_no_wait_is_none() {
        for value in [
            "", " ", "-5", "-0.0", "nan", "inf", "soon", "5s", "0x5", "1,5",
        ] {
            assert_eq!(read_one("retry-after", value), None, "{value:?}");
            assert_eq!(read_one("retry-after-ms", value), None, "{value:?}");
        }
    }

    #[test]
    fn dates_count_from_now() {
        let future = read_one("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT");
        assert_eq!(future, Some(Duration::from_secs(30)));
        assert_eq!(
            read_one("retry-after", "Sun, 06 Nov 1994 08:49:36 GMT"),
            None
        );
    }

    #[test]
    fn milliseconds_go_first_if_they_can_be_read() {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", "7".parse().unwrap());
        headers.insert("retry-after-ms", "20".parse().unwrap());
        assert_eq!(
            read(StatusCode::SERVICE_UNAVAILABLE, &headers, SystemTime::now()),
            Some(Duration::from_millis(20))
        );
        headers.insert("retry-after-ms", "soon".parse().unwrap());
        assert_eq!(
            read(StatusCode::SERVICE_UNAVAILABLE, &headers, SystemTime::now()),
            Some(Duration::from_secs(7))
        );
    }
}
