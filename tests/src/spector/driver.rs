//! The driver: a crate for each spec with a function for each scenario, and a program that runs them. A function that doesn't
//! compile is taken out, so that it costs the others nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Result;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::api::Document;

/// A spec's scenarios as Rust.
#[derive(Clone, Debug)]
pub struct Driven<'a> {
    /// The driver crate's name.
    pub name: String,
    /// The clients that it calls.
    pub documents: &'a [Document],
    /// The statements of each scenario's function, by its name.
    pub functions: Vec<(String, String)>,
}

/// Why scenarios can't be run, by name.
pub type Failed = BTreeMap<String, String>;

const SUPPORT: &str = include_str!("support.rs");

/// So often what doesn't compile is taken out.
const ROUNDS: usize = 6;

/// Writes and compiles all below `out`. Gives the program, and what doesn't compile.
///
/// # Errors
///
/// When a file can't be written, cargo can't be run, or it fails for another reason.
pub fn build(out: &Path, all: &mut [Driven<'_>]) -> Result<(PathBuf, Failed)> {
    let mut failed = Failed::new();
    write_shared(out)?;
    let mut broken: BTreeSet<String> = BTreeSet::new();
    for _ in 0..ROUNDS {
        let living: Vec<&Driven<'_>> = all.iter().filter(|driven| !broken.contains(&driven.name)).collect();
        write(out, &living)?;
        let faults = compile(out)?;
        if faults.is_empty() {
            return Ok((out.join("target/debug/spector-run"), failed));
        }
        for driven in all.iter_mut() {
            if broken.contains(&driven.name) {
                continue;
            }
            let of_clients = driven.documents.iter().find_map(|document| faults.get(&document.name)?.first());
            if let Some((_, fault)) = of_clients {
                let why = format!("the client doesn't compile: {fault}");
                failed.extend(driven.functions.drain(..).map(|(name, _)| (name, why.clone())));
                broken.insert(driven.name.clone());
            }
            let Some(faults) = faults.get(&driven.name) else { continue };
            let (_, places) = source(driven);
            for (line, fault) in faults {
                let Some((name, _)) = places.iter().rev().find(|(_, start)| start <= line) else { continue };
                failed.entry(name.clone()).or_insert_with(|| format!("doesn't compile: {fault}"));
            }
            driven.functions.retain(|(name, _)| !failed.contains_key(name));
        }
    }
    Err(std::io::Error::other("the driver doesn't compile; cargo.err has why"))
}

fn write_shared(out: &Path) -> Result<()> {
    let support = out.join("spector-support");
    write_file(&support.join("src/lib.rs"), SUPPORT)?;
    let dependencies = [r#"serde = "1""#.to_owned(), json()];
    write_file(&support.join("Cargo.toml"), &manifest("spector-support", &dependencies))?;
    std::fs::copy(crate::workspace().join("Cargo.lock"), out.join("Cargo.lock"))?;
    Ok(())
}

fn json() -> String {
    r#"serde_json = { version = "1", features = ["float_roundtrip"] }"#.to_owned()
}

fn manifest(name: &str, dependencies: &[String]) -> String {
    let head = "version = \"0.1.0\"\nedition = \"2024\"\npublish = false";
    format!("[package]\nname = {name:?}\n{head}\n\n[dependencies]\n{}\n", dependencies.join("\n"))
}

fn write(out: &Path, all: &[&Driven<'_>]) -> Result<()> {
    let mut members = BTreeSet::from(["spector-support".to_owned(), "spector-run".to_owned()]);
    let mut runs = String::new();
    let mut dependencies = vec![r#"tokio = { version = "1", features = ["rt", "time"] }"#.to_owned(), json()];
    for driven in all {
        members.insert(driven.name.clone());
        members.extend(driven.documents.iter().map(|document| format!("clients/{}", document.name)));
        let folder = out.join(&driven.name);
        write_file(&folder.join("src/lib.rs"), &source(driven).0)?;
        let clients = driven.documents.iter().map(|document| {
            let api = if has_feature(document, "api") { ", \"api\"" } else { "" };
            let name = &document.name;
            format!(
                "{name} = {{ path = \"../clients/{name}\", default-features = false, features = [\"reqwest\"{api}] }}"
            )
        });
        let shared = [r#"spector-support = { path = "../spector-support" }"#.to_owned()];
        write_file(&folder.join("Cargo.toml"), &manifest(&driven.name, &clients.chain(shared).collect::<Vec<_>>()))?;
        dependencies.push(format!("{} = {{ path = \"../{}\" }}", driven.name, driven.name));
        let _ = writeln!(runs, "    all.extend({}::all(&origin));", driven.name.replace('-', "_"));
    }
    let main = format!(
        r#"//! Runs all scenarios against the server at the first argument, and says a line of JSON for each.

use std::time::Duration;

fn main() {{
    let origin = std::env::args().nth(1).expect("the server's address");
    let mut all = Vec::new();
{runs}
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    for (name, run) in all {{
        let said = runtime.block_on(async {{ tokio::time::timeout(Duration::from_secs(20), run).await }});
        let why = match said {{
            Ok(Ok(())) => None,
            Ok(Err(why)) => Some(why),
            Err(_) => Some("no end after 20 s".to_owned()),
        }};
        println!("{{}}", serde_json::json!({{ "name": name, "why": why }}));
    }}
}}
"#
    );
    write_file(&out.join("spector-run/src/main.rs"), &main)?;
    write_file(&out.join("spector-run/Cargo.toml"), &manifest("spector-run", &dependencies))?;
    let profile = "[profile.dev]\ndebug = false\nincremental = false\n";
    let members: Vec<String> = members.into_iter().collect();
    write_file(&out.join("Cargo.toml"), &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n{profile}"))
}

fn has_feature(document: &Document, name: &str) -> bool {
    let manifest = std::fs::read_to_string(document.folder.join("Cargo.toml")).unwrap_or_default();
    let manifest: toml::Table = toml::from_str(&manifest).unwrap_or_default();
    manifest.get("features").and_then(toml::Value::as_table).is_some_and(|features| features.contains_key(name))
}

/// The source of a spec's driver, and the line at which each function begins.
fn source(driven: &Driven<'_>) -> (String, Vec<(String, usize)>) {
    let mut text = String::from("#![allow(warnings, reason = \"written by a program\")]\nuse spector_support::*;\n");
    for (index, document) in driven.documents.iter().enumerate() {
        let name = document.name.replace('-', "_");
        let _ = writeln!(
            text,
            "pub mod c{index} {{\n    pub use {name}::*;\n    use {name} as own;\n    pub fn told(error: own::Error) -> \
             spector_support::Failure {{\n        spector_support::failure(error.status().map(|status| status.as_u16()), \
             error.body(), &error.to_string())\n    }}\n}}"
        );
    }
    text.push_str(
        "pub type Run = std::pin::Pin<Box<dyn std::future::Future<Output = Result<(), String>>>>;\n\
         pub fn all(origin: &str) -> Vec<(&'static str, Run)> {\n    let mut all: Vec<(&'static str, Run)> = Vec::new();\n",
    );
    for (name, _) in &driven.functions {
        let _ = writeln!(text, "    all.push(({name:?}, Box::pin({}(origin.to_owned()))));", function(name));
    }
    text.push_str("    all\n}\n");
    let mut places = Vec::new();
    for (name, statements) in &driven.functions {
        places.push((name.clone(), text.lines().count() + 1));
        let function = function(name);
        let _ =
            writeln!(text, "async fn {function}(origin: String) -> Result<(), String> {{\n{statements}    Ok(())\n}}");
    }
    (text, places)
}

fn function(name: &str) -> String {
    format!("run_{}", name.to_lowercase())
}

/// Writes what is not there already, so that cargo compiles only what changed.
fn write_file(path: &Path, text: &str) -> Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)
}

/// The errors of each package, with their lines.
fn compile(out: &Path) -> Result<BTreeMap<String, Vec<(usize, String)>>> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["build", "--offline", "--keep-going", "--message-format=json", "--package", "spector-run"]);
    command.current_dir(out).env("CARGO_TARGET_DIR", out.join("target")).env_remove("RUSTFLAGS");
    let log = std::fs::File::create(out.join("cargo.err"))?;
    let output = command.stdin(Stdio::null()).stderr(log).output()?;
    let mut faults: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        let (folder, of) = (message["manifest_path"].as_str().map(Path::new), &message["message"]);
        let name = folder.and_then(|path| path.parent()?.file_name()?.to_str());
        let (Some(name), Some("error")) = (name, of["level"].as_str()) else { continue };
        let spans = of["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
        let Some(span) = spans.iter().find(|span| span["is_primary"] == true) else { continue };
        let line = span["line_start"].as_u64().and_then(|line| usize::try_from(line).ok()).unwrap_or_default();
        let text = of["message"].as_str().unwrap_or_default().lines().next().unwrap_or_default().to_owned();
        faults.entry(name.to_owned()).or_default().push((line, text));
    }
    match faults.is_empty() && !output.status.success() {
        true => Err(std::io::Error::other("cargo fails; cargo.err has why")),
        false => Ok(faults),
    }
}
