//! Calls for code that isn't asynchronous: the thread that calls waits.
//!
//! There is no second client. A future of this one is polled where it is waited for; what the
//! default transport does beside that, such as connections and timers, runs on one thread in the
//! background, which begins with the first call and is shared by all clients. With a transport that
//! is synchronous itself, and without files, nothing ever waits, and that thread is never there.

use super::error::Error;
use super::response::{RawResponse, Response};
use super::sending::{Sending, SendingRaw, SendingWithResponse};
use futures_core::Stream;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// Waits for anything of this client, such as `raw.bytes()`.
///
/// The thread is blocked until then: inside of an asynchronous runtime, await it instead.
pub fn wait<F: Future>(future: F) -> F::Output {
    #[cfg(any(feature = "reqwest", feature = "fs"))]
    let _runtime = background::enter();
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        thread::park();
    }
}

/// Lets the thread that waits go on.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// The runtime that the default transport and files need around them.
#[cfg(any(feature = "reqwest", feature = "fs"))]
mod background {
    use std::sync::OnceLock;
    use tokio::runtime::{Builder, EnterGuard, Handle};

    /// Makes the background thread's runtime that of this thread, until the guard is dropped. There
    /// is none where the system gives no thread: calls then fail as they do outside of a runtime.
    pub(super) fn enter() -> Option<EnterGuard<'static>> {
        static HANDLE: OnceLock<Option<Handle>> = OnceLock::new();
        HANDLE.get_or_init(start).as_ref().map(Handle::enter)
    }

    fn start() -> Option<Handle> {
        let runtime = Builder::new_current_thread().enable_all().build().ok()?;
        let handle = runtime.handle().clone();
        let run = move || runtime.block_on(std::future::pending::<()>());
        let thread = std::thread::Builder::new().name(concat!(env!("CARGO_PKG_NAME"), "-io").into());
        thread.spawn(run).ok()?;
        Some(handle)
    }
}

impl<T> Sending<T> {
    /// Sends the call, and waits for the decoded answer.
    ///
    /// # Errors
    /// As when it is awaited.
    pub fn wait(self) -> Result<T, Error> {
        wait(self)
    }
}

impl<T> SendingWithResponse<T> {
    /// Sends the call, and waits for the decoded answer with status, headers and bytes.
    ///
    /// # Errors
    /// As when it is awaited.
    pub fn wait(self) -> Result<Response<T>, Error> {
        wait(self)
    }
}

impl SendingRaw {
    /// Sends the call, and waits for the head of the answer; [`wait`] takes its body.
    ///
    /// # Errors
    /// As when it is awaited.
    pub fn wait(self) -> Result<RawResponse, Error> {
        wait(self)
    }
}

/// A stream of this client as an iterator: each step waits for what comes next.
#[derive(Debug)]
#[must_use = "nothing is asked for until the iterator is"]
pub struct BlockingStream<S>(S);

impl<S> BlockingStream<S> {
    /// The items of `stream`.
    pub fn new(stream: S) -> Self {
        Self(stream)
    }
}

impl<S: Stream + Unpin> Iterator for BlockingStream<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        wait(poll_fn(|context| Pin::new(&mut self.0).poll_next(context)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::call::Call;
    use super::super::testing::{Fake, GET, answer, builder};
    use super::*;
    use std::time::Duration;

    /// Whatever the transport: they are read beside.
    #[cfg(feature = "fs")]
    #[test]
    fn files_are_waited_for() {
        assert!(wait(tokio::fs::read("Cargo.toml")).is_ok());
    }

    #[test]
    fn calls_are_waited_for() {
        let fake = Fake::new([answer(500, ""), answer(200, "[7]"), answer(200, "[8]"), answer(200, "[9]")]);
        let core = builder(&fake).build(None).unwrap();
        let call = || Call::new(&core, &GET).send::<Vec<i64>>();
        assert_eq!(call().wait().unwrap(), [7]);
        assert_eq!(call().with_response().wait().unwrap().into_value(), [8]);
        assert_eq!(wait(call().raw().wait().unwrap().bytes()).unwrap(), "[9]");
    }

    #[test]
    fn what_another_thread_does_is_waited_for() {
        let (mut sent, mut state) = (false, None);
        let output = wait(poll_fn(|context| {
            if !std::mem::replace(&mut sent, true) {
                let waker = context.waker().clone();
                state = Some(thread::spawn(move || {
                    thread::sleep(Duration::from_millis(10));
                    waker.wake();
                }));
                return Poll::Pending;
            }
            Poll::Ready(7)
        }));
        assert_eq!(output, 7);
        state.unwrap().join().unwrap();
    }
}
