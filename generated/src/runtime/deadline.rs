//! A time limit over awaits: one over the head of an answer and all of its body, or one over each
//! piece of a body that streams. What is waited for in a call is also over with the call.

use super::body::Body;
use super::content::Content;
use super::core::Core;
use super::transport::{BoxFuture, Transport, TransportError};
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

/// When a call ends, whatever becomes of it, and whoever sets the clock in the meantime.
#[derive(Clone, Copy)]
pub(super) struct End {
    at: Duration,
    total: Duration,
}

impl End {
    /// The end of a call that begins now, if it has one.
    pub(super) fn of(core: &Core) -> Option<Self> {
        let total = core.options.total_timeout?;
        // What is beyond all time is no end.
        let at = core.shared.transport.elapsed().checked_add(total)?;
        Some(Self { at, total })
    }

    /// How long it is until then, by this clock.
    pub(super) fn left(&self, clock: &dyn Transport) -> Duration {
        self.at.saturating_sub(clock.elapsed())
    }
}

/// A moment after which nothing is waited for any more.
pub(super) struct Deadline {
    clock: Arc<dyn Transport>,
    timer: Option<BoxFuture<'static, ()>>,
    limit: Duration,
    end: Option<End>,
    /// Whether the limit is that of the call by now.
    is_last: bool,
    restarts: Restarts,
    is_over: bool,
    /// Who wants to know of it, too.
    told: Option<Arc<AtomicBool>>,
}

/// When the time begins anew.
enum Restarts {
    Never,
    /// When the body of a request goes on its way, of which this is told.
    Moving(Arc<AtomicBool>),
    /// With each piece that came.
    Piece,
}

impl Deadline {
    /// A deadline `limit` from now, by the transport's clock, or at the end of the call.
    pub(super) fn after(limit: Duration, end: Option<End>, clock: Arc<dyn Transport>) -> Self {
        let mut deadline = Self {
            timer: None,
            restarts: Restarts::Never,
            clock,
            limit,
            end,
            is_last: false,
            is_over: false,
            told: None,
        };
        deadline.timer = Some(deadline.start());
        deadline
    }

    /// The timer from now on.
    fn start(&mut self) -> BoxFuture<'static, ()> {
        let left = self.end.map(|end| end.left(&*self.clock));
        let left = left.filter(|left| *left <= self.limit);
        self.is_last = left.is_some();
        self.clock.limit(left.unwrap_or(self.limit))
    }

    /// A deadline for each piece instead, `limit` after the wait for it began.
    pub(super) fn for_each(self, limit: Duration) -> Self {
        Self {
            timer: None,
            limit,
            end: None,
            is_last: false,
            restarts: Restarts::Piece,
            ..self
        }
    }

    /// How long may be waited, as of now.
    pub(super) fn limit(&self) -> Duration {
        let left = self.end.filter(|_| self.is_last).map(|end| end.left(&*self.clock));
        left.unwrap_or(self.limit)
    }

    /// What turns true once a limit was reached, for those who see nothing of it but that nobody waits
    /// for them any more.
    pub(super) fn told(&mut self) -> Arc<AtomicBool> {
        Arc::clone(self.told.get_or_insert_default())
    }

    /// Lets the time begin anew for as long as a body that isn't in memory is taken to be sent, in
    /// whatever pieces: it is as large as its caller likes. What comes of it is to be put around the
    /// body.
    pub(super) fn watch(&mut self, content: &Content) -> impl FnOnce(Body) -> Body + use<> {
        let moved = content.as_bytes().is_none().then(Arc::<AtomicBool>::default);
        self.restarts = moved.clone().map_or(Restarts::Never, Restarts::Moving);
        |body| match moved {
            Some(moved) => {
                let len = body.known_len();
                let body = Body::from_stream(Moving { body, moved });
                match len {
                    Some(len) => body.with_len(len),
                    None => body,
                }
            }
            None => body,
        }
    }

    /// The words of a limit that was reached.
    pub(super) fn message(&self) -> String {
        if let Some(End { total, .. }) = self.end.filter(|_| self.is_last) {
            return format!("the call took longer than {total:?}");
        }
        match self.restarts {
            Restarts::Piece => format!("nothing came for {:?}", self.limit),
            Restarts::Moving(_) => format!("nothing was sent and no answer came for {:?}", self.limit),
            Restarts::Never => format!("no whole answer within {:?}", self.limit),
        }
    }

    /// What `work` comes to; `None` when the deadline comes first, now or earlier.
    pub(super) fn poll<T>(
        &mut self,
        context: &mut Context<'_>,
        work: impl FnOnce(&mut Context<'_>) -> Poll<T>,
    ) -> Poll<Option<T>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        if let Poll::Ready(value) = work(context) {
            if let Restarts::Piece = self.restarts {
                self.timer = None;
            }
            return Poll::Ready(Some(value));
        }
        loop {
            let mut timer = match self.timer.take() {
                Some(timer) => timer,
                None => self.start(),
            };
            let is_ready = timer.as_mut().poll(context).is_ready();
            self.timer = Some(timer);
            if !is_ready {
                return Poll::Pending;
            }
            // The body may have moved at any time since the last look, so that what doesn't move
            // is left after twice the limit at the latest.
            match &self.restarts {
                Restarts::Moving(moved) if !self.is_last && moved.swap(false, Ordering::Relaxed) => {
                    self.timer = None;
                }
                _ => break,
            }
        }
        self.is_over = true;
        if let Some(told) = &self.told {
            told.store(true, Ordering::Relaxed);
        }
        Poll::Ready(None)
    }

    /// The same for a future.
    pub(super) async fn race<T>(&mut self, work: impl Future<Output = T>) -> Option<T> {
        let mut work = pin!(work);
        poll_fn(|context| self.poll(context, |context| work.as_mut().poll(context))).await
    }
}

