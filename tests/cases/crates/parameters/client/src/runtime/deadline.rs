//! A time limit over several awaits: the head of an answer and every chunk of its body.

use super::transport::{BoxFuture, Transport};
use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

/// A moment after which nothing is waited for any more.
pub(super) struct Deadline {
    timer: BoxFuture<'static, ()>,
    limit: Duration,
    is_over: bool,
}

impl Deadline {
    /// A deadline `limit` from now, by the transport's clock.
    pub(super) fn after(limit: Duration, transport: &dyn Transport) -> Self {
        Self {
            timer: transport.sleep(limit),
            limit,
            is_over: false,
        }
    }

    pub(super) fn limit(&self) -> Duration {
        self.limit
    }

    /// What `work` comes to; `None` when the deadline comes first, now or earlier.
    pub(super) async fn race<T>(&mut self, work: impl Future<Output = T>) -> Option<T> {
        let mut work = pin!(work);
        poll_fn(|context| {
            if self.is_over {
                return Poll::Ready(None);
            }
            if let Poll::Ready(value) = work.as_mut().poll(context) {
                return Poll::Ready(Some(value));
            }
            self.is_over = self.timer.as_mut().poll(context).is_ready();
            if self.is_over {
                Poll::Ready(None)
            } else {
                Poll::Pending
            }
        })
        .await
    }
}

impl fmt::Debug for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Deadline").field(&self.limit).finish()
    }
}
