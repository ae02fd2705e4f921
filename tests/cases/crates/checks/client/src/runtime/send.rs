//! From a call to an answer: attempts, waits between them, and the error that ends them.

use super::body::Body;
use super::call::Call;
use super::content::Content;
use super::credentials::Fetched;
use super::deadline::{Deadline, End};
use super::error::Error;
use super::failure::Failure;
use super::hook::{AttemptOutcome, CallAttempt};
use super::redirect::Next;
use super::response::{RawResponse, broken, timed_out};
use super::retry_after;
use super::secret::Secret;
use super::transport::{BoxFuture, TransportError};
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// How much of an answer an attempt waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Until {
    /// The head; the body is the caller's.
    Head,
    /// The last byte, so that a body that breaks off is retried too.
    End,
}

/// Sends a call for an answer whose body is the caller's to read.
///
/// # Errors
/// As [`until_end`].
pub(super) async fn until_head(call: Box<Call>) -> Result<RawResponse, Error> {
    Ok(*send(call, Until::Head).await?)
}

/// Sends a call for an answer of success that is there to its last byte.
///
/// # Errors
/// Every error of the client but those of decoding and paging.
pub(super) async fn until_end(call: Box<Call>) -> Result<Box<RawResponse>, Error> {
    send(call, Until::End).await
}

/// Sends a call until it has an answer of success, or no attempt is left.
async fn send(mut call: Box<Call>, until: Until) -> Result<Box<RawResponse>, Error> {
    let (mut attempts, mut retries) = (0, 0);
    let mut waited = Duration::ZERO;
    let mut refused = None;
    let end = End::of(&call.core);
    loop {
        let ready = call.prepare();
        let mut ready = ready.map_err(|error| unsent(error, &call, attempts))?;
        call.headers.extend(ready.key.take());
        let token = match &ready.fetched {
            Some(fetched) => fetch(fetched, &call, refused.as_ref(), attempts, end).await?,
            None => None,
        };
        if let (Some(Fetched { scheme, .. }), Some(token)) = (&ready.fetched, &token) {
            // Its place is a header: what is fetched is a bearer token.
            let put = scheme.apply(token, ready.request.headers_mut(), &mut Vec::new());
            put.map_err(|error| unsent(error, &call, attempts))?;
        }
        attempts += 1;
        let request = std::mem::take(&mut ready.request);
        let at = Moment { attempts, until, end };
        let Attempt { result, was_taken } = attempt(&call, request, at).await;
        let failure = match result {
            Ok(answer) => {
                call.core.shared.budget.refill(retries > 0);
                return Ok(answer);
            }
            Err(failure) => failure,
        };
        if was_taken && !ready.policy.is_repeatable {
            return Err(failure.into_error(&call, attempts).await);
        }
        // A token that the server doesn't take is renewed, once: the call was refused and not made,
        // so it can be repeated whatever it does.
        let again = refused.is_none() && call.body.is_repeatable();
        if let (Some(fetched), true) = (&ready.fetched, failure.is_unauthorized() && again) {
            let next = fetch(fetched, &call, token.as_ref(), attempts, end).await?;
            refused = token;
            if next != refused {
                continue;
            }
        }
        match failure.next_wait(&call, &ready.policy, retries, waited, end) {
            Ok(wait) => {
                // The connection is free before the wait begins.
                drop(failure);
                call.core.shared.transport.sleep(wait).await;
                waited += wait;
                retries += 1;
            }
            Err(last) => {
                let error = failure.into_error(&call, attempts).await;
                return Err(error.with(|error| error.unretried = last.why()));
            }
        }
    }
}

/// A credential that has to be fetched for a request: not the one that the server has `refused`, if
/// there is another.
async fn fetch(
    fetched: &Fetched,
    call: &Call,
    refused: Option<&Secret>,
    attempts: u32,
    end: Option<End>,
) -> Result<Option<Secret>, Error> {
    let secret = fetched.source.get(&call.core, refused, end).await;
    secret.map(Some).map_err(|error| unsent(error, call, attempts))
}

