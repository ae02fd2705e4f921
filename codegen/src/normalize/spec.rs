//! The normalised description: the typed document, found by pointer, and the tree that it came from.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexMap;
use openapiv3::{
    Header, OpenAPI, Operation, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema, SecurityScheme,
};
use serde::Deserialize;
use serde_json::{Map as JsonMap, Value as Json};

use super::compose::{Composed, Kept};
use super::faults::{Fault, Faults};
use super::grammar::Section;
use super::incoming::{self, Incoming, WEBHOOKS};
use super::read::Reader;
use super::references::CHAIN;
use super::slots::Slot;
use super::typed;
use crate::diag::{CANONICAL_FORM, Diagnostic, Diagnostics, METHOD_IGNORED, Place};
use crate::load::Document;
use crate::load::tree::Node;
use crate::pointer::{Pointer, unescape};

/// A description in canonical form. The maps of its components are keyed by the original pointers of what they hold; a
/// `$ref` in it is such a pointer.
#[derive(Clone, Debug)]
pub struct Spec {
    api: OpenAPI,
    document: Document,
    /// Where the operations stand, behind references, by their places in `paths`.
    operations: BTreeMap<Pointer, Result<Pointer, Fault>>,
    /// The operations of path items that the types of these have no member for, by the path items' places in `paths`.
    others: BTreeMap<Pointer, Others<Operation>>,
    /// The places in `paths` of the operations that stand at a place: the first of several that share it.
    calls: BTreeMap<Pointer, Pointer>,
    /// What the service asks of others.
    incoming: Vec<Incoming>,
    /// Which of them are written where.
    incoming_at: BTreeMap<Pointer, usize>,
    /// The names that the root document's components give to schemas in other files: the first of several.
    given_names: BTreeMap<Pointer, String>,
    /// What the canonical form says in another way than it is written.
    rewritten: HashMap<Pointer, Node>,
    /// The path items that can't be read, by their templates.
    lost_items: BTreeMap<String, Fault>,
    /// The security schemes by the names that requirements call them.
    schemes: BTreeMap<String, Pointer>,
    faults: Faults,
    /// Where the branches of unions come from that something was added to.
    origins: BTreeMap<Pointer, Pointer>,
    /// Members of which schemas that hold at once say what contradicts one another.
    contradicted: BTreeSet<Pointer>,
    /// Why compositions could not be brought together.
    kept: BTreeMap<Pointer, Kept>,
    filtered: bool,
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
    /// Says whether operations were taken out.
    pub(super) fn filtered(self, filtered: bool) -> Self {
        Self { filtered, ..self }
    }

    /// Whether there are fewer operations than the description has: what only the others need is not needed any more.
    pub fn is_filtered(&self) -> bool {
        self.filtered
    }

    /// The typed document.
    pub fn api(&self) -> &OpenAPI {
        &self.api
    }

    /// What stands at a place: as it was written, but for objects that the canonical form says in another way.
    pub fn node(&self, place: &Pointer) -> Option<&Node> {
        if self.rewritten.is_empty() {
            return self.document.find(place);
        }
        // The nearest above it that is said in another way. What is gone from there can still be found as it was written.
        let text = place.as_str();
        let ends = std::iter::once(text.len()).chain(text.rmatch_indices('/').map(|(at, _)| at));
        let mut above = ends.filter_map(|end| text.split_at_checked(end));
        let nearest = above.find_map(|(above, below)| Some((self.rewritten.get(above)?, below)));
        let rewritten = nearest
            .and_then(|(top, below)| below.split('/').skip(1).try_fold(top, |node, token| node.step(&unescape(token))));
        rewritten.or_else(|| self.document.find(place))
    }

