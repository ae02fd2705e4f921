//! Bytes that requests send: out of memory, out of a stream, or out of whatever can be opened again.
//!
//! An attempt is made again only if its body is still there: bytes are, and what can be opened is.
//! A stream is read once, and a call that sends one is not retried.

use super::body::Body;
use super::call::Call;
use super::content::{Content, Open};
use super::progress::Progress;
use super::transport::{BoxFuture, TransportError};
use bytes::Bytes;
use futures_core::Stream;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::hash::{Hash, Hasher};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

/// Bytes to send, be they in memory or not.
///
/// Clones are the same bytes: a stream is sent once, by whichever comes first.
#[derive(Clone)]
pub struct Upload {
    source: Source,
    len: Option<u64>,
    media_type: Option<String>,
    see: Option<Arc<See>>,
}

/// What is told of progress.
type See = dyn Fn(Progress) + Send + Sync;

type Opener = dyn Fn() -> BoxFuture<'static, Result<Body, TransportError>> + Send + Sync;

#[derive(Clone)]
enum Source {
    Whole(Bytes),
    Once(Arc<Mutex<Option<Body>>>),
    Again(Arc<Opener>),
}

impl Upload {
    /// The chunks of a stream. It ends at the first error, and the call with it.
    ///
    /// A call that sends it is never retried, not even where no connection was made.
    pub fn from_stream<E>(chunks: impl Stream<Item = Result<Bytes, E>> + Send + 'static) -> Self
    where
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let body = Body::from_stream(Readable(Box::pin(chunks)));
        Self::of(Source::Once(Arc::new(Mutex::new(Some(body)))))
    }

    /// The stream that `open` gives, which is called for each attempt: a call that sends it is
    /// retried like any other.
    pub fn from_fn<S, E, F>(open: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<S, E>> + Send + 'static,
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>> + 'static,
    {
        let open = move || -> BoxFuture<'static, Result<Body, TransportError>> {
            let opening = open();
            Box::pin(async {
                let chunks = opening.await.map_err(TransportError::body)?;
                Ok(Body::from_stream(Readable(Box::pin(chunks))))
            })
        };
        Self::of(Source::Again(Arc::new(open)))
    }

    fn of(source: Source) -> Self {
        Self {
            source,
            len: None,
            media_type: None,
            see: None,
        }
    }

    /// How many bytes there are. The server is told of it beforehand; without it, it learns where the
    /// body ends when it is there, which some servers don't take. A stream of more or fewer bytes is
    /// an error of the call.
    #[must_use]
    pub fn with_len(mut self, bytes: u64) -> Self {
        self.len = Some(bytes);
        self
    }

    /// The media type of the bytes, such as `image/png`, where the description has several, or any. Without it, it is
    /// the one that the description gives.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// The media type, if the caller has said one.
    pub(super) fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// Calls `see` whenever bytes were taken to be sent, at most 64 KiB of those in memory at once; each
    /// attempt begins at 0.
    #[must_use]
    pub fn on_progress(mut self, see: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.see = Some(Arc::new(see));
        self
    }

    /// The bytes, where they are in memory and nobody looks at how they go.
    pub(super) fn as_bytes(&self) -> Option<&Bytes> {
        match (&self.source, &self.see, self.len) {
            (Source::Whole(bytes), None, None) => Some(bytes),
            _ => None,
        }
    }

    /// The same as the body of a call.
    pub(super) fn content(self) -> Content {
        match self.as_bytes() {
            Some(bytes) => Content::Whole(bytes.clone()),
            None => Content::Opened(Arc::new(self)),
        }
    }

    /// How many bytes there are, as far as that is known.
    pub(super) fn known_len(&self) -> Option<u64> {
        match &self.source {
            Source::Whole(bytes) => self.len.or(Some(bytes.len() as u64)),
            Source::Once(_) | Source::Again(_) => self.len,
        }
    }
}

impl Call {
    /// Sets the body, as it is, of this media type unless it has one of its own.
    pub(crate) fn upload(&mut self, media_type: &str, body: Upload) {
        let own = body.media_type.clone();
        self.content(own.as_deref().unwrap_or(media_type), body.content());
    }
}

impl Open for Upload {
    fn len(&self) -> Option<u64> {
        self.known_len()
    }

    fn is_repeatable(&self) -> bool {
        !matches!(self.source, Source::Once(_))
    }

