//! Modules: words → the stem of a file, and types → the module that each stands in. A stem is `[a-z0-9_]`, at most 97 bytes
//! (100 with `.rs`), begins with a letter, and is no name of a device on Windows, no keyword and no name that Cargo or
//! rustc look for. All stems are in lower case, so none differ in case only.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use super::ident::{is_keyword, plain_snake};
use super::operations::Bases;
use super::reserved::is_stem;
use super::scope::{About, Entry, Given, Owned, give_first, with};
use super::words::{Words, words};
use crate::analyze::Facts;
use crate::diag::Diagnostics;
use crate::ir::{Api, Origin, TypeId};
use crate::pointer::Pointer;

const MAX_STEM: usize = 97;

/// The stem of a file for `words`. Past the limit it is cut, and the first digits of the hash of the whole name keep it apart
/// from others that begin alike.
pub(super) fn stem(words: &[String]) -> String {
    let stem = plain_snake(words);
    if stem.len() > MAX_STEM {
        let hash = Sha256::digest(stem.as_bytes());
        let hash: String = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let kept = stem.get(..MAX_STEM - hash.len() - 1).unwrap_or_default().trim_end_matches('_');
        format!("{kept}_{hash}")
    } else if is_stem(&stem) || is_keyword(&stem) {
        format!("{stem}_")
    } else {
        stem
    }
}

/// What a module of types belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Root {
    /// A component; first, so that an operation never takes its module.
    Component(TypeId),
    /// An operation.
    Operation(Pointer),
    /// A parameter or answer among the components, or what has lost its parent.
    Other(TypeId),
}

