//! A diagnostic as a picture: the line it stands on, with the place underlined and what to do below.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use clientwright::diag::{Diagnostic, Place, Severity, text};
use clientwright::source::{Sources, Span};

/// So many characters of a line are shown whole; longer ones are cut around the place.
const LONGEST_LINE: usize = 160;
/// So many characters of a cut line are shown before the place, and so many from it on.
const BEFORE: usize = 50;
const AFTER: usize = 90;
/// Messages quote the description, whose texts can be very long.
const LONGEST_TEXT: usize = 2000;

/// The picture, without a line feed at the end.
pub(super) fn render(diagnostic: &Diagnostic, sources: &Sources, styled: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(short(&diagnostic.message)).id(diagnostic.code.id);
    let mut group = Group::with_title(title);
    if let Some(span) = diagnostic.place.as_ref().and_then(|place| place.span.as_ref()) {
        group = group.elements(picture(span, &diagnostic.label, AnnotationKind::Primary, sources));
    }
    for (place, label) in &diagnostic.related {
        group = match &place.span {
            Some(span) => group.elements(picture(span, label, AnnotationKind::Context, sources)),
            None => group.element(Level::NOTE.message(format!("{}: {}", short(label), address(place, sources)))),
        };
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(short(help)));
    }
    if let Some(pointer) = diagnostic.place.as_ref().and_then(|place| place.pointer.as_ref()) {
        group = group.element(Level::NOTE.with_name("at").message(short(pointer.as_str())));
    }
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Unicode).render(&[group])
}

fn address(place: &Place, sources: &Sources) -> String {
    text::address(place, sources)
}

/// The line that a span begins on, with the place underlined.
fn picture(span: &Span, label: &str, kind: AnnotationKind, sources: &Sources) -> Vec<Element<'static>> {
    let at = sources.line_column(span.file, span.bytes.start);
    let path = text::clean(&sources.path(span.file).display().to_string()).into_owned();
    let excerpt = excerpt(sources.text(span.file), &span.bytes);
    let mut mark = kind.span(excerpt.mark);
    if !label.is_empty() {
        mark = mark.label(short(label));
    }
    let snippet = Snippet::source(excerpt.text).line_start(at.line).annotation(mark);
    if !excerpt.cut {
        return vec![snippet.path(path).into()];
    }
    // The column in a line that was cut is another one than in the file: the place is told apart from the snippet.
    vec![Origin::path(path).line(at.line).char_column(at.column).into(), snippet.into()]
}

/// A line of a file, or a part of it, and the bytes in it to underline.
#[derive(Debug, PartialEq, Eq)]
struct Excerpt {
    text: String,
    mark: Range<usize>,
    /// Whether the line has more than this.
    cut: bool,
}

/// The line that `bytes` begins on; what goes on below it is left out.
fn excerpt(text: &str, bytes: &Range<usize>) -> Excerpt {
    let start = floor(text, bytes.start);
    let (before, after) = text.split_at_checked(start).unwrap_or((text, ""));
    let before = before.rsplit('\n').next().unwrap_or_default();
    let after = after.split('\n').next().unwrap_or_default();
    let after = after.strip_suffix('\r').unwrap_or(after);
    let length = floor(after, bytes.end.saturating_sub(start));

    let fits = before.chars().chain(after.chars()).nth(LONGEST_LINE).is_none();
    if fits {
        let mark = before.len()..before.len() + length;
        return Excerpt { text: format!("{before}{after}"), mark, cut: false };
    }
    let before = last_chars(before, BEFORE);
    let after = first_chars(after, AFTER);
    // The mark ends with the text that is shown; the sign of the cut is not part of it.
    let shown = after.strip_suffix('…').map_or(after.len(), str::len);
    let mark = before.len()..before.len() + length.min(shown);
    Excerpt { text: before + &after, mark, cut: true }
}

/// The byte, or the first before it at which a character begins.
fn floor(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    (0..=byte).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn first_chars(text: &str, count: usize) -> String {
    match text.char_indices().nth(count) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn last_chars(text: &str, count: usize) -> String {
    match text.char_indices().rev().nth(count.saturating_sub(1)) {
        Some((start, _)) if start > 0 => format!("…{}", text.get(start..).unwrap_or_default()),
        _ => text.to_owned(),
    }
}

/// The text on one line and not too long.
fn short(text: &str) -> String {
    first_chars(&text::clean(text), LONGEST_TEXT)
}

#[cfg(test)]
mod tests;
