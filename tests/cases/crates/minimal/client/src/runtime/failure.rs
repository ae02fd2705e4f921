//! An attempt that came to nothing: what follows it, and the error that it is if nothing does.

use super::call::Call;
use super::deadline::End;
use super::error::{Error, ErrorKind};
use super::message;
use super::redirect::is_redirect;
use super::response::RawResponse;
use super::retry::{Outcome, Policy};
use http::StatusCode;
use http::header::LOCATION;
use std::time::Duration;

/// How much of an error's body is kept, in bytes.
const ERROR_BODY: usize = 64 << 10;

/// An attempt that came to nothing.
pub(super) enum Failure {
    /// An answer that is no success, and the wait that it asks for.
    Answer(Box<RawResponse>, Option<Duration>),
    /// No answer, or only a part of one.
    NoAnswer(Error),
}

/// Why there is no next attempt.
pub(super) enum Last {
    /// The rules of retrying have an end.
    ByRule,
    /// There would be one, but nothing is left of the client's budget.
    Unpaid,
    /// There would be one, but the call is over by then, though it isn't yet.
    Late,
    /// There would be one, but no call waits for so long.
    Long,
}

impl Last {
    /// What callers can't know by the rules.
    pub(super) fn why(&self) -> Option<&'static str> {
        match self {
            Self::ByRule => None,
            Self::Unpaid => Some("the client's retry budget is used up"),
            Self::Late => Some("no time is left for another attempt"),
            Self::Long => Some("the wait for another attempt would be too long"),
        }
    }
}

impl Failure {
    /// The wait before the next attempt, paid for out of the client's budget.
    ///
    /// # Errors
    /// When this was the last one.
    pub(super) fn next_wait(
        &self,
        call: &Call,
        policy: &Policy,
        retries: u32,
        waited: Duration,
        end: Option<End>,
    ) -> Result<Duration, Last> {
        let (outcome, asked) = match self {
            Self::Answer(answer, asked) => {
                (Outcome::Answer(answer.status, &answer.headers, *asked), *asked)
            }
            Self::NoAnswer(error) => match error.kind() {
                ErrorKind::Connect => (Outcome::NoConnection, None),
                ErrorKind::TooLarge | ErrorKind::Request | ErrorKind::Read => {
                    return Err(Last::ByRule);
                }
                _ => (Outcome::NoAnswer, None),
            },
        };
        let clock = &*call.core.shared.transport;
        let left = end.map(|end| end.left(clock));
        match policy.next(outcome, asked, retries, waited, clock.random()) {
            Some(_) if left == Some(Duration::ZERO) => Err(Last::ByRule),
            Some(wait) if left.is_some_and(|left| left <= wait) => Err(Last::Late),
            Some(wait) if call.core.shared.budget.take() => Ok(wait),
            Some(_) => Err(Last::Unpaid),
            None if policy.permits(outcome, retries) => Err(Last::Long),
            None => Err(Last::ByRule),
        }
    }

    /// Whether the server doesn't take the credentials (RFC 9110, section 15.5.2).
    pub(super) fn is_unauthorized(&self) -> bool {
        matches!(self, Self::Answer(answer, _) if answer.status == StatusCode::UNAUTHORIZED)
    }