    /// Where the schemas among the components of the root document stand, in no order.
    pub fn component_schemas(&self) -> impl Iterator<Item = Pointer> {
        let schemas = self.api.components.iter().flat_map(|components| components.schemas.keys());
        let places = schemas.filter_map(|place| Pointer::from_canonical(place));
        let section = Pointer::root().child("components").child("schemas");
        places.filter(move |place| place.parent().as_ref() == Some(&section))
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

    /// Why the schemas that hold at once at a place can't be brought together, if they can't.
    pub fn kept(&self, place: &Pointer) -> Option<&Kept> {
        self.kept.get(place)
    }

    /// Whether schemas that hold at once contradict one another in a member of the object at a place: it is then what one
    /// of them says.
    pub fn is_contradicted(&self, object: &Pointer, member: &str) -> bool {
        !self.contradicted.is_empty() && self.contradicted.contains(&object.child("properties").child(member))
    }

    /// The schema that a branch of a union was before something was added to it.
    pub fn was(&self, branch: &Pointer) -> Option<&Pointer> {
        self.origins.get(branch)
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

    /// The path items by their templates, with the pointer that each has in `paths`.
    pub fn paths(&self) -> impl Iterator<Item = (&str, Pointer, &PathItem)> {
        let paths = Pointer::root().child("paths");
        let paths = self.api.paths.iter().map(move |(template, item)| (template, paths.child(template), item));
        paths.filter_map(|(template, place, item)| Some((template.as_str(), place, item.as_item()?)))
    }

    /// The operations of the path item with this place in `paths` that its type has no member for: their methods and
    /// places, and those of them that can be read.
    pub fn others(&self, item: &Pointer) -> impl Iterator<Item = (String, Pointer, Option<&Operation>)> {
        let slots = self.others.get(item).into_iter().flatten();
        slots.map(|(slot, operation)| (slot.method(), slot.below(item), operation.as_ref()))
    }

    /// Where the operation with this place in `paths` is written, behind references, or why it can't be read; `None` when
    /// there is none.
    pub fn operation(&self, place: &Pointer) -> Option<Result<&Pointer, &Fault>> {
        self.operations.get(place).map(Result::as_ref)
    }

    /// The place in `paths` of the operation that is written at `place`.
    pub fn call(&self, place: &Pointer) -> Option<&Pointer> {
        self.calls.get(place)
    }

    /// The operations that the service asks for, webhooks and callbacks, by their places.
    pub fn incoming(&self) -> &[Incoming] {
        &self.incoming
    }

    /// The one of them that is written at `place`: the first of several that share it; none where an operation of a path
    /// does.
    pub fn incoming_at(&self, place: &Pointer) -> Option<&Incoming> {
        let at = self.incoming_at.get(place)?;
        self.incoming.get(*at)
    }

    /// The name of the component schema at a place, if one stands there. In another file than the root document, the
    /// whole file is one, and so is what stands at its top or below its `definitions`.
    pub fn component_name(&self, place: &Pointer) -> Option<String> {
        let tokens: Vec<_> = place.tokens().take(4).collect();
        let tokens: Vec<&str> = tokens.iter().map(AsRef::as_ref).collect();
        let elsewhere = place.file().is_some();
        let name = match tokens.as_slice() {
            ["components", "schemas", name] => Some((*name).to_owned()),
            [] if elsewhere => place.name(),
            [name] | ["definitions" | "$defs", name] if elsewhere && !self.is_one_object(place) => {
                Some((*name).to_owned())
            }
            _ => None,
        }?;
        if self.only_refers_elsewhere(place) {
            return None;
        }
        Some(self.given_names.get(place).cloned().unwrap_or(name))
    }

    /// Whether the schema at a place says no more than that it stands in another file: it is then the one there.
    fn only_refers_elsewhere(&self, place: &Pointer) -> bool {
        match self.schema(place) {
            Some(ReferenceOr::Reference { reference }) => {
                canonical(reference).is_some_and(|target| target.file() != place.file())
            }
            _ => false,
        }
    }

    /// Whether the file that `place` is in is one object as a whole that schemas stand in.
    fn is_one_object(&self, place: &Pointer) -> bool {
        let Some(whole) = place.file().map(|file| Pointer::of_file(&file)) else { return false };
        self.schema(&whole).is_some() || self.parameter(&whole).is_some() || self.header(&whole).is_some()
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
pub(super) struct Assembly {
    pub(super) path_items: JsonMap<String, Json>,
    pub(super) operations: JsonMap<String, Json>,
    pub(super) callbacks: JsonMap<String, Json>,
    faults: Faults,
}

/// The operations that the type of a path item has no member for; `None` for one that can't be read.
type Others<T = Json> = Vec<(Slot, Option<T>)>;

/// Puts the canonical document together and reads it into its types.
pub(super) fn assemble(
    document: &Document,
    mut root: Json,
    reader: Reader,
    faults: Faults,
    composed: Composed,
    diagnostics: &mut Diagnostics,
) -> Option<Spec> {
    let Reader { mut collected, rewritten, .. } = reader;
    let mut take = |section: Section| {
        let mut objects = collected.remove(&section).unwrap_or_default();
        objects.retain(|place, _| canonical(place).is_some_and(|place| !faults.by_place.contains_key(&place)));
        objects
    };
    let components = [
        Section::Schemas,
        Section::Parameters,
        Section::Responses,
        Section::RequestBodies,
        Section::Headers,
        Section::SecuritySchemes,
    ];
    let components = components.map(&mut take);
    let (path_items, operations) = (take(Section::PathItems), take(Section::Operations));
    let callbacks = take(Section::Callbacks);
    let assembly = Assembly { path_items, operations, callbacks, faults };
    let mut operations = BTreeMap::new();
    let (mut lost_items, mut others) = (BTreeMap::new(), BTreeMap::new());
    for (place, item) in &assembly.path_items {
        let Some(place) = canonical(place) else { continue };
        for (at, name) in Slot::refused(item, &place) {
            let message = format!("`{}` can't be the method of an additional operation", name.escape_debug());
            diagnostics.push(Diagnostic::new(&METHOD_IGNORED, message).at(Place::key(&at)));
        }
    }
    if let Some(paths) = root.get_mut("paths").and_then(Json::as_object_mut) {
        for (template, link) in std::mem::take(paths) {
            let place = Pointer::root().child("paths").child(&template);
            match assembly.path_item(&link, &place, &mut operations) {
                Some(Ok((item, more))) => {
                    paths.insert(template, item);
                    let read =
                        |(slot, made): (Slot, Option<Json>)| Ok((slot, made.map(Operation::deserialize).transpose()?));
                    match more.into_iter().map(read).collect::<Result<Vec<_>, _>>() {
                        Ok(more) => drop(others.insert(place, more)),
                        Err(error) => return unreadable(&error, diagnostics),
                    }
                }
                Some(Err(fault)) => drop(lost_items.insert(template, fault.clone())),
                None => {}
            }
        }
    }
    let members = root.as_object_mut()?;
    let webhooks: Vec<_> = WEBHOOKS
        .into_iter()
        .filter_map(|member| match members.remove(member)? {
            Json::Object(items) => Some((member, items)),
            _ => None,
        })
        .collect();
    let incoming = incoming::incoming(&assembly, &webhooks, &operations);
    let mut calls = BTreeMap::new();
    for (place, written) in &operations {
        if let Ok(written) = written {
            calls.entry(Pointer::clone(written)).or_insert_with(|| Pointer::clone(place));
        }
    }
    let mut incoming_at = BTreeMap::new();
    for (at, incoming) in incoming.iter().enumerate().filter(|(_, incoming)| !calls.contains_key(&incoming.written_at))
    {
        incoming_at.entry(incoming.written_at.clone()).or_insert(at);
    }
    let schemes = root.pointer_mut("/components/securitySchemes").map(Json::take);
    let schemes = schemes.and_then(|schemes| schemes.as_object().cloned()).unwrap_or_default();
    let schemes = schemes.into_iter().filter_map(|(name, link)| Some((name, linked(&link)?))).collect();
    root.as_object_mut()?.remove("components");
    match typed::document(root, components) {
        Ok(api) => {
            let (document, faults) = (document.clone(), assembly.faults);
            let mut spec = Spec {
                api,
                document,
                rewritten,
                operations,
                others,
                calls,
                incoming,
                incoming_at,
                given_names: BTreeMap::new(),
                lost_items,
                schemes,
                faults,
                origins: composed.origins,
                contradicted: composed.contradicted,
                kept: composed.kept,
                filtered: false,
            };
            spec.given_names = given_names(&spec.api);
            Some(spec)
        }
        Err(error) => unreadable(&error, diagnostics),
    }
}

fn unreadable(error: &serde_json::Error, diagnostics: &mut Diagnostics) -> Option<Spec> {
    let message = format!("the canonical form of the description can't be read: {error}");
    diagnostics.push(Diagnostic::new(&CANONICAL_FORM, message).at(Pointer::root()));
    None
}

/// The schemas in other files that components of the root document refer to, with the components' names.
fn given_names(api: &OpenAPI) -> BTreeMap<Pointer, String> {
    let components = Pointer::root().child("components").child("schemas");
    let schemas = api.components.iter().flat_map(|components| &components.schemas);
    let mut names: BTreeMap<Pointer, String> = BTreeMap::new();
    for (place, schema) in schemas {
        let ReferenceOr::Reference { reference } = schema else { continue };
        let (Some(place), Some(target)) = (canonical(place), canonical(reference)) else { continue };
        if target.file().is_some()
            && place.parent().as_ref() == Some(&components)
            && let Some(name) = place.last()
            && names.get(&target).is_none_or(|other| name < *other)
        {
            names.insert(target, name);
        }
    }
    names
}

impl Assembly {
    /// The path item at the end of references, which has its `place` in `paths`, and beside it the operations that its type
    /// has no member for; those that it has one for are in it. It is told where all of them stand.
    fn path_item(
        &self,
        link: &Json,
        place: &Pointer,
        operations: &mut BTreeMap<Pointer, Result<Pointer, Fault>>,
    ) -> Option<Result<(Json, Others), &Fault>> {
        let item = match self.follow(link, &self.path_items)? {
            Ok((_, item)) => item,
            Err(fault) => return Some(Err(fault)),
        };
        let slots = Slot::of(item);
        let (mut item, mut others) = (item.as_object()?.clone(), Vec::new());
        for (slot, link) in slots {
            let place = slot.below(place);
            slot.take(&mut item);
            let made = match self.follow(link, &self.operations) {
                Some(Ok((written, operation))) => {
                    operations.insert(place, Ok(written));
                    let mut operation = operation.clone();
                    // They are looked at by themselves.
                    operation.as_object_mut().map(|members| members.remove("callbacks"));
                    Some(operation)
                }
                Some(Err(fault)) => {
                    operations.insert(place, Err(fault.clone()));
                    None
                }
                None => continue,
            };
            match (slot.typed(), made) {
                (Some(member), Some(made)) => drop(item.insert(member.to_owned(), made)),
                (Some(_), None) => {}
                (None, made) => others.push((slot, made)),
            }
        }
        Some(Ok((Json::Object(item), others)))
    }

    /// What `link` leads to `among` the objects of its section.
    pub(super) fn follow<'a>(
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
pub(super) fn linked(link: &Json) -> Option<Pointer> {
    canonical(link.get("$ref")?.as_str()?)
}
