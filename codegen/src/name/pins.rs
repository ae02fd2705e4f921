//! Names that people chose: the configuration's `[names]` → what each line names in this API. Every line must be needed
//! and be usable; nothing that a person chose is ever changed.

use std::collections::{BTreeMap, BTreeSet};

use super::ident::{camel, can_be_ident, plain_snake};
use super::words::words;
use crate::analyze::Facts;
use crate::diag::{Diagnostic, Diagnostics, PIN_CLASH, PIN_INVALID, PIN_UNMATCHED};
use crate::ir::{Api, Location, Operation, Origin, TypeId, TypeKind};
use crate::pointer::Pointer;

/// The most names that the path of a resource may have.
const MAX_RESOURCE_DEPTH: usize = 8;

/// The `[names]` of the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pins {
    /// Types: by the component's name (`Session`) or the pointer (`#/components/schemas/Session`); `Meeting`.
    pub types: BTreeMap<String, String>,
    /// Members (additional ones by `/additionalProperties`), branches of unions, parameters and security schemes: by the
    /// pointer; `display_name`. Values of enums: by the pointer of
    /// the enum, `/enum/` and the value (`#/components/schemas/Status/enum/LIVE`; a place in the list would not last);
    /// `OnAir`.
    pub members: BTreeMap<String, String>,
    /// Operations: by `operationId`, or by method and path (`GET /sessions`); the method's name, `list_sessions`.
    pub operations: BTreeMap<String, String>,
    /// Resources: by the first tag of operations; a path of accessors, `realtime_kit.sessions`.
    pub resources: BTreeMap<String, String>,
}

/// What pins name: types and parts by the type that stands for all.
#[derive(Clone, Debug, Default)]
pub(super) struct Chosen {
    pub(super) types: BTreeMap<TypeId, String>,
    /// Members by wire name, values by text, branches by index.
    pub(super) parts: BTreeMap<(TypeId, String), String>,
    /// What holds the members of an object that it doesn't name, by the object's type.
    pub(super) additional: BTreeMap<TypeId, String>,
    /// Parameters and security schemes.
    pub(super) places: BTreeMap<Pointer, String>,
    pub(super) operations: BTreeMap<Pointer, String>,
    pub(super) resources: BTreeMap<String, Vec<String>>,
    /// Methods that a lock holds, where people chose none.
    pub(super) methods: BTreeMap<Pointer, String>,
    /// Requests, which nobody can choose and a lock can hold.
    pub(super) requests: BTreeMap<Pointer, String>,
    /// Parameters that a lock holds, by their operation, place and name: several may stand in one place of the description.
    pub(super) parameters: BTreeMap<(Pointer, Location, String), String>,
    /// The types of resources that a lock holds, by the resources' paths.
    pub(super) resource_types: BTreeMap<Vec<String>, String>,
    /// The methods that lead to resources, which a lock holds, likewise.
    pub(super) accessors: BTreeMap<Vec<String>, String>,
    /// Names of places whose type is called after another place, which a lock holds.
    pub(super) aliases: BTreeMap<TypeId, String>,
    /// Names that a lock holds for other things than types: no type takes them.
    pub(super) kept: BTreeSet<String>,
}

impl Chosen {
    /// The name that was chosen for a member, a value or a branch of a type.
    pub(super) fn part(&self, id: &TypeId, label: &str) -> Option<String> {
        if self.parts.is_empty() { None } else { self.parts.get(&(id.clone(), label.to_owned())).cloned() }
    }
}

