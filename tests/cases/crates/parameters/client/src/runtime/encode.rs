//! Writing types as JSON without generic code per type.
//!
//! A value goes in and shows one [`View`] of itself, into which the one engine here looks; what
//! comes out is JSON text, or whatever a serde serializer makes of it. The engine is generic over
//! the serializer only, never over the type.

use super::bound::Bound;
use super::object::{Field, Object};
use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use std::any::Any;
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
    /// A text that is sent and never printed.
    Secret(&'a str),
    /// A file (`FilePart`), which only the parts of a form can hold.
    File(&'a dyn Any),
    /// A list: how many elements, the one at each index from 0, and what its type must keep to.
    List(usize, &'a dyn Fn(usize) -> Option<&'a dyn Encode>, &'static [Bound]),
    /// An object.
    Object(&'a Object<'a>),
}

/// Shows the JSON text; what is held is shown as it shows itself, and of a secret that there is one.
impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Secret(_) => return f.write_str("[redacted]"),
            Self::List(count, at, _) => {
                return f.debug_list().entries((0..count).filter_map(at)).finish();
            }
            Self::Object(object) => {
                let members = object.fields().map(|member| (member.name, member.value));
                return f.debug_map().entries(members).finish();
            }
            _ => {}
        }
        let mut text = Vec::new();
        keep(self, &mut serde_json::Serializer::new(&mut text)).map_err(|_| fmt::Error)?;
        f.write_str(&String::from_utf8_lossy(&text))
    }
}

