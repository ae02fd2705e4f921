//! Defaults as Rust values.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::context::Context;
use crate::ir::{Preset, TypeKind, TypeRef};

/// `Unit::Day`, `"day".to_owned()`, `20`, `0.5` or `true`, of a member of the type `ty`.
pub(super) fn value(preset: &Preset, ty: &TypeRef, cx: &Context<'_>) -> TokenStream {
    // Variants are those of an enum, by whichever of its names.
    if let (TypeRef::Named(own), TypeRef::Named(id)) = (ty, cx.behind(ty))
        && let Some(value) = preset.label()
        && let Some(TypeKind::Enum(_)) = cx.resolved(id).map(|def| &def.kind)
    {
        let (ty, variant) = (cx.type_ident(own), cx.variant_ident(id, &value));
        return quote!(#ty::#variant);
    }
    match preset {
        Preset::Text(text) => quote!(#text.to_owned()),
        Preset::Integer(whole) => Literal::i128_unsuffixed(*whole).into_token_stream(),
        Preset::Number(_) | Preset::Boolean(_) => alone(preset),
    }
}

/// `"day"`, `20`, `3000000000i64`, `0.5` or `true`, where nothing else says of which type a number is.
pub(super) fn alone(preset: &Preset) -> TokenStream {
    match preset {
        Preset::Text(text) => quote!(#text),
        Preset::Boolean(value) => quote!(#value),
        Preset::Number(value) => Literal::f64_unsuffixed(*value).into_token_stream(),
        Preset::Integer(whole) => whole_number(*whole).into_token_stream(),
    }
}

/// With its type, unless it has room in the usual one.
fn whole_number(whole: i128) -> Literal {
    match (i32::try_from(whole), i64::try_from(whole), u64::try_from(whole)) {
        (Err(_), Ok(value), _) => Literal::i64_suffixed(value),
        (Err(_), _, Ok(value)) => Literal::u64_suffixed(value),
        _ => Literal::i128_unsuffixed(whole),
    }
}
