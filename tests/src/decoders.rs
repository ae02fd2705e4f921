//! Bytes → an answer of any status, with any headers and body → every operation of the Sessions client, without a network.
//! A fuzzer steers the bytes, and a test makes some of its own.

use std::collections::{BTreeMap, VecDeque};
use std::pin::{Pin, pin};
use std::sync::LazyLock;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderName, HeaderValue, StatusCode};
use realtimekit_sessions::{Body, Client, Error, TransportError};
use serde_json::Value;

use crate::calls::CALLS;
use crate::fake::{ATTEMPT, Fake};
use crate::made::{Choices, mutate};
use crate::workspace;

/// How many bytes say what an answer is like; those after them are its body, or what a body is made by.
const HEAD: usize = 48;

/// How many pages of a list are looked at.
const PAGES: usize = 3;

/// How often a call may be polled: each of its attempts takes a few.
const POLLS: usize = 1_000;

/// The example of each operation's success in the description, by `operationId`.
pub fn examples() -> BTreeMap<String, Value> {
    let text = std::fs::read_to_string(workspace().join("spec/sessions.yaml")).unwrap();
    let document: Value = serde_yaml::from_str(&text).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.values().flat_map(|item| ["get", "post"].map(|method| &item[method]));
    operations
        .filter(|operation| !operation.is_null())
        .map(|operation| {
            let example = operation["responses"]["200"]["content"]["application/json"]["example"].clone();
            assert!(!example.is_null(), "{} has an example", operation["operationId"]);
            (operation["operationId"].as_str().unwrap().to_owned(), example)
        })
        .collect()
}

/// What came of the calls: enough to see that a run of many got past the first check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Calls that had a decoded answer.
    pub decoded: usize,
    /// Calls whose answer was a success that can't be decoded.
    pub undecodable: usize,
    /// Calls with any other error.
    pub failed: usize,
}

/// Gives one answer to every operation, and to the lists page by page. None may panic, wait for ever, or keep more of a
/// body in an error than 64 KiB.
pub fn check(bytes: &[u8]) -> Counts {
    let answer = Answer::of(bytes);
    let mut counts = Counts::default();
    let mut count = |result: Result<(), Error>| match result {
        Ok(()) => {
            assert!(answer.status.is_success(), "{} is no success", answer.status);
            counts.decoded += 1;
        }
        Err(error) => {
            let text = format!("{error} {error:?} {:?}", std::error::Error::source(&error));
            assert!(error.body().len() <= 64 << 10, "{text}");
            counts.undecodable += usize::from(error.kind() == realtimekit_sessions::ErrorKind::Decode);
            counts.failed += usize::from(error.kind() != realtimekit_sessions::ErrorKind::Decode);
        }
    };
    for call in CALLS.iter().filter(|call| call.variant == "min") {
        count(finish((call.run)(answer.client())).map(drop));
    }
    let client = answer.client();
    let sessions = client.realtime_kit().sessions();
    let mut pages = sessions.get_sessions("a", "b").pages();
    let mut items = sessions.get_session_participants("a", "b", "c").items();
    for _ in 0..PAGES {
        let Some(page) = finish(pages.try_next()).transpose() else { break };
        count(page.map(drop));
    }
    for _ in 0..PAGES {
        let Some(item) = finish(items.try_next()).transpose() else { break };
        count(item.map(drop));
    }
    count(finish(sessions.get_session_chat("a", "b", "c").send().with_response()).map(|answer| {
        let _ = (answer.request_id(), answer.header::<u64>("content-length"), format!("{answer:?}"));
    }));
    count(finish(async {
        let mut raw = sessions.get_session_chat("a", "b", "c").send().raw().await?;
        let _ = (raw.request_id(), raw.content_length());
        raw.copy_to(&mut std::io::sink()).await.map(drop)
    }));
    counts
}

/// Polls a call to its end: nothing that it waits for takes time.
fn finish<T>(call: impl Future<Output = T>) -> T {
    let mut call = pin!(call);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..POLLS {
        if let Poll::Ready(done) = call.as_mut().poll(&mut context) {
            return done;
        }
    }
    panic!("the call has no end");
}