    /// The error of a call whose last attempt, number `attempts`, this was.
    pub(super) async fn into_error(self, call: &Call, attempts: u32) -> Error {
        let (mut answer, asked) = match self {
            Self::Answer(answer, asked) => (answer, asked),
            Self::NoAnswer(error) => {
                let refused = error.kind() == ErrorKind::Request;
                return error.with(|error| {
                    error.target = Some(call.target.clone());
                    error.attempts = attempts - u32::from(refused);
                });
            }
        };
        let body = answer.read_some(ERROR_BODY).await;
        let redact = |text: &str| answer.redact(text);
        let location = answer
            .headers
            .get(LOCATION)
            .map(|to| redact(&String::from_utf8_lossy(to.as_bytes())));
        let said = message::find(Some(answer.status), &body, redact)
            .or_else(|| message::plain(&answer.headers, &body, redact));
        let unfollowed = match call.core.options.max_redirects {
            0 => "redirects aren't followed (`Options::max_redirects`)",
            _ => "this redirect isn't followed",
        };
        let error = match (is_redirect(answer.status), &location) {
            (true, Some(to)) => Error::new(
                ErrorKind::Redirect,
                format!("{unfollowed}; to: {}", printable(to)),
            ),
            (true, None) => Error::new(ErrorKind::Redirect, unfollowed),
            (false, _) => {
                let unsaid = match matches!(body.trim_ascii(), b"" | b"null" | b"{}" | b"[]" | b"\"\"") {
                    true => "the server gave no reason",
                    false => "the reason, if there is one, is in the body (`Error::body()`)",
                };
                Error::new(ErrorKind::Status, said.unwrap_or_else(|| unsaid.to_owned()))
            }
        };
        answer.label(error).with(|error| {
            let outcome = Outcome::Answer(answer.status, &answer.headers, asked);
            error.is_retryable = outcome.may_pass(&call.core.options.chosen);
            error.retry_after = asked;
            error.location = location;
            error.body = body;
        })
    }
}

