//! Parts of a second: text → nanoseconds.

/// The nanoseconds of the digits behind a decimal point; digits beyond the ninth are dropped.
pub(super) fn nanoseconds(fraction: &str) -> Option<u32> {
    let digits = fraction.len();
    if digits == 0 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let first: String = fraction
        .chars()
        .chain("000000000".chars())
        .take(9)
        .collect();
    first.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_digits_count() {
        assert_eq!(nanoseconds("5"), Some(500_000_000));
        assert_eq!(nanoseconds("0000000019"), Some(1));
        for text in ["", "+5", "1.2", "\u{e9}"] {
            assert_eq!(nanoseconds(text), None, "{text}");
        }
    }
}
