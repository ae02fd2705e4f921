//! Writing types as JSON without generic code per type.
//!
//! A value goes in and shows one [`View`] of itself, into which the one engine here looks; what
//! comes out is JSON text, or whatever a serde serializer makes of it. The engine is generic over
//! the serializer only, never over the type.

use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use std::fmt;

/// What a value shows of itself, for as long as it is being looked at.
pub enum View<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A whole number that may be above `i64::MAX`.
    Unsigned(u64),
    /// Any number; not a number and the infinities are errors, for JSON has none (RFC 8259,
    /// section 6).
    Float(f64),
    /// A text.
    Text(&'a str),
    /// A list.
    List(&'a [&'a dyn Encode]),
    /// An object.
    Object(&'a [Field<'a>]),
}

/// A member of an object that is shown.
pub struct Field<'a> {
    /// Its name on the wire.
    pub name: &'a str,
    /// Its value.
    pub value: &'a dyn Encode,
    /// Whether requests leave it out (`readOnly`; OpenAPI 3.0.3, section 4.7.24.2).
    pub read_only: bool,
}

/// Shows the JSON text.
impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Vec::new();
        write(self, Purpose::Keep, &mut serde_json::Serializer::new(&mut text))
            .map_err(|_| fmt::Error)?;
        f.write_str(&String::from_utf8_lossy(&text))
    }
}

/// A type that can be written as a JSON value.
pub trait Encode {
    /// Calls `show` once, with the view of this value.
    fn encode(&self, show: &mut dyn FnMut(View<'_>));

    /// Whether an object leaves this value out where it may: true for `None` alone.
    fn is_absent(&self) -> bool {
        false
    }
}

/// What a value is written for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The body of a request, without members that are only read.
    Send,
    /// Anything else, with all members.
    Keep,
}

/// The JSON text of a value that is sent: members that are only read are left out.
///
/// # Errors
/// Numbers that JSON can't write; the text says which.
pub fn to_json(value: &dyn Encode) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Shim(value, Purpose::Send))
}

fn look<S: Serializer>(
    value: &dyn Encode,
    purpose: Purpose,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut serializer = Some(serializer);
    let mut written = None;
    value.encode(&mut |view| {
        if let Some(serializer) = serializer.take() {
            written = Some(write(&view, purpose, serializer));
        }
    });
    written.unwrap_or_else(|| Err(S::Error::custom("the value showed nothing of itself")))
}

fn write<S: Serializer>(
    view: &View<'_>,
    purpose: Purpose,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match *view {
        View::Null => serializer.serialize_unit(),
        View::Boolean(value) => serializer.serialize_bool(value),
        View::Integer(value) => serializer.serialize_i64(value),
        View::Unsigned(value) => serializer.serialize_u64(value),
        View::Float(value) if value.is_finite() => serializer.serialize_f64(value),
        View::Float(value) => Err(S::Error::custom(format_args!("JSON has no number {value}"))),
        View::Text(text) => serializer.serialize_str(text),
        View::List(elements) => {
            let mut list = serializer.serialize_seq(Some(elements.len()))?;
            for element in elements {
                list.serialize_element(&Shim(*element, purpose))?;
            }
            list.end()
        }
        View::Object(members) => {
            let written = members
                .iter()
                .filter(|member| purpose == Purpose::Keep || !member.read_only);
            let mut object = serializer.serialize_map(Some(written.clone().count()))?;
            for member in written {
                object.serialize_entry(member.name, &Shim(member.value, purpose))?;
            }
            object.end()
        }
    }
}

/// Any value, as serde wants to see it.
pub(super) struct Shim<'a>(pub(super) &'a dyn Encode, pub(super) Purpose);

impl Serialize for Shim<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        look(self.0, self.1, serializer)
    }
}
