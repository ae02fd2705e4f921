//! Headers out of text that comes from callers, checked and never shown by `Debug`; and what is looked
//! up in those that are there.

use super::error::{Error, ErrorKind};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};

/// The name of a header (RFC 9110, section 5.1).
///
/// # Errors
/// Of `kind`, when `text` isn't a token.
pub(super) fn name(kind: ErrorKind, text: &str) -> Result<HeaderName, Error> {
    HeaderName::from_bytes(text.as_bytes())
        .map_err(|_| Error::new(kind, format!("header name {text:?} is not a token")))
}

/// The value of a header (RFC 9110, section 5.5), which `Debug` shows as `Sensitive`.
///
/// # Errors
/// Of `kind`, naming the header and not the value, when `text` has control characters: a line break
/// would end the header and begin another one.
pub(super) fn value(kind: ErrorKind, name: &str, text: &str) -> Result<HeaderValue, Error> {
    let mut value = plain(kind, name, text)?;
    value.set_sensitive(true);
    Ok(value)
}

/// The same for a value that is no secret: `Debug` shows it, and HTTP/2 may compress it (RFC 7541,
/// section 7.1.3).
///
/// # Errors
/// As [`value`].
pub(super) fn plain(kind: ErrorKind, name: &str, text: &str) -> Result<HeaderValue, Error> {
    checked(kind, name, text.as_bytes())
}

fn checked(kind: ErrorKind, name: &str, bytes: &[u8]) -> Result<HeaderValue, Error> {
    HeaderValue::from_bytes(bytes).map_err(|_| {
        Error::new(
            kind,
            format!("header `{name}`: the value has control characters"),
        )
    })
}

/// The same for a value that is part of the program.
///
/// # Errors
/// As [`value`].
pub(super) fn constant(kind: ErrorKind, name: &str, text: &'static str) -> Result<HeaderValue, Error> {
    HeaderValue::from_maybe_shared(Bytes::from_static(text.as_bytes())).or_else(|_| plain(kind, name, text))
}

/// Adds pairs to those that are sent as cookies: a request has one such header (RFC 6265, section 5.4).
///
/// # Errors
/// Of `kind`, naming `what` is added and not its value, when that has control characters.
pub(super) fn add_cookies(
    kind: ErrorKind,
    what: &str,
    pairs: &str,
    headers: &mut HeaderMap,
) -> Result<(), Error> {
    let mut all = match headers.get(COOKIE) {
        // What comes from callers may be other bytes than ASCII.
        Some(others) => {
            let all = [others.as_bytes(), b"; ", pairs.as_bytes()].concat();
            checked(kind, what, &all)?
        }
        None => plain(kind, what, pairs)?,
    };
    all.set_sensitive(true);
    headers.insert(COOKIE, all);
    Ok(())
}

/// Whether a cookie of this name is sent.
pub(super) fn has_cookie(headers: &HeaderMap, name: &str) -> bool {
    let cookies = headers.get_all(COOKIE).into_iter();
    let mut pairs = cookies.flat_map(|pairs| pairs.as_bytes().split(|byte| *byte == b';'));
    pairs.any(|pair| {
        let rest = pair.trim_ascii().strip_prefix(name.as_bytes());
        rest.is_some_and(|rest| rest.starts_with(b"="))
    })
}

/// The media type of a message, without its parameters (RFC 9110, section 8.3).
pub(super) fn essence(headers: &HeaderMap) -> Option<&str> {
    let media_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    media_type.split(';').next().map(str::trim)
}

/// Whether a body says that it is JSON (RFC 8259, or RFC 6839 for what is JSON with a meaning of its own).
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let name = essence(headers).unwrap_or_default().to_ascii_lowercase();
    name.ends_with("/json") || name.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_added_to_those_that_are_there() {
        let mut headers = HeaderMap::new();
        let mut add = |pairs: &str| add_cookies(ErrorKind::Request, "cookie", pairs, &mut headers);
        add("sid=\u{e9}; b=1").unwrap();
        add("c=2").unwrap();
        assert!(add("d=\n").is_err());
        assert_eq!(headers[COOKIE].as_bytes(), "sid=\u{e9}; b=1; c=2".as_bytes());
        assert!(headers[COOKIE].is_sensitive());
        let known = ["sid", "b", "c", "d", "si", "id", "1", ""].map(|name| has_cookie(&headers, name));
        assert_eq!(known, [true, true, true, false, false, false, false, false]);
    }

    #[test]
    fn control_characters_are_refused_and_not_shown() {
        for control in ["\r", "\n", "\r\nx-admin: 1", "\0", "\x7f", "\x1b"] {
            let error = value(ErrorKind::Request, "x-a", &format!("hidden{control}")).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Request);
            let text = format!("{error} {error:?}");
            assert!(text.contains("`x-a`") && !text.contains("hidden"), "{text}");
        }
        for name_ in ["", "a b", "a:b", "a\r\nb", "ü"] {
            assert!(name(ErrorKind::Request, name_).is_err(), "{name_:?}");
        }
    }

    #[test]
    fn values_are_not_shown() {
        let value = value(ErrorKind::Request, "x-a", "hidden\tü").unwrap();
        assert_eq!(value.as_bytes(), "hidden\tü".as_bytes());
        assert!(!format!("{value:?}").contains("hidden"));
    }
}
