//! The default transport where JavaScript is the host: reqwest, over `fetch`.
//!
//! What `fetch` decides by itself is not the client's: it follows redirects, and leaves out no more than
//! `Authorization` on the way to another origin (Fetch, section 4.4): a key in another header goes along.
//! It has the cookies and the cache of the page, asks for compressed answers, and sends a body as a whole.
//! Nothing tells a connection that was never made from one that broke.
#![cfg(all(target_arch = "wasm32", target_os = "unknown"))]

use super::body::Body;
use super::error::Error;
use super::handed::handed;
use super::same_url::{Server, same_url};
use super::transport::{BoxFuture, Transport, TransportError};
use super::transport_settings::{TransportSettings, unusable};
use bytes::Bytes;
use futures_core::Stream;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};
use wasm_bindgen_futures::js_sys::{Date, Function, Math, Promise, Reflect, global};
use wasm_bindgen_futures::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// The longest wait that a timer of JavaScript takes, in milliseconds.
const LONGEST: f64 = i32::MAX as f64;

/// The `fetch` of the host.
#[derive(Debug)]
struct FetchTransport {
    client: reqwest::Client,
    server: OnceLock<Server>,
}

/// A transport with these settings.
///
/// # Errors
/// A configuration error when a setting can't be used.
pub(super) fn fetch_transport(settings: TransportSettings) -> Result<Arc<dyn Transport>, Error> {
    let client = settings.set(reqwest::Client::builder())?.build();
    Ok(Arc::new(FetchTransport {
        client: client.map_err(|error| unusable("the HTTP client", &error))?,
        server: OnceLock::new(),
    }))
}

impl Transport for FetchTransport {
    fn call(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let url = same_url(request.uri(), &self.server);
        let client = self.client.clone();
        Box::pin(async {
            let answer = here(exchange(client, url?, request)).await;
            answer.unwrap_or_else(|| Err(TransportError::exchange("the host gave up")))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let timer = here(wait(duration));
        Box::pin(async {
            timer.await;
        })
    }

    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs_f64(Date::now().max(0.0) / 1000.0)
    }

    fn random(&self) -> u64 {
        let half = || (Math::random() * f64::from(u32::MAX)) as u64;
        half() << 32 | half()
    }
}

/// Does `work` on this thread, and gives what it comes to to whoever waits for it; it ends when nobody does.
fn here<T: Send + 'static>(
    work: impl Future<Output = T> + 'static,
) -> impl Future<Output = Option<T>> + Send + 'static {
    let (mut waiting, give) = handed(Once(Some(Box::pin(work))));
    spawn_local(give);
    async move { waiting.next().await }
}

/// A stream of the one value that a future comes to.
struct Once<F>(Option<Pin<Box<F>>>);

impl<F: Future> Stream for Once<F> {
    type Item = F::Output;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<F::Output>> {
        let Some(future) = &mut self.0 else {
            return Poll::Ready(None);
        };
        let value = future.as_mut().poll(context).map(Some);
        if value.is_ready() {
            self.0 = None;
        }
        value
    }
}

async fn exchange(
    client: reqwest::Client,
    url: reqwest::Url,
    request: http::Request<Body>,
) -> Result<http::Response<Body>, TransportError> {
    let (head, body) = request.into_parts();
    let mut request = reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    let body = whole(body).await?;
    if !body.is_empty() {
        *request.body_mut() = Some(body.into());
    }
    let mut answer = client.execute(request).await.map_err(broken)?;
    let (status, headers) = (answer.status(), std::mem::take(answer.headers_mut()));
    let chunks = Box::pin(answer.bytes_stream());
    let (chunks, give) = handed(Chunks(chunks));
    spawn_local(give);
    let mut answer = http::Response::new(Body::from_stream(chunks));
    (*answer.status_mut(), *answer.headers_mut()) = (status, headers);
    Ok(answer)
}

/// All of a body.
async fn whole(mut body: Body) -> Result<Bytes, TransportError> {
    if let Some(bytes) = body.as_bytes() {
        return Ok(bytes.clone());
    }
    let mut all = Vec::new();
    while let Some(chunk) = poll_fn(|context| Pin::new(&mut body).poll_next(context)).await {
        all.extend_from_slice(&chunk?);
    }
    Ok(all.into())
}

/// The body of an answer, chunk by chunk.
struct Chunks<S>(Pin<Box<S>>);

impl<S: Stream<Item = reqwest::Result<Bytes>>> Stream for Chunks<S> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.as_mut().poll_next(context);
        next.map(|next| next.map(|chunk| chunk.map_err(broken)))
    }
}

/// The error without its URL, which may have credentials in its query.
fn broken(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_builder() {
        TransportError::request(error)
    } else {
        TransportError::exchange(error)
    }
}

async fn wait(duration: Duration) {
    let mut left = duration.as_secs_f64() * 1000.0;
    while left > 0.0 {
        Timer::new(left.min(LONGEST)).await;
        left -= LONGEST;
    }
}

/// A timer of the host, which is stopped when nobody waits for it.
struct Timer {
    rings: JsFuture,
    id: JsValue,
}

impl Timer {
    /// One that rings after so many milliseconds, or at once where there are no timers.
    fn new(milliseconds: f64) -> Self {
        let mut id = JsValue::UNDEFINED;
        let rings = Promise::new(&mut |resolve, _| match of_host("setTimeout") {
            Some(set) => {
                let set = set.call2(&JsValue::UNDEFINED, &resolve, &milliseconds.into());
                id = set.unwrap_or(JsValue::UNDEFINED);
            }
            None => drop(resolve.call0(&JsValue::UNDEFINED)),
        });
        Self {
            rings: rings.into(),
            id,
        }
    }
}

impl Future for Timer {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.rings).poll(context).map(drop)
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(clear) = of_host("clearTimeout") {
            drop(clear.call1(&JsValue::UNDEFINED, &self.id));
        }
    }
}

/// A function that every host has under this name.
fn of_host(name: &str) -> Option<Function> {
    Reflect::get(&global(), &name.into()).ok()?.dyn_into().ok()
}
