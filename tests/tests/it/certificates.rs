//! How the default transport connects, as it is set: with certificates, through proxies, and how long that may take. The
//! certificates are those of `tests/tests/certificates`.

use std::error::Error as _;
use std::fs;
use std::sync::Arc;
use std::time::Duration;

use clientwright_tests::raw::RawServer;
use clientwright_tests::server::json;
use clientwright_tests::workspace;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use realtimekit_sessions::{Client, Error, ErrorKind, TransportSettings};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

pub(crate) fn pem(name: &str) -> Vec<u8> {
    fs::read(workspace().join("tests/tests/certificates").join(name)).unwrap()
}

pub(crate) fn certificate(name: &str) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(&pem(name)).unwrap()
}

/// The address of a server that speaks TLS with clients that have a certificate of the root, and with no others.
async fn server() -> String {
    let mut roots = RootCertStore::empty();
    roots.add(certificate("root.pem")).unwrap();
    let clients = WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap();
    let key = PrivateKeyDer::from_pem_slice(&pem("server.key")).unwrap();
    let config = ServerConfig::builder().with_client_cert_verifier(clients);
    let acceptor = TlsAcceptor::from(Arc::new(config.with_single_cert(vec![certificate("server.pem")], key).unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(stream).await else { return };
                let answer = service_fn(|_| async { Ok::<_, std::convert::Infallible>(json(200, "{}")) });
                let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
            });
        }
    });
    address
}

async fn call(base_url: &str, set: impl FnOnce(TransportSettings) -> TransportSettings + Send) -> Result<(), Error> {
    let client = Client::builder().bearer_token("t").base_url(base_url).allow_plain_http(true);
    let client = client.transport_settings(set).options(|options| options.max_retries(0)).build()?;
    client.realtime_kit().sessions().get_sessions("a", "b").send().await.map(drop)
}

/// The error with all that is behind it.
fn whole(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text += &format!(": {error}");
        source = error.source();
    }
    text
}

#[tokio::test]
async fn servers_and_clients_show_their_certificates_to_one_another() {
    let server = server().await;
    let root = |settings: TransportSettings| settings.root_certificates(pem("root.pem"));
    let both = |settings: TransportSettings| root(settings).client_certificate(pem("client.pem"), pem("client.key"));
    call(&server, both).await.unwrap();

    let error = call(&server, root).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    let own = |settings: TransportSettings| settings.client_certificate(pem("client.pem"), pem("client.key"));
    let error = call(&server, own).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(whole(&error).to_lowercase().contains("certificate"), "{}", whole(&error));
}

#[tokio::test]
async fn a_server_that_never_ends_a_handshake_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let error = call(&address, |settings| settings.connect_timeout(Duration::from_millis(50))).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
}

#[tokio::test]
async fn a_proxy_that_is_set_takes_all_requests() {
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: application/json\r\n\r\n{}";
    let proxy =
        RawServer::start(move |mut stream, _| async move { stream.write_all(answer.as_bytes()).await.unwrap() }).await;
    call("http://127.0.0.1:9", |settings| settings.proxy(proxy.url())).await.unwrap();
    assert!(proxy.heads()[0].starts_with("get http://127.0.0.1:9/"), "{:?}", proxy.heads());
}

#[tokio::test]
async fn a_proxy_learns_no_more_than_where_to() {
    let proxy = RawServer::start(|mut stream, _| async move {
        let _ = stream.write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await;
    });
    let proxy = proxy.await;
    let address = proxy.url().replace("http://", "http://user:s3cr3t@");
    let error = call("https://api.example.com/v4", |settings| settings.proxy(address)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(!format!("{error} {error:?}").contains("s3cr3t"), "{error:?}");
    for head in proxy.heads() {
        assert!(head.starts_with("connect api.example.com:443 http/1.1\r\n"), "{head}");
        assert!(head.contains("\r\nproxy-authorization: basic ") && !head.contains("\r\nauthorization:"), "{head}");
    }
    assert_eq!(proxy.connections(), error.attempts() as usize);
}
