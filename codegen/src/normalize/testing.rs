//! Documents for tests, from text.

use std::path::Path;

use super::{Spec, normalize};
use crate::diag::{Diagnostic, Diagnostics};
use crate::filter::Filter;
use crate::load::{Document, Limits, Parts, Reader, load_text};
use crate::source::Sources;

/// The document that a text says.
pub(crate) fn document(text: &str) -> Document {
    let mut diagnostics = Diagnostics::default();
    let limits = Limits { depth: Limits::MAX_DEPTH, ..Limits::default() };
    let document = load_text("test.yaml", text, &limits, &mut Sources::default(), &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{}", lines(&diagnostics));
    document.unwrap()
}

/// The document that a text says, normalised, and what was found.
pub(crate) fn normalized(text: &str) -> (Option<Spec>, String) {
    let mut diagnostics = Diagnostics::default();
    let spec = normalize_text(text, &mut diagnostics);
    let faults = spec.iter().flat_map(Spec::findings).cloned();
    faults.for_each(|found| diagnostics.push(found));
    (spec, lines(&diagnostics))
}

/// The document that a text says, normalised; there are no other files.
pub(crate) fn normalize_text(text: &str, diagnostics: &mut Diagnostics) -> Option<Spec> {
    let (limits, mut sources) = (Limits::default(), Sources::default());
    let mut parts = Parts::new(Path::new("no/such/folder/test.yaml"), &[], &limits, &mut sources);
    normalize(&mut document(text), &mut parts, &Filter::default(), diagnostics)
}

/// The description of several files whose root is `text`, normalised: of the others, `file` gives the text.
pub(crate) fn normalize_files(
    text: &str,
    file: impl Fn(&str) -> String + Sync,
    diagnostics: &mut Diagnostics,
) -> Option<Spec> {
    let (limits, mut sources) = (Limits::default(), Sources::default());
    let read = |path: &str| Ok(file(path).into_bytes());
    let mut parts = Parts::new(Path::new("test.yaml"), &[], &limits, &mut sources).by(Some(Reader(&read)));
    normalize(&mut document(text), &mut parts, &Filter::default(), diagnostics)
}

/// What was found, a line each: severity, code, pointer, message; and below it what to do.
pub(crate) fn lines(diagnostics: &Diagnostics) -> String {
    let line = |found: &Diagnostic| {
        let place = found.place.as_ref();
        let pointer = place.and_then(|place| place.pointer.clone()).map(|pointer| pointer.to_string());
        let key = if place.is_some_and(|place| place.key) { " (key)" } else { "" };
        let help: String = found.help.iter().map(|help| format!("\n    {help}")).collect();
        let head = format!("{} {}", found.severity.as_str(), found.code.id);
        format!("{head} {}{key}: {}{help}\n", pointer.unwrap_or_default(), found.message)
    };
    diagnostics.iter().map(line).collect()
}
