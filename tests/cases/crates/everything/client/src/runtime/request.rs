//! Requests to endpoints that the description doesn't have, through the same client: credentials,
//! retries, limits and errors are those of every operation.

use super::call::{Call, Operation};
use super::core::Core;
use super::encode::Encode;
use super::error::{Error, ErrorKind};
use super::sending::{Answer, Sending};
use super::style::ParameterStyle;
use bytes::Bytes;
use http::Method;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

const HAS_QUERY: &str =
    "the path has a `?` or a `#`: `Request::query` sets what the query has, and `Request::path` encodes arguments";

/// A request to any path below the client's base URL.
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct Request {
    pub(super) call: Call,
}

impl Request {
    /// `operation` says what such requests accept and which credentials they need. A path that goes on
    /// with a query, which would be taken for a part of it, is an error of the call.
    pub(crate) fn new(
        core: &Core,
        operation: &'static Operation,
        method: Method,
        path: impl Into<String>,
    ) -> Self {
        let path = path.into();
        let has_query = path.contains(['?', '#']);
        let mut call = Call::to(core, operation, method, Cow::Owned(path));
        if has_query {
            call.keep::<()>(Err(Error::new(ErrorKind::Request, HAS_QUERY)));
        }
        Self { call }
    }

    /// Sets the argument `{name}` of the path; it is percent-encoded as one segment. Empty, `.` and
    /// `..` are errors of the call.
    pub fn path(mut self, name: impl Into<String>, value: impl Encode) -> Self {
        let name = Cow::Owned(name.into());
        self.call.path_named(name, ParameterStyle::SIMPLE, &value);
        self
    }

    /// Sets a query parameter; a list repeats its name.
    pub fn query(mut self, name: impl Into<String>, value: impl Encode) -> Self {
        let name = Cow::Owned(name.into());
        self.call.query_named(name, ParameterStyle::FORM, &value);
        self
    }

    /// Sets a query parameter, written in another way than by repeating its name.
    pub fn query_as(
        mut self,
        name: impl Into<String>,
        style: ParameterStyle,
        value: impl Encode,
    ) -> Self {
        self.call.query_named(Cow::Owned(name.into()), style, &value);
        self
    }

    /// Sets a header; a list is joined by commas. Control characters are an error of the call.
    pub fn header(mut self, name: &str, value: impl Encode) -> Self {
        self.call.header(name, &value);
        self
    }

    /// Sets a cookie; a list is several of its name.
    pub fn cookie(mut self, name: impl Into<String>, value: impl Encode) -> Self {
        let name = Cow::Owned(name.into());
        self.call.cookie_named(name, ParameterStyle::FORM, &value);
        self
    }

    /// Sets the body, as JSON.
    pub fn json(mut self, body: &impl Encode) -> Self {
        self.call.json("application/json", body);
        self
    }

    /// Sets the body, as it is, of this media type.
    pub fn bytes(mut self, media_type: &str, body: impl Into<Bytes>) -> Self {
        self.call.bytes(media_type, body.into());
        self
    }

    /// Sends the request, for an answer of JSON; [`raw`](Sending::raw) takes one of any kind.
    ///
    /// # Errors
    /// As every operation.
    pub fn send(self) -> Sending<Value> {
        self.call.send()
    }

    /// The same for an answer of a type that is known: one of the models, what is made of them, as
    /// `Vec<T>`, `Bytes` for the body as it comes, or `()` where there is none.
    ///
    /// # Errors
    /// As every operation.
    pub fn send_as<T: Answer>(self) -> Sending<T> {
        self.call.send()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Request").field(&self.call).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fake, GET, answer, block_on, builder};
    use super::*;

    #[test]
    fn an_answer_is_read_as_what_the_caller_knows_it_to_be() {
        let request = |body: &str| {
            let core = builder(&Fake::new([answer(200, body)])).build(None).unwrap();
            Request::new(&core, &GET, Method::GET, "/lists/{id}").path("id", 7)
        };
        assert_eq!(block_on(request("[1, 2]").send()).unwrap()[1], 2);
        assert_eq!(block_on(request("[1, 2]").send_as::<Vec<i64>>()).unwrap(), [1, 2]);
        assert_eq!(block_on(request("[1, 2]").send_as::<Bytes>()).unwrap(), "[1, 2]");
        block_on(request("").send_as::<()>()).unwrap();
        assert!(block_on(request("[1, 2]").send_as::<Vec<bool>>()).unwrap_err().is_decode());
    }
}
