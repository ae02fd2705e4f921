//! Uses of types: `ir::TypeRef` → the Rust type.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::imports::Imports;
use crate::ir::{Items, Primitive, TypeRef};

/// The Rust type of a value that is there and not null, such as `Vec<Session>`.
pub(super) fn plain(ty: &TypeRef, cx: &Context<'_>, imports: &mut Imports) -> TokenStream {
    match ty {
        TypeRef::Named(id) => {
            let ident = cx.type_ident(id);
            imports.types.insert(ident.to_string());
            quote!(#ident)
        }
        TypeRef::List(items) => {
            let item = item(items, cx, imports);
            quote!(Vec<#item>)
        }
        TypeRef::Map(items) => {
            imports.map = true;
            let item = item(items, cx, imports);
            quote!(BTreeMap<String, #item>)
        }
        TypeRef::Primitive(primitive) => self::primitive(*primitive, imports),
        TypeRef::Any => {
            imports.value = true;
            quote!(Value)
        }
    }
}

/// The Rust type of a list's item or a map's value: an `Option` where it may be null. Any JSON holds null by itself.
pub(super) fn item(items: &Items, cx: &Context<'_>, imports: &mut Imports) -> TokenStream {
    let plain = plain(&items.ty, cx, imports);
    if items.nullable && items.ty != TypeRef::Any { quote!(Option<#plain>) } else { plain }
}

/// The Rust type of a primitive.
pub(super) fn primitive(primitive: Primitive, imports: &mut Imports) -> TokenStream {
    match primitive {
        Primitive::String => quote!(String),
        Primitive::Uuid => {
            imports.runtime.insert("Uuid");
            quote!(Uuid)
        }
        Primitive::Boolean => quote!(bool),
        Primitive::I32 => quote!(i32),
        Primitive::I64 => quote!(i64),
        Primitive::U32 => quote!(u32),
        Primitive::U64 => quote!(u64),
        Primitive::F64 => quote!(f64),
        Primitive::File => {
            imports.runtime.insert("FilePart");
            quote!(FilePart)
        }
    }
}
