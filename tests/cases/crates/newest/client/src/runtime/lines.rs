//! A stream of bytes as lines: pieces of any size go in, whole lines come out, each at most as long
//! as a cap.

use bytes::Bytes;

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// LF, CR, or both as CR LF (HTML, section 9.2.5).
    Any,
    /// LF alone.
    Feed,
}

/// A line is longer than the cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLong;

/// Lines in the making.
#[derive(Debug)]
pub(super) struct Lines {
    ends: Ends,
    cap: usize,
    /// What nobody has looked at yet.
    rest: Bytes,
    /// The beginning of a line, out of earlier pieces.
    begun: Vec<u8>,
    /// Whether the last line ended with a CR, so that an LF after it is no other line's end.
    after_return: bool,
}

impl Lines {
    /// No line yet; none may be longer than `cap` bytes.
    pub(super) fn new(ends: Ends, cap: usize) -> Self {
        Self {
            ends,
            cap,
            rest: Bytes::new(),
            begun: Vec::new(),
            after_return: false,
        }
    }

    /// Takes in a piece, once [`next`](Self::next) has nothing more to give.
    pub(super) fn push(&mut self, piece: Bytes) {
        self.rest = piece;
    }

    /// The next whole line, without its end.
    pub(super) fn next(&mut self) -> Option<Result<Bytes, TooLong>> {
        if self.after_return && !self.rest.is_empty() {
            self.after_return = false;
            if self.rest.first() == Some(&b'\n') {
                drop(self.rest.split_to(1));
            }
        }
        let ends = self.ends;
        let is_end = |byte: &u8| *byte == b'\n' || (*byte == b'\r' && ends == Ends::Any);
        let end = self.rest.iter().position(is_end);
        let len = end.unwrap_or(self.rest.len());
        if len > self.cap.saturating_sub(self.begun.len()) {
            return Some(Err(TooLong));
        }
        let piece = self.rest.split_to(len);
        if end.is_none() {
            self.begun.extend_from_slice(&piece);
            return None;
        }
        self.after_return = self.rest.split_to(1).first() == Some(&b'\r');
        if self.begun.is_empty() {
            return Some(Ok(piece));
        }
        self.begun.extend_from_slice(&piece);
        Some(Ok(std::mem::take(&mut self.begun).into()))
    }

    /// What stands behind the last line's end; nothing more comes after it.
    pub(super) fn last(&mut self) -> Option<Bytes> {
        let last = std::mem::take(&mut self.begun);
        (!last.is_empty()).then(|| last.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a text that comes in pieces of this size, and what is left.
    fn lines(ends: Ends, text: &str, size: usize) -> Vec<String> {
        let mut lines = Lines::new(ends, 100);
        let mut all = Vec::new();
        for piece in text.as_bytes().chunks(size) {
            lines.push(Bytes::copy_from_slice(piece));
            while let Some(line) = lines.next() {
                all.push(String::from_utf8(line.unwrap().to_vec()).unwrap());
            }
        }
        all.extend(
            lines
                .last()
                .map(|last| String::from_utf8(last.to_vec()).unwrap() + "…"),
        );
        all
    }

    #[test]
    fn lines_end_alike_wherever_the_pieces_do() {
        let text = "a\nb\r\n\r\n\rü\r\rc\n\nd";
        let size = text.len();
        let whole = ["a", "b", "", "", "ü", "", "c", "", "d…"];
        for size in 1..=size {
            assert_eq!(lines(Ends::Any, text, size), whole, "{size}");
        }
        let fed = ["a", "b\r", "\r", "\rü\r\rc", "", "d…"];
        for size in 1..=size {
            assert_eq!(lines(Ends::Feed, text, size), fed, "{size}");
        }
        assert!(lines(Ends::Any, "", 1).is_empty());
    }

    #[test]
    fn a_line_beyond_the_cap_is_refused_before_its_end() {
        for size in [1, 3, 12] {
            let mut lines = Lines::new(Ends::Any, 10);
            let mut found = None;
            for piece in b"0123456789\nabcdefghijk".chunks(size) {
                lines.push(Bytes::copy_from_slice(piece));
                while let (None, Some(line)) = (found, lines.next()) {
                    match line {
                        Ok(line) => assert_eq!(line, "0123456789"),
                        Err(TooLong) => found = Some(TooLong),
                    }
                }
            }
            assert_eq!(found, Some(TooLong), "{size}");
        }
    }
}
