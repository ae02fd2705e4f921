//! The crates `old` and `new`: every case's client as a module, over one runtime.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use quote::ToTokens as _;
use serde_json::Value;

use super::rustc::Rustc;
use super::{Case, Side};

/// Both crates, compiled.
#[derive(Debug)]
pub struct Hosts {
    rustc: Rustc,
    /// The metadata of `old` and of `new`.
    crates: [PathBuf; 2],
}

impl Hosts {
    /// Writes and compiles them below `out`.
    pub fn build(cases: &[Case], out: &Path) -> Self {
        Self::write(cases, out);
        let crates = check(out);
        Self { rustc: Rustc::new(out), crates }
    }

    /// Writes them alone: once, for all in this process who ask for them below `out`.
    pub fn write(cases: &[Case], out: &Path) {
        static WRITTEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
        let mut written = WRITTEN.lock().unwrap();
        if written.contains(out) {
            return;
        }
        for side in Side::BOTH {
            let folder = out.join(side.as_str());
            let mut files = package(side);
            let mut runtime = Runtime::default();
            let mut modules = String::from("#![allow(warnings, reason = \"generated code, compiled to be called\")]\n");
            modules.push_str("pub mod runtime;\n");
            for case in cases.iter().filter(|case| !case.is_module()) {
                let module = case.module();
                modules.push_str(&format!("pub mod {module};\n"));
                for (path, text) in case.files(side).0 {
                    match path.strip_prefix("src/") {
                        Some(path) if path.starts_with("runtime/") => runtime.take(path, text),
                        Some("lib.rs") => drop(files.insert(format!("src/{module}/mod.rs"), root(&text))),
                        Some(path) => drop(files.insert(format!("src/{module}/{path}"), within(&text, &module))),
                        None => {}
                    }
                }
            }
            files.extend(runtime.files());
            files.insert("src/lib.rs".to_owned(), modules);
            write(&folder, &files);
        }
        let members = "[workspace]\nresolver = \"3\"\nmembers = [\"old\", \"new\"]\n";
        write(out, &BTreeMap::from([("Cargo.toml".to_owned(), members.to_owned())]));
        std::fs::copy(crate::workspace().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
        written.insert(out.to_owned());
    }

    /// What rustc says of the consumer of a case against one side; nothing when it compiles.
    pub fn consume(&self, case: &Case, side: Side) -> String {
        if case.is_module() {
            let text = case.files(side).0.remove("api.rs").unwrap_or_default();
            let text = format!(
                "pub mod client {{\n{text}\n}}\n{}",
                case.consumer().replace("use client::", "use crate::client::")
            );
            return self.rustc.compile(&case.name, side, &text, None);
        }
        let [old, new] = &self.crates;
        let host = if side == Side::Old { old } else { new };
        let text = format!("extern crate host;\nuse host::{} as client;\n{}", case.module(), case.consumer());
        self.rustc.compile(&case.name, side, &text, Some(host))
    }
}

/// The manifest; it depends on what clients without a transport depend on.
fn package(side: Side) -> BTreeMap<String, String> {
    let manifest = std::fs::read_to_string(crate::workspace().join("tests/cases/crates/everything/client/Cargo.toml"));
    let manifest: toml::Table = toml::from_str(&manifest.unwrap()).unwrap();
    let mut package = toml::Table::new();
    package.insert("name".to_owned(), side.as_str().into());
    package.insert("version".to_owned(), "0.1.0".into());
    package.insert("edition".to_owned(), "2024".into());
    let mut dependencies = manifest["dependencies"].as_table().unwrap().clone();
    let is_optional = |asked: &toml::Value| asked.get("optional").and_then(toml::Value::as_bool).unwrap_or_default();
    dependencies.retain(|_, asked| !is_optional(asked));
    let table = toml::Table::from_iter([
        ("package".to_owned(), toml::Value::Table(package)),
        ("dependencies".to_owned(), toml::Value::Table(dependencies)),
    ]);
    BTreeMap::from([("Cargo.toml".to_owned(), table.to_string())])
}

/// The crate's root as a module.
fn root(text: &str) -> String {
    let mut file = syn::parse_file(text).unwrap();
    file.attrs.clear();
    file.items.retain(|item| match item {
        syn::Item::Mod(module) => module.ident != "runtime",
        syn::Item::Struct(item) => item.ident != "Readme",
        _ => true,
    });
    file.items.iter_mut().for_each(without_gates);
    file.to_token_stream().to_string().replace("self :: runtime", "crate :: runtime")
}

/// A file of the crate as one of a module: paths from the crate's root begin with the module, but for the runtime's.
fn within(text: &str, module: &str) -> String {
    text.replace("crate::", &format!("crate::{module}::"))
        .replace(&format!("crate::{module}::runtime"), "crate::runtime")
}

/// The resources of one client are always there in the host. What is behind other features stays behind them, as it does in
/// the runtime that all clients share.
fn without_gates(item: &mut syn::Item) {
    let is_resource = |attribute: &syn::Attribute| {
        attribute.path().is_ident("cfg") && attribute.meta.to_token_stream().to_string().contains("\"api")
    };
    if let syn::Item::Mod(syn::ItemMod { attrs, .. }) | syn::Item::Use(syn::ItemUse { attrs, .. }) = item {
        attrs.retain(|attribute| !is_resource(attribute));
    }
}

/// What all clients together need of the runtime.
#[derive(Default)]
struct Runtime {
    files: BTreeMap<String, String>,
    texts: BTreeSet<String>,
}

impl Runtime {
    fn take(&mut self, path: &str, text: String) {
        if path == "runtime/mod.rs" {
            self.texts.insert(text);
        } else {
            self.files.insert(format!("src/{path}"), text);
        }
    }

    fn files(self) -> BTreeMap<String, String> {
        let items = self.texts.iter().flat_map(|text| syn::parse_file(text).unwrap().items);
        let items: BTreeSet<String> = items.map(|item| item.to_token_stream().to_string()).collect();
        let mut files = self.files;
        files.insert("src/runtime/mod.rs".to_owned(), items.into_iter().collect::<Vec<_>>().join("\n"));
        files
    }
}

/// Writes what has changed alone, so that cargo has nothing to do when nothing has.
pub(crate) fn write(folder: &Path, files: &BTreeMap<String, String>) {
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        if std::fs::read_to_string(&path).ok().as_ref() != Some(text) {
            std::fs::write(path, text).unwrap();
        }
    }
}

/// The metadata of both crates.
fn check(out: &Path) -> [PathBuf; 2] {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["check", "--workspace", "--offline", "--message-format=json-render-diagnostics"]);
    command.current_dir(out).env("CARGO_TARGET_DIR", out.join("target")).env_remove("RUSTFLAGS");
    let output = command.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let messages: Vec<Value> = said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    Side::BOTH.map(|side| {
        let of_side =
            |message: &&Value| message["reason"] == "compiler-artifact" && message["target"]["name"] == side.as_str();
        let artifact = messages.iter().find(of_side).and_then(|message| message["filenames"][0].as_str());
        let errors = String::from_utf8_lossy(&output.stderr);
        PathBuf::from(artifact.unwrap_or_else(|| panic!("the crate `{}` does not compile:\n{errors}", side.as_str())))
    })
}