/// An answer that every attempt gets.
#[derive(Clone, Debug)]
struct Answer {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// The body in pieces, and whether it breaks off after them.
    chunks: Vec<Bytes>,
    breaks: bool,
}

impl Answer {
    fn of(bytes: &[u8]) -> Self {
        let (head, rest) = bytes.split_at(bytes.len().min(HEAD));
        let mut choices = Choices::new(head);
        // Most are successes, for there is more to decode.
        let status = if choices.one_in(3) { 100 + choices.below(900) } else { *choices.of(&[200, 200, 201, 204, 206]) };
        let headers = (0..choices.below(4)).filter_map(|_| header(&mut choices)).collect();
        let body = body(&mut choices, rest);
        let mut chunks = Vec::new();
        let mut left = Bytes::from(body);
        for _ in 0..choices.below(4) {
            chunks.push(left.split_to(choices.below(left.len() + 1)));
        }
        chunks.push(left);
        Self {
            status: StatusCode::from_u16(u16::try_from(status).unwrap()).unwrap(),
            headers,
            chunks,
            breaks: choices.one_in(8),
        }
    }

    fn client(&self) -> Client {
        let answer = self.clone();
        let fake = Fake::new(move |_, _| {
            let mut chunks: VecDeque<_> = answer.chunks.iter().cloned().map(Ok).collect();
            if answer.breaks {
                chunks.push_back(Err(TransportError::exchange("it breaks off")));
            }
            let mut reply = http::Response::new(Body::from_stream(Chunks(chunks)));
            *reply.status_mut() = answer.status;
            reply.headers_mut().extend(answer.headers.iter().cloned());
            Ok(reply)
        });
        let builder = Client::builder().bearer_token("token").transport(fake);
        builder.options(|options| options.timeout(ATTEMPT)).build().unwrap()
    }
}

/// A header that the client looks at, or any other; `None` where the bytes make none.
fn header(choices: &mut Choices<'_>) -> Option<(HeaderName, HeaderValue)> {
    let name = *choices.of(&[
        "retry-after",
        "retry-after-ms",
        "x-should-retry",
        "content-type",
        "content-length",
        "content-encoding",
        "location",
        "link",
        "date",
        "www-authenticate",
        "x-request-id",
        "cf-ray",
        "x-other",
    ]);
    let known = *choices.of(&[
        "",
        "0",
        "1",
        "1e400",
        "-1",
        "18446744073709551616",
        "true",
        "gzip",
        "application/json",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "https://u:p@example.com/a?b#c",
        "</next?page=2>; rel=\"next\"",
    ]);
    let value = match choices.one_in(2) {
        true => (0..choices.below(12)).map(|_| u8::try_from(choices.below(256)).unwrap_or_default()).collect(),
        false => known.as_bytes().to_vec(),
    };
    Some((HeaderName::from_static(name), HeaderValue::from_bytes(&value).ok()?))
}

/// The bytes themselves; or an example of the description that they break at some places, as JSON and then as a text.
fn body(choices: &mut Choices<'_>, rest: &[u8]) -> Vec<u8> {
    static EXAMPLES: LazyLock<Vec<Value>> = LazyLock::new(|| examples().into_values().collect());
    if choices.one_in(4) {
        return rest.to_vec();
    }
    let mut example = choices.of(&EXAMPLES).clone();
    let is_whole = choices.one_in(4);
    let mut by = Choices::new(rest);
    if !is_whole {
        mutate(&mut by, &mut example);
    }
    let mut text = example.to_string().into_bytes();
    if choices.one_in(3) {
        for _ in 0..=by.below(3) {
            let at = by.below(text.len());
            if let Some(byte) = text.get_mut(at) {
                *byte = u8::try_from(by.below(256)).unwrap_or_default();
            }
        }
    }
    if choices.one_in(8) {
        text.truncate(by.below(text.len() + 1));
    }
    text
}

/// A body in pieces, each of which is there at once.
struct Chunks(VecDeque<Result<Bytes, TransportError>>);

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}
