//! The check: takes Markdown that was written, parses it as rustdoc will, and says whether it is harmless.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

use super::filter::is_allowed;

/// All extensions that rustdoc has.
fn rustdoc_extensions() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

/// Whether there is nothing in it that runs, loads, or could be taken for a link to an item.
pub(super) fn is_harmless(markdown: &str) -> bool {
    let mut strays = 0_usize;
    let stray = |_: BrokenLink<'_>| {
        strays += 1;
        None::<(CowStr<'_>, CowStr<'_>)>
    };
    let parser = Parser::new_with_broken_link_callback(markdown, rustdoc_extensions(), Some(stray));
    let mut harmless = true;
    for event in parser {
        harmless &= match event {
            Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => false,
            Event::Start(Tag::HtmlBlock | Tag::Image { .. } | Tag::FootnoteDefinition(_)) => false,
            Event::Start(Tag::CodeBlock(kind)) => matches!(kind, CodeBlockKind::Fenced(info) if &*info == "text"),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                link_type == LinkType::Email || is_allowed(&dest_url)
            }
            _ => true,
        };
    }
    harmless && strays == 0
}

/// Whether it ends where it ends: what stands behind it is not taken for a part of a block that was left open.
pub(super) fn stands_alone(markdown: &str) -> bool {
    let followed = format!("{markdown}\n\n# end\n");
    let mut depth = 0_usize;
    let mut heads = false;
    for event in Parser::new_ext(&followed, rustdoc_extensions()) {
        match event {
            Event::Start(tag) => {
                heads = depth == 0 && matches!(tag, Tag::Heading { .. });
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    heads
}

/// The same Markdown, more pleasant to read: `&` where the writer was more careful than the grammar asks, hard breaks that
/// an editor won't strip, and quotes without an empty first line. Left as it is should it then say something else.
pub(super) fn relax(markdown: &str) -> String {
    let mut edits: Vec<(Range<usize>, &str)> = Vec::new();
    let mut depth = 0_usize;
    for (event, range) in Parser::new_ext(markdown, super::extensions()).into_offset_iter() {
        let source = markdown.get(range.clone()).unwrap_or_default();
        match event {
            Event::Text(_) if source == "&amp;" && !begins_reference(markdown.get(range.end..)) => {
                edits.push((range, "&"))
            }
            Event::HardBreak if source.starts_with("  ") => edits.push((range.start..range.start + 2, "\\")),
            Event::Start(tag) => {
                if depth == 0 && matches!(tag, Tag::BlockQuote(_)) {
                    relax_quote(markdown, &range, &mut edits);
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    edits.sort_by_key(|(range, _)| range.start);
    let relaxed = apply(markdown, &edits);
    if super::parse(&relaxed).eq(super::parse(markdown)) { relaxed } else { markdown.to_owned() }
}

/// The blank that the writer puts before each line of a quote, and the empty line that it begins with.
fn relax_quote(markdown: &str, range: &Range<usize>, edits: &mut Vec<(Range<usize>, &str)>) {
    let before = markdown.get(..range.start).unwrap_or_default();
    let mut at = before.rfind('\n').map_or(0, |newline| newline + 1);
    let lines = markdown.get(at..range.end).unwrap_or_default();
    for (index, line) in lines.split_inclusive('\n').enumerate() {
        let empty = line.trim() == ">" && lines.len() > line.len();
        if index == 0 && empty {
            edits.push((at..at + line.len(), ""));
        } else if line.starts_with(" >") {
            edits.push((at..at + 1, ""));
        }
        at += line.len();
    }
}

/// The text with each range replaced; those that overlap an earlier one are left out.
fn apply(text: &str, edits: &[(Range<usize>, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (range, replacement) in edits {
        if range.start < done {
            continue;
        }
        out.push_str(text.get(done..range.start).unwrap_or_default());
        out.push_str(replacement);
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// The same text without the backslashes that its grammar doesn't ask for: before a `_` in `dof_v1_`, before the `#` of `C#` and
/// the like. Left as it is should it then say something else. What stands in the middle of other text needs them.
pub(super) fn without_escapes(markdown: &str) -> String {
    let texts = Parser::new_ext(markdown, super::extensions()).into_offset_iter();
    let escaped = texts.filter_map(|(event, Range { start, .. })| {
        let before = markdown.get(..start)?.strip_suffix('\\').filter(|_| matches!(event, Event::Text(_)))?;
        is_needless(before, markdown.get(start..)?).then_some((before.len()..start, ""))
    });
    let edits: Vec<(Range<usize>, &str)> = escaped.collect();
    if edits.is_empty() {
        return markdown.to_owned();
    }
    let bare = apply(markdown, &edits);
    if super::parse(&bare).eq(super::parse(markdown)) && is_harmless(&bare) { bare } else { markdown.to_owned() }
}

/// Whether the first character of `rest` may mean nothing where it stands, without a backslash behind `before`.
fn is_needless(before: &str, rest: &str) -> bool {
    let mut rest = rest.chars();
    let (escaped, behind) = (rest.next(), rest.next().unwrap_or('\n'));
    let is_first = before.rsplit('\n').next().is_none_or(|line| line.trim().is_empty());
    match escaped {
        Some('_' | '~' | '|') => true,
        Some('#') => !is_first,
        Some('*') => !is_first && before.ends_with(' ') && behind.is_whitespace(),
        Some('<') => behind.is_whitespace() || behind.is_ascii_digit() || behind == '=',
        _ => false,
    }
}

/// Whether `&` before this text could be a character reference.
fn begins_reference(rest: Option<&str>) -> bool {
    let Some(rest) = rest else { return false };
    let is_name = |character: char| character.is_ascii_alphanumeric();
    let behind = rest.trim_start_matches('#').trim_start_matches(is_name);
    behind.len() < rest.len() && behind.starts_with(';')
}
