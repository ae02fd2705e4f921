//! Paging by a cursor in the body: each page says what the next one is asked for with, in a member
//! of the JSON that is sent.
//!
//! A list ends as one by a cursor in the query does.

use super::call::Call;
use super::error::{Error, ErrorKind};
use super::paging::{PageInfo, Pages, Rule};
use super::request::Request;
use super::sending::Answer;
use http::HeaderMap;
use serde_json::{Map, Value};

impl<P: Answer> Pages<P> {
    /// The list that `call` begins, where the body takes what a page says under
    /// [`next`](PageInfo::next), in the member that `member` leads to.
    pub(crate) fn by_body(
        call: Call,
        member: &'static [&'static str],
        read: fn(&P) -> PageInfo,
    ) -> Self {
        let rule = ByBody { member, next: None };
        Self::new(call, Box::new(rule), read)
    }
}

impl Request {
    /// Sends the request for each page of a list. `read` finds what a page says about itself; its
    /// [`next`](PageInfo::next) goes into the body of the request after it, into the member that
    /// `member` leads to, through objects from the root on.
    pub fn pages_by_body(
        self,
        member: &'static [&'static str],
        read: fn(&Value) -> PageInfo,
    ) -> Pages<Value> {
        Pages::by_body(self.call, member, read)
    }
}

struct ByBody {
    member: &'static [&'static str],
    next: Option<Value>,
}

impl Rule for ByBody {
    fn ask(&self, call: &mut Call) {
        let Some(next) = &self.next else { return };
        let body = call.body.as_bytes().map_or(&[][..], |bytes| bytes);
        let body = with_member(body, self.member, next);
        if let Some(body) = call.keep(body) {
            call.json("application/json", &body);
        }
    }

    fn turn(&mut self, page: &PageInfo, _: &HeaderMap) -> Result<Option<String>, &'static str> {
        self.next = page.cursor()?;
        Ok(self.next.as_ref().map(Value::to_string))
    }
}

/// The JSON of `body`, with `value` in the member that `path` leads to; what is missing on the way
/// is made.
///
/// # Errors
/// [`ErrorKind::Request`] when the body isn't JSON, or has something else than objects on the way.
fn with_member(body: &[u8], path: &[&str], value: &Value) -> Result<Value, Error> {
    let refuse = |why: &str| Error::new(ErrorKind::Request, format!("the next page: {why}"));
    let mut root = if body.is_empty() {
        Value::Object(Map::new())
    } else {
        serde_json::from_slice(body).map_err(|_| refuse("the body isn't JSON"))?
    };
    let mut place = &mut root;
    for name in path {
        if place.is_null() {
            *place = Value::Object(Map::new());
        }
        let Value::Object(members) = place else {
            return Err(refuse("the body has no place for its cursor"));
        };
        place = members.entry(*name).or_insert(Value::Null);
    }
    *place = value.clone();
    Ok(root)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fake, POST, answer, block_on, builder};
    use super::*;
    use serde_json::json;

    fn read(page: &Value) -> PageInfo {
        let items = page["items"].as_array().map(Vec::as_slice);
        PageInfo::of(items.unwrap_or_default()).next(page.get("next"))
    }

    /// The bodies that pages were asked for with, and whether there was an end without an error.
    fn list(body: Option<&Value>) -> (Vec<Value>, Result<(), Error>) {
        let fake = Fake::new([
            answer(200, r#"{"items": [1], "next": "a"}"#),
            answer(200, r#"{"items": [2], "next": 7}"#),
            answer(200, r#"{"items": [3]}"#),
        ]);
        let mut call = Call::new(&builder(&fake).build(None).unwrap(), &POST);
        if let Some(body) = body {
            call.json("application/vnd.x+json", body);
        }
        let mut pages = Pages::by_body(call, &["page", "cursor"], read);
        let end = loop {
            match block_on(pages.try_next()) {
                Ok(Some(_)) => {}
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        let requests = fake.requests();
        let bodies = requests.iter().map(|request| {
            assert!(request.body().is_empty() || request.headers().contains_key("content-type"));
            serde_json::from_slice(request.body()).unwrap_or(Value::Null)
        });
        (bodies.collect(), end)
    }

    #[test]
    fn the_body_takes_the_cursor_and_keeps_the_rest() {
        let (bodies, end) = list(Some(&json!({"query": {"a": [1.5]}, "page": {"size": 2}})));
        end.unwrap();
        let body = |page: Value| json!({"query": {"a": [1.5]}, "page": page});
        let pages = [
            json!({"size": 2}),
            json!({"size": 2, "cursor": "a"}),
            json!({"size": 2, "cursor": 7}),
        ];
        assert_eq!(bodies, pages.map(body));
    }

    #[test]
    fn a_body_is_made_where_there_is_none() {
        let (bodies, end) = list(None);
        end.unwrap();
        let page = |cursor: Value| json!({"page": {"cursor": cursor}});
        assert_eq!(bodies, [Value::Null, page("a".into()), page(7.into())]);
    }

    #[test]
    fn a_body_without_a_place_for_the_cursor_is_an_error_of_the_second_page() {
        let (bodies, end) = list(Some(&json!([1])));
        assert_eq!((bodies.len(), end.unwrap_err().kind()), (1, ErrorKind::Request));
        let (bodies, end) = list(Some(&json!({"page": 1})));
        assert_eq!((bodies.len(), end.unwrap_err().kind()), (1, ErrorKind::Request));
    }
}
