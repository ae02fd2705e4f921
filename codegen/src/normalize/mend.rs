//! Small repairs of single objects on their way into the canonical form: what descriptions often leave out and what can
//! be told from the rest. Each is reported.

use super::form::{Form, Members};

use super::grammar::{Kind, Section};
use super::read::scalar_text;
use super::rules::parameters::styles;
use super::schema_3_1::has_unevaluated;
use super::slots::Slot;
use crate::diag::{
    BAD_ENUM_VALUE, Diagnostic, Diagnostics, KEYWORD_IGNORED, OPTIONAL_PATH_PARAMETER, PARAMETER_WITHOUT_SCHEMA, Place,
    REQUIRED_BOOLEAN, SCALAR_AS_TEXT, SCHEMA_AND_CONTENT, TYPE_INFERRED,
};
use crate::load::tree::{Map, Node, Value};
use crate::pointer::Pointer;

/// Mends `object`, the canonical form of `map`, which is to be collected in `section`.
pub(super) fn mend(section: Section, map: &Map, place: &Pointer, object: &mut Members, diagnostics: &mut Diagnostics) {
    match section {
        Section::Schemas => schema(map, place, object, diagnostics),
        Section::Parameters => {
            path_parameter(place, object, diagnostics);
            style(object);
            content(place, object, diagnostics);
        }
        Section::Headers => content(place, object, diagnostics),
        Section::SecuritySchemes => security_scheme(object),
        Section::Responses | Section::RequestBodies | Section::PathItems | Section::Operations | Section::Callbacks => {
        }
    }
}

/// Whether this is `required: true` (or `false`) of a schema.
pub(super) fn is_boolean_required(kind: &Kind, key: &str, node: &Node) -> bool {
    let is_boolean = node.as_bool().is_some() || matches!(node.as_text(), Some("true" | "false"));
    kind.section_of == Some(Section::Schemas) && key == "required" && is_boolean
}

/// Whether an entry of `paths` is a path all the same, of which only the slash is missing: it has operations, and is no URL.
pub(super) fn is_path_without_slash(key: &str, item: &Node) -> bool {
    !key.is_empty() && !key.contains("://") && Slot::written(item).iter().any(|(_, node)| node.as_map().is_some())
}

/// Says that a schema's `required` is a boolean.
pub(super) fn boolean_required(schema: &Pointer) -> Diagnostic {
    let found =
        Diagnostic::new(&REQUIRED_BOOLEAN, "`required` of a schema is a list of names, and a boolean has no effect");
    let found = found.at(schema.child("required"));
    let name = schema.parent().filter(|parent| parent.last().as_deref() == Some("properties")).and(schema.last());
    match name {
        Some(name) => found.help(format!("put `required: [{name}]` beside the `properties` that has `{name}`")),
        None => found,
    }
}

fn schema(map: &Map, place: &Pointer, object: &mut Members, diagnostics: &mut Diagnostics) {
    let is_part = || place.parent().and_then(|list| list.last()).as_deref() == Some("allOf");
    let says_more = ["type", "properties", "allOf", "oneOf", "anyOf", "enum", "items", "prefixItems", "const"];
    if map.contains_key("not") && (says_more.iter().any(|name| map.contains_key(name)) || is_part()) {
        let message = "`not` makes no difference to the type, and is not checked";
        diagnostics.push(Diagnostic::new(&KEYWORD_IGNORED, message).at(Place::key(&place.child("not"))));
        object.remove("not");
    }
    for keyword in ["oneOf", "anyOf"].into_iter().filter(|keyword| only_requires(map, keyword)) {
        let message = format!("`{keyword}` only says which members must be there together, and is not checked");
        diagnostics.push(Diagnostic::new(&KEYWORD_IGNORED, message).at(Place::key(&place.child(keyword))));
    }
    let values = map.get("enum").and_then(|entry| entry.node.as_list()).unwrap_or_default();
    if !object.contains("type")
        && !map.contains_key("type")
        && let Some((of, member)) = inferred(map, values)
    {
        // Values that are listed are of the types that they are, whatever is said of them.
        if !matches!(member, "const" | "enum") {
            let message = format!("a schema with `{member}` and without `type` is read as `type: {of}`");
            diagnostics.push(Diagnostic::new(&TYPE_INFERRED, message).at(place).help(format!("add `type: {of}`")));
        }
        object.insert("type", Form::from(of));
    }
    if values.is_empty() {
        return;
    }
    if let Some(kind) = object.get("type").and_then(Form::as_text)
        && are_other_texts(kind, values)
    {
        let message =
            format!("the values of this `enum` are texts, which no `type: {kind}` can be; it is read as one of texts");
        let found = Diagnostic::new(&BAD_ENUM_VALUE, message).at(place.child("enum"));
        diagnostics.push(found.help("write `type: string`"));
        object.insert("type", Form::from("string"));
        object.remove("format");
    }
    // Beside `allOf` the values are of a type that its schemas say.
    let of_parts = || type_of_all(values).filter(|_| map.contains_key("allOf"));
    match object.get("type").and_then(Form::as_text).or_else(of_parts) {
        Some("string") => {
            let values = texts(values, &place.child("enum"), diagnostics);
            object.insert("enum", Form::List(values));
        }
        Some("integer" | "number") => {
            if let Some(whole) = whole_numbers(values) {
                quoted(values, &place.child("enum"), diagnostics);
                object.insert("enum", Form::List(whole));
            }
        }
        // A schema that allows nothing but null: a branch of a union says "or null" so.
        None if values.iter().all(|value| matches!(value.value, Value::Null)) => {
            object.insert("enum", Form::List(vec![Form::Null]));
        }
        // Lists of other values stay in the tree.
        _ => {}
    }
}

