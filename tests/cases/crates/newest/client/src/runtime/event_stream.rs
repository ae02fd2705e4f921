//! Answers of `text/event-stream`: events as they come, with their data decoded.
//!
//! A stream that breaks off is taken up again, as browsers do it (HTML, section 9.2.3), where that
//! loses nothing and does nothing twice: the method is safe (RFC 9110, section 9.2.1), and the last
//! event had an identifier, or none came yet. The new request has the identifier in `Last-Event-ID`,
//! whatever the first one had there. Before it is a wait: the one that the server names in `retry`, but
//! never less than Firefox waits, or else that of every retry. So a server whose streams break off after
//! each event isn't called without a pause, whatever it names.
//! A stream that comes to its end is at its end.

use super::call::Call;
use super::decode::Decode;
use super::error::{Error, ErrorKind};
use super::event_parser::{Parsed, Parser};
use super::fault::Fault;
use super::json;
use super::response::RawResponse;
use super::retry::{Outcome, Policy};
use super::send;
use super::streaming::{self, Opened, SendingStream, expect, undecodable};
use super::transport::BoxFuture;
use futures_core::Stream;
use http::{HeaderName, HeaderValue, Method};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// What answers are called.
const MEDIA_TYPE: &str = "text/event-stream";

/// Data that is no JSON and ends a stream of JSON.
const DONE: &str = "[DONE]";

/// The shortest wait before a stream is taken up again that a server can ask for; it is that of Firefox.
/// Browsers may wait for longer than a server says (HTML, section 9.2.3).
const SHORTEST_WAIT: Duration = Duration::from_millis(500);

/// An event of a stream (HTML, section 9.2, "Server-sent events").
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServerEvent<T> {
    /// The last identifier that the stream has named, be it in this event or in one before.
    pub id: Option<String>,
    /// What the event is called; one without a name is a `message` to browsers.
    pub event: Option<String>,
    /// How long the server wants a client to wait before it connects again, as of this event. What
    /// takes the stream up again waits for half a second at least.
    pub retry: Option<Duration>,
    /// What the event holds.
    pub data: T,
    /// The same as it came.
    pub text: String,
}

/// The events of an answer, as they come.
///
/// A line may have 1 MiB and an event 8 MiB, unless the
/// [`value_cap`](super::options::Options::value_cap) is another one, and the server may be silent for
/// the [`read_timeout`](super::options::Options::read_timeout), so that a stream in which nothing may
/// happen for long wants more than its 60 s. `[DONE]` ends a stream whose data is JSON.
///
/// Dropping it ends the answer.
#[must_use = "events are not read until they are polled"]
pub struct EventStream<T> {
    events: Events,
    read: fn(&Parsed) -> Result<T, Fault>,
    /// Data that ends the stream.
    end: Option<&'static str>,
}

impl<T> EventStream<T> {
    /// The events of an answer, `[DONE]` at their end.
    pub(super) fn new(opened: Opened, read: fn(&Parsed) -> Result<T, Fault>) -> Self {
        Self {
            events: Events::new(opened),
            read,
            end: Some(DONE),
        }
    }

    /// The next event; `None` at the end.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] for an event whose data isn't what the description promises, with the
    /// server's words if it is an object with nothing but `error`: the stream goes on after it. After
    /// any other error it is over: [`ErrorKind::TooLarge`] beyond the caps, and [`ErrorKind::Timeout`] and [`ErrorKind::Transport`] for a stream that breaks
    /// off and isn't taken up again.
    pub async fn try_next(&mut self) -> Result<Option<ServerEvent<T>>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// The answer that the events come from: its status and headers.
    #[must_use]
    pub fn response(&self) -> &RawResponse {
        &self.events.raw
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<ServerEvent<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let event = match ready!(self.events.poll(context)) {
            Some(Ok(event)) => event,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        if self.end == Some(event.data.trim_ascii()) {
            self.events.is_over = true;
            return Poll::Ready(None);
        }
        let data = (self.read)(&event)
            .map_err(|fault| undecodable(&self.events.raw, event.data.as_bytes(), fault));
        let retry = self.events.parser.retry();
        Poll::Ready(Some(data.map(|data| ServerEvent {
            id: event.id,
            event: event.name,
            retry,
            data,
            text: event.data,
        })))
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("response", &self.events.raw)
            .finish_non_exhaustive()
    }
}

impl RawResponse {
    /// The events of the body, with data of JSON, where the description doesn't say that it has some.
    /// A stream that breaks off is not taken up again.
    pub fn events<T: Decode>(self) -> EventStream<T> {
        EventStream {
            events: Events::of(self.by_value()),
            read: |event| json(&event.data),
            end: Some(DONE),
        }
    }
}

/// JSON. Data that is empty may be null.
pub(super) fn json<T: Decode>(data: &str) -> Result<T, Fault> {
    if data.is_empty() {
        json::from_json(b"null").map_err(|_| Fault::new("the data is empty"))
    } else {
        streaming::value(data.as_bytes())
    }
}

impl Call {
    /// Sends the call, for events with data of JSON.
    pub(crate) fn send_events<T: Decode>(self) -> SendingStream<EventStream<T>> {
        self.send_events_as(|opened| EventStream::new(opened, |event| json(&event.data)))
    }

