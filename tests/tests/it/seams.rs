//! The seams of a generated client: a transport of one's own, one for tests, calls that block, hooks, and spans.

use std::fmt;
use std::io::{Read as _, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use clientwright_tests::server::{Server, json};
use golden_everything::types::{Named, Search, Visit};
use golden_everything::{
    AttemptOutcome, Body, BoxFuture, CallAttempt, CallHook, Client, Error, ErrorKind, Fake, FakeReply, Planned,
    Transport, TransportError, TransportSettings, wait,
};
use serde_json::json as value;

fn client(transport: impl Transport) -> Client {
    Client::builder().token("secret").transport(transport).build().unwrap()
}

#[test]
fn a_client_is_tested_without_a_server() {
    let fake = Fake::new();
    let page = |ids: &[&str], next: &str| {
        let pets: Vec<_> = ids.iter().map(|id| value!({ "id": id })).collect();
        FakeReply::json(&value!({ "pets": pets, "meta": { "next_cursor": next } }))
    };
    fake.on("petsByCursor", page(&["a", "b"], "2"));
    fake.on("petsByCursor", FakeReply::status(503).header("retry-after", "5"));
    fake.on("petsByCursor", page(&["c"], ""));
    fake.on("GET /pets/{id}", FakeReply::status(404).with_json(&value!({ "message": "no such pet" })));
    let client = client(fake.clone());

    let pets = client.shop().pages().pets_by_cursor().limit(2).items().wait();
    let ids: Result<Vec<String>, Error> = pets.map(|pet| pet.map(|Named { id, .. }| id)).collect();
    assert_eq!(ids.unwrap(), ["a", "b", "c"]);
    let error = client.shop().pets().get_pet(7).send().wait().unwrap_err();
    assert_eq!(error.to_string(), "getPet GET /pets/{id}: 404 Not Found: no such pet");

    let requests = fake.requests();
    assert_eq!(
        requests.iter().map(|request| request.operation()).collect::<Vec<_>>(),
        ["petsByCursor", "petsByCursor", "petsByCursor", "getPet"]
    );
    assert_eq!((requests[1].query(), requests[2].query()), ("limit=2&cursor=2", "limit=2&cursor=2"));
    assert_eq!((requests[3].path(), requests[3].header("authorization")), ("/v1/pets/7", Some("Bearer secret")));
    assert_eq!(fake.waits(), [Duration::from_secs(5)], "and nobody waited");
}

#[test]
fn a_fake_takes_answers_of_the_operation_s_own_type() {
    let fake = Fake::new();
    let client = client(fake.clone());
    let pages = client.shop().pages();
    let page = serde_json::from_value(value!({ "pets": [{ "id": "a" }], "meta": {} })).unwrap();
    fake.answer(pages.pets_by_cursor().send(), &page);
    assert!(fake.requests().is_empty(), "what it is told isn't sent");
    assert_eq!(pages.pets_by_cursor().limit(2).send().wait().unwrap(), page);
    let request = || client.request(http::Method::GET, "/not/described").send();
    fake.answer(request(), &value!([1]));
    assert_eq!(request().wait().unwrap(), value!([1]));
}

#[test]
fn what_a_fake_is_told_can_be_told_by_a_function_of_one_s_own() {
    fn missing(fake: &Fake, call: impl Planned) {
        fake.reply(call, FakeReply::status(404));
    }
    let fake = Fake::new();
    let client = client(fake.clone());
    let pets = || client.shop().pages().pets_by_cursor().send();
    missing(&fake, pets());
    assert!(pets().wait().unwrap_err().is_not_found());
}

#[test]
fn what_an_operation_sends_and_an_answer_that_does_not_fit() {
    let fake = Fake::new();
    fake.on("searchPets", FakeReply::json(&value!({ "pets": "none" })));
    let error = client(fake.clone()).shop().pages().search_pets(&Search::new("x")).send().wait().unwrap_err();
    assert!(error.is_decode() && error.path().as_deref() == Some("pets"), "{error}");
    assert_eq!(fake.requests()[0].json::<serde_json::Value>(), Some(value!({ "name": "x" })));
    let nothing = client(Fake::new()).health().health().send().wait().unwrap_err();
    assert_eq!((nothing.kind(), nothing.attempts()), (ErrorKind::Request, 0));
}

#[test]
fn what_the_description_calls_a_secret_is_not_repeated() {
    let fake = Fake::new();
    fake.on("addVisit", FakeReply::status(422).with_json(&value!({ "message": "the door is not 4711-b" })));
    let visit = value!({ "began": "", "chip": "", "is_visit": true, "version": 1, "door_code": "4711-b" });
    let visit: Visit = serde_json::from_value(visit).unwrap();
    let error = client(fake.clone()).visits().add_visit(&visit).send().wait().unwrap_err();
    assert!(error.to_string().ends_with("the door is not [redacted]"), "{error}");
    assert_eq!(fake.requests()[0].json::<serde_json::Value>().unwrap()["door_code"], "4711-b");
}

/// A transport that speaks HTTP/1.0 over a socket of the standard library: one thread, no runtime.
#[derive(Debug)]
struct Plain;

impl Transport for Plain {
    fn call(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let answer = || -> Result<http::Response<Body>, TransportError> {
            let uri = request.uri();
            let authority = uri.authority().ok_or_else(|| TransportError::request("no host"))?.as_str();
            let mut socket = std::net::TcpStream::connect(authority).map_err(TransportError::connect)?;
            let target = uri.path_and_query().map_or("/", |target| target.as_str());
            write!(socket, "{} {target} HTTP/1.0\r\nhost: {authority}\r\n\r\n", request.method())
                .map_err(TransportError::exchange)?;
            let mut text = String::new();
            socket.read_to_string(&mut text).map_err(TransportError::exchange)?;
            let (head, body) = text.split_once("\r\n\r\n").ok_or_else(|| TransportError::exchange("no head"))?;
            let status = head.get(9..12).and_then(|code| code.parse().ok()).unwrap_or(500_u16);
            let answer = http::Response::builder().status(status).body(Body::from(Bytes::from(body.to_owned())));
            answer.map_err(TransportError::exchange)
        };
        Box::pin(std::future::ready(answer()))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(async move { std::thread::sleep(duration) })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transport_is_a_few_lines_and_may_be_synchronous() {
    let server = Server::start(|_, before| if before == 0 { json(503, "{}") } else { json(200, "\"well\"") }).await;
    let url = server.url();
    let health = tokio::task::spawn_blocking(move || {
        let client = Client::builder().token("t").base_url(url).transport(Plain).build().unwrap();
        client.health().health().send().wait()
    });
    assert_eq!(health.await.unwrap().unwrap(), "well");
    assert_eq!(server.requests().len(), 2);
}

/// Counts what goes over the default transport.
struct Counting {
    inner: Arc<dyn Transport>,
    count: Arc<AtomicUsize>,
}

impl Transport for Counting {
    fn call(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.inner.call(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.inner.sleep(duration)
    }
}

impl fmt::Debug for Counting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Counting")
    }
}

#[tokio::test]
async fn a_transport_can_be_around_the_default_one() {
    let server = Server::start(|_, _| json(200, "\"well\"")).await;
    let inner = TransportSettings::default().no_proxy().transport().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let transport = Counting { inner, count: Arc::clone(&count) };
    let client = Client::builder().token("t").base_url(server.url()).transport(transport).build().unwrap();
    assert_eq!(client.health().health().send().await.unwrap(), "well");
    assert_eq!(count.load(Ordering::Relaxed), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_block_over_the_default_transport() {
    let server = Server::start(|_, before| json(200, format!("{before}.5"))).await;
    let url = server.url();
    let calls = (0..4).map(|_| {
        let url = url.clone();
        std::thread::spawn(move || {
            let client = Client::builder().token("t").base_url(url).build().unwrap();
            (0..5).map(|_| client.version().send().wait().unwrap()).sum::<f64>()
        })
    });
    let threads: Vec<_> = calls.collect();
    let sums = tokio::task::spawn_blocking(|| threads.into_iter().map(|thread| thread.join().unwrap()).sum::<f64>());
    assert_eq!(sums.await.unwrap(), (0..20).map(|number| f64::from(number) + 0.5).sum::<f64>());

    let raw = tokio::task::spawn_blocking(move || {
        let client = Client::builder().token("t").base_url(url).build().unwrap();
        wait(client.version().send().raw().wait().unwrap().bytes()).unwrap()
    });
    assert_eq!(raw.await.unwrap(), "20.5");
}

/// A server with a thread of its own.
fn apart() -> String {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = Server::start(|_, _| json(200, "1.5")).await;
            sender.send(server.url()).unwrap();
            std::future::pending::<()>().await;
        });
    });
    receiver.recv().unwrap()
}

