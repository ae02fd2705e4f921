//! The description's own words about things, and what it says about values beyond their types.

use std::fmt::{self, Write};

use crate::ir::{Docs, Notes};
use crate::load::tree::{Node, Value};
use crate::normalize::count;

/// The words about a thing; empty ones count as none.
pub(super) fn docs(summary: Option<&str>, description: Option<&str>, external: Option<&str>) -> Docs {
    let said = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
    Docs { summary: summary.and_then(said), description: description.and_then(said), external: external.and_then(said) }
}

/// The words about an operation. Those about its path item are meant for each of its operations (OpenAPI 3.0.3, section 4.7.9),
/// and stand where it has none of its own; under a word of its own they are no summary.
pub(super) fn of_operation(own: Docs, of_all: Docs) -> Docs {
    let has_words = own.summary.is_some() || own.description.is_some();
    Docs {
        summary: own.summary.or(of_all.summary.filter(|_| !has_words)),
        description: own.description.or(of_all.description),
        ..own
    }
}

/// How many members an object has (OpenAPI 3.0.3, section 4.7.24), and nothing else that is said of it.
pub(super) fn member_counts(schema: &Node) -> Notes {
    let number = |name: &str| match &schema.get(name)?.value {
        Value::Number(number) => count(number),
        _ => None,
    };
    Notes { min_length: number("minProperties"), max_length: number("maxProperties"), ..Notes::default() }
}

/// What a schema says about a value beyond its type, from the schema as it was written; `format` is the caller's to
/// judge.
pub(super) fn notes(schema: &Node, format: Option<String>) -> Notes {
    let number = |name: &str| match &schema.get(name)?.value {
        Value::Number(number) => Some(number.0.clone()),
        _ => None,
    };
    let flag = |name: &str| schema.get(name).and_then(Node::as_bool).unwrap_or_default();
    let length = |names: [&str; 3]| {
        names.into_iter().find_map(|name| match &schema.get(name)?.value {
            Value::Number(number) => count(number),
            _ => None,
        })
    };
    // Some say of every parameter that its items are unique.
    let is_list = schema.get("type").is_none_or(|of| of.as_text() == Some("array") || of.as_list().is_some());
    Notes {
        // Where it counts, says who asks.
        deprecated: false,
        format,
        media_type: None,
        content: None,
        minimum: number("minimum"),
        maximum: number("maximum"),
        exclusive_minimum: flag("exclusiveMinimum"),
        exclusive_maximum: flag("exclusiveMaximum"),
        multiple_of: number("multipleOf"),
        unique_items: flag("uniqueItems") && is_list,
        min_length: length(["minLength", "minItems", "minProperties"]),
        max_length: length(["maxLength", "maxItems", "maxProperties"]),
        patterns: schema.get("pattern").map(patterns).unwrap_or_default(),
        keys: Vec::new(),
        key_patterns: Vec::new(),
        default: schema.get("default").map(json),
        example: schema.get("example").and_then(short),
        values: Vec::new(),
        checks: Vec::new(),
        each: None,
        either: Vec::new(),
        or_another: false,
        or_listed: false,
        or_value: false,
    }
}

/// The media type that a schema says a text to hold; bytes of any kind are none.
pub(super) fn media_type(schema: &Node) -> Option<String> {
    let media_type = schema.get("contentMediaType")?.as_text()?.trim();
    (!media_type.is_empty() && !media_type.eq_ignore_ascii_case("application/octet-stream"))
        .then(|| media_type.to_owned())
}

/// How many names of members are listed in docs, and how long they may be together.
const KEYS: (usize, usize) = (16, 240);

/// What the schema of the names of members says of them: which they are, if these are a few, and what they match.
pub(super) fn keys(schema: &Node) -> Notes {
    let listed = schema.get("enum").and_then(Node::as_list).map(|values| values.iter().collect::<Vec<_>>());
    let values = listed.or_else(|| schema.get("const").map(|only| vec![only])).unwrap_or_default();
    let texts: Option<Vec<&str>> = values.into_iter().map(Node::as_text).collect();
    let is_short = |keys: &Vec<&str>| keys.len() <= KEYS.0 && keys.iter().map(|key| key.len()).sum::<usize>() <= KEYS.1;
    let keys = texts.filter(is_short).unwrap_or_default().into_iter().map(str::to_owned).collect();
    Notes { keys, key_patterns: schema.get("pattern").map(patterns).unwrap_or_default(), ..Notes::default() }
}

