//! Unions whose branches differ in their JSON type: a string or a number, a list or an object.
//!
//! `union_by_type!` reads the branch that the JSON type picks; a value of a
//! type that no branch has is kept as it came, in `Unlisted`.

pub(crate) use super::decode::{Decode, Token};
pub(crate) use super::deserialize::deserialize;
pub(crate) use super::encode::{Encode, View};
pub(crate) use super::fault::Fault;
pub(crate) use super::serialize::serialize;

/// Reads and writes an enum by JSON type:
/// `union_by_type!(Metadata { string: String, integer: Count, number: Number });`.
///
/// Kinds are `string`, `number`, `integer`, `boolean`, `list` and `object`; the first that fits is
/// taken, so `integer` stands before `number`. The enum has one more variant, `Unlisted(Value)`.
macro_rules! union_by_type {
    (@fits $token:ident string) => { matches!($token, union_by_type::Token::Text(_)) };
    (@fits $token:ident boolean) => { matches!($token, union_by_type::Token::Boolean(_)) };
    (@fits $token:ident list) => { matches!($token, union_by_type::Token::List(_)) };
    (@fits $token:ident object) => { matches!($token, union_by_type::Token::Object(_)) };
    (@fits $token:ident integer) => {
        // `3.0` is a whole number; beyond 2^53 a float no longer says which one it is.
        match $token {
            union_by_type::Token::Integer(_) => true,
            union_by_type::Token::Float(value) => {
                value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0
            }
            _ => false,
        }
    };
    (@fits $token:ident number) => {
        matches!(
            $token,
            union_by_type::Token::Integer(_)
                | union_by_type::Token::Unsigned(_)
                | union_by_type::Token::Float(_)
        )
    };
    ($type:ident { $($kind:ident: $variant:ident),* $(,)? }) => {
        #[allow(deprecated)]
        impl union_by_type::Decode for $type {
            fn blank() -> Self {
                Self::Unlisted(::core::default::Default::default())
            }

            fn read(
                &mut self,
                token: union_by_type::Token<'_>,
            ) -> ::core::result::Result<(), union_by_type::Fault> {
                $(
                    if union_by_type!(@fits token $kind) {
                        *self = Self::$variant(union_by_type::Decode::decode(token)?);
                        return ::core::result::Result::Ok(());
                    }
                )*
                *self = Self::Unlisted(union_by_type::Decode::decode(token)?);
                ::core::result::Result::Ok(())
            }
        }

        #[allow(deprecated)]
        impl union_by_type::Encode for $type {
            fn encode(&self, show: &mut dyn ::core::ops::FnMut(union_by_type::View<'_>)) {
                match self {
                    $(Self::$variant(value) => union_by_type::Encode::encode(value, show),)*
                    Self::Unlisted(value) => union_by_type::Encode::encode(value, show),
                }
            }
        }

        #[allow(deprecated)]
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                union_by_type::deserialize(deserializer)
            }
        }

        #[allow(deprecated)]
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                union_by_type::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use union_by_type;

#[cfg(test)]
mod tests {
    use super::super::union_by_type;
    use serde_json::{Value, json};

    #[derive(Clone, Debug, PartialEq)]
    enum Data {
        Text(String),
        Whole(i64),
        Number(f64),
        List(Vec<String>),
        Unlisted(Value),
    }

    union_by_type!(Data {
        string: Text,
        integer: Whole,
        number: Number,
        list: List
    });

    #[test]
    fn the_json_type_picks_the_branch() {
        for (value, data) in [
            (json!("a"), Data::Text("a".into())),
            (json!(7), Data::Whole(7)),
            (json!(7.5), Data::Number(7.5)),
            (json!(1e300), Data::Number(1e300)),
            (json!(["a"]), Data::List(vec!["a".into()])),
            (json!(true), Data::Unlisted(json!(true))),
            (json!({"a": [null]}), Data::Unlisted(json!({"a": [null]}))),
        ] {
            assert_eq!(serde_json::from_value::<Data>(value.clone()).unwrap(), data);
            assert_eq!(serde_json::to_value(&data).unwrap(), value);
        }
    }

    #[test]
    fn a_whole_number_is_one_in_every_spelling() {
        assert_eq!(serde_json::from_str::<Data>("3.0").unwrap(), Data::Whole(3));
        let large = serde_json::from_str::<Data>("18446744073709551615").unwrap();
        assert_eq!(large, Data::Number(18_446_744_073_709_551_615.0));
    }

    #[test]
    fn a_branch_is_read_by_its_own_rules() {
        let error = serde_json::from_str::<Data>(r#"["a", 7]"#).unwrap_err();
        assert!(
            error.to_string().starts_with("[1]: expected a string"),
            "{error}"
        );
    }
}
