//! How long a server asks to wait: the headers `retry-after-ms` and `Retry-After`.

use http::HeaderMap;
use std::time::{Duration, SystemTime};

/// The wait that the headers ask for as of `now`: `retry-after-ms` in milliseconds, else
/// `Retry-After` in seconds, decimals allowed, or as an HTTP date (RFC 9110, section 10.2.3).
///
/// `None` where there is none, and for what is no wait: not finite, negative, past or unreadable.
pub(super) fn read(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok().map(str::trim);
    text("retry-after-ms")
        .and_then(|text| number(text, 1000.0))
        .or_else(|| {
            let text = text("retry-after")?;
            number(text, 1.0).or_else(|| date(text, now))
        })
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
        read(&headers, SystemTime::UNIX_EPOCH + NOW)
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
            read(&headers, SystemTime::now()),
            Some(Duration::from_millis(20))
        );
        headers.insert("retry-after-ms", "soon".parse().unwrap());
        assert_eq!(
            read(&headers, SystemTime::now()),
            Some(Duration::from_secs(7))
        );
    }
}
