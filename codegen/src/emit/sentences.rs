//! What is said of a value beyond its type, in sentences.

use super::prose;
use crate::ir::{Docs, Either, Notes};

/// The bounds of the type that whole numbers are read as, which some frameworks write down.
const LEAST: &str = "-9223372036854775808";
const MOST: &str = "9223372036854775807";

/// What is not among the values of an enum.
const OTHERS: &str = "Any other value";

/// That it is deprecated, bounds, format, default and an example in a sentence each.
pub(super) fn notes(notes: &Notes) -> Vec<String> {
    let mut said = Vec::new();
    if notes.deprecated {
        said.push("Deprecated.".to_owned());
    }
    if let Some(format) = &notes.format {
        said.push(format!("Format: {}.", prose::code(format)));
    }
    if let Some(media_type) = &notes.media_type {
        let content = notes.content.as_ref().map(|name| format!(", of the schema {}", prose::code(name)));
        said.push(format!("Media type: {}{}.", prose::code(media_type), content.unwrap_or_default()));
    }
    if let Some(least) = notes.minimum.as_ref().filter(|least| *least != LEAST) {
        let word = if notes.exclusive_minimum { "More than" } else { "At least" };
        said.push(format!("{word} {}.", prose::code(least)));
    }
    if let Some(most) = notes.maximum.as_ref().filter(|most| *most != MOST) {
        let word = if notes.exclusive_maximum { "Less than" } else { "At most" };
        said.push(format!("{word} {}.", prose::code(most)));
    }
    if let Some(step) = &notes.multiple_of {
        said.push(format!("A multiple of {}.", prose::code(step)));
    }
    match (notes.min_length, notes.max_length) {
        (_, Some(0)) => said.push("Length: 0.".to_owned()),
        (Some(least), Some(most)) if least == most => said.push(format!("Length: {least}.")),
        (Some(least), Some(most)) if least > 0 => said.push(format!("Length: {least} to {most}.")),
        (_, Some(most)) => said.push(format!("Length: at most {most}.")),
        (Some(least), None) if least > 0 => said.push(format!("Length: at least {least}.")),
        (_, None) => {}
    }
    if notes.unique_items {
        said.push("No two items are equal.".to_owned());
    }
    said.extend(notes.patterns.iter().map(|pattern| format!("Pattern: {}.", prose::code(pattern))));
    if !notes.keys.is_empty() {
        let keys: Vec<_> = notes.keys.iter().map(|key| prose::code(key)).collect();
        said.push(format!("Keys: {}.", keys.join(", ")));
    }
    said.extend(notes.key_patterns.iter().map(|pattern| format!("Pattern of the keys: {}.", prose::code(pattern))));
    if let Some(default) = &notes.default {
        said.push(format!("Default: {}.", prose::code(default)));
    }
    said.extend(example(notes));
    said.extend(values(notes));
    said.extend(notes.or_value.then(|| "`FilePart::value` sends a value that is no file.".to_owned()));
    said
}

/// The values that are listed.
pub(super) fn values(notes: &Notes) -> Option<String> {
    match notes.values.as_slice() {
        [] => None,
        [only] => Some(format!("Always {}.", prose::code(only))),
        several => {
            let several: Vec<_> = several.iter().map(|value| prose::code(value)).collect();
            Some(format!("One of {}.", several.join(", ")))
        }
    }
}

/// An example, where it says more than the default and the values that are listed.
pub(super) fn example(notes: &Notes) -> Option<String> {
    let example = notes.example.as_ref().filter(|example| notes.default.as_ref() != Some(example));
    example.filter(|_| notes.values.is_empty()).map(|example| format!("Example: {}.", prose::code(example)))
}

/// The description's words about a value, and what it says beyond the type.
pub(super) fn value(docs: &Docs, notes: &Notes) -> Option<String> {
    let words = docs.description.as_deref().map(prose::inline);
    joined(words.into_iter().chain(self::notes(notes)))
}

/// What is said of what a value holds, of what that holds, and so on: `Each item: An airport. Length: at most 3.`
pub(super) fn inside(notes: &Notes) -> Vec<String> {
    let mut path = String::new();
    let lines = notes.inside().filter_map(|each| {
        let of = if path.is_empty() { String::new() } else { format!(" of each {path}") };
        path = format!("{}{of}", each.held.as_str());
        value(&each.docs, &each.notes).map(|said| format!("Each {path}: {said}"))
    });
    lines.collect()
}

/// What is said of values that are of one schema out of several: a list. Nothing, where nothing is.
pub(super) fn either(notes: &Notes) -> Vec<String> {
    let mut items: Vec<String> = said_of_either(notes).collect();
    match items.as_mut_slice() {
        [] => return items,
        [only] if notes.or_listed => return vec![format!("{OTHERS}: {only}")],
        _ => {}
    }
    items.extend(notes.or_another.then(|| "Any other.".to_owned()));
    let head = if notes.or_listed { format!("{OTHERS} is one of these:") } else { "One of these:".to_owned() };
    [head, String::new()].into_iter().chain(items.into_iter().map(|said| format!("- {said}"))).collect()
}

