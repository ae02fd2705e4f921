//! Work beside other work: a second thread for what has nothing to do with what comes next.

use std::thread::{Builder, scope};

/// The stack of a thread, in bytes: what stands inside one another in a description is walked and parsed by recursion.
const STACK: usize = 16 << 20;

/// Does both, at once where there is a thread to be had.
pub(crate) fn both<A, B: Send>(here: impl FnOnce() -> A, there: impl Fn() -> B + Sync) -> (A, B) {
    scope(|scope| {
        let thread = Builder::new().stack_size(STACK).spawn_scoped(scope, &there);
        let here = here();
        let there = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(_) => there(),
        };
        (here, there)
    })
}

/// Does the same work on `count` threads at once, this one among them; on fewer, where there are no more to be had.
pub(crate) fn among<R: Send>(count: usize, work: impl Fn() -> R + Sync) -> Vec<R> {
    scope(|scope| {
        let start = |_| Builder::new().stack_size(STACK).spawn_scoped(scope, &work).ok();
        let others: Vec<_> = (1..count).filter_map(start).collect();
        let mut done = vec![work()];
        done.extend(
            others.into_iter().map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))),
        );
        done
    })
}

/// Does some work on a deep stack; here, where there is no thread to be had. The memory that it needed for a while is there
/// for the next one that is done so.
pub(crate) fn apart<R: Send>(mut work: impl FnMut() -> R + Send) -> R {
    let done = scope(|scope| {
        let thread = Builder::new().stack_size(STACK).spawn_scoped(scope, &mut work).ok()?;
        Some(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    done.unwrap_or_else(work)
}

/// Does some work while what is no longer needed is given back, which takes long where it is much.
pub(crate) fn dropping<T: Send, R>(spent: T, work: impl FnOnce() -> R) -> R {
    scope(|scope| {
        // Where there is no thread to be had, it is given back at once.
        let _ = Builder::new().spawn_scoped(scope, move || drop(spent));
        work()
    })
}

#[cfg(test)]
mod tests {
    use std::sync::{Mutex, PoisonError};

    use super::*;

    #[test]
    fn what_is_done_apart_is_done_once() {
        let mut times = 0;
        let done = apart(|| {
            times += 1;
            "done"
        });
        assert_eq!((done, times), ("done", 1));
    }

    #[test]
    fn the_same_is_done_by_all() {
        let done = Mutex::new(0);
        let all = among(3, || *done.lock().unwrap_or_else(PoisonError::into_inner) += 1);
        assert_eq!(all.len(), done.into_inner().unwrap());
    }

    #[test]
    fn both_are_done_and_what_is_spent_is_gone() {
        assert_eq!(both(|| "here", || "there"), ("here", "there"));
        let spent = std::sync::Arc::new(());
        let weak = std::sync::Arc::downgrade(&spent);
        assert_eq!(dropping(spent, || 1), 1);
        assert!(weak.upgrade().is_none());
    }
}
