//! What was brought together → schemas of the canonical form, with the words that are said of them.

use super::flat::{Choice, Flat, WORDS};
use super::{Composer, Stop, bounds};
use crate::load::tree::{Map, Node, Value};
use crate::normalize::annotations;
use crate::normalize::form::{Form, Members, links};
use crate::pointer::Pointer;

/// What the canonical form leaves to the tree: bounds and the like, which docs and checks look up there.
const NOTES: [&str; 16] = [
    "default",
    "example",
    "enum",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "multipleOf",
    "contentEncoding",
    "contentMediaType",
];

/// How many schemas are looked at for words.
const LOOKS: usize = 64;

/// How deep unions that only restrict may stand in one another.
const RESTRICTIONS: usize = 8;

/// How many members a branch counts as.
const BRANCH: usize = 16;

type Words = Members;

impl Composer<'_> {
    /// Makes the schema at `at` say `flat`, and `words` of it.
    pub(super) fn finish(&mut self, at: &Pointer, flat: &Flat, words: Words) -> Result<(), Stop> {
        let mut object = self.whole(at, flat)?;
        if flat.nullable {
            object.insert("nullable", Form::Boolean(true));
        }
        for (name, said) in words {
            object.insert(name, said);
        }
        self.note(at, flat);
        self.composed.kept.remove(at);
        self.composed.schemas.insert(at.clone(), Form::Object(object));
        Ok(())
    }

    /// The schema that says `flat`, by a reference where one stands elsewhere.
    fn whole(&mut self, at: &Pointer, flat: &Flat) -> Result<Members, Stop> {
        match &flat.home {
            Some(home) if !home.is_within(at) => {
                let mut object = Members::new();
                object.insert("allOf", Form::List(vec![Form::Link(home.clone())]));
                Ok(object)
            }
            _ => self.rendered(at, flat),
        }
    }

    fn rendered(&mut self, at: &Pointer, flat: &Flat) -> Result<Members, Stop> {
        let mut base = flat.clone();
        let unions = std::mem::take(&mut base.unions);
        let mut telling = Vec::new();
        for union in unions {
            if !self.only_restricts(&union, &base, 0)? {
                telling.push(union);
            }
        }
        let Some(union) = telling.pop() else { return Ok(base.render()) };
        if telling.is_empty() && base.is_any_object() {
            return Ok(self.union(&union, union.branches.clone()));
        }
        base.unions = telling;
        let branches = self.branches(at, &union, &base)?;
        match branches.as_slice() {
            [(only, _)] if !self.has_discriminator(&union) => {
                let flat = self.flat(only)?;
                let whole = self.meet(&flat, &base, at)?;
                self.choosing.push(union.place.clone());
                let rendered = self.whole(at, &whole);
                self.choosing.pop();
                rendered
            }
            _ => Ok(self.union(&union, branches.into_iter().map(|(_, made)| made).collect())),
        }
    }

    /// The union with these branches, and the discriminator that `union` has.
    fn union(&self, union: &Choice, branches: Vec<Pointer>) -> Members {
        let mut object = Members::new();
        object.insert(union.keyword, branches.into_iter().map(Form::Link).collect());
        if let Some(discriminator) = self.object(&union.place).and_then(|object| object.get("discriminator")) {
            object.insert("discriminator", discriminator.clone());
        }
        object
    }

    fn has_discriminator(&self, union: &Choice) -> bool {
        self.object(&union.place).is_some_and(|object| object.contains("discriminator"))
    }

    /// The branches of a union that can occur, as written and with what holds beside it.
    fn branches(&mut self, at: &Pointer, union: &Choice, base: &Flat) -> Result<Vec<(Pointer, Pointer)>, Stop> {
        if self.choosing.contains(&union.place) {
            return Err(Stop::Endless);
        }
        if self.is_deep() {
            return Err(Stop::TooMany);
        }
        let apart: Vec<bool> = union.branches.iter().map(|branch| self.is_apart(branch, base)).collect();
        // Where that is so of all, a constant is meant to override theirs, as long as nothing else is there to choose from.
        let overrides = self.choosing.is_empty() && apart.iter().all(|is_apart| *is_apart);
        self.choosing.push(union.place.clone());
        let made = union.branches.iter().enumerate().filter_map(|(index, branch)| {
            if !overrides && apart.get(index) == Some(&true) {
                return None;
            }
            match self.branch(&at.child(union.keyword).item(index), branch, base) {
                Err(Stop::Conflict) => None,
                made => Some(made.map(|made| (branch.clone(), made))),
            }
        });
        let made: Result<Vec<_>, Stop> = made.collect();
        self.choosing.pop();
        made.and_then(|made| if made.is_empty() { Err(Stop::Conflict) } else { Ok(made) })
    }

    /// Whether no value of a branch fits `base`, because of a member whose listed values are others: it has to be there, or has
    /// one value in each, as the tag that tells branches apart has, be it required or not. Unions would be brought together
    /// branch by branch otherwise.
    fn is_apart(&mut self, branch: &Pointer, base: &Flat) -> bool {
        let Ok(flat) = self.flat(branch) else { return false };
        flat.properties.iter().any(|(name, ours)| {
            let Some(theirs) = base.properties.get(name) else { return false };
            let (Ok(ours), Ok(theirs)) = (self.flat(ours), self.flat(theirs)) else { return false };
            let (Some(ours), Some(theirs)) = (&ours.values, &theirs.values) else { return false };
            let is_required = flat.required.contains(name) || base.required.contains(name);
            (is_required || ours.len() == 1 && theirs.len() == 1) && !ours.iter().any(|value| theirs.contains(value))
        })
    }

    fn branch(&mut self, at: &Pointer, branch: &Pointer, base: &Flat) -> Result<Pointer, Stop> {
        let flat = self.flat(branch)?;
        if flat.is_null() {
            return Ok(branch.clone());
        }
        let both = self.meet(&flat, base, at)?;
        let end = self.end(branch)?;
        if both.is_same(&flat) {
            return Ok(branch.clone());
        }
        self.spend(base.properties.len() + BRANCH)?;
        let mut words = self.words_at(branch);
        for (name, said) in self.words_at(&end) {
            words.fill(name, || said);
        }
        // What it was is told by its name: there is none where it stands now.
        if let Some(name) = end.name().filter(|_| end != *at && super::heirs::is_component(&end)) {
            words.fill("title", || Form::from(name));
        }
        self.finish(at, &both, words)?;
        if end != *at {
            self.composed.origins.insert(at.clone(), end);
        }
        Ok(at.clone())
    }

    /// Whether the branches of a union say nothing of a value that is `base` but which members must be there.
    fn only_restricts(&mut self, union: &Choice, base: &Flat, depth: usize) -> Result<bool, Stop> {
        let mut is_listed = |branch: &Pointer| self.flat(branch).is_ok_and(|flat| flat.values.is_some());
        // Whole numbers, all that a list of numbers can have, leave no room for the fractions that other branches allow.
        let is_wider = base.kind.as_deref() == Some("number") && !union.branches.iter().all(&mut is_listed);
        for branch in &union.branches {
            let flat = self.flat(branch)?;
            for inner in &flat.unions {
                if depth >= RESTRICTIONS || !self.only_restricts(inner, base, depth + 1)? {
                    return Ok(false);
                }
            }
            let is_known = |name: &String, place: &Pointer| {
                base.properties.get(name).is_some_and(|known| known == place) || self.is_anything(place)
            };
            let is_other = flat.kind.as_ref().is_some_and(|kind| base.kind.as_ref() != Some(kind) && kind != "object");
            let says_more = match flat.values {
                Some(_) => !is_wider || flat.is_null(),
                None => is_other,
            } || flat.items.is_some()
                || flat
                    .properties
                    .iter()
                    .any(|(name, place)| !base.properties.contains_key(name) || !is_known(name, place));
            let says_nothing = flat.is_bare() && flat.required.is_empty();
            if says_more || (says_nothing && base.is_bare()) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the schema at `place` allows everything.
    fn is_anything(&self, place: &Pointer) -> bool {
        self.object(place).is_some_and(|object| object.keys().all(|key| WORDS.contains(&key)))
    }

    /// The words of the schema at `place`: its own, and where it has none those of what is written inside its `allOf`.
    pub(super) fn words_at(&self, place: &Pointer) -> Words {
        let mut words = Words::new();
        let mut waiting = vec![place.clone()];
        let mut looks = LOOKS;
        while let Some(place) = waiting.pop() {
            let Some(object) = self.object(&place) else { continue };
            for name in WORDS {
                if let Some(said) = object.get(name) {
                    words.fill(name, || said.clone());
                }
            }
            looks -= 1;
            if looks == 0 {
                break;
            }
            waiting.extend(links(object.get("allOf")).rev());
        }
        words
    }

    /// Whether bounds are written at `place`.
    pub(super) fn has_bounds(&self, place: &Pointer) -> bool {
        (self.node)(place).and_then(Node::as_map).is_some_and(|written| written.keys().any(bounds::is_bound))
    }

    /// The default and the example that `flat` has from schemas other than the one that is the whole of it otherwise: what is
    /// said first holds, if it is one of the values that are listed.
    fn said_by_others(&self, flat: &Flat, whole: &Flat) -> Map {
        let mut map = Map::new();
        for name in ["default", "example"] {
            let said = flat.notes.iter().find_map(|place| {
                let written = (self.node)(place).and_then(Node::as_map)?.get(name)?;
                let is_listed = flat.values.as_ref().is_none_or(|values| is_among(values, &written.node));
                is_listed.then_some((place, written))
            });
            if let Some((_, written)) = said.filter(|(place, _)| !whole.notes.contains(place)) {
                map.insert(name, written.clone());
            }
        }
        map
    }

    /// Whether schemas other than the one that is the whole of `flat` otherwise have a default or an example for it.
    pub(super) fn is_said_more(&self, flat: &Flat, whole: &Flat) -> bool {
        !self.said_by_others(flat, whole).is_empty()
    }

    /// Keeps what is said of a value's bounds and the like, as if it stood at `at`: what is written there, and for a value
    /// without members what its parts say.
    fn note(&mut self, at: &Pointer, flat: &Flat) {
        let here = (self.node)(at);
        let Some(like) = here.or_else(|| flat.notes.iter().find_map(|place| (self.node)(place))) else { return };
        let of_parts = flat.kind.as_deref() != Some("object")
            && (flat.home.as_ref().is_none_or(|home| home.is_within(at))
                || flat.notes.iter().any(|place| place.is_within(at) && self.has_bounds(place)));
        let mut map = Map::new();
        for place in flat.notes.iter().filter(|place| of_parts || place.is_within(at)) {
            if let Some(written) = (self.node)(place).and_then(Node::as_map) {
                annotations::add(&mut map, written);
                bounds::add(&mut map, written, &NOTES);
            }
        }
        // What stands elsewhere has its own there, and what others say of this value alone is said here.
        let elsewhere = flat.home.as_ref().filter(|home| !of_parts && !home.is_within(at));
        if let Some(Ok(whole)) = elsewhere.and_then(|home| self.flats.get(home)) {
            for (name, said) in self.said_by_others(flat, whole).iter() {
                if !map.contains_key(name) {
                    map.insert(name, said.clone());
                }
            }
        }
        if let (Some(values), Some(written)) = (&flat.values, map.get_mut("enum"))
            && let Value::List(list) = &mut written.node.value
        {
            list.retain(|node| is_among(values, node));
        }
        self.composed.nodes.insert(at.clone(), Node { value: Value::map(map), ..like.clone() });
    }
}

/// Whether a value is one of those that are listed.
fn is_among(values: &[Form], node: &Node) -> bool {
    match &node.value {
        Value::Text(text) => values.iter().any(|value| value.as_text() == Some(text)),
        Value::Number(number) => number.as_i64().is_some_and(|number| values.contains(&Form::Number(number.into()))),
        Value::Null => values.contains(&Form::Null),
        _ => false,
    }
}