/// Finds what each pin names. A pin that names nothing, or can't be a name, is reported and left out.
pub(super) fn choose(api: &Api, facts: &Facts, pins: &Pins, diagnostics: &mut Diagnostics) -> Chosen {
    let is_ident = |text: &str| can_be_ident(text).then(|| text.to_owned());
    let mut chosen = Chosen::default();
    let mut table = Table { name: "types", diagnostics };
    let types = table.match_up(&pins.types, || types(api, facts), is_ident);
    let (aliases, types): (BTreeMap<_, _>, _) = types.into_iter().partition(|(id, _)| facts.same.contains_key(id));
    chosen.types = types;
    // What a component is called anyway is its name.
    let is_other = |(id, name): &(TypeId, String)| {
        facts.same.get(id).and_then(|stands| component_name(api, stands)).is_none_or(|own| own != *name)
    };
    chosen.aliases = aliases.into_iter().filter(is_other).collect();
    chosen.kept.extend(chosen.aliases.values().cloned());
    table.name = "members";
    for (part, name) in table.match_up(&pins.members, || parts(api, facts), is_ident) {
        match part {
            PartKey::Of(id, label) => chosen.parts.insert((id, label), name),
            PartKey::Additional(id) => chosen.additional.insert(id, name),
            PartKey::Place(pointer) => chosen.places.insert(pointer, name),
        };
    }
    table.name = "operations";
    chosen.operations = table.match_up(&pins.operations, || operations(api), is_ident);
    table.name = "resources";
    let tags = || {
        let tags = api.operations.iter().filter_map(|operation| operation.tags.first());
        tags.map(|tag| (tag.clone(), vec![tag.clone()])).collect()
    };
    chosen.resources = table.match_up(&pins.resources, tags, resource_path);
    let first = api.operations.iter().filter_map(|operation| operation.tags.first());
    let unpinned = first.filter(|tag| !chosen.resources.contains_key(*tag));
    let below = unpinned.filter_map(|tag| Some((tag.clone(), path_of_parents(tag, api, &chosen.resources)?)));
    let below: Vec<_> = below.collect();
    chosen.resources.extend(below);
    chosen
}

/// Where a tag hangs that stands below others, which may be pinned. What would be deeper than resources may be, or goes round in
/// a circle, is not looked at.
fn path_of_parents(tag: &str, api: &Api, pinned: &BTreeMap<String, Vec<String>>) -> Option<Vec<String>> {
    let mut names = vec![plain_snake(&words(tag))];
    let mut above = api.tag_parents.get(tag)?;
    let mut known = BTreeSet::from([tag]);
    while names.len() < MAX_RESOURCE_DEPTH && known.insert(above) {
        if let Some(path) = pinned.get(above) {
            let room = MAX_RESOURCE_DEPTH.saturating_sub(names.len());
            names.extend(path.iter().rev().take(room).cloned());
            break;
        }
        names.push(plain_snake(&words(above)));
        match api.tag_parents.get(above) {
            Some(next) => above = next,
            None => break,
        }
    }
    names.reverse();
    Some(names)
}

/// One table of pins.
struct Table<'a> {
    name: &'static str,
    diagnostics: &'a mut Diagnostics,
}

impl Table<'_> {
    /// For each thing that a pin names, what `read` makes of the pin. `known` has the things by their keys, and is asked only
    /// where there are pins.
    fn match_up<K: Ord + Clone, V: PartialEq>(
        &mut self,
        pins: &BTreeMap<String, String>,
        known: impl FnOnce() -> BTreeMap<String, Vec<K>>,
        read: impl Fn(&str) -> Option<V>,
    ) -> BTreeMap<K, V> {
        if pins.is_empty() {
            return BTreeMap::new();
        }
        let known = known();
        let mut found: BTreeMap<K, V> = BTreeMap::new();
        for (key, text) in pins {
            let line = format!("`\"{key}\" = \"{text}\"` below `[names.{}]`", self.name);
            let Some(things) = known.get(key) else {
                self.unmatched(key, &line, known.keys());
                continue;
            };
            let Some(_) = read(text) else {
                self.invalid(text, &line);
                continue;
            };
            for thing in things {
                let Some(value) = read(text) else { continue };
                if found.get(thing).is_some_and(|other| *other != value) {
                    let message = format!("{line} names what another line names already");
                    let help = "remove one of the lines: types that say the same are one type";
                    self.diagnostics.push(Diagnostic::new(&PIN_CLASH, message).help(help));
                } else {
                    found.insert(thing.clone(), value);
                }
            }
        }
        found
    }

    fn unmatched<'a>(&mut self, key: &str, line: &str, known: impl Iterator<Item = &'a String>) {
        let closest = known
            .map(|known| (strsim::normalized_damerau_levenshtein(key, known), known))
            .filter(|(likeness, _)| *likeness > 0.6)
            .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
        let mut found = Diagnostic::new(&PIN_UNMATCHED, format!("{line} belongs to nothing in this description"));
        found = match closest {
            Some((_, known)) => found.help(format!("did you mean `{known}`?")),
            None => found.help("remove the line, or correct its key"),
        };
        self.diagnostics.push(found);
    }

    fn invalid(&mut self, text: &str, line: &str) {
        let found = Diagnostic::new(&PIN_INVALID, format!("`{text}` can't be a name: {line}"));
        self.diagnostics.push(found.help(match self.name {
            "resources" => "write names in lower case joined by dots, such as `realtime_kit.sessions`; eight at most",
            _ => "write an identifier of Rust: letters, digits and `_` of ASCII, no digit first",
        }));
    }
}

