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
use crate::name::{self, Resource};
use crate::pointer::Pointer;

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
        let resources = &model.names.resources;
        let by_size = || name::has_features(model.api.operations.len(), resources.len());
        let asked = model.settings.resource_features.unwrap_or_else(by_size);
        if !asked || resources.len() < 2 || model.settings.delivery == Delivery::Module {
            return Self::default();
        }
        let features: BTreeMap<_, _> =
            resources.iter().map(|node| (node.module.clone(), feature(&node.module))).collect();
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

/// The feature of the resource with a module: what the module's name has to escape a keyword or a module of every crate is
/// no part of it.
fn feature(module: &str) -> String {
    format!("{PREFIX}{}", super::context::file_stem(module).trim_end_matches('_').replace('_', "-"))
}

/// The features that need each type. A type is missing that is always needed: by an operation of the client itself, by no
/// operation at all, or by more than [`MOST`] features.
fn types(model: &Model, features: &BTreeMap<String, String>) -> BTreeMap<TypeId, BTreeSet<String>> {
    let web = Web::of(model);
    let mut needed: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); web.ids.len()];
    for node in &model.names.resources {
        let Some(feature) = features.get(&node.module) else { continue };
        let placed = super::context::flatten(std::slice::from_ref(node));
        let roots = placed.iter().flat_map(|placed| &placed.node.operations).flat_map(|pointer| web.roots(pointer));
        // What too many need needs nothing that not as many need, so that the way ends there.
        let is_settled = |at: usize| needed.get(at).is_some_and(|features| features.len() > MOST);
        for at in web.reached(roots.collect(), is_settled) {
            needed.get_mut(at).map(|features| features.insert(feature));
        }
    }
    let at_root = model.names.root_operations.iter().flat_map(|pointer| web.roots(pointer));
    let unused = needed.iter().enumerate().filter(|(_, features)| features.is_empty()).map(|(at, _)| at);
    let always: HashSet<usize> = web.reached(at_root.chain(unused).collect(), |_| false).into_iter().collect();
    let owned = |features: BTreeSet<&str>| features.into_iter().map(str::to_owned).collect();
    let gated = web.ids.into_iter().zip(needed).enumerate();
    let gated = gated.filter(|(at, (_, features))| features.len() <= MOST && !always.contains(at));
    gated.map(|(_, (id, features))| (id.clone(), owned(features))).collect()
}

/// Which types need which, by their numbers.
struct Web<'a> {
    ids: Vec<&'a TypeId>,
    /// The types that each holds, itself or for another that it stands for; and those that stand in one file with it.
    held: Vec<Vec<usize>>,
    /// The types that each operation names itself.
    operations: HashMap<&'a Pointer, Vec<usize>>,
}

impl<'a> Web<'a> {
    fn of(model: &'a Model) -> Self {
        let ids: Vec<&TypeId> = model.api.types.keys().collect();
        let numbers: HashMap<&TypeId, usize> = ids.iter().copied().zip(0..).collect();
        let number = |id: &TypeId| numbers.get(id).copied();
        let mut files: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut held: Vec<Vec<usize>> = Vec::with_capacity(ids.len());
        for (at, (id, def)) in model.api.types.iter().enumerate() {
            let parts = walk::parts(&def.kind).into_iter().filter_map(walk::named);
            held.push(parts.chain(model.facts.same.get(id)).filter_map(number).collect());
            if let Some(name) = model.names.types.get(id) {
                files.entry(&name.module).or_default().push(at);
            }
        }
        // From each type of a file to the next, and around: who needs one of them needs them all.
        for file in files.into_values() {
            for (at, next) in file.iter().zip(file.iter().cycle().skip(1)) {
                held.get_mut(*at).into_iter().for_each(|held| held.push(*next));
            }
        }
        let operations = model.api.operations.iter().map(|operation| {
            let types = walk::request(operation).chain(operation.answered());
            (&operation.pointer, types.filter_map(walk::named).filter_map(number).collect())
        });
        Self { operations: operations.collect(), ids, held }
    }

    fn roots(&self, operation: &Pointer) -> impl Iterator<Item = usize> {
        self.operations.get(operation).into_iter().flatten().copied()
    }

    /// All types that these need, and themselves; but those that are settled, and what only they need.
    fn reached(&self, roots: Vec<usize>, is_settled: impl Fn(usize) -> bool) -> Vec<usize> {
        let (mut seen, mut reached) = (vec![false; self.ids.len()], Vec::new());
        let mut open = roots;
        while let Some(at) = open.pop() {
            let Some(seen) = seen.get_mut(at).filter(|seen| !**seen) else { continue };
            *seen = true;
            if !is_settled(at) {
                reached.push(at);
                open.extend(self.held.get(at).into_iter().flatten());
            }
        }
        reached
    }
}

#[cfg(test)]
mod tests {
    use super::feature;

    #[test]
    fn a_feature_says_what_the_resource_is_called_and_not_how_its_module_is_escaped() {
        for (module, name) in [("pet_stores", "api-pet-stores"), ("r#type", "api-type"), ("client_", "api-client")] {
            assert_eq!(feature(module), name);
        }
    }
}
