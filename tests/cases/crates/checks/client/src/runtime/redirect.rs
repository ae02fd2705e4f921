//! Redirects (RFC 9110, section 15.4): which of them can be followed, and with which request.

use super::content::Content;
use super::reference::Reference;
use http::header::{
    ACCEPT, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, USER_AGENT,
};
use http::uri::Scheme;
use http::{HeaderMap, Method, StatusCode};

/// The statuses that point somewhere else.
pub(super) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// What is sent instead of a request that was redirected.
pub(super) struct Next {
    pub(super) request: http::Request<()>,
    /// Whether the body of the request before goes along.
    pub(super) keeps_body: bool,
}

impl Next {
    /// The request that a redirect asks for, in place of `asked` and its body; `None` where it is
    /// none, or one that isn't followed.
    ///
    /// To another origin goes nothing of what the caller or the client gave: no body, and no headers
    /// but those that say what is understood, and by whom.
    pub(super) fn find(
        asked: &http::Request<()>,
        body: &Content,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Option<Self> {
        let (method, stays) = method(status, asked.method())?;
        let location = std::str::from_utf8(headers.get(LOCATION)?.as_bytes()).ok()?;
        let reference = Reference::find(asked.uri(), location).ok()?;
        let is_elsewhere = reference.elsewhere.is_some();
        let to = reference.at(asked.uri()).ok()?;
        let is_readable = asked.uri().scheme() == Some(&Scheme::HTTPS)
            && to.scheme() != Some(&Scheme::HTTPS);
        let changes = ![Method::GET, Method::HEAD].contains(&method);
        let keeps_body = stays && !is_elsewhere;
        if is_readable || (is_elsewhere && changes) || (keeps_body && !body.is_repeatable()) {
            return None;
        }
        let mut request = http::Request::new(());
        *request.method_mut() = method;
        *request.uri_mut() = to;
        *request.headers_mut() = match is_elsewhere {
            true => only(asked.headers()),
            false => asked.headers().clone(),
        };
        if !keeps_body {
            for name in [CONTENT_TYPE, CONTENT_ENCODING, CONTENT_LENGTH] {
                request.headers_mut().remove(name);
            }
        }
        Some(Self {
            request,
            keeps_body,
        })
    }
}

/// The method of the request after a redirect, and whether its body stays: 303 asks for a GET, which
/// 301 and 302 make of a POST too, as browsers have it.
fn method(status: StatusCode, asked: &Method) -> Option<(Method, bool)> {
    match (status.as_u16(), asked) {
        (303, &Method::HEAD) => Some((Method::HEAD, false)),
        (303, _) | (301 | 302, &Method::POST) => Some((Method::GET, false)),
        _ => is_redirect(status).then(|| (asked.clone(), true)),
    }
}

/// The headers that may go anywhere.
fn only(headers: &HeaderMap) -> HeaderMap {
    let own = [ACCEPT, USER_AGENT].into_iter();
    own.filter_map(|name| headers.get(&name).cloned().map(|value| (name, value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::body::Body;
    use super::super::call::{Call, Operation};
    use super::super::content::Open;
    use super::super::core::Core;
    use super::super::error::{Error, ErrorKind};
    use super::super::testing::{Fake, GET, POST, Reply, answer, answer_with, block_on, builder};
    use super::super::transport::{BoxFuture, TransportError};
    use super::*;
    use bytes::Bytes;
    use serde_json::Value;
    use std::sync::Arc;

    fn to(status: u16, location: &str) -> Reply {
        answer_with(status, "location", location)
    }

    fn following(fake: &Fake) -> Core {
        let core = builder(fake).build(None).unwrap();
        core.with_options(|options| options.max_redirects(2).header("x-tenant", "t"))
    }

    fn run(fake: &Fake, operation: &'static Operation) -> Result<Value, Error> {
        let mut call = Call::new(&following(fake), operation);
        call.query("limit", &2);
        if operation.method == "POST" {
            call.json("application/json", &"body");
        }
        block_on(call.send())
    }

    #[test]
    fn without_its_body_a_request_has_no_length_either() {
        let mut asked = http::Request::post("https://api.example.com/a").body(()).unwrap();
        asked.headers_mut().insert("content-length", 3.into());
        let location = HeaderMap::from_iter([(LOCATION, "/b".parse().unwrap())]);
        let next = |status| {
            let status = StatusCode::from_u16(status).unwrap();
            Next::find(&asked, &Content::default(), status, &location).unwrap().request
        };
        assert!(!next(303).headers().contains_key("content-length"));
        assert!(next(307).headers().contains_key("content-length"));
    }

    #[test]
    fn at_one_origin_a_redirect_takes_all_along() {
        for (status, operation, method, has_body) in [
            (301, &GET, "GET", false),
            (307, &GET, "GET", false),
            (301, &POST, "GET", false),
            (302, &POST, "GET", false),
            (303, &POST, "GET", false),
            (307, &POST, "POST", true),
            (308, &POST, "POST", true),
        ] {
            let fake = Fake::new([to(status, "../other?page=2#top"), answer(200, "1")]);
            assert_eq!(run(&fake, operation).unwrap(), 1);
            let requests = fake.requests();
            assert_eq!(requests[0].uri(), "https://api.example.com/v4/things?limit=2");
            let second = &requests[1];
            assert_eq!(second.uri(), "https://api.example.com/other?page=2");
            assert_eq!(second.method(), method, "{status}");
            assert_eq!(second.headers()["authorization"], "Bearer hidden-token");
            assert_eq!(second.headers()["x-tenant"], "t");
            assert_eq!(second.headers().contains_key("content-type"), has_body, "{status}");
            assert_eq!(second.body(), if has_body { "\"body\"" } else { "" }, "{status}");
        }
    }

    #[test]
    fn another_origin_learns_nothing() {
        for (status, operation) in [(302, &GET), (307, &GET), (303, &POST), (302, &POST)] {
            let back = "https://api.example.com/v4/end";
            let fake = Fake::new([
                to(status, "https://files.example.com/a?signature=s"),
                to(302, back),
                answer(200, "1"),
            ]);
            assert_eq!(run(&fake, operation).unwrap(), 1);
            let requests = fake.requests();
            assert_eq!(requests[1].uri(), "https://files.example.com/a?signature=s");
            assert_eq!(requests[2].uri(), back);
            for request in &requests[1..] {
                let names: Vec<_> = request.headers().keys().map(|name| name.as_str()).collect();
                assert_eq!(names, ["accept", "user-agent"], "{status}");
                assert!(request.body().is_empty());
            }
        }
    }

    #[test]
    fn nor_does_it_where_a_body_asks_for_an_answer() {
        for status in [301, 302, 307, 308] {
            let fake = Fake::new([to(status, "https://files.example.com/a"), answer(200, "1")]);
            let mut call = Call::new(&following(&fake), &GET);
            call.json("application/json", &"body");
            assert_eq!(block_on(call.send::<Value>()).unwrap(), 1);
            let requests = fake.requests();
            assert_eq!((requests[0].body().len(), requests[1].body().len()), (6, 0), "{status}");
            assert!(!requests[1].headers().contains_key("content-type"), "{status}");
        }
    }

    #[test]
    fn what_is_not_followed_is_an_error_that_says_where_to() {
        for (status, operation, location) in [
            // Something would be changed at another origin.
            (307, &POST, "https://files.example.com/"),
            (308, &POST, "https://files.example.com/"),
            // Readable on the way.
            (302, &GET, "http://api.example.com/"),
            (302, &GET, "http://files.example.com/"),
            // No place.
            (302, &GET, "https://u:p@files.example.com/"),
            (302, &GET, "mailto:a@example.com"),
            (302, &GET, "https://"),
        ] {
            let fake = Fake::new([to(status, location)]);
            let error = run(&fake, operation).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Redirect, "{location}");
            assert_eq!(error.location(), Some(location));
            assert!(error.to_string().contains("this redirect isn't followed"), "{error}");
        }
        // No choice, nothing new, no place, and no redirect.
        for (reply, kind) in [
            (to(300, "/a"), ErrorKind::Status),
            (to(304, "/a"), ErrorKind::Status),
            (answer(302, ""), ErrorKind::Redirect),
            (to(404, "/a"), ErrorKind::Status),
        ] {
            assert_eq!(run(&Fake::new([reply]), &GET).unwrap_err().kind(), kind);
        }
    }

    #[test]
    fn redirects_have_an_end() {
        let fake = Fake::new(["/a", "/b", "/a"].map(|place| to(302, place)));
        let error = run(&fake, &GET).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Redirect, 1));
        assert_eq!(fake.requests().len(), 3);
    }

    #[test]
    fn an_attempt_begins_where_the_call_does() {
        let fake = Fake::new([to(302, "/a"), answer(503, ""), to(302, "/b"), answer(200, "1")]);
        assert_eq!(run(&fake, &GET).unwrap(), 1);
        let requests = fake.requests();
        let paths: Vec<_> = requests.iter().map(|request| request.uri().path()).collect();
        assert_eq!(paths, ["/v4/things", "/a", "/v4/things", "/b"]);
    }

    #[test]
    fn what_was_taken_is_not_made_again() {
        for status in [401, 429, 503] {
            let refused = || answer_with(status, "retry-after", "0");
            // A POST that points to its result was made, whatever becomes of that.
            let fake = Fake::new([to(303, "/result"), refused()]);
            assert_eq!(run(&fake, &POST).unwrap_err().attempts(), 1, "{status}");
            assert_eq!(fake.requests().len(), 2);
        }
        // One that is to be made elsewhere was not made here.
        let refused = || answer_with(429, "retry-after", "0");
        let fake = Fake::new([to(307, "/a"), refused(), to(307, "/a"), answer(200, "1")]);
        assert_eq!(run(&fake, &POST).unwrap(), 1);
    }

    #[test]
    fn a_body_that_is_gone_is_not_sent_again() {
        let fake = Fake::new([to(307, "/a")]);
        let mut call = Call::new(&following(&fake), &POST);
        call.body = Content::Opened(Arc::new(Once));
        let error = block_on(call.send::<Value>()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect);
    }

    struct Once;

    impl Open for Once {
        fn len(&self) -> Option<u64> {
            None
        }

        fn is_repeatable(&self) -> bool {
            false
        }

        fn open(&self) -> BoxFuture<'static, Result<Body, TransportError>> {
            Box::pin(async { Ok(Body::from(Bytes::new())) })
        }
    }
}