/// The names of a resource's path, if it is one.
fn resource_path(text: &str) -> Option<Vec<String>> {
    let path: Vec<String> = text.split('.').map(str::to_owned).collect();
    let is_name = |name: &String| can_be_ident(name) && words(name).join("_") == *name;
    let usable = path.len() <= MAX_RESOURCE_DEPTH && path.iter().all(is_name);
    usable.then_some(path)
}

/// Types by pointer, components by their name too. A name for a place where a component is written out is no name for that one,
/// but another one.
fn types(api: &Api, facts: &Facts) -> BTreeMap<String, Vec<TypeId>> {
    let mut known: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    for (id, def) in &api.types {
        let stands = facts.same.get(id).filter(|stands| component_name(api, stands).is_none()).unwrap_or(id);
        known.entry(id.0.as_str().to_owned()).or_default().push(stands.clone());
        if let Origin::Component(name) = &def.origin {
            known.entry(name.clone()).or_default().push(stands.clone());
        }
    }
    known
}

/// What a component is called by its own name alone; `None` for what is no component.
pub(super) fn component_name(api: &Api, id: &TypeId) -> Option<String> {
    match &api.types.get(id)?.origin {
        Origin::Component(name) => Some(camel(&words(name))),
        _ => None,
    }
}

/// What a pin among the members names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum PartKey {
    Of(TypeId, String),
    Additional(TypeId),
    Place(Pointer),
}

fn parts(api: &Api, facts: &Facts) -> BTreeMap<String, Vec<PartKey>> {
    let mut known: BTreeMap<String, Vec<PartKey>> = BTreeMap::new();
    let mut add = |pointer: &Pointer, key: PartKey| {
        let keys = known.entry(pointer.as_str().to_owned()).or_default();
        if !keys.contains(&key) {
            keys.push(key);
        }
    };
    for (id, def) in &api.types {
        let of = |label: &str| PartKey::Of(facts.same.get(id).unwrap_or(id).clone(), label.to_owned());
        match &def.kind {
            TypeKind::Struct(object) => {
                object.members.iter().for_each(|member| add(&member.pointer, of(&member.wire)));
                if let Some(additional) = &object.additional {
                    add(&additional.pointer, PartKey::Additional(facts.same.get(id).unwrap_or(id).clone()));
                }
            }
            TypeKind::Enum(texts) => {
                texts.values.iter().for_each(|value| add(&value_pointer(id, value), of(value)));
            }
            TypeKind::Union(union) => {
                let branches = union.branches.iter().enumerate();
                branches.for_each(|(index, branch)| add(&branch.pointer, of(&index.to_string())));
            }
            TypeKind::Alias(_) | TypeKind::Tuple(_) => {}
        }
    }
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let places = parameters.map(|parameter| &parameter.pointer);
    for place in places.chain(api.security_schemes.values().map(|scheme| &scheme.pointer)) {
        add(place, PartKey::Place(place.clone()));
    }
    known
}

/// The pointer by which a pin names a value of an enum.
pub(super) fn value_pointer(id: &TypeId, value: &str) -> Pointer {
    id.0.child("enum").child(value)
}

fn operations(api: &Api) -> BTreeMap<String, Vec<Pointer>> {
    let mut known: BTreeMap<String, Vec<Pointer>> = BTreeMap::new();
    for operation in &api.operations {
        for key in operation.id.iter().cloned().chain([method_and_path(operation)]) {
            known.entry(key).or_default().push(operation.pointer.clone());
        }
    }
    known
}

/// `GET /sessions`.
pub(super) fn method_and_path(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}
