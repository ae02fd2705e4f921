//! The address of a request: base URL, path template and query, percent-encoded exactly once.
//!
//! What leaves here is what goes on the wire. It has no dot segment and no byte that an HTTP
//! library would encode or drop again, so that an argument can never reach another path than its
//! own (RFC 3986, sections 2.1, 3.3 and 5.2.4).

use super::error::{Error, ErrorKind};
use http::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::borrow::Cow;
use std::net::IpAddr;

/// All but `unreserved` (RFC 3986, section 2.3).
pub(super) const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// All but `pchar` (RFC 3986, section 3.3).
pub(super) const SEGMENT: &AsciiSet = &QUERY
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// What stands between the arguments of a path template, which may be encoded already.
const TEMPLATE: &AsciiSet = &SEGMENT.remove(b'/').remove(b'%');

/// Where all requests of a client go.
#[derive(Clone, Debug)]
pub(super) struct BaseUrl {
    /// Scheme and authority.
    origin: String,
    /// Empty, or begins with a slash and doesn't end with one.
    path: String,
    is_private: bool,
}

impl BaseUrl {
    /// Reads an absolute `http` or `https` URL without user information, query and fragment.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] for anything else. The text isn't repeated: it may hold a
    /// password.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let refuse = |why: &str| Error::new(ErrorKind::Configuration, format!("base URL: {why}"));
        let uri: Uri = text.parse().map_err(|_| refuse("not a URL"))?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(refuse("not an absolute URL"));
        };
        if !matches!(scheme, "http" | "https") {
            return Err(refuse("its scheme is neither http nor https"));
        }
        if authority.as_str().contains('@') || authority.host().is_empty() {
            return Err(refuse("it has user information, or no host"));
        }
        if authority.as_str().ends_with(':')
            || (has_port(authority.as_str()) && authority.port_u16().is_none())
        {
            return Err(refuse("its port is not a number from 0 to 65535"));
        }
        if uri.query().is_some() || text.contains('#') {
            return Err(refuse("it has a query or a fragment"));
        }
        let path = uri.path().trim_end_matches('/');
        if has_dot_segment(path) || encode(path, TEMPLATE) != path {
            return Err(refuse("its path has dot segments or unencoded characters"));
        }
        Ok(Self {
            origin: format!("{scheme}://{authority}"),
            path: path.to_owned(),
            is_private: scheme == "https" || is_loopback(authority.host()),
        })
    }

    /// The same server, without a path.
    pub(super) fn root(&self) -> Self {
        Self {
            path: String::new(),
            ..self.clone()
        }
    }

    /// The same server, with another path.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub(super) fn at(&self, path: &str) -> Result<Self, Error> {
        Self::parse(&format!("{}{path}", self.origin))
    }

    /// The path, empty where there is none.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Whether nobody on the way can read a request: it is encrypted, or stays on this machine.
    pub(super) fn is_private(&self) -> bool {
        self.is_private
    }

    /// The URI of a request; `path` and each pair of `query` are encoded already.
    ///
    /// # Errors
    /// [`ErrorKind::Request`] when it is longer than 65,534 bytes.
    pub(super) fn join<'q>(
        &self,
        path: &str,
        query: impl Iterator<Item = &'q str>,
    ) -> Result<Uri, Error> {
        let mut text = format!("{}{}{path}", self.origin, self.path);
        let mut separator = '?';
        for pair in query {
            text.push(separator);
            text.push_str(pair);
            separator = '&';
        }
        Uri::try_from(text).map_err(|error| {
            Error::new(
                ErrorKind::Request,
                format!("the URL can't be built: {error}"),
            )
        })
    }
}

/// Whether a colon begins a port; those in brackets are of an IPv6 address.
fn has_port(authority: &str) -> bool {
    authority
        .rsplit(']')
        .next()
        .unwrap_or_default()
        .contains(':')
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// The path that a template and its arguments make, which are encoded already.
///
/// # Errors
/// [`ErrorKind::Request`] when an argument is missing, empty, `.` or `..`, or a segment made of
/// several of them is a dot segment: servers and libraries resolve those to another path.
pub(super) fn expand<'p>(
    template: &str,
    argument: impl Fn(&str) -> Option<Cow<'p, str>>,
) -> Result<String, Error> {
    let mut path = String::with_capacity(2 * template.len());
    let mut rest = template;
    while let Some((before, (name, after))) = rest
        .split_once('{')
        .and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        path.extend(utf8_percent_encode(before, TEMPLATE));
        let value = argument(name).ok_or_else(|| {
            Error::new(
                ErrorKind::Request,
                format!("path argument `{name}` is missing"),
            )
        })?;
        path.push_str(&value);
        rest = after;
    }
    path.extend(utf8_percent_encode(rest, TEMPLATE));
    if !path.starts_with('/') {
        path.insert(0, '/');
    }
    if has_dot_segment(&path) {
        let why = format!("the path `{template}` has a dot segment with these arguments");
        return Err(Error::new(ErrorKind::Request, why));
    }
    Ok(path)
}

