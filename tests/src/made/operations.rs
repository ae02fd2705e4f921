//! Operations with parameters, bodies and answers of every kind.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::schemas::Schemas;
use super::{Choices, names};

/// Makes operations for one description.
#[derive(Debug)]
pub(super) struct Operations<'a> {
    schemas: &'a Schemas,
    security: Vec<String>,
    /// Each id belongs to one operation (section 4.8.10).
    ids: BTreeSet<&'static str>,
}

impl<'a> Operations<'a> {
    pub(super) fn new(schemas: &'a Schemas, security: Vec<String>) -> Self {
        Self { schemas, security, ids: BTreeSet::new() }
    }

    /// The path item of a template.
    pub(super) fn path_item(&mut self, choices: &mut Choices<'_>, template: &str) -> Value {
        let mut item = Map::new();
        for method in ["get", "post", "put", "delete", "patch", "head", "options"] {
            if choices.one_in(3) || (method == "post" && item.is_empty()) {
                item.insert(method.to_owned(), self.operation(choices, template, method));
            }
        }
        item.into()
    }

    fn operation(&mut self, choices: &mut Choices<'_>, template: &str, method: &str) -> Value {
        let mut made = json!({
            "parameters": self.parameters(choices, template),
            "responses": self.responses(choices),
        });
        let id = *choices.of(names::OPERATIONS);
        if !choices.one_in(5) && self.ids.insert(id) {
            made["operationId"] = id.into();
        }
        if !choices.one_in(3) {
            made["tags"] = json!([choices.of(names::TAGS)]);
        }
        if choices.one_in(2) {
            made["summary"] = names::prose(choices).into();
        }
        if choices.one_in(8) {
            made["deprecated"] = true.into();
        }
        if matches!(method, "post" | "put" | "patch") && !choices.one_in(4) {
            made["requestBody"] = self.body(choices);
        }
        if choices.one_in(3) {
            let alternatives = choices.some(&self.security, 2);
            made["security"] = alternatives.into_iter().map(|name| json!({ name: [] })).collect();
        }
        if choices.one_in(12) {
            made["servers"] = json!([{ "url": "https://other.example.com/base" }]);
        }
        made
    }

    fn parameters(&self, choices: &mut Choices<'_>, template: &str) -> Vec<Value> {
        let in_path: Vec<&str> = template.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        let mut parameters: Vec<Value> = in_path
            .iter()
            .map(|name| {
                let mut parameter =
                    json!({ "name": name, "in": "path", "required": true, "schema": self.schemas.scalar(choices) });
                if choices.one_in(6) {
                    parameter["style"] = (*choices.of(&["simple", "label", "matrix"])).into();
                    parameter["explode"] = choices.one_in(2).into();
                }
                parameter
            })
            .collect();
        for name in choices.some(names::MEMBERS, 5) {
            let location = *choices.of(&["query", "query", "query", "header", "cookie"]);
            // Header names are tokens (RFC 9110, section 5.1), and so are cookies' (RFC 6265, section 4.1.1).
            if location != "query"
                && !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            {
                continue;
            }
            parameters.push(self.parameter(choices, name, location));
        }
        parameters
    }

    fn parameter(&self, choices: &mut Choices<'_>, name: &str, location: &str) -> Value {
        let schema = match choices.below(6) {
            0..=2 => self.schemas.scalar(choices),
            3 => json!({ "type": "array", "items": self.schemas.scalar(choices) }),
            4 => self.schemas.object(choices, 3),
            _ => self.schemas.any(choices, 3),
        };
        let mut parameter = json!({ "name": name, "in": location, "schema": schema, "required": choices.one_in(4) });
        if choices.one_in(3) {
            parameter["description"] = names::prose(choices).into();
        }
        if location == "query" && choices.one_in(3) {
            let style = *choices.of(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]);
            // The specification's table (section 4.8.12.3) has objects for `deepObject` alone, and lists for the other two.
            let kind = match style {
                "deepObject" => self.schemas.object(choices, 3),
                "form" => parameter["schema"].clone(),
                _ => json!({ "type": "array", "items": { "type": "string" } }),
            };
            parameter["style"] = style.into();
            parameter["schema"] = kind;
            parameter["explode"] = (style == "deepObject" || choices.one_in(2)).into();
        } else if choices.one_in(10) {
            let schema = parameter["schema"].clone();
            parameter["content"] = json!({ "application/json": { "schema": schema } });
            parameter.as_object_mut().map(|members| members.remove("schema"));
        }
        parameter
    }

    fn body(&self, choices: &mut Choices<'_>) -> Value {
        let mut content = Map::new();
        for _ in 0..=choices.below(2) {
            let (name, media) = match choices.below(8) {
                0..=2 => (*choices.of(names::JSON), json!({ "schema": self.schemas.any(choices, 1) })),
                3 => ("application/x-www-form-urlencoded", json!({ "schema": self.schemas.object(choices, 2) })),
                4 => ("multipart/form-data", json!({ "schema": self.upload(choices) })),
                5 => ("application/octet-stream", json!({ "schema": { "type": "string", "format": "binary" } })),
                6 => ("text/plain", json!({ "schema": { "type": "string" } })),
                _ => (
                    *choices.of(&["application/xml", "*/*", "image/*", "application/x-ndjson"]),
                    json!({ "schema": self.schemas.object(choices, 2) }),
                ),
            };
            content.insert(name.to_owned(), media);
        }
        json!({ "content": content, "required": choices.one_in(2) })
    }

    fn upload(&self, choices: &mut Choices<'_>) -> Value {
        let mut upload = self.schemas.object(choices, 2);
        upload["properties"]["file"] = json!({ "type": "string", "format": "binary" });
        if choices.one_in(2) {
            upload["properties"]["files"] =
                json!({ "type": "array", "items": { "type": "string", "format": "binary" } });
        }
        upload
    }

    fn responses(&self, choices: &mut Choices<'_>) -> Value {
        let mut responses = Map::new();
        for status in choices.some(&["200", "201", "204", "2XX", "404", "4XX", "500", "default"], 4) {
            responses.insert(status.to_owned(), self.response(choices));
        }
        if responses.is_empty() {
            responses.insert("200".to_owned(), self.response(choices));
        }
        responses.into()
    }

    fn response(&self, choices: &mut Choices<'_>) -> Value {
        let mut made = json!({ "description": names::prose(choices) });
        let (name, media) = match choices.below(10) {
            0 => return made,
            1 => ("application/octet-stream", json!({})),
            2 => ("text/plain", json!({ "schema": { "type": "string" } })),
            3 => ("text/event-stream", json!({ "schema": self.schemas.object(choices, 2) })),
            4 => (*choices.of(&["application/xml", "*/*", "image/png", "application/x-ndjson"]), json!({})),
            _ => (*choices.of(names::JSON), json!({ "schema": self.schemas.any(choices, 1) })),
        };
        made["content"] = json!({ name: media });
        if choices.one_in(5) {
            made["headers"] = json!({ "X-Total": { "schema": { "type": "integer" } } });
        }
        made
    }
}
