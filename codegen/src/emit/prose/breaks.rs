//! Line breaks: takes events, gives those in which a break stands between two lines and nowhere else. Two in a row, as HTML
//! has them, end a paragraph; Markdown has no other way to write them.

use pulldown_cmark::{Event, Tag, TagEnd};

/// The events with each break where it says something.
pub(super) fn tidy(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut tidy = Tidy { out: Vec::with_capacity(events.len()), waiting: 0, spans: 0, in_paragraph: false };
    for event in events {
        tidy.event(event);
    }
    tidy.out
}

struct Tidy<'a> {
    out: Vec<Event<'a>>,
    /// Breaks that were read and not yet written.
    waiting: usize,
    /// Emphasis, links and the like that are open.
    spans: usize,
    in_paragraph: bool,
}

impl<'a> Tidy<'a> {
    fn event(&mut self, event: Event<'a>) {
        match event {
            Event::HardBreak => self.waiting += usize::from(self.says_something()),
            Event::Text(ref text) if self.waiting > 0 && text.trim().is_empty() => {}
            Event::Text(_) | Event::Code(_) => {
                self.flush();
                self.out.push(event);
            }
            Event::Start(ref tag) if is_span(tag) => {
                self.flush();
                self.spans += 1;
                self.out.push(event);
            }
            Event::End(tag) if is_end_of_span(tag) => {
                self.spans = self.spans.saturating_sub(1);
                self.out.push(event);
            }
            _ => {
                self.waiting = 0;
                self.in_paragraph = matches!(event, Event::Start(Tag::Paragraph));
                self.out.push(event);
            }
        }
    }

    /// Whether there is something before a break, in the same block.
    fn says_something(&self) -> bool {
        let inner = self.out.iter().rev().find(|event| !matches!(event, Event::Start(tag) if is_span(tag)));
        self.waiting > 0 || matches!(inner, Some(Event::Text(_) | Event::Code(_) | Event::End(_)))
    }

    /// Writes the breaks that wait, for something follows.
    fn flush(&mut self) {
        match std::mem::take(&mut self.waiting) {
            0 => {}
            2.. if self.in_paragraph && self.spans == 0 => {
                self.out.extend([Event::End(TagEnd::Paragraph), Event::Start(Tag::Paragraph)]);
            }
            _ => self.out.push(Event::HardBreak),
        }
    }
}

fn is_span(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
}

fn is_end_of_span(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}
