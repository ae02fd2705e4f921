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

/// What statuses come to: codes that no class among them has, and classes (4 for `4XX`), both ascending; `None` for all.
fn classed(statuses: &BTreeSet<&str>) -> Option<(BTreeSet<u16>, BTreeSet<u16>)> {
    if statuses.contains("default") {
        return None;
    }
    let mut codes: BTreeSet<u16> = statuses.iter().filter_map(|status| status.parse().ok()).collect();
    let classes = statuses.iter().filter(|status| status.parse::<u16>().is_err());
    let classes: BTreeSet<u16> = classes.filter_map(|class| class.get(..1)?.parse().ok()).collect();
    codes.retain(|code| !classes.contains(&(code / 100)));
    Some((codes, classes))
}

/// ` with the status `404` or `5XX``; nothing where it may be any.
fn said(statuses: &BTreeSet<&str>) -> String {
    let Some((codes, classes)) = classed(statuses) else { return String::new() };
    let codes = codes.iter().map(u16::to_string);
    let all = codes.chain(classes.iter().map(|class| format!("{class}XX")));
    let all: Vec<String> = all.map(|status| prose::code(&status)).collect();
    match all.as_slice() {
        [] => String::new(),
        [only] => format!(" with the status {only}"),
        [first @ .., last] => format!(" with the status {} or {last}", first.join(", ")),
    }
}

/// `|status| status == 404 || (500..=599).contains(&status)`
fn is_described(statuses: &BTreeSet<&str>) -> TokenStream {
    let Some((codes, classes)) = classed(statuses) else { return quote!(|_| true) };
    let literals: Vec<Literal> = codes.into_iter().map(Literal::u16_unsuffixed).collect();
    let codes = match literals.as_slice() {
        [] => None,
        [only] => Some(quote!(status == #only)),
        several => Some(quote!([#(#several),*].contains(&status))),
    };
    // Classes that follow each other are one range.
    let mut ranges: Vec<(u16, u16)> = Vec::new();
    for class in classes {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == class => *last = class,
            _ => ranges.push((class, class)),
        }
    }
    let ranges = ranges.into_iter().map(|(first, last)| {
        let (first, last) = (Literal::u16_unsuffixed(first * 100), Literal::u16_unsuffixed(last * 100 + 99));
        quote!((#first..=#last).contains(&status))
    });
    let all: Vec<TokenStream> = codes.into_iter().chain(ranges).collect();
    if all.is_empty() { quote!(|_| false) } else { quote!(|status| #(#all)||*) }
}

#[cfg(test)]
mod tests {
    use super::{is_described, said};

    #[test]
    fn statuses_are_said_and_told_alike() {
        for (statuses, words, told) in [
            (&["422"][..], " with the status `422`", "| status | status == 422"),
            (&["404", "422"], " with the status `404` or `422`", "| status | [404 , 422] . contains (& status)"),
            (
                &["429", "4XX", "503", "5XX"],
                " with the status `4XX` or `5XX`",
                "| status | (400 ..= 599) . contains (& status)",
            ),
            (
                &["404", "5xx", "5XX"],
                " with the status `404` or `5XX`",
                "| status | status == 404 || (500 ..= 599) . contains (& status)",
            ),
            (&["404", "default"], "", "| _ | true"),
            (&[], "", "| _ | false"),
        ] {
            let statuses = statuses.iter().copied().collect();
            assert_eq!((said(&statuses).as_str(), is_described(&statuses).to_string().as_str()), (words, told));
        }
    }
}
