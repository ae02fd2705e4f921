//! How the types of Rust's own library are read from JSON and written as JSON.
//!
//! Numbers are lenient where JSON itself is: `3.0` is a whole number (JSON Schema 2020-12,
//! section 4.2.3), and a whole number is a number. They are never rounded to fit: what an integer
//! type can't hold is a fault.

use super::decode::{Decode, Slot, Token};
use super::encode::{Encode, View};
use super::fault::Fault;
use super::object::{Field, Object};
use serde_json::{Map, Number, Value};
use std::collections::BTreeMap;

impl Decode for bool {
    fn blank() -> Self {
        false
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        *self = match token {
            Token::Boolean(value) => Ok(value),
            other => Err(other.unexpected("a boolean")),
        }?;
        Ok(())
    }
}

impl Encode for bool {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        show(View::Boolean(*self));
    }
}

impl Decode for String {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        match token {
            Token::Text(text) => *self = text.to_owned(),
            other => return Err(other.unexpected("a string")),
        }
        Ok(())
    }
}

impl Encode for String {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        show(View::Text(self));
    }

    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Encode for &str {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        show(View::Text(self));
    }

    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Decode for f64 {
    fn blank() -> Self {
        0.0
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        *self = match token {
            Token::Float(value) => Ok(value),
            Token::Integer(value) => Ok(value as f64),
            Token::Unsigned(value) => Ok(value as f64),
            other => Err(other.unexpected("a number")),
        }?;
        Ok(())
    }
}

impl Encode for f64 {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        // A whole number is written without `.0`: that is what the value came as, as a rule.
        show(whole(*self).map_or(View::Float(*self), View::Integer));
    }
}

/// The whole number that `value` is, if an `i64` and an `f64` can both hold it exactly.
fn whole(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53
    (value.trunc() == value && value.abs() <= EXACT).then_some(value as i64)
}

impl Decode for i64 {
    fn blank() -> Self {
        0
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        *self = narrow(token, "a whole number of 64 bits")?;
        Ok(())
    }
}

impl Encode for i64 {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        show(View::Integer(*self));
    }
}

impl Decode for u64 {
    fn blank() -> Self {
        0
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        *self = match token {
            Token::Unsigned(value) => Ok(value),
            other => narrow(other, "a whole number of 64 bits, not negative"),
        }?;
        Ok(())
    }
}

impl Encode for u64 {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        show(View::Unsigned(*self));
    }
}

impl Decode for i32 {
    fn blank() -> Self {
        0
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        *self = narrow(token, "a whole number of 32 bits")?;
        Ok(())
    }
}

impl Encode for i32 {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        show(View::Integer((*self).into()));
    }
}

impl Decode for u32 {
    fn blank() -> Self {
        0
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        *self = narrow(token, "a whole number of 32 bits, not negative")?;
        Ok(())
    }
}

impl Encode for u32 {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        show(View::Unsigned((*self).into()));
    }
}

/// The number that `token` stands for, if `T` can hold it.
pub(super) fn narrow<T: TryFrom<i64>>(token: Token<'_>, expected: &'static str) -> Result<T, Fault> {
    let wide = match token {
        Token::Integer(value) => Some(value),
        Token::Float(value) => whole(value),
        _ => None,
    };
    wide.and_then(|value| T::try_from(value).ok())
        .ok_or_else(|| misfit(&token, expected))
}

/// The fault that `token` is no whole number, or on which side it is out of range: the number itself is
/// not ours to print.
fn misfit(token: &Token<'_>, expected: &'static str) -> Fault {
    const BEYOND: f64 = u64::MAX as f64; // 2^64, as rounded
    let is_below = match *token {
        Token::Integer(value) => value < 0,
        Token::Unsigned(_) => false,
        Token::Float(value) if whole(value).is_some() || value.abs() >= BEYOND => value < 0.0,
        _ => return token.unexpected(expected),
    };
    let side = if is_below { "below" } else { "above" };
    Fault::new(format!("expected {expected}, found one {side} that"))
}

impl<T: Decode> Decode for Option<T> {
    fn blank() -> Self {
        None
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        match token {
            Token::Null => {
                *self = None;
                Ok(())
            }
            other => self.insert(T::blank()).read(other),
        }
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        match self {
            Some(value) => value.encode(show),
            None => show(View::Null),
        }
    }

    fn text(&self) -> Option<&str> {
        self.as_ref()?.text()
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        T::read(self, token)
    }
}

