//! Values of JSON, one after another, for code that isn't asynchronous.

use super::blocking::BlockingStream;
use super::json_stream::JsonStream;

impl<T> JsonStream<T> {
    /// The values as an iterator: each step waits for the next one.
    pub fn wait(self) -> BlockingStream<Self> {
        BlockingStream::new(self)
    }
}
