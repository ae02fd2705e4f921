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
use std::time::{Duration, SystemTime};

/// When a call ends, whatever becomes of it.
#[derive(Clone, Copy)]
pub(super) struct End {
    at: SystemTime,
    total: Duration,
}

impl End {
    /// The end of a call that begins now, if it has one.
    pub(super) fn of(core: &Core) -> Option<Self> {
        let total = core.options.total_timeout?;
        // What is beyond all calendars is no end.
        let at = core.shared.transport.now().checked_add(total)?;
        Some(Self { at, total })
    }

    /// How long it is until then, by this clock.
    pub(super) fn left(&self, clock: &dyn Transport) -> Duration {
        self.at.duration_since(clock.now()).unwrap_or_default()
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
        if let Some(moved) = &moved {
            self.restarts = Restarts::Moving(Arc::clone(moved));
        }
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
