//! Dates with times that keep their text.

use super::calendar;
use super::clock;
use super::text::{self, text};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A date and time of RFC 3339, such as `2026-01-31T12:00:00Z`, or what a server sends in its place.
///
/// OpenAPI's `format` annotates and doesn't assert, so reading one never fails on its text. Two are
/// equal when their texts are.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DateTime {
    text: Box<str>,
}

text!(DateTime);

impl DateTime {
    /// The moment, if the text is a `date-time` of RFC 3339, section 5.6; a space in the place of the
    /// `T` is fine.
    #[must_use]
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let (date, rest) = self.text.split_at_checked(10)?;
        let (time, offset) = clock::split_offset(rest.strip_prefix(['T', 't', ' '])?)?;
        let days = days(calendar::full_date(date)?);
        let seconds = days * DAY - clock::offset(offset)?;
        let day = Duration::from_secs(seconds.unsigned_abs());
        let day = match seconds < 0 {
            true => UNIX_EPOCH.checked_sub(day),
            false => UNIX_EPOCH.checked_add(day),
        };
        day?.checked_add(clock::partial_time(time)?)
    }
}

/// A day's seconds.
const DAY: i64 = 86_400;

/// In UTC, with as many digits of a second as it takes.
impl From<SystemTime> for DateTime {
    fn from(time: SystemTime) -> Self {
        let (seconds, nanoseconds) = since_1970(time);
        let (days, of_day) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
        let (year, month, day) = civil(days);
        let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
        let text = format!(
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{nanoseconds:09}"
        );
        let text = text.trim_end_matches('0').trim_end_matches('.');
        Self::from(format!("{text}Z"))
    }
}

/// Whole seconds, rounded down, and nanoseconds.
fn since_1970(time: SystemTime) -> (i64, u32) {
    let whole = |time: Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX / 2);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => (whole(after), after.subsec_nanos()),
        Err(before) => match (whole(before.duration()), before.duration().subsec_nanos()) {
            (seconds, 0) => (-seconds, 0),
            (seconds, some) => (-seconds - 1, 1_000_000_000 - some),
        },
    }
}

/// The days from 1970-01-01 to a day.
fn days((year, month, day): (u16, u8, u8)) -> i64 {
    // Years begin in March, so that the day of a leap year is the last one.
    let (month, day) = (i64::from(month), i64::from(day));
    let year = i64::from(year) - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day that are so many days from 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<f64> {
        let time = DateTime::from(text).to_system_time()?;
        Some(match time.duration_since(UNIX_EPOCH) {
            Ok(after) => after.as_secs_f64(),
            Err(before) => -before.duration().as_secs_f64(),
        })
    }

    #[test]
    fn moments_are_read_on_demand() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", 0.0),
            ("1970-01-01t01:00:00.25+01:00", 0.25),
            ("1969-12-31 23:59:59.5Z", -0.5),
            ("1990-12-31T15:59:60-08:00", 662_688_000.0),
            ("9999-12-31T23:59:59Z", 253_402_300_799.0),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_has_none() {
        for text in [
            "",
            "yesterday",
            "2026-01-31",
            "2026-01-31T12:00:00",
            "2026-02-30T12:00:00Z",
            "2026-01-31T12:00Z",
            "2026-01-31T12:00:00ZZ",
            "2026-01-31_12:00:00Z",
            "\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}T12:00:00Z",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn moments_are_written_so_that_they_read_as_the_same() {
        for text in [
            "1970-01-01T00:00:00Z",
            "1969-12-31T23:59:59.5Z",
            "2024-02-29T23:59:59.000000001Z",
            "0001-01-01T00:00:00Z",
        ] {
            let time = DateTime::from(text).to_system_time().unwrap();
            assert_eq!(DateTime::from(time).as_str(), text);
        }
    }

    #[test]
    fn days_are_counted_both_ways() {
        assert_eq!(days((1970, 1, 1)), 0);
        assert_eq!(days((2000, 3, 1)), 11_017);
        assert_eq!(days((0, 3, 1)), -719_468);
        let mut last = None;
        for day in (-719_528..2_932_897).step_by(97) {
            let (year, month, of_month) = civil(day);
            let text = format!("{year:04}-{month:02}-{of_month:02}");
            assert_eq!(calendar::full_date(&text).map(days), Some(day), "{text}");
            assert!(last.replace(text.clone()) < Some(text));
        }
    }
}
