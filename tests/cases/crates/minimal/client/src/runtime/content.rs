//! What a request sends: bytes that are there, or a body that is opened for each attempt.

use super::body::Body;
use super::transport::{BoxFuture, TransportError};
use bytes::Bytes;
use std::fmt;
use std::sync::Arc;

/// The body of a call before it is sent; clones are the same body.
#[derive(Clone)]
pub(super) enum Content {
    /// Bytes, which can be sent as often as it takes.
    Whole(Bytes),
    /// What isn't in memory.
    Opened(Arc<dyn Open>),
}

/// A body that isn't in memory.
pub(super) trait Open: Send + Sync {
    /// How many bytes it has, as far as that is known.
    fn len(&self) -> Option<u64>;

    /// Whether it can be opened more than once.
    fn is_repeatable(&self) -> bool;

    /// The body from its first byte on.
    ///
    /// # Errors
    /// [`TransportError::body`] when it can't be had, or not again.
    fn open(&self) -> BoxFuture<'static, Result<Body, TransportError>>;
}

impl Content {
    /// Its bytes, where they are in memory.
    pub(super) fn as_bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Whole(bytes) => Some(bytes),
            Self::Opened(_) => None,
        }
    }

    /// How many bytes it has, as far as that is known.
    pub(super) fn len(&self) -> Option<u64> {
        match self {
            Self::Whole(bytes) => Some(bytes.len() as u64),
            Self::Opened(open) => open.len(),
        }
    }

    /// Whether an attempt can be made again.
    pub(super) fn is_repeatable(&self) -> bool {
        match self {
            Self::Whole(_) => true,
            Self::Opened(open) => open.is_repeatable(),
        }
    }

    /// The body of an attempt.
    ///
    /// # Errors
    /// As [`Open::open`].
    pub(super) async fn open(&self) -> Result<Body, TransportError> {
        match self {
            Self::Whole(bytes) => Ok(Body::from(bytes.clone())),
            Self::Opened(open) => open.open().await,
        }
    }
}

impl Default for Content {
    fn default() -> Self {
        Self::Whole(Bytes::new())
    }
}

/// Shows how long it is, not what it holds.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content")
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}