/// Whether a URL parser would resolve a segment of `path` away; `%2e` is a dot to it (WHATWG URL,
/// section 4.1).
pub(super) fn has_dot_segment(path: &str) -> bool {
    path.split('/').any(|segment| {
        let (mut rest, mut dots) = (segment, 0);
        while let Some(after) = after_dot(rest) {
            (rest, dots) = (after, dots + 1);
        }
        rest.is_empty() && matches!(dots, 1 | 2)
    })
}

/// What follows a dot, be it encoded or not.
fn after_dot(text: &str) -> Option<&str> {
    text.strip_prefix('.').or_else(|| {
        let (encoded, after) = text.split_at_checked(3)?;
        encoded.eq_ignore_ascii_case("%2e").then_some(after)
    })
}

/// A name or a value of the query, encoded.
pub(super) fn query_text(text: &str) -> String {
    encode(text, QUERY)
}

pub(super) fn encode(text: &str, set: &'static AsciiSet) -> String {
    utf8_percent_encode(text, set).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::style::{self, ParameterStyle};
    use super::*;

    fn path(argument: &str) -> Result<String, Error> {
        expand("/a/{b}/c", |name| {
            assert_eq!(name, "b");
            let segment = style::path(name, &argument, ParameterStyle::SIMPLE);
            segment.ok().map(Cow::Owned)
        })
    }

    #[test]
    fn two_arguments_make_no_dot_segment() {
        let dot = |_: &str| Some(Cow::Borrowed("."));
        assert_eq!(
            expand("/a/{b}{c}", dot).unwrap_err().kind(),
            ErrorKind::Request
        );
        assert_eq!(
            expand("/a/{b}%2E/c", dot).unwrap_err().kind(),
            ErrorKind::Request
        );
    }

    #[test]
    fn arguments_are_encoded_once() {
        for (argument, encoded) in [
            ("\t..", "%09.."),
            (".\t.", ".%09."),
            ("%2e%2e", "%252e%252e"),
            ("a%2Fb", "a%252Fb"),
            ("a/b", "a%2Fb"),
            ("a?b", "a%3Fb"),
            ("a#b", "a%23b"),
            ("a\\b", "a%5Cb"),
            ("a b", "a%20b"),
            ("ü", "%C3%BC"),
            ("a\r\nb\0", "a%0D%0Ab%00"),
            ("-._~!$&'()*+,;=:@", "-._~!$&'()*+,;=:@"),
            ("{b}", "%7Bb%7D"),
        ] {
            assert_eq!(
                path(argument).unwrap(),
                format!("/a/{encoded}/c"),
                "{argument:?}"
            );
        }
    }

    #[test]
    fn a_missing_argument_is_named() {
        let error = expand("/a/{b}", |_| None).unwrap_err();
        assert!(error.to_string().contains("`b`"), "{error}");
    }

    #[test]
    fn base_urls_are_checked() {
        for text in [
            "",
            "/v4",
            "api.example.com",
            "ftp://api.example.com",
            "https://u:hidden@api.example.com",
            "https://api.example.com/?a=b",
            "https://api.example.com/#a",
            "https://api.example.com:65536",
            "https://[::1]:65536",
            "https://api.example.com:",
            "https://api.example.com/a/../b",
            "https://api.example.com/%2E%2e/b",
            "https://api.example.com/a\"b",
        ] {
            let error = BaseUrl::parse(text).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration, "{text}");
            assert!(!error.to_string().contains("hidden"));
        }
    }

    #[test]
    fn base_and_path_are_joined() {
        let base = BaseUrl::parse("https://api.example.com:8443/v4/").unwrap();
        let uri = base.join("/a", ["b=1", "c="].into_iter()).unwrap();
        assert_eq!(uri.to_string(), "https://api.example.com:8443/v4/a?b=1&c=");
        assert!(base.join(&"/a".repeat(40_000), std::iter::empty()).is_err());
    }

    #[test]
    fn only_loopback_is_private_without_encryption() {
        for (url, is_private) in [
            ("https://api.example.com", true),
            ("http://api.example.com", false),
            ("http://localhost:8080", true),
            ("http://127.0.0.9", true),
            ("http://[::1]:80", true),
            ("http://127.0.0.1.example.com", false),
            ("http://localhost.example.com", false),
        ] {
            assert_eq!(
                BaseUrl::parse(url).unwrap().is_private(),
                is_private,
                "{url}"
            );
        }
    }
}
