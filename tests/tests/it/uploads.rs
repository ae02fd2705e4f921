//! Bodies that aren't in memory, over real sockets: sent while they are read, and read while they come.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bodies_client::types::{NewFile, NewFilePurpose, SendBundleBody};
use bodies_client::{Client, ClientBuilder, ErrorKind, FilePart, Upload};
use bytes::Bytes;
use clientwright_tests::raw::RawServer;
use clientwright_tests::server::{Server, json, with_headers};
use futures_core::Stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

const SHORT: Duration = Duration::from_millis(300);

fn builder(url: String) -> ClientBuilder {
    Client::builder().base_url(url)
}

/// What is sent through a channel, as a stream.
pub(super) struct Pieces(UnboundedReceiver<io::Result<Bytes>>);

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

pub(super) fn channel() -> (UnboundedSender<io::Result<Bytes>>, Pieces) {
    let (sender, receiver) = unbounded_channel();
    (sender, Pieces(receiver))
}

fn pieces(texts: &[&'static str]) -> Pieces {
    let (sender, pieces) = channel();
    texts.iter().for_each(|text| sender.send(Ok(Bytes::from(*text))).unwrap());
    pieces
}

#[tokio::test]
async fn bytes_of_several_media_types_say_which_they_are() {
    let server = Server::start(|_, _| json(204, "")).await;
    let files = builder(server.url()).build().unwrap().files();
    files.put_picture("1", "a").send().await.unwrap();
    files.put_picture("1", Upload::from("a").content_type("image/png")).send().await.unwrap();
    let sent: Vec<String> = server.requests().iter().map(|request| request.header("content-type").to_owned()).collect();
    assert_eq!(sent, ["image/jpeg", "image/png"]);
}

#[tokio::test]
async fn a_stream_is_sent_with_its_length_or_without() {
    let server = Server::start(|_, _| json(204, "")).await;
    let client = builder(server.url()).build().unwrap();
    let bodies = [
        Upload::from_stream(pieces(&["ab", "", "c"])),
        Upload::from_stream(pieces(&["ab", "c"])).with_len(3),
        Upload::from("abc"),
        Upload::from_stream(pieces(&[])).with_len(0),
    ];
    for body in bodies {
        client.files().put_content("1", body).send().await.unwrap();
    }
    let requests = server.requests();
    let framed = |index: usize| {
        let (request, header) = (&requests[index], |name| requests[index].header(name).to_owned());
        assert_eq!(header("content-type"), "application/octet-stream");
        (header("content-length"), header("transfer-encoding"), request.body.clone())
    };
    assert_eq!(framed(0), (String::new(), "chunked".to_owned(), "abc".into()));
    assert_eq!(framed(1), ("3".to_owned(), String::new(), "abc".into()));
    assert_eq!(framed(2), ("3".to_owned(), String::new(), "abc".into()));
    assert_eq!(framed(3), ("0".to_owned(), String::new(), "".into()));
}

#[tokio::test]
async fn a_file_is_read_while_it_is_sent_and_again_for_each_attempt() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a \"b\".PNG");
    let content: Vec<u8> = (0..200_000_u32).map(|n| n as u8).collect();
    std::fs::write(&path, &content).unwrap();
    let server = Server::start(|_, before| match before {
        0 | 2 => with_headers(json(503, ""), &[("retry-after", "0")]),
        _ => json(204, ""),
    });
    let server = server.await;
    let client = builder(server.url()).build().unwrap();
    client.files().put_content("1", Upload::file(&path).await.unwrap()).send().await.unwrap();
    let file = FilePart::file(&path).await.unwrap();
    let body = NewFile::new(file, None, NewFilePurpose::Print).size(1);
    client.files().upload_file(&body).send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    for request in &requests[..2] {
        assert_eq!((request.header("content-length"), &request.body[..]), ("200000", &content[..]));
    }
    assert!(requests[2].body == requests[3].body);
    let body = &requests[3].body;
    assert_eq!(requests[3].header("content-length"), body.len().to_string());
    let head = body.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let text = String::from_utf8_lossy(&body[..head]);
    assert!(text.ends_with("name=\"file\"; filename=\"a %22b%22.PNG\"\r\nContent-Type: image/png"), "{text}");
    assert_eq!(&body[head + 4..][..content.len()], &content[..]);
    assert!(body.ends_with(b"--\r\n"));
    assert!(Upload::file(folder.path().join("none")).await.is_err());
}

