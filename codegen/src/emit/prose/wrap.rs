//! Wrapping: takes the events that stay, gives the same with line breaks between words, so that paragraphs are about 100
//! columns wide. Never breaks inside of code, addresses, headings or tables.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

/// Columns of a line, without `/// `.
const WIDTH: usize = 100;

/// The events, their paragraphs wrapped.
pub(super) fn wrap(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut wrap = Wrap { out: Vec::with_capacity(events.len()), indent: 0, column: 0, fixed: 0, closing: Vec::new() };
    let widths: Vec<usize> = (0..events.len()).map(|at| width(events.get(at..).unwrap_or_default())).collect();
    for (event, width) in events.into_iter().zip(widths) {
        wrap.break_before(width);
        wrap.event(event);
    }
    wrap.out
}

/// Columns of the code or link that begins here, 0 for all else.
fn width(events: &[Event<'_>]) -> usize {
    match events.first() {
        Some(Event::Code(code)) => code.chars().count() + 2,
        Some(Event::Start(Tag::Link { link_type, dest_url, .. })) => {
            let text = events.iter().take_while(|event| !matches!(event, Event::End(TagEnd::Link)));
            let columns = text.map(|event| match event {
                Event::Text(text) | Event::Code(text) => text.chars().count() + 2,
                _ => 0,
            });
            let address = if *link_type == LinkType::Inline { dest_url.chars().count() + 2 } else { 0 };
            columns.sum::<usize>() + address
        }
        _ => 0,
    }
}

struct Wrap<'a> {
    out: Vec<Event<'a>>,
    /// Columns that lists and quotes take.
    indent: usize,
    column: usize,
    /// How many code blocks, headings and tables are open.
    fixed: usize,
    /// What the end of each open link adds.
    closing: Vec<usize>,
}

impl<'a> Wrap<'a> {
    fn event(&mut self, event: Event<'a>) {
        match &event {
            Event::Text(text) if self.fixed == 0 => {
                let text = text.to_string();
                self.text(&text);
                return;
            }
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            Event::Code(code) => self.column += code.chars().count() + 2,
            Event::HardBreak => self.column = self.indent,
            _ => {}
        }
        self.out.push(event);
    }

    /// Ends the line before code or a link of this width that would not fit, if a blank stands there.
    fn break_before(&mut self, width: usize) {
        if width == 0 || self.fixed > 0 || self.column + width <= WIDTH {
            return;
        }
        let Some(Event::Text(text)) = self.out.last() else { return };
        let before = text.trim_end_matches(' ').to_owned();
        if before.len() == text.len() {
            return;
        }
        let Some(blanks) = self.out.pop() else { return };
        if !before.is_empty() {
            self.out.push(Event::Text(before.into()));
        } else if !self.can_break("") {
            self.out.push(blanks);
            return;
        }
        self.out.push(Event::SoftBreak);
        self.column = self.indent;
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::BlockQuote(_) | Tag::Item => self.indent += 2,
            Tag::CodeBlock(_) | Tag::Heading { .. } | Tag::Table(_) => self.fixed += 1,
            Tag::Link { link_type: LinkType::Inline, dest_url, .. } => {
                self.column += 1;
                self.closing.push(dest_url.chars().count() + 3);
            }
            Tag::Link { .. } => {
                self.column += 1;
                self.closing.push(1);
            }
            Tag::Emphasis => self.column += 1,
            Tag::Strong | Tag::Strikethrough => self.column += 2,
            _ => {}
        }
        if matches!(tag, Tag::Paragraph | Tag::Item) {
            self.column = self.indent;
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::Item => self.indent = self.indent.saturating_sub(2),
            TagEnd::CodeBlock | TagEnd::Heading(_) | TagEnd::Table => self.fixed = self.fixed.saturating_sub(1),
            TagEnd::Link => self.column += self.closing.pop().unwrap_or_default(),
            TagEnd::Emphasis => self.column += 1,
            TagEnd::Strong | TagEnd::Strikethrough => self.column += 2,
            _ => {}
        }
    }

    /// Writes a text word by word; each blank is a place where a line may end.
    fn text(&mut self, text: &str) {
        let mut line = String::new();
        for (index, word) in text.split([' ', '\t']).enumerate() {
            let width = word.chars().count();
            if index > 0 {
                let full = self.column + 1 + width > WIDTH && self.column > self.indent;
                if full && self.can_break(&line) {
                    self.flush(&mut line);
                    self.out.push(Event::SoftBreak);
                    self.column = self.indent;
                } else {
                    line.push(' ');
                    self.column += 1;
                }
            }
            line.push_str(word);
            self.column += width;
        }
        self.flush(&mut line);
    }

    /// A paragraph, a link and so on can't begin with a break, and a line can't be empty.
    fn can_break(&self, line: &str) -> bool {
        if !line.is_empty() {
            return !line.ends_with(' ');
        }
        matches!(
            self.out.last(),
            Some(Event::Text(_) | Event::Code(_) | Event::End(TagEnd::Link | TagEnd::Emphasis | TagEnd::Strong))
        )
    }

    fn flush(&mut self, line: &mut String) {
        if !line.is_empty() {
            self.out.push(Event::Text(std::mem::take(line).into()));
        }
    }
}
