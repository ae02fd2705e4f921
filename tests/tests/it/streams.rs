//! Answers whose values come one after another, over real sockets: typed, however the bytes are cut, and whatever a server
//! does wrong.

use std::time::{Duration, Instant};

use bodies_client::types::{NewChat, WatchChatsEvent};
use bodies_client::{Client, Error, ErrorKind, EventStream, ServerEvent};
use clientwright_tests::raw::RawServer;
use clientwright_tests::server::{self, Server, json, with_headers};
use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

const SHORT: Duration = Duration::from_millis(300);

/// The head of an answer that ends when its connection is closed.
const OPEN: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";

/// The head of an answer that must not end before the last chunk.
const CHUNKED: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

fn client(url: String) -> Client {
    Client::builder().base_url(url).options(|options| options.read_timeout(SHORT)).build().unwrap()
}

/// Writes a body in pieces of this size, as chunks of their own.
async fn chunks(stream: &mut TcpStream, body: &[u8], size: usize) {
    for piece in body.chunks(size) {
        let _ = stream.write_all(format!("{:x}\r\n", piece.len()).as_bytes()).await;
        let _ = stream.write_all(piece).await;
        let _ = stream.write_all(b"\r\n").await;
        let _ = stream.flush().await;
    }
}

/// All events, and the error that ended them.
async fn all<T>(mut stream: EventStream<T>) -> (Vec<ServerEvent<T>>, Option<Error>) {
    let mut events = Vec::new();
    loop {
        match stream.try_next().await {
            Ok(Some(event)) => events.push(event),
            Ok(None) => return (events, None),
            Err(error) => return (events, Some(error)),
        }
    }
}

