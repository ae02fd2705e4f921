//! Arguments: the types that callers pass, and how a request takes them in.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::parameter_ident;
use crate::emit::context::Context;
use crate::emit::docs;
use crate::emit::imports::Imports;
use crate::emit::rust_type;
use crate::ir::{Location, Operation, Parameter, Primitive, TypeRef};

/// ```text
/// /// Results per page.
/// pub fn per_page(mut self, per_page: impl Into<f64>) -> Self {
///     self.call.query("per_page", &per_page.into());
///     self
/// }
/// ```
pub(super) fn emit(
    operation: &Operation,
    parameter: &Parameter,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> TokenStream {
    let ident = parameter_ident(operation, parameter, cx);
    let mut doc = docs::of_value(&parameter.docs, &parameter.notes, &parameter.wire, &ident.to_string());
    if doc.is_empty() {
        let place = match parameter.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
        };
        doc.paragraph(&format!("The {place} parameter {}.", crate::emit::prose::code(&parameter.wire)));
    }
    let alias = docs::alias(&parameter.wire, &ident.to_string());
    let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
    let ty = argument_type(&parameter.ty, cx, imports);
    let set = set(parameter, &ident, &quote!(self.call), cx);
    quote! {
        #doc
        #alias
        #deprecated
        pub fn #ident(mut self, #ident: #ty) -> Self {
            #set
            self
        }
    }
}

/// The type of an argument: texts are borrowed, numbers convert where nothing is lost, lists are anything to go over.
pub(in crate::emit) fn argument_type(ty: &TypeRef, cx: &Context<'_>, imports: &mut Imports) -> TokenStream {
    match shape(ty, cx) {
        Shape::Text => quote!(&str),
        Shape::Float => quote!(impl Into<f64>),
        Shape::Other => rust_type::plain(ty, cx, imports),
        Shape::List(item) => match shape(item, cx) {
            Shape::Text => quote!(&[&str]),
            _ => {
                let item = rust_type::plain(item, cx, imports);
                quote!(&[#item])
            }
        },
    }
}

/// `call.query("per_page", &per_page.into());`
pub(super) fn set(parameter: &Parameter, ident: &Ident, call: &TokenStream, cx: &Context<'_>) -> TokenStream {
    let wire = &parameter.wire;
    let shape = shape(&parameter.ty, cx);
    let is_list = matches!(shape, Shape::List(_));
    let method = match parameter.location {
        Location::Path => quote!(path),
        Location::Query if is_list && !parameter.explode => quote!(query_joined),
        Location::Query => quote!(query),
        Location::Header => quote!(header),
    };
    let value = if matches!(shape, Shape::Float) { quote!(&#ident.into()) } else { quote!(&#ident) };
    quote!(#call.#method(#wire, #value);)
}

/// What an argument looks like from outside.
enum Shape<'a> {
    Text,
    Float,
    List(&'a TypeRef),
    Other,
}

fn shape<'a>(ty: &'a TypeRef, cx: &Context<'a>) -> Shape<'a> {
    match cx.behind(ty) {
        TypeRef::Primitive(Primitive::String | Primitive::Uuid) => Shape::Text,
        TypeRef::Primitive(Primitive::F64) => Shape::Float,
        TypeRef::List(items) => Shape::List(&items.ty),
        _ => Shape::Other,
    }
}
