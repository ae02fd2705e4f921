//! Objects with members that the description names: a table per type, one engine for all.
//!
//! `record!` turns a struct's members and their names on the wire into a table
//! and a list of slots. Reading and writing then happens here, once, over `dyn`: generated code
//! per type stays a few lines, and a missing, a repeated or a null member is one rule in one place.

use super::decode::Slot;
pub(crate) use super::decode::{Decode, Token};
pub(crate) use super::deserialize::deserialize;
use super::encode::Field;
pub(crate) use super::encode::{Encode, View};
pub(crate) use super::fault::Fault;
pub(crate) use super::serialize::serialize;

/// One member of an object.
pub struct Member {
    /// Its name on the wire.
    pub name: &'static str,
    /// Whether it must be there.
    pub presence: Presence,
}

/// Whether a member must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// An object without it is a fault (JSON Schema 2020-12 validation, section 6.5.3).
    Required,
    /// It may be absent.
    Optional,
    /// It may be absent, and is so in every request (OpenAPI 3.0.3, section 4.7.24.2).
    ReadOnly,
}

/// Reads the members of an object into `slots`, which stand in the order of `table`.
///
/// # Errors
/// When `token` is no object, a required member is missing, a member of the table is there twice,
/// or a value doesn't fit its slot. Members that the table doesn't have are skipped.
pub fn read(token: Token<'_>, table: &[Member], slots: &mut [&mut dyn Slot]) -> Result<(), Fault> {
    let Token::Object(members) = token else {
        return Err(token.unexpected("an object"));
    };
    let mut seen = Seen::default();
    let mut found = None;
    let mut expected = 0;
    while members.name(&mut |name| found = position(table, expected, name))? {
        let Some((index, name)) = found else {
            members.value(None)?;
            continue;
        };
        expected = index + 1;
        if !seen.insert(index) {
            return Err(Fault::new("the member is there twice").within_member(name));
        }
        match slots.get_mut(index) {
            Some(slot) => members.value(Some(&mut **slot)),
            None => members.value(None),
        }
        .map_err(|fault| fault.within_member(name))?;
    }
    match table
        .iter()
        .enumerate()
        .find(|(index, member)| member.presence == Presence::Required && !seen.has(*index))
    {
        Some((_, member)) => {
            Err(Fault::new("the required member is missing").within_member(member.name))
        }
        None => Ok(()),
    }
}

/// Shows the members of an object in the order of `table`; an absent one that isn't required is
/// left out.
pub fn write(table: &[Member], values: &[&dyn Encode], show: &mut dyn FnMut(View<'_>)) {
    show(View::Object(table.len(), &|index| {
        let (member, value) = (table.get(index)?, values.get(index)?);
        let is_there = member.presence == Presence::Required || !value.is_absent();
        is_there.then_some(Field {
            name: member.name,
            value: *value,
            read_only: member.presence == Presence::ReadOnly,
        })
    }));
}

/// The place of `name` in the table. Servers write members in one order, so the one after the last
/// is tried first.
fn position(table: &[Member], expected: usize, name: &str) -> Option<(usize, &'static str)> {
    let is_next = table
        .get(expected)
        .is_some_and(|member| member.name == name);
    let index = if is_next {
        expected
    } else {
        table.iter().position(|member| member.name == name)?
    };
    table.get(index).map(|member| (index, member.name))
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

/// Reads and writes a struct as a JSON object.
///
/// `record!(Session { id: required("id"), ended_at: optional("ended_at") });` names every field, says
/// whether the member must be there, and gives its name on the wire. The field of an `optional`
/// member is an `Option`, for which absent and null are both `None`, or a `Patch`, which tells them
/// apart; `required` and nullable is an `Option` too, and `None` is then written as null. A
/// `read_only` member is an `optional` one that is not sent.
///
/// `record!(sent Picture { … });` only writes, for a struct with files in it, which are no JSON.
macro_rules! record {
    (@required) => { record::Presence::Required };
    (@optional) => { record::Presence::Optional };
    (@read_only) => { record::Presence::ReadOnly };
    (sent $type:ident { $($field:ident: $presence:ident($name:literal)),* $(,)? }) => {
        #[allow(deprecated)]
        impl $type {
            const MEMBERS: &'static [record::Member] = &[$(record::Member {
                name: $name,
                presence: record!(@$presence),
            }),*];
        }

        #[allow(deprecated)]
        impl record::Encode for $type {
            fn encode(&self, show: &mut dyn ::core::ops::FnMut(record::View<'_>)) {
                record::write(Self::MEMBERS, &[$(&self.$field),*], show);
            }
        }
    };
    ($type:ident { $($field:ident: $presence:ident($name:literal)),* $(,)? }) => {
        record!(sent $type { $($field: $presence($name)),* });

        #[allow(deprecated)]
        impl record::Decode for $type {
            fn blank() -> Self {
                Self { $($field: record::Decode::blank()),* }
            }

            fn read(
                &mut self,
                token: record::Token<'_>,
            ) -> ::core::result::Result<(), record::Fault> {
                record::read(token, Self::MEMBERS, &mut [$(&mut self.$field),*])
            }
        }

        #[allow(deprecated)]
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                record::deserialize(deserializer)
            }
        }

        #[allow(deprecated)]
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                record::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use record;

#[cfg(test)]
mod tests {
    use super::super::decode::from_json;
    use super::super::record;
    use serde_json::{Value, json};

    #[derive(Clone, Debug, PartialEq)]
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
