//! Names of members in another case, or with other separators: `GET`, `operationID`, `request_body`. One that is there under
//! its own name too is left alone, and so is a value that can't be that of the member: `Type: {…}` among the names of a
//! schema is no `type`.

use super::squashed;
use super::words::boolean;
use crate::load::tree::{Map, Node, Value};
use crate::normalize::grammar::{Keys, Kind, Shape};
use crate::normalize::single::is_single;
use crate::normalize::version::Version;

/// The names in `map` that stand for others, with these.
pub(super) fn slips(map: &Map, kind: &Kind, version: Version) -> Vec<(String, String)> {
    let mut slips: Vec<(String, String)> = Vec::new();
    for (key, entry) in map {
        if kind.member(key).is_some() || key.starts_with("x-") {
            continue;
        }
        let Some(now) = meant(key, &entry.node, kind, version) else { continue };
        // What two names stand for is neither.
        if !map.contains_key(&now) && !slips.iter().any(|(_, other)| *other == now) {
            slips.push((key.to_owned(), now));
        }
    }
    slips
}

fn meant(key: &str, node: &Node, kind: &Kind, version: Version) -> Option<String> {
    match kind.patterned.map(|patterned| patterned.keys) {
        Some(Keys::Any) => return None,
        Some(Keys::Path) => return path(key),
        Some(Keys::Status) => {
            if let Some(status) = status(key) {
                return Some(status);
            }
        }
        None => {}
    }
    let wanted = squashed(key);
    let known = kind.members.iter().filter(|member| member.since <= version);
    let mut meant = known.filter(|member| squashed(member.name) == wanted && fits(node, &member.shape));
    let member = meant.next()?;
    meant.next().is_none().then(|| member.name.to_owned())
}

/// A path with blanks around it.
fn path(key: &str) -> Option<String> {
    let trimmed = key.trim();
    (trimmed != key && trimmed.starts_with('/')).then(|| trimmed.to_owned())
}

/// A status code with blanks around it, or with its reason behind it.
fn status(key: &str) -> Option<String> {
    let (code, reason) = key.trim().split_at_checked(3)?;
    let is_code =
        matches!(code.as_bytes(), [b'1'..=b'5', tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit());
    let is_reason = reason.is_empty()
        || reason.starts_with(' ') && reason.chars().all(|letter| letter.is_ascii_alphabetic() || letter == ' ');
    (is_code && is_reason && key != code && !reason.contains(" or ")).then(|| code.to_owned())
}

/// Whether this can be a value of this shape.
fn fits(node: &Node, shape: &Shape) -> bool {
    match (shape, &node.value) {
        (Shape::Any, _) => true,
        (Shape::Text | Shape::Choice(_), value) => {
            matches!(value, Value::Text(_) | Value::Number(_) | Value::Boolean(_))
        }
        (Shape::Boolean, Value::Text(text)) => boolean(text).is_some(),
        (Shape::Boolean | Shape::BooleanOr(_), Value::Boolean(_)) => true,
        (Shape::Count | Shape::Number, value) => matches!(value, Value::Number(_)),
        (Shape::List(inner), _) => matches!(node.value, Value::List(_)) || is_single(node, inner),
        (Shape::Map(_) | Shape::Object(_) | Shape::RefOr(_) | Shape::BooleanOr(_), value) => {
            matches!(value, Value::Map(_))
        }
        (Shape::Boolean, _) => false,
    }
}
