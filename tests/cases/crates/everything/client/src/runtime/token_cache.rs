//! Keeps a fetched token, and fetches the next one: ahead of expiry, after a 401, and once for all
//! calls that wait. As long as there is one that can be sent, no call waits for the next one but that
//! which fetches it.

use super::core::Core;
use super::credentials::Source;
use super::deadline::{Deadline, End};
use super::error::{Error, ErrorKind};
use super::held_token::Held;
use super::message;
use super::options::Options;
use super::redact::{tells, without};
use super::scheme::Scheme;
use super::secret::Secret;
use super::shared_work::{SharedWork, Waiting};
use super::token::{TokenContext, TokenError, TokenProvider};
use super::transport::BoxFuture;
use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, SystemTime};

/// The tokens of one scheme.
pub(super) struct Tokens {
    provider: Arc<dyn TokenProvider>,
    scheme: &'static Scheme,
    /// A fetch knows it too, and puts there what it comes to.
    state: Arc<Mutex<State>>,
}

/// How long the one call that renews a token waits for the next one while it can send the one before, at
/// most, where the provider doesn't say it.
const PATIENCE: Duration = Duration::from_secs(15);

/// What a fetch comes to.
type Fetched = Result<Secret, Error>;

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// The token before it, which servers may still speak of.
    before: Option<Secret>,
    /// The last fetch that began, as long as nothing came of it.
    fetch: Option<UnderWay>,
}

/// A fetch; those who wait for it own it.
struct UnderWay {
    work: Weak<SharedWork<Fetched>>,
    since: SystemTime,
}

/// A token that one waits for.
struct Renewal {
    waiting: Waiting<Fetched>,
    /// How long, where another one is sent if it doesn't come.
    patience: Option<Duration>,
}

impl Tokens {
    pub(super) fn new(provider: Arc<dyn TokenProvider>, scheme: &'static Scheme) -> Self {
        Self {
            provider,
            scheme,
            state: Arc::default(),
        }
    }

    /// The token at hand, if it needs no renewal, or is good and another call sees to that; else a place
    /// among those who wait for one.
    fn look(&self, core: &Core, refused: Option<&Secret>) -> Result<Secret, Renewal> {
        let now = core.shared.transport.now();
        let mut state = lock(&self.state);
        let age = |fetch: &UnderWay| now.duration_since(fetch.since).unwrap_or_default();
        let under_way = state.fetch.as_ref();
        // One that takes longer than that comes to nothing: those who wait for it may, and no others.
        let under_way = under_way.filter(|fetch| age(fetch) < self.limit(&core.shared.defaults));
        let is_under_way = under_way.is_some_and(|fetch| fetch.work.strong_count() > 0);
        let enough = |held: &&Held| {
            held.is_fresh(now, refused) || is_under_way && held.is_good(now, refused)
        };
        if let Some(held) = state.held.as_ref().filter(enough) {
            return Ok(held.secret().clone());
        }
        let most = self.provider.timeout().unwrap_or(PATIENCE);
        let patience = state.held.as_ref().and_then(|held| held.patience(now, refused, most));
        let fetch = under_way.and_then(|fetch| fetch.work.upgrade()).unwrap_or_else(|| {
            let work = SharedWork::new(self.fetch(core, now));
            state.fetch = Some(UnderWay {
                work: Arc::downgrade(&work),
                since: now,
            });
            work
        });
        Err(Renewal {
            waiting: fetch.join(),
            patience,
        })
    }