    /// Sends the call, for events with data of text.
    pub(crate) fn send_text_events(self) -> SendingStream<EventStream<String>> {
        self.send_events_as(|opened| EventStream {
            end: None,
            ..EventStream::new(opened, |event| Ok(event.data.clone()))
        })
    }

    /// Sends the call, for events that `open` reads.
    pub(super) fn send_events_as<T>(
        self,
        open: fn(Opened) -> EventStream<T>,
    ) -> SendingStream<EventStream<T>> {
        SendingStream::new(self, MEDIA_TYPE, open)
    }

    /// Asks for what comes after the event of this identifier. Where the caller wanted to begin, be it
    /// by the options, is behind it.
    fn begin_after(&mut self, id: HeaderValue) {
        let name = HeaderName::from_static("last-event-id");
        self.core = self.core.with_options(|mut options| {
            options.headers.retain(|(other, _)| *other != name);
            options
        });
        self.headers.insert(name, id);
    }
}

/// The part of a stream that knows no types.
struct Events {
    raw: RawResponse,
    parser: Parser,
    /// The call, where sending it again does nothing twice.
    call: Option<Box<Call>>,
    resuming: Option<BoxFuture<'static, Result<RawResponse, Error>>>,
    /// Whether an event was given.
    has_begun: bool,
    /// How often, and after which waits together, the stream was taken up since the last event.
    resumed: u32,
    waited: Duration,
    is_over: bool,
}

impl Events {
    fn new(opened: Opened) -> Self {
        let Opened { raw, call } = opened;
        let is_safe = matches!(call.target.method, Method::GET | Method::HEAD);
        Self {
            call: Some(call).filter(|_| is_safe),
            ..Self::of(raw)
        }
    }

