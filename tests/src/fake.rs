//! A transport without a network and with a clock that stands still: it answers by a script and notes what it was asked to
//! send and how long it was asked to wait.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use realtimekit_sessions::{Body, BoxFuture, Transport, TransportError};

/// The time limit of an attempt that the fake knows by its length, so that no wait is taken for it.
pub const ATTEMPT: Duration = Duration::from_millis(59_999);

/// What the script says to one attempt.
pub type Reply = Result<http::Response<Body>, TransportError>;

/// An answer with headers and a body.
pub fn reply(status: u16, headers: &[(&str, &str)], body: &'static str) -> Reply {
    let mut reply = http::Response::builder().status(status);
    for (name, value) in headers {
        reply = reply.header(*name, *value);
    }
    Ok(reply.body(Body::from(Bytes::from_static(body.as_bytes()))).unwrap())
}

type Script = dyn Fn(&http::Request<Bytes>, usize) -> Reply + Send + Sync;

/// The transport; clones share their notes.
#[derive(Clone)]
pub struct Fake {
    script: Arc<Script>,
    notes: Arc<Mutex<Notes>>,
}

#[derive(Debug, Default)]
struct Notes {
    requests: Vec<(http::Method, String, http::HeaderMap)>,
    waits: Vec<Duration>,
}

impl std::fmt::Debug for Fake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fake")
    }
}

impl Fake {
    /// A transport that answers each attempt with `script` of the request and of how many came before it.
    pub fn new(script: impl Fn(&http::Request<Bytes>, usize) -> Reply + Send + Sync + 'static) -> Self {
        Self { script: Arc::new(script), notes: Arc::default() }
    }

    /// The attempts so far: method, URI and headers.
    pub fn requests(&self) -> Vec<(http::Method, String, http::HeaderMap)> {
        self.notes.lock().unwrap().requests.clone()
    }

    /// The waits between attempts so far; time limits of attempts are not among them.
    pub fn waits(&self) -> Vec<Duration> {
        self.notes.lock().unwrap().waits.clone()
    }
}

impl Transport for Fake {
    fn call(&self, request: http::Request<Body>) -> BoxFuture<'_, Reply> {
        let request = request.map(|body| body.as_bytes().cloned().unwrap_or_default());
        let before = {
            let mut notes = self.notes.lock().unwrap();
            let uri = request.uri().to_string();
            notes.requests.push((request.method().clone(), uri, request.headers().clone()));
            notes.requests.len() - 1
        };
        let reply = (self.script)(&request, before);
        Box::pin(async move { reply })
    }

    /// A wait is over as soon as it is asked for; the time limit of an attempt ([`ATTEMPT`]) never comes.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let notes = Arc::clone(&self.notes);
        Box::pin(async move {
            if duration == ATTEMPT {
                std::future::pending::<()>().await;
            }
            notes.lock().unwrap().waits.push(duration);
        })
    }
}
