//! Diagnostics: what is wrong with an input, where it stands, and what its owner can do.
//!
//! A stage reports to [`Diagnostics`] and goes on; the pipeline stops at the stage's end if there was an error. Nothing
//! is printed here: [`text`] turns a diagnostic into plain lines, and the command line draws the snippets.

mod code;
mod codes;
pub mod text;

pub use code::{Code, Severity};
pub use codes::*;

use crate::pointer::Pointer;
use crate::source::Span;

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What kind of finding it is; the long text behind it is [`Code::explain`].
    pub code: &'static Code,
    /// How grave it is: [`Diagnostic::own_severity`] unless `--strict` or the configuration changed it.
    pub severity: Severity,
    /// Whether it concerns a part of the description that can be left out with what needs it.
    pub partial: bool,
    /// Whether its pointers name places as they were written.
    pub told: bool,
    /// One sentence without a full stop, with the names concerned in backticks.
    pub message: String,
    /// Where it stands; `None` for what has no place, such as a file that can't be read.
    pub place: Option<Place>,
    /// What to say at the place itself; may be empty.
    pub label: String,
    /// What to do, a sentence each.
    pub help: Vec<String>,
    /// Other places that belong to it, each with a label.
    pub related: Vec<(Place, String)>,
}

/// Where a finding stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The place in the document; `None` in a file that is no document (or none yet).
    pub pointer: Option<Pointer>,
    /// The key of the member that the pointer names rather than its value.
    pub key: bool,
    /// The bytes; filled in from the pointer by [`Diagnostics::locate`] where a stage knows the pointer only.
    pub span: Option<Span>,
}

impl From<Pointer> for Place {
    fn from(pointer: Pointer) -> Self {
        Self { pointer: Some(pointer), key: false, span: None }
    }
}

impl From<&Pointer> for Place {
    fn from(pointer: &Pointer) -> Self {
        Self::from(pointer.clone())
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self { pointer: None, key: false, span: Some(span) }
    }
}

impl Place {
    /// The key of the member at `pointer`.
    pub fn key(pointer: &Pointer) -> Self {
        Self { pointer: Some(pointer.clone()), key: true, span: None }
    }
}

impl Diagnostic {
    /// A finding of `code`, of the code's own severity.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            partial: false,
            told: false,
            message: message.into(),
            place: None,
            label: String::new(),
            help: Vec::new(),
            related: Vec::new(),
        }
    }

    /// How grave it is by itself: the code's severity, but what can be left out is no error.
    pub fn own_severity(&self) -> Severity {
        match self.code.severity {
            Severity::Error if self.partial => Severity::Warning,
            severity => severity,
        }
    }

    /// Says that it concerns a part of the description that can be left out with what needs it.
    #[must_use]
    pub fn partial(mut self) -> Self {
        self.partial = true;
        self.severity = self.own_severity();
        self
    }

    /// Sets where it stands.
    #[must_use]
    pub fn at(mut self, place: impl Into<Place>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// Sets what to say at the place itself.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds another place that belongs to it.
    #[must_use]
    pub fn related(mut self, place: impl Into<Place>, label: impl Into<String>) -> Self {
        self.related.push((place.into(), label.into()));
        self
    }
}

/// All that was found so far, in the order of finding.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Takes in a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Whether one of them is an error: the pipeline stops at the end of the stage.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|found| found.severity == Severity::Error)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The findings, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// The findings, to change their severity.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Diagnostic> {
        self.list.iter_mut()
    }

    /// Takes in all of `other`.
    pub fn extend(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// Fills in the bytes of every place that has a pointer only, by `find` (pointer, key or value → span), makes the
    /// pointer the one that was `written`, and puts the findings in the order of the text: by file and byte, then by code.
    pub fn locate(&mut self, find: impl Fn(&Pointer, bool) -> Option<Span>, written: impl Fn(&Pointer) -> Pointer) {
        let fill = |place: &mut Place| {
            if place.span.is_none()
                && let Some(pointer) = &place.pointer
            {
                place.span = find(pointer, place.key);
            }
        };
        for found in &mut self.list {
            let told = std::mem::replace(&mut found.told, true);
            for place in found.place.iter_mut().chain(found.related.iter_mut().map(|(place, _)| place)) {
                fill(place);
                if let Some(pointer) = place.pointer.as_mut().filter(|_| !told) {
                    *pointer = written(pointer);
                }
            }
        }
        self.list.sort_by_key(|found| {
            let span = found.place.as_ref().and_then(|place| place.span.as_ref());
            (span.map(|span| (span.file, span.bytes.start)), found.code.id)
        });
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
