//! What the tests of this crate share: a server that says what it was told to, a clock that doesn't
//! wait, and a runtime for one future.

use super::body::Body;
use super::builder::{ApiInfo, CoreBuilder};
use super::call::Operation;
use super::scheme::{Place, Scheme};
use super::transport::{BoxFuture, Transport, TransportError};
use bytes::Bytes;
use futures_core::Stream;
use http::HeaderValue;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, SystemTime};

pub(super) static API: ApiInfo = ApiInfo {
    base_url: Some("https://api.example.com/v4"),
    base_url_env: Some("EXAMPLE_BASE_URL"),
    variables: &[],
    schemes: &[
        Scheme {
            name: "token",
            place: Place::Bearer,
            env: Some("EXAMPLE_TOKEN"),
            token_url: None,
        },
        Scheme {
            name: "email",
            place: Place::Header("x-auth-email"),
            env: Some("EXAMPLE_EMAIL"),
            token_url: None,
        },
        Scheme {
            name: "key",
            place: Place::Query("key"),
            env: Some("EXAMPLE_KEY"),
            token_url: None,
        },
    ],
    user_agent: "example/1.0.0",
};

pub(super) static GET: Operation = operation("GetThings", "GET", None);
pub(super) static POST: Operation = operation("PostThings", "POST", None);
pub(super) static POST_WITH_KEY: Operation =
    operation("PostThings", "POST", Some("Idempotency-Key"));

const fn operation(
    id: &'static str,
    method: &'static str,
    idempotency_header: Option<&'static str>,
) -> Operation {
    Operation {
        id,
        method,
        path: "/things",
        accept: "application/json",
        security: &[&[0], &[1, 2]],
        idempotency_header,
    }
}

/// The settings of a client with a token, which sends to `fake`.
pub(super) fn builder(fake: &Fake) -> CoreBuilder {
    let mut builder = CoreBuilder::new(&API);
    builder.credential(0, "hidden-token".into());
    builder.transport(Arc::new(fake.clone()));
    builder
}

/// What the server does with a request.
#[derive(Debug)]
pub(super) enum Reply {
    Answer(http::Response<Body>),
    Error(TransportError),
    /// Nothing, for ever.
    Silence,
}

/// An answer with a body in one piece.
pub(super) fn answer(status: u16, body: impl Into<String>) -> Reply {
    let body = Body::from(Bytes::from(body.into()));
    Reply::Answer(http::Response::builder().status(status).body(body).unwrap())
}

/// An answer with a header.
pub(super) fn answer_with(status: u16, name: &'static str, value: &str) -> Reply {
    let mut answer = http::Response::builder()
        .status(status)
        .body(Body::from(Bytes::new()))
        .unwrap();
    answer
        .headers_mut()
        .insert(name, HeaderValue::from_str(value).unwrap());
    Reply::Answer(answer)
}

/// An answer of 200 whose body comes in chunks; `None` is silence for ever.
pub(super) fn chunks(chunks: Vec<Option<Result<Bytes, TransportError>>>) -> Reply {
    Reply::Answer(http::Response::new(Body::from_stream(Chunks(
        chunks.into(),
    ))))
}

struct Chunks(VecDeque<Option<Result<Bytes, TransportError>>>);

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0.pop_front() {
            Some(Some(chunk)) => Poll::Ready(Some(chunk)),
            Some(None) => Poll::Pending,
            None => Poll::Ready(None),
        }
    }
}

/// A stream of the caller's, of these pieces; with an error, if any, at its end.
pub(super) fn pieces(
    pieces: &[&'static str],
    error: Option<std::io::Error>,
) -> impl Stream<Item = std::io::Result<Bytes>> + Send + 'static {
    let pieces = pieces.iter().map(|piece| Ok(Bytes::from(*piece)));
    Pieces(pieces.chain(error.map(Err)).collect())
}

struct Pieces(VecDeque<std::io::Result<Bytes>>);