/// The module of every type that stands for itself, and of those among `types` that another one stands for, which leave the
/// others theirs. `held` are operations that are known by other words than the description's.
pub(super) fn modules(
    api: &Api,
    facts: &Facts,
    types: &BTreeMap<TypeId, Given>,
    bases: &Bases,
    held: &Bases,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<TypeId, String> {
    let roots: BTreeMap<&TypeId, Root> = types.keys().map(|id| (id, root(api, facts, bases, id))).collect();
    let distinct: BTreeSet<&Root> =
        roots.iter().filter(|(id, _)| !facts.same.contains_key(**id)).map(|(_, root)| root).collect();
    let aliases: BTreeSet<&Root> = roots.values().filter(|root| !distinct.contains(root)).collect();
    let (components, others): (Vec<&Root>, Vec<&Root>) =
        distinct.into_iter().partition(|root| matches!(root, Root::Component(_)));
    let is_held = |root: &&Root| matches!(root, Root::Operation(pointer) if held.contains_key(pointer));
    let (known, others): (Vec<&Root>, Vec<&Root>) = others.into_iter().partition(is_held);
    let (known_aliases, aliases): (Vec<&Root>, Vec<&Root>) = aliases.into_iter().partition(is_held);
    let mut stems: BTreeMap<&Root, String> = BTreeMap::new();
    let of_types = [(components, bases), (known, held), (others, bases)];
    for (class, bases) in of_types.into_iter().chain([(known_aliases, held), (aliases, bases)]) {
        let taken: BTreeSet<String> = stems.values().cloned().collect();
        let first = |root: &&Root| own_words(root, types, bases);
        let entry = |root: &&Root| entry(root, types, bases);
        let given = give_first(&class, first, entry, stem, |name| taken.contains(name), diagnostics);
        stems.extend(class.into_iter().zip(given.into_iter().map(|given| given.ident)));
    }
    let stem_of = |root: &Root| stems.get(root).cloned().unwrap_or_default();
    roots.iter().map(|(id, root)| ((*id).clone(), stem_of(root))).collect()
}

fn root(api: &Api, facts: &Facts, bases: &Bases, id: &TypeId) -> Root {
    let mut seen = BTreeSet::new();
    let mut id = id;
    while seen.insert(id) {
        let operation = match api.types.get(id).map(|def| &def.origin) {
            Some(Origin::Part { parent, .. }) if api.types.contains_key(parent) => {
                id = facts.same.get(parent).unwrap_or(parent);
                continue;
            }
            Some(Origin::Component(_)) => return Root::Component(id.clone()),
            Some(
                Origin::RequestBody { operation } | Origin::Response { operation, .. } | Origin::Item { operation, .. },
            ) => Some(operation),
            // A callback's stands with the operation that it is one of.
            Some(Origin::Webhook { webhook }) => {
                api.webhook(webhook).and_then(|webhook| webhook.call.as_ref()).map(|call| &call.operation)
            }
            Some(Origin::Parameter { operation, .. } | Origin::Header { operation, .. }) => operation.as_ref(),
            Some(Origin::Part { .. }) | None => None,
        };
        return match operation.filter(|operation| bases.contains_key(*operation)) {
            Some(operation) => Root::Operation(operation.clone()),
            None => Root::Other(id.clone()),
        };
    }
    Root::Other(id.clone())
}

/// The name that what a module belongs to was given.
fn given<'a>(root: &Root, types: &'a BTreeMap<TypeId, Given>, bases: &'a Bases) -> Option<&'a Given> {
    match root {
        Root::Component(id) | Root::Other(id) => types.get(id),
        Root::Operation(pointer) => bases.get(pointer),
    }
}

fn own_words(root: &Root, types: &BTreeMap<TypeId, Given>, bases: &Bases) -> Words {
    let fallback = || match root {
        Root::Component(id) | Root::Other(id) => words(id.0.as_str()),
        Root::Operation(pointer) => words(pointer.as_str()),
    };
    given(root, types, bases).map_or_else(fallback, |given| given.words.clone())
}

fn entry(root: &Root, types: &BTreeMap<TypeId, Given>, bases: &Bases) -> Entry {
    let (pointer, role, table) = match root {
        Root::Component(id) => (&id.0, "type", "types"),
        Root::Operation(pointer) => (pointer, "operation", "operations"),
        Root::Other(id) => (&id.0, "part", "types"),
    };
    let (given, own) = (given(root, types, bases), own_words(root, types, bases));
    let mut rungs = vec![own.clone(), with(&own, role)]
        .into_iter()
        .chain(given.into_iter().flat_map(|given| super::scope::rungs(&[], &given.ident, &[])))
        .collect::<Vec<_>>();
    rungs.dedup();
    let thing = format!("the module of {pointer}");
    let about = About { place: Some(pointer.clone()), thing, table, key: pointer.as_str().to_owned() };
    Entry { rungs, owns: Owned::default(), pinned: None, about }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_safe_everywhere() {
        let table = [
            ("Session", "session"),
            ("con", "con_"),
            ("AUX", "aux_"),
            ("nul.", "nul_"),
            ("COM1", "com1_"),
            ("mod", "mod_"),
            ("lib", "lib_"),
            ("main", "main_"),
            ("type", "type_"),
            ("self", "self_"),
            ("std", "std_"),
            ("../../evil", "evil"),
            ("/abs", "abs"),
            ("..%2f", "n2f"),
            ("\u{ff0e}\u{ff0e}/x", "x"),
            ("caf\u{e9}", "cafe"),
            ("", "empty"),
        ];
        for (name, expected) in table {
            assert_eq!(stem(&words(name)), expected, "{name:?}");
        }
    }

    #[test]
    fn long_stems_are_cut_and_stay_distinct() {
        let long = |last: &str| stem(&words(&format!("{}{last}", "a_very_long_name_".repeat(18))));
        let (one, two) = (long("one"), long("two"));
        assert!(one.len() <= MAX_STEM && two.len() <= MAX_STEM);
        assert_ne!(one, two);
        assert_eq!(one, long("one"));
        assert!(one.starts_with("a_very_long_name_"), "{one}");
    }
}
