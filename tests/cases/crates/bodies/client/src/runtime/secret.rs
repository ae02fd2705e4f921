//! Credentials: text that is sent, and never printed.

use std::fmt;
use std::sync::Arc;

/// A credential. `Debug` shows that there is one, not what it is; there is no `Display`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Secret {
    text: Arc<str>,
}

impl Secret {
    /// The user name and password of HTTP basic authentication, joined as RFC 7617, section 2,
    /// says.
    ///
    /// A colon in `user` can't be told from the one that ends it; servers read such a name up to
    /// its first colon.
    #[must_use]
    pub fn basic(user: &str, password: &str) -> Self {
        Self::from(format!("{user}:{password}"))
    }

    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.text
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self { text: text.into() }
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self { text: text.into() }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_what_it_was_made_of_and_shows_nothing_of_it() {
        for secret in [Secret::from("a:b:c d"), Secret::from("a:b:c d".to_owned()), Secret::basic("a:b", "c d")] {
            assert_eq!(secret.expose(), "a:b:c d");
            assert_eq!(secret, Secret::basic("a", "b:c d"));
            assert_eq!(format!("{secret:?} {:#?}", (&secret,)), "[redacted] (\n    [redacted],\n)");
        }
        assert_eq!(Secret::basic("", "").expose(), ":");
    }
}