/// A redirect's target for a log line: without its query, for that is where links to downloads have
/// their signatures, and without user information.
fn printable(location: &str) -> String {
    let end = location.find(['?', '#']).unwrap_or(location.len());
    let address = location.get(..end).unwrap_or_default();
    let Some((scheme, rest)) = address.split_once("//") else {
        return message::one_line(address);
    };
    let (authority, path) = rest
        .split_once('/')
        .map_or((rest, None), |(authority, path)| (authority, Some(path)));
    let host = authority.rsplit('@').next().unwrap_or_default();
    let slash = if path.is_some() { "/" } else { "" };
    message::one_line(&format!(
        "{scheme}//{host}{slash}{}",
        path.unwrap_or_default()
    ))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fake, GET, Reply, answer, answer_with, block_on, builder, chunks};
    use super::*;
    use bytes::Bytes;
    use http::header::CONTENT_TYPE;

    fn run(fake: &Fake) -> Error {
        let call = Call::new(&builder(fake).build(None).unwrap(), &GET);
        block_on(call.send::<()>()).unwrap_err()
    }

    #[test]
    fn redirects_are_errors_that_say_where_to() {
        for status in [301, 302, 303, 307, 308] {
            let to = "https://elsewhere.example.com/?token=hidden-token";
            let fake = Fake::new([answer_with(status, "location", to)]);
            let error = run(&fake);
            assert_eq!(
                (error.kind(), error.is_retryable()),
                (ErrorKind::Redirect, false)
            );
            let location = error.location().unwrap();
            assert_eq!(location, "https://elsewhere.example.com/?token=[redacted]");
            assert!(error.to_string().contains("elsewhere"), "{error}");
            assert!(error.to_string().contains("max_redirects"), "{error}");
            assert_eq!(fake.requests().len(), 1);
        }
    }

    #[test]
    fn the_target_of_a_redirect_is_printed_without_what_may_be_secret() {
        for (location, printed) in [
            (
                "https://u:p@cdn.example.com/a@b?sig=s#f",
                "https://cdn.example.com/a@b",
            ),
            ("/elsewhere?sig=s", "/elsewhere"),
            ("//cdn.example.com", "//cdn.example.com"),
            ("a\u{9b}@b", "a @b"),
            ("", ""),
        ] {
            assert_eq!(printable(location), printed);
        }
        let Reply::Answer(mut reply) = answer_with(302, "location", "x") else {
            unreachable!()
        };
        let to = http::HeaderValue::from_bytes("/ü?sig=s".as_bytes()).unwrap();
        reply.headers_mut().insert(LOCATION, to);
        let error = run(&Fake::new([Reply::Answer(reply)]));
        assert_eq!(error.location(), Some("/ü?sig=s"));
        assert!(error.to_string().ends_with("to: /ü"), "{error}");
    }

    #[test]
    fn an_error_says_all_that_the_server_said() {
        let body = r#"{"errors": [{"message": "bad token hidden-token"}]}"#;
        let Reply::Answer(mut reply) = answer(401, body) else {
            unreachable!()
        };
        reply.headers_mut().insert("cf-ray", "ray".parse().unwrap());
        let error = run(&Fake::new([Reply::Answer(reply)]));
        assert_eq!(
            error.to_string(),
            "GetThings GET /things: 401 Unauthorized: bad token [redacted] (request ID ray)"
        );
        assert!(error.is_unauthorized() && !error.is_retryable());
        assert_eq!(error.body(), body.as_bytes());
        assert!(!format!("{error:?}").contains("hidden"));
        assert!(size_of::<Error>() <= 24);
    }

    #[test]
    fn what_the_call_has_in_the_place_of_a_credential_is_not_repeated() {
        let body = r#"{"message": "no hidden1, hidden 2, hidden%202, hidden3, hidden4 or green"}"#;
        let fake = Fake::new([answer(400, body)]);
        let mut call = Call::new(&builder(&fake).build(None).unwrap(), &GET);
        call.header("Authorization", &"Bearer hidden1");
        call.header("X-Auth-Email", &"hidden3");
        call.header("X-Color", &"green");
        call.query("key", &"hidden 2");
        call.cookie("sid", &"hidden4");
        let error = block_on(call.send::<()>()).unwrap_err();
        let text = format!("{error} {error:?}");
        let shown = "no [redacted], [redacted], [redacted], [redacted], [redacted] or green";
        assert!(text.contains(shown) && !text.contains("hidden"), "{text}");
    }

    #[test]
    fn the_name_of_a_request_is_part_of_the_line_and_shows_no_secret_either() {
        let said = |id: &str| run(&Fake::new([answer_with(400, "x-request-id", id)]));
        let error = said("of hidden-token");
        assert!(error.to_string().ends_with(" (request ID of [redacted])"), "{error}");
        assert!(!format!("{error:?}").contains("hidden"), "{error:?}");
        let long = "7".repeat(10_000);
        let error = said(&long);
        assert_eq!(error.request_id(), Some(&*long), "it is there in full");
        assert!(error.to_string().len() < 1000, "{}", error.to_string().len());
    }

    #[test]
    fn an_error_without_words_says_whether_there_is_a_body() {
        let said = |body: &str| run(&Fake::new([answer(400, body)])).to_string();
        for none in ["", "null", "{}\n"] {
            assert!(said(none).ends_with("400 Bad Request: the server gave no reason"), "{}", said(none));
        }
        for body in ["<html>", "{\"code\": 7}"] {
            assert!(said(body).ends_with("is in the body (`Error::body()`)"), "{}", said(body));
        }
    }

    #[test]
    fn an_error_that_is_a_plain_text_says_it() {
        let Reply::Answer(mut reply) = answer(403, "not you, hidden-token\n") else {
            unreachable!()
        };
        let media_type = "text/plain; charset=utf-8".parse().unwrap();
        reply.headers_mut().insert(CONTENT_TYPE, media_type);
        let error = run(&Fake::new([Reply::Answer(reply)]));
        let said = error.to_string();
        assert!(said.ends_with("403 Forbidden: not you, [redacted]"), "{said}");
    }

    #[test]
    fn of_a_large_error_the_beginning_is_kept() {
        let error = run(&Fake::new([answer(400, "x".repeat(1 << 20))]));
        assert_eq!(error.body().len(), 64 << 10);
        let chunk = || Some(Ok(Bytes::from("y".repeat(40_000))));
        let Reply::Answer(mut reply) = chunks(vec![chunk(), chunk(), None]) else {
            unreachable!()
        };
        *reply.status_mut() = StatusCode::NOT_FOUND;
        let error = run(&Fake::new([Reply::Answer(reply)]));
        assert_eq!((error.is_not_found(), error.body().len()), (true, 64 << 10));
    }
}
