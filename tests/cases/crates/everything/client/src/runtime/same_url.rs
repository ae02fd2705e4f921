//! An address as the URL parser of the default transport has it, unless that is another one.

use super::transport::TransportError;
use http::Uri;
use http::uri::{Authority, Scheme};
use std::sync::OnceLock;

/// The longest path, with its query, that an address is made for without being copied, as a rule.
const ROOM: usize = 200;

/// A server that was sent to before.
#[derive(Debug)]
pub(super) struct Server {
    scheme: Option<Scheme>,
    authority: Option<Authority>,
    /// An address there, as the URL parser has it. Its path is none that was asked for, but a long one,
    /// so that a clone has room for what is.
    url: reqwest::Url,
}

impl Server {
    fn new(uri: &Uri, mut url: reqwest::Url) -> Self {
        url.set_path(&"-".repeat(ROOM));
        url.set_query(None);
        Self {
            scheme: uri.scheme().cloned(),
            authority: uri.authority().cloned(),
            url,
        }
    }

    /// Whether `uri` is an address there, to the letter.
    fn has(&self, uri: &Uri) -> bool {
        let own = self.authority.as_ref().map(Authority::as_str);
        self.scheme.as_ref() == uri.scheme() && own == uri.authority().map(Authority::as_str)
    }
}

/// The URL of `uri`, whose parser normalises: it resolves dot segments, drops tabs and encodes.
/// What it would change was not meant, and isn't sent.
///
/// A client sends to one server, as a rule, so the parser reads its name but once.
pub(super) fn same_url(uri: &Uri, server: &OnceLock<Server>) -> Result<reqwest::Url, TransportError> {
    let url = match server.get().filter(|server| server.has(uri)) {
        Some(server) => {
            let mut url = server.url.clone();
            url.set_path(uri.path());
            url.set_query(uri.query());
            url
        }
        None => {
            let url = reqwest::Url::parse(&uri.to_string()).map_err(TransportError::request)?;
            server.get_or_init(|| Server::new(uri, url.clone()));
            url
        }
    };
    if url.path() == uri.path() && url.query() == uri.query() {
        Ok(url)
    } else {
        Err(TransportError::request(
            "the URL parser changes the path or query that was built",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The URL of `uri`, for a client that sends its first request and for one that has sent another
    /// there before.
    fn url(uri: &str) -> Result<reqwest::Url, TransportError> {
        let uri: Uri = uri.parse().unwrap();
        let server = OnceLock::new();
        let [first, second] = [(); 2].map(|()| same_url(&uri, &server));
        let known = OnceLock::new();
        same_url(&"https://api.example.com/b?c=d".parse().unwrap(), &known).unwrap();
        let third = same_url(&uri, &known);
        for other in [second, third] {
            assert_eq!(first.as_ref().ok(), other.as_ref().ok(), "{uri}");
        }
        first
    }

    #[test]
    fn what_the_url_parser_would_change_is_not_sent() {
        for uri in [
            "https://api.example.com/a/../b",
            "https://api.example.com/a/./b",
            "https://api.example.com/a/%2e%2E/b",
            "https://api.example.com/a?q='",
            "https://api.example.com/a{b}",
            "https://1.2.3.4.5/a",
        ] {
            assert!(url(uri).is_err_and(|error| error.is_request()), "{uri}");
        }
    }

    #[test]
    fn what_it_keeps_is_sent() {
        for uri in [
            "https://api.example.com/a/%252e%252e/b%2Fc%20-._~!$&'()*+,;=:@",
            "https://api.example.com/a?b=c%20d%27,e&f=",
            "https://api.example.com/?",
            "https://api.example.com//other.example.com/a",
            "https://other.example.com/a",
            "https://api.example.com:8443/a",
            "http://api.example.com/a",
        ] {
            assert_eq!(url(uri).unwrap().as_str(), uri);
        }
        assert_eq!(
            url("https://API.example.com:443").unwrap().as_str(),
            "https://api.example.com/"
        );
    }
}
