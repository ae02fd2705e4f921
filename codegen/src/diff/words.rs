//! Words for what changes.

use crate::analyze::walk::{Resolved, resolve};
use crate::emit::prose;
use crate::ir::{Api, Primitive, TypeRef};
use crate::model::Model;

/// A use of a type, for people: `list of Pet`, `integer`.
pub(super) fn of_type(ty: &TypeRef, model: &Model) -> String {
    match ty {
        TypeRef::Named(id) => {
            let stands = model.facts.same.get(id).unwrap_or(id);
            model.names.types.get(stands).map_or_else(|| id.0.to_string(), |name| name.ident.clone())
        }
        TypeRef::List(items) => format!("list of {}{}", of_type(&items.ty, model), or_null(items.nullable)),
        TypeRef::Map(items) => format!("map of {}{}", of_type(&items.ty, model), or_null(items.nullable)),
        TypeRef::Primitive(primitive) => of_primitive(*primitive).to_owned(),
        TypeRef::TextOf(path) => format!("text of {}", code(path)),
        TypeRef::NumberOf(path) => format!("number of {}", code(path)),
        TypeRef::Any => "any value".to_owned(),
    }
}

/// A Rust type with its article: `` an `i64` ``, `` a `&str` ``.
pub(super) fn one(ty: &str) -> String {
    let is_number =
        |letter: char, rest: &str| matches!(letter, 'f' | 'F') && rest.starts_with(|next: char| next.is_ascii_digit());
    let mut letters = ty.trim_start_matches(['&', '[', '(']).chars();
    let vowel = letters.next().is_some_and(|first| {
        matches!(first.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o') || is_number(first, letters.as_str())
    });
    format!("{} {}", if vowel { "an" } else { "a" }, code(ty))
}

fn or_null(nullable: bool) -> &'static str {
    if nullable { " or null" } else { "" }
}

fn of_primitive(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::String => "string",
        Primitive::DateTime => "date-time",
        Primitive::Date => "date",
        Primitive::Time => "time",
        Primitive::Duration => "duration",
        Primitive::Uuid => "uuid",
        Primitive::Base64 => "base64",
        Primitive::Password => "password",
        Primitive::Boolean => "boolean",
        Primitive::I8 => "int8",
        Primitive::I16 => "int16",
        Primitive::I32 => "int32",
        Primitive::I64 => "integer",
        Primitive::U8 => "uint8",
        Primitive::U16 => "uint16",
        Primitive::U32 => "uint32",
        Primitive::U64 => "uint64",
        Primitive::F64 => "number",
        Primitive::File => "file",
    }
}

/// Whether a use of a type is the same all the way through aliases: what is behind it.
pub(super) fn is_any(ty: &TypeRef, api: &Api) -> bool {
    matches!(resolve(api, ty), Some(Resolved::Plain(TypeRef::Any)))
}

/// What the description says, as code in Markdown.
pub(super) fn code(text: &str) -> String {
    prose::code(text)
}

/// `now`, or `no longer`.
pub(super) fn now(is: bool) -> &'static str {
    if is { "now" } else { "no longer" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_have_the_article_that_is_spoken() {
        for (ty, said) in [
            ("i64", "an `i64`"),
            ("f64", "an `f64`"),
            ("&[f64]", "an `&[f64]`"),
            ("&str", "a `&str`"),
            ("u64", "a `u64`"),
            ("Option<Pet>", "an `Option<Pet>`"),
            ("impl Into<String>", "an `impl Into<String>`"),
            ("FooBar", "a `FooBar`"),
        ] {
            assert_eq!(one(ty), said);
        }
    }
}
