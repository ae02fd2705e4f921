//! Breaks a description: takes away, moves and replaces parts of it.

use serde_json::{Value, json};

use super::Choices;

/// Changes a description at up to eight places.
pub fn mutate(choices: &mut Choices<'_>, whole: &mut Value) {
    for _ in 0..=choices.below(8) {
        let donor = part(choices, whole).clone();
        let nonsense = choices
            .of(&[
                json!(null),
                json!(true),
                json!(0),
                json!(-1),
                json!(1.5),
                json!(18_446_744_073_709_551_615_u64),
                json!(""),
                json!("x"),
                json!([]),
                json!({}),
                json!([null]),
                json!({ "$ref": "#" }),
                json!({ "$ref": "#/components" }),
                json!({ "$ref": "#/components/schemas/Pet/properties/0" }),
                json!({ "$ref": "other.yaml" }),
                json!("\u{0}\r\n\"#*/"),
                json!({ "allOf": [{ "$ref": "#/components/schemas/Pet" }] }),
            ])
            .clone();
        let at = place(choices, whole);
        match choices.below(5) {
            0 => remove(choices, at),
            1 => rename(choices, at),
            2 => *at = nonsense,
            _ => *at = donor,
        }
    }
}

fn part<'v>(choices: &mut Choices<'_>, mut value: &'v Value) -> &'v Value {
    loop {
        let count = value.as_object().map(|members| members.len()).or(value.as_array().map(Vec::len)).unwrap_or(0);
        if count == 0 || choices.one_in(6) {
            return value;
        }
        let at = choices.below(count);
        value = match value {
            Value::Object(members) => members.values().nth(at).unwrap_or(&Value::Null),
            Value::Array(items) => &items[at],
            other => return other,
        };
    }
}

fn place<'v>(choices: &mut Choices<'_>, value: &'v mut Value) -> &'v mut Value {
    let count = value.as_object().map(|members| members.len()).or(value.as_array().map(Vec::len)).unwrap_or(0);
    if count == 0 || choices.one_in(8) {
        return value;
    }
    let at = choices.below(count);
    match value {
        Value::Object(members) => match members.values_mut().nth(at) {
            Some(member) => place(choices, member),
            None => unreachable!("there are more than {at}"),
        },
        Value::Array(items) => place(choices, &mut items[at]),
        other => other,
    }
}

fn remove(choices: &mut Choices<'_>, value: &mut Value) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            let key = members.keys().nth(choices.below(members.len())).cloned();
            key.and_then(|key| members.remove(&key));
        }
        Value::Array(items) if !items.is_empty() => {
            items.remove(choices.below(items.len()));
        }
        other => *other = Value::Null,
    }
}

fn rename(choices: &mut Choices<'_>, value: &mut Value) {
    let Value::Object(members) = value else { return };
    let Some(key) = members.keys().nth(choices.below(members.len().max(1))).cloned() else { return };
    let Some(moved) = members.remove(&key) else { return };
    let name = choices.of(super::names::MEMBERS);
    members.insert((*name).to_owned(), moved);
}
