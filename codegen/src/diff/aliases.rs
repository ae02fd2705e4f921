//! Other names of types, for their places: those that are gone, and those that name another type now. One that is new is
//! nothing to callers.

use std::collections::BTreeMap;

use super::Pair;
use super::change::{Change, Kind, Wire};
use super::settle::{About, Draft, Owner, Places, settle};
use super::words::code;
use crate::emit::surface::Role;
use crate::ir::TypeId;
use crate::model::Model;

/// What a crate calls its types, by name: where each stands, and for another name the name of the type.
pub(super) struct Called<'a>(BTreeMap<&'a str, (&'a TypeId, Option<&'a str>)>);

impl<'a> Called<'a> {
    pub(super) fn of(model: &'a Model) -> Self {
        let mut all = BTreeMap::new();
        for (id, name) in &model.names.types {
            let stands = model.facts.same.get(id).and_then(|stands| model.names.types.get(stands));
            let of = stands.map(|stands| stands.ident.as_str()).filter(|of| *of != name.ident);
            // What has the name of the type that stands for it is no type of its own.
            if of.is_some() || stands.is_none() {
                all.entry(name.ident.as_str()).or_insert((id, of));
            }
        }
        Self(all)
    }

    pub(super) fn is_alias(&self, name: &str) -> bool {
        matches!(self.0.get(name), Some((_, Some(_))))
    }

    pub(super) fn is_alias_of(&self, name: &str, of: &str) -> bool {
        matches!(self.0.get(name), Some((_, Some(stands))) if *stands == of)
    }
}

pub(super) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let [before, now] = [pair.old.model, pair.new.model].map(Called::of);
    let aliases = before.0.iter().filter_map(|(name, (id, of))| Some((*name, *id, (*of)?)));
    aliases.flat_map(|(name, id, of)| changed(pair, name, id, of, now.0.get(name).copied())).collect()
}

fn changed(pair: &Pair<'_>, name: &str, old: &TypeId, of: &str, now: Option<(&TypeId, Option<&str>)>) -> Vec<Change> {
    let (of_now, is_own) = (pair.surfaces.called_now(of), matches!(now, Some((_, None))));
    if is_own && of_now == name {
        return Vec::new();
    }
    let new = now.map(|(id, _)| id);
    let mut differences = pair.surfaces.types(Some(old), new, &BTreeMap::new());
    differences.retain(|difference| difference.role == Role::Type);
    if differences.is_empty() {
        return Vec::new();
    }
    let (kind, what) = match now {
        None => (Kind::TypeRemoved, format!("this other name of {} is gone", code(of))),
        Some((_, None)) => (Kind::AliasType, format!("it is a type of its own, and was {}", code(of))),
        Some((_, Some(now))) => (Kind::AliasType, format!("it is another name for {} → {}", code(of), code(now))),
    };
    let places = Places { old: Some(old.0.clone()), new: new.map(|id| id.0.clone()) };
    let draft = Draft::new(kind, Wire::None, what, About::All, places.clone());
    let owner = Owner { subject: name.to_owned(), places, renamed: Kind::TypeRenamed };
    settle(&owner, vec![draft], &differences)
}