    /// The fetch that begins now. It has the client's own options, and not those of the call that happens
    /// to be the first to wait for it.
    fn fetch(&self, core: &Core, since: SystemTime) -> BoxFuture<'static, Fetched> {
        let (provider, scheme) = (Arc::clone(&self.provider), self.scheme);
        let state = Arc::clone(&self.state);
        let core = Core {
            shared: Arc::clone(&core.shared),
            options: Arc::clone(&core.shared.defaults),
        };
        Box::pin(async move {
            let context = TokenContext {
                core: &core,
                scheme,
            };
            let fetched = match provider.fetch(context).await {
                Ok(token) => scheme.check(&token.secret).map(|()| token),
                Err(error) => Err(failed(scheme, error, &secrets(&*provider, &state))),
            };
            let now = core.shared.transport.now();
            let mut state = lock(&state);
            // Who comes now doesn't wait for this one any more.
            state.fetch.take_if(|fetch| fetch.since == since);
            let held = Held::new(fetched?, now);
            let secret = held.secret().clone();
            let before = state.held.replace(held);
            state.before = before.map(Held::into_secret);
            Ok(secret)
        })
    }

    /// How long a token is waited for: as long as a call of these options may take with all its attempts,
    /// each of them as long as the provider says, if it does.
    fn limit(&self, options: &Options) -> Duration {
        let timeout = self.provider.timeout().unwrap_or(options.timeout);
        timeout.saturating_mul(options.max_retries.saturating_add(1))
    }

    /// A token that is due for renewal, of which nothing came, and still good. No other call tries it
    /// again at once.
    fn last(&self, core: &Core, refused: Option<&Secret>) -> Option<Secret> {
        let now = core.shared.transport.now();
        let mut state = lock(&self.state);
        let held = state.held.as_mut().filter(|held| held.is_good(now, refused))?;
        if !held.is_fresh(now, refused) {
            held.put_off(now);
        }
        Some(held.secret().clone())
    }
}

impl Source for Tokens {
    fn get<'a>(
        &'a self,
        core: &'a Core,
        refused: Option<&'a Secret>,
        end: Option<End>,
    ) -> BoxFuture<'a, Result<Secret, Error>> {
        let renewal = match self.look(core, refused) {
            Ok(secret) => return Box::pin(std::future::ready(Ok(secret))),
            Err(renewal) => renewal,
        };
        Box::pin(async move {
            let Renewal { waiting, patience } = renewal;
            let mut waiting = pin!(waiting);
            let left = end.map(|end| end.left(&*core.shared.transport));
            let limit = self.limit(&core.options).min(left.unwrap_or(Duration::MAX));
            // Time that is left for all is shared with what the token is for.
            let ahead = left.map_or(limit, |left| limit.min(left / 2));
            let ahead = patience.map(|patience| patience.min(ahead));
            for limit in ahead.into_iter().chain([limit]) {
                let mut deadline = Deadline::after(limit, end, Arc::clone(&core.shared.transport));
                let fetched = deadline.race(waiting.as_mut()).await;
                if let Some(Ok(secret)) = fetched {
                    return Ok(secret);
                }
                match (self.last(core, refused), fetched) {
                    (Some(last), _) => return Ok(last),
                    (None, Some(failed)) => return failed,
                    (None, None) => {}
                }
            }
            let message = format!("{}: no token came within {limit:?}", self.scheme.name);
            Err(Error::new(ErrorKind::Token, message).with(|error| error.is_retryable = true))
        })
    }

    fn check(&self) -> Result<(), Error> {
        let checked = self.provider.check(self.scheme);
        checked.map_err(|error| {
            let why = without(self.provider.secret(), &error.to_string());
            let message = format!("{}: {why}", self.scheme.name);
            Error::new(ErrorKind::Configuration, message)
        })
    }

    fn secrets(&self) -> Vec<Secret> {
        secrets(&*self.provider, &self.state)
    }
}

fn secrets(provider: &dyn TokenProvider, state: &Mutex<State>) -> Vec<Secret> {
    let state = lock(state);
    let held = state.held.iter().map(Held::secret);
    let all = held.chain(&state.before).chain(provider.secret());
    all.cloned().collect()
}

