//! Spans of `tracing`, one around each attempt, with the names that OpenTelemetry has for HTTP
//! clients (semantic conventions 1.23).
//!
//! A span says which operation, not with which arguments: neither URL nor header nor body is in it,
//! and so no secret. It ends with the answer, be it that the body is at its end, or that nobody reads it
//! any further. Who asks for bodies gets them as events in it, but for those of token endpoints.

use super::body::Body;
use super::core::Core;
use super::hook::CallAttempt;
use super::transport::{BoxFuture, Transport, TransportError};
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};
use tracing::Span;
use tracing::field::Empty;

impl Core {
    /// The same client, its attempts in spans. For one that nobody has a clone of yet.
    pub(crate) fn traced(mut self) -> Self {
        if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared.transport = Arc::new(Traced(Arc::clone(&shared.transport)));
            shared.says_attempts = true;
        }
        self
    }
}

/// A transport, each call in a span.
struct Traced(Arc<dyn Transport>);

impl Transport for Traced {
    fn call(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let watched = Watched(span(&request), true);
        let about = request.extensions().get::<CallAttempt>();
        let shows_bodies = about.is_some_and(|about| about.shows_bodies);
        let request = match shows_bodies {
            true => request.map(|body| Watching::sent(body, &watched.0)),
            false => request,
        };
        let mut answer = watched.0.in_scope(|| self.0.call(request));
        Box::pin(async move {
            let mut watched = watched;
            let result = poll_fn(|context| {
                let span = &watched.0;
                span.in_scope(|| answer.as_mut().poll(context))
            })
            .await;
            watched.end(&result);
            let span = &watched.0;
            let shown = shows_bodies.then_some(RECEIVED);
            result.map(|answer| answer.map(|body| Watching::around(body, span.clone(), shown)))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.sleep(duration)
    }

    fn limit(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.limit(duration)
    }

    fn now(&self) -> SystemTime {
        self.0.now()
    }
}

/// Shows the transport that it is around.
impl fmt::Debug for Traced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn span(request: &http::Request<Body>) -> Span {
    let about = request.extensions().get::<CallAttempt>();
    let (method, template) = (
        request.method().as_str(),
        about.map(CallAttempt::template).unwrap_or_default(),
    );
    let span = tracing::info_span!(
        "HTTP request",
        "otel.name" = format_args!("{method} {template}"),
        "otel.kind" = "client",
        "http.request.method" = method,
        "url.template" = template,
        "server.address" = request.uri().host().unwrap_or_default(),
        "server.port" = Empty,
        "http.request.resend_count" = Empty,
        "http.response.status_code" = Empty,
        "error.type" = Empty,
    );
    let usual = if request.uri().scheme_str() == Some("http") { 80 } else { 443 };
    span.record("server.port", request.uri().port_u16().unwrap_or(usual));
    if let Some(about) = about.filter(|about| about.number() > 1) {
        span.record("http.request.resend_count", about.number() - 1);
    }
    span
}

/// A span, and whether its attempt is under way.
struct Watched(Span, bool);

impl Watched {
    fn end(&mut self, result: &Result<http::Response<Body>, TransportError>) {
        self.1 = false;
        match result {
            Ok(answer) => {
                let status = answer.status();
                self.0.record("http.response.status_code", status.as_u16());
                if status.is_client_error() || status.is_server_error() {
                    self.0.record("error.type", status.as_str());
                }
            }
            Err(error) => drop(self.0.record("error.type", kind(error))),
        }
    }
}

/// An attempt that nobody waits for any more: its timeout struck, or its call was dropped.
impl Drop for Watched {
    fn drop(&mut self) {
        if self.1 {
            self.0.record("error.type", "timeout");
        }
    }
}

/// What events say that show bodies.
const SENT: &str = "request body";
const RECEIVED: &str = "response body";

/// A body in the span of its attempt.
struct Watching {
    body: Body,
    span: Span,
    /// What is said of its chunks, if they are shown.
    shown: Option<&'static str>,
}

impl Watching {
    /// The body of a request, shown. One that is there in full stays so: it can be sent without a copy.
    fn sent(body: Body, span: &Span) -> Body {
        match body.as_bytes() {
            Some(whole) => span.in_scope(|| show(SENT, whole)),
            None => return Self::around(body, span.clone(), Some(SENT)),
        }
        body
    }

    fn around(body: Body, span: Span, shown: Option<&'static str>) -> Body {
        let len = body.known_len();
        let body = Body::from_stream(Self { body, span, shown });
        match len {
            Some(len) => body.with_len(len),
            None => body,
        }
    }
}

impl Stream for Watching {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { body, span, shown } = &mut *self;
        let next = span.in_scope(|| Pin::new(body).poll_next(context));
        if let (Some(what), Poll::Ready(Some(Ok(chunk)))) = (shown, &next) {
            span.in_scope(|| show(what, chunk));
        }
        if let Poll::Ready(Some(Err(error))) = &next {
            span.record("error.type", kind(error));
        }
        next
    }
}

/// Shows bytes in the span around; those that are no text as U+FFFD.
fn show(what: &str, bytes: &[u8]) {
    if !bytes.is_empty() {
        tracing::debug!(body = %String::from_utf8_lossy(bytes), "{what}");
    }
}

fn kind(error: &TransportError) -> &'static str {
    if error.is_connect() {
        "connect"
    } else if error.is_timeout() {
        "timeout"
    } else if error.is_request() {
        "request"
    } else {
        "exchange"
    }
}