/// Whether the branches of a union say nothing but which members must be there.
fn only_requires(map: &Map, keyword: &str) -> bool {
    let branches = map.get(keyword).and_then(|entry| entry.node.as_list()).unwrap_or_default();
    let only_requires = |branch: &Node| {
        branch.as_map().is_some_and(|branch| {
            branch.contains_key("required")
                && branch.keys().all(|key| matches!(key, "required" | "not" | "title" | "description" | "type"))
        })
    };
    !branches.is_empty() && branches.iter().all(only_requires)
}

/// The type that a schema without one speaks of, and the member that says so.
fn inferred(map: &Map, values: &[Node]) -> Option<(&'static str, &'static str)> {
    if map.keys().any(|key| matches!(key, "allOf" | "oneOf" | "anyOf")) {
        return None;
    }
    if map.contains_key("properties") {
        Some(("object", "properties"))
    } else if map.contains_key("additionalProperties") {
        Some(("object", "additionalProperties"))
    } else if map.contains_key("patternProperties") {
        Some(("object", "patternProperties"))
    } else if has_unevaluated(map) {
        Some(("object", "unevaluatedProperties"))
    } else if map.contains_key("items") {
        Some(("array", "items"))
    } else if map.contains_key("prefixItems") {
        Some(("array", "prefixItems"))
    } else {
        let constant = map.get("const").map(|entry| &entry.node);
        let of = type_of_all(values).or_else(|| type_of(&constant?.value))?;
        Some((of, if constant.is_some() { "const" } else { "enum" }))
    }
}

/// The type of all these values, but for null; `None` where they are of several, and for lists and mappings.
fn type_of_all(values: &[Node]) -> Option<&'static str> {
    let mut types =
        values.iter().filter(|value| !matches!(value.value, Value::Null)).map(|value| type_of(&value.value));
    let first = types.next()??;
    types.try_fold(first, |known, of| match (known, of?) {
        (known, of) if known == of => Some(known),
        ("integer", "number") | ("number", "integer") => Some("number"),
        _ => None,
    })
}

/// Whether all these values are texts where numbers or booleans should be, and not all of them such in quotes.
fn are_other_texts(kind: &str, values: &[Node]) -> bool {
    let is_quoted = |text: &str| match kind {
        "boolean" => matches!(text, "true" | "false"),
        "integer" => text.parse::<i64>().is_ok(),
        _ => text.parse::<f64>().is_ok(),
    };
    let is_other = |value: &Node| matches!(&value.value, Value::Text(text) if !is_quoted(text));
    matches!(kind, "integer" | "number" | "boolean")
        && type_of_all(values) == Some("string")
        && values.iter().any(is_other)
}

