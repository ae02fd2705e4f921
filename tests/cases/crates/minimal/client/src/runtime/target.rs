//! What a call is aimed at, in words that are safe to print: no argument, no host, no query.

use http::Method;
use std::borrow::Cow;
use std::fmt;

/// An operation by its ID, method and path template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub(super) id: &'static str,
    pub(super) method: Method,
    pub(super) template: Cow<'static, str>,
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = format!("{} {}", self.method, self.template);
        // An operation without an ID is called after its place.
        if !self.id.is_empty() && self.id != place {
            write!(f, "{} ", self.id)?;
        }
        f.write_str(&place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_called_by_its_id_and_place_once() {
        for (id, shown) in [
            ("getThing", "getThing GET /things/{id}"),
            ("", "GET /things/{id}"),
            ("GET /things/{id}", "GET /things/{id}"),
            ("GET /things", "GET /things GET /things/{id}"),
        ] {
            let target = Target { id, method: Method::GET, template: "/things/{id}".into() };
            assert_eq!(target.to_string(), shown);
        }
    }
}
