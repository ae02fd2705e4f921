//! A schema with a `discriminator` and no branches of its own stands for all components that build on it by `allOf`
//! (OpenAPI 3.0.3, section 4.7.25.1): it is their union wherever it is used, but for those that build on it.

use std::collections::{BTreeMap, BTreeSet};

use super::flat::Flat;
use super::{CHAIN, Composer, Stop};
use crate::normalize::form::{Form, Members, Objects, links};
use crate::normalize::mappings::own_value;
use crate::pointer::Pointer;

/// How many schemas a component may build on.
const BASES: usize = 256;

/// The schemas with a discriminator that each component builds on.
pub(super) fn bases(schemas: &Objects) -> BTreeMap<Pointer, BTreeSet<Pointer>> {
    let has_bases = schemas.values().any(|schema| schema.get("discriminator").is_some());
    let components = schemas.keys().filter(|place| has_bases && is_component(place));
    let all = components.map(|component| (component.clone(), bases_of(schemas, component)));
    all.filter(|(_, bases)| !bases.is_empty()).collect()
}

/// The components that build on each schema with a discriminator and without branches.
pub(super) fn heirs(
    schemas: &Objects,
    bases: &BTreeMap<Pointer, BTreeSet<Pointer>>,
) -> BTreeMap<Pointer, Vec<Pointer>> {
    let has_branches = |base: &Pointer| {
        let has = |name| schemas.get(base).is_some_and(|schema| schema.get(name).is_some());
        ["oneOf", "anyOf"].into_iter().any(has)
    };
    let mut heirs: BTreeMap<Pointer, Vec<Pointer>> = BTreeMap::new();
    for (component, bases) in bases {
        for base in bases.iter().filter(|base| !has_branches(base)) {
            heirs.entry(base.clone()).or_default().push(component.clone());
        }
    }
    heirs
}

/// Whether a schema at `place` is a component: one that has a name.
pub(super) fn is_component(place: &Pointer) -> bool {
    let tokens: Vec<_> = place.tokens().take(4).collect();
    match tokens.iter().map(AsRef::as_ref).collect::<Vec<&str>>().as_slice() {
        ["components", "schemas", _] => true,
        [] | [_] | ["definitions" | "$defs", _] => place.file().is_some(),
        _ => false,
    }
}

/// The schemas with a discriminator that the one at `place` builds on.
fn bases_of(schemas: &Objects, place: &Pointer) -> BTreeSet<Pointer> {
    let object = |place: &Pointer| schemas.get(place).and_then(Form::as_object);
    let mut bases = BTreeSet::new();
    let mut seen: BTreeSet<Pointer> = BTreeSet::from([place.clone()]);
    let mut waiting = vec![place.clone()];
    while let Some(at) = waiting.pop() {
        for mut part in links(object(&at).and_then(|object| object.get("allOf"))) {
            for _ in 0..CHAIN {
                let Some(Form::Link(onward)) = schemas.get(&part) else { break };
                part = onward.clone();
            }
            let Some(said) = object(&part) else { continue };
            if seen.len() < BASES && seen.insert(part.clone()) {
                if said.contains("discriminator") {
                    bases.insert(part.clone());
                }
                waiting.push(part);
            }
        }
    }
    bases
}

