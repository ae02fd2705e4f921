//! What a caller has of an answer: its status, the headers and the members that are described.

use std::collections::BTreeSet;

use clientwright::ir::{Answer, Api, Operation, TypeKind, TypeRef};
use serde_json::Value;

use super::described::Described;
use super::program::Heard;
use crate::spector::values::behind;

/// All of it, each in a few words.
pub(super) fn had(heard: &Heard, described: &Described, operation: &Operation) -> BTreeSet<String> {
    let mut had = BTreeSet::new();
    let api = &described.model.api;
    let Some(status) = heard.status else { return had };
    had.insert(format!("the status {status}"));
    for header in operation.headers.iter().filter(|header| heard.headers.contains_key(&header.wire.to_lowercase())) {
        had.insert(format!("the header `{}`", header.wire));
    }
    if let Answer::Json { ty, .. } = &operation.success {
        members(&heard.value, ty, api, "", &mut had);
    }
    had
}

/// The members in a value; what is in a union depends on its branch.
fn members(value: &Value, ty: &TypeRef, api: &Api, path: &str, had: &mut BTreeSet<String>) {
    match (behind(ty, api), value) {
        (TypeRef::List(items), Value::Array(list)) => {
            list.iter().for_each(|item| members(item, &items.ty, api, &format!("{path}[]"), had));
        }
        (TypeRef::Map(items), Value::Object(map)) => {
            map.values().for_each(|item| members(item, &items.ty, api, &format!("{path}{{}}"), had));
        }
        (TypeRef::Named(id), Value::Array(list)) => {
            let Some(TypeKind::Tuple(of)) = api.types.get(id).map(|def| &def.kind) else { return };
            for (index, (item, of)) in list.iter().zip(&of.items).enumerate() {
                had.insert(format!("the item `{path}[{index}]`"));
                members(item, &of.ty, api, &format!("{path}[{index}]"), had);
            }
        }
        (TypeRef::Named(id), Value::Object(object)) => {
            let Some(TypeKind::Struct(of)) = api.types.get(id).map(|def| &def.kind) else { return };
            for member in &of.members {
                let value = object.get(&member.wire).filter(|value| !value.is_null());
                if let Some(value) = value {
                    let path = format!("{path}.{}", member.wire);
                    had.insert(format!("the member `{path}`"));
                    members(value, &member.ty, api, &path, had);
                }
            }
        }
        _ => {}
    }
}
