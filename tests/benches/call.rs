//! A whole call beside one that is written by hand, over reqwest and serde's derives: a GET over loopback, and reading a
//! peer's report of about a megabyte. Both ask the same server in the same runtime; what the server allocates is counted
//! for neither, for it has a thread of its own. Threads that wait for one another take longer or shorter by where they run, so
//! that times are steady on one core alone: `taskset -c 1 cargo bench --bench call`.

#![allow(clippy::unwrap_used, reason = "a broken benchmark should stop")]

mod report;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::mpsc;
use std::time::Duration;

use bytes::Bytes;
use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher};
use http_body_util::Full;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// What both send along.
const TOKEN: &str = "a-token-of-forty-characters-as-many-have";

/// The answer of one session.
const SESSION: &str = r#"{"success": true, "data": {
    "id": "0a1b2c3d-0000-4000-8000-000000000001",
    "associated_id": "0a1b2c3d-2222-4000-8000-000000000000",
    "created_at": "2026-11-24T00:00:00.000Z",
    "live_participants": 3,
    "max_concurrent_participants": 12,
    "meeting_display_name": "A meeting",
    "minutes_consumed": 123.25,
    "organization_id": "0a1b2c3d-1111-4000-8000-000000000000",
    "started_at": "2026-11-24T00:00:01.000Z",
    "status": "LIVE",
    "type": "meeting",
    "updated_at": "2026-11-24T01:00:00.000Z"
}}"#;

/// Starts a server on loopback that keeps its connections and gives `body` to all requests.
fn serve(body: Bytes) -> SocketAddr {
    let (found, address) = mpsc::channel();
    std::thread::spawn(move || {
        runtime().block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            found.send(listener.local_addr().unwrap()).unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                stream.set_nodelay(true).unwrap();
                let body = body.clone();
                let service = service_fn(move |_| {
                    let answer = http::Response::builder().header("content-type", "application/json");
                    let answer = answer.body(Full::new(body.clone())).unwrap();
                    async { Ok::<_, Infallible>(answer) }
                });
                let connection = hyper::server::conn::http1::Builder::new();
                tokio::spawn(connection.serve_connection(TokioIo::new(stream), service));
            }
        });
    });
    address.recv().unwrap()
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// The client, with what a program would set.
fn client(address: SocketAddr) -> realtimekit_sessions::Client {
    let builder = realtimekit_sessions::Client::builder().base_url(format!("http://{address}"));
    builder.bearer_token(TOKEN).build().unwrap()
}

/// What a careful program has instead: the same time limits, and no redirects that would take the token along.
fn by_hand() -> reqwest::Client {
    let mut authorization = http::HeaderValue::from_str(&format!("Bearer {TOKEN}")).unwrap();
    authorization.set_sensitive(true);
    let headers = [
        (http::header::ACCEPT, http::HeaderValue::from_static("application/json")),
        (http::header::AUTHORIZATION, authorization),
        (http::header::USER_AGENT, http::HeaderValue::from_static("by-hand/0.1.0")),
    ];
    let builder = reqwest::Client::builder().default_headers(headers.into_iter().collect());
    let builder = builder.timeout(Duration::from_secs(60)).connect_timeout(Duration::from_secs(10));
    builder.redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// Sends a GET and reads its answer.
async fn get<T: serde::de::DeserializeOwned>(client: &reqwest::Client, url: String) -> T {
    let answer = client.get(url).send().await.unwrap().error_for_status().unwrap();
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}

/// A small answer: one session.
mod small {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "what is read is what counts")]
    struct Answer {
        data: Option<Session>,
        success: Option<bool>,
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "what is read is what counts")]
    struct Session {
        id: String,
        associated_id: String,
        created_at: String,
        live_participants: f64,
        max_concurrent_participants: f64,
        meeting_display_name: String,
        minutes_consumed: f64,
        organization_id: String,
        started_at: String,
        status: Status,
        r#type: Type,
        updated_at: String,
        breakout_rooms: Option<Vec<serde_json::Value>>,
        ended_at: Option<String>,
        meta: Option<serde_json::Value>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "UPPERCASE")]
    enum Status {
        Live,
        Ended,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Type {
        Meeting,
        Livestream,
        Participant,
    }

    #[divan::bench(sample_count = 2_000, sample_size = 10)]
    fn client(bencher: Bencher<'_, '_>) {
        let (runtime, client) = (runtime(), super::client(serve(SESSION.into())));
        let sessions = client.realtime_kit().sessions();
        bencher.bench_local(|| {
            let call = sessions.get_session_details("an-account", "an-app", "a-session").send();
            runtime.block_on(call).unwrap()
        });
    }

    #[divan::bench(sample_count = 2_000, sample_size = 10)]
    fn by_hand(bencher: Bencher<'_, '_>) {
        let (runtime, client, address) = (runtime(), super::by_hand(), serve(SESSION.into()));
        bencher.bench_local(|| {
            let (account, app, session) = ("an-account", "an-app", "a-session");
            let url = format!("http://{address}/accounts/{account}/realtime/kit/{app}/sessions/{session}");
            runtime.block_on(get::<Answer>(&client, url))
        });
    }
}

