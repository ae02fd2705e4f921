//! Characters: takes any text, gives one that rustc can lex and that reads in the order it is written in. Also the two
//! ways out where Markdown can't be written again: a fence around everything, and a backslash before everything.

/// The text with line feeds alone as line ends, and without control characters and bidirectional controls.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                characters.next_if_eq(&'\n');
                out.push('\n');
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            character if is_kept(character) => out.push(character),
            _ => {}
        }
    }
    out
}

/// The text without the blanks that every line begins with, where these would make all of it code (CommonMark 0.31, section
/// 4.4): some frameworks write comments as they stand in the source.
pub(super) fn outdented(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let common = text.lines().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or_default();
    if common < 4 {
        return text.to_owned();
    }
    let lines = text.lines().map(|line| line.get(common..).unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// As [`text`], of what Markdown's character references may have brought in; on one line.
pub(super) fn event_text(content: &str) -> String {
    text(content).replace('\n', " ")
}

fn is_kept(character: char) -> bool {
    match character {
        '\n' | '\t' => true,
        // Bidirectional controls (Unicode Standard Annex 9, section 2), which rustc denies in comments; the byte order mark;
        // interlinear annotations.
        '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' => false,
        character => !character.is_control(),
    }
}

/// The text in a block that shows it as it is.
pub(super) fn fenced(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{}\n{fence}\n", text.trim_end())
}

/// The text of one line with a backslash before every character that Markdown gives a meaning there (CommonMark 0.31,
/// section 2.4): those of spans and links anywhere, those of blocks at the start.
pub(super) fn escaped(text: &str) -> String {
    let text = text.trim_start();
    let number = text.len() - text.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let mut out = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        let in_span = matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|');
        let opens_block = at == 0 && matches!(character, '#' | '+' | '-' | '=' | ':');
        let ends_number = number > 0 && at == number && matches!(character, '.' | ')');
        // A bare address is a link to some readers of Markdown.
        let in_address = character == ':' && text.get(at + 1..).is_some_and(|rest| rest.starts_with("//"));
        if in_span || opens_block || ends_number || in_address {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// At most `most` bytes from the start, and whether something was cut off.
pub(super) fn cut(text: &str, most: usize) -> (&str, bool) {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (text.get(..end).unwrap_or(text), end < text.len())
}
