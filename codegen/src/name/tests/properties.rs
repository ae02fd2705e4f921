//! Whatever the description's names are, what comes out is Rust, in ASCII, and distinct in its scope.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use super::*;
use crate::ir::Location;

/// Names that once broke a generator, and texts made of their pieces.
fn nasty() -> Vec<String> {
    let pieces = [
        "",
        "$",
        "@",
        "_",
        "__",
        "-",
        "+",
        "1",
        "-1",
        "a",
        "A",
        "foo",
        "Bar",
        "ID",
        "Ids",
        " ",
        ".",
        "/",
        "..",
        "é",
        "e\u{301}",
        "\u{212a}",
        "ß",
        "北京",
        "🦀",
        "\u{202e}",
        "\0",
        "\n",
        "\"",
        "*/",
        "{x}",
        "self",
        "Self",
        "type",
        "crate",
        "Option",
        "con",
        "\u{e000}",
        "\u{10ffff}",
        "ǅ",
        "ﬀ",
        "İ",
    ];
    let pairs = pieces.iter().flat_map(|first| pieces.iter().map(move |second| format!("{first}{second}")));
    let distinct: BTreeSet<String> = pieces.iter().map(|piece| (*piece).to_owned()).chain(pairs).collect();
    distinct.into_iter().chain(["long".repeat(300)]).collect()
}

fn all_idents<K: Debug>(names: impl IntoIterator<Item = (K, String)>) -> usize {
    let mut seen = BTreeSet::new();
    for (key, ident) in names {
        assert!(ident.is_ascii(), "{key:?} {ident}");
        assert!(syn::parse_str::<syn::Ident>(&ident).is_ok(), "{key:?} {ident}");
        assert!(seen.insert(ident.clone()), "{key:?} {ident} is there twice");
    }
    seen.len()
}

/// The names of `api`, and how many clashes could not be solved.
fn with_clashes(api: &Api) -> (Names, BTreeSet<String>) {
    let (names, lines) = names_with(api, &Pins::default());
    assert!(lines.iter().all(|line| line.starts_with("M0001")), "{lines:?}");
    let unsolved =
        lines.iter().filter_map(|line| Some(line.split_once("would be called `")?.1.split_once('`')?.0.to_owned()));
    let unsolved = unsolved.collect();
    (names, unsolved)
}

#[test]
fn members_variants_and_parameters() {
    let wires = nasty();
    let operation =
        wires.iter().fold(get("/a").id("a"), |operation, wire| operation.parameter(Location::Query, wire, string()));
    let values = crate::ir::TypeKind::Enum(crate::ir::Enum {
        takes_others: false,
        names: BTreeMap::new(),
        kind: crate::ir::JsonKind::String,
        values: wires.clone(),
        words: BTreeMap::new(),
    });
    let api = build()
        .component("Members", object(wires.iter().map(|wire| member(wire, string()))))
        .component("Values", values)
        .operation(operation)
        .api();
    let (names, unsolved) = with_clashes(&api);
    let solved = |(_, ident): &(_, String)| !unsolved.contains(ident);
    assert!(unsolved.len() < 30, "{unsolved:?}");
    let members = all_idents(names.members.into_iter().map(|((_, wire), ident)| (wire, ident)).filter(solved));
    let variants = all_idents(names.variants.into_iter().map(|((_, wire), ident)| (wire, ident)).filter(solved));
    let parameters = all_idents(names.parameters.into_iter().map(|((_, _, wire), ident)| (wire, ident)).filter(solved));
    assert!(members.min(variants).min(parameters) > 1_500);
}

#[test]
fn types_requests_resources_and_files() {
    let mut build = build();
    for (at, name) in nasty().iter().enumerate() {
        build = build.component(name, object([])).operation(get(&format!("/{at}")).id(name).tag(name));
    }
    let (names, unsolved) = with_clashes(&build.api());
    assert!(unsolved.len() < 30, "{unsolved:?}");
    let types = names.types.iter().map(|(id, name)| (format!("{id:?}"), name.ident.clone()));
    let requests = names.operations.iter().map(|(id, name)| (format!("{id:?}"), name.request.clone()));
    let resources = names.resources.iter().map(|node| (node.module.clone(), node.ident.clone()));
    let all = types.chain(requests).chain(resources).filter(|(_, ident)| !unsolved.contains(ident));
    assert!(all_idents(all) > 4_000);
    let constants = names.operations.iter().map(|(id, name)| (id, name.constant.clone()));
    all_idents(constants);
    let files = names.types.iter().map(|(id, name)| (format!("{id:?}"), name.module.clone()));
    for (id, stem) in files.clone().chain(names.resources.iter().map(|node| (node.ident.clone(), node.module.clone())))
    {
        assert!(stem.len() <= 97 && !stem.is_empty(), "{id} {stem}");
        assert!(stem.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')), "{id} {stem}");
        assert!(!super::super::reserved::is_stem(&stem), "{id} {stem}");
    }
    let solved = names.types.iter().filter(|(_, name)| !unsolved.contains(&name.ident));
    all_idents(solved.map(|(id, name)| (format!("{id:?}"), name.module.clone())));
    all_idents(names.resources.iter().map(|node| (&node.ident, node.method.clone())));
}

#[test]
fn names_are_given_on_a_small_stack() {
    let mut id = component_id("A");
    let mut build = build().component("A", object([member("m", named(&part(&id, "m")))]));
    for _ in 0..100 {
        let inner = part(&id, "m");
        build = build.part(&id, "m", object([member("m", named(&part(&inner, "m")))]));
        id = inner;
    }
    let api = build.api();
    let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(move || names(&api).types.len());
    assert_eq!(thread.ok().and_then(|thread| thread.join().ok()), Some(101));
}
