//! Crates of other generators for the same description, where their programs are installed
//! (`cargo install openapi-to-rust oas3-gen cargo-progenitor`).

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use super::Api;

/// Every installed generator's crate below `folder`, or why there is none.
///
/// # Errors
///
/// When `folder` can't be written to.
pub fn write(api: &Api, folder: &Path) -> io::Result<Vec<(&'static str, Result<(), String>)>> {
    let mut made = Vec::new();
    let name = "openapi-to-rust";
    if let Some(ran) =
        run(Command::new(name).arg("generate").arg(&api.spec).arg("--output-dir").arg(folder.join(name).join("src")))
    {
        made.push((name, ran));
        if made.iter().all(|(_, ran)| ran.is_ok()) {
            let source = folder.join(name).join("src");
            // It writes a module, and the dependencies for the crate around it.
            fs::rename(source.join("mod.rs"), source.join("lib.rs"))?;
            let dependencies = fs::read_to_string(source.join("REQUIRED_DEPS.toml"))?;
            fs::write(folder.join(name).join("Cargo.toml"), package(name) + &dependencies)?;
        }
    }
    let name = "oas3-gen";
    let spec = api.spec_3_1.as_ref().unwrap_or(&api.spec);
    let source = folder.join(name).join("src");
    if let Some(ran) = run(Command::new(name).args(["generate", "client-mod", "-i"]).arg(spec).arg("-o").arg(&source)) {
        if ran.is_ok() {
            fs::rename(source.join("mod.rs"), source.join("lib.rs"))?;
            fs::write(folder.join(name).join("Cargo.toml"), package(name) + OAS3_GEN)?;
        }
        made.push((name, ran));
    }
    let name = "cargo-progenitor";
    let mut command = Command::new(name);
    command.args(["progenitor", "--name", name, "--version", "0.0.0", "--input"]).arg(&api.spec);
    made.extend(run(command.arg("--output").arg(folder.join(name))).map(|ran| (name, ran)));
    Ok(made)
}

/// What clients of `oas3-gen` use; it writes no manifest.
const OAS3_GEN: &str = "[dependencies]\n\
    anyhow = \"1\"\nchrono = { version = \"0.4\", features = [\"serde\"] }\nhttp = \"1\"\nindexmap = { version = \"2\", features = \
    [\"serde\"] }\noas3-gen-support = \"*\"\nreqwest = { version = \"0.13\", features = [\"json\", \"query\", \"stream\"] }\n\
    serde = { version = \"1\", features = [\"derive\"] }\nserde_html_form = \"*\"\nserde_json = \"1\"\nserde_with = \"3\"\n\
    uuid = { version = \"1\", features = [\"serde\"] }\nvalidator = { version = \"*\", features = [\"derive\"] }\n";

fn package(name: &str) -> String {
    format!("[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n")
}

/// Runs a generator; `None` when it isn't installed.
fn run(command: &mut Command) -> Option<Result<(), String>> {
    match command.output() {
        Ok(output) if output.status.success() => Some(Ok(())),
        Ok(output) => {
            let words = String::from_utf8_lossy(&output.stderr);
            let line = words.lines().map(str::trim).find(|line| line.to_lowercase().contains("error"));
            let line = line.or_else(|| words.lines().map(str::trim).find(|line| !line.is_empty()));
            Some(Err(format!("writes no crate: {}", line.unwrap_or_default())))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => Some(Err(error.to_string())),
    }
}
