//! The harness for whole corpora, as it is called: outcomes of good and bad descriptions, and of nothing at all.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const FINE: &str = "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200':
          description: All pets
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
";

fn corpus(folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    command.arg(folder.join("in")).arg("--out").arg(folder.join("out")).args(more).output().unwrap()
}

#[test]
fn every_description_has_an_outcome() {
    let folder = tempfile::tempdir().unwrap();
    let descriptions = folder.path().join("in");
    std::fs::create_dir(&descriptions).unwrap();
    std::fs::write(descriptions.join("fine.yaml"), FINE).unwrap();
    std::fs::write(descriptions.join("bad.json"), "{\"openapi\": \"3.0.3\", \"openapi\": \"3.0.3\"}").unwrap();
    std::fs::write(descriptions.join("part.yaml"), "type: object").unwrap();

    let output = corpus(folder.path(), &["--format", "json"]);
    let rows: Value = serde_json::from_slice(&output.stdout).unwrap();
    let names: Vec<_> = rows.as_array().unwrap().iter().map(|row| row["description"].as_str().unwrap()).collect();
    assert_eq!(names, ["bad.json", "fine.yaml"]);
    assert_eq!((&rows[0]["outcome"], &rows[0]["made"]["errors"]["L0003"]), (&"refused".into(), &1.into()));
    let made = &rows[1]["made"];
    assert_eq!(rows[1]["outcome"], "generated");
    assert_eq!((&made["operations"], &made["types"]), (&1.into(), &1.into()));
    assert!(made["lines"].as_u64().unwrap() > 50, "{made}");
    assert!(folder.path().join("out/crates/c-fine/src/lib.rs").is_file());

    let text = String::from_utf8(corpus(folder.path(), &["--only", "fine"]).stdout).unwrap();
    assert!(text.contains("1 descriptions: 1 of 1 generated (100.00%)"), "{text}");
}

#[test]
fn a_name_that_matches_nothing_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("in")).unwrap();
    let output = corpus(folder.path(), &["--check", "all"]);
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("no description has `all` in its path"));
}
