//! Answers that are one of several: the enum, and how the status tells its variants apart.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::emit::context::{Context, ident};
use crate::emit::docs::Doc;
use crate::emit::imports::Imports;
use crate::emit::{prose, rust_type};
use crate::ir::{Answer, Case, Operation, Status, TypeKind, TypeRef};
use crate::name::OperationName;

/// ```text
/// /// What [`CreateThing`] answers.
/// #[derive(Clone, Debug, PartialEq)]
/// #[non_exhaustive]
/// pub enum CreateThingAnswer {
///     /// `200`: The thing.
///     Ok(Box<Thing>),
///     /// `204`: There is none.
///     NoContent,
///     /// Another success, and its body as it came.
///     Other(StatusCode, Bytes),
/// }
/// ```
pub(super) fn emit(
    operation: &Operation,
    name: &OperationName,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let (_, answer) = several(operation, name)?;
    let doc = Doc::text(&format!("What [`{}`] answers: the status tells which.", name.request));
    let derived = TRAITS.map(ident);
    let variants = variants(operation, cx, imports).into_iter().map(|Variant { of, ident, holds }| {
        let doc = variant_doc(of);
        match holds.is_empty() {
            true => quote!(#doc #ident),
            false => quote!(#doc #ident(#(#holds),*)),
        }
    });
    Some(quote! {
        #doc
        #[derive(#(#derived),*)]
        #[non_exhaustive]
        pub enum #answer { #(#variants),* }
    })
}

/// What the enum derives.
pub(in crate::emit) const TRAITS: [&str; 3] = ["Clone", "Debug", "PartialEq"];

/// A variant of the enum.
pub(in crate::emit) struct Variant<'a> {
    /// What it stands for; none for every success that the description does not list.
    pub(in crate::emit) of: Option<&'a Case>,
    pub(in crate::emit) ident: Ident,
    /// The types of what it holds.
    pub(in crate::emit) holds: Vec<TokenStream>,
}

/// The variants of the enum, if the answer is one of several.
pub(in crate::emit) fn variants<'a>(
    operation: &'a Operation,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> Vec<Variant<'a>> {
    let Answer::OneOf(cases) = &operation.success else { return Vec::new() };
    let mut variants: Vec<_> = cases.iter().map(|case| variant(case, cx, imports)).collect();
    if !has_rest(cases) {
        (imports.bytes, imports.status) = (true, true);
        let holds = vec![quote!(StatusCode), quote!(Bytes)];
        variants.push(Variant { of: None, ident: ident("Other"), holds });
    }
    variants
}

/// ```text
/// |answer| {
///     let shape = match answer.status().as_u16() {
///         200 => CreateThingAnswer::Ok(answer.json()?),
///         204 => CreateThingAnswer::NoContent,
///         _ => CreateThingAnswer::Other(answer.status(), answer.bytes()),
///     };
///     Ok(shape)
/// }
/// ```
pub(super) fn read(operation: &Operation, name: &OperationName) -> Option<TokenStream> {
    let (cases, answer) = several(operation, name)?;
    let arms = cases.iter().map(|case| {
        let variant = variant_ident(case.status);
        let body = match &case.answer {
            Answer::Empty => None,
            Answer::Json { .. } => Some(quote!(answer.json()?)),
            Answer::Text { .. } => Some(quote!(answer.text()?)),
            _ => Some(quote!(answer.bytes())),
        };
        let Status::Code(code) = case.status else {
            let status = quote!(answer.status());
            let parts = [Some(status), body].into_iter().flatten();
            return quote!(_ => #answer::#variant(#(#parts),*));
        };
        let code = Literal::u16_unsuffixed(code);
        let held = body.map(|body| quote!((#body)));
        quote!(#code => #answer::#variant #held)
    });
    let rest = (!has_rest(cases)).then(|| quote!(_ => #answer::Other(answer.status(), answer.bytes())));
    let arms = arms.chain(rest);
    Some(quote!(|answer| {
        let shape = match answer.status().as_u16() { #(#arms),* };
        Ok(shape)
    }))
}

/// The cases of an answer that is one of several, and the enum's name.
fn several<'a>(operation: &'a Operation, name: &OperationName) -> Option<(&'a [Case], Ident)> {
    match &operation.success {
        Answer::OneOf(cases) => Some((cases, ident(name.answer.as_deref()?))),
        _ => None,
    }
}

/// Whether some case is for every status that has none of its own.
fn has_rest(cases: &[Case]) -> bool {
    cases.iter().any(|case| !matches!(case.status, Status::Code(_)))
}

fn variant_doc(of: Option<&Case>) -> Doc {
    let Some(case) = of else { return Doc::text("Another success, and its body as it came.") };
    let status = prose::code(&case.status.to_string());
    let said = case.docs.description.as_deref().map(prose::inline).filter(|said| !said.is_empty());
    Doc::text(&match said {
        Some(said) => format!("{status}: {said}"),
        None => format!("{status}."),
    })
}

fn variant<'a>(case: &'a Case, cx: &Context<'_>, imports: &mut Imports) -> Variant<'a> {
    let body = match &case.answer {
        Answer::Json { ty, nullable, .. } => {
            let plain = rust_type::plain(ty, cx, imports);
            let plain = if is_struct(ty, cx) { quote!(Box<#plain>) } else { plain };
            Some(if *nullable { quote!(Option<#plain>) } else { plain })
        }
        Answer::Text { .. } => Some(quote!(String)),
        Answer::Bytes { .. } => {
            imports.bytes = true;
            Some(quote!(Bytes))
        }
        Answer::Empty | Answer::Redirect | Answer::Stream(_) | Answer::OneOf(_) => None,
    };
    let status = match case.status {
        Status::Code(_) => None,
        Status::Success | Status::Default => {
            imports.status = true;
            Some(quote!(StatusCode))
        }
    };
    let holds = status.into_iter().chain(body).collect();
    Variant { of: Some(case), ident: variant_ident(case.status), holds }
}

/// What has many members would make every value of the enum as large as itself.
pub(super) fn is_struct(ty: &TypeRef, cx: &Context<'_>) -> bool {
    let TypeRef::Named(id) = ty else { return false };
    cx.resolved(id).is_some_and(|def| matches!(def.kind, TypeKind::Struct(_)))
}

/// A status by its name in the registry of HTTP (RFC 9110, section 15.3).
fn variant_ident(status: Status) -> Ident {
    let name = match status {
        Status::Code(200) => "Ok",
        Status::Code(201) => "Created",
        Status::Code(202) => "Accepted",
        Status::Code(203) => "NonAuthoritative",
        Status::Code(204) => "NoContent",
        Status::Code(205) => "ResetContent",
        Status::Code(206) => "PartialContent",
        Status::Code(207) => "MultiStatus",
        Status::Code(208) => "AlreadyReported",
        Status::Code(226) => "ImUsed",
        Status::Code(code) => return quote::format_ident!("Status{code}"),
        Status::Success => "Success",
        Status::Default => "Default",
    };
    ident(name)
}
