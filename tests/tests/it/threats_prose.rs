//! What is written by others and ends up in docs: rows 1, 5 and 6 of the threats. Prose never runs, never loads anything,
//! and never turns letters around, as a crate and as a module.
//!
//! The doc comments of the whole output are put on items of their own, so that rustdoc can be asked about all of them at
//! once without building what the client depends on.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use clientwright::emit::Files;
use clientwright::model::Delivery;
use clientwright_tests::{generate, workspace};
use serde_json::Value;

/// Prose that would do harm, each in its own way.
const HOSTILE: &[&str] = &[
    "A\n\n```\npanic!(\"fence\");\n```",
    "B\n\n~~~rust\npanic!(\"tilde\");\n~~~",
    "C\n\n    panic!(\"indent\");",
    "D\n\n- a\n\n      panic!(\"list\");",
    "E\n\n> ```foo,rust\n> panic!(\"quote\");\n> ```",
    "```should_panic\npanic!(\"first\");\n```",
    "F <script>alert(1)</script> <iframe src='https://evil.example'></iframe> <img src=x onerror=alert(1)> Vec<T>",
    "G [a](javascript:alert(1)) [b](data:text/html,x) <javascript:alert(1)> [Nope] [`Vec`] [x][Nope]",
    "H \u{202e}bidi\u{2066} bare\rreturn NUL\0 \u{7} */ /* \" \\\" \"# {x} ${x} #[doc] `unclosed",
    "I\n\n<div>\n\n```\npanic!(\"html\");\n```\n\n</div>\n\n[Nope]: javascript:alert(1)",
];

/// The description of the crate that has everything, every text for people replaced.
fn description() -> String {
    let text = std::fs::read_to_string(workspace().join("tests/cases/crates/everything/api.yaml")).unwrap();
    let mut value: Value = serde_yaml::from_str(&text).unwrap();
    let mut count = 0;
    make_hostile(&mut value, false, &mut count);
    assert!(count > 60, "{count} texts");
    serde_json::to_string(&value).unwrap()
}

/// `named` says that the keys of this mapping are names, not members of OpenAPI.
fn make_hostile(value: &mut Value, named: bool, count: &mut usize) {
    match value {
        Value::Object(members) => {
            let described = ["type", "in", "$ref", "responses", "title", "oneOf", "schema"];
            if !named && described.iter().any(|key| members.contains_key(*key)) && !members.contains_key("$ref") {
                members.insert("description".to_owned(), "".into());
            }
            for (key, value) in members {
                let is_text = ["description", "summary", "title", "default", "example", "pattern"].contains(&&**key);
                match value {
                    Value::String(text) if is_text && !named => {
                        *text = HOSTILE[*count % HOSTILE.len()].to_owned();
                        *count += 1;
                    }
                    _ => make_hostile(value, ["properties", "schemas", "parameters"].contains(&&**key), count),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| make_hostile(item, false, count)),
        _ => {}
    }
}

/// Every doc comment of the files on an item of its own.
fn docs_alone(files: &Files) -> String {
    let mut out = String::from("//! All of it.\n\n");
    let mut count = 0;
    for text in files.0.iter().filter(|(path, _)| path.ends_with(".rs") && !path.contains("runtime/")).map(|(_, t)| t) {
        let mut inside = false;
        for line in text.lines().chain([""]) {
            let line = line.trim_start();
            let comment = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"));
            // Links to items would need the items.
            match comment.map(|comment| {
                comment.replace("](crate::", "](https://docs.example/").replace("](Client", "](https://docs.example/")
            }) {
                Some(comment) => {
                    writeln!(out, "///{comment}").unwrap();
                    inside = true;
                }
                None if inside => {
                    writeln!(out, "pub struct P{count};\n").unwrap();
                    count += 1;
                    inside = false;
                }
                None => {}
            }
        }
    }
    out
}

fn tool(name: &str) -> PathBuf {
    let beside = std::env::var_os("CARGO").map(PathBuf::from).and_then(|cargo| Some(cargo.parent()?.join(name)));
    beside.filter(|path| path.exists()).unwrap_or_else(|| name.into())
}

fn rustdoc(folder: &Path, name: &str, source: &str, arguments: &[&str]) -> Output {
    let path = folder.join(format!("{name}.rs"));
    std::fs::write(&path, source).unwrap();
    let mut command = Command::new(tool("rustdoc"));
    command.arg(&path).args(["--crate-name", name, "--edition", "2024"]).args(arguments).current_dir(folder);
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// How many doctests rustdoc finds.
fn doctests(folder: &Path, name: &str, source: &str) -> usize {
    let listed = rustdoc(folder, name, source, &["--test", "--test-args", "--list"]);
    assert!(listed.status.success(), "{}{}", text(&listed.stdout), text(&listed.stderr));
    text(&listed.stdout).lines().filter(|line| line.ends_with(": test")).count()
}

#[test]
fn only_our_own_examples_are_doctests() {
    let folder = tempfile::tempdir().unwrap();
    let description = description();

    let module = generate::text(&description, Delivery::Module);
    assert_eq!(doctests(folder.path(), "module", &docs_alone(module.files())), 0);

    let ran = generate::text(&description, Delivery::Crate);
    let (prepared, files) = ran.made.as_ref().unwrap();
    // One for each operation, and the quick start.
    let ours = prepared.model.api.operations.len() + 1;
    let alone = docs_alone(files);
    assert_eq!(alone.matches("```no_run\n").count(), ours);
    assert_eq!(doctests(folder.path(), "whole", &alone), ours);

    // This test can fail: the same prose as it is does run.
    let raw = HOSTILE[..6].iter().fold(String::new(), |mut out, prose| {
        prose.lines().for_each(|line| writeln!(out, "/// {line}").unwrap());
        writeln!(out, "pub struct P{};\n", out.len()).unwrap();
        out
    });
    assert!(doctests(folder.path(), "raw", &raw) >= 6, "{raw}");
}

#[test]
fn nothing_in_the_docs_loads_runs_or_misleads() {
    let folder = tempfile::tempdir().unwrap();
    let ran = generate::text(&description(), Delivery::Crate);
    let files = ran.files();
    for (path, file) in &files.0 {
        let odd = file
            .chars()
            .find(|c| (c.is_control() && *c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
        // The runtime's own files are the same for every description.
        assert!(odd.is_none() || path.contains("runtime/"), "{path} has {odd:?}");
    }
    for path in ["README.md", "api.md"] {
        for harm in ["<script", "<iframe", "<img", "](javascript:", "](data:"] {
            assert!(!files.0[path].contains(harm), "{path} has {harm}");
        }
    }
    let source = docs_alone(files);
    // Links to items lead nowhere here; every other lint of rustdoc, and rustc's on turned text, stands.
    let lints = ["-Dwarnings", "-Drustdoc::all", "-Arustdoc::broken-intra-doc-links", "--out-dir", "doc"];
    let built = rustdoc(folder.path(), "whole", &source, &lints);
    assert!(built.status.success(), "{}", text(&built.stderr));
    let mut pages = 0;
    for entry in folder.path().join("doc/whole").read_dir().unwrap() {
        let page = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        pages += 1;
        for harm in ["<script>alert", "<iframe", "<img src=\"x\"", "href=\"javascript:", "href=\"data:", "onerror=\""] {
            assert!(!page.contains(harm), "{harm} in {page}");
        }
    }
    assert!(pages > 100, "{pages} pages");
}
