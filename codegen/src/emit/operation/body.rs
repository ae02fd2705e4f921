//! The body of an operation: what callers pass, and how a request takes it in.

use proc_macro2::TokenStream;
use quote::quote;

use super::argument::Said;
use super::setter;
use crate::emit::bounds;
use crate::emit::context::{Context, ident};
use crate::emit::docs::{self, Doc};
use crate::emit::imports::Imports;
use crate::emit::{path as type_path, prose, rust_type, sentences};
use crate::ir::{Body, Items, Operation, Payload, Primitive, Style, TypeRef};

const BODY_TYPE: &str = "`body_type`: The media type of the body, with the boundary of its parts.";

/// The body that must be given.
pub(in crate::emit) fn required(operation: &Operation) -> Option<&Body> {
    operation.body.as_ref().filter(|body| body.required)
}

/// The arguments, by name: what has parts is borrowed, for it is written at once; null is `None`.
pub(in crate::emit) fn arguments(
    body: &Body,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> Vec<(&'static str, TokenStream)> {
    let (ty, nullable) = match &body.payload {
        Payload::Json { ty, nullable } => (ty, *nullable),
        Payload::Lines { ty } | Payload::Form { ty, .. } | Payload::Multipart { ty, .. } => (ty, false),
        Payload::Text => return vec![("body", quote!(impl Into<String>))],
        Payload::Bytes | Payload::Encoded => {
            imports.runtime.insert("Upload");
            let body_type = (body.payload == Payload::Encoded).then(|| ("body_type", quote!(&str)));
            return body_type.into_iter().chain([("body", quote!(impl Into<Upload>))]).collect();
        }
    };
    let argument = borrowed(ty, cx, imports);
    vec![("body", if is_option(ty, nullable, cx) { quote!(Option<#argument>) } else { argument })]
}

/// `body: &CreateThing`
pub(super) fn declared(body: &Body, cx: &Context<'_>, imports: &mut Imports) -> Vec<TokenStream> {
    let declared = |(name, ty)| {
        let name = ident(name);
        quote!(#name: #ty)
    };
    arguments(body, cx, imports).into_iter().map(declared).collect()
}

/// Any value has null among its own.
fn is_option(ty: &TypeRef, nullable: bool, cx: &Context<'_>) -> bool {
    nullable && *cx.behind(ty) != TypeRef::Any
}

fn borrowed(ty: &TypeRef, cx: &Context<'_>, imports: &mut Imports) -> TokenStream {
    match cx.behind(ty) {
        TypeRef::Primitive(Primitive::String) => quote!(&str),
        TypeRef::Primitive(primitive) => {
            let plain = rust_type::primitive(*primitive, imports);
            let borrow = rust_type::of_runtime(*primitive).map(|_| quote!(&));
            quote!(#borrow #plain)
        }
        TypeRef::List(items) => match &**items {
            Items { ty: TypeRef::Primitive(Primitive::String), nullable: false } => quote!(&[&str]),
            items => {
                let item = rust_type::item(items, cx, imports);
                quote!(&[#item])
            }
        },
        other => {
            let plain = rust_type::plain(other, cx, imports);
            quote!(&#plain)
        }
    }
}

/// `call.json("application/json", body);`, and a check before it where there is something to check.
pub(super) fn set(body: &Body, call: &TokenStream, cx: &Context<'_>, imports: &mut Imports) -> TokenStream {
    let media_type = &body.media_type;
    let value = match &body.payload {
        Payload::Json { ty, nullable } => {
            // A reference to what has a size is one to `dyn Encode` already.
            let is_sized = matches!(cx.behind(ty), TypeRef::Named(_) | TypeRef::Map(_) | TypeRef::Any);
            if is_sized && !is_option(ty, *nullable, cx) { quote!(body) } else { quote!(&body) }
        }
        Payload::Lines { .. } => quote!(&body),
        _ => quote!(body),
    };
    let check = body.ty().and_then(|ty| bounds::check(("body", &value), ty, &body.notes.checks, call, cx, imports));
    let set = match &body.payload {
        Payload::Json { .. } => quote!(#call.json(#media_type, #value);),
        Payload::Lines { .. } => quote!(#call.json_lines(#media_type, #value);),
        Payload::Form { styles, .. } if styles.is_empty() => quote!(#call.form(#media_type, body);),
        Payload::Form { styles, .. } => {
            imports.runtime.insert("ParameterStyle");
            let styles = grouped(styles);
            quote!(#call.form_as(#media_type, &[#(#styles),*], body);)
        }
        Payload::Multipart { types, styles, .. } if types.is_empty() && styles.is_empty() => {
            quote!(#call.multipart(body);)
        }
        Payload::Multipart { types, styles, .. } => {
            if !styles.is_empty() {
                imports.runtime.insert("ParameterStyle");
            }
            let types = types.iter().map(|(wire, media_type)| quote!((#wire, #media_type)));
            let styles = grouped(styles);
            quote!(#call.multipart_as(&[#(#types),*], &[#(#styles),*], body);)
        }
        Payload::Encoded => quote!(#call.upload(body_type, body.into());),
        Payload::Text => quote!(#call.bytes(#media_type, body.into().into());),
        Payload::Bytes => quote!(#call.upload(#media_type, body.into());),
    };
    quote!(#check #set)
}

/// `(ParameterStyle::DEEP_OBJECT, &["address", "metadata"])`: the members of each style.
fn grouped(styles: &[(String, Style)]) -> Vec<TokenStream> {
    let mut groups: Vec<(Style, Vec<&str>)> = Vec::new();
    for (wire, style) in styles {
        match groups.iter_mut().find(|(known, _)| known == style) {
            Some((_, members)) => members.push(wire),
            None => groups.push((*style, vec![wire])),
        }
    }
    let group = |(style, members): (Style, Vec<&str>)| {
        let style = setter::style(style);
        quote!((#style, &[#(#members),*]))
    };
    groups.into_iter().map(group).collect()
}

/// ```text
/// /// The thing to create.
/// pub fn body(mut self, body: &CreateThing) -> Self {
///     self.call.json("application/json", body);
///     self
/// }
/// ```
pub(super) fn setter(body: &Body, cx: &Context<'_>, imports: &mut Imports) -> TokenStream {
    let Said { docs, notes } = Said::of_body(body, cx);
    let mut doc = Doc::of(&docs);
    if doc.is_empty() {
        doc.paragraph("The body; none is sent unless it is set.");
    }
    doc.bounds(&notes);
    if body.payload == Payload::Encoded {
        doc.paragraph(BODY_TYPE);
    }
    if let Some(offered) = offered(body) {
        doc.paragraph(&offered);
    }
    let arguments = declared(body, cx, imports);
    let set = set(body, &quote!(self.call), cx, imports);
    quote! {
        #doc
        pub fn body(mut self #(, #arguments)*) -> Self {
            #set
            self
        }
    }
}

/// `* \`body\`: The thing to create.`
pub(super) fn doc_lines(body: &Body, cx: &Context<'_>) -> Vec<String> {
    let said = said(body, cx).unwrap_or_else(|| format!("The body, as {}.", prose::code(&body.media_type)));
    type_line(body).into_iter().chain([format!("* `body`: {said}")]).collect()
}

/// Whether nothing is said of a body and what is given beside it.
pub(super) fn says_nothing(body: &Body, cx: &Context<'_>) -> bool {
    type_line(body).is_none() && said(body, cx).is_none()
}

/// What is said of the argument beside a body that has its media type with it.
fn type_line(body: &Body) -> Option<String> {
    (body.payload == Payload::Encoded).then(|| format!("* {BODY_TYPE}"))
}

/// What is said of a body, on one line.
fn said(body: &Body, cx: &Context<'_>) -> Option<String> {
    let Said { docs, notes } = Said::of_body(body, cx);
    let words = docs::on_one_line(&docs, &notes);
    sentences::joined([words, offered(body)].into_iter().flatten())
}

/// Which media types the bytes or the files can be of, and how to say so.
fn offered(body: &Body) -> Option<String> {
    if let Payload::Multipart { choices, .. } = &body.payload {
        let choices = choices.iter().filter_map(|(wire, media_types)| {
            let media_types: Vec<_> = media_types.split(',').map(str::trim).collect();
            Some(format!("{} can be {}", prose::code(wire), alternatives(&media_types)?))
        });
        let choices: Vec<String> = choices.collect();
        return Some(format!("The file {} (`FilePart::content_type`).", choices.join(", the file ")))
            .filter(|_| !choices.is_empty());
    }
    let types = alternatives(&body.offered)?;
    let usual = prose::code(&body.media_type);
    if matches!(body.payload, Payload::Json { .. }) {
        return Some(format!("It is sent as {usual}, unless the request says {types}."));
    }
    Some(format!("It can be {types}, and is {usual} unless [`Upload::content_type`] says otherwise."))
}

/// `` `image/png`, `image/jpeg` or `image/webp` ``
fn alternatives(media_types: &[impl AsRef<str>]) -> Option<String> {
    let (last, others) = media_types.split_last()?;
    let last = prose::code(last.as_ref());
    if others.is_empty() {
        return Some(last);
    }
    let others: Vec<String> = others.iter().map(|name| prose::code(name.as_ref())).collect();
    Some(format!("{} or {last}", others.join(", ")))
}

/// A value for examples, where one can be written down: `"body"`, `true`, `1`.
pub(super) fn literal(body: &Body, cx: &Context<'_>) -> Option<&'static str> {
    let (ty, nullable) = match &body.payload {
        Payload::Json { ty, nullable } => (ty, *nullable),
        Payload::Lines { .. } | Payload::Form { .. } | Payload::Multipart { .. } => return None,
        Payload::Encoded => return Some("\"multipart/mixed; boundary=b\", \"body\""),
        Payload::Text | Payload::Bytes => return Some("\"body\""),
    };
    match cx.behind(ty) {
        _ if nullable => None,
        TypeRef::Primitive(Primitive::String) => Some("\"body\""),
        TypeRef::Primitive(primitive) if rust_type::of_runtime(*primitive).is_some() => None,
        TypeRef::Primitive(Primitive::Boolean) => Some("true"),
        TypeRef::Primitive(Primitive::F64) => Some("1.0"),
        TypeRef::Primitive(_) => Some("1"),
        _ => None,
    }
}

/// The argument that an example takes where it can't write its body down: `body: &pets::types::CreatePet`.
pub(super) fn example_argument(operation: &Operation, cx: &Context<'_>) -> Option<String> {
    let body = required(operation).filter(|body| literal(body, cx).is_none())?;
    let (ty, nullable) = match &body.payload {
        Payload::Json { ty, nullable } => (ty, *nullable),
        Payload::Lines { ty } | Payload::Form { ty, .. } | Payload::Multipart { ty, .. } => (ty, false),
        Payload::Text | Payload::Bytes | Payload::Encoded => return None,
    };
    let argument = match cx.behind(ty) {
        TypeRef::Primitive(Primitive::String) => "&str".to_owned(),
        TypeRef::List(items) => match &**items {
            Items { ty: TypeRef::Primitive(Primitive::String), nullable: false } => "&[&str]".to_owned(),
            items => format!("&[{}]", item_path(items, cx)),
        },
        primitive @ TypeRef::Primitive(of) if rust_type::of_runtime(*of).is_none() => path(primitive, cx),
        other => format!("&{}", path(other, cx)),
    };
    let is_option = is_option(ty, nullable, cx);
    Some(if is_option { format!("body: Option<{argument}>") } else { format!("body: {argument}") })
}

/// A type as a caller of the crate names it without imports.
pub(super) fn path(ty: &TypeRef, cx: &Context<'_>) -> String {
    match ty {
        TypeRef::Named(id) => format!("{}::types::{}", cx.crate_ident(), cx.type_ident(id)),
        TypeRef::List(items) => format!("Vec<{}>", item_path(items, cx)),
        TypeRef::Map(items) => format!("std::collections::BTreeMap<String, {}>", item_path(items, cx)),
        TypeRef::TextOf(path) => format!("{}::TextOf<{}>", cx.crate_ident(), type_path::shown(path)),
        TypeRef::NumberOf(path) => format!("{}::NumberOf<{}>", cx.crate_ident(), type_path::shown(path)),
        TypeRef::Primitive(primitive) => match rust_type::of_runtime(*primitive) {
            Some(name) => format!("{}::{name}", cx.crate_ident()),
            None => rust_type::primitive(*primitive, &mut Imports::default()).to_string(),
        },
        TypeRef::Any => "serde_json::Value".to_owned(),
    }
}

fn item_path(items: &Items, cx: &Context<'_>) -> String {
    let path = path(&items.ty, cx);
    if items.nullable && items.ty != TypeRef::Any { format!("Option<{path}>") } else { path }
}