/// The same on one line: `Either: At least 1. Or: Format: uuid.`
pub(super) fn either_on_one_line(notes: &Notes) -> Option<String> {
    let either = said_of_either(notes).collect::<Vec<_>>();
    let first = match (notes.or_listed, either.len()) {
        (false, _) => "Either".to_owned(),
        (true, 1) => OTHERS.to_owned(),
        (true, _) => format!("{OTHERS} is either"),
    };
    let words = std::iter::once(first).chain(std::iter::repeat("Or".to_owned()));
    let items = words.zip(either).map(|(word, said)| format!("{word}: {said}"));
    let another = (notes.or_another && !notes.either.is_empty()).then(|| "Or any other.".to_owned());
    joined(items.chain(another))
}

fn said_of_either(notes: &Notes) -> impl Iterator<Item = String> {
    let said = |either: &Either| joined(value(&either.docs, &either.notes).into_iter().chain(inside(&either.notes)));
    notes.either.iter().filter_map(said)
}

/// Sentences on one line, each of which ends before the next one begins; `None` for none.
pub(super) fn joined(sentences: impl IntoIterator<Item = String>) -> Option<String> {
    let sentences = sentences.into_iter().filter(|sentence| !sentence.is_empty());
    sentences.reduce(|said, next| {
        let end = if has_end(&said) { "" } else { "." };
        format!("{said}{end} {next}")
    })
}

/// Whether a sentence has its mark at the end, be it in brackets, in quotes or set off.
fn has_end(sentence: &str) -> bool {
    let bare = sentence.trim_end_matches([')', '"', '\'', '*', '_', '”', '’', '»']);
    bare.ends_with(['.', '!', '?', ':', ';', '…', '。', '！', '？', '：'])
}

#[cfg(test)]
mod tests {
    use super::{either, either_on_one_line, joined, notes};
    use crate::ir::{Docs, Either, Notes};

    #[test]
    fn what_is_said_of_either_fits_on_a_line() {
        let of = |least: &str, words: Option<&str>| Either {
            docs: Docs { description: words.map(str::to_owned), ..Docs::default() },
            notes: Notes { minimum: Some(least.to_owned()), ..Notes::default() },
        };
        let both = vec![of("1", Some("A count")), of("2", None)];
        let said = |or_another| either_on_one_line(&Notes { either: both.clone(), or_another, ..Notes::default() });
        assert_eq!(said(false).as_deref(), Some("Either: A count. At least `1`. Or: At least `2`."));
        assert_eq!(said(true).as_deref(), Some("Either: A count. At least `1`. Or: At least `2`. Or any other."));
        assert_eq!(either_on_one_line(&Notes::default()), None);
    }

    #[test]
    fn what_is_said_beside_a_list_is_said_of_any_other_value() {
        let said = |least: &str| Either {
            docs: Docs::default(),
            notes: Notes { minimum: Some(least.to_owned()), ..Notes::default() },
        };
        let one = Notes { either: vec![said("1")], or_listed: true, ..Notes::default() };
        assert_eq!(either(&one), ["Any other value: At least `1`."]);
        assert_eq!(either_on_one_line(&one).as_deref(), Some("Any other value: At least `1`."));
        let two = Notes { either: vec![said("1"), said("2")], ..one };
        assert_eq!(either(&two), ["Any other value is one of these:", "", "- At least `1`.", "- At least `2`."]);
        let line = "Any other value is either: At least `1`. Or: At least `2`.";
        assert_eq!(either_on_one_line(&two).as_deref(), Some(line));
    }

    #[test]
    fn a_length_is_said_as_far_as_it_says_something() {
        let said = |min_length, max_length| notes(&Notes { min_length, max_length, ..Notes::default() }).join(" ");
        assert_eq!(said(Some(1), Some(2)), "Length: 1 to 2.");
        assert_eq!(said(Some(2), Some(2)), "Length: 2.");
        assert_eq!(said(Some(1), None), "Length: at least 1.");
        assert_eq!(said(Some(0), Some(2)), "Length: at most 2.");
        assert_eq!(said(Some(0), None), "");
        assert_eq!(said(None, Some(0)), "Length: 0.");
    }

    #[test]
    fn the_bounds_of_all_whole_numbers_are_not_said() {
        let said = |minimum: i64, maximum: i64| {
            let text = |number: i64| Some(number.to_string());
            notes(&Notes { minimum: text(minimum), maximum: text(maximum), ..Notes::default() }).join(" ")
        };
        assert_eq!(said(i64::MIN, i64::MAX), "");
        assert_eq!(said(0, i64::MAX), "At least `0`.");
        assert_eq!(said(i64::MIN, 7), "At most `7`.");
    }

    #[test]
    fn a_sentence_ends_before_the_next_one_begins() {
        for (first, said) in [
            ("The order", "The order. Next."),
            ("The order.", "The order. Next."),
            ("Which one?", "Which one? Next."),
            ("*The order.*", "*The order.* Next."),
            ("The order (of a kind)", "The order (of a kind). Next."),
            ("One of `a.`", "One of `a.`. Next."),
            ("注文。", "注文。 Next."),
            ("", "Next."),
        ] {
            assert_eq!(joined([first.to_owned(), "Next.".to_owned()]).as_deref(), Some(said));
        }
        assert_eq!(joined(["The order".to_owned()]).as_deref(), Some("The order"));
        assert_eq!(joined([]), None);
    }
}
