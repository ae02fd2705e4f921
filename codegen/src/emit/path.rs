//! Paths of types that the configuration names: text → tokens, each from the root of its crate, so that no type of the API
//! stands in its way.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{GenericArgument, Path, PathArguments, Type, TypePath};

/// The path as it is written in a module of the generated crate; what is no path does not compile, rather than being wrong.
pub(super) fn tokens(path: &str) -> TokenStream {
    match parsed(path) {
        Some(path) => path.into_token_stream(),
        None => quote!(path_is_missing),
    }
}

/// The same as text, on one line.
pub(super) fn shown(path: &str) -> String {
    tokens(path).to_string().replace(' ', "").replace(',', ", ")
}

/// Whether a text is the path of a type.
pub(super) fn is_path(path: &str) -> bool {
    parsed(path).is_some()
}

fn parsed(path: &str) -> Option<Path> {
    let mut path = syn::parse_str::<TypePath>(path).ok().filter(|path| path.qself.is_none())?.path;
    root(&mut path)?;
    Some(path)
}

/// Gives every path of several names its leading `::`; `None` where something else than paths stands in one. As deep as the
/// configuration lets paths nest.
fn root(path: &mut Path) -> Option<()> {
    if path.segments.len() > 1 && path.segments.first().is_some_and(|first| first.ident != "crate") {
        path.leading_colon.get_or_insert_default();
    }
    for segment in &mut path.segments {
        match &mut segment.arguments {
            PathArguments::None => {}
            PathArguments::AngleBracketed(arguments) => {
                for argument in &mut arguments.args {
                    let GenericArgument::Type(Type::Path(TypePath { qself: None, path, .. })) = argument else {
                        return None;
                    };
                    root(path)?;
                }
            }
            PathArguments::Parenthesized(_) => return None,
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_at_their_crates() {
        assert_eq!(shown("url::Url"), "::url::Url");
        assert_eq!(shown("::chrono::DateTime<chrono::Utc>"), "::chrono::DateTime<::chrono::Utc>");
        assert_eq!(shown("crate::Money"), "crate::Money");
        assert_eq!(shown("a::B<c::D,  e::F>"), "::a::B<::c::D, ::e::F>");
    }

    #[test]
    fn nothing_else_is_a_path() {
        for bad in ["", "a::b; fn f() {}", "<a::B as c::D>::E", "a::b() -> c", "a::B<{ 1 }>", "a::B<(c, d)>", "fn()"] {
            assert!(!is_path(bad), "{bad}");
        }
    }
}
