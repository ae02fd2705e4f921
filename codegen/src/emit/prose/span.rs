//! Single names and addresses in our own sentences.

use super::clean;

/// A name as a code span (CommonMark 0.31, section 6.1): on one line, in more backticks than it has in a row.
pub fn code(text: &str) -> String {
    let cleaned = clean::text(text);
    let line = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return blank(text);
    }
    let longest = line.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{line}{pad}{fence}")
}

/// What is said of a name that nothing is seen of.
fn blank(text: &str) -> String {
    match text {
        "" => "(empty)".to_owned(),
        " " => "(a space)".to_owned(),
        _ => {
            let mut codes: Vec<_> = text.chars().take(4).map(|one| format!("U+{:04X}", u32::from(one))).collect();
            if text.chars().nth(4).is_some() {
                codes.push("…".to_owned());
            }
            format!("(blank: {})", codes.join(" "))
        }
    }
}

/// An address as an autolink (CommonMark 0.31, section 6.5); `None` for what is not plain http or https.
pub fn link(address: &str) -> Option<String> {
    let address = address.trim();
    let known = address.starts_with("https://") || address.starts_with("http://");
    let plain = address.chars().all(|character| character.is_ascii_graphic() && !matches!(character, '<' | '>' | '`'));
    (known && plain).then(|| format!("<{address}>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_spans_hold_any_name() {
        let rows = [
            ("a", "`a`"),
            ("a`b", "``a`b``"),
            ("`a`", "`` `a` ``"),
            ("a\nb", "`a b`"),
            ("", "(empty)"),
            (" ", "(a space)"),
            (" \t", "(blank: U+0020 U+0009)"),
            ("\u{202e}", "(blank: U+202E)"),
            ("\n\n\n\n\n", "(blank: U+000A U+000A U+000A U+000A …)"),
            ("a\u{202e}b", "`ab`"),
            ("```", "```` ``` ````"),
        ];
        for (name, span) in rows {
            assert_eq!(code(name), span);
        }
    }

    #[test]
    fn only_plain_addresses_become_links() {
        assert_eq!(link("https://example.com/a?b=c").as_deref(), Some("<https://example.com/a?b=c>"));
        for bad in ["javascript:alert(1)", "https://a b", "https://a>b", "data:text/html,x", "", "http"] {
            assert_eq!(link(bad), None, "{bad}");
        }
    }
}
