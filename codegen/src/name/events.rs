//! Events that are told apart by their names: the enum of an operation, after its request, and a variant for each event.

use std::collections::{BTreeMap, BTreeSet};

use super::ident::camel;
use super::operations::about;
use super::reserved::{Taken, is_type, is_variant};
use super::scope::{Entry, Owned, give, owned, rungs, with};
use super::spell::spelled_in_full;
use super::words::{Words, words};
use super::{EventName, OperationName};
use crate::diag::Diagnostics;
use crate::ir::{Event, Operation};
use crate::pointer::Pointer;

/// Styles that events are written in.
const USUAL: &[&str] = &["camel", "snake", "lower"];

/// Names what the events of `streams` hold; each stands with the words of its request.
pub(super) fn name_events(
    streams: Vec<(&Operation, Words)>,
    names: &mut BTreeMap<Pointer, OperationName>,
    taken: &Taken,
    diagnostics: &mut Diagnostics,
) {
    let others: BTreeSet<String> =
        names.values().flat_map(|name| [Some(name.request.clone()), name.answer.clone()]).flatten().collect();
    let entries = streams.iter().map(|(operation, words)| {
        let rungs =
            vec![with(words, "event"), with(&with(words, "request"), "event"), with(&with(words, "stream"), "event")];
        Entry { rungs, owns: Owned::default(), pinned: None, about: about(operation) }
    });
    let entries: Vec<Entry> = entries.collect();
    let is_taken = |name: &str| taken.contains(name) || others.contains(name) || is_type(name);
    let given = give(&entries, camel, is_taken, diagnostics);
    for ((operation, _), given) in streams.iter().zip(given) {
        let entries: Vec<Entry> = operation.events().iter().map(|event| variant(operation, event)).collect();
        let variants = give(&entries, camel, is_variant, diagnostics);
        let variants = variants.into_iter().map(|given| given.ident).collect();
        if let Some(name) = names.get_mut(&operation.pointer) {
            name.event = Some(EventName { ident: given.ident, variants });
        }
    }
}

fn variant(operation: &Operation, event: &Event) -> Entry {
    let name = event.name.as_str();
    let own = words(name);
    let (mut all, owns) = if is_variant(&camel(&own)) {
        let spelled = rungs(&[], name, &[]).into_iter().map(|words| with(&words, "event"));
        (spelled.collect(), Owned::default())
    } else {
        (rungs(&[], name, USUAL), owned(&[], name, USUAL, camel))
    };
    all.push(with(&spelled_in_full(name), "event"));
    Entry { rungs: all, owns, pinned: None, about: about(operation) }
}
