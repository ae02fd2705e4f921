//! The values of parameters: from what stands on the wire to the JSON of the value, by the parameter's style and type.

use clientwright::ir::{Api, JsonKind, Location, Parameter, StyleKind, TypeKind, TypeRef};
use serde_json::{Map, Value};

use super::scenario::Call;

/// The type behind the names of others.
pub fn behind<'a>(ty: &'a TypeRef, api: &'a Api) -> &'a TypeRef {
    let mut ty = ty;
    while let TypeRef::Named(id) = ty {
        match api.types.get(id).map(|def| &def.kind) {
            Some(TypeKind::Alias(target)) => ty = target,
            _ => break,
        }
    }
    ty
}

/// The value that a call has for a parameter; `path` is what stands at the parameters of the template.
pub fn of_parameter(parameter: &Parameter, call: &Call, path: &[(String, String)], api: &Api) -> Option<Value> {
    let wire = parameter.wire.as_str();
    let given = match parameter.location {
        Location::Path => Value::String(path.iter().find(|(name, _)| name == wire)?.1.clone()),
        Location::Query => match exploded_members(parameter, api) {
            Some(_) => return members_of_query(parameter, call, api),
            None => call.query.get(wire)?.clone(),
        },
        Location::Header => call.headers.get(&wire.to_ascii_lowercase())?.clone(),
        Location::Cookie => return None,
    };
    match given {
        Value::String(text) => read(&text, parameter, api),
        Value::Array(items) => {
            let item = item(behind(&parameter.ty, api));
            Some(items.iter().map(|value| typed(&shown(value), item, api)).collect())
        }
        other => Some(other),
    }
}

/// The members of an object that stand in the query by themselves; `None` where the parameter stands there as a whole.
fn exploded_members(parameter: &Parameter, api: &Api) -> Option<()> {
    let is_object = is_object(behind(&parameter.ty, api), api);
    (is_object && parameter.style.explode && parameter.style.kind != StyleKind::Json).then_some(())
}

fn members_of_query(parameter: &Parameter, call: &Call, api: &Api) -> Option<Value> {
    let ty = behind(&parameter.ty, api);
    let name = |key: &str| match parameter.style.kind {
        StyleKind::DeepObject => {
            let rest = key.strip_prefix(parameter.wire.as_str())?;
            Some(rest.strip_prefix('[')?.strip_suffix(']')?.to_owned())
        }
        _ => Some(key.to_owned()),
    };
    let members: Map<String, Value> = call
        .query
        .iter()
        .filter_map(|(key, value)| {
            let name = name(key)?;
            let ty = member(ty, &name, api)?;
            Some((name, typed(&shown(value), ty, api)))
        })
        .collect();
    (!members.is_empty()).then_some(Value::Object(members))
}

/// What a text is, by the style and the type of a parameter.
fn read(text: &str, parameter: &Parameter, api: &Api) -> Option<Value> {
    let ty = behind(&parameter.ty, api);
    let style = parameter.style;
    let (text, separator) = match (style.kind, style.explode) {
        (StyleKind::Json, _) => return serde_json::from_str(text).ok(),
        (StyleKind::Simple | StyleKind::Form | StyleKind::DeepObject | StyleKind::Cookie, _) => (text, ','),
        (StyleKind::Label, explode) => (text.strip_prefix('.')?, if explode { '.' } else { ',' }),
        (StyleKind::Matrix, true) => (text.strip_prefix(';')?, ';'),
        (StyleKind::Matrix, false) => (text.strip_prefix(&format!(";{}=", parameter.wire))?, ','),
        (StyleKind::SpaceDelimited, _) => (text, ' '),
        (StyleKind::PipeDelimited, _) => (text, '|'),
    };
    // Of a matrix that is exploded, each stands behind the name.
    let named = format!("{}=", parameter.wire);
    let own = |part: &str| match style.kind == StyleKind::Matrix && style.explode {
        true => part.strip_prefix(&named).unwrap_or(part).to_owned(),
        false => part.to_owned(),
    };
    if let TypeRef::List(items) = ty {
        return Some(text.split(separator).map(|part| typed(&own(part), &items.ty, api)).collect());
    }
    if !is_object(ty, api) {
        return Some(typed(&own(text), ty, api));
    }
    let parts: Vec<&str> = text.split(separator).collect();
    let pairs: Vec<(&str, &str)> = match style.explode {
        true => parts.iter().filter_map(|part| part.split_once('=')).collect(),
        false => parts.chunks(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect(),
    };
    let members = pairs.iter().map(|(name, value)| match member(ty, name, api) {
        Some(ty) => ((*name).to_owned(), typed(value, ty, api)),
        None => ((*name).to_owned(), Value::from(*value)),
    });
    Some(Value::Object(members.collect()))
}

fn is_object(ty: &TypeRef, api: &Api) -> bool {
    match ty {
        TypeRef::Map(_) => true,
        TypeRef::Named(id) => matches!(api.types.get(id).map(|def| &def.kind), Some(TypeKind::Struct(_))),
        _ => false,
    }
}

fn item(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::List(items) | TypeRef::Map(items) => &items.ty,
        other => other,
    }
}

