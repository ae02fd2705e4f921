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

#[cfg(test)]
mod tests {
    use super::super::testing::block_on;
    use super::*;
    use std::sync::Mutex;

    /// A body that can be opened so often.
    struct Lent(Mutex<u32>, Option<u64>);

    impl Open for Lent {
        fn len(&self) -> Option<u64> {
            self.1
        }

        fn is_repeatable(&self) -> bool {
            *self.0.lock().unwrap() > 1
        }

        fn open(&self) -> BoxFuture<'static, Result<Body, TransportError>> {
            let mut left = self.0.lock().unwrap();
            let opened = left.checked_sub(1).ok_or_else(|| TransportError::body("it is gone"));
            let opened = opened.map(|rest| {
                *left = rest;
                Body::from(Bytes::from("lent"))
            });
            Box::pin(std::future::ready(opened))
        }
    }

    #[test]
    fn bytes_are_the_same_however_often_they_are_sent() {
        let content = Content::Whole(Bytes::from("hidden"));
        assert_eq!((content.as_bytes(), content.len()), (Some(&Bytes::from("hidden")), Some(6)));
        for _ in 0..2 {
            assert!(content.is_repeatable());
            assert_eq!(block_on(content.open()).unwrap().as_bytes().unwrap(), "hidden");
        }
        assert_eq!(format!("{content:?}"), "Content { len: Some(6), .. }");
        assert_eq!((Content::default().as_bytes(), Content::default().len()), (Some(&Bytes::new()), Some(0)));
    }

    #[test]
    fn what_is_not_in_memory_is_opened_for_each_attempt() {
        let content = Content::Opened(Arc::new(Lent(Mutex::new(2), Some(4))));
        assert_eq!((content.as_bytes(), content.len()), (None, Some(4)));
        assert!(content.is_repeatable());
        // Clones are the same body.
        assert_eq!(block_on(content.clone().open()).unwrap().as_bytes().unwrap(), "lent");
        assert!(!content.is_repeatable());
        assert!(block_on(content.open()).is_ok());
        assert!(block_on(content.open()).unwrap_err().is_body());
        assert_eq!(Content::Opened(Arc::new(Lent(Mutex::new(0), None))).len(), None);
    }
}
