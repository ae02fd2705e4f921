//! Uses of types: `ir::TypeRef` → the Rust type.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::context::{Context, ident};
use super::imports::Imports;
use super::path;
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
        TypeRef::TextOf(path) => {
            imports.runtime.insert("TextOf");
            let path = path::tokens(path);
            quote!(TextOf<#path>)
        }
        TypeRef::NumberOf(path) => {
            imports.runtime.insert("NumberOf");
            let path = path::tokens(path);
            quote!(NumberOf<#path>)
        }
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
        Primitive::DateTime
        | Primitive::Date
        | Primitive::Time
        | Primitive::Duration
        | Primitive::Uuid
        | Primitive::Base64
        | Primitive::Password
        | Primitive::File => {
            let name = of_runtime(primitive).unwrap_or_default();
            imports.runtime.insert(name);
            ident(name).into_token_stream()
        }
        Primitive::Boolean => quote!(bool),
        Primitive::I8 => quote!(i8),
        Primitive::I16 => quote!(i16),
        Primitive::I32 => quote!(i32),
        Primitive::I64 => quote!(i64),
        Primitive::U8 => quote!(u8),
        Primitive::U16 => quote!(u16),
        Primitive::U32 => quote!(u32),
        Primitive::U64 => quote!(u64),
        Primitive::F64 => quote!(f64),
    }
}

/// The runtime's type for a primitive; `None` where Rust's own library has one.
pub(super) fn of_runtime(primitive: Primitive) -> Option<&'static str> {
    Some(match primitive {
        Primitive::DateTime => "DateTime",
        Primitive::Date => "Date",
        Primitive::Time => "Time",
        Primitive::Duration => "IsoDuration",
        Primitive::Uuid => "Uuid",
        Primitive::Base64 => "Base64",
        Primitive::Password => "Secret",
        Primitive::File => "FilePart",
        _ => return None,
    })
}

/// Whether arguments of a primitive are anything that converts into it: numbers where nothing is lost, and what makes a text
/// of the right form.
pub(super) fn takes_conversions(primitive: Primitive) -> bool {
    primitive == Primitive::F64 || of_runtime(primitive).is_some()
}

/// A value of a primitive in examples, as an argument of an operation; a text of no format is `text`.
pub(super) fn example(primitive: Primitive, text: &str) -> String {
    match primitive {
        Primitive::DateTime => "\"2026-01-31T12:00:00Z\"".to_owned(),
        Primitive::Date => "\"2026-01-31\"".to_owned(),
        Primitive::Time => "\"12:00:00Z\"".to_owned(),
        Primitive::Duration => "\"PT1H\"".to_owned(),
        Primitive::Base64 => "b\"bytes\"".to_owned(),
        Primitive::Boolean => "true".to_owned(),
        Primitive::F64 => "1.0".to_owned(),
        primitive if primitive.is_text() => format!("\"{text}\""),
        _ => "1".to_owned(),
    }
}
