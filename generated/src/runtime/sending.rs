//! The futures that callers await: an exchange that is the same for all operations, and the little
//! that is generic, which decodes its answer.

use super::body::Body;
use super::call::Call;
use super::decode::Decode;
use super::error::{Error, ErrorKind};
use super::fault::Fault;
use super::header;
use super::json;
use super::response::{RawResponse, Response};
use super::send;
use super::transport::BoxFuture;
use super::undecoded;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde_json::Value;
use std::fmt;
use std::future::{Future, pending};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// How much of a body that can't be decoded is kept, in bytes.
const KEPT: usize = 64 << 10;

/// How an answer is read.
type Read<T> = fn(&Answered<'_>) -> Result<T, Fault>;

/// An answer of success, to be read as what its status says that it is.
pub(crate) struct Answered<'a> {
    status: StatusCode,
    headers: &'a HeaderMap,
    body: &'a Bytes,
}

impl Answered<'_> {
    /// The status.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// The body as JSON.
    pub(crate) fn json<T: Decode>(&self) -> Result<T, Fault> {
        json::from_json(json::unmarked(self.body))
    }

    /// The body as a text, which is UTF-8 (RFC 3629). It may come as JSON, which many frameworks make of
    /// it by themselves, and says so then.
    pub(crate) fn text(&self) -> Result<String, Fault> {
        let text = std::str::from_utf8(self.body).map_err(|error| Fault::new(error.to_string()))?;
        let quoted = || serde_json::from_str(text).ok();
        let quoted = header::is_json(self.headers).then(quoted).flatten();
        Ok(quoted.unwrap_or_else(|| text.to_owned()))
    }

    /// The body as it came.
    pub(crate) fn bytes(&self) -> Bytes {
        self.body.clone()
    }
}

/// A type that the body of an answer is read as.
pub trait Answer: Sized {
    /// # Errors
    /// When the body isn't what this type stands for.
    fn from_body(body: &Bytes) -> Result<Self, Fault>;
}

/// JSON.
impl<T: Decode> Answer for T {
    fn from_body(body: &Bytes) -> Result<Self, Fault> {
        json::from_json(json::unmarked(body))
    }
}

/// Nothing: what the server sends beyond the status is ignored.
impl Answer for () {
    fn from_body(_: &Bytes) -> Result<Self, Fault> {
        Ok(())
    }
}

/// The body as it came.
impl Answer for Bytes {
    fn from_body(body: &Bytes) -> Result<Self, Fault> {
        Ok(body.clone())
    }
}

/// JSON, or nothing at all.
fn optional<T: Decode>(answer: &Answered<'_>) -> Result<Option<T>, Fault> {
    if answer.body.is_empty() {
        Ok(None)
    } else {
        answer.json()
    }
}

impl Call {
    /// Sends the call, for its decoded answer.
    pub(crate) fn send<T: Answer>(self) -> Sending<T> {
        self.send_cases(|answer| T::from_body(answer.body))
    }

    /// Sends the call, for an answer of JSON that some successes don't have.
    pub(crate) fn send_optional<T: Decode>(self) -> Sending<Option<T>> {
        self.send_cases(optional)
    }

    /// Sends the call, for an answer of any JSON: where there is none, it is null.
    pub(crate) fn send_any(self) -> Sending<Value> {
        self.send_cases(|answer| Ok(optional(answer)?.unwrap_or_default()))
    }

    /// Sends the call, for an answer that is a text and not JSON.
    pub(crate) fn send_text(self) -> Sending<String> {
        self.send_cases(|answer| answer.text())
    }

    /// Sends the call, for an answer that its status tells how to read.
    pub(crate) fn send_cases<T>(self, read: Read<T>) -> Sending<T> {
        Sending {
            exchange: Exchange::Ahead(Box::new(self)),
            read,
        }
    }
}

/// A call and its whole answer.
enum Exchange {
    /// Nothing was sent yet.
    Ahead(Box<Call>),
    UnderWay(BoxFuture<'static, Result<Whole, Error>>),
}

impl Exchange {
    /// The call, as long as nothing of it was sent.
    fn ahead(&self) -> Option<&Call> {
        match self {
            Self::Ahead(call) => Some(call),
            Self::UnderWay(_) => None,
        }
    }

