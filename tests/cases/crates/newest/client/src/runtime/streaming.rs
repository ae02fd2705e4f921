//! Calls whose answer is a stream of values: each is sent when it is awaited, and resolves once the
//! head of the answer is there, so that retries and errors of a status come before the first value.

use super::call::Call;
use super::content::Content;
use super::decode::{Decode, Members, Slot, Token};
use super::error::{Error, ErrorKind};
use super::fault::Fault;
use super::header;
use super::json;
use super::message;
use super::response::RawResponse;
use super::send;
use super::sending::{Planned, SendingRaw};
use super::transport::BoxFuture;
use super::undecoded;
use bytes::Bytes;
use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE};
use serde_json::{Map, Value};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// How much of a value that can't be decoded is kept, in bytes.
const KEPT: usize = 64 << 10;

/// An answer whose head is there, and the call that it answers.
pub(super) struct Opened {
    pub(super) raw: RawResponse,
    pub(super) call: Box<Call>,
}

/// A call that is sent when it is awaited; resolves to a stream of values once the head of the
/// answer is there.
///
/// `.raw()` gives the body as it comes instead.
///
/// Dropping it ends the call: nothing more is sent.
#[must_use = "a request does nothing until it is awaited"]
pub struct SendingStream<S> {
    call: Option<Box<Call>>,
    opening: Option<BoxFuture<'static, Result<Opened, Error>>>,
    /// What the answer must be called to be a stream; empty where that isn't looked at.
    media_type: &'static str,
    open: fn(Opened) -> S,
}

impl<S> SendingStream<S> {
    pub(super) fn new(call: Call, media_type: &'static str, open: fn(Opened) -> S) -> Self {
        Self {
            call: Some(Box::new(call)),
            opening: None,
            media_type,
            open,
        }
    }

    /// Asks for the answer as it comes: undecoded, and with a body that still streams.
    pub fn raw(self) -> SendingRaw {
        let Self { call, opening, .. } = self;
        SendingRaw {
            raw: match (opening, call) {
                (Some(opening), _) => Box::pin(async { Ok(opening.await?.raw) }),
                (None, Some(call)) => Box::pin(send::until_head(call)),
                (None, None) => Box::pin(std::future::pending()),
            },
        }
    }
}

impl<S> Planned for SendingStream<S> {
    fn operation(&self) -> Option<String> {
        self.call.as_ref()?.operation()
    }

    fn media_types(&self) -> Option<&'static str> {
        match self.media_type {
            "" => self.call.as_ref()?.media_types(),
            wanted => Some(wanted),
        }
    }
}

impl<S> Future for SendingStream<S> {
    type Output = Result<S, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(call) = self.call.take() {
            self.opening = Some(Box::pin(opened(call, self.media_type)));
        }
        let open = self.open;
        match &mut self.opening {
            Some(opening) => opening.as_mut().poll(context).map_ok(open),
            None => Poll::Pending,
        }
    }
}

impl<S> fmt::Debug for SendingStream<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendingStream").finish_non_exhaustive()
    }
}

async fn opened(call: Box<Call>, media_type: &'static str) -> Result<Opened, Error> {
    let raw = send::until_head(call.clone()).await?;
    Ok(Opened {
        raw: expect(raw, media_type).await?,
        call,
    })
}

/// `raw`, if it is what was asked for. A server that answers something else, such as an object that
/// says why there is no stream, would look like a stream without values.
pub(super) async fn expect(mut raw: RawResponse, wanted: &str) -> Result<RawResponse, Error> {
    let error = encoded(&raw).or_else(|| other(&raw, wanted));
    match error {
        Some(error) => {
            let body = raw.read_some(KEPT).await;
            Err(error.with(|error| error.body = body))
        }
        None => Ok(raw),
    }
}

/// The error of an answer that is of another media type than this one.
fn other(raw: &RawResponse, wanted: &str) -> Option<Error> {
    let is_one = wanted.is_empty() || raw.status.as_u16() == 204 || may_be(&raw.headers, wanted);
    let refuse = || refused(raw, format!("the answer is no `{wanted}`"), "another media type");
    (!is_one).then(refuse)
}

