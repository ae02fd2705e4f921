//! Lists in pages: one call after another, as a stream of pages or of what is on them.
//!
//! How the next page is asked for, and when there is none, is a [`Rule`] in a file of its own.
//! Every call has the credentials, options and errors of the first. Nothing here trusts a server to
//! come to an end: pages without items, or alike, are an error after 100 in a row, a page that comes
//! again where pages are counted ends the list, and a list is at most 10,000 pages long.

use super::call::Call;
use super::error::{Error, ErrorKind};
use super::json;
use super::sending::{Answer, SendingWithResponse};
use futures_core::Stream;
use http::HeaderMap;
use serde_json::Value;
use std::collections::HashSet;
use std::fmt;
use std::future::{Future, poll_fn};
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

/// The most pages that a list may have.
const MOST_PAGES: usize = 10_000;

/// How often in a row a page may come that differs from the one before in its cursor alone. Items may
/// well be alike, and a server that filters a long list finds nothing on many of its pages (AIP-158
/// allows any number of them), but one that goes on like this has no end.
const MOST_ALIKE: usize = 100;

const EMPTY: &str = "100 pages in a row have no items, and there is said to be more";
const ALIKE: &str = "the same page came 100 times in a row, and there is said to be more";
const AGAIN: &str = "a page came again where the next one was asked for";

/// What a page says about itself and the list.
#[derive(Clone, Debug, PartialEq)]
pub struct PageInfo {
    pub(super) len: usize,
    pub(super) total: Option<u64>,
    pub(super) pages: Option<u64>,
    pub(super) end: Option<u64>,
    /// What the next page is asked for with: a text or a number.
    pub(super) next: Option<Value>,
    pub(super) more: Option<bool>,
}

impl PageInfo {
    /// A page with these items.
    pub fn of<T>(items: &[T]) -> Self {
        Self {
            len: items.len(),
            total: None,
            pages: None,
            end: None,
            next: None,
            more: None,
        }
    }

    /// How many items the whole list has. What can't be a count is ignored.
    #[must_use]
    pub fn total(mut self, total: Option<impl Count>) -> Self {
        self.total = total.and_then(Count::count);
        self
    }

    /// How many pages the whole list has. What can't be a count is ignored.
    #[must_use]
    pub fn pages(mut self, pages: Option<impl Count>) -> Self {
        self.pages = pages.and_then(Count::count);
        self
    }

    /// How many items of the list there are up to the end of this page. What can't be a count is
    /// ignored.
    #[must_use]
    pub fn end(mut self, end: Option<impl Count>) -> Self {
        self.end = end.and_then(Count::count);
        self
    }

    /// Whether there is a next page.
    #[must_use]
    pub fn more(mut self, more: Option<bool>) -> Self {
        self.more = more;
        self
    }

