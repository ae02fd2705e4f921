//! Headers out of text that comes from callers: checked, and never shown by `Debug`.

use super::error::{Error, ErrorKind};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::str::FromStr;

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
    HeaderValue::from_bytes(text.as_bytes()).map_err(|_| {
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

/// The value of a header; `None` when there is none, or it doesn't fit.
pub(super) fn read<T: FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

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