impl<T: Encode> Encode for &T {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        T::encode(self, show);
    }

    fn text(&self) -> Option<&str> {
        T::text(self)
    }
}

impl<T: Encode> Encode for Box<T> {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        T::encode(self, show);
    }
}

/// A null where a list has to be is an empty one: services in Go write lists without elements so.
impl<T: Decode> Decode for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        self.clear();
        match token {
            Token::List(elements) => while elements.next(Some(&mut Next(self)))? {},
            Token::Null => {}
            other => return Err(other.unexpected("a list")),
        }
        Ok(())
    }
}

/// The place of a list's next element.
struct Next<'a, T>(&'a mut Vec<T>);

impl<T: Decode> Slot for Next<'_, T> {
    fn put(&mut self, token: Token<'_>) -> Result<(), Fault> {
        self.0.push(T::decode(token)?);
        Ok(())
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        self.as_slice().encode(show);
    }
}

impl<T: Encode> Encode for &[T] {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        let at = |index: usize| self.get(index).map(|element| element as _);
        show(View::List(self.len(), &at, &[]));
    }
}

/// A null where a map has to be is an empty one, as with lists.
impl<T: Decode> Decode for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        self.clear();
        if matches!(token, Token::Null) {
            return Ok(());
        }
        members(token, |name, value| self.insert(name, value).is_none())
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        let members: Vec<Field<'_>> = self.iter().map(field).collect();
        show(View::Object(&Object::of(&members)));
    }
}

/// A member of a map.
fn field<'a>((name, value): (&'a String, &'a impl Encode)) -> Field<'a> {
    Field::new(name, value)
}

/// Reads every member of an object; `insert` says whether its name is new.
fn members<T: Decode>(
    token: Token<'_>,
    mut insert: impl FnMut(String, T) -> bool,
) -> Result<(), Fault> {
    let Token::Object(members) = token else {
        return Err(token.unexpected("an object"));
    };
    let mut name = String::new();
    while members.name(&mut |text| text.clone_into(&mut name))? {
        let mut value = T::blank();
        members
            .value(Some(&mut value))
            .map_err(|fault| fault.within_member(&name))?;
        if !insert(name.clone(), value) {
            return Err(Fault::new("the member is there twice").within_member(&name));
        }
    }
    Ok(())
}

impl Decode for Value {
    fn blank() -> Self {
        Self::Null
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        *self = match token {
            Token::Null => Self::Null,
            Token::Boolean(value) => Self::Bool(value),
            Token::Integer(value) => Self::Number(value.into()),
            Token::Unsigned(value) => Self::Number(value.into()),
            Token::Float(value) => Number::from_f64(value).map_or(Self::Null, Self::Number),
            Token::Text(text) => Self::String(text.to_owned()),
            Token::List(_) => Self::Array(Vec::decode(token)?),
            Token::Object(_) => {
                let mut map = Map::new();
                members(token, |name, value| map.insert(name, value).is_none())?;
                Self::Object(map)
            }
        };
        Ok(())
    }
}

