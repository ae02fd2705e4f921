//! Enums that a server may add to: a text that the description doesn't list is kept, not refused.
//!
//! `open_enum!` gives an emitted enum its texts. A value that a later version
//! of the API brings decodes as `Unlisted`, prints as it came and is sent back as it came.

pub(crate) use super::decode::{Decode, Token};
pub(crate) use super::deserialize::deserialize;
pub(crate) use super::encode::{Encode, View};
pub(crate) use super::fault::Fault;
pub(crate) use super::serialize::serialize;
use std::fmt;

/// The text of an enum's value that the description doesn't list.
///
/// Only a conversion from text makes one, so that a listed value is never hidden in it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Unlisted {
    text: Box<str>,
}

impl Unlisted {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.into() }
    }

    /// The text as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Unlisted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

/// The text that an enum is read from.
pub(crate) fn text<'t>(token: &Token<'t>) -> Result<&'t str, Fault> {
    match token {
        Token::Text(text) => Ok(text),
        other => Err(other.unexpected("a string")),
    }
}

/// Gives an enum its texts: `open_enum!(SessionStatus { Live: "LIVE", Ended: "ENDED" });`.
///
/// The enum has one more variant, `Unlisted(Unlisted)`.
/// `open_enum!(#[allow(deprecated)] SessionStatus { … });` is for one that is deprecated.
macro_rules! open_enum {
    ($(#[$allow:meta])? $type:ident { $($variant:ident: $text:literal),* $(,)? }) => {
        $(#[$allow])?
        impl $type {
            /// The text of the value on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unlisted(text) => text.as_str(),
                }
            }
        }

        $(#[$allow])?
        impl ::core::convert::From<&str> for $type {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Unlisted(open_enum::Unlisted::new(text)),
                }
            }
        }

        $(#[$allow])?
        impl ::core::convert::From<::std::string::String> for $type {
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        $(#[$allow])?
        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        $(#[$allow])?
        impl open_enum::Decode for $type {
            fn blank() -> Self {
                Self::Unlisted(open_enum::Unlisted::new(""))
            }

            fn read(
                &mut self,
                token: open_enum::Token<'_>,
            ) -> ::core::result::Result<(), open_enum::Fault> {
                *self = Self::from(open_enum::text(&token)?);
                ::core::result::Result::Ok(())
            }
        }

        $(#[$allow])?
        impl open_enum::Encode for $type {
            fn encode(&self, show: &mut dyn ::core::ops::FnMut(open_enum::View<'_>)) {
                show(open_enum::View::Text(self.as_str()));
            }
        }

        $(#[$allow])?
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                open_enum::deserialize(deserializer)
            }
        }

        $(#[$allow])?
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                open_enum::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use open_enum;

#[cfg(test)]
mod tests {
    use super::super::open_enum;

    #[derive(Clone, Debug, PartialEq)]
    enum Size {
        Small,
        Large,
        Unlisted(open_enum::Unlisted),
    }

    open_enum!(Size {
        Small: "small",
        Large: "LARGE"
    });

    #[test]
    fn values_keep_their_text_both_ways() {
        for text in ["small", "LARGE", "Small", "", "ü\n"] {
            let size: Size = serde_json::from_value(text.into()).unwrap();
            assert_eq!((size.as_str(), size.to_string().as_str()), (text, text));
            assert_eq!(
                matches!(size, Size::Unlisted(_)),
                text != "small" && text != "LARGE"
            );
            assert_eq!(serde_json::to_value(&size).unwrap(), text);
            assert_eq!(Size::from(text.to_owned()), size);
        }
    }

    #[test]
    fn other_json_types_are_faults() {
        for text in ["null", "1", "{}"] {
            assert!(serde_json::from_str::<Size>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_value_from_outside_says_so() {
        assert_eq!(format!("{:?}", Size::from("new")), r#"Unlisted("new")"#);
    }
}
