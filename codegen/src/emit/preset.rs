//! Defaults of members as values of their types.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::Context;
use crate::ir::{Preset, TypeKind, TypeRef};

/// `Unit::Day`, `"day".to_owned()`, `20`, `0.5` or `true`, of a member of the type `ty`.
pub(super) fn value(preset: &Preset, ty: &TypeRef, cx: &Context<'_>) -> TokenStream {
    // Variants are those of an enum, by whichever of its names.
    if let (TypeRef::Named(own), TypeRef::Named(id)) = (ty, cx.behind(ty))
        && let Preset::Text(value) | Preset::Integer(value) = preset
        && let Some(TypeKind::Enum(_)) = cx.resolved(id).map(|def| &def.kind)
    {
        let (ty, variant) = (cx.type_ident(own), cx.variant_ident(id, value));
        return quote!(#ty::#variant);
    }
    match preset {
        Preset::Text(text) => quote!(#text.to_owned()),
        Preset::Boolean(value) => quote!(#value),
        Preset::Integer(digits) => match (digits.parse(), digits.parse()) {
            (Ok(value), _) => literal(Literal::i64_unsuffixed(value)),
            (_, Ok(value)) => literal(Literal::u64_unsuffixed(value)),
            _ => quote!(#digits),
        },
        Preset::Number(value) => literal(Literal::f64_unsuffixed(*value)),
    }
}

fn literal(value: Literal) -> TokenStream {
    quote!(#value)
}
