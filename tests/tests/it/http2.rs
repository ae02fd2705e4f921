//! HTTP/2, which a server can say over that it has not looked at a request (RFC 9113, section 8.7): such a one is sent again,
//! whatever it asks for. The certificates are those of `tests/tests/certificates`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use h2::Reason;
use http::Method;
use realtimekit_sessions::{Client, ErrorKind};
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

/// A server that refuses so many requests before it answers, and how many it has seen.
async fn server(refusals: u32) -> (String, Arc<AtomicU32>) {
    let key = PrivateKeyDer::from_pem_slice(&pem("server.key")).unwrap();
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate("server.pem")], key);
    let mut config = config.unwrap();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let streams = Arc::new(AtomicU32::new(0));
    let seen = Arc::clone(&streams);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(acceptor.clone(), stream, refusals, Arc::clone(&seen)));
        }
    });
    (address, streams)
}

#[tokio::test]
async fn what_a_server_has_not_looked_at_is_sent_again() {
    let (address, streams) = server(1).await;
    let request = client(address).request(Method::POST, "/payments").json(&serde_json::json!({"amount": 1}));
    let answer: serde_json::Value = request.send().await.unwrap();
    assert_eq!(answer, serde_json::json!({"amount": 1}));
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
