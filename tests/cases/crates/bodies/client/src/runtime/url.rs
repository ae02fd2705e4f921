//! The address of a request: base URL, path template and query, percent-encoded exactly once.
//!
//! What leaves here is what goes on the wire. It has no dot segment and no byte that an HTTP
//! library would encode or drop again, so that an argument can never reach another path than its
//! own (RFC 3986, sections 2.1, 3.3 and 5.2.4).

use super::error::{Error, ErrorKind};
use http::Uri;
use http::uri::{Authority, Parts, PathAndQuery, Scheme};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::borrow::Cow;
use std::fmt;
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
pub(super) const TEMPLATE: &AsciiSet = &SEGMENT.remove(b'/').remove(b'%');

/// What a query is written with, which may be encoded already, and that no URL parser encodes.
pub(super) const WRITTEN_QUERY: &AsciiSet = &TEMPLATE.remove(b'?').add(b'\'');

/// The longest path and query that `http` holds, in bytes: 65,534.
const LONGEST: usize = 0xfffe;

/// Where all requests of a client go.
#[derive(Clone, Debug)]
pub(super) struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    /// Empty, or begins with a slash and doesn't end with one.
    path: String,
    is_private: bool,
}

/// One resource: its server, its path and its query, both encoded already.
#[derive(Debug)]
pub(super) struct Endpoint {
    pub(super) server: BaseUrl,
    pub(super) path: String,
    pub(super) query: Option<String>,
}

impl BaseUrl {
    /// Reads an absolute `http` or `https` URL without user information, query and fragment.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] for anything else. The text isn't repeated: it may hold a
    /// password.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        Self::parse_called("base URL", text)
    }

    /// The same of a URL that is `called` something else in errors.
    fn parse_called(called: &str, text: &str) -> Result<Self, Error> {
        let refuse = |why: &str| Error::new(ErrorKind::Configuration, format!("{called}: {why}"));
        let uri: Uri = text.parse().map_err(|_| refuse("not a URL"))?;
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return Err(refuse("not an absolute URL"));
        };
        if ![Scheme::HTTP, Scheme::HTTPS].contains(scheme) {
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
            scheme: scheme.clone(),
            authority: authority.clone(),
            path: path.to_owned(),
            is_private: *scheme == Scheme::HTTPS || is_loopback(authority.host()),
        })
    }

    /// The same server, with another path.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub(super) fn at(&self, path: &str) -> Result<Self, Error> {
        Self::parse(&format!("{}://{}{path}", self.scheme, self.authority))
    }

    /// Reads the URL of a token endpoint: the server, and what is asked for there as it is written, with
    /// the slash at its end and its query (RFC 6749, section 3.2).
    ///
    /// # Errors
    /// As [`parse`](Self::parse), but for the query.
    pub(super) fn parse_endpoint(text: &str) -> Result<Endpoint, Error> {
        let (resource, query) = match text.split_once('?') {
            Some((resource, query)) => (resource, Some(query)),
            None => (text, None),
        };
        let server = Self::parse_called("token URL", resource)?;
        if query.is_some_and(|query| encode(query, WRITTEN_QUERY) != query) {
            let message = "token URL: its query has a fragment or unencoded characters";
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        let before = server.scheme.as_str().len() + "://".len() + server.authority.as_str().len();
        Ok(Endpoint {
            path: resource.get(before..).unwrap_or_default().to_owned(),
            query: query.map(str::to_owned),
            server,
        })
    }

    /// The same for what is at this server: a path, and what may follow it.
    ///
    /// # Errors
    /// As [`parse_endpoint`](Self::parse_endpoint).
    pub(super) fn endpoint_at(&self, path: &str) -> Result<Endpoint, Error> {
        Self::parse_endpoint(&format!("{}://{}{path}", self.scheme, self.authority))
    }

    /// The server that a request to `uri` goes to; `None` where it names none.
    pub(super) fn origin_of(uri: &Uri) -> Option<Self> {
        Self::parse(&format!("{}://{}", uri.scheme()?, uri.authority()?)).ok()
    }

    /// Whether a request to `uri` goes to this server: scheme, host and port are the same (RFC 6454,
    /// section 5).
    pub(super) fn is_origin_of(&self, uri: &Uri) -> bool {
        let usual = if self.scheme == Scheme::HTTPS { 443 } else { 80 };
        let is_host = |host: &str| host.eq_ignore_ascii_case(self.authority.host());
        uri.scheme() == Some(&self.scheme)
            && uri.host().is_some_and(is_host)
            && uri.port_u16().unwrap_or(usual) == self.authority.port_u16().unwrap_or(usual)
    }

    /// The path, empty where there is none.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Whether nobody on the way can read a request: it is encrypted, or stays on this machine.
    pub(super) fn is_private(&self) -> bool {
        self.is_private
    }

    /// The URI of a request to this server; `path`, which is all of the path, and each pair of `query`
    /// are encoded already.
    ///
    /// # Errors
    /// [`ErrorKind::Request`] when it is longer than 65,534 bytes.
    pub(super) fn uri<'q>(
        &self,
        path: String,
        query: impl Iterator<Item = &'q str>,
    ) -> Result<Uri, Error> {
        let mut text = path;
        let mut separator = '?';
        for pair in query {
            text.push(separator);
            text.push_str(pair);
            separator = '&';
        }
        if text.is_empty() {
            text.push('/');
        }
        if text.len() > LONGEST {
            return Err(unfit("it is too long"));
        }
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(PathAndQuery::try_from(text).map_err(unfit)?);
        Uri::from_parts(parts).map_err(unfit)
    }
}

