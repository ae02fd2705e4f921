//! The normalised description: the typed document, found by pointer, and the tree that it came from.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{Header, OpenAPI, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema, SecurityScheme};
use serde_json::{Map as JsonMap, Value as Json, json};

use super::faults::{Fault, Faults};
use super::grammar::Section;
use super::references::CHAIN;
use super::rules::METHODS;
use crate::diag::{CANONICAL_FORM, Diagnostic, Diagnostics};
use crate::load::Document;
use crate::load::tree::Node;
use crate::pointer::Pointer;

/// A description in canonical form. The maps of its components are keyed by the original pointers of what they hold; a
/// `$ref` in it is such a pointer.
#[derive(Clone, Debug)]
pub struct Spec {
    api: OpenAPI,
    document: Document,
    /// Where the path item of each template stands, behind references.
    items: BTreeMap<String, Pointer>,
    /// The path items that can't be read, by their templates.
    lost_items: BTreeMap<String, Fault>,
    /// The security schemes by the names that requirements call them.
    schemes: BTreeMap<String, Pointer>,
    faults: Faults,
}

/// What there is at the end of references.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved<'a, T> {
    /// The thing, and where it stands.
    Found(Pointer, &'a T),
    /// Something that can't be read.
    Faulty(&'a Fault),
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
        self.resolve(&self.api.components.as_ref()?.parameters, place)
    }

    /// The response at a place, behind all references.
    pub fn response(&self, place: &Pointer) -> Option<Resolved<'_, Response>> {
        self.resolve(&self.api.components.as_ref()?.responses, place)
    }

    /// The request body at a place, behind all references.
    pub fn request_body(&self, place: &Pointer) -> Option<Resolved<'_, RequestBody>> {
        self.resolve(&self.api.components.as_ref()?.request_bodies, place)
    }

    /// The header at a place, behind all references.
    pub fn header(&self, place: &Pointer) -> Option<Resolved<'_, Header>> {
        self.resolve(&self.api.components.as_ref()?.headers, place)
    }

    /// The security schemes by the names that requirements call them, in alphabetical order.
    pub fn security_schemes(&self) -> BTreeMap<&str, Resolved<'_, SecurityScheme>> {
        let Some(components) = &self.api.components else { return BTreeMap::new() };
        let resolved = self
            .schemes
            .iter()
            .filter_map(|(name, place)| Some((name.as_str(), self.resolve(&components.security_schemes, place)?)));
        resolved.collect()
    }

    /// Why the object at a place can't be read, if it can't.
    pub fn fault(&self, place: &Pointer) -> Option<&Fault> {
        self.faults.by_place.get(place)
    }

    /// What was found in objects that can't be read.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.faults.findings
    }

    /// The path items that can't be read, with the pointer that each has in `paths`.
    pub fn lost_paths(&self) -> impl Iterator<Item = (&str, Pointer, &Fault)> {
        let paths = Pointer::root().child("paths");
        self.lost_items.iter().map(move |(template, fault)| (template.as_str(), paths.child(template), fault))
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

    fn resolve<'a, T>(&'a self, map: &'a IndexMap<String, ReferenceOr<T>>, place: &Pointer) -> Option<Resolved<'a, T>> {
        let mut place = place.clone();
        for _ in 0..CHAIN + 2 {
            if let Some(fault) = self.fault(&place) {
                return Some(Resolved::Faulty(fault));
            }
            match map.get(place.as_str())? {
                ReferenceOr::Item(item) => return Some(Resolved::Found(place, item)),
                ReferenceOr::Reference { reference } => place = canonical(reference)?,
            }
        }
        None
    }
}

/// The pointer in a reference of the canonical form.
pub(crate) fn canonical(reference: &str) -> Option<Pointer> {
    Pointer::from_canonical(reference)
}

/// The canonical form while it is put together.
struct Assembly {
    path_items: JsonMap<String, Json>,
    operations: JsonMap<String, Json>,
    faults: Faults,
}

/// Puts the canonical document together and reads it into its types.
pub(super) fn assemble(
    document: &Document,
    mut root: Json,
    mut collected: BTreeMap<Section, JsonMap<String, Json>>,
    faults: Faults,
    diagnostics: &mut Diagnostics,
) -> Option<Spec> {
    let mut take = |section: Section| {
        let mut objects = collected.remove(&section).unwrap_or_default();
        objects.retain(|place, _| canonical(place).is_some_and(|place| !faults.by_place.contains_key(&place)));
        objects
    };
    let components = json!({
        "schemas": take(Section::Schemas),
        "parameters": take(Section::Parameters),
        "responses": take(Section::Responses),
        "requestBodies": take(Section::RequestBodies),
        "headers": take(Section::Headers),
        "securitySchemes": take(Section::SecuritySchemes),
    });
    let (path_items, operations) = (take(Section::PathItems), take(Section::Operations));
    let assembly = Assembly { path_items, operations, faults };
    let (mut items, mut lost_items) = (BTreeMap::new(), BTreeMap::new());
    if let Some(paths) = root.get_mut("paths").and_then(Json::as_object_mut) {
        for (template, link) in std::mem::take(paths) {
            match assembly.path_item(&link) {
                Some(Ok((place, item))) => {
                    items.insert(template.clone(), place);
                    paths.insert(template, item);
                }
                Some(Err(fault)) => drop(lost_items.insert(template, fault.clone())),
                None => {}
            }
        }
    }
    let schemes = root.pointer_mut("/components/securitySchemes").map(Json::take);
    let schemes = schemes.and_then(|schemes| schemes.as_object().cloned()).unwrap_or_default();
    let schemes = schemes.into_iter().filter_map(|(name, link)| Some((name, linked(&link)?))).collect();
    root.as_object_mut()?.insert("components".to_owned(), components);
    // Through text, which is read twice as fast as a value.
    match serde_json::from_str(&root.to_string()) {
        Ok(api) => Some(Spec { api, document: document.clone(), items, lost_items, schemes, faults: assembly.faults }),
        Err(error) => {
            let message = format!("the canonical form of the description can't be read: {error}");
            diagnostics.push(Diagnostic::new(&CANONICAL_FORM, message).at(Pointer::root()));
            None
        }
    }
}

impl Assembly {
    /// The path item at the end of references, its operations in it, and where it stands.
    fn path_item(&self, link: &Json) -> Option<Result<(Pointer, Json), &Fault>> {
        let (place, item) = match self.follow(link, &self.path_items)? {
            Ok(found) => found,
            Err(fault) => return Some(Err(fault)),
        };
        let mut item = item.as_object()?.clone();
        for method in METHODS {
            if let Some(link) = item.remove(method)
                && let Some(Ok((_, operation))) = self.follow(&link, &self.operations)
            {
                item.insert(method.to_owned(), operation.clone());
            }
        }
        Some(Ok((place, Json::Object(item))))
    }

    fn follow<'a>(
        &'a self,
        link: &Json,
        among: &'a JsonMap<String, Json>,
    ) -> Option<Result<(Pointer, &'a Json), &'a Fault>> {
        let mut place = linked(link)?;
        for _ in 0..CHAIN + 2 {
            if let Some(fault) = self.faults.by_place.get(&place) {
                return Some(Err(fault));
            }
            let object = among.get(place.as_str())?;
            match linked(object) {
                Some(onward) => place = onward,
                None => return Some(Ok((place, object))),
            }
        }
        None
    }
}

/// The pointer that a reference of the canonical form is.
fn linked(link: &Json) -> Option<Pointer> {
    canonical(link.get("$ref")?.as_str()?)
}