/// The error of a call of which another attempt, after so many, can't be sent.
fn unsent(error: Error, call: &Call, attempts: u32) -> Error {
    error.with(|error| {
        error.target = Some(call.target.clone());
        error.attempts = attempts;
    })
}

/// What is known of an attempt before it is made.
#[derive(Clone, Copy)]
struct Moment {
    /// How many there are with this one.
    attempts: u32,
    until: Until,
    end: Option<End>,
}

/// What came of sending a call once.
struct Attempt {
    result: Result<Box<RawResponse>, Failure>,
    /// Whether the server took the call and pointed to something else to look at (RFC 9110, section
    /// 15.4.4): what comes of that doesn't say that nothing was done.
    was_taken: bool,
}

/// Sends a call once, and follows as many redirects as the options say, all within the time of one
/// attempt.
async fn attempt(call: &Call, mut request: http::Request<()>, at: Moment) -> Attempt {
    let nothing = Content::default();
    let (mut body, mut left) = (&call.body, call.core.options.max_redirects);
    let mut was_taken = false;
    let clock = Arc::clone(&call.core.shared.transport);
    let mut deadline = Deadline::after(call.core.options.timeout, at.end, clock);
    loop {
        let asked = (left > 0).then(|| request.clone());
        let (asked, answer, wait) = match (asked, step(call, request, body, deadline, at).await) {
            (Some(asked), Err(Failure::Answer(answer, wait))) => (asked, answer, wait),
            (_, result) => return Attempt { result, was_taken },
        };
        let Some(next) = Next::find(&asked, body, answer.status, &answer.headers) else {
            let result = Err(Failure::Answer(answer, wait));
            return Attempt { result, was_taken };
        };
        was_taken |= next.request.method() != asked.method();
        request = next.request;
        if !next.keeps_body {
            body = &nothing;
        }
        deadline = answer.deadline;
        left -= 1;
    }
}

/// Sends one request, under the eyes of the client's hooks.
async fn step(
    call: &Call,
    request: http::Request<()>,
    body: &Content,
    mut deadline: Deadline,
    at: Moment,
) -> Result<Box<RawResponse>, Failure> {
    let shared = &call.core.shared;
    let watch = deadline.watch(body);
    let body = match body {
        Content::Whole(bytes) => Body::from(bytes.clone()),
        content => in_time(call, &mut deadline, content.open()).await?,
    };
    let request = request.map(|()| watch(body));
    let (seen, answer) = begin(call, request, at.attempts, &mut deadline);
    let result = exchange(call, answer, deadline, at).await;
    if let Some((attempt, begin)) = seen {
        let elapsed = shared.transport.now().duration_since(begin);
        let outcome = AttemptOutcome {
            result: match &result {
                Ok(answer) => Ok((answer.status, &answer.headers)),
                Err(Failure::Answer(answer, _)) => Ok((answer.status, &answer.headers)),
                Err(Failure::NoAnswer(error)) => Err(error),
            },
            elapsed: elapsed.unwrap_or_default(),
        };
        for hook in &shared.hooks {
            hook.after(&attempt, outcome);
        }
    }
    result
}

/// An attempt that hooks have seen, and when it was.
type Seen = Option<(CallAttempt, SystemTime)>;

/// The answer to a request.
type Answer<'a> = BoxFuture<'a, Result<http::Response<Body>, TransportError>>;

/// Shows a request to those who want to see it, and hands it to the transport.
fn begin<'a>(
    call: &'a Call,
    mut request: http::Request<Body>,
    attempts: u32,
    deadline: &mut Deadline,
) -> (Seen, Answer<'a>) {
    let shared = &call.core.shared;
    if !shared.says_attempts {
        return (None, shared.transport.call(request));
    }
    let attempt = CallAttempt {
        target: call.target.clone(),
        number: attempts,
        timeout: deadline.limit(),
        shows_bodies: shared.shows_bodies,
        timed_out: deadline.told(),
    };
    request.extensions_mut().insert(attempt.clone());
    for hook in &shared.hooks {
        hook.before(&attempt, &mut request);
    }
    let begin = (!shared.hooks.is_empty()).then(|| (attempt, shared.transport.now()));
    (begin, shared.transport.call(request))
}