    /// Sends the call at the first poll.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Whole, Error>> {
        let nothing = Self::UnderWay(Box::pin(pending()));
        let mut whole = std::mem::replace(self, nothing).whole();
        let polled = whole.as_mut().poll(context);
        *self = Self::UnderWay(whole);
        polled
    }

    fn whole(self) -> BoxFuture<'static, Result<Whole, Error>> {
        match self {
            Self::Ahead(call) => Box::pin(async {
                let raw = send::until_end(call).await?;
                let bytes = raw.body.as_bytes().cloned().unwrap_or_default();
                Ok(Whole { raw, bytes })
            }),
            Self::UnderWay(whole) => whole,
        }
    }

    fn raw(self) -> BoxFuture<'static, Result<RawResponse, Error>> {
        match self {
            Self::Ahead(call) => Box::pin(send::until_head(call)),
            // Who looks at the answer as it comes can't be told that it is coming already.
            Self::UnderWay(whole) => Box::pin(async {
                let Whole { mut raw, bytes } = whole.await?;
                raw.body = Body::from(bytes);
                Ok(*raw)
            }),
        }
    }
}

/// An answer that is there to its last byte.
struct Whole {
    raw: Box<RawResponse>,
    bytes: Bytes,
}

impl Whole {
    fn decode<T>(&self, read: Read<T>) -> Result<T, Error> {
        // What has no content by its method or its status (RFC 9110, sections 9.3.2, 15.3.5 and 15.3.6) may
        // be null.
        let has_none =
            self.raw.target.method == Method::HEAD || matches!(self.raw.status.as_u16(), 204 | 205);
        let is_void = has_none && self.bytes.is_empty();
        let status = self.raw.status;
        let headers = &self.raw.headers;
        let read = |body: &Bytes| read(&Answered { status, headers, body });
        let other = || match is_void {
            true => read(&Bytes::from_static(b"null")).ok(),
            false => read(&self.quoted().filter(|_| is_text(read))?).ok(),
        };
        read(&self.bytes).or_else(|fault| other().ok_or_else(|| self.undecodable(fault)))
    }

    /// The body in JSON, if its media type says that it is a text: many frameworks send a text as it is
    /// where the description has JSON. Pages are left alone.
    fn quoted(&self) -> Option<Bytes> {
        let essence = header::essence(&self.raw.headers)?;
        let is_text = essence.get(..5)?.eq_ignore_ascii_case("text/");
        let text = std::str::from_utf8(&self.bytes).ok()?;
        let text = Some(text).filter(|text| is_text && !text.trim_start().starts_with('<'));
        serde_json::to_vec(text?).ok().map(Bytes::from)
    }

    fn undecodable(&self, fault: Fault) -> Error {
        let message = match self.bytes.is_empty() {
            true => "the body is empty".to_owned(),
            false => undecoded::why(&self.raw.headers),
        };
        self.raw
            .label(Error::new(ErrorKind::Decode, message))
            .with(|error| {
                // A copy, so that an error never keeps the whole body in memory.
                let kept = self.bytes.get(..KEPT).unwrap_or(&self.bytes);
                error.body = Bytes::copy_from_slice(kept);
                error.fault = Some(fault);
            })
    }
}

/// Whether what is read so is a text, or a type that a text stands for: nothing else in JSON is.
fn is_text<T>(read: impl Fn(&Bytes) -> Result<T, Fault>) -> bool {
    let is_refused = |json: &&'static str| read(&Bytes::from_static(json.as_bytes())).is_err();
    ["0", "{}", "[]", "true"].iter().all(is_refused)
}

/// A call that is sent when it is awaited; resolves to the decoded answer.
///
/// Where more of the answer is wanted, `.send().with_response().await` gives status and headers
/// beside it, and `.send().raw().await` the body as it comes.
///
/// Dropping it ends the call: nothing more is sent.
#[must_use = "a request does nothing until it is awaited"]
pub struct Sending<T> {
    exchange: Exchange,
    read: Read<T>,
}

impl<T> Sending<T> {
    /// Asks for the status, the headers and the bytes of the answer beside what they are decoded to.
    pub fn with_response(self) -> SendingWithResponse<T> {
        SendingWithResponse {
            exchange: self.exchange,
            read: self.read,
        }
    }

