//! Enums of whole numbers that a server may add to: one that the description doesn't list is kept,
//! not refused.
//!
//! `open_integer!` gives an emitted enum its numbers. A value that a later version of the API brings
//! decodes as `Unlisted`, prints as it came and is sent back as it came.

pub(crate) use super::decode::{Decode, Token};
pub(crate) use super::deserialize::deserialize;
pub(crate) use super::encode::{Encode, View};
pub(crate) use super::fault::Fault;
pub(crate) use super::serialize::serialize;
use std::fmt;

/// A whole number of an enum that the description doesn't list.
///
/// Only a conversion from a number makes one, so that a listed value is never hidden in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct UnlistedInteger {
    number: i64,
}

impl UnlistedInteger {
    pub(crate) fn new(number: i64) -> Self {
        Self { number }
    }

    /// The number as it came.
    #[must_use]
    pub fn get(self) -> i64 {
        self.number
    }
}

impl fmt::Debug for UnlistedInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.number, f)
    }
}

/// Gives an enum its numbers: `open_integer!(Level { N1: 1, N2: 2 });`.
///
/// The enum has one more variant, `Unlisted(UnlistedInteger)`.
/// `open_integer!(#[allow(deprecated)] Level { … });` is for one that is deprecated.
macro_rules! open_integer {
    ($(#[$allow:meta])? $type:ident { $($variant:ident: $number:literal),* $(,)? }) => {
        $(#[$allow])?
        impl $type {
            /// The number of the value on the wire.
            #[must_use]
            pub fn get(self) -> i64 {
                match self {
                    $(Self::$variant => $number,)*
                    Self::Unlisted(number) => number.get(),
                }
            }
        }

        $(#[$allow])?
        impl ::core::convert::From<i64> for $type {
            fn from(number: i64) -> Self {
                match number {
                    $($number => Self::$variant,)*
                    _ => Self::Unlisted(open_integer::UnlistedInteger::new(number)),
                }
            }
        }

        $(#[$allow])?
        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.get(), f)
            }
        }

        $(#[$allow])?
        impl open_integer::Decode for $type {
            fn blank() -> Self {
                Self::Unlisted(open_integer::UnlistedInteger::new(0))
            }

            fn read(
                &mut self,
                token: open_integer::Token<'_>,
            ) -> ::core::result::Result<(), open_integer::Fault> {
                *self = Self::from(<i64 as open_integer::Decode>::decode(token)?);
                ::core::result::Result::Ok(())
            }
        }

        $(#[$allow])?
        impl open_integer::Encode for $type {
            fn encode(&self, show: &mut dyn ::core::ops::FnMut(open_integer::View<'_>)) {
                show(open_integer::View::Integer(self.get()));
            }
        }

        $(#[$allow])?
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                open_integer::deserialize(deserializer)
            }
        }

        $(#[$allow])?
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                open_integer::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use open_integer;

#[cfg(test)]
mod tests {
    use super::super::open_integer;

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Level {
        Low,
        High,
        Unlisted(open_integer::UnlistedInteger),
    }

    open_integer!(Level { Low: -1, High: 2 });

    #[test]
    fn values_keep_their_number_both_ways() {
        for number in [-1, 2, 0, i64::MIN, i64::MAX] {
            let level: Level = serde_json::from_value(number.into()).unwrap();
            assert_eq!(
                (level.get(), level.to_string()),
                (number, number.to_string())
            );
            assert_eq!(
                matches!(level, Level::Unlisted(_)),
                number != -1 && number != 2
            );
            assert_eq!(serde_json::to_value(level).unwrap(), number);
            assert_eq!(Level::from(number), level);
        }
        assert_eq!(serde_json::from_str::<Level>("2.0").unwrap(), Level::High);
        assert_eq!(Level::from(-1), Level::Low);
    }

    #[test]
    fn other_json_values_are_faults() {
        for text in ["null", "\"1\"", "{}", "1.5"] {
            assert!(serde_json::from_str::<Level>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_value_from_outside_says_so() {
        assert_eq!(format!("{:?}", Level::from(7)), "Unlisted(7)");
    }
}