#[cfg(test)]
mod tests {
    use super::super::call::Call;
    use super::super::testing::{Fake, GET, POST, Reply, answer, block_on, builder, chunks};
    use super::*;
    use std::collections::BTreeMap;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicU64, Ordering};
    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Metadata, Subscriber};

    /// Keeps the fields of all spans.
    #[derive(Default)]
    struct Spans {
        next: AtomicU64,
        fields: Mutex<BTreeMap<u64, BTreeMap<String, String>>>,
        events: Mutex<Vec<String>>,
    }

    struct Fields<'a>(&'a mut BTreeMap<String, String>);

    impl Visit for Fields<'_> {
        fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
            let value = format!("{value:?}").replace('"', "");
            self.0.insert(field.name().to_owned(), value);
        }
    }

    struct Handle(Arc<Spans>);

    impl Subscriber for Handle {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn new_span(&self, span: &Attributes<'_>) -> Id {
            let id = self.0.next.fetch_add(1, Ordering::Relaxed) + 1;
            let mut fields = self.0.fields.lock().unwrap();
            span.record(&mut Fields(fields.entry(id).or_default()));
            Id::from_u64(id)
        }

        fn record(&self, span: &Id, values: &Record<'_>) {
            let mut fields = self.0.fields.lock().unwrap();
            values.record(&mut Fields(fields.entry(span.into_u64()).or_default()));
        }

        fn record_follows_from(&self, _: &Id, _: &Id) {}
        fn event(&self, event: &Event<'_>) {
            let mut fields = BTreeMap::new();
            event.record(&mut Fields(&mut fields));
            self.0.events.lock().unwrap().push(format!("{}: {}", fields["message"], fields["body"]));
        }

        fn enter(&self, _: &Id) {}
        fn exit(&self, _: &Id) {}
    }

    fn spans(replies: impl IntoIterator<Item = Reply>) -> Vec<String> {
        let spans = Arc::new(Spans::default());
        let fake = Fake::new(replies);
        tracing::subscriber::with_default(Handle(Arc::clone(&spans)), || {
            let core = builder(&fake).build(None).unwrap().traced();
            let core = core.with_options(|options| options.max_retries(1).query("q", "hidden"));
            let _ = block_on(Call::new(&core, &GET).send::<()>());
        });
        let fields = spans.fields.lock().unwrap();
        let lines = fields.values().map(|fields| {
            let pairs = fields.iter().map(|(name, value)| format!("{name}={value}"));
            pairs.collect::<Vec<_>>().join(" ")
        });
        lines.collect()
    }

    const USUAL: &str = "http.request.method=GET";
    const REST: &str = "otel.kind=client otel.name=GET /things server.address=api.example.com \
                        server.port=443 url.template=/things";

    #[test]
    fn each_attempt_has_a_span_that_says_what_it_came_to() {
        let expected = [
            format!("error.type=503 {USUAL} http.response.status_code=503 {REST}"),
            format!(
                "{USUAL} http.request.resend_count=1 http.response.status_code=200 {REST}"
            ),
        ];
        assert_eq!(spans([answer(503, ""), answer(200, "")]), expected);
        let refused = Reply::Error(TransportError::connect("refused"));
        let lines = spans([refused, Reply::Silence]);
        assert!(lines[0].starts_with("error.type=connect "), "{lines:?}");
        assert!(lines[1].starts_with("error.type=timeout "), "{lines:?}");
    }

    #[test]
    fn a_body_that_breaks_off_is_said_in_the_span_of_its_answer() {
        let reset = || Some(Err(TransportError::exchange("reset")));
        let begun = || Some(Ok(Bytes::from_static(b"[1")));
        let lines = spans([chunks(vec![begun(), reset()]), answer(200, "")]);
        assert!(lines[0].starts_with("error.type=exchange "), "{lines:?}");
        assert!(lines[0].contains("http.response.status_code=200"), "{lines:?}");
        assert!(lines[1].starts_with(USUAL), "{lines:?}");
    }

    #[test]
    fn bodies_are_shown_to_who_asks() {
        let shown = |asked: bool| {
            let spans = Arc::new(Spans::default());
            let parts = ["[1,", "2]"].map(|part| Some(Ok(Bytes::from_static(part.as_bytes()))));
            let fake = Fake::new([answer(429, "later"), chunks(parts.into())]);
            tracing::subscriber::with_default(Handle(Arc::clone(&spans)), || {
                let mut builder = builder(&fake);
                builder.trace_bodies(asked);
                let mut call = Call::new(&builder.build(None).unwrap().traced(), &POST);
                call.json("application/json", &vec!["ü"]);
                assert_eq!(block_on(call.send::<Vec<i64>>()).unwrap(), [1, 2]);
            });
            spans.events.lock().unwrap().clone()
        };
        let sent = "request body: [ü]";
        // That of an answer that only led to another attempt was not read.
        let expected = [sent, sent, "response body: [1,", "response body: 2]"];
        assert_eq!(shown(true), expected);
        assert_eq!(shown(false), [""; 0]);
    }

    #[test]
    fn no_secret_is_in_a_span() {
        let all = spans([answer(500, "hidden"), answer(200, "hidden")]).join(" ");
        assert!(!all.is_empty() && !all.contains("hidden"), "{all}");
    }
}
