//! What hangs on the client's builder and on its error: security schemes → setters, types of error bodies → accessors.

use std::collections::BTreeMap;

use super::ident::{plain_snake, snake};
use super::pins::Chosen;
use super::reserved::{Taken, is_builder_method, is_error_method};
use super::scope::{About, Entry, Given, Owned, give, owned, rungs, with};
use super::spell::spelled_in_full;
use super::words::words;
use crate::analyze::Facts;
use crate::diag::Diagnostics;
use crate::ir::{Api, SecurityKind, SecurityScheme, TypeId};

/// Styles that names of schemes need not mention.
const USUAL: &[&str] = &["snake", "lower"];

/// The builder's setter of each scheme: `bearer_token` for the only scheme that takes one, `basic` likewise, else the
/// scheme's own name.
pub(super) fn schemes(api: &Api, chosen: &Chosen, diagnostics: &mut Diagnostics) -> BTreeMap<String, String> {
    let only = |kind: SecurityKind| {
        let mut of_kind = api.security_schemes.iter().filter(|(_, scheme)| scheme.kind == kind);
        of_kind.next().filter(|_| of_kind.next().is_none())
    };
    let is_free = |(_, scheme): &(&String, &SecurityScheme)| !chosen.places.contains_key(&scheme.pointer);
    let special = [(only(SecurityKind::Bearer), "bearer_token"), (only(SecurityKind::Basic), "basic")];
    let special = special.into_iter().filter_map(|(scheme, setter)| Some((scheme.filter(is_free)?, setter)));
    let mut setters: BTreeMap<String, String> =
        special.map(|((name, _), setter)| (name.clone(), setter.to_owned())).collect();
    let others: Vec<(&String, &SecurityScheme)> =
        api.security_schemes.iter().filter(|(name, _)| !setters.contains_key(*name)).collect();
    let entries: Vec<Entry> = others.iter().map(|(name, scheme)| scheme_entry(name, scheme, chosen)).collect();
    let taken: Taken = setters.values().cloned().collect();
    let given = give(&entries, snake, |name| taken.contains(name) || is_builder_method(name), diagnostics);
    let names = others.into_iter().map(|(name, _)| name.clone());
    setters.extend(names.zip(given.into_iter().map(|given| given.ident)));
    setters
}

fn scheme_entry(name: &str, scheme: &SecurityScheme, chosen: &Chosen) -> Entry {
    let mut all = rungs(&[], name, USUAL);
    all.extend([with(&words(name), "credential"), spelled_in_full(name)]);
    let (place, key) = (Some(scheme.pointer.clone()), scheme.pointer.as_str().to_owned());
    let about = About { place, thing: format!("the scheme `{name}`"), table: "members", key };
    let pinned = chosen.places.get(&scheme.pointer).cloned();
    Entry { rungs: all, owns: owned(&[], name, USUAL, plain_snake), pinned, about }
}

/// The error's accessor of each type that error answers hold at their root.
pub(super) fn error_accessors(
    facts: &Facts,
    types: &BTreeMap<TypeId, Given>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<TypeId, String> {
    let named = facts.error_types.iter().filter_map(|id| Some((id, types.get(id)?)));
    let entries = named.clone().map(|(id, given)| {
        let thing = format!("the accessor of `{}`", given.ident);
        let about = About { place: Some(id.0.clone()), thing, table: "types", key: id.0.as_str().to_owned() };
        let rungs = [vec![given.words.clone(), with(&given.words, "body")], rungs(&[], &given.ident, &["pascal"])];
        Entry { rungs: rungs.concat(), owns: Owned::default(), pinned: None, about }
    });
    let entries: Vec<Entry> = entries.collect();
    let given = give(&entries, snake, is_error_method, diagnostics);
    named.map(|(id, _)| id.clone()).zip(given.into_iter().map(|given| given.ident)).collect()
}
