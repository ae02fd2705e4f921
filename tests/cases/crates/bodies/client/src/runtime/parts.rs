//! The parts of a form as the body of a request: what is in memory between what isn't.

use super::body::Body;
use super::content::{Content, Open};
use super::transport::{BoxFuture, TransportError};
use super::upload::Upload;
use bytes::Bytes;
use futures_core::Stream;
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// The pieces of a body in the making.
#[derive(Default)]
pub(super) struct Parts {
    pieces: Vec<Piece>,
    /// What comes after them, and is in memory.
    last: Vec<u8>,
}

#[derive(Clone)]
enum Piece {
    Whole(Bytes),
    Upload(Upload),
}

impl Parts {
    /// Appends bytes.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.last.extend_from_slice(bytes);
    }

    /// Appends what need not be in memory.
    pub(super) fn upload(&mut self, upload: &Upload) {
        match upload.as_bytes() {
            Some(bytes) => self.bytes(bytes),
            None => {
                self.end();
                self.pieces.push(Piece::Upload(upload.clone()));
            }
        }
    }

    fn end(&mut self) {
        if !self.last.is_empty() {
            let last = std::mem::take(&mut self.last);
            self.pieces.push(Piece::Whole(last.into()));
        }
    }

    /// All of them as one body; in memory, where all are.
    pub(super) fn content(mut self) -> Content {
        if self.pieces.is_empty() {
            return Content::Whole(self.last.into());
        }
        self.end();
        Content::Opened(Arc::new(self))
    }
}

impl Open for Parts {
    fn len(&self) -> Option<u64> {
        let lens = self.pieces.iter().map(|piece| match piece {
            Piece::Whole(bytes) => Some(bytes.len() as u64),
            Piece::Upload(upload) => upload.known_len(),
        });
        lens.sum()
    }

    fn is_repeatable(&self) -> bool {
        self.pieces.iter().all(|piece| match piece {
            Piece::Whole(_) => true,
            Piece::Upload(upload) => upload.is_repeatable(),
        })
    }

    fn open(&self) -> BoxFuture<'static, Result<Body, TransportError>> {
        let pieces = self.pieces.iter().cloned().collect();
        let body = Body::from_stream(Opened {
            pieces,
            piece: None,
            opening: None,
        });
        let body = match self.len() {
            Some(len) => body.with_len(len),
            None => body,
        };
        Box::pin(async { Ok(body) })
    }
}

/// The pieces one after another; each is opened when those before it are at their end.
struct Opened {
    pieces: VecDeque<Piece>,
    piece: Option<Body>,
    opening: Option<BoxFuture<'static, Result<Body, TransportError>>>,
}

impl Stream for Opened {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(opening) = &mut self.opening {
                let opened = ready!(opening.as_mut().poll(context));
                self.opening = None;
                match opened {
                    Ok(body) => self.piece = Some(body),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                }
            }
            if let Some(piece) = &mut self.piece {
                match ready!(Pin::new(piece).poll_next(context)) {
                    None => self.piece = None,
                    next => return Poll::Ready(next),
                }
            }
            match self.pieces.pop_front() {
                Some(Piece::Whole(bytes)) => self.piece = Some(Body::from(bytes)),
                Some(Piece::Upload(upload)) => self.opening = Some(upload.open()),
                None => return Poll::Ready(None),
            }
        }
    }
}
