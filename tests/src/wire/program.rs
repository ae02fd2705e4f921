//! The program that makes the calls of all cases: one crate beside the clients, compiled once.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Map, Value};

use super::print::Function;
use crate::proof::host::write;

const SUPPORT: &str = include_str!("../spector/support.rs");
const LOOPBACK: &str = include_str!("loopback.rs");

/// What is said of a call.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    pub(super) case: String,
    /// The server's.
    pub(super) side: String,
    pub(super) variant: String,
    /// Which operation of the old description it is.
    pub(super) operation: usize,
    pub(super) error: Option<String>,
    pub(super) status: Option<u64>,
    pub(super) headers: Map<String, Value>,
    /// What the answer holds, as the client wrote it again.
    pub(super) value: Value,
}

/// Builds the program below `out`, where the crate `old` stands, and lets it make its calls.
pub(super) fn run(functions: &[Function], out: &Path, origin: &str) -> Vec<Heard> {
    let folder = out.join("calls");
    let files = [
        ("Cargo.toml", manifest(out)),
        ("src/main.rs", source(functions)),
        ("src/support.rs", SUPPORT.to_owned()),
        ("src/loopback.rs", LOOPBACK.to_owned()),
    ];
    write(&folder, &files.map(|(path, text)| (path.to_owned(), text)).into_iter().collect::<BTreeMap<_, _>>());
    std::fs::copy(crate::workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let target = out.join("target");
    command.args(["build", "--offline", "--quiet"]).current_dir(&folder);
    command.env("CARGO_TARGET_DIR", &target).env_remove("RUSTFLAGS").stdin(Stdio::null());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = Command::new(target.join("debug/calls")).arg(origin).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let heard: Vec<Heard> = said.lines().map(|line| heard(&serde_json::from_str(line).unwrap())).collect();
    assert_eq!(heard.len(), functions.len() * 2);
    heard
}

fn heard(line: &Value) -> Heard {
    let text = |key: &str| line[key].as_str().map(str::to_owned);
    Heard {
        case: text("case").unwrap(),
        side: text("side").unwrap(),
        variant: text("variant").unwrap(),
        operation: line["operation"].as_u64().and_then(|index| usize::try_from(index).ok()).unwrap(),
        error: text("error"),
        status: line["status"].as_u64(),
        headers: line["headers"].as_object().cloned().unwrap_or_default(),
        value: line["value"].clone(),
    }
}

/// It depends on the clients, and on what a transport is written with, in the versions that the clients ask for.
fn manifest(out: &Path) -> String {
    let clients: toml::Table = toml::from_str(&std::fs::read_to_string(out.join("old/Cargo.toml")).unwrap()).unwrap();
    let mut dependencies = toml::Table::new();
    for name in ["bytes", "http", "serde", "serde_json"] {
        dependencies.insert(name.to_owned(), clients["dependencies"][name].clone());
    }
    dependencies.insert("old".to_owned(), toml::Table::from_iter([("path".to_owned(), "../old".into())]).into());
    let dependencies = toml::Table::from_iter([("dependencies".to_owned(), dependencies.into())]);
    format!(
        "[package]\nname = \"calls\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[profile.dev]\ndebug = \
         false\nincremental = false\n\n{dependencies}"
    )
}

fn source(functions: &[Function]) -> String {
    let mut text = String::from(
        "#![allow(warnings, reason = \"written by a program\")]\nmod loopback;\nmod support;\nuse loopback::*;\nuse \
         serde_json::Value;\nuse support::*;\n",
    );
    text.push_str("static CALLS: &[Call] = &[\n");
    for (index, Function { case, variant, operation, .. }) in functions.iter().enumerate() {
        let variant = variant.as_str();
        let _ = writeln!(text, "({case:?}, {variant:?}, {operation}, |origin| Box::pin(call_{index}(origin))),");
    }
    text.push_str("];\n");
    for (index, Function { statements, .. }) in functions.iter().enumerate() {
        let _ = writeln!(text, "async fn call_{index}(origin: String) -> Result<Value, Failure> {{\n{statements}\n}}");
    }
    text.push_str(
        "fn main() {\nlet origin = std::env::args().nth(1).unwrap();\nfor call in CALLS {\nfor side in [\"old\", \"new\"] \
         {\nmake(call, &origin, side);\n}\n}\n}\n",
    );
    text
}
