//! HTTP/2, which a server can say over that it has not looked at a request (RFC 9113, section 8.7): such a one is sent again,
//! whatever it asks for, and one that it may have looked at is not. The certificates are those of `tests/tests/certificates`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use h2::Reason;
use http::Method;
use realtimekit_sessions::{Client, Error, ErrorKind};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;

use super::certificates::{certificate, pem};

fn client(address: String) -> Client {
    let client = Client::builder().bearer_token("t").base_url(address);
    client.transport_settings(|settings| settings.root_certificates(pem("root.pem"))).build().unwrap()
}

/// Answers the requests of a connection with what was sent, but refuses the first `refusals`; counts them all.
async fn serve(acceptor: TlsAcceptor, stream: TcpStream, refusals: u32, streams: Arc<AtomicU32>) {
    let mut connection = h2::server::handshake(acceptor.accept(stream).await.unwrap()).await.unwrap();
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        if streams.fetch_add(1, Ordering::SeqCst) < refusals {
            respond.send_reset(Reason::REFUSED_STREAM);
            continue;
        }
        tokio::spawn(async move {
            let chunk = request.into_body().data().await.unwrap().unwrap();
            let mut body = respond.send_response(http::Response::new(()), false).unwrap();
            body.send_data(chunk, true).unwrap();
        });
    }
}

/// The server's side of a connection that speaks TLS.
type Tls = tokio_rustls::server::TlsStream<TcpStream>;

/// A server that hands each connection to a script, with how many came before it.
async fn listen<F>(script: impl Fn(TcpStream, TlsAcceptor, u32) -> F + Send + 'static) -> String
where
    F: Future<Output = ()> + Send + 'static,
{
    let key = PrivateKeyDer::from_pem_slice(&pem("server.key")).unwrap();
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate("server.pem")], key);
    let mut config = config.unwrap();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        let mut before = 0;
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(script(stream, acceptor.clone(), before));
            before += 1;
        }
    });
    address
}

/// A server that refuses so many requests before it answers, and how many it has seen.
async fn server(refusals: u32) -> (String, Arc<AtomicU32>) {
    let streams = Arc::new(AtomicU32::new(0));
    let seen = Arc::clone(&streams);
    let address = listen(move |stream, acceptor, _| serve(acceptor, stream, refusals, Arc::clone(&seen))).await;
    (address, streams)
}

/// Reads a request to its end, then says that `last` is the last stream that was looked at (RFC 9113, section 6.8), and hangs
/// up.
async fn leave(mut stream: Tls, last: u32, reason: Reason) {
    const SETTINGS: [u8; 9] = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    let mut preface = [0; 24];
    stream.read_exact(&mut preface).await.unwrap();
    stream.write_all(&SETTINGS).await.unwrap();
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await.unwrap();
        let [a, b, c, kind, flags, ..] = head;
        let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
        stream.read_exact(&mut payload).await.unwrap();
        // `DATA` or `HEADERS`, with `END_STREAM`.
        if kind <= 1 && flags & 1 == 1 {
            break;
        }
    }
    let mut away = vec![0, 0, 8, 7, 0, 0, 0, 0, 0];
    away.extend(last.to_be_bytes());
    away.extend(u32::from(reason).to_be_bytes());
    stream.write_all(&away).await.unwrap();
    let _ = stream.shutdown().await;
}

/// A server whose first connection ends so, and how many there were.
async fn leaving(last: u32, reason: Reason) -> (String, Arc<AtomicU32>) {
    let connections = Arc::new(AtomicU32::new(0));
    let seen = Arc::clone(&connections);
    let address = listen(move |stream, acceptor, before| {
        seen.fetch_add(1, Ordering::SeqCst);
        async move {
            match before {
                0 => leave(acceptor.accept(stream).await.unwrap(), last, reason).await,
                _ => serve(acceptor, stream, 0, Arc::default()).await,
            }
        }
    });
    (address.await, connections)
}

async fn send(address: String, method: Method) -> Result<Value, Error> {
    client(address).request(method, "/payments").json(&json!({"amount": 1})).send().await
}

#[tokio::test]
async fn a_server_that_leaves_says_what_it_has_not_looked_at() {
    // Nothing: the request is sent again, whatever it asks for.
    let (address, connections) = leaving(0, Reason::NO_ERROR).await;
    assert_eq!(send(address, Method::POST).await.unwrap(), json!({"amount": 1}));
    assert_eq!(connections.load(Ordering::SeqCst), 2);
    // It may have looked at this one, whatever its reason.
    for reason in [Reason::NO_ERROR, Reason::INTERNAL_ERROR, Reason::ENHANCE_YOUR_CALM] {
        let (address, connections) = leaving(1, reason).await;
        let error = send(address, Method::POST).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1), "{reason:?}: {error}");
        assert_eq!(connections.load(Ordering::SeqCst), 1, "{reason:?}");
        let (address, connections) = leaving(1, reason).await;
        assert_eq!(send(address, Method::PUT).await.unwrap(), json!({"amount": 1}), "{reason:?}");
        assert_eq!(connections.load(Ordering::SeqCst), 2, "{reason:?}");
    }
}

#[tokio::test]
async fn a_server_that_leaves_in_peace_loses_no_call() {
    let requests = Arc::new(AtomicU32::new(0));
    let seen = Arc::clone(&requests);
    let address = listen(move |stream, acceptor, _| {
        let seen = Arc::clone(&seen);
        async move {
            let mut connection = h2::server::handshake(acceptor.accept(stream).await.unwrap()).await.unwrap();
            while let Some(Ok((_, mut respond))) = connection.accept().await {
                // Each connection takes what is there, and no more.
                seen.fetch_add(1, Ordering::SeqCst);
                connection.graceful_shutdown();
                let mut body = respond.send_response(http::Response::new(()), false).unwrap();
                body.send_data(Bytes::from_static(b"1"), true).unwrap();
            }
        }
    });
    let client = client(address.await).with_options(|options| options.max_retries(0));
    for _ in 0..20 {
        let answer: Value = client.request(Method::POST, "/payments").send().await.unwrap();
        assert_eq!(answer, json!(1));
    }
    assert_eq!(requests.load(Ordering::SeqCst), 20);
    let calls = (0..100).map(|_| tokio::spawn(client.request(Method::POST, "/payments").send()));
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.unwrap().unwrap(), json!(1));
    }
    assert_eq!(requests.load(Ordering::SeqCst), 120);
}

#[tokio::test]
async fn what_a_server_has_not_looked_at_is_sent_again() {
    let (address, streams) = server(1).await;
    assert_eq!(send(address, Method::POST).await.unwrap(), json!({"amount": 1}));
    assert_eq!(streams.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_server_that_never_looks_is_an_error() {
    let (address, streams) = server(u32::MAX).await;
    let request = client(address).request(Method::POST, "/payments").bytes("text/plain", Bytes::from_static(b"x"));
    let error = request.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    let seen = streams.load(Ordering::SeqCst);
    assert!(seen <= 3, "{seen}");
}
