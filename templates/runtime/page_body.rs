//! The place of a cursor, an offset or a page's number in the body: a member of the JSON that is
//! sent.

use super::call::Call;
use super::error::{Error, ErrorKind};
use super::page_place::{PagePlace, Taker};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

/// The member of the body that these names lead to, through objects from the root on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InBody(pub &'static [&'static str]);

impl From<InBody> for PagePlace {
    fn from(place: InBody) -> Self {
        Self(Box::new(place))
    }
}

impl Taker for InBody {
    fn adopt(&self, call: &mut Call) -> Option<Value> {
        let root: Value = serde_json::from_slice(call.body.as_bytes()?).ok()?;
        let member = self.0.iter().try_fold(&root, |place, name| place.get(name))?;
        (!member.is_null()).then(|| member.clone())
    }

    fn put(&self, call: &mut Call, value: &Value) {
        let body = with_member(call.body.as_bytes(), self.0, value);
        if let Some(body) = call.keep(body) {
            let media_type = call.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
            let media_type = media_type.unwrap_or("application/json").to_owned();
            call.json(&media_type, &body);
        }
    }
}

/// The JSON of `body`, with `value` in the member that `path` leads to; what is missing on the way
/// is made.
///
/// # Errors
/// [`ErrorKind::Request`] when the body isn't JSON in memory, or has something else than objects on the
/// way.
fn with_member(body: Option<&Bytes>, path: &[&str], value: &Value) -> Result<Value, Error> {
    let refuse = |why: &str| Error::new(ErrorKind::Request, format!("the next page: {why}"));
    let mut root = match body {
        Some(body) if body.is_empty() => Value::Object(Map::new()),
        body => body
            .and_then(|body| serde_json::from_slice(body).ok())
            .ok_or_else(|| refuse("the body isn't JSON"))?,
    };
    let mut place = &mut root;
    for name in path {
        if place.is_null() {
            *place = Value::Object(Map::new());
        }
        let Value::Object(members) = place else {
            return Err(refuse("the body has no place for what it is asked for with"));
        };
        place = members.entry(*name).or_insert(Value::Null);
    }
    *place = value.clone();
    Ok(root)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fake, POST, builder};
    use super::*;
    use serde_json::json;

    const CURSOR: InBody = InBody(&["page", "cursor"]);

    fn call(body: Option<&Value>) -> Call {
        let mut call = Call::new(&builder(&Fake::new([])).build(None).unwrap(), &POST);
        if let Some(body) = body {
            call.json("application/vnd.x+json", body);
        }
        call
    }

    fn body(call: &Call) -> Value {
        serde_json::from_slice(call.body.as_bytes().unwrap()).unwrap()
    }

    #[test]
    fn the_body_takes_what_is_put_there_and_keeps_the_rest() {
        let mut call = call(Some(&json!({"query": {"a": [1.5]}, "page": {"size": 2}})));
        assert_eq!(CURSOR.adopt(&mut call), None);
        for value in [json!("a"), json!(7)] {
            CURSOR.put(&mut call, &value);
            let page = json!({"size": 2, "cursor": value});
            assert_eq!(body(&call), json!({"query": {"a": [1.5]}, "page": page}));
            assert_eq!(CURSOR.adopt(&mut call), Some(value));
            assert_eq!(call.headers["content-type"], "application/vnd.x+json");
        }
        assert_eq!(CURSOR.parameter(), None);
        assert!(call.fault.is_none());
    }

    #[test]
    fn a_body_is_made_where_there_is_none() {
        let mut call = call(None);
        assert_eq!(CURSOR.adopt(&mut call), None);
        CURSOR.put(&mut call, &7.into());
        assert_eq!(body(&call), json!({"page": {"cursor": 7}}));
        assert_eq!(call.headers["content-type"], "application/json");
    }

    #[test]
    fn a_body_without_the_place_is_an_error() {
        for odd in [json!([1]), json!({"page": 1})] {
            let mut call = call(Some(&odd));
            assert_eq!(CURSOR.adopt(&mut call), None);
            CURSOR.put(&mut call, &7.into());
            let fault = call.fault.as_ref().map(Error::kind);
            assert_eq!((body(&call), fault), (odd, Some(ErrorKind::Request)));
        }
    }
}
