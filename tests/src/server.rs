//! A server on loopback that records what it is asked and answers by a script.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::service::service_fn;
use hyper::{HeaderMap, Method, Request, Response};
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The method.
    pub method: Method,
    /// The path, byte for byte.
    pub path: String,
    /// The query, byte for byte; `None` where the target has no `?`.
    pub query: Option<String>,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Recorded {
    /// The query as decoded pairs, sorted; `+` is a space, as in forms.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8().unwrap().into_owned();
        let query = self.query.as_deref().unwrap_or_default();
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let mut pairs: Vec<_> = pairs
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (decode(name), decode(value))
            })
            .collect();
        pairs.sort();
        pairs
    }

    /// A header as text; empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// What the server answers.
pub type Reply = Response<Full<Bytes>>;

/// An answer of a status with a JSON body.
pub fn json(status: u16, body: impl Into<Bytes>) -> Reply {
    let reply = Response::builder().status(status).header("content-type", "application/json");
    reply.body(Full::new(body.into())).unwrap()
}

/// The same with headers.
pub fn with_headers(mut reply: Reply, headers: &[(&'static str, &str)]) -> Reply {
    for (name, value) in headers {
        reply.headers_mut().insert(*name, value.parse().unwrap());
    }
    reply
}

/// A server that runs until the test's runtime ends.
#[derive(Clone, Debug)]
pub struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Recorded>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Starts a server whose answer to each request is `reply` of the request and of how many came before it.
    pub async fn start(reply: impl Fn(&Recorded, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = Self { address, requests: Arc::default(), connections: Arc::default() };
        let (requests, connections) = (Arc::clone(&server.requests), Arc::clone(&server.connections));
        let reply = Arc::new(reply);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::Relaxed);
                let (requests, reply) = (Arc::clone(&requests), Arc::clone(&reply));
                let service = service_fn(move |request: Request<hyper::body::Incoming>| {
                    let (requests, reply) = (Arc::clone(&requests), Arc::clone(&reply));
                    async move {
                        let recorded = record(request).await?;
                        let before = {
                            let mut requests = requests.lock().unwrap();
                            requests.push(recorded.clone());
                            requests.len() - 1
                        };
                        Ok::<_, hyper::Error>(reply(&recorded, before))
                    }
                });
                tokio::spawn(async move {
                    // A client that hangs up is part of some tests.
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service)
                        .await;
                });
            }
        });
        server
    }

    /// The address, such as `http://127.0.0.1:4010`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many connections were made so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// What was asked so far.
    pub fn requests(&self) -> Vec<Recorded> {
        self.requests.lock().unwrap().clone()
    }
}

async fn record(request: Request<hyper::body::Incoming>) -> Result<Recorded, hyper::Error> {
    let (head, body) = request.into_parts();
    Ok(Recorded {
        method: head.method,
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: head.headers,
        body: body.collect().await?.to_bytes(),
    })
}