    fn open(&self) -> BoxFuture<'static, Result<Body, TransportError>> {
        let (total, see) = (self.known_len(), self.see.clone());
        let opening: BoxFuture<'static, Result<Body, TransportError>> = match &self.source {
            Source::Whole(bytes) => {
                let body = match see {
                    Some(_) => Body::from_stream(Slices(bytes.clone())),
                    None => Body::from(bytes.clone()),
                };
                Box::pin(async { Ok(body) })
            }
            Source::Once(body) => {
                let body = body.lock().unwrap_or_else(PoisonError::into_inner).take();
                let gone = || TransportError::body("the stream was sent before");
                Box::pin(async move { body.ok_or_else(gone) })
            }
            Source::Again(open) => open(),
        };
        Box::pin(async move {
            let counted = Body::from_stream(Counted {
                body: opening.await?,
                progress: Progress { done: 0, total },
                see,
            });
            Ok(match total {
                Some(total) => counted.with_len(total),
                None => counted,
            })
        })
    }
}

/// The bytes of a stream of the caller's.
struct Readable<S>(Pin<Box<S>>);

impl<S, E> Stream for Readable<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.as_mut().poll_next(context);
        next.map(|next| next.map(|chunk| chunk.map_err(TransportError::body)))
    }
}

/// The most bytes of a body in memory that are taken at once where somebody watches: what is taken is
/// said to be on its way, long before a slow server has it.
const SLICE: usize = 64 << 10;

/// Bytes in memory, slice by slice.
struct Slices(Bytes);

impl Stream for Slices {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let len = self.0.len().min(SLICE);
        let slice = self.0.split_to(len);
        Poll::Ready((!slice.is_empty()).then_some(Ok(slice)))
    }
}

/// A body whose bytes are counted: there must be as many as were told of.
struct Counted {
    body: Body,
    progress: Progress,
    see: Option<Arc<See>>,
}

impl Stream for Counted {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut self.body).poll_next(context);
        let Progress { done, total } = self.progress;
        let wrong = |total: u64| {
            let message = format!("the body has not the {total} bytes that were told of");
            Poll::Ready(Some(Err(TransportError::body(message))))
        };
        match &next {
            Poll::Ready(Some(Ok(chunk))) => {
                let done = done.saturating_add(chunk.len() as u64);
                if let Some(total) = total.filter(|total| done > *total) {
                    return wrong(total);
                }
                self.progress.done = done;
                if let Some(see) = &self.see {
                    see(self.progress);
                }
            }
            Poll::Ready(None) => {
                if let Some(total) = total.filter(|total| done < *total) {
                    return wrong(total);
                }
            }
            _ => {}
        }
        next
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self::of(Source::Whole(bytes))
    }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Upload {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static [u8]> for Upload {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<&'static str> for Upload {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

/// Bytes in memory are equal if they are the same; what isn't there yet, if it is the same source.
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.source, &other.source) {
            (Source::Whole(bytes), Source::Whole(others)) => bytes == others,
            (Source::Once(body), Source::Once(other)) => Arc::ptr_eq(body, other),
            (Source::Again(open), Source::Again(other)) => Arc::ptr_eq(open, other),
            _ => false,
        };
        same && self.known_len() == other.known_len() && self.media_type == other.media_type
    }
}

impl Eq for Upload {}

impl Hash for Upload {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.source {
            Source::Whole(bytes) => bytes.hash(state),
            Source::Once(_) | Source::Again(_) => self.known_len().hash(state),
        }
    }
}