/// The type of a member that an object may have.
fn member<'a>(ty: &'a TypeRef, name: &str, api: &'a Api) -> Option<&'a TypeRef> {
    match ty {
        TypeRef::Map(items) => Some(&items.ty),
        TypeRef::Named(id) => match &api.types.get(id)?.kind {
            TypeKind::Struct(of) => of.members.iter().find(|member| member.wire == name).map(|member| &member.ty),
            _ => None,
        },
        _ => None,
    }
}

/// What a text is as a value of a type.
pub fn typed(text: &str, ty: &TypeRef, api: &Api) -> Value {
    let plain = || Value::from(text);
    let parsed = || serde_json::from_str(text).unwrap_or_else(|_| plain());
    match behind(ty, api) {
        TypeRef::Primitive(primitive) if primitive.kind() == JsonKind::String => plain(),
        TypeRef::Primitive(_) => parsed(),
        TypeRef::List(items) => text.split(',').map(|part| typed(part, &items.ty, api)).collect(),
        TypeRef::Named(id) => match api.types.get(id).map(|def| &def.kind) {
            Some(TypeKind::Enum(of)) if of.kind == JsonKind::String => plain(),
            Some(TypeKind::Union(of)) if of.branches.iter().all(|branch| branch.told.kind() == JsonKind::String) => {
                plain()
            }
            _ => parsed(),
        },
        TypeRef::TextOf(_) => plain(),
        TypeRef::NumberOf(_) => parsed(),
        TypeRef::Map(_) | TypeRef::Any => parsed(),
    }
}

/// A value as a text on the wire.
pub fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use clientwright::model::Delivery;
    use serde_json::{Value, json};

    use super::*;
    use crate::generate;

    /// The value of the only parameter, whose style and schema are given, that stands in the path as `written`.
    fn in_path(style: &str, schema: &str, written: &str) -> Option<Value> {
        let ran = generate::text(
            &format!(
                "openapi: 3.0.3
info: {{title: T, version: '1'}}
paths:
  /a/{{p}}:
    get:
      parameters: [{{name: p, in: path, required: true, {style}, schema: {schema}}}]
      responses: {{'204': {{description: ''}}}}
"
            ),
            Delivery::Crate,
        );
        let api = &ran.made.as_ref().expect("it is generated").0.model.api;
        let call = json!({ "uri": "/a", "method": "get", "answer": { "status": 204 } });
        let call = super::super::scenario::Scenario::read(&json!({ "calls": [call] })).calls.remove(0);
        of_parameter(&api.operations[0].parameters[0], &call, &[("p".to_owned(), written.to_owned())], api)
    }

    #[test]
    fn values_are_read_by_style_and_type() {
        let list = "{type: array, items: {type: integer}}";
        for (style, written) in [
            ("style: simple", "1,2"),
            ("style: label", ".1,2"),
            ("style: label, explode: true", ".1.2"),
            ("style: matrix", ";p=1,2"),
            ("style: matrix, explode: true", ";p=1;p=2"),
        ] {
            assert_eq!(in_path(style, list, written), Some(json!([1, 2])), "{style}");
        }
        let object = "{type: object, properties: {a: {type: integer}, b: {type: string}}}";
        for (style, written) in [
            ("style: simple", "a,1,b,2"),
            ("style: simple, explode: true", "a=1,b=2"),
            ("style: label, explode: true", ".a=1.b=2"),
            ("style: matrix", ";p=a,1,b,2"),
            ("style: matrix, explode: true", ";a=1;b=2"),
        ] {
            assert_eq!(in_path(style, object, written), Some(json!({ "a": 1, "b": "2" })), "{style}");
        }
        assert_eq!(in_path("style: simple", "{type: string}", "1,2"), Some(json!("1,2")));
    }
}
