//! Work beside other work: a second thread for what has nothing to do with what comes next.

use std::thread::{Builder, scope};

/// The stack of the thread, in bytes: what a program's own thread has.
const STACK: usize = 8 << 20;

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
    use super::*;

    #[test]
    fn both_are_done_and_what_is_spent_is_gone() {
        assert_eq!(both(|| "here", || "there"), ("here", "there"));
        let spent = std::sync::Arc::new(());
        let weak = std::sync::Arc::downgrade(&spent);
        assert_eq!(dropping(spent, || 1), 1);
        assert!(weak.upgrade().is_none());
    }
}
