//! Answers that are JSON values one after another: a line each (`application/jsonl`,
//! `application/x-ndjson`), or each behind a record separator (`application/json-seq`, RFC 7464).

use super::call::Call;
use super::decode::Decode;
use super::error::{Error, ErrorKind};
use super::fault::Fault;
use super::json;
use super::lines::{Ends, Lines, TooLong};
use super::response::RawResponse;
use super::streaming::{self, SendingStream, undecodable};
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The longest text of a value, in bytes, unless the caller says otherwise.
const LONGEST: usize = 8 << 20;

/// The record separator.
const SEPARATOR: u8 = 0x1e;

/// The values of an answer, as they come.
///
/// Each may have 8 MiB, unless the [`value_cap`](super::options::Options::value_cap) is another one, and
/// the server may be silent for the [`read_timeout`](super::options::Options::read_timeout).
///
/// Dropping it ends the answer.
#[must_use = "values are not read until they are polled"]
pub struct JsonStream<T> {
    values: Values,
    read: fn(&[u8]) -> Result<T, Fault>,
}

impl<T> JsonStream<T> {
    /// The next value; `None` at the end.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] for a value that isn't what the description promises, with the server's
    /// words if it is an object with nothing but `error`: the stream goes on after it. After any other
    /// error it is over: [`ErrorKind::TooLarge`] beyond the cap, and [`ErrorKind::Timeout`] and
    /// [`ErrorKind::Transport`] for a stream that breaks off.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// The answer that the values come from: its status and headers.
    #[must_use]
    pub fn response(&self) -> &RawResponse {
        &self.values.raw
    }
}

impl<T> Stream for JsonStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match ready!(self.values.poll(context)) {
            Some(Ok(text)) => {
                let value = (self.read)(&text);
                let error = |fault| undecodable(&self.values.raw, &text, fault);
                Poll::Ready(Some(value.map_err(error)))
            }
            Some(Err(error)) => Poll::Ready(Some(Err(error))),
            None => Poll::Ready(None),
        }
    }
}

impl<T> fmt::Debug for JsonStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonStream")
            .field("response", &self.values.raw)
            .finish_non_exhaustive()
    }
}

impl Call {
    /// Sends the call, for a value a line.
    pub(crate) fn send_lines<T: Decode>(self) -> SendingStream<JsonStream<T>> {
        SendingStream::new(self, "", |opened| JsonStream {
            values: Values::new(opened.raw, |cap| Texts::Lines(Lines::new(Ends::Feed, cap))),
            read: streaming::value,
        })
    }

    /// Sends the call, for values behind record separators.
    pub(crate) fn send_records<T: Decode>(self) -> SendingStream<JsonStream<T>> {
        SendingStream::new(self, "", |opened| JsonStream {
            values: Values::new(opened.raw, |cap| Texts::Records(Records::new(cap))),
            read: streaming::value,
        })
    }
}

impl RawResponse {
    /// The values of the body, which are JSON, one a line, where the description doesn't say so.
    pub fn lines<T: Decode>(self) -> JsonStream<T> {
        JsonStream {
            values: Values::new(self.by_value(), |cap| Texts::Lines(Lines::new(Ends::Feed, cap))),
            read: streaming::value,
        }
    }
}

/// The part of a stream that knows no types.
struct Values {
    raw: RawResponse,
    texts: Texts,
    /// The longest value, in bytes.
    cap: usize,
    /// Whether a text was looked at: a byte order mark may stand in front of the first one alone.
    has_begun: bool,
    is_over: bool,
}

