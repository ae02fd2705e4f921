//! HTML inside Markdown: takes the source of tags, gives the text to show instead. Never gives HTML.

/// What stands in the place of one inline tag or comment.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Inline<'a> {
    /// Nothing: the tag of an element.
    Nothing,
    /// A line break.
    Break,
    /// Its own source, as text: `<token>` is a placeholder more often than an element.
    Text(&'a str),
}

/// What stands in the place of an inline tag.
pub(super) fn inline(source: &str) -> Inline<'_> {
    if source.starts_with("<!") || source.starts_with("<?") {
        return Inline::Nothing;
    }
    match element(source).as_str() {
        "br" => Inline::Break,
        name if is_element(name) => Inline::Nothing,
        _ => Inline::Text(source),
    }
}

/// The paragraphs that a block of HTML shows.
pub(super) fn paragraphs(source: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut rest = source;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        push(&mut out, before);
        rest = match after_markup(tag) {
            Some((after, breaks)) => {
                if breaks {
                    out.push(String::new());
                }
                after
            }
            None => {
                push(&mut out, "<");
                tag.get(1..).unwrap_or_default()
            }
        };
    }
    push(&mut out, rest);
    out.into_iter()
        .map(|paragraph| decode(paragraph.split_whitespace().collect::<Vec<_>>().join(" ")))
        .filter(|paragraph| !paragraph.is_empty())
        .collect()
}

fn push(paragraphs: &mut [String], text: &str) {
    if let Some(last) = paragraphs.last_mut() {
        last.push_str(text);
    }
}

/// What follows the comment, declaration, script, style or known tag that `source` begins with, and whether a paragraph
/// ends with it; `None` when it begins with none.
fn after_markup(source: &str) -> Option<(&str, bool)> {
    for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">")] {
        if source.starts_with(open) {
            return Some((after(source, close), false));
        }
    }
    let name = element(source);
    if !is_element(&name) {
        return None;
    }
    let rest = after(source, ">");
    if matches!(name.as_str(), "script" | "style") && !source.starts_with("</") {
        let close = format!("</{name}");
        let end = rest.char_indices().find(|(at, _)| {
            rest.as_bytes().get(*at..at + close.len()).is_some_and(|part| part.eq_ignore_ascii_case(close.as_bytes()))
        });
        return Some((end.map_or("", |(at, _)| after(rest.get(at..).unwrap_or_default(), ">")), false));
    }
    Some((rest, !is_phrase(&name)))
}

fn after<'a>(source: &'a str, close: &str) -> &'a str {
    source.find(close).and_then(|at| source.get(at + close.len()..)).unwrap_or_default()
}

/// The lower-case name of the element whose tag `source` begins with; empty when it begins with none.
fn element(source: &str) -> String {
    let name = source.strip_prefix("</").or_else(|| source.strip_prefix('<')).unwrap_or_default();
    let end = name.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(name.len());
    let (name, rest) = name.split_at(end);
    let ends = rest.is_empty() || rest.starts_with(['>', '/']) || rest.starts_with(char::is_whitespace);
    if ends { name.to_ascii_lowercase() } else { String::new() }
}

fn is_element(name: &str) -> bool {
    is_phrase(name)
        || matches!(
            name,
            "address"
                | "article"
                | "aside"
                | "audio"
                | "blockquote"
                | "body"
                | "br"
                | "button"
                | "canvas"
                | "caption"
                | "center"
                | "col"
                | "colgroup"
                | "dd"
                | "details"
                | "dialog"
                | "div"
                | "dl"
                | "dt"
                | "embed"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "frame"
                | "frameset"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "head"
                | "header"
                | "hr"
                | "html"
                | "iframe"
                | "img"
                | "input"
                | "legend"
                | "li"
                | "link"
                | "main"
                | "map"
                | "math"
                | "menu"
                | "meta"
                | "nav"
                | "noscript"
                | "object"
                | "ol"
                | "optgroup"
                | "option"
                | "p"
                | "param"
                | "picture"
                | "pre"
                | "progress"
                | "script"
                | "section"
                | "select"
                | "source"
                | "style"
                | "summary"
                | "svg"
                | "table"
                | "tbody"
                | "td"
                | "template"
                | "textarea"
                | "tfoot"
                | "th"
                | "thead"
                | "title"
                | "tr"
                | "track"
                | "ul"
                | "video"
                | "wbr"
        )
}

/// Elements inside a line.
fn is_phrase(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "big"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "tt"
            | "u"
            | "var"
    )
}

/// The character references that prose has.
fn decode(text: String) -> String {
    if !text.contains('&') {
        return text;
    }
    let named = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'")];
    let text = named.into_iter().fold(text, |text, (name, character)| text.replace(name, character));
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_give_their_text() {
        let source = "<div class=\"a>b\"><p>One <b>two</b> &lt;x&gt;</p>\n<SCRIPT>evil('<p>')</SCRIPT ><!-- no --><ul><li>three\n<li>4 < 5 <token></ul>";
        assert_eq!(paragraphs(source), ["b\">", "One two <x>", "three", "4 < 5 <token>"]);
        assert_eq!(paragraphs("<script>never closed"), Vec::<String>::new());
        assert_eq!(paragraphs("<style>é</style>x"), ["x"]);
    }

    #[test]
    fn placeholders_stay_as_text() {
        assert_eq!(inline("<token>"), Inline::Text("<token>"));
        assert_eq!(inline("<my-token>"), Inline::Text("<my-token>"));
        assert_eq!(inline("<BR/>"), Inline::Break);
        assert_eq!(inline("</a>"), Inline::Nothing);
        assert_eq!(inline("<a href='javascript:x'>"), Inline::Nothing);
        assert_eq!(inline("<!-- x -->"), Inline::Nothing);
    }
}