impl Composer<'_> {
    /// Whether the schema at `place` is one of those that the one at `base` stands for.
    pub(super) fn is_heir(&self, place: &Pointer, base: &Pointer) -> bool {
        self.heirs.get(base).is_some_and(|heirs| heirs.contains(place))
    }

    /// Makes the schema at `place` the union of those that build on it, if a discriminator can tell them apart.
    pub(super) fn union_of_heirs(&mut self, place: &Pointer, object: &Members, heirs: &[Pointer]) -> bool {
        let Some(mut discriminator) = object.get("discriminator").cloned() else { return false };
        let mapped = self.mapped(&discriminator);
        let heirs = self.told_here(&discriminator, &mapped, heirs);
        let Some(told) = self.are_told(place, &discriminator, &mapped, heirs) else { return false };
        let mut branches = told.heirs;
        if told.itself {
            let at = place.child("oneOf").item(branches.len());
            let Ok(flat) = self.flat(place) else { return false };
            let flat = Flat { home: None, ..Flat::clone(&flat) };
            let words = self.words_at(place);
            if self.finish(&at, &flat, words).is_err() {
                return false;
            }
            self.composed.origins.insert(at.clone(), place.clone());
            if told.leaves_out {
                self.composed.untold.insert(at.clone());
            }
            branches.push(at);
        }
        map(&mut discriminator, told.spelled);
        let mut union = self.words_at(place);
        union.insert("oneOf", branches.into_iter().map(Form::Link).collect());
        union.insert("discriminator", discriminator);
        if let Some(nullable) = object.get("nullable") {
            union.insert("nullable", nullable.clone());
        }
        self.composed.schemas.insert(place.clone(), Form::Object(union));
        true
    }

    /// The heirs that the member of `discriminator` is to tell apart: not those that build on another heir with a discriminator
    /// of its own, whose member tells them apart once it is known to be that one.
    fn told_here(&self, discriminator: &Form, mapped: &BTreeMap<Pointer, &str>, heirs: &[Pointer]) -> Vec<Pointer> {
        let member = discriminator.get("propertyName");
        let own = |heir: &&Pointer| {
            let own = self.object(heir).and_then(|object| object.get("discriminator"));
            own.is_some_and(|own| own.get("propertyName") != member)
        };
        let nested: BTreeSet<&Pointer> =
            heirs.iter().filter(own).filter_map(|heir| self.heirs.get(heir)).flatten().collect();
        heirs.iter().filter(|heir| mapped.contains_key(*heir) || !nested.contains(heir)).cloned().collect()
    }

    /// The values that the mapping of a discriminator has for schemas.
    fn mapped<'a>(&self, discriminator: &'a Form) -> BTreeMap<Pointer, &'a str> {
        let mapping = discriminator.get("mapping").and_then(Form::as_object).into_iter().flat_map(Members::iter);
        let mut mapped: BTreeMap<Pointer, &str> = BTreeMap::new();
        for (value, target) in mapping.filter_map(|(value, target)| Some((value, target.as_link()?))) {
            let end = self.end(target).ok();
            end.map(|end| mapped.entry(end).or_insert(value));
        }
        mapped
    }

    /// Which heirs the discriminator's member tells; `None` where it tells none. Two with one value are told by what else they
    /// have, beside those that it tells. What only the base lists, and no heir has, is the base itself: nothing says which of
    /// the heirs that say no more would mean which value.
    fn are_told(
        &mut self,
        base: &Pointer,
        discriminator: &Form,
        mapped: &BTreeMap<Pointer, &str>,
        heirs: Vec<Pointer>,
    ) -> Option<Told> {
        let member = discriminator.get("propertyName")?.as_text()?;
        let listed = self.listed(base, member).ok()?;
        let mut told = Told::default();
        let mut claims: Vec<Vec<String>> = Vec::with_capacity(heirs.len());
        let mut says_no_more = false;
        for heir in heirs {
            let claim = match mapped.get(&heir) {
                Some(value) => vec![(*value).to_owned()],
                None => match self.own_value(&heir, member).ok()? {
                    Own::Value(value) => vec![value],
                    Own::Spelled(value) => {
                        told.spelled.push((value.clone(), heir.clone()));
                        vec![value]
                    }
                    // It narrows what the base lists, or says no more.
                    Own::NoneOf(several) if several.len() == listed.len() => {
                        says_no_more = true;
                        continue;
                    }
                    Own::NoneOf(several) => several,
                    Own::Unknown => return None,
                },
            };
            claims.push(claim);
            told.heirs.push(heir);
        }
        let mut claimants: BTreeMap<&String, usize> = BTreeMap::new();
        claims.iter().flatten().for_each(|value| *claimants.entry(value).or_default() += 1);
        let is_alone = |claim: &Vec<String>| claim.iter().all(|value| claimants.get(value) == Some(&1));
        if !claims.iter().any(is_alone) {
            return None;
        }
        let mut values: BTreeSet<String> = claims.into_iter().flatten().collect();
        let own = mapped.get(base).copied().or_else(|| own_value(base, self.node));
        told.itself = own.is_some_and(|own| values.insert(own.to_owned())) || mapped.contains_key(base);
        let mapping = discriminator.get("mapping").and_then(Form::as_object);
        let is_left =
            |value: &String| !values.contains(value) && !mapping.is_some_and(|mapping| mapping.contains(value));
        let left: Vec<String> = listed.into_iter().filter(is_left).collect();
        told.itself |= !left.is_empty();
        told.leaves_out = says_no_more && !left.is_empty();
        told.spelled.extend(left.into_iter().map(|value| (value, base.clone())));
        Some(told)
    }

    /// The values that a schema lists for a member.
    fn listed(&mut self, schema: &Pointer, member: &str) -> Result<Vec<String>, Stop> {
        let flat = self.flat(schema)?;
        let values = match flat.properties.get(member) {
            Some(place) => self.flat(place)?.values.clone(),
            None => None,
        };
        Ok(values.iter().flatten().filter_map(Form::as_text).map(str::to_owned).collect())
    }

    /// The value that a component without a mapping has in the member of a discriminator.
    fn own_value(&mut self, heir: &Pointer, member: &str) -> Result<Own, Stop> {
        let said = own_value(heir, self.node).map(str::to_owned);
        let Some(name) = said.or_else(|| heir.name()) else { return Ok(Own::Unknown) };
        let values = self.listed(heir, member)?;
        let spelled: Vec<&String> = values.iter().filter(|value| plain(value) == plain(&name)).collect();
        Ok(match (values.as_slice(), spelled.as_slice()) {
            ([only], _) => Own::Value(only.clone()),
            (several, _) if several.is_empty() || several.contains(&name) => Own::Value(name),
            (_, [only]) => Own::Spelled((*only).clone()),
            _ => Own::NoneOf(values),
        })
    }
}

/// What a discriminator tells apart.
#[derive(Default)]
struct Told {
    heirs: Vec<Pointer>,
    /// Values that aren't told by a name or the mapping: those that are names of heirs, written in another way, and what the
    /// base has alone.
    spelled: Vec<(String, Pointer)>,
    /// Whether the base has a value too.
    itself: bool,
    /// Whether that may be the value of an heir that is none of these.
    leaves_out: bool,
}

/// The value that a component has in the member of a discriminator.
enum Own {
    Value(String),
    /// This one of those that are listed, which is the name of the component but for case and punctuation.
    Spelled(String),
    /// None of those that are listed.
    NoneOf(Vec<String>),
    Unknown,
}

/// The letters and digits of a name, whatever its style.
fn plain(name: &str) -> String {
    name.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Adds values to the mapping of a discriminator.
fn map(discriminator: &mut Form, values: Vec<(String, Pointer)>) {
    let Some(object) = discriminator.as_object_mut().filter(|_| !values.is_empty()) else { return };
    object.fill("mapping", || Form::Object(Members::new()));
    let Some(mapping) = object.get_mut("mapping").and_then(Form::as_object_mut) else { return };
    for (value, heir) in values {
        mapping.fill(value, || Form::Link(heir));
    }
}
