//! Operations: `operationId`, or method and path → the words that an operation is named by everywhere, its method, its
//! request type and its static.

use std::collections::{BTreeMap, BTreeSet};

use super::framework::{id_words, is_version, own_id, unversioned, without_version};
use super::ident::{camel, escaped, is_keyword, plain_snake, screaming, snake};
use super::pins::{Chosen, method_and_path};
use super::reserved::{Taken, is_constant, is_method, is_type};
use super::resources::node_words;
use super::scope::{About, Entry, Given, Owned, give, give_first, owned, rungs, with};
use super::spell::{spelled_in_full, style};
use super::words::{Words, words};
use super::{OperationName, events};
use crate::analyze::short::singular;
use crate::diag::{Diagnostic, Diagnostics, PIN_CLASH};
use crate::ir::{Answer, Api, Operation};
use crate::pointer::Pointer;

/// What is done to things of one kind.
const USUAL_VERBS: &[&str] = &[
    "add", "cancel", "create", "delete", "destroy", "edit", "fetch", "find", "get", "list", "patch", "read", "remove",
    "replace", "retrieve", "search", "show", "update", "upsert",
];

/// The words of each operation, distinct among all.
pub(super) type Bases = BTreeMap<Pointer, Given>;

/// Names every operation for what is derived from it: types, modules, requests.
pub(super) fn bases(api: &Api, chosen: &Chosen, diagnostics: &mut Diagnostics) -> Bases {
    let (pinned, free): (Vec<&Operation>, Vec<&Operation>) =
        api.operations.iter().partition(|operation| chosen.operations.contains_key(&operation.pointer));
    let mut bases = Bases::new();
    // The names of pinned methods stand as they are; the same one may stand in several resources.
    let mut taken: Taken = chosen.operations.values().map(|pin| escaped(pin)).collect();
    let entries: Vec<Entry> = pinned.iter().map(|operation| pinned_entry(operation, chosen)).collect();
    let given = give(&entries, snake, |_| false, diagnostics);
    bases.extend(pinned.into_iter().map(|operation| operation.pointer.clone()).zip(given));
    taken.extend(bases.values().map(|given| given.ident.clone()));
    let mut addresses: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for operation in &api.operations {
        *addresses.entry((operation.method.as_str(), address(operation))).or_default() += 1;
    }
    // What a path has beside its address says nothing where it tells nothing apart.
    let own_words = |operation: &Operation| match addresses.get(&(operation.method.as_str(), address(operation))) {
        Some(1) => words_of(operation, address(operation)),
        _ => path_words(operation),
    };
    // Where a function has several methods, some frameworks make the ID of one of them for all: it names that one alone.
    let of_one: BTreeSet<&str> =
        free.iter().filter_map(|one| one.id.as_deref().filter(|_| own_id(one).is_some())).collect();
    let is_own = |id: &str, operation: &Operation| !of_one.contains(id) || own_id(operation).is_some();
    let id = |operation: &Operation| operation.id.clone().filter(|id| is_own(id, operation));
    let called = |operation: &Operation| own_id(operation).map(str::to_owned).or_else(|| id(operation));
    let first = |operation: &&Operation| match called(operation).as_deref() {
        Some(id) => without_version(&id_words(id, operation)).to_vec(),
        None => unversioned_words(operation).unwrap_or_else(|| own_words(operation)),
    };
    let is_taken = |name: &str| taken.contains(name) || is_method(name);
    let entry = |operation: &&Operation| free_entry(operation, id(operation).as_deref(), own_words(operation), chosen);
    let given = give_first(&free, first, entry, snake, is_taken, diagnostics);
    bases.extend(free.into_iter().map(|operation| operation.pointer.clone()).zip(given));
    bases
}

/// A pinned operation: its method's words, after those of its resource where that is not enough.
fn pinned_entry(operation: &Operation, chosen: &Chosen) -> Entry {
    let pin = chosen.operations.get(&operation.pointer).map(String::as_str).unwrap_or_default();
    let resource = node_words(operation, chosen).unwrap_or_default();
    let rungs = vec![words(pin), [resource, words(pin)].concat(), path_words(operation)];
    Entry { rungs, owns: Owned::default(), pinned: None, about: about(operation) }
}

