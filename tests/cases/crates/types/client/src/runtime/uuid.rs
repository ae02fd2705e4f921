//! UUIDs that keep their text: an odd one decodes, prints and goes back as it came.

use super::decode::{Decode, Token};
use super::deserialize::deserialize;
use super::encode::{Encode, View};
use super::fault::Fault;
use super::serialize::serialize;
use std::fmt;

/// A UUID (RFC 9562), or what a server sends in its place.
///
/// OpenAPI's `format` annotates and doesn't assert, so reading one never fails on its text; ask
/// [`to_u128`](Self::to_u128) whether it is one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid {
    text: Box<str>,
}

impl Uuid {
    /// The text as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The 128 bits, if the text is a UUID in its usual form: 32 hexadecimal digits in groups of 8,
    /// 4, 4, 4 and 12 (RFC 9562, section 4).
    #[must_use]
    pub fn to_u128(&self) -> Option<u128> {
        let is_form = self.text.len() == 36
            && self
                .text
                .bytes()
                .enumerate()
                .all(|(index, byte)| match index {
                    8 | 13 | 18 | 23 => byte == b'-',
                    _ => byte.is_ascii_hexdigit(),
                });
        is_form
            .then(|| self.text.replace('-', ""))
            .and_then(|digits| u128::from_str_radix(&digits, 16).ok())
    }
}

impl From<&str> for Uuid {
    fn from(text: &str) -> Self {
        Self { text: text.into() }
    }
}

impl From<String> for Uuid {
    fn from(text: String) -> Self {
        Self { text: text.into() }
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Uuid({:?})", self.text)
    }
}

impl Decode for Uuid {
    fn blank() -> Self {
        Self::from(String::new())
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        *self = Self::from(String::decode(token)?);
        Ok(())
    }
}

impl Encode for Uuid {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        show(View::Text(&self.text));
    }
}

impl<'de> serde::Deserialize<'de> for Uuid {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

impl serde::Serialize for Uuid {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_read_on_demand() {
        let uuid = Uuid::from("00000000-0000-0000-0000-0000000000fF");
        assert_eq!(uuid.to_u128(), Some(255));
    }

    #[test]
    fn odd_texts_are_kept_and_have_no_bits() {
        for text in [
            "",
            "abcdef-ghijkl",
            "0000000000000000000000000000000000ff",
            "é",
        ] {
            let uuid: Uuid = serde_json::from_value(text.into()).unwrap();
            assert_eq!(uuid.as_str(), text);
            assert_eq!(uuid.to_u128(), None, "{text}");
            assert_eq!(serde_json::to_value(&uuid).unwrap(), text);
        }
    }

    #[test]
    fn other_json_types_are_faults() {
        assert!(serde_json::from_str::<Uuid>("7").is_err());
    }
}
