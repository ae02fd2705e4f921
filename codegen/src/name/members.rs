//! Members, variants and parameters: wire names → names, each in the scope of its own type or operation.

use std::collections::BTreeMap;

use super::branches;
use super::ident::{camel, plain_snake, snake};
use super::pins::{Chosen, value_pointer};
use super::reserved::{Taken, is_member, is_parameter, is_variant};
use super::scope::{About, Entry, Given, Owned, give, give_first, owned, rungs, with};
use super::spell::spelled_in_full;
use super::words::{Words, words};
use crate::aside;
use crate::diag::Diagnostics;
use crate::ir::{Api, Enum, Location, Member, Operation, Parameter, Struct, TypeDef, TypeId, TypeKind};
use crate::pointer::Pointer;

/// Styles that members and parameters are written in.
const USUAL: &[&str] = &["snake", "lower"];

/// Styles of values that need no mention.
const USUAL_VALUE: &[&str] = &["pascal", "capital"];

/// The names of what types consist of.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) members: BTreeMap<(TypeId, String), String>,
    pub(super) additional: BTreeMap<TypeId, String>,
    pub(super) variants: BTreeMap<(TypeId, String), String>,
}

/// Names the parts of all types, each in its own scope, so that one half of the types knows nothing of the other.
pub(super) fn parts(
    types: &BTreeMap<TypeId, Given>,
    api: &Api,
    chosen: &Chosen,
    diagnostics: &mut Diagnostics,
) -> Parts {
    let defs = types.iter().filter_map(|(id, given)| Some((api.types.get(id)?, given)));
    let defs: Vec<(&TypeDef, &Given)> = defs.collect();
    let (first, second) = defs.split_at(defs.len() / 2);
    let (mut names, others) = aside::both(|| half(first, api, chosen), || half(second, api, chosen));
    names.members.extend(others.members);
    names.additional.extend(others.additional);
    names.variants.extend(others.variants);
    diagnostics.extend(names.found);
    diagnostics.extend(others.found);
    Parts {
        members: names.members.into_iter().collect(),
        additional: names.additional.into_iter().collect(),
        variants: names.variants.into_iter().collect(),
    }
}

/// As [`Parts`], in a list.
#[derive(Default)]
struct Half {
    members: Vec<((TypeId, String), String)>,
    additional: Vec<(TypeId, String)>,
    variants: Vec<((TypeId, String), String)>,
    found: Diagnostics,
}

fn half(defs: &[(&TypeDef, &Given)], api: &Api, chosen: &Chosen) -> Half {
    let mut half = Half::default();
    for (def, given) in defs {
        let label = |(label, ident)| ((def.id.clone(), label), ident);
        let members = members(def, chosen, &mut half.found);
        let additional = additional(def, &members, chosen, &mut half.found);
        half.additional.extend(additional.map(|ident| (def.id.clone(), ident)));
        half.members.extend(members.into_iter().map(label));
        half.variants.extend(variants(def, api, &given.words, chosen, &mut half.found).into_iter().map(label));
    }
    half
}

/// The names of a struct's members, by wire name.
pub(super) fn members(def: &TypeDef, chosen: &Chosen, diagnostics: &mut Diagnostics) -> Vec<(String, String)> {
    let TypeKind::Struct(object) = &def.kind else { return Vec::new() };
    let entry = |member: &Member| {
        let (rungs, owns) = member_rungs(&member.wire);
        let pinned = chosen.part(&def.id, &member.wire);
        Entry { rungs, owns, pinned, about: about(&member.pointer, format!("the member `{}`", member.wire)) }
    };
    let given = if chosen.parts.is_empty() {
        let first = |member: &Member| first_word(&member.wire, |own| is_member(&snake(own)), "member");
        give_first(&object.members, first, entry, snake, is_member, diagnostics)
    } else {
        give(&object.members.iter().map(entry).collect::<Vec<Entry>>(), snake, is_member, diagnostics)
    };
    object.members.iter().map(|member| member.wire.clone()).zip(given.into_iter().map(|given| given.ident)).collect()
}

/// The first rung of a name: its words, with `more` where they are reserved.
fn first_word(text: &str, is_reserved: impl Fn(&[String]) -> bool, more: &str) -> Words {
    let own = words(text);
    if is_reserved(&own) { with(&own, more) } else { own }
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
        owns: Owned::default(),
        pinned: chosen.additional.get(&def.id).cloned(),
        about: about(&additional.pointer, "what holds additional members".to_owned()),
    };
    let is_taken = |name: &str| is_member(name) || members.iter().any(|(_, member)| member == name);
    give(&[entry], snake, is_taken, diagnostics).pop().map(|given| given.ident)
}

