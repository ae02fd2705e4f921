//! Shapes: types → numbers, equal ones for what says the same. Every type is looked at once, from the leaves up, and a shape
//! holds the numbers of its parts. An anonymous type that contains itself without a component in between is equal to itself
//! alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::walk::{named, parts};
use crate::ir::{
    Access, Api, Bound, Bounds, JsonKind, Member, Origin, Primitive, Told, TypeDef, TypeId, TypeKind, TypeRef,
};

/// The number of each anonymous type's shape; equal numbers, equal shapes.
pub(super) struct Shapes<'a> {
    pub(super) numbers: HashMap<&'a TypeId, usize>,
    /// What each number is the shape of.
    known: HashMap<Shape<'a>, usize>,
    /// The types that are known to be a component written out, with that one.
    written_out: &'a BTreeMap<TypeId, TypeId>,
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
    pub(super) fn of(api: &'a Api, written_out: &'a BTreeMap<TypeId, TypeId>) -> Self {
        let numbers = HashMap::with_capacity(api.types.len());
        let mut shapes = Self { numbers, known: HashMap::new(), written_out };
        let mut entered: BTreeSet<&TypeId> = BTreeSet::new();
        for start in api.types.keys() {
            let mut stack = vec![(start, false)];
            while let Some((id, parts_done)) = stack.pop() {
                let Some(def) = anonymous(api, id) else { continue };
                if parts_done {
                    let (next, shape) = (shapes.known.len(), shapes.shape(def));
                    let number = *shapes.known.entry(shape).or_insert(next);
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

    /// The number of the shape of a component, if an anonymous type has that, too.
    pub(super) fn of_component(&self, def: &'a TypeDef) -> Option<usize> {
        self.known.get(&self.shape(def)).copied()
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
            TypeRef::Named(id) => match (self.written_out.get(id), self.numbers.get(id)) {
                (Some(component), _) => Leaf::Itself(component),
                (None, Some(&number)) => Leaf::Shape(number),
                (None, None) => Leaf::Itself(id),
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

pub(super) fn anonymous<'a>(api: &'a Api, id: &TypeId) -> Option<&'a TypeDef> {
    api.types.get(id).filter(|def| !matches!(def.origin, Origin::Component(_)))
}