/// A large answer: a peer's report.
mod large {
    use super::*;

    #[divan::bench(sample_count = 200)]
    fn client(bencher: Bencher<'_, '_>) {
        let (runtime, client) = (runtime(), super::client(serve(report::text().into())));
        let sessions = client.realtime_kit().sessions();
        bencher.bench_local(|| {
            let call = sessions.get_participant_data_from_peer_id("an-account", "an-app", "a-peer").send();
            runtime.block_on(call).unwrap()
        });
    }

    #[divan::bench(sample_count = 200)]
    fn by_hand(bencher: Bencher<'_, '_>) {
        let (runtime, client, address) = (runtime(), super::by_hand(), serve(report::text().into()));
        bencher.bench_local(|| {
            let (account, app, peer) = ("an-account", "an-app", "a-peer");
            let url = format!("http://{address}/accounts/{account}/realtime/kit/{app}/sessions/peer-report/{peer}");
            runtime.block_on(get::<report::GetParticipantDataFromPeerIdResponse>(&client, url))
        });
    }
}

/// The same report, without a server.
mod decode {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use realtimekit_sessions::types::GetParticipantDataFromPeerIdResponse;
    use realtimekit_sessions::{Body, BoxFuture, Transport, TransportError};

    use super::*;

    /// A transport that has the answer at hand.
    #[derive(Debug)]
    struct AtHand(Bytes);

    impl Transport for AtHand {
        fn call(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
            Box::pin(async { Ok(http::Response::new(Body::from(self.0.clone()))) })
        }

        fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
            Box::pin(std::future::pending())
        }
    }

    /// As a call reads it.
    #[divan::bench(sample_count = 300)]
    fn client(bencher: Bencher<'_, '_>) {
        let text = report::text();
        let builder = realtimekit_sessions::Client::builder().bearer_token(TOKEN);
        let client = builder.transport(AtHand(text.clone().into())).build().unwrap();
        let sessions = client.realtime_kit().sessions();
        bencher.counter(BytesCount::of_slice(&text)).bench_local(|| {
            let mut call = pin!(sessions.get_participant_data_from_peer_id("an-account", "an-app", "a-peer").send());
            match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(answer) => answer.unwrap(),
                Poll::Pending => panic!("the answer is at hand"),
            }
        });
    }

    /// As a caller reads a value by serde.
    #[divan::bench(sample_count = 300)]
    fn client_serde(bencher: Bencher<'_, '_>) {
        let text = report::text();
        let read = || serde_json::from_slice::<GetParticipantDataFromPeerIdResponse>(&text).unwrap();
        // The shapes are the same, so what is written is too.
        let derived: report::GetParticipantDataFromPeerIdResponse = serde_json::from_slice(&text).unwrap();
        assert!(report::with_whole_numbers(&read()) == report::with_whole_numbers(&derived));
        bencher.counter(BytesCount::of_slice(&text)).bench_local(read);
    }

    #[divan::bench(sample_count = 300)]
    fn derived(bencher: Bencher<'_, '_>) {
        let text = report::text();
        let read = || serde_json::from_slice::<report::GetParticipantDataFromPeerIdResponse>(&text).unwrap();
        bencher.counter(BytesCount::of_slice(&text)).bench_local(read);
    }
}
