//! The default transport: reqwest, with everything switched off that the client does itself.
//!
//! Redirects, retries and cookies are off. The proxy settings of the environment hold, as users of
//! HTTP clients expect. Its futures are awaited inside a tokio runtime with time and I/O enabled.

use super::body::Body;
use super::error::{Error, ErrorKind};
use super::transport::{BoxFuture, Transport, TransportError};
use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Uri};
use http_body::{Body as _, Frame, SizeHint};
use std::error::Error as _;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// A client's connections, over reqwest and tokio.
#[derive(Debug)]
struct ReqwestTransport {
    client: reqwest::Client,
}

/// A transport that gives up making a connection after `connect_timeout`.
///
/// # Errors
/// [`ErrorKind::Configuration`] when TLS can't be set up.
pub(crate) fn reqwest_transport(connect_timeout: Duration) -> Result<Arc<dyn Transport>, Error> {
    let client = reqwest::Client::builder()
        .connect_timeout(connect_timeout)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .build()
        .map_err(|error| {
            let message = format!("the HTTP client can't be set up: {error}");
            Error::new(ErrorKind::Configuration, message)
        })?;
    Ok(Arc::new(ReqwestTransport { client }))
}

impl Transport for ReqwestTransport {
    fn call(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let answer = self
                .client
                .execute(convert(request)?)
                .await
                .map_err(broken)?;
            let answer = http::Response::<reqwest::Body>::from(answer);
            Ok(answer.map(|body| Body::from_stream(Chunks(body))))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// The same request in reqwest's types.
fn convert(request: http::Request<Body>) -> Result<reqwest::Request, TransportError> {
    let (head, body) = request.into_parts();
    let url = same_url(&head.uri)?;
    let may_have_content = matches!(head.method, Method::POST | Method::PUT | Method::PATCH);
    let mut request = reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
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

/// The URL of `uri`, whose parser normalises: it resolves dot segments, drops tabs and encodes.
/// What it would change was not meant, and isn't sent.
fn same_url(uri: &Uri) -> Result<reqwest::Url, TransportError> {
    let url = reqwest::Url::parse(&uri.to_string()).map_err(TransportError::request)?;
    if url.path() == uri.path() && url.query() == uri.query() {
        Ok(url)
    } else {
        Err(TransportError::request(
            "the URL parser changes the path or query that was built",
        ))
    }
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
    fn what_the_url_parser_would_change_is_not_sent() {
        for uri in [
            "https://api.example.com/a/../b",
            "https://api.example.com/a/./b",
            "https://api.example.com/a/%2e%2E/b",
            "https://api.example.com/a?q='",
            "https://api.example.com/a{b}",
            "https://1.2.3.4.5/a",
        ] {
            let uri: Uri = uri.parse().unwrap();
            assert!(
                same_url(&uri).is_err_and(|error| error.is_request()),
                "{uri}"
            );
        }
    }

    #[test]
    fn what_it_keeps_is_sent() {
        for uri in [
            "https://api.example.com/a/%252e%252e/b%2Fc%20-._~!$&'()*+,;=:@",
            "https://api.example.com/a?b=c%20d%27,e&f=",
            "https://api.example.com",
        ] {
            let uri: Uri = uri.parse().unwrap();
            assert!(same_url(&uri).is_ok(), "{uri}");
        }
    }

    #[test]
    fn no_content_is_said_where_content_is_expected() {
        for (method, length) in [("POST", Some("0")), ("PUT", Some("0")), ("GET", None)] {
            let request = http::Request::builder()
                .method(method)
                .uri("https://api.example.com/a")
                .body(Body::from(Bytes::new()))
                .unwrap();
            let converted = convert(request).unwrap();
            let found = converted.headers().get("content-length");
            assert_eq!(
                found.map(|value| value.to_str().unwrap()),
                length,
                "{method}"
            );
        }
    }

    #[test]
    fn a_request_is_converted_whole() {
        let request = http::Request::post("https://api.example.com/a?b=c")
            .header("x-a", "1")
            .body(Body::from(Bytes::from("body")))
            .unwrap();
        let converted = convert(request).unwrap();
        assert_eq!(converted.method(), "POST");
        assert_eq!(converted.url().as_str(), "https://api.example.com/a?b=c");
        assert_eq!(converted.headers()["x-a"], "1");
        assert_eq!(
            converted.body().and_then(reqwest::Body::as_bytes),
            Some(&b"body"[..])
        );
    }
}
