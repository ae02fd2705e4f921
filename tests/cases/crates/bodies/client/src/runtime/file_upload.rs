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

/// Files are read beside what waits for them.
#[cfg(all(test, feature = "blocking"))]
mod tests {
    use super::super::blocking::wait;
    use super::super::body::Body;
    use super::super::content::Open;
    use super::*;
    use std::future::poll_fn;

    /// A file of the test of this name, until it is dropped.
    struct Temporary(PathBuf);

    impl Temporary {
        fn new(name: &str, content: &[u8]) -> Self {
            let name = format!("clientwright-file-upload-{name}-{}", std::process::id());
            let path = std::env::temp_dir().join(name);
            std::fs::write(&path, content).unwrap();
            Self(path)
        }
    }

    impl Drop for Temporary {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    /// How long a body says that it is, and its pieces to its end.
    fn pieces(mut body: Body) -> (Option<u64>, Vec<Bytes>) {
        let (len, mut all) = (body.known_len(), Vec::new());
        while let Some(piece) = wait(poll_fn(|context| Pin::new(&mut body).poll_next(context))) {
            all.push(piece.unwrap());
        }
        (len, all)
    }

    #[test]
    fn a_file_is_read_piece_by_piece_and_as_often_as_it_is_sent() {
        let content: Vec<u8> = (0..=2 * PIECE).map(|number| number as u8).collect();
        let file = Temporary::new("pieces", &content);
        let upload = wait(Upload::file(&file.0)).unwrap();
        assert!(upload.as_bytes().is_none() && upload.is_repeatable());
        for _ in 0..2 {
            let (len, pieces) = pieces(wait(upload.open()).unwrap());
            assert_eq!(len, Some(content.len() as u64));
            assert_eq!(pieces.iter().map(Bytes::len).collect::<Vec<_>>(), [PIECE, PIECE, 1]);
            assert!(pieces.concat() == content);
        }
    }

    #[test]
    fn a_file_may_be_empty() {
        let file = Temporary::new("empty", b"");
        let upload = wait(Upload::file(&file.0)).unwrap();
        assert_eq!(pieces(wait(upload.open()).unwrap()), (Some(0), Vec::new()));
    }

    #[test]
    fn a_file_must_be_there_at_first_and_later() {
        let file = Temporary::new("gone", b"a");
        let upload = wait(Upload::file(&file.0)).unwrap();
        std::fs::remove_file(&file.0).unwrap();
        assert!(wait(upload.open()).unwrap_err().is_body());
        let error = wait(Upload::file(&file.0)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }

    /// What is opened can still not be readable, as a folder is on Unix.
    #[cfg(unix)]
    #[test]
    fn what_cannot_be_read_is_an_error_of_the_body() {
        let upload = wait(Upload::file(std::env::temp_dir())).unwrap();
        let mut body = wait(upload.open()).unwrap();
        let next = wait(poll_fn(|context| Pin::new(&mut body).poll_next(context)));
        assert!(next.unwrap().unwrap_err().is_body());
    }
}