fn unfit(why: impl fmt::Display) -> Error {
    Error::new(ErrorKind::Request, format!("the URL can't be built: {why}"))
}

/// Whether a colon begins a port; those in brackets are of an IPv6 address.
fn has_port(authority: &str) -> bool {
    authority
        .rsplit(']')
        .next()
        .unwrap_or_default()
        .contains(':')
}

pub(super) fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Appends to `path` what a template and its arguments make, which are encoded already.
///
/// # Errors
/// [`ErrorKind::Request`] when an argument is missing, empty, `.` or `..`, or a segment made of
/// several of them is a dot segment: servers and libraries resolve those to another path.
pub(super) fn expand<'p>(
    path: &mut String,
    template: &str,
    argument: impl Fn(&str) -> Option<&'p str>,
) -> Result<(), Error> {
    let mut rest = template;
    if !rest.starts_with('/') {
        path.push('/');
    }
    while let Some((before, name, after)) = next_argument(rest) {
        path.extend(utf8_percent_encode(before, TEMPLATE));
        let value = argument(name).ok_or_else(|| {
            Error::new(
                ErrorKind::Request,
                format!("path argument `{name}` is missing"),
            )
        })?;
        path.push_str(value);
        rest = after;
    }
    path.extend(utf8_percent_encode(rest, TEMPLATE));
    if has_dot_segment(path) {
        let why = format!("the path `{template}` has a dot segment with these arguments");
        return Err(Error::new(ErrorKind::Request, why));
    }
    Ok(())
}

/// The name of the first argument of a template, between what stands before and after it.
pub(super) fn next_argument(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = split_at_byte(template, b'{')?;
    let (name, after) = split_at_byte(rest, b'}')?;
    Some((before, name, after))
}