/// An operation that nobody named, with an ID that is its own, and whose own words by method and path are these.
fn free_entry(operation: &Operation, id: Option<&str>, own_words: Words, chosen: &Chosen) -> Entry {
    let method = words(&operation.method.as_str().to_lowercase());
    let spelled_path = rungs(&method, &operation.path, &["snake", "lower"]);
    let Some(id) = id else {
        let in_full = [method.to_vec(), spelled_in_full(&operation.path)].concat();
        let first = unversioned_words(operation).into_iter().chain([own_words]).collect();
        let rungs = [first, spelled_path, vec![in_full]].concat();
        return Entry { rungs, owns: Owned::default(), pinned: None, about: about(operation) };
    };
    let mut all = Vec::new();
    if let Some(own) = own_id(operation) {
        let own = without_version(&id_words(own, operation)).to_vec();
        // Several resources have a `list`: what their methods are called without saying the resource again.
        let resource = node_words(operation, chosen);
        all.push(own.clone());
        all.extend(resource.map(|resource| [resource, own].concat()));
    }
    let versioned = id_words(id, operation);
    let mut own = vec![without_version(&versioned).to_vec(), versioned];
    own.dedup();
    all.extend(own.into_iter().filter(|own| *own != words(id)));
    all.extend(rungs(&[], id, &["snake", "lower"]));
    all.push([method.as_slice(), &words(id)].concat());
    all.push(path_words(operation));
    all.extend(spelled_path);
    all.push(spelled_in_full(id));
    let owns = owned(&[], id, &["snake", "lower"], plain_snake);
    Entry { rungs: all, owns, pinned: None, about: about(operation) }
}

/// `GET /sessions/{id}` is `get sessions by id`.
fn path_words(operation: &Operation) -> Words {
    words_of(operation, &operation.path)
}

/// `GET /api/v1/sessions/{id}` is that too.
fn unversioned_words(operation: &Operation) -> Option<Words> {
    Some(words_of(operation, unversioned(address(operation))?))
}

/// The path without the query and the fragment that some descriptions put into it.
fn address(operation: &Operation) -> &str {
    operation.path.split(['?', '#']).next().unwrap_or_default()
}

fn words_of(operation: &Operation, path: &str) -> Words {
    let mut out = words(&operation.method.as_str().to_lowercase());
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        match by_keys(segment) {
            Some(words) => out.extend(words),
            None => {
                if segment.starts_with('{') && segment.ends_with('}') {
                    out.push("by".to_owned());
                }
                out.extend(words(segment.trim_matches(['{', '}'])));
            }
        }
    }
    if out.len() == 1 {
        out.push("root".to_owned());
    }
    out
}

/// The words of a segment with keys (`Orders(Id='{Id}',Line={Line})`, as OData has them): `orders by id line`.
fn by_keys(segment: &str) -> Option<Words> {
    let (name, keys) = segment.strip_suffix(')')?.split_once('(').filter(|(name, _)| !name.is_empty())?;
    if !keys.contains('{') {
        return None;
    }
    // A variable is called like its key as a rule.
    let variable = |key: &str| words(key.rsplit('=').next().unwrap_or_default());
    let by = [words(name), words("by")].concat();
    Some(keys.split(',').fold(by, |by, key| [by, variable(key)].concat()))
}

pub(super) fn about(operation: &Operation) -> About {
    let key = operation.id.clone().unwrap_or_else(|| method_and_path(operation));
    let thing = format!("the operation `{key}`");
    About { place: Some(operation.pointer.clone()), thing, table: "operations", key }
}