impl Values {
    fn new(raw: RawResponse, texts: fn(usize) -> Texts) -> Self {
        let cap = raw.value_cap.unwrap_or(LONGEST);
        Self {
            raw,
            texts: texts(cap),
            cap,
            has_begun: false,
            is_over: false,
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        while !self.is_over {
            match self.texts.next().map(|text| text.map(|text| self.unmarked(text))) {
                None => {}
                Some(Ok(text)) if is_blank(&text) => continue,
                Some(Ok(text)) => return Poll::Ready(Some(Ok(text))),
                Some(Err(TooLong)) => {
                    self.is_over = true;
                    let message = format!("a value is longer than the cap of {} bytes", self.cap);
                    let error = self.raw.label(Error::new(ErrorKind::TooLarge, message));
                    return Poll::Ready(Some(Err(error)));
                }
            }
            match ready!(self.raw.poll_chunk(context)) {
                Ok(Some(chunk)) => self.texts.push(chunk),
                Ok(None) => {
                    self.is_over = true;
                    let last = self.texts.last().map(|text| self.unmarked(text));
                    return Poll::Ready(last.filter(|text| !is_blank(text)).map(Ok));
                }
                Err(error) => {
                    self.is_over = true;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        Poll::Ready(None)
    }

    /// `text` without the byte order mark that the body may begin with.
    fn unmarked(&mut self, text: Bytes) -> Bytes {
        match std::mem::replace(&mut self.has_begun, true) {
            true => text,
            false => text.slice_ref(json::unmarked(&text)),
        }
    }
}

fn is_blank(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_whitespace)
}

/// How the text of a value is told from that of the next.
enum Texts {
    Lines(Lines),
    Records(Records),
}

impl Texts {
    fn push(&mut self, piece: Bytes) {
        match self {
            Self::Lines(lines) => lines.push(piece),
            Self::Records(records) => records.rest = piece,
        }
    }

    fn next(&mut self) -> Option<Result<Bytes, TooLong>> {
        match self {
            Self::Lines(lines) => lines.next(),
            Self::Records(records) => records.next(),
        }
    }

    fn last(&mut self) -> Option<Bytes> {
        match self {
            Self::Lines(lines) => lines.last(),
            Self::Records(records) => records.last(),
        }
    }
}

/// Values behind record separators, each given as soon as the line feed behind it is there and not
/// only when the next one begins.
struct Records {
    cap: usize,
    rest: Bytes,
    /// What came of a value, without blanks in front of it.
    begun: Vec<u8>,
    /// How many lists and objects are open.
    depth: usize,
    in_text: bool,
    after_backslash: bool,
}

impl Records {
    fn new(cap: usize) -> Self {
        Self {
            cap,
            rest: Bytes::new(),
            begun: Vec::new(),
            depth: 0,
            in_text: false,
            after_backslash: false,
        }
    }

    fn next(&mut self) -> Option<Result<Bytes, TooLong>> {
        let rest = std::mem::take(&mut self.rest);
        for (at, byte) in rest.iter().enumerate() {
            if self.begun.is_empty() && (*byte == SEPARATOR || byte.is_ascii_whitespace()) {
                continue;
            }
            if *byte == SEPARATOR || (*byte == b'\n' && self.depth == 0) {
                self.rest = rest.slice(at + 1..);
                return self.last().map(Ok);
            }
            self.see(*byte);
            if self.begun.len() >= self.cap {
                return Some(Err(TooLong));
            }
            self.begun.push(*byte);
        }
        None
    }

    fn see(&mut self, byte: u8) {
        if self.in_text {
            let is_escaped = std::mem::take(&mut self.after_backslash);
            self.after_backslash = byte == b'\\' && !is_escaped;
            self.in_text = byte != b'"' || is_escaped;
        } else {
            match byte {
                b'"' => self.in_text = true,
                b'[' | b'{' => self.depth += 1,
                b']' | b'}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    fn last(&mut self) -> Option<Bytes> {
        (self.depth, self.in_text, self.after_backslash) = (0, false, false);
        Some(std::mem::take(&mut self.begun).into())
    }
}

#[cfg(test)]
mod tests {
    use super::super::decode::Token;
    use super::super::testing::{Fake, GET, Reply, answer, block_on, builder, chunks, muddle};
    use super::super::transport::TransportError;
    use super::*;
    use serde_json::{Value, json};

    /// Each byte is looked at once: this would take days if what came before were looked at again.
    #[test]
    fn blanks_between_records_take_no_time() {
        let mut records = Records::new(LONGEST);
        for _ in 0..4 {
            records.rest = Bytes::from(vec![b'\n'; 1 << 20]);
            assert!(records.next().is_none());
            assert!(records.begun.is_empty());
        }
        records.rest = Bytes::from_static(b" \x1e \n 1 2\n3");
        assert_eq!(records.next().and_then(Result::ok).unwrap(), "1 2");
        assert!(records.next().is_none());
        assert_eq!(records.last().unwrap(), "3");
    }

    type Sent<T> = SendingStream<JsonStream<T>>;

    /// The values of a body that comes in pieces of this size, and the kinds of its errors.
    fn values<T>(
        send: fn(Call) -> Sent<T>,
        body: &[u8],
        size: usize,
        error: Option<TransportError>,
    ) -> Vec<Result<T, ErrorKind>> {
        let pieces = body
            .chunks(size)
            .map(|piece| Some(Ok(Bytes::copy_from_slice(piece))));
        let parts = pieces.chain(error.map(|error| Some(Err(error)))).collect();
        let core = builder(&Fake::new([chunks(parts)])).build(None).unwrap();
        let mut stream = block_on(send(Call::new(&core, &GET))).unwrap();
        let mut all = Vec::new();
        loop {
            match block_on(stream.try_next()) {
                Ok(Some(value)) => all.push(Ok(value)),
                Ok(None) => return all,
                Err(error) => {
                    assert_eq!(error.attempts(), 1);
                    all.push(Err(error.kind()));
                }
            }
        }
    }

    #[test]
    fn what_makes_no_sense_is_the_same_wherever_the_pieces_end() {
        let parts: [&[u8]; 16] = [
            b"{\"a\":", b"}", b"[", b"]\n", b"\"", b"\\", b"\n", b"\n", b"\r", b"\x1e", b"\x1e", b"1\n", b"2", b",",
            b"\xff", b"\xef\xbb\xbf",
        ];
        for send in [Call::send_lines::<Value>, Call::send_records::<Value>] {
            let mut count = 0;
            for text in muddle(&parts, 100) {
                let whole = values(send, &text, text.len().max(1), None);
                for size in 1..text.len() {
                    let cut = values(send, &text, size, None);
                    assert_eq!(cut, whole, "{size} of {:?}", String::from_utf8_lossy(&text));
                }
                count += whole.iter().filter(|value| value.is_ok()).count();
            }
            assert!(count > 20, "{count}");
        }
    }

    #[test]
    fn a_body_that_nothing_is_said_of_can_be_read_by_lines() {
        let fake = Fake::new([chunks(vec![Some(Ok(Bytes::from_static(b"1\n[2")))])]);
        let core = builder(&fake).build(None).unwrap();
        let raw = block_on(Call::new(&core, &GET).send::<()>().raw()).unwrap();
        let mut lines = raw.lines::<i64>();
        assert_eq!(block_on(lines.try_next()).unwrap(), Some(1));
        assert_eq!(block_on(lines.try_next()).unwrap_err().kind(), ErrorKind::Decode);
        assert_eq!(block_on(lines.try_next()).unwrap(), None);
    }

    #[test]
    fn bytes_that_are_encoded_are_no_lines() {
        let Reply::Answer(mut reply) = answer(200, "\u{1f}\n\u{8b}") else {
            unreachable!()
        };
        reply.headers_mut().insert("content-encoding", "br".parse().unwrap());
        let core = builder(&Fake::new([Reply::Answer(reply)])).build(None).unwrap();
        let raw = block_on(Call::new(&core, &GET).send::<()>().raw()).unwrap();
        let mut lines = raw.lines::<i64>();
        let error = block_on(lines.try_next()).unwrap_err();
        assert!(error.to_string().contains("the content-encoding `br`, which was not undone"), "{error}");
        assert!(block_on(lines.try_next()).unwrap().is_none());
    }

    #[test]
    fn a_line_is_a_value() {
        let text = "{\"a\": \"ü\"}\r\n\n  \r\n[1,\t2]\nnull\n{\"a\": \n3";
        let expected = [
            Ok(json!({"a": "ü"})),
            Ok(json!([1, 2])),
            Ok(Value::Null),
            Err(ErrorKind::Decode),
            Ok(json!(3)),
        ];
        for size in 1..=text.len() {
            let values = values(Call::send_lines::<Value>, text.as_bytes(), size, None);
            assert_eq!(values, expected, "{size}");
        }
    }

    #[test]
    fn what_is_nothing_but_an_error_is_one_with_the_words_of_the_server() {
        #[derive(Debug, PartialEq)]
        struct Word(Option<String>);
        impl Decode for Word {
            fn blank() -> Self {
                Self(None)
            }
            fn read(&mut self, token: Token<'_>) -> Result<(), Fault> {
                let Token::Object(members) = token else {
                    return Err(token.unexpected("an object"));
                };
                let mut is_word = false;
                while members.name(&mut |name| is_word = name == "word")? {
                    members.value(is_word.then_some(&mut self.0))?;
                }
                Ok(())
            }
        }
        const TEXT: &[u8] = b"{\"word\": \"a\"}\n { \"error\" : {\"message\": \"hidden-token is full\"} }\n\
            {\"error\": null}\n{\"error\": 7}\n{\"error\": \"x\", \"word\": \"b\"}\n{\"error\": \"x\"";
        let stream = || chunks(vec![Some(Ok(Bytes::from_static(TEXT)))]);
        let core = builder(&Fake::new([stream()])).build(None).unwrap();
        let mut words = block_on(Call::new(&core, &GET).send_lines::<Word>()).unwrap();
        let mut next = || block_on(words.try_next());
        let word = |text: &str| Some(Word(Some(text.to_owned())));
        assert_eq!(next().unwrap(), word("a"));
        let error = next().unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Decode, "[redacted] is full"));
        assert!(error.to_string().ends_with("is full (an object with nothing but `error`)"), "{error}");
        assert!(error.body().starts_with(b" { \"error\""));
        assert_eq!(next().unwrap(), Some(Word(None)));
        assert_eq!(next().unwrap_err().message(), "a value of the stream can't be decoded");
        assert_eq!(next().unwrap(), word("b"));
        assert_eq!(next().unwrap_err().message(), "a value of the stream can't be decoded");
        assert_eq!(next().unwrap(), None);
        // Where the type can hold it, it is a value; where it is of another kind, the words are there too.
        let text = b"{\"error\": \"full\"}";
        let values = values(Call::send_lines::<Value>, text, 99, None);
        assert_eq!(values, [Ok(json!({"error": "full"}))]);
        let core = builder(&Fake::new([chunks(vec![Some(Ok(Bytes::from_static(text)))])])).build(None).unwrap();
        let mut numbers = block_on(Call::new(&core, &GET).send_lines::<i64>()).unwrap();
        assert_eq!(block_on(numbers.try_next()).unwrap_err().message(), "full");
    }

    #[test]
    fn a_record_is_a_value() {
        let text = "\u{1e}{\"a\":\n \"\\\"{\\\\\"}\n\u{1e}1\n\u{1e}{\"cut\": [\n\u{1e}[\"]\"\n]\n\n2\n";
        let expected = [
            Ok(json!({"a": "\"{\\"})),
            Ok(json!(1)),
            Err(ErrorKind::Decode),
            Ok(json!(["]"])),
            Ok(json!(2)),
        ];
        for size in 1..=text.len() {
            let values = values(Call::send_records::<Value>, text.as_bytes(), size, None);
            assert_eq!(values, expected, "{size}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_ignored_in_front_of_the_first_value_alone() {
        let decode = Err(ErrorKind::Decode);
        for size in [1, 2, 99] {
            let lines = values(Call::send_lines::<i64>, "\u{feff}1\n\u{feff}2\n3".as_bytes(), size, None);
            assert_eq!(lines, [Ok(1), decode, Ok(3)]);
            let body = "\u{feff}\u{1e}1\n\u{1e}\u{feff}2\n".as_bytes();
            assert_eq!(values(Call::send_records::<i64>, body, size, None), [Ok(1), decode]);
            assert_eq!(values(Call::send_lines::<i64>, "\u{feff}".as_bytes(), size, None), []);
        }
    }

    #[test]
    fn a_stream_that_breaks_off_says_so_once() {
        let reset = || Some(TransportError::exchange("reset"));
        let broken = Err(ErrorKind::Transport);
        let lines = values(Call::send_lines::<i64>, b"1\n2", 2, reset());
        assert_eq!(lines, [Ok(1), broken]);
        let records = values(Call::send_records::<i64>, b"\x1e1\n\x1e2", 9, reset());
        assert_eq!(records, [Ok(1), broken]);
    }

    #[test]
    fn a_value_without_end_is_refused() {
        let body = vec![b'1'; LONGEST + 1];
        let large = [Err(ErrorKind::TooLarge)];
        assert_eq!(
            values(Call::send_lines::<Value>, &body, 1 << 20, None),
            large
        );
        assert_eq!(
            values(Call::send_records::<Value>, &body, 1 << 20, None),
            large
        );
    }
}
