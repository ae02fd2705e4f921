//! The normalised description: the typed document, found by pointer, and the tree that it came from.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use openapiv3::{Header, OpenAPI, Operation, Parameter, PathItem, RequestBody, Response, SecurityScheme};

use super::compose::Kept;
use super::faults::{Fault, Faults};
use super::incoming::Incoming;
use super::references::CHAIN;
use super::schema::Schema;
use super::slots::Slot;
use super::typed::{Schemas, Stands, Typed};
use super::version::{Version, Versions};
use crate::diag::Diagnostic;
use crate::load::Document;
use crate::load::tree::Node;
use crate::pointer::{Pointer, PointerMap, unescape};

/// A description in canonical form. What can be referred to is found by the original pointer; a `$ref` in it is such a
/// pointer.
#[derive(Clone, Debug)]
pub struct Spec {
    /// The document itself: neither its paths nor its components.
    pub(super) api: OpenAPI,
    pub(super) document: Document,
    pub(super) objects: Objects,
    /// The path items by their templates.
    pub(super) paths: BTreeMap<String, Item>,
    /// Where the operations stand, behind references, by their places in `paths`.
    pub(super) operations: BTreeMap<Pointer, Result<Pointer, Fault>>,
    /// The places in `paths` of the operations that stand at a place: the first of several that share it.
    pub(super) calls: BTreeMap<Pointer, Pointer>,
    /// What the service asks of others.
    pub(super) incoming: Vec<Incoming>,
    /// Which of them are written where.
    pub(super) incoming_at: BTreeMap<Pointer, usize>,
    /// The names that the root document's components give to schemas in other files: the first of several.
    pub(super) given_names: BTreeMap<Pointer, String>,
    /// What the canonical form says in another way than it is written.
    pub(super) rewritten: PointerMap<Node>,
    /// The path items that can't be read, by their templates.
    pub(super) lost_items: BTreeMap<String, Fault>,
    /// The security schemes by the names that requirements call them.
    pub(super) schemes: BTreeMap<String, Pointer>,
    pub(super) faults: Faults,
    /// Where the branches of unions come from that something was added to.
    pub(super) origins: BTreeMap<Pointer, Pointer>,
    /// The schemas with a discriminator that components build on, by the places of these.
    pub(super) bases: BTreeMap<Pointer, BTreeSet<Pointer>>,
    /// Members of which schemas that hold at once say what contradicts one another.
    pub(super) contradicted: BTreeSet<Pointer>,
    /// Schemas whose discriminator does not tell all those apart that build on them.
    pub(super) untold: BTreeSet<Pointer>,
    /// Why compositions could not be brought together.
    pub(super) kept: BTreeMap<Pointer, Kept>,
    pub(super) filtered: bool,
    pub(super) versions: Versions,
}

/// What can be referred to, by the places where it is written.
#[derive(Clone, Debug)]
pub(super) struct Objects {
    pub(super) schemas: Schemas,
    pub(super) parameters: Typed<Parameter>,
    pub(super) responses: Typed<Response>,
    pub(super) request_bodies: Typed<RequestBody>,
    pub(super) headers: Typed<Header>,
    pub(super) security_schemes: Typed<SecurityScheme>,
}

impl Objects {
    /// Where the reference at a place leads.
    fn onward(&self, place: &Pointer) -> Option<&Pointer> {
        fn step<'a, T>(all: &'a Typed<T>, place: &Pointer) -> Option<&'a Pointer> {
            match all.get(place)? {
                Stands::At(onward) => Some(onward),
                Stands::Here(_) => None,
            }
        }
        step(&self.parameters, place)
            .or_else(|| step(&self.headers, place))
            .or_else(|| step(&self.responses, place))
            .or_else(|| step(&self.request_bodies, place))
    }
}

