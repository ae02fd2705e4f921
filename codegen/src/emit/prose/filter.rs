//! Events → events: takes what rustdoc would see, gives what may stay. No HTML, no images, no code block that isn't `text`,
//! no links of other schemes.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::{breaks, clean, html};

/// Markdown nested deeper than this is not written again.
const MAX_DEPTH: usize = 16;

/// The events that may stay; `None` when they nest too deep.
pub(super) fn filter<'a>(events: impl Iterator<Item = Event<'a>>) -> Option<Vec<Event<'a>>> {
    let mut filter = Filter { out: Vec::new(), depth: 0, html: None, links: Vec::new(), heading: false, code: false };
    for event in events {
        filter.event(event);
        if filter.depth > MAX_DEPTH {
            return None;
        }
    }
    Some(breaks::tidy(merge(filter.out)))
}

struct Filter<'a> {
    out: Vec<Event<'a>>,
    depth: usize,
    /// The source of the block of HTML that is open.
    html: Option<String>,
    /// For each open link whether it stays.
    links: Vec<bool>,
    heading: bool,
    code: bool,
}

impl<'a> Filter<'a> {
    fn event(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                self.start(tag);
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                self.end(tag);
            }
            Event::Text(text) if self.code => self.out.push(Event::Text(clean::text(&text).into())),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.out.push(code_span(&code)),
            Event::Html(source) | Event::InlineHtml(source) => match &mut self.html {
                Some(block) => block.push_str(&source),
                None => self.inline_html(&source),
            },
            // A soft break is a blank: lines are wrapped anew.
            Event::SoftBreak if self.out.last() == Some(&Event::HardBreak) => {}
            Event::SoftBreak => self.out.push(Event::Text(" ".into())),
            Event::HardBreak if self.heading => self.out.push(Event::Text(" ".into())),
            Event::HardBreak | Event::Rule | Event::TaskListMarker(_) => self.out.push(event),
            // Extensions that are not switched on.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => self.text(&text),
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        let tag = match tag {
            Tag::CodeBlock(_) => {
                self.code = true;
                Tag::CodeBlock(CodeBlockKind::Fenced("text".into()))
            }
            Tag::HtmlBlock => {
                self.html = Some(String::new());
                return;
            }
            Tag::Image { .. } => return,
            Tag::Link { link_type, dest_url, .. } => {
                let link = self.link(link_type, &dest_url);
                self.links.push(link.is_some());
                let Some(link) = link else { return };
                link
            }
            Tag::Heading { level, .. } => {
                self.heading = true;
                Tag::Heading { level: demote(level), id: None, classes: Vec::new(), attrs: Vec::new() }
            }
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::Emphasis | Tag::Strong => tag,
            Tag::Strikethrough | Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell => tag,
            // Extensions that are not switched on.
            Tag::FootnoteDefinition(_) | Tag::DefinitionList | Tag::DefinitionListTitle => return,
            Tag::DefinitionListDefinition | Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => return,
        };
        self.out.push(Event::Start(tag));
    }

    fn end(&mut self, tag: TagEnd) {
        let tag = match tag {
            TagEnd::HtmlBlock => {
                self.html_block();
                return;
            }
            TagEnd::Link => {
                if !self.links.pop().unwrap_or_default() {
                    return;
                }
                tag
            }
            TagEnd::CodeBlock => {
                self.code = false;
                tag
            }
            TagEnd::Heading(level) => {
                self.heading = false;
                TagEnd::Heading(demote(level))
            }
            TagEnd::Paragraph | TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::Emphasis => tag,
            TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Table | TagEnd::TableHead => tag,
            TagEnd::TableRow | TagEnd::TableCell => tag,
            TagEnd::Image | TagEnd::FootnoteDefinition | TagEnd::DefinitionList | TagEnd::DefinitionListTitle => return,
            TagEnd::DefinitionListDefinition | TagEnd::Superscript | TagEnd::Subscript => return,
            TagEnd::MetadataBlock(_) => return,
        };
        self.out.push(Event::End(tag));
    }

    /// The link, as one that is written inline and without a title, if it may stay.
    fn link(&self, link_type: LinkType, address: &str) -> Option<Tag<'static>> {
        let link_type = match link_type {
            LinkType::Autolink | LinkType::Email => link_type,
            _ => LinkType::Inline,
        };
        let allowed = link_type == LinkType::Email || is_allowed(address);
        let plain = !address.contains(|character: char| character.is_whitespace() || character.is_control());
        // A link can't stand inside a link.
        if !allowed || !plain || clean::text(address) != address || self.links.contains(&true) {
            return None;
        }
        Some(Tag::Link { link_type, dest_url: address.to_owned().into(), title: "".into(), id: "".into() })
    }

    fn inline_html(&mut self, source: &str) {
        match html::inline(source) {
            html::Inline::Nothing => {}
            html::Inline::Break if self.heading || self.in_cell() => self.out.push(Event::Text(" ".into())),
            html::Inline::Break => self.hard_break(),
            html::Inline::Text(text) => self.text(text),
        }
    }

    fn in_cell(&self) -> bool {
        let last = self.out.iter().rev().find_map(|event| match event {
            Event::Start(Tag::TableCell) => Some(true),
            Event::Start(Tag::Paragraph | Tag::Item) | Event::End(TagEnd::TableCell) => Some(false),
            _ => None,
        });
        last.unwrap_or_default()
    }

    /// Ends the line; blanks before that say nothing, and not all that is behind could be written again.
    fn hard_break(&mut self) {
        if let Some(Event::Text(text)) = self.out.last() {
            let text = text.trim_end_matches(' ').to_owned();
            self.out.pop();
            self.push_text(&text);
        }
        self.out.push(Event::HardBreak);
    }

    fn html_block(&mut self) {
        for paragraph in html::paragraphs(&self.html.take().unwrap_or_default()) {
            self.out.push(Event::Start(Tag::Paragraph));
            self.text(&paragraph);
            self.out.push(Event::End(TagEnd::Paragraph));
        }
    }

    /// A text, with the addresses in it made links: rustdoc warns of bare ones.
    fn text(&mut self, text: &str) {
        let text = clean::event_text(text);
        // A line that a tag has broken begins anew.
        let text = if self.out.last() == Some(&Event::HardBreak) { text.trim_start().to_owned() } else { text };
        if self.links.contains(&true) {
            self.out.push(Event::Text(text.into()));
            return;
        }
        let mut rest = text.as_str();
        while let Some((before, address, after)) = find_address(rest) {
            self.push_text(before);
            if address.contains(['{', '}', '[', ']', '|', '\\', '^', '`', '*']) {
                self.out.push(code_span(address));
            } else {
                let dest = CowStr::from(address.to_owned());
                let link = Tag::Link {
                    link_type: LinkType::Autolink,
                    dest_url: dest.clone(),
                    title: "".into(),
                    id: "".into(),
                };
                self.out.extend([Event::Start(link), Event::Text(dest), Event::End(TagEnd::Link)]);
            }
            rest = after;
        }
        self.push_text(rest);
    }

    fn push_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.out.push(Event::Text(text.to_owned().into()));
        }
    }
}