/// What `work` comes to within the time limit.
async fn in_time<T>(
    call: &Call,
    deadline: &mut Deadline,
    work: impl Future<Output = Result<T, TransportError>>,
) -> Result<T, Failure> {
    match deadline.race(work).await {
        Some(result) => result.map_err(|error| Failure::NoAnswer(broken(error, &|text| call.redact(text)))),
        None => Err(Failure::NoAnswer(timed_out(deadline))),
    }
}

async fn exchange(
    call: &Call,
    answer: Answer<'_>,
    mut deadline: Deadline,
    at: Moment,
) -> Result<Box<RawResponse>, Failure> {
    let transport = &call.core.shared.transport;
    let (head, body) = in_time(call, &mut deadline, answer).await?.into_parts();
    let mut answer = Box::new(RawResponse {
        core: call.core.clone(),
        target: call.target.clone(),
        status: head.status,
        headers: head.headers,
        attempts: at.attempts,
        body,
        deadline,
        cap: call.core.options.body_cap,
        carried: call.carried(),
        value_cap: call.core.options.value_cap,
        broken: None,
        watched: None,
    });
    if !answer.status.is_success() {
        let asked = retry_after::read(answer.status, &answer.headers, transport.now());
        return Err(Failure::Answer(answer, asked));
    }
    if at.until == Until::End {
        answer.body = Body::from(answer.read().await.map_err(Failure::NoAnswer)?);
    } else {
        answer.deadline = answer.deadline.for_each(call.core.options.read_timeout);
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::super::call::Operation;
    use super::super::core::Core;
    use super::super::error::ErrorKind;
    use super::super::options::Options;
    use super::super::testing::{
        Fake, GET, POST, POST_WITH_KEY, Reply, answer, answer_with, block_on, builder, chunks,
    };
    use super::*;
    use bytes::Bytes;
    use futures_core::Stream;
    use std::pin::Pin;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::task::{Context, Poll, Waker};

    fn run(fake: &Fake, operation: &'static Operation) -> Result<Bytes, Error> {
        run_with(fake, operation, |options| options)
    }

    fn run_with(
        fake: &Fake,
        operation: &'static Operation,
        change: impl FnOnce(Options) -> Options,
    ) -> Result<Bytes, Error> {
        let core: Core = builder(fake).build(None).unwrap().with_options(change);
        block_on(Call::new(&core, operation).send())
    }

    fn reset() -> Reply {
        Reply::Error(TransportError::exchange("reset"))
    }

    fn refused() -> Reply {
        Reply::Error(TransportError::connect("refused"))
    }

    #[test]
    fn three_attempts_are_made() {
        let fake = Fake::new([answer(500, ""), reset(), answer(200, "ok")]);
        assert_eq!(run(&fake, &GET).unwrap(), "ok");
        let waits = fake.sleeps();
        assert!((375..=500).contains(&waits[0].as_millis()), "{waits:?}");
        assert!((750..=1000).contains(&waits[1].as_millis()), "{waits:?}");

        let fake = Fake::new([answer(500, ""), answer(502, ""), answer(503, "")]);
        let error = run(&fake, &GET).unwrap_err();
        assert_eq!(
            (error.status().unwrap().as_u16(), error.attempts()),
            (503, 3)
        );
        assert!(error.is_server_error() && error.is_retryable());
    }

    #[test]
    fn a_post_is_sent_again_only_if_the_first_cannot_have_counted() {
        for reply in [answer(500, ""), answer(503, ""), answer(408, ""), reset()] {
            let fake = Fake::new([reply]);
            assert_eq!(run(&fake, &POST).unwrap_err().attempts(), 1);
        }
        for reply in [
            answer(429, ""),
            answer_with(503, "retry-after", "1"),
            refused(),
        ] {
            let fake = Fake::new([reply, answer(200, "")]);
            assert!(run(&fake, &POST).is_ok());
        }
        let fake = Fake::new([reset(), answer(200, "")]);
        assert!(run_with(&fake, &POST, |options| options.retry_posts_as_gets(true)).is_ok());
    }

    #[test]
    fn an_idempotency_key_is_kept_over_retries() {
        let fake = Fake::new([answer(500, ""), reset(), answer(200, "")]);
        run(&fake, &POST_WITH_KEY).unwrap();
        let requests = fake.requests();
        let key = &requests[0].headers()["idempotency-key"];
        assert!(
            requests
                .iter()
                .all(|request| request.headers()["idempotency-key"] == key)
        );
    }

    #[test]
    fn the_server_s_wait_is_honoured_up_to_a_minute() {
        let wait = |name, value| {
            let fake = Fake::new([answer_with(503, name, value), answer(200, "")]);
            (
                run(&fake, &GET),
                fake.sleeps().first().map(Duration::as_millis),
            )
        };
        for (name, value, millis) in [
            ("retry-after", "0", 0),
            ("retry-after", "60", 60_000),
            ("retry-after", "1.5", 1500),
            ("retry-after-ms", "20", 20),
        ] {
            assert_eq!(wait(name, value).1, Some(millis), "{value:?}");
        }
        for value in [
            "-5",
            "",
            "garbage",
            "nan",
            "inf",
            "Sun, 06 Nov 1994 08:49:37 GMT",
        ] {
            let millis = wait("retry-after", value).1.unwrap();
            assert!((375..=500).contains(&millis), "{value:?}: {millis}");
        }
        let future = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(30));
        assert!((28_000..=30_000).contains(&wait("retry-after", &future).1.unwrap()));

        for (value, seconds) in [("61", 61), ("2147484", 2_147_484), ("1e300", u64::MAX)] {
            let (result, slept) = wait("retry-after", value);
            let error = result.unwrap_err();
            assert_eq!((slept, error.attempts()), (None, 1), "{value}");
            assert_eq!(error.retry_after().unwrap().as_secs(), seconds);
            assert!(error.to_string().ends_with("(the wait for another attempt would be too long)"), "{error}");
        }
    }

    #[test]
    fn all_waits_together_end() {
        let replies = (0..3).map(|_| answer_with(503, "retry-after", "60"));
        let fake = Fake::new(replies);
        let error = run_with(&fake, &GET, |options| options.max_retries(1000)).unwrap_err();
        assert_eq!(error.attempts(), 3);
        assert_eq!(
            fake.sleeps().iter().sum::<Duration>(),
            Duration::from_secs(120)
        );
    }

    #[test]
    fn clones_share_the_retry_budget() {
        let fake = Fake::new((0..1000).map(|_| answer_with(503, "retry-after", "0")));
        let core = builder(&fake).build(None).unwrap();
        for _ in 0..60 {
            let clone = core.with_options(|options| options.max_retries(2));
            let error = block_on(Call::new(&clone, &GET).send::<()>()).unwrap_err();
            let is_said = error.to_string().ends_with("(the client's retry budget is used up)");
            assert_eq!(is_said, error.attempts() < 3, "{error}");
        }
        assert_eq!(fake.requests().len(), 60 + 100);
    }

    #[test]
    fn retries_that_help_cost_nothing() {
        let replies = (0..200).flat_map(|_| [answer_with(503, "retry-after", "0"), answer(200, "")]);
        let fake = Fake::new(replies);
        let core = builder(&fake).build(None).unwrap();
        for call in 0..200 {
            let result = block_on(Call::new(&core, &GET).send::<()>());
            assert!(result.is_ok(), "{call}: {result:?}");
        }
    }

    /// A body that nobody comes to read, and that says when it is gone.
    struct Held(Arc<AtomicBool>);

    impl Stream for Held {
        type Item = Result<Bytes, TransportError>;

        fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Pending
        }
    }

    impl Drop for Held {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }

    #[test]
    fn a_connection_is_free_before_the_wait_begins() {
        let is_free = Arc::new(AtomicBool::new(false));
        let body = Body::from_stream(Held(Arc::clone(&is_free)));
        let refusal = http::Response::builder().status(503).body(body).unwrap();
        let fake = Fake::new([Reply::Answer(refusal), answer(200, "")]);
        fake.pace();
        let core = builder(&fake).build(None).unwrap();
        let mut call = Box::pin(Call::new(&core, &GET).send::<()>());
        let mut context = Context::from_waker(Waker::noop());
        assert!(call.as_mut().poll(&mut context).is_pending());
        assert_eq!((fake.requests().len(), is_free.load(Ordering::Relaxed)), (1, true));
        fake.pass(Duration::from_secs(1));
        block_on(call).unwrap();
    }

    #[test]
    fn a_silent_server_is_left_in_time() {
        let silent_body = || chunks(vec![Some(Ok("a".into())), None]);
        for replies in [
            [Reply::Silence, Reply::Silence],
            [silent_body(), silent_body()],
        ] {
            let fake = Fake::new(replies);
            let error = run_with(&fake, &GET, |options| {
                options.timeout(Duration::from_secs(7)).max_retries(1)
            })
            .unwrap_err();
            assert!(error.is_timeout() && error.is_retryable(), "{error}");
            assert_eq!(error.attempts(), 2);
            assert_eq!(fake.sleeps()[0], Duration::from_secs(7));
            assert_eq!(fake.sleeps()[2], Duration::from_secs(7));
        }
    }

    #[test]
    fn a_call_ends_in_its_own_time_whatever_its_attempts_may_take() {
        let seconds = Duration::from_secs;
        let limits = |options: Options| options.timeout(seconds(7)).total_timeout(seconds(10)).max_retries(9);
        // The second attempt has what the first one and the wait leave.
        let fake = Fake::new([Reply::Silence, Reply::Silence]);
        fake.run();
        let error = run_with(&fake, &GET, limits).unwrap_err();
        assert!(error.is_timeout() && error.attempts() == 2, "{error}");
        assert!(error.to_string().contains("the call took longer than 10s"), "{error}");
        let slept = |fake: &Fake| fake.sleeps().iter().sum::<Duration>();
        assert!((seconds(9)..=seconds(10)).contains(&slept(&fake)), "{:?}", fake.sleeps());
        // A wait that is longer than that isn't begun, and what it would be for is said.
        let fake = Fake::new([Reply::Silence, answer_with(503, "retry-after", "4")]);
        fake.run();
        let error = run_with(&fake, &GET, limits).unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (503, 2));
        assert!(error.to_string().ends_with("after 2 attempts (no time is left for another attempt)"), "{error}");
        assert!(error.is_retryable() && error.retry_after() == Some(seconds(4)));
        // A body that is slow has no more time than its head.
        let slow = || chunks(vec![Some(Ok("a".into())), None]);
        let fake = Fake::new([slow(), slow()]);
        fake.run();
        assert!(run_with(&fake, &GET, limits).unwrap_err().is_timeout());
        assert!((seconds(9)..=seconds(10)).contains(&slept(&fake)), "{:?}", fake.sleeps());
        // One that is there in time has all of its own.
        let fake = Fake::new([Reply::Silence, answer(200, "ok")]);
        fake.run();
        assert_eq!(run_with(&fake, &GET, limits).unwrap(), "ok");
    }

    #[test]
    fn a_body_that_breaks_off_is_a_broken_connection() {
        let broken = || {
            chunks(vec![
                Some(Ok("a".into())),
                Some(Err(TransportError::exchange("x"))),
            ])
        };
        let fake = Fake::new([broken(), answer(200, "whole")]);
        assert_eq!(run(&fake, &GET).unwrap(), "whole");
        let error = run(&Fake::new([broken()]), &POST).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
    }

    #[test]
    fn an_error_of_the_transport_says_why_but_for_what_may_be_secret() {
        let said = |error: TransportError| run(&Fake::new([Reply::Error(error)]), &POST).unwrap_err().to_string();
        let refused = || std::io::Error::other("tcp connect error\n(hidden-token): refused");
        let nested = TransportError::connect(TransportError::exchange(refused()));
        let words = "the connection could not be made: tcp connect error ([redacted]): refused";
        let text = run_with(&Fake::new([Reply::Error(nested)]), &POST, |options| options.max_retries(0));
        assert_eq!(text.unwrap_err().to_string(), format!("PostThings POST /things: {words}"));
        assert!(said(TransportError::exchange("")).ends_with("the connection broke"));
        for secret in ["at https://api.example.com/", "/things?sig=hidden", "u:hidden@api.example.com"] {
            let said = said(TransportError::exchange(secret));
            assert!(said.ends_with("the connection broke"), "{said}");
        }
        let body = chunks(vec![Some(Err(TransportError::exchange("reset by hidden-token")))]);
        let error = run(&Fake::new([body]), &POST).unwrap_err();
        assert!(error.to_string().ends_with("the connection broke: reset by [redacted]"), "{error}");
        assert_eq!(error.message(), "the connection broke: reset by [redacted]");
    }

    #[test]
    fn nor_does_what_an_error_of_the_transport_comes_from_show_a_secret() {
        let wrapped = |text: &'static str| TransportError::exchange(TransportError::exchange(text));
        let failed = |error: TransportError| run(&Fake::new([Reply::Error(error)]), &POST).unwrap_err();
        let body = |error| run(&Fake::new([chunks(vec![Some(Err(error))])]), &POST).unwrap_err();
        for (text, is_kept) in [("left because of hidden-token", false), ("left in peace", true)] {
            for error in [failed(wrapped(text)), body(wrapped(text))] {
                let mut shown = format!("{error} {error:?} {error:#?}");
                let (mut next, mut links) = (std::error::Error::source(&error), 0);
                assert!(next.is_some_and(|source| source.is::<TransportError>()));
                while let Some(link) = next {
                    shown += &format!("{link} {link:?}");
                    (next, links) = (link.source(), links + 1);
                }
                assert!(!shown.contains("hidden") && shown.contains("left"), "{shown}");
                assert_eq!(links, if is_kept { 3 } else { 2 }, "{shown}");
            }
        }
    }

    #[test]
    fn what_the_transport_refuses_is_not_tried_again() {
        let fake = Fake::new([Reply::Error(TransportError::request("odd host"))]);
        let error = run(&fake, &GET).unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts(), error.is_retryable()),
            (ErrorKind::Request, 0, false)
        );
    }

    #[test]
    fn a_body_beyond_the_cap_is_refused() {
        let cap = |options: Options| options.body_cap(10);
        for (sizes, fits) in [
            (vec![10], true),
            (vec![11], false),
            (vec![4, 3, 3], true),
            (vec![4, 3, 4], false),
        ] {
            let parts = sizes
                .iter()
                .map(|size| Some(Ok(Bytes::from("z".repeat(*size)))))
                .collect();
            let result = run_with(&Fake::new([chunks(parts)]), &GET, cap);
            match result {
                Ok(body) => assert!(fits && body.len() == 10),
                Err(error) => {
                    assert!(!fits, "{sizes:?}");
                    assert_eq!((error.kind(), error.attempts()), (ErrorKind::TooLarge, 1));
                }
            }
        }
    }

    #[test]
    fn reading_stops_at_the_cap() {
        // What follows the byte too many is never waited for.
        let part = |size| Some(Ok(Bytes::from("z".repeat(size))));
        for parts in [vec![part(11), None], vec![part(4), part(3), part(4), None]] {
            let fake = Fake::new([chunks(parts)]);
            let error = run_with(&fake, &GET, |options| options.body_cap(10)).unwrap_err();
            assert_eq!((error.kind(), fake.sleeps()), (ErrorKind::TooLarge, vec![]));
        }
    }
}
