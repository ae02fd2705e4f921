//! What a header of an answer holds, as a type: headers are written in the style `simple` (OpenAPI
//! 3.0.3, section 4.7.21), which doesn't say what is a number and what a text. The type does.

use super::decode::{Decode, Elements, Members, Slot, Token};
use super::fault::Fault;
use http::HeaderMap;
use http::header::SET_COOKIE;
use std::vec::IntoIter;

/// The value of a header; `None` when there is none, or it doesn't fit. The lines of a header that is
/// there several times are one list (RFC 9110, section 5.3); what is no list is in the first. Those of
/// `Set-Cookie` are one item each, for commas stand in its dates.
pub(super) fn read<T: Decode>(headers: &HeaderMap, name: &str) -> Option<T> {
    let lines = headers.get_all(name).iter();
    let lines: Vec<&str> = lines
        .map(|line| std::str::from_utf8(line.as_bytes()).map(str::trim))
        .collect::<Result<_, _>>()
        .ok()?;
    let first = lines.first()?;
    let mut value = T::blank();
    if scalar(&mut value, first).is_ok() {
        return Some(value);
    }
    let all = lines.join(",");
    let parts: Vec<&str> = match name.eq_ignore_ascii_case(SET_COOKIE.as_str()) {
        true => lines,
        false if all.is_empty() => Vec::new(),
        false => all.split(',').map(str::trim).collect(),
    };
    let mut elements = Parts {
        rest: parts.clone().into_iter(),
        equals: false,
        value: "",
    };
    if value.read(Token::List(&mut elements)).is_ok() {
        return Some(value);
    }
    // Nothing is no object.
    parts.first()?;
    // With `explode` the members are pairs (section 4.7.12.3).
    let equals = parts.iter().all(|part| part.contains('='));
    let mut members = Parts {
        rest: parts.into_iter(),
        equals,
        value: "",
    };
    value.read(Token::Object(&mut members)).ok()?;
    Some(value)
}

/// Reads a value without parts.
fn scalar(slot: &mut dyn Slot, text: &str) -> Result<(), Fault> {
    let fault = match slot.put(Token::Text(text)) {
        Ok(()) => return Ok(()),
        Err(fault) => fault,
    };
    let float = || {
        text.parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
            .map(Token::Float)
    };
    let number = text.parse().map(Token::Integer).ok();
    let number = number
        .or_else(|| text.parse().map(Token::Unsigned).ok())
        .or_else(float);
    match number.or_else(|| text.parse().map(Token::Boolean).ok()) {
        Some(token) => slot.put(token),
        None => Err(fault),
    }
}

/// Texts that stood between commas: the elements of a list, or the names and values of an object.
struct Parts<'a> {
    rest: IntoIter<&'a str>,
    /// Whether a name and its value are one part.
    equals: bool,
    /// The value behind the last name.
    value: &'a str,
}

impl Elements for Parts<'_> {
    fn next(&mut self, slot: Option<&mut dyn Slot>) -> Result<bool, Fault> {
        match (self.rest.next(), slot) {
            (None, _) => Ok(false),
            (Some(_), None) => Ok(true),
            (Some(part), Some(slot)) => scalar(slot, part).map(|()| true),
        }
    }
}

impl Members for Parts<'_> {
    fn name(&mut self, see: &mut dyn FnMut(&str)) -> Result<bool, Fault> {
        let Some(part) = self.rest.next() else {
            return Ok(false);
        };
        let pair = if self.equals {
            part.split_once('=')
        } else {
            self.rest.next().map(|value| (part, value))
        };
        let (name, value) = pair.ok_or_else(|| Fault::new("a name has no value"))?;
        self.value = value;
        see(name);
        Ok(true)
    }

    fn value(&mut self, slot: Option<&mut dyn Slot>) -> Result<(), Fault> {
        slot.map_or(Ok(()), |slot| scalar(slot, self.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderName, HeaderValue};
    use serde_json::{Value, json};
    use std::collections::BTreeMap;

    fn headers(lines: &[&str]) -> HeaderMap {
        let line = |text: &&str| {
            (
                HeaderName::from_static("x-a"),
                HeaderValue::from_bytes(text.as_bytes()).unwrap(),
            )
        };
        lines.iter().map(line).collect()
    }

    fn of<T: Decode>(lines: &[&str]) -> Option<T> {
        read(&headers(lines), "X-A")
    }

    #[test]
    fn values_are_read_as_what_they_must_be() {
        assert_eq!(of::<String>(&[" 12 ", "13"]), Some("12".to_owned()));
        assert_eq!(of::<String>(&["a, b"]), Some("a, b".to_owned()));
        assert_eq!(of::<String>(&["ü"]), Some("ü".to_owned()));
        assert_eq!(of::<i64>(&["-12"]), Some(-12));
        assert_eq!(of::<u64>(&["18446744073709551615"]), Some(u64::MAX));
        assert_eq!(of::<f64>(&["12"]), Some(12.0));
        assert_eq!(of::<f64>(&["1.5e3"]), Some(1500.0));
        assert_eq!(of::<bool>(&["true"]), Some(true));
        assert_eq!(of::<Value>(&["1"]), Some(json!("1")));
        for text in ["", "a", "1,2", "0x1", "nan", "inf"] {
            assert_eq!(of::<i64>(&[text]), None, "{text}");
            assert_eq!(of::<f64>(&[text]), None, "{text}");
            assert_eq!(of::<bool>(&[text]), None, "{text}");
        }
        assert_eq!(of::<String>(&[]), None);
        assert_eq!(read::<String>(&headers(&["a"]), "x b"), None);
    }

    #[test]
    fn lists_and_objects_stand_between_commas() {
        assert_eq!(of::<Vec<i64>>(&["1, 2", "3"]), Some(vec![1, 2, 3]));
        assert_eq!(of::<Vec<String>>(&[""]), Some(vec![]));
        assert_eq!(
            of::<Vec<String>>(&["a,,b"]),
            Some(vec!["a".to_owned(), String::new(), "b".to_owned()])
        );
        assert_eq!(of::<Vec<i64>>(&["1,a"]), None);
        let colours = Some(BTreeMap::from([
            ("B".to_owned(), 150),
            ("R".to_owned(), 100),
        ]));
        assert_eq!(of::<BTreeMap<String, i64>>(&["R,100,B,150"]), colours);
        assert_eq!(of::<BTreeMap<String, i64>>(&["R=100,B=150"]), colours);
        for text in ["R,100,B", ""] {
            assert_eq!(of::<BTreeMap<String, i64>>(&[text]), None, "{text}");
        }
    }

    #[test]
    fn each_line_of_a_cookie_is_one_item() {
        let expires = "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT";
        let headers: HeaderMap = [expires, "b=2"]
            .map(|line| (SET_COOKIE, HeaderValue::from_static(line)))
            .into_iter()
            .collect();
        let read_as = |name| read::<Vec<String>>(&headers, name);
        let cookies = Some(vec![expires.to_owned(), "b=2".to_owned()]);
        assert_eq!((read_as("set-cookie"), read_as("Set-Cookie")), (cookies.clone(), cookies));
        assert_eq!(read::<String>(&headers, "set-cookie").as_deref(), Some(expires));
        assert_eq!(read::<Vec<String>>(&HeaderMap::new(), "set-cookie"), None);
    }
}
