//! Answers of success: with a decoded value, or with a body that still streams.

use super::body::Body;
use super::core::Core;
use super::deadline::Deadline;
use super::decode::Decode;
use super::error::{Error, ErrorKind};
use super::header_value;
use super::message;
use super::progress::Progress;
use super::secret::Secret;
use super::target::Target;
use super::transport::TransportError;
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// How much room for a body is made because the server says that it needs it, in bytes.
const ROOM: usize = 4 << 20;

/// A decoded answer, with all that came along.
#[derive(Clone)]
pub struct Response<T> {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) attempts: u32,
    pub(super) bytes: Bytes,
    pub(super) value: T,
}

impl<T> Response<T> {
    /// The status, from 200 to 299.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value of a header, as a text, a number, a boolean, a type of the API, or a list of these;
    /// `None` when there is none, or it doesn't fit.
    #[must_use]
    pub fn header<H: Decode>(&self, name: &str) -> Option<H> {
        header_value::read(&self.headers, name)
    }

    /// The server's name for this request, for its support: the header `x-request-id` or
    /// `request-id`, else one whose name ends so (`x-github-request-id`) or with `correlation-id`,
    /// `debug-id` or `trace-id`, else `cf-ray`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        message::request_id(&self.headers)
    }

    /// How many times the request was sent, from 1.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The body as it came, after decompression.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The decoded body.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The decoded body alone.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}

/// An answer whose body still streams.
pub struct RawResponse {
    pub(super) core: Core,
    pub(super) target: Target,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) attempts: u32,
    pub(super) body: Body,
    pub(super) deadline: Deadline,
    pub(super) cap: usize,
    /// What the call had in the places of credentials.
    pub(super) carried: Vec<Secret>,
    /// The largest value, where the body is a stream of them, if the caller says so.
    pub(super) value_cap: Option<usize>,
    /// What the body broke off with; its end is never reached after that.
    pub(super) broken: Option<Error>,
    pub(super) watched: Option<Watched>,
}

/// Who looks at how far a body has come, and how far it has.
pub(super) struct Watched {
    progress: Progress,
    see: Box<dyn FnMut(Progress) + Send>,
}

impl RawResponse {
    /// The status, from 200 to 299.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value of a header, as a text, a number, a boolean, a type of the API, or a list of these;
    /// `None` when there is none, or it doesn't fit.
    #[must_use]
    pub fn header<H: Decode>(&self, name: &str) -> Option<H> {
        header_value::read(&self.headers, name)
    }

