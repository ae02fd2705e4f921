//! The first sentence of prose.

/// What a dot stands behind in the middle of a sentence.
const SHORT: [&str; 9] = ["e.g", "i.e", "etc", "vs", "cf", "approx", "resp", "incl", "no"];

/// What encloses something that is not to be cut: as many of these before the end of a sentence as their pairs.
const PAIRS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('<', '>')];

/// What stands on both sides of something.
const MARKS: [char; 5] = ['`', '*', '_', '"', '~'];

/// The first sentence of Markdown on one line, where another one begins behind it; `None` for a sentence alone.
pub fn first_sentence(line: &str) -> Option<&str> {
    line.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?')).find_map(|(at, mark)| {
        let (sentence, rest) = line.split_at_checked(at + mark.len_utf8())?;
        let next = rest.strip_prefix(' ')?.chars().next()?;
        let word = sentence.trim_end_matches(mark).rsplit([' ', '(']).next()?;
        let is_short = word.chars().count() < 2 || SHORT.iter().any(|short| word.eq_ignore_ascii_case(short));
        (!is_short && !next.is_lowercase() && is_whole(sentence)).then_some(sentence)
    })
}

/// Whether nothing is cut in two.
fn is_whole(sentence: &str) -> bool {
    let count = |wanted: char| sentence.matches(wanted).count();
    PAIRS.iter().all(|(open, close)| count(*open) == count(*close)) && MARKS.iter().all(|mark| count(*mark) % 2 == 0)
}

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn a_sentence_ends_where_another_one_begins() {
        for (line, first) in [
            ("It is gone. Ask for another one.", Some("It is gone.")),
            ("Is it gone? Yes.", Some("Is it gone?")),
            ("It is gone.", None),
            ("It is gone", None),
            ("Version 1.5 is gone. 2.0 is there.", Some("Version 1.5 is gone.")),
            ("One of several, e.g. this one. Another.", Some("One of several, e.g. this one.")),
            ("See `a. B` there. Then go.", Some("See `a. B` there.")),
            ("It (that. So) is. Then go.", Some("It (that. So) is.")),
            ("It is *so. Very* much.", None),
            ("It went. and came.", None),
            ("J. Doe is. He was.", Some("J. Doe is.")),
        ] {
            assert_eq!(first_sentence(line), first, "{line}");
        }
    }
}
