//! The same description gives the same bytes, wherever it stands and in whatever order it is written, and a small change of
//! it is a small change of the output.

use std::fs;
use std::path::Path;

use clientwright::config::Config;
use clientwright::emit::Files;
use clientwright::pipeline::{self, Run};
use clientwright::write::{Mode, Report};
use clientwright_tests::{generate, workspace};
use serde_yaml::Value;
use tempfile::TempDir;

const EVERYTHING: &str = "tests/cases/crates/everything";

fn description() -> String {
    fs::read_to_string(workspace().join(EVERYTHING).join("api.yaml")).unwrap()
}

/// A folder of its own with the same configuration.
fn copy(description: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(workspace().join(EVERYTHING).join("clientwright.toml"), folder.path().join("clientwright.toml")).unwrap();
    fs::write(folder.path().join("api.yaml"), description).unwrap();
    folder
}

fn of(description: &str) -> Files {
    generate::folder(copy(description).path()).files().clone()
}

/// The first line that differs, for the message.
fn assert_same(a: &Files, b: &Files) {
    assert_eq!(a.0.keys().collect::<Vec<_>>(), b.0.keys().collect::<Vec<_>>());
    for (path, text) in &a.0 {
        let differs = text.lines().zip(b.0[path].lines()).find(|(a, b)| a != b);
        assert_eq!(differs, None, "{path}");
    }
    assert_eq!(a, b);
}

#[test]
fn the_place_does_not_matter() {
    let absolute = generate::folder(&workspace().join(EVERYTHING));
    // Cargo runs tests in their package's folder.
    let relative = generate::folder(Path::new("cases/crates/everything"));
    let roundabout = generate::folder(Path::new("../tests/./cases/../cases/crates/everything"));
    for other in [&relative, &roundabout, &generate::folder(copy(&description()).path())] {
        assert_same(absolute.files(), other.files());
        assert_eq!(absolute.findings.matches("[S").count(), other.findings.matches("[S").count());
    }
    assert_same(absolute.files(), generate::folder(&workspace().join(EVERYTHING)).files());
}

#[test]
fn a_crate_without_a_configuration_depends_on_the_name_of_its_folder_alone() {
    let files = |folder: &Path| {
        fs::write(folder.join("api.yaml"), description()).unwrap();
        let mut run = Run::default();
        pipeline::files(&Config::new(folder.join("api.yaml"), folder.join("client")), &mut run).unwrap().1
    };
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert_same(&files(a.path()), &files(b.path()));
}

fn reversed(value: Value) -> Value {
    match value {
        Value::Mapping(members) => {
            let members: Vec<_> = members.into_iter().collect();
            Value::Mapping(members.into_iter().rev().map(|(key, value)| (key, reversed(value))).collect())
        }
        Value::Sequence(items) => Value::Sequence(items.into_iter().map(reversed).collect()),
        other => other,
    }
}

#[test]
fn the_order_of_mappings_does_not_matter() {
    for name in ["everything", "hostile"] {
        let folder = workspace().join("tests/cases/crates").join(name);
        let value: Value = serde_yaml::from_str(&fs::read_to_string(folder.join("api.yaml")).unwrap()).unwrap();
        let there = serde_yaml::to_string(&value).unwrap();
        let back = serde_yaml::to_string(&reversed(value)).unwrap();
        assert!(there != back && there.len() == back.len());
        let of = |text: &str| {
            let copy = copy(text);
            fs::copy(folder.join("clientwright.toml"), copy.path().join("clientwright.toml")).unwrap();
            generate::folder(copy.path()).files().clone()
        };
        assert_same(&of(&there), &of(&back));
    }
}

#[test]
fn line_endings_do_not_matter() {
    let text = description();
    assert_same(&of(&text), &of(&text.replace('\n', "\r\n")));
}

/// What a change of the description does to an output that is there.
fn change(from: &str, to: &str) -> Report {
    let folder = copy(&description());
    let first = generate::write(folder.path(), Mode::Write);
    assert!(first.errors.is_empty(), "{}", first.findings);
    let text = description();
    assert_eq!(text.matches(from).count(), 1, "{from}");
    fs::write(folder.path().join("api.yaml"), text.replacen(from, to, 1)).unwrap();
    let second = generate::write(folder.path(), Mode::Write);
    assert!(second.errors.is_empty(), "{}", second.findings);
    second.outcome.unwrap().report
}

#[test]
fn a_letter_changes_one_file() {
    for (from, to, file) in [
        ("What it is called.", "What it is calle.", "src/types/pet.rs"),
        ("Page by page, in the order", "Page by page; in the order", "src/resources/shop/pets.rs"),
        ("On the client itself.", "On the client itself!", "src/client.rs"),
    ] {
        let report = change(from, to);
        assert_eq!((report.changed, report.created), (vec!["clientwright.lock".to_owned(), file.to_owned()], vec![]));
        assert!(report.deleted.is_empty());
    }
}

#[test]
fn a_newcomer_changes_its_own_files_and_the_lists() {
    let path = "  /pets/added:
    get:
      tags: [pets]
      operationId: getAdded
      responses:
        \"200\": { description: New., content: { application/json: { schema: { $ref: \"#/components/schemas/Added\" } } } }
  /pets/all:
";
    let folder = copy(&description());
    generate::write(folder.path(), Mode::Write);
    let text = description().replacen("  /pets/all:\n", path, 1).replacen(
        "    Problem:\n      type: object\n",
        "    Added: { type: object, properties: { name: { type: string } } }\n    Problem:\n      type: object\n",
        1,
    );
    fs::write(folder.path().join("api.yaml"), text).unwrap();
    let report = generate::write(folder.path(), Mode::Write).outcome.unwrap().report;
    assert_eq!(report.created, ["src/types/added.rs"]);
    // The lists: of all operations, of the resource that has it, of all types, of all files.
    assert_eq!(report.changed, ["api.md", "clientwright.lock", "src/resources/shop/pets.rs", "src/types/mod.rs"]);
    assert!(report.deleted.is_empty());
}

#[test]
fn a_second_run_writes_nothing() {
    let folder = copy(&description());
    assert!(generate::write(folder.path(), Mode::Write).errors.is_empty());
    let lib = folder.path().join("client/src/lib.rs");
    let lock = folder.path().join("client/clientwright.lock");
    let times = || [&lib, &lock].map(|path| fs::metadata(path).unwrap().modified().unwrap());
    let before = times();
    let second = generate::write(folder.path(), Mode::Write);
    assert!(second.outcome.unwrap().report.is_clean());
    assert_eq!(times(), before);
    assert!(generate::write(folder.path(), Mode::Check).errors.is_empty());
}

#[test]
fn types_that_say_the_same_are_counted_as_the_one_that_is_written() {
    let link = "{type: object, properties: {rel: {type: string}, href: {type: string}}}";
    let operation = |id: &str| {
        let schema = format!("{{type: object, properties: {{link: {link}, {id}: {{type: string}}}}}}");
        let answer = format!("{{description: x, content: {{application/json: {{schema: {schema}}}}}}}");
        format!("  /{id}: {{get: {{operationId: {id}, responses: {{\"200\": {answer}}}}}}}\n")
    };
    let (one, other) = (operation("one"), operation("other"));
    let (place, client) =
        generate::place(&format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n{one}{other}"));
    let written = generate::write(place.path(), Mode::Write);
    let files = fs::read_dir(client.join("src/types")).unwrap();
    let text: String = files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    assert_eq!(text.matches("\npub struct ").count(), 3, "{text}");
    assert_eq!(written.outcome.map(|outcome| (outcome.operations, outcome.types)), Some((2, 3)));
}
