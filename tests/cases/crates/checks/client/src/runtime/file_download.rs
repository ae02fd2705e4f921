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
