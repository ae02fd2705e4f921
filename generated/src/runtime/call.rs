//! One call of an operation while its arguments are collected.
//!
//! Operations are thin: each hands its template and arguments to this one type, which is not
//! generic. An argument that can't be sent is kept as an error until the call is sent, so that
//! setters stay infallible and nothing leaves before everything is known to be right.

use super::content::Content;
use super::core::Core;
use super::encode::{self, Encode, Json};
use super::error::{Error, ErrorKind};
use super::header;
use super::secret::Secret;
use super::style::{self, ParameterStyle};
use super::target::Target;
use super::url;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method};
use std::borrow::Cow;
use std::fmt;

/// What the description says about an operation.
#[derive(Debug)]
pub(crate) struct Operation {
    /// `operationId`, or empty.
    pub(crate) id: &'static str,
    /// As HTTP writes it.
    pub(crate) method: &'static str,
    /// The path template, its arguments in braces.
    pub(crate) path: &'static str,
    /// The media types that answers are decoded from.
    pub(crate) accept: &'static str,
    /// Alternatives of schemes that are needed together, by their index in the API's schemes.
    pub(crate) security: &'static [&'static [usize]],
    /// The header parameter that makes a repeated request harmless.
    pub(crate) idempotency_header: Option<&'static str>,
}

