//! A copy in another workspace compiles there, as a crate and as a module, without a warning of the strictest lints that a
//! workspace can have: every lint of clippy, and those of rustc that are not on by themselves.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use clientwright::config::Record;
use clientwright::model::Delivery;
use clientwright::pipeline::{self, Output, Run};
use clientwright::vendor::{self, Place};
use clientwright::write::Mode;
use clientwright_tests::{target, workspace};

/// The workspace. The package has no TLS: nothing here calls anybody, and a TLS library takes long to compile.
const ROOT: &str = r#"
[workspace]
resolver = "3"
members = ["crates/*"]

[workspace.package]
publish = false

[workspace.lints.rust]
future_incompatible = { level = "deny", priority = -1 }
let_underscore = { level = "deny", priority = -1 }
nonstandard_style = { level = "deny", priority = -1 }
rust_2018_idioms = { level = "deny", priority = -1 }
unused = { level = "deny", priority = -1 }
warnings = { level = "deny", priority = -2 }
absolute_paths_not_starting_with_crate = "deny"
ambiguous_negative_literals = "deny"
elided_lifetimes_in_paths = "deny"
explicit_outlives_requirements = "deny"
macro_use_extern_crate = "deny"
meta_variable_misuse = "deny"
missing_copy_implementations = "deny"
missing_debug_implementations = "deny"
missing_docs = "deny"
non_ascii_idents = "deny"
redundant_lifetimes = "deny"
single_use_lifetimes = "deny"
trivial_casts = "deny"
trivial_numeric_casts = "deny"
unit_bindings = "deny"
unreachable_pub = "deny"
unsafe_code = "forbid"
unused_import_braces = "deny"
unused_lifetimes = "deny"
unused_macro_rules = "deny"
unused_qualifications = "deny"
unused_results = "deny"
variant_size_differences = "deny"

[workspace.lints.clippy]
all = { level = "deny", priority = -1 }
cargo = { level = "deny", priority = -1 }
nursery = { level = "deny", priority = -1 }
pedantic = { level = "deny", priority = -1 }
restriction = { level = "deny", priority = -1 }
# Of the group itself, and of what the package depends on.
blanket_clippy_restriction_lints = "allow"
multiple_crate_versions = "allow"
# Nobody may take these back.
expect_used = "forbid"
indexing_slicing = "forbid"
panic = "forbid"
print_stdout = "forbid"
unwrap_used = "forbid"
"#;

const PACKAGE: &str = r#"
[package]
name = "app"
version = "0.1.0"
edition = "2021"
description = "Calls a pet shop"
license = "MIT"
repository = "https://example.com/app"
readme = "README.md"
keywords = ["app"]
categories = ["api-bindings"]
publish.workspace = true

[lints]
workspace = true

[dependencies]
golden-everything = { path = "../pets", default-features = false, features = [
    "api", "blocking", "chrono", "fake", "fs", "jiff", "reqwest", "time", "tracing", "uuid",
] }
"#;

const LIB: &str = "//! An app.\n\npub mod shop;\n";

/// Puts the client of the golden crate into a folder; what it lacks there.
fn put(folder: &Path, delivery: Delivery) -> Vec<(String, Vec<String>)> {
    let mut run = Run::default();
    let file = workspace().join("tests/cases/crates/everything/clientwright.toml");
    let config = pipeline::read_config(&file, &mut run).unwrap();
    let place = Place::of(folder, &mut run.diagnostics).unwrap();
    assert_eq!(place.delivery(), delivery);
    let copy = vendor::plan(config, folder, place, Record::new(delivery), &mut run.diagnostics).unwrap();
    let output = Output { mode: Mode::Write, overwrite_edited: false, command: "clientwright vendor" };
    let outcome = vendor::generate(&copy, output, &mut run);
    assert!(outcome.is_some(), "{:?}", run.diagnostics);
    let lacking = run.diagnostics.iter().filter(|found| found.code.id.starts_with('V'));
    lacking.map(|found| (found.code.id.to_owned(), found.help.clone())).collect()
}

fn cargo(arguments: &[&str], folder: &Path) {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(folder).env("CARGO_TARGET_DIR", target().join("vendor/target"));
    let output = command.env_remove("RUSTFLAGS").stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{arguments:?}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_copy_compiles_under_the_lints_of_its_workspace() {
    let root = target().join("vendor/workspace");
    let _ = fs::remove_dir_all(&root);
    let app = root.join("crates/app");
    let shop = app.join("src/shop");
    fs::create_dir_all(&shop).unwrap();
    fs::write(root.join("Cargo.toml"), ROOT).unwrap();
    fs::copy(workspace().join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    fs::write(app.join("Cargo.toml"), PACKAGE).unwrap();
    fs::write(app.join("src/lib.rs"), LIB).unwrap();

    assert_eq!(put(&root.join("crates/pets"), Delivery::Crate), []);
    // The lines that it says are missing are all that is missing.
    let lacking = put(&shop, Delivery::Module);
    let [(code, help)] = lacking.as_slice() else { panic!("{lacking:?}") };
    assert_eq!(code, "V0102");
    let lines = help.get(1..).unwrap_or_default().join("\n").replace(", \"rustls\"", "");
    fs::write(app.join("Cargo.toml"), format!("{PACKAGE}{lines}\n")).unwrap();
    assert_eq!(put(&shop, Delivery::Module), []);

    cargo(&["clippy", "--offline", "--workspace", "--quiet"], &root);
    cargo(&["fmt", "--all", "--check"], &root);
}
