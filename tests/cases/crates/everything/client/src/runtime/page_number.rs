//! Paging by page number: the next page has the next number.
//!
//! A list ends at an empty page, unless there is said to be more, at a page that was there before,
//! and where a known total of items or pages is reached. Nothing is concluded from how many items a
//! page was asked to have, for servers cap that.

use super::call::Call;
use super::page_place::{PagePlace, Taker, count};
use super::paging::{PageInfo, Pages, Rule};
use super::request::Request;
use super::sending::Answer;
use http::HeaderMap;
use serde_json::Value;

impl<P: Answer> Pages<P> {
    /// The list that `call` begins, at the page that it asks for in `page`, or else at the `first`.
    pub(crate) fn by_number(
        mut call: Call,
        page: impl Into<PagePlace>,
        first: u64,
        read: fn(&P) -> PageInfo,
    ) -> Self {
        let PagePlace(page) = page.into();
        let set = page.adopt(&mut call);
        let asked = set.as_ref().and_then(count);
        let start = asked.unwrap_or(first);
        let rule = ByNumber {
            page,
            number: start,
            first,
            skipped: start.saturating_sub(first),
            items: 0,
            is_odd: set.is_some() && asked.is_none(),
        };
        Self::new(call, Box::new(rule), read)
    }
}

impl Request {
    /// Sends the request for each page of a list. The query parameter `page`, or another place, takes
    /// the number of the page; the `first` is 0 or 1 as a rule. `read` finds what a page says about
    /// itself.
    pub fn pages_by_number(
        self,
        page: impl Into<PagePlace>,
        first: u64,
        read: fn(&Value) -> PageInfo,
    ) -> Pages<Value> {
        Pages::by_number(self.call, page, first, read)
    }
}

struct ByNumber {
    page: Box<dyn Taker>,
    number: u64,
    first: u64,
    /// How many pages there are before the one that the list begins at.
    skipped: u64,
    /// How many items there are on the pages so far, and at least on those before.
    items: u64,
    /// The caller begins at a page that isn't a whole number: it is sent as it is, and is the only
    /// one.
    is_odd: bool,
}

impl Rule for ByNumber {
    fn ask(&self, call: &mut Call) {
        if !self.is_odd {
            self.page.put(call, &self.number.into());
        }
    }

