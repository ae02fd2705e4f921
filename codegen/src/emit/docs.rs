//! Doc comments: the description's prose (made harmless by `prose`) and the facts beside it, as one `#[doc]` a comment.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Expr, ExprLit, Lit, Meta, MetaNameValue};

use super::{prose, sentences};
use crate::ir::{Docs, Notes, Origin, Part, TypeDef};

/// What stands between the lines of a doc comment in its one attribute; no text that is emitted has control characters.
pub(super) const LINE: char = '\u{1f}';

/// A doc comment in the making: paragraphs with an empty line between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Doc {
    lines: Vec<String>,
}

impl Doc {
    /// Our own words: one paragraph, a line each.
    pub(super) fn text(text: &str) -> Self {
        let mut doc = Self::default();
        doc.paragraph(text);
        doc
    }

    /// The description's words: the summary's line, then the description.
    pub(super) fn of(docs: &Docs) -> Self {
        let mut doc = Self::default();
        if let Some(summary) = docs.summary.as_deref().and_then(prose::summary_line) {
            doc.push_block(prose::wrapped(&summary));
        }
        if let Some(description) = &docs.description {
            let lines = prose::doc_lines(description);
            if doc.lines != lines {
                doc.push_block(lines);
            }
        }
        if let Some(link) = docs.external.as_deref().and_then(prose::link) {
            doc.paragraph(&format!("See {link}."));
        }
        doc
    }

    /// The same of what is called `name`, without a title that says that again.
    pub(super) fn of_called(docs: &Docs, name: &str) -> Self {
        match telling_title(docs, name) {
            None if docs.summary.is_some() => Self::of(&Docs { summary: None, ..docs.clone() }),
            _ => Self::of(docs),
        }
    }

    /// The words of a type.
    pub(super) fn of_type(def: &TypeDef) -> Self {
        let name = match &def.origin {
            Origin::Component(name) | Origin::Parameter { name, .. } | Origin::Header { name, .. } => name,
            Origin::Part { part: Part::Member(wire), .. } => wire,
            _ => "",
        };
        Self::of_called(&def.docs, name)
    }

    /// Adds the description's words.
    pub(super) fn append(&mut self, markdown: &Option<String>) {
        if let Some(markdown) = markdown {
            self.push_block(prose::doc_lines(markdown));
        }
    }

    /// Adds what another one says.
    pub(super) fn extend(&mut self, other: Self) {
        self.push_block(other.lines);
    }

    /// Adds a paragraph of our own words.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.push_block(wrapped(text.lines()));
    }

    /// Adds what a value keeps to, and what all that it holds do.
    pub(super) fn bounds(&mut self, notes: &Notes) {
        self.paragraph(&sentences::notes(notes).join(" "));
        for each in sentences::inside(notes) {
            self.paragraph(&each);
        }
        self.push_block(wrapped(sentences::either(notes).iter().map(String::as_str)));
    }

    /// Adds an example, or the values that are listed, alone.
    pub(super) fn example(&mut self, notes: &Notes) {
        if let Some(said) = sentences::example(notes).or_else(|| sentences::values(notes)) {
            self.paragraph(&said);
        }
    }

    /// Adds how many members an object has.
    pub(super) fn member_counts(&mut self, notes: &Notes) {
        let members = |count: u64| if count == 1 { "member" } else { "members" };
        let said = match (notes.min_length.filter(|least| *least > 0), notes.max_length) {
            (Some(least), Some(most)) if least == most => format!("Has {least} {}.", members(most)),
            (Some(least), Some(most)) => format!("Has {least} to {most} members."),
            (Some(least), None) => format!("Has at least {least} {}.", members(least)),
            (_, Some(0)) => "Has no members.".to_owned(),
            (None, Some(most)) => format!("Has at most {most} {}.", members(most)),
            (None, None) => return,
        };
        self.paragraph(&said);
    }

    /// Adds a heading and what stands below it.
    pub(super) fn section(&mut self, heading: &str, text: &str) {
        self.paragraph(&format!("# {heading}"));
        if !text.is_empty() {
            self.paragraph(text);
        }
    }

    /// Whether nothing was said.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The lines, for what is not a doc comment.
    pub(super) fn lines(&self) -> &[String] {
        &self.lines
    }

    fn push_block(&mut self, block: Vec<String>) {
        if block.is_empty() {
            return;
        }
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(block);
    }
}

