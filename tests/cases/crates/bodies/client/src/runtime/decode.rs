//! Reading JSON into types without generic code per type.
//!
//! A parser (any serde deserializer) goes in, a value comes out, or a [`Fault`] that says where it
//! went wrong. The one visitor here is generic over the parser only: a type says in
//! [`Decode::read`] what it makes of a null, a text or an object, and is driven through
//! [`Slot`], so that a thousand types share one engine. The path to a fault costs nothing until
//! there is one: each level adds its own segment while the fault passes through it.
//!
//! Strictness is that of JSON (RFC 8259): trailing bytes, a byte order mark, lone surrogates,
//! numbers beyond `f64` and more than 128 levels are faults. Members that nobody asks for are
//! skipped; of texts in them the escapes aren't looked at.

use super::fault::{Fault, Segment};
use super::number;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// One JSON value as the parser found it; lists and objects are read on demand.
pub enum Token<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A whole number that fits an `i64`.
    Integer(i64),
    /// A whole number above `i64::MAX`.
    Unsigned(u64),
    /// A number with a fraction or an exponent, or a whole one beyond 64 bits.
    Float(f64),
    /// A text, its escapes resolved.
    Text(&'a str),
    /// A list, its elements still to be read.
    List(&'a mut dyn Elements),
    /// An object, its members still to be read.
    Object(&'a mut dyn Members),
}

impl Token<'_> {
    /// What this is, in the words of an error message.
    fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "a boolean",
            Self::Integer(_) | Self::Unsigned(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }

    /// The fault that this isn't what was expected; `expected` reads like "a string".
    #[must_use]
    pub fn unexpected(&self, expected: &'static str) -> Fault {
        Fault::new(format!("expected {expected}, found {}", self.kind()))
    }
}

/// Shows the kind alone: lists and objects can be read only once, and values are not ours to print.
impl fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({})", self.kind())
    }
}

/// A type that a JSON value can be read into.
///
/// Values are read in place: an object's members into the members of a blank struct, where a
/// `&mut dyn Slot` for each is all that the engine needs to know. That takes a compiler much less
/// time than a variable for each member, and a computer no more.
pub trait Decode {
    /// A value to read into. Nobody sees it: what isn't read over it is no answer.
    fn blank() -> Self
    where
        Self: Sized;

    /// Reads the value that `token` stands for over this one, which is worth nothing after a fault.
    ///
    /// # Errors
    /// When `token` is of a JSON type, or has a content, that this type can't hold.
    fn read(&mut self, token: Token<'_>) -> Result<(), Fault>;

    /// The value that `token` stands for.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    fn decode(token: Token<'_>) -> Result<Self, Fault>
    where
        Self: Sized,
    {
        let mut value = Self::blank();
        value.read(token)?;
        Ok(value)
    }
}

/// A place that a value is read into, with the type of the value forgotten.
pub trait Slot {
    /// Reads `token` and keeps the value.
    ///
    /// # Errors
    /// As [`Decode::read`].
    fn put(&mut self, token: Token<'_>) -> Result<(), Fault>;
}

impl<T: Decode> Slot for T {
    fn put(&mut self, token: Token<'_>) -> Result<(), Fault> {
        self.read(token)
    }
}

/// The elements of a list, in order.
pub trait Elements {
    /// Reads the next element into `slot`, or skips it; `false` when there is none.
    ///
    /// # Errors
    /// When the element isn't JSON, or not what the slot takes.
    fn next(&mut self, slot: Option<&mut dyn Slot>) -> Result<bool, Fault>;
}

/// The members of an object, in the order of the text.
pub trait Members {
    /// Shows the name of the next member to `see`; `false` when there is none.
    ///
    /// # Errors
    /// When there is no name where one must be.
    fn name(&mut self, see: &mut dyn FnMut(&str)) -> Result<bool, Fault>;

    /// Reads the value of the member that was named last into `slot`, or skips it. A fault comes
    /// back without that member's segment, which the caller knows.
    ///
    /// # Errors
    /// When the value isn't JSON, or not what the slot takes.
    fn value(&mut self, slot: Option<&mut dyn Slot>) -> Result<(), Fault>;

