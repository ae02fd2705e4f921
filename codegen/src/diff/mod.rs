//! Diff: two models → every change, with what it means on the wire and to Rust callers. Pure: reads no file and changes
//! nothing.
//!
//! The changes come from the two `Api`s, held against each other part by part. What a change means to callers is not
//! guessed from its kind: the surfaces of the two crates are compared ([`crate::emit::surface`]), each difference is
//! accounted for by the change of the description that is about the same part, and what none accounts for is a change of
//! its own. So the gravest verdict is right even where an explanation is missing.
//!
//! On the wire, the question is whether a client made from the old description still works with a server of the new one:
//! servers that take less, and servers that answer more, break it. Values that an enum or a union gets are no break, for
//! generated clients keep what they don't know.

mod aliases;
mod allow;
mod answers;
mod api;
mod bodies;
mod bounds;
mod change;
mod enums;
mod equal;
mod gravity;
mod matching;
mod members;
mod notes;
mod operations;
mod parameters;
mod relation;
mod rust;
mod settle;
mod shared;
mod tuples;
mod types;
mod unions;
mod webhooks;
mod words;

#[cfg(test)]
mod tests;

pub use allow::Allowed;
pub use change::{Change, Kind, Rust, Wire};

use crate::aside;
use crate::emit::EmitError;
use crate::ir::Payload;
use crate::load::Document;
use crate::model::Model;
use matching::Matches;
use relation::Ways;
use rust::Surfaces;

/// One of the two that are compared.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The model.
    pub model: &'a Model,
    /// The description that it was made from, for what the model doesn't keep: statuses and headers of answers,
    /// scopes, and bounds of what stands within.
    pub document: &'a Document,
}

/// Every change, gravest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The changes.
    pub changes: Vec<Change>,
}

impl Diff {
    /// The gravest verdict on the wire; `None` without changes.
    pub fn wire(&self) -> Wire {
        self.changes.iter().map(|change| change.wire).max().unwrap_or(Wire::None)
    }

    /// The gravest verdict for callers; `None` when there is no change at all.
    pub fn rust(&self) -> Option<Rust> {
        self.changes.iter().map(|change| change.rust).max()
    }
}

/// Compares two models that were made with the same settings.
///
/// # Errors
///
/// A name of either model is no identifier, which is a bug of clientwright.
pub fn diff(old: Side<'_>, new: Side<'_>) -> Result<Diff, EmitError> {
    let called = [old, new].map(|side| matching::called(&side.model.names));
    let matches = Matches::of(&old.model.api, &new.model.api, called.each_ref());
    let surfaces = Surfaces::of(old.model, new.model, &matches)?;
    let pair = Pair { old, new, matches: &matches, surfaces: &surfaces };
    let mut changes = api::changes(&pair)?;
    let (of_types, of_operations) = aside::both(|| types::changes(&pair), || operations::changes(&pair));
    changes.extend(shared::gather(of_operations));
    changes.extend(shared::gather(of_types));
    changes.extend(aliases::changes(&pair));
    changes.extend(webhooks::changes(&pair));
    changes.sort_by(|a, b| {
        let key = |change: &Change| (std::cmp::Reverse((change.rust, change.wire)), change.kind);
        key(a).cmp(&key(b)).then_with(|| (&a.subject, &a.what).cmp(&(&b.subject, &b.what)))
    });
    Ok(Diff { changes })
}

/// What every comparison needs.
struct Pair<'a> {
    old: Side<'a>,
    new: Side<'a>,
    matches: &'a Matches<'a>,
    surfaces: &'a Surfaces<'a>,
}

impl Pair<'_> {
    fn relation(&self, old: &crate::ir::TypeRef, new: &crate::ir::TypeRef) -> relation::Relation {
        relation::relation(&self.old.model.api, old, &self.new.model.api, new, self.matches)
    }

    /// As [`Pair::relation`], of what is written as texts.
    fn relation_of_texts(&self, old: &crate::ir::TypeRef, new: &crate::ir::TypeRef) -> relation::Relation {
        relation::of_texts(&self.old.model.api, old, &self.new.model.api, new, self.matches)
    }

    /// Whether the members of a type were written as texts, and still are: those of forms and of nothing else, but for those
    /// that have a media type of their own.
    fn is_form(&self, old: &crate::ir::TypeId, new: &crate::ir::TypeId, wire: &str) -> bool {
        let of = |side: Side<'_>, id: &crate::ir::TypeId| {
            let own = |payload: &Payload| match payload {
                Payload::Multipart { types, .. } => types.iter().any(|(name, _)| name == wire),
                _ => false,
            };
            let mut bodies = side.model.api.operations.iter().filter_map(|operation| operation.body.as_ref());
            let facts = &side.model.facts;
            facts.forms.contains(id) && !facts.in_answers.contains(id) && !bodies.any(|body| own(&body.payload))
        };
        of(self.old, old) && of(self.new, new)
    }

    /// `string → list of Pet`
    fn arrow(&self, old: &crate::ir::TypeRef, new: &crate::ir::TypeRef) -> String {
        format!("{} → {}", words::of_type(old, self.old.model), words::of_type(new, self.new.model))
    }

    /// Which way values of a type went and still go; both, where there is no operation to tell.
    fn ways(&self, old: &crate::ir::TypeId, new: &crate::ir::TypeId) -> Ways {
        let (before, after) = (&self.old.model.facts, &self.new.model.facts);
        if self.old.model.api.operations.is_empty() && self.new.model.api.operations.is_empty() {
            return Ways { sent: true, answered: true };
        }
        Ways {
            sent: before.in_requests.contains(old) && after.in_requests.contains(new),
            answered: before.in_answers.contains(old) && after.in_answers.contains(new),
        }
    }
}
