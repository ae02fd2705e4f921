//! The surfaces of two crates, held against each other: what is different for callers, and how grave that is. The rules are
//! those of Cargo's reference on semantic versioning; that `non_exhaustive` protects nothing within one crate is why a
//! client in a module has others.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Rust;
use super::gravity::{deprecated, moved, other_type, removed};
use super::matching::Matches;
use super::words::one;
use crate::aside;
use crate::emit::EmitError;
use crate::emit::surface::{Entry, Part, Role, Surface};
use crate::ir::{Operation, TypeId, TypeKind};
use crate::model::{Delivery, Model};

/// Two surfaces.
pub(super) struct Surfaces<'a> {
    old: Surface<'a>,
    new: Surface<'a>,
    /// What types are called now that were called otherwise.
    renamed: BTreeMap<String, String>,
    aliases: [BTreeMap<String, String>; 2],
    delivery: Delivery,
}

/// Something that is different for callers.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    /// The part that it is for: the new one, or the old one of what is gone.
    pub(super) part: Part,
    pub(super) role: Role,
    pub(super) cause: Cause,
    pub(super) rust: Rust,
    /// What is different: `types::Pet::name: String → Option<String>`.
    pub(super) names: String,
    /// What a caller must do.
    pub(super) advice: String,
}

impl Difference {
    /// Whether it is a status that an answer has more or less.
    pub(super) fn is_of_status(&self) -> bool {
        matches!(self.part, Part::Case(_)) && matches!(self.cause, Cause::Added | Cause::Removed)
    }
}

/// What of a thing is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    Added,
    Removed,
    Name,
    Type,
    Place,
    Gate,
    Deprecated,
}

