//! `src/errors.rs`: typed bodies of error answers.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::{Context, ident};
use super::docs::Doc;
use super::imports::Imports;
use super::print::Source;
use super::prose;
use crate::ir::{TypeId, TypeRef};

/// ```text
/// impl Error {
///     /// The body of an error answer with the status `404`: [`ErrorEnvelope`], if it fits.
///     pub fn error_envelope(&self) -> Option<ErrorEnvelope> {
///         self.answer_as(|status| status == 404)
///     }
/// }
/// ```
pub(super) fn source(cx: &Context<'_>) -> Source {
    let root = cx.root(1);
    let mut imports = Imports::default();
    imports.runtime.insert("Error");
    let mut gated = BTreeMap::new();
    let statuses = statuses(cx);
    let accessors: Vec<_> = cx
        .model
        .names
        .error_accessors
        .iter()
        .map(|(id, accessor)| {
            let (accessor, ty) = (ident(accessor), cx.type_ident(id));
            let gate = cx.gates.types(std::iter::once(id));
            match &gate {
                None => drop(imports.types.insert(ty.to_string())),
                Some(gate) => drop(gated.insert(ty.to_string(), quote!(#gate use #root::types::#ty;))),
            }
            let statuses = statuses.get(id).cloned().unwrap_or_default();
            let doc = Doc::text(&format!("The body of an error answer{}: [`{ty}`], if it fits.", said(&statuses)));
            let is_described = is_described(&statuses);
            quote! {
                #doc
                #gate
                pub fn #accessor(&self) -> Option<#ty> {
                    self.answer_as(#is_described)
                }
            }
        })
        .collect();
    imports.after.extend(gated.into_values());
    Source {
        path: "src/errors.rs".to_owned(),
        docs: Doc::text("Typed bodies of error answers."),
        groups: imports.groups(&quote!(#root::types), &quote!(#root::runtime), &Default::default()),
        items: vec![quote!(impl Error { #(#accessors)* })],
        ..Source::default()
    }
}

/// The statuses with which operations answer each type: codes, ranges and `default` as the description has them.
fn statuses<'a>(cx: &'a Context<'a>) -> BTreeMap<&'a TypeId, BTreeSet<&'a str>> {
    let mut all = BTreeMap::<_, BTreeSet<&str>>::new();
    for (status, ty) in cx.model.api.operations.iter().flat_map(|operation| &operation.errors) {
        if let TypeRef::Named(id) = ty {
            all.entry(cx.canonical(id)).or_default().insert(status);
        }
    }
    all
}

/// ` with the status `404` or `422``; nothing where it may be any.
fn said(statuses: &BTreeSet<&str>) -> String {
    let all: Vec<String> = statuses.iter().map(|status| prose::code(status)).collect();
    match all.as_slice() {
        _ if statuses.contains("default") => String::new(),
        [] => String::new(),
        [only] => format!(" with the status {only}"),
        [first @ .., last] => format!(" with the status {} or {last}", first.join(", ")),
    }
}

/// `|status| status == 404 || (500..=599).contains(&status)`
fn is_described(statuses: &BTreeSet<&str>) -> TokenStream {
    if statuses.contains("default") {
        return quote!(|_| true);
    }
    let (mut ranges, mut codes) = (Vec::new(), Vec::new());
    for status in statuses {
        match status.parse::<u16>() {
            Ok(code) => codes.push(code),
            Err(_) => ranges
                .extend(status.bytes().next().filter(u8::is_ascii_digit).map(|class| u16::from(class - b'0') * 100)),
        }
    }
    ranges.dedup();
    codes.retain(|code| !ranges.contains(&(code / 100 * 100)));
    let literals: Vec<Literal> = codes.into_iter().map(Literal::u16_unsuffixed).collect();
    let codes = match literals.as_slice() {
        [] => None,
        [only] => Some(quote!(status == #only)),
        several => Some(quote!([#(#several),*].contains(&status))),
    };
    let ranges = ranges.into_iter().map(|first| {
        let (first, last) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(first + 99));
        quote!((#first..=#last).contains(&status))
    });
    let all: Vec<TokenStream> = codes.into_iter().chain(ranges).collect();
    if all.is_empty() { quote!(|_| false) } else { quote!(|status| #(#all)||*) }
}
