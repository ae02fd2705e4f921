//! A time limit over awaits: one over the head of an answer and all of its body, or one over each
//! piece of a body that streams.

use super::transport::{BoxFuture, Transport};
use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

/// A moment after which nothing is waited for any more.
pub(super) struct Deadline {
    /// What measures the wait for each piece; none where all pieces share one limit.
    clock: Option<Arc<dyn Transport>>,
    timer: Option<BoxFuture<'static, ()>>,
    limit: Duration,
    is_over: bool,
}

impl Deadline {
    /// A deadline `limit` from now, by the transport's clock.
    pub(super) fn after(limit: Duration, transport: &dyn Transport) -> Self {
        Self {
            clock: None,
            timer: Some(transport.sleep(limit)),
            limit,
            is_over: false,
        }
    }

    /// A deadline for each piece, `limit` after the wait for it began.
    pub(super) fn for_each(limit: Duration, clock: Arc<dyn Transport>) -> Self {
        Self {
            clock: Some(clock),
            timer: None,
            limit,
            is_over: false,
        }
    }

    /// The words of a limit that was reached.
    pub(super) fn message(&self) -> String {
        match self.clock {
            Some(_) => format!("nothing came for {:?}", self.limit),
            None => format!("no whole answer within {:?}", self.limit),
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
            if self.clock.is_some() {
                self.timer = None;
            }
            return Poll::Ready(Some(value));
        }
        if let (None, Some(clock)) = (&self.timer, &self.clock) {
            self.timer = Some(clock.sleep(self.limit));
        }
        let timer = self.timer.as_mut();
        self.is_over = timer.is_some_and(|timer| timer.as_mut().poll(context).is_ready());
        if self.is_over {
            Poll::Ready(None)
        } else {
            Poll::Pending
        }
    }

    /// The same for a future.
    pub(super) async fn race<T>(&mut self, work: impl Future<Output = T>) -> Option<T> {
        let mut work = pin!(work);
        poll_fn(|context| self.poll(context, |context| work.as_mut().poll(context))).await
    }
}

impl fmt::Debug for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Deadline").field(&self.limit).finish()
    }
}
