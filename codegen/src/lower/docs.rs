//! The description's own words about things, and what it says about values beyond their types.

use std::fmt::Write as _;

use crate::ir::{Docs, Notes};
use crate::load::tree::{Node, Value};
use crate::normalize::count;

/// The words about a thing; empty ones count as none.
pub(super) fn docs(summary: Option<&str>, description: Option<&str>, external: Option<&str>) -> Docs {
    let said = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
    Docs { summary: summary.and_then(said), description: description.and_then(said), external: external.and_then(said) }
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
        format,
        minimum: number("minimum"),
        maximum: number("maximum"),
        exclusive_minimum: flag("exclusiveMinimum"),
        exclusive_maximum: flag("exclusiveMaximum"),
        multiple_of: number("multipleOf"),
        unique_items: flag("uniqueItems") && is_list,
        min_length: length(["minLength", "minItems", "minProperties"]),
        max_length: length(["maxLength", "maxItems", "maxProperties"]),
        pattern: schema.get("pattern").and_then(Node::as_text).map(str::to_owned),
        default: schema.get("default").map(json),
        example: schema.get("example").map(json),
        values: Vec::new(),
        checks: Vec::new(),
    }
}

/// A value as JSON text on one line, numbers as they were written.
pub(super) fn json(node: &Node) -> String {
    let mut out = String::new();
    write_json(node, &mut out);
    out
}

// As deep as the tree, which is at most as deep as the limit on reading.
fn write_json(node: &Node, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Boolean(value) => {
            let _ = write!(out, "{value}");
        }
        Value::Number(number) => out.push_str(&number.0),
        Value::Text(text) => write_text(text, out),
        Value::List(list) => {
            out.push('[');
            for (index, item) in list.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                write_json(item, out);
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            for (index, (key, entry)) in map.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                write_text(key, out);
                out.push_str(": ");
                write_json(&entry.node, out);
            }
            out.push('}');
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    // `Display` of a JSON value escapes what must be escaped.
    let _ = write!(out, "{}", serde_json::Value::from(text));
}
