//! What the service asks of others: the operations of `webhooks` (OpenAPI 3.1.0, section 4.8.1; `x-webhooks` before) and of
//! `callbacks` (OpenAPI 3.0.3, section 4.7.18), found in the canonical form behind all references.

use std::collections::{BTreeMap, BTreeSet};

use super::form::{Form, Members};

use super::assemble::Assembly;
use super::faults::Fault;
use super::slots::Slot;
use crate::pointer::Pointer;

/// The members of the document that have webhooks.
pub(super) const WEBHOOKS: [&str; 2] = ["webhooks", "x-webhooks"];

/// An operation that the service asks for.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Where it stands below `webhooks`, or below the operation in `paths`.
    pub place: Pointer,
    /// Where it is written, behind references.
    pub written_at: Pointer,
    /// What the webhook or the callback is called.
    pub name: String,
    /// The operation in `paths` that the callback is one of, and the expression that gives the address.
    pub call: Option<(Pointer, String)>,
    /// The method, in capitals.
    pub method: String,
    /// Where the reference to its request body stands.
    pub body: Option<Pointer>,
    /// What it says of itself.
    pub own: Words,
    /// What its path item says of all its operations.
    pub of_all: Words,
}

/// What is said of an operation or a path item.
#[derive(Clone, Debug)]
pub struct Words {
    /// A line about it.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
}

impl Words {
    fn of(object: &Form) -> Self {
        let text = |name: &str| object.get(name).and_then(Form::as_text).map(str::to_owned);
        Self { summary: text("summary"), description: text("description") }
    }
}

/// The operation that a callback is one of, and the expression that gives its address.
type Address = (Pointer, String);

/// All of them, by their places; those that can't be read are left out.
pub(super) fn incoming(
    assembly: &Assembly,
    webhooks: &[(&str, Members)],
    operations: &BTreeMap<Pointer, Result<Pointer, Fault>>,
) -> Vec<Incoming> {
    let mut found = Found { assembly, all: Vec::new(), known: BTreeSet::new(), open: Vec::new() };
    for (at, (member, items)) in webhooks.iter().enumerate() {
        // What stands in `webhooks` may stand in `x-webhooks` once more, for tools that know that alone.
        let before = webhooks.get(..at).unwrap_or_default();
        let is_new = |name: &str| before.iter().all(|(_, known)| known.get(name).is_none());
        for (name, link) in items.iter().filter(|(name, _)| is_new(name)) {
            let place = Pointer::root().child(member).child(name);
            found.item(link, &Site { place, name, call: None });
        }
    }
    for (place, written_at) in operations {
        if let Ok(written_at) = written_at {
            found.open.push((place.clone(), written_at.clone(), place.clone()));
        }
    }
    // What is asked for may have callbacks of its own, and they may lead back.
    let mut seen: BTreeSet<Pointer> = BTreeSet::new();
    while let Some((place, written_at, call)) = found.open.pop() {
        if place == call || seen.insert(written_at.clone()) {
            found.callbacks(&place, &written_at, &call);
        }
    }
    found.all.sort_by(|a, b| a.place.cmp(&b.place));
    found.all
}

struct Found<'a> {
    assembly: &'a Assembly,
    all: Vec<Incoming>,
    /// The names, addresses and places of those that were found: a callback may be one of its own.
    known: BTreeSet<(String, Option<Address>, Pointer)>,
    /// Operations to look for callbacks in: the place of each, where it is written, and the operation in `paths` around it.
    open: Vec<(Pointer, Pointer, Pointer)>,
}

/// Where a path item stands.
struct Site<'a> {
    place: Pointer,
    name: &'a str,
    call: Option<(Pointer, &'a str)>,
}

impl Found<'_> {
    fn callbacks(&mut self, place: &Pointer, written_at: &Pointer, call: &Pointer) {
        let assembly = self.assembly;
        let callbacks = assembly.operations.get(written_at.as_str()).and_then(|operation| operation.get("callbacks"));
        for (name, link) in callbacks.and_then(Form::as_object).into_iter().flat_map(Members::iter) {
            let Some(Ok((_, callback))) = assembly.follow(link, &assembly.callbacks) else { continue };
            for (expression, link) in callback.as_object().into_iter().flat_map(Members::iter) {
                let place = place.child("callbacks").child(name).child(expression);
                self.item(link, &Site { place, name, call: Some((call.clone(), expression)) });
            }
        }
    }

    /// The operations of a path item.
    fn item(&mut self, link: &Form, site: &Site<'_>) {
        let assembly = self.assembly;
        let Some(Ok((_, item))) = assembly.follow(link, &assembly.path_items) else { return };
        for (slot, link) in Slot::of(item) {
            let Some(Ok((written_at, operation))) = assembly.follow(link, &assembly.operations) else { continue };
            let place = slot.below(&site.place);
            let call = site.call.as_ref().map(|(call, expression)| (call.clone(), (*expression).to_owned()));
            if !self.known.insert((site.name.to_owned(), call.clone(), written_at.clone())) {
                continue;
            }
            if let Some((call, _)) = &site.call {
                self.open.push((place.clone(), written_at.clone(), call.clone()));
            }
            self.all.push(Incoming {
                place,
                written_at: written_at.clone(),
                name: site.name.to_owned(),
                call,
                method: slot.method(),
                body: operation.get("requestBody").and_then(Form::as_link).cloned(),
                own: Words::of(operation),
                of_all: Words::of(item),
            });
        }
    }
}
