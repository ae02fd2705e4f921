//! The README: what it shows is what works. (Its Rust compiles as doctests of this package.)

use std::collections::BTreeSet;

use clientwright::write::Mode;
use clientwright_tests::{generate, workspace};

fn readme() -> String {
    std::fs::read_to_string(workspace().join("README.md")).unwrap()
}

/// The fenced blocks of a language, without the indentation that they have in a list.
fn blocks(language: &str) -> Vec<String> {
    let text = readme();
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let indent = line.len() - line.trim_start().len();
        if line.trim_start().strip_prefix("```") == Some(language) {
            let inside = lines.by_ref().take_while(|line| line.trim() != "```");
            blocks.push(inside.map(|line| format!("{}\n", line.get(indent..).unwrap_or_default())).collect());
        }
    }
    blocks
}

/// A description that the README's configuration speaks of.
const PETSTORE: &str = "
openapi: 3.0.3
info: {title: Petstore, version: '1'}
security: [{api_key: []}]
paths:
  /pets:
    get: {operationId: findPetsByStatus2, tags: [pets], responses: {'204': {description: None.}}}
    post:
      operationId: uploadFile
      tags: [pets]
      requestBody:
        content:
          application/json: {schema: {type: object, properties: {address: {type: string}}}}
          multipart/form-data: {schema: {type: object, properties: {file: {type: string, format: binary}}}}
      responses: {'204': {description: None.}}
components:
  securitySchemes:
    api_key: {type: apiKey, in: header, name: X-Key}
";

#[test]
fn the_configuration_it_shows_is_one() {
    let configuration = blocks("toml").into_iter().find(|block| block.contains("[resources]")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("spec");
    std::fs::create_dir(&spec).unwrap();
    std::fs::write(spec.join("petstore.yaml"), PETSTORE).unwrap();
    std::fs::write(spec.join("clientwright.toml"), configuration).unwrap();
    let written = generate::write(&spec, Mode::Write);
    assert!(written.errors.is_empty(), "{}", written.findings);
    let client = folder.path().join("petstore-client");
    let manifest = std::fs::read_to_string(client.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"petstore-client\""), "{manifest}");
    let resource = std::fs::read_to_string(client.join("src/resources/store/pets.rs")).unwrap();
    assert!(resource.contains("pub fn find_pets(&self)"), "{resource}");
    assert!(resource.contains("call.multipart("), "{resource}");
}

#[test]
fn the_overlay_it_shows_gives_a_client_credentials() {
    let overlay = blocks("yaml").into_iter().find(|block| block.starts_with("overlay:")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("spec");
    std::fs::create_dir(&spec).unwrap();
    let open = "{openapi: 3.0.3, info: {title: Open, version: '1'}, paths: {/a: {get: {responses: {'204': {description: None.}}}}}}";
    std::fs::write(spec.join("open.yaml"), format!("# YAML\n{open}")).unwrap();
    std::fs::write(spec.join("fixes.yaml"), overlay).unwrap();
    let configuration = "spec = \"open.yaml\"\nout = \"../client\"\noverlays = [\"fixes.yaml\"]\n";
    std::fs::write(spec.join("clientwright.toml"), configuration).unwrap();
    let written = generate::write(&spec, Mode::Write);
    assert!(written.errors.is_empty(), "{}", written.findings);
    let client = std::fs::read_to_string(folder.path().join("client/src/client.rs")).unwrap();
    assert!(client.contains("impl Into<BearerToken>"), "{client}");
}

/// The keys of a table of a manifest.
fn keys(manifest: &str, table: &str) -> BTreeSet<String> {
    let manifest: toml::Table = toml::from_str(manifest).unwrap();
    manifest[table].as_table().unwrap().keys().cloned().collect()
}

#[test]
fn the_dependencies_of_a_build_script_are_those_of_the_consumer() {
    let shown = blocks("toml").into_iter().find(|block| block.contains("[build-dependencies]")).unwrap();
    let consumer = std::fs::read_to_string(workspace().join("tests/consumer/Cargo.toml")).unwrap();
    for table in ["dependencies", "build-dependencies"] {
        assert_eq!(keys(&shown, table), keys(&consumer, table), "[{table}]");
    }
}

#[test]
fn the_two_commands_are_there() {
    let commands = blocks("sh").concat();
    assert!(commands.contains("cargo clientwright generate "));
    assert!(commands.contains("cargo test --workspace "));
    let alias = std::fs::read_to_string(workspace().join(".cargo/config.toml")).unwrap();
    assert!(alias.contains("clientwright = \"run "), "{alias}");
    let ci = std::fs::read_to_string(workspace().join(".ci/run")).unwrap();
    assert!(ci.contains("cargo test --workspace"), "{ci}");
}
