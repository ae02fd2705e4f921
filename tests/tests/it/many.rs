//! A thousand calls at once through one client, each of which has to be tried again: every one gets its own answer, none is
//! sent more often than it should be, and nothing of them is left.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use clientwright_tests::fake::ATTEMPT;
use clientwright_tests::server::{Server, json, with_headers};
use futures_core::Stream;
use realtimekit_sessions::{Body, BoxFuture, Client, Transport, TransportError};
use tokio::sync::Barrier;

const CALLS: usize = 1_000;

/// What is there at the moment: each of them counts itself for as long as it lives.
#[derive(Clone, Debug)]
struct Alive(Arc<AtomicUsize>);

impl Alive {
    fn one(all: &Arc<AtomicUsize>) -> Self {
        all.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(all))
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A transport that answers a call's first attempt with 503, once the first attempts of all calls are there, and the others
/// with the call's own path.
#[derive(Debug)]
struct Crowd {
    first: Barrier,
    attempts: Arc<Mutex<BTreeMap<String, usize>>>,
    /// Bodies of answers, and timers.
    bodies: Arc<AtomicUsize>,
    timers: Arc<AtomicUsize>,
    _alive: Alive,
}

/// An answer that tells which call it is for.
fn summary(path: &str) -> String {
    format!(r#"{{"data": {{"sessionId": "", "summaryDownloadUrl": "{path}", "summaryDownloadUrlExpiry": ""}}}}"#)
}

/// A body that comes in pieces, the last one first in the list.
struct Pieces {
    left: Vec<Bytes>,
    _alive: Alive,
}

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.left.pop().map(Ok))
    }
}

impl Transport for Crowd {
    fn call(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let path = request.uri().path().to_owned();
        let (number, before) = {
            let mut attempts = self.attempts.lock().unwrap();
            let count = attempts.entry(path.clone()).or_default();
            *count += 1;
            (*count, attempts.len())
        };
        Box::pin(async move {
            if number % 2 == 1 {
                self.first.wait().await;
            }
            // Answers come in another order than requests.
            for _ in 0..before % 7 {
                tokio::task::yield_now().await;
            }
            let text = summary(&path);
            let (start, end) = text.split_at(text.len() / 2);
            let left = vec![Bytes::from(end.to_owned()), Bytes::from(start.to_owned())];
            let body = Body::from_stream(Pieces { left, _alive: Alive::one(&self.bodies) });
            let status = if number % 2 == 1 { 503 } else { 200 };
            Ok(http::Response::builder().status(status).body(body).unwrap())
        })
    }

    /// A wait is over after a look at the others; the time limit of an attempt never comes.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let alive = Alive::one(&self.timers);
        Box::pin(async move {
            let _alive = alive;
            match duration {
                ATTEMPT => std::future::pending().await,
                _ => tokio::task::yield_now().await,
            }
        })
    }
}

/// Makes all calls at once; each must get the answer that is its own.
async fn all(client: &Client, calls: usize) {
    let calls: Vec<_> = (0..calls)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move {
                let session = format!("session-{number}");
                let sessions = client.realtime_kit().sessions();
                let answer = sessions.get_session_summary("a", "b", &session).send().with_response().await.unwrap();
                assert_eq!(answer.attempts(), 2, "{session}");
                let own = answer.into_value().data.unwrap().summary_download_url;
                assert!(own.ends_with(&format!("/{session}/summary")), "{session}: {own}");
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_calls_at_once_are_all_answered_and_leave_nothing() {
    let (attempts, transports) = (Arc::default(), Arc::default());
    let (bodies, timers) = (Arc::default(), Arc::default());
    let crowd = Crowd {
        first: Barrier::new(CALLS),
        attempts: Arc::clone(&attempts),
        bodies: Arc::clone(&bodies),
        timers: Arc::clone(&timers),
        _alive: Alive::one(&transports),
    };
    let builder = Client::builder().bearer_token("token").transport(crowd);
    let builder = builder.retry_budget(u32::try_from(CALLS).unwrap());
    let client = builder.options(|options| options.timeout(ATTEMPT)).build().unwrap();
    // The second round needs all that the first one took of the budget.
    for round in 1..=2 {
        all(&client, CALLS).await;
        let attempts = attempts.lock().unwrap();
        assert_eq!(attempts.len(), CALLS);
        let wrong: Vec<_> = attempts.iter().filter(|(_, count)| **count != 2 * round).collect();
        assert!(wrong.is_empty(), "sent more or less often than twice a round: {wrong:?}");
        let left = (bodies.load(Ordering::SeqCst), timers.load(Ordering::SeqCst));
        assert_eq!(left, (0, 0), "bodies and timers that are left");
    }
    assert_eq!(transports.load(Ordering::SeqCst), 1);
    drop(client);
    assert_eq!(transports.load(Ordering::SeqCst), 0, "no call holds on to the client");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_at_once_over_a_network_are_all_answered() {
    /// As many as fit below the usual limit of open files, at both ends.
    const AT_ONCE: usize = 200;
    let seen: Mutex<BTreeMap<String, usize>> = Mutex::default();
    let server = Server::start(move |request, _| {
        let mut seen = seen.lock().unwrap();
        let count = seen.entry(request.path.clone()).or_default();
        *count += 1;
        match *count {
            1 => with_headers(json(503, "{}"), &[("retry-after-ms", "0")]),
            _ => json(200, summary(&request.path)),
        }
    })
    .await;
    let builder = Client::builder().bearer_token("token").base_url(server.url());
    let client = builder.retry_budget(u32::try_from(AT_ONCE).unwrap()).build().unwrap();
    all(&client, AT_ONCE).await;
    let mut paths: Vec<_> = server.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(paths.len(), 2 * AT_ONCE);
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), AT_ONCE);
}
