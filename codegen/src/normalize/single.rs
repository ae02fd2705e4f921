//! One value where the specification has a list: what is meant is a list of that one, as people write `tags: pets`.

use super::grammar::Shape;
use super::nodes::made;
use crate::diag::{Diagnostic, SINGLE_VALUE};
use crate::load::tree::{Node, Value};
use crate::pointer::Pointer;

/// Whether `node` can only be meant as an element of a list whose elements are of this shape. A mapping from names to
/// such elements is none, nor is a text that people mean as a boolean.
pub(super) fn is_single(node: &Node, element: &Shape) -> bool {
    match (element, &node.value) {
        (Shape::Text | Shape::Choice(_), Value::Text(text)) => {
            !["", "true", "false", "yes", "no"].iter().any(|other| text.eq_ignore_ascii_case(other))
        }
        (Shape::Any, Value::Text(_) | Value::Number(_)) => true,
        (Shape::Map(inner), Value::Map(map)) => {
            let is_inner = |node: &Node| matches!((inner, &node.value), (Shape::List(_), Value::List(_)));
            !map.is_empty() && map.iter().all(|(_, entry)| is_inner(&entry.node))
        }
        (Shape::Object(kind) | Shape::RefOr(kind), Value::Map(map)) => {
            let is_known = |key: &str| kind.member(key).is_some() || key.starts_with("x-");
            !map.is_empty() && map.iter().all(|(key, _)| is_known(key))
        }
        _ => false,
    }
}

/// A list of `node`, which stands at `place`, and what is said of it.
pub(super) fn listed(node: &Node, place: &Pointer) -> (Node, Diagnostic) {
    let list = made(Value::List(vec![node.clone()]), node);
    let name = place.last().unwrap_or_default();
    let message = format!("`{name}` must be a list, and is {}; it is read as a list of that", node.value.kind());
    (list, Diagnostic::new(&SINGLE_VALUE, message).at(place).help(format!("write `{name}` as a list, `[…]`")))
}