/// Shows how long it is, not what it holds.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("len", &self.known_len())
            .field("is_repeatable", &self.is_repeatable())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::{Error, ErrorKind};
    use super::super::testing::{Fake, POST, answer, answer_with, block_on, builder, pieces};
    use super::*;
    use std::io;

    /// What comes of sending `body` to a server that is busy once.
    fn sent(body: impl Into<Upload>) -> (Result<(), Error>, Fake) {
        let fake = Fake::new([answer_with(429, "retry-after", "0"), answer(204, "")]);
        let mut call = Call::new(&builder(&fake).build(None).unwrap(), &POST);
        call.upload("application/octet-stream", body.into());
        (block_on(call.send()), fake)
    }

    fn bodies(fake: &Fake) -> Vec<Bytes> {
        let requests = fake.requests();
        requests.iter().map(|request| request.body().clone()).collect()
    }

    #[test]
    fn what_can_be_opened_again_is_sent_again() {
        let (result, fake) = sent("abc");
        assert_eq!((result.is_ok(), bodies(&fake)), (true, vec!["abc".into(); 2]));
        let opened = Upload::from_fn(|| async { Ok::<_, io::Error>(pieces(&["a", "bc"], None)) });
        let (result, fake) = sent(opened);
        assert_eq!((result.is_ok(), bodies(&fake)), (true, vec!["abc".into(); 2]));
        let (result, fake) = sent(Upload::from_stream(pieces(&["a", "bc"], None)));
        let error = result.unwrap_err();
        assert!(error.is_rate_limited() && error.attempts() == 1, "{error}");
        assert_eq!(bodies(&fake), ["abc"]);
    }

    #[test]
    fn bytes_are_of_the_media_type_that_they_say() {
        let sent = |body: Upload| sent(body).1.requests().first().unwrap().headers()["content-type"].clone();
        assert_eq!(sent("a".into()), "application/octet-stream");
        assert_eq!(sent(Upload::from("a").content_type("image/png")), "image/png");
        let (result, fake) = super::tests::sent(Upload::from("a").content_type("a\nb"));
        assert_eq!(result.unwrap_err().kind(), ErrorKind::Request);
        assert!(fake.requests().is_empty());
    }

    #[test]
    fn a_stream_is_sent_once() {
        let stream = Upload::from_stream(pieces(&["a"], None));
        assert_eq!(bodies(&sent(stream.clone()).1), ["a"]);
        let (result, fake) = sent(stream);
        assert_eq!(result.unwrap_err().kind(), ErrorKind::Read);
        assert!(fake.requests().is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_an_error_of_its_own() {
        let broken = || io::Error::other("gone");
        let streams = [
            Upload::from_stream(pieces(&["a"], Some(broken()))),
            Upload::from_fn(move || async move { Ok::<_, io::Error>(pieces(&[], Some(broken()))) }),
            Upload::from_fn(move || async move {
                Err(broken()).map(|()| pieces(&[], None))
            }),
        ];
        for stream in streams {
            let error = sent(stream).0.unwrap_err();
            assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Read, false));
            let source = std::error::Error::source(&error).unwrap().source().unwrap();
            assert_eq!(source.to_string(), "gone");
        }
    }

    #[test]
    fn there_are_as_many_bytes_as_were_told_of() {
        let told = |len| Upload::from_stream(pieces(&["a", "bc"], None)).with_len(len);
        let error = |body: Upload| {
            let fake = Fake::new([answer(204, "")]);
            let mut call = Call::new(&builder(&fake).build(None).unwrap(), &POST);
            call.upload("a/b", body);
            block_on(call.send::<()>()).err().map(|error| error.kind())
        };
        assert_eq!(error(told(3)), None);
        for len in [0, 2, 4] {
            assert_eq!(error(told(len)), Some(ErrorKind::Read), "{len}");
        }
    }

    #[test]
    fn progress_begins_anew_with_each_attempt() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let see = Arc::clone(&seen);
        let opened = Upload::from_fn(|| async { Ok::<_, io::Error>(pieces(&["a", "bc"], None)) })
            .with_len(3)
            .on_progress(move |progress| see.lock().unwrap().push((progress.done, progress.total)));
        sent(opened).0.unwrap();
        let total = Some(3);
        assert_eq!(*seen.lock().unwrap(), [(1, total), (3, total), (1, total), (3, total)]);
        let see = Arc::clone(&seen);
        seen.lock().unwrap().clear();
        let whole = Upload::from("abc").on_progress(move |progress| see.lock().unwrap().push((progress.done, progress.total)));
        sent(whole).0.unwrap();
        assert_eq!(*seen.lock().unwrap(), [(3, total), (3, total)]);
    }

    #[test]
    fn bytes_that_are_watched_go_piece_by_piece() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let see = Arc::clone(&seen);
        let bytes: Vec<u8> = (0..150_000_u32).map(|number| number as u8).collect();
        let whole = Upload::from(bytes.clone())
            .on_progress(move |Progress { done, total }| see.lock().unwrap().push((done, total)));
        let (result, fake) = sent(whole);
        result.unwrap();
        assert!(bodies(&fake).iter().all(|body| *body == bytes));
        let total = Some(150_000);
        let once = [(65_536, total), (131_072, total), (150_000, total)];
        assert_eq!(*seen.lock().unwrap(), [once, once].concat());
    }

    #[test]
    fn uploads_are_equal_if_they_are_the_same() {
        let stream = Upload::from_stream(pieces(&["a"], None));
        assert!(stream == stream.clone() && stream != Upload::from_stream(pieces(&["a"], None)));
        assert!(Upload::from("a") == Upload::from(vec![b'a']) && Upload::from("a") != stream);
        let debug = format!("{:?} {:?}", Upload::from("hidden"), stream);
        assert!(debug.contains("Some(6)") && !debug.contains("hidden"), "{debug}");
    }
}