/// The lines of a block, none of them longer than it has to be; code stays as it is.
fn wrapped<'l>(lines: impl Iterator<Item = &'l str>) -> Vec<String> {
    let mut is_code = false;
    let wrapped = lines.flat_map(|line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        if is_code || is_fence { vec![line.to_owned()] } else { prose::wrapped(line) }
    });
    wrapped.collect()
}

impl ToTokens for Doc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if self.lines.is_empty() {
            return;
        }
        let mut text = String::with_capacity(self.lines.iter().map(|line| line.len() + 2).sum());
        for (index, line) in self.lines.iter().enumerate() {
            if index > 0 {
                text.push(LINE);
            }
            if !line.is_empty() {
                text.push(' ');
                text.push_str(line);
            }
        }
        tokens.extend(quote!(#[doc = #text]));
    }
}

/// How many lines an attribute of an item takes.
pub(super) fn lines(attribute: &Attribute) -> usize {
    match &attribute.meta {
        Meta::NameValue(MetaNameValue { value: Expr::Lit(ExprLit { lit: Lit::Str(text), .. }), .. }) => {
            text.value().split(LINE).count()
        }
        _ => 1,
    }
}

/// The title of what is called `name`, unless it says just that, as those do that programs make of names.
pub(super) fn telling_title<'a>(docs: &'a Docs, name: &str) -> Option<&'a str> {
    let letters =
        |text: &str| text.chars().filter(|one| one.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    docs.summary.as_deref().filter(|title| letters(title) != letters(name))
}

/// The docs of a member or parameter: the description's words, its bounds, and its wire name where the Rust name differs.
pub(super) fn of_value(docs: &Docs, notes: &Notes, wire: &str, ident: &str) -> Doc {
    let mut doc = Doc::of_called(docs, wire);
    doc.bounds(notes);
    if let Some(said) = on_the_wire(wire, ident) {
        doc.paragraph(&said);
    }
    doc
}

/// The wire name, where the Rust name differs.
pub(super) fn on_the_wire(wire: &str, ident: &str) -> Option<String> {
    (ident.trim_start_matches("r#") != wire).then(|| format!("On the wire: {}.", prose::code(wire)))
}

/// The words and the bounds of a value on one line, for a list of arguments; `None` where nothing is said.
pub(super) fn on_one_line(docs: &Docs, notes: &Notes) -> Option<String> {
    let own = sentences::value(docs, notes).into_iter().chain(sentences::inside(notes));
    sentences::joined(own.chain(sentences::either_on_one_line(notes)))
}

/// `#[doc(alias = "…")]`, so that a search for the description's own name finds the item.
pub(super) fn alias(wire: &str, ident: &str) -> Option<TokenStream> {
    let plain = wire.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    (plain && !wire.is_empty() && ident.trim_start_matches("r#") != wire).then(|| quote!(#[doc(alias = #wire)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_says_the_name_again_says_nothing() {
        let docs = |title: &str| Docs { summary: Some(title.to_owned()), ..Docs::default() };
        for (title, name) in [("Created At", "created_at"), ("UserOut", "user_out"), ("pet", "Pet"), ("ID", "id")] {
            assert_eq!(telling_title(&docs(title), name), None, "{title}");
            assert!(Doc::of_called(&docs(title), name).is_empty(), "{title}");
        }
        assert_eq!(telling_title(&docs("When it was made"), "created_at"), Some("When it was made"));
        assert_eq!(telling_title(&docs("Größe"), "groesse"), Some("Größe"));
    }
}