impl Encode for Value {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        match self {
            Self::Null => show(View::Null),
            Self::Bool(value) => show(View::Boolean(*value)),
            Self::Number(number) => show(match (number.as_i64(), number.as_u64()) {
                (Some(value), _) => View::Integer(value),
                (None, Some(value)) => View::Unsigned(value),
                // With serde_json's `arbitrary_precision` a number may be none of the three.
                (None, None) => number.as_f64().map_or(View::Null, View::Float),
            }),
            Self::String(text) => show(View::Text(text)),
            Self::Array(elements) => elements.encode(show),
            Self::Object(map) => {
                let members: Vec<Field<'_>> = map.iter().map(field).collect();
                show(View::Object(&Object::of(&members)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::encode::to_json;
    use super::super::json::from_json;
    use super::*;

    fn read<T: Decode>(text: &str) -> Option<T> {
        from_json(text.as_bytes()).ok()
    }

    fn write(value: &dyn Encode) -> String {
        String::from_utf8(to_json(value).unwrap()).unwrap()
    }

    #[test]
    fn a_number_out_of_range_is_said_to_be_one() {
        fn said<T: Decode>(text: &str) -> String {
            let fault = from_json::<T>(text.as_bytes()).err();
            fault.map(|fault| fault.message().to_owned()).unwrap_or_default()
        }
        for text in ["9223372036854775808", "18446744073709551615", "18446744073709551616", "1e300"] {
            let message = "expected a whole number of 64 bits, found one above that";
            assert_eq!(said::<i64>(text), message, "{text}");
        }
        let message = "expected a whole number of 64 bits, found one below that";
        assert_eq!(said::<i64>("-18446744073709551617"), message);
        let message = "expected a whole number of 32 bits, not negative, found one below that";
        assert_eq!(said::<u32>("-1"), message);
        assert_eq!(said::<u32>("-1.0"), message);
        let message = "expected a whole number of 64 bits, not negative, found one above that";
        assert_eq!(said::<u64>("18446744073709551616"), message);
        assert_eq!(said::<i32>("1.5"), "expected a whole number of 32 bits, found a number");
        assert_eq!(said::<i32>("true"), "expected a whole number of 32 bits, found a boolean");
    }

    #[test]
    fn whole_numbers_are_read_in_every_spelling() {
        for text in ["3", "3.0", "3e0", "0.3e1"] {
            assert_eq!(read::<i32>(text), Some(3), "{text}");
            assert_eq!(read::<i64>(text), Some(3), "{text}");
            assert_eq!(read::<u32>(text), Some(3), "{text}");
            assert_eq!(read::<u64>(text), Some(3), "{text}");
            assert_eq!(read::<f64>(text), Some(3.0), "{text}");
        }
    }

    #[test]
    fn numbers_are_not_rounded_to_fit() {
        for text in ["2147483648", "-2147483649", "1.5", "\"1\"", "null", "true"] {
            assert_eq!(read::<i32>(text), None, "{text}");
        }
        for text in [
            "9223372036854775808",
            "1e300",
            "9007199254740993.5",
            "1e999",
        ] {
            assert_eq!(read::<i64>(text), None, "{text}");
        }
        for text in ["-1", "18446744073709551616", "-0.5"] {
            assert_eq!(read::<u64>(text), None, "{text}");
        }
        assert_eq!(read::<u32>("4294967296"), None);
        assert_eq!(read::<u64>("18446744073709551615"), Some(u64::MAX));
        assert_eq!(read::<i64>("-9223372036854775808"), Some(i64::MIN));
    }

    #[test]
    fn numbers_are_read_as_the_nearest_and_written_so_that_they_read_as_the_same() {
        for text in [
            "166600000000133584280434421001335842804344217620",
            "1.6660000000013361e47",
            "0.1",
            "5e-324",
        ] {
            let number: f64 = read(text).unwrap();
            assert_eq!(Some(number), text.parse().ok(), "{text}");
            assert_eq!(read(&write(&number)), Some(number), "{text}");
        }
    }

    #[test]
    fn what_is_read_is_written() {
        for text in [
            "null",
            "[true,-1,18446744073709551615,1.5,\"\\u0000ü\"]",
            r#"{"":{"a":[]}}"#,
        ] {
            assert_eq!(write(&read::<Value>(text).unwrap()), text);
        }
        assert_eq!(write(&2.0), "2");
        assert_eq!(read(&write(&1e300)), Some(1e300));
        assert_eq!(write(&vec![Some(1), None]), "[1,null]");
        assert_eq!(write(&Box::new("a".to_owned())), "\"a\"");
        assert!(to_json(&f64::NAN).is_err());
    }

    #[test]
    fn maps_keep_their_names_and_refuse_a_second_one() {
        let lists: Vec<Vec<u32>> = read("[null, [1], null]").unwrap();
        assert_eq!(lists, [vec![], vec![1], vec![]]);
        let maps: Vec<BTreeMap<String, u32>> = read("[null, {}]").unwrap();
        assert_eq!(maps, [BTreeMap::new(), BTreeMap::new()]);
        assert_eq!(read("[null]"), Some(vec![None::<Vec<u32>>]));
        let map: BTreeMap<String, u32> = read(r#"{"b": 1, "a": 2}"#).unwrap();
        assert_eq!(write(&map), r#"{"a":2,"b":1}"#);
        let fault = from_json::<BTreeMap<String, u32>>(br#"{"a": 1, "a": 1}"#).unwrap_err();
        assert_eq!(
            (fault.path().as_str(), fault.message()),
            ("a", "the member is there twice")
        );
        let fault = from_json::<BTreeMap<String, u32>>(br#"{"b c": -1}"#).unwrap_err();
        assert_eq!(fault.path(), "[\"b c\"]");
    }
}
