//! The tree as `serde_json` has it, for the JSONPath library.

use serde_json::Value as Json;

use crate::load::tree::{Node, Value};

/// The value of `node`. Recurses as deep as the tree, which is bounded.
pub(super) fn json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Boolean(value) => Json::Bool(*value),
        // Numbers of other forms are compared as their text.
        Value::Number(number) => serde_json::from_str(&number.0).unwrap_or_else(|_| Json::from(number.0.as_str())),
        Value::Text(text) => Json::from(text.as_str()),
        Value::List(list) => Json::Array(list.iter().map(json).collect()),
        Value::Map(map) => Json::Object(map.iter().map(|(key, entry)| (key.to_owned(), json(&entry.node))).collect()),
    }
}

/// How many values stand in `node`, and how deep.
pub(super) fn size(node: &Node) -> (usize, usize) {
    let (mut count, mut height) = (0_usize, 0);
    let mut waiting = vec![(node, 1_usize)];
    while let Some((node, depth)) = waiting.pop() {
        count += 1;
        height = height.max(depth);
        waiting.extend(node.as_list().into_iter().flatten().map(|item| (item, depth + 1)));
        waiting.extend(node.as_map().into_iter().flat_map(|map| map.values().map(|entry| (&entry.node, depth + 1))));
    }
    (count, height)
}
