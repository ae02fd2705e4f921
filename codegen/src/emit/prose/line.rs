//! Long lines of our own sentences, with inline Markdown in them → lines that say the same. Unlike [`wrap`](super::wrap) this
//! leaves all else as it is: links to other items stay links.

/// Columns of a line, without `/// `.
const WIDTH: usize = 100;

/// The lines that a paragraph of one line, or an item of a list, becomes; the line itself, if it is a heading or a table's.
pub fn wrapped(line: &str) -> Vec<String> {
    let text = line.trim_start();
    if width(line) <= WIDTH || text.starts_with(['#', '|']) {
        return vec![line.to_owned()];
    }
    let marker = ["* ", "- "].into_iter().find(|marker| text.starts_with(marker)).unwrap_or_default();
    let lead = line.len() - text.len() + marker.len();
    let (first, text) = line.split_at_checked(lead).unwrap_or(("", line));
    let mut lines = vec![first.to_owned()];
    let mut is_empty = true;
    for piece in pieces(text) {
        let Some(last) = lines.last_mut() else { break };
        if !is_empty && width(last) + 1 + width(piece) > WIDTH && !begins_block(piece) {
            lines.push([" ".repeat(lead).as_str(), piece].concat());
            continue;
        }
        if !is_empty {
            last.push(' ');
        }
        last.push_str(piece);
        is_empty = false;
    }
    lines
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// What stands between blanks, but for those in code and in links.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    // Where the piece begins, and where the code or link ends that is open.
    let (mut start, mut end) = (0, 0);
    for (at, character) in text.char_indices().filter(|(_, character)| character.is_ascii()) {
        if at < end {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        match character {
            '\\' => end = at + 2,
            '`' => end = at + code(rest),
            '[' => end = at + link(rest),
            ' ' => {
                pieces.extend(text.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.extend(text.get(start..));
    pieces
}

/// Bytes of the code span that a text begins with, or of its backticks if they begin none (CommonMark 0.31, section 6.1).
fn code(text: &str) -> usize {
    let inside = text.trim_start_matches('`');
    let fence = text.len() - inside.len();
    let mut left = inside;
    while let Some(at) = left.find('`') {
        let (_, ticks) = left.split_at(at);
        left = ticks.trim_start_matches('`');
        if ticks.len() - left.len() == fence {
            return text.len() - left.len();
        }
    }
    fence
}

/// Bytes of the link that a text begins with, as far as it may have blanks; of its bracket if it begins none (CommonMark 0.31,
/// section 6.3).
fn link(text: &str) -> usize {
    let ends = ["](", "]["].into_iter().filter_map(|end| text.find(end));
    ends.min().map_or(1, |end| end + 1)
}

/// Whether a word would begin something else than a line of the paragraph (CommonMark 0.31, sections 4 and 5).
fn begins_block(word: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    word.starts_with(['#', '>', '|', '<'])
        || ["```", "~~~"].iter().any(|fence| word.starts_with(fence))
        || word.chars().all(|sign| "-+*_=".contains(sign))
        || word.strip_suffix(['.', ')']).is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_broken_between_words() {
        let words = "word ".repeat(30);
        let line = words.trim_end();
        assert_eq!(wrapped(line).iter().map(|line| line.len()).collect::<Vec<_>>(), [99, 49]);
        assert_eq!(wrapped(line).join(" "), line);
        let item = wrapped(&format!("  * `404`: {line}"));
        assert_eq!(item.len(), 2);
        assert!(item.iter().skip(1).all(|line| line.starts_with("    word")), "{item:?}");
        for line in [format!("# {line}"), format!("| {line} |"), "word".repeat(50)] {
            assert_eq!(wrapped(&line), [line.as_str()]);
        }
    }

    #[test]
    fn code_links_and_what_begins_a_block_stay_where_they_are() {
        let words = "word ".repeat(19);
        for whole in ["`a b`", "`` a ` b ``", "[a b](crate::Error)", "word -", "word 1.", "word #"] {
            let lines = wrapped(&format!("{words}{whole} end"));
            assert!(lines.iter().any(|line| line.contains(whole)), "{lines:?}");
            assert_eq!(lines.len(), 2, "{lines:?}");
        }
        for open in ["`a b", "[a b"] {
            let lines = wrapped(&format!("{words}{open} {words}"));
            assert!(lines.iter().all(|line| line.len() <= WIDTH), "{lines:?}");
        }
    }

    #[test]
    fn every_line_says_what_it_did() {
        for line in ["", " ", "a", "ä`ö[ü", "\\", "`", "[", "[a](b", "``` ` ``"] {
            assert_eq!(pieces(line).join(" "), line);
            let long = [line; 60].join(" ");
            let lines = wrapped(&long);
            let said: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
            assert_eq!(
                said.join(" ").split_whitespace().collect::<Vec<_>>(),
                long.split_whitespace().collect::<Vec<_>>()
            );
        }
    }
}
