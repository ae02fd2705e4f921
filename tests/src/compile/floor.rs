//! The floor: the types of a generated crate with their docs and with `Clone` and `Debug` alone, nothing around them, and
//! all of them whatever features there are.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use quote::ToTokens as _;
use syn::{Attribute, Item, ItemUse, UseTree};

/// Writes the floor of the crate in `of` as a crate in `folder`.
///
/// # Errors
///
/// When a file of the crate can't be read.
pub fn write(of: &Path, folder: &Path) -> Result<(), String> {
    write_crate(of, folder).map_err(|error| error.to_string())
}

fn write_crate(of: &Path, folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder.join("src/types"))?;
    let mut runtime = BTreeSet::new();
    let paths = of.join("src/types").read_dir()?.map(|entry| Ok(entry?.path()));
    let mut paths: Vec<PathBuf> = paths.collect::<std::io::Result<_>>()?;
    paths.sort();
    for path in paths {
        let text = bare(&fs::read_to_string(&path)?, &mut runtime);
        fs::write(folder.join("src/types").join(path.file_name().unwrap_or_default()), text)?;
    }
    // What the runtime has is stood in for by a type that costs nothing.
    let stand_ins: String = runtime.iter().map(|name| stand_in(name)).collect();
    let lib = "//! The floor.\n#![allow(unused_imports)]\npub mod types;\npub mod runtime;\n";
    fs::write(folder.join("src/lib.rs"), lib)?;
    fs::write(folder.join("src/runtime.rs"), format!("//! Stand-ins.\n{stand_ins}"))?;
    let dependencies =
        "[dependencies]\nserde_json = { version = \"1\", default-features = false, features = [\"std\"] }\n";
    let head = "[package]\nname = \"floor\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n";
    fs::write(folder.join("Cargo.toml"), format!("{head}\n{dependencies}"))
}

fn stand_in(name: &str) -> String {
    let generic = if name == "Patch" { "<T>(pub Option<T>)" } else { "(pub String)" };
    format!("/// Stands in for it.\n#[derive(Clone, Debug)]\npub struct {name}{generic};\n")
}

/// A file without its tables and its impls; adds what it takes from the runtime to `runtime`.
fn bare(text: &str, runtime: &mut BTreeSet<String>) -> String {
    let Ok(mut file) = syn::parse_file(text) else { return String::new() };
    file.items.retain(|item| !matches!(item, Item::Macro(_) | Item::Impl(_) | Item::Fn(_) | Item::Const(_)));
    for item in &mut file.items {
        match item {
            Item::Struct(item) => derive(&mut item.attrs),
            Item::Enum(item) => derive(&mut item.attrs),
            Item::Mod(item) => item.attrs.clear(),
            Item::Use(item) => {
                item.attrs.clear();
                from_runtime(item, runtime);
            }
            _ => {}
        }
    }
    file.items
        .retain(|item| !matches!(item, Item::Use(item) if item.to_token_stream().to_string().contains("runtime")));
    let uses = if file.items.iter().any(|item| matches!(item, Item::Mod(_))) { "" } else { "use crate::runtime::*;\n" };
    format!("{uses}{}", file.to_token_stream())
}

fn derive(attributes: &mut Vec<Attribute>) {
    attributes.retain(|attribute| attribute.path().is_ident("doc") || attribute.path().is_ident("non_exhaustive"));
    attributes.push(syn::parse_quote!(#[derive(Clone, Debug)]));
}

/// The types (what begins with a capital) that `use crate::runtime::…` names.
fn from_runtime(item: &ItemUse, runtime: &mut BTreeSet<String>) {
    let mut waiting = vec![(&item.tree, false)];
    while let Some((tree, inside)) = waiting.pop() {
        match tree {
            UseTree::Path(path) => waiting.push((&path.tree, inside || path.ident == "runtime")),
            UseTree::Group(group) => waiting.extend(group.items.iter().map(|tree| (tree, inside))),
            UseTree::Name(name) if inside => {
                let name = name.ident.to_string();
                if name.starts_with(char::is_uppercase) {
                    runtime.insert(name);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_derives_are_left_out() {
        let mut runtime = BTreeSet::new();
        let text = "#[cfg(feature = \"api-b\")]\nmod b;\nuse crate::runtime::{Patch, record};\nuse super::B;\n/// A thing.\n#[derive(Clone, Debug, PartialEq)]\n\
                    pub struct A { pub b: Patch<B> }\nrecord!(A { b: optional(\"b\") });\n";
        let bare = bare(text, &mut runtime);
        assert_eq!(runtime, BTreeSet::from(["Patch".to_owned()]));
        assert!(bare.contains("derive (Clone , Debug)") && bare.contains("A thing"), "{bare}");
        assert!(!bare.contains("record") && !bare.contains("PartialEq") && !bare.contains("cfg"), "{bare}");
    }
}