/// The error of a stream that is encoded. It would be cut into pieces all the same, and look like a stream
/// without values, or like one of values that are none.
fn encoded(raw: &RawResponse) -> Option<Error> {
    let headers = Some(&raw.headers).filter(|_| raw.status.as_u16() != 204);
    let message = headers.and_then(undecoded::coded_for_certain)?;
    Some(refused(raw, message, "an encoded stream"))
}

fn refused(raw: &RawResponse, message: String, fault: &'static str) -> Error {
    let error = Error::new(ErrorKind::Decode, message);
    raw.label(error).with(|error| error.fault = Some(Fault::new(fault)))
}

impl RawResponse {
    /// The same to be read value by value: one that is encoded breaks off at once.
    pub(super) fn by_value(mut self) -> Self {
        self.broken = self.broken.take().or_else(|| encoded(&self));
        self
    }
}

/// Whether an answer is of a media type, or doesn't say what it is.
fn may_be(headers: &HeaderMap, wanted: &str) -> bool {
    let may_be = [wanted, "text/plain", "application/octet-stream"];
    let is_one = |essence: &str| may_be.iter().any(|may| essence.eq_ignore_ascii_case(may));
    !headers.contains_key(CONTENT_TYPE) || header::essence(headers).is_some_and(is_one)
}

/// Reads a value of a stream. What is nothing but an `error`, which the type has no place for, is no
/// value without members: so a server says that it can't go on with what it has begun.
pub(super) fn value<T: Decode>(text: &[u8]) -> Result<T, Fault> {
    let value = json::from_json(text)?;
    match is_error(text) && !has_errors(&mut T::blank()) {
        true => Err(Fault::new("an object with nothing but `error`")),
        false => Ok(value),
    }
}

/// Whether the text is that of an object whose only member is `error`.
fn is_error(text: &[u8]) -> bool {
    // Few texts have to be looked at any further.
    let inside = text.trim_ascii_start().strip_prefix(b"{").unwrap_or_default();
    inside.trim_ascii_start().starts_with(b"\"error\"")
        && serde_json::from_slice::<Map<String, Value>>(text).is_ok_and(|members| {
            members.len() == 1 && members.get("error").is_some_and(|error| !error.is_null())
        })
}

/// Whether a type reads a member `error`.
fn has_errors(slot: &mut dyn Slot) -> bool {
    let mut probe = Probe { is_named: false, is_read: false };
    // Whether it wants other members too is of no matter.
    let _ = slot.put(Token::Object(&mut probe));
    probe.is_read
}

/// An object whose only member is `error`.
struct Probe {
    is_named: bool,
    is_read: bool,
}

impl Members for Probe {
    fn name(&mut self, see: &mut dyn FnMut(&str)) -> Result<bool, Fault> {
        let is_over = std::mem::replace(&mut self.is_named, true);
        if !is_over {
            see("error");
        }
        Ok(!is_over)
    }

    fn value(&mut self, slot: Option<&mut dyn Slot>) -> Result<(), Fault> {
        self.is_read |= slot.is_some();
        Ok(())
    }
}

/// The error of a value in the body of `raw` that can't be decoded, in the server's own words where
/// it is one of the server's.
pub(super) fn undecodable(raw: &RawResponse, text: &[u8], fault: Fault) -> Error {
    let redact = |text: &str| raw.redact(text);
    let said = is_error(text).then(|| message::find(None, text, redact)).flatten();
    let why = said.or_else(|| undecoded::coded(&raw.headers));
    let message = why.unwrap_or_else(|| "a value of the stream can't be decoded".to_owned());
    raw.label(Error::new(ErrorKind::Decode, message))
        .with(|error| {
            let kept = text.get(..KEPT).unwrap_or(text);
            error.body = Bytes::copy_from_slice(kept);
            error.fault = Some(fault);
        })
}

impl Call {
    /// Asks for an answer of this media type, where the operation has several.
    pub(crate) fn accept(&mut self, media_type: &str) {
        let value = header::plain(ErrorKind::Request, "accept", media_type);
        if let Some(value) = self.keep(value) {
            self.headers.insert(ACCEPT, value);
        }
    }

