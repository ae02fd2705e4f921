//! Lists in pages: one call after another, as a stream of pages or of what is on them.
//!
//! How the next page is asked for, and when there is none, is a [`Rule`] in a file of its own.
//! Every call has the credentials, options and errors of the first. Nothing here trusts a server to
//! come to an end: what repeats ends the list, and a list is at most 10,000 pages long.

use super::call::Call;
use super::encode::Encode;
use super::error::{Error, ErrorKind};
use super::sending::{Answer, Sending};
use super::serialize::serialize;
use futures_core::Stream;
use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

/// The most pages that a list may have.
const MOST_PAGES: usize = 10_000;

/// What a page says about itself and the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageInfo {
    pub(super) len: usize,
    fingerprint: u64,
    pub(super) total: Option<u64>,
    pub(super) end: Option<u64>,
}

impl PageInfo {
    /// A page with these items.
    pub fn of<T: Encode>(items: &[T]) -> Self {
        let mut hash = Hash(DefaultHasher::new());
        let mut writer = serde_json::Serializer::new(&mut hash);
        // What can't be written as JSON didn't come as JSON, so what precedes it will do for it.
        let _ = serialize(&items, &mut writer);
        Self {
            len: items.len(),
            fingerprint: hash.0.finish(),
            total: None,
            end: None,
        }
    }

    /// How many items the whole list has. What can't be a count is ignored.
    #[must_use]
    pub fn total(mut self, total: Option<impl Count>) -> Self {
        self.total = total.and_then(Count::count);
        self
    }

    /// How many items of the list there are up to the end of this page. What can't be a count is
    /// ignored.
    #[must_use]
    pub fn end(mut self, end: Option<impl Count>) -> Self {
        self.end = end.and_then(Count::count);
        self
    }
}

/// A hash of the bytes that are written.
struct Hash(DefaultHasher);

impl io::Write for Hash {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A number that may count items.
pub trait Count {
    /// The count, if it is one: whole, not negative, and exact in every JSON implementation (below
    /// 2^53; RFC 8259, section 6).
    fn count(self) -> Option<u64>;
}

impl Count for u64 {
    fn count(self) -> Option<u64> {
        (self < 1 << 53).then_some(self)
    }
}

impl Count for u32 {
    fn count(self) -> Option<u64> {
        Some(self.into())
    }
}

impl Count for i64 {
    fn count(self) -> Option<u64> {
        u64::try_from(self).ok().and_then(Count::count)
    }
}

impl Count for i32 {
    fn count(self) -> Option<u64> {
        u64::try_from(self).ok()
    }
}

impl Count for f64 {
    fn count(self) -> Option<u64> {
        let is_whole = self >= 0.0 && self.trunc() == self;
        // Beyond the range the conversion saturates, and the limit refuses it.
        is_whole.then_some(self as u64).and_then(Count::count)
    }
}

/// How the pages of a list follow each other.
pub(super) trait Rule: Send + Sync {
    /// Makes `call` one for the next page.
    fn ask(&self, call: &mut Call);

    /// Takes note of a page that isn't empty, and says whether another may follow.
    fn turn(&mut self, page: &PageInfo) -> bool;
}

/// The part of a list's state that knows no types.
struct Turner {
    call: Call,
    rule: Box<dyn Rule>,
    /// Fingerprints of the pages so far.
    seen: HashSet<u64>,
    is_done: bool,
}

impl Turner {
    /// The call for the next page; `None` at the end.
    fn next(&mut self) -> Option<Result<Call, Error>> {
        if self.is_done {
            return None;
        }
        if self.seen.len() >= MOST_PAGES {
            self.is_done = true;
            let message = format!("the list has more than {MOST_PAGES} pages");
            let target = self.call.target.clone();
            return Some(Err(
                Error::new(ErrorKind::Paging, message).with(|error| error.target = Some(target))
            ));
        }
        let mut call = self.call.clone();
        self.rule.ask(&mut call);
        Some(Ok(call))
    }

    /// Whether the page belongs to the list: it has items, and isn't one of before. A server that
    /// ignores the page it was asked for, or stays at the last one, ends the list so.
    fn admit(&mut self, page: &PageInfo) -> bool {
        let is_new = page.len > 0 && self.seen.insert(page.fingerprint);
        self.is_done = !is_new || !self.rule.turn(page);
        is_new
    }
}

/// The pages of a list, each asked for when it is polled for.
///
/// After an error the list is over.
#[must_use = "pages are not asked for until they are polled"]
pub struct Pages<P> {
    turner: Turner,
    read: fn(&P) -> PageInfo,
    under_way: Option<Sending<P>>,
}

impl<P: Answer> Pages<P> {
    /// The list that `call` begins; `read` finds what a page says about itself.
    pub(super) fn new(call: Call, rule: Box<dyn Rule>, read: fn(&P) -> PageInfo) -> Self {
        let turner = Turner {
            call,
            rule,
            seen: HashSet::new(),
            is_done: false,
        };
        Self {
            turner,
            read,
            under_way: None,
        }
    }

    /// The next page; `None` at the end.
    ///
    /// # Errors
    /// As the operation itself, and [`ErrorKind::Paging`] beyond 10,000 pages.
    pub async fn try_next(&mut self) -> Result<Option<P>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }
}

impl<P: Answer> Stream for Pages<P> {
    type Item = Result<P, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut under_way = match self.under_way.take() {
            Some(under_way) => under_way,
            None => match self.turner.next() {
                Some(Ok(call)) => call.send(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            },
        };
        match Pin::new(&mut under_way).poll(context) {
            Poll::Pending => {
                self.under_way = Some(under_way);
                Poll::Pending
            }
            Poll::Ready(Ok(page)) => {
                let info = (self.read)(&page);
                Poll::Ready(self.turner.admit(&info).then_some(Ok(page)))
            }
            Poll::Ready(Err(error)) => {
                self.turner.is_done = true;
                Poll::Ready(Some(Err(error)))
            }
        }
    }
}

/// The items of all pages of a list, in their order.
///
/// After an error the list is over.
#[must_use = "items are not asked for until they are polled"]
pub struct Items<P, T> {
    pages: Pages<P>,
    take: fn(P) -> Vec<T>,
    ready: vec::IntoIter<T>,
}

/// No item is pinned: they are handed out by value.
impl<P, T> Unpin for Items<P, T> {}

impl<P: Answer, T> Items<P, T> {
    /// The items of `pages`; `take` finds them on a page.
    pub(crate) fn new(pages: Pages<P>, take: fn(P) -> Vec<T>) -> Self {
        Self {
            pages,
            take,
            ready: Vec::new().into_iter(),
        }
    }

    /// The next item; `None` at the end.
    ///
    /// # Errors
    /// As [`Pages::try_next`].
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }
}

impl<P: Answer, T> Stream for Items<P, T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.ready = (self.take)(page).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("call", &self.turner.call)
            .finish_non_exhaustive()
    }
}

impl<P, T> fmt::Debug for Items<P, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_move_between_threads() {
        fn check<T: Send + Unpin + 'static>() {}
        check::<Pages<serde_json::Value>>();
        check::<Items<serde_json::Value, String>>();
    }

    #[test]
    fn pages_are_told_apart_by_all_that_is_on_them() {
        let page = |items: &[&str]| PageInfo::of(items);
        assert_eq!(page(&["a", "b"]), page(&["a", "b"]));
        for other in [&["b", "a"][..], &["a", "bc"], &["a", "b", ""], &[]] {
            assert_ne!(page(&["a", "b"]), page(other));
        }
    }
}
