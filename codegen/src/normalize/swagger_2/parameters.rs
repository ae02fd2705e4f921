//! Parameters that are no bodies, and headers: their `schema`, and how lists are written.

use super::{Converter, What};
use crate::diag::{Diagnostic, LIST_AS_TEXT, LISTS_IN_LISTS, Place, WRONG_VALUE};
use crate::load::tree::{Entry, Map, Node, Value};
use crate::normalize::nodes::{as_map_mut, boolean, made, set, text, text_of};
use crate::pointer::Pointer;
use crate::source::Span;

/// What a parameter or header says of its value.
pub(super) const KEYWORDS: &[&str] = &[
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "x-nullable",
];

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) style: &'static str,
    pub(super) explode: bool,
}

impl Converter<'_> {
    /// Converts the parameter at `place`, which is no body.
    pub(super) fn parameter(&mut self, node: &mut Node, place: &Pointer) {
        let like = made(Value::Null, node);
        let Some(said) = as_map_mut(node) else { return };
        if self.refers(said, place, What::Parameter) {
            return;
        }
        let location = text_of(said, "in").unwrap_or_default().to_owned();
        if let Some(Written { style, explode }) = self.written(said, &location, place) {
            set(said, "style", text(style, &like));
            set(said, "explode", boolean(explode, &like));
        }
        let is_written = said.get("x-ms-skip-url-encoding").and_then(|entry| entry.node.as_bool());
        if is_written == Some(true) && matches!(location.as_str(), "path" | "query") {
            self.note(place, &["x-ms-skip-url-encoding"], &place.child("allowReserved"));
            set(said, "allowReserved", boolean(true, &like));
        }
        self.give_schema(said, place, &like);
    }

    /// Converts the header of a response.
    pub(super) fn header(&mut self, node: &mut Node, place: &Pointer) {
        let like = made(Value::Null, node);
        let Some(said) = as_map_mut(node) else { return };
        said.shift_remove("collectionFormat");
        inner_lists(said);
        self.give_schema(said, place, &like);
    }

    fn give_schema(&mut self, said: &mut Map, place: &Pointer, like: &Node) {
        if !said.contains_key("schema") {
            let stands = place.child("schema");
            let schema = self.keywords(said, place, &stands, like);
            set(said, "schema", schema);
        }
        if let Some(schema) = said.get_mut("schema") {
            self.schema(&mut schema.node, &place.child("schema"));
        }
    }

    /// Takes the schema out of the parameter at `place`, to stand at `stands`.
    pub(super) fn keywords(&mut self, said: &mut Map, place: &Pointer, stands: &Pointer, like: &Node) -> Node {
        let mut schema = Map::new();
        for key in KEYWORDS {
            if let Some(member) = said.shift_remove(key) {
                self.note(place, &[key], &stands.child(key));
                schema.insert((*key).to_owned(), member);
            }
        }
        made(Value::map(schema), like)
    }

    /// Takes out how a list is written, `None` for what is no list. What 3.0 can't say is reported.
    pub(super) fn written(&mut self, said: &mut Map, location: &str, place: &Pointer) -> Option<Written> {
        let format: Option<Entry> = said.shift_remove("collectionFormat");
        if text_of(said, "type") != Some("array") {
            return None;
        }
        if let Some(span) = inner_lists(said) {
            let pointer = Some(place.child("items"));
            let message = "the lists in this list are sent as JSON, whatever their `collectionFormat`";
            let at = Place { pointer, key: false, span: Some(span) };
            self.diagnostics.push(Diagnostic::new(&LISTS_IN_LISTS, message).at(at));
        }
        let name = format.as_ref().map_or(Some("csv"), |entry| entry.node.as_text());
        let of_query = !matches!(location, "path" | "header");
        let (style, explode) = match name {
            Some("csv") if of_query => ("form", false),
            Some("csv") => ("simple", false),
            Some("ssv") if of_query => ("spaceDelimited", false),
            Some("pipes") if of_query => ("pipeDelimited", false),
            Some("multi") if of_query => ("form", true),
            _ => {
                let name = name.unwrap_or("this");
                let where_to = if location.is_empty() { String::new() } else { format!(" for `in: {location}`") };
                let found = match name {
                    "ssv" | "tsv" | "pipes" | "multi" => {
                        be_text(said);
                        let message = format!(
                            "a list with the `collectionFormat` `{name}`{where_to} is a text that the caller writes"
                        );
                        Diagnostic::new(&LIST_AS_TEXT, message)
                    }
                    _ => {
                        let message = format!("the `collectionFormat` `{name}` is not supported{where_to}");
                        Diagnostic::new(&WRONG_VALUE, message)
                    }
                };
                let pointer = Some(place.child("collectionFormat"));
                let span = format.as_ref().map(|entry| entry.node.span());
                self.diagnostics.push(found.at(Place { pointer, key: false, span }));
                return None;
            }
        };
        Some(Written { style, explode })
    }
}

/// Makes a text of a list.
fn be_text(said: &mut Map) {
    for of_list in ["items", "minItems", "maxItems", "uniqueItems", "default", "enum"] {
        said.shift_remove(of_list);
    }
    if let Some(kind) = said.get_mut("type") {
        kind.node.value = Value::Text("string".to_owned());
    }
}

/// Takes out how the lists in a list are written, which 3.0 can't say, and gives where the first of them stands.
fn inner_lists(said: &mut Map) -> Option<Span> {
    let mut first = None;
    let mut list = said;
    while let Some(items) = list.get_mut("items").map(|entry| &mut entry.node) {
        let span = items.span();
        list = as_map_mut(items)?;
        if text_of(list, "type") != Some("array") {
            break;
        }
        list.shift_remove("collectionFormat");
        first.get_or_insert(span);
    }
    first
}
