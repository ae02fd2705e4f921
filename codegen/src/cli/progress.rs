//! Progress: the name of the stage on standard error, when that is a terminal and the work takes a while.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_millis(500);
const CLEAR_LINE: &str = "\r\u{1b}[2K";

/// The line at the bottom.
#[derive(Debug)]
pub(super) struct Progress {
    since: Instant,
    is_terminal: bool,
    shown: AtomicBool,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self { since: Instant::now(), is_terminal: io::stderr().is_terminal(), shown: AtomicBool::new(false) }
    }

    /// A stage begins.
    pub(super) fn stage(&self, name: &str) {
        if self.is_terminal && self.since.elapsed() >= PATIENCE {
            self.shown.store(true, Ordering::Relaxed);
            let _ = write!(io::stderr(), "{CLEAR_LINE}{name} …");
        }
    }

    /// The work is done: the line goes away.
    pub(super) fn end(&self) {
        if self.shown.swap(false, Ordering::Relaxed) {
            let _ = write!(io::stderr(), "{CLEAR_LINE}");
        }
    }
}
