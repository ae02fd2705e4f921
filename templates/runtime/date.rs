//! Dates that keep their text.

use super::calendar;
use super::text::{self, text};

/// A date of RFC 3339, such as `2026-01-31`, or what a server sends in its place.
///
/// OpenAPI's `format` annotates and doesn't assert, so reading one never fails on its text. Two are
/// equal when their texts are.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Date {
    text: Box<str>,
}

text!(Date);

impl Date {
    /// Year (0 to 9999), month and day (both from 1), if the text is a `full-date` of RFC 3339,
    /// section 5.6, and a day that the calendar has.
    #[must_use]
    pub fn to_year_month_day(&self) -> Option<(u16, u8, u8)> {
        calendar::full_date(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_on_demand() {
        let day = |text: &str| Date::from(text).to_year_month_day();
        assert_eq!(day("2024-02-29"), Some((2024, 2, 29)));
        assert_eq!(day("2023-02-29"), None);
        assert_eq!(day("today"), None);
    }
}
