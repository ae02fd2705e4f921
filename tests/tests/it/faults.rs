//! What servers do wrong, over real sockets: silence, slowness, early ends, redirects; and what callers do wrong.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clientwright_tests::raw::RawServer;
use clientwright_tests::server::{Server, json, with_headers};
use realtimekit_sessions::{Client, ClientBuilder, ErrorKind};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const SHORT: Duration = Duration::from_millis(300);

fn builder(url: String) -> ClientBuilder {
    Client::builder().bearer_token("secret-token").base_url(url)
}

#[tokio::test]
async fn a_silent_server_is_a_timeout_in_the_configured_time() {
    let server = RawServer::start(|stream, _| async move {
        let _stream = stream;
        std::future::pending::<()>().await;
    });
    let server = server.await;
    let client = builder(server.url()).options(|options| options.timeout(SHORT).max_retries(0)).build().unwrap();
    let started = Instant::now();
    let error = client.realtime_kit().sessions().get_sessions("a", "b").send().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(started.elapsed() >= SHORT && started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_body_that_trickles_counts_against_the_same_limit() {
    let server = RawServer::start(|mut stream, _| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n").await;
        while stream.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let client = builder(server.await.url()).options(|options| options.timeout(SHORT).max_retries(0)).build().unwrap();
    let error = client.realtime_kit().sessions().get_sessions("a", "b").send().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn early_ends_are_connection_errors_and_safe_calls_are_repeated() {
    let heads: [&[u8]; 3] =
        [b"", b"HTTP/1.1 200 OK\r\ncontent-le", b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"da"];
    for head in heads {
        let server = RawServer::start(move |mut stream, before| async move {
            let whole: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
            let _ = stream.write_all(if before == 0 { head } else { whole }).await;
        });
        let server = server.await;
        let client = builder(server.url()).build().unwrap();
        let sessions = client.realtime_kit().sessions();
        let answer = sessions.get_sessions("a", "b").send().with_response().await.unwrap();
        assert_eq!((answer.attempts(), server.connections()), (2, 2), "a GET is sent again");
    }
}

#[tokio::test]
async fn resets_are_connection_errors_and_safe_calls_are_repeated() {
    let heads: [&[u8]; 3] = [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"];
    for head in heads {
        let server = RawServer::start(move |mut stream, before| async move {
            if before == 0 {
                let _ = stream.write_all(head).await;
                // Closing it now sends RST instead of FIN.
                stream.set_zero_linger().unwrap();
            } else {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
            }
        });
        let server = server.await;
        let client = builder(server.url()).build().unwrap();
        let sessions = client.realtime_kit().sessions();
        let answer = sessions.get_sessions("a", "b").send().with_response().await.unwrap();
        assert_eq!((answer.attempts(), server.connections()), (2, 2), "a GET is sent again");
    }
    let server = RawServer::start(|stream, _| async move { stream.set_zero_linger().unwrap() }).await;
    let client = builder(server.url()).build().unwrap();
    let sessions = client.realtime_kit().sessions();
    let error = sessions.generate_summary_of_transcripts("a", "b", "c").send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), server.connections()), (ErrorKind::Transport, 1, 1), "{error}");
}

#[tokio::test]
async fn a_post_that_broke_off_is_not_repeated() {
    let server = RawServer::start(|stream, _| async move { drop(stream) }).await;
    let client = builder(server.url()).build().unwrap();
    let sessions = client.realtime_kit().sessions();
    let error = sessions.generate_summary_of_transcripts("a", "b", "c").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    assert_eq!((error.attempts(), server.connections()), (1, 1));
}

#[tokio::test]
async fn the_http_library_repeats_nothing_on_its_own() {
    let posts = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&posts);
    let server = RawServer::start(move |mut stream, _| {
        let posts = Arc::clone(&counted);
        async move {
            // The connection is kept; the next request on it is read to its end, and has no answer.
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let Ok(byte) = stream.read_u8().await else { return };
                head.push(byte);
            }
            posts.fetch_add(usize::from(head.starts_with(b"POST ")), Ordering::SeqCst);
        }
    });
    let server = server.await;
    let client = builder(server.url()).build().unwrap();
    let sessions = client.realtime_kit().sessions();
    sessions.get_sessions("a", "b").send().await.unwrap();
    let error = sessions.generate_summary_of_transcripts("a", "b", "c").send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1), "{error}");
    assert_eq!((posts.load(Ordering::SeqCst), server.connections()), (1, 1));
}

