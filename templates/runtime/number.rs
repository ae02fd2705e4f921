//! Numbers that come as objects: what serde_json's feature `arbitrary_precision` makes of them.
//!
//! A feature that any crate of a build turns on is on for all of them, so a client has to read
//! numbers in both guises. The digits go in, a token comes out.

use super::decode::Token;

/// The one member of the object that serde_json shows in place of every number when its feature
/// `arbitrary_precision` is on, which any crate of a build does to all others.
pub(super) const NAME: &str = "$serde_json::private::Number";

/// Whether that feature is on: it keeps a number's digits as they are.
pub(super) fn come_as_objects() -> bool {
    serde_json::from_str::<serde_json::Number>("1.00")
        .is_ok_and(|number| number.to_string() == "1.00")
}

/// The token of a number in JSON's spelling.
///
/// # Errors
/// When it is beyond `f64`, or no number.
pub(super) fn token(digits: &str) -> Result<Token<'static>, &'static str> {
    if let Ok(value) = digits.parse() {
        return Ok(Token::Integer(value));
    }
    if let Ok(value) = digits.parse() {
        return Ok(Token::Unsigned(value));
    }
    match digits.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(Token::Float(value)),
        _ => Err("number out of range"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::from_json;
    use super::*;
    use serde_json::{Value, json};

    /// What serde_json's feature `arbitrary_precision` makes of a number.
    fn number(digits: &str) -> String {
        format!(r#"{{"$serde_json::private::Number":"{digits}"}}"#)
    }

    #[test]
    fn a_number_is_one_in_the_guise_of_an_object() {
        let text = format!(
            r#"{{"a":[{},{}],"b":{}}}"#,
            number("-1"),
            number("18446744073709551615"),
            number("1.5")
        );
        let value: Value = from_json(text.as_bytes()).unwrap();
        assert_eq!(value, json!({"a": [-1, u64::MAX], "b": 1.5}));
        for (digits, expected) in [("1e999", "out of range"), ("x", "out of range")] {
            let text = format!("[{}]", number(digits));
            let fault = from_json::<Value>(text.as_bytes()).unwrap_err();
            assert!(fault.message().contains(expected), "{fault}");
        }
    }

    #[test]
    fn the_digits_of_a_number_are_its_token() {
        assert!(matches!(token("7"), Ok(Token::Integer(7))));
        assert!(matches!(
            token("9223372036854775808"),
            Ok(Token::Unsigned(0x8000_0000_0000_0000))
        ));
        assert!(matches!(token("3e0"), Ok(Token::Float(3.0))));
    }
}
