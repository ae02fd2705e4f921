//! Schemas of OpenAPI 3.1 and later (JSON Schema 2020-12), each brought to what 3.0 can say, without a look at the schemas
//! inside it: they come here when they are read themselves. What only restricts values is ignored with a note.

use super::conditional;
use super::form::{Form, Members};
use super::mixed;
use super::read::number;
use super::tuples;
use crate::diag::{
    Diagnostic, Diagnostics, FALSE_SCHEMA, KEYWORD_IGNORED, NULL, PATTERNS_DIFFER, Place, TYPES_BESIDE_COMPOSITION,
};
use crate::load::tree::{Entry, Map, Node, Value};
use crate::pointer::Pointer;

/// The keywords that make no difference to the type of a value and are not checked.
const RESTRICTING: [&str; 11] = [
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependentRequired",
    "dependencies",
    "unevaluatedItems",
    NAMES,
    "contains",
    "$dynamicRef",
    "$recursiveRef",
];

/// The types that a schema may name, with the keywords that speak of each alone (JSON Schema Validation 2020-12, section 6).
pub(crate) const TYPES: [(&str, &[&str]); 6] = [
    ("string", &["minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType", "contentSchema"]),
    ("number", &NUMERIC),
    ("integer", &NUMERIC),
    ("boolean", &[]),
    ("array", &["items", "additionalItems", "prefixItems", "minItems", "maxItems", "uniqueItems"]),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "unevaluatedProperties",
            "minProperties",
            "maxProperties",
        ],
    ),
];

