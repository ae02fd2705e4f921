//! Requests that the description doesn't have, raw answers, and many calls at once, over loopback.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use clientwright_tests::raw::RawServer;
use clientwright_tests::server::{Server, json, with_headers};
use http::Method;
use realtimekit_sessions::resources::realtime_kit::sessions::{GetSessions, Sessions};
use realtimekit_sessions::types::{GetSessionsResponse, Session};
use realtimekit_sessions::{Client, ErrorKind, Items, Pages, ParameterStyle, RawResponse};
use serde_json::{Value, json as value};
use tokio::io::AsyncWriteExt;
use tokio::sync::Notify;
use tokio::task::JoinSet;

fn client(url: String) -> Client {
    Client::builder().bearer_token("token").base_url(url).build().unwrap()
}

#[tokio::test]
async fn an_undescribed_endpoint_is_called_like_any_other() {
    let server = Server::start(|request, before| match (request.path.as_str(), before) {
        ("/apps/a%2Fb/rooms", 0) => {
            let now = httpdate::fmt_http_date(SystemTime::now());
            with_headers(json(503, "{}"), &[("retry-after", &now)])
        }
        ("/apps/a%2Fb/rooms", _) => json(200, r#"{"n":18446744073709551615}"#),
        ("/gone", _) => json(204, ""),
        _ => with_headers(json(404, r#"{"errors":[{"message":"no token here"}]}"#), &[("cf-ray", "ray")]),
    })
    .await;
    let client = client(server.url());
    let request = client
        .request(Method::PUT, "apps/{app}/rooms")
        .path("app", "a/b")
        .query("tag", vec!["x y", "z"])
        .query_as("only", ParameterStyle::FORM.joined(), [1, 2].as_slice())
        .header("x-note", "hello")
        .json(&value!({"name": "ü"}));
    let answer = request.send().with_response().await.unwrap();
    assert_eq!((answer.attempts(), answer.value()), (2, &value!({"n": u64::MAX})));
    let sent = server.requests().pop().unwrap();
    assert_eq!((sent.method, sent.query.as_deref()), (Method::PUT, Some("tag=x%20y&tag=z&only=1,2")));
    assert_eq!(sent.headers["authorization"], "Bearer token");
    assert_eq!(
        (&sent.headers["x-note"], &sent.headers["content-type"]),
        (&"hello".parse().unwrap(), &"application/json".parse().unwrap())
    );
    assert_eq!(sent.body, r#"{"name":"ü"}"#);

    assert_eq!(client.request(Method::DELETE, "/gone").send().await.unwrap(), Value::Null);

    let error = client.request(Method::POST, "/lost/{id}").path("id", 7).send().await.unwrap_err();
    assert!(error.is_not_found() && error.attempts() == 1);
    // Servers may refuse a POST that doesn't say how long it is (RFC 9110, section 15.5.12).
    assert_eq!(server.requests().pop().unwrap().header("content-length"), "0");
    let shown = "POST /lost/{id}: 404 Not Found: no [redacted] here (request ID ray)";
    assert_eq!(error.to_string(), shown);
    let error = client.request(Method::GET, "/lost/{id}").send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
}

#[tokio::test]
async fn a_path_never_leads_to_another_server() {
    let other = Server::start(|_, _| json(200, "{}")).await;
    let server = Server::start(|_, _| json(200, "{}")).await;
    let client = client(server.url());
    let host = other.url().replace("http://", "");
    for path in [other.url(), format!("//{host}/x"), format!("@{host}/x"), format!("\\\\{host}")] {
        let before = server.requests().len();
        let _ = client.request(Method::GET, path.clone()).send().await;
        assert_eq!(server.requests().len(), before + 1, "{path}");
    }
    // What looks like a query would be a part of the path.
    for path in [format!("x?y=@{host}"), format!("x#@{host}"), "?".to_owned()] {
        let before = server.requests().len();
        let error = client.request(Method::GET, path.clone()).send().await.unwrap_err();
        assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Request, before), "{path}");
        assert!(error.to_string().contains("`Request::query`"), "{error}");
    }
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn a_raw_answer_streams() {
    let seen = Arc::new(Notify::new());
    let script_waits = Arc::clone(&seen);
    let server = RawServer::start(move |mut stream, _| {
        let script_waits = Arc::clone(&script_waits);
        async move {
            let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nx-request-id: r\r\n\r\n5\r\nfirst\r\n";
            let _ = stream.write_all(head).await;
            script_waits.notified().await;
            let _ = stream.write_all(b"6\r\nsecond\r\n0\r\n\r\n").await;
        }
    })
    .await;
    let sessions = client(server.url()).realtime_kit().sessions();
    let mut raw = sessions.get_sessions("a", "b").send().raw().await.unwrap();
    assert_eq!((raw.status().as_u16(), raw.request_id(), raw.attempts()), (200, Some("r"), 1));
    assert_eq!(raw.chunk().await.unwrap().unwrap(), "first");
    seen.notify_one();
    assert_eq!(raw.chunk().await.unwrap().unwrap(), "second");
    assert!(raw.chunk().await.unwrap().is_none());
    assert!(raw.chunk().await.unwrap().is_none(), "the end stays the end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_thousand_calls_at_once_none_is_lost_and_none_is_doubled() {
    let server = Server::start(|request, _| json(200, format!("\"{}\"", request.path))).await;
    let client = client(server.url()).with_options(|options| options.max_retries(0));
    let mut calls = JoinSet::new();
    for number in 0..1000 {
        let client = client.clone();
        calls.spawn(async move {
            let answer = client.request(Method::GET, "/{n}").path("n", number).send().await.unwrap();
            assert_eq!(answer, value!(format!("/{number}")));
        });
    }
    let all = tokio::time::timeout(Duration::from_secs(60), calls.join_all());
    assert_eq!(all.await.expect("no call waits for another").len(), 1000);
    let paths: Vec<_> = server.requests().into_iter().map(|request| request.path).collect();
    assert_eq!((paths.len(), paths.into_iter().collect::<BTreeSet<_>>().len()), (1000, 1000));
}

#[test]
fn what_callers_hold_crosses_threads() {
    fn owned<T: Send + 'static>() {}
    fn shared<T: Send + Sync + 'static>() {}
    fn future<T: Send + 'static>(_: impl FnOnce(&'static mut T) -> Box<dyn Send>) {}
    shared::<Client>();
    shared::<realtimekit_sessions::ClientBuilder>();
    shared::<Sessions>();
    shared::<GetSessions>();
    shared::<realtimekit_sessions::Request>();
    shared::<realtimekit_sessions::Options>();
    shared::<realtimekit_sessions::Secret>();
    shared::<realtimekit_sessions::Error>();
    shared::<realtimekit_sessions::TransportError>();
    shared::<realtimekit_sessions::Response<GetSessionsResponse>>();
    owned::<RawResponse>();
    owned::<realtimekit_sessions::Body>();
    owned::<realtimekit_sessions::Sending<GetSessionsResponse>>();
    owned::<realtimekit_sessions::SendingWithResponse<GetSessionsResponse>>();
    owned::<realtimekit_sessions::SendingRaw>();
    owned::<Pages<GetSessionsResponse>>();
    owned::<Items<GetSessionsResponse, Session>>();
    future(|raw: &mut RawResponse| Box::new(raw.chunk()));
    future(|raw: &mut RawResponse| Box::new(raw.copy_to(Box::leak(Box::new(Vec::<u8>::new())))));
    future(|pages: &mut Pages<GetSessionsResponse>| Box::new(pages.try_next()));
    future(|items: &mut Items<GetSessionsResponse, Session>| Box::new(items.try_next()));
    assert!(size_of::<Result<(), realtimekit_sessions::Error>>() <= 24);
}

#[tokio::test]
async fn clones_share_their_connections() {
    let server = Server::start(|_, _| json(200, "{}")).await;
    let client = client(server.url());
    let patient = client.with_options(|options| options.timeout(Duration::from_secs(90)));
    for client in [&client, &client.clone(), &patient, &patient.clone()] {
        client.request(Method::GET, "/rooms").send().await.unwrap();
    }
    assert_eq!((server.requests().len(), server.connections()), (4, 1));
    // Clients that were built apart share nothing.
    self::client(server.url()).request(Method::GET, "/rooms").send().await.unwrap();
    assert_eq!(server.connections(), 2);
}
