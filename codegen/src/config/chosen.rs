//! The tables `[types]` and `[dependencies]`: what values become, and the crates that have it.

use std::collections::{BTreeMap, BTreeSet};

use super::reader::{Table, list};
use super::{Keyed, Setting, Types, values};
use crate::diag::{self, Diagnostic, Diagnostics};
use crate::ir::{Choice, Primitive};
use crate::model::{Delivery, Dependency};

/// Crates that need no dependency: Rust's own.
const RUST: &[&str] = &["alloc", "core", "std"];

/// The dependencies of every generated crate, or of every client.
const OWN: &[&str] =
    &["bytes", "futures-core", "http", "httpdate", "percent-encoding", "reqwest", "serde", "serde_json", "tokio"];

pub(super) fn types(root: &Table<'_>, delivery: Delivery, found: &mut Diagnostics) -> Types {
    let table = root.table("types", &["formats", "schemas"], found);
    let mut read = |key: &str| {
        let mut all = BTreeMap::new();
        for (key, set) in table.free_table(key, found).all_texts(found) {
            match refused(&set.value, delivery) {
                None => {
                    all.insert(key.value, Keyed { key: key.span, value: set.value, span: set.span });
                }
                Some(help) => {
                    let message = format!("`{}` is not a type that can be chosen", set.value.escape_debug());
                    found.push(Diagnostic::new(&diag::CONFIG_BAD_TYPE, message).at(set.span).help(help));
                }
            }
        }
        all
    };
    Types { formats: read("formats"), schemas: read("schemas") }
}

/// Why a text is not a type; `None` when it is.
fn refused(text: &str, delivery: Delivery) -> Option<String> {
    match Choice::of(text) {
        Some(Choice::Primitive(_)) => None,
        Some(Choice::Path(_)) if !values::is_type_path(text) => {
            Some("a path looks like `rust_decimal::Decimal` or `chrono::DateTime<chrono::Utc>`".to_owned())
        }
        Some(Choice::Path(_)) if delivery == Delivery::Crate && values::crates_of(text).contains(&"crate") => {
            Some("the generated crate has no types but its own: name a type of another crate".to_owned())
        }
        Some(Choice::Path(_)) => None,
        None => {
            let words: Vec<&str> = Primitive::words().collect();
            Some(format!("write one of {}, or a path such as `rust_decimal::Decimal`", list(&words)))
        }
    }
}

/// The dependencies, each of which a type needs; of a type, each crate is among them.
pub(super) fn dependencies(
    root: &Table<'_>,
    delivery: Delivery,
    types: &Types,
    found: &mut Diagnostics,
) -> Vec<Dependency> {
    let table = root.free_table("dependencies", found);
    let paths: Vec<&Keyed> = types.formats.values().chain(types.schemas.values()).collect();
    let needed: BTreeSet<&str> = paths.iter().flat_map(|set| values::crates_of(&set.value)).collect();
    let mut known: BTreeSet<String> = RUST.iter().map(|name| (*name).to_owned()).collect();
    let mut dependencies = Vec::new();
    for key in table.keys() {
        let ident = key.value.replace('-', "_");
        let reason = if delivery == Delivery::Module {
            Some("a module has no manifest: the crate that it is in has the dependencies")
        } else if OWN.contains(&key.value.as_str()) {
            Some("the generated crate has a use of its own for it")
        } else if !needed.contains(ident.as_str()) {
            Some("no path in `[types]` begins with it")
        } else {
            values::package_name(&key.value)
        };
        known.insert(ident);
        match reason {
            Some(reason) => refuse(&key, reason, found),
            None => dependencies.extend(dependency(&key, &table, found)),
        }
    }
    let paths = paths.into_iter().filter(|_| delivery == Delivery::Crate);
    for (set, name) in paths.flat_map(|set| values::crates_of(&set.value).into_iter().map(move |name| (set, name))) {
        if !known.contains(name) {
            let message = format!("`{}` is of the crate `{name}`, which is no dependency", set.value);
            let help = format!("add `{name} = \"…\"`, with the version, to `[dependencies]`");
            found.push(Diagnostic::new(&diag::CONFIG_BAD_TYPE, message).at(set.span.clone()).help(help));
        }
    }
    dependencies
}

fn refuse(key: &Setting<String>, reason: &str, found: &mut Diagnostics) {
    let message = format!("`{}` can't be a dependency", key.value.escape_debug());
    found.push(Diagnostic::new(&diag::CONFIG_BAD_DEPENDENCY, message).at(key.span.clone()).label(reason));
}

/// `"1.2"`, or a table with `version`, `features` and `default-features`.
fn dependency(key: &Setting<String>, table: &Table<'_>, found: &mut Diagnostics) -> Option<Dependency> {
    let name = key.value.clone();
    let (version, features, default_features) = if table.is_table(&name) {
        let table = table.table(&name, &["version", "features", "default-features"], found);
        let features = table.texts("features", found);
        (table.text("version", found), features, table.boolean("default-features", found).unwrap_or(true))
    } else {
        (Some(table.text(&name, found)?), Vec::new(), true)
    };
    let Some(version) = version.filter(|set| values::is_requirement(&set.value)) else {
        refuse(key, "it needs a version, such as `1.2`", found);
        return None;
    };
    if let Some(odd) = features.iter().find(|set| !values::is_feature(&set.value)) {
        refuse(&Setting { value: name, span: odd.span.clone() }, "this is not the name of a feature", found);
        return None;
    }
    let features = features.into_iter().map(|set| set.value).collect();
    Some(Dependency { name, version: version.value, features, default_features })
}
