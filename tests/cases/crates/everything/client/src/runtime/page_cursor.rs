//! Paging by cursor: each page says what the next one is asked for with.
//!
//! A list ends at a page without a cursor, with an empty one or with one of before, and at one that
//! says that it is the last.

use super::call::Call;
use super::page_place::{PagePlace, Taker};
use super::paging::{PageInfo, Pages, Rule};
use super::request::Request;
use super::sending::Answer;
use http::HeaderMap;
use serde_json::Value;

impl<P: Answer> Pages<P> {
    /// The list that `call` begins, which takes what a page says under [`next`](PageInfo::next) in
    /// `cursor`.
    pub(crate) fn by_cursor(
        mut call: Call,
        cursor: impl Into<PagePlace>,
        read: fn(&P) -> PageInfo,
    ) -> Self {
        let rule = ByCursor::new(&mut call, cursor.into());
        Self::new(call, Box::new(rule), read)
    }
}

impl Request {
    /// Sends the request for each page of a list. `read` finds what a page says about itself; its
    /// [`next`](PageInfo::next) goes into the query parameter `cursor`, or another place, of the request
    /// after it.
    pub fn pages_by_cursor(
        self,
        cursor: impl Into<PagePlace>,
        read: fn(&Value) -> PageInfo,
    ) -> Pages<Value> {
        Pages::by_cursor(self.call, cursor, read)
    }
}

/// Cursors, and those that lead the other way.
const BACKWARDS: [(&str, &str); 4] = [
    ("after", "before"),
    ("after_id", "before_id"),
    ("start_after", "end_before"),
    ("starting_after", "ending_before"),
];

/// What goes backwards where `cursor` goes forwards.
fn backwards(cursor: &str) -> Option<&'static str> {
    let pair = BACKWARDS.iter().find(|(forwards, _)| *forwards == cursor);
    pair.map(|(_, back)| *back)
}

pub(super) struct ByCursor {
    cursor: Box<dyn Taker>,
    /// The parameter that goes backwards where this one goes forwards.
    back: Option<&'static str>,
    next: Option<Value>,
}

impl ByCursor {
    /// The rule of a list that `call` begins.
    pub(super) fn new(call: &mut Call, PagePlace(cursor): PagePlace) -> Self {
        cursor.adopt(call);
        let back = cursor.parameter().and_then(backwards);
        if let Some(back) = back {
            back.adopt(call);
        }
        Self {
            cursor,
            back,
            next: None,
        }
    }
}

impl Rule for ByCursor {
    fn ask(&self, call: &mut Call) {
        if let Some(next) = &self.next {
            self.cursor.put(call, next);
            // A list goes forwards from its first page, and few services take both.
            if let Some(back) = self.back {
                call.query(back, &Value::Null);
            }
        }
    }

    fn turn(&mut self, page: &PageInfo, _: &HeaderMap) -> Result<Option<String>, &'static str> {
        self.next = page.cursor()?;
        Ok(self.next.as_ref().map(Value::to_string))
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::{Error, ErrorKind};
    use super::super::testing::{Fake, GET, Reply, answer, block_on, builder};
    use super::*;

    fn read(page: &Value) -> PageInfo {
        let items = page["items"].as_array().map(Vec::as_slice);
        PageInfo::of(items.unwrap_or_default())
            .next(page.get("next"))
            .more(page["more"].as_bool())
    }

