//! What servers do wrong in HTTP itself, byte for byte: heads that contradict themselves, bodies that are longer or shorter
//! than they say, answers that nobody asked for, and connections that are closed on one side.

use std::time::{Duration, Instant};

use clientwright_tests::raw::RawServer;
use http::Method;
use realtimekit_sessions::{Client, Error, ErrorKind};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const SHORT: Duration = Duration::from_millis(300);

const WHOLE: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";

fn client(url: String) -> Client {
    let client = Client::builder().bearer_token("token").base_url(url);
    client.options(|options| options.timeout(Duration::from_secs(10))).build().unwrap()
}

async fn send(client: &Client, method: Method) -> Result<Value, Error> {
    client.request(method, "/any").send().await
}

/// A server that answers the first request with these bytes, closes the connection, and answers whole ones from then on.
async fn first(bytes: Vec<u8>) -> RawServer {
    RawServer::start(move |mut stream, before| {
        let bytes = if before == 0 { bytes.clone() } else { WHOLE.to_vec() };
        async move {
            let _ = stream.write_all(&bytes).await;
        }
    })
    .await
}

/// The next request on a connection, to the end of its head; `false` if none comes.
async fn next(stream: &mut TcpStream) -> bool {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return false,
        }
    }
    true
}

#[tokio::test]
async fn what_cannot_be_read_is_a_broken_connection() {
    let long = format!("HTTP/1.1 200 OK\r\n{}", "x-long: y\r\n".repeat(100_000));
    let heads: [&[u8]; 10] = [
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n{}",
        b"HTTP/1.1 2000 OK\r\n\r\n{}",
        b"HTTP/9.9 200 OK\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nx-bad name\x00: y\r\n\r\n{}",
        b"{}",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\n{}",
        long.as_bytes(),
    ];
    for bytes in heads {
        let what = String::from_utf8_lossy(bytes.get(..80).unwrap_or(bytes)).into_owned();
        let server = first(bytes.to_vec()).await;
        assert_eq!(send(&client(server.url()), Method::GET).await.unwrap(), json!({}), "{what}");
        assert_eq!(server.connections(), 2, "{what}");
        // What may have been done is not done twice.
        let server = first(bytes.to_vec()).await;
        let error = send(&client(server.url()), Method::POST).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts(), server.connections()),
            (ErrorKind::Transport, 1, 1),
            "{what} {error}"
        );
        assert!(error.to_string().starts_with("POST /any: ") && !error.to_string().contains('\n'), "{what} {error}");
    }
}

#[tokio::test]
async fn what_stands_behind_an_answer_is_no_answer_to_the_next_call() {
    let server = RawServer::start(|mut stream, before| async move {
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n{before}");
        let unasked = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n\"forged\"";
        let _ = stream.write_all(format!("{answer}{unasked}").as_bytes()).await;
        let _ = stream.flush().await;
        while next(&mut stream).await {
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    let client = client(server.await.url());
    for call in 0..20 {
        let method = if call % 2 == 0 { Method::GET } else { Method::DELETE };
        let answer = send(&client, method).await.unwrap();
        assert!(answer.is_u64(), "{call}: {answer}");
    }
}

#[tokio::test]
async fn an_answer_before_the_last_one_is_passed_over() {
    let interim = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n";
    let server = first([interim, WHOLE].concat()).await;
    assert_eq!(send(&client(server.url()), Method::POST).await.unwrap(), json!({}));
    assert_eq!(server.connections(), 1);

    // A switch to another protocol that nobody asked for.
    let server =
        first(b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n{}".to_vec()).await;
    let error = send(&client(server.url()), Method::POST).await.unwrap_err();
    assert_eq!((error.attempts(), server.connections()), (1, 1), "{error}");

    // One that is never the last.
    let server = RawServer::start(|mut stream, _| async move {
        while stream.write_all(b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    let client = client(server.await.url()).with_options(|options| options.timeout(SHORT).max_retries(0));
    let started = Instant::now();
    assert!(send(&client, Method::GET).await.unwrap_err().is_timeout());
    assert!(started.elapsed() < SHORT * 10, "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_connection_that_the_server_has_closed_is_not_sent_on() {
    let server = RawServer::start(|mut stream, _| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
        // The other direction stays open.
        let _ = stream.shutdown().await;
        while next(&mut stream).await {}
    });
    let server = server.await;
    let client = client(server.url());
    for connections in 1..=5 {
        send(&client, Method::POST).await.unwrap();
        assert_eq!(server.connections(), connections);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_compressed_body_that_is_none_is_a_broken_connection() {
    let compressed = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, br#"{"a": 1}"#).unwrap();
        encoder.finish().unwrap()
    };
    let answer = |body: &[u8]| {
        let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\ncontent-length: ";
        [format!("{head}{}\r\n\r\n", body.len()).as_bytes(), body].concat()
    };
    let server = first(answer(&compressed)).await;
    assert_eq!(send(&client(server.url()), Method::POST).await.unwrap(), json!({"a": 1}));
    let (start, _) = compressed.split_at(compressed.len() - 6);
    let mut wrong = compressed.clone();
    wrong[12] ^= 0xff;
    for body in [b"{\"a\": 1}".as_slice(), start, &wrong] {
        let server = first(answer(body)).await;
        let error = send(&client(server.url()), Method::POST).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1), "{error}");
    }
}
