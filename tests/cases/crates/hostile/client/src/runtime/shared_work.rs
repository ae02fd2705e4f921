//! Work that many wait for, and that is done once.
//!
//! Those who wait poll it in turn, so that it goes on whichever of them is dropped, and ends when the
//! last one is: it is theirs.

use super::transport::BoxFuture;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError, TryLockError};
use std::task::{Context, Poll, Wake, Waker};

/// A future, and then what it came to.
pub(super) struct SharedWork<T> {
    state: Mutex<State<T>>,
    waiting: Arc<Wakers>,
}

enum State<T> {
    UnderWay(BoxFuture<'static, T>),
    Done(T),
}

impl<T: Clone> SharedWork<T> {
    /// Work that nobody waits for yet.
    pub(super) fn new(future: BoxFuture<'static, T>) -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State::UnderWay(future)),
            waiting: Arc::default(),
        })
    }

    /// A place among those who wait.
    pub(super) fn join(self: Arc<Self>) -> Waiting<T> {
        Waiting { work: self }
    }
}

/// One who waits.
pub(super) struct Waiting<T> {
    work: Arc<SharedWork<T>>,
}

impl<T: Clone> Future for Waiting<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let SharedWork { state, waiting } = &*self.work;
        waiting.add(context.waker());
        let mut state = match state.try_lock() {
            Ok(state) => state,
            // It panicked, as it does again if it can't go on.
            Err(TryLockError::Poisoned(state)) => state.into_inner(),
            // Another one polls it right now, and wakes this one when it is done, or leaves.
            Err(TryLockError::WouldBlock) => return Poll::Pending,
        };
        let done = match &mut *state {
            State::Done(done) => done.clone(),
            State::UnderWay(future) => {
                // Whatever it waits for wakes all: each may be the one who polls it next.
                let waker = Waker::from(Arc::clone(waiting));
                let Poll::Ready(done) = future.as_mut().poll(&mut Context::from_waker(&waker)) else {
                    return Poll::Pending;
                };
                *state = State::Done(done.clone());
                done
            }
        };
        drop(state);
        waiting.wake_all();
        Poll::Ready(done)
    }
}

/// The one who leaves may be the one who was woken to poll the work.
impl<T> Drop for Waiting<T> {
    fn drop(&mut self) {
        self.work.waiting.wake_all();
    }
}

/// Those who wait. The work knows them alone, and not itself: it would never be dropped.
#[derive(Default)]
struct Wakers(Mutex<Vec<Waker>>);

impl Wakers {
    fn add(&self, waker: &Waker) {
        let mut wakers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !wakers.iter().any(|other| other.will_wake(waker)) {
            wakers.push(waker.clone());
        }
    }

    fn wake_all(&self) {
        let mut wakers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let woken = std::mem::take(&mut *wakers);
        drop(wakers);
        woken.into_iter().for_each(Waker::wake);
    }
}

impl Wake for Wakers {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::block_on;
    use super::*;
    use std::future::{pending, poll_fn};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread::Thread;

    /// Counts how often it is woken.
    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    impl Count {
        fn poll<T: Clone>(self: &Arc<Self>, waiting: &mut Waiting<T>) -> Poll<T> {
            let waker = Waker::from(Arc::clone(self));
            Pin::new(waiting).poll(&mut Context::from_waker(&waker))
        }

        fn woken(&self) -> usize {
            self.0.swap(0, Ordering::SeqCst)
        }
    }

    fn counts() -> [Arc<Count>; 2] {
        [Arc::default(), Arc::default()]
    }

