//! The place of a cursor, an offset or a page's number in a header of the request.

use super::call::Call;
use super::page_place::{PagePlace, Taker};
use http::HeaderName;
use serde_json::Value;

/// The header of this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InHeader(pub &'static str);

impl From<InHeader> for PagePlace {
    fn from(place: InHeader) -> Self {
        Self(Box::new(place))
    }
}

impl Taker for InHeader {
    fn adopt(&self, call: &mut Call) -> Option<Value> {
        let name = HeaderName::from_bytes(self.0.as_bytes()).ok()?;
        let options = &call.core.options;
        if let Some((_, given)) = options.headers.iter().find(|(other, _)| *other == name).cloned() {
            call.core = call.core.with_options(|mut options| {
                options.headers.retain(|(other, _)| *other != name);
                options
            });
            call.headers.insert(name.clone(), given);
        }
        Some(call.headers.get(name)?.to_str().ok()?.into())
    }

    fn put(&self, call: &mut Call, value: &Value) {
        call.header(self.0, value);
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
        let place = InHeader("X-Page");
        assert_eq!(place.adopt(&mut call), None);
        call.header("x-page", &1);
        assert_eq!(place.adopt(&mut call), Some("1".into()));
        call.core = core.with_options(|options| options.header("x-page", "3").header("x-size", "2"));
        assert_eq!(place.adopt(&mut call), Some("3".into()));
        assert_eq!(call.core.options.headers.len(), 1);
        place.put(&mut call, &"a b".into());
        assert_eq!(call.headers["x-page"], "a b");
        assert_eq!(place.parameter(), None);
        assert!(call.fault.is_none());
    }

    #[test]
    fn what_no_header_can_have_is_an_error() {
        let mut call = Call::new(&builder(&Fake::new([])).build(None).unwrap(), &GET);
        InHeader("x-page").put(&mut call, &"a\r\nb".into());
        assert!(call.fault.is_some());
    }
}