#[tokio::test]
async fn a_connection_that_was_never_made_is_tried_again_for_any_method() {
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let client = builder(format!("http://127.0.0.1:{port}")).build().unwrap();
    let sessions = client.realtime_kit().sessions();
    let error = sessions.generate_summary_of_transcripts("a", "b", "c").send().await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn redirects_are_errors_and_credentials_stay() {
    let other = Server::start(|_, _| json(200, "{}")).await;
    let elsewhere = format!("{}/elsewhere", other.url());
    let other_host = elsewhere.replace("127.0.0.1", "localhost");
    let no_scheme = elsewhere.replace("http:", "");
    for status in [301, 302, 303, 307, 308] {
        for target in [&*elsewhere, &other_host, &no_scheme, "/same/origin", ""] {
            let location = target.to_owned();
            let headers = move |_: &_, _| {
                with_headers(json(status, "{}"), &[("location", &location), ("x-should-retry", "true")])
            };
            let server = Server::start(headers).await;
            let keys = Client::builder().api_email("me").api_key("key").base_url(server.url());
            for client in [builder(server.url()).build().unwrap(), keys.build().unwrap()] {
                let before = server.requests().len();
                let error = client.realtime_kit().sessions().get_sessions("a", "b").send().await.unwrap_err();
                assert_eq!((error.kind(), error.attempts()), (ErrorKind::Redirect, 1), "{error}");
                assert_eq!(error.location(), Some(target));
                let error = client.realtime_kit().sessions().get_sessions("a", "b").send().raw().await.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
                assert_eq!(server.requests().len(), before + 2, "{status} {target}");
            }
        }
    }
    assert!(other.requests().is_empty(), "nothing may reach the other origin");
}

#[tokio::test]
async fn a_download_elsewhere_is_followed_if_asked_for_and_learns_no_secret() {
    let files = Server::start(|_, _| json(200, r#"{"success": true}"#)).await;
    let place = format!("{}/file?signature=s", files.url());
    let server = Server::start(move |_, before| match before % 2 {
        0 => with_headers(json(302, "{}"), &[("location", "/moved")]),
        _ => with_headers(json(307, "{}"), &[("location", &place)]),
    });
    let server = server.await;
    let keys = Client::builder().api_email("me").api_key("key").base_url(server.url());
    for client in [builder(server.url()), keys] {
        let client = client.options(|options| options.max_redirects(2).header("x-tenant", "t")).build().unwrap();
        let sessions = client.realtime_kit().sessions();
        assert_eq!(sessions.get_sessions("a", "b").send().await.unwrap().success, Some(true));
        let answer = sessions.get_sessions("a", "b").send().raw().await.unwrap();
        assert_eq!(&answer.bytes().await.unwrap()[..], br#"{"success": true}"#);
        // One is too few.
        let client = client.with_options(|options| options.max_redirects(1));
        let error = client.realtime_kit().sessions().get_sessions("a", "b").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
    }
    let (asked, downloads) = (server.requests(), files.requests());
    assert_eq!((asked.len(), downloads.len()), (12, 4));
    assert_eq!((asked[1].path.as_str(), asked[1].header("authorization")), ("/moved", "Bearer secret-token"));
    for download in downloads {
        assert_eq!((download.path.as_str(), download.query.as_deref()), ("/file", Some("signature=s")));
        let mut names: Vec<_> = download.headers.keys().map(|name| name.as_str()).collect();
        names.retain(|name| !["host", "accept", "accept-encoding", "user-agent"].contains(name));
        assert!(names.is_empty(), "{names:?}");
    }
}

#[tokio::test]
async fn an_attempt_has_its_time_however_often_it_is_sent_elsewhere() {
    let server = RawServer::start(|mut stream, before| async move {
        tokio::time::sleep(SHORT / 2).await;
        let head = "HTTP/1.1 307 Temporary Redirect\r\ncontent-length: 0\r\nconnection: close";
        let _ = stream.write_all(format!("{head}\r\nlocation: /{before}\r\n\r\n").as_bytes()).await;
    });
    let server = server.await;
    let client = builder(server.url()).options(|options| options.timeout(SHORT).max_retries(0).max_redirects(20));
    let request = client.build().unwrap().request(http::Method::PUT, "/any").json(&1);
    let error = request.send().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(server.connections() <= 3, "{}", server.connections());
}

#[tokio::test]
async fn path_arguments_arrive_as_they_were_given() {
    let rows = [
        ("\t..", "%09.."),
        (".\t.", ".%09."),
        ("%2e%2e", "%252e%252e"),
        ("a/b", "a%2Fb"),
        ("a?b", "a%3Fb"),
        ("a#b", "a%23b"),
        ("a\\b", "a%5Cb"),
        ("a b", "a%20b"),
        ("ü", "%C3%BC"),
        ("\r\n", "%0D%0A"),
        ("\0", "%00"),
        ("%2F", "%252F"),
        ("a:b@c!$&'()*+,;=-._~", "a:b@c!$&'()*+,;=-._~"),
    ];
    let server = Server::start(|_, _| json(200, "{}")).await;
    let client = builder(server.url()).build().unwrap();
    let sessions = client.realtime_kit().sessions();
    for (argument, wire) in rows {
        sessions.get_session_details("a", "b", argument).send().await.unwrap();
        let path = server.requests().last().unwrap().path.clone();
        assert_eq!(path, format!("/accounts/a/realtime/kit/b/sessions/{wire}"), "{argument:?}");
    }
    let before = server.requests().len();
    for argument in [".", "..", ""] {
        let error = sessions.get_session_details("a", "b", argument).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        assert!(error.to_string().contains("session_id"), "{error}");
    }
    assert_eq!(server.requests().len(), before, "refused before anything is sent");
}

#[tokio::test]
async fn header_values_that_break_out_are_refused() {
    let server = Server::start(|_, _| json(200, "{}")).await;
    for bad in ["a\r\nx-injected: 1", "a\nb", "a\0b", "a\u{7f}b"] {
        let client = builder(server.url()).build().unwrap().with_options(|options| options.header("x-note", bad));
        let error = client.realtime_kit().sessions().get_sessions("a", "b").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        let secret = Client::builder().bearer_token(bad).base_url(server.url()).build();
        let failed = match secret {
            Err(error) => error,
            Ok(client) => client.realtime_kit().sessions().get_sessions("a", "b").send().await.unwrap_err(),
        };
        assert!(!format!("{failed} {failed:?}").contains("injected"), "{failed:?}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn secrets_go_over_plain_http_only_to_this_machine() {
    for url in ["http://api.example.com/v4", "http://10.0.0.1/", "http://localhost.example.com/"] {
        let refused = match builder(url.to_owned()).build() {
            Err(error) => error,
            Ok(client) => client.realtime_kit().sessions().get_sessions("a", "b").send().await.unwrap_err(),
        };
        assert_eq!(refused.attempts(), 0, "{url}: {refused}");
        assert!(refused.to_string().contains("http"), "{refused}");
    }
    assert!(builder("http://api.example.com/v4".to_owned()).allow_plain_http(true).build().is_ok());
}

#[tokio::test]
async fn nothing_shows_a_secret() {
    let server = Server::start(|_, _| {
        json(401, r#"{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}"#)
    })
    .await;
    let builder =
        Client::builder().bearer_token("s3cr3t-a").api_email("s3cr3t-b").api_key("s3cr3t-c").base_url(server.url());
    let shown = format!("{builder:?} {builder:#?}");
    let client = builder.build().unwrap();
    let request = client.realtime_kit().sessions().get_sessions("a", "b");
    let shown = format!("{shown} {client:?} {request:?} {:?}", client.realtime_kit().sessions());
    let error = request.send().await.unwrap_err();
    let mut shown = format!("{shown} {error} {error:?} {error:#?}");
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        shown.push_str(&format!("{cause} {cause:?}"));
        source = cause.source();
    }
    assert!(!shown.contains("s3cr3t"), "{shown}");
    assert!(error.is_unauthorized());
    assert!(error.to_string().contains("Authentication error"), "{error}");
    let envelope = error.error_envelope().unwrap();
    assert_eq!(envelope.errors.unwrap()[0].code, Some(10000));
}

#[tokio::test]
async fn nothing_repeats_a_secret_that_one_call_was_given() {
    let server = Server::start(|_, _| json(400, r#"{"message": "no s3cr3t-a, s3cr3t-b or s3cr3t-c"}"#)).await;
    let request = builder(server.url()).build().unwrap().request(http::Method::GET, "/x");
    let request = request.header("Authorization", "Bearer s3cr3t-a").header("X-Auth-Key", "s3cr3t-b");
    let error = request.cookie("sid", "s3cr3t-c").send().await.unwrap_err();
    assert_eq!(error.message(), "no [redacted], [redacted] or [redacted]");
    assert!(!format!("{error} {error:?} {error:#?}").contains("s3cr3t"), "{error:?}");
}

#[tokio::test]
async fn a_connection_that_is_not_made_is_an_error_that_says_why() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = builder(url).options(|options| options.max_retries(0).query("key", "s3cr3t")).build().unwrap();
    let error = client.realtime_kit().sessions().get_sessions("a", "b").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(error.to_string().contains("the connection could not be made: Connection refused"), "{error}");
    assert!(!format!("{error} {error:?}").contains("s3cr3t"), "{error:?}");
}

#[tokio::test]
async fn one_way_to_prove_who_calls_is_enough_and_only_that_is_sent() {
    let server = Server::start(|_, _| json(200, "{}")).await;
    let base = || Client::builder().base_url(server.url());
    let send = async |builder: ClientBuilder| {
        builder.build().unwrap().realtime_kit().sessions().get_sessions("a", "b").send().await
    };
    send(base().api_email("me@example.com").api_key("key")).await.unwrap();
    let request = server.requests().pop().unwrap();
    assert_eq!((request.header("x-auth-email"), request.header("x-auth-key")), ("me@example.com", "key"));
    assert!(!request.headers.contains_key("authorization"));

    send(base().bearer_token("token").api_key("key")).await.unwrap();
    let request = server.requests().pop().unwrap();
    assert_eq!(request.header("authorization"), "Bearer token");
    assert!(!request.headers.contains_key("x-auth-key"), "only what the chosen way needs");

    let before = server.requests().len();
    for incomplete in [base(), base().api_key("key"), base().api_email("me@example.com")] {
        let error = send(incomplete).await.unwrap_err();
        assert!(error.to_string().contains("api_"), "it names what is missing: {error}");
    }
    assert_eq!(server.requests().len(), before);
}

#[tokio::test]
async fn a_dropped_call_sends_nothing_more_and_the_next_one_works() {
    let server = Server::start(|_, before| if before == 0 { json(503, "{}") } else { json(200, "{}") }).await;
    let client = builder(server.url()).build().unwrap();
    let sessions = client.realtime_kit().sessions();
    // Dropped in the wait before the second attempt.
    let first = tokio::time::timeout(Duration::from_millis(200), sessions.get_sessions("a", "b").send()).await;
    assert!(first.is_err());
    tokio::time::sleep(Duration::from_millis(800)).await;
    assert_eq!(server.requests().len(), 1);
    sessions.get_sessions("a", "b").send().await.unwrap();
    assert_eq!(server.requests().len(), 2);
}