/// The type of a value without parts.
fn type_of(value: &Value) -> Option<&'static str> {
    match value {
        Value::Text(_) => Some("string"),
        Value::Boolean(_) => Some("boolean"),
        Value::Number(number) if number.as_i64().is_some() => Some("integer"),
        Value::Number(_) => Some("number"),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

/// The values of an `enum` of texts, and null. Numbers and booleans are what was written: YAML takes `1.10` and `true`
/// for such unless they are quoted.
fn texts(values: &[Node], place: &Pointer, diagnostics: &mut Diagnostics) -> Vec<Form> {
    let mut out = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        let at = place.item(index);
        match &value.value {
            Value::Text(text) => out.push(Form::from(text.as_str())),
            Value::Null => out.push(Form::Null),
            other => match scalar_text(other) {
                Some(text) => {
                    let message = format!("{} among the texts of an `enum` is read as \"{text}\"", other.kind());
                    let found = Diagnostic::new(&SCALAR_AS_TEXT, message).at(at);
                    diagnostics.push(found.help(format!("write \"{text}\", in quotes")));
                    out.push(Form::from(text));
                }
                None => {
                    let message = format!("{} can't be a value of a `type: string`", other.kind());
                    diagnostics.push(Diagnostic::new(&BAD_ENUM_VALUE, message).at(at));
                }
            },
        }
    }
    out
}

/// The values of an `enum` of whole numbers of 64 bits, and null; `None` where others are among them.
fn whole_numbers(values: &[Node]) -> Option<Vec<Form>> {
    let values = values.iter().map(|value| match &value.value {
        Value::Number(number) => number.as_i64().map(|number| Form::Number(number.into())),
        Value::Text(text) => text.parse().ok().map(|number: i64| Form::Number(number.into())),
        Value::Null => Some(Form::Null),
        _ => None,
    });
    values.collect()
}

/// Says which whole numbers stand in quotes.
fn quoted(values: &[Node], place: &Pointer, diagnostics: &mut Diagnostics) {
    let all = values.iter().enumerate().filter_map(|(index, value)| Some((index, value.as_text()?)));
    for (index, text) in all {
        let message = format!("a text among the whole numbers of an `enum` is read as {text}");
        let found = Diagnostic::new(&BAD_ENUM_VALUE, message).at(place.item(index));
        diagnostics.push(found.help("write it without quotes"));
    }
}

fn path_parameter(place: &Pointer, object: &mut Members, diagnostics: &mut Diagnostics) {
    let is_path = object.get("in").and_then(Form::as_text) == Some("path");
    if is_path && object.get("required").and_then(Form::as_bool) != Some(true) {
        let name = object.get("name").and_then(Form::as_text).unwrap_or_default();
        let message = format!("the path parameter `{name}` is always required and must say so");
        diagnostics.push(Diagnostic::new(&OPTIONAL_PATH_PARAMETER, message).at(place).help("add `required: true`"));
        object.insert("required", Form::Boolean(true));
    }
}

/// Takes out a style that the typed form has no word for: one that does not go with the location, which is reported
/// elsewhere, and `cookie`, which is looked up in the tree.
fn style(object: &mut Members) {
    let text = |name: &str| object.get(name).and_then(Form::as_text);
    let (Some(location), Some(style)) = (text("in"), text("style")) else { return };
    let fits = styles(location).is_none_or(|styles| styles.contains(&style));
    if !fits || style == "cookie" {
        object.remove("style");
    }
}

fn content(place: &Pointer, object: &mut Members, diagnostics: &mut Diagnostics) {
    if !object.contains("schema") && !object.contains("content") {
        let message = "there must be a `schema` (or a `content`) that says what the parameter holds";
        diagnostics.push(Diagnostic::new(&PARAMETER_WITHOUT_SCHEMA, message).at(place).help("add a `schema`"));
        object.insert("content", Form::Object(Members::new()));
    }
    // With both, the schema is what says how the value is written.
    if object.contains("schema") && object.remove("content").is_some() {
        let message = "there must be one of `schema` and `content`; the `content` is ignored";
        let found = Diagnostic::new(&SCHEMA_AND_CONTENT, message).at(Place::key(&place.child("content")));
        diagnostics.push(found.related(place.child("schema"), "this is read").help("remove one of the two"));
    }
}

/// The members that the typed form insists on and that nothing here needs.
fn security_scheme(object: &mut Members) {
    match object.get("type").and_then(Form::as_text) {
        Some("oauth2") => {
            object.insert("flows", Form::Object(Members::new()));
        }
        // A client certificate is the transport's affair; 3.0 has no word for it.
        Some("mutualTLS") => {
            object.insert("type", Form::from("http"));
            object.insert("scheme", Form::from("mutualTLS"));
        }
        Some("openIdConnect") => {
            object.fill("openIdConnectUrl", || Form::from(""));
        }
        _ => {}
    }
}