/// A type that can be written as a JSON value.
pub trait Encode: fmt::Debug {
    /// Calls `show` once, with the view of this value.
    fn encode(&self, show: &mut dyn FnMut(View<'_>));

    /// The text, if this value is one and has it at hand: most values are texts, and to show one takes
    /// longer than to write it. The view says the same.
    fn text(&self) -> Option<&str> {
        None
    }

    /// Whether an object leaves this value out where it may: true for `None` alone.
    fn is_absent(&self) -> bool {
        false
    }
}

/// The JSON text of a value that is sent: members that are only read are left out.
///
/// # Errors
/// Numbers that JSON can't write; the text says which.
pub fn to_json(value: &dyn Encode) -> Result<Vec<u8>, serde_json::Error> {
    Ok(Json::of(value)?.text)
}

/// The JSON text of a value that is sent, and what in it is secret: who looks for that afterwards looks at
/// every value again.
pub(super) struct Json {
    pub(super) text: Vec<u8>,
    pub(super) secrets: Vec<String>,
}

impl Json {
    /// # Errors
    /// As [`to_json`].
    pub(super) fn of(value: &dyn Encode) -> Result<Self, serde_json::Error> {
        let mut json = Self {
            text: Vec::with_capacity(128),
            secrets: Vec::new(),
        };
        send(value, &mut json)?;
        Ok(json)
    }
}

/// Shows what in a value is secret, where no JSON is made of it.
pub(super) fn secrets(value: &dyn Encode, see: &mut dyn FnMut(&str)) {
    if value.text().is_some() {
        return;
    }
    value.encode(&mut |view| match view {
        View::Secret(text) => see(text),
        View::List(count, at, _) => {
            (0..count).filter_map(at).for_each(|element| secrets(element, see));
        }
        View::Object(object) => object.fields().for_each(|member| secrets(member.value, see)),
        _ => {}
    });
}

/// Appends the JSON text of a value that is sent. What a serializer would do too, but straight into
/// the text: half of the time goes otherwise into the ways around a serializer of unknown type.
fn send(value: &dyn Encode, json: &mut Json) -> Result<(), serde_json::Error> {
    if let Some(value) = value.text() {
        return send_text(value, &mut json.text);
    }
    let mut sent = None;
    value.encode(&mut |view| {
        if sent.is_none() {
            sent = Some(send_view(&view, json));
        }
    });
    sent.unwrap_or_else(|| Err(serde_json::Error::custom(NOTHING)))
}

fn send_view(view: &View<'_>, json: &mut Json) -> Result<(), serde_json::Error> {
    match *view {
        View::Text(value) => send_text(value, &mut json.text)?,
        View::Secret(value) => {
            json.secrets.push(value.to_owned());
            send_text(value, &mut json.text)?;
        }
        View::List(count, at, _) => {
            json.text.push(b'[');
            let mut comma = false;
            for element in (0..count).filter_map(at) {
                if std::mem::replace(&mut comma, true) {
                    json.text.push(b',');
                }
                send(element, json)?;
            }
            json.text.push(b']');
        }
        View::Object(object) => {
            json.text.push(b'{');
            let mut comma = false;
            object.each(|member| {
                if member.read_only {
                    return Ok(());
                }
                if std::mem::replace(&mut comma, true) {
                    json.text.push(b',');
                }
                if member.is_plain {
                    send_plain(member.name, &mut json.text);
                } else {
                    send_text(member.name, &mut json.text)?;
                }
                json.text.push(b':');
                send(member.value, json)
            })?;
            json.text.push(b'}');
        }
        View::Null
        | View::Boolean(_)
        | View::Integer(_)
        | View::Unsigned(_)
        | View::Float(_)
        | View::File(_) => {
            keep(view, &mut serde_json::Serializer::new(&mut json.text))?;
        }
    }
    Ok(())
}

/// Appends a text; most have nothing to escape.
fn send_text(value: &str, text: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    if has_escapes(value.as_bytes()) {
        return serde_json::to_writer(text, value);
    }
    send_plain(value, text);
    Ok(())
}

/// Appends a text that has nothing to escape.
fn send_plain(value: &str, text: &mut Vec<u8>) {
    text.reserve(value.len() + 3);
    text.push(b'"');
    text.extend_from_slice(value.as_bytes());
    text.push(b'"');
}

/// Whether there is a byte that JSON escapes (RFC 8259, section 7): a control character, a quotation
/// mark or a backslash.
fn has_escapes(text: &[u8]) -> bool {
    let Some(last) = text.last_chunk() else {
        // Too short for a word: two halves of one that share some bytes, or a few bytes.
        return match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
            (Some(&[a, b, c, d]), Some(&[e, f, g, h])) => {
                escapes(u64::from_be_bytes([a, b, c, d, e, f, g, h])) != 0
            }
            _ => text.iter().any(|byte| escapes(EACH * u64::from(*byte)) != 0),
        };
    };
    // The last word may share some bytes with the one before.
    let mut found = escapes(u64::from_be_bytes(*last));
    for word in text.chunks_exact(8) {
        found |= escapes(u64::from_be_bytes(word.try_into().unwrap_or_default()));
    }
    found != 0
}

/// One in each of eight bytes.
const EACH: u64 = u64::from_be_bytes([1; 8]);

/// Not 0, if one of eight bytes is escaped. All are looked at together: the top bit of each tells
/// whether it is too small ("Bit Twiddling Hacks", Sean Eron Anderson: `hasless`), and to have a
/// certain value is to be 0 once that is taken away.
fn escapes(word: u64) -> u64 {
    let less = |word: u64, than: u8| word.wrapping_sub(EACH * u64::from(than)) & !word;
    let is = |byte: u8| less(word ^ (EACH * u64::from(byte)), 1);
    (less(word, b' ') | is(b'"') | is(b'\\')) & (EACH << 7)
}

const NOTHING: &str = "the value showed nothing of itself";

fn look<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    match value.text() {
        Some(text) => serializer.serialize_str(text),
        None => look_closer(value, serializer),
    }
}

/// Looks at what may be no text. Apart, for most values are, and what lists and objects need is work
/// that each text would pay for.
#[inline(never)]
fn look_closer<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    let mut serializer = Some(serializer);
    let mut written = None;
    value.encode(&mut |view| {
        if let Some(serializer) = serializer.take() {
            written = Some(keep(&view, serializer));
        }
    });
    written.unwrap_or_else(|| Err(S::Error::custom(NOTHING)))
}

