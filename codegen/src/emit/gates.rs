//! Cargo features of a large API: one for each resource on the client, and on every type that only some of them need the
//! features that need it.
//!
//! A type that a type needs is needed by all that need the first, and so are the types that stand in one file with it: so
//! what is compiled finds all that it names.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::walk;
use crate::ir::TypeId;
use crate::model::{Delivery, Model};
use crate::name::Resource;
use crate::pointer::Pointer;

/// An API with more operations than this has a feature for each resource, unless the configuration says otherwise.
const LARGE: usize = 100;
/// A type that more resources need than this is always there: a gate that names them all would change with each of them.
const MOST: usize = 4;
/// Before the name of a resource in the name of its feature, so that it is never that of another feature.
const PREFIX: &str = "api-";
/// The feature of all resources.
pub(super) const ALL: &str = "api";

/// Which features what is written depends on; nothing depends on any in a crate without them.
#[derive(Debug, Default)]
pub(super) struct Gates {
    /// The feature of each resource on the client, by the resource's module.
    features: BTreeMap<String, String>,
    /// The features that need a type, of those types that not all need.
    types: BTreeMap<TypeId, BTreeSet<String>>,
}

impl Gates {
    pub(super) fn of(model: &Model) -> Self {
        let asked = model.settings.resource_features.unwrap_or(model.api.operations.len() > LARGE);
        let resources = &model.names.resources;
        if !asked || resources.len() < 2 || model.settings.delivery == Delivery::Module {
            return Self::default();
        }
        let features: BTreeMap<_, _> = resources.iter().map(|node| (node.module.clone(), feature(node))).collect();
        let types = types(model, &features);
        Self { features, types }
    }

    /// Whether there are features for resources.
    pub(super) fn is_any(&self) -> bool {
        !self.features.is_empty()
    }

    /// Every feature with the resource that it is for, by name.
    pub(super) fn features<'a>(&'a self, resources: &'a [Resource]) -> Vec<(&'a str, &'a Resource)> {
        let features = resources.iter().filter_map(|node| Some((self.features.get(&node.module)?.as_str(), node)));
        let mut features: Vec<_> = features.collect();
        features.sort_by_key(|(feature, _)| *feature);
        features
    }

    /// The attribute on what a resource on the client needs: `#[cfg(feature = "api-pets")]`.
    pub(super) fn resource(&self, node: &Resource) -> Option<TokenStream> {
        self.features.get(&node.module).map(|feature| quote!(#[cfg(feature = #feature)]))
    }

    /// The feature of a resource on the client.
    pub(super) fn feature(&self, node: &Resource) -> Option<&str> {
        self.features.get(&node.module).map(String::as_str)
    }

    /// The attribute on types, of which each is needed by some features: `None` when one of them is always needed.
    pub(super) fn types<'a>(&self, ids: impl Iterator<Item = &'a TypeId>) -> Option<TokenStream> {
        let features = self.needing(ids);
        let features: Vec<_> = features.iter().map(|feature| quote!(feature = #feature)).collect();
        match features.as_slice() {
            [] => None,
            [feature] => Some(quote!(#[cfg(#feature)])),
            _ => Some(quote!(#[cfg(any(#(#features),*))])),
        }
    }

    /// The features of which one is needed for these types, which stand together; none when they are always there.
    pub(super) fn needing<'a>(&self, ids: impl Iterator<Item = &'a TypeId>) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        for id in ids {
            let Some(features) = self.types.get(id) else { return BTreeSet::new() };
            all.extend(features.iter().cloned());
        }
        if all.len() > MOST { BTreeSet::new() } else { all }
    }
}

fn feature(node: &Resource) -> String {
    format!("{PREFIX}{}", super::context::file_stem(&node.module).replace('_', "-"))
}

/// The features that need each type. A type is missing that is always needed: by an operation of the client itself, by no
/// operation at all, or by more than [`MOST`] features.
fn types(model: &Model, features: &BTreeMap<String, String>) -> BTreeMap<TypeId, BTreeSet<String>> {
    let mut needed: HashMap<&TypeId, BTreeSet<&str>> = HashMap::new();
    let together = together(model);
    for node in &model.names.resources {
        let Some(feature) = features.get(&node.module) else { continue };
        let pointers: BTreeSet<&Pointer> = super::context::flatten(std::slice::from_ref(node))
            .iter()
            .flat_map(|placed| &placed.node.operations)
            .collect();
        // What too many need needs nothing that not as many need, so that the way ends there.
        let is_settled = |id: &TypeId| needed.get(id).is_some_and(|features| features.len() > MOST);
        for id in reached(model, &together, roots(model, &pointers), is_settled) {
            needed.entry(id).or_default().insert(feature);
        }
    }
    let at_root: BTreeSet<&Pointer> = model.names.root_operations.iter().collect();
    let unused = model.api.types.keys().filter(|id| !needed.contains_key(*id));
    let always = reached(model, &together, roots(model, &at_root).into_iter().chain(unused).collect(), |_| false);
    needed.retain(|id, features| features.len() <= MOST && !always.contains(id));
    let owned = |features: BTreeSet<&str>| features.into_iter().map(str::to_owned).collect();
    needed.into_iter().map(|(id, features)| (id.clone(), owned(features))).collect()
}

/// The types that stand in one file, by the file's module.
fn together(model: &Model) -> HashMap<&str, Vec<&TypeId>> {
    let mut files: HashMap<&str, Vec<&TypeId>> = HashMap::new();
    for (id, name) in &model.names.types {
        files.entry(&name.module).or_default().push(id);
    }
    files
}

/// The types that the operations name themselves.
fn roots<'a>(model: &'a Model, pointers: &BTreeSet<&Pointer>) -> Vec<&'a TypeId> {
    let operations = model.api.operations.iter().filter(|operation| pointers.contains(&operation.pointer));
    let types = operations.flat_map(|operation| walk::request(operation).chain(operation.answered()));
    types.filter_map(walk::named).collect()
}

/// All types that these hold, themselves, those that stand for them and those that stand in one file with any included; but
/// those that are settled, and what only they hold.
fn reached<'a>(
    model: &'a Model,
    together: &HashMap<&'a str, Vec<&'a TypeId>>,
    roots: Vec<&'a TypeId>,
    is_settled: impl Fn(&TypeId) -> bool,
) -> HashSet<&'a TypeId> {
    let (mut reached, mut files) = (HashSet::new(), HashSet::new());
    let mut open = roots;
    while let Some(id) = open.pop() {
        if is_settled(id) || !reached.insert(id) {
            continue;
        }
        let module = model.names.types.get(id).map(|name| name.module.as_str());
        // A file is taken whole, once.
        if let Some((module, file)) = module.and_then(|module| together.get_key_value(module))
            && files.insert(*module)
        {
            open.extend(file);
        }
        open.extend(model.facts.same.get(id));
        if let Some(def) = model.api.types.get(id) {
            open.extend(walk::parts(&def.kind).into_iter().filter_map(walk::named));
        }
    }
    reached
}