const NUMERIC: [&str; 5] = ["multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];

/// The schema at `place` in its canonical form; `None` when `node` is that already, or no schema at all.
pub(super) fn canonical(node: &Node, place: &Pointer, diagnostics: &mut Diagnostics) -> Option<Node> {
    let map = match &node.value {
        Value::Map(map) => map,
        Value::Boolean(true) => return Some(with(node, Value::map(Map::new()))),
        Value::Boolean(false) => {
            let found = Diagnostic::new(&FALSE_SCHEMA, "no value fits this schema; it is read as anything").at(place);
            diagnostics.push(found);
            return Some(with(node, Value::map(Map::new())));
        }
        _ => return None,
    };
    let closed = is_closed(map).then_some(UNEVALUATED);
    let is_there = |keyword: &&str| map.contains_key(keyword) && !(*keyword == NAMES && names_are_texts(map));
    for keyword in RESTRICTING.into_iter().filter(is_there).chain(closed) {
        let members = conditional::members(map, keyword, place);
        let message = match conditional::KEYWORDS.contains(&keyword) && !members.is_empty() {
            true => format!(
                "`{keyword}` is not checked; of the members that it names, those that are nowhere else are read as optional \
                 ones: {}",
                conditional::list(&members)
            ),
            false if !conditional::references(map, keyword, place).is_empty() => format!(
                "`{keyword}` is not checked; of the members of what it refers to, those that are nowhere else are read as \
                 optional ones"
            ),
            false => format!("`{keyword}` makes no difference to the type, and is not checked"),
        };
        diagnostics.push(Diagnostic::new(&KEYWORD_IGNORED, message).at(Place::key(&place.child(keyword))));
    }
    if !needs_change(map) {
        return None;
    }
    let mut map = map.clone();
    reference(&mut map);
    constant(&mut map);
    exclusive(&mut map, "exclusiveMinimum", "minimum", f64::max);
    exclusive(&mut map, "exclusiveMaximum", "maximum", f64::min);
    example(&mut map);
    content(&mut map);
    mixed::mixed(&mut map, place, diagnostics);
    types(&mut map, place, diagnostics);
    tuples::tuple(&mut map, place, diagnostics);
    Some(with(node, Value::Map(map)))
}

const NAMES: &str = "propertyNames";

/// Whether of the names of members nothing is said but what all names are.
fn names_are_texts(map: &Map) -> bool {
    let Some(said) = map.get(NAMES).map(|entry| &entry.node) else { return false };
    let is_text = |name: &str, node: &Node| name == "type" && node.as_text() == Some("string");
    let is_empty = || said.as_map().is_some_and(|said| said.iter().all(|(name, entry)| is_text(name, &entry.node)));
    said.as_bool() == Some(true) || is_empty()
}

const UNEVALUATED: &str = "unevaluatedProperties";

/// Whether there is no member but those that are known, which makes no difference.
fn is_closed(map: &Map) -> bool {
    let Some(entry) = map.get(UNEVALUATED) else { return false };
    let nothing = entry.node.get("not").is_some_and(|not| not.as_map().is_some_and(Map::is_empty));
    nothing || entry.node.as_bool() == Some(false)
}

/// Whether a schema says what members are that have no other name (JSON Schema 2020-12, section 11.3).
pub(super) fn has_unevaluated(map: &Map) -> bool {
    map.contains_key(UNEVALUATED) && !is_closed(map)
}

/// Puts what members are that nothing else says anything of (`unevaluatedProperties`) where the canonical form has what all
/// members are that have no name in `properties`: those that other schemas name which hold at once are named there too, once
/// all are brought together.
pub(super) fn unevaluated(map: &Map, place: &Pointer, object: &mut Members) {
    if !has_unevaluated(map) || object.contains("additionalProperties") {
        return;
    }
    let is_open = map.get(UNEVALUATED).is_some_and(|entry| entry.node.as_bool() == Some(true));
    let says = if is_open { Form::Boolean(true) } else { Form::Link(place.child(UNEVALUATED)) };
    object.insert("additionalProperties", says);
}

/// Puts what members of a pattern are (`patternProperties`) where the canonical form has what all members are that have no
/// name in `properties`. Names are not matched: members of any pattern are what the schemas of all patterns (and of other
/// members, if there is one) say where that is the same, and anything where it is not. Where members may have any other
/// name beside those that are known, they are anything too.
pub(super) fn patterned(map: &Map, place: &Pointer, object: &mut Members, diagnostics: &mut Diagnostics) {
    let Some(patterns) = map.get("patternProperties").and_then(|entry| entry.node.as_map()) else { return };
    let other = map.get("additionalProperties").or_else(|| map.get(UNEVALUATED)).map(|entry| &entry.node);
    let (is_closed, other) = match other.map(|other| (other.as_bool(), other)) {
        Some((Some(open), _)) => (!open, None),
        Some((None, other)) => (false, Some(other)),
        None => (false, None),
    };
    let schemas = || patterns.values().map(|entry| &entry.node).chain(other);
    let (Some((first, _)), Some(schema)) = (patterns.first(), schemas().next()) else { return };
    let is_one = schemas().all(|other| other.says_same(schema));
    let has_others = map.get("properties").is_some_and(|entry| entry.node.as_map().is_some_and(|map| !map.is_empty()));
    let is_open = has_others || map.get("additionalProperties").is_some_and(|entry| entry.node.as_bool() == Some(true));
    let at = Place::key(&place.child("patternProperties"));
    let says = if is_one && (is_closed || other.is_some() || !is_open) {
        if !is_closed && other.is_none() && !patterns.keys().any(|pattern| EVERY.contains(&pattern)) {
            let message = "members with names that match no pattern are read as if they did";
            let found = Diagnostic::new(&PATTERNS_DIFFER, message).at(at);
            diagnostics.push(found.help("`additionalProperties: false` says that there are none"));
        }
        Form::Link(place.child("patternProperties").child(first))
    } else {
        if !schemas().all(allows_anything) {
            let why = match is_one {
                true => "members that match no pattern may be anything",
                false => "not all of these say the same",
            };
            let message = format!("{why}: members with names that `properties` doesn't have are read as any value");
            diagnostics.push(Diagnostic::new(&PATTERNS_DIFFER, message).at(at));
        }
        Form::Boolean(true)
    };
    object.insert("additionalProperties", says);
}

/// Patterns that every name matches, or every one but the empty one.
const EVERY: [&str; 8] = ["", "^", ".*", ".+", "^.*", "^.+", "^.*$", "^.+$"];

/// Whether a schema, as it is written, says nothing of a value.
fn allows_anything(schema: &Node) -> bool {
    schema.as_bool() == Some(true) || schema.as_map().is_some_and(Map::is_empty)
}

fn needs_change(map: &Map) -> bool {
    let numeric = |name: &str| matches!(map.get(name).map(|entry| &entry.node.value), Some(Value::Number(_)));
    map.get("type").is_some_and(|entry| entry.node.as_list().is_some() || entry.node.as_text() == Some("null"))
        || map.contains_key("$ref") && map.keys().any(says_more)
        || ["const", "examples", "contentEncoding", "contentMediaType", "prefixItems"]
            .iter()
            .any(|key| map.contains_key(key))
        || map.get("items").is_some_and(|items| items.node.as_list().is_some())
        || numeric("exclusiveMinimum")
        || numeric("exclusiveMaximum")
        || mixed::is_mixed(map)
}

/// Whether a member beside a `$ref` is more than a remark.
fn says_more(key: &str) -> bool {
    !matches!(key, "$ref" | "$comment") && !key.starts_with("x-")
}

pub(super) fn with(node: &Node, value: Value) -> Node {
    Node { value, bytes: node.bytes.clone(), file: node.file }
}

pub(super) fn entry(like: &Entry, value: Value) -> Entry {
    Entry { key: like.key.clone(), file: like.file, node: with(&like.node, value) }
}

/// `$ref` beside other keywords holds together with them (JSON Schema 2020-12, section 8.2.3.1): `allOf`.
fn reference(map: &mut Map) {
    if !map.keys().any(says_more) {
        return;
    }
    let Some((_, reference)) = map.shift_remove_entry("$ref") else { return };
    let branch = with(&reference.node, Value::map(Map::from_iter([("$ref".to_owned(), reference.clone())])));
    match map.get_mut("allOf").map(|all| &mut all.node.value) {
        Some(Value::List(branches)) => branches.push(branch),
        _ => drop(map.insert("allOf".to_owned(), entry(&reference, Value::List(vec![branch])))),
    }
}

/// `const` is an `enum` of one value; it stays beside it.
pub(super) fn constant(map: &mut Map) {
    if let Some(constant) = map.get("const")
        && !map.contains_key("enum")
    {
        let values = entry(constant, Value::List(vec![constant.node.clone()]));
        map.insert("enum".to_owned(), values);
    }
}

/// A bound that is itself excluded: the bound, and a flag.
pub(super) fn exclusive(map: &mut Map, flag: &str, bound: &str, tighter: fn(f64, f64) -> f64) {
    let Some(excluded) = map.get(flag).cloned() else { return };
    let Some(limit) = number(&excluded.node) else { return };
    let other = map.get(bound).and_then(|entry| number(&entry.node));
    // The inclusive bound holds alone where it is the tighter one.
    if other.is_some_and(|other| other != limit && tighter(other, limit) == other) {
        map.shift_remove(flag);
        return;
    }
    map.insert(bound.to_owned(), excluded.clone());
    map.insert(flag.to_owned(), entry(&excluded, Value::Boolean(true)));
}

/// The first of the `examples` is the example, if there is none.
fn example(map: &mut Map) {
    let Some(examples) = map.get("examples") else { return };
    if let Some(first) = examples.node.as_list().and_then(<[Node]>::first)
        && !map.contains_key("example")
    {
        let example = Entry { key: examples.key.clone(), file: examples.file, node: first.clone() };
        map.insert("example".to_owned(), example);
    }
}

/// How a text is encoded was a format in 3.0 (OpenAPI 3.1.0, section 4.7.14.2).
fn content(map: &mut Map) {
    if map.contains_key("format") {
        return;
    }
    let text = |name: &str| map.get(name).and_then(|entry| entry.node.as_text()).map(str::to_ascii_lowercase);
    let (format, from) = match (text("contentEncoding").as_deref(), text("contentMediaType").as_deref()) {
        (Some("base64"), _) => ("byte", "contentEncoding"),
        (None, Some("application/octet-stream")) => ("binary", "contentMediaType"),
        _ => return,
    };
    if let Some(like) = map.get(from) {
        let format = entry(like, Value::Text(format.to_owned()));
        map.insert("format".to_owned(), format);
    }
}

/// The name of a type, which is a text; null is one in JSON, and in YAML for want of quotes.
pub(super) fn word(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Null => Some("null"),
        _ => node.as_text(),
    }
}

