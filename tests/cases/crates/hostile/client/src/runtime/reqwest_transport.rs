//! The default transport: reqwest, with everything switched off that the client does itself.
//!
//! Redirects and cookies are off, and so are retries, but of what HTTP/2 says was never looked at. The
//! proxy settings of the environment hold, as users of HTTP clients expect, but for plain http to this
//! machine itself: a proxy, which may be another one, would read what is in it. Its futures are awaited
//! inside a tokio runtime with time and I/O enabled.
#![cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]

use super::body::Body;
use super::error::Error;
use super::same_url::{Server, same_url};
use super::transport::{BoxFuture, Transport, TransportError};
use super::transport_settings::{TransportSettings, unusable};
use super::url;
use bytes::Bytes;
use futures_core::Stream;
use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH, RANGE};
use http::uri::Scheme;
use http::{HeaderValue, Method, Uri};
use http_body::{Body as _, Frame, SizeHint};
use std::error::Error as _;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// How long making a connection may take, unless the settings say otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A client's connections, over reqwest and tokio.
#[derive(Debug)]
struct ReqwestTransport {
    client: reqwest::Client,
    /// The same without the proxies of the environment, from the first request to this machine on.
    local: OnceLock<reqwest::Client>,
    settings: TransportSettings,
    server: OnceLock<Server>,
    begun: tokio::time::Instant,
}

/// A transport with these settings.
///
/// # Errors
/// A configuration error when a setting can't be used, or TLS can't be set up.
pub(super) fn reqwest_transport(settings: TransportSettings) -> Result<Arc<dyn Transport>, Error> {
    let client = settings.set(plain())?.build();
    Ok(Arc::new(ReqwestTransport {
        client: client.map_err(|error| unusable("the HTTP client", &error))?,
        local: OnceLock::new(),
        settings,
        server: OnceLock::new(),
        begun: tokio::time::Instant::now(),
    }))
}

/// A client that does nothing by itself, but for HTTP/2: a request that the server says it has not
/// looked at (RFC 9113, section 8.7) is sent again, up to twice, whatever it asks for.
fn plain() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
}

impl ReqwestTransport {
    /// The connections for requests to `uri`.
    fn client(&self, uri: &Uri) -> Result<&reqwest::Client, TransportError> {
        let is_plain = uri.scheme() == Some(&Scheme::HTTP);
        if !is_plain || !uri.host().is_some_and(url::is_loopback) {
            return Ok(&self.client);
        }
        match self.local.get() {
            Some(local) => Ok(local),
            None => {
                let local = self.settings.set(plain().no_proxy());
                let local = local.map_err(TransportError::request)?.build();
                let local = local.map_err(TransportError::request)?;
                Ok(self.local.get_or_init(|| local))
            }
        }
    }
}

