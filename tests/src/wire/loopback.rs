//! What the calls of all clients share: a transport over loopback, and what is said of each call. A part of the program that is
//! written, not of this crate.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use old::runtime::{Body, BoxFuture, Error, Transport, TransportError};
use serde_json::{Map, Value, json};

use crate::support::{Failure, Got, failure};

/// Sends a request on a connection of its own, and waits for the answer.
#[derive(Debug)]
pub struct Loopback;

impl Transport for Loopback {
    fn call(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move { exchange(&request).map_err(TransportError::exchange) })
    }

    /// No time limit ever comes.
    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }
}

type Exchanged<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn exchange(request: &http::Request<Body>) -> Exchanged<http::Response<Body>> {
    let uri = request.uri();
    let host = uri.authority().ok_or("no host")?.as_str();
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let body = request.body().as_bytes().ok_or("a body that streams")?;
    let mut head = format!("{} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n", request.method()).into_bytes();
    for (name, value) in request.headers() {
        head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    head.extend(format!("content-length: {}\r\n\r\n", body.len()).into_bytes());
    let mut stream = TcpStream::connect(host)?;
    stream.write_all(&head)?;
    stream.write_all(body)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").ok_or("no head")?;
    let head = std::str::from_utf8(&answer[..end])?;
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).ok_or("no status")?;
    let mut response = http::Response::builder().status(status);
    for line in lines {
        let (name, value) = line.split_once(':').ok_or("no header")?;
        response = response.header(name.parse::<HeaderName>()?, value.trim().parse::<HeaderValue>()?);
    }
    Ok(response.body(Body::from(Bytes::copy_from_slice(&answer[end + 4..])))?)
}

/// What a call has heard.
pub fn heard(status: Option<StatusCode>, headers: Option<&HeaderMap>, got: Got) -> Value {
    let headers = headers.into_iter().flatten();
    let headers: Map<String, Value> = headers
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned().into()))
        .collect();
    let value = match got {
        Got::Nothing => Value::Null,
        Got::Json(value) => value,
        Got::Text(text) => text.into(),
        Got::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned().into(),
    };
    json!({ "status": status.map(|status| status.as_u16()), "headers": headers, "value": value })
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let words = std::iter::successors(std::error::Error::source(&error), |source| source.source());
        let words = words.fold(error.to_string(), |words, source| format!("{words}: {source}"));
        failure(error.status().map(|status| status.as_u16()), error.body(), &words)
    }
}

impl From<String> for Failure {
    fn from(words: String) -> Self {
        Self { status: None, words }
    }
}

/// A call, as the program knows it.
pub type Call = (&'static str, &'static str, usize, fn(String) -> Running);

/// A call on its way.
pub type Running = std::pin::Pin<Box<dyn Future<Output = Result<Value, Failure>>>>;

/// Makes a call, and says a line of JSON about it.
pub fn make(call: &Call, origin: &str, side: &str) {
    let (case, variant, operation, run) = call;
    let mut running = pin!(run(format!("{origin}/{side}")));
    let mut context = Context::from_waker(Waker::noop());
    // Nothing waits but for the network, which is waited for at once.
    let said = (0..1000).find_map(|_| match running.as_mut().poll(&mut context) {
        Poll::Ready(said) => Some(said),
        Poll::Pending => None,
    });
    let (error, heard) = match said {
        Some(Ok(heard)) => (None, heard),
        Some(Err(failure)) => (Some(failure.words), Value::Null),
        None => (Some("it has no end".to_owned()), Value::Null),
    };
    let (status, headers, value) = (&heard["status"], &heard["headers"], &heard["value"]);
    println!(
        "{}",
        json!({ "case": case, "side": side, "variant": variant, "operation": operation, "error": error,
            "status": status, "headers": headers, "value": value })
    );
}