/// A list of types: null makes the schema nullable, one other is the type, and several are branches of `anyOf`.
pub(super) fn types(map: &mut Map, place: &Pointer, diagnostics: &mut Diagnostics) {
    let Some(written) = map.get("type").cloned() else { return };
    let words: Vec<&str> = match &written.node.value {
        Value::Text(word) if word == "null" => vec!["null"],
        Value::List(words) => {
            let Some(all) = words.iter().map(word).collect::<Option<Vec<_>>>() else { return };
            for (index, _) in words.iter().enumerate().filter(|(_, node)| matches!(node.value, Value::Null)) {
                let message = "null stands where the name of a type must be; it is read as that type";
                let found = Diagnostic::new(&NULL, message).at(place.child("type").item(index));
                diagnostics.push(found.help("write `\"null\"`, in quotes"));
            }
            all
        }
        _ => return,
    };
    let known = |word: &&&str| **word == "null" || TYPES.iter().any(|(name, _)| *name == **word);
    if let Some(unknown) = words.iter().find(|word| !known(word)) {
        // A word that is no type is refused where it is read.
        map.insert("type".to_owned(), entry(&written, Value::Text((*unknown).to_owned())));
        return;
    }
    let nullable = words.contains(&"null");
    let number = words.contains(&"number");
    let named: Vec<_> =
        TYPES.into_iter().filter(|(name, _)| words.contains(name) && !(*name == "integer" && number)).collect();
    let composed = ["allOf", "oneOf", "anyOf"].iter().any(|name| map.contains_key(name));
    let any = named.len() + 1 == TYPES.len() && number;
    map.shift_remove("type");
    match named.as_slice() {
        [] if !words.is_empty() && !composed => {
            let null = with(&written.node, Value::Null);
            map.insert("enum".to_owned(), entry(&written, Value::List(vec![null])));
            return;
        }
        [] => {}
        [(name, _)] => {
            map.insert("type".to_owned(), entry(&written, Value::Text((*name).to_owned())));
        }
        // What is said of each of them makes no difference to what may be anything.
        _ if any && !composed => map.retain(|key, _| !TYPES.iter().any(|(_, keywords)| keywords.contains(&key))),
        _ if any => {}
        _ if composed => {
            let message = "a list of types beside `allOf`, `oneOf` or `anyOf` is ignored";
            diagnostics.push(Diagnostic::new(&TYPES_BESIDE_COMPOSITION, message).at(place.child("type")));
        }
        several => {
            let branches = several.iter().filter_map(|(name, keywords)| branch(map, &written, name, keywords));
            let branches = Value::List(branches.collect());
            let ours = |key: &str| several.iter().any(|(_, keywords)| keywords.contains(&key));
            map.retain(|key, _| !ours(key) && !matches!(key, "enum" | "const" | "format"));
            map.insert("anyOf".to_owned(), entry(&written, branches));
        }
    }
    if nullable {
        map.insert("nullable".to_owned(), entry(&written, Value::Boolean(true)));
    }
}