/// A path item.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it says of all its operations; neither these nor parameters are in it.
    pub(super) shared: Arc<PathItem>,
    /// The places of the parameters of all its operations.
    pub(super) parameters: Vec<Pointer>,
    /// `None` for an operation that can't be read.
    pub(super) operations: Vec<(Slot, Option<Call>)>,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Call {
    /// What it says; its parameters are not in it.
    pub written: Arc<Operation>,
    /// The places of its parameters.
    pub parameters: Vec<Pointer>,
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

    /// Whether what stands at a place is written in OpenAPI 3.1 or later.
    pub fn is_3_1(&self, place: &Pointer) -> bool {
        self.versions.at(place, &self.document) >= Version::V3_1
    }

    /// The tags that tags stand below (OpenAPI 3.2.0, section 4.22.1).
    pub fn tag_parents(&self) -> BTreeMap<String, String> {
        let tags = self.node(&Pointer::root().child("tags")).and_then(Node::as_list).unwrap_or_default();
        let pair =
            |tag: &Node| Some((tag.get("name")?.as_text()?.to_owned(), tag.get("parent")?.as_text()?.to_owned()));
        if self.versions.root() >= Version::V3_2 { tags.iter().filter_map(pair).collect() } else { BTreeMap::new() }
    }

    /// The typed document, without its paths and components.
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

    /// What stands at a place behind references, where these are no schemas: of examples, nothing is kept but the tree.
    pub fn referred(&self, place: &Pointer) -> Option<&Node> {
        let mut place = place.clone();
        for _ in 0..=CHAIN {
            let node = self.node(&place)?;
            match node.get("$ref").and_then(Node::as_text) {
                Some(text) => place = self.document.target(&place, text)?,
                None => return Some(node),
            }
        }
        None
    }

    /// Where the schemas among the components of the root document stand, in no order.
    pub fn component_schemas(&self) -> impl Iterator<Item = Pointer> {
        let section = Pointer::root().child("components").child("schemas");
        self.objects.schemas.keys().filter(move |place| place.parent().as_ref() == Some(&section)).cloned()
    }

    /// The schema at a place.
    pub fn schema(&self, place: &Pointer) -> Option<&Stands<Schema>> {
        self.objects.schemas.get(place)
    }

    /// The parameter at a place, behind all references.
    pub fn parameter(&self, place: &Pointer) -> Option<Resolved<'_, Parameter>> {
        self.resolve(&self.objects.parameters, place)
    }

    /// The response at a place, behind all references.
    pub fn response(&self, place: &Pointer) -> Option<Resolved<'_, Response>> {
        self.resolve(&self.objects.responses, place)
    }

    /// The request body at a place, behind all references.
    pub fn request_body(&self, place: &Pointer) -> Option<Resolved<'_, RequestBody>> {
        self.resolve(&self.objects.request_bodies, place)
    }

    /// The header at a place, behind all references.
    pub fn header(&self, place: &Pointer) -> Option<Resolved<'_, Header>> {
        self.resolve(&self.objects.headers, place)
    }

    /// The security schemes by the names that requirements call them, in alphabetical order.
    pub fn security_schemes(&self) -> BTreeMap<&str, Resolved<'_, SecurityScheme>> {
        let resolved = self
            .schemes
            .iter()
            .filter_map(|(name, place)| Some((name.as_str(), self.resolve(&self.objects.security_schemes, place)?)));
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

    /// Whether the discriminator of the schema at `place` does not tell all those apart that build on it.
    pub fn is_untold(&self, place: &Pointer) -> bool {
        self.untold.contains(place)
    }

    /// The schema that a branch of a union was before something was added to it.
    pub fn was(&self, branch: &Pointer) -> Option<&Pointer> {
        self.origins.get(branch)
    }

    /// The branches that something was added to, each with the schema that it was before.
    pub fn made_branches(&self) -> impl Iterator<Item = (&Pointer, &Pointer)> {
        self.origins.iter()
    }

    /// The schemas with a discriminator that the component at a place builds on by `allOf`, near or far.
    pub fn bases(&self, component: &Pointer) -> impl Iterator<Item = &Pointer> {
        self.bases.get(component).into_iter().flatten()
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

    /// The path items by their templates, in alphabetical order, with the pointer that each has in `paths`.
    pub fn paths(&self) -> impl Iterator<Item = (&str, Pointer, &Item)> {
        let paths = Pointer::root().child("paths");
        self.paths.iter().map(move |(template, item)| (template.as_str(), paths.child(template), item))
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
            Some(Stands::At(target)) => target.file() != place.file(),
            _ => false,
        }
    }

    /// Whether the file that `place` is in is one object as a whole that schemas stand in.
    fn is_one_object(&self, place: &Pointer) -> bool {
        let Some(whole) = place.file().map(|file| Pointer::of_file(&file)) else { return false };
        self.schema(&whole).is_some() || self.parameter(&whole).is_some() || self.header(&whole).is_some()
    }

    /// What references say of the thing that they lead to, from the one at `place` on, in place of what that says of itself
    /// (OpenAPI 3.1.0, section 4.8.23; 3.0 has no such words, and whoever writes them means the same): parameters, headers,
    /// responses and request bodies.
    pub fn said<'a>(&'a self, place: &'a Pointer) -> Option<&'a str> {
        let mut place = place;
        for _ in 0..CHAIN {
            let onward = self.objects.onward(place)?;
            let said = self.node(place).and_then(|node| node.get("description")?.as_text());
            let said = said.filter(|words| !words.trim().is_empty());
            if said.is_some() {
                return said;
            }
            place = onward;
        }
        None
    }

    fn resolve<'a, T>(&'a self, all: &'a Typed<T>, place: &Pointer) -> Option<Resolved<'a, T>> {
        let mut place = place;
        for _ in 0..CHAIN + 2 {
            if let Some(fault) = self.fault(place) {
                return Some(Resolved::Faulty(fault));
            }
            match all.get(place)? {
                Stands::Here(item) => return Some(Resolved::Found(place.clone(), item)),
                Stands::At(onward) => place = onward,
            }
        }
        None
    }
}

impl Item {
    /// The places of the parameters of all its operations.
    pub fn parameters(&self) -> &[Pointer] {
        &self.parameters
    }

    /// What it says of all its operations; neither these nor parameters are in it.
    pub fn shared(&self) -> &PathItem {
        &self.shared
    }

    /// The operations of a path item with this place in `paths`: their methods, as HTTP writes them, and places, and those
    /// of them that can be read.
    pub fn operations(&self, place: &Pointer) -> impl Iterator<Item = (String, Pointer, Option<&Call>)> {
        self.operations.iter().map(|(slot, call)| (slot.method(), slot.below(place), call.as_ref()))
    }
}

/// The pointer in a reference of the canonical form.
pub(crate) fn canonical(reference: &str) -> Option<Pointer> {
    Pointer::from_canonical(reference)
}

/// The component that a key of a security requirement names: by its name, or from 3.2 on by its address (OpenAPI 3.2.0, section
/// 4.30).
pub(crate) fn required_scheme(key: &str) -> &str {
    key.strip_prefix("#/components/securitySchemes/").unwrap_or(key)
}
