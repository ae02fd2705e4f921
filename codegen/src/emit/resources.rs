//! `src/resources/`: one file a resource, with the operations that sit on it.

use proc_macro2::TokenStream;
use quote::quote;

use super::client;
use super::context::{Context, Placed, flatten, ident};
use super::docs::Doc;
use super::imports::Imports;
use super::operation::{self, Place};
use super::print::{Make, Source};
use crate::name::Resource;

/// All files of the module; none when every operation sits on the client.
pub(super) fn sources<'a>(cx: &'a Context<'a>) -> Vec<Make<'a>> {
    let tree = &cx.model.names.resources;
    let file = |placed: Placed<'a>| -> Make<'a> { Box::new(move || self::file(&placed, cx)) };
    let mut files: Vec<Make<'a>> = flatten(tree).into_iter().map(file).collect();
    if !tree.is_empty() {
        files.push(Box::new(|| Source {
            path: "src/resources/mod.rs".to_owned(),
            docs: Doc::text("The operations, by resource."),
            groups: vec![modules(tree, cx)],
            ..Source::default()
        }));
    }
    files
}

/// `pub mod sessions;`, each with its name.
fn modules(nodes: &[Resource], cx: &Context<'_>) -> Vec<TokenStream> {
    let lines = nodes.iter().map(|node| {
        let (gate, module) = (cx.gates.resource(node), ident(&node.module));
        quote!(#gate pub mod #module;)
    });
    lines.collect()
}

/// The same below a resource, behind whose gate it stands.
fn child_modules(nodes: &[Resource]) -> Vec<TokenStream> {
    let modules = nodes.iter().map(|node| ident(&node.module));
    modules.map(|module| quote!(pub mod #module;)).collect()
}

/// ```text
/// /// Fetch sessions and their details
/// #[derive(Clone, Debug)]
/// pub struct Sessions {
///     core: Core,
/// }
///
/// impl Sessions {
///     pub(crate) fn new(core: Core) -> Self
///     pub fn get_sessions(&self, account_id: &str) -> GetSessions
/// }
/// ```
fn file(placed: &Placed<'_>, cx: &Context<'_>) -> Source {
    let node = placed.node;
    let mut imports = Imports::default();
    imports.runtime.insert("Core");
    let chain = placed.chain();
    let place = Place { chain: &chain, owner: &node.ident };
    let operations: Vec<_> = node
        .operations
        .iter()
        .filter_map(|pointer| cx.operation(pointer))
        .map(|(operation, name)| operation::emit(operation, name, &place, cx, &mut imports))
        .collect();

    let ident = ident(&node.ident);
    let doc = doc(node, &chain, cx);
    let children = node.children.iter().map(|child| accessor(child, &quote!(self.core)));
    let methods = operations.iter().map(|operation| &operation.method);
    let root = cx.root(chain.len() + 1);
    let mut items = vec![
        quote! {
            #doc
            #[derive(Clone, Debug)]
            pub struct #ident { core: Core }
        },
        quote! {
            impl #ident {
                pub(crate) fn new(core: Core) -> Self {
                    Self { core }
                }
                #(#children)*
                #(#methods)*
            }
        },
    ];
    let (requests, statics): (Vec<_>, Vec<_>) =
        operations.into_iter().map(|operation| (operation.request, operation.statics)).unzip();
    items.extend(requests);
    items.extend(statics);

    let mut operations = node.operations.iter().filter_map(|pointer| cx.operation(pointer));
    if operations.any(|(operation, _)| client::is_usual(&operation.security, cx)) {
        imports.before.push(quote!(use #root::client::SECURITY;));
    }
    imports.after.extend(node.children.iter().map(|child| {
        let (module, ident) = (super::context::ident(&child.module), super::context::ident(&child.ident));
        quote!(use self::#module::#ident;)
    }));
    let mut groups = imports.groups(&quote!(#root::types), &quote!(#root::runtime), &Default::default());
    if !node.children.is_empty() {
        groups.insert(0, child_modules(&node.children));
    }
    Source { path: placed.file(), groups, items, ..Source::default() }
}

/// The method that leads to a resource: `client.realtime_kit()`.
pub(super) fn accessor(node: &Resource, core: &TokenStream) -> TokenStream {
    let (method, ident) = (ident(&node.method), ident(&node.ident));
    let doc = Doc::text(&format!("The operations of [`{}`].", node.ident));
    quote! {
        #doc
        #[must_use]
        pub fn #method(&self) -> #ident {
            #ident::new(#core.clone())
        }
    }
}

fn doc(node: &Resource, chain: &[&str], cx: &Context<'_>) -> Doc {
    let docs = node.tag.as_ref().and_then(|tag| cx.model.api.tags.get(tag));
    let mut doc = docs.map(Doc::of).unwrap_or_default();
    let path: String = chain.iter().map(|method| format!(".{method}()")).collect();
    doc.paragraph(&format!("Reached by `client{path}`."));
    doc
}
