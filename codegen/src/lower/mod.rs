//! Lower: [`Spec`] → [`Api`]. Turns schemas into types and operations into calls, all with their wire names, in an order
//! that does not depend on the description's. What can't be said in the model is reported once, where it stands, and left
//! out with every operation that needs it. Never makes a Rust name.

mod address;
mod annotated;
mod answers;
mod arguments;
mod body;
mod bounds;
mod causes;
mod credentials;
mod defaults;
mod docs;
mod events;
mod files;
mod form;
mod known;
mod lines;
mod links;
mod media;
mod members;
mod merge_patch;
mod nested;
mod one_way;
mod operations;
mod origin;
mod others;
mod parameters;
mod responses;
mod said;
mod security;
mod sequence;
mod servers;
mod shape;
#[cfg(test)]
mod tests;
mod told;
mod types;
mod unions;
mod unknown;
mod uses;
mod value_words;
mod values;
mod webhooks;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostics};
use crate::ir::{Api, Choices, Docs, Info, License, Notes, Operation};
use crate::load::tree::Node;
use crate::normalize::Spec;
use crate::pointer::Pointer;
pub use bounds::check_bounds;
use causes::Causes;
use operations::Draft;
use types::Types;
pub use unknown::keep_unknown_members;

/// What lowering gives.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The API, without what was left out.
    pub api: Api,
    /// What was left out, by pointer.
    pub left_out: Vec<LeftOut>,
    /// The formats whose chosen type was needed.
    pub chosen: BTreeSet<String>,
}

/// Something that is in the description and not in the [`Api`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it stands.
    pub pointer: Pointer,
    /// What it is: `GET /pets`, or `parameter "filter" of GET /pets`.
    pub what: String,
    /// Whether a whole operation is missing, rather than an optional part of one.
    pub operation: bool,
    /// Why; the diagnostic with this code stands at the cause.
    pub code: &'static Code,
}

/// [`lower_with`] nothing chosen.
pub fn lower(spec: &Spec, diagnostics: &mut Diagnostics) -> Lowered {
    lower_with(&Choices::default(), spec, diagnostics)
}

/// Lowers a description, with what was chosen for it. Everything that is left out, or read in a way that the
/// description does not quite say, is added to `diagnostics`; none of it is an error.
pub fn lower_with(choices: &Choices, spec: &Spec, diagnostics: &mut Diagnostics) -> Lowered {
    let mut causes = Causes::of(spec);
    let mut types = Types::new(spec, choices);
    let schemes = security::schemes(spec);
    let drafts = operations::drafts(spec, &schemes, &mut types, &mut causes);
    let mut webhooks = webhooks::webhooks(spec, &mut types, &mut causes);
    // A description without operations is one of types.
    let alone = if drafts.is_empty() && !spec.is_filtered() { types.components(&mut causes) } else { Vec::new() };
    types.finish(&mut causes);
    let mut left_out = Vec::new();
    let mut operations: Vec<Operation> =
        drafts.into_iter().filter_map(|draft| Draft::decide(draft, &types, &mut causes, &mut left_out)).collect();
    let chosen = types.chosen.clone();
    webhooks::of_operations(&mut webhooks, &operations);
    let unions = std::mem::take(&mut types.unions);
    let wholes = types.wholes.clone();
    let mut reachable = types.reachable(&operations, alone.iter().chain(webhooks.iter().map(|webhook| &webhook.ty)));
    let decoded = match operations.as_slice() {
        // Nobody says who sends what.
        [] => reachable.keys().cloned().collect(),
        operations => one_way::decoded(&reachable, operations, &webhooks),
    };
    causes.decoded(&unions::with_inner(whole::with_branches(decoded, &wholes), &unions));
    one_way::settle(&mut reachable, &operations, &webhooks, &mut causes);
    merge_patch::settle(&mut reachable, &mut operations);
    let has_credentials = operations.iter().any(|operation| operation.security.iter().any(|needed| !needed.is_empty()));
    let server = servers::server(spec, has_credentials, &mut causes);
    causes.report(diagnostics);
    left_out.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    let mut security_schemes = schemes.supported();
    if spec.is_filtered() {
        let used: BTreeSet<&String> =
            operations.iter().flat_map(|operation| operation.security.iter().flatten()).collect();
        security_schemes.retain(|name, _| used.contains(name));
    }
    let listed = servers::listed(spec);
    let variables = servers::settle(&listed, &mut operations);
    let api = Api {
        info: info(spec),
        server,
        base_path: servers::base_path(spec),
        servers: listed,
        variables,
        security_schemes,
        types: reachable,
        tags: tags(spec, &operations),
        tag_parents: spec.tag_parents(),
        operations,
        webhooks,
    };
    Lowered { api, left_out, chosen }
}

fn info(spec: &Spec) -> Info {
    let info = &spec.api().info;
    // Every sentence with the title in it reads well with this.
    let title = if info.title.trim().is_empty() { "API" } else { info.title.as_str() };
    Info {
        title: title.to_owned(),
        version: info.version.clone(),
        description: info.description.clone(),
        license: license(spec),
    }
}

/// As it was written: what it says goes into no line of Rust, and so the canonical form doesn't have it.
fn license(spec: &Spec) -> Option<License> {
    let node = spec.node(&Pointer::root().child("info").child("license"))?;
    let text = |key: &str| {
        let text = node.get(key)?.as_text()?;
        (!text.trim().is_empty()).then(|| text.to_owned())
    };
    Some(License { name: text("name")?, url: text("url").or_else(|| text("identifier")) })
}

/// The tags in use. A description that says a tag twice is taken at its first word.
fn tags(spec: &Spec, operations: &[Operation]) -> BTreeMap<String, Docs> {
    let mut tags: BTreeMap<String, Docs> = BTreeMap::new();
    for name in operations.iter().flat_map(|operation| &operation.tags) {
        if !tags.contains_key(name) {
            let tag = spec.api().tags.iter().find(|tag| tag.name == *name);
            let docs = tag.map(|tag| {
                docs::docs(None, tag.description.as_deref(), tag.external_docs.as_ref().map(|docs| docs.url.as_str()))
            });
            tags.insert(name.clone(), docs.unwrap_or_default());
        }
    }
    tags
}

/// What a schema says about its values beyond their type.
pub(crate) fn notes(schema: &Node) -> Notes {
    docs::notes(schema, None)
}
