//! Where and why a JSON text could not be read: the path, what was expected, line and column.

use std::fmt;

/// The longest name of a member that a path repeats, in characters: names of a map are the
/// server's, and may be as long as the body.
const LONGEST_NAME: usize = 64;

/// A JSON text that a type can't hold, or that isn't JSON.
#[derive(Clone, PartialEq, Eq)]
pub struct Fault {
    inner: Box<Inner>,
}

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    message: String,
    /// Innermost first: each level adds its own while the fault passes through it.
    segments: Vec<Segment>,
    line: usize,
    column: usize,
}

/// One step from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Into the element of a list, counted from 0.
    Element(usize),
    /// Into the member of an object.
    Member(String),
}

impl Fault {
    /// A fault at the value that is being read, with its path still to be added.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            inner: Box::new(Inner {
                message: message.into(),
                segments: Vec::new(),
                line: 0,
                column: 0,
            }),
        }
    }

    /// The same fault, seen from the list or object around it.
    #[must_use]
    pub fn within(mut self, segment: Segment) -> Self {
        self.inner.segments.push(segment);
        self
    }

    /// The same fault, seen from the object around the member `name`.
    #[must_use]
    pub fn within_member(self, name: &str) -> Self {
        self.within(Segment::Member(name.chars().take(LONGEST_NAME).collect()))
    }

    /// The same fault for another reason.
    #[must_use]
    pub(super) fn because(mut self, message: &str) -> Self {
        message.clone_into(&mut self.inner.message);
        self
    }

    /// The same fault with its place in the text, both counted from 1.
    #[must_use]
    pub(super) fn at(mut self, line: usize, column: usize) -> Self {
        // A parser's message already ends with the place; once is enough.
        let place = format!(" at line {line} column {column}");
        if let Some(message) = self.inner.message.strip_suffix(&place) {
            self.inner.message = message.to_owned();
        }
        self.inner.line = line;
        self.inner.column = column;
        self
    }

    /// What was expected and what was found.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.inner.message
    }

    /// The way from the whole value to the fault, like `data.sessions[3].status`; empty for the
    /// whole value itself.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for segment in self.inner.segments.iter().rev() {
            match segment {
                Segment::Element(index) => path.push_str(&format!("[{index}]")),
                Segment::Member(name) if is_plain(name) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name);
                }
                Segment::Member(name) => path.push_str(&format!("[{name:?}]")),
            }
        }
        path
    }

    /// Line and column of the text where reading stopped, both counted from 1; 0 when unknown.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        (self.inner.line, self.inner.column)
    }
}

/// Whether `name` can stand in a path without quotes.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        f.write_str(&self.inner.message)?;
        if self.inner.line > 0 {
            write!(
                f,
                " (line {}, column {})",
                self.inner.line, self.inner.column
            )?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fault({self})")
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_reads_from_the_outside_in() {
        let fault = Fault::new("no")
            .within_member("status")
            .within(Segment::Element(3))
            .within_member("sessions");
        assert_eq!(fault.path(), "sessions[3].status");
        assert_eq!(fault.to_string(), "sessions[3].status: no");
    }

    #[test]
    fn odd_names_are_quoted_and_cut() {
        let fault = Fault::new("no")
            .within_member("a\n\"b")
            .within_member(&"x".repeat(10_000));
        assert_eq!(fault.path(), format!("{}[\"a\\n\\\"b\"]", "x".repeat(64)));
    }

    #[test]
    fn place_is_said_once() {
        let fault = Fault::new("expected value at line 1 column 2").at(1, 2);
        assert_eq!(fault.to_string(), "expected value (line 1, column 2)");
    }
}