    /// Asks for the answer as it comes: undecoded, and with a body that still streams.
    pub fn raw(self) -> SendingRaw {
        SendingRaw {
            raw: self.exchange.raw(),
        }
    }
}

/// A call that can be sent, or is on its way, whatever it answers: a `Fake` takes one to say which
/// operation a reply is to, and so can functions around it.
pub trait Planned {
    /// The operation, by its ID in the description, or by method and path template where it has none;
    /// `None` once the call is on its way.
    fn operation(&self) -> Option<String>;

    /// The media types that it asks for, with commas between them.
    fn media_types(&self) -> Option<&'static str>;
}

impl Planned for Call {
    fn operation(&self) -> Option<String> {
        Some(match self.target.id {
            "" => self.target.to_string(),
            id => id.to_owned(),
        })
    }

    fn media_types(&self) -> Option<&'static str> {
        Some(self.operation.accept)
    }
}

impl<T> Planned for Sending<T> {
    fn operation(&self) -> Option<String> {
        self.exchange.ahead()?.operation()
    }

    fn media_types(&self) -> Option<&'static str> {
        self.exchange.ahead()?.media_types()
    }
}

impl<T> Future for Sending<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(ready!(self.exchange.poll(context)).and_then(|whole| whole.decode(self.read)))
    }
}

/// A call that is sent when it is awaited; resolves to the decoded answer with status, headers and
/// bytes.
///
/// Dropping it ends the call: nothing more is sent.
#[must_use = "a request does nothing until it is awaited"]
pub struct SendingWithResponse<T> {
    exchange: Exchange,
    read: Read<T>,
}

impl<T> Future for SendingWithResponse<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let whole = ready!(self.exchange.poll(context));
        Poll::Ready(whole.and_then(|whole| {
            let value = whole.decode(self.read)?;
            let raw = *whole.raw;
            Ok(Response {
                status: raw.status,
                headers: raw.headers,
                attempts: raw.attempts,
                bytes: whole.bytes,
                value,
            })
        }))
    }
}

/// A call that is sent when it is awaited; resolves to an answer whose body still streams.
///
/// Dropping it ends the call: nothing more is sent.
#[must_use = "a request does nothing until it is awaited"]
pub struct SendingRaw {
    pub(super) raw: BoxFuture<'static, Result<RawResponse, Error>>,
}

impl Future for SendingRaw {
    type Output = Result<RawResponse, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.raw.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for Sending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for SendingWithResponse<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendingWithResponse")
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for SendingRaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendingRaw").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::core::Core;
    use super::super::testing::{Fake, GET, Reply, answer, block_on, builder, chunks};
    use super::super::transport::{Transport, TransportError};
    use super::*;
    use futures_core::Stream;
    use std::sync::Arc;
    use std::task::Waker;
    use std::time::Duration;

    fn get<T: Answer>(reply: Reply) -> Result<T, Error> {
        block_on(Call::new(&builder(&Fake::new([reply])).build(None).unwrap(), &GET).send())
    }

    #[test]
    fn bad_bodies_are_errors_with_status_place_and_body() {
        for body in [
            "",
            "<html>",
            "{\"a\": 1",
            "{} {}",
            "\u{feff}\u{feff}{}",
            "[\u{feff}]",
            r#"["\ud800"]"#,
            "1e999",
            "NaN",
            r#"{"a": 1, "a": 2}"#,
            &"[".repeat(200),
            &format!("{}1{}", "[".repeat(129), "]".repeat(129)),
        ] {
            let error = get::<Value>(answer(200, body)).unwrap_err();
            assert!(error.is_decode(), "{body}: {error}");
            assert_eq!(error.status(), Some(http::StatusCode::OK), "{body}");
            assert_eq!(error.body(), body.as_bytes());
            assert!(
                error.position().is_some_and(|(line, _)| line == 1),
                "{body}: {error}"
            );
            assert!(!error.is_retryable());
        }
        let deep = format!("{}1{}", "[".repeat(127), "]".repeat(127));
        assert!(get::<Value>(answer(200, deep)).is_ok());
    }

