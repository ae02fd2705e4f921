//! Where a request takes what its page is asked for with: a text is the name of a query parameter,
//! and what else there is stands in a file of its own.

use super::call::Call;
use super::paging::Count;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

/// A place in a request for a cursor, an offset or a page's number: the query parameter of a name.
pub struct PagePlace(pub(super) Box<dyn Taker>);

impl From<&'static str> for PagePlace {
    fn from(name: &'static str) -> Self {
        Self(Box::new(name))
    }
}

/// What takes what a page is asked for with.
pub(super) trait Taker: Send + Sync {
    /// What the request has there, if anything, be it by the options: these hold for every page, and
    /// the place for one, so it is the call's own from then on.
    fn adopt(&self, call: &mut Call) -> Option<Value>;

    /// Puts `value` there.
    fn put(&self, call: &mut Call, value: &Value);

    /// The query parameter that the place is, if it is one.
    fn parameter(&self) -> Option<&'static str> {
        None
    }
}

impl Taker for &'static str {
    fn adopt(&self, call: &mut Call) -> Option<Value> {
        let name = *self;
        let options = &call.core.options;
        if let Some(given) = options.query.iter().find(|(other, _)| other == name).cloned() {
            call.core = call.core.with_options(|mut options| {
                options.query.retain(|(other, _)| other != name);
                options
            });
            call.query.retain(|(other, _)| other != name);
            call.query.push((Cow::Borrowed(name), given.1));
        }
        let (_, pair) = call.query.iter().find(|(other, _)| other == name)?;
        let value = pair.split_once('=').map_or("", |(_, value)| value);
        Some(value.into())
    }

    fn put(&self, call: &mut Call, value: &Value) {
        call.query(self, value);
    }

    fn parameter(&self) -> Option<&'static str> {
        Some(self)
    }
}

/// Shows the query parameter, if it is one.
impl fmt::Debug for PagePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PagePlace").field(&self.0.parameter()).finish()
    }
}

/// The count that a request has in a place; numbers may have a fraction of zero.
pub(super) fn count(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        _ => value.as_u64().or_else(|| value.as_f64()?.count()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fake, GET, builder};
    use super::*;

    #[test]
    fn what_the_options_say_becomes_the_calls_own() {
        let core = builder(&Fake::new([])).build(None).unwrap();
        let mut call = Call::new(&core, &GET);
        assert_eq!("page".adopt(&mut call), None);
        call.query("page", &1);
        assert_eq!("page".adopt(&mut call), Some("1".into()));
        call.core = core.with_options(|options| options.query("page", "3").query("size", "2"));
        assert_eq!("page".adopt(&mut call), Some("3".into()));
        assert_eq!(call.core.options.query.len(), 1);
        "page".put(&mut call, &4.into());
        assert_eq!("page".adopt(&mut call), Some("4".into()));
        assert_eq!("page".parameter(), Some("page"));
    }

    #[test]
    fn counts_are_whole_numbers() {
        assert_eq!(count(&"7".into()), Some(7));
        assert_eq!(count(&7.into()), Some(7));
        assert_eq!(count(&7.0.into()), Some(7));
        for odd in [Value::Null, "last".into(), (-1).into(), 1.5.into(), "".into()] {
            assert_eq!(count(&odd), None);
        }
    }
}
