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
        if !self.id.is_empty() {
            write!(f, "{} ", self.id)?;
        }
        write!(f, "{} {}", self.method, self.template)
    }
}
