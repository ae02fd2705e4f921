//! The normalised description: the typed document, found by pointer, and the tree that it came from.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{Header, OpenAPI, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema, SecurityScheme};
use serde_json::{Map as JsonMap, Value as Json, json};

use super::grammar::Section;
use super::references::CHAIN;
use crate::diag::{CANONICAL_FORM, Diagnostic, Diagnostics};
use crate::load::Document;
use crate::load::tree::Node;
use crate::pointer::Pointer;

/// A description in canonical form. The maps of its components are keyed by the original pointers of what they hold; a
/// `$ref` in it is such a pointer, or the text of a reference that leads out of the document.
#[derive(Clone, Debug)]
pub struct Spec {
    api: OpenAPI,
    document: Document,
    /// Where the path item of each template stands, behind references.
    items: BTreeMap<String, Pointer>,
}

/// What there is at the end of references.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved<'a, T> {
    /// The thing, and where it stands.
    Found(Pointer, &'a T),
    /// A reference that leads out of the document, and where it stands.
    Outside(Pointer),
}

impl Spec {
    /// The typed document.
    pub fn api(&self) -> &OpenAPI {
        &self.api
    }

    /// What stands at a place of the document, as it was written.
    pub fn node(&self, place: &Pointer) -> Option<&Node> {
        self.document.find(place)
    }

    /// The schema at a place.
    pub fn schema(&self, place: &Pointer) -> Option<&ReferenceOr<Schema>> {
        self.api.components.as_ref()?.schemas.get(place.as_str())
    }

    /// The parameter at a place, behind all references.
    pub fn parameter(&self, place: &Pointer) -> Option<Resolved<'_, Parameter>> {
        resolve(&self.api.components.as_ref()?.parameters, place)
    }

    /// The response at a place, behind all references.
    pub fn response(&self, place: &Pointer) -> Option<Resolved<'_, Response>> {
        resolve(&self.api.components.as_ref()?.responses, place)
    }

    /// The request body at a place, behind all references.
    pub fn request_body(&self, place: &Pointer) -> Option<Resolved<'_, RequestBody>> {
        resolve(&self.api.components.as_ref()?.request_bodies, place)
    }

    /// The header at a place, behind all references.
    pub fn header(&self, place: &Pointer) -> Option<Resolved<'_, Header>> {
        resolve(&self.api.components.as_ref()?.headers, place)
    }

    /// The security schemes by the names that requirements call them, in alphabetical order.
    pub fn security_schemes(&self) -> BTreeMap<&str, Resolved<'_, SecurityScheme>> {
        let Some(components) = &self.api.components else { return BTreeMap::new() };
        let named = components.security_schemes.iter().filter(|(name, _)| !name.starts_with("#/"));
        let resolved =
            named.filter_map(|(name, _)| Some((name.as_str(), resolve(&components.security_schemes, name)?)));
        resolved.collect()
    }

    /// The path items by their templates, with the pointer that each has in `paths` and the one where it is written.
    pub fn paths(&self) -> impl Iterator<Item = (&str, Pointer, Pointer, &PathItem)> {
        let paths = Pointer::root().child("paths");
        self.api.paths.iter().filter_map(move |(template, item)| {
            let place = paths.child(template);
            let written = self.items.get(template).unwrap_or(&place).clone();
            Some((template.as_str(), place, written, item.as_item()?))
        })
    }

    /// The name of the component schema at a place, if one stands there.
    pub fn component_name(&self, place: &Pointer) -> Option<String> {
        let mut tokens = place.tokens();
        match (tokens.next()?.as_str(), tokens.next()?.as_str(), tokens.next()?, tokens.next()) {
            ("components", "schemas", name, None) => Some(name),
            _ => None,
        }
    }
}

/// The pointer in a reference of the canonical form; `None` when it leads out of the document.
pub(crate) fn canonical(reference: &str) -> Option<Pointer> {
    super::references::target(reference)
}

trait Key {
    fn key(&self) -> &str;
}

impl Key for Pointer {
    fn key(&self) -> &str {
        self.as_str()
    }
}

impl Key for String {
    fn key(&self) -> &str {
        self
    }
}

fn resolve<'a, T>(map: &'a IndexMap<String, ReferenceOr<T>>, place: &impl Key) -> Option<Resolved<'a, T>> {
    let mut key = place.key();
    // A name and the object's own entry are two steps more than the references.
    for _ in 0..CHAIN + 2 {
        match map.get(key)? {
            ReferenceOr::Item(item) => return Some(Resolved::Found(canonical(key)?, item)),
            ReferenceOr::Reference { reference } if canonical(reference).is_none() => {
                return Some(Resolved::Outside(canonical(key)?));
            }
            ReferenceOr::Reference { reference } => key = reference,
        }
    }
    None
}

/// Puts the canonical document together and reads it into its types.
pub(super) fn assemble(
    document: &Document,
    mut root: Json,
    mut collected: BTreeMap<Section, JsonMap<String, Json>>,
    diagnostics: &mut Diagnostics,
) -> Option<Spec> {
    let mut take = |section: Section| collected.remove(&section).unwrap_or_default();
    let path_items = take(Section::PathItems);
    let mut items = BTreeMap::new();
    if let Some(paths) = root.get_mut("paths").and_then(Json::as_object_mut) {
        *paths = std::mem::take(paths)
            .into_iter()
            .filter_map(|(template, link)| {
                let (place, item) = path_item(&link, &path_items)?;
                items.insert(template.clone(), canonical(place)?);
                Some((template, item.clone()))
            })
            .collect();
    }
    let schemes = root.pointer_mut("/components/securitySchemes").map(Json::take);
    let mut schemes = schemes.and_then(|schemes| schemes.as_object().cloned()).unwrap_or_default();
    schemes.extend(take(Section::SecuritySchemes));
    let components = json!({
        "schemas": take(Section::Schemas),
        "parameters": take(Section::Parameters),
        "responses": take(Section::Responses),
        "requestBodies": take(Section::RequestBodies),
        "headers": take(Section::Headers),
        "securitySchemes": schemes,
    });
    root.as_object_mut()?.insert("components".to_owned(), components);
    // Through text, which is read twice as fast as a value.
    match serde_json::from_str(&root.to_string()) {
        Ok(api) => Some(Spec { api, document: document.clone(), items }),
        Err(error) => {
            let message = format!("the canonical form of the description can't be read: {error}");
            diagnostics.push(Diagnostic::new(&CANONICAL_FORM, message).at(Pointer::root()));
            None
        }
    }
}

/// The path item at the end of references, and where it stands; `None` when it is not in the document.
fn path_item<'a>(link: &'a Json, items: &'a JsonMap<String, Json>) -> Option<(&'a str, &'a Json)> {
    let mut place = link.get("$ref")?.as_str()?;
    for _ in 0..CHAIN + 2 {
        let item = items.get(place)?;
        match item.get("$ref").and_then(Json::as_str) {
            Some(reference) => place = reference,
            None => return Some((place, item)),
        }
    }
    None
}
