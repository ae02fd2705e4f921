//! Paging by offset: the next page begins where this one ends.
//!
//! A list ends at an empty page, at a page that was there before, and where a known total is
//! reached. Nothing is concluded from how many items a page was asked to have, for servers cap
//! that: the offset grows by the items that came.

use super::call::Call;
use super::page_place::{PagePlace, Taker, count};
use super::paging::{PageInfo, Pages, Rule};
use super::request::Request;
use super::sending::Answer;
use http::HeaderMap;
use serde_json::Value;

impl<P: Answer> Pages<P> {
    /// The list that `call` begins, at the offset that it asks for in `offset`, or else at that of the
    /// `first` item.
    pub(crate) fn by_offset(
        mut call: Call,
        offset: impl Into<PagePlace>,
        first: u64,
        read: fn(&P) -> PageInfo,
    ) -> Self {
        let PagePlace(offset) = offset.into();
        let set = offset.adopt(&mut call);
        let asked = set.as_ref().and_then(count);
        let rule = ByOffset {
            place: offset,
            first,
            offset: asked.unwrap_or(first),
            has_turned: false,
            is_odd: set.is_some() && asked.is_none(),
        };
        Self::new(call, Box::new(rule), read)
    }
}

impl Request {
    /// Sends the request for each page of a list. The query parameter `offset`, or another place, takes
    /// the number of items before the page; the list's `first` item is at 0 as a rule, and at 1 in SCIM
    /// (RFC 7644, section 3.4.2.4). `read` finds what a page says about itself.
    pub fn pages_by_offset(
        self,
        offset: impl Into<PagePlace>,
        first: u64,
        read: fn(&Value) -> PageInfo,
    ) -> Pages<Value> {
        Pages::by_offset(self.call, offset, first, read)
    }
}

const EMPTY: &str = "a page has no items, and there is said to be more";

struct ByOffset {
    place: Box<dyn Taker>,
    first: u64,
    offset: u64,
    has_turned: bool,
    /// The caller begins at an offset that isn't a whole number: it is sent as it is, and the page is
    /// the only one.
    is_odd: bool,
}

impl Rule for ByOffset {
    fn ask(&self, call: &mut Call) {
        // The first page is asked for as the caller does.
        if self.has_turned {
            self.place.put(call, &self.offset.into());
        }
    }

    fn turn(&mut self, page: &PageInfo, _: &HeaderMap) -> Result<Option<String>, &'static str> {
        if self.is_odd || page.len == 0 {
            let is_promised = !self.is_odd && page.more == Some(true);
            return if is_promised { Err(EMPTY) } else { Ok(None) };
        }
        let len = page.len as u64;
        let before = self.offset.saturating_sub(self.first);
        let end = before.saturating_add(len);
        self.offset = self.offset.saturating_add(len);
        self.has_turned = true;
        // A total below what the page itself holds is no total.
        let reached = |total: u64| total >= len && end >= total;
        let is_last = page.more.is_none() && page.total.is_some_and(reached);
        Ok((!is_last).then(|| self.offset.to_string()))
    }

    fn counts(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::ErrorKind;
    use super::super::testing::{Fake, GET, answer, block_on, builder};
    use super::*;

    fn read(page: &Value) -> PageInfo {
        let items = page["items"].as_array().map(Vec::as_slice);
        PageInfo::of(items.unwrap_or_default())
            .total(page["total"].as_f64())
            .more(page["more"].as_bool())
    }

    /// How many pages there are, and the queries that they were asked for with.
    fn list(start: &str, first: u64, bodies: &[&str]) -> (usize, Vec<String>) {
        let fake = Fake::new(bodies.iter().map(|body| answer(200, *body)));
        let mut call = Call::new(&builder(&fake).build(None).unwrap(), &GET);
        call.query("limit", &2);
        if !start.is_empty() {
            call.query("skip", &start);
        }
        let mut pages = Pages::by_offset(call, "skip", first, read);
        let count = (0..).take_while(|_| block_on(pages.try_next()).unwrap().is_some());
        (count.count(), fake.queries())
    }

    const TWO: &str = r#"{"items": [1, 2], "total": 3}"#;
    const ONE: &str = r#"{"items": [3], "total": 3}"#;

    #[test]
    fn the_offset_grows_by_the_items_that_came() {
        let (count, asked) = list("", 0, &[TWO, ONE]);
        assert_eq!((count, asked), (2, vec!["limit=2".into(), "limit=2&skip=2".into()]));
        let (_, asked) = list("", 1, &[r#"{"items": [1]}"#, r#"{"items": [2, 3]}"#, "{}"]);
        assert_eq!(asked, ["limit=2", "limit=2&skip=2", "limit=2&skip=4"]);
        // Of three items that are counted from 1, the third is at 3.
        let (count, asked) = list("2", 1, &[r#"{"items": [2], "total": 3}"#, ONE]);
        assert_eq!((count, asked), (2, vec!["limit=2&skip=2".into(), "limit=2&skip=3".into()]));
        // What says that there is more goes before a total.
        let (count, _) = list("", 0, &[r#"{"items": [1, 2], "total": 2, "more": true}"#, ONE, "{}"]);
        assert_eq!(count, 2);
    }

    #[test]
    fn a_list_begins_where_the_caller_says() {
        let (count, asked) = list("2", 0, &[ONE]);
        assert_eq!((count, asked), (1, vec!["limit=2&skip=2".into()]));
        let (count, asked) = list("last", 0, &[TWO]);
        assert_eq!((count, asked), (1, vec!["limit=2&skip=last".into()]));
    }

    #[test]
    fn what_repeats_or_is_empty_ends_the_list() {
        let one = r#"{"items": [1]}"#;
        assert_eq!(list("", 0, &[one, one]).0, 1);
        assert_eq!(list("", 0, &[r#"{"items": [], "total": 9}"#]).0, 0);
        let no_more = r#"{"items": [1], "total": 99, "more": false}"#;
        assert_eq!(list("", 0, &[no_more]).0, 1);
    }

    #[test]
    fn an_empty_page_that_is_not_the_last_is_an_error() {
        let fake = Fake::new([answer(200, r#"{"items": [], "more": true}"#)]);
        let call = Call::new(&builder(&fake).build(None).unwrap(), &GET);
        let error = block_on(Pages::by_offset(call, "skip", 0, read).try_next()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging);
    }

    #[test]
    fn totals_that_are_none_are_ignored() {
        for total in ["-1", "0", "1", "1.5", "1e300"] {
            let first = format!(r#"{{"items": [1, 2], "total": {total}}}"#);
            assert_eq!(list("", 0, &[&first, "{}"]).1.len(), 2, "{total}");
        }
    }
}
