//! Merge keys: the [merge type](https://yaml.org/type/merge.html) of YAML 1.1.

use std::collections::HashSet;
use std::sync::Arc;

use crate::load::tree::{Map, Value};

/// Puts the members of a mapping, or of each of a list of them, beside those of another one; `false` where it is neither.
pub(super) fn merge(value: Value, map: &mut Map, merged: &mut HashSet<Arc<str>>) -> bool {
    match value {
        Value::Map(others) => {
            for (name, entry) in *others {
                if !map.contains_key(&name) {
                    merged.insert(Arc::clone(&name));
                    map.insert(name, entry);
                }
            }
            true
        }
        Value::List(list) => {
            let are_maps = list.iter().all(|node| node.as_map().is_some());
            are_maps && list.into_iter().all(|node| merge(node.value, map, merged))
        }
        _ => false,
    }
}
