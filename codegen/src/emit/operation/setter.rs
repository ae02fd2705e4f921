//! Arguments: the types that callers pass, and how a request takes them in.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::argument::Said;
use super::parameter_ident;
use crate::emit::bounds;
use crate::emit::context::Context;
use crate::emit::docs;
use crate::emit::imports::Imports;
use crate::emit::operators;
use crate::emit::preset;
use crate::emit::prose;
use crate::emit::rust_type;
use crate::emit::sentences;
use crate::ir::{Location, Operation, Parameter, Preset, Primitive, Style, StyleKind, TypeKind, TypeRef};

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
    let said = Said::of_parameter(parameter, cx);
    let called = ident.to_string();
    let wire = if parameter.style.whole { &called } else { &parameter.wire };
    let mut doc = docs::of_value(&said.docs, &said.notes, wire, &called);
    if doc.is_empty() {
        doc.paragraph(&unsaid(parameter));
    }
    let alias = docs::alias(&parameter.wire, &ident.to_string());
    let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
    let operator = operators::setter(&ident);
    let ty = argument_type(&parameter.ty, cx, imports);
    let set = set(parameter, &ident, &quote!(self.call), cx, imports);
    quote! {
        #doc
        #alias
        #deprecated
        #operator
        pub fn #ident(mut self, #ident: #ty) -> Self {
            #set
            self
        }
    }
}

/// What is said of a parameter that is called `ident`, on one line; the path of the operation has the wire names of its
/// variables.
pub(super) fn said(parameter: &Parameter, ident: &str, cx: &Context<'_>) -> Option<String> {
    let Said { docs, notes } = Said::of_parameter(parameter, cx);
    let said = docs::on_one_line(&docs, &notes)?;
    let has_name = parameter.location != Location::Path && !parameter.style.whole;
    let wire = docs::on_the_wire(&parameter.wire, ident).filter(|_| has_name);
    sentences::joined([Some(said), wire].into_iter().flatten())
}

/// What stands where nothing is said of a parameter: where it goes.
pub(super) fn unsaid(parameter: &Parameter) -> String {
    if parameter.style.whole {
        return "The query as a whole.".to_owned();
    }
    format!("The {} parameter {}.", parameter.location.as_str(), prose::code(&parameter.wire))
}