/// Methods, request types and statics. `taken` has the names of all types and resources.
pub(super) fn names(
    api: &Api,
    chosen: &Chosen,
    bases: &Bases,
    taken: &Taken,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<Pointer, OperationName> {
    let is_taken = |name: &str| taken.contains(name) || is_type(name);
    let entry = |operation: &Operation| request_entry(operation, chosen, bases);
    let given = if chosen.requests.is_empty() {
        give_first(&api.operations, |operation| base_words(operation, bases), entry, camel, is_taken, diagnostics)
    } else {
        give(&api.operations.iter().map(entry).collect::<Vec<Entry>>(), camel, is_taken, diagnostics)
    };
    let mut methods = methods(api, chosen, bases, diagnostics);
    let named = api.operations.iter().zip(given).map(|(operation, request)| {
        let method = methods.remove(&operation.pointer).unwrap_or_default();
        let constant = screaming(&request.words);
        let constant = if is_constant(&constant) { screaming(&with(&request.words, "operation")) } else { constant };
        let name = OperationName { method, request: request.ident, constant, answer: None, event: None };
        (operation, name, request.words)
    });
    let (mut names, mut several, mut streams) = (BTreeMap::new(), Vec::new(), Vec::new());
    for (operation, name, words) in named {
        if !operation.events().is_empty() {
            streams.push((operation, words.clone()));
        }
        if matches!(operation.success, Answer::OneOf(_)) {
            several.push((operation, words));
        }
        names.insert(operation.pointer.clone(), name);
    }
    name_answers(several, &mut names, taken, diagnostics);
    events::name_events(streams, &mut names, taken, diagnostics);
    check_pinned_methods(api, chosen, &names, diagnostics);
    names
}

/// The method of each operation, distinct within its resource: what the resource says is not said again, so that
/// `gists/list` is `list` on `gists`, where no other operation there is called so.
fn methods(api: &Api, chosen: &Chosen, bases: &Bases, diagnostics: &mut Diagnostics) -> BTreeMap<Pointer, String> {
    let mut methods = BTreeMap::new();
    let mut homes: BTreeMap<Option<Vec<String>>, Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        homes.entry(super::resources::path(operation, chosen)).or_default().push(operation);
    }
    for (home, operations) in homes {
        // A newcomer doesn't take the name of what leads to a resource.
        let home = home.unwrap_or_default();
        let below = |path: &Vec<String>| path.split_last().is_some_and(|(_, above)| above == home);
        let accessors: BTreeSet<String> =
            chosen.accessors.iter().filter(|(path, _)| below(path)).map(|(_, accessor)| escaped(accessor)).collect();
        let pinned = |operation: &Operation| {
            let pin = chosen.operations.get(&operation.pointer).or_else(|| chosen.methods.get(&operation.pointer))?;
            Some(escaped(pin))
        };
        let (free, others): (Vec<&Operation>, Vec<&Operation>) =
            operations.into_iter().partition(|operation| pinned(operation).is_none());
        let others = others.into_iter().filter_map(|operation| Some((operation.pointer.clone(), pinned(operation)?)));
        let others: Vec<(Pointer, String)> = others.collect();
        let taken: BTreeSet<&str> = others.iter().map(|(_, method)| method.as_str()).collect();
        let title = words(&api.info.title);
        let entries: Vec<Entry> = free.iter().map(|operation| method_entry(operation, chosen, bases, &title)).collect();
        let given = give(
            &entries,
            snake,
            |name| taken.contains(name) || accessors.contains(name) || is_method(name),
            diagnostics,
        );
        methods.extend(
            free.into_iter().map(|operation| operation.pointer.clone()).zip(given.into_iter().map(|given| given.ident)),
        );
        methods.extend(others);
    }
    methods
}

/// An operation whose words begin with all of its resource's, be it after a version (`v1.message.create`) or after the first
/// word of the API's `title`, or in the singular before one of the usual verbs (`letter_create` of letters), is called by the
/// rest, unless that is a keyword. So is one whose ID has its resource between dots (`fcm.projects.messages.send`).
fn method_entry(operation: &Operation, chosen: &Chosen, bases: &Bases, title: &[String]) -> Entry {
    let base = base_words(operation, bases);
    let resource = node_words(operation, chosen).unwrap_or_default();
    let own = base.split_first().filter(|(first, _)| is_version(first) || title.first() == Some(first));
    let behind = own.map(|(_, rest)| rest);
    let rest = |words: &'_ [String]| words.strip_prefix(resource.as_slice()).map(<[String]>::to_vec);
    let of_one = || base.strip_prefix(one(&resource).as_slice()).filter(|rest| is_usual(rest)).map(<[String]>::to_vec);
    let dotted = || behind_dots(operation.id.as_deref()?, &resource);
    let rest = rest(&base).or_else(|| rest(behind?)).or_else(of_one).or_else(dotted).filter(|_| !resource.is_empty());
    let is_name = |rest: &Words| {
        let begins = rest.first().is_some_and(|word| word.starts_with(|first: char| first.is_ascii_alphabetic()));
        begins && !is_keyword(&plain_snake(rest))
    };
    let (rungs, owns) = match rest.filter(is_name) {
        Some(rest) => (vec![rest, base.clone(), with(&base, "operation")], Owned::default()),
        None => (vec![base.clone(), with(&base, "operation")], Owned::whole(base)),
    };
    Entry { rungs, owns, pinned: None, about: about(operation) }
}

/// What follows a resource in an ID with dots, where one stands before it too.
fn behind_dots(id: &str, resource: &[String]) -> Option<Words> {
    let segments: Vec<Words> = id.split('.').map(words).collect();
    let at = segments.iter().position(|segment| segment == resource).filter(|at| *at > 0)?;
    segments.get(at + 1..).filter(|rest| !rest.is_empty()).map(<[Words]>::concat)
}