#[tokio::test]
async fn an_operation_answers_as_a_whole_or_word_by_word() {
    let server = Server::start(|request, _| {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        let words = "data: {\"words\": \"a\", \"index\": 0}\n\ndata: {\"words\": \"\u{fc}\"}\r\n\r\ndata: [DONE]\n\n";
        match body["stream"].as_bool() {
            Some(true) => with_headers(json(200, words), &[("content-type", "text/event-stream; charset=utf-8")]),
            _ => json(200, r#"{"id": "1", "text": "aü"}"#),
        }
    });
    let server = server.await;
    let client = client(server.url());
    for said in [NewChat::new("p"), NewChat::new("p").stream(true), NewChat::new("p").stream(false)] {
        assert_eq!(client.streams().create_chat(&said).send().await.unwrap().text, "aü");
        let stream = client.streams().create_chat(&said).stream().await.unwrap();
        assert_eq!(stream.response().status().as_u16(), 200);
        let (events, error) = all(stream).await;
        let words: Vec<_> = events.iter().map(|event| (event.data.words.as_str(), event.data.index)).collect();
        assert_eq!((words, error.is_none()), (vec![("a", Some(0)), ("ü", None)], true));
        assert_eq!(events[1].text, "{\"words\": \"ü\"}");
    }
    let requests = server.requests();
    assert_eq!(requests[0].header("accept"), "application/json");
    assert_eq!(requests[1].header("accept"), "text/event-stream");
    assert_eq!(serde_json::from_slice::<Value>(&requests[1].body).unwrap()["prompt"], "p");
}

#[tokio::test]
async fn a_status_that_is_no_success_comes_before_the_stream() {
    let server = Server::start(|_, before| json(if before == 0 { 429 } else { 404 }, r#"{"reason": "none"}"#)).await;
    let error = client(server.url()).streams().create_chat(&NewChat::new("p")).stream().await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert_eq!((error.attempts(), error.fault_model().unwrap().reason.as_str()), (2, "none"));
}

#[tokio::test]
async fn an_answer_that_is_no_stream_is_an_error_with_its_body() {
    let server = Server::start(|_, _| json(200, r#"{"id": "1", "text": "a"}"#)).await;
    let error = client(server.url()).streams().create_chat(&NewChat::new("p")).stream().await.unwrap_err();
    assert_eq!((error.kind(), error.body()), (ErrorKind::Decode, &br#"{"id": "1", "text": "a"}"#[..]));
}

#[tokio::test]
async fn events_are_the_same_however_they_are_cut() {
    let text = "\u{feff}: hello\r\nid: 1\revent: begun\ndata: {\"type\": \"ChatBegun\",\rdata: \"chat\": \"ü\u{10348}\"}\r\n\r\n\
                event: ended\ndata:{\"type\": \"ChatEnded\", \"words\": 3}\n\ndata: {\"type\": \"Other\"}\n\n";
    for size in [1, 2, 3, 7, text.len()] {
        let server = RawServer::start(move |mut stream, _| async move {
            let _ = stream.write_all(CHUNKED.as_bytes()).await;
            chunks(&mut stream, text.as_bytes(), size).await;
            let _ = stream.write_all(b"0\r\n\r\n").await;
        });
        let stream = client(server.await.url()).streams().watch_chats().send().await.unwrap();
        let (events, error) = all(stream).await;
        assert!(error.is_none(), "{size}: {error:?}");
        let WatchChatsEvent::ChatBegun(begun) = &events[0].data else { panic!("{:?}", events[0]) };
        assert_eq!((begun.chat.as_str(), events[0].event.as_deref()), ("ü\u{10348}", Some("begun")));
        let WatchChatsEvent::ChatEnded(ended) = &events[1].data else { panic!("{:?}", events[1]) };
        assert_eq!((ended.words, events[1].id.as_deref()), (3, Some("1")));
        assert_eq!((events.len(), events[2].text.as_str()), (3, "{\"type\": \"Other\"}"));
    }
}

#[tokio::test]
async fn what_never_ends_is_an_error_at_the_cap() {
    // A line without end, and an event without end.
    for piece in [vec![b'x'; 1 << 16], [b"data: ".as_slice(), &[b'x'; 1 << 15], b"\n"].concat()] {
        let server = RawServer::start(move |mut stream, _| {
            let piece = piece.clone();
            async move {
                let _ = stream.write_all(OPEN.as_bytes()).await;
                while stream.write_all(&piece).await.is_ok() {}
            }
        });
        let server = server.await;
        let stream = client(server.url()).streams().read_log().send().await.unwrap();
        let (events, error) = all(stream).await;
        assert_eq!((events.len(), error.unwrap().kind()), (0, ErrorKind::TooLarge));
        assert_eq!(server.connections(), 1, "it is not taken up again");
    }
}

#[tokio::test]
async fn many_empty_lines_are_data_like_any_other() {
    let server = RawServer::start(|mut stream, _| async move {
        let body = "data:\n".repeat(100_000) + "\n\n\n\r\r\r\n";
        let _ = stream.write_all(OPEN.as_bytes()).await;
        let _ = stream.write_all(body.as_bytes()).await;
    });
    let started = Instant::now();
    let (events, error) = all(client(server.await.url()).streams().read_log().send().await.unwrap()).await;
    assert!(error.is_none() && started.elapsed() < Duration::from_secs(5), "{error:?} {:?}", started.elapsed());
    assert_eq!((events.len(), events[0].data.len()), (1, 99_999));
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_taken_up_after_its_last_event() {
    let server = RawServer::start(|mut stream, before| async move {
        let _ = stream.write_all(CHUNKED.as_bytes()).await;
        let begun = |n: usize| format!("retry: 10\nid: {n}\ndata: {{\"type\": \"ChatBegun\", \"chat\": \"{n}\"}}\n\n");
        chunks(&mut stream, begun(before).as_bytes(), 100).await;
        if before < 2 {
            // What is cut off comes again.
            chunks(&mut stream, b"id: 9\ndata: {\"type\"", 100).await;
        } else {
            let _ = stream.write_all(b"0\r\n\r\n").await;
        }
    });
    let server = server.await;
    let stream = client(server.url()).streams().watch_chats().send().await.unwrap();
    let (events, error) = all(stream).await;
    assert!(error.is_none(), "{error:?}");
    let ids: Vec<_> = events.iter().map(|event| event.id.as_deref().unwrap()).collect();
    assert_eq!(ids, ["0", "1", "2"]);
    let heads = server.heads();
    assert!(!heads[0].contains("last-event-id"), "{}", heads[0]);
    assert!(
        heads[1].contains("\r\nlast-event-id: 0\r\n") && heads[2].contains("\r\nlast-event-id: 1\r\n"),
        "{heads:?}"
    );
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_an_error_where_it_is_not_taken_up() {
    let broken = |body: &'static str| {
        RawServer::start(move |mut stream, _| async move {
            let _ = stream.write_all(CHUNKED.as_bytes()).await;
            chunks(&mut stream, body.as_bytes(), 100).await;
        })
    };
    // The server gave the event no identifier.
    let server = broken("data: a\n\ndata: b").await;
    let (events, error) = all(client(server.url()).streams().read_log().send().await.unwrap()).await;
    assert_eq!((events.len(), error.unwrap().kind(), server.connections()), (1, ErrorKind::Transport, 1));
    // A POST would be done twice.
    let server = broken("id: 1\ndata: {\"words\": \"a\"}\n\n").await;
    let stream = client(server.url()).streams().create_chat(&NewChat::new("p")).stream().await.unwrap();
    let (events, error) = all(stream).await;
    assert_eq!((events.len(), error.unwrap().kind(), server.connections()), (1, ErrorKind::Transport, 1));
    // The caller wants no retries.
    let server = broken("id: 1\ndata: a\n\n").await;
    let client = client(server.url()).with_options(|options| options.max_retries(0));
    let (events, error) = all(client.streams().read_log().send().await.unwrap()).await;
    assert_eq!((events.len(), error.unwrap().kind(), server.connections()), (1, ErrorKind::Transport, 1));
}

#[tokio::test]
async fn a_stream_may_be_long_and_not_silent() {
    let server = RawServer::start(|mut stream, _| async move {
        let _ = stream.write_all(OPEN.as_bytes()).await;
        for _ in 0..8 {
            let _ = stream.write_all(b": still there\n").await;
            tokio::time::sleep(SHORT / 4).await;
        }
        let _ = stream.write_all(b"data: a\n\n").await;
        std::future::pending::<()>().await;
    });
    let client = client(server.await.url()).with_options(|options| options.timeout(SHORT).max_retries(0));
    let (events, error) = all(client.streams().read_log().send().await.unwrap()).await;
    assert_eq!((events.len(), error.unwrap().kind()), (1, ErrorKind::Timeout));
}

#[tokio::test]
async fn a_line_is_a_value() {
    let chats = "{\"id\": \"1\", \"text\": \"a\"}\n{\"id\": 2}\n\n{\"id\": \"3\", \"text\": \"c\"}";
    let server = Server::start(move |_, _| server::json(200, chats)).await;
    let mut stream = client(server.url()).streams().export_chats().send().await.unwrap();
    assert_eq!(stream.try_next().await.unwrap().unwrap().id, "1");
    let error = stream.try_next().await.unwrap_err();
    assert_eq!((error.path().as_deref(), error.body()), (Some("id"), &b"{\"id\": 2}"[..]));
    assert_eq!(stream.try_next().await.unwrap().unwrap().text, "c");
    assert!(stream.try_next().await.unwrap().is_none());
    assert_eq!(server.requests()[0].header("accept"), "application/x-ndjson");
}

#[tokio::test]
async fn a_record_is_a_value_and_may_be_null() {
    let chats = "\u{1e}{\"id\": \"1\",\n\"text\": \"a\"}\n\u{1e}null\n";
    let server = Server::start(move |_, _| server::json(200, chats)).await;
    let mut stream = client(server.url()).streams().read_archive().send().await.unwrap();
    assert_eq!(stream.try_next().await.unwrap().unwrap().unwrap().text, "a");
    assert!(stream.try_next().await.unwrap().unwrap().is_none());
    assert!(stream.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn the_bytes_of_a_stream_can_be_had_as_they_come() {
    let server = Server::start(|_, _| server::json(200, "data: a\n\n")).await;
    let raw = client(server.url()).streams().read_log().send().raw().await.unwrap();
    assert_eq!(raw.bytes().await.unwrap(), "data: a\n\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_are_iterators_where_code_is_not_asynchronous() {
    let server = Server::start(|request, _| match request.header("accept") {
        "text/event-stream" => {
            with_headers(json(200, "data: a\n\ndata: b\n\n"), &[("content-type", "text/event-stream")])
        }
        _ => json(200, "{\"id\": \"1\", \"text\": \"a\"}\n{\"id\": \"2\", \"text\": \"b\"}"),
    });
    let url = server.await.url();
    let read = tokio::task::spawn_blocking(move || {
        let client = client(url);
        let events = client.streams().read_log().send().wait()?.wait();
        let events: Vec<String> = events.map(|event| event.map(|event| event.text)).collect::<Result<_, _>>()?;
        let values = client.streams().export_chats().send().wait()?.wait();
        let values: Vec<String> = values.map(|chat| chat.map(|chat| chat.id)).collect::<Result<_, _>>()?;
        Ok::<_, Error>((events, values))
    });
    let (events, values) = read.await.unwrap().unwrap();
    assert_eq!((events, values), (vec!["a".to_owned(), "b".to_owned()], vec!["1".to_owned(), "2".to_owned()]));
}
