//! The canonical form as JSON → the same in its types.

use std::sync::{Mutex, PoisonError};

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::{Map as JsonMap, Result, Value as Json};

use crate::aside;

/// The document `root`, and its components: schemas, parameters, responses, request bodies, headers and security schemes.
/// Object by object, so that each is there in one form only.
pub(super) fn document(root: Json, components: [JsonMap<String, Json>; 6]) -> Result<OpenAPI> {
    let [schemas, parameters, responses, request_bodies, headers, security_schemes] = components;
    let components = Components {
        schemas: by_halves(schemas)?,
        parameters: objects(parameters)?,
        responses: objects(responses)?,
        request_bodies: objects(request_bodies)?,
        headers: objects(headers)?,
        security_schemes: objects(security_schemes)?,
        ..Components::default()
    };
    Ok(OpenAPI { components: Some(components), ..object(root)? })
}

/// As [`objects`], for the section that is larger than all others together.
fn by_halves<T: DeserializeOwned + Send>(objects: JsonMap<String, Json>) -> Result<IndexMap<String, ReferenceOr<T>>> {
    let mut first: Vec<(String, Json)> = objects.into_iter().collect();
    let second = Mutex::new(first.split_off(first.len() / 2));
    let (first, second) = aside::both(
        || self::objects(first),
        || self::objects(std::mem::take(&mut *second.lock().unwrap_or_else(PoisonError::into_inner))),
    );
    let mut all = first?;
    all.extend(second?);
    Ok(all)
}

fn objects<T: DeserializeOwned>(
    objects: impl IntoIterator<Item = (String, Json), IntoIter: ExactSizeIterator>,
) -> Result<IndexMap<String, ReferenceOr<T>>> {
    let objects = objects.into_iter();
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
