//! Durations that keep their text.

use super::fraction;
use super::text::{self, text};
use std::time::Duration;

/// A duration of ISO 8601, such as `P1DT12H`, or what a server sends in its place.
///
/// OpenAPI's `format` annotates and doesn't assert, so reading one never fails on its text. Two are
/// equal when their texts are.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IsoDuration {
    text: Box<str>,
}

text!(IsoDuration);

/// Units in front of the `T` with their seconds; a year and a month have no fixed length.
const DAYS: &[(char, Option<u64>)] = &[
    ('Y', None),
    ('M', None),
    ('W', Some(604_800)),
    ('D', Some(86_400)),
];
/// Units behind the `T`.
const TIMES: &[(char, Option<u64>)] = &[('H', Some(3600)), ('M', Some(60)), ('S', Some(1))];

impl IsoDuration {
    /// How long it is, if the text is a `duration` of RFC 3339, appendix A, where seconds may have a
    /// fraction. `None` for years and months, whose length depends on when they begin; a day has 24
    /// hours.
    #[must_use]
    pub fn to_std(&self) -> Option<Duration> {
        let (days, times) = match self.text.strip_prefix('P')?.split_once('T') {
            Some((_, "")) => return None,
            Some(both) => both,
            None => (
                self.text
                    .strip_prefix('P')
                    .filter(|days| !days.is_empty())?,
                "",
            ),
        };
        sum(days, DAYS)?.checked_add(sum(times, TIMES)?)
    }
}

/// The length of `1H30M`, whose units stand in the order of `units`.
fn sum(mut text: &str, units: &[(char, Option<u64>)]) -> Option<Duration> {
    let mut units = units.iter();
    let mut sum = Duration::ZERO;
    while let Some(at) = text.find(|character: char| character.is_ascii_alphabetic()) {
        let (number, rest) = text.split_at_checked(at)?;
        let (_, seconds) = units.find(|(unit, _)| rest.starts_with(*unit))?;
        sum = sum.checked_add(length(number, *seconds)?)?;
        text = rest.get(1..)?;
    }
    text.is_empty().then_some(sum)
}

fn length(number: &str, unit: Option<u64>) -> Option<Duration> {
    let (whole, nanoseconds) = match number.split_once(['.', ',']) {
        Some((whole, fraction)) if unit == Some(1) => (whole, fraction::nanoseconds(fraction)?),
        Some(_) => return None,
        None => (number, 0),
    };
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match (whole.parse().ok()?, unit) {
        (0, None) => Some(Duration::ZERO),
        (_, None) => None,
        (count, Some(seconds)) => Some(Duration::new(
            u64::checked_mul(count, seconds)?,
            nanoseconds,
        )),
    }
}

/// In seconds, with as many digits as it takes.
impl From<Duration> for IsoDuration {
    fn from(duration: Duration) -> Self {
        let text = format!("PT{}.{:09}", duration.as_secs(), duration.subsec_nanos());
        let text = text.trim_end_matches('0').trim_end_matches('.');
        Self::from(format!("{text}S"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_on_demand() {
        for (text, expected) in [
            ("PT0S", Duration::ZERO),
            ("P1DT12H", Duration::from_secs(129_600)),
            ("P2W", Duration::from_secs(1_209_600)),
            ("P0Y0M1D", Duration::from_secs(86_400)),
            ("PT1M0.25S", Duration::from_millis(60_250)),
        ] {
            assert_eq!(IsoDuration::from(text).to_std(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_has_no_fixed_length_has_none() {
        for text in [
            "",
            "P",
            "PT",
            "P1",
            "P1Y",
            "P1M",
            "PT1D",
            "P1H",
            "PT1S1M",
            "PT0.5H",
            "PT-1S",
            "-PT1S",
            "PT+1S",
            "1D",
            "PT99999999999999999999S",
            "P1DT",
            "PT1\u{e9}S",
        ] {
            assert_eq!(IsoDuration::from(text).to_std(), None, "{text}");
        }
    }

    #[test]
    fn lengths_are_written_so_that_they_read_as_the_same() {
        for duration in [Duration::ZERO, Duration::new(5400, 1), Duration::MAX] {
            assert_eq!(IsoDuration::from(duration).to_std(), Some(duration));
        }
        let text = IsoDuration::from(Duration::from_millis(1500));
        assert_eq!(text.as_str(), "PT1.5S");
    }
}