#[tokio::test]
async fn a_call_may_block_inside_of_a_runtime() {
    let client = Client::builder().token("t").base_url(apart()).build().unwrap();
    for _ in 0..3 {
        assert_eq!(client.version().send().wait().unwrap(), 1.5);
    }
    assert_eq!(client.version().send().await.unwrap(), 1.5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_of_one_client_may_block_or_not() {
    let client = Client::builder().token("t").base_url(apart()).build().unwrap();
    for _ in 0..3 {
        assert_eq!(client.version().send().await.unwrap(), 1.5);
        assert_eq!(client.version().send().wait().unwrap(), 1.5);
    }
}

#[test]
fn a_hook_sees_and_changes_every_attempt() {
    #[derive(Clone, Default)]
    struct Signer(Arc<Mutex<Vec<String>>>);

    impl CallHook for Signer {
        fn before(&self, attempt: &CallAttempt, request: &mut http::Request<Body>) {
            let signature = format!("{} {}", request.method(), request.uri().path().len());
            request.headers_mut().insert("x-signature", signature.parse().unwrap());
            self.0.lock().unwrap().push(format!("{} {}", attempt.operation(), attempt.number()));
        }

        fn after(&self, attempt: &CallAttempt, outcome: AttemptOutcome<'_>) {
            let status = outcome.status().map_or(0, |status| status.as_u16());
            self.0.lock().unwrap().push(format!("{} {status}", attempt.template()));
        }
    }

    let (fake, signer) = (Fake::new(), Signer::default());
    fake.on("health", FakeReply::status(500));
    fake.on("health", FakeReply::json(&"well"));
    let builder = Client::builder().token("t").transport(fake.clone()).hook(signer.clone());
    assert_eq!(builder.build().unwrap().health().health().send().wait().unwrap(), "well");
    assert_eq!(*signer.0.lock().unwrap(), ["health 1", "/health 500", "health 2", "/health 200"]);
    assert!(fake.requests().iter().all(|request| request.header("x-signature") == Some("GET 10")));
}

#[test]
fn errors_are_small_and_move_between_threads() {
    fn check<T: Send + Sync + 'static>() {}
    check::<Error>();
    assert!(size_of::<Error>() <= 64, "{}", size_of::<Error>());
}
