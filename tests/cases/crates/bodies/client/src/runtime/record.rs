//! Objects with members that the description names: a table per type, one engine for all.
//!
//! `record!` turns a struct's members and their names on the wire into a table
//! and a list of slots. Reading and writing then happens here, once, over `dyn`: generated code
//! per type stays a few lines, and a missing, a repeated or a null member is one rule in one place.
//! Whoever has the table can compare, hash and print as well, which costs a compiler less than to
//! derive it.

#[allow(unused_imports, reason = "few types have bounds")]
pub(crate) use super::bound::{Bound, bound};
#[allow(unused_imports, reason = "a struct with files in it derives what it needs")]
pub(crate) use super::compare::{equal, hash};
#[allow(unused_imports, reason = "a struct with files in it derives what it needs")]
pub(crate) use super::debug::print;
pub(crate) use super::decode::{Decode, Token};
use super::decode::{Names, Slot};
#[allow(unused_imports, reason = "a struct with files in it needs no serde")]
pub(crate) use super::deserialize::deserialize;
pub(crate) use super::encode::{Encode, View};
pub(crate) use super::fault::Fault;
#[allow(unused_imports, reason = "few APIs have members of every kind")]
pub(crate) use super::member::{
    Member,
    Member::{Optional as optional, ReadOnly as read_only, Required as required},
    optional_escaped, read_only_escaped, required_escaped,
};
use super::member::Presence;
use super::object::Object;
#[allow(unused_imports, reason = "a struct with files in it needs no serde")]
pub(crate) use super::serialize::serialize;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
pub(crate) use std::result::Result;

/// What holds the members of an object that its table doesn't have.
pub trait Additional {
    /// The place of a new member; `None` where there was one of its name.
    fn slot(&mut self, name: &str) -> Option<&mut dyn Slot>;
}

impl<T: Decode> Additional for BTreeMap<String, T> {
    fn slot(&mut self, name: &str) -> Option<&mut dyn Slot> {
        match self.entry(name.to_owned()) {
            Entry::Vacant(place) => Some(place.insert(T::blank())),
            Entry::Occupied(_) => None,
        }
    }
}

/// The value of a member before it is read.
pub fn blank<T: Decode>() -> T {
    T::blank()
}

/// Reads the members of an object into `slots`, which stand in the order of `table`, and all others
/// into `additional`; without that, they are skipped.
///
/// # Errors
/// When `token` is no object, a required member is missing, a member that is read is there twice,
/// or a value doesn't fit its slot.
pub fn read<'a>(
    token: Token<'_>,
    table: &'static [Member],
    slots: &'a mut [&'a mut dyn Slot],
    additional: Option<&'a mut dyn Additional>,
) -> Result<(), Fault> {
    let Token::Object(members) = token else {
        return Err(token.unexpected("an object"));
    };
    let mut record = Record {
        table,
        slots,
        additional,
        seen: Seen::default(),
        expected: 0,
        last: None,
        other: None,
        refused: None,
    };
    members.each(&mut record)?;
    let is_missing = |(index, member): &(usize, &Member)| {
        member.presence() == Presence::Required && !record.seen.has(*index)
    };
    match table.iter().enumerate().find(is_missing) {
        Some((_, member)) => {
            Err(Fault::new("the required member is missing").within_member(member.name()))
        }
        None => Ok(()),
    }
}

/// An object that is being read.
struct Record<'a> {
    table: &'static [Member],
    slots: &'a mut [&'a mut dyn Slot],
    additional: Option<&'a mut dyn Additional>,
    seen: Seen,
    /// The place after that of the last known member.
    expected: usize,
    /// The place of the last member, if the table has it.
    last: Option<usize>,
    /// The name of the last member that the table doesn't have, where such are read.
    other: Option<String>,
    /// Why the last member can't be there.
    refused: Option<Fault>,
}

impl Names for Record<'_> {
    fn slot(&mut self, name: &str) -> Option<&mut dyn Slot> {
        let twice = || Some(Fault::new("the member is there twice").within_member(name));
        let Some(index) = position(self.table, self.expected, name) else {
            self.last = None;
            let additional = self.additional.as_mut()?;
            self.other = Some(name.to_owned());
            let slot = additional.slot(name);
            if slot.is_none() {
                self.refused = twice();
            }
            return slot;
        };
        self.expected = index + 1;
        if !self.seen.insert(index) {
            self.refused = twice();
            return None;
        }
        self.last = Some(index);
        match self.slots.get_mut(index) {
            Some(slot) => Some(&mut **slot),
            None => None,
        }
    }

    fn refused(&mut self) -> Option<Fault> {
        self.refused.take()
    }

    fn last(&self) -> Option<&str> {
        match self.last {
            Some(index) => self.table.get(index).map(|member| member.name()),
            None => self.other.as_deref(),
        }
    }
}

