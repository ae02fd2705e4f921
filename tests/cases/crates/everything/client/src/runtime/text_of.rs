//! Texts that stand for values of types that the crate's configuration names; they are kept as they
//! came.

use super::decode::{Decode, Token};
use super::deserialize::deserialize;
use super::encode::{Encode, View};
use super::fault::Fault;
use super::serialize::serialize;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

/// A text that stands for a `T`, or what a server sends in its place.
///
/// It is made of a `T` by `From`, and [`parse`](Self::parse) has the `T` again. Reading one never fails
/// on its text, and two are equal when their texts are.
pub struct TextOf<T> {
    text: Box<str>,
    of: PhantomData<fn() -> T>,
}

impl<T> TextOf<T> {
    /// Takes a text as it is.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self {
            text: text.into().into(),
            of: PhantomData,
        }
    }

    /// The text as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<T: FromStr> TextOf<T> {
    /// The value that the text stands for.
    ///
    /// # Errors
    /// When it stands for none.
    pub fn parse(&self) -> Result<T, T::Err> {
        self.text.parse()
    }
}

/// Of the text that `Display` gives.
impl<T: fmt::Display> From<T> for TextOf<T> {
    fn from(value: T) -> Self {
        Self::from_text(value.to_string())
    }
}

impl<T> Clone for TextOf<T> {
    fn clone(&self) -> Self {
        Self::from_text(self.as_str())
    }
}

impl<T> PartialEq for TextOf<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for TextOf<T> {}

impl<T> Hash for TextOf<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T> fmt::Display for TextOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl<T> fmt::Debug for TextOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TextOf({:?})", self.text)
    }
}

impl<T> Decode for TextOf<T> {
    fn blank() -> Self {
        Self::from_text("")
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        match token {
            Token::Text(text) => self.text = text.into(),
            other => return Err(other.unexpected("a string")),
        }
        Ok(())
    }
}

impl<T> Encode for TextOf<T> {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        show(View::Text(&self.text));
    }
}

impl<'de, T> serde::Deserialize<'de> for TextOf<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

impl<T> serde::Serialize for TextOf<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::IpAddr;

    type Address = TextOf<IpAddr>;

    #[test]
    fn a_value_is_sent_as_its_text_and_read_on_demand() {
        let local = IpAddr::from([127, 0, 0, 1]);
        let text = Address::from(local);
        assert_eq!(serde_json::to_value(&text).unwrap(), "127.0.0.1");
        assert_eq!(text.parse(), Ok(local));
        assert_eq!(Address::from_text("127.0.0.1"), text.clone());
    }

    #[test]
    fn what_stands_for_nothing_is_kept() {
        let odd: Address = serde_json::from_str(r#""here""#).unwrap();
        assert!(odd.parse().is_err());
        assert_eq!(
            (odd.to_string(), format!("{odd:?}")),
            ("here".to_owned(), r#"TextOf("here")"#.to_owned())
        );
        assert!(serde_json::from_str::<Address>("7").is_err());
    }
}
