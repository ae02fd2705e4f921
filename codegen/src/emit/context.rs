//! What every emitter shares: the model, looked up by name, and the paths between modules.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::deprecated::Deprecated;
use super::gates::Gates;
use super::{EmitError, path, prose};
use crate::analyze::walk;
use crate::ir::{Docs, Operation, Origin, Part, Tuple, TypeDef, TypeId, TypeKind, TypeRef, Webhook};
use crate::model::{Delivery, Model, Vendored};
use crate::name::{Names, OperationName, Resource, TypeName, is_keyword};
use crate::pointer::Pointer;

/// A model whose names are all there and all valid.
pub(super) struct Context<'a> {
    pub(super) model: &'a Model,
    operations: BTreeMap<&'a Pointer, &'a Operation>,
    /// The types whose use must say that it knows.
    pub(super) deprecated: Deprecated,
    /// Which Cargo features what is written depends on.
    pub(super) gates: Gates,
    /// The webhooks whose bodies hold a type at their root, or in lists and maps, by the type that stands for it.
    webhooks: BTreeMap<&'a TypeId, Vec<&'a Webhook>>,
    /// What most operations need; among equals the first in the canonical order.
    pub(super) usual_security: Option<&'a [Vec<String>]>,
}

impl<'a> Context<'a> {
    /// Checks once that every name is an identifier, so that nothing after it has to.
    pub(super) fn new(model: &'a Model) -> Result<Self, EmitError> {
        if let Some(path) =
            model.facts.text_paths.iter().chain(&model.facts.number_paths).find(|path| !path::is_path(path))
        {
            return Err(EmitError::new("types", format!("`{path}` is not the path of a type")));
        }
        match identifiers(&model.names).find(|name| !is_identifier(name)) {
            Some(name) => Err(EmitError::new("names", format!("`{name}` is not an identifier"))),
            None => {
                let operations = &model.api.operations;
                Ok(Self {
                    model,
                    deprecated: Deprecated::of(model),
                    gates: Gates::of(model),
                    webhooks: webhooks(model),
                    operations: operations.iter().map(|operation| (&operation.pointer, operation)).collect(),
                    usual_security: most_common(operations.iter().map(|operation| operation.security.as_slice())),
                })
            }
        }
    }

    /// The type that stands for `id`: another one where both say the same.
    pub(super) fn canonical<'b>(&'b self, id: &'b TypeId) -> &'b TypeId {
        self.model.facts.same.get(id).unwrap_or(id)
    }