fn member_rungs(wire: &str) -> (Vec<Words>, Owned) {
    let own = words(wire);
    let (mut rungs, owns) = if is_member(&snake(&own)) {
        let spelled = rungs(&[], wire, USUAL).into_iter().map(|words| with(&words, "member"));
        ([spelled.collect(), vec![with(&own, "value")]].concat(), Owned::default())
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
    match &def.kind {
        TypeKind::Enum(texts) => {
            let entry = |value: &String| value_entry(def, value, said_name(texts, value), chosen);
            let given = if chosen.parts.is_empty() {
                let is_reserved = |own: &[String]| is_variant(&camel(own));
                let first =
                    |value: &String| said_name(texts, value).unwrap_or_else(|| first_word(value, is_reserved, "value"));
                give_first(&texts.values, first, entry, camel, is_variant, diagnostics)
            } else {
                give(&texts.values.iter().map(entry).collect::<Vec<Entry>>(), camel, is_variant, diagnostics)
            };
            texts.values.iter().cloned().zip(given.into_iter().map(|given| given.ident)).collect()
        }
        TypeKind::Union(union) => {
            let entries = union.branches.iter().enumerate().map(|(index, branch)| {
                let rungs = branches::rungs(api, words, union, index);
                let about = about(&branch.pointer, format!("branch {index}"));
                Entry { rungs, owns: Owned::default(), pinned: chosen.part(&def.id, &index.to_string()), about }
            });
            let given = give(&entries.collect::<Vec<Entry>>(), camel, is_variant, diagnostics);
            given.into_iter().enumerate().map(|(index, given)| (index.to_string(), given.ident)).collect()
        }
        TypeKind::Struct(_) | TypeKind::Tuple(_) | TypeKind::Alias(_) => Vec::new(),
    }
}

/// The longest name of a value, in words: what is longer is a sentence.
const LONGEST_NAME: usize = 6;

/// The words of what the description calls a value.
fn said_name(of: &Enum, value: &str) -> Option<Words> {
    let name = of.names.get(value)?;
    let own = words(name);
    let is_name = name.contains(char::is_alphabetic) && own.len() <= LONGEST_NAME && !is_variant(&camel(&own));
    is_name.then_some(own)
}

/// A value, which the description may have a name for.
fn value_entry(def: &TypeDef, value: &str, said: Option<Words>, chosen: &Chosen) -> Entry {
    let own = words(value);
    let (mut rungs, owns) = if is_variant(&camel(&own)) {
        let spelled = rungs(&[], value, &[]).into_iter().map(|words| with(&words, "value"));
        ([spelled.collect(), vec![with(&own, "variant")]].concat(), Owned::default())
    } else {
        (rungs(&[], value, USUAL_VALUE), owned(&[], value, USUAL_VALUE, camel))
    };
    rungs.push(spelled_in_full(value));
    if let Some(said) = said {
        rungs.splice(0..0, [said.clone(), with(&said, &plain_snake(&own))]);
    }
    let about = about(&value_pointer(&def.id, value), format!("the value `{}`", value.escape_debug()));
    Entry { rungs, owns, pinned: chosen.part(&def.id, value), about }
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
        let entry = |parameter: &&Parameter| parameter_entry(operation, parameter, chosen);
        let taken: Taken = names.values().cloned().collect();
        let is_taken = |name: &str| taken.contains(name) || is_parameter(name);
        let given = if chosen.places.is_empty() && chosen.parameters.is_empty() {
            give_first(&class, |parameter| words(&parameter.wire), entry, snake, is_taken, diagnostics)
        } else {
            give(&class.iter().map(entry).collect::<Vec<Entry>>(), snake, is_taken, diagnostics)
        };
        let keys = class.into_iter().map(|parameter| {
            let Parameter { location, wire, .. } = parameter;
            (operation.pointer.clone(), *location, wire.clone())
        });
        names.extend(keys.zip(given.into_iter().map(|given| given.ident)));
    }
    names
}

/// A name that another place has too says its place.
fn parameter_entry(operation: &Operation, parameter: &Parameter, chosen: &Chosen) -> Entry {
    let Parameter { wire, location, pointer, .. } = parameter;
    let place = location.as_str();
    let mut all = rungs(&[], wire, USUAL);
    all.extend(rungs(&[place.to_owned()], wire, USUAL));
    all.push([vec![place.to_owned()], spelled_in_full(wire)].concat());
    let about = about(pointer, format!("the {place} parameter `{wire}`"));
    let prefix = [place.to_owned()];
    let owns = owned(&[], wire, USUAL, plain_snake).and(owned(&prefix, wire, USUAL, plain_snake));
    let held = || chosen.parameters.get(&(operation.pointer.clone(), *location, wire.clone()));
    let pinned = chosen.places.get(pointer).or_else(held).cloned();
    Entry { rungs: all, owns, pinned, about }
}

fn about(pointer: &Pointer, thing: String) -> About {
    About { place: Some(pointer.clone()), thing, table: "members", key: pointer.as_str().to_owned() }
}
