//! Files as bodies and parts of requests, read while they are sent (feature `fs`).

use super::upload::Upload;
use bytes::Bytes;
use futures_core::Stream;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

/// How much of a file is read at a time, in bytes.
const PIECE: usize = 64 << 10;

impl Upload {
    /// The file at a path, which is opened anew for each attempt, and has the length that it has now.
    ///
    /// # Errors
    /// When there is no such file. What goes wrong later is an error of the call.
    pub async fn file(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let len = tokio::fs::metadata(&path).await?.len();
        let open = move || {
            let opening = File::open(path.clone());
            async { opening.await.map(Pieces) }
        };
        Ok(Self::from_fn(open).with_len(len))
    }
}

/// The pieces of a file.
struct Pieces(File);

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut room = vec![0; PIECE];
        let mut buffer = ReadBuf::new(&mut room);
        let read = ready!(Pin::new(&mut self.0).poll_read(context, &mut buffer));
        let len = buffer.filled().len();
        room.truncate(len);
        Poll::Ready(match read {
            Ok(()) if len == 0 => None,
            Ok(()) => Some(Ok(room.into())),
            Err(error) => Some(Err(error)),
        })
    }
}