impl Stream for Pieces {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

/// So many texts, each of up to 40 of these parts in any order; the same ones each time.
pub(super) fn muddle(parts: &[&[u8]], texts: usize) -> Vec<Vec<u8>> {
    let mut state = 1_u32;
    // A linear congruential generator, without its low bits, which repeat too soon.
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize
    };
    let mut text = || {
        let len = random() % 40;
        (0..len).flat_map(|_| parts[random() % parts.len()].iter().copied()).collect()
    };
    (0..texts).map(|_| text()).collect()
}

/// A body to its end; it has as many bytes as it says.
async fn read(mut body: Body) -> Result<Bytes, TransportError> {
    let (told, mut all) = (body.known_len(), Vec::new());
    while let Some(chunk) = poll_fn(|context| Pin::new(&mut body).poll_next(context)).await {
        all.extend_from_slice(&chunk?);
    }
    assert!(told.is_none_or(|told| told == all.len() as u64));
    Ok(all.into())
}

/// A transport that takes its replies from a list, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Fake {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    replies: VecDeque<Reply>,
    requests: Vec<http::Request<Bytes>>,
    sleeps: Vec<Duration>,
    /// How far the clock is ahead of the real one.
    passed: Duration,
    /// Whether sleeping takes until that much has passed, and not no time at all.
    is_paced: bool,
    /// Whether time passes when somebody sleeps.
    is_running: bool,
}

impl Fake {
    pub(super) fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let fake = Self::default();
        fake.state.lock().unwrap().replies.extend(replies);
        fake
    }

    /// The requests that were sent.
    pub(super) fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.state.lock().unwrap().requests.clone()
    }

    /// The queries of the requests; empty where there was none.
    pub(super) fn queries(&self) -> Vec<String> {
        let requests = self.requests();
        let queries = requests.iter().map(|request| request.uri().query());
        queries.map(|query| query.unwrap_or_default().to_owned()).collect()
    }

    /// From now on whoever sleeps does so until [`pass`](Self::pass) has let enough time pass.
    pub(super) fn pace(&self) {
        self.state.lock().unwrap().is_paced = true;
    }

    /// From now on the clock goes on by what somebody sleeps.
    pub(super) fn run(&self) {
        self.state.lock().unwrap().is_running = true;
    }

    /// Lets time pass.
    pub(super) fn pass(&self, duration: Duration) {
        self.state.lock().unwrap().passed += duration;
    }

    /// The times that somebody waited for: the waits between attempts, and timeouts that struck.
    pub(super) fn sleeps(&self) -> Vec<Duration> {
        self.state.lock().unwrap().sleeps.clone()
    }
}

impl Transport for Fake {
    fn call(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = read(body).await?;
            let reply = {
                let mut state = self.state.lock().unwrap();
                state.requests.push(http::Request::from_parts(head, body));
                let reply = state.replies.pop_front();
                reply.expect("a request that the test doesn't expect")
            };
            match reply {
                Reply::Answer(answer) => Ok(answer),
                Reply::Error(error) => Err(error),
                Reply::Silence => std::future::pending().await,
            }
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let state = Arc::clone(&self.state);
        let end = state.lock().unwrap().passed + duration;
        Box::pin(poll_fn(move |_| {
            let mut state = state.lock().unwrap();
            if state.is_paced && state.passed < end {
                return Poll::Pending;
            }
            state.sleeps.push(duration);
            if state.is_running {
                state.passed += duration;
            }
            Poll::Ready(())
        }))
    }

    fn now(&self) -> SystemTime {
        SystemTime::now() + self.state.lock().unwrap().passed
    }
}

/// Polls a future to its end; with a [`Fake`] below it, every poll comes further.
pub(super) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Still));
    let mut context = Context::from_waker(&waker);
    for _ in 0..100 {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
    panic!("the future waits for something that nobody will do");
}

struct Still;

impl Wake for Still {
    fn wake(self: Arc<Self>) {}
}