/// The error of a fetch that failed. What would print one of these secrets is passed on as its words
/// alone, without them.
fn failed(scheme: &Scheme, error: TokenError, secrets: &[Secret]) -> Error {
    let what = message::one_line(&without(secrets, &error.to_string()));
    let message = format!("{}: no token could be fetched: {what}", scheme.name);
    let known = error.downcast_ref::<Error>().cloned();
    let source = match tells(&*error, &|text| without(secrets, text)) {
        true => what.into(),
        false => error,
    };
    Error::new(ErrorKind::Token, message).with(|inner| {
        if let Some(known) = known {
            inner.is_retryable = known.is_retryable();
            inner.retry_after = known.retry_after();
        }
        inner.source = Some(Arc::from(source));
    })
}

/// Nothing panics under this lock, and nothing is polled.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("scheme", &self.scheme.name)
            .field("provider", &self.provider)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::body::Body;
    use super::super::call::Call;
    use super::super::content::{Content, Open};
    use super::super::testing::{Fake, GET, Reply, answer, block_on, builder};
    use super::super::token::{BearerToken, FetchedToken};
    use super::super::transport::{Transport, TransportError};
    use super::*;
    use bytes::Bytes;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::task::{Context, Poll, Waker};

    /// Gives `hidden1`, `hidden2` … after being polled a few times; each is good for this many
    /// seconds.
    #[derive(Debug, Default)]
    struct Counter {
        fetched: AtomicUsize,
        seconds: u64,
        /// From this one on, there are none.
        fails_from: Option<usize>,
        /// Whether they are long in coming.
        is_slow: AtomicBool,
    }

    impl TokenProvider for Arc<Counter> {
        fn fetch<'a>(
            &'a self,
            _: TokenContext<'a>,
        ) -> BoxFuture<'a, Result<FetchedToken, TokenError>> {
            Box::pin(async move {
                let number = self.fetched.fetch_add(1, Ordering::Relaxed) + 1;
                for _ in 0..3 {
                    yield_now().await;
                }
                while self.is_slow.load(Ordering::Relaxed) {
                    yield_now().await;
                }
                if self.fails_from.is_some_and(|from| number >= from) {
                    return Err("the vault is sealed".into());
                }
                let token = FetchedToken::new(format!("hidden{number}"));
                Ok(match self.seconds {
                    0 => token,
                    seconds => token.expires_in(Duration::from_secs(seconds)),
                })
            })
        }
    }

    async fn yield_now() {
        let mut was_polled = false;
        std::future::poll_fn(|context| {
            context.waker().wake_by_ref();
            if std::mem::replace(&mut was_polled, true) {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
    }

    fn client(counter: Counter, replies: impl IntoIterator<Item = Reply>) -> (Core, Fake, Arc<Counter>) {
        let fake = Fake::new(replies);
        fake.pace();
        let counter = Arc::new(counter);
        let mut builder = builder(&fake);
        builder.token(0, Arc::clone(&counter).into());
        (builder.build(None).unwrap(), fake, counter)
    }

    fn sent(fake: &Fake) -> Vec<String> {
        let requests = fake.requests();
        let tokens = requests.iter().map(|request| &request.headers()["authorization"]);
        tokens.map(|token| token.to_str().unwrap().replace("Bearer hidden", "")).collect()
    }

    fn get(core: &Core) -> Result<(), Error> {
        block_on(Call::new(core, &GET).send())
    }

    #[test]
    fn a_token_is_fetched_once_and_kept() {
        let (core, fake, _) = client(Counter::default(), (0..3).map(|_| answer(200, "")));
        (0..3).for_each(|_| get(&core).unwrap());
        assert_eq!(sent(&fake), ["1", "1", "1"]);
    }

    #[test]
    fn a_token_is_renewed_ahead_of_its_end() {
        for (seconds, good, due) in [(3600, 3539, 3541), (100, 89, 91)] {
            let counter = Counter { seconds, ..Counter::default() };
            let (core, fake, _) = client(counter, (0..3).map(|_| answer(200, "")));
            get(&core).unwrap();
            fake.pass(Duration::from_secs(good));
            get(&core).unwrap();
            fake.pass(Duration::from_secs(due - good));
            get(&core).unwrap();
            assert_eq!(sent(&fake), ["1", "1", "2"]);
        }
    }

    #[test]
    fn a_renewal_that_fails_does_no_harm_while_the_token_is_good() {
        let counter = Counter { seconds: 3600, fails_from: Some(2), ..Counter::default() };
        let (core, fake, _) = client(counter, (0..2).map(|_| answer(200, "")));
        get(&core).unwrap();
        fake.pass(Duration::from_secs(3550));
        get(&core).unwrap();
        assert_eq!(sent(&fake), ["1", "1"]);
        fake.pass(Duration::from_secs(100));
        let error = get(&core).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Token, 0));
        assert_eq!(
            error.to_string(),
            "GetThings GET /things: token: no token could be fetched: the vault is sealed"
        );
        assert_eq!(fake.requests().len(), 2);
    }

    #[test]
    fn a_refused_token_is_renewed_once() {
        let (core, fake, _) = client(Counter::default(), [answer(401, ""), answer(200, ""), answer(200, "")]);
        get(&core).unwrap();
        get(&core).unwrap();
        assert_eq!((sent(&fake), fake.sleeps()), (vec!["1".into(), "2".into(), "2".into()], vec![]));

        let (core, fake, _) = client(Counter::default(), [answer(401, ""), answer(401, "")]);
        let error = get(&core).unwrap_err();
        assert!(error.is_unauthorized());
        assert_eq!((error.attempts(), sent(&fake)), (2, vec!["1".into(), "2".into()]));
    }

    #[test]
    fn a_body_that_is_gone_is_not_sent_again_with_another_token() {
        struct Once;

        impl Open for Once {
            fn len(&self) -> Option<u64> {
                None
            }

            fn is_repeatable(&self) -> bool {
                false
            }

            fn open(&self) -> BoxFuture<'static, Result<Body, TransportError>> {
                Box::pin(std::future::ready(Ok(Body::from(Bytes::new()))))
            }
        }

        let (core, fake, _) = client(Counter::default(), [answer(401, ""), answer(200, "")]);
        let mut call = Call::new(&core, &GET);
        call.body = Content::Opened(Arc::new(Once));
        let error = block_on(call.send::<()>()).unwrap_err();
        assert_eq!((error.is_unauthorized(), error.attempts()), (true, 1), "{error}");
        assert_eq!(sent(&fake), ["1"]);
    }

    #[test]
    fn a_call_that_was_made_before_its_token_is_gone_says_so() {
        let counter = Counter { fails_from: Some(2), ..Counter::default() };
        let (core, fake, _) = client(counter, [answer(401, "")]);
        let error = get(&core).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Token, 1), "{error}");
        assert_eq!(fake.requests().len(), 1);
    }

    #[test]
    fn a_token_that_others_are_still_to_take_is_not_the_next_one() {
        let replies = [answer(401, ""), answer(200, ""), answer(200, "")];
        let (core, fake, _) = client(Counter::default(), replies);
        let mut context = Context::from_waker(Waker::noop());
        let mut late = Box::pin(Call::new(&core, &GET).send::<()>());
        assert!(late.as_mut().poll(&mut context).is_pending());
        get(&core).unwrap();
        block_on(late).unwrap();
        assert_eq!(sent(&fake)[..2], ["1", "2"]);
    }

    #[test]
    fn the_token_before_is_not_repeated_either() {
        let replies = [answer(401, ""), answer(403, r#"{"message": "hidden1 is revoked, hidden2 too weak"}"#)];
        let (core, _, _) = client(Counter::default(), replies);
        let error = get(&core).unwrap_err();
        assert_eq!(error.message(), "[redacted] is revoked, [redacted] too weak");
    }

    #[test]
    fn a_renewal_takes_no_retry() {
        let replies = [answer(401, ""), answer(500, ""), answer(500, ""), answer(200, "")];
        let (core, fake, _) = client(Counter::default(), replies);
        let mut call = Box::pin(Call::new(&core, &GET).send::<()>());
        let mut context = Context::from_waker(Waker::noop());
        while call.as_mut().poll(&mut context).map(Result::unwrap).is_pending() {
            // The waits between attempts.
            fake.pass(Duration::from_millis(100));
        }
        assert_eq!(sent(&fake), ["1", "2", "2", "2"]);
    }

    #[test]
    fn a_token_that_is_the_same_again_is_not_sent_again() {
        #[derive(Debug)]
        struct Same;
        impl TokenProvider for Same {
            fn fetch<'a>(
                &'a self,
                _: TokenContext<'a>,
            ) -> BoxFuture<'a, Result<FetchedToken, TokenError>> {
                Box::pin(async { Ok(FetchedToken::new("same")) })
            }
        }
        let fake = Fake::new([answer(401, "")]);
        let mut builder = builder(&fake);
        builder.token(0, Same.into());
        let core = builder.build(None).unwrap();
        assert!(get(&core).unwrap_err().is_unauthorized());
        assert_eq!(fake.requests().len(), 1);
    }

    #[test]
    fn a_thousand_calls_wait_for_one_fetch() {
        let (core, fake, counter) = client(Counter::default(), (0..1000).map(|_| answer(200, "")));
        let mut calls: Vec<_> = (0..1000)
            .map(|_| Box::pin(Call::new(&core, &GET).send::<()>()))
            .collect();
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..10 {
            calls.retain_mut(|call| match call.as_mut().poll(&mut context) {
                Poll::Ready(result) => {
                    result.unwrap();
                    false
                }
                Poll::Pending => true,
            });
        }
        assert!(calls.is_empty());
        assert_eq!((counter.fetched.load(Ordering::Relaxed), fake.requests().len()), (1, 1000));
    }

    #[test]
    fn the_patience_of_one_call_is_not_that_of_the_others() {
        let (core, fake, counter) = client(Counter::default(), (0..4).map(|_| answer(200, "")));
        let hasty = core.with_options(|options| options.timeout(Duration::from_secs(1)).max_retries(0));
        let mut context = Context::from_waker(Waker::noop());
        let mut begin = |core: &Core| {
            let mut call = Box::pin(Call::new(core, &GET).send::<()>());
            assert!(call.as_mut().poll(&mut context).is_pending());
            call
        };
        let mut leaving = Vec::new();
        let mut staying = Vec::new();
        // The fetch is at its third poll by then, and at its end with the next one.
        leaving.push(begin(&hasty));
        staying.push(begin(&core));
        leaving.push(begin(&hasty));
        fake.pass(Duration::from_secs(1));
        counter.is_slow.store(true, Ordering::Relaxed);
        for call in leaving {
            let error = block_on(call).unwrap_err();
            assert!(error.to_string().contains("no token came within 1s"), "{error}");
        }
        staying.extend((0..3).map(|_| begin(&core)));
        counter.is_slow.store(false, Ordering::Relaxed);
        staying.into_iter().for_each(|call| block_on(call).unwrap());
        assert_eq!((counter.fetched.load(Ordering::Relaxed), fake.requests().len()), (1, 4));
    }

    #[test]
    fn a_renewal_that_is_silent_does_no_harm_while_the_token_is_good() {
        // By now the token of an hour is due, and good for so many milliseconds.
        for (good, longest) in [(59_000, 15), (4000, 2)] {
            let counter = Counter { seconds: 3600, ..Counter::default() };
            let (core, fake, counter) = client(counter, (0..3).map(|_| answer(200, "")));
            get(&core).unwrap();
            counter.is_slow.store(true, Ordering::Relaxed);
            fake.pass(Duration::from_millis(3_600_000 - good));
            let mut context = Context::from_waker(Waker::noop());
            let mut call = Box::pin(Call::new(&core, &GET).send::<()>());
            assert!(call.as_mut().poll(&mut context).is_pending());
            fake.pass(Duration::from_secs(longest));
            block_on(call).unwrap();
            assert_eq!(sent(&fake), ["1", "1"], "{good}");
            // A token that is over can't be sent.
            fake.pass(Duration::from_secs(60));
            let mut call = Box::pin(Call::new(&core, &GET).send::<()>());
            assert!(call.as_mut().poll(&mut context).is_pending());
            fake.pass(Duration::from_secs(179));
            assert!(call.as_mut().poll(&mut context).is_pending());
            fake.pass(Duration::from_secs(1));
            assert_eq!(block_on(call).unwrap_err().kind(), ErrorKind::Token);
        }
    }

    #[test]
    fn a_call_that_has_little_time_waits_no_longer_for_a_renewal() {
        let counter = Counter { seconds: 3600, ..Counter::default() };
        let (core, fake, counter) = client(counter, (0..2).map(|_| answer(200, "")));
        get(&core).unwrap();
        counter.is_slow.store(true, Ordering::Relaxed);
        fake.pass(Duration::from_secs(3550));
        get(&core.with_options(|options| options.timeout(Duration::ZERO))).unwrap();
        assert_eq!(sent(&fake), ["1", "1"]);
    }

    #[test]
    fn a_call_with_an_end_waits_for_a_token_no_longer_than_it_may() {
        let counter = Counter { seconds: 3600, ..Counter::default() };
        let (core, fake, counter) = client(counter, (0..2).map(|_| answer(200, "")));
        get(&core).unwrap();
        counter.is_slow.store(true, Ordering::Relaxed);
        let core = core.with_options(|options| options.total_timeout(Duration::from_secs(8)));
        let mut context = Context::from_waker(Waker::noop());
        let mut begin = || {
            let mut call = Box::pin(Call::new(&core, &GET).send::<()>());
            assert!(call.as_mut().poll(&mut context).is_pending());
            call
        };
        // Half of its time, as long as it can send another one.
        fake.pass(Duration::from_secs(3550));
        let call = begin();
        fake.pass(Duration::from_secs(4));
        block_on(call).unwrap();
        assert_eq!(sent(&fake), ["1", "1"]);
        fake.pass(Duration::from_secs(50));
        let call = begin();
        fake.pass(Duration::from_secs(8));
        let error = block_on(call).unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Token, true));
        assert!(error.to_string().contains("no token came within "), "{error}");
    }

    #[test]
    fn one_call_waits_for_a_renewal_and_the_others_send_what_is_good() {
        let counter = Counter { seconds: 3600, ..Counter::default() };
        let (core, fake, counter) = client(counter, (0..6).map(|_| answer(200, "")));
        get(&core).unwrap();
        counter.is_slow.store(true, Ordering::Relaxed);
        fake.pass(Duration::from_secs(3550));
        let mut context = Context::from_waker(Waker::noop());
        let mut begin = || {
            let mut call = Box::pin(Call::new(&core, &GET).send::<()>());
            assert!(call.as_mut().poll(&mut context).is_pending());
            call
        };
        let renewing = begin();
        get(&core).unwrap();
        // Where it is gone, another one takes its place.
        drop(renewing);
        let renewing = begin();
        get(&core).unwrap();
        // They wait with it once there is nothing to send.
        fake.pass(Duration::from_secs(50));
        let waiting = begin();
        counter.is_slow.store(false, Ordering::Relaxed);
        block_on(waiting).unwrap();
        block_on(renewing).unwrap();
        get(&core).unwrap();
        assert_eq!(sent(&fake), ["1", "1", "1", "3", "3", "3"]);
    }

    #[test]
    fn a_renewal_of_which_nothing_came_is_not_tried_by_each_call() {
        let counter = Counter { seconds: 3600, fails_from: Some(2), ..Counter::default() };
        let (core, fake, counter) = client(counter, (0..9).map(|_| answer(200, "")));
        get(&core).unwrap();
        // After how many seconds, and how many were tried by then: each after half of the time that is left.
        for (seconds, tried) in [(3550, 1), (0, 1), (24, 1), (2, 2), (11, 2), (2, 3), (10, 4), (0, 4)] {
            fake.pass(Duration::from_secs(seconds));
            get(&core).unwrap();
            assert_eq!(counter.fetched.load(Ordering::Relaxed) - 1, tried, "{seconds}");
        }
    }

    #[test]
    fn a_fetch_goes_on_when_the_one_who_began_it_is_gone() {
        let (core, fake, counter) = client(Counter::default(), [answer(200, ""), answer(200, "")]);
        let mut context = Context::from_waker(Waker::noop());
        let mut first = Box::pin(Call::new(&core, &GET).send::<()>());
        let mut second = Box::pin(Call::new(&core, &GET).send::<()>());
        assert!(first.as_mut().poll(&mut context).is_pending());
        assert!(second.as_mut().poll(&mut context).is_pending());
        drop(first);
        block_on(second).unwrap();
        assert_eq!(counter.fetched.load(Ordering::Relaxed), 1);
        // The last one ends it, and the next begins anew.
        let (core, _, counter) = client(Counter::default(), [answer(200, "")]);
        let mut only = Box::pin(Call::new(&core, &GET).send::<()>());
        assert!(only.as_mut().poll(&mut context).is_pending());
        drop(only);
        get(&core).unwrap();
        assert_eq!((counter.fetched.load(Ordering::Relaxed), fake.requests().len()), (2, 1));
    }

    /// Gives nothing the first time, however long it is waited for.
    #[derive(Debug, Default)]
    struct HangsOnce(AtomicUsize);

    impl TokenProvider for Arc<HangsOnce> {
        fn fetch<'a>(
            &'a self,
            _: TokenContext<'a>,
        ) -> BoxFuture<'a, Result<FetchedToken, TokenError>> {
            Box::pin(async move {
                if self.0.fetch_add(1, Ordering::Relaxed) == 0 {
                    std::future::pending::<()>().await;
                }
                Ok(FetchedToken::new("hidden2"))
            })
        }
    }

    #[test]
    fn a_fetch_that_hangs_is_left_and_not_joined_any_more() {
        let fake = Fake::new([answer(200, ""), answer(200, "")]);
        fake.pace();
        let mut builder = builder(&fake);
        builder.token(0, Arc::new(HangsOnce::default()).into());
        builder.options(|options| options.timeout(Duration::from_secs(5)).max_retries(1));
        let core = builder.build(None).unwrap();
        let mut context = Context::from_waker(Waker::noop());
        let mut first = Box::pin(Call::new(&core, &GET).send::<()>());
        assert!(first.as_mut().poll(&mut context).is_pending());
        // One who comes later waits as long, and has no part in it when the first one leaves.
        fake.pass(Duration::from_secs(9));
        let mut second = Box::pin(Call::new(&core, &GET).send::<()>());
        assert!(first.as_mut().poll(&mut context).is_pending());
        assert!(second.as_mut().poll(&mut context).is_pending());
        fake.pass(Duration::from_secs(1));
        let error = block_on(first).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Token, 0));
        assert!(error.is_retryable() && error.to_string().contains("no token came within 10s"), "{error}");
        assert!(second.as_mut().poll(&mut context).is_pending());
        get(&core).unwrap();
        // The token that came meanwhile is as good.
        fake.pass(Duration::from_secs(9));
        block_on(second).unwrap();
        assert_eq!(sent(&fake), ["2", "2"]);
    }

    /// Takes 40 s.
    #[derive(Debug)]
    struct Slow(Fake);

    impl TokenProvider for Slow {
        fn fetch<'a>(
            &'a self,
            _: TokenContext<'a>,
        ) -> BoxFuture<'a, Result<FetchedToken, TokenError>> {
            let end = self.0.now() + Duration::from_secs(40);
            Box::pin(async move {
                while self.0.now() < end {
                    yield_now().await;
                }
                Ok(FetchedToken::new("hidden1").expires_in(Duration::from_secs(3600)))
            })
        }

        fn timeout(&self) -> Option<Duration> {
            Some(Duration::from_secs(45))
        }
    }

    #[test]
    fn a_provider_may_take_longer_than_a_call() {
        let shared = |slow| BearerToken::from(Arc::new(slow) as Arc<dyn TokenProvider>);
        for token in [BearerToken::from, shared] {
            let fake = Fake::new([answer(200, "")]);
            fake.pace();
            let mut builder = builder(&fake);
            builder.token(0, token(Slow(fake.clone())));
            builder.options(|options| options.timeout(Duration::from_secs(5)).max_retries(0));
            let core = builder.build(None).unwrap();
            let mut context = Context::from_waker(Waker::noop());
            let mut call = Box::pin(Call::new(&core, &GET).send::<()>());
            for _ in 0..4 {
                assert!(call.as_mut().poll(&mut context).is_pending());
                fake.pass(Duration::from_secs(10));
            }
            block_on(call).unwrap();
            assert_eq!(sent(&fake), ["1"]);
        }
    }

    #[test]
    fn tokens_are_neither_shown_nor_repeated() {
        let body = r#"{"error": "bad token hidden1"}"#;
        let (core, _, _) = client(Counter::default(), [answer(400, body)]);
        let error = get(&core).unwrap_err();
        let text = format!("{error} {error:?} {core:?} {:?}", core.shared.credentials);
        assert!(text.contains("[redacted]") && !text.contains("hidden1"), "{text}");
    }

    #[test]
    fn what_a_provider_says_of_its_own_secret_is_not_repeated() {
        #[derive(Debug)]
        struct Talks(Secret, fn() -> TokenError);
        impl TokenProvider for Talks {
            fn fetch<'a>(
                &'a self,
                _: TokenContext<'a>,
            ) -> BoxFuture<'a, Result<FetchedToken, TokenError>> {
                Box::pin(async { Err((self.1)()) })
            }

            fn secret(&self) -> Option<&Secret> {
                Some(&self.0)
            }
        }
        let wraps = || {
            let inner = TransportError::connect("no hidden key");
            TokenError::from(TransportError::exchange(inner))
        };
        for (fails, is_kept) in [
            ((|| "hidden key is wrong".into()) as fn() -> TokenError, false),
            (wraps, false),
            (|| "sealed".into(), true),
        ] {
            let mut builder = builder(&Fake::new([]));
            builder.token(0, Talks("hidden key".into(), fails).into());
            let error = get(&builder.build(None).unwrap()).unwrap_err();
            let source = std::error::Error::source(&error).unwrap();
            let mut text = format!("{error} {error:?}");
            let mut next = Some(source);
            while let Some(link) = next {
                text += &format!(" {link} {link:?}");
                next = link.source();
            }
            assert!(!text.contains("hidden"), "{text}");
            assert_eq!(text.contains("sealed"), is_kept, "{text}");
        }
    }

    #[test]
    fn a_token_that_cannot_be_sent_is_an_error_and_not_shown() {
        #[derive(Debug)]
        struct Odd;
        impl TokenProvider for Odd {
            fn fetch<'a>(
                &'a self,
                _: TokenContext<'a>,
            ) -> BoxFuture<'a, Result<FetchedToken, TokenError>> {
                Box::pin(async { Ok(FetchedToken::new("hidden\r\nx-admin: 1")) })
            }
        }
        let fake = Fake::new([]);
        let mut builder = builder(&fake);
        builder.token(0, Odd.into());
        let core = builder.build(None).unwrap();
        let error = get(&core).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(!format!("{error} {error:?}").contains("hidden"), "{error}");
        assert!(core.shared.credentials.given.iter().flatten().all(|given| {
            given.given.source.iter().all(|source| source.secrets().is_empty())
        }), "it isn't kept");
    }
}
