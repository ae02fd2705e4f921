//! Hooks: what the caller's code sees of each attempt, before it is sent and after it was answered.

use super::body::Body;
use super::error::Error;
use super::target::Target;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// Watches the attempts of all calls of a client.
///
/// A hook sees secrets: the headers and the query of a request have its credentials.
pub trait CallHook: Send + Sync + 'static {
    /// Called before each attempt, with the request as it will be sent. A hook may change it: to add
    /// a trace's ID, or a signature over all that it has. A body that streams can't be looked into
    /// ([`Body::as_bytes`]). Where redirects are followed, each is an attempt more of the same number,
    /// and the request may be for another origin, which must get no secret.
    fn before(&self, attempt: &CallAttempt, request: &mut http::Request<Body>) {
        let _ = (attempt, request);
    }

    /// Called after each attempt: once its whole answer is there, or its head, where the caller
    /// takes the body as it comes. An attempt that is on its way when its call is dropped comes to
    /// nothing, and this is not called.
    fn after(&self, attempt: &CallAttempt, outcome: AttemptOutcome<'_>) {
        let _ = (attempt, outcome);
    }
}

/// One of the times that a call is sent. The request of each has it among its extensions, for
/// transports that want to know.
#[derive(Clone, Debug)]
pub struct CallAttempt {
    pub(super) target: Target,
    pub(super) number: u32,
    pub(super) timeout: Duration,
    /// Whether traces show its bodies.
    pub(super) shows_bodies: bool,
    /// Whether it took too long by now, or a piece of its answer did.
    pub(super) timed_out: Arc<AtomicBool>,
}

impl CallAttempt {
    /// The operation's ID in the description, or empty.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.target.id
    }

    /// The path template, its arguments in braces.
    #[must_use]
    pub fn template(&self) -> &str {
        &self.target.template
    }

    /// Which of the call's attempts it is, from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How long it may take.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        self.timeout
    }
}

/// What an attempt came to.
#[derive(Clone, Copy)]
pub struct AttemptOutcome<'a> {
    pub(super) result: Result<(StatusCode, &'a HeaderMap), &'a Error>,
    pub(super) elapsed: Duration,
}

impl<'a> AttemptOutcome<'a> {
    /// The status of the answer, if one came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.result.ok().map(|(status, _)| status)
    }

    /// The headers of the answer, if one came.
    #[must_use]
    pub fn headers(&self) -> Option<&'a HeaderMap> {
        self.result.ok().map(|(_, headers)| headers)
    }

    /// Why no whole answer came.
    #[must_use]
    pub fn error(&self) -> Option<&'a Error> {
        self.result.err()
    }

    /// How long it took, by the transport's clock.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

impl fmt::Debug for AttemptOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptOutcome")
            .field("status", &self.status())
            .field("error", &self.error())
            .field("elapsed", &self.elapsed)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::call::Call;
    use super::super::testing::{Fake, GET, Reply, answer, block_on, builder};
    use super::super::transport::TransportError;
    use super::*;
    use std::sync::{Arc, Mutex};

    /// Notes what it sees, and numbers the requests.
    #[derive(Clone, Default)]
    struct Notes(Arc<Mutex<Vec<String>>>);

    impl CallHook for Notes {
        fn before(&self, attempt: &CallAttempt, request: &mut http::Request<Body>) {
            let (operation, number) = (attempt.operation(), attempt.number());
            request.headers_mut().insert("x-number", number.into());
            let note = format!("{operation} {} {number}", attempt.template());
            self.0.lock().unwrap().push(note);
        }

        fn after(&self, attempt: &CallAttempt, outcome: AttemptOutcome<'_>) {
            let number = attempt.number();
            let note = match (outcome.status(), outcome.error()) {
                (Some(status), None) => format!("{number}: {}", status.as_u16()),
                (None, Some(error)) => format!("{number}: {:?}", error.kind()),
                other => format!("{other:?}"),
            };
            self.0.lock().unwrap().push(note);
        }
    }

    #[test]
    fn hooks_see_every_attempt_and_may_change_it() {
        let reset = Reply::Error(TransportError::exchange("reset"));
        let fake = Fake::new([answer(503, ""), reset, answer(200, "")]);
        let (mut builder, notes) = (builder(&fake), Notes::default());
        builder.hook(Arc::new(notes.clone()));
        block_on(Call::new(&builder.build(None).unwrap(), &GET).send::<()>()).unwrap();
        let seen = notes.0.lock().unwrap().join(", ");
        let expected = "GetThings /things 1, 1: 503, GetThings /things 2, 2: Transport, \
                        GetThings /things 3, 3: 200";
        assert_eq!(seen, expected);
        let numbers = fake.requests();
        let numbers: Vec<_> = numbers.iter().map(|request| &request.headers()["x-number"]).collect();
        assert_eq!(numbers, ["1", "2", "3"]);
    }

    #[test]
    fn requests_say_what_they_are_for() {
        let fake = Fake::new([answer(200, "")]);
        let core = builder(&fake).build(None).unwrap();
        block_on(Call::new(&core, &GET).send::<()>()).unwrap();
        let requests = fake.requests();
        let about = requests[0].extensions().get::<CallAttempt>().unwrap();
        assert_eq!((about.operation(), about.number()), ("GetThings", 1));
        assert_eq!(about.timeout(), Duration::from_secs(60));
    }
}
