//! Puts the canonical form together from what was read, and reads it into its types.

use std::collections::BTreeMap;
use std::sync::Arc;

use openapiv3::{OpenAPI, Operation, PathItem};
use serde_json::Result;

use super::compose::Composed;
use super::faults::{Fault, Faults};
use super::form::{Form, Members, Objects, links};
use super::grammar::Section;
use super::incoming::{self, WEBHOOKS};
use super::read::Reader;
use super::references::CHAIN;
use super::slots::Slot;
use super::spec::{self, Call, Item, Spec};
use super::typed::{self, Known, Schemas, Stands};
use crate::diag::{CANONICAL_FORM, Diagnostic, Diagnostics, METHOD_IGNORED, Place};
use crate::load::Document;
use crate::pointer::Pointer;

/// The canonical form while it is put together.
pub(super) struct Assembly {
    pub(super) path_items: Objects,
    pub(super) operations: Objects,
    pub(super) callbacks: Objects,
    faults: Faults,
}

/// The path items of `paths`.
#[derive(Default)]
struct Paths {
    items: BTreeMap<String, Item>,
    /// Those that can't be read.
    lost: BTreeMap<String, Fault>,
    /// Where the operations stand, by their places in `paths`.
    operations: BTreeMap<Pointer, std::result::Result<Pointer, Fault>>,
}

/// Puts the canonical form together and reads it into its types.
pub(super) fn assemble(
    document: &Document,
    root: Form,
    reader: Reader,
    faults: Faults,
    composed: Composed,
    diagnostics: &mut Diagnostics,
) -> Option<Spec> {
    let Form::Object(root) = root else { return None };
    match spec(document, root, reader, faults, composed, diagnostics) {
        Ok(spec) => Some(spec),
        Err(error) => {
            let message = format!("the canonical form of the description can't be read: {error}");
            diagnostics.push(Diagnostic::new(&CANONICAL_FORM, message).at(Pointer::root()));
            None
        }
    }
}