    #[test]
    fn a_text_may_come_as_it_is_where_json_is_expected() {
        fn got<T: Answer>(media_type: &str, body: &str) -> Result<T, Error> {
            let Reply::Answer(mut reply) = answer(200, body) else {
                unreachable!()
            };
            reply.headers_mut().insert("content-type", media_type.parse().unwrap());
            get(Reply::Answer(reply))
        }
        for media_type in ["text/plain", "Text/HTML; charset=utf-8"] {
            for (body, text) in [("no", "no"), ("12", "12"), ("\"no\"", "no"), ("{", "{"), ("", "")] {
                assert_eq!(got::<String>(media_type, body).unwrap(), text, "{body}");
            }
            assert_eq!(got::<Option<String>>(media_type, "no").unwrap().as_deref(), Some("no"));
            assert_eq!(got::<i64>(media_type, "12").unwrap(), 12);
            // What stands for more than texts has to be JSON.
            assert!(got::<Value>(media_type, "no").unwrap_err().is_decode());
            assert!(got::<Vec<String>>(media_type, "no").unwrap_err().is_decode());
            assert!(got::<String>(media_type, " <html>").unwrap_err().is_decode());
        }
        for media_type in ["application/json", "texts/plain", "text"] {
            assert!(got::<String>(media_type, "no").unwrap_err().is_decode(), "{media_type}");
        }
    }

    #[test]
    fn a_text_may_come_as_json_and_says_so() {
        let got = |media_type: &str, body: &str| {
            let Reply::Answer(mut reply) = answer(200, body) else {
                unreachable!()
            };
            reply.headers_mut().insert("content-type", media_type.parse().unwrap());
            let call = Call::new(&builder(&Fake::new([Reply::Answer(reply)])).build(None).unwrap(), &GET);
            block_on(call.send_text()).unwrap()
        };
        let quoted = r#""1.\u0030""#;
        assert_eq!(got("Application/JSON; charset=utf-8", quoted), "1.0");
        assert_eq!(got("application/vnd.pets+json", quoted), "1.0");
        for media_type in ["text/plain", "application/jsonl", "application/octet-stream"] {
            assert_eq!(got(media_type, quoted), quoted, "{media_type}");
        }
        // What is no text in JSON is taken as it came.
        for body in ["", "1.0", "{\"a\": 7}", "[\"a\"]", "null", "\"a"] {
            assert_eq!(got("application/json", body), body);
        }
    }

    #[test]
    fn any_json_may_be_missing() {
        let call = |body| Call::new(&builder(&Fake::new([answer(200, body)])).build(None).unwrap(), &GET);
        assert_eq!(block_on(call("").send_any()).unwrap(), Value::Null);
        assert_eq!(block_on(call("[7]").send_any()).unwrap(), serde_json::json!([7]));
        assert!(block_on(call("<").send_any()).unwrap_err().is_decode());
    }

    #[test]
    fn a_byte_order_mark_in_front_of_json_is_ignored() {
        let call = |body| Call::new(&builder(&Fake::new([answer(200, body)])).build(None).unwrap(), &GET);
        assert_eq!(block_on(call("\u{feff}[7]").send::<Vec<i64>>()).unwrap(), [7]);
        assert_eq!(block_on(call("\u{feff}[7]").send_optional::<Vec<i64>>()).unwrap(), Some(vec![7]));
        assert_eq!(block_on(call("\u{feff}a").send_text()).unwrap(), "\u{feff}a");
        let Reply::Answer(mut reply) = answer(404, "\u{feff}{\"message\": \"no\"}") else {
            unreachable!()
        };
        reply.headers_mut().clear();
        let error = get::<()>(Reply::Answer(reply)).unwrap_err();
        assert_eq!(error.message(), "no");
        assert_eq!(error.body_as::<Value>(), Some(serde_json::json!({"message": "no"})));
    }

    #[test]
    fn of_a_large_body_the_beginning_is_kept() {
        let error = get::<Value>(answer(200, format!("\"{}", "x".repeat(100_000)))).unwrap_err();
        assert_eq!(error.body().len(), 64 << 10);
    }

