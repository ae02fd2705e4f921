//! What may know what: the layers that README's "How it is built" names, read off the paths in the generator's sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use clientwright_tests::{rust_files, workspace};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;

/// A file of the generator: every path in it (`a::b`), unit tests left out.
#[derive(Debug)]
struct Source {
    /// Relative to `codegen/src`, such as `emit/mod.rs`.
    path: String,
    /// Every first name of a path, and the second beside it: `std::fs`, `quote`.
    names: BTreeSet<String>,
}

fn sources() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(read_sources)
}

fn read_sources() -> Vec<Source> {
    let root = workspace().join("codegen/src");
    let mut sources: Vec<Source> = Vec::new();
    for path in rust_files(&root).unwrap() {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        sources.push(Source { names: names(&fs::read_to_string(&path).unwrap()), path: name });
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(sources.len() > 80, "{} files", sources.len());
    sources
}

fn names(text: &str) -> BTreeSet<String> {
    let file = syn::parse_file(text).unwrap();
    let mut names = BTreeSet::new();
    for item in &file.items {
        if !is_test(item) {
            gather(item.to_token_stream(), &mut names);
        }
    }
    names
}

fn is_test(item: &syn::Item) -> bool {
    let attributes = match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => return false,
    };
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && {
            let list = attribute.meta.require_list().unwrap();
            list.tokens.to_string() == "test"
        }
    })
}

/// `a`, and `a::b`, of every path `a::b::c`; of `use std::{fs, io}` each. Macros count as their name.
fn gather(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(first) if !(at >= 2 && is_colon(at - 1) && is_colon(at - 2)) => {
                let called = matches!(tokens.get(at + 1), Some(TokenTree::Punct(punct)) if punct.as_char() == '!');
                if called {
                    names.insert(format!("{first}!"));
                }
                if !(is_colon(at + 1) && is_colon(at + 2)) {
                    continue;
                }
                names.insert(first.to_string());
                match tokens.get(at + 3) {
                    Some(TokenTree::Ident(second)) => drop(names.insert(format!("{first}::{second}"))),
                    Some(TokenTree::Group(group)) => group.stream().into_iter().for_each(|inner| {
                        if let TokenTree::Ident(second) = inner {
                            names.insert(format!("{first}::{second}"));
                        }
                    }),
                    _ => {}
                }
            }
            TokenTree::Group(group) => gather(group.stream(), names),
            _ => {}
        }
    }
}

/// Where each of the names may appear: files, or folders with a slash.
fn allowed() -> BTreeMap<&'static str, &'static [&'static str]> {
    BTreeMap::from([
        ("openapiv3", ["normalize/", "lower/"].as_slice()),
        ("quote", &["emit/"]),
        ("quote!", &["emit/"]),
        ("proc_macro2", &["emit/"]),
        ("prettyplease", &["emit/"]),
        ("syn", &["emit/", "name/"]),
        ("minijinja", &["emit/"]),
        ("pulldown_cmark", &["emit/prose/"]),
        ("granit_parser", &["load/"]),
        ("jsonc_parser", &["load/"]),
        ("serde_json_path", &["overlay/"]),
        ("serde_yaml", &[]),
        ("toml", &["config/", "emit/manifest.rs", "emit/template.rs", "vendor/"]),
        ("clap", &["cli/"]),
        ("annotate_snippets", &["cli/"]),
        ("std::fs", &["load/", "write/"]),
        ("fs", &["load/", "write/"]),
        ("std::net", &[]),
        ("std::process", &["cli/", "main.rs"]),
        ("std::thread", &["aside.rs", "emit/jobs.rs", "write/disk.rs"]),
        ("println!", &[]),
        ("eprintln!", &[]),
        ("panic!", &[]),
        ("todo!", &[]),
        ("unreachable!", &[]),
        ("unimplemented!", &[]),
    ])
}

#[test]
fn each_layer_knows_what_it_may() {
    let mut wrong = Vec::new();
    for source in sources() {
        let in_tests = source.path.contains("tests") || source.path.ends_with("testing.rs");
        for (name, places) in allowed() {
            let fine = places.iter().any(|place| source.path.starts_with(place));
            if source.names.contains(name) && !fine && !in_tests {
                wrong.push(format!("{} has {name}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_second_opinion_on_yaml_stands_in_one_file() {
    let with: Vec<_> = sources().iter().filter(|source| source.names.contains("serde_yaml")).collect();
    let paths: Vec<_> = with.iter().map(|source| source.path.as_str()).collect();
    assert_eq!(paths, ["load/tests/differential.rs"]);
}

/// A rule that nothing could break is no rule: each name stands somewhere where it may.
#[test]
fn every_exception_is_needed() {
    let mut idle = Vec::new();
    for (name, places) in allowed() {
        for place in places {
            let used = sources().iter().any(|source| source.path.starts_with(place) && source.names.contains(name));
            if !used {
                idle.push(format!("{name} does not appear in {place}"));
            }
        }
    }
    assert!(idle.is_empty(), "{}", idle.join("\n"));
}

/// A stage looks at those before it, never at those behind it.
#[test]
fn stages_look_back_only_at_what_they_are_given() {
    let order = ["load", "overlay", "normalize", "lower", "analyze", "name", "emit", "write"];
    for source in sources() {
        let Some(own) = order.iter().position(|stage| source.path.starts_with(&format!("{stage}/"))) else { continue };
        for later in &order[own + 1..] {
            let path = format!("crate::{later}");
            // `emit::Files` is what `write` writes; everything else flows forwards.
            assert!(!source.names.contains(&path), "{} has {path}", source.path);
        }
        assert!(!source.names.contains("crate::pipeline"), "{}", source.path);
        assert!(!source.names.contains("crate::cli"), "{}", source.path);
    }
}

/// Templates have places, `if` and `for`, and decide nothing: no comparison, no arithmetic, no call, no macro.
#[test]
fn templates_decide_nothing() {
    let mut seen = 0;
    for entry in workspace().join("templates").read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "j2") {
            check_template(&path, &fs::read_to_string(&path).unwrap());
            seen += 1;
        }
    }
    assert!(seen >= 3, "{seen} templates");
}

fn check_template(path: &Path, text: &str) {
    let words = ["if", "else", "endif", "for", "endfor", "in", "not"];
    let mut rest = text;
    while let Some(start) = rest.find("{%") {
        let (block, after) = rest[start + 2..].split_once("%}").unwrap();
        let first = block.trim_matches(['-', ' ']).split_whitespace().next().unwrap_or_default();
        assert!(words.contains(&first), "{}: `{block}`", path.display());
        rest = after;
    }
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let tail = &rest[start..];
        let between = |open, close| Some(tail.strip_prefix(open)?.split_once(close)?.0);
        let Some(inner) = between("{{", "}}").or_else(|| between("{%", "%}")) else {
            rest = &rest[start + 1..];
            continue;
        };
        let decides = inner.contains(['(', '+', '*', '/', '~', '<', '>', '=', '[', '"', '\'']);
        assert!(!decides, "{}: `{inner}`", path.display());
        rest = &rest[start + 2 + inner.len()..];
    }
}
