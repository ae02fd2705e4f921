//! Which anonymous types say the same: `Api` → from each type that another one stands for to that one.
//!
//! Two anonymous types are the same when their shapes are equal all the way down and they would get the same short name:
//! members and parameters by their wire name (that of a list's items in the singular), bodies of errors among themselves,
//! items, values and branches when the types they stand in are the same. Components are never merged: their names are the description's own, and a reference to
//! a component is equal to a reference to the same component only. Prose, pointers and examples are not compared; bounds
//! are, because the docs that the merged type gets must hold for all its places. The one with the smallest pointer stands
//! for all.
//!
//! Every type is looked at once: shapes are numbered from the leaves up, and a shape holds the numbers of its parts. An
//! anonymous type that contains itself without a component in between is equal to itself alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::short::ShortNames;
use super::walk::{error_roots, named, parts};
use crate::ir::{
    Access, Api, Bound, Bounds, JsonKind, Member, Origin, Part, Primitive, Told, TypeDef, TypeId, TypeKind, TypeRef,
};

/// From each anonymous type to the one that stands for it, the ones that stand for themselves left out.
pub(super) fn same(api: &Api) -> BTreeMap<TypeId, TypeId> {
    let shapes = Shapes::of(api);
    let context = Context { api, short: ShortNames::of(api), errors: error_roots(api) };
    let mut same: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    let mut first: HashMap<(Role, usize), TypeId> = HashMap::new();
    // Parents before their parts: whether items are the same depends on what they are items of.
    for id in outermost_first(api) {
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

/// All types by pointer, those last whose name depends on the type around them.
fn outermost_first(api: &Api) -> Vec<&TypeId> {
    let mut order: Vec<(bool, &TypeId)> = api
        .types
        .iter()
        .map(|(id, def)| {
            let by_parent = matches!(&def.origin, Origin::Part { part, .. } if !matches!(part, Part::Member(_)));
            (by_parent, id)
        })
        .collect();
    order.sort();
    order.into_iter().map(|(_, id)| id).collect()
}

/// What a short name would come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Role {
    /// The value (or the item of the value) of a member or a parameter, by its short name.
    Named(String),
    /// The body of an error.
    Error,
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
        match &def.origin {
            Origin::Component(_) | Origin::RequestBody { .. } | Origin::Webhook { .. } | Origin::Item { .. } => None,
            Origin::Response { .. } => self.errors.contains(&def.id).then_some(Role::Error),
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

fn told<'a>(api: &'a Api, parent: &TypeId, branch: &TypeId) -> Option<&'a Told> {
    match &api.types.get(parent)?.kind {
        TypeKind::Union(union) => union.branch_of(branch).map(|branch| &branch.told),
        _ => None,
    }
}

/// The number of each anonymous type's shape; equal numbers, equal shapes.
struct Shapes<'a> {
    numbers: HashMap<&'a TypeId, usize>,
}

/// A shape whose parts are numbers of shapes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Shape<'a> {
    Struct(Vec<(&'a str, Use<'a>, [bool; 3], Access, Bounds<'a>)>, Option<(Use<'a>, Bounds<'a>)>, &'a [Bound]),
    Enum(JsonKind, Vec<&'a String>),
    Union(Vec<(&'a Told, Use<'a>, Bounds<'a>)>),
    Tuple(Vec<(Use<'a>, bool, Bounds<'a>)>),
    Alias(Use<'a>, Bounds<'a>),
}

/// A reference: the lists and maps around it (and whether their items may be null), and what they hold.
type Use<'a> = (Vec<(Wrap, bool)>, Leaf<'a>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Wrap {
    List,
    Map,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Leaf<'a> {
    /// A component, or a type that is not numbered yet because it contains itself: equal to itself alone.
    Itself(&'a TypeId),
    Shape(usize),
    Primitive(Primitive),
    TextOf(&'a str),
    NumberOf(&'a str),
    Any,
}

impl<'a> Shapes<'a> {
    fn of(api: &'a Api) -> Self {
        let mut shapes = Self { numbers: HashMap::with_capacity(api.types.len()) };
        let mut known: HashMap<Shape<'a>, usize> = HashMap::new();
        let mut entered: BTreeSet<&TypeId> = BTreeSet::new();
        for start in api.types.keys() {
            let mut stack = vec![(start, false)];
            while let Some((id, parts_done)) = stack.pop() {
                let Some(def) = anonymous(api, id) else { continue };
                if parts_done {
                    let next = known.len();
                    let number = *known.entry(shapes.shape(def)).or_insert(next);
                    shapes.numbers.insert(id, number);
                } else if entered.insert(id) {
                    stack.push((id, true));
                    let inner = parts(&def.kind).into_iter().filter_map(named);
                    stack.extend(inner.filter(|inner| !entered.contains(inner)).map(|inner| (inner, false)));
                }
            }
        }
        shapes
    }

    fn shape(&self, def: &'a TypeDef) -> Shape<'a> {
        match &def.kind {
            TypeKind::Struct(object) => {
                let members = object.members.iter().map(|member| {
                    let Member { wire, ty, required, nullable, deprecated, access, notes, .. } = member;
                    (wire.as_str(), self.reference(ty), [*required, *nullable, *deprecated], *access, notes.bounds())
                });
                let additional = object.additional.as_ref();
                let additional = additional.map(|of| (self.reference(&of.ty), of.notes.bounds()));
                Shape::Struct(members.collect(), additional, &def.notes.checks)
            }
            TypeKind::Enum(texts) => {
                let mut values: Vec<&String> = texts.values.iter().collect();
                values.sort();
                Shape::Enum(texts.kind, values)
            }
            TypeKind::Union(union) => {
                let branches = union.branches.iter();
                let branches = branches.map(|branch| (&branch.told, self.reference(&branch.ty), branch.notes.bounds()));
                let mut branches: Vec<_> = branches.collect();
                branches.sort_by_key(|(told, ..)| *told);
                Shape::Union(branches)
            }
            TypeKind::Tuple(tuple) => {
                let items = tuple.items.iter();
                Shape::Tuple(items.map(|item| (self.reference(&item.ty), item.nullable, item.notes.bounds())).collect())
            }
            TypeKind::Alias(target) => Shape::Alias(self.reference(target), def.notes.bounds()),
        }
    }

    fn reference(&self, ty: &'a TypeRef) -> Use<'a> {
        let mut wraps = Vec::new();
        let mut inner = ty;
        loop {
            let (wrap, items) = match inner {
                TypeRef::List(items) => (Wrap::List, items),
                TypeRef::Map(items) => (Wrap::Map, items),
                _ => break,
            };
            wraps.push((wrap, items.nullable));
            inner = &items.ty;
        }
        let leaf = match inner {
            TypeRef::Named(id) => match self.numbers.get(id) {
                Some(&number) => Leaf::Shape(number),
                None => Leaf::Itself(id),
            },
            TypeRef::Primitive(primitive) => Leaf::Primitive(*primitive),
            TypeRef::TextOf(path) => Leaf::TextOf(path),
            TypeRef::NumberOf(path) => Leaf::NumberOf(path),
            // Lists and maps were unwrapped above.
            TypeRef::Any | TypeRef::List(_) | TypeRef::Map(_) => Leaf::Any,
        };
        (wraps, leaf)
    }
}

fn anonymous<'a>(api: &'a Api, id: &TypeId) -> Option<&'a TypeDef> {
    api.types.get(id).filter(|def| !matches!(def.origin, Origin::Component(_)))
}

#[cfg(test)]
mod tests;
