//! A body on its way: of an answer while it still streams, or of a request while it is sent. Chunks
//! of bytes, or the error that ended them.

use super::transport::TransportError;
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// A stream of the chunks of a body: of an answer's after decompression.
pub struct Body {
    content: Content,
}

enum Content {
    /// What is there in full; nothing once it was given.
    Whole(Bytes),
    Stream(Chunks, Option<u64>),
}

impl Body {
    /// A body out of a stream of chunks; it ends with the stream, or at its first error.
    pub fn from_stream(
        chunks: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static,
    ) -> Self {
        Self {
            content: Content::Stream(Box::pin(chunks), None),
        }
    }

    /// The same body, if its stream has as many bytes.
    #[must_use]
    pub fn with_len(mut self, bytes: u64) -> Self {
        if let Content::Stream(_, len) = &mut self.content {
            *len = Some(bytes);
        }
        self
    }

    /// How many bytes are still to come; `None` where nobody knows.
    #[must_use]
    pub fn known_len(&self) -> Option<u64> {
        match &self.content {
            Content::Whole(bytes) => Some(bytes.len() as u64),
            Content::Stream(_, len) => *len,
        }
    }

    /// The whole body, where it is there in full.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Whole(bytes) => Some(bytes),
            Content::Stream(..) => None,
        }
    }
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.content {
            Content::Whole(bytes) => {
                let whole = std::mem::take(bytes);
                Poll::Ready((!whole.is_empty()).then_some(Ok(whole)))
            }
            Content::Stream(chunks, len) => {
                let next = chunks.as_mut().poll_next(context);
                if let (Poll::Ready(Some(Ok(chunk))), Some(len)) = (&next, len) {
                    *len = len.saturating_sub(chunk.len() as u64);
                }
                next
            }
        }
    }
}

/// A body that is there in full.
impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self {
            content: Content::Whole(bytes),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("known_len", &self.known_len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Reply, block_on, chunks};
    use super::*;
    use std::future::poll_fn;

    #[test]
    fn what_is_still_to_come_gets_less() {
        let Reply::Answer(answer) = chunks(vec![Some(Ok("abc".into())), Some(Ok("de".into()))]) else {
            unreachable!()
        };
        let mut body = answer.into_body();
        assert_eq!(body.known_len(), None);
        body = body.with_len(4);
        // A stream of more than was told of has nothing left to be told of.
        for left in [1, 0, 0] {
            let next = block_on(poll_fn(|context| Pin::new(&mut body).poll_next(context)));
            assert!(next.is_none_or(|chunk| chunk.is_ok()));
            assert_eq!(body.known_len(), Some(left));
        }
        let mut whole = Body::from(Bytes::from("abc"));
        assert_eq!((whole.known_len(), whole.as_bytes().map(Bytes::len)), (Some(3), Some(3)));
        let chunk = block_on(poll_fn(|context| Pin::new(&mut whole).poll_next(context)));
        assert_eq!((chunk.unwrap().unwrap().len(), whole.known_len()), (3, Some(0)));
    }
}
