//! A part in place of what must hold it: a text where an object with that text must be, and a schema where its media type must
//! be, or the response or body that it is the schema of.

use super::{Slips, is_schema, types};
use crate::load::tree::{Map, Node, Value};
use crate::normalize::grammar::{Kind, Section, Shape};
use crate::normalize::nodes::{self, made, text_of};
use crate::normalize::openapi_3::{INFO, MEDIA_TYPE, SERVER, TAG};
use crate::pointer::Pointer;

/// Puts `node` into what must hold it where `shape` is.
pub(super) fn held(slips: &mut Slips<'_>, node: &mut Node, shape: &Shape, place: &Pointer) {
    match (shape, &node.value) {
        (Shape::Object(kind) | Shape::RefOr(kind), Value::Text(text)) => {
            let Some(member) = member(kind, text, matches!(shape, Shape::RefOr(_))) else { return };
            let (message, help) = said(kind.name, text, member);
            slips.short(place, node.span(), message, help);
            *node = nodes::map([(member, node.clone())], node);
        }
        (Shape::RefOr(kind), Value::Null) if is_schema(kind) && is_branch(place) => {
            let message = "null is a branch of a union here; it is read as `type: \"null\"`".to_owned();
            slips.short(place, node.span(), message, "write `nullable: true` beside the other branches".to_owned());
            *node = nodes::map([("type", nodes::text("null", node))], node);
        }
        // The schemes of a requirement, each with a list of scopes.
        (Shape::Map(Shape::List(Shape::Text)), Value::Text(name)) if is_name(name) => {
            let message =
                format!("`{name}` is a text where a security requirement must be; it is read as `{{{name}: []}}`");
            slips.short(place, node.span(), message, format!("write `{name}: []`"));
            *node = nodes::map([(&**name, made(Value::List(Vec::new()), node))], node);
        }
        (Shape::Object(kind) | Shape::RefOr(kind), Value::Map(map)) => {
            if std::ptr::eq(*kind, &raw const MEDIA_TYPE) && is_schema_of(slips, map, place) {
                let message = "a schema stands where a media type must be; it is read as its `schema`".to_owned();
                slips.short(place, node.span(), message, "write it below `schema`".to_owned());
                note_schema(slips, map, place, &place.child("schema"));
                *node = nodes::map([("schema", node.clone())], node);
            } else if matches!(kind.section_of, Some(Section::Responses | Section::RequestBodies))
                && leads_to_schema(slips, map, place)
            {
                let message = format!("`$ref` leads to a schema where {} must be; it is read as its JSON", kind.name);
                let help = "write `content: {application/json: {schema: {$ref: …}}}`".to_owned();
                slips.short(place, node.span(), message, help);
                let media_type = nodes::map([("schema", node.clone())], node);
                let content = nodes::map([("application/json", media_type)], node);
                let mut members = vec![("content", content)];
                if kind.section_of == Some(Section::Responses) {
                    members.push(("description", nodes::text("", node)));
                }
                *node = nodes::map(members, node);
            }
        }
        _ => {}
    }
}

/// Whether a branch of a union stands at `place`.
fn is_branch(place: &Pointer) -> bool {
    place.parent().and_then(|list| list.last()).is_some_and(|list| matches!(&*list, "oneOf" | "anyOf"))
}

/// The member of an object of this kind that a text in its place is.
fn member(kind: &Kind, text: &str, may_refer: bool) -> Option<&'static str> {
    if may_refer && text.starts_with("#/") {
        return Some("$ref");
    }
    match kind {
        _ if std::ptr::eq(kind, &raw const SERVER) && (text.contains("://") || text.starts_with('/')) => Some("url"),
        _ if std::ptr::eq(kind, &raw const TAG) && is_name(text) => Some("name"),
        _ if std::ptr::eq(kind, &raw const INFO) && is_name(text) => Some("title"),
        _ if kind.section_of == Some(Section::Responses) => Some("description"),
        _ if is_schema(kind) => {
            let Shape::Choice(choices) = kind.member("type")?.shape else { return None };
            (choices.contains(&text) || types::meant(text, choices).is_some()).then_some("type")
        }
        _ => None,
    }
}

fn said(what: &str, text: &str, member: &str) -> (String, String) {
    let message = format!("\"{text}\" is a text where {what} must be; it is read as its `{member}`");
    (message, format!("write it as `{member}: {text}`"))
}

fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && !matches!(text, "true" | "false")
}

/// Whether what stands in place of a media type is the schema of it.
fn is_schema_of(slips: &Slips<'_>, map: &Map, place: &Pointer) -> bool {
    let has = |key: &str| map.contains_key(key);
    let is_written = ["type", "properties", "items", "allOf", "oneOf", "anyOf"].into_iter().any(has);
    let is_media_type = ["schema", "itemSchema", "encoding"].into_iter().any(has);
    is_written && !is_media_type && has_type(map) || leads_to_schema(slips, map, place)
}

/// Whether the keywords of a schema have the values that they have there: all else are names that someone has chosen.
fn has_type(map: &Map) -> bool {
    map.iter().all(|(key, entry)| match key {
        "type" => matches!(entry.node.value, Value::Text(_) | Value::List(_)),
        "allOf" | "oneOf" | "anyOf" => matches!(entry.node.value, Value::List(_)),
        "properties" => matches!(entry.node.value, Value::Map(_)),
        _ => true,
    })
}

/// Whether this is a reference to one of the description's schemas.
fn leads_to_schema(slips: &Slips<'_>, map: &Map, place: &Pointer) -> bool {
    let target = text_of(map, "$ref").and_then(|text| place.target(text, &slips.name));
    let target = target.filter(|target| target.file().is_none()).map(|target| slips.moved.now(target));
    let schemas = Pointer::root().child("components").child("schemas");
    target.and_then(|target| target.parent()) == Some(schemas)
}

/// Says of what a schema has that it stands one deeper now.
fn note_schema(slips: &mut Slips<'_>, map: &Map, place: &Pointer, stands: &Pointer) {
    let was = slips.moved.was(place);
    for key in map.keys() {
        slips.moved.note(was.child(key), stands.child(key));
    }
}
