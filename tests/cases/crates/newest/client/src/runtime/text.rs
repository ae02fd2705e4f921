//! Texts that stand for something, such as a date, and are kept as they came.
//!
//! OpenAPI's `format` annotates and doesn't assert (JSON Schema 2020-12 validation, section 7.2.1),
//! so reading such a text never fails on what it says, and it goes back unchanged. `text!` gives a
//! type all that has to do with its text; what the text means is the type's own.

pub(super) use super::decode::{Decode, Token};
pub(super) use super::deserialize::deserialize;
pub(super) use super::encode::{Encode, View};
pub(super) use super::fault::Fault;
pub(super) use super::serialize::serialize;

/// `text!(DateTime);` for a struct with the field `text: Box<str>`. `text!(@kept Base64);` leaves out
/// the conversions from texts.
macro_rules! text {
    ($type:ident) => {
        text!(@kept $type);

        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                Self { text: text.into() }
            }
        }

        impl From<String> for $type {
            fn from(text: String) -> Self {
                Self { text: text.into() }
            }
        }

        impl From<&String> for $type {
            fn from(text: &String) -> Self {
                Self::from(text.as_str())
            }
        }
    };
    (@kept $type:ident) => {
        impl $type {
            /// The text as it came.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.text
            }
        }

        impl From<&$type> for $type {
            fn from(value: &$type) -> Self {
                value.clone()
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.text)
            }
        }

        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($type), "({:?})"), self.text)
            }
        }

        impl text::Decode for $type {
            fn blank() -> Self {
                Self {
                    text: Default::default(),
                }
            }

            fn read(&mut self, token: text::Token<'_>) -> Result<(), text::Fault> {
                match token {
                    text::Token::Text(text) => self.text = text.into(),
                    other => return Err(other.unexpected("a string")),
                }
                Ok(())
            }
        }

        impl text::Encode for $type {
            fn encode(&self, show: &mut dyn FnMut(text::View<'_>)) {
                show(text::View::Text(&self.text));
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                text::deserialize(deserializer)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                text::serialize(self, serializer)
            }
        }
    };
}
pub(super) use text;

#[cfg(test)]
mod tests {
    use super::super::text;

    #[derive(Clone, PartialEq)]
    struct Colour {
        text: Box<str>,
    }

    text!(Colour);

    #[test]
    fn any_text_is_kept() {
        for kept in ["", "#ff0000", "no colour at all", "\u{e9}\n"] {
            let colour: Colour = serde_json::from_value(kept.into()).unwrap();
            assert_eq!((colour.as_str(), colour.to_string().as_str()), (kept, kept));
            assert_eq!(serde_json::to_value(&colour).unwrap(), kept);
            for same in [Colour::from(kept.to_owned()), Colour::from(&colour)] {
                assert!(same == colour);
            }
        }
        assert_eq!(format!("{:?}", Colour::from("a\"")), r#"Colour("a\"")"#);
        assert_eq!(format!("{:>3}", Colour::from("a")), "  a");
    }

    #[test]
    fn other_json_types_are_faults() {
        for json in ["7", "null", "[]"] {
            assert!(serde_json::from_str::<Colour>(json).is_err(), "{json}");
        }
    }
}
