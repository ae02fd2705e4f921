//! Spans of `tracing`, one around each attempt, with the names that OpenTelemetry has for HTTP
//! clients (semantic conventions 1.23).
//!
//! A span says which operation, not with which arguments: neither URL nor header nor body is in it,
//! and so no secret. What went wrong is said in it once: `connect`, `timeout`, `request`, `body` or
//! `exchange`, the status of an answer that is an error, or `cancelled` where the call was dropped before
//! its answer. It ends with the answer, be it that the body is at its end, or that nobody reads it any
//! further. Who asks for bodies gets them as events in it, but for those of token endpoints.

use super::body::Body;
use super::core::Core;
use super::hook::CallAttempt;
use super::traced_body::{Shown, with_len};
use super::transport::{BoxFuture, Transport, TransportError};
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
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
        let about = request.extensions().get::<CallAttempt>();
        let shows_bodies = about.is_some_and(|about| about.shows_bodies);
        let mut attempt = Attempt {
            span: span(&request),
            timed_out: about.map(|about| Arc::clone(&about.timed_out)),
            dropped: Some("cancelled"),
            is_said: false,
        };
        let request = match shows_bodies {
            true => request.map(|body| Shown::sent(body, &attempt.span)),
            false => request,
        };
        let mut answer = attempt.span.in_scope(|| self.0.call(request));
        Box::pin(async move {
            let result = poll_fn(|context| {
                let span = &attempt.span;
                span.in_scope(|| answer.as_mut().poll(context))
            })
            .await;
            attempt.see(&result);
            result.map(|answer| {
                answer.map(|body| {
                    let body = match shows_bodies {
                        true => Shown::received(body, &attempt.span),
                        false => body,
                    };
                    Watched::around(body, attempt)
                })
            })
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

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn random(&self) -> u64 {
        self.0.random()
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

/// An attempt in its span, from the request to the end of the answer.
struct Attempt {
    span: Span,
    /// Whether its time limit struck, which drops it as a caller does who doesn't want it any more.
    timed_out: Option<Arc<AtomicBool>>,
    /// What it comes to if it is dropped now.
    dropped: Option<&'static str>,
    is_said: bool,
}

impl Attempt {
    /// Says what it came to, unless that was said before.
    fn end(&mut self, error: Option<&str>) {
        let was_said = std::mem::replace(&mut self.is_said, true);
        if let (false, Some(error)) = (was_said, error) {
            self.span.record("error.type", error);
        }
    }

    /// Says what its answer is. One of success can still break off; who reads no more of it has no error.
    fn see(&mut self, result: &Result<http::Response<Body>, TransportError>) {
        match result {
            Ok(answer) => {
                let status = answer.status();
                self.span.record("http.response.status_code", status.as_u16());
                if status.is_client_error() || status.is_server_error() {
                    self.end(Some(status.as_str()));
                }
                self.dropped = None;
            }
            Err(error) => self.end(Some(kind(error))),
        }
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        let timed_out = self.timed_out.as_ref();
        let is_late = timed_out.is_some_and(|timed_out| timed_out.load(Ordering::Relaxed));
        self.end(if is_late { Some("timeout") } else { self.dropped });
    }
}

/// The body of an answer, which ends its attempt.
struct Watched {
    body: Body,
    attempt: Attempt,
}

impl Watched {
    fn around(body: Body, attempt: Attempt) -> Body {
        let len = body.known_len();
        with_len(Body::from_stream(Self { body, attempt }), len)
    }
}

impl Stream for Watched {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { body, attempt } = &mut *self;
        let next = attempt.span.in_scope(|| Pin::new(body).poll_next(context));
        match &next {
            Poll::Ready(Some(Err(error))) => attempt.end(Some(kind(error))),
            Poll::Ready(None) => attempt.end(None),
            _ => {}
        }
        next
    }
}

fn kind(error: &TransportError) -> &'static str {
    if error.is_connect() {
        "connect"
    } else if error.is_timeout() {
        "timeout"
    } else if error.is_request() {
        "request"
    } else if error.is_body() {
        "body"
    } else {
        "exchange"
    }
}

#[cfg(test)]
mod tests {
    use super::super::call::Call;
    use super::super::content::{Content, Open};
    use super::super::error::ErrorKind;
    use super::super::testing::{Fake, GET, POST, Reply, answer, block_on, builder, chunks};
    use super::*;
    use std::collections::BTreeMap;
    use std::sync::Mutex;
    use std::sync::atomic::AtomicU64;
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
            let said = self.0.entry(field.name().to_owned()).or_default();
            // What is said twice is seen.
            *said += if said.is_empty() { "" } else { "," };
            *said += &value;
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
        spans_of(replies, false, |call, _| drop(block_on(call.send::<()>())))
    }

    /// The fields of the spans of a call that `run` sends, with or without bodies.
    fn spans_of(
        replies: impl IntoIterator<Item = Reply>,
        shows: bool,
        run: impl FnOnce(Call, &Fake),
    ) -> Vec<String> {
        let spans = Arc::new(Spans::default());
        let fake = Fake::new(replies);
        let mut builder = builder(&fake);
        builder.trace_bodies(shows);
        tracing::subscriber::with_default(Handle(Arc::clone(&spans)), || {
            let core = builder.build(None).unwrap().traced();
            let core = core.with_options(|options| options.max_retries(1).query("q", "hidden"));
            run(Call::new(&core, &GET), &fake);
        });
        let fields = spans.fields.lock().unwrap();
        let lines = fields.values().map(|fields| {
            let pairs = fields.iter().map(|(name, value)| format!("{name}={value}"));
            pairs.collect::<Vec<_>>().join(" ")
        });
        lines.collect()
    }

    /// An answer whose body begins, and goes on no further.
    fn silent() -> Reply {
        chunks(vec![Some(Ok(Bytes::from_static(b"[1"))), None])
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
    fn a_body_that_stays_away_is_said_to_be_a_timeout() {
        let lines = spans([silent(), answer(200, "")]);
        assert!(lines[0].starts_with("error.type=timeout "), "{lines:?}");
        assert!(lines[0].contains("http.response.status_code=200"), "{lines:?}");
        // Which limit struck is of no matter.
        let lines = spans_of([silent()], false, |call, _| {
            let mut raw = block_on(call.send::<()>().raw()).unwrap();
            assert_eq!(block_on(raw.chunk()).unwrap().unwrap(), "[1");
            assert!(block_on(raw.chunk()).unwrap_err().is_timeout());
        });
        assert!(lines[0].starts_with("error.type=timeout "), "{lines:?}");
        // A status that is an error says all.
        let Reply::Answer(mut answer) = silent() else { unreachable!() };
        *answer.status_mut() = http::StatusCode::NOT_FOUND;
        let lines = spans([Reply::Answer(answer)]);
        assert_eq!(lines[0].matches("error.type").count(), 1);
        assert!(lines[0].starts_with("error.type=404 "), "{lines:?}");
    }

    #[test]
    fn a_call_that_nobody_waits_for_any_more_is_no_timeout() {
        let lines = spans_of([Reply::Silence], false, |call, fake| {
            fake.pace();
            let mut sending = Box::pin(call.send::<()>());
            let mut context = Context::from_waker(std::task::Waker::noop());
            assert!(sending.as_mut().poll(&mut context).is_pending());
        });
        assert!(lines[0].starts_with("error.type=cancelled "), "{lines:?}");
        // Who has seen enough of a body has no error.
        let lines = spans_of([silent()], false, |call, _| {
            let mut raw = block_on(call.send::<()>().raw()).unwrap();
            assert_eq!(block_on(raw.chunk()).unwrap().unwrap(), "[1");
        });
        assert!(lines[0].starts_with(USUAL), "{lines:?}");
    }

    #[test]
    fn an_upload_that_cannot_be_read_is_said_once() {
        struct Broken;

        impl Open for Broken {
            fn len(&self) -> Option<u64> {
                None
            }

            fn is_repeatable(&self) -> bool {
                false
            }

            fn open(&self) -> BoxFuture<'static, Result<Body, TransportError>> {
                let Reply::Answer(broken) = chunks(vec![Some(Err(TransportError::body("gone")))]) else {
                    unreachable!()
                };
                Box::pin(async { Ok(broken.into_body()) })
            }
        }

        for shows in [false, true] {
            let lines = spans_of([], shows, |mut call, _| {
                call.content("a/b", Content::Opened(Arc::new(Broken)));
                let error = block_on(call.send::<()>()).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Read);
            });
            assert!(lines[0].starts_with("error.type=body "), "{lines:?}");
        }
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
