//! Lists of so many items, each of a type of its own, by their places.
//!
//! `tuple!` gives an emitted struct the places of its fields. A list with fewer items is a fault;
//! what a later version of the API puts behind them is skipped, as a member that nobody asks for is.

#[allow(unused_imports, reason = "few lists have bounds")]
pub(crate) use super::bound::{Bound, bound};
use super::decode::Slot;
pub(crate) use super::decode::{Decode, Token};
pub(crate) use super::deserialize::deserialize;
pub(crate) use super::encode::{Encode, View};
pub(crate) use super::fault::Fault;
pub(crate) use super::serialize::serialize;

/// Reads the items of a list into `slots`, in order.
///
/// # Errors
/// When `token` is no list, has fewer items than there are slots, or an item doesn't fit its slot.
pub fn read(token: Token<'_>, slots: &mut [&mut dyn Slot]) -> Result<(), Fault> {
    let Token::List(elements) = token else {
        return Err(token.unexpected("a list"));
    };
    let expected = slots.len();
    for (index, slot) in slots.iter_mut().enumerate() {
        if !elements.next(Some(&mut **slot))? {
            let items = if index == 1 { "item" } else { "items" };
            return Err(Fault::new(format!("expected {expected} items, found {index} {items}")));
        }
    }
    while elements.next(None)? {}
    Ok(())
}

/// Shows the items of a list, which must keep to `own`.
pub fn write(items: &[&dyn Encode], own: &'static [Bound], show: &mut dyn FnMut(View<'_>)) {
    show(View::List(items.len(), &|index| items.get(index).copied(), own));
}

/// Gives a struct without names of fields the places of its items: `tuple!(Position { 0, 1 });`.
///
/// `tuple!(Position within(At(0, Maximum(180.0))) { 0, 1 });` says what is checked before it is sent.
/// `tuple!(#[allow(deprecated)] Position { … });` is for one that is deprecated.
macro_rules! tuple {
    ($(#[$allow:meta])? $type:ident $(within($($own:ident($($of:tt)+)),+))? { $($index:tt),* $(,)? }) => {
        $(#[$allow])?
        impl tuple::Decode for $type {
            fn blank() -> Self {
                Self { $($index: tuple::Decode::blank()),* }
            }

            fn read(
                &mut self,
                token: tuple::Token<'_>,
            ) -> ::core::result::Result<(), tuple::Fault> {
                tuple::read(token, &mut [$(&mut self.$index),*])
            }
        }

        $(#[$allow])?
        impl tuple::Encode for $type {
            fn encode(&self, show: &mut dyn ::core::ops::FnMut(tuple::View<'_>)) {
                tuple::write(
                    &[$(&self.$index),*],
                    &[$($(tuple::bound!(tuple $own($($of)+))),+)?],
                    show,
                );
            }
        }

        $(#[$allow])?
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                tuple::deserialize(deserializer)
            }
        }

        $(#[$allow])?
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                tuple::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use tuple;

#[cfg(test)]
mod tests {
    use super::super::encode::to_json;
    use super::super::json::from_json;
    use super::super::tuple;

    #[derive(Clone, Debug, PartialEq)]
    struct Position(f64, Option<String>, Vec<i64>);

    tuple!(Position { 0, 1, 2 });

    fn said(text: &str) -> (String, String) {
        let fault = from_json::<Position>(text.as_bytes()).unwrap_err();
        (fault.path(), fault.message().to_owned())
    }

    #[test]
    fn items_go_to_their_places_and_back() {
        for (text, position) in [
            ("[1.5,\"a\",[1,2]]", Position(1.5, Some("a".into()), vec![1, 2])),
            ("[0,null,[]]", Position(0.0, None, vec![])),
        ] {
            assert_eq!(from_json::<Position>(text.as_bytes()).unwrap(), position);
            assert_eq!(to_json(&position).unwrap(), text.as_bytes());
            assert_eq!(serde_json::from_str::<Position>(text).unwrap(), position);
            assert_eq!(serde_json::to_string(&position).unwrap(), text);
        }
    }

    #[test]
    fn more_items_are_skipped_and_fewer_are_a_fault() {
        let long = b"[1, null, [2], [3, {\"a\": [4]}], {\"b\": 5, \"b\": null}, \"c\"]";
        assert_eq!(from_json::<Position>(long).unwrap(), Position(1.0, None, vec![2]));
        let fewer = |found: &str| (String::new(), format!("expected 3 items, found {found}"));
        assert_eq!(said("[]"), fewer("0 items"));
        assert_eq!(said("[1]"), fewer("1 item"));
        assert_eq!(said("[1, null]"), fewer("2 items"));
    }

    #[test]
    fn what_does_not_fit_is_named_by_its_place() {
        assert_eq!(said("{}"), (String::new(), "expected a list, found an object".into()));
        assert_eq!(said("[\"x\"]"), ("[0]".into(), "expected a number, found a string".into()));
        assert_eq!(said("[1, 2]").0, "[1]");
        assert_eq!(said("[1, null, [2, null]]").0, "[2][1]");
        assert!(!said("[1, null, [], {\"a\"}]").1.is_empty());
    }
}
