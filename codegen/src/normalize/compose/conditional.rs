//! Members that an object has at times: those that only `then`, `else` and `dependentSchemas` name, of it or of a schema that
//! it builds on. They are never required. What is said of a member that is there always only restricts it, and so it is
//! added to the whole object, when all its parts are brought together.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::flat::{Additional, Flat};
use super::{Composer, Stop};
use crate::normalize::conditional::{CONDITIONAL, REFERRED};
use crate::normalize::form::{Form, Members, links};
use crate::pointer::Pointer;

/// How many different schemas a member may have.
const SCHEMAS: usize = 16;

/// How many schemas are looked at for such members.
const LOOKS: usize = 256;

impl Composer<'_> {
    /// What the schema at `place` says with the members that it has at times.
    pub(super) fn with_conditional(&mut self, place: &Pointer, flat: Rc<Flat>) -> Result<Rc<Flat>, Stop> {
        let is_object = flat.kind.as_ref().map_or(flat.unions.is_empty(), |kind| kind == "object");
        let is_other = !is_object
            || flat.values.is_some()
            || matches!(flat.additional, Additional::Forbidden | Additional::Schema(_));
        let mut members = if is_other { BTreeMap::new() } else { self.conditional(place) };
        if members.is_empty() {
            return Ok(flat);
        }
        let branches: Vec<Pointer> = flat.unions.iter().flat_map(|union| union.branches.clone()).collect();
        let branches: Result<Vec<_>, Stop> = branches.iter().map(|branch| self.flat(branch)).collect();
        let branches = branches?;
        // A branch that is a union may name any.
        let is_known = |flat: &Rc<Flat>, name: &String| flat.properties.contains_key(name) || !flat.unions.is_empty();
        members.retain(|name, _| {
            !flat.properties.contains_key(name) && !branches.iter().any(|branch| is_known(branch, name))
        });
        if members.is_empty() {
            return Ok(flat);
        }
        self.spend(members.len())?;
        let mut flat = Flat { home: None, kind: Some("object".to_owned()), ..Flat::clone(&flat) };
        for (name, places) in members {
            let at = place.child("properties").child(&name);
            let schema = match places.as_slice() {
                [only] => only.clone(),
                _ => {
                    let branches = places.into_iter().map(Form::Link).collect();
                    let union = [("anyOf".into(), branches)].into_iter().collect();
                    self.composed.schemas.insert(at.clone(), Form::Object(union));
                    self.made.insert(at.clone());
                    at
                }
            };
            flat.properties.insert(name, schema);
        }
        Ok(Rc::new(flat))
    }

    /// The members that the schema at `place` and those that it builds on name at times, with what each may be; and all of
    /// those that hold at times.
    fn conditional(&self, place: &Pointer) -> BTreeMap<String, Vec<Pointer>> {
        let mut members: BTreeMap<String, Vec<Pointer>> = BTreeMap::new();
        let mut seen = BTreeSet::from([(place.clone(), true)]);
        let mut waiting = vec![(place.clone(), true)];
        while let Some((place, holds)) = waiting.pop() {
            let Some(object) = self.object(&place) else { continue };
            let named = object.get(CONDITIONAL).and_then(Form::as_object).into_iter().flat_map(Members::iter);
            let named = named.map(|(name, places)| (name, links(Some(places)).collect::<Vec<_>>()));
            let own = object.get("properties").filter(|_| !holds).and_then(Form::as_object);
            let own = own.into_iter().flat_map(Members::iter);
            let own = own.filter_map(|(name, schema)| Some((name, vec![schema.as_link()?.clone()])));
            for (name, places) in named.chain(own) {
                let known = members.entry(name.to_owned()).or_default();
                for place in places {
                    let is_same = |other: &Pointer| {
                        (self.node)(other).zip((self.node)(&place)).is_some_and(|(other, this)| other.says_same(this))
                    };
                    if known.len() < SCHEMAS && !known.iter().any(is_same) {
                        known.push(place);
                    }
                }
            }
            let parts = links(object.get("allOf")).map(|part| (part, holds));
            let parts = parts.chain(links(object.get(REFERRED)).map(|part| (part, false)));
            let parts: Vec<_> = parts.filter_map(|(part, holds)| Some((self.end(&part).ok()?, holds))).collect();
            waiting.extend(parts.into_iter().rev().filter(|part| seen.len() < LOOKS && seen.insert(part.clone())));
        }
        members
    }
}
