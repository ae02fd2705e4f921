//! Enums with what their schemas say of single values, by extensions that other generators read too: `x-enum-varnames` and
//! `x-enum-descriptions` (also written `x-enumNames` and `x-enumDescriptions`), each a list beside `enum` or a mapping from the
//! values; and lists of objects about values, as `x-enum-elements` or the `values` of `x-ms-enum`.

use std::collections::BTreeMap;

use super::shape::{listed, values};
use crate::ir::{Docs, Enum, JsonKind};
use crate::load::tree::{Node, Value};
use crate::normalize::{ENUM_NAMES, ENUM_OBJECTS, ENUM_WORDS, Spec};
use crate::pointer::Pointer;

/// The enum whose values are listed at `place`; the schemas at `wholes`, the outermost first, are nothing else.
pub(super) fn enumerated(spec: &Spec, wholes: &[&Pointer], place: &Pointer, kind: JsonKind) -> Enum {
    let values = values(spec, place, kind);
    let (mut names, mut words) = (BTreeMap::new(), BTreeMap::new());
    let listed = listed(spec, place);
    // What stands beside the values says more of them.
    for node in wholes.iter().copied().chain([place]).filter_map(|place| spec.node(place)) {
        let said = |key| said(node, key, listed, kind);
        names.extend(ENUM_NAMES.into_iter().flat_map(said));
        words.extend(ENUM_WORDS.into_iter().flat_map(said));
        for (value, one) in described(node, kind) {
            let text = |key: &str| one.get(key).and_then(Node::as_text).map(str::to_owned);
            names.extend(text("name").map(|name| (value.clone(), name)));
            words.extend(text("description").map(|words| (value, words)));
        }
    }
    let is_said = |value: &String, text: &str| values.contains(value) && !text.trim().is_empty();
    names.retain(|value, name| is_said(value, name));
    words.retain(|value, words| is_said(value, words));
    let docs = |(value, words)| (value, Docs { description: Some(words), ..Docs::default() });
    Enum { kind, values, takes_others: false, names, words: words.into_iter().map(docs).collect() }
}

/// What an extension says of values: the texts of a list as long as that of the values, or of a mapping with their texts as keys.
fn said(node: &Node, key: &str, listed: &[Node], kind: JsonKind) -> Vec<(String, String)> {
    let Some(said) = node.get(key) else { return Vec::new() };
    if let Some(texts) = said.as_list().filter(|texts| texts.len() == listed.len()) {
        let pairs = listed.iter().zip(texts);
        return pairs.filter_map(|(value, text)| Some((text_of(value, kind)?, text.as_text()?.to_owned()))).collect();
    }
    let members = said.as_map().into_iter().flat_map(|map| map.iter());
    members.filter_map(|(value, entry)| Some((value.to_owned(), entry.node.as_text()?.to_owned()))).collect()
}

/// The values that objects are about: each is a member of its own there, or else is the name.
fn described(node: &Node, kind: JsonKind) -> Vec<(String, &Node)> {
    let lists = ENUM_OBJECTS.into_iter().filter_map(|name| node.get(name));
    let all = lists.filter_map(|said| said.as_list().or_else(|| said.get("values")?.as_list())).flatten();
    all.filter_map(|one| Some((text_of(one.get("value").or_else(|| one.get("name"))?, kind)?, one))).collect()
}

/// A value as an enum of this kind has it.
fn text_of(value: &Node, kind: JsonKind) -> Option<String> {
    match &value.value {
        Value::Text(text) if kind == JsonKind::Integer => text.parse().ok().map(|number: i64| number.to_string()),
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => number.as_i64().map(|number| number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::ir::TypeKind;
    use crate::lower::lower;
    use crate::normalize::testing::normalized;

    #[test]
    fn what_is_said_of_values_beside_a_composition_of_them_is_heeded() {
        let names = |schema: &str| {
            let text = format!(
                "# YAML\nopenapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {{'200': \
                 {{description: D, \
                 content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}}}}}}}\ncomponents: {{schemas: {{A: {schema}}}}}\n"
            );
            let spec = normalized(&text).0.unwrap();
            let lowered = lower(&spec, &mut Diagnostics::default());
            let of = lowered.api.types.values().find_map(|def| match &def.kind {
                TypeKind::Enum(of) => Some(of),
                _ => None,
            });
            let of = of.unwrap();
            let said = |value: &String| {
                let words = of.words.get(value).and_then(|docs| docs.description.clone()).unwrap_or_default();
                format!("{value} {} {words}", of.names.get(value).map_or("-", String::as_str))
            };
            of.values.iter().map(said).collect::<Vec<_>>().join(", ")
        };
        let said = "x-enum-varnames: [One, Two], x-enum-descriptions: [Un., Deux.]";
        let listed = "{type: string, enum: [p, q]}";
        for schema in [
            format!("{{type: string, enum: [p, q], {said}}}"),
            format!("{{allOf: [{listed}], {said}}}"),
            format!("{{oneOf: [{listed}], {said}}}"),
            format!("{{anyOf: [{listed}, {{type: string}}], {said}}}"),
            format!("{{allOf: [{{type: string, enum: [p, q], {said}}}]}}"),
            format!("{{allOf: [{{type: string}}, {{enum: [p, q], {said}}}]}}"),
            format!("{{allOf: [{{type: string}}, {listed}], {said}}}"),
            format!("{{allOf: [{{type: string, enum: [p, q], {said}}}, {{type: string}}]}}"),
            format!("{{oneOf: [{{type: string, enum: [p, q], {said}}}]}}"),
            format!("{{nullable: true, allOf: [{listed}], {said}}}"),
        ] {
            assert_eq!(names(&schema), "p One Un., q Two Deux.", "{schema}");
        }
    }
}
