//! Times of day that keep their text.

use super::clock;
use super::text::{self, text};
use std::time::Duration;

/// A time of day of RFC 3339, such as `10:20:30Z`, or what a server sends in its place.
///
/// OpenAPI's `format` annotates and doesn't assert, so reading one never fails on its text. Two are
/// equal when their texts are.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Time {
    text: Box<str>,
}

text!(Time);

impl Time {
    /// The time since midnight where the clock shows it, if the text is a `full-time` of RFC 3339,
    /// section 5.6, or one without an offset.
    #[must_use]
    pub fn since_midnight(&self) -> Option<Duration> {
        match clock::split_offset(&self.text) {
            Some((time, offset)) => clock::offset(offset).and_then(|_| clock::partial_time(time)),
            None => clock::partial_time(&self.text),
        }
    }

    /// How many seconds the clock is ahead of UTC, if the text says so.
    #[must_use]
    pub fn offset(&self) -> Option<i64> {
        clock::offset(clock::split_offset(&self.text)?.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_on_demand() {
        for (text, seconds, offset) in [
            ("10:20:30", Some(37_230), None),
            ("10:20:30Z", Some(37_230), Some(0)),
            ("00:00:01-02:30", Some(1), Some(-9_000)),
            ("10:20", None, None),
            ("10:20:30+2", None, None),
            ("noon", None, None),
        ] {
            let time = Time::from(text);
            let expected = seconds.map(Duration::from_secs);
            assert_eq!(
                (time.since_midnight(), time.offset()),
                (expected, offset),
                "{text}"
            );
        }
    }
}
