//! Lists of values of several types. An `enum` needs no `type` beside it (JSON Schema Validation 2020-12, section 6.1.2), and
//! one with texts, numbers and booleans in it says which the value may be: it is read as if that were said.

use super::schema_3_1::{TYPES, entry, with};
use crate::diag::{Diagnostic, Diagnostics, TYPE_INFERRED};
use crate::load::tree::{Entry, Map, Node, Value};
use crate::pointer::Pointer;

/// Whether a schema says by nothing but an `enum` that its values are of several types, none of them with parts.
pub(super) fn is_mixed(map: &Map) -> bool {
    values(map).is_some()
}

/// Adds the types of the values to such a schema.
pub(super) fn mixed(map: &mut Map, place: &Pointer, diagnostics: &mut Diagnostics) {
    let Some((listed, mut types)) = values(map) else { return };
    let like = listed.clone();
    let message = "a schema with values of several types in its `enum` is read as a union of these types";
    let help = "write it as `anyOf`, with a branch for the values of each type";
    diagnostics.push(Diagnostic::new(&TYPE_INFERRED, message).at(place).help(help));
    if nodes(&like).iter().any(|value| matches!(value.value, Value::Null)) {
        types.push("null");
    }
    let words = types.into_iter().map(|name| with(&like.node, Value::Text(name.to_owned())));
    map.insert("type".to_owned(), entry(&like, Value::List(words.collect())));
}

/// The `enum`, and the types of its values but for null.
fn values(map: &Map) -> Option<(&Entry, Vec<&'static str>)> {
    let says_more = |key: &str| {
        matches!(key, "$ref" | "type" | "const" | "allOf" | "oneOf" | "anyOf")
            || TYPES.iter().any(|(name, keywords)| matches!(*name, "array" | "object") && keywords.contains(&key))
    };
    let listed = map.get("enum").filter(|_| !map.keys().any(says_more))?;
    let values = nodes(listed);
    if values.iter().any(|value| matches!(value.value, Value::List(_) | Value::Map(_))) {
        return None;
    }
    let is = |of: fn(&Value) -> bool| values.iter().any(|value| of(&value.value));
    let is_whole = |value: &Value| matches!(value, Value::Number(number) if number.as_i64().is_some());
    let numbers = || values.iter().filter(|value| matches!(value.value, Value::Number(_)));
    let number = if numbers().all(|value| is_whole(&value.value)) { "integer" } else { "number" };
    let types: Vec<_> = [
        is(|value| matches!(value, Value::Text(_))).then_some("string"),
        numbers().next().map(|_| number),
        is(|value| matches!(value, Value::Boolean(_))).then_some("boolean"),
    ]
    .into_iter()
    .flatten()
    .collect();
    (types.len() > 1).then_some((listed, types))
}

fn nodes(listed: &Entry) -> &[Node] {
    listed.node.as_list().unwrap_or_default()
}
