//! What a page says about the one after it: what to ask for it with.

use super::encode::{Encode, View};
use super::paging::PageInfo;
use serde_json::Value;

impl PageInfo {
    /// What the next page is asked for with: a text or a number, as the server gave it. What is
    /// empty, null or neither says that there is no next page.
    #[must_use]
    pub fn next<T: Encode>(mut self, next: Option<&T>) -> Self {
        self.next = next.and_then(|next| scalar(next));
        self
    }

    /// What the next page is asked for with; `None` at the end.
    ///
    /// # Errors
    /// When there is more, and nothing to ask with.
    pub(super) fn cursor(&self) -> Result<Option<Value>, &'static str> {
        match &self.next {
            None if self.more == Some(true) => {
                Err("the page says that there is more, and not how to ask for it")
            }
            next => Ok(next.clone()),
        }
    }
}

/// The text or number that `value` is; `None` for all else, and for an empty text.
fn scalar(value: &dyn Encode) -> Option<Value> {
    let mut found = None;
    value.encode(&mut |view| {
        found = match view {
            View::Text("") | View::Secret("") => None,
            View::Text(text) | View::Secret(text) => Some(Value::from(text)),
            View::Integer(number) => Some(Value::from(number)),
            View::Unsigned(number) => Some(Value::from(number)),
            View::Float(number) => Some(Value::from(number)),
            _ => None,
        };
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_asked_with_is_a_text_or_a_number() {
        let next = |value: Value| PageInfo::of::<Value>(&[]).next(Some(&value)).next;
        for value in [Value::from("a"), Value::from(-1), Value::from(u64::MAX)] {
            assert_eq!(next(value.clone()), Some(value));
        }
        let list = serde_json::json!(["a"]);
        for nothing in [Value::Null, "".into(), true.into(), list] {
            assert_eq!(next(nothing), None);
        }
        // A whole number has no `.0`, as the server wrote none.
        let number = PageInfo::of::<Value>(&[]).next(Some(&1_700_000_000_000_f64));
        assert_eq!(number.next, Some(1_700_000_000_000_i64.into()));
    }
}
