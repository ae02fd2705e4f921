//! Days as RFC 3339, section 5.6, writes them: text → numbers of the proleptic Gregorian calendar.

/// Year, month and day of `2026-01-31` (`full-date`); `None` for a day that no calendar has.
pub(super) fn full_date(text: &str) -> Option<(u16, u8, u8)> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.strip_prefix('-')?.split_once('-')?;
    let (year, month, day): (u16, u8, u8) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + u8::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=last).contains(&day).then_some((year, month, day))
}

fn number<T: std::str::FromStr>(text: &str, digits: usize) -> Option<T> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        for (text, date) in [
            ("0000-02-29", (0, 2, 29)),
            ("2000-02-29", (2000, 2, 29)),
            ("2026-12-31", (2026, 12, 31)),
        ] {
            assert_eq!(full_date(text), Some(date));
        }
        for text in [
            "",
            "1900-02-29",
            "2026-02-30",
            "2026-13-01",
            "2026-00-01",
            "2026-01-00",
            "2026-04-31",
            "26-01-01",
            "2026-1-01",
            "2026-01-01T",
            "+026-01-01",
            "2026/01/01",
            "\u{e9}\u{e9}\u{e9}\u{e9}-01-01",
        ] {
            assert_eq!(full_date(text), None, "{text}");
        }
    }
}
