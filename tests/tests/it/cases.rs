//! Every folder `tests/cases/<group>/<case>/`: a description, maybe a configuration, and what comes of it, as snapshots
//! beside it. A new case is a new folder: `INSTA_UPDATE=always cargo test -p clientwright-tests --test it cases` writes its
//! snapshots.
//!
//! - `findings.snap`: what was found, each with its place;
//! - `names.snap`: operations and types with their Rust names, and what had to be left out;
//! - `files.snap`: the emitted files that the comment `# show: src/types/pet.rs` of the description asks for.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clientwright::emit::Files;
use clientwright::model::Model;
use clientwright::name::Resource;
use clientwright::pipeline::Prepared;
use clientwright::pointer::Pointer;
use clientwright_tests::{generate, workspace};

fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

#[test]
fn every_case_gives_what_stands_beside_it() {
    let root = workspace().join("tests/cases");
    // These have tests of their own.
    let others = ["crates", "diff", "history"];
    let groups = folders(&root).into_iter().filter(|group| others.iter().all(|other| !group.ends_with(other)));
    let cases: Vec<PathBuf> = groups.flat_map(|group| folders(&group)).collect();
    assert!(cases.len() > 20, "{} cases", cases.len());
    let mut failed = Vec::new();
    for case in &cases {
        if std::panic::catch_unwind(|| check(case)).is_err() {
            failed.push(case.strip_prefix(&root).unwrap().display().to_string());
        }
    }
    assert!(failed.is_empty(), "cases with differences: {}", failed.join(", "));
}

fn check(case: &Path) {
    let ran = generate::folder(case);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(case);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.remove_input_file();
    settings.bind(|| {
        // A snapshot is there exactly when it has something to say.
        snapshot(case, "findings", (!ran.findings.is_empty()).then_some(ran.findings.as_str()));
        let names = ran.made.as_ref().map(|(prepared, _)| names(prepared));
        snapshot(case, "names", names.as_deref());
        let shown = ran.made.as_ref().map(|(_, files)| shown(case, files)).filter(|text| !text.is_empty());
        snapshot(case, "files", shown.as_deref());
    });
}

fn snapshot(case: &Path, name: &str, text: Option<&str>) {
    match text {
        Some(text) => insta::assert_snapshot!(name, text),
        None => {
            let file = case.join(format!("{name}.snap"));
            assert!(!file.exists(), "{} has nothing to say any more: delete it", file.display());
        }
    }
}

/// The files that the description's comment asks for.
fn shown(case: &Path, files: &Files) -> String {
    let spec = std::fs::read_to_string(case.join("api.yaml")).unwrap_or_default();
    let wanted = spec.lines().filter_map(|line| line.strip_prefix("# show: ")).flat_map(str::split_whitespace);
    wanted.fold(String::new(), |mut text, path| {
        let file = files.0.get(path).unwrap_or_else(|| panic!("{path} is not among {:?}", files.0.keys()));
        let _ = writeln!(text, "=== {path}\n{file}");
        text
    })
}

/// Everything with a name in Rust.
fn names(prepared: &Prepared) -> String {
    let Model { api, facts, names, .. } = &prepared.model;
    let mut text = String::new();
    let mut callers = BTreeMap::new();
    collect("client", &names.resources, &mut callers);
    for operation in &api.operations {
        let caller = callers.get(&operation.pointer).map_or("client", String::as_str);
        let method = &names.operations[&operation.pointer].method;
        let _ = writeln!(text, "{caller}.{method}: {} {}", operation.method.as_str(), operation.path);
        for parameter in &operation.parameters {
            let key = (operation.pointer.clone(), parameter.location, parameter.wire.clone());
            let (role, name) = (if parameter.is_argument() { "argument" } else { "setter" }, &names.parameters[&key]);
            let _ =
                writeln!(text, "  {role} {name}: {:?} {:?}, {:?}", parameter.location, parameter.wire, parameter.ty);
        }
        let _ = writeln!(text, "  answers {:?}", operation.success);
        for (status, ty) in &operation.errors {
            let _ = writeln!(text, "  error {status} {ty:?}");
        }
        if !operation.security.is_empty() {
            let _ = writeln!(text, "  security {:?}", operation.security);
        }
        if let Some(paging) = facts.paging.get(&operation.pointer) {
            let _ = writeln!(text, "  {paging:?}");
        }
    }
    for (scheme, setter) in &names.schemes {
        let _ = writeln!(text, "scheme {scheme:?}: {setter}, {:?}", api.security_schemes[scheme].kind);
    }
    for (id, name) in &names.types {
        let _ = writeln!(text, "types::{}::{}: {}", name.module, name.ident, id.0);
        let labels = names.members.iter().chain(&names.variants).filter(|((owner, _), _)| owner == id);
        for ((_, wire), ident) in labels {
            let boxed = if facts.boxed.contains(&(id.clone(), wire.clone())) { ", boxed" } else { "" };
            let _ = writeln!(text, "  {ident}: {wire:?}{boxed}");
        }
        if let Some(same) = facts.same.get(id) {
            let _ = writeln!(text, "  the same as {}", same.0);
        }
    }
    for left in &prepared.left_out {
        let _ = writeln!(text, "left out for {}: {} at {}", left.code.id, left.what, left.pointer);
    }
    text
}

fn collect(parent: &str, resources: &[Resource], callers: &mut BTreeMap<Pointer, String>) {
    for resource in resources {
        let caller = format!("{parent}.{}()", resource.method);
        callers.extend(resource.operations.iter().map(|pointer| (pointer.clone(), caller.clone())));
        collect(&caller, &resource.children, callers);
    }
}
