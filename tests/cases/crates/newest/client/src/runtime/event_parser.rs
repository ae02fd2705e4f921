//! Event streams as text (HTML, section 9.2, "Server-sent events"): pieces of bytes go in, events
//! come out. Nothing is sent and nothing is decoded here.
//!
//! Lines end with LF, CR or CR LF, a byte order mark at the beginning is skipped, bytes that are no
//! UTF-8 are replaced, comments and unknown fields are ignored, and what has no data is no event.

use super::lines::{Ends, Lines};
use bytes::Bytes;
use std::time::Duration;

/// The longest line, in bytes, unless the caller says how large an event may be.
const LONGEST_LINE: usize = 1 << 20;

/// The most that an event may hold, in bytes, unless the caller says so.
const LARGEST_EVENT: usize = 8 << 20;

/// An event as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parsed {
    /// The last identifier that the stream has named.
    pub(super) id: Option<String>,
    /// What it is called, if it is called anything.
    pub(super) name: Option<String>,
    pub(super) data: String,
}

/// Events in the making.
#[derive(Debug)]
pub(super) struct Parser {
    lines: Lines,
    /// The most that an event may hold, in bytes, if the caller says so.
    cap: Option<usize>,
    is_first_line: bool,
    data: String,
    has_data: bool,
    name: String,
    /// The identifier, as of the lines of an event that isn't whole yet.
    id: String,
    /// The same as of the last whole event: what a server is told that is to go on.
    last_id: String,
    retry: Option<Duration>,
}

impl Parser {
    /// No event yet; none may hold more than `cap` bytes.
    pub(super) fn new(cap: Option<usize>) -> Self {
        Self {
            lines: Lines::new(Ends::Any, cap.unwrap_or(LONGEST_LINE)),
            cap,
            is_first_line: true,
            data: String::new(),
            has_data: false,
            name: String::new(),
            id: String::new(),
            last_id: String::new(),
            retry: None,
        }
    }

    /// Begins with another body, which goes on where the last whole event was.
    pub(super) fn restart(&mut self) {
        let (last_id, retry) = (std::mem::take(&mut self.last_id), self.retry);
        *self = Self {
            id: last_id.clone(),
            last_id,
            retry,
            ..Self::new(self.cap)
        };
    }

    /// The identifier of the last event; empty when the stream has named none.
    pub(super) fn last_id(&self) -> &str {
        &self.last_id
    }

    /// How long the server wants a client to wait before it connects again.
    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Takes in a piece, once [`next`](Self::next) has nothing more to give.
    pub(super) fn push(&mut self, piece: Bytes) {
        self.lines.push(piece);
    }

    /// The next whole event.
    ///
    /// # Errors
    /// Which cap a line or an event is beyond.
    pub(super) fn next(&mut self) -> Result<Option<Parsed>, String> {
        while let Some(line) = self.lines.next() {
            let line = line.map_err(|_| beyond("a line", self.cap.unwrap_or(LONGEST_LINE)))?;
            if let Some(event) = self.line(&line) {
                return Ok(Some(event));
            }
            let cap = self.cap.unwrap_or(LARGEST_EVENT);
            if self.data.len() + self.name.len() + self.id.len() > cap {
                return Err(beyond("an event", cap));
            }
        }
        Ok(None)
    }

    /// The event that a line makes whole.
    fn line(&mut self, line: &[u8]) -> Option<Parsed> {
        let is_first = std::mem::take(&mut self.is_first_line);
        let line = match line.strip_prefix(b"\xef\xbb\xbf") {
            Some(rest) if is_first => rest,
            _ => line,
        };
        if line.is_empty() {
            return self.dispatch();
        }
        let text = String::from_utf8_lossy(line);
        let (field, value) = match text.split_once(':') {
            Some((field, value)) => (field, value.strip_prefix(' ').unwrap_or(value)),
            None => (text.as_ref(), ""),
        };
        match field {
            "data" => {
                if self.has_data {
                    self.data.push('\n');
                }
                self.has_data = true;
                self.data.push_str(value);
            }
            "event" => value.clone_into(&mut self.name),
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                // What is beyond 64 bits is as good as never.
                self.retry = Some(Duration::from_millis(value.parse().unwrap_or(u64::MAX)));
            }
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<Parsed> {
        self.last_id.clone_from(&self.id);
        let (name, data) = (
            std::mem::take(&mut self.name),
            std::mem::take(&mut self.data),
        );
        let given = |text: &String| !text.is_empty();
        std::mem::take(&mut self.has_data).then(|| Parsed {
            id: Some(self.last_id.clone()).filter(given),
            name: Some(name).filter(given),
            data,
        })
    }
}

fn beyond(what: &str, cap: usize) -> String {
    format!("{what} is longer than the cap of {cap} bytes")
}

#[cfg(test)]
mod tests {
    use super::super::testing::muddle;
    use super::*;

    fn parse(text: &[u8], size: usize) -> (Vec<Parsed>, Parser) {
        let mut parser = Parser::new(None);
        let mut events = Vec::new();
        for piece in text.chunks(size) {
            parser.push(Bytes::copy_from_slice(piece));
            while let Some(event) = parser.next().unwrap() {
                events.push(event);
            }
        }
        (events, parser)
    }