    /// The server's name for this request, for its support: the header `x-request-id` or
    /// `request-id`, else one whose name ends so (`x-github-request-id`) or with `correlation-id`,
    /// `debug-id` or `trace-id`, else `cf-ray`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        message::request_id(&self.headers)
    }

    /// How many times the request was sent, from 1.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The next bytes of the body, after decompression; `None` at its end.
    ///
    /// The body cap doesn't hold here, for nothing is kept, and of the time limits that of a read:
    /// see [`read_timeout`](super::options::Options::read_timeout).
    ///
    /// # Errors
    /// [`ErrorKind::Timeout`] or [`ErrorKind::Transport`] when the body doesn't come to its end, and
    /// the same one again whenever more is asked for.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    pub(super) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, Error>> {
        if let Some(error) = &self.broken {
            return Poll::Ready(Err(error.clone()));
        }
        let body = Pin::new(&mut self.body);
        let next = self
            .deadline
            .poll(context, |context| body.poll_next(context));
        let error = match ready!(next) {
            Some(None) => return Poll::Ready(Ok(None)),
            Some(Some(Ok(chunk))) => {
                if let Some(Watched { progress, see }) = &mut self.watched {
                    progress.done = progress.done.saturating_add(chunk.len() as u64);
                    see(*progress);
                }
                return Poll::Ready(Ok(Some(chunk)));
            }
            Some(Some(Err(error))) => broken(error, &|text| self.redact(text)),
            None => timed_out(&self.deadline),
        };
        let error = self.label(error);
        self.broken = Some(error.clone());
        Poll::Ready(Err(error))
    }

    /// The whole body that is still to come.
    ///
    /// # Errors
    /// As [`chunk`](Self::chunk), and [`ErrorKind::TooLarge`] when it is larger than the body cap.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        self.read().await
    }

    /// How many bytes the body has, where the server says so and nothing is decompressed.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        let len = self.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse();
        len.ok()
            .filter(|_| !self.headers.contains_key(CONTENT_ENCODING))
    }

    /// Calls `see` whenever bytes have come: how many by now, and of how many.
    #[must_use]
    pub fn on_progress(mut self, see: impl FnMut(Progress) + Send + 'static) -> Self {
        self.watched = Some(Watched {
            progress: Progress {
                done: 0,
                total: self.content_length(),
            },
            see: Box::new(see),
        });
        self
    }

    /// Writes the body that is still to come, chunk by chunk; returns how many bytes it has.
    ///
    /// The writer may block: for one that is asynchronous, call [`chunk`](Self::chunk) in a loop, or
    /// `write_to` of the feature `fs`.
    ///
    /// # Errors
    /// As [`chunk`](Self::chunk), and [`ErrorKind::Write`] with the writer's error as its source.
    pub async fn copy_to(&mut self, writer: &mut (impl io::Write + ?Sized)) -> Result<u64, Error> {
        let mut done = 0_u64;
        while let Some(chunk) = self.chunk().await? {
            let written = writer.write_all(&chunk);
            written.map_err(|error| self.unwritable(error))?;
            done = done.saturating_add(chunk.len() as u64);
        }
        Ok(done)
    }

    pub(super) fn unwritable(&self, error: io::Error) -> Error {
        let error = Error::new(ErrorKind::Write, "the body can't be written")
            .with(|inner| inner.source = Some(Arc::new(error)));
        self.label(error)
    }

    pub(super) async fn read(&mut self) -> Result<Bytes, Error> {
        // Most bodies are one chunk, which needs no copy.
        let Some(first) = self.chunk_within(0).await? else {
            return Ok(Bytes::new());
        };
        let Some(second) = self.chunk_within(first.len()).await? else {
            return Ok(first);
        };
        // What the server says about the length is worth some room, but it may say anything.
        let said = self.content_length().and_then(|len| usize::try_from(len).ok());
        let mut whole = Vec::with_capacity(said.unwrap_or_default().min(self.cap).min(ROOM));
        append(&mut whole, &first, self.cap);
        append(&mut whole, &second, self.cap);
        drop((first, second));
        while let Some(chunk) = self.chunk_within(whole.len()).await? {
            append(&mut whole, &chunk, self.cap);
        }
        Ok(whole.into())
    }

    /// The next chunk, if the cap allows it beside what is there.
    async fn chunk_within(&mut self, there: usize) -> Result<Option<Bytes>, Error> {
        let chunk = self.chunk().await?;
        match &chunk {
            Some(chunk) if chunk.len() > self.cap.saturating_sub(there) => {
                let message = format!("the body is larger than the cap of {} bytes", self.cap);
                Err(self.label(Error::new(ErrorKind::TooLarge, message)))
            }
            _ => Ok(chunk),
        }
    }

    /// The body up to `cap` bytes, or up to where it breaks off.
    pub(super) async fn read_some(&mut self, cap: usize) -> Bytes {
        let mut some = BytesMut::new();
        while some.len() < cap {
            let Ok(Some(chunk)) = self.chunk().await else {
                break;
            };
            let room = cap - some.len();
            some.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
        }
        some.freeze()
    }

    /// `text` without the secrets of the request.
    pub(super) fn redact(&self, text: &str) -> String {
        self.core.shared.credentials.redact(&self.carried, text)
    }

    /// `error` with what is known of this answer.
    pub(super) fn label(&self, error: Error) -> Error {
        let id = message::request_id(&self.headers);
        error.with(|error| {
            error.target = Some(self.target.clone());
            error.answer = Some((self.status, self.headers.clone()));
            error.printed_id = id.map(|id| message::one_line(&self.redact(id)));
            error.attempts = self.attempts;
        })
    }
}

/// Appends a chunk that the cap allows. The room doubles, but never beyond the cap, so that a body
/// and its copy into a larger room are at most twice the cap.
fn append(whole: &mut Vec<u8>, chunk: &[u8], cap: usize) {
    if whole.capacity() - whole.len() < chunk.len() {
        let room = whole
            .len()
            .min(cap.saturating_sub(whole.len()))
            .max(chunk.len());
        whole.reserve_exact(room);
    }
    whole.extend_from_slice(chunk);
}

/// The error that a transport's error is to callers; `redact` takes out what must not be printed.
pub(super) fn broken(error: TransportError, redact: &dyn Fn(&str) -> String) -> Error {
    let kind = if error.is_connect() {
        ErrorKind::Connect
    } else if error.is_timeout() {
        ErrorKind::Timeout
    } else if error.is_request() {
        ErrorKind::Request
    } else if error.is_body() {
        ErrorKind::Read
    } else {
        ErrorKind::Transport
    };
    let message = match error.reason(redact) {
        Some(reason) => format!("{error}: {reason}"),
        None => error.to_string(),
    };
    Error::new(kind, message).with(|inner| {
        inner.is_retryable = !matches!(kind, ErrorKind::Request | ErrorKind::Read);
        inner.source = Some(Arc::new(error.without(redact)));
    })
}

/// The error of an attempt that took too long.
pub(super) fn timed_out(deadline: &Deadline) -> Error {
    Error::new(ErrorKind::Timeout, deadline.message()).with(|inner| inner.is_retryable = true)
}

/// The chunks of the body, as [`chunk`](RawResponse::chunk) gives them; at its first error it ends.
impl Stream for RawResponse {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.broken.is_some() {
            return Poll::Ready(None);
        }
        self.poll_chunk(context).map(Result::transpose)
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("target", &self.target.to_string())
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_takes_no_more_room_than_the_cap() {
        const CAP: usize = 10_000;
        for size in [1, 7, 100, 3_000, 5_000] {
            let mut whole = Vec::new();
            while whole.len() + size <= CAP {
                append(&mut whole, &vec![7; size], CAP);
                assert!(whole.capacity() <= CAP, "{size}: {}", whole.capacity());
            }
            assert!(whole.iter().all(|byte| *byte == 7) && whole.len() > CAP - size);
        }
    }
}
