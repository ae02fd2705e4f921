//! Which anonymous types say the same: `Api` → from each type that another one stands for to that one.
//!
//! Two anonymous types are the same when their shapes are equal all the way down and they would get the same short name:
//! members and parameters by their wire name (that of a list's items in the singular), bodies of errors among themselves,
//! items, values and branches when the types they stand in are the same. Unions of the same components are the same wherever
//! operations send or answer them, and where they are items and values. Components are never merged: their names are the
//! description's own, and a reference to a component is equal to a reference to the same component only; but what is plainly
//! a component written out is that one ([`written_out`]). Prose, pointers and examples are not compared; bounds are, because
//! the docs that the merged type gets must hold for all its places. A component, or else the outermost of them (of several,
//! the one with the smallest pointer) stands for all, unless another did before: a newcomer changes neither the words nor the
//! file of what is there.

mod shapes;
mod written_out;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::short::ShortNames;
use super::walk::error_roots;
use crate::ir::{Api, Branch, Origin, Part, Told, TypeDef, TypeId, TypeKind, TypeRef};
use shapes::{Shapes, anonymous};
use written_out::written_out;

/// Which of several types that say the same stands for all, where it isn't the outermost.
#[derive(Clone, Debug, Default)]
pub struct Precedence {
    /// Those that come first.
    pub first: BTreeSet<TypeId>,
    /// Those that come last.
    pub last: BTreeSet<TypeId>,
}

impl Precedence {
    /// What orders a type among those that say the same.
    fn of(&self, id: &TypeId) -> (bool, bool) {
        (!self.first.contains(id), self.last.contains(id))
    }
}

/// From each anonymous type to the one that stands for it, the ones that stand for themselves left out.
pub(super) fn same(api: &Api, precedence: &Precedence) -> BTreeMap<TypeId, TypeId> {
    let context = Context { api, short: ShortNames::of(api), errors: error_roots(api) };
    let written_out = written_out(&context);
    let shapes = Shapes::of(api, &written_out);
    let mut same = written_out.clone();
    let mut first: HashMap<(Role, usize), TypeId> = HashMap::new();
    // Parents before their parts: whether items are the same depends on what they are items of.
    for id in outermost_first(api, precedence).into_iter().filter(|id| !written_out.contains_key(id)) {
        let Some(def) = api.types.get(id) else { continue };
        let Some(&shape) = shapes.numbers.get(id) else { continue };
        let Some(role) = context.role(def, &same) else { continue };
        match first.get(&(role.clone(), shape)) {
            Some(stands) => {
                same.insert(id.clone(), stands.clone());
            }
            None => {
                first.insert((role, shape), id.clone());
            }
        }
    }
    same
}

/// All types, those first that stood for others, and the outermost of the rest, for their names are the shortest; those last
/// whose name depends on the type around them.
fn outermost_first<'a>(api: &'a Api, precedence: &Precedence) -> Vec<&'a TypeId> {
    let with_order = |def: &'a TypeDef| {
        let (is_by_parent, depth) = order(def);
        (is_by_parent, precedence.of(&def.id), depth, &def.id)
    };
    let mut all: Vec<_> = api.types.values().map(with_order).collect();
    all.sort();
    all.into_iter().map(|(.., id)| id).collect()
}

/// Whether the name of a type depends on the type around it, and how deep it stands.
fn order(def: &TypeDef) -> (bool, usize) {
    let is_by_parent = matches!(&def.origin, Origin::Part { part, .. } if !matches!(part, Part::Member(_)));
    (is_by_parent, def.id.0.tokens().count())
}

/// Whether another than the first of two types that say the same stands for both.
pub(crate) fn is_ahead(api: &Api, stands: &TypeId, other: &TypeId) -> bool {
    let [stands, other] = [stands, other].map(|id| api.types.get(id));
    stands.zip(other).is_some_and(|(stands, other)| {
        let is_component = matches!(stands.origin, Origin::Component(_));
        !is_component && (order(other), &other.id) < (order(stands), &stands.id)
    })
}

/// What a short name would come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Role {
    /// The value (or the item of the value) of a member or a parameter, by its short name.
    Named(String),
    /// The body of an error.
    Error,
    /// One of several components, wherever an operation has it.
    Choice,
    /// A part without a name of its own, of the parent that stands for all.
    Unnamed(TypeId, String),
}

struct Context<'a> {
    api: &'a Api,
    short: ShortNames,
    errors: BTreeSet<&'a TypeId>,
}

impl Context<'_> {
    fn role(&self, def: &TypeDef, same: &BTreeMap<TypeId, TypeId>) -> Option<Role> {
        // One place's deprecation is not another's.
        if def.deprecated {
            return None;
        }
        let choice = || is_choice(self.api, same, &def.kind).then_some(Role::Choice);
        match &def.origin {
            Origin::Component(_) | Origin::Webhook { .. } => None,
            Origin::Response { .. } if self.errors.contains(&def.id) => Some(Role::Error),
            Origin::RequestBody { .. } | Origin::Response { .. } | Origin::Item { .. } => choice(),
            Origin::Part { part: Part::Item | Part::MapValue, .. } if choice().is_some() => choice(),
            Origin::Parameter { .. } | Origin::Header { .. } | Origin::Part { part: Part::Member(_), .. } => {
                self.short.get(def).map(Role::Named)
            }
            Origin::Part { parent, part } => {
                let stands = same.get(parent).unwrap_or(parent).clone();
                let label = match part {
                    Part::Member(wire) => wire.clone(),
                    Part::Item => "item".to_owned(),
                    Part::Place(index) => format!("item {index}"),
                    Part::MapValue => "value".to_owned(),
                    // Branches of a union are known by what tells them apart: their order says nothing.
                    Part::Branch(_) => format!("{:?}", told(self.api, parent, &def.id)),
                };
                Some(Role::Unnamed(stands, label))
            }
        }
    }
}

/// Whether it is one of at least two components, and nothing else: whoever writes the same ones in two places means one thing.
fn is_choice(api: &Api, same: &BTreeMap<TypeId, TypeId>, kind: &TypeKind) -> bool {
    let TypeKind::Union(union) = kind else { return false };
    let component = |branch: &Branch| {
        let TypeRef::Named(id) = &branch.ty else { return None };
        let id = same.get(id).unwrap_or(id);
        anonymous(api, id).is_none().then(|| id.clone())
    };
    let components: Option<BTreeSet<TypeId>> = union.branches.iter().map(component).collect();
    components.is_some_and(|components| components.len() > 1)
}

fn told<'a>(api: &'a Api, parent: &TypeId, branch: &TypeId) -> Option<&'a Told> {
    match &api.types.get(parent)?.kind {
        TypeKind::Union(union) => union.branch_of(branch).map(|branch| &branch.told),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
