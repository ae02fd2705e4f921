//! Types that stand for others, which say the same elsewhere: a name that says nothing of a place, for they have several. What
//! finds none here climbs on by one of its places.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::ident::camel;
use super::reserved::{Taken, is_type};
use super::scope::Given;
use super::types::{Namer, Names};
use super::words::{Words, words};
use crate::ir::{Branch, Enum, JsonKind, Origin, Primitive, TypeDef, TypeId, TypeKind, TypeRef};

/// So many branches a union may have that is called by them.
const BRANCHES: usize = 3;

/// Names of members that say where a value stands in what is sent, and nothing of what it is.
const EMPTY: &[&str] = &[
    "attributes",
    "body",
    "content",
    "data",
    "input",
    "item",
    "items",
    "list",
    "object",
    "output",
    "param",
    "params",
    "payload",
    "properties",
    "request",
    "response",
    "result",
    "results",
    "value",
    "values",
];

/// So many words a value may have that is part of a name.
const LONGEST_VALUE: usize = 4;

fn says_something(words: &Words) -> bool {
    !matches!(words.as_slice(), [only] if EMPTY.contains(&only.as_str()))
}

impl<'a> Namer<'a> {
    /// Names those of `open` that stand for others, where nothing else wants the name: by their short name alone, by the only
    /// value that they list and that (`status` of `open`: `Open Status`), or as a union of what has names (`Customer or String`).
    pub(super) fn merged(&self, given: &mut Names, open: &mut BTreeSet<&'a TypeId>) {
        self.alone(given, open, |def, _| self.short_words(def).filter(says_something));
        self.alone(given, open, |def, _| self.value_words(def));
        self.alone(given, open, |def, given| self.branch_words(def, given));
    }

    fn alone(
        &self,
        given: &mut Names,
        open: &mut BTreeSet<&'a TypeId>,
        name: impl Fn(&TypeDef, &Names) -> Option<Words>,
    ) {
        let taken: Taken = given.values().map(|given| given.ident.clone()).collect();
        let mut wanted: BTreeMap<String, Vec<(&TypeId, Words)>> = BTreeMap::new();
        for id in open.iter().filter(|id| self.shared.contains(*id)) {
            let Some(words) = self.def(id).and_then(|def| name(def, given)) else { continue };
            wanted.entry(camel(&words)).or_default().push((id, words));
        }
        let kept = &self.chosen.kept;
        wanted.retain(|ident, _| !taken.contains(ident) && !kept.contains(ident) && !is_type(ident));
        for (ident, ids) in wanted {
            let one = match ids.as_slice() {
                [only] => Some(only),
                several => self.most_errors(several),
            };
            if let Some((id, words)) = one {
                open.remove(id);
                given.insert((*id).clone(), Given { ident, words: words.clone() });
            }
        }
    }

    /// What stands for more than twice as many as each of the others, if they are bodies of errors: operations answer it wherever
    /// they say nothing else, and nobody asks which one was the first.
    fn most_errors<'b, 'i, T>(&self, ids: &'b [(&'i TypeId, T)]) -> Option<&'b (&'i TypeId, T)> {
        if !ids.iter().any(|(id, _)| self.is_error(id)) {
            return None;
        }
        let mut others: BTreeMap<&TypeId, usize> = BTreeMap::new();
        for stands in self.facts.same.values() {
            *others.entry(stands).or_default() += 1;
        }
        let mut counted: Vec<_> =
            ids.iter().map(|one| (1 + others.get(one.0).copied().unwrap_or_default(), one)).collect();
        counted.sort_by_key(|(places, _)| Reverse(*places));
        // A union says of itself what it is.
        let is_plain = |id: &TypeId| self.def(id).is_some_and(|def| !matches!(def.kind, TypeKind::Union(_)));
        match counted.as_slice() {
            [(most, one), (next, _), ..] if *most > 2 * next && self.is_error(one.0) && is_plain(one.0) => Some(one),
            _ => None,
        }
    }

    fn short_words(&self, def: &TypeDef) -> Option<Words> {
        match &def.origin {
            Origin::Response { .. } => self.is_error(&def.id).then(|| words("error_body")),
            _ => self.short.get(def).map(|short| words(&short)),
        }
    }

    /// The only value of an enum of texts and the short name, unless the value ends so: `service_reference` of `type` is a
    /// `Service Reference Type`.
    fn value_words(&self, def: &TypeDef) -> Option<Words> {
        // A parameter that is a component has a name.
        if matches!(def.origin, Origin::Parameter { operation: None, .. }) {
            return None;
        }
        let TypeKind::Enum(Enum { kind: JsonKind::String, values, .. }) = &def.kind else { return None };
        let ([value], Some(short)) = (values.as_slice(), self.short_words(def)) else { return None };
        let value = words(value);
        let is_name = value.first().is_some_and(|word| word.starts_with(|first: char| first.is_ascii_alphabetic()));
        let found = if value.ends_with(&short) { value.clone() } else { [value.clone(), short].concat() };
        (is_name && value.len() <= LONGEST_VALUE).then_some(found)
    }

    /// The branches of a union of few, the types before what JSON has by itself.
    fn branch_words(&self, def: &TypeDef, given: &Names) -> Option<Words> {
        let TypeKind::Union(union) = &def.kind else { return None };
        if union.branches.len() > BRANCHES {
            return None;
        }
        let told = |branch: &Branch| match &branch.ty {
            TypeRef::Named(id) => {
                let stands = self.facts.same.get(id).unwrap_or(id);
                Some((0, given.get(stands)?.words.clone()))
            }
            TypeRef::Primitive(Primitive::String) => Some((1, words("string"))),
            TypeRef::Primitive(Primitive::I64 | Primitive::F64) => Some((1, words("number"))),
            TypeRef::Primitive(Primitive::Boolean) => Some((1, words("boolean"))),
            _ => None,
        };
        let mut branches = union.branches.iter().map(told).collect::<Option<Vec<_>>>()?;
        branches.sort();
        branches.dedup();
        let named = branches.into_iter().map(|(_, words)| words);
        (union.branches.len() > 1).then(|| named.collect::<Vec<Words>>().join(&"or".to_owned()))
    }
}
