//! Prose: the description's Markdown → Markdown that is harmless in a doc comment. Text in, text out, no tokens.
//!
//! What is written by others must neither run (rustdoc compiles and runs code blocks), nor load anything (HTML, images,
//! links of other schemes), nor trick the reader (bidirectional controls), nor make rustdoc warn (stray brackets, bare
//! addresses, HTML-like text). So it is parsed as rustdoc parses it, filtered as events, and written again; the result is
//! parsed once more and checked. What fails the check is shown as it was written, in a block marked `text`.
//!
//! - every code block becomes a fence marked `text`;
//! - elements of HTML are removed and their text stays; `<token>` and the like become escaped text; scripts, styles and
//!   comments are removed;
//! - links to `http`, `https` and `mailto` stay, others become their text, images become their alternative text;
//! - headings go down two levels, below the sections that generated docs have of their own;
//! - control characters and bidirectional controls are removed;
//! - paragraphs are wrapped at 100 columns;
//! - what is indented as a whole is not.

mod breaks;
mod check;
mod clean;
mod filter;
mod html;
mod line;
mod plain;
mod span;
#[cfg(test)]
mod tests;
mod wrap;

pub use line::wrapped;
pub use span::{code, link};

use pulldown_cmark::{Event, Options, Parser, TextMergeStream};
use pulldown_cmark_to_cmark::cmark_with_options;

/// Longer prose is not parsed as Markdown: past this many bytes it stays as it is written, in a block marked `text`.
const MAX_MARKDOWN: usize = 128 << 10;

/// Longer texts are not kept in a summary or a table's cell.
const MAX_INLINE: usize = 8 << 10;

/// What a tab becomes: it is as wide as the reader's editor says, and no column of Markdown depends on it any more.
const TAB: &str = "    ";

/// The extensions of Markdown that rustdoc has, but for footnotes and typographic quotes.
fn extensions() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// The lines of a doc comment, without `///` and without the blank after it; none for prose that says nothing.
pub fn doc_lines(markdown: &str) -> Vec<String> {
    if let Some(line) = plain::line(markdown) {
        return vec![line.to_owned()];
    }
    written_lines(markdown)
}

fn written_lines(markdown: &str) -> Vec<String> {
    let mut text = clean::outdented(&clean::text(markdown));
    if text.trim().is_empty() {
        return Vec::new();
    }
    // A block of code whose last line has no end would be written without its closing fence.
    text.push('\n');
    let written = (text.len() <= MAX_MARKDOWN).then(|| write(&text)).flatten();
    let written = written.unwrap_or_else(|| clean::fenced(&text));
    let mut lines: Vec<String> =
        written.trim_start_matches('\n').lines().map(|line| line.trim_end().replace('\t', TAB)).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// The first paragraph (or heading) on one line; `None` for prose that says nothing.
pub fn summary_line(text: &str) -> Option<String> {
    if let Some(line) = plain::line(text) {
        return Some(line.to_owned());
    }
    let text = clean::outdented(&clean::text(text));
    let written = one_line(&text, true);
    (!written.is_empty()).then(|| without_lead(written))
}

/// How long a line may be that stands alone.
const LINE: usize = 96;

/// The first sentence of a line that is too long, where it is whole by itself; else the line.
pub fn first_sentence(line: &str) -> &str {
    if line.len() <= LINE {
        return line;
    }
    let is_whole = |said: &str| {
        let count = |sign: char| said.matches(sign).count();
        let is_closed = count('[') == count(']') && count('(') == count(')');
        let is_short =
            [" e.g.", " i.e.", "(e.g.", "(i.e.", " etc.", " vs.", " No.", " no."].iter().any(|end| said.ends_with(end));
        is_closed && count('`') % 2 == 0 && count('*') % 2 == 0 && !is_short
    };
    let ends = line.match_indices(". ").filter_map(|(at, _)| line.split_at_checked(at + 1));
    let begins = |rest: &str| rest.trim_start().starts_with(|first: char| first.is_uppercase() || first == '`');
    ends.filter(|(said, rest)| begins(rest) && is_whole(said)).map(|(said, _)| said).next().unwrap_or(line)
}

/// Without words that lead to what isn't there: a sentence with a colon behind it.
fn without_lead(line: String) -> String {
    let Some(led) = line.strip_suffix(':') else { return line };
    match led.rsplit_once(". ") {
        Some((said, _)) => format!("{said}."),
        None => format!("{led}…"),
    }
}

/// All of the text on one line: for a table's cell, or in the middle of a sentence.
pub fn inline(text: &str) -> String {
    if let Some(line) = plain::line(text) {
        return line.to_owned();
    }
    one_line(&clean::outdented(&clean::text(text)), false)
}

fn write(text: &str) -> Option<String> {
    let events = wrap::wrap(filter::filter(parse(text))?);
    let written = render(&events)?;
    let written = check::without_escapes(&check::relax(&written));
    (check::is_harmless(&written) && check::stands_alone(&written)).then_some(written)
}

fn one_line(text: &str, first_only: bool) -> String {
    let (text, cut) = clean::cut(text, MAX_INLINE);
    let written = filter::filter(parse(text)).and_then(|events| {
        let written = check::relax(&render(&filter::flatten(events, first_only))?);
        check::is_harmless(&written).then_some(written)
    });
    let mut line = written.unwrap_or_else(|| clean::escaped(text)).split_whitespace().collect::<Vec<_>>().join(" ");
    if cut {
        line.push('…');
    }
    line
}

fn parse(text: &str) -> impl Iterator<Item = Event<'_>> {
    TextMergeStream::new(Parser::new_ext(text, extensions()))
}

fn render(events: &[Event<'_>]) -> Option<String> {
    let style = pulldown_cmark_to_cmark::Options {
        code_block_token_count: 3,
        list_token: '-',
        increment_ordered_list_bullets: true,
        ..Default::default()
    };
    let mut out = String::new();
    cmark_with_options(events.iter(), &mut out, extensions(), style).ok()?;
    Some(out)
}