/// Shows the members of an object in the order of `table`, and then those of `additional`; an
/// absent one that isn't required is left out, and so is an additional one that has the name of a
/// member of the table.
pub fn write(
    table: &'static [Member],
    values: &[&dyn Encode],
    additional: Option<&dyn Encode>,
    show: &mut dyn FnMut(View<'_>),
) {
    let known = Object::known(table, values);
    match additional {
        None => show(View::Object(&known)),
        Some(additional) => additional.encode(&mut |view| match view {
            View::Object(object) => show(View::Object(&known.and(object.others))),
            other => show(other),
        }),
    }
}

/// What shows an object with bounds of its own.
pub fn within<'s>(
    show: &'s mut (dyn FnMut(View<'_>) + 's),
    own: &'static [Bound],
) -> impl FnMut(View<'_>) + 's {
    move |view: View<'_>| match view {
        View::Object(object) => show(View::Object(&Object { own, ..*object })),
        other => show(other),
    }
}

/// What shows an object each of whose members that its table doesn't have must keep to `each`.
pub fn others<'s>(
    show: &'s mut (dyn FnMut(View<'_>) + 's),
    each: &'static [Bound],
) -> impl FnMut(View<'_>) + 's {
    move |view: View<'_>| match view {
        View::Object(object) => show(View::Object(&Object { each, ..*object })),
        other => show(other),
    }
}

/// The place of `name` in the table. Servers write members in one order, so the one after the last
/// is tried first.
fn position(table: &[Member], expected: usize, name: &str) -> Option<usize> {
    match table.get(expected) {
        Some(next) if next.name() == name => Some(expected),
        _ => table.iter().position(|member| member.name() == name),
    }
}

/// A set of small numbers; the first 64 cost no allocation.
#[derive(Default)]
struct Seen {
    first: u64,
    more: Vec<usize>,
}

impl Seen {
    fn has(&self, index: usize) -> bool {
        if index < 64 {
            self.first >> index & 1 == 1
        } else {
            self.more.contains(&index)
        }
    }

    /// Whether `index` is new.
    fn insert(&mut self, index: usize) -> bool {
        let new = !self.has(index);
        if index < 64 {
            self.first |= 1 << index;
        } else if new {
            self.more.push(index);
        }
        new
    }
}