/// What `map` says of values of one type; `None` when its `enum` has no such value.
fn branch(map: &Map, written: &Entry, name: &str, keywords: &[&str]) -> Option<Node> {
    let mut branch = Map::new();
    branch.insert("type".to_owned(), entry(written, Value::Text(name.to_owned())));
    for (key, member) in map.iter().filter(|(key, _)| keywords.contains(key)) {
        branch.insert(key, member.clone());
    }
    if let Some(format) = map.get("format").filter(|format| format.node.as_text().is_some_and(|text| fits(text, name)))
    {
        branch.insert("format".to_owned(), format.clone());
    }
    if let Some(values) = map.get("enum") {
        let of_type: Vec<Node> = values.node.as_list()?.iter().filter(|value| is(value, name)).cloned().collect();
        if of_type.is_empty() {
            return None;
        }
        branch.insert("enum".to_owned(), entry(values, Value::List(of_type)));
    }
    Some(with(&written.node, Value::map(branch)))
}

/// Whether a format speaks of values of a type.
fn fits(format: &str, name: &str) -> bool {
    let numeric = matches!(format, "float" | "double" | "decimal") || format.contains("int");
    match name {
        "number" | "integer" => numeric,
        "string" => !numeric,
        _ => false,
    }
}

fn is(value: &Node, name: &str) -> bool {
    match (&value.value, name) {
        (Value::Text(_), "string")
        | (Value::Number(_), "number")
        | (Value::Boolean(_), "boolean")
        | (Value::List(_), "array")
        | (Value::Map(_), "object") => true,
        (Value::Number(number), "integer") => number.as_i64().is_some(),
        _ => false,
    }
}
