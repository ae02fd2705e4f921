//! Prose that is nothing but words: most of it is, and all that is done to Markdown would leave it as it is.

/// Longer lines are wrapped.
const LONGEST: usize = 100;

/// The one line that a text is, where no character of it means something to Markdown.
pub(super) fn line(text: &str) -> Option<&str> {
    let line = text.trim_end_matches(['\n', ' ']);
    let is_plain = line.len() <= LONGEST
        && line.starts_with(|first: char| first.is_ascii_alphabetic())
        && line.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" .,;?()'\"/%-".contains(&byte))
        && !["  ", "www.", "--"].iter().any(|special| line.contains(special));
    is_plain.then_some(line)
}

#[cfg(test)]
mod tests {
    use super::super::{clean, one_line, written_lines};
    use super::*;

    /// Texts of pieces that are plain or nearly so, the same in every run.
    fn texts() -> impl Iterator<Item = String> {
        const PIECES: &[&str] = &[
            "a",
            "The pet",
            "1",
            "12.",
            "1)",
            "-",
            " - ",
            "--",
            ".",
            "...",
            ", ",
            "; ",
            "? ",
            " (",
            ") ",
            "'",
            "\"",
            " / ",
            "%",
            " ",
            "  ",
            "\n",
            "\n\n",
            " \n",
            "www.",
            "www.example.com",
            "http",
            "a.b",
            "it's",
            "\"so\"",
            "x-y",
            "1.5 %",
            "A. B",
            "e.g.",
            "I'd",
            "''",
            "\"\"",
            "(c)",
            "(a)",
            "i.e. ",
            "a/b",
            "----",
            "- a",
            "*",
            "_",
            ":",
            "<",
            "&",
            "`",
            "#",
            "!",
            "[",
            "~",
        ];
        let mut state = 1_u32;
        let mut next = move |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % below
        };
        (0..20_000).map(move |_| (0..=next(6)).filter_map(|_| PIECES.get(next(PIECES.len()))).copied().collect())
    }

    #[test]
    fn what_is_plain_would_be_written_as_it_is() {
        let mut plain = 0;
        for text in texts() {
            let Some(line) = line(&text) else { continue };
            plain += 1;
            assert_eq!(written_lines(&text), [line], "{text:?}");
            let clean = clean::text(&text);
            assert_eq!((one_line(&clean, true).as_str(), one_line(&clean, false).as_str()), (line, line), "{text:?}");
        }
        assert!(plain > 1_500, "{plain}");
    }

    #[test]
    fn what_is_long_or_means_something_is_not_plain() {
        assert!(line(&"a".repeat(LONGEST)).is_some() && line(&"a".repeat(LONGEST + 1)).is_none());
        for text in ["", " ", "1. a", "- a", "a\nb", " a", "a *b*", "see www.example.com", "a: b", "caf\u{e9}"] {
            assert_eq!(line(text), None, "{text:?}");
        }
    }
}
