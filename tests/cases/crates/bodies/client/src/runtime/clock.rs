//! Times of day and their offsets as RFC 3339, section 5.6, writes them: text → numbers.

use super::fraction;
use std::time::Duration;

/// The time since midnight of `10:20:30.5` (`partial-time`), to the nanosecond; a leap second counts
/// as the one that follows.
pub(super) fn partial_time(text: &str) -> Option<Duration> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, fraction::nanoseconds(fraction)?),
        None => (text, 0),
    };
    let (hour, rest) = whole.split_once(':')?;
    let (minute, second) = rest.split_once(':')?;
    let (hour, minute, second) = (two(hour)?, two(minute)?, two(second)?);
    let is_there = hour < 24 && minute < 60 && second <= 60;
    let seconds = u64::from(hour) * 3600 + u64::from(minute) * 60 + u64::from(second);
    is_there.then(|| Duration::new(seconds, fraction))
}

/// Splits `10:20:30Z` (`full-time`) in front of its offset.
pub(super) fn split_offset(text: &str) -> Option<(&str, &str)> {
    text.split_at_checked(text.find(['Z', 'z', '+', '-'])?)
}

/// How many seconds `+02:00` or `Z` (`time-offset`) is ahead of UTC.
pub(super) fn offset(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+')?),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    (hours < 24 && minutes < 60).then(|| sign * (i64::from(hours) * 3600 + i64::from(minutes) * 60))
}

fn two(text: &str) -> Option<u8> {
    let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read_to_the_nanosecond() {
        assert_eq!(partial_time("00:00:00"), Some(Duration::ZERO));
        let most = Duration::new(86_400, 123_456_789);
        assert_eq!(partial_time("23:59:60.1234567899"), Some(most));
        for text in [
            "24:00:00",
            "00:60:00",
            "00:00:61",
            "0:00:00",
            "00:00",
            "00:00:00.",
            "00:00:00,5",
        ] {
            assert_eq!(partial_time(text), None, "{text}");
        }
    }

    #[test]
    fn offsets_are_seconds_ahead() {
        assert_eq!(offset("Z"), Some(0));
        assert_eq!(offset("-00:30"), Some(-1800));
        assert_eq!(offset("+14:00"), Some(50_400));
        for text in ["", "+", "+1:00", "+0100", "+24:00", "+00:60", "01:00", "ZZ"] {
            assert_eq!(offset(text), None, "{text}");
        }
    }
}
