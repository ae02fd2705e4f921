//! Other names of types that stand for others: one that is called after one of its places (`CreditNoteStatus`) has a name of
//! each other place that says the same (`InvoiceStatus`), so that no place speaks of another one, and what is the same no more
//! keeps its name.

use std::collections::BTreeMap;

use super::ident::camel;
use super::reserved::{Taken, is_type};
use super::scope::Given;
use super::types::{Namer, Names};
use super::words::{Words, words};
use crate::ir::{Origin, Part, TypeId};

/// What a type could be called by where it stands.
struct Place {
    /// The best of its names.
    first: Option<Words>,
    /// Whether one of them is the name that all have.
    has_name: bool,
    /// It is an operation's, and reads well with the name of what is none.
    is_of_operation: bool,
}

/// A name that a place of the type at `stands` could have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Wish<'a> {
    is_new: bool,
    stands: &'a TypeId,
    id: &'a TypeId,
    words: Words,
}

impl Namer<'_> {
    /// The names, by the type that another one stands for: those that a lock holds, and those that nothing else has. Where places
    /// of different types want one, none has it.
    pub(super) fn aliases(&self, given: &Names) -> Names {
        let mut classes: BTreeMap<&TypeId, Vec<&TypeId>> = BTreeMap::new();
        for (id, stands) in &self.facts.same {
            classes.entry(stands).or_default().push(id);
        }
        let mut wanted: BTreeMap<String, Vec<Wish<'_>>> = BTreeMap::new();
        for (stands, ids) in &classes {
            let Some(name) = given.get(*stands).map(|given| &given.ident) else { continue };
            for (id, words) in self.of_class(stands, ids, name, given) {
                let held = self.chosen.aliases.get(id);
                let ident = held.cloned().unwrap_or_else(|| camel(&words));
                wanted.entry(ident).or_default().push(Wish { is_new: held.is_none(), stands, id, words });
            }
        }
        let taken: Taken = given.values().map(|given| given.ident.clone()).collect();
        wanted.retain(|ident, _| !taken.contains(ident) && !is_type(ident));
        let mut names = Names::new();
        for (ident, mut wishes) in wanted {
            wishes.sort();
            let Some((first, others)) = wishes.split_first() else { continue };
            let is_free = !self.chosen.kept.contains(&ident) && others.iter().all(|wish| wish.stands == first.stands);
            if first.is_new && !is_free {
                continue;
            }
            for wish in wishes.iter().filter(|wish| wish.stands == first.stands) {
                names.insert(wish.id.clone(), Given { ident: ident.clone(), words: wish.words.clone() });
            }
        }
        names
    }

    /// Which of `ids` have a name of their own, and its words; `name` is that of the type which stands for all.
    fn of_class<'b>(
        &self,
        stands: &'b TypeId,
        ids: &[&'b TypeId],
        name: &str,
        given: &Names,
    ) -> Vec<(&'b TypeId, Words)> {
        let held = |id: &TypeId| self.chosen.aliases.get(id).filter(|held| *held != name).map(|held| words(held));
        let all = [stands].into_iter().chain(ids.iter().copied());
        let places: BTreeMap<&TypeId, Place> = all.filter_map(|id| Some((id, self.place(id, name, given)?))).collect();
        // What a component is called says nothing of a place.
        let is_component = self.def(stands).is_some_and(|def| matches!(def.origin, Origin::Component(_)));
        let has_name = |place: &Place| place.has_name && !is_component;
        let mut having = places.values().filter(|place| has_name(place)).peekable();
        let is_of_place = having.peek().is_some() && !self.is_of_none(stands, ids, name);
        let of_operation = having.all(|place| place.is_of_operation);
        let natural = |id: &TypeId| {
            let place = places.get(id)?;
            let speaks_of_another = is_of_place && !has_name(place) && (of_operation || !place.is_of_operation);
            place.first.clone().filter(|_| speaks_of_another)
        };
        ids.iter().filter_map(|id| Some((*id, held(id).or_else(|| natural(id))?))).collect()
    }

    /// Whether the name is one that any of the places could have alone, without what it stands in.
    fn is_of_none(&self, stands: &TypeId, ids: &[&TypeId], name: &str) -> bool {
        [stands].into_iter().chain(ids.iter().copied()).filter_map(|id| self.def(id)).any(|def| {
            let is_shared = matches!(
                def.origin,
                Origin::Parameter { operation: None, .. } | Origin::Header { operation: None, .. }
            );
            let short = self.short.get(def).map(|short| words(&short));
            let component = is_shared.then(|| self.of_operation(&def.id)).flatten().map(|entry| entry.rungs);
            short.into_iter().chain(component.into_iter().flatten()).any(|words| camel(&words) == name)
        })
    }

    fn place(&self, id: &TypeId, name: &str, given: &Names) -> Option<Place> {
        let (entry, is_of_operation) = match &self.def(id)?.origin {
            Origin::Part { part: Part::Member(_) | Part::Item | Part::MapValue, .. } => (self.part(id, given)?, false),
            Origin::Parameter { operation: Some(_), .. } | Origin::Header { operation: Some(_), .. } => {
                (self.of_operation(id)?, true)
            }
            // Bodies of errors are much the same everywhere, and nobody asks which operation's one is.
            Origin::Response { .. } if self.is_error(id) => return None,
            Origin::RequestBody { .. } | Origin::Response { .. } | Origin::Item { .. } => {
                (self.of_operation(id)?, true)
            }
            _ => return None,
        };
        let has_name = entry.rungs.iter().any(|words| camel(words) == name);
        Some(Place { first: entry.rungs.into_iter().next(), has_name, is_of_operation })
    }
}
