//! A description of any size: objects of ten members, half of them required, each holding two others; and operations, ten
//! a tag, each with three parameters and one of the objects as its answer.

use serde_json::{Map, Value, json};

/// The description as JSON, with `version` in its `openapi` member.
pub fn description(types: usize, operations: usize, version: &str) -> Value {
    let schemas: Map<String, Value> = (0..types).map(|index| (format!("Thing{index}"), thing(index, types))).collect();
    let paths: Map<String, Value> = (0..operations)
        .map(|index| (format!("/group{}/things{index}/{{id}}", index / 10), path(index, types)))
        .collect();
    json!({
        "openapi": version,
        "info": {"title": "Synthetic API", "version": "1.0.0"},
        "servers": [{"url": "https://api.example.com/v1"}],
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

/// An object; the others that it holds are further down in a binary tree, so that none holds itself.
fn thing(index: usize, types: usize) -> Value {
    let child = |child: usize, otherwise: &str| match child < types {
        true => json!({"$ref": format!("#/components/schemas/Thing{child}")}),
        false => json!({"type": otherwise}),
    };
    json!({
        "type": "object",
        "description": format!("Thing number {index} of the API."),
        "required": ["id", "name", "kind", "size", "enabled"],
        "properties": {
            "id": {"type": "string", "description": "ID of the thing."},
            "name": {"type": "string", "description": "Name of the thing."},
            "kind": {"type": "string", "description": "What kind of thing it is."},
            "size": {"type": "integer", "format": "int64"},
            "enabled": {"type": "boolean"},
            "createdAt": {"type": "string", "description": "When it was made."},
            "ratio": {"type": "number"},
            "labels": {"type": "array", "items": {"type": "string"}},
            "parts": {"type": "array", "items": child(2 * index + 1, "integer")},
            "owner": child(2 * index + 2, "string"),
        },
    })
}

fn path(index: usize, types: usize) -> Value {
    let text = json!({"type": "string"});
    json!({"get": {
        "operationId": format!("get_thing_{index}"),
        "tags": [format!("Group {}", index / 10)],
        "summary": format!("Fetch thing {index}"),
        "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": text, "description": "ID of the thing."},
            {"name": "page", "in": "query", "schema": {"type": "integer"}, "description": "Page of the results."},
            {"name": "state", "in": "query", "schema": text},
        ],
        "responses": {"200": {
            "description": "The thing.",
            "content": {"application/json": {
                "schema": {"$ref": format!("#/components/schemas/Thing{}", index % types.max(1))},
            }},
        }},
    }})
}
