//! Tests of names as a whole: what comes out for names that are hard to tell apart or hard to write in Rust, that nothing
//! else moves when something is added, and that whatever comes out is Rust.

mod aliases;
mod clashes;
mod held;
mod offered;
mod operations;
mod pinned;
mod properties;
mod stability;
mod types;
mod written_out;

use super::{Names, Pins, Resource, name};
use crate::analyze::analyze;
use crate::diag::Diagnostics;
use crate::ir::testing::*;
use crate::ir::{Api, TypeId};

/// The names of `api`; there must be nothing to report.
fn names(api: &Api) -> Names {
    let (names, codes) = names_with(api, &Pins::default());
    assert_eq!(codes, [] as [&str; 0]);
    names
}

/// The names of `api` with `pins`, and the diagnostics: code, message and helps, a line each.
fn names_with(api: &Api, pins: &Pins) -> (Names, Vec<String>) {
    let mut diagnostics = Diagnostics::default();
    let names = name(api, &analyze(api), pins, &mut diagnostics);
    let lines = diagnostics.iter().map(|found| {
        assert!(!found.help.is_empty(), "{}", found.message);
        format!("{}: {} ({})", found.code.id, found.message, found.help.join("; "))
    });
    (names, lines.collect())
}

/// The names of members with these wire names in one struct.
fn members<const N: usize>(wires: [&str; N]) -> Vec<String> {
    let api = build().component("A", object(wires.map(|wire| member(wire, string())))).api();
    let names = names(&api);
    wires.map(|wire| names.members.get(&(component_id("A"), wire.to_owned())).cloned().unwrap_or_default()).to_vec()
}

/// The names of these values in one enum.
fn variants<const N: usize>(values: [&str; N]) -> Vec<String> {
    let names = names(&build().component("A", texts(values)).api());
    values.map(|value| names.variants.get(&(component_id("A"), value.to_owned())).cloned().unwrap_or_default()).to_vec()
}

/// The names and modules of these components in one description.
fn components<const N: usize>(wires: [&str; N]) -> Vec<String> {
    let build = wires.iter().fold(build(), |build, name| build.component(name, object([])));
    let names = names(&build.api());
    wires.map(|wire| type_name(&names, &component_id(wire))).to_vec()
}

/// `module::Type`.
fn type_name(names: &Names, id: &TypeId) -> String {
    names.types.get(id).map(|name| format!("{}::{}", name.module, name.ident)).unwrap_or_default()
}

/// `accessor Type module.rs [tag]`, a line each, children indented.
fn tree(resources: &[Resource]) -> String {
    let lines = resources.iter().map(|resource| {
        let Resource { method, ident, module, tag, children, operations } = resource;
        let tag = tag.as_deref().unwrap_or("-");
        let line = format!("{method} {ident} {module}.rs [{tag}] {}", operations.len());
        let below = tree(children).lines().map(|line| format!("\n  {line}")).collect::<String>();
        line + &below
    });
    lines.collect::<Vec<_>>().join("\n")
}