/// A value as JSON text on one line, numbers as they were written.
pub(super) fn json(node: &Node) -> String {
    let mut out = String::new();
    // A text takes all that is written.
    let _ = write_json(node, &mut out);
    out
}

/// An example as JSON text on one line, if it says something and is short enough to stand in a sentence: whole bodies are
/// better read in the description.
pub(super) fn short(example: &Node) -> Option<String> {
    let says_nothing = match &example.value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(list) => list.is_empty(),
        Value::Map(map) => map.is_empty(),
        Value::Boolean(_) | Value::Number(_) => false,
    };
    let mut out = Short(String::new());
    (!says_nothing && write_json(example, &mut out).is_ok()).then_some(out.0)
}

/// A text that takes no more than [`Short::MOST`] bytes.
struct Short(String);

impl Short {
    const MOST: usize = 60;
}

impl Write for Short {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.0.len() + text.len() > Self::MOST {
            return Err(fmt::Error);
        }
        self.0.push_str(text);
        Ok(())
    }
}

// As deep as the tree, which is at most as deep as the limit on reading.
fn write_json(node: &Node, out: &mut impl Write) -> fmt::Result {
    match &node.value {
        Value::Null => out.write_str("null"),
        Value::Boolean(value) => write!(out, "{value}"),
        Value::Number(number) => out.write_str(&number.0),
        Value::Text(text) => write_text(text, out),
        Value::List(list) => {
            out.write_char('[')?;
            for (index, item) in list.iter().enumerate() {
                out.write_str(if index > 0 { ", " } else { "" })?;
                write_json(item, out)?;
            }
            out.write_char(']')
        }
        Value::Map(map) => {
            // The members of an object have no order: that of the file may be another one the next time.
            let mut members: Vec<_> = map.iter().collect();
            members.sort_by_key(|(key, _)| *key);
            out.write_char('{')?;
            for (index, (key, entry)) in members.into_iter().enumerate() {
                out.write_str(if index > 0 { ", " } else { "" })?;
                write_text(key, out)?;
                out.write_str(": ")?;
                write_json(&entry.node, out)?;
            }
            out.write_char('}')
        }
    }
}

fn write_text(text: &str, out: &mut impl Write) -> fmt::Result {
    // `Display` of a JSON value escapes what must be escaped.
    write!(out, "{}", serde_json::Value::from(text))
}

/// The regular expressions of a `pattern`, which is a list where several schemas hold at once.
fn patterns(said: &Node) -> Vec<String> {
    let list = said.as_list().unwrap_or(std::slice::from_ref(said));
    list.iter().filter_map(Node::as_text).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;
    use crate::load::{Limits, load_text};
    use crate::source::Sources;

    #[test]
    fn an_example_is_shown_if_it_is_short_and_says_something() {
        let shown = |text: &str| {
            let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
            let document = load_text("a.json", text, &Limits::default(), &mut sources, &mut diagnostics);
            short(&document.unwrap().root)
        };
        for (text, said) in [
            ("\"a\\nb\"", Some("\"a\\nb\"")),
            ("1.50", Some("1.50")),
            ("false", Some("false")),
            ("[1,2]", Some("[1, 2]")),
            ("{\"a\":[null]}", Some("{\"a\": [null]}")),
            ("{\"b\":1,\"a\":2}", Some("{\"a\": 2, \"b\": 1}")),
            ("null", None),
            ("\" \"", None),
            ("[]", None),
            ("{}", None),
        ] {
            assert_eq!(shown(text).as_deref(), said, "{text}");
        }
        let long = |length: usize| format!("\"{}\"", "é".repeat(length));
        assert_eq!(shown(&long(29)), Some(long(29)));
        assert_eq!(shown(&long(30)), None);
    }
}
