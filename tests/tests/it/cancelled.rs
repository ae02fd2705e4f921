//! Calls that nobody waits for any more, over real sockets: what they hold is given back, they send nothing more, and others
//! go on.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bodies_client::Upload;
use bytes::Bytes;
use clientwright_tests::raw::RawServer;
use clientwright_tests::server::{Server, json};
use golden_everything::ClientCredentials;
use http::Method;
use serde_json::json as value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::timeout;

use super::uploads::channel;

const SHORT: Duration = Duration::from_millis(100);
const LONG: Duration = Duration::from_secs(20);

/// Reads until the client hangs up.
async fn hung_up(stream: &mut TcpStream) {
    let mut rest = [0; 1 << 12];
    while stream.read(&mut rest).await.is_ok_and(|len| len > 0) {}
}

async fn answer(stream: &mut TcpStream, media_type: &str, body: &str) {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\nconnection: close\r\n");
    let _ = stream.write_all(format!("{head}content-length: {}\r\n\r\n{body}", body.len()).as_bytes()).await;
}

#[tokio::test]
async fn an_upload_that_is_left_is_given_back() {
    let gone = Arc::new(Notify::new());
    let told = Arc::clone(&gone);
    let server = RawServer::start(move |mut stream, before| {
        let told = Arc::clone(&told);
        async move {
            if before == 0 {
                hung_up(&mut stream).await;
                told.notify_one();
            } else {
                let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await;
            }
        }
    });
    let server = server.await;
    let files = bodies_client::Client::builder().base_url(server.url()).build().unwrap().files();
    let (sender, stream) = channel();
    sender.send(Ok(Bytes::from("a"))).unwrap();
    let call = files.put_content("1", Upload::from_stream(stream)).send();
    assert!(timeout(SHORT, call).await.is_err());
    // The connection is closed, and the caller's stream is dropped.
    timeout(LONG, gone.notified()).await.unwrap();
    timeout(LONG, sender.closed()).await.unwrap();
    files.put_content("1", "a").send().await.unwrap();
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_token_that_nobody_waits_for_is_not_asked_for_any_more() {
    let gone = Arc::new(Notify::new());
    let told = Arc::clone(&gone);
    let server = RawServer::start(move |mut stream, before| {
        let told = Arc::clone(&told);
        async move {
            match before {
                0 => {
                    hung_up(&mut stream).await;
                    told.notify_one();
                }
                1 => answer(&mut stream, "application/json", r#"{"access_token": "t", "expires_in": 3600}"#).await,
                _ => answer(&mut stream, "application/json", "1").await,
            }
        }
    });
    let server = server.await;
    let credentials = ClientCredentials::new("me", "secret").token_url(format!("{}/token", server.url()));
    let client = golden_everything::Client::builder().base_url(server.url()).token(credentials).build().unwrap();
    let call = || client.request(Method::GET, "/any").send();
    let calls = (0..5).map(|_| tokio::spawn(timeout(SHORT, call())));
    for call in calls.collect::<Vec<_>>() {
        assert!(call.await.unwrap().is_err());
    }
    timeout(LONG, gone.notified()).await.unwrap();
    assert_eq!(call().await.unwrap(), value!(1));
    let heads = server.heads();
    let lines: Vec<_> = heads.iter().map(|head| head.lines().next().unwrap()).collect();
    assert_eq!(lines, ["post /token http/1.1", "post /token http/1.1", "get /any http/1.1"]);
}

#[tokio::test]
async fn what_is_left_between_two_looks_is_taken_up_again() {
    let server = RawServer::start(|mut stream, _| async move {
        tokio::time::sleep(SHORT * 2).await;
        answer(&mut stream, "application/json", r#"{"data": {"sessions": []}, "paging": {"total_count": 0}}"#).await;
    });
    let server = server.await;
    let client = realtimekit_sessions::Client::builder().bearer_token("t").base_url(server.url()).build().unwrap();
    let mut pages = client.realtime_kit().sessions().get_sessions("a", "b").pages();
    assert!(timeout(SHORT / 2, pages.try_next()).await.is_err());
    assert!(timeout(LONG, pages.try_next()).await.unwrap().is_ok());
    assert_eq!(server.connections(), 1);

    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
    let server = RawServer::start(move |mut stream, _| async move {
        for piece in [head, "id: 1\nda", "ta: a\n", "\ndata: b\n\n"] {
            let _ = stream.write_all(piece.as_bytes()).await;
            let _ = stream.flush().await;
            tokio::time::sleep(SHORT).await;
        }
    });
    let server = server.await;
    let client = bodies_client::Client::builder().base_url(server.url()).build().unwrap();
    let mut events = client.streams().read_log().send().await.unwrap();
    let mut texts = Vec::new();
    while texts.len() < 2 {
        // Each look is over before a whole event is there.
        if let Ok(event) = timeout(SHORT / 3, events.try_next()).await {
            texts.push(event.unwrap().unwrap().text);
        }
    }
    assert_eq!((texts, server.connections()), (vec!["a".to_owned(), "b".to_owned()], 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn half_of_many_calls_may_be_left_at_any_time() {
    const CALLS: u32 = 400;
    let server = Server::start(|request, _| json(200, format!("\"{}\"", request.path))).await;
    let client = realtimekit_sessions::Client::builder().bearer_token("t").base_url(server.url()).build().unwrap();
    let answered = Arc::new(AtomicUsize::new(0));
    let calls = (0..CALLS).map(|number| {
        let call = client.request(Method::POST, "/{n}").path("n", number).send();
        let answered = Arc::clone(&answered);
        tokio::spawn(async move {
            // From before the first look to long after the answer.
            let limit = if number % 2 == 0 { LONG } else { Duration::from_micros(u64::from(number) * 50) };
            if let Ok(answer) = timeout(limit, call).await {
                assert_eq!(answer.unwrap(), value!(format!("/{number}")));
                answered.fetch_add(1, Ordering::SeqCst);
            }
        })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
    assert!(answered.load(Ordering::SeqCst) >= CALLS as usize / 2);
    let paths: Vec<_> = server.requests().into_iter().map(|request| request.path).collect();
    let different: BTreeSet<_> = paths.iter().collect();
    assert_eq!(paths.len(), different.len(), "none is sent twice");
    assert!((0..CALLS).step_by(2).all(|number| different.contains(&format!("/{number}"))));
}
