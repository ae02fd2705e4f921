//! Tuples: a struct whose fields have no names, and the table that says how many there are.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::docs::{self, Doc};
use super::imports::Imports;
use super::schema::{Emitted, checked, derives, head};
use super::table::Table;
use super::{deprecated, rust_type};
use crate::ir::{Tuple, TupleItem, TypeDef, TypeId};

/// ```text
/// /// Where something is.
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct Position(
///     /// The longitude, in degrees.
///     pub f64,
///     /// The latitude, in degrees.
///     pub f64,
/// );
/// tuple!(Position { 0, 1 });
/// ```
pub(super) fn emit(def: &TypeDef, of: &Tuple, cx: &Context<'_>, imports: &mut Imports) -> Emitted {
    imports.runtime.insert("tuple");
    let ident = cx.type_ident(&def.id);
    let (head, derives) = (head(def, cx, Doc::of_type(def)), derives(def, cx));
    let fields = of.items.iter().enumerate().map(|(index, item)| {
        let name = index.to_string();
        let mut doc = docs::of_value(&item.docs, &item.notes, &name, &name);
        if doc.is_empty() {
            doc.paragraph(&format!("The {} item.", Tuple::ordinal(index)));
        }
        let ty = item_type(&def.id, index, item, cx, imports);
        quote!(#doc pub #ty)
    });
    let fields: Vec<_> = fields.collect();
    let item = quote! {
        #head
        #derives
        pub struct #ident(#(#fields),*);
    };
    let mut table = Table::new("tuple", &ident);
    if cx.has_client() && cx.model.facts.in_requests.contains(&def.id) {
        table = table.with(checked(&def.notes.checks, imports).as_deref());
    }
    let mut table = table.before(deprecated::in_table(def.deprecated));
    (0..of.items.len()).for_each(|index| table.place(index));
    Emitted { item, table: Some(table) }
}

/// The type of an item: an `Option` where it may be null, a `Box` where the type would contain itself.
pub(super) fn item_type(
    owner: &TypeId,
    index: usize,
    item: &TupleItem,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> TokenStream {
    let label = (owner.clone(), index.to_string());
    let ty = rust_type::plain(&item.ty, cx, imports);
    let ty = if cx.model.facts.boxed.contains(&label) { quote!(Box<#ty>) } else { ty };
    if item.nullable || cx.model.facts.endless.contains(&label) { quote!(Option<#ty>) } else { ty }
}
