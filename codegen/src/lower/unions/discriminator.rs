//! `discriminator` (OpenAPI 3.0.3, section 4.7.25; 3.1.1, section 4.8.25): which values of its member stand for which branch.
//!
//! A branch has the values that `mapping` gives it, by the name of a component or by a reference; without any, those that
//! its own schema allows; without those, the name of its component.

use std::collections::BTreeMap;

use super::Candidate;
use crate::diag::{DEFAULT_MAPPING_UNUSED, MAPPING_TO_NO_BRANCH};
use crate::load::tree::Node;
use crate::lower::causes::Causes;
use crate::normalize::{Spec, Stands};
use crate::pointer::Pointer;

/// What a discriminator says of a branch.
#[derive(Clone, Debug)]
pub(super) struct Tags {
    /// The discriminator.
    pub(super) place: Pointer,
    /// The wire name of the member.
    pub(super) member: String,
    /// The values that the mapping gives the branch, and where it says so.
    pub(super) mapped: BTreeMap<String, Pointer>,
    /// Where it is said that the branch is that of objects whose value is missing or unknown, if it is.
    pub(super) default: Option<Pointer>,
    /// The name of the branch's component.
    pub(super) implied: Option<String>,
}

/// What the discriminator of the union at `place` says of each branch; nothing where there is none.
pub(super) fn tags(spec: &Spec, place: &Pointer, candidates: &[Candidate], causes: &mut Causes) -> Vec<Tags> {
    let Some(Stands::Here(schema)) = spec.schema(place) else { return Vec::new() };
    let Some(discriminator) = schema.discriminator() else { return Vec::new() };
    let at = place.child("discriminator");
    let tags = candidates.iter().map(|candidate| Tags {
        place: at.clone(),
        member: discriminator.member.to_owned(),
        mapped: BTreeMap::new(),
        default: None,
        implied: candidate.places.iter().find_map(|place| spec.component_name(place)),
    });
    let mut tags: Vec<Tags> = tags.collect();
    let mapping = at.child("mapping");
    for (value, target) in discriminator.mapping() {
        let said = mapping.child(value);
        let targets = targets(spec, place, target);
        let mut meant = tags.iter_mut().zip(candidates);
        let meant = meant.find(|(_, candidate)| targets.iter().any(|target| candidate.places.contains(target)));
        match meant {
            Some((tags, _)) => {
                tags.mapped.insert(value.to_owned(), said);
            }
            None => {
                let message = format!("`{target}` is no branch of this union; `{value}` is kept as it comes");
                causes.remark(&said, &MAPPING_TO_NO_BRANCH, message);
            }
        }
    }
    let default = at.child("defaultMapping");
    if let Some(target) = spec.node(&default).and_then(Node::as_text) {
        let targets = targets(spec, place, target);
        let mut meant = tags.iter_mut().zip(candidates);
        let meant = meant.find(|(_, candidate)| targets.iter().any(|target| candidate.places.contains(target)));
        match meant {
            Some((tags, _)) => tags.default = Some(default),
            None => {
                drop(causes.remark(&default, &DEFAULT_MAPPING_UNUSED, format!("`{target}` is no branch of this union")))
            }
        }
    }
    tags
}

/// The places that a value of `mapping` may mean: a component by its name, or what a reference leads to.
fn targets(spec: &Spec, place: &Pointer, target: &str) -> Vec<Pointer> {
    let named = Pointer::root().child("components").child("schemas").child(target);
    let named = spec.schema(&named).is_some().then_some(named);
    named.into_iter().chain(place.target(target, "")).collect()
}