    #[test]
    fn answers_that_are_not_json_are_read_too() {
        get::<()>(answer(204, "")).unwrap();
        assert_eq!(get::<Value>(answer(204, "")).unwrap(), Value::Null);
        assert_eq!(get::<Option<i64>>(answer(205, "")).unwrap(), None);
        assert_eq!(get::<Bytes>(answer(204, "")).unwrap(), "");
        assert!(get::<Vec<i64>>(answer(204, "")).unwrap().is_empty());
        for error in [
            get::<i64>(answer(204, "")).unwrap_err(),
            get::<Vec<i64>>(answer(200, "")).unwrap_err(),
        ] {
            assert!(error.is_decode() && error.to_string().contains("empty"));
        }
        // To HEAD, no answer has a body.
        let head = |reply| {
            let core = builder(&Fake::new([reply])).build(None).unwrap();
            let mut call = Call::new(&core, &GET);
            call.target.method = Method::HEAD;
            block_on(call.send::<Value>())
        };
        assert_eq!(head(answer(200, "")).unwrap(), Value::Null);
        assert!(head(answer(404, "")).unwrap_err().is_not_found());
        get::<()>(answer(200, "<html>")).unwrap();
        assert_eq!(get::<Bytes>(answer(200, "<html>")).unwrap(), "<html>");
    }

    #[test]
    fn texts_and_answers_that_may_be_nothing_are_read() {
        let call = |reply| Call::new(&builder(&Fake::new([reply])).build(None).unwrap(), &GET);
        let optional =
            |status, body: &str| block_on(call(answer(status, body)).send_optional::<Vec<i64>>());
        assert_eq!(optional(202, "").unwrap(), None);
        assert_eq!(optional(204, "").unwrap(), None);
        assert_eq!(optional(200, "[7]").unwrap(), Some(vec![7]));
        assert!(optional(200, "[7").unwrap_err().is_decode());
        let text =
            |body| block_on(call(chunks(vec![Some(Ok(Bytes::from_static(body)))])).send_text());
        assert_eq!(text("a,\u{fc}".as_bytes()).unwrap(), "a,\u{fc}");
        assert!(text(b"\xff").unwrap_err().is_decode());
    }

    #[test]
    fn the_response_comes_with_the_value() {
        let fake = Fake::new([answer(500, ""), answer(201, "[7]")]);
        let core = builder(&fake).build(None).unwrap();
        let response = block_on(Call::new(&core, &GET).send::<Vec<i64>>().with_response()).unwrap();
        assert_eq!((response.status().as_u16(), response.attempts()), (201, 2));
        assert_eq!(response.bytes(), "[7]");
        assert_eq!(response.into_value(), [7]);
    }

    #[test]
    fn a_raw_body_streams_without_a_cap_and_within_the_timeout() {
        let chunk = |text: &'static str| Some(Ok(Bytes::from(text)));
        let fake = Fake::new([chunks(vec![chunk("ab"), chunk("cd"), None])]);
        let core = builder(&fake)
            .build(None)
            .unwrap()
            .with_options(|options| options.body_cap(1));
        let mut raw = block_on(Call::new(&core, &GET).send::<()>().raw()).unwrap();
        assert_eq!(block_on(raw.chunk()).unwrap().unwrap(), "ab");
        assert_eq!(block_on(raw.chunk()).unwrap().unwrap(), "cd");
        assert!(block_on(raw.chunk()).unwrap_err().is_timeout());
        assert!(block_on(raw.bytes()).unwrap_err().is_timeout());
    }

