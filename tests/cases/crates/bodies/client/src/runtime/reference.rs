//! Where a server says that something is: URL references, as found at the address of a request (RFC
//! 3986, section 5).

use super::url::{BaseUrl, TEMPLATE, WRITTEN_QUERY, encode, has_dot_segment};
use http::Uri;
use std::iter;

/// An address that a server wrote. Path and query are encoded.
#[derive(Debug)]
pub(super) struct Reference {
    /// Where it is, unless it is at the origin that it was found at (RFC 6454, section 4).
    pub(super) elsewhere: Option<BaseUrl>,
    pub(super) path: String,
    pub(super) query: String,
}

impl Reference {
    /// What `text` says that was found at `base`, without its fragment.
    ///
    /// # Errors
    /// When it is no reference to something at an `http` or `https` server, or has user information;
    /// the text goes on behind "it".
    pub(super) fn find(base: &Uri, text: &str) -> Result<Self, &'static str> {
        let text = text.split('#').next().unwrap_or_default();
        if text.contains(['\\', '\t', '\r', '\n', '\0']) {
            return Err("isn't a URL");
        }
        let (server, rest) = match split(base, text)? {
            Some((server, rest)) => (Some(server), rest),
            None => (None, text),
        };
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = match path.as_bytes().first() {
            Some(b'/') => path.to_owned(),
            None if server.is_some() => "/".to_owned(),
            None => base.path().to_owned(),
            Some(_) => {
                let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
                format!("{folder}/{path}")
            }
        };
        let path = encode(&without_dots(&path), TEMPLATE);
        if has_dot_segment(&path) {
            return Err("has dot segments");
        }
        Ok(Self {
            elsewhere: server.filter(|server| !server.is_origin_of(base)),
            path,
            query: encode(query, WRITTEN_QUERY),
        })
    }

    /// The whole address.
    ///
    /// # Errors
    /// When it is too long.
    pub(super) fn at(self, base: &Uri) -> Result<Uri, &'static str> {
        let server = match self.elsewhere {
            Some(server) => server,
            None => BaseUrl::origin_of(base).ok_or("isn't a URL")?,
        };
        let query = iter::once(self.query.as_str()).filter(|query| !query.is_empty());
        server.uri(self.path, query).map_err(|_| "is too long")
    }
}

/// The server that `text` begins with, and what follows it; `None` where it begins with none.
fn split<'t>(base: &Uri, text: &'t str) -> Result<Option<(BaseUrl, &'t str)>, &'static str> {
    let before_path = text.split(['/', '?']).next().unwrap_or_default();
    let (scheme, rest) = match before_path.find(':') {
        Some(colon) => {
            let (scheme, rest) = text.split_at(colon);
            (Some(scheme), rest.get(1..).unwrap_or_default())
        }
        None => (None, text),
    };
    let Some(rest) = rest.strip_prefix("//") else {
        // A scheme without an authority is no place to send to.
        return scheme.map_or(Ok(None), |_| Err("isn't at a server"));
    };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let scheme = scheme.or(base.scheme_str()).unwrap_or_default();
    let server = BaseUrl::parse(&format!("{}://{authority}", scheme.to_ascii_lowercase()));
    server.map(|server| Some((server, rest))).map_err(|_| "isn't at a server")
}

/// `path`, its dot segments resolved (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    let mut is_open = false;
    for segment in path.split('/').skip(1) {
        is_open = matches!(segment, "." | "..");
        match segment {
            "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    let slash = if is_open && !segments.is_empty() { "/" } else { "" };
    format!("/{}{slash}", segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        let base: Uri = "https://api.example.com/v4/things?page=1".parse().unwrap();
        for (text, whole) in [
            ("https://api.example.com/a/b?c=d#e", "https://api.example.com/a/b?c=d"),
            ("HTTPS://API.example.com:443/a", "https://api.example.com/a"),
            ("https://api.example.com", "https://api.example.com/"),
            ("https://api.example.com?c", "https://api.example.com/?c"),
            ("//api.example.com/a", "https://api.example.com/a"),
            ("/a?c=d/e?f", "https://api.example.com/a?c=d/e?f"),
            ("?page=2", "https://api.example.com/v4/things?page=2"),
            ("more?page=2", "https://api.example.com/v4/more?page=2"),
            ("../a/./b/..?c", "https://api.example.com/a/?c"),
            ("/../../a", "https://api.example.com/a"),
            ("/a%2Fb c?d=%5B'[ü", "https://api.example.com/a%2Fb%20c?d=%5B%27%5B%C3%BC"),
        ] {
            let found = Reference::find(&base, text).unwrap();
            assert!(found.elsewhere.is_none(), "{text}");
            assert_eq!(found.at(&base).unwrap(), whole, "{text}");
        }
        for (text, whole) in [
            ("https://files.example.com/a?b", "https://files.example.com/a?b"),
            ("http://api.example.com/a", "http://api.example.com/a"),
            ("https://api.example.com:444", "https://api.example.com:444/"),
            ("//[::1]:80/a", "https://[::1]:80/a"),
            ("https://api.example.com.evil.example.com/", "https://api.example.com.evil.example.com/"),
        ] {
            let found = Reference::find(&base, text).unwrap();
            assert!(found.elsewhere.is_some(), "{text}");
            assert_eq!(found.at(&base).unwrap(), whole, "{text}");
        }
    }

    #[test]
    fn what_is_at_no_server_is_refused() {
        let base: Uri = "https://api.example.com/v4/things".parse().unwrap();
        for text in [
            "https://api.example.com@evil.example.com/",
            "https://u:p@api.example.com/",
            "https:evil",
            "https:/evil",
            "https:///evil",
            "https://",
            "https://evil.example.com:99999/",
            "ftp://evil.example.com/",
            "javascript:alert(1)",
            "a:b",
            "\\\\evil.example.com/",
            "/\\evil.example.com/",
            "ht\ntps://evil.example.com",
            "/%2e%2E/a",
        ] {
            assert!(Reference::find(&base, text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_port_that_is_the_usual_one_is_no_other_origin() {
        for (base, text, is_same) in [
            ("http://a.example.com/", "http://a.example.com:80/b", true),
            ("https://a.example.com:443/", "https://A.example.com/b", true),
            ("http://a.example.com:8080/", "http://a.example.com/b", false),
            ("http://a.example.com/", "https://a.example.com/b", false),
        ] {
            let found = Reference::find(&base.parse().unwrap(), text).unwrap();
            assert_eq!(found.elsewhere.is_none(), is_same, "{base} {text}");
        }
    }
}
