//! Spelling: what sets a name apart from others that have the same words. It depends on the name alone.

use super::words::{Words, words};

/// The words of `text` with everything said that words leave out: symbols by their names, what is not ASCII by its code
/// point, `_` where it does more than part two words, and a leading digit with `number` before it.
pub(super) fn spelled(text: &str) -> Words {
    let mut out = Words::new();
    let mut plain = String::new();
    let characters: Vec<char> = text.chars().collect();
    for (at, &character) in characters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| characters.get(at));
        if character.is_ascii_alphanumeric() || (character == '_' && parts_words(before, characters.get(at + 1))) {
            plain.push(character);
            continue;
        }
        flush(&mut plain, &mut out);
        match symbol(character) {
            Some(name) => out.extend(name.split(' ').map(str::to_owned)),
            None => out.push(format!("u{:04x}", u32::from(character))),
        }
    }
    flush(&mut plain, &mut out);
    if out.is_empty() {
        out.push("empty".to_owned());
    }
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        out.insert(0, "number".to_owned());
    }
    out
}

/// The words of `text` with every `_`, every symbol and every change of case said: no two texts have the same ones, but for
/// those that spell such words out themselves.
pub(super) fn spelled_in_full(text: &str) -> Words {
    let mut out = Words::new();
    let mut was_upper = None;
    for character in text.chars() {
        if !character.is_ascii_alphanumeric() {
            out.extend(spelled(&character.to_string()));
            was_upper = None;
            continue;
        }
        let is_upper = character.is_ascii_uppercase();
        if was_upper != Some(is_upper) {
            let case = is_upper.then(|| "upper".to_owned());
            out.extend(case.into_iter().chain([String::new()]));
            was_upper = Some(is_upper);
        }
        if let Some(last) = out.last_mut() {
            last.push(character.to_ascii_lowercase());
        }
    }
    if out.is_empty() {
        out.push("empty".to_owned());
    }
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        out.insert(0, "number".to_owned());
    }
    out
}

/// Whether a `_` between these does nothing but part two words. Before a digit it may do more: `AIR_21` and `AIR21` would
/// be one name in camel case.
fn parts_words(before: Option<&char>, after: Option<&char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    let alphanumeric = before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric();
    alphanumeric && !(before.is_ascii_alphabetic() && after.is_ascii_digit())
}

/// Only letters, digits and single `_` get here, so the words are never spelled again.
fn flush(plain: &mut String, out: &mut Words) {
    if !plain.is_empty() {
        out.extend(words(plain));
        plain.clear();
    }
}

/// What a symbol of ASCII is called.
fn symbol(character: char) -> Option<&'static str> {
    Some(match character {
        ' ' => "space",
        '!' => "exclamation",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "ampersand",
        '\'' => "apostrophe",
        '(' => "open parenthesis",
        ')' => "close parenthesis",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "dash",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equals",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '[' => "open bracket",
        '\\' => "backslash",
        ']' => "close bracket",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' => "open brace",
        '|' => "pipe",
        '}' => "close brace",
        '~' => "tilde",
        '\t' => "tab",
        '\n' => "newline",
        '\r' => "return",
        _ => return None,
    })
}

/// The style that a name is written in, as a word to tell it from the same words in another style.
pub(super) fn style(text: &str) -> &'static str {
    let upper = text.contains(|character: char| character.is_uppercase());
    let lower = text.contains(|character: char| character.is_lowercase());
    let parted = text.contains('_');
    match (upper, lower) {
        (false, _) if parted => "snake",
        (false, _) => "lower",
        (true, false) if parted => "screaming",
        (true, false) => "upper",
        (true, true) => mixed_style(text),
    }
}

/// The style of a name that has both capitals and small letters.
fn mixed_style(text: &str) -> &'static str {
    let pascal: String = words(text).iter().map(|word| capitalized(word)).collect();
    let letters: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    if letters == pascal {
        return if letters == text && words(text).len() > 1 { "pascal" } else { "capital" };
    }
    let first = text.chars().next().is_some_and(|first| first.is_ascii_lowercase());
    let same_tail = text.get(1..).is_some_and(|tail| pascal.get(1..) == Some(tail));
    if first && same_tail { "camel" } else { "mixed" }
}

/// `word` with a capital first letter.
pub(super) fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_words_leave_out_is_said() {
        let table = [
            ("foo-bar", "foo dash bar"),
            ("foo_bar", "foo bar"),
            ("_id", "underscore id"),
            ("AIR_21", "air underscore 21"),
            ("1_2", "number 1 2"),
            ("a__b", "a underscore underscore b"),
            ("@id", "at id"),
            ("a ", "a space"),
            ("5", "number 5"),
            ("caf\u{e9}", "caf u00e9"),
            ("cafe\u{301}", "cafe u0301"),
            ("\u{212a}", "u212a"),
            ("", "empty"),
        ];
        for (name, expected) in table {
            assert_eq!(spelled(name).join(" "), expected, "{name:?}");
        }
    }

    #[test]
    fn styles_have_names() {
        let table = [
            ("id", "lower"),
            ("Id", "capital"),
            ("ID", "upper"),
            ("foo_bar", "snake"),
            ("FOO_BAR", "screaming"),
            ("fooBar", "camel"),
            ("FooBar", "pascal"),
            ("Foo-Bar", "capital"),
            ("fooBAR", "mixed"),
            ("", "lower"),
        ];
        for (name, expected) in table {
            assert_eq!(style(name), expected, "{name:?}");
        }
    }
}