/// The type of an argument: texts and what has parts are borrowed, for they are written at once; numbers convert where nothing
/// is lost, texts of a format from what the format stands for, and enums with other values than they list from any value.
pub(in crate::emit) fn argument_type(ty: &TypeRef, cx: &Context<'_>, imports: &mut Imports) -> TokenStream {
    match shape(ty, cx) {
        Shape::Text => quote!(&str),
        Shape::Converted => {
            let plain = rust_type::plain(cx.behind(ty), cx, imports);
            quote!(impl Into<#plain>)
        }
        Shape::Other => rust_type::plain(ty, cx, imports),
        Shape::Parts => {
            let plain = rust_type::plain(ty, cx, imports);
            quote!(&#plain)
        }
        Shape::List(item) => match shape(item, cx) {
            Shape::Text => quote!(&[&str]),
            _ => {
                let item = rust_type::plain(item, cx, imports);
                quote!(&[#item])
            }
        },
    }
}

/// `call.query("per_page", &per_page.into());`, and a check before it where there is something to check.
pub(super) fn set(
    parameter: &Parameter,
    ident: &Ident,
    call: &TokenStream,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> TokenStream {
    let wire = &parameter.wire;
    let checks = &parameter.notes.checks;
    let is_converted = matches!(shape(&parameter.ty, cx), Shape::Converted);
    // What is looked at twice is converted once.
    let converted = (is_converted && bounds::is_checked(&parameter.ty, checks, cx)).then(|| {
        let ty = rust_type::plain(cx.behind(&parameter.ty), cx, imports);
        quote!(let #ident: #ty = #ident.into();)
    });
    let value = match shape(&parameter.ty, cx) {
        Shape::Converted if converted.is_none() => quote!(&#ident.into()),
        // It is a reference to `dyn Encode` already.
        Shape::Parts => quote!(#ident),
        Shape::Converted | Shape::Text | Shape::List(_) | Shape::Other => quote!(&#ident),
    };
    let check = bounds::check((wire, &value), &parameter.ty, checks, call, cx, imports);
    let write = write(parameter, &value, call, imports);
    quote!(#converted #check #write)
}

/// `call.query("limit", &20);`
pub(super) fn preset(parameter: &Parameter, preset: &Preset, call: &TokenStream, imports: &mut Imports) -> TokenStream {
    let value = preset::alone(preset);
    write(parameter, &quote!(&#value), call, imports)
}

fn write(parameter: &Parameter, value: &TokenStream, call: &TokenStream, imports: &mut Imports) -> TokenStream {
    let (wire, method) = (&parameter.wire, parameter.location.as_str());
    if parameter.style == Style::usual(parameter.location) {
        let method = quote::format_ident!("{method}");
        return quote!(#call.#method(#wire, #value););
    }
    imports.runtime.insert("ParameterStyle");
    let (method, style) = (quote::format_ident!("{method}_as"), style(parameter.style));
    quote!(#call.#method(#wire, #style, #value);)
}

/// `ParameterStyle::LABEL.exploded()`
pub(super) fn style(style: Style) -> TokenStream {
    let constant = match style.kind {
        StyleKind::Simple => quote!(SIMPLE),
        StyleKind::Label => quote!(LABEL),
        StyleKind::Matrix => quote!(MATRIX),
        StyleKind::Form => quote!(FORM),
        StyleKind::SpaceDelimited => quote!(SPACE_DELIMITED),
        StyleKind::PipeDelimited => quote!(PIPE_DELIMITED),
        StyleKind::DeepObject => quote!(DEEP_OBJECT),
        StyleKind::Cookie => quote!(COOKIE),
        StyleKind::Json => quote!(JSON),
    };
    let usual = Style::from(style.kind);
    let explode =
        (style.explode != usual.explode).then(|| if style.explode { quote!(.exploded()) } else { quote!(.joined()) });
    let reserved = style.reserved.then(|| quote!(.reserved()));
    let whole = style.whole.then(|| quote!(.whole()));
    quote!(ParameterStyle::#constant #explode #reserved #whole)
}

/// Whether an argument is an object, or anything that may be one.
pub(super) fn has_parts(ty: &TypeRef, cx: &Context<'_>) -> bool {
    matches!(shape(ty, cx), Shape::Parts)
}

/// What an argument looks like from outside.
enum Shape<'a> {
    Text,
    /// What the type can be made of.
    Converted,
    List(&'a TypeRef),
    /// An object or a tuple, or anything that may be one.
    Parts,
    Other,
}

fn shape<'a>(ty: &'a TypeRef, cx: &Context<'a>) -> Shape<'a> {
    match cx.behind(ty) {
        TypeRef::Primitive(Primitive::String) => Shape::Text,
        TypeRef::Primitive(primitive) if rust_type::takes_conversions(*primitive) => Shape::Converted,
        TypeRef::TextOf(_) | TypeRef::NumberOf(_) => Shape::Converted,
        TypeRef::List(items) => Shape::List(&items.ty),
        TypeRef::Map(_) | TypeRef::Any => Shape::Parts,
        TypeRef::Named(id) => match cx.resolved(id).map(|def| &def.kind) {
            Some(TypeKind::Struct(_) | TypeKind::Tuple(_) | TypeKind::Union(_)) => Shape::Parts,
            Some(TypeKind::Enum(of)) if of.takes_others => Shape::Converted,
            _ => Shape::Other,
        },
        TypeRef::Primitive(_) => Shape::Other,
    }
}