/// `text` before and after the first `byte` of ASCII. For short texts this is quicker than a search by
/// characters.
fn split_at_byte(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|other| other == byte)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// Whether a URL parser would resolve a segment of `path` away; `%2e` is a dot to it (WHATWG URL,
/// section 4.1).
pub(super) fn has_dot_segment(path: &str) -> bool {
    // Most paths have no dot at all, which is seen at once.
    let bytes = path.as_bytes();
    let may_have = bytes.contains(&b'.') || bytes.contains(&b'%');
    may_have && path.split('/').any(|segment| {
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
    Cow::from(utf8_percent_encode(text, set)).into_owned()
}

/// The same of a text that nobody else needs: it is given back as it is where nothing has to be
/// encoded.
pub(super) fn encode_owned(text: String, set: &'static AsciiSet) -> String {
    let changed = match Cow::from(utf8_percent_encode(&text, set)) {
        // What is encoded is longer.
        Cow::Borrowed(same) if same.len() == text.len() => None,
        changed => Some(changed.into_owned()),
    };
    changed.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::super::style::{self, ParameterStyle};
    use super::*;

    #[test]
    fn an_endpoint_is_asked_as_it_is_written() {
        for (url, path, query) in [
            ("https://a.example.com/o/token/", "/o/token/", None),
            ("https://a.example.com/o/token", "/o/token", None),
            ("https://a.example.com:8443", "", None),
            ("https://a.example.com/t?p=a%20b&q=c/d?e", "/t", Some("p=a%20b&q=c/d?e")),
        ] {
            let endpoint = BaseUrl::parse_endpoint(url).unwrap();
            assert_eq!((endpoint.path.as_str(), endpoint.query.as_deref()), (path, query), "{url}");
            let start = format!("https://{}", endpoint.server.authority);
            let same = endpoint.server.endpoint_at(url.strip_prefix(&start).unwrap()).unwrap();
            assert_eq!((same.path, same.query), (endpoint.path, endpoint.query));
        }
        for url in [
            "https://a.example.com/t?p=a b",
            "https://a.example.com/t?p='",
            "https://a.example.com/t?p=a#b",
            "https://a.example.com/../t?p=a",
            "/t?p=a",
        ] {
            assert!(BaseUrl::parse_endpoint(url).is_err(), "{url}");
        }
    }

    #[test]
    fn an_address_has_as_many_bytes_as_can_be_told_apart() {
        let server = BaseUrl::parse("https://a.example.com").unwrap();
        for (path, fits) in [(LONGEST - 2, true), (LONGEST - 1, false), (70_000, false), (200_000, false)] {
            let text = format!("/{}", "a".repeat(path - 1));
            let uri = server.uri(text.clone(), ["b"].into_iter());
            match uri {
                Ok(uri) => assert!(fits && uri.path() == text && uri.query() == Some("b"), "{path}"),
                Err(error) => assert!(!fits && error.kind() == ErrorKind::Request, "{path}: {error}"),
            }
        }
    }

    fn path(argument: &str) -> Result<String, Error> {
        let segment = style::path("b", &argument, ParameterStyle::SIMPLE, || true)?;
        expanded("/a/{b}/c", |name| {
            assert_eq!(name, "b");
            Some(&segment)
        })
    }

    fn expanded<'p>(
        template: &str,
        argument: impl Fn(&str) -> Option<&'p str>,
    ) -> Result<String, Error> {
        let mut path = String::new();
        expand(&mut path, template, argument).map(|()| path)
    }

    #[test]
    fn two_arguments_make_no_dot_segment() {
        for template in ["/a/{b}{c}", "/a/{b}%2E/c", "{b}"] {
            let error = expanded(template, |_| Some(".")).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Request, "{template}");
        }
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
    fn a_text_is_encoded_alike_whoever_owns_it() {
        for text in ["", "a", " ", "%", "ab", "a b", " a", "a ", "ü", "  "] {
            assert_eq!(encode_owned(text.into(), SEGMENT), encode(text, SEGMENT), "{text:?}");
        }
    }

    #[test]
    fn a_missing_argument_is_named() {
        let error = expanded("/a/{b}", |_| None).unwrap_err();
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
    fn a_template_is_a_path_below_the_base_url() {
        for (template, path) in [("/a", "/v4/a"), ("a b%20", "/v4/a%20b%20"), ("", "/v4/")] {
            let mut text = "/v4".to_owned();
            expand(&mut text, template, |_| None).unwrap();
            assert_eq!(text, path);
        }
    }

    #[test]
    fn server_path_and_query_are_one_address() {
        let base = BaseUrl::parse("HTTPS://api.example.com:8443/v4/").unwrap();
        let uri = |path: &str, query: &[&str]| base.uri(path.into(), query.iter().copied());
        for (path, query, text) in [
            ("/v4/a", &["b=1", "c="][..], "/v4/a?b=1&c="),
            ("/", &[], "/"),
            ("", &[], "/"),
            ("", &["b"], "/?b"),
        ] {
            let uri = uri(path, query).unwrap();
            assert_eq!(uri.to_string(), format!("https://api.example.com:8443{text}"));
        }
        let error = uri(&"/a".repeat(40_000), &[]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert_eq!(base.at("/b").unwrap().path(), "/b");
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
