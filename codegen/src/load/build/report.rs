//! What the builder reports: findings with the place that is being read, and the limits. Counts come before memory is
//! taken.

use std::ops::Range;

use super::{Builder, Stop};
use crate::diag::{Code, Diagnostic, LIMIT_EXCEEDED, Place, TOO_MANY_ERRORS};
use crate::source::Span;

/// After as many errors reading stops.
const MAX_ERRORS: usize = 100;

impl Builder<'_> {
    pub(super) fn count(&mut self, nodes: usize, bytes: &Range<usize>) -> Result<(), Stop> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes <= self.limits.nodes {
            return Ok(());
        }
        let message = format!("the file holds more than {} values after aliases are expanded", self.limits.nodes);
        self.stop(self.limit(message, "limits.nodes", bytes.clone()))
    }

    pub(super) fn count_copy(&mut self, copied: usize, bytes: &Range<usize>) -> Result<(), Stop> {
        self.copied = self.copied.saturating_add(copied);
        if self.copied <= self.limits.bytes {
            return Ok(());
        }
        let message = format!("aliases expand to more than {} bytes of text", self.limits.bytes);
        self.stop(self.limit(message, "limits.bytes", bytes.clone()))
    }

    pub(super) fn check_depth(&mut self, depth: usize, bytes: &Range<usize>) -> Result<(), Stop> {
        let limit = self.limits.levels();
        if depth <= limit {
            return Ok(());
        }
        self.stop(self.too_deep(bytes.clone()))
    }

    /// The finding that mappings and lists stand too deep inside one another.
    pub(in crate::load) fn too_deep(&self, bytes: Range<usize>) -> Diagnostic {
        let limit = self.limits.levels();
        let message = format!("mappings and lists stand more than {limit} deep inside one another");
        self.limit(message, "limits.depth", bytes)
    }

    pub(super) fn limit(&self, message: String, setting: &str, bytes: Range<usize>) -> Diagnostic {
        self.finding(&LIMIT_EXCEEDED, message, bytes)
            .help(format!("raise `{setting}` in the configuration if the file is as it should be"))
    }

    /// A finding at `bytes`, with the pointer of the value that is being read.
    pub(in crate::load) fn finding(
        &self,
        code: &'static Code,
        message: impl Into<String>,
        bytes: Range<usize>,
    ) -> Diagnostic {
        let place = Place { pointer: Some(self.pointer()), key: false, span: Some(self.span(bytes)) };
        Diagnostic::new(code, message).at(place)
    }

    /// Reports an error and goes on, unless there were too many.
    pub(in crate::load) fn error(&mut self, finding: Diagnostic) -> Result<(), Stop> {
        self.errors += 1;
        let place = finding.place.clone();
        self.diagnostics.push(finding);
        if self.errors < MAX_ERRORS {
            return Ok(());
        }
        let mut last = Diagnostic::new(&TOO_MANY_ERRORS, format!("{MAX_ERRORS} errors: the rest is not read"));
        last.place = place;
        self.diagnostics.push(last);
        Err(Stop)
    }

    /// Reports a warning.
    pub(in crate::load) fn warn(&mut self, finding: Diagnostic) {
        self.diagnostics.push(finding);
    }

    /// Reports an error after which nothing more can be read.
    pub(in crate::load) fn stop<T>(&mut self, finding: Diagnostic) -> Result<T, Stop> {
        self.diagnostics.push(finding);
        Err(Stop)
    }

    /// Reports an error at `bytes` after which nothing more can be read.
    pub(in crate::load) fn fail<T>(
        &mut self,
        code: &'static Code,
        message: impl Into<String>,
        bytes: Range<usize>,
    ) -> Result<T, Stop> {
        let finding = self.finding(code, message, bytes);
        self.stop(finding)
    }

    pub(super) fn span(&self, bytes: Range<usize>) -> Span {
        Span { file: self.file, bytes }
    }
}
