//! The type that a schema without one speaks of by keywords that restrict values of one type alone (`minLength`, `items` and
//! so on; JSON Schema Validation 2020-12, section 6), and by its `format`. It is asked once schemas that hold at once are
//! brought together: among these, keywords say nothing of values of another type.

use crate::ir::{JsonKind, Primitive};
use crate::load::tree::Node;
use crate::normalize::{Schema, TYPES};

/// Formats of texts that no primitive stands for (JSON Schema Validation 2020-12, section 7.3; the OpenAPI format registry).
const TEXTS: [&str; 17] = [
    "binary",
    "char",
    "email",
    "hostname",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
];

/// The type, and the keyword that says so first; `None` where there is a `type`, where values are listed, and where keywords
/// speak of several types.
pub(super) fn told(schema: &Schema, node: Option<&Node>) -> Option<(&'static str, &'static str)> {
    let lists = |name: &str| node.is_some_and(|node| node.get(name).is_some());
    if schema.kind().is_some() || schema.is_composed() || lists("enum") || lists("const") {
        return None;
    }
    // What is switched off says nothing, and `required: true` is said of a member and not of an object's.
    let means = |name: &str, said: &Node| said.as_bool().is_none_or(|said| said && name != "required");
    let says = |name: &str| node.and_then(|node| node.get(name)).is_some_and(|said| means(name, said));
    let keywords = TYPES.iter().flat_map(|(of, keywords)| keywords.iter().map(|keyword| (*of, *keyword)));
    // What has a media type and no type may be content that is no JSON at all (OpenAPI 3.1.1, section 4.8.14.4).
    let is_of_content = |keyword: &str| matches!(keyword, "contentMediaType" | "contentSchema");
    let keywords = keywords.filter(|(of, keyword)| *of != "integer" && !is_of_content(keyword) && says(keyword));
    let format = schema.format().and_then(of_format).map(|of| (of, "format"));
    let mut told = keywords.chain(format);
    let first = told.next()?;
    told.try_fold(first, |known, other| match (known.0, other.0) {
        (known_of, of) if known_of == of => Some(known),
        ("number", "integer") => Some(other),
        _ => None,
    })
}

/// The type that a format is known to be of.
fn of_format(format: &str) -> Option<&'static str> {
    if TEXTS.contains(&format) {
        return Some("string");
    }
    match Primitive::called(format).map(Primitive::kind) {
        Some(JsonKind::String) => Some("string"),
        Some(JsonKind::Integer) => Some("integer"),
        Some(JsonKind::Number) => Some("number"),
        Some(JsonKind::Boolean) => Some("boolean"),
        Some(JsonKind::List | JsonKind::Object) => None,
        None => (format == "float").then_some("number"),
    }
}