    fn event(id: &str, name: &str, data: &str) -> Parsed {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Parsed {
            id: given(id),
            name: given(name),
            data: data.to_owned(),
        }
    }

    #[test]
    fn events_are_the_same_wherever_the_pieces_end() {
        let text = "\u{feff}: a comment\n\
            data: first\n\n\
            id: 1\revent:add\rdata:  two\r\rdata:lines\r\r\
            data\r\n\r\n\
            event: nothing\n\n\
            id\ndata: ü\u{10348}\nunknown: x\ndata:\n\n\
            data: \u{feff}{\"a\":\n\
            data: 1}\nretry: 1500\nretry: x\n\n\
            data: cut off";
        let expected = [
            event("", "", "first"),
            event("1", "add", " two"),
            event("1", "", "lines"),
            event("1", "", ""),
            event("", "", "ü\u{10348}\n"),
            event("", "", "\u{feff}{\"a\":\n1}"),
        ];
        for size in 1..=text.len() {
            let (events, parser) = parse(text.as_bytes(), size);
            assert_eq!(events, expected, "{size}");
            assert_eq!(parser.retry(), Some(Duration::from_millis(1500)));
        }
    }

    #[test]
    fn nor_does_it_matter_to_what_makes_no_sense() {
        let parts: [&[u8]; 16] = [
            b"data: a\n", b"data", b"event", b"id:", b"retry", b":", b" ", b"\n", b"\n\n", b"\r", b"\r\n", b"\0", b"\xff",
            b"\xef\xbb\xbf", "\u{10348}".as_bytes(), b"99999999999999999999",
        ];
        let mut count = 0;
        for text in muddle(&parts, 300) {
            let whole = parse(&text, text.len().max(1)).0;
            for size in 1..text.len() {
                assert_eq!(parse(&text, size).0, whole, "{size} of {:?}", String::from_utf8_lossy(&text));
            }
            count += whole.len();
        }
        assert!(count > 100, "{count}");
    }

    #[test]
    fn a_byte_order_mark_stands_at_the_beginning_alone() {
        let (events, _) = parse("\u{feff}\u{feff}data: 1\n\u{feff}data: 2\ndata: 3\n\n".as_bytes(), 4);
        assert_eq!(events, [event("", "", "3")]);
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced() {
        let (events, _) = parse(b"data: a\xffb\n\nid: 1\0\ndata: c\n\n", 3);
        assert_eq!(
            events,
            [event("", "", "a\u{fffd}b"), event("", "", "c")],
            "and an identifier with NUL is none"
        );
    }

    #[test]
    fn an_identifier_counts_once_its_event_is_whole() {
        let (events, mut parser) = parse(b"id: 1\ndata: a\n\nid: 2\ndata: b\n", 100);
        assert_eq!(events, [event("1", "", "a")]);
        assert_eq!(parser.last_id(), "1");
        parser.restart();
        parser.push(Bytes::from_static(b"\xef\xbb\xbfdata: c\n\n"));
        assert_eq!(parser.next().unwrap(), Some(event("1", "", "c")));
        // Without data there is no event, but the identifier holds.
        parser.push(Bytes::from_static(b"id: 3\n\n"));
        assert_eq!(parser.next().unwrap(), None);
        assert_eq!(parser.last_id(), "3");
    }

    #[test]
    fn what_never_ends_is_refused() {
        let mut parser = Parser::new(None);
        for _ in 0..LONGEST_LINE / 1024 {
            parser.push(vec![b'x'; 1024].into());
            assert_eq!(parser.next().unwrap(), None);
        }
        parser.push(Bytes::from_static(b"x"));
        assert!(parser.next().unwrap_err().contains("1048576"));

        let mut parser = Parser::new(None);
        let line = Bytes::from(format!("data: {}\n", "x".repeat((1 << 20) - 7)));
        let mut lines = 0;
        let error = loop {
            parser.push(line.clone());
            match parser.next() {
                Ok(event) => assert_eq!(event, None),
                Err(error) => break error,
            }
            lines += 1;
        };
        assert!(error.contains("8388608") && lines == 8, "{error} {lines}");
    }

    #[test]
    fn events_are_as_large_as_the_caller_says() {
        let text = |size: usize| Bytes::from(format!("data: {}\n\n", "x".repeat(size)));
        let mut parser = Parser::new(Some(2 << 20));
        parser.push(text((2 << 20) - 6));
        assert!(parser.next().unwrap().is_some());
        parser.restart();
        parser.push(text(2 << 20));
        assert!(parser.next().unwrap_err().contains("2097152"));
        // Names count too.
        for (lines, fits) in [
            ("id: 777\nevent: 777\ndata: 77777", true),
            ("id: 7777777\nevent: 7777\ndata: 7", false),
        ] {
            let mut parser = Parser::new(Some(11));
            parser.push(format!("{lines}\n\n").into());
            assert_eq!(parser.next().is_ok(), fits, "{lines}");
        }
    }

    #[test]
    fn many_empty_lines_are_one_event() {
        let text = "data:\n".repeat(100_000) + "\n";
        let (events, _) = parse(text.as_bytes(), 4096);
        assert_eq!(events, [event("", "", &"\n".repeat(99_999))]);
        let (events, parser) = parse("\n".repeat(100_000).as_bytes(), 4096);
        assert!(events.is_empty() && parser.last_id().is_empty());
    }
}
