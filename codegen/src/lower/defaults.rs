//! Defaults: those that are sent unless callers give others, and those that their own schemas don't allow, which are said, and
//! shown as they are written.

use super::causes::Causes;
use super::shape::{Shape, values};
use super::types::Types;
use crate::diag::DEFAULT_OUTSIDE_TYPE;
use crate::ir::{JsonKind, Preset, Primitive, TypeRef};
use crate::load::tree::{Node, Number, Value};
use crate::normalize::Spec;
use crate::pointer::Pointer;

/// The description's own version, where a parameter asks for that of the API and the version is a date (`2022-08-01-preview`):
/// each version has a description of its own, whose servers are told which one is meant.
pub(super) fn own_version<'a>(spec: &'a Spec, parameter: &str) -> Option<&'a str> {
    let plain: String = parameter.chars().filter(char::is_ascii_alphanumeric).collect();
    let is_asked = ["apiversion", "xapiversion"].iter().any(|name| plain.eq_ignore_ascii_case(name));
    let version = spec.api().info.version.trim();
    let is_date = version.get(..10).is_some_and(|date| {
        let digits = |part: &str, count| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = date.split('-');
        let mut next = |count| parts.next().is_some_and(|part| digits(part, count));
        next(4) && next(2) && next(2)
    });
    let rest = version.get(10..).unwrap_or_default();
    let is_plain = rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
    (is_asked && is_date && is_plain && (rest.is_empty() || rest.starts_with('-'))).then_some(version)
}

impl Types<'_> {
    /// Says that the default of the schema at `place` is none of its values.
    pub(super) fn remark_default(&self, place: &Pointer, causes: &mut Causes) {
        let Some(default) = self.node(place).and_then(|node| node.get("default")) else { return };
        let (end, shaped) = self.behind(place, causes);
        let why = match &default.value {
            Value::Null => (!shaped.nullable).then(|| "null, which is not allowed".to_owned()),
            value => self.why_not(value, &end, &shaped.shape),
        };
        if let Some(why) = why.filter(|_| shaped.shape != Shape::Any) {
            causes.remark(&place.child("default"), &DEFAULT_OUTSIDE_TYPE, format!("the default is {why}"));
        }
    }

    /// The default of the schema at `place`, or of the type that it names, for a parameter or a member of the type `ty`, where it
    /// is a plain value and one of the type's own.
    pub(super) fn preset(&self, place: &Pointer, ty: &TypeRef, causes: &mut Causes) -> Option<Preset> {
        let (end, shaped) = self.behind(place, causes);
        let default = |place| self.node(place).and_then(|node| node.get("default"));
        let value = &default(place).or_else(|| default(&end))?.value;
        self.taken(value, ty, &end, &shaped.shape)
    }

    /// The one value that the schema at `place` allows, or the type that it names, also as JSON: who sends it has nothing to choose.
    pub(super) fn only(&self, place: &Pointer, ty: &TypeRef, causes: &mut Causes) -> Option<(Preset, String)> {
        let (end, shaped) = self.behind(place, causes);
        let listed = |place| self.node(place).and_then(|node| node.get("enum")).and_then(Node::as_list);
        let [value] = listed(place).or_else(|| listed(&end))? else { return None };
        let shown = match &value.value {
            Value::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
            Value::Number(number) => number.0.clone(),
            Value::Boolean(value) => value.to_string(),
            Value::Null | Value::List(_) | Value::Map(_) => return None,
        };
        Some((self.taken(&value.value, ty, &end, &shaped.shape)?, shown))
    }

    /// A value as it is sent, if it is plain and one of those of the type `ty`, whose schema stands at `end`.
    fn taken(&self, value: &Value, ty: &TypeRef, end: &Pointer, shape: &Shape) -> Option<Preset> {
        let kind = match (ty, shape) {
            (TypeRef::Named(_), Shape::Enum(kind)) => *kind,
            (TypeRef::Primitive(_) | TypeRef::Named(_), Shape::Primitive(primitive, _))
                if !primitive.is_text() || *primitive == Primitive::String =>
            {
                primitive.kind()
            }
            _ => return None,
        };
        if self.why_not(value, end, shape).is_some() {
            return None;
        }
        match (value, kind) {
            (Value::Text(text), JsonKind::String) => Some(Preset::Text(text.clone())),
            (Value::Boolean(value), JsonKind::Boolean) => Some(Preset::Boolean(*value)),
            (Value::Number(number), JsonKind::Integer) => Some(Preset::Integer(match number.as_i64() {
                Some(whole) => whole.into(),
                None => number.0.parse::<u64>().ok()?.into(),
            })),
            (Value::Number(number), JsonKind::Number) => {
                number.0.parse().ok().filter(|value: &f64| value.is_finite()).map(Preset::Number)
            }
            _ => None,
        }
    }

    /// What a value is that the schema at `place` doesn't allow; `None` for one that it does, as far as types and bounds
    /// can tell.
    fn why_not(&self, value: &Value, place: &Pointer, shape: &Shape) -> Option<String> {
        let expected = match shape {
            Shape::Enum(kind) => *kind,
            Shape::Primitive(primitive, _) => primitive.kind(),
            Shape::List(_) | Shape::Tuple(_) => JsonKind::List,
            Shape::Struct { .. } | Shape::Map(_) => JsonKind::Object,
            Shape::Same(_) | Shape::Union { .. } | Shape::Any => return None,
        };
        let label = match (value, expected) {
            (Value::Text(text), JsonKind::String) => Some(text.clone()),
            (Value::Number(number), JsonKind::Integer) => match number.as_i64() {
                Some(whole) => Some(whole.to_string()),
                None if number.0.parse::<u64>().is_ok() => Some(number.0.clone()),
                None => return Some(format!("{}, and the type is `integer`", number.0)),
            },
            (Value::Number(_), JsonKind::Number)
            | (Value::Boolean(_), JsonKind::Boolean)
            | (Value::List(_), JsonKind::List)
            | (Value::Map(_), JsonKind::Object) => None,
            (other, expected) => return Some(format!("{}, and the type is `{}`", other.kind(), expected.as_str())),
        };
        if let (Shape::Enum(kind), Some(label)) = (shape, &label) {
            let is_listed = values(self.spec, place, *kind).contains(label);
            return (!is_listed).then(|| format!("`{}`, which `enum` doesn't have", label.escape_debug()));
        }
        let Value::Number(number) = value else { return None };
        match shape {
            Shape::Primitive(primitive, _) if !has(*primitive, number) => {
                Some(format!("{}, which `format` has no room for", number.0))
            }
            _ if !self.is_between(number, place) => Some(format!("{}, which is out of its bounds", number.0)),
            _ => None,
        }
    }

    fn is_between(&self, number: &Number, place: &Pointer) -> bool {
        let Some(schema) = self.node(place) else { return true };
        let bound = |name: &str| match schema.get(name).map(|node| &node.value) {
            Some(Value::Number(bound)) => bound.0.parse::<f64>().ok(),
            _ => None,
        };
        let flag = |name: &str| schema.get(name).and_then(Node::as_bool).unwrap_or_default();
        let Ok(number) = number.0.parse::<f64>() else { return true };
        let above = bound("minimum").is_none_or(|least| number > least || number == least && !flag("exclusiveMinimum"));
        let below = bound("maximum").is_none_or(|most| number < most || number == most && !flag("exclusiveMaximum"));
        above && below
    }
}