    /// Sets a member of the body, which is an object in JSON.
    pub(crate) fn body_member(&mut self, name: &str, value: bool) {
        let Content::Whole(body) = &self.body else {
            return;
        };
        // What is no object stays as it is; the server says what it thinks of it.
        let members = match body.is_empty() {
            true => Ok(Map::new()),
            false => serde_json::from_slice::<Map<String, Value>>(body),
        };
        if let Ok(mut members) = members {
            if body.is_empty() {
                self.json("application/json", &Value::Null);
            }
            members.insert(name.to_owned(), Value::Bool(value));
            self.body = Content::Whole(Value::Object(members).to_string().into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fake, GET, POST, Reply, answer, block_on, builder};
    use super::*;
    use http::HeaderValue;
    use serde_json::json;

    #[test]
    fn a_member_of_the_body_is_set_whatever_the_caller_said() {
        let core = builder(&Fake::new([])).build(None).unwrap();
        let set = |body: Option<Value>| {
            let mut call = Call::new(&core, &POST);
            if let Some(body) = body {
                call.json("application/vnd.a+json", &body);
            }
            call.body_member("stream", true);
            let media_type = call.headers[CONTENT_TYPE].to_str().unwrap().to_owned();
            let Content::Whole(body) = &call.body else {
                unreachable!()
            };
            let body: Value = serde_json::from_slice(body).unwrap();
            (media_type, body)
        };
        let number = json!({"n": 18446744073709551615_u64, "f": 0.1, "stream": true});
        for (body, expected) in [
            (json!({}), json!({"stream": true})),
            (json!({"stream": false}), json!({"stream": true})),
            (json!({"n": 18446744073709551615_u64, "f": 0.1}), number),
            (json!([1]), json!([1])),
        ] {
            let media_type = "application/vnd.a+json".to_owned();
            assert_eq!(set(Some(body)), (media_type, expected));
        }
        let (media_type, body) = set(None);
        assert_eq!(
            (media_type.as_str(), body),
            ("application/json", json!({"stream": true}))
        );
    }

    #[test]
    fn a_stream_whose_coding_was_not_undone_is_an_error_that_names_it() {
        let opened = |status, coding: &str| {
            let Reply::Answer(mut reply) = answer(status, "\u{1f}\u{8b}") else {
                unreachable!()
            };
            reply.headers_mut().insert("content-encoding", coding.parse().unwrap());
            let core = builder(&Fake::new([Reply::Answer(reply)])).build(None).unwrap();
            let read = |opened: Opened| opened.raw;
            block_on(SendingStream::new(Call::new(&core, &GET), "", read))
        };
        for coding in ["gzip", "Br", "x-gzip, zstd", "identity, deflate"] {
            let error = opened(200, coding).unwrap_err();
            assert_eq!((error.kind(), error.body()), (ErrorKind::Decode, "\u{1f}\u{8b}".as_bytes()));
            let words = format!("200 OK: the body has the content-encoding `{coding}`, which was not undone");
            assert!(error.to_string().contains(&words), "{error}");
        }
        // What is no coding is said of texts too.
        for coding in ["identity", "utf-8", "none", ""] {
            assert!(opened(200, coding).is_ok(), "{coding}");
        }
        assert!(opened(204, "gzip").is_ok());
    }

    #[test]
    fn an_answer_may_not_say_that_it_is_something_else() {
        for (media_type, may) in [
            ("text/event-stream", true),
            ("Text/Event-Stream ; charset=utf-8", true),
            ("text/plain; charset=utf-8", true),
            ("application/json", false),
            ("text/html", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(CONTENT_TYPE, media_type.parse().unwrap())]);
            assert_eq!(may_be(&headers, "text/event-stream"), may, "{media_type}");
        }
        assert!(may_be(&HeaderMap::new(), "text/event-stream"));
        // What has no content is no stream of anything.
        let Reply::Answer(mut reply) = answer(204, "") else {
            unreachable!()
        };
        reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let core = builder(&Fake::new([Reply::Answer(reply)])).build(None).unwrap();
        let stream = SendingStream::new(Call::new(&core, &GET), "text/event-stream", |opened| opened.raw);
        assert!(block_on(stream).is_ok());
    }
}