impl Transport for ReqwestTransport {
    fn call(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let client = self.client(request.uri());
        let answer = client.and_then(|client| Ok(client.execute(convert(request, &self.server)?)));
        Box::pin(async {
            let answer = answer?.await.map_err(broken)?;
            let answer = http::Response::<reqwest::Body>::from(answer);
            Ok(answer.map(|body| Body::from_stream(Chunks(body))))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    /// By the clock of [`sleep`](Transport::sleep).
    fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }
}

/// The same request in reqwest's types.
fn convert(
    request: http::Request<Body>,
    server: &OnceLock<Server>,
) -> Result<reqwest::Request, TransportError> {
    let (head, body) = request.into_parts();
    let url = same_url(&head.uri, server)?;
    // A part of what is compressed can't be read, and its length says nothing of what it is.
    let is_by_bytes = head.method == Method::HEAD || head.headers.contains_key(RANGE);
    let may_have_content = matches!(head.method, Method::POST | Method::PUT | Method::PATCH);
    let mut request = reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    if is_by_bytes {
        let headers = request.headers_mut();
        headers
            .entry(ACCEPT_ENCODING)
            .or_insert(HeaderValue::from_static("identity"));
    }
    match body.as_bytes() {
        Some(bytes) if !bytes.is_empty() => *request.body_mut() = Some(bytes.clone().into()),
        Some(_) if may_have_content => {
            // Without it, a server may wait for content, or refuse (RFC 9110, sections 8.6 and
            // 15.5.12); hyper leaves it out.
            let headers = request.headers_mut();
            headers
                .entry(CONTENT_LENGTH)
                .or_insert(HeaderValue::from_static("0"));
        }
        Some(_) => {}
        None => *request.body_mut() = Some(reqwest::Body::wrap(Sent(Mutex::new(body)))),
    }
    Ok(request)
}

/// The body of a request that streams. It is polled by one at a time, and the lock waited for by none: it
/// makes what moves between threads what may be shared, which reqwest asks for.
struct Sent(Mutex<Body>);

impl http_body::Body for Sent {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let body = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        let next = Pin::new(body).poll_next(context);
        next.map(|next| next.map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        let body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        body.known_len().map(SizeHint::with_exact).unwrap_or_default()
    }
}

/// Whether what went wrong is that the body of the request can't be read.
fn is_body(error: &reqwest::Error) -> bool {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(error) = error.downcast_ref::<TransportError>() {
            return error.is_body();
        }
        source = error.source();
    }
    false
}

/// The error without its URL, which may have credentials in its query.
fn broken(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if is_body(&error) {
        TransportError::body(error)
    } else if error.is_connect() {
        TransportError::connect(error)
    } else if error.is_timeout() {
        TransportError::timeout(error)
    } else if error.is_builder() {
        TransportError::request(error)
    } else {
        TransportError::exchange(error)
    }
}

/// The body of an answer, chunk by chunk.
struct Chunks(reqwest::Body);

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Some(frame) = ready!(Pin::new(&mut self.0).poll_frame(context)) else {
                return Poll::Ready(None);
            };
            match frame.map(Frame::into_data) {
                Ok(Ok(chunk)) => return Poll::Ready(Some(Ok(chunk))),
                // Trailers.
                Ok(Err(_)) => {}
                Err(error) => return Poll::Ready(Some(Err(broken(error)))),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_goes_by_the_clock_of_timers() {
        let transport = reqwest_transport(TransportSettings::default()).unwrap();
        let before = transport.elapsed();
        assert!(before < Duration::from_secs(3600), "since 1970 it were more");
        std::thread::sleep(Duration::from_millis(5));
        assert!(transport.elapsed() >= before + Duration::from_millis(5));
    }

    #[test]
    fn no_content_is_said_where_content_is_expected() {
        for (method, length) in [("POST", Some("0")), ("PUT", Some("0")), ("GET", None)] {
            let request = http::Request::builder()
                .method(method)
                .uri("https://api.example.com/a")
                .body(Body::from(Bytes::new()))
                .unwrap();
            let converted = convert(request, &OnceLock::new()).unwrap();
            let found = converted.headers().get("content-length");
            assert_eq!(
                found.map(|value| value.to_str().unwrap()),
                length,
                "{method}"
            );
        }
    }

    #[test]
    fn what_is_asked_for_by_its_bytes_is_asked_for_as_it_is() {
        for (method, header, coding) in [
            ("GET", ("range", "bytes=1-3"), Some("identity")),
            ("HEAD", ("x-a", "1"), Some("identity")),
            ("HEAD", ("accept-encoding", "br"), Some("br")),
            ("GET", ("x-a", "1"), None),
        ] {
            let request = http::Request::builder()
                .method(method)
                .uri("https://api.example.com/a")
                .header(header.0, header.1)
                .body(Body::from(Bytes::new()))
                .unwrap();
            let converted = convert(request, &OnceLock::new()).unwrap();
            let found = converted.headers().get("accept-encoding");
            assert_eq!(found.map(|value| value.to_str().unwrap()), coding, "{method} {header:?}");
        }
    }

    #[test]
    fn a_request_is_converted_whole() {
        let request = http::Request::post("https://api.example.com/a?b=c")
            .header("x-a", "1")
            .body(Body::from(Bytes::from("body")))
            .unwrap();
        let converted = convert(request, &OnceLock::new()).unwrap();
        assert_eq!(converted.method(), "POST");
        assert_eq!(converted.url().as_str(), "https://api.example.com/a?b=c");
        assert_eq!(converted.headers()["x-a"], "1");
        assert_eq!(
            converted.body().and_then(reqwest::Body::as_bytes),
            Some(&b"body"[..])
        );
    }
}