/// Reads and writes a struct as a JSON object; compares it and prints it.
///
/// `record!(Session { id: required("id"), ended_at: optional("ended_at") });` names every field, says
/// whether the member must be there, and gives its name on the wire (`required_escaped("a\\"b")`, if
/// JSON can't write that as it is). The field of an `optional`
/// member is an `Option`, for which absent and null are both `None`, or a `Patch`, which tells them
/// apart; `required` and nullable is an `Option` too, and `None` is then written as null. A
/// `read_only` member is an `optional` one that is not sent.
///
/// `record!(Session { id: required("id"), ..additional });` has all other members in the field
/// `additional`, a map. What is checked before a struct is sent stands behind the names of its members
/// (`required("id", MinLength(1))`), behind that of the map (`..additional(MaxLength(5))`), or, of the
/// whole, behind its own (`Session within(MaxMembers(9))`).
///
/// `record!(Session: Eq + Hash { … });` is for a struct all of whose fields are both. `record!(sent
/// Picture { … });` only writes, for a struct with files in it, which are no JSON.
/// `record!(#[allow(deprecated)] Pet { … });` is for a struct that is deprecated, or
/// has a member that is.
macro_rules! record {
    (@additional) => { ::core::option::Option::None };
    (@additional $additional:expr) => { ::core::option::Option::Some($additional) };
    (@hash [] $($type:tt)+) => {};
    (@hash [Hash] $(#[$allow:meta])? $type:ident) => {
        $(#[$allow])?
        impl ::core::cmp::Eq for $type {}

        $(#[$allow])?
        impl ::core::hash::Hash for $type {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                record::hash(self, state);
            }
        }
    };
    ($(#[$allow:meta])? sent $type:ident $(within($($own:ident($($own_of:tt)+)),+))? {
        $($field:ident: $presence:ident($name:literal $(, $($bound:ident($($of:tt)+)),+)?)),*
        $(,)? $(..$additional:ident $(($($other:ident($($other_of:tt)+)),+))?)?
    }) => {
        $(#[$allow])?
        impl $type {
            const MEMBERS: &'static [record::Member] = &[
                $(record::$presence($name)$(.within(&[$(record::bound!(record $bound($($of)+))),+]))?),*
            ];
        }

        $(#[$allow])?
        impl record::Encode for $type {
            fn encode(&self, show: &mut dyn ::core::ops::FnMut(record::View<'_>)) {
                $(let show = &mut record::within(show, &[$(record::bound!(record $own($($own_of)+))),+]);)?
                $($(
                    let bounds = &[$(record::bound!(record $other($($other_of)+))),+];
                    let show = &mut record::others(show, bounds);
                )?)?
                record::write(
                    Self::MEMBERS,
                    &[$(&self.$field),*],
                    record!(@additional $(&self.$additional)?),
                    show,
                );
            }
        }
    };
    ($(#[$allow:meta])? $type:ident $(: Eq + $hash:ident)? $(within($($own:tt)+))? {
        $($field:ident: $presence:ident($name:literal $(, $($bounds:tt)+)?)),*
        $(,)? $(..$additional:ident $(($($others:tt)+))?)?
    }) => {
        record!($(#[$allow])? sent $type $(within($($own)+))? {
            $($field: $presence($name $(, $($bounds)+)?),)* $(..$additional $(($($others)+))?)?
        });

        $(#[$allow])?
        impl record::Decode for $type {
            fn blank() -> Self {
                Self {
                    $($field: record::blank(),)*
                    $($additional: record::blank(),)?
                }
            }

            fn read(
                &mut self,
                token: record::Token<'_>,
            ) -> record::Result<(), record::Fault> {
                record::read(
                    token,
                    Self::MEMBERS,
                    &mut [$(&mut self.$field),*],
                    record!(@additional $(&mut self.$additional)?),
                )
            }
        }

        $(#[$allow])?
        impl ::core::cmp::PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                record::equal(self, other)
            }
        }

        record!(@hash [$($hash)?] $(#[$allow])? $type);

        $(#[$allow])?
        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                record::print(::core::stringify!($type $($field)*), self, f)
            }
        }

        $(#[$allow])?
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> record::Result<Self, D::Error> {
                record::deserialize(deserializer)
            }
        }

        $(#[$allow])?
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> record::Result<S::Ok, S::Error> {
                record::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use record;

#[cfg(test)]
mod tests {
    use super::super::encode::to_json;
    use super::super::json::from_json;
    use super::super::record;
    use serde_json::{Value, json};
    use std::collections::BTreeMap;

    #[derive(Clone)]
    struct Thing {
        id: String,
        size: Option<i64>,
        name: Option<String>,
        parts: Option<Vec<Thing>>,
        next: Option<Box<Thing>>,
    }

    record!(Thing {
        id: required("id"),
        size: optional("size"),
        name: required("the name"),
        parts: optional("parts"),
        next: optional("next"),
    });

    fn read(text: &str) -> Result<Thing, record::Fault> {
        from_json(text.as_bytes())
    }

    fn thing(id: &str) -> Thing {
        Thing {
            id: id.into(),
            size: None,
            name: None,
            parts: None,
            next: None,
        }
    }

    #[test]
    fn members_are_read_in_any_order() {
        let text = r#"{"next": null, "unknown": [1e999, {}], "size": 3.0, "the name": "n",
            "parts": [{"id": "b", "the name": null}], "id": "a"}"#;
        let expected = Thing {
            size: Some(3),
            name: Some("n".into()),
            parts: Some(vec![thing("b")]),
            ..thing("a")
        };
        assert_eq!(read(text).unwrap(), expected);
    }

    #[test]
    fn faults_say_where_and_why() {
        for (text, path, message) in [
            ("[]", "", "expected an object, found a list"),
            (
                r#"{"$serde_json::private::Number":"1"}"#,
                "",
                "expected an object, found a whole number",
            ),
            (
                r#"{"id": "a", "unknown": x"#,
                "",
                "expected value",
            ),
            (
                r#"{"id": "a"}"#,
                "[\"the name\"]",
                "the required member is missing",
            ),
            (
                r#"{"id": null, "the name": null}"#,
                "id",
                "expected a string, found null",
            ),
            (
                r#"{"id": "a", "the name": null, "id": "a"}"#,
                "id",
                "the member is there twice",
            ),
            (
                r#"{"size": null, "size": 1}"#,
                "size",
                "the member is there twice",
            ),
            (
                r#"{"parts": [{"id": "b", "the name": "n"}, {"id": 7}]}"#,
                "parts[1].id",
                "expected a string, found a whole number",
            ),
            (
                r#"{"next": {"parts": [{}]}}"#,
                "next.parts[0].id",
                "the required member is missing",
            ),
            (
                r#"{"next": {"size": 1.5}}"#,
                "next.size",
                "expected a whole number of 64 bits, found a number",
            ),
            (
                r#"{"next": {"id": "x"#,
                "next.id",
                "EOF while parsing a string",
            ),
        ] {
            let fault = read(text).unwrap_err();
            assert_eq!(
                (fault.path().as_str(), fault.message()),
                (path, message),
                "{text}"
            );
            assert!(fault.position().0 == 1, "{fault}");
        }
    }

    #[test]
    fn absent_and_null_are_told_apart_where_they_must_be() {
        let value = serde_json::to_value(thing("a")).unwrap();
        assert_eq!(value, json!({"id": "a", "the name": null}));
    }

    #[test]
    fn serde_sees_an_ordinary_type() {
        let whole = Thing {
            next: Some(Box::new(thing("b"))),
            size: Some(-1),
            ..thing("a")
        };
        let text = serde_json::to_string(&whole).unwrap();
        assert_eq!(serde_json::from_str::<Thing>(&text).unwrap(), whole);
        let value: Value = serde_json::to_value(&whole).unwrap();
        assert_eq!(serde_json::from_value::<Thing>(value).unwrap(), whole);

        let error = serde_json::from_str::<Vec<Thing>>(r#"[{"next": {"id": 7}}]"#).unwrap_err();
        let message = "next.id: expected a string, found a whole number at line 1 column 18";
        assert_eq!(error.to_string(), message);
    }

    #[derive(Clone)]
    struct Odd {
        quoted: String,
        lines: Option<String>,
        path: Option<String>,
    }

    record!(Odd {
        quoted: required_escaped("a\"b"),
        lines: optional_escaped("a\n\u{1}", MinLength(1)),
        path: read_only_escaped("a\\b"),
    });

    #[test]
    fn names_that_json_escapes_are_written_so() {
        let text = r#"{"a\"b":"c","a\n\u0001":"d","a\\b":"e"}"#;
        let odd: Odd = from_json(text.as_bytes()).unwrap();
        assert_eq!(serde_json::to_string(&odd).unwrap(), text);
        let sent = to_json(&odd).unwrap();
        assert_eq!(sent, r#"{"a\"b":"c","a\n\u0001":"d"}"#.as_bytes());
    }

    #[derive(Clone)]
    struct Open {
        id: String,
        size: Option<i64>,
        others: BTreeMap<String, i64>,
    }

    record!(Open { id: required("id"), size: optional("size"), ..others });

    #[derive(Clone)]
    struct Rest {
        rest: BTreeMap<String, Value>,
    }

    record!(Rest { ..rest });

    #[test]
    fn members_that_the_table_does_not_have_are_kept() {
        let open: Open = from_json(br#"{"b": 2, "id": "x", "a": 1, "size": 3}"#).unwrap();
        let others = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
        let expected = Open {
            id: "x".into(),
            size: Some(3),
            others,
        };
        assert_eq!(open, expected);
        let text = serde_json::to_string(&open).unwrap();
        assert_eq!(text, r#"{"id":"x","size":3,"a":1,"b":2}"#);
        assert_eq!(to_json(&open).unwrap(), text.as_bytes());
        let text = r#"{"":[null,{"a":1}],"b":"c"}"#;
        let rest: Rest = from_json(text.as_bytes()).unwrap();
        assert_eq!(rest.rest.len(), 2);
        assert_eq!(serde_json::to_string(&rest).unwrap(), text);
    }

    #[test]
    fn faults_in_other_members_say_where() {
        for (text, path, message) in [
            (
                r#"{"id": "x", "b c": "2"}"#,
                "[\"b c\"]",
                "expected a whole number of 64 bits, found a string",
            ),
            (
                r#"{"a": 1, "id": "x", "a": 1}"#,
                "a",
                "the member is there twice",
            ),
            (r#"{"a": 1}"#, "id", "the required member is missing"),
        ] {
            let fault = from_json::<Open>(text.as_bytes()).unwrap_err();
            let found = (fault.path(), fault.message().to_owned());
            assert_eq!(found, (path.to_owned(), message.to_owned()), "{text}");
        }
    }

    #[test]
    fn other_members_never_write_a_known_name_again() {
        let open = Open {
            id: "x".into(),
            size: None,
            others: BTreeMap::from([("id".to_owned(), 1), ("size".to_owned(), 2)]),
        };
        assert_eq!(serde_json::to_string(&open).unwrap(), r#"{"id":"x"}"#);
    }

    #[test]
    fn places_beyond_64_are_told_apart_too() {
        let mut seen = super::Seen::default();
        for index in [0, 63, 64, 1000] {
            assert!(
                !seen.has(index) && seen.insert(index) && seen.has(index),
                "{index}"
            );
            assert!(!seen.insert(index), "{index}");
        }
        assert!(!seen.has(1) && !seen.has(65));
    }
}