    /// Waits as a thread does: it sleeps until it is woken.
    fn parked<T: Clone>(mut waiting: Waiting<T>) -> T {
        struct Unpark(Thread);
        impl Wake for Unpark {
            fn wake(self: Arc<Self>) {
                self.0.unpark();
            }
        }
        let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
        loop {
            match Pin::new(&mut waiting).poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(done) => return done,
                Poll::Pending => std::thread::park(),
            }
        }
    }

    /// Work that is done at the third poll.
    fn third(polls: &Arc<AtomicUsize>) -> Arc<SharedWork<usize>> {
        let polls = Arc::clone(polls);
        SharedWork::new(Box::pin(poll_fn(move |context| {
            context.waker().wake_by_ref();
            match polls.fetch_add(1, Ordering::SeqCst) + 1 {
                done @ 3.. => Poll::Ready(done),
                _ => Poll::Pending,
            }
        })))
    }

    #[test]
    fn it_is_done_once_for_all() {
        let polls = Arc::default();
        let work = third(&polls);
        let waiting = [0, 1, 2].map(|_| Arc::clone(&work).join());
        assert_eq!(waiting.map(block_on), [3, 3, 3]);
        assert_eq!(polls.load(Ordering::SeqCst), 3);
    }

    #[test]
    fn threads_wait_for_the_same() {
        for _ in 0..100 {
            let polls = Arc::default();
            let work = third(&polls);
            std::thread::scope(|scope| {
                let threads = [0; 8].map(|_| scope.spawn(|| parked(Arc::clone(&work).join())));
                assert_eq!(threads.map(|thread| thread.join().unwrap()), [3; 8]);
            });
            assert_eq!(polls.load(Ordering::SeqCst), 3);
        }
    }

    #[test]
    fn what_it_waits_for_wakes_all_and_so_does_its_end() {
        let at_hand: Arc<Mutex<Option<Waker>>> = Arc::default();
        let inside = Arc::clone(&at_hand);
        let work = SharedWork::new(Box::pin(poll_fn(move |context| {
            match inside.lock().unwrap().replace(context.waker().clone()) {
                Some(_) => Poll::Ready(()),
                None => Poll::Pending,
            }
        })));
        let [first, second] = counts();
        let mut waiting = [(); 2].map(|()| Arc::clone(&work).join());
        assert!(first.poll(&mut waiting[0]).is_pending());
        let waker = at_hand.lock().unwrap().clone().unwrap();
        waker.wake_by_ref();
        assert_eq!((first.woken(), second.woken()), (1, 0));
        // The next poll ends it.
        let inner = Arc::clone(&work.waiting);
        inner.add(&Waker::from(Arc::clone(&second)));
        assert!(first.poll(&mut waiting[0]).is_ready());
        assert_eq!(second.woken(), 1);
        assert!(second.poll(&mut waiting[1]).is_ready());
    }

    #[test]
    fn who_leaves_wakes_the_others() {
        let work = SharedWork::new(Box::pin(pending::<()>()));
        let [first, second] = counts();
        let mut waiting = [(); 2].map(|()| Arc::clone(&work).join());
        assert!(first.poll(&mut waiting[0]).is_pending());
        assert!(second.poll(&mut waiting[1]).is_pending());
        let [one, _other] = waiting;
        drop(one);
        assert_eq!(second.woken(), 1);
    }

    #[test]
    fn the_last_one_to_leave_ends_it() {
        let held = Arc::new(());
        let inside = Arc::clone(&held);
        let work = SharedWork::new(Box::pin(async move {
            let _inside = inside;
            // Like a timer, it keeps the waker that it was polled with.
            let mut kept = None;
            poll_fn(|context| {
                kept = Some(context.waker().clone());
                Poll::<()>::Pending
            })
            .await;
        }));
        let [count, _] = counts();
        let mut waiting = work.join();
        assert!(count.poll(&mut waiting).is_pending());
        assert_eq!(Arc::strong_count(&held), 2);
        drop(waiting);
        assert_eq!(Arc::strong_count(&held), 1);
    }

    #[test]
    fn one_who_panics_leaves_it_to_the_others() {
        let polls = Arc::new(AtomicUsize::new(0));
        let inside = Arc::clone(&polls);
        let work = SharedWork::new(Box::pin(poll_fn(move |_| {
            assert!(inside.fetch_add(1, Ordering::SeqCst) > 0, "the first poll");
            Poll::Ready(7)
        })));
        let first = Arc::clone(&work).join();
        assert!(std::thread::spawn(|| block_on(first)).join().is_err());
        assert_eq!(block_on(work.join()), 7);
    }
}