impl<'a> Surfaces<'a> {
    pub(super) fn of(old: &'a Model, new: &'a Model, matches: &Matches<'a>) -> Result<Self, EmitError> {
        let delivery = new.settings.delivery;
        let (of_old, of_new) = aside::both(|| surface(old), || surface(new));
        let ((of_old, old_aliases), (of_new, new_aliases)) = (of_old?, of_new?);
        let mut surfaces =
            Self { old: of_old, new: of_new, renamed: BTreeMap::new(), aliases: [old_aliases, new_aliases], delivery };
        for (before, after) in standing(old, new, matches) {
            let names = |model: &'a Model, id: &TypeId| {
                [model.names.types.get(id).map(|name| &name.ident), model.names.required.get(id)]
            };
            for (before, after) in names(old, before).into_iter().zip(names(new, after)) {
                if let (Some(before), Some(after)) = (before, after)
                    && before != after
                {
                    surfaces.renamed.insert(before.clone(), after.clone());
                }
            }
        }
        for (before, after) in &matches.operations {
            let name = |model: &'a Model, operation: &Operation| {
                model.names.operations.get(&operation.pointer).and_then(|name| name.answer.clone())
            };
            if let (Some(before), Some(after)) = (name(old, before), name(new, after))
                && before != after
            {
                surfaces.renamed.insert(before, after);
            }
        }
        Ok(surfaces)
    }

    pub(super) fn types(
        &self,
        old: Option<&TypeId>,
        new: Option<&TypeId>,
        parts: &BTreeMap<Part, Part>,
    ) -> Vec<Difference> {
        let old = old.map(|id| self.old.of_type(id)).unwrap_or_default();
        self.compare(old, new.map(|id| self.new.of_type(id)).unwrap_or_default(), parts)
    }

    /// As [`Surfaces::types`], of an old type that callers know by the new one's name too.
    pub(super) fn types_by_alias(&self, old: &TypeId, new: &TypeId, parts: &BTreeMap<Part, Part>) -> Vec<Difference> {
        let (mut old, new) = (self.old.of_type(old), self.new.of_type(new));
        let whole = |entries: &[Entry]| {
            let mut wholes = entries.iter().filter(|entry| entry.role == Role::Type);
            wholes.next().map(|entry| entry.path.clone())
        };
        if let (Some(own), Some(alias)) = (whole(&old), whole(&new)) {
            for entry in &mut old {
                if let Some(rest) = entry.path.strip_prefix(&own).filter(|rest| rest.starts_with([':', '('])) {
                    entry.path = format!("{alias}{rest}");
                }
            }
        }
        self.compare(old, new, parts)
    }

    pub(super) fn operations(
        &self,
        old: Option<&Operation>,
        new: Option<&Operation>,
        parts: &BTreeMap<Part, Part>,
    ) -> Vec<Difference> {
        let old = old.map(|operation| self.old.of_operation(&operation.pointer)).unwrap_or_default();
        let new = new.map(|operation| self.new.of_operation(&operation.pointer)).unwrap_or_default();
        self.compare(old, new, parts)
    }

    pub(super) fn schemes(&self, old: Option<&str>, new: Option<&str>) -> Vec<Difference> {
        let old = old.map(|name| self.old.of_scheme(name)).unwrap_or_default();
        self.compare(old, new.map(|name| self.new.of_scheme(name)).unwrap_or_default(), &BTreeMap::new())
    }

    pub(super) fn crates(&self) -> Result<Vec<Difference>, EmitError> {
        let mut differences = self.compare(self.old.of_crate()?, self.new.of_crate()?, &BTreeMap::new());
        if let Some(all) = self.gated_now() {
            differences.push(Difference {
                part: Part::Named("resources".to_owned()),
                role: Role::Feature,
                cause: Cause::Gate,
                rust: Rust::Major,
                names: "each resource: only with a feature of its own".to_owned(),
                advice: format!(
                    "Without default features, turn on the feature `{all}`, or those of the resources that you call."
                ),
            });
        }
        Ok(differences)
    }

    /// The feature of all resources, where each has one now and none had: it is told once for all of them.
    fn gated_now(&self) -> Option<&'static str> {
        self.new.feature_of_all().filter(|_| self.old.feature_of_all().is_none())
    }

    /// What differs between things of one owner; `parts` tells what old parts are called now.
    fn compare(&self, old: Vec<Entry>, new: Vec<Entry>, parts: &BTreeMap<Part, Part>) -> Vec<Difference> {
        let key = |entry: &Entry| (entry.part.clone(), entry.role.clone());
        let old = old.into_iter().map(|mut entry| {
            if let Some(part) = parts.get(&entry.part) {
                entry.part = part.clone();
            }
            entry
        });
        let old: Vec<Entry> = old.collect();
        let constructed = |entries: &[Entry]| entries.iter().any(|entry| entry.role == Role::Constructor);
        let both = constructed(&old) && constructed(&new);
        let moved = moved(&old, &new);
        let mut news: BTreeMap<(Part, Role), &Entry> = new.iter().map(|entry| (key(entry), entry)).collect();
        let mut differences = Vec::new();
        for before in &old {
            let after = news.remove(&key(before));
            match after {
                Some(after) => {
                    differences.extend(self.changed(before, after, moved.contains(&before.part)));
                    differences.extend(deprecated(before, after));
                }
                None if is_of_constructor(&before.role) && !both => {}
                None => differences.push(removed(before)),
            }
        }
        let added = new.iter().filter(|entry| news.contains_key(&key(entry)));
        let added = added.filter(|entry| both || !is_of_constructor(&entry.role));
        differences.extend(added.map(|entry| self.added(entry)));
        // Nobody has written or taken apart what was not there.
        if old.is_empty() {
            for difference in &mut differences {
                (difference.rust, difference.advice) = (Rust::Minor, "Nothing must be done.".to_owned());
            }
        }
        differences
    }

    fn added(&self, entry: &Entry) -> Difference {
        let Entry { path, ty, .. } = entry;
        let in_module = self.delivery == Delivery::Module;
        let (rust, advice) = match &entry.role {
            Role::Field if in_module => {
                (Rust::Major, format!("Where a value is written as a literal or taken apart in full, add `{path}`."))
            }
            Role::Variant if in_module => {
                (Rust::Major, format!("Add an arm for `{path}` to each `match` without `_`."))
            }
            Role::Position => {
                (Rust::Major, format!("Where a value is made or taken apart, add `{path}`, {}.", one(ty)))
            }
            Role::Literal => (Rust::Major, format!("Give `{path}` a value, {}.", one(ty))),
            Role::Argument => (Rust::Major, format!("Pass `{path}`, {}.", one(ty))),
            Role::Type
            | Role::Trait(_)
            | Role::Conversion
            | Role::NullableConversion
            | Role::Field
            | Role::Variant
            | Role::Constructor
            | Role::Setter
            | Role::Method(_)
            | Role::Export
            | Role::Feature
            | Role::Dependency => (Rust::Minor, "Nothing must be done.".to_owned()),
        };
        let names = if ty.is_empty() { format!("+ {path}") } else { format!("+ {path}: {ty}") };
        Difference { part: entry.part.clone(), role: entry.role.clone(), cause: Cause::Added, rust, names, advice }
    }

    /// Whether the old name of a type is another name of the one that is called otherwise now.
    fn still_names(&self, old: &str, new: &str) -> bool {
        let [old, new] = [old, new].map(|path| path.rsplit("::").next().unwrap_or(path));
        let [_, aliases] = &self.aliases;
        aliases.get(old).is_some_and(|of| of == new)
    }

    fn changed(&self, old: &Entry, new: &Entry, moved: bool) -> Option<Difference> {
        let found = |cause, rust, names: String, advice: String| {
            Some(Difference { part: new.part.clone(), role: new.role.clone(), cause, rust, names, advice })
        };
        let path = &new.path;
        if old.name != new.name {
            let names = format!("{} → {path}", old.path);
            if new.role == Role::Type && self.still_names(&old.name, &new.name) {
                let advice = format!("Nothing must be done: `{}` is another name for it.", old.path);
                return found(Cause::Name, Rust::Minor, names, advice);
            }
            return found(Cause::Name, Rust::Major, names, format!("Write `{path}` instead of `{}`.", old.path));
        }
        if new.role == Role::Constructor && old.ty != new.ty && self.same(&old.ty, &new.ty) {
            // What gathers its arguments.
            let [before, after] = [&old.ty, &new.ty].map(|name| format!("types::{name}"));
            let advice = format!("Write `{after}` instead of `{before}`.");
            return found(Cause::Name, Rust::Major, format!("{before} → {after}"), advice);
        }
        if !self.same(&old.ty, &new.ty) {
            let names = format!("{path}: {} → {}", old.ty, new.ty);
            let (rust, advice) = other_type(old, new);
            return found(Cause::Type, rust, names, advice);
        }
        if moved {
            let advice = format!("Pass `{path}` in its new place.");
            return found(Cause::Place, Rust::Major, format!("{path}: another place among the arguments"), advice);
        }
        let is_whole = matches!(new.role, Role::Type | Role::Constructor) && new.part == Part::Whole;
        let is_narrower = !new.gate.is_empty() && (old.gate.is_empty() || !old.gate.is_subset(&new.gate));
        if is_whole && is_narrower && self.gated_now().is_none() {
            let features: Vec<_> = new.gate.iter().map(|feature| format!("`{feature}`")).collect();
            let names = format!("{path}: only with the feature {}", features.join(" or "));
            return found(
                Cause::Gate,
                Rust::Major,
                names,
                format!("Turn on the feature {} for `{path}`.", features.join(" or ")),
            );
        }
        None
    }

    /// What the type is called now that was called so.
    pub(super) fn called_now<'b>(&'b self, old: &'b str) -> &'b str {
        self.renamed.get(old).map_or(old, String::as_str)
    }

    /// Whether two types are one to callers: types that were renamed and aliases don't count.
    fn same(&self, old: &str, new: &str) -> bool {
        if old == new {
            return true;
        }
        let [old_aliases, new_aliases] = &self.aliases;
        let old = replace(&expand(old, old_aliases), &|word| self.renamed.get(word).cloned());
        old == expand(new, new_aliases)
    }
}

