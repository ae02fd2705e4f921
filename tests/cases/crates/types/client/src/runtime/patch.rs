//! Members that may be absent and may be null, where the two say different things: in a request
//! that changes something, an absent member stays as it is, and null takes its value away (RFC 7396,
//! section 1).

use super::decode::{Decode, Token};
use super::encode::{Encode, View};
use super::fault::Fault;

/// What becomes of a member that may be left out and may be null.
///
/// A value or an `Option` becomes one by `into()`; `None` is null. To leave a member out, don't set
/// it. Types that answers hold too say which of the three the server sent; where only the value
/// matters, [`as_option`](Self::as_option) gives it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// The member is not there.
    #[default]
    Absent,
    /// The member is null.
    Null,
    /// The member has this value.
    Value(T),
}

impl<T> Patch<T> {
    /// The value, if there is one.
    #[must_use]
    pub fn as_option(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one.
    #[must_use]
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether the member is not there.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the member is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T: Decode> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` is null.
impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T: Decode> From<T> for Patch<Box<T>> {
    fn from(value: T) -> Self {
        Self::Value(Box::new(value))
    }
}

/// `None` is null.
impl<T: Decode> From<Option<T>> for Patch<Box<T>> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, |value| Self::Value(Box::new(value)))
    }
}

/// A text, or what a text converts into.
impl<'a, T: Decode + From<&'a str>> From<&'a str> for Patch<T> {
    fn from(text: &'a str) -> Self {
        Self::Value(text.into())
    }
}

impl<T: Decode> Decode for Patch<T> {
    fn blank() -> Self {
        Self::Absent
    }

    fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
        *self = match token {
            Token::Null => Self::Null,
            other => Self::Value(T::decode(other)?),
        };
        Ok(())
    }
}

impl<T: Encode> Encode for Patch<T> {
    fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
        match self {
            Self::Value(value) => value.encode(show),
            Self::Absent | Self::Null => show(View::Null),
        }
    }

    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

#[cfg(test)]
mod tests {
    use super::super::record;
    use super::Patch;
    use serde_json::{Value, json};

    #[derive(Clone)]
    struct Change {
        name: Patch<String>,
        size: Patch<i64>,
    }

    record!(Change {
        name: optional("name"),
        size: optional("size"),
    });

    #[test]
    fn the_three_are_told_apart_both_ways() {
        for (value, name, size) in [
            (json!({}), Patch::Absent, Patch::Absent),
            (json!({"name": null, "size": 1}), None.into(), 1.into()),
            (json!({"name": "a", "size": null}), "a".into(), Patch::Null),
        ] {
            let change = Change { name, size };
            assert_eq!(serde_json::to_value(&change).unwrap(), value);
            assert_eq!(serde_json::from_value::<Change>(value).unwrap(), change);
        }
    }

    #[test]
    fn a_value_is_had_from_what_has_one() {
        assert_eq!(Patch::from(Some(1)).into_option(), Some(1));
        assert_eq!(Patch::<i64>::Null.as_option(), None);
        assert_eq!(Patch::<Value>::from("a").into_option(), Some(json!("a")));
        for boxed in [Patch::<Box<i64>>::from(1), Some(1).into(), Box::new(1).into(), Some(Box::new(1)).into()] {
            assert_eq!(boxed.into_option().as_deref(), Some(&1));
        }
        assert!(Patch::<Box<i64>>::from(None::<i64>).is_null());
        assert!(Patch::<i64>::from(None).is_null() && Patch::<i64>::default().is_absent());
    }
}