    pub(super) fn type_def(&self, id: &TypeId) -> Option<&'a TypeDef> {
        self.model.api.types.get(id)
    }

    pub(super) fn type_name(&self, id: &TypeId) -> Option<&'a TypeName> {
        self.model.names.types.get(id)
    }

    /// What a type is called where it is used: by the name of that place, if it has one.
    pub(super) fn type_ident(&self, id: &TypeId) -> Ident {
        ident(self.type_name(id).map_or("", |name| &name.ident))
    }

    pub(super) fn member_ident(&self, id: &TypeId, wire: &str) -> Ident {
        let key = (id.clone(), wire.to_owned());
        ident(self.model.names.members.get(&key).map_or("", String::as_str))
    }

    /// Every name that is given.
    pub(super) fn identifiers(&self) -> impl Iterator<Item = &str> {
        identifiers(&self.model.names)
    }

    /// What holds the members that a struct doesn't name.
    pub(super) fn additional_ident(&self, id: &TypeId) -> Option<Ident> {
        self.model.names.additional.get(id).map(|name| ident(name))
    }

    pub(super) fn variant_ident(&self, id: &TypeId, value: &str) -> Ident {
        let key = (id.clone(), value.to_owned());
        ident(self.model.names.variants.get(&key).map_or("", String::as_str))
    }

    pub(super) fn operation(&self, pointer: &Pointer) -> Option<(&'a Operation, &'a OperationName)> {
        let operation = self.operations.get(pointer)?;
        Some((operation, self.model.names.operations.get(pointer)?))
    }

    /// The type behind aliases; `None` for a type that is not there.
    pub(super) fn resolved(&self, id: &TypeId) -> Option<&'a TypeDef> {
        let mut seen = BTreeSet::new();
        let mut def = self.type_def(self.canonical(id))?;
        while let TypeKind::Alias(TypeRef::Named(next)) = &def.kind {
            if !seen.insert(next) {
                return None;
            }
            def = self.type_def(self.canonical(next))?;
        }
        Some(def)
    }

    /// Where a type stands in the description, for one that has no words of its own.
    pub(super) fn origin_words(&self, origin: &Origin) -> String {
        let operation = |pointer: &Pointer| self.operation(pointer).map(|(_, name)| name.method.clone());
        // What is no operation is a component, or stands in a file of its own.
        let called = |pointer: &Pointer| prose::code(&pointer.name().unwrap_or_default());
        match origin {
            Origin::Component(name) => format!("The schema {}.", prose::code(name)),
            Origin::RequestBody { operation: pointer } => match operation(pointer) {
                Some(method) => format!("What `{method}` sends."),
                None => format!("The request body {}.", called(pointer)),
            },
            // What it is the body of is said in any case.
            Origin::Webhook { .. } => String::new(),
            Origin::Response { operation: pointer, status } => match operation(pointer) {
                Some(method) => format!("What `{method}` answers with {}.", prose::code(status)),
                None => format!("The response {}.", called(pointer)),
            },
            Origin::Item { operation: pointer, status } => match operation(pointer) {
                Some(method) => format!("What `{method}` answers with {}, one after another.", prose::code(status)),
                None => format!("What the response {} holds, one after another.", called(pointer)),
            },
            Origin::Parameter { name, .. } => format!("Values of the parameter {}.", prose::code(name)),
            Origin::Header { name, .. } => format!("Values of the header {}.", prose::code(name)),
            Origin::Part { parent, part } => {
                // A parent that nothing needs for itself has no name.
                let Some(name) = self.type_name(self.canonical(parent)) else {
                    return "A part of a schema that is used by itself.".to_owned();
                };
                let parent = &name.ident;
                match part {
                    Part::Member(wire) => format!("The member {} of [`{parent}`].", prose::code(wire)),
                    Part::Item => format!("An item of [`{parent}`]."),
                    Part::MapValue => format!("A value of [`{parent}`]."),
                    Part::Branch(_) => format!("A branch of [`{parent}`]."),
                    Part::Place(index) => format!("The {} item of [`{parent}`].", Tuple::ordinal(*index)),
                }
            }
        }
    }

    /// The webhooks and callbacks whose bodies hold a type, a paragraph each, with the description's words about each.
    pub(super) fn webhook_words(&self, id: &TypeId) -> Vec<(String, &'a Docs)> {
        let words = |webhook: &Webhook| {
            let (name, method) = (prose::code(&webhook.name), &webhook.method);
            let part = if matches!(webhook.ty, TypeRef::Named(_)) { "The" } else { "In the" };
            let Some(call) = &webhook.call else { return format!("{part} body of the webhook {name} (`{method}`).") };
            let expression = prose::code(&call.expression);
            let of = self.operation(&call.operation).map(|(_, name)| format!(" of `{}`", name.method));
            format!("{part} body of the callback {name}{} (`{method}` to {expression}).", of.unwrap_or_default())
        };
        self.webhooks.get(id).into_iter().flatten().map(|webhook| (words(webhook), &webhook.docs)).collect()
    }

    /// What a type is another name for: values are written the same whether the description gives their type a name or
    /// not.
    pub(super) fn behind<'b>(&self, ty: &'b TypeRef) -> &'b TypeRef
    where
        'a: 'b,
    {
        match ty {
            TypeRef::Named(id) => match self.resolved(id).map(|def| &def.kind) {
                Some(TypeKind::Alias(behind)) => behind,
                _ => ty,
            },
            _ => ty,
        }
    }

    /// The crate's root as seen from a module `depth` levels below it: `crate` in a crate, `super::…` in a module that
    /// may hang anywhere.
    pub(super) fn root(&self, depth: usize) -> TokenStream {
        match self.model.settings.delivery {
            Delivery::Crate => quote!(crate),
            Delivery::Module => {
                let supers = std::iter::repeat_n(quote!(super), depth);
                quote!(#(#supers)::*)
            }
        }
    }

    pub(super) fn is_crate(&self) -> bool {
        self.model.settings.delivery == Delivery::Crate
    }

    /// What a copy in another workspace has for that.
    pub(super) fn vendored(&self) -> Option<&Vendored> {
        self.model.settings.vendored.as_ref()
    }

    /// A file of the crate as it lies in the output folder: a module has no `src`.
    pub(super) fn shown<'p>(&self, path: &'p str) -> &'p str {
        if self.is_crate() { path } else { path.strip_prefix("src/").unwrap_or(path) }
    }

    /// Whether there is a client: a description of types alone gives a crate of types, and one of nothing at all a client
    /// for what it doesn't have yet.
    pub(super) fn has_client(&self) -> bool {
        !self.model.api.operations.is_empty() || self.model.api.types.is_empty()
    }

    /// The name that callers `use` the crate by.
    pub(super) fn crate_ident(&self) -> String {
        self.model.settings.package.replace('-', "_")
    }
}

