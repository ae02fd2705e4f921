//! Text → text, where it breaks YAML's grammar in a way that most readers overlook: an error's kind and place go in, blanks
//! are put in where the grammar wants them, and each byte is still known by where it was written. Nothing else is ever
//! mended, so that what a file says is never guessed.

use granit_parser::{ErrorKind, ScanError};

/// A text is read anew up to each place that is mended; after as many bytes in all, the next error is told as it is.
const MAX_READ_AGAIN: usize = 64 << 20;

/// The blanks that were put into a text.
#[derive(Debug, Default)]
pub(super) struct Blanks {
    /// Where in the text as it was written, in order, and how many.
    put_in: Vec<(usize, usize)>,
    /// How many bytes were read again for them.
    read_again: usize,
}

/// A place that was mended.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mend {
    /// Where in the text as it was written.
    pub(super) at: usize,
    /// What the text does there.
    pub(super) what: &'static str,
    /// What to do about it.
    pub(super) help: &'static str,
}

impl Blanks {
    /// The byte of the text as it was written for a byte of the text with the blanks.
    pub(super) fn written(&self, byte: usize) -> usize {
        let mut written = byte;
        for (at, blanks) in &self.put_in {
            if *at >= written {
                break;
            }
            written -= blanks.min(&(written - at));
        }
        written
    }

    /// Puts blanks into `text` where `error` asks for them; `None`, with the text as it was, where blanks don't help.
    pub(super) fn mend(&mut self, text: &mut String, error: &ScanError) -> Option<Mend> {
        let found = error.marker().byte_offset()?;
        let (at, blanks, what, help) = match error.kind() {
            // YAML 1.2.2, section 6.6: a blank stands before a comment.
            ErrorKind::CommentNotSeparated if text.get(found..)?.starts_with('#') => {
                (found, 1, "no blank stands before this comment", "put a blank before the `#`")
            }
            // YAML 1.2.2, section 7.3: each line of a quoted text stands deeper than what it belongs to. The blanks that a
            // line begins with are no part of the text, however many they are.
            ErrorKind::InvalidQuotedScalarIndent => {
                let (at, blanks) = indentation(text, found)?;
                (at, blanks, "this line of a quoted text is not indented", "indent it deeper than the key before it")
            }
            _ => return None,
        };
        self.read_again = self.read_again.saturating_add(found);
        let written = self.written(at);
        let is_new = self.put_in.last().is_none_or(|(last, _)| *last < written);
        if !is_new || self.read_again > MAX_READ_AGAIN {
            return None;
        }
        text.insert_str(at, &" ".repeat(blanks));
        self.put_in.push((written, blanks));
        Some(Mend { at: written, what, help })
    }
}

/// Where the line begins that `found` is in, and how many blanks it lacks to stand deeper than the line before it.
fn indentation(text: &str, found: usize) -> Option<(usize, usize)> {
    let at = text.get(..found)?.rfind('\n')? + 1;
    let before = text.get(..at)?.trim_end().rsplit('\n').next()?;
    let depth = before.len() - before.trim_start_matches([' ', '-', '?']).len();
    let blanks = text.get(at..)?.bytes().take_while(|byte| *byte == b' ').count();
    (depth + 1).checked_sub(blanks).filter(|lacking| *lacking > 0).map(|lacking| (at, lacking))
}

#[cfg(test)]
mod tests {
    use super::Blanks;

    #[test]
    fn bytes_are_known_by_where_they_were_written() {
        let blanks = Blanks { put_in: vec![(1, 2), (2, 1)], read_again: 0 };
        // `abcd`, which became `a  b cd`.
        let written: Vec<usize> = (0..=7).map(|byte| blanks.written(byte)).collect();
        assert_eq!(written, [0, 1, 1, 1, 2, 2, 3, 4]);
    }
}
