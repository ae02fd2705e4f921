//! The canonical form as JSON → the same in its types.

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::{Map as JsonMap, Result, Value as Json};

/// The document `root`, and its components: schemas, parameters, responses, request bodies, headers and security schemes.
/// Object by object, so that each is there in one form only.
pub(super) fn document(root: Json, components: [JsonMap<String, Json>; 6]) -> Result<OpenAPI> {
    let [schemas, parameters, responses, request_bodies, headers, security_schemes] = components;
    let components = Components {
        schemas: objects(schemas)?,
        parameters: objects(parameters)?,
        responses: objects(responses)?,
        request_bodies: objects(request_bodies)?,
        headers: objects(headers)?,
        security_schemes: objects(security_schemes)?,
        ..Components::default()
    };
    Ok(OpenAPI { components: Some(components), ..object(root)? })
}

fn objects<T: DeserializeOwned>(objects: JsonMap<String, Json>) -> Result<IndexMap<String, ReferenceOr<T>>> {
    let mut typed = IndexMap::with_capacity(objects.len());
    for (place, value) in objects {
        typed.insert(place, object(value)?);
    }
    Ok(typed)
}

/// Through text, which is read twice as fast as a value.
fn object<T: DeserializeOwned>(value: Json) -> Result<T> {
    let text = value.to_string();
    drop(value);
    serde_json::from_str(&text)
}
