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
