//! Descriptions that are made up: valid ones out of nothing, and broken ones out of those. Both are made of bytes, so that
//! a fuzzer can steer them and a test can make the same ones again.

mod check;
mod mutate;
mod names;
mod operations;
mod schemas;

use arbitrary::Unstructured;
use serde_json::{Map, Value, json};

pub use check::{check, repeated};
pub use mutate::mutate;

/// What decides: bytes, taken one after another. When they are at an end, the first choice is always taken, so that every
/// description has an end.
#[derive(Debug)]
pub struct Choices<'a> {
    bytes: Unstructured<'a>,
}

impl<'a> Choices<'a> {
    /// Choices by these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes: Unstructured::new(bytes) }
    }

    /// A number from 0 up to and without `count`; 0 when `count` is 0.
    pub fn below(&mut self, count: usize) -> usize {
        match count.checked_sub(1) {
            Some(last) => self.bytes.int_in_range(0..=last).unwrap_or(0),
            None => 0,
        }
    }

    /// Yes, once in `every` times.
    pub fn one_in(&mut self, every: usize) -> bool {
        !self.is_at_end() && self.below(every) == 0
    }

    /// One of these.
    pub fn of<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len())]
    }

    /// Some of these, in their order, each once.
    pub fn some<T: Clone>(&mut self, list: &[T], at_most: usize) -> Vec<T> {
        let wanted = self.below(at_most.min(list.len()) + 1);
        let mut left: Vec<usize> = (0..list.len()).collect();
        let mut taken: Vec<usize> = (0..wanted).map(|_| left.remove(self.below(left.len()))).collect();
        taken.sort_unstable();
        taken.into_iter().map(|at| list[at].clone()).collect()
    }

    fn is_at_end(&self) -> bool {
        self.bytes.is_empty()
    }
}

/// Bytes for [`Choices`] that look random and are the same for the same seed (SplitMix64).
pub fn bytes(seed: u64, count: usize) -> Vec<u8> {
    let mut state = seed;
    let mut bytes = Vec::with_capacity(count + 8);
    while bytes.len() < count {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bytes.extend((mixed ^ (mixed >> 31)).to_le_bytes());
    }
    bytes.truncate(count);
    bytes
}

/// Which version of OpenAPI a made-up description is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    V3_0,
    V3_1,
}

/// A valid description: every reference leads to something, every parameter of a template is declared, and every keyword
/// has a value of its type.
pub fn description(choices: &mut Choices<'_>) -> Value {
    let version = *choices.of(&[Version::V3_0, Version::V3_1]);
    let components = choices.some(names::COMPONENTS, 8);
    let schemas = schemas::Schemas::new(version, components.clone());
    let mut written = Map::new();
    for name in &components {
        written.insert((*name).to_owned(), schemas.component(choices, name));
    }
    let security = security(choices);
    let mut paths = Map::new();
    let mut operations = operations::Operations::new(&schemas, security.keys().cloned().collect());
    let mut templates = choices.some(names::PATHS, 5);
    if templates.is_empty() {
        templates.push("/pets");
    }
    for template in templates {
        paths.insert(template.to_owned(), operations.path_item(choices, template));
    }
    let mut whole = json!({
        "openapi": if version == Version::V3_0 { "3.0.3" } else { "3.1.0" },
        "info": { "title": names::prose(choices), "version": choices.of(&["1", "1.0.0", "2024-01-01", "v1beta"]) },
        "paths": paths,
        "components": { "schemas": written, "securitySchemes": security },
    });
    if let Some(servers) = servers(choices) {
        whole["servers"] = servers;
    }
    if choices.one_in(3) {
        whole["tags"] = json!([{ "name": choices.of(names::TAGS), "description": names::prose(choices) }]);
    }
    whole
}

fn security(choices: &mut Choices<'_>) -> Map<String, Value> {
    let all = [
        ("bearer", json!({ "type": "http", "scheme": "bearer" })),
        ("basic", json!({ "type": "http", "scheme": "Basic" })),
        ("key", json!({ "type": "apiKey", "in": "header", "name": "X-Key" })),
        ("type", json!({ "type": "apiKey", "in": "query", "name": "key" })),
        ("Key", json!({ "type": "apiKey", "in": "cookie", "name": "session" })),
        (
            "o-auth",
            json!({ "type": "oauth2", "flows": { "clientCredentials": { "tokenUrl": "https://example.com/t", "scopes": { "a": "A" } } } }),
        ),
        ("open_id", json!({ "type": "openIdConnect", "openIdConnectUrl": "https://example.com/o" })),
    ];
    choices.some(&all, 3).into_iter().map(|(name, scheme)| (name.to_owned(), scheme)).collect()
}

fn servers(choices: &mut Choices<'_>) -> Option<Value> {
    let address = choices.of(&[
        "https://example.com",
        "https://example.com/v1/",
        "/v1",
        "https://{region}.example.com/{version}",
    ]);
    let mut server = json!({ "url": address });
    if address.contains('{') {
        server["variables"] =
            json!({ "region": { "default": "eu", "enum": ["eu", "us"] }, "version": { "default": "v1" } });
    }
    (!choices.one_in(4)).then(|| json!([server]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_give_the_same_description() {
        let of = |seed| description(&mut Choices::new(&bytes(seed, 4_000)));
        assert_eq!(of(1), of(1));
        assert_ne!(of(1), of(2));
    }

    #[test]
    fn without_bytes_there_is_a_description_too() {
        let made = description(&mut Choices::new(&[]));
        assert_eq!(made["openapi"], "3.0.3");
    }
}
