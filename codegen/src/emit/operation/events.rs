//! Events that are told apart by their names: the enum of what they hold, and how their names tell its variants apart.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::cases::{self, is_struct};
use crate::emit::context::{Context, ident};
use crate::emit::docs::Doc;
use crate::emit::imports::Imports;
use crate::emit::{prose, rust_type};
use crate::ir::{Event, Item, Operation};
use crate::name::OperationName;

/// ```text
/// /// What an event of [`Watch`] holds: its name tells which.
/// #[derive(Clone, Debug, PartialEq)]
/// #[non_exhaustive]
/// pub enum WatchEvent {
///     /// `created`: The thing.
///     Created(Box<Thing>),
///     /// Another event: its data as it came.
///     Unlisted(String),
/// }
///
/// impl NamedEvent for WatchEvent {
///     fn read(name: &str, data: EventText<'_>) -> EventRead<Self> {
///         let event = match name {
///             "created" => Self::Created(data.json()?),
///             _ => Self::Unlisted(data.text()),
///         };
///         Ok(event)
///     }
/// }
/// ```
pub(super) fn emit(
    operation: &Operation,
    name: &OperationName,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let event = ident(&name.event.as_ref()?.ident);
    let doc = Doc::text(&format!("What an event of [`{}`] holds: its name tells which.", name.request));
    let derived = cases::TRAITS.map(ident);
    let variants = variants(operation, name, cx, imports);
    let declared = variants.iter().map(|Variant { of, ident, holds }| {
        let doc = variant_doc(*of);
        quote!(#doc #ident(#holds))
    });
    let arms = variants.iter().map(|Variant { of, ident, .. }| {
        let read = match of.map(|event| &event.data) {
            Some(Item::Json { .. }) => quote!(data.json()?),
            Some(Item::Text | Item::Events(_)) | None => quote!(data.text()),
        };
        match of.map(|event| &event.name) {
            Some(name) => quote!(#name => Self::#ident(#read)),
            None => quote!(_ => Self::#ident(#read)),
        }
    });
    imports.runtime.extend(["EventRead", "EventText", "NamedEvent"]);
    Some(quote! {
        #doc
        #[derive(#(#derived),*)]
        #[non_exhaustive]
        pub enum #event { #(#declared),* }

        impl NamedEvent for #event {
            fn read(name: &str, data: EventText<'_>) -> EventRead<Self> {
                let event = match name { #(#arms),* };
                Ok(event)
            }
        }
    })
}

/// The enum's name.
pub(super) fn ty(name: &OperationName) -> TokenStream {
    let event = name.event.as_ref().map(|event| ident(&event.ident));
    quote!(#event)
}

/// A variant of the enum.
pub(in crate::emit) struct Variant<'a> {
    /// What it stands for; none for every event that the description does not list.
    pub(in crate::emit) of: Option<&'a Event>,
    pub(in crate::emit) ident: Ident,
    /// The type of what it holds.
    pub(in crate::emit) holds: TokenStream,
}

/// The variants of the enum, if there is one.
pub(in crate::emit) fn variants<'a>(
    operation: &'a Operation,
    name: &OperationName,
    cx: &Context<'_>,
    imports: &mut Imports,
) -> Vec<Variant<'a>> {
    let Some(names) = &name.event else { return Vec::new() };
    let listed = operation.events().iter().zip(&names.variants);
    let mut variants: Vec<_> = listed
        .map(|(event, variant)| {
            let holds = match &event.data {
                Item::Json { ty, nullable } => {
                    let plain = rust_type::plain(ty, cx, imports);
                    let plain = if is_struct(ty, cx) { quote!(Box<#plain>) } else { plain };
                    if *nullable { quote!(Option<#plain>) } else { plain }
                }
                Item::Text | Item::Events(_) => quote!(String),
            };
            Variant { of: Some(event), ident: ident(variant), holds }
        })
        .collect();
    variants.push(Variant { of: None, ident: ident("Unlisted"), holds: quote!(String) });
    variants
}

fn variant_doc(of: Option<&Event>) -> Doc {
    let Some(event) = of else { return Doc::text("Another event: its data as it came.") };
    let name = prose::code(&event.name);
    let said = [&event.docs.summary, &event.docs.description].into_iter().flatten().next();
    let said = said.map(|said| prose::inline(said)).filter(|said| !said.is_empty());
    Doc::text(&match said {
        Some(said) => format!("{name}: {said}"),
        None => format!("{name}."),
    })
}
