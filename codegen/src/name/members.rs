//! Members, variants and parameters: wire names → names, each in the scope of its own type or operation.

use std::collections::BTreeMap;

use super::branches;
use super::ident::{camel, plain_snake, snake};
use super::pins::{Chosen, value_pointer};
use super::reserved::{Taken, is_member, is_parameter, is_variant};
use super::scope::{About, Entry, give, owned, rungs, with};
use super::spell::spelled_in_full;
use super::words::{Words, words};
use crate::diag::Diagnostics;
use crate::ir::{Api, Location, Operation, Parameter, Struct, TypeDef, TypeKind};
use crate::pointer::Pointer;

/// Styles that members and parameters are written in.
const USUAL: &[&str] = &["snake", "lower"];

/// Styles of values that need no mention.
const USUAL_VALUE: &[&str] = &["pascal", "capital"];

/// The names of a struct's members, by wire name.
pub(super) fn members(def: &TypeDef, chosen: &Chosen, diagnostics: &mut Diagnostics) -> Vec<(String, String)> {
    let TypeKind::Struct(object) = &def.kind else { return Vec::new() };
    let entries = object.members.iter().map(|member| {
        let (rungs, owns) = member_rungs(&member.wire);
        let pinned = chosen.parts.get(&(def.id.clone(), member.wire.clone())).cloned();
        Entry { rungs, owns, pinned, about: about(&member.pointer, format!("the member `{}`", member.wire)) }
    });
    let entries: Vec<Entry> = entries.collect();
    let given = give(&entries, snake, is_member, diagnostics);
    object.members.iter().map(|member| member.wire.clone()).zip(given.into_iter().map(|given| given.ident)).collect()
}

/// The name of what holds the members that a struct doesn't name: one that none of `members` has.
pub(super) fn additional(
    def: &TypeDef,
    members: &[(String, String)],
    chosen: &Chosen,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let TypeKind::Struct(Struct { additional: Some(additional), .. }) = &def.kind else { return None };
    let rungs = ["additional", "additional members", "all additional members"];
    let entry = Entry {
        rungs: rungs.iter().map(|rung| words(rung)).collect(),
        owns: Vec::new(),
        pinned: chosen.additional.get(&def.id).cloned(),
        about: about(&additional.pointer, "what holds additional members".to_owned()),
    };
    let is_taken = |name: &str| is_member(name) || members.iter().any(|(_, member)| member == name);
    give(&[entry], snake, is_taken, diagnostics).pop().map(|given| given.ident)
}

fn member_rungs(wire: &str) -> (Vec<Words>, Vec<Words>) {
    let own = words(wire);
    let (mut rungs, owns) = if is_member(&snake(&own)) {
        let spelled = rungs(&[], wire, USUAL).into_iter().map(|words| with(&words, "member"));
        ([spelled.collect(), vec![with(&own, "value")]].concat(), Vec::new())
    } else {
        (rungs(&[], wire, USUAL), owned(&[], wire, USUAL, plain_snake))
    };
    rungs.push(spelled_in_full(wire));
    (rungs, owns)
}

/// The names of an enum's values, by text, or of a union's branches, by index; `words` are those of the type's own name.
pub(super) fn variants(
    def: &TypeDef,
    api: &Api,
    words: &[String],
    chosen: &Chosen,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, String)> {
    let entries: Vec<(String, Entry)> = match &def.kind {
        TypeKind::Enum(texts) => texts.values.iter().map(|value| (value.clone(), value_entry(def, value))).collect(),
        TypeKind::Union(union) => {
            let branches = union.branches.iter().enumerate().map(|(index, branch)| {
                let rungs = branches::rungs(api, words, branch, index);
                let about = about(&branch.pointer, format!("branch {index}"));
                (index.to_string(), Entry { rungs, owns: Vec::new(), pinned: None, about })
            });
            branches.collect()
        }
        TypeKind::Struct(_) | TypeKind::Alias(_) => Vec::new(),
    };
    let (labels, mut entries): (Vec<String>, Vec<Entry>) = entries.into_iter().unzip();
    for (label, entry) in labels.iter().zip(&mut entries) {
        entry.pinned = chosen.parts.get(&(def.id.clone(), label.clone())).cloned();
    }
    let given = give(&entries, camel, is_variant, diagnostics);
    labels.into_iter().zip(given.into_iter().map(|given| given.ident)).collect()
}

fn value_entry(def: &TypeDef, value: &str) -> Entry {
    let own = words(value);
    let (mut rungs, owns) = if is_variant(&camel(&own)) {
        let spelled = rungs(&[], value, &[]).into_iter().map(|words| with(&words, "value"));
        ([spelled.collect(), vec![with(&own, "variant")]].concat(), Vec::new())
    } else {
        (rungs(&[], value, USUAL_VALUE), owned(&[], value, USUAL_VALUE, camel))
    };
    rungs.push(spelled_in_full(value));
    let about = about(&value_pointer(&def.id, value), format!("the value `{}`", value.escape_debug()));
    Entry { rungs, owns, pinned: None, about }
}

/// The names of an operation's parameters, as arguments and as setters.
pub(super) fn parameters(
    operation: &Operation,
    chosen: &Chosen,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<(Pointer, Location, String), String> {
    let mut names = BTreeMap::new();
    // What is in the path is an argument always, and keeps its name.
    let (path, others): (Vec<&Parameter>, Vec<&Parameter>) =
        operation.parameters.iter().partition(|parameter| parameter.location == Location::Path);
    for class in [path, others] {
        let entries: Vec<Entry> = class.iter().map(|parameter| parameter_entry(parameter, chosen)).collect();
        let taken: Taken = names.values().cloned().collect();
        let given = give(&entries, snake, |name| taken.contains(name) || is_parameter(name), diagnostics);
        let keys = class.into_iter().map(|parameter| {
            let Parameter { location, wire, .. } = parameter;
            (operation.pointer.clone(), *location, wire.clone())
        });
        names.extend(keys.zip(given.into_iter().map(|given| given.ident)));
    }
    names
}

/// A name that another place has too says its place.
fn parameter_entry(parameter: &Parameter, chosen: &Chosen) -> Entry {
    let Parameter { wire, location, pointer, .. } = parameter;
    let place = location.as_str();
    let mut all = rungs(&[], wire, USUAL);
    all.extend(rungs(&[place.to_owned()], wire, USUAL));
    all.push([vec![place.to_owned()], spelled_in_full(wire)].concat());
    let about = about(pointer, format!("the {place} parameter `{wire}`"));
    let prefix = [place.to_owned()];
    let owns = [owned(&[], wire, USUAL, plain_snake), owned(&prefix, wire, USUAL, plain_snake)].concat();
    Entry { rungs: all, owns, pinned: chosen.places.get(pointer).cloned(), about }
}

fn about(pointer: &Pointer, thing: String) -> About {
    About { place: Some(pointer.clone()), thing, table: "members", key: pointer.as_str().to_owned() }
}