    /// How many pages there are, what they end with, and the queries that they were asked for with.
    fn list(replies: impl IntoIterator<Item = Reply>) -> (usize, Option<Error>, Vec<String>) {
        let fake = Fake::new(replies);
        let mut call = Call::new(&builder(&fake).build(None).unwrap(), &GET);
        call.query("limit", &2);
        call.query("after", &"start");
        let mut pages = Pages::by_cursor(call, "after", read);
        let mut count = 0;
        let error = loop {
            match block_on(pages.try_next()) {
                Ok(Some(_)) => count += 1,
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        assert!(block_on(pages.try_next()).is_ok_and(|page| page.is_none()));
        (count, error, fake.queries())
    }

    fn page(item: usize, rest: &str) -> Reply {
        answer(200, format!(r#"{{"items": [{item}]{rest}}}"#))
    }

    #[test]
    fn each_page_is_asked_for_with_the_cursor_of_the_one_before() {
        let (count, error, asked) = list([
            page(1, r#", "next": "a/b=", "more": true"#),
            page(2, r#", "next": 7"#),
            page(3, r#", "next": """#),
        ]);
        assert!((count, error.is_none()) == (3, true));
        assert_eq!(
            asked,
            ["limit=2&after=start", "limit=2&after=a%2Fb%3D", "limit=2&after=7"]
        );
    }

    #[test]
    fn the_cursor_of_the_options_is_where_the_list_begins() {
        let fake = Fake::new([page(1, r#", "next": "b""#), page(2, "")]);
        let core = builder(&fake).build(None).unwrap();
        let core = core.with_options(|options| options.query("after", "a").query("before", "z"));
        let mut pages = Pages::by_cursor(Call::new(&core, &GET), "after", read);
        while block_on(pages.try_next()).unwrap().is_some() {}
        assert_eq!(fake.queries(), ["after=a&before=z", "after=b"]);
    }

    #[test]
    fn a_list_that_begins_before_something_goes_forwards() {
        let fake = Fake::new([page(1, r#", "next": "a""#), page(2, "")]);
        let mut call = Call::new(&builder(&fake).build(None).unwrap(), &GET);
        call.query("before", &"z");
        let mut pages = Pages::by_cursor(call, "after", read);
        while block_on(pages.try_next()).unwrap().is_some() {}
        assert_eq!(fake.queries(), ["before=z", "after=a"]);
    }

    #[test]
    fn a_list_ends_without_a_cursor_and_where_the_page_says_so() {
        for end in ["", r#", "next": null"#, r#", "next": "x", "more": false"#] {
            let (count, error, asked) = list([page(1, end)]);
            assert!((count, error.is_none(), asked.len()) == (1, true, 1), "{end}");
        }
    }

    #[test]
    fn cursors_that_repeat_end_the_list() {
        let next = |item, next: &str| page(item, &format!(r#", "next": "{next}""#));
        assert_eq!(list([next(1, "a"), next(2, "a")]).0, 2);
        assert_eq!(list([next(1, "a"), next(2, "b"), next(3, "a")]).0, 3);
        // The last page again, which is there already.
        assert_eq!(list([next(1, "a"), next(1, "a")]).0, 1);
    }

    #[test]
    fn items_that_are_alike_are_no_end() {
        let next = |next: &str| page(1, &format!(r#", "next": "{next}""#));
        let (count, error, _) = list([next("a"), next("b"), next("c"), page(1, "")]);
        assert!((count, error.is_none()) == (4, true));
        // The last page for ever, each time with another cursor.
        let (count, error, _) = list((0..200).map(|page| next(&page.to_string())));
        assert_eq!((count, error.unwrap().kind()), (100, ErrorKind::Paging));
    }

    #[test]
    fn more_without_a_cursor_is_an_error_after_the_items() {
        let (count, error, _) = list([page(1, r#", "more": true"#)]);
        let error = error.unwrap();
        assert_eq!((count, error.kind()), (1, ErrorKind::Paging));
        assert!(error.to_string().starts_with("GetThings GET /things: "), "{error}");
    }

    #[test]
    fn pages_may_be_empty_but_not_for_ever() {
        let empty = |next: &str| answer(200, format!(r#"{{"items": [], "next": "{next}"}}"#));
        let replies = [empty("a"), page(1, r#", "next": "b""#), empty("c"), empty("d"), page(2, "")];
        let (count, error, asked) = list(replies);
        assert!((count, error.is_none(), asked.len()) == (2, true, 5));
        // A cursor of before is the end, as behind any page.
        let (count, error, asked) = list([empty("a"), empty("a")]);
        assert!((count, error.is_none(), asked.len()) == (0, true, 2));
        // What stands beside the empty list makes no difference.
        let empty = |page: usize| answer(200, format!(r#"{{"items": [], "next": {page}, "seen": [{page}]}}"#));
        let (count, error, asked) = list((0..200).map(empty));
        let error = error.unwrap();
        assert_eq!((count, asked.len(), error.kind()), (0, 100, ErrorKind::Paging));
        assert!(error.to_string().ends_with("100 pages in a row have no items, and there is said to be more"));
    }
}