    fn turn(&mut self, page: &PageInfo, _: &HeaderMap) -> Result<Option<String>, &'static str> {
        // Filters leave pages empty.
        let is_promised = page.more == Some(true);
        if self.is_odd || page.len == 0 && !is_promised {
            return Ok(None);
        }
        let len = page.len as u64;
        let pages = self.number.saturating_sub(self.first).saturating_add(1);
        // Pages before the first one that is read are no shorter than it is, for only the last page
        // of a list is short. So this is never too many, and the list never ends too early.
        let before = if self.items == 0 {
            self.skipped.saturating_mul(len)
        } else {
            0
        };
        self.items = self.items.saturating_add(before).saturating_add(len);
        self.number = self.number.saturating_add(1);
        let reached = |total: u64| {
            // A total below what the page itself holds is no total.
            total >= len && (self.items >= total || page.end.is_some_and(|end| end >= total))
        };
        // Nor is a number of pages one that leaves items out.
        let are_all = || self.skipped > 0 || page.total.is_none_or(|total| self.items >= total);
        let is_end = |last: u64| (1..=pages).contains(&last) && are_all();
        let is_last = !is_promised && (page.total.is_some_and(reached) || page.pages.is_some_and(is_end));
        Ok((!is_last).then(|| self.number.to_string()))
    }

    fn counts(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::{Error, ErrorKind};
    use super::super::paging::Items;
    use super::super::testing::{Fake, GET, answer, block_on, builder};
    use super::*;

    fn read(page: &Value) -> PageInfo {
        let items = page
            .get("items")
            .and_then(Value::as_array)
            .map(Vec::as_slice);
        PageInfo::of(items.unwrap_or_default())
            .total(page.get("total").and_then(Value::as_f64))
            .end(page.get("end").and_then(Value::as_f64))
            .pages(page.get("pages").and_then(Value::as_i64))
            .more(page.get("more").and_then(Value::as_bool))
    }

    /// The items of the list, and the pages that were asked for.
    fn list(start: &str, bodies: &[&str]) -> (Result<Vec<Value>, Error>, Vec<String>) {
        let fake = Fake::new(bodies.iter().map(|body| answer(200, *body)));
        let mut call = Call::new(&builder(&fake).build(None).unwrap(), &GET);
        call.query("size", &2);
        if !start.is_empty() {
            call.query("page", &start);
        }
        let take = |page: Value| page["items"].as_array().cloned().unwrap_or_default();
        let mut items = Items::new(Pages::by_number(call, "page", 1, read), take);
        let mut all = Vec::new();
        let result = block_on(async {
            while let Some(item) = items.try_next().await? {
                all.push(item);
            }
            assert!(items.try_next().await.is_ok_and(|item| item.is_none()));
            Ok(())
        });
        (result.map(|()| all), fake.queries())
    }

    #[test]
    fn pages_are_asked_for_in_order_until_one_is_empty() {
        let (all, asked) = list("", &[r#"{"items": [1, 2]}"#, r#"{"items": [3]}"#, "{}"]);
        assert_eq!(all.unwrap(), [1, 2, 3]);
        assert_eq!(asked, ["size=2&page=1", "size=2&page=2", "size=2&page=3"]);
    }

    #[test]
    fn a_known_total_ends_the_list() {
        let first = r#"{"items": [1, 2], "total": 3.0}"#;
        let (all, asked) = list("", &[first, r#"{"items": [3], "total": 3}"#]);
        assert_eq!((all.unwrap().len(), asked.len()), (3, 2));
        let (_, asked) = list("", &[r#"{"items": [1], "total": 9, "end": 9}"#]);
        assert_eq!(asked.len(), 1);
    }

    #[test]
    fn a_known_number_of_pages_ends_the_list() {
        let (first, last) = (r#"{"items": [1, 2], "pages": 2}"#, r#"{"items": [3], "pages": 2}"#);
        let (all, asked) = list("", &[first, last]);
        assert_eq!((all.unwrap().len(), asked.len()), (3, 2));
        let (all, asked) = list("2", &[last]);
        assert_eq!((all.unwrap().len(), asked.len()), (1, 1));
        // What is no number of pages: there are more items, or there is said to be more.
        for pages in ["0", "-1", "1, \"total\": 3", "1, \"more\": true"] {
            let first = format!(r#"{{"items": [1, 2], "pages": {pages}}}"#);
            let (all, _) = list("", &[&first, r#"{"items": [3], "pages": 2, "total": 3}"#]);
            assert_eq!(all.unwrap().len(), 3, "{pages}");
        }
    }

    #[test]
    fn an_empty_page_is_passed_over_where_there_is_more() {
        let (empty, more) = (r#"{"items": [], "more": true}"#, r#"{"items": [1], "more": true}"#);
        let last = r#"{"items": [2], "more": false}"#;
        assert_eq!(list("", &[more, empty, empty, last]).0.unwrap(), [1, 2]);
        let (all, asked) = list("", &[empty; 200]);
        assert_eq!((all.unwrap_err().kind(), asked.len()), (ErrorKind::Paging, 100));
    }

    #[test]
    fn a_list_begins_where_the_caller_says() {
        let third = r#"{"items": [5, 6], "total": 7}"#;
        let (all, asked) = list("3", &[third, r#"{"items": [7], "total": 7}"#]);
        assert_eq!(all.unwrap(), [5, 6, 7]);
        assert_eq!(asked, ["size=2&page=3", "size=2&page=4"]);
        // A page that isn't a number is the only one.
        let (all, asked) = list("last", &[third]);
        assert_eq!(
            (all.unwrap().len(), asked),
            (2, vec!["size=2&page=last".to_owned()])
        );
    }

    #[test]
    fn the_page_of_the_options_is_where_the_list_begins() {
        let fake = Fake::new([answer(200, r#"{"items": [5]}"#), answer(200, "{}")]);
        let core = builder(&fake).build(None).unwrap();
        let core = core.with_options(|options| options.query("page", "3").query("size", "2"));
        let mut call = Call::new(&core, &GET);
        call.query("page", &1);
        let mut pages = Pages::by_number(call, "page", 1, read);
        assert!(block_on(pages.try_next()).unwrap().is_some());
        assert!(block_on(pages.try_next()).unwrap().is_none());
        assert_eq!(fake.queries(), ["page=3&size=2", "page=4&size=2"]);
    }

    #[test]
    fn totals_that_are_none_are_ignored() {
        for total in ["-1", "0", "1", "1.5", "1e300", "null", "\"3\""] {
            let first = format!(r#"{{"items": [1, 2], "total": {total}}}"#);
            let (all, _) = list("", &[&first, r#"{"items": [3]}"#, r#"{"items": []}"#]);
            assert_eq!(all.unwrap().len(), 3, "{total}");
        }
        assert_eq!(PageInfo::of(&[1]).total(Some(f64::NAN)), PageInfo::of(&[1]));
    }

    #[test]
    fn a_page_that_was_there_before_ends_the_list() {
        let (a, b) = (r#"{"items": [1], "n": 1}"#, r#"{"items": [2]}"#);
        let same = r#"{"items": [1], "n": 2}"#;
        assert_eq!(list("", &[a, same]).0.unwrap(), [1]);
        assert_eq!(list("", &[a, b, same]).0.unwrap(), [1, 2]);
        assert_eq!(list("", &[a, b, b]).0.unwrap(), [1, 2]);
        assert_eq!(
            list("", &[r#"{"items": [], "total": 9}"#]).0.unwrap(),
            [0; 0]
        );
        // A last page like the one before.
        let (more, last) = (r#"{"items": [1], "more": true}"#, r#"{"items": [1], "more": false}"#);
        assert_eq!(list("", &[more, last]).0.unwrap(), [1, 1]);
        // As many as there are said to be, but twice the same: a server that knows no pages.
        let half = r#"{"items": [1], "total": 2}"#;
        assert_eq!(list("", &[half, half]).0.unwrap_err().kind(), ErrorKind::Paging);
        // Not all that there is.
        let first = r#"{"items": [1], "total": 9}"#;
        let error = list("", &[first, first]).0.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging);
    }

    #[test]
    fn an_error_ends_the_list() {
        let (result, asked) = list("", &[r#"{"items": [1]}"#, "<html>"]);
        assert_eq!(result.unwrap_err().kind(), ErrorKind::Decode);
        assert_eq!(asked.len(), 2);
    }

    #[test]
    fn a_list_without_end_is_an_error() {
        let fake =
            Fake::new((0..=10_000).map(|page| answer(200, format!(r#"{{"items":[{page}]}}"#))));
        let call = Call::new(&builder(&fake).build(None).unwrap(), &GET);
        let mut pages = Pages::by_number(call, "page", 0, read);
        let error = (0..)
            .find_map(|_| block_on(pages.try_next()).err())
            .unwrap();
        assert_eq!(
            (error.kind(), fake.requests().len()),
            (ErrorKind::Paging, 10_000)
        );
        assert!(block_on(pages.try_next()).unwrap().is_none());
    }
}
