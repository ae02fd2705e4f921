//! Schemas: what 2.0 has another name for.

use super::{Converter, What};
use crate::load::tree::{Map, Node, Value};
use crate::normalize::nodes::{as_list_mut, as_map_mut, boolean, map, set, text, text_of};
use crate::pointer::Pointer;

impl Converter<'_> {
    /// Converts the schema at `place` and those in it.
    pub(super) fn schema(&mut self, node: &mut Node, place: &Pointer) {
        let Some(said) = as_map_mut(node) else { return };
        nullable(said);
        if self.refers(said, place, What::Schema) {
            return;
        }
        names(said);
        for (key, entry) in said {
            let (node, place) = (&mut entry.node, place.child(key));
            match key {
                "properties" => self.schemas(node, &place),
                // The items of a tuple have a schema each.
                "items" if node.as_list().is_some() => self.branches(node, &place),
                "items" | "additionalProperties" | "not" => self.schema(node, &place),
                "allOf" | "oneOf" | "anyOf" => self.branches(node, &place),
                _ => {}
            }
        }
    }

    fn branches(&mut self, node: &mut Node, place: &Pointer) {
        let branches = as_list_mut(node).into_iter().flatten();
        branches.enumerate().for_each(|(index, branch)| self.schema(branch, &place.item(index)));
    }
}

/// Whether a schema is that of a file, also where it is written as an object with this format, as Azure does.
pub(super) fn is_file(said: &Map) -> bool {
    match text_of(said, "type") {
        Some("file") => true,
        Some("object") => text_of(said, "format") == Some("file") && !said.contains_key("properties"),
        _ => false,
    }
}

/// Gives the keywords of one schema their names.
fn names(said: &mut Map) {
    if is_file(said)
        && let Some(member) = said.get_mut("type")
    {
        let (ty, format) = (text("string", &member.node), text("binary", &member.node));
        member.node = ty;
        set(said, "format", format);
    }
    // It is none where the format says that it is something else.
    if let (Some(true), Some("string"), false) = (
        said.get("x-ms-secret").and_then(|entry| entry.node.as_bool()),
        text_of(said, "type"),
        said.contains_key("format"),
    ) && let Some(format) = said.get("type").map(|entry| text("password", &entry.node))
    {
        set(said, "format", format);
    }
    discriminator(said);
}

/// Makes an object of a `discriminator` that is a text.
pub(super) fn discriminator(said: &mut Map) {
    if let Some(member) = said.get_mut("discriminator")
        && let Value::Text(_) = member.node.value
    {
        let name = member.node.clone();
        member.node = map([("propertyName", name.clone())], &name);
    }
}

/// Gives what may be null its name, beside a `$ref` too.
fn nullable(said: &mut Map) {
    let nullable = ["x-nullable", "x-isnullable"].into_iter().find_map(|key| said.get(key));
    if let Some(node) = nullable.map(|entry| &entry.node).filter(|node| node.as_bool() == Some(true))
        && !said.contains_key("nullable")
    {
        let node = boolean(true, node);
        set(said, "nullable", node);
    }
}
