//! Server-sent events for code that isn't asynchronous.

use super::blocking::BlockingStream;
use super::event_stream::EventStream;

impl<T> EventStream<T> {
    /// The events as an iterator: each step waits for the next one.
    pub fn wait(self) -> BlockingStream<Self> {
        BlockingStream::new(self)
    }
}