/// Whether a primitive can hold a number.
fn has(primitive: Primitive, number: &Number) -> bool {
    let Some(range) = primitive.range() else { return true };
    let whole = number.as_i64().map(i128::from).or_else(|| number.0.parse::<u64>().ok().map(i128::from));
    whole.is_some_and(|whole| range.contains(&whole))
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::lower::lower;
    use crate::normalize::testing::{lines, normalized};

    /// What is said of the default of a member.
    fn said(schema: &str) -> String {
        let text = format!(
            "# YAML\n{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{}}, components: {{schemas: {{A: {{type: object, \
             properties: {{a: {schema}}}}}, E: {{type: string, enum: [x, '7']}}}}}}}}"
        );
        let mut diagnostics = Diagnostics::default();
        lower(&normalized(&text).0.unwrap(), &mut diagnostics);
        lines(&diagnostics).replace("note S0122 #/components/schemas/A/properties/a/default: the default is ", "")
    }

    #[test]
    fn defaults_that_fit_say_nothing() {
        for schema in [
            "{type: string, default: x}",
            "{type: integer, default: 3.0}",
            "{type: integer, format: uint64, default: 18446744073709551615}",
            "{type: number, default: 1, minimum: 1}",
            "{type: boolean, default: false}",
            "{type: array, items: {}, default: []}",
            "{type: object, default: {}}",
            "{type: string, nullable: true, default: null}",
            "{type: integer, enum: [1, 2], default: 2}",
            "{allOf: [{$ref: '#/components/schemas/E'}], default: x}",
            "{oneOf: [{type: string}, {type: integer}], default: true}",
            "{default: true}",
        ] {
            assert_eq!(said(schema), "", "{schema}");
        }
    }

    #[test]
    fn defaults_that_do_not_fit_are_said() {
        for (schema, expected) in [
            ("{type: string, default: 7}", "a number, and the type is `string`"),
            ("{type: integer, default: '7'}", "a text, and the type is `integer`"),
            ("{type: integer, default: 1.5}", "1.5, and the type is `integer`"),
            ("{type: boolean, default: 'true'}", "a text, and the type is `boolean`"),
            ("{type: string, default: null}", "null, which is not allowed"),
            ("{type: integer, format: int32, default: 2147483648}", "2147483648, which `format` has no room for"),
            ("{type: integer, format: uint8, default: -1}", "-1, which `format` has no room for"),
            ("{type: integer, minimum: 1, default: 0}", "0, which is out of its bounds"),
            ("{type: number, maximum: 1, exclusiveMaximum: true, default: 1}", "1, which is out of its bounds"),
            ("{type: integer, enum: [1, 2], default: 3}", "`3`, which `enum` doesn't have"),
            ("{allOf: [{$ref: '#/components/schemas/E'}], default: y}", "`y`, which `enum` doesn't have"),
            ("{type: array, items: {}, default: {}}", "a mapping, and the type is `list`"),
        ] {
            assert_eq!(said(schema).trim_end(), expected, "{schema}");
        }
    }
}