/// Adjacent texts as one, so that their words can be wrapped.
fn merge(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    pulldown_cmark::TextMergeStream::new(events.into_iter()).collect()
}

fn code_span<'a>(code: &str) -> Event<'a> {
    Event::Code(clean::event_text(code).into())
}

fn demote(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

/// Whether a link may lead there.
pub(super) fn is_allowed(address: &str) -> bool {
    ["http://", "https://", "mailto:"].into_iter().any(|scheme| {
        address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && address.len() > scheme.len()
    })
}

/// The first address in a text: what stands before it, itself, and what follows.
fn find_address(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find("http")?;
        let rest = text.get(at..)?;
        let scheme = if rest.starts_with("https://") { 8 } else { 7 };
        if scheme == 8 || rest.starts_with("http://") {
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(rest.len());
            let address = trim_end(rest.get(..end)?);
            if address.len() > scheme {
                return Some((text.get(..at)?, address, text.get(at + address.len()..)?));
            }
        }
        from = at + 4;
    }
}

/// Without the punctuation of the sentence around it: marks, and closing brackets that nothing in it opens.
fn trim_end(address: &str) -> &str {
    let count = |bracket: char| address.matches(bracket).count();
    let mut round = count(')').saturating_sub(count('('));
    let mut square = count(']').saturating_sub(count('['));
    address.trim_end_matches(|character| match character {
        ')' => take_one(&mut round),
        ']' => take_one(&mut square),
        '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '`' | '~' | '…' | '’' | '”' | '。' => true,
        _ => false,
    })
}

fn take_one(left: &mut usize) -> bool {
    let some = *left > 0;
    *left = left.saturating_sub(1);
    some
}

/// The events of all blocks as those of one paragraph; of the first block that says something only, if told so.
pub(super) fn flatten(events: Vec<Event<'_>>, first_only: bool) -> Vec<Event<'_>> {
    let mut out = vec![Event::Start(Tag::Paragraph)];
    let mut code = false;
    for event in events {
        let says = out.len() > 1;
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(text) if code => out.push(inline_code(&text)),
            // In a table's cell a bar would end the cell, inside of code too.
            Event::Code(text) => out.push(inline_code(&text)),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) => out.push(event),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => out.push(event),
            Event::Text(_) => out.push(event),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) if first_only && says => break,
            Event::Start(_) | Event::End(_) | Event::HardBreak if says => {
                out.push(Event::Text(" ".into()));
            }
            _ => {}
        }
    }
    trim_last(&mut out);
    out.push(Event::End(TagEnd::Paragraph));
    merge(out)
}

/// Takes the blanks from the end: no Markdown has a paragraph that ends with one.
fn trim_last(out: &mut Vec<Event<'_>>) {
    while let Some(Event::Text(text)) = out.last_mut() {
        let kept = text.trim_end().to_owned();
        if kept.is_empty() {
            out.pop();
        } else {
            *text = kept.into();
            break;
        }
    }
}

fn inline_code<'a>(code: &str) -> Event<'a> {
    let code = clean::event_text(code.trim());
    if code.is_empty() || code.contains('|') { Event::Text(code.into()) } else { Event::Code(code.into()) }
}
