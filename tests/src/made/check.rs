//! What must hold of whatever is generated: it parses, and no name is there twice.

use std::collections::BTreeSet;

use clientwright::emit::Files;
use syn::{ImplItem, Item, UseName, UseRename, UseTree};

/// What is wrong with the files, if anything is: a file that is no Rust or no TOML, or a name that a scope has twice.
///
/// # Errors
///
/// The first thing that is wrong, with its file.
pub fn check(files: &Files) -> Result<(), String> {
    for (path, text) in &files.0 {
        if path.ends_with(".toml") {
            text.parse::<toml::Table>().map_err(|error| format!("{path}: {error}"))?;
        }
        if path.ends_with(".rs") {
            let file = syn::parse_file(text).map_err(|error| format!("{path}: {error}\n{text}"))?;
            if let Some(name) = repeated(&file.items) {
                return Err(format!("{path}: {name} is there twice\n{text}"));
            }
        }
    }
    Ok(())
}

/// A name that is there twice among these items, or inside one of them.
pub fn repeated(items: &[Item]) -> Option<String> {
    let (mut types, mut values) = (BTreeSet::new(), BTreeSet::new());
    let mut methods = BTreeSet::new();
    for item in items {
        let inner = match item {
            Item::Struct(item) => {
                let fields = item.fields.iter().filter_map(|field| field.ident.as_ref());
                twice(fields.map(ToString::to_string)).or_else(|| again(&mut types, &item.ident))
            }
            Item::Enum(item) => {
                let variants = item.variants.iter().map(|variant| variant.ident.to_string());
                twice(variants).or_else(|| again(&mut types, &item.ident))
            }
            Item::Type(item) => again(&mut types, &item.ident),
            Item::Use(item) => imported(&item.tree).into_iter().find_map(|ident| again(&mut types, &ident)),
            Item::Trait(item) => again(&mut types, &item.ident),
            Item::Mod(item) => {
                let inside = item.content.as_ref().and_then(|(_, items)| repeated(items));
                inside.or_else(|| again(&mut types, &item.ident))
            }
            Item::Fn(item) => again(&mut values, &item.sig.ident),
            Item::Const(item) if item.ident != "_" => again(&mut values, &item.ident),
            Item::Static(item) => again(&mut values, &item.ident),
            Item::Impl(item) if item.trait_.is_none() => {
                let owner = quote::ToTokens::to_token_stream(&item.self_ty).to_string();
                item.items.iter().find_map(|item| {
                    let name = match item {
                        ImplItem::Fn(item) => item.sig.ident.to_string(),
                        ImplItem::Const(item) => item.ident.to_string(),
                        _ => return None,
                    };
                    let whole = format!("{owner}::{name}");
                    (!methods.insert(whole.clone())).then_some(whole)
                })
            }
            _ => None,
        };
        if inner.is_some() {
            return inner;
        }
    }
    None
}

/// The types that a `use` brings into its scope; a macro may be called as the module that it comes from.
fn imported(tree: &UseTree) -> Vec<String> {
    match tree {
        UseTree::Path(path) => imported(&path.tree),
        UseTree::Group(group) => group.items.iter().flat_map(imported).collect(),
        UseTree::Name(UseName { ident }) | UseTree::Rename(UseRename { rename: ident, .. }) => {
            vec![ident.to_string()].into_iter().filter(|name| name.starts_with(char::is_uppercase)).collect()
        }
        UseTree::Glob(_) => Vec::new(),
    }
}

fn again(seen: &mut BTreeSet<String>, ident: &impl ToString) -> Option<String> {
    let ident = ident.to_string();
    (!seen.insert(ident.clone())).then_some(ident)
}

fn twice(names: impl Iterator<Item = String>) -> Option<String> {
    let mut seen = BTreeSet::new();
    names.into_iter().find_map(|name| (!seen.insert(name.clone())).then_some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_there_twice_is_found() {
        let found = |text: &str| repeated(&syn::parse_file(text).unwrap().items);
        assert_eq!(
            found("struct A { a: u8, b: u8 } enum B { A, B } fn a() {} impl A { fn a() {} } impl B { fn a() {} }"),
            None
        );
        for (text, name) in [
            ("struct A; type A = u8;", "A"),
            ("use a::{b::A, C}; struct A;", "A"),
            ("struct A { a: u8, a: u8 }", "a"),
            ("enum A { B, B }", "B"),
            ("impl A { fn a() {} } impl A { const a: u8 = 1; }", "A::a"),
            ("mod a { fn b() {} fn b() {} }", "b"),
        ] {
            assert_eq!(found(text).as_deref(), Some(name), "{text}");
        }
    }
}