/// A resource in the singular.
fn one(resource: &[String]) -> Words {
    let Some((last, before)) = resource.split_last() else { return Words::new() };
    with(before, &singular(last))
}

/// Whether this is a verb that stands alone for what is done to things of one kind.
fn is_usual(words: &[String]) -> bool {
    matches!(words, [verb] if USUAL_VERBS.contains(&verb.as_str()))
}

/// The types of answers that are one of several: after the request, whose name no other has.
fn name_answers(
    several: Vec<(&Operation, Words)>,
    names: &mut BTreeMap<Pointer, OperationName>,
    taken: &Taken,
    diagnostics: &mut Diagnostics,
) {
    let requests: BTreeSet<String> = names.values().map(|name| name.request.clone()).collect();
    let entries = several.iter().map(|(operation, words)| {
        let rungs = vec![with(words, "answer"), with(&with(words, "request"), "answer")];
        Entry { rungs, owns: Owned::default(), pinned: None, about: about(operation) }
    });
    let entries: Vec<Entry> = entries.collect();
    let is_taken = |name: &str| taken.contains(name) || requests.contains(name) || is_type(name);
    let given = give(&entries, camel, is_taken, diagnostics);
    for ((operation, _), answer) in several.iter().zip(given) {
        if let Some(name) = names.get_mut(&operation.pointer) {
            name.answer = Some(answer.ident);
        }
    }
}

fn base_words(operation: &Operation, bases: &Bases) -> Words {
    bases.get(&operation.pointer).map(|base| base.words.clone()).unwrap_or_default()
}

fn request_entry(operation: &Operation, chosen: &Chosen, bases: &Bases) -> Entry {
    let rungs = request_rungs(&base_words(operation, bases), operation, chosen);
    let pinned = chosen.requests.get(&operation.pointer).cloned();
    Entry { rungs, owns: Owned::default(), pinned, about: about(operation) }
}

/// What the request of an operation with these words could be called.
fn request_rungs(base: &[String], operation: &Operation, chosen: &Chosen) -> Vec<Words> {
    let mut rungs = vec![base.to_vec()];
    if let Some(resource) = node_words(operation, chosen) {
        rungs.push([resource.as_slice(), base].concat());
        rungs.push(with(base, "request"));
        rungs.push(with(&[resource.as_slice(), base].concat(), "request"));
    } else {
        rungs.push(with(base, "request"));
    }
    // Beside a schema of its own name (`Copy`) and the one that its body is called by (`CopyRequest`).
    rungs.push(with(base, "call"));
    // `a_1` and `a1` are two methods, and one type otherwise.
    rungs.push(with(&with(base, style(&plain_snake(base))), "request"));
    rungs
}

/// Operations whose requests keep a name that they wouldn't have (any more), with the words of it: what stands beside a request
/// stays there.
pub(super) fn held(api: &Api, chosen: &Chosen, bases: &Bases) -> Bases {
    let held = api.operations.iter().filter_map(|operation| {
        let ident = chosen.requests.get(&operation.pointer)?;
        let rungs = request_rungs(&base_words(operation, bases), operation, chosen);
        let is_derived = rungs.iter().any(|words| camel(words) == *ident);
        let given = Given { ident: ident.clone(), words: words(ident) };
        (!is_derived).then(|| (operation.pointer.clone(), given))
    });
    held.collect()
}

/// Two pinned methods of one resource must differ, and none may be one that every resource has.
fn check_pinned_methods(
    api: &Api,
    chosen: &Chosen,
    names: &BTreeMap<Pointer, OperationName>,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: BTreeSet<(Option<Vec<String>>, &str)> = BTreeSet::new();
    for operation in api.operations.iter().filter(|operation| chosen.operations.contains_key(&operation.pointer)) {
        let Some(name) = names.get(&operation.pointer) else { continue };
        let reserved = is_method(&name.method);
        if !seen.insert((super::resources::path(operation, chosen), &name.method)) || reserved {
            let About { thing, key, .. } = about(operation);
            let owner = if reserved { "every client has a method" } else { "its resource has another method" };
            let message = format!("{thing} can't be called `{}`: {owner} of this name", name.method);
            let help = format!("choose another in `[names.operations]`: `\"{key}\" = \"…\"`");
            diagnostics.push(Diagnostic::new(&PIN_CLASH, message).at(&operation.pointer).help(help));
        }
    }
}