    /// Whether this is the last page.
    #[must_use]
    pub fn last(self, last: Option<bool>) -> Self {
        self.more(last.map(|last| !last))
    }
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

/// A hash of the lists in a page as it came: neither what stands around its items, where servers
/// write the time of day, nor which members of an item have a type makes a page another one.
fn lists(body: &[u8]) -> u64 {
    let mut hash = Hash(DefaultHasher::new());
    match serde_json::from_slice(json::unmarked(body)) {
        Ok(page) if add_lists(&page, &mut hash) => {}
        // What no type asks for may be more than a value can hold, and a page's items may be members.
        _ => hash.0.write(body),
    }
    hash.0.finish()
}

/// Whether there are any.
fn add_lists(value: &Value, hash: &mut Hash) -> bool {
    match value {
        Value::Array(_) => {
            // A hash can't fail to be written to.
            serde_json::to_writer(hash, value).unwrap_or_default();
            true
        }
        Value::Object(members) => {
            let mut has_some = false;
            for value in members.values() {
                has_some |= add_lists(value, hash);
            }
            has_some
        }
        _ => false,
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
    /// Makes `call`, that for the page before, one for the next page.
    fn ask(&self, call: &mut Call);

    /// Takes note of a page and of the headers that it came with: what the next page is asked for
    /// with, or `None` after the last one.
    ///
    /// # Errors
    /// Why the next page can't be asked for, though there is one.
    fn turn(&mut self, page: &PageInfo, headers: &HeaderMap) -> Result<Option<String>, &'static str>;

    /// Whether pages are counted here, rather than that the server says what the next one is asked
    /// for with: one that ignores the count answers the same page again and again.
    fn counts(&self) -> bool {
        false
    }
}

/// The part of a list's state that knows no types.
struct Turner {
    call: Call,
    rule: Box<dyn Rule>,
    /// Hashes of the pages so far, where pages are counted.
    seen: HashSet<u64>,
    /// Hashes of what they were asked for with.
    asked: HashSet<u64>,
    /// The hash of the last page, `None` of one without items, and how often it came in a row.
    last: (Option<u64>, usize),
    /// How many pages were asked for.
    count: usize,
    is_done: bool,
    /// What the list ends with, once the last page was taken.
    fault: Option<Error>,
}

impl Turner {
    fn new(call: Call, rule: Box<dyn Rule>) -> Self {
        Self {
            call,
            rule,
            seen: HashSet::new(),
            asked: HashSet::new(),
            last: (None, 0),
            count: 0,
            is_done: false,
            fault: None,
        }
    }

    /// The call for the next page; `None` at the end.
    fn next(&mut self) -> Option<Result<Call, Error>> {
        if let Some(fault) = self.fault.take() {
            return Some(Err(fault));
        }
        if self.is_done {
            return None;
        }
        if self.count >= MOST_PAGES {
            self.is_done = true;
            let message = format!("the list has more than {MOST_PAGES} pages");
            return Some(Err(self.error(message)));
        }
        self.count += 1;
        self.rule.ask(&mut self.call);
        Some(Ok(self.call.clone()))
    }

    /// Whether the page belongs to the list: it has items, and isn't there already. A server that
    /// ignores what it was asked for, or stays at the last page, ends the list so, with an error where
    /// it says how much there is.
    fn admit(&mut self, page: &PageInfo, headers: &HeaderMap, body: &[u8]) -> bool {
        let is_empty = page.len == 0;
        // Pages without items are all alike, whatever else they say.
        let hashed = (!is_empty).then(|| lists(body));
        let (last, times) = self.last;
        let times = if last == hashed { times + 1 } else { 1 };
        self.last = (hashed, times);
        let is_last = page.more == Some(false);
        let is_counted = self.rule.counts() && !is_last;
        let was_seen = hashed.is_some_and(|hashed| is_counted && !self.seen.insert(hashed));
        let turn = if is_last {
            Ok(None)
        } else {
            self.rule.turn(page, headers)
        };
        let mut is_there = was_seen;
        let fault = match turn {
            Ok(next) => {
                let asked = next.map(|next| self.asked.insert(hash(next.as_bytes())));
                let is_new = asked == Some(true);
                self.is_done = !is_new || was_seen;
                // A page that leads to itself.
                is_there |= asked == Some(false) && times > 1;
                let is_promised = page.more == Some(true) || page.total.is_some();
                match is_new {
                    _ if was_seen => is_promised.then_some(AGAIN),
                    true if times >= MOST_ALIKE => Some(if is_empty { EMPTY } else { ALIKE }),
                    _ => None,
                }
            }
            Err(fault) => Some(fault),
        };
        if let Some(fault) = fault {
            self.is_done = true;
            self.fault = Some(self.error(fault));
        }
        !is_empty && !is_there
    }

    fn error(&self, message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Paging, message)
            .with(|error| error.target = Some(self.call.target.clone()))
    }
}

/// The pages of a list, each asked for when it is polled for.
///
/// After an error the list is over.
#[must_use = "pages are not asked for until they are polled"]
pub struct Pages<P> {
    turner: Turner,
    read: fn(&P) -> PageInfo,
    under_way: Option<SendingWithResponse<P>>,
}

impl<P: Answer> Pages<P> {
    /// The list that `call` begins; `read` finds what a page says about itself.
    pub(super) fn new(call: Call, rule: Box<dyn Rule>, read: fn(&P) -> PageInfo) -> Self {
        Self {
            turner: Turner::new(call, rule),
            read,
            under_way: None,
        }
    }

    /// The next page; `None` at the end.
    ///
    /// # Errors
    /// As the operation itself, and [`ErrorKind::Paging`] beyond 10,000 pages, after 100 pages in a row
    /// that have no items or the same ones and aren't the last, where a page comes again and there is
    /// said to be more, and where the next page can't be asked for.
    pub async fn try_next(&mut self) -> Result<Option<P>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }
}

impl<P: Answer> Stream for Pages<P> {
    type Item = Result<P, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let mut under_way = match self.under_way.take() {
                Some(under_way) => under_way,
                None => match self.turner.next() {
                    Some(Ok(call)) => call.send().with_response(),
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    None => return Poll::Ready(None),
                },
            };
            match Pin::new(&mut under_way).poll(context) {
                Poll::Pending => {
                    self.under_way = Some(under_way);
                    return Poll::Pending;
                }
                Poll::Ready(Ok(page)) => {
                    let info = (self.read)(page.value());
                    if self.turner.admit(&info, page.headers(), page.bytes()) {
                        return Poll::Ready(Some(Ok(page.into_value())));
                    }
                }
                Poll::Ready(Err(error)) => {
                    self.turner.is_done = true;
                    return Poll::Ready(Some(Err(error)));
                }
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
    fn pages_are_told_apart_by_all_that_is_in_their_lists() {
        let page = |items: &str| lists(format!(r#"{{"items": {items}, "at": {{"list": [1]}}}}"#).as_bytes());
        let same = lists(br#"{"time": 2, "items": ["a","b"], "at": {"list": [1], "n": 3}}"#);
        assert_eq!(page(r#"["a", "b"]"#), same);
        for other in [r#"["b", "a"]"#, r#"["a", "bc"]"#, r#"["a", "b", ""]"#, "[]", "null"] {
            assert_ne!(page(other), same, "{other}");
        }
        assert_ne!(lists(br#"[{"id": 1}]"#), lists(br#"[{"id": 2}]"#));
        let page = |item: u32| lists(format!("{{\"items\": {{\"a\": {item}}}}}").as_bytes());
        assert_ne!(page(1), page(2));
        // What a type can hold, and a value can't.
        for around in ["\u{feff}{\"a\": 1, ", "{\"a\": 1e999, ", "{\"a\": \"\\ud83d\", "] {
            let page = |item: u32| lists(format!("{around}\"items\": [{item}]}}").as_bytes());
            assert_ne!(page(1), page(2), "{around}");
        }
    }

    #[test]
    fn the_last_page_is_the_one_without_more() {
        let page = PageInfo::of::<Value>(&[]);
        assert_eq!(page.clone().last(Some(true)).more, Some(false));
        assert_eq!(page.last(None).more, None);
    }
}
