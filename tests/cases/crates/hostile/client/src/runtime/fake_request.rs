//! Requests as a fake notes them.

use super::hook::CallAttempt;
use bytes::Bytes;
use http::{HeaderMap, Method, Uri};
use serde::de::DeserializeOwned;
use std::fmt;

/// A request that a [`Fake`](super::fake::Fake) was asked to send. It has its credentials.
#[derive(Clone)]
pub struct FakeRequest {
    operation: String,
    template: String,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

impl FakeRequest {
    pub(super) fn new(request: http::Request<Bytes>) -> Self {
        let (head, body) = request.into_parts();
        let about = head.extensions.get::<CallAttempt>();
        Self {
            operation: about.map(|about| about.operation().to_owned()).unwrap_or_default(),
            template: about.map(|about| about.template().to_owned()).unwrap_or_default(),
            method: head.method,
            uri: head.uri,
            headers: head.headers,
            body,
        }
    }

    /// The method and the path template.
    pub(super) fn by_path(&self) -> String {
        format!("{} {}", self.method, self.template)
    }

    /// The operation's ID in the description, or empty.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The URI.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The path, encoded as it is sent.
    #[must_use]
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The query, encoded as it is sent; empty where there is none.
    #[must_use]
    pub fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header as text; `None` where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body read as JSON; `None` if it isn't that.
    #[must_use]
    pub fn json<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// Shows no credential.
impl fmt::Debug for FakeRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeRequest")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.path())
            .field("body_len", &self.body.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(uri: &str) -> http::request::Builder {
        http::Request::builder().method("PUT").uri(uri)
    }

    #[test]
    fn a_request_is_noted_as_it_is_sent() {
        let sent = request("https://api.example.com/a%20b?c=d%26e").header("x-a", "1").body("[1]".into());
        let noted = FakeRequest::new(sent.unwrap());
        assert_eq!((noted.method().as_str(), noted.path(), noted.query()), ("PUT", "/a%20b", "c=d%26e"));
        assert_eq!((noted.uri().host(), noted.headers().len()), (Some("api.example.com"), 1));
        assert_eq!((noted.header("X-A"), noted.header("x-b")), (Some("1"), None));
        assert_eq!((&noted.body()[..], noted.json::<Vec<i64>>()), (&b"[1]"[..], Some(vec![1])));
        assert_eq!(noted.json::<String>(), None);
        let bytes = request("https://a.b/").header("x-a", &b"\xff"[..]).body(Bytes::new());
        assert_eq!(FakeRequest::new(bytes.unwrap()).header("x-a"), None, "it is no text");
        assert_eq!(FakeRequest::new(request("https://a.b/").body(Bytes::new()).unwrap()).query(), "");
    }

    #[test]
    fn what_no_operation_sends_has_no_operation() {
        let noted = FakeRequest::new(request("https://a.b/c").body(Bytes::new()).unwrap());
        assert_eq!((noted.operation(), noted.by_path().as_str()), ("", "PUT "));
    }

    #[test]
    fn what_is_shown_has_no_credential() {
        let sent = request("https://api.example.com/a?key=hidden").header("authorization", "hidden");
        let noted = FakeRequest::new(sent.body("hidden".into()).unwrap());
        let shown = format!("{noted:?}");
        assert!(shown.contains("path: \"/a\", body_len: 6") && !shown.contains("hidden"), "{shown}");
    }
}