fn spec(
    document: &Document,
    mut root: Members,
    reader: Reader,
    faults: Faults,
    composed: Composed,
    diagnostics: &mut Diagnostics,
) -> Result<Spec> {
    let Reader { mut collected, rewritten, places, references, versions, .. } = reader;
    drop((places, references));
    let mut take = |section: Section| {
        let mut objects = collected.remove(&section).unwrap_or_default();
        objects.retain(|place, _| !faults.by_place.contains_key(place));
        objects
    };
    let objects = spec::Objects {
        schemas: typed::schemas(take(Section::Schemas)),
        parameters: typed::section(take(Section::Parameters))?,
        responses: typed::section(take(Section::Responses))?,
        request_bodies: typed::section(take(Section::RequestBodies))?,
        headers: typed::section(take(Section::Headers))?,
        security_schemes: typed::section(take(Section::SecuritySchemes))?,
    };
    let (path_items, operations) = (take(Section::PathItems), take(Section::Operations));
    let callbacks = take(Section::Callbacks);
    let assembly = Assembly { path_items, operations, callbacks, faults };
    for (place, item) in &assembly.path_items {
        for (at, name) in Slot::refused(item, place) {
            let message = format!("`{}` can't be the method of an additional operation", name.escape_debug());
            diagnostics.push(Diagnostic::new(&METHOD_IGNORED, message).at(Place::key(&at)));
        }
    }
    let Paths { items: paths, lost: lost_items, operations } = assembly.paths(root.get_mut("paths"))?;
    let webhooks: Vec<_> = WEBHOOKS
        .into_iter()
        .filter_map(|member| match root.remove(member)? {
            Form::Object(items) => Some((member, items)),
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
    let components = root.remove("components");
    let schemes = components.as_ref().and_then(|components| components.get("securitySchemes")?.as_object());
    let schemes = schemes.into_iter().flat_map(Members::iter);
    let schemes = schemes.filter_map(|(name, link)| Some((name.to_owned(), link.as_link()?.clone()))).collect();
    let api: Arc<OpenAPI> = Known::new().read(&Form::Object(root))?;
    Ok(Spec {
        api: Arc::unwrap_or_clone(api),
        document: document.clone(),
        given_names: given_names(&objects.schemas),
        objects,
        paths,
        rewritten,
        operations,
        calls,
        incoming,
        incoming_at,
        lost_items,
        schemes,
        faults: assembly.faults,
        origins: composed.origins,
        bases: composed.bases,
        contradicted: composed.contradicted,
        untold: composed.untold,
        kept: composed.kept,
        filtered: false,
        versions,
    })
}

/// The schemas in other files that components of the root document refer to, with the components' names.
fn given_names(schemas: &Schemas) -> BTreeMap<Pointer, String> {
    let components = Pointer::root().child("components").child("schemas");
    let mut names: BTreeMap<Pointer, String> = BTreeMap::new();
    for (place, schema) in schemas {
        if let Stands::At(target) = schema
            && target.file().is_some()
            && place.parent().as_ref() == Some(&components)
            && let Some(name) = place.last()
            && names.get(target).is_none_or(|other| name < *other)
        {
            names.insert(target.clone(), name);
        }
    }
    names
}

impl Assembly {
    /// All path items, which are taken out of `paths`.
    fn paths(&self, paths: Option<&mut Form>) -> Result<Paths> {
        let mut made = Paths::default();
        let (mut items, mut operations) = (Known::new(), Known::new());
        let links = paths.and_then(Form::as_object_mut).map(std::mem::take);
        for (template, link) in links.into_iter().flatten() {
            let item = match self.follow(&link, &self.path_items) {
                Some(Ok((_, item))) => item,
                Some(Err(fault)) => {
                    made.lost.insert(template.into_owned(), fault.clone());
                    continue;
                }
                None => continue,
            };
            let place = Pointer::root().child("paths").child(&template);
            let operations = self.operations(item, &place, &mut operations, &mut made.operations)?;
            let (shared, parameters) = shared(item, &mut items)?;
            made.items.insert(template.into_owned(), Item { shared, parameters, operations });
        }
        Ok(made)
    }

    /// The operations of a path item that has its `place` in `paths`; `all` is told where they stand.
    fn operations(
        &self,
        item: &Form,
        place: &Pointer,
        known: &mut Known<Operation>,
        all: &mut BTreeMap<Pointer, std::result::Result<Pointer, Fault>>,
    ) -> Result<Vec<(Slot, Option<Call>)>> {
        let mut operations = Vec::new();
        for (slot, link) in Slot::of(item) {
            let place = slot.below(place);
            let made = match self.follow(link, &self.operations) {
                Some(Ok((written_at, operation))) => {
                    all.insert(place, Ok(written_at.clone()));
                    let mut operation = operation.clone();
                    // They are looked at by themselves.
                    operation.as_object_mut().map(|members| members.remove("callbacks"));
                    let parameters = parameters(&mut operation);
                    Some(Call { written: known.read(&operation)?, parameters })
                }
                Some(Err(fault)) => {
                    all.insert(place, Err(fault.clone()));
                    None
                }
                None => continue,
            };
            operations.push((slot, made));
        }
        Ok(operations)
    }

    /// What `link` leads to `among` the objects of its section, and where it stands.
    pub(super) fn follow<'a>(
        &'a self,
        link: &'a Form,
        among: &'a Objects,
    ) -> Option<std::result::Result<(&'a Pointer, &'a Form), &'a Fault>> {
        let mut place = link.as_link()?;
        for _ in 0..CHAIN + 2 {
            if let Some(fault) = self.faults.by_place.get(place) {
                return Some(Err(fault));
            }
            match among.get(place)? {
                Form::Link(onward) => place = onward,
                object => return Some(Ok((place, object))),
            }
        }
        None
    }
}

/// The places of the parameters of a path item or an operation, which are taken out of it: the types have them as large
/// as parameters.
fn parameters(of: &mut Form) -> Vec<Pointer> {
    let taken = of.as_object_mut().and_then(|members| members.remove("parameters"));
    links(taken.as_ref()).collect()
}

/// What a path item says of all its operations, and the places of their parameters.
fn shared(item: &Form, known: &mut Known<PathItem>) -> Result<(Arc<PathItem>, Vec<Pointer>)> {
    let mut item = item.clone();
    let parameters = parameters(&mut item);
    if let Some(members) = item.as_object_mut() {
        Slot::clear(members);
    }
    Ok((known.read(&item)?, parameters))
}