/// The value that comes most often; the least of several.
fn most_common<T: Ord>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let most = counts.values().max().copied()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(value, _)| value)
}

/// An identifier from a name that [`Context::new`] has checked.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) if is_identifier(name) => Ident::new_raw(raw, Span::call_site()),
        None if is_identifier(name) => Ident::new(name, Span::call_site()),
        // Out of reach behind the check; it does not compile, rather than being wrong.
        _ => Ident::new("name_is_missing", Span::call_site()),
    }
}

/// Nearly every name is plain enough to be told without a parser.
fn is_identifier(name: &str) -> bool {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.starts_with(|first: char| first.is_ascii_alphabetic());
    (is_plain && !is_keyword(name)) || syn::parse_str::<Ident>(name).is_ok()
}

fn identifiers(names: &Names) -> impl Iterator<Item = &str> {
    let resources = flatten(&names.resources)
        .into_iter()
        .flat_map(|Placed { node, .. }| [&*node.method, &node.ident, &node.module]);
    let operations = names.operations.values().flat_map(|name| {
        let event = name.event.iter().flat_map(|event| event.variants.iter().chain([&event.ident]));
        let event = event.map(String::as_str).chain(name.answer.as_deref());
        [&*name.method, &name.request, &name.constant].into_iter().chain(event)
    });
    names
        .types
        .values()
        .flat_map(|name| [&*name.ident, &name.module])
        .chain(names.members.values().map(String::as_str))
        .chain(names.additional.values().map(String::as_str))
        .chain(names.variants.values().map(String::as_str))
        .chain(names.required.values().map(String::as_str))
        .chain(names.parameters.values().map(String::as_str))
        .chain(names.schemes.values().map(String::as_str))
        .chain(names.error_accessors.values().map(String::as_str))
        .chain(operations)
        .chain(resources)
}

/// A resource and the way to it.
pub(super) struct Placed<'a> {
    /// The resource.
    pub(super) node: &'a Resource,
    /// The resources from the client down to it, itself included.
    pub(super) path: Vec<&'a Resource>,
}

impl Placed<'_> {
    /// The methods that lead to it, such as `["realtime_kit", "sessions"]`.
    pub(super) fn chain(&self) -> Vec<&str> {
        self.path.iter().map(|node| node.method.as_str()).collect()
    }

    /// Its file, such as `src/resources/realtime_kit/sessions.rs`.
    pub(super) fn file(&self) -> String {
        let modules: Vec<_> = self.path.iter().map(|node| file_stem(&node.module)).collect();
        format!("src/resources/{}.rs", modules.join("/"))
    }
}

/// A forest of resources as a list, parents first.
pub(super) fn flatten(resources: &[Resource]) -> Vec<Placed<'_>> {
    let mut list = Vec::new();
    let mut waiting: Vec<Placed<'_>> = resources.iter().rev().map(|node| Placed { node, path: vec![node] }).collect();
    while let Some(placed) = waiting.pop() {
        for node in placed.node.children.iter().rev() {
            let path = placed.path.iter().copied().chain([node]).collect();
            waiting.push(Placed { node, path });
        }
        list.push(placed);
    }
    list
}

/// The stem of a module's file: its name without the escape of a keyword.
pub(super) fn file_stem(module: &str) -> &str {
    linked(module)
}

/// A name as links in docs have it: without the escape of a keyword, which would begin a fragment.
pub(super) fn linked(name: &str) -> &str {
    name.trim_start_matches("r#")
}

fn webhooks(model: &Model) -> BTreeMap<&TypeId, Vec<&Webhook>> {
    let mut webhooks: BTreeMap<&TypeId, Vec<&Webhook>> = BTreeMap::new();
    for webhook in &model.api.webhooks {
        if let Some(id) = walk::named(&webhook.ty) {
            webhooks.entry(model.facts.same.get(id).unwrap_or(id)).or_default().push(webhook);
        }
    }
    webhooks
}
