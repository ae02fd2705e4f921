use std::fs;

use super::*;
use crate::diag::Code;

static ODD: Code = Code { id: "X1", title: "odd", severity: Severity::Warning, explain: "" };

/// Stages that read the description as text and find something odd in it.
fn fake(config: &Config, run: &mut Run<'_>) -> Option<(Files, Vec<LeftOut>)> {
    let text = fs::read_to_string(&config.spec).ok()?;
    run.sources.add(&config.spec, text.clone());
    run.diagnostics.push(Diagnostic::new(&ODD, "an odd\ncargo::rustc-env=thing"));
    config::judge(config, &mut run.diagnostics);
    if run.diagnostics.has_errors() {
        return None;
    }
    Some((Files([("api.rs".to_owned(), format!("// {text}"))].into()), Vec::new()))
}

fn generate(builder: &Builder, out: Option<&Path>) -> (Result<Generated, Error>, String) {
    let mut cargo = Vec::new();
    let result = builder.generate_to(out, &mut cargo, fake);
    (result, String::from_utf8(cargo).unwrap())
}

#[test]
fn a_file_is_written_once_and_cargo_is_told() {
    let temp = tempfile::tempdir().unwrap();
    let spec = temp.path().join("pets.yaml");
    fs::write(&spec, "pets").unwrap();
    let builder = Builder::new(&spec).package("pets");
    let (first, cargo) = generate(&builder, Some(temp.path()));
    let first = first.unwrap();
    assert_eq!((first.file.as_path(), first.changed), (temp.path().join("pets.rs").as_path(), true));
    let cargo = cargo.replace(&temp.path().display().to_string(), "TEMP");
    insta::assert_snapshot!(cargo, @r"
    cargo::rerun-if-changed=TEMP/pets.yaml
    cargo::warning=warning[X1]: an odd\ncargo::rustc-env=thing
    ");
    assert!(!generate(&builder, Some(temp.path())).0.unwrap().changed);
    fs::write(&spec, "more").unwrap();
    assert!(generate(&builder, Some(temp.path())).0.unwrap().changed);
    assert_eq!(fs::read_to_string(first.file).unwrap(), "// more");
}

#[test]
fn errors_are_readable_when_unwrapped() {
    let temp = tempfile::tempdir().unwrap();
    let spec = temp.path().join("pets.yaml");
    fs::write(&spec, "pets").unwrap();
    let (strict, cargo) = generate(&Builder::new(&spec).strict(true), Some(temp.path()));
    insta::assert_snapshot!(format!("{:?}", strict.unwrap_err()), @r"
    no client was generated

    error[X1]: an odd\ncargo::rustc-env=thing
    ");
    assert!(!cargo.contains("warning"), "an error is told once: {cargo}");

    let config = temp.path().join("c.toml");
    fs::write(&config, "spec = \"pets.yaml\"\nout = \"client\"\nstrcit = true\n").unwrap();
    let (error, cargo) = generate(&Builder::from_config(&config), Some(temp.path()));
    assert!(format!("{:?}", error.unwrap_err()).contains("c.toml:3:1: unknown\n  = help: did you mean"));
    assert!(cargo.contains("rerun-if-changed=") && cargo.contains("c.toml"));
}

#[test]
fn wrong_settings_have_codes() {
    let temp = tempfile::tempdir().unwrap();
    let spec = temp.path().join("api.yaml");
    fs::write(&spec, "").unwrap();
    let error = |builder: Builder, out| generate(&builder, out).0.unwrap_err().to_string();
    assert!(error(Builder::new(&spec), None).contains("C0301"));
    assert!(error(Builder::new(&spec).package("a b"), Some(temp.path())).contains("C0101"));
    assert!(error(Builder::new(&spec).config(temp.path().join("none")), Some(temp.path())).contains("C0001"));
    for name in ["../api.rs", "", "a/b.rs", ".", "a\nb"] {
        assert!(error(Builder::new(&spec).out_file(name), Some(temp.path())).contains("C0302"), "{name}");
    }
    let missing = temp.path().join("no").join("folder");
    assert!(error(Builder::new(&spec), Some(&missing)).contains("W0001"));
    let mut cargo = Vec::new();
    let none: Stages = |_, _| Some((Files::default(), Vec::new()));
    let result = Builder::new(&spec).generate_to(Some(temp.path()), &mut cargo, none);
    assert!(result.unwrap_err().to_string().contains("W0107"));
}