/// A call whose arguments are still being collected.
#[derive(Clone)]
pub(crate) struct Call {
    pub(super) core: Core,
    pub(super) target: Target,
    pub(super) operation: &'static Operation,
    /// Where the call goes instead of the client's base URL.
    pub(super) server: Option<&'static str>,
    pub(super) path: Vec<(Cow<'static, str>, String)>,
    /// Where at the server the call goes instead of all this: a path that is encoded already.
    pub(super) place: Option<String>,
    /// Names, and pairs that are encoded already.
    pub(super) query: Vec<(Cow<'static, str>, String)>,
    pub(super) headers: HeaderMap,
    /// Names, and pairs as the header has them.
    pub(super) cookies: Vec<(Cow<'static, str>, String)>,
    pub(super) body: Content,
    /// What the body is sent as, whatever it is set as.
    pub(super) media_type: Option<&'static str>,
    /// What in the arguments and the body is never to be printed.
    pub(super) secrets: Vec<Secret>,
    pub(super) fault: Option<Error>,
}

impl Call {
    pub(crate) fn new(core: &Core, operation: &'static Operation) -> Self {
        let template = Cow::Borrowed(operation.path);
        let mut call = Self::to(core, operation, Method::default(), template);
        let method = Method::from_bytes(operation.method.as_bytes()).map_err(|_| {
            let message = format!("`{}` is no HTTP method", operation.method);
            Error::new(ErrorKind::Request, message)
        });
        if let Some(method) = call.keep(method) {
            call.target.method = method;
        }
        call
    }

    /// A call of `operation`, but with another method and path.
    pub(super) fn to(
        core: &Core,
        operation: &'static Operation,
        method: Method,
        template: Cow<'static, str>,
    ) -> Self {
        Self {
            core: core.clone(),
            target: Target {
                id: operation.id,
                method,
                template,
            },
            operation,
            server: None,
            path: Vec::new(),
            place: None,
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: Content::default(),
            media_type: None,
            secrets: Vec::new(),
            fault: None,
        }
    }

    /// Sends the call to another server: the description's absolute URL, or a path at the client's
    /// own.
    pub(crate) fn server(&mut self, server: &'static str) {
        self.server = Some(server);
    }

    /// Sets an argument of the path template, of style `simple`.
    pub(crate) fn path(&mut self, name: &'static str, value: &dyn Encode) {
        self.path_as(name, ParameterStyle::SIMPLE, value);
    }

    /// Sets an argument of the path template.
    pub(crate) fn path_as(&mut self, name: &'static str, style: ParameterStyle, value: &dyn Encode) {
        self.path_named(Cow::Borrowed(name), style, value);
    }

    /// The same, of a name that is made at run time.
    pub(super) fn path_named(
        &mut self,
        name: Cow<'static, str>,
        style: ParameterStyle,
        value: &dyn Encode,
    ) {
        self.note(value);
        let is_alone = || is_alone(&self.target.template, &name);
        let segment = style::path(&name, value, style, is_alone);
        if let Some(segment) = self.keep(segment) {
            self.path.retain(|(other, _)| *other != name);
            self.path.push((name, segment));
        }
    }

    /// Sets a query parameter of style `form`, exploded: a list repeats the name.
    pub(crate) fn query(&mut self, name: &'static str, value: &dyn Encode) {
        self.query_as(name, ParameterStyle::FORM, value);
    }

    /// Sets a query parameter.
    pub(crate) fn query_as(&mut self, name: &'static str, style: ParameterStyle, value: &dyn Encode) {
        self.query_named(Cow::Borrowed(name), style, value);
    }

    /// The same, of a name that is made at run time.
    pub(super) fn query_named(
        &mut self,
        name: Cow<'static, str>,
        style: ParameterStyle,
        value: &dyn Encode,
    ) {
        self.note(value);
        let pair = style::query(&name, value, style);
        if let Some(pair) = self.keep(pair) {
            self.query.retain(|(other, _)| *other != name);
            self.query.extend(pair.map(|pair| (name, pair)));
        }
    }

    /// Sets a header parameter of style `simple`: a list is joined by commas.
    pub(crate) fn header(&mut self, name: &str, value: &dyn Encode) {
        self.header_as(name, ParameterStyle::SIMPLE, value);
    }

    /// Sets a header parameter.
    pub(crate) fn header_as(&mut self, name: &str, style: ParameterStyle, value: &dyn Encode) {
        self.note(value);
        let header = style::header(name, value, style).and_then(|text| {
            let text = text.map(|text| header::value(ErrorKind::Request, name, &text));
            Ok((header::name(ErrorKind::Request, name)?, text.transpose()?))
        });
        match self.keep(header) {
            Some((name, Some(value))) => drop(self.headers.insert(name, value)),
            Some((name, None)) => drop(self.headers.remove(name)),
            None => {}
        }
    }

    /// Sets a parameter in a cookie, of style `form`, exploded: a list repeats the name.
    pub(crate) fn cookie(&mut self, name: &'static str, value: &dyn Encode) {
        self.cookie_as(name, ParameterStyle::FORM, value);
    }

    /// Sets a parameter in a cookie.
    pub(crate) fn cookie_as(&mut self, name: &'static str, style: ParameterStyle, value: &dyn Encode) {
        self.cookie_named(Cow::Borrowed(name), style, value);
    }

    /// The same, of a name that is made at run time.
    pub(super) fn cookie_named(
        &mut self,
        name: Cow<'static, str>,
        style: ParameterStyle,
        value: &dyn Encode,
    ) {
        self.note(value);
        let pair = style::cookie(&name, value, style);
        if let Some(pair) = self.keep(pair) {
            self.cookies.retain(|(other, _)| *other != name);
            self.cookies.extend(pair.map(|pair| (name, pair)));
        }
    }

    /// Sets the body, as JSON of this media type.
    pub(crate) fn json(&mut self, media_type: &str, body: &dyn Encode) {
        let json = Json::of(body)
            .map_err(|error| Error::new(ErrorKind::Request, format!("the body: {error}")));
        if let Some(Json { text, secrets }) = self.keep(json) {
            self.secrets.extend(secrets.into_iter().map(Secret::from));
            self.bytes(media_type, text.into());
        }
    }

    /// Takes note of what is secret in an argument, or in a body that isn't JSON.
    pub(super) fn note(&mut self, value: &dyn Encode) {
        encode::secrets(value, &mut |secret| self.secrets.push(secret.into()));
    }

    /// Sets the body, as it is, of this media type.
    pub(crate) fn bytes(&mut self, media_type: &str, body: Bytes) {
        self.content(media_type, Content::Whole(body));
    }

    /// Sets the body, be it in memory or not, of this media type.
    pub(super) fn content(&mut self, media_type: &str, body: Content) {
        let media_type = self.media_type.unwrap_or(media_type);
        let media_type = header::plain(ErrorKind::Request, CONTENT_TYPE.as_str(), media_type);
        if let Some(media_type) = self.keep(media_type) {
            self.body = body;
            self.headers.insert(CONTENT_TYPE, media_type);
        }
    }

    /// The first error is the one that the caller sees.
    pub(super) fn keep<T>(&mut self, result: Result<T, Error>) -> Option<T> {
        result
            .map_err(|error| {
                self.fault.get_or_insert(error);
            })
            .ok()
    }
}

/// Shows which arguments were given, not what they are.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<_> = self.query.iter().map(|(name, _)| name).collect();
        f.debug_struct("Call")
            .field("target", &self.target.to_string())
            .field("query", &query)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// Whether an argument has a segment of its own.
fn is_alone(template: &str, name: &str) -> bool {
    let (mut rest, mut is_first) = (template, true);
    while let Some((before, other, after)) = url::next_argument(rest) {
        let begins = before.ends_with('/') || is_first && before.is_empty();
        let ends = after.is_empty() || after.starts_with('/');
        if begins && ends && other == name {
            return true;
        }
        (rest, is_first) = (after, false);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fake, GET, answer, block_on, builder};
    use super::*;

    fn client() -> Core {
        builder(&Fake::new([])).build(None).unwrap()
    }

    fn refused(change: impl FnOnce(&mut Call)) -> Error {
        let fake = Fake::new([]);
        let mut call = Call::new(&builder(&fake).build(None).unwrap(), &GET);
        change(&mut call);
        let error = block_on(call.send::<()>()).unwrap_err();
        assert!(fake.requests().is_empty());
        assert_eq!(error.kind(), ErrorKind::Request);
        assert_eq!(error.attempts(), 0);
        error
    }

    #[test]
    fn what_cannot_be_sent_is_an_error_before_anything_is_sent() {
        for control in ["\r", "\n", "\0", "\x7f", "\r\nx-admin: 1"] {
            let error = refused(|call| call.header("X-Trace", &format!("a{control}")));
            assert!(error.to_string().contains("`X-Trace`"), "{error}");
        }
        refused(|call| call.path("id", &".."));
        refused(|call| call.query("n", &f64::NAN));
        refused(|call| call.json("application/json", &f64::INFINITY));
        refused(|call| call.target.template = "/things/{id}".into());
    }

    #[test]
    fn an_argument_is_alone_between_slashes() {
        for (template, name, expected) in [
            ("/a/{b}", "b", true),
            ("/a/{b}/c", "b", true),
            ("{b}/c", "b", true),
            ("{b}", "b", true),
            ("/a/{b}.json", "b", false),
            ("/a/x{b}", "b", false),
            ("/a/{b}{c}", "c", false),
            ("/a/{b}{b}/{b}", "b", true),
            ("/a/{bc}", "b", false),
            ("/a/{b", "b", false),
            ("/a/b", "b", false),
            ("", "", false),
        ] {
            assert_eq!(is_alone(template, name), expected, "{template} {name}");
        }
    }

    #[test]
    fn the_first_error_is_the_one_that_is_seen() {
        let error = refused(|call| {
            call.path("first", &"");
            call.query("second", &f64::NAN);
        });
        assert!(error.to_string().contains("`first`"), "{error}");
    }

    #[test]
    fn the_media_type_of_a_body_is_no_secret() {
        let mut call = Call::new(&client(), &GET);
        call.json("application/json", &1);
        call.header("X-Key", &"k");
        let (request, _) = call.request().unwrap();
        assert!(!request.headers()["content-type"].is_sensitive());
        assert!(request.headers()["x-key"].is_sensitive());
    }

    #[test]
    fn a_second_value_replaces_the_first() {
        let mut call = Call::new(&client(), &GET);
        call.query("a", &1);
        call.query("b", &"x");
        call.query("a", &vec![2, 3]);
        call.query_as("b", ParameterStyle::FORM.joined(), &vec!["y", "z"]);
        call.cookie("e", &"1");
        call.cookie("e", &vec!["2", "3"]);
        call.header("f", &"1");
        call.header("f", &Vec::<String>::new());
        call.query("c", &"");
        call.query("d", &Vec::<String>::new());
        let (request, _) = call.request().unwrap();
        assert_eq!(request.uri().query(), Some("a=2&a=3&b=y,z&c="));
        assert_eq!(request.headers()["cookie"], "e=2; e=3");
        assert!(!request.headers().contains_key("f"));
    }

    #[test]
    fn neither_calls_nor_requests_show_secrets() {
        let fake = Fake::new([answer(200, "")]);
        let mut builder = builder(&fake);
        builder.options(|options| options.header("x-gateway", "hidden").query("sig", "hidden"));
        let core = builder.build(None).unwrap();
        let mut call = Call::new(&core, &GET);
        call.header("x-key", &"hidden");
        call.query("secret", &"hidden");
        let debug = format!("{call:?} {core:?} {builder_:?}", builder_ = core.options);
        assert!(!debug.contains("hidden"), "{debug}");
        block_on(call.send::<()>()).unwrap();
        let headers = format!("{:?}", fake.requests()[0].headers());
        assert!(!headers.contains("hidden"), "{headers}");
    }
}