/// The pairs of types that stand for others: each once, rather with one of the same name.
pub(super) fn standing<'a>(old: &'a Model, new: &'a Model, matches: &Matches<'a>) -> Vec<(&'a TypeId, &'a TypeId)> {
    let stands = |model: &'a Model, id: &'a TypeId| model.facts.same.get(id).unwrap_or(id);
    let name = |model: &'a Model, id: &TypeId| model.names.types.get(id).map(|name| &name.ident);
    let all: BTreeSet<_> =
        matches.types.iter().map(|(before, after)| (stands(old, before), stands(new, after))).collect();
    let mut all: Vec<_> = all.into_iter().collect();
    let own = |before: &TypeId, after: &TypeId| matches.types.get(before).is_some_and(|id| *id == after);
    all.sort_by_cached_key(|(before, after)| (name(old, before) != name(new, after), !own(before, after)));
    let (mut seen_old, mut seen_new) = (BTreeSet::new(), BTreeSet::new());
    all.retain(|(before, after)| {
        let free = !seen_old.contains(before) && !seen_new.contains(after);
        if free {
            seen_old.insert(*before);
            seen_new.insert(*after);
        }
        free
    });
    all.sort();
    all
}

/// The surface of a crate, and its aliases.
fn surface(model: &Model) -> Result<(Surface<'_>, BTreeMap<String, String>), EmitError> {
    let surface = Surface::new(model)?;
    let aliases = aliases(model, &surface);
    Ok((surface, aliases))
}

