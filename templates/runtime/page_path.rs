//! The place of a cursor, an offset or a page's number in the path of the request.

use super::call::Call;
use super::page_place::{PagePlace, Taker};
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// The argument of this name in the path, of the style `simple`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InPath(pub &'static str);

impl From<InPath> for PagePlace {
    fn from(place: InPath) -> Self {
        Self(Box::new(place))
    }
}

impl Taker for InPath {
    fn adopt(&self, call: &mut Call) -> Option<Value> {
        let (_, segment) = call.path.iter().find(|(name, _)| name == self.0)?;
        let text = percent_decode_str(segment).decode_utf8().ok()?;
        Some(text.into_owned().into())
    }

    fn put(&self, call: &mut Call, value: &Value) {
        call.path(self.0, value);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fake, GET, builder};
    use super::*;

    #[test]
    fn the_argument_is_replaced() {
        let mut call = Call::new(&builder(&Fake::new([])).build(None).unwrap(), &GET);
        let place = InPath("page");
        assert_eq!(place.adopt(&mut call), None);
        call.path("page", &"a/b");
        call.path("other", &"c");
        assert_eq!(place.adopt(&mut call), Some("a/b".into()));
        place.put(&mut call, &7.into());
        assert_eq!(place.adopt(&mut call), Some("7".into()));
        assert_eq!(call.path.len(), 2);
        assert_eq!(place.parameter(), None);
        // What no path can have.
        place.put(&mut call, &"..".into());
        assert!(call.fault.is_some());
    }
}
