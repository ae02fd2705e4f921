//! Lists in pages for code that isn't asynchronous: iterators.

use super::blocking::BlockingStream;
use super::paging::{Items, Pages};

impl<P> Pages<P> {
    /// The pages as an iterator: each step waits for one.
    pub fn wait(self) -> BlockingStream<Self> {
        BlockingStream::new(self)
    }
}

impl<P, T> Items<P, T> {
    /// The items as an iterator, which waits where it needs another page.
    pub fn wait(self) -> BlockingStream<Self> {
        BlockingStream::new(self)
    }
}
