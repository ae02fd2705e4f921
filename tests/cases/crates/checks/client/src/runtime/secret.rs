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
