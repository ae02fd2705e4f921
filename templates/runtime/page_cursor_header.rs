//! Paging by a cursor that a page has in a header of its answer.

use super::call::Call;
use super::page_cursor::ByCursor;
use super::page_place::PagePlace;
use super::paging::{PageInfo, Pages, Rule};
use super::request::Request;
use super::sending::Answer;
use http::HeaderMap;
use serde_json::Value;

impl<P: Answer> Pages<P> {
    /// The list that `call` begins, which takes what the header `next` of a page says in `cursor`.
    pub(crate) fn by_header(
        mut call: Call,
        cursor: impl Into<PagePlace>,
        next: &'static str,
        read: fn(&P) -> PageInfo,
    ) -> Self {
        let rule = ByHeader {
            rule: ByCursor::new(&mut call, cursor.into()),
            next,
        };
        Self::new(call, Box::new(rule), read)
    }
}

impl Request {
    /// Sends the request for each page of a list: what the header `next` of an answer says goes into
    /// the query parameter `cursor`, or another place, of the request after it. `read` finds what else a
    /// page says about itself.
    pub fn pages_by_header(
        self,
        cursor: impl Into<PagePlace>,
        next: &'static str,
        read: fn(&Value) -> PageInfo,
    ) -> Pages<Value> {
        Pages::by_header(self.call, cursor, next, read)
    }
}

struct ByHeader {
    rule: ByCursor,
    next: &'static str,
}

impl Rule for ByHeader {
    fn ask(&self, call: &mut Call) {
        self.rule.ask(call);
    }

    fn turn(&mut self, page: &PageInfo, headers: &HeaderMap) -> Result<Option<String>, &'static str> {
        let next = headers.get(self.next).and_then(|next| next.to_str().ok());
        let next = next.map(str::trim).filter(|next| !next.is_empty());
        let page = PageInfo {
            next: next.map(Value::from),
            ..page.clone()
        };
        self.rule.turn(&page, headers)
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::ErrorKind;
    use super::super::testing::{Fake, GET, Reply, answer, block_on, builder};
    use super::*;

    fn page(item: u8, next: &str, rest: &str) -> Reply {
        let Reply::Answer(mut page) = answer(200, format!(r#"{{"items": [{item}]{rest}}}"#)) else {
            unreachable!()
        };
        page.headers_mut().insert("x-next", next.parse().unwrap());
        Reply::Answer(page)
    }

    fn read(page: &Value) -> PageInfo {
        let items = page["items"].as_array().map(Vec::as_slice);
        PageInfo::of(items.unwrap_or_default()).more(page["more"].as_bool())
    }

    #[test]
    fn each_page_is_asked_for_with_what_the_header_of_the_one_before_says() {
        let fake = Fake::new([page(1, " a/b ", ""), page(2, "7", ""), page(3, "", "")]);
        let call = Call::new(&builder(&fake).build(None).unwrap(), &GET);
        let mut pages = Pages::by_header(call, "after", "X-Next", read);
        let mut count = 0;
        while block_on(pages.try_next()).unwrap().is_some() {
            count += 1;
        }
        assert_eq!((count, fake.queries()), (3, vec!["".into(), "after=a%2Fb".into(), "after=7".into()]));
    }

    #[test]
    fn a_list_that_has_more_says_how_to_ask_for_it() {
        let fake = Fake::new([page(1, "", r#", "more": true"#)]);
        let call = Call::new(&builder(&fake).build(None).unwrap(), &GET);
        let mut pages = Pages::by_header(call, "after", "x-next", read);
        assert!(block_on(pages.try_next()).unwrap().is_some());
        assert_eq!(block_on(pages.try_next()).unwrap_err().kind(), ErrorKind::Paging);
        assert!(block_on(pages.try_next()).unwrap().is_none());
    }
}
