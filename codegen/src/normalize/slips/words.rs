//! Texts in place of what they say, and words in another case: `required: "true"`, `minimum: "1"`, `in: Header`.

use super::squashed;
use crate::load::tree::{Node, Number, Value};
use crate::normalize::grammar::{Kind, Section, Shape};
use crate::normalize::openapi_3::SERVER;

/// What a text is meant as where a value of this shape must be; `None` where it is one, or can be meant otherwise.
pub(super) fn meant(node: &Node, shape: &Shape) -> Option<Value> {
    let text = node.as_text()?;
    match shape {
        Shape::Boolean => boolean(text).map(Value::Boolean),
        Shape::Count => text.trim().parse().ok().map(|count: u64| Value::Number(Number(count.to_string()))),
        Shape::Number => number(text.trim()).map(Value::Number),
        Shape::Choice(choices) if !choices.contains(&text) => {
            one_of(text, choices).map(|choice| Value::Text(choice.to_owned()))
        }
        _ => None,
    }
}

/// The boolean that a text is meant as: YAML 1.1 has more words for them than 1.2.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match &*squashed(text) {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// The one of these words that a text is in another case, or with other separators.
pub(super) fn one_of(text: &str, words: &[&'static str]) -> Option<&'static str> {
    let wanted = squashed(text);
    words.iter().copied().find(|word| squashed(word) == wanted)
}

/// The text that the member `key` of an object of a kind is meant as: names and addresses have no blanks around them, and the
/// scheme of an address is in small letters.
pub(super) fn text(kind: &Kind, key: &str, node: &Node) -> Option<Value> {
    let text = node.as_text()?;
    let is_name = kind.section_of == Some(Section::Parameters) && key == "name";
    let is_address = std::ptr::eq(kind, &raw const SERVER) && key == "url";
    if !is_name && !is_address {
        return None;
    }
    let mut meant = text.trim().to_owned();
    if is_address && let Some((scheme, rest)) = meant.split_once("://") {
        meant = format!("{}://{rest}", scheme.to_ascii_lowercase());
    }
    (meant != text && !meant.is_empty()).then_some(Value::Text(meant))
}

fn number(text: &str) -> Option<Number> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
    (is_digits && serde_json::from_str::<serde_json::Number>(text).is_ok()).then(|| Number(text.to_owned()))
}
