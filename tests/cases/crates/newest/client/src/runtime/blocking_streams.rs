//! Streams of values for code that isn't asynchronous: what opens them.

use super::blocking::wait;
use super::error::Error;
use super::streaming::SendingStream;

impl<S> SendingStream<S> {
    /// Sends the call, and waits for the head of the answer; `.wait()` of what it gives is an iterator.
    ///
    /// # Errors
    /// As when it is awaited.
    pub fn wait(self) -> Result<S, Error> {
        wait(self)
    }
}
