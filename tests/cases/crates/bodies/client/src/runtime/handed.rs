//! What comes about on one thread, for whoever waits for it, wherever: what belongs to JavaScript can't
//! move to another thread, and the futures of a client can.
#![cfg(any(test, all(target_arch = "wasm32", target_os = "unknown")))]

use futures_core::Stream;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// The values of a stream that is polled elsewhere, one at a time.
pub(super) struct Handed<T>(Arc<Hatch<T>>);

/// The values of `stream`, and what is to be polled on its own thread for them to come. That ends with the
/// stream, or as soon as nobody waits.
pub(super) fn handed<T>(stream: impl Stream<Item = T>) -> (Handed<T>, impl Future<Output = ()>) {
    let hatch = Arc::new(Hatch(Mutex::new(State {
        item: None,
        is_over: false,
        is_abandoned: false,
        giver: None,
        taker: None,
    })));
    let giver = Giver(Arc::clone(&hatch));
    let give = async move {
        let mut stream = pin!(stream);
        poll_fn(|context| giver.poll(stream.as_mut(), context)).await;
    };
    (Handed(hatch), give)
}

impl<T> Handed<T> {
    /// The next value; `None` when there is none any more.
    pub(super) async fn next(&mut self) -> Option<T> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T> Stream for Handed<T> {
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        let mut state = self.0.state();
        if let Some(item) = state.item.take() {
            wake(state.giver.take());
            return Poll::Ready(Some(item));
        }
        if state.is_over {
            return Poll::Ready(None);
        }
        state.taker = Some(context.waker().clone());
        Poll::Pending
    }
}

impl<T> Drop for Handed<T> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.is_abandoned = true;
        wake(state.giver.take());
    }
}

/// Where values go through.
struct Hatch<T>(Mutex<State<T>>);

struct State<T> {
    item: Option<T>,
    is_over: bool,
    is_abandoned: bool,
    giver: Option<Waker>,
    taker: Option<Waker>,
}

impl<T> Hatch<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The side that has the stream.
struct Giver<T>(Arc<Hatch<T>>);

impl<T> Giver<T> {
    fn poll(&self, mut stream: Pin<&mut impl Stream<Item = T>>, context: &mut Context<'_>) -> Poll<()> {
        loop {
            {
                let mut state = self.0.state();
                if state.is_abandoned {
                    return Poll::Ready(());
                }
                state.giver = Some(context.waker().clone());
                if state.item.is_some() {
                    return Poll::Pending;
                }
            }
            match stream.as_mut().poll_next(context) {
                Poll::Ready(Some(item)) => {
                    let mut state = self.0.state();
                    state.item = Some(item);
                    wake(state.taker.take());
                }
                Poll::Ready(None) => return Poll::Ready(()),
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

impl<T> Drop for Giver<T> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.is_over = true;
        wake(state.taker.take());
    }
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::task::Wake;

    /// Counts how often it is woken.
    #[derive(Default)]
    struct Counted(AtomicU32);

    impl Wake for Counted {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Gives what it is told to, and waits in between where it has nothing.
    struct Told(Vec<Option<u8>>);

    impl Stream for Told {
        type Item = u8;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u8>> {
            match self.0.is_empty() {
                true => Poll::Ready(None),
                false => self.0.remove(0).map_or(Poll::Pending, |item| Poll::Ready(Some(item))),
            }
        }
    }

    #[test]
    fn values_go_over_one_at_a_time() {
        let (giving, taking) = (Arc::new(Counted::default()), Arc::new(Counted::default()));
        let wakers = [&giving, &taking].map(|waker| Waker::from(Arc::clone(waker)));
        let [mut giver, mut taker] = wakers.each_ref().map(Context::from_waker);
        let (mut handed, give) = handed(Told(vec![Some(1), Some(2), None, Some(3)]));
        let mut give = pin!(give);
        let mut next = move || Pin::new(&mut handed).poll_next(&mut taker);

        assert_eq!(next(), Poll::Pending);
        assert_eq!(give.as_mut().poll(&mut giver), Poll::Pending);
        assert_eq!(taking.0.load(Ordering::Relaxed), 1, "the first is there");
        assert_eq!(next(), Poll::Ready(Some(1)));
        assert_eq!(giving.0.load(Ordering::Relaxed), 1, "there is room for the second");
        assert_eq!(next(), Poll::Pending);
        assert_eq!(give.as_mut().poll(&mut giver), Poll::Pending);
        assert_eq!(next(), Poll::Ready(Some(2)));
        assert_eq!(give.as_mut().poll(&mut giver), Poll::Pending, "the stream waits");
        assert_eq!(next(), Poll::Pending);
        assert_eq!(give.as_mut().poll(&mut giver), Poll::Pending);
        assert_eq!(next(), Poll::Ready(Some(3)));
        assert_eq!(next(), Poll::Pending);
        assert_eq!(give.as_mut().poll(&mut giver), Poll::Ready(()));
        assert_eq!(next(), Poll::Ready(None));
    }

    #[test]
    fn what_nobody_waits_for_ends() {
        let giving = Arc::new(Counted::default());
        let waker = Waker::from(Arc::clone(&giving));
        let mut giver = Context::from_waker(&waker);
        let (waiting, give) = handed(Told(vec![None, None, None]));
        let mut give = pin!(give);
        assert_eq!(give.as_mut().poll(&mut giver), Poll::Pending);
        drop(waiting);
        assert_eq!(giving.0.load(Ordering::Relaxed), 1);
        assert_eq!(give.as_mut().poll(&mut giver), Poll::Ready(()));
    }

    #[test]
    fn what_is_polled_no_more_is_over() {
        let taking = Arc::new(Counted::default());
        let waker = Waker::from(Arc::clone(&taking));
        let mut taker = Context::from_waker(&waker);
        let (mut handed, give) = handed(Told(vec![Some(1)]));
        assert_eq!(Pin::new(&mut handed).poll_next(&mut taker), Poll::Pending);
        drop(give);
        assert_eq!(taking.0.load(Ordering::Relaxed), 1);
        assert_eq!(Pin::new(&mut handed).poll_next(&mut taker), Poll::Ready(None));
    }
}