#[tokio::test]
async fn a_file_that_is_gone_is_an_error_of_the_call() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    std::fs::write(&path, "abc").unwrap();
    let upload = Upload::file(&path).await.unwrap();
    std::fs::remove_file(&path).unwrap();
    let server = Server::start(|_, _| json(204, "")).await;
    let client = builder(server.url()).build().unwrap();
    let error = client.files().put_content("1", upload).send().await.unwrap_err();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Read, 0));
}

#[tokio::test]
async fn a_stream_is_sent_once_whatever_the_server_says() {
    let server = Server::start(|_, _| with_headers(json(429, ""), &[("retry-after", "0")])).await;
    let client = builder(server.url()).build().unwrap();
    let error = client.files().put_content("1", Upload::from_stream(pieces(&["a"]))).send().await.unwrap_err();
    assert!(error.is_rate_limited() && error.attempts() == 1, "{error}");
    let part = FilePart::new(Upload::from_stream(pieces(&["a"]))).file_name("a.txt");
    let body = NewFile::new(part, None, NewFilePurpose::Print);
    let error = client.files().upload_file(&body).send().await.unwrap_err();
    assert!(error.is_rate_limited() && error.attempts() == 1, "{error}");
    assert!(server.requests()[1].body.windows(5).any(|window| window == b"\r\na\r\n"));
}

#[tokio::test]
async fn a_stream_that_breaks_off_breaks_off_the_call() {
    let server = Server::start(|_, _| json(204, "")).await;
    let client = builder(server.url()).build().unwrap();
    let (sender, broken) = channel();
    sender.send(Ok("a".into())).unwrap();
    sender.send(Err(io::Error::other("the disk is gone"))).unwrap();
    let bodies = [
        Upload::from_stream(broken),
        Upload::from_stream(pieces(&["abc"])).with_len(4),
        Upload::from_stream(pieces(&["abc"])).with_len(2),
    ];
    for body in bodies {
        let what = format!("{body:?}");
        let error = client.files().put_content("1", body).send().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Read, 1), "{what}: {error:?}");
    }
}