fn aliases(model: &Model, surface: &Surface<'_>) -> BTreeMap<String, String> {
    let is_alias =
        |id: &TypeId, kind: &TypeKind| matches!(kind, TypeKind::Alias(_)) || model.facts.same.contains_key(id);
    let aliases = model.api.types.values().filter(|def| is_alias(&def.id, &def.kind));
    let aliases = aliases.filter_map(|def| {
        let name = model.names.types.get(&def.id)?.ident.clone();
        let entry = surface.of_type(&def.id).into_iter().next()?;
        Some((name, entry.ty.strip_prefix("= ")?.to_owned()))
    });
    aliases.collect()
}

/// A type without aliases; those that lead back to themselves stay.
fn expand(ty: &str, aliases: &BTreeMap<String, String>) -> String {
    const DEEPEST: usize = 20;
    let mut text = ty.to_owned();
    for _ in 0..DEEPEST {
        let next = replace(&text, &|word| aliases.get(word).cloned());
        if next == text {
            break;
        }
        text = next;
    }
    text
}

/// The text with some of its words replaced.
fn replace(text: &str, with: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for character in text.chars().chain(['\0']) {
        if character.is_alphanumeric() || character == '_' {
            word.push(character);
            continue;
        }
        if !word.is_empty() {
            out.push_str(&with(&word).unwrap_or_else(|| word.clone()));
            word.clear();
        }
        if character != '\0' {
            out.push(character);
        }
    }
    out
}

fn is_of_constructor(role: &Role) -> bool {
    matches!(role, Role::Argument | Role::Literal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_of_a_type_are_replaced() {
        let with = |word: &str| (word == "My_Type").then(|| "Other".to_owned());
        assert_eq!(replace("Vec<My_Type>", &with), "Vec<Other>");
        assert_eq!(replace("&[(My_Type, My, Type)]", &with), "&[(Other, My, Type)]");
    }

    #[test]
    fn aliases_that_lead_back_to_themselves_stay() {
        let aliases = BTreeMap::from([("A", "Vec<B>"), ("B", "i64"), ("C", "D"), ("D", "C")]);
        let aliases = aliases.into_iter().map(|(name, of)| (name.to_owned(), of.to_owned())).collect();
        assert_eq!(expand("Option<A>", &aliases), "Option<Vec<i64>>");
        assert_eq!(expand("C", &aliases), "C");
    }
}