    /// The events of an answer that isn't asked for again.
    fn of(raw: RawResponse) -> Self {
        Self {
            parser: Parser::new(raw.value_cap),
            raw,
            call: None,
            resuming: None,
            has_begun: false,
            resumed: 0,
            waited: Duration::ZERO,
            is_over: false,
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Parsed, Error>>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        let next = ready!(self.next(context));
        match &next {
            Some(Ok(_)) => {
                self.has_begun = true;
                (self.resumed, self.waited) = (0, Duration::ZERO);
            }
            Some(Err(_)) | None => self.is_over = true,
        }
        Poll::Ready(next)
    }

    fn next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Parsed, Error>>> {
        loop {
            if let Some(resuming) = &mut self.resuming {
                let resumed = ready!(resuming.as_mut().poll(context));
                self.resuming = None;
                match resumed {
                    Ok(raw) => self.raw = raw,
                    Err(error) => return Poll::Ready(Some(Err(error))),
                }
                self.parser.restart();
            }
            match self.parser.next() {
                Ok(None) => {}
                Ok(Some(event)) => return Poll::Ready(Some(Ok(event))),
                Err(message) => {
                    let error = Error::new(ErrorKind::TooLarge, message);
                    return Poll::Ready(Some(Err(self.raw.label(error))));
                }
            }
            match ready!(self.raw.poll_chunk(context)) {
                Ok(Some(chunk)) => self.parser.push(chunk),
                // An event that isn't whole is none.
                Ok(None) => return Poll::Ready(None),
                Err(error) => match self.resume() {
                    Some(resuming) => self.resuming = Some(resuming),
                    None => return Poll::Ready(Some(Err(error))),
                },
            }
        }
    }

    /// Takes up a stream that broke off; `None` where it can't be, or has been too often.
    fn resume(&mut self) -> Option<BoxFuture<'static, Result<RawResponse, Error>>> {
        let mut call = self.call.clone()?;
        let last_id = self.parser.last_id();
        if !last_id.is_empty() {
            call.begin_after(HeaderValue::from_bytes(last_id.as_bytes()).ok()?);
        } else if self.has_begun {
            return None;
        }
        let policy = Policy {
            is_repeatable: true,
            max_retries: call.core.options.max_retries,
            chosen: call.core.options.chosen.clone(),
        };
        let asked = self.parser.retry().map(|asked| asked.max(SHORTEST_WAIT));
        let random = call.core.shared.transport.random();
        let wait = policy.next(Outcome::NoAnswer, asked, self.resumed, self.waited, random)?;
        if !call.core.shared.budget.take() {
            return None;
        }
        self.resumed += 1;
        self.waited += wait;
        Some(Box::pin(async move {
            let shared = Arc::clone(&call.core.shared);
            shared.transport.sleep(wait).await;
            let raw = expect(send::until_head(call).await?, MEDIA_TYPE).await?;
            // To send it again was the retry: what that cost is given back.
            shared.budget.refill(true);
            Ok(raw)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::call::Operation;
    use super::super::options::Options;
    use super::super::testing::{Fake, GET, POST, Reply, answer, block_on, builder, chunks};
    use super::super::transport::TransportError;
    use super::*;
    use bytes::Bytes;

    fn body(pieces: &[&'static str], broken: bool) -> Reply {
        let pieces = pieces.iter().map(|piece| Some(Ok(Bytes::from(*piece))));
        let reset = broken.then(|| Some(Err(TransportError::exchange("reset"))));
        chunks(pieces.chain(reset).collect())
    }

    fn open<T>(
        fake: &Fake,
        operation: &'static Operation,
        send: fn(Call) -> SendingStream<EventStream<T>>,
    ) -> Result<EventStream<T>, Error> {
        let mut builder = builder(fake);
        builder.options(|options: Options| options.read_timeout(Duration::from_secs(7)));
        block_on(send(Call::new(&builder.build(None).unwrap(), operation)))
    }

    fn numbers(
        fake: &Fake,
        operation: &'static Operation,
    ) -> Vec<Result<ServerEvent<i64>, ErrorKind>> {
        let mut stream = open(fake, operation, Call::send_events::<i64>).unwrap();
        let mut all = Vec::new();
        while let Some(next) = block_on(stream.try_next()).transpose() {
            all.push(next.map_err(|error| error.kind()));
        }
        assert!(block_on(stream.try_next()).unwrap().is_none(), "it is over");
        all
    }

    fn data(events: &[Result<ServerEvent<i64>, ErrorKind>]) -> Vec<Result<i64, ErrorKind>> {
        let data = |event: &Result<ServerEvent<i64>, ErrorKind>| match event {
            Ok(event) => Ok(event.data),
            Err(kind) => Err(*kind),
        };
        events.iter().map(data).collect()
    }

    #[test]
    fn events_say_what_came_with_their_data() {
        let text = "id: a\nevent: n\nretry: 20\ndata: 1\n\ndata:\ndata: 2\n\ndata: x\n\ndata:\n\ndata: 4\n\ndata: 5";
        let events = numbers(&Fake::new([body(&[text], false)]), &POST);
        let decode = Err(ErrorKind::Decode);
        assert_eq!(data(&events), [Ok(1), Ok(2), decode, decode, Ok(4)]);
        let first = events[0].as_ref().unwrap();
        assert_eq!(first.event.as_deref(), Some("n"));
        let second = events[1].as_ref().unwrap();
        assert_eq!((second.event.as_deref(), &*second.text), (None, "\n2"));
        for event in events.iter().flatten() {
            assert_eq!(event.id.as_deref(), Some("a"));
            assert_eq!(event.retry, Some(Duration::from_millis(20)));
        }
    }

    #[test]
    fn what_is_no_json_ends_a_stream_of_json_and_no_stream_of_text() {
        let text = "data: 1\n\ndata: [DONE]\n\ndata: 2\n\n";
        let events = numbers(&Fake::new([body(&[text], false)]), &GET);
        assert_eq!(data(&events), [Ok(1)]);
        let fake = Fake::new([body(&[text], false)]);
        let mut stream = open(&fake, &GET, Call::send_text_events).unwrap();
        for expected in ["1", "[DONE]", "2"] {
            let event = block_on(stream.try_next()).unwrap().unwrap();
            assert_eq!((&*event.data, &*event.text), (expected, expected));
        }
        assert!(block_on(stream.try_next()).unwrap().is_none());
    }

    #[test]
    fn a_value_that_cannot_be_decoded_is_in_its_error() {
        let fake = Fake::new([body(&["data: {\"a\": [x]}\n\n"], false)]);
        let mut stream = open(&fake, &GET, Call::send_events::<i64>).unwrap();
        assert_eq!(stream.response().attempts(), 1);
        let error = block_on(stream.try_next()).unwrap_err();
        assert_eq!((error.body(), error.attempts()), (&b"{\"a\": [x]}"[..], 1));
        assert!(error.to_string().contains("GetThings"), "{error}");
    }

    #[test]
    fn an_error_in_the_stream_is_one_with_the_words_of_the_server() {
        let fake = Fake::new([body(&["data: {\"error\": {\"message\": \"full\"}}\n\ndata: 1\n\n"], false)]);
        let mut stream = open(&fake, &GET, Call::send_events::<i64>).unwrap();
        let error = block_on(stream.try_next()).unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Decode, "full"));
        assert_eq!(block_on(stream.try_next()).unwrap().unwrap().data, 1);
    }

    #[test]
    fn what_is_no_stream_is_an_error() {
        let Reply::Answer(mut reply) = answer(200, "{\"error\": \"no stream today\"}") else {
            unreachable!()
        };
        let json = HeaderValue::from_static("application/json");
        reply.headers_mut().insert("content-type", json);
        let fake = Fake::new([Reply::Answer(reply)]);
        let error = open(&fake, &POST, Call::send_events::<i64>).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.body(), b"{\"error\": \"no stream today\"}");
        let fake = Fake::new([answer(500, ""), answer(429, ""), answer(200, "")]);
        assert!(numbers(&fake, &GET).is_empty(), "the beginning is retried");
    }

    #[test]
    fn bytes_that_are_encoded_are_no_events() {
        let Reply::Answer(mut reply) = answer(200, "\u{1f}\u{8b}\n\n") else {
            unreachable!()
        };
        reply.headers_mut().insert("content-encoding", HeaderValue::from_static("gzip"));
        let core = builder(&Fake::new([Reply::Answer(reply)])).build(None).unwrap();
        let mut events = block_on(Call::new(&core, &GET).send::<()>().raw()).unwrap().events::<i64>();
        let error = block_on(events.try_next()).unwrap_err();
        assert!(error.to_string().contains("the content-encoding `gzip`, which was not undone"), "{error}");
        assert!(block_on(events.try_next()).unwrap().is_none());
    }

    #[test]
    fn a_stream_that_breaks_off_is_taken_up_where_it_was() {
        let fake = Fake::new([
            body(
                &["retry: 600\nid: \u{fc}1\ndata: 1\n\nid: 2\ndata: 2\n"],
                true,
            ),
            body(&[], true),
            answer(503, ""),
            body(&["data: 2\n\n", "id: 3\ndata: 3\n\n"], true),
            body(&["data: 4\n\n"], false),
        ]);
        let events = numbers(&fake, &GET);
        assert_eq!(data(&events), [Ok(1), Ok(2), Ok(3), Ok(4)]);
        let ids: Vec<_> = events.iter().flatten().map(|event| &event.id).collect();
        assert_eq!(ids[1].as_deref(), Some("\u{fc}1"));
        assert_eq!(ids[3].as_deref(), Some("3"));
        let requests = fake.requests();
        let sent = requests
            .iter()
            .map(|request| request.headers().get("last-event-id"));
        let sent: Vec<_> = sent.map(|id| id.map(|id| id.as_bytes())).collect();
        let first = Some("\u{fc}1".as_bytes());
        assert_eq!(sent, [None, first, first, first, Some(&b"3"[..])]);
        let waits = fake.sleeps();
        let millis = Duration::from_millis(600);
        assert!(waits.len() == 4 && waits.iter().filter(|wait| **wait == millis).count() == 3);
    }

    /// Each event begins the count of retries anew, so that nothing but the wait keeps this from a storm.
    #[test]
    fn a_stream_is_not_taken_up_without_a_pause() {
        let floor = Duration::from_millis(500);
        for (asked, wait) in [(0, floor), (499, floor), (501, Duration::from_millis(501))] {
            let text: &'static str = format!("retry: {asked}\nid: 1\ndata: 1\n\n").leak();
            let fake = Fake::new((0..50).map(|number| body(&[text], number < 49)));
            let events = numbers(&fake, &GET);
            assert_eq!(data(&events), vec![Ok(1); 50]);
            assert_eq!(fake.sleeps(), vec![wait; 49], "{asked}");
            let retry = events[0].as_ref().unwrap().retry;
            assert_eq!(retry, Some(Duration::from_millis(asked)), "what the server said is kept");
        }
    }

    #[test]
    fn where_a_stream_is_taken_up_is_not_what_the_options_say() {
        let fake = Fake::new([
            body(&["id: 6\ndata: 6\n\nid: 7\ndata: 7\n\n"], true),
            body(&[], true),
            body(&["data: 8\n\n"], false),
        ]);
        let core = builder(&fake).build(None).unwrap();
        let core = core.with_options(|options| options.header("Last-Event-ID", "5").header("x-a", "1"));
        let mut call = Call::new(&core, &GET);
        call.header("Last-Event-ID", &"4");
        let mut stream = block_on(call.send_events::<i64>()).unwrap();
        let mut numbers = Vec::new();
        while let Some(event) = block_on(stream.try_next()).unwrap() {
            numbers.push(event.data);
        }
        assert_eq!(numbers, [6, 7, 8]);
        let requests = fake.requests();
        let sent = requests.iter().map(|request| &request.headers()["last-event-id"]);
        assert_eq!(sent.collect::<Vec<_>>(), ["5", "7", "7"]);
        assert!(requests.iter().all(|request| request.headers()["x-a"] == "1"));
    }

    /// To take it up costs the budget nothing in the end, however often it is done.
    #[test]
    fn a_stream_may_break_off_for_as_long_as_it_goes_on() {
        let event = |number| body(&["id: 1\n", "data: 1\n\n"], number < 300);
        let fake = Fake::new((0..=300).map(event));
        assert_eq!(data(&numbers(&fake, &GET)), vec![Ok(1); 301]);
    }

    #[test]
    fn what_would_be_lost_or_done_twice_is_not_taken_up() {
        let broken = Err(ErrorKind::Transport);
        let with_id = || body(&["id: 1\ndata: 1\n\n"], true);
        let events = numbers(&Fake::new([with_id()]), &POST);
        assert_eq!(data(&events), [Ok(1), broken]);
        let events = numbers(&Fake::new([body(&["data: 1\n\n"], true)]), &GET);
        assert_eq!(data(&events), [Ok(1), broken]);
        // Nothing is lost before the first event.
        let fake = Fake::new([body(&["data: 1\n"], true), body(&["data: 2\n\n"], false)]);
        assert_eq!(data(&numbers(&fake, &GET)), [Ok(2)]);
        // Twice in a row is enough, and so is a wait that is too long.
        let fake = Fake::new([with_id(), body(&[], true), body(&[], true)]);
        assert_eq!(data(&numbers(&fake, &GET)), [Ok(1), broken]);
        let late = body(&["id: 1\nretry: 60001\ndata: 1\n\n"], true);
        assert_eq!(data(&numbers(&Fake::new([late]), &GET)), [Ok(1), broken]);
        let gone = Fake::new([with_id(), answer(404, "")]);
        let status = Err(ErrorKind::Status);
        assert_eq!(data(&numbers(&gone, &GET)), [Ok(1), status]);
        // A server that says that it has nothing more, and one that says something else.
        let done = Fake::new([with_id(), answer(204, "")]);
        assert_eq!(data(&numbers(&done, &GET)), [Ok(1)]);
        let Reply::Answer(mut other) = answer(200, "data: 2\n\n") else {
            unreachable!()
        };
        let html = HeaderValue::from_static("text/html");
        other.headers_mut().insert("content-type", html);
        let other = Fake::new([with_id(), Reply::Answer(other)]);
        assert_eq!(data(&numbers(&other, &GET)), [Ok(1), Err(ErrorKind::Decode)]);
    }

    #[test]
    fn to_take_up_a_stream_has_the_limits_of_every_retry() {
        let broken = |text: &'static str| body(&[text], true);
        let kinds = |fake: &Fake, retries: u32, budget: u32| {
            let mut builder = builder(fake);
            builder.retry_budget(budget);
            builder.options(|options: Options| options.max_retries(retries));
            let call = Call::new(&builder.build(None).unwrap(), &GET);
            let mut stream = block_on(call.send_events::<i64>()).unwrap();
            let mut all = Vec::new();
            while let Some(next) = block_on(stream.try_next()).transpose() {
                all.push(next.map(|event| event.data).map_err(|error| error.kind()));
            }
            all
        };
        let end = Err(ErrorKind::Transport);
        // All waits in a row end within two minutes.
        let fake = Fake::new([broken("id: 1\nretry: 50000\ndata: 1\n\n"), broken(""), broken("")]);
        assert_eq!(kinds(&fake, 1000, 100), [Ok(1), end]);
        assert_eq!(fake.sleeps(), [Duration::from_secs(50); 2]);
        // The client's budget is that of all its calls.
        let fake = Fake::new([broken("id: 1\ndata: 1\n\n")]);
        assert_eq!(kinds(&fake, 1000, 0), [Ok(1), end]);
    }

    #[test]
    fn a_silent_stream_is_left_in_time() {
        let pieces = vec![
            Some(Ok("data: 1\n\n".into())),
            Some(Ok(": alive\n".into())),
            None,
        ];
        let fake = Fake::new([chunks(pieces)]);
        let events = numbers(&fake, &POST);
        assert_eq!(data(&events), [Ok(1), Err(ErrorKind::Timeout)]);
        assert_eq!(fake.sleeps(), [Duration::from_secs(7)]);
    }

    #[test]
    fn what_never_ends_is_refused() {
        let line = Bytes::from(vec![b'x'; 1 << 18]);
        let pieces = (0..5).map(|_| Some(Ok(line.clone())));
        let fake = Fake::new([chunks(pieces.collect())]);
        assert_eq!(data(&numbers(&fake, &GET)), [Err(ErrorKind::TooLarge)]);
    }

    #[test]
    fn a_body_that_nothing_is_said_of_can_be_read_as_events() {
        let fake = Fake::new([body(&["data: 1\n\nda", "ta: 2\n\n"], true)]);
        let core = builder(&fake).build(None).unwrap();
        let core = core.with_options(|options| options.value_cap(7));
        let raw = block_on(Call::new(&core, &GET).send::<()>().raw()).unwrap();
        let mut events = raw.events::<i64>();
        for expected in [1, 2] {
            assert_eq!(block_on(events.try_next()).unwrap().unwrap().data, expected);
        }
        let error = block_on(events.try_next()).unwrap_err();
        assert_eq!((error.kind(), fake.requests().len()), (ErrorKind::Transport, 1));
        let fake = Fake::new([body(&["data: 10\n\n"], false)]);
        let core = builder(&fake).build(None).unwrap();
        let core = core.with_options(|options| options.value_cap(7));
        let raw = block_on(Call::new(&core, &GET).send::<()>().raw()).unwrap();
        let error = block_on(raw.events::<i64>().try_next()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
    }

    #[test]
    fn streams_move_between_threads() {
        fn check<T: Send + Unpin + 'static>() {}
        check::<EventStream<serde_json::Value>>();
        check::<SendingStream<EventStream<String>>>();
    }
}