#[tokio::test]
async fn a_slow_body_has_time_as_long_as_it_moves() {
    let server = Server::start(|_, _| json(204, "")).await;
    let client = builder(server.url()).options(|options| options.timeout(SHORT)).build().unwrap();
    let (sender, slow) = channel();
    let sending = tokio::spawn(client.files().put_content("1", Upload::from_stream(slow)).send());
    for _ in 0..8 {
        tokio::time::sleep(SHORT / 3).await;
        sender.send(Ok("a".into())).unwrap();
    }
    drop(sender);
    sending.await.unwrap().unwrap();
    assert_eq!(server.requests()[0].body, "aaaaaaaa");

    let (_sender, stuck) = channel();
    let error = client.files().put_content("1", Upload::from_stream(stuck)).send().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");

    let client = client.with_options(|options| options.total_timeout(SHORT * 2));
    let (sender, slow) = channel();
    let begun = Instant::now();
    let sending = tokio::spawn(client.files().put_content("1", Upload::from_stream(slow)).send());
    while !sending.is_finished() && begun.elapsed() < SHORT * 10 {
        let _ = sender.send(Ok("a".into()));
        tokio::time::sleep(SHORT / 3).await;
    }
    let error = sending.await.unwrap().unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("the call took longer than"), "{error}");
    assert!((SHORT * 2..SHORT * 5).contains(&begun.elapsed()), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn progress_is_told_both_ways() {
    let server = Server::start(|request, _| match request.method.as_str() {
        "GET" => json(200, "abcdef"),
        _ => json(204, ""),
    });
    let server = server.await;
    let client = builder(server.url()).build().unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let see = Arc::clone(&seen);
    let body = Upload::from_stream(pieces(&["ab", "c"])).with_len(3);
    let body = body.on_progress(move |progress| see.lock().unwrap().push((progress.done, progress.total)));
    client.files().put_content("1", body).send().await.unwrap();
    assert_eq!(std::mem::take(&mut *seen.lock().unwrap()), [(2, Some(3)), (3, Some(3))]);

    let raw = client.files().get_content("1").send().raw().await.unwrap();
    assert_eq!(raw.content_length(), Some(6));
    let see = Arc::clone(&seen);
    let mut raw = raw.on_progress(move |progress| see.lock().unwrap().push((progress.done, progress.total)));
    let mut written = Vec::new();
    assert_eq!(raw.write_to(&mut written).await.unwrap(), 6);
    assert_eq!((&written[..], seen.lock().unwrap().last()), (&b"abcdef"[..], Some(&(6, Some(6)))));
}

#[tokio::test]
async fn bytes_in_memory_are_watched_while_they_are_sent() {
    const SIZE: usize = 20 << 20;
    let begun = Arc::new(tokio::sync::Notify::new());
    let go_on = Arc::clone(&begun);
    let server = RawServer::start(move |mut stream, _| {
        let go_on = Arc::clone(&go_on);
        async move {
            go_on.notified().await;
            let (mut piece, mut end) = (vec![0; 1 << 20], Vec::new());
            while !end.ends_with(b"--\r\n") {
                let read = stream.read(&mut piece).await.unwrap();
                assert!(read > 0);
                end.extend_from_slice(&piece[read.saturating_sub(4)..read]);
            }
            let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await;
        }
    })
    .await;
    let (sender, mut seen) = unbounded_channel();
    let file = Upload::from(vec![7_u8; SIZE]).on_progress(move |progress| {
        let _ = sender.send(progress);
    });
    let client = builder(server.url()).build().unwrap();
    let sending = tokio::spawn(async move {
        let file = FilePart::new(file).file_name("f");
        client.files().upload_file(&NewFile::new(file, None, NewFilePurpose::Print)).send().await.map(drop)
    });
    // What the sockets hold is sent, and nothing beyond that as long as nobody reads.
    tokio::time::sleep(SHORT).await;
    let mut done = 0;
    while let Ok(progress) = seen.try_recv() {
        assert!(progress.done > done && progress.done <= done + (64 << 10), "{progress:?}");
        assert_eq!(progress.total, Some(SIZE as u64));
        done = progress.done;
    }
    assert!(done > 0 && done < SIZE as u64, "{done}");
    begun.notify_one();
    sending.await.unwrap().unwrap();
    let mut last = None;
    while let Ok(progress) = seen.try_recv() {
        last = Some(progress.done);
    }
    assert_eq!(last, Some(SIZE as u64));
    assert!(server.heads()[0].contains("content-length: "), "{:?}", server.heads());
}

#[tokio::test]
async fn an_answer_is_written_to_a_file_while_it_comes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    let server = RawServer::start(|mut stream, before| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 300000\r\n\r\n").await;
        for _ in 0..if before == 0 { 3 } else { 2 } {
            let _ = stream.write_all(&[b'x'; 100_000]).await;
        }
    });
    let client = builder(server.await.url()).build().unwrap();
    let mut raw = client.files().get_content("1").send().raw().await.unwrap();
    assert_eq!(raw.save_to(&path).await.unwrap(), 300_000);
    assert_eq!(std::fs::read(&path).unwrap(), vec![b'x'; 300_000]);

    let mut raw = client.files().get_content("1").send().raw().await.unwrap();
    assert_eq!(raw.save_to(&path).await.unwrap_err().kind(), ErrorKind::Transport);
    assert_eq!(std::fs::read(&path).unwrap().len(), 200_000);
    let mut raw = client.files().get_content("1").send().raw().await.unwrap();
    let error = raw.save_to(folder.path().join("none/a")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Write);
}

#[tokio::test]
async fn a_server_may_answer_before_the_body_is_sent() {
    let server = RawServer::start(|mut stream, _| async move {
        let _ = stream.write_all(b"HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await;
        let mut rest = [0; 1 << 16];
        while stream.read(&mut rest).await.is_ok_and(|len| len > 0) {}
    });
    let client = builder(server.await.url()).build().unwrap();
    let (sender, endless) = channel();
    sender.send(Ok("a".into())).unwrap();
    let error = client.files().put_content("1", Upload::from_stream(endless)).send().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 413);
    drop(sender);
}

#[tokio::test]
async fn what_may_be_a_file_is_one_and_others_have_their_names() {
    let server = Server::start(|_, _| json(204, "")).await;
    let files = builder(server.url()).build().unwrap().files();
    let others = [("annex".to_owned(), FilePart::new("3"))].into();
    let bundle = SendBundleBody::new().covers(vec![FilePart::new("1"), FilePart::new("2")]);
    files.send_bundle(&bundle.text(FilePart::new("t")).additional(others)).send().await.unwrap();
    let sent = String::from_utf8(server.requests()[0].body.to_vec()).unwrap();
    let part = |name: &str, content: &str| {
        let head = format!("name=\"{name}\"; filename=\"blob\"\r\nContent-Type: application/octet-stream");
        sent.contains(&format!("{head}\r\n\r\n{content}\r\n"))
    };
    for (name, content) in [("covers", "1"), ("covers", "2"), ("text", "t"), ("annex", "3")] {
        assert!(part(name, content), "{name}: {sent}");
    }
}