fn keep<S: Serializer>(view: &View<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    match *view {
        View::Null => serializer.serialize_unit(),
        View::Boolean(value) => serializer.serialize_bool(value),
        View::Integer(value) => serializer.serialize_i64(value),
        View::Unsigned(value) => serializer.serialize_u64(value),
        View::Float(value) if value.is_finite() => serializer.serialize_f64(value),
        View::Float(value) => Err(S::Error::custom(format_args!("JSON has no number {value}"))),
        View::Text(text) | View::Secret(text) => serializer.serialize_str(text),
        View::File(_) => Err(S::Error::custom("JSON has no files")),
        View::List(count, at, _) => {
            let mut list = serializer.serialize_seq(Some(count))?;
            for element in (0..count).filter_map(at) {
                list.serialize_element(&Shim(element))?;
            }
            list.end()
        }
        View::Object(object) => {
            // Only formats for machines want the count, and counting is a second look at every member.
            let count = (!serializer.is_human_readable()).then(|| object.fields().count());
            let mut map = serializer.serialize_map(count)?;
            object.each(|member| map.serialize_entry(member.name, member))?;
            map.end()
        }
    }
}

/// Its value. Two words that are copied together as soon as each was written alone are waited for, which
/// [`Shim`] would do for each member.
impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        look(self.value, serializer)
    }
}

/// Any value, as serde wants to see it.
pub(super) struct Shim<'a>(pub(super) &'a dyn Encode);

impl Serialize for Shim<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        look(self.0, serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn what_is_sent_is_what_a_serializer_writes() {
        for value in [
            json!(null),
            json!([]),
            json!({}),
            json!([[], {}, [null, false, -1, u64::MAX, 1.5, 1e300]]),
            json!([3, 4, 7, 8, 9, 64].map(|length| format!("{}\"", "é".repeat(length)))),
            json!([3, 4, 7, 8, 9, 64].map(|length| "x".repeat(length))),
            json!({"": "", "a\"b\\c\u{0}\u{1f}\u{7f}": "\n\u{2028}\u{1f600}", "b": {"c": [{"d": []}]}}),
        ] {
            let sent = String::from_utf8(to_json(&value).unwrap()).unwrap();
            assert_eq!(sent, serde_json::to_string(&Shim(&value)).unwrap());
            assert_eq!(serde_json::from_str::<Value>(&sent).unwrap(), value);
        }
    }

    #[test]
    fn what_is_escaped_is_found_wherever_it_stands() {
        for length in 1..20 {
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    for around in [b' ', b'!', b'#', b'[', b']', 0x7f, 0x80, 0xff] {
                        let mut text = vec![around; length];
                        text[place] = byte;
                        let is_escaped = byte < b' ' || byte == b'"' || byte == b'\\';
                        assert_eq!(has_escapes(&text), is_escaped, "{text:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_value_that_shows_nothing_and_one_without_json_are_errors() {
        #[derive(Debug)]
        struct Nothing;
        impl Encode for Nothing {
            fn encode(&self, _: &mut dyn FnMut(View<'_>)) {}
        }
        assert!(to_json(&Nothing).is_err());
        assert!(serde_json::to_string(&Shim(&Nothing)).is_err());
        assert!(to_json(&vec![1.0, f64::INFINITY]).is_err());
    }

    #[test]
    fn a_value_that_shows_itself_twice_is_written_once() {
        #[derive(Debug)]
        struct Twice;
        impl Encode for Twice {
            fn encode(&self, show: &mut dyn FnMut(View<'_>)) {
                show(View::Integer(1));
                show(View::Integer(2));
            }
        }
        assert_eq!(to_json(&vec![Twice, Twice]).unwrap(), b"[1,1]");
        assert_eq!(serde_json::to_string(&Shim(&Twice)).unwrap(), "1");
    }
}
