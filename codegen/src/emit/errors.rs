//! `src/errors.rs`: typed bodies of error answers.

use std::collections::BTreeMap;

use quote::quote;

use super::context::{Context, ident};
use super::docs::Doc;
use super::imports::Imports;
use super::print::Source;

/// ```text
/// impl Error {
///     /// The body of an error answer as an [`ErrorEnvelope`].
///     pub fn error_envelope(&self) -> Option<ErrorEnvelope> {
///         self.answer_as()
///     }
/// }
/// ```
pub(super) fn source(cx: &Context<'_>) -> Source {
    let root = cx.root(1);
    let mut imports = Imports::default();
    imports.runtime.insert("Error");
    let mut gated = BTreeMap::new();
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
            let doc = Doc::text(&format!(
                "The body of an error answer as [`{ty}`]; `None` when there is none, or it doesn't fit."
            ));
            quote! {
                #doc
                #gate
                pub fn #accessor(&self) -> Option<#ty> {
                    self.answer_as()
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
