//! `src/types/`: one file a component (or an operation, for what only it has), and the module that gathers them.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Context, file_stem, ident};
use super::docs::Doc;
use super::imports::Imports;
use super::print::{self, Make, Source};
use super::schema;
use crate::ir::{Origin, TypeDef};

/// All files of the module.
pub(super) fn sources<'a>(cx: &'a Context<'a>) -> Vec<Make<'a>> {
    let mut modules: BTreeMap<&str, Vec<&TypeDef>> = BTreeMap::new();
    for def in cx.model.api.types.values() {
        if let Some(name) = cx.type_name(&def.id) {
            modules.entry(&name.module).or_default().push(def);
        }
    }
    if modules.is_empty() {
        return Vec::new();
    }
    let file = |(module, mut defs): (&'a str, Vec<&'a TypeDef>)| -> Make<'a> {
        Box::new(move || self::file(module, &mut defs, cx))
    };
    let mut files: Vec<Make<'a>> = modules.clone().into_iter().map(file).collect();
    files.push(Box::new(move || root(&modules, cx)));
    files
}

/// One file: the component first, then its parts by name, and the wire tables last.
fn file(module: &str, defs: &mut [&TypeDef], cx: &Context<'_>) -> Source {
    let name = |def: &TypeDef| cx.type_name(&def.id).map(|name| name.ident.clone()).unwrap_or_default();
    defs.sort_by_key(|def| (!matches!(def.origin, Origin::Component(_)), depth(def, cx), name(def)));
    // Several places may have one name, all for one type.
    let mut aliases = BTreeSet::new();
    let defs = defs.iter().filter(|def| cx.canonical(&def.id) == &def.id || aliases.insert(name(def)));
    let defs: Vec<&TypeDef> = defs.copied().collect();
    let mut imports = Imports::default();
    let emitted: Vec<_> = defs.iter().map(|def| schema::emit(def, cx, &mut imports)).collect();
    let local: BTreeSet<String> = defs.iter().map(|def| name(def)).collect();
    let root = cx.root(2);
    let (items, tables): (Vec<_>, Vec<_>) = emitted.into_iter().map(|one| (one.item, one.table)).unzip();
    Source {
        path: format!("src/types/{}.rs", file_stem(module)),
        groups: imports.groups(&quote!(super), &quote!(#root::runtime), &local),
        items,
        tables: tables.into_iter().flatten().collect(),
        ..Source::default()
    }
}

/// How many types stand around a part: outer ones come first.
fn depth(def: &TypeDef, cx: &Context<'_>) -> usize {
    let mut depth = 0;
    let mut at = def;
    while let Origin::Part { parent, .. } = &at.origin {
        depth += 1;
        match cx.type_def(parent) {
            Some(parent) if depth < 100 => at = parent,
            _ => break,
        }
    }
    depth
}

/// The types of a module: `Pet`, or `{Pet, PetRequired}`.
fn names(defs: &[&TypeDef], cx: &Context<'_>) -> TokenStream {
    let names = defs.iter().flat_map(|def| {
        let required = cx.model.names.required.get(&def.id);
        cx.type_name(&def.id).map(|name| &name.ident).into_iter().chain(required)
    });
    let names: BTreeSet<&String> = names.collect();
    let names: Vec<_> = names.into_iter().map(|name| ident(name)).collect();
    match names.as_slice() {
        [name] => quote!(#name),
        names => quote!({#(#names),*}),
    }
}

/// `src/types/mod.rs`: every type, flat, by its name: a `*` for each of many modules costs a compiler as much as the types.
fn root(modules: &BTreeMap<&str, Vec<&TypeDef>>, cx: &Context<'_>) -> Source {
    let gated = modules.iter().map(|(module, defs)| {
        let gate = cx.gates.types(defs.iter().map(|def| &def.id));
        (ident(module), gate, names(defs, cx))
    });
    let (declared, used): (Vec<_>, Vec<_>) = gated
        .map(|(module, gate, names)| (quote!(#gate mod #module;), quote!(#gate pub use self::#module::#names;)))
        .map(|(declared, used)| (print::line(declared, cx), print::line(used, cx)))
        .unzip();
    Source {
        path: "src/types/mod.rs".to_owned(),
        docs: Doc::text("What the API takes and answers: one file a schema of the description."),
        printed: vec![declared, used],
        ..Source::default()
    }
}