    /// Reads all members, each into the slot that `names` has for it.
    ///
    /// # Errors
    /// As [`name`](Self::name) and [`value`](Self::value), and what `names` says; a fault in a value
    /// has the segment of its member.
    fn each(&mut self, names: &mut dyn Names) -> Result<(), Fault> {
        let mut name = String::new();
        while self.name(&mut |text| text.clone_into(&mut name))? {
            match names.slot(&name)? {
                Some(slot) => self.value(Some(slot)).map_err(|fault| fault.within_member(&name))?,
                None => self.value(None)?,
            }
        }
        Ok(())
    }
}

/// Where the members of an object go, by their names.
pub trait Names {
    /// The slot of a member; `None` for one that is skipped.
    ///
    /// # Errors
    /// When the member can't be there.
    fn slot(&mut self, name: &str) -> Result<Option<&mut dyn Slot>, Fault>;

    /// The name that was asked for last, unless it had no slot.
    fn last(&self) -> Option<&str>;
}

/// Reads one value out of a whole JSON text.
///
/// # Errors
/// When `text` isn't exactly one JSON value (RFC 8259, section 2), or `T` can't hold it.
pub fn from_json<T: Decode>(text: &[u8]) -> Result<T, Fault> {
    let mut value = T::blank();
    read_json(text, &mut value)?;
    Ok(value)
}

/// JSON is UTF-8 (RFC 8259, section 8.1). To look at all of it first takes less time than to look at
/// each text in it; where it isn't, what stands before is read for the place.
fn read_json(text: &[u8], slot: &mut dyn Slot) -> Result<(), Fault> {
    let (text, is_whole) = match std::str::from_utf8(text) {
        Ok(text) => (text, true),
        Err(error) => {
            let before = text.get(..error.valid_up_to()).unwrap_or_default();
            (std::str::from_utf8(before).unwrap_or_default(), false)
        }
    };
    let mut parser = serde_json::Deserializer::from_str(text);
    let mut fault = None;
    let read = Seed {
        slot,
        fault: &mut fault,
    }
    .deserialize(&mut parser)
    .and_then(|()| parser.end());
    match read {
        Ok(()) if is_whole => Ok(()),
        Ok(()) => Err(Fault::new(NOT_UTF_8)),
        Err(error) => {
            let fault = fault.unwrap_or_else(|| Fault::new(error.to_string()));
            let fault = match error.is_eof() && !is_whole {
                true => fault.because(NOT_UTF_8),
                false => fault,
            };
            Err(fault.at(error.line(), error.column()))
        }
    }
}

const NOT_UTF_8: &str = "the text isn't UTF-8";

/// Reads one value into a slot. The parser's error type can't carry a [`Fault`], so that travels
/// beside it, in `fault`.
pub(super) struct Seed<'s> {
    pub(super) slot: &'s mut dyn Slot,
    pub(super) fault: &'s mut Option<Fault>,
}

impl Seed<'_> {
    fn put<E: de::Error>(self, token: Token<'_>) -> Result<(), E> {
        self.slot.put(token).map_err(|fault| {
            let error = E::custom(fault.message());
            *self.fault = Some(fault);
            error
        })
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.put(Token::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.put(Token::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.put(Token::Boolean(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.put(Token::Integer(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        self.put(i64::try_from(value).map_or(Token::Unsigned(value), Token::Integer))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        self.put(Token::Float(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<(), E> {
        self.put(Token::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut list = List {
            access,
            index: 0,
            fault: self.fault,
            error: None,
        };
        let read = self.slot.put(Token::List(&mut list));
        settle(read, list.fault, list.error)
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut object = Object {
            access,
            fault: self.fault,
            error: None,
            is_fresh: true,
            number: None,
        };
        let read = self.slot.put(Token::Object(&mut object));
        if read.is_err() && object.is_fresh && number::come_as_objects() {
            // Who wants a number doesn't look into an object; if this is one, `number` has it now.
            let _ = object.name(&mut |_| ());
        }
        match object.number {
            Some(digits) => {
                let seed = Seed {
                    slot: self.slot,
                    fault: object.fault,
                };
                seed.put(number::token(&digits).map_err(de::Error::custom)?)
            }
            None => settle(read, object.fault, object.error),
        }
    }
}

/// Hands a fault up beside the parser's own error, or beside a new one where the parser has none.
fn settle<E: de::Error>(
    read: Result<(), Fault>,
    up: &mut Option<Fault>,
    error: Option<E>,
) -> Result<(), E> {
    read.map_err(|fault| {
        let error = error.unwrap_or_else(|| E::custom(fault.message()));
        *up = Some(fault);
        error
    })
}

struct List<'s, A, E> {
    access: A,
    index: usize,
    fault: &'s mut Option<Fault>,
    /// The parser's own error, kept for its place in the text.
    error: Option<E>,
}

impl<'de, A: SeqAccess<'de>> Elements for List<'_, A, A::Error> {
    fn next(&mut self, slot: Option<&mut dyn Slot>) -> Result<bool, Fault> {
        let index = self.index;
        self.index += 1;
        let read = match slot {
            Some(slot) => self.access.next_element_seed(Seed {
                slot,
                fault: self.fault,
            }),
            None => self.access.next_element::<IgnoredAny>().map(|read| read.map(|_| ())),
        };
        match read {
            Ok(read) => Ok(read.is_some()),
            Err(error) => {
                let fault = pass(self.fault, &mut self.error, error);
                Err(fault.within(Segment::Element(index)))
            }
        }
    }
}

struct Object<'s, A, E> {
    access: A,
    fault: &'s mut Option<Fault>,
    /// The parser's own error, kept for its place in the text.
    error: Option<E>,
    /// Whether no name was read yet.
    is_fresh: bool,
    /// The number that the object turns out to be.
    number: Option<String>,
}

impl<'de, A: MapAccess<'de>> Members for Object<'_, A, A::Error> {
    fn name(&mut self, see: &mut dyn FnMut(&str)) -> Result<bool, Fault> {
        let is_first = std::mem::take(&mut self.is_fresh);
        let mut is_number = false;
        let name = self.access.next_key_seed(Name(&mut |name| {
            is_number = is_first && name == number::NAME;
            see(name);
        }));
        match name {
            Ok(_) if is_number => Err(self.read_number()),
            Ok(read) => Ok(read.is_some()),
            Err(error) => Err(pass(self.fault, &mut self.error, error)),
        }
    }

    fn value(&mut self, slot: Option<&mut dyn Slot>) -> Result<(), Fault> {
        let read = match slot {
            Some(slot) => self.access.next_value_seed(Seed {
                slot,
                fault: self.fault,
            }),
            None => self.access.next_value::<IgnoredAny>().map(|_| ()),
        };
        read.map_err(|error| pass(self.fault, &mut self.error, error))
    }

    fn each(&mut self, names: &mut dyn Names) -> Result<(), Fault> {
        loop {
            let is_first = std::mem::take(&mut self.is_fresh);
            let place = match self.access.next_key_seed(Place(&mut *names, is_first)) {
                Ok(Some(place)) => place,
                Ok(None) => return Ok(()),
                Err(error) => return Err(pass(self.fault, &mut self.error, error)),
            };
            let read = match place {
                Placed::At(Some(slot)) => self.access.next_value_seed(Seed {
                    slot,
                    fault: self.fault,
                }),
                Placed::At(None) => self.access.next_value::<IgnoredAny>().map(|_| ()),
                Placed::Nowhere(fault) => return Err(fault),
                Placed::Number => return Err(self.read_number()),
            };
            if let Err(error) = read {
                let fault = pass(self.fault, &mut self.error, error);
                return Err(match names.last() {
                    Some(name) => fault.within_member(name),
                    None => fault,
                });
            }
        }
    }
}

impl<'de, A: MapAccess<'de>> Object<'_, A, A::Error> {
    /// Keeps the digits of the number that the object turns out to be.
    fn read_number(&mut self) -> Fault {
        match self.access.next_value() {
            Ok(number) => {
                self.number = Some(number);
                // Ends the reading of an object; nobody sees it.
                Fault::new("the object is a number")
            }
            Err(error) => pass(self.fault, &mut self.error, error),
        }
    }
}

/// Turns the parser's error into the fault behind it, and keeps the error for [`settle`].
fn pass<E: de::Error>(inner: &mut Option<Fault>, kept: &mut Option<E>, error: E) -> Fault {
    let fault = inner
        .take()
        .unwrap_or_else(|| Fault::new(error.to_string()));
    *kept = Some(error);
    fault
}

/// Reads the name of a member without keeping it.
struct Name<'s>(&'s mut dyn FnMut(&str));

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<(), E> {
        (self.0)(name);
        Ok(())
    }
}

/// Reads the name of a member, the first one or not, and finds where its value goes.
struct Place<'n>(&'n mut dyn Names, bool);

/// Where the value of a member goes.
enum Placed<'n> {
    At(Option<&'n mut dyn Slot>),
    /// It can't be there.
    Nowhere(Fault),
    /// It is a number's digits, and the object is no object.
    Number,
}

impl<'de, 'n> DeserializeSeed<'de> for Place<'n> {
    type Value = Placed<'n>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Placed<'n>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'n> Visitor<'_> for Place<'n> {
    type Value = Placed<'n>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Placed<'n>, E> {
        let Self(names, is_first) = self;
        if is_first && name == number::NAME {
            return Ok(Placed::Number);
        }
        Ok(match names.slot(name) {
            Ok(slot) => Placed::At(slot),
            Err(fault) => Placed::Nowhere(fault),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn read(text: &[u8]) -> Result<Value, Fault> {
        from_json(text)
    }

    /// The grammar of RFC 8259, section by section.
    #[test]
    fn what_is_json_is_read() {
        for text in [
            // Whitespace and literals (sections 2 and 3).
            " \t\r\nnull\t ",
            "true",
            "false",
            "[ true , null ]",
            // Objects and arrays (sections 4 and 5).
            "{}",
            "[]",
            "[[]   ]",
            r#"{"":0}"#,
            r#"{"a":{"a":{}}}"#,
            "[1\n]",
            "[null, 1, \"1\", {}]",
            // Numbers (section 6).
            "0",
            "-0",
            "-0.0",
            "123",
            "0e1",
            "0e+1",
            "1E22",
            "1E-2",
            "1E+2",
            "123e65",
            "123.456e78",
            "-1",
            "-9223372036854775808",
            "18446744073709551616",
            "1e-400",
            "0.00000000000000000000000000001",
            // Strings (section 7).
            r#""\u0060\u012a\u12AB""#,
            r#""\"\\\/\b\f\n\r\t""#,
            r#""\\u0000""#,
            r#""\u0000""#,
            r#""\uD801\udc37""#,
            r#""\uDBFF\uDFFF""#,
            "\"\u{7f}\u{80}\u{2028}\u{10ffff}\"",
            r#""\uFFFE\uFFFF""#,
        ] {
            assert!(
                read(text.as_bytes()).is_ok(),
                "{text}: {:?}",
                read(text.as_bytes())
            );
        }
    }

    #[test]
    fn what_is_no_json_is_a_fault() {
        for text in [
            "",
            " ",
            "nul",
            "nulll",
            "True",
            "NULL",
            "undefined",
            "NaN",
            "Infinity",
            "-Infinity",
            "'a'",
            "a",
            "[",
            "]",
            "[1",
            "[1,",
            "[1,]",
            "[,1]",
            "[1,,2]",
            "[1 2]",
            "[1]]",
            "[1],",
            "[\"a\",\n4\n,1,",
            "[1:2]",
            "{",
            "}",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{,\"a\":1}",
            "{\"a\" 1}",
            "{\"a\"::1}",
            "{a:1}",
            "{1:1}",
            "{null:1}",
            "{'a':1}",
            "{\"a\":1}#",
            "{\"a\":1}/**/",
            "{\"a\":1 \"b\"}",
            "{}}",
            "[1]x",
            "1 2",
            "/**/1",
            "// a\n1",
            "\u{feff}1",
            "\u{a0}1",
            "\u{c}1",
            "1\0",
            "-",
            "+1",
            "-a",
            "--1",
            "- 1",
            "01",
            "-01",
            "1.",
            ".5",
            "-.5",
            "1.e1",
            "1e",
            "1e+",
            "1e1.5",
            "0x1",
            "1_0",
            "1e400",
            "-1e400",
            "\u{ff11}",
            "\"",
            "\"a",
            "\"\\\"",
            "\"\\a\"",
            "\"\\x00\"",
            "\"\\u12\"",
            "\"\\u12g4\"",
            "\"\\",
            "\"a\nb\"",
            "\"\t\"",
            "\"\0\"",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\\ud800\\ud800\"",
            "\"\\ud800\\n\"",
            "\"\\ud800abc\"",
        ] {
            assert!(
                read(text.as_bytes()).is_err(),
                "{text:?}: {:?}",
                read(text.as_bytes())
            );
        }
        for bytes in [
            &b"\"\xff\""[..],
            b"\xff",
            b"[\xe0\xff]",
            b"\"\xed\xa0\x80\"",
            b"\"\xc0\xaf\"",
            b"\"\xf4\x90\x80\x80\"",
            b"\"\xe2\x82\"",
            b"\xef\xbb\xbf1",
            b"1\0\0\0",
            b"\"a\"\0",
        ] {
            assert!(read(bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_utf_8_has_a_place() {
        for (text, shown) in [
            (&b"{\"a\": [\n\"b\xff\"]}"[..], "the text isn't UTF-8 (line 2, column 2)"),
            (b"\xff", "the text isn't UTF-8 (line 1, column 0)"),
            (b"{}\xff", "the text isn't UTF-8"),
            (b"[1 \xff]", "the text isn't UTF-8 (line 1, column 3)"),
            // The first fault is the one that is seen.
            (b"[1 2, \xff]", "expected `,` or `]` (line 1, column 4)"),
        ] {
            let fault = read(text).unwrap_err().to_string();
            assert!(fault.ends_with(shown), "{fault}");
        }
        let fault = from_json::<std::collections::BTreeMap<String, Vec<String>>>(b"{\"a\": [\"\xff\"]}");
        assert_eq!(fault.unwrap_err().path(), "a[0]");
    }

    #[test]
    fn depth_has_an_end_and_length_has_none() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read(nested(127).as_bytes()).is_ok());
        for depth in [128, 100_000] {
            assert!(read(nested(depth).as_bytes()).is_err(), "{depth}");
            assert!(read("[".repeat(depth).as_bytes()).is_err(), "{depth}");
            assert!(read("{\"a\":".repeat(depth).as_bytes()).is_err(), "{depth}");
        }
        let long = format!("[{}1]", "1,".repeat(100_000));
        assert!(read(long.as_bytes()).is_ok());
    }

    #[test]
    fn what_is_skipped_must_be_json_too() {
        struct Skips;
        impl Decode for Skips {
            fn blank() -> Self {
                Self
            }
            fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
                let Token::Object(members) = token else {
                    return Ok(());
                };
                while members.name(&mut |_| ())? {
                    members.value(None)?;
                }
                Ok(())
            }
        }
        assert!(from_json::<Skips>(br#"{"a": [1, {"b": null}], "c": "d"}"#).is_ok());
        assert!(from_json::<Skips>(b"{\"a\": \"\xff\"}").is_err());
        for text in [r#"{"a": [1, {"b": nul}]}"#, r#"{"a": [1}"#, r#"{"a": 01}"#] {
            assert!(from_json::<Skips>(text.as_bytes()).is_err(), "{text}");
        }
    }
}
