//! Bodies that can be sent as one of several media types.

use super::call::Call;
use super::error::ErrorKind;
use super::header;
use http::header::CONTENT_TYPE;

impl Call {
    /// Sends the body as this media type, be it set already or later.
    pub(crate) fn send_as(&mut self, media_type: &'static str) {
        self.media_type = Some(media_type);
        let value = header::plain(ErrorKind::Request, CONTENT_TYPE.as_str(), media_type);
        let value = self.keep(value);
        if let (Some(value), Some(sent)) = (value, self.headers.get_mut(CONTENT_TYPE)) {
            *sent = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fake, POST, builder};
    use super::*;

    #[test]
    fn a_body_is_sent_as_what_was_chosen_whenever_it_is_set() {
        let core = builder(&Fake::new([])).build(None).unwrap();
        let mut before = Call::new(&core, &POST);
        before.json("application/a+json", &1);
        before.send_as("application/b+json");
        let mut after = Call::new(&core, &POST);
        after.send_as("application/b+json");
        assert!(after.headers.is_empty());
        after.json("application/a+json", &1);
        for call in [before, after] {
            assert_eq!(call.headers["content-type"], "application/b+json");
            assert_eq!(call.body.as_bytes().unwrap(), "1");
        }
    }
}