/// A body that says when a piece of it was taken.
struct Moving {
    body: Body,
    moved: Arc<AtomicBool>,
}

impl Stream for Moving {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut self.body).poll_next(context);
        if next.is_ready() {
            self.moved.store(true, Ordering::Relaxed);
        }
        next
    }
}

impl fmt::Debug for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Deadline").field(&self.limit).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::super::content::Open;
    use super::super::options::Options;
    use super::super::testing::{Fake, Reply, block_on, builder, chunks};
    use super::*;
    use std::sync::Mutex;
    use std::task::Waker;
    use std::time::SystemTime;

    const PENDING: Poll<Option<()>> = Poll::Pending;
    const OVER: Poll<Option<()>> = Poll::Ready(None);
    const DONE: Poll<Option<()>> = Poll::Ready(Some(()));

    /// A deadline so many seconds from now, of a call that has so many, by a clock that stands still.
    fn deadline(limit: u64, total: Option<u64>) -> (Deadline, Fake) {
        let fake = Fake::new([]);
        fake.pace();
        let end = total.map(Duration::from_secs).map(|total| End {
            at: fake.elapsed() + total,
            total,
        });
        let clock = Arc::new(fake.clone());
        (Deadline::after(Duration::from_secs(limit), end, clock), fake)
    }

    /// What comes of work that is at this point after so many seconds more.
    fn after(seconds: u64, deadline: &mut Deadline, fake: &Fake, work: Poll<()>) -> Poll<Option<()>> {
        fake.pass(Duration::from_secs(seconds));
        deadline.poll(&mut Context::from_waker(Waker::noop()), |_| work)
    }

    /// Lets one piece of a body go on its way.
    fn moves(body: &mut Body) {
        let piece = Pin::new(body).poll_next(&mut Context::from_waker(Waker::noop()));
        assert!(matches!(piece, Poll::Ready(Some(Ok(_)))));
    }

    /// A body of four pieces.
    struct Pieces;

    impl Open for Pieces {
        fn len(&self) -> Option<u64> {
            Some(4)
        }

        fn is_repeatable(&self) -> bool {
            false
        }

        fn open(&self) -> BoxFuture<'static, Result<Body, TransportError>> {
            let pieces = (0..4).map(|_| Some(Ok(Bytes::from("a"))));
            let Reply::Answer(answer) = chunks(pieces.collect()) else {
                unreachable!()
            };
            Box::pin(std::future::ready(Ok(answer.into_body().with_len(4))))
        }
    }

    /// The body of a request that is sent under a deadline.
    fn sent(deadline: &mut Deadline) -> Body {
        let content = Content::Opened(Arc::new(Pieces));
        let watch = deadline.watch(&content);
        watch(block_on(content.open()).unwrap())
    }

    #[test]
    fn what_comes_too_late_does_not_count_any_more() {
        let (mut deadline, fake) = deadline(7, None);
        let told = deadline.told();
        assert_eq!(after(6, &mut deadline, &fake, Poll::Pending), PENDING);
        assert!(!told.load(Ordering::Relaxed));
        assert_eq!(after(1, &mut deadline, &fake, Poll::Pending), OVER);
        assert!(told.load(Ordering::Relaxed));
        assert_eq!(after(0, &mut deadline, &fake, Poll::Ready(())), OVER);
        assert_eq!(deadline.message(), "no whole answer within 7s");
        // What is there when the time is over is there.
        let (mut deadline, fake) = self::deadline(7, None);
        assert_eq!(after(7, &mut deadline, &fake, Poll::Ready(())), DONE);
    }

    #[test]
    fn a_body_has_time_as_long_as_it_moves_and_no_longer() {
        let (mut deadline, fake) = deadline(7, None);
        let mut body = sent(&mut deadline);
        assert_eq!(body.known_len(), Some(4));
        for _ in 0..3 {
            moves(&mut body);
            assert_eq!(after(7, &mut deadline, &fake, Poll::Pending), PENDING);
        }
        assert_eq!(after(7, &mut deadline, &fake, Poll::Pending), OVER);
        assert_eq!(deadline.message(), "nothing was sent and no answer came for 7s");
    }

    #[test]
    fn a_call_ends_however_its_body_moves() {
        let (mut deadline, fake) = deadline(7, Some(10));
        let mut body = sent(&mut deadline);
        moves(&mut body);
        assert_eq!(after(7, &mut deadline, &fake, Poll::Pending), PENDING);
        moves(&mut body);
        assert_eq!(after(3, &mut deadline, &fake, Poll::Pending), OVER);
        assert_eq!(deadline.message(), "the call took longer than 10s");
    }

    /// A transport with a clock that is set back whenever somebody looks at it, and with one that nobody
    /// sets.
    #[derive(Debug)]
    struct SetBack(Fake, Mutex<Duration>);

    impl Transport for SetBack {
        fn call(
            &self,
            request: http::Request<Body>,
        ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
            self.0.call(request)
        }

        fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
            self.0.sleep(duration)
        }

        fn now(&self) -> SystemTime {
            let mut back = self.1.lock().unwrap();
            *back += Duration::from_secs(3600);
            self.0.now() - *back
        }

        fn elapsed(&self) -> Duration {
            self.0.elapsed()
        }
    }

    #[test]
    fn a_call_has_no_more_time_when_the_clock_is_set_back() {
        let fake = Fake::new([]);
        let transport: Arc<dyn Transport> = Arc::new(SetBack(fake.clone(), Mutex::default()));
        let mut builder = builder(&fake);
        builder.transport(Arc::new(Arc::clone(&transport)));
        builder.options(|options: Options| options.total_timeout(Duration::from_secs(30)));
        let end = End::of(&builder.build(None).unwrap()).unwrap();
        for left in [20, 10, 0, 0] {
            fake.pass(Duration::from_secs(10));
            let left = Duration::from_secs(left);
            assert!((left.saturating_sub(Duration::from_secs(5))..=left).contains(&end.left(&transport)), "{left:?}");
        }
    }

    #[test]
    fn each_piece_of_an_answer_has_its_own_time_whatever_the_call_had() {
        let (deadline, fake) = deadline(7, Some(3));
        let mut deadline = deadline.for_each(Duration::from_secs(5));
        assert_eq!(after(60, &mut deadline, &fake, Poll::Pending), PENDING);
        assert_eq!(after(4, &mut deadline, &fake, Poll::Ready(())), DONE);
        // The time begins with the wait, and not with the piece before.
        assert_eq!(after(60, &mut deadline, &fake, Poll::Pending), PENDING);
        assert_eq!(after(4, &mut deadline, &fake, Poll::Pending), PENDING);
        assert_eq!(after(1, &mut deadline, &fake, Poll::Pending), OVER);
        assert_eq!(deadline.message(), "nothing came for 5s");
    }
}