    #[test]
    fn what_a_server_says_of_a_length_is_not_taken_for_it() {
        let call = |header: &[(&'static str, &str)]| {
            let Reply::Answer(mut reply) = chunks(vec![Some(Ok("a".into())), Some(Ok("b".into()))]) else {
                unreachable!()
            };
            for (name, value) in header {
                reply.headers_mut().insert(*name, value.parse().unwrap());
            }
            let core = builder(&Fake::new([Reply::Answer(reply)])).build(None).unwrap();
            Call::new(&core.with_options(|options| options.body_cap(usize::MAX)), &GET).send::<Bytes>()
        };
        // No room is made for what may never come.
        let endless = ("content-length", "18446744073709551615");
        assert_eq!(block_on(call(&[endless])).unwrap(), "ab");
        let len = |headers: &[_]| block_on(call(headers).raw()).unwrap().content_length();
        assert_eq!(len(&[endless]), Some(u64::MAX));
        assert_eq!(len(&[("content-length", "2"), ("content-encoding", "br")]), None);
        assert_eq!(len(&[("content-length", "-1")]), None);
        assert_eq!(len(&[]), None);
    }

    #[test]
    fn what_follows_a_broken_chunk_is_not_taken_for_the_end() {
        let broken = chunks(vec![Some(Err(TransportError::exchange("reset")))]);
        let core = builder(&Fake::new([broken])).build(None).unwrap();
        let mut raw = block_on(Call::new(&core, &GET).send::<()>().raw()).unwrap();
        for _ in 0..2 {
            let error = block_on(raw.chunk()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Transport);
        }
        // As a stream, it is at its end.
        let mut context = Context::from_waker(Waker::noop());
        assert!(matches!(Pin::new(&mut raw).poll_next(&mut context), Poll::Ready(None)));
        assert!(block_on(raw.bytes()).is_err());
    }

    #[test]
    fn a_raw_body_is_copied_to_a_writer() {
        let body = || chunks(vec![Some(Ok("ab".into())), Some(Ok("cd".into()))]);
        let raw = |reply| {
            let core = builder(&Fake::new([reply])).build(None).unwrap();
            block_on(Call::new(&core, &GET).send::<()>().raw()).unwrap()
        };
        let mut written = Vec::new();
        assert_eq!(block_on(raw(body()).copy_to(&mut written)).unwrap(), 4);
        assert_eq!(written, b"abcd");
        let mut full = [0; 3];
        let error = block_on(raw(body()).copy_to(&mut &mut full[..])).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Write, 1));
        assert!(std::error::Error::source(&error).is_some());
        let broken = chunks(vec![
            Some(Ok("ab".into())),
            Some(Err(TransportError::exchange("reset"))),
        ]);
        let error = block_on(raw(broken).copy_to(&mut written)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
    }

    /// A fake whose clock stands still.
    #[derive(Debug)]
    struct Frozen(Fake);

    impl Transport for Frozen {
        fn call(
            &self,
            request: http::Request<Body>,
        ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
            self.0.call(request)
        }

        fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
            Box::pin(std::future::pending())
        }
    }

    fn frozen(fake: &Fake) -> Core {
        let mut builder = builder(fake);
        builder.transport(Arc::new(Frozen(fake.clone())));
        builder.build(None).unwrap()
    }

    #[test]
    fn a_dropped_call_sends_nothing_more() {
        let half = || chunks(vec![Some(Ok("[".into())), None]);
        for stops_at in [Reply::Silence, half(), answer(500, "")] {
            let fake = Fake::new([stops_at, answer(200, "[]")]);
            let core = frozen(&fake);

            drop(Call::new(&core, &GET).send::<Value>());
            assert_eq!(fake.requests().len(), 0);

            let mut under_way = Call::new(&core, &GET).send::<Value>();
            let mut context = Context::from_waker(Waker::noop());
            assert!(Pin::new(&mut under_way).poll(&mut context).is_pending());
            drop(under_way);
            assert_eq!(fake.requests().len(), 1);

            let next = block_on(Call::new(&core, &GET).send::<Value>()).unwrap();
            assert_eq!((next, fake.requests().len()), (Value::Array(vec![]), 2));
        }
    }

    #[test]
    fn more_can_be_asked_of_a_call_under_way() {
        let fake = Fake::new(
            (0..3).map(|_| chunks(vec![Some(Ok("[".into())), None, Some(Ok("7]".into()))])),
        );
        let core = frozen(&fake);
        let under_way = || {
            let mut sending = Call::new(&core, &GET).send::<Vec<i64>>();
            let mut context = Context::from_waker(Waker::noop());
            assert!(Pin::new(&mut sending).poll(&mut context).is_pending());
            sending
        };
        assert_eq!(block_on(under_way()).unwrap(), [7]);
        let response = block_on(under_way().with_response()).unwrap();
        assert_eq!(
            (response.bytes().len(), response.into_value()),
            (3, vec![7])
        );
        let raw = block_on(under_way().raw()).unwrap();
        assert_eq!(raw.status(), http::StatusCode::OK);
        assert_eq!(block_on(raw.bytes()).unwrap(), "[7]");
        assert_eq!(fake.requests().len(), 3);
    }

    #[test]
    fn futures_move_between_threads() {
        fn check<T: Send + 'static>() {}
        check::<Sending<Value>>();
        check::<SendingWithResponse<Value>>();
        check::<SendingRaw>();
        fn share<T: Send + Sync + 'static>() {}
        share::<Call>();
        share::<Error>();
        share::<Response<Value>>();
    }
}
