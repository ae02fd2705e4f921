//! Answers into files and other asynchronous writers, written while they come (feature `fs`).

use super::error::Error;
use super::response::RawResponse;
use std::future::poll_fn;
use std::io;
use std::path::Path;
use std::pin::Pin;
use tokio::fs::File;
use tokio::io::AsyncWrite;

impl RawResponse {
    /// Writes the body that is still to come into a new file, or over the one that is there; returns
    /// how many bytes it has. Of a body that breaks off, the file has the beginning.
    ///
    /// # Errors
    /// As [`write_to`](Self::write_to).
    pub async fn save_to(&mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let file = File::create(path).await;
        let mut file = file.map_err(|error| self.unwritable(error))?;
        self.write_to(&mut file).await
    }

    /// Writes the body that is still to come, chunk by chunk; returns how many bytes it has. What came
    /// of a body that breaks off is written.
    ///
    /// # Errors
    /// As [`copy_to`](Self::copy_to).
    pub async fn write_to(
        &mut self,
        writer: &mut (impl AsyncWrite + Unpin + ?Sized),
    ) -> Result<u64, Error> {
        let mut done = 0_u64;
        let ended = loop {
            let chunk = match self.chunk().await {
                Ok(Some(chunk)) => chunk,
                Ok(None) => break Ok(done),
                Err(error) => break Err(error),
            };
            let written = write(&mut *writer, &chunk).await;
            written.map_err(|error| self.unwritable(error))?;
            done = done.saturating_add(chunk.len() as u64);
        };
        let flushed = poll_fn(|context| Pin::new(&mut *writer).poll_flush(context)).await;
        ended.and_then(|done| match flushed {
            Ok(()) => Ok(done),
            Err(error) => Err(self.unwritable(error)),
        })
    }
}

async fn write(
    writer: &mut (impl AsyncWrite + Unpin + ?Sized),
    mut bytes: &[u8],
) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = poll_fn(|context| Pin::new(&mut *writer).poll_write(context, bytes)).await?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        bytes = bytes.get(written..).unwrap_or_default();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::call::Call;
    use super::super::error::ErrorKind;
    use super::super::testing::{Fake, GET, Reply, block_on, builder, chunks};
    use super::super::transport::TransportError;
    use super::*;
    use bytes::Bytes;
    use std::task::{Context, Poll};

    /// What takes so many bytes at a time, until it has `room` of them.
    struct Slow {
        taken: Vec<u8>,
        at_a_time: usize,
        room: usize,
        flushed: Option<usize>,
        fails: bool,
    }

    impl Slow {
        fn new(at_a_time: usize, room: usize) -> Self {
            Self { taken: Vec::new(), at_a_time, room, flushed: None, fails: false }
        }
    }

    impl AsyncWrite for Slow {
        fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
            let len = bytes.len().min(self.at_a_time).min(self.room - self.taken.len());
            self.taken.extend_from_slice(&bytes[..len]);
            Poll::Ready(Ok(len))
        }

        fn poll_flush(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            self.flushed = Some(self.taken.len());
            Poll::Ready(if self.fails { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) })
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            unreachable!("the writer is the caller's")
        }
    }

    fn raw(reply: Reply) -> RawResponse {
        let core = builder(&Fake::new([reply])).build(None).unwrap();
        block_on(Call::new(&core, &GET).send::<()>().raw()).unwrap()
    }

    fn body(is_broken: bool) -> Reply {
        let pieces = ["ab", "", "cdefg"].map(|piece| Some(Ok(Bytes::from(piece))));
        let broken = is_broken.then(|| Some(Err(TransportError::exchange("reset"))));
        chunks(pieces.into_iter().chain(broken).collect())
    }

    /// What kind of error of the file or device is behind an error of the call.
    fn reason(error: &Error) -> io::ErrorKind {
        assert_eq!(error.kind(), ErrorKind::Write);
        assert!(error.to_string().contains("GetThings"), "{error}");
        let source = std::error::Error::source(error).unwrap();
        source.downcast_ref::<io::Error>().unwrap().kind()
    }

    #[test]
    fn a_body_is_written_as_fast_as_it_is_taken() {
        for at_a_time in [1, 3, 100] {
            let mut writer = Slow::new(at_a_time, 100);
            assert_eq!(block_on(raw(body(false)).write_to(&mut writer)).unwrap(), 7);
            assert_eq!((&writer.taken[..], writer.flushed), (&b"abcdefg"[..], Some(7)));
        }
    }

    #[test]
    fn of_a_body_that_breaks_off_the_beginning_is_written() {
        let mut writer = Slow::new(2, 100);
        let error = block_on(raw(body(true)).write_to(&mut writer)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert_eq!((&writer.taken[..], writer.flushed), (&b"abcdefg"[..], Some(7)));
        // Why it broke off is told, also where the rest can't be written.
        writer.fails = true;
        let error = block_on(raw(body(true)).write_to(&mut writer)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
    }

    #[test]
    fn what_takes_nothing_more_is_an_error() {
        let mut writer = Slow::new(100, 3);
        let error = block_on(raw(body(false)).write_to(&mut writer)).unwrap_err();
        assert_eq!((reason(&error), &writer.taken[..]), (io::ErrorKind::WriteZero, &b"abc"[..]));
        let mut writer = Slow { fails: true, ..Slow::new(100, 100) };
        let error = block_on(raw(body(false)).write_to(&mut writer)).unwrap_err();
        assert_eq!(reason(&error), io::ErrorKind::StorageFull);
    }

    /// Files are read and written beside what waits for them.
    #[cfg(feature = "blocking")]
    #[test]
    fn a_file_is_new_or_written_over() {
        use super::super::blocking::wait;
        let name = format!("clientwright-file-download-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, "longer than what comes").unwrap();
        for _ in 0..2 {
            assert_eq!(wait(raw(body(false)).save_to(&path)).unwrap(), 7);
            assert_eq!(std::fs::read(&path).unwrap(), b"abcdefg");
            std::fs::remove_file(&path).unwrap();
        }
        let error = wait(raw(body(false)).save_to(path.join("none"))).unwrap_err();
        assert_eq!(reason(&error), io::ErrorKind::NotFound);
    }
}
