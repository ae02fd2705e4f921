//! Numbers that stand for values of types that the crate's configuration names, such as decimals.

use super::decode::{Decode, Token};
use super::deserialize::deserialize;
use super::encode::{Encode, View};
use super::fault::Fault;
use super::serialize::serialize;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

/// A number that stands for a `T`.
///
/// It is made of a `T` by `From`, and [`parse`](Self::parse) has the `T` again. A number of JSON is
/// read as an `f64`, if it isn't a whole one of 64 bits, and written as one: 15 digits are kept, as
/// they are those of amounts of money. Two are equal when their digits are.
pub struct NumberOf<T> {
    digits: Box<str>,
    of: PhantomData<fn() -> T>,
}

impl<T> NumberOf<T> {
    /// Takes a number by its digits, such as `-1.25`. What is no number of JSON (RFC 8259, section 6)
    /// can't be sent.
    #[must_use]
    pub fn from_digits(digits: impl Into<String>) -> Self {
        Self {
            digits: digits.into().into(),
            of: PhantomData,
        }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.digits
    }
}

impl<T: FromStr> NumberOf<T> {
    /// The value that the number stands for.
    ///
    /// # Errors
    /// When it stands for none.
    pub fn parse(&self) -> Result<T, T::Err> {
        self.digits.parse()
    }
}

/// Of the digits that `Display` gives.
impl<T: fmt::Display> From<T> for NumberOf<T> {
    fn from(value: T) -> Self {
        Self::from_digits(value.to_string())
    }
}

impl<T> Clone for NumberOf<T> {
    fn clone(&self) -> Self {
        Self::from_digits(self.as_str())
    }
}

impl<T> PartialEq for NumberOf<T> {
    fn eq(&self, other: &Self) -> bool {
        self.digits == other.digits
    }
}

impl<T> Eq for NumberOf<T> {}

impl<T> Hash for NumberOf<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digits.hash(state);
    }
}

impl<T> fmt::Display for NumberOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.digits)
    }
}

impl<T> fmt::Debug for NumberOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NumberOf({})", self.digits)
    }
}

impl<T> Decode for NumberOf<T> {
    fn blank() -> Self {
        Self::from_digits("0")
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        *self = Self::from_digits(match token {
            Token::Integer(value) => value.to_string(),
            Token::Unsigned(value) => value.to_string(),
            Token::Float(value) => value.to_string(),
            other => return Err(other.unexpected("a number")),
        });
        Ok(())
    }
}

impl<T> Encode for NumberOf<T> {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        if let Ok(value) = self.digits.parse() {
            return show(View::Integer(value));
        }
        if let Ok(value) = self.digits.parse() {
            return show(View::Unsigned(value));
        }
        // What is no number is refused where numbers are written.
        show(View::Float(self.digits.parse().unwrap_or(f64::NAN)));
    }
}

impl<'de, T> serde::Deserialize<'de> for NumberOf<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

impl<T> serde::Serialize for NumberOf<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::super::encode::to_json;
    use super::super::json::from_json;
    use super::*;

    fn read(text: &str) -> Option<NumberOf<f32>> {
        from_json(text.as_bytes()).ok()
    }

    #[test]
    fn digits_are_read_and_written_as_they_are() {
        for text in [
            "0",
            "-12",
            "18446744073709551615",
            "0.1",
            "123456789012.345",
            "-99999999.99",
            "1e300",
        ] {
            let number = read(text).unwrap();
            let again = String::from_utf8(to_json(&number).unwrap()).unwrap();
            assert_eq!(read(&again), Some(number), "{text}");
            assert_eq!(again.parse::<f64>(), text.parse(), "{text}");
        }
        assert_eq!(read("1.10").unwrap().as_str(), "1.1");
        for text in ["\"1\"", "null", "[1]", "true"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_value_is_its_digits_and_what_is_no_number_is_not_sent() {
        let number = NumberOf::from(1.25_f32);
        assert_eq!((number.as_str(), number.parse()), ("1.25", Ok(1.25)));
        assert_eq!(to_json(&number).unwrap(), b"1.25");
        assert_eq!(format!("{number} {number:?}"), "1.25 NumberOf(1.25)");
        assert_eq!(number.clone(), number);
        for digits in ["", "a", "1,5", "1 EUR", "NaN", "inf"] {
            assert!(
                to_json(&NumberOf::<f32>::from_digits(digits)).is_err(),
                "{digits}"
            );
        }
    }
}
