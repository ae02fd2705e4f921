//! Types out of schemas. Named types are made one after another from a queue, so that depth never grows with the number of
//! types; lists and maps in between at most 16 deep. A schema that can't be read, or that no type says, is any value.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::annotated::enumerated;
use super::causes::Causes;
use super::docs;
use super::known::Known;
use super::origin::{origin, settle};
use super::shape::{Shape, Shaped, Shapeless, shape};
use super::unions::{self, Candidate};
use super::uses::{held, named, roots};
use super::whole;
use crate::diag::{NESTED_TOO_DEEP, TYPE_CONTAINS_ITSELF};
use crate::ir::{
    Choice, Choices, Enum, Items, JsonKind, Noted, Notes, Operation, Origin, Part, Primitive, Struct, Tuple, TypeDef,
    TypeId, TypeKind, TypeRef, Union,
};
use crate::load::tree::Node;
use crate::normalize::{CHAIN, Schema, Spec, Stands};
use crate::pointer::Pointer;

/// How many lists and maps may stand inside one another.
pub(super) const NESTING: usize = 16;

/// A use of a schema.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Used {
    pub(super) ty: TypeRef,
    pub(super) nullable: bool,
}

/// All types that were asked for.
#[derive(Debug)]
pub(super) struct Types<'a> {
    pub(super) spec: &'a Spec,
    made: BTreeMap<TypeId, TypeDef>,
    pub(super) asked: BTreeSet<TypeId>,
    queue: VecDeque<TypeId>,
    /// Structs with files, which bodies in parts asked for, each with the places of the schemas of these bodies. Those that
    /// were also asked for as JSON have none; what such a body holds is then a type of its own.
    pub(super) in_parts: BTreeMap<TypeId, BTreeSet<Pointer>>,
    /// These types, with where the structs stand.
    pub(super) forms: BTreeMap<TypeId, Pointer>,
    /// The branches of unions, which are told apart once their types are made.
    pub(super) unions: BTreeMap<TypeId, Vec<Candidate>>,
    /// Branches that are all of what they stand in, with that.
    pub(super) wholes: BTreeMap<TypeId, TypeId>,
    pub(super) choices: &'a Choices,
    /// The formats whose chosen type was needed.
    pub(super) chosen: BTreeSet<String>,
    nodes: Known<Option<&'a Node>>,
    shapes: Known<Result<Shaped, Shapeless>>,
    /// Whether what was asked for so far is a type with a name.
    named: Known<bool>,
}

impl<'a> Types<'a> {
    pub(super) fn new(spec: &'a Spec, choices: &'a Choices) -> Self {
        Self {
            spec,
            made: BTreeMap::new(),
            asked: BTreeSet::new(),
            queue: VecDeque::new(),
            in_parts: BTreeMap::new(),
            forms: BTreeMap::new(),
            unions: BTreeMap::new(),
            wholes: BTreeMap::new(),
            choices,
            chosen: BTreeSet::new(),
            nodes: Known::default(),
            shapes: Known::default(),
            named: Known::default(),
        }
    }

    /// The type of the schema at `place`.
    pub(super) fn use_of(&mut self, place: &Pointer, causes: &mut Causes) -> Used {
        self.nested(place, 0, causes)
    }

    /// The types of all schemas among the components of the root document.
    pub(super) fn components(&mut self, causes: &mut Causes) -> Vec<TypeRef> {
        let mut places: Vec<Pointer> = self.spec.component_schemas().collect();
        places.sort();
        places.iter().map(|place| self.use_of(place, causes).ty).collect()
    }

    /// Makes every type that was asked for.
    pub(super) fn finish(&mut self, causes: &mut Causes) {
        self.make_asked(causes);
        for id in self.in_parts.keys().cloned().collect::<Vec<_>>() {
            if !self.asked.contains(&id) {
                self.make(id, causes);
            }
        }
        while let Some((id, form)) = self.missing_form() {
            self.forms.insert(form.clone(), id.0);
            self.make(form, causes);
        }
        unions::settle(self.spec, &mut self.made, &self.unions, causes);
        self.end_endless_aliases(causes);
        self.wholes = whole::settle(&mut self.made);
    }

    /// Makes a type with files. What it holds may ask for one that was made before, which then is JSON.
    fn make(&mut self, id: TypeId, causes: &mut Causes) {
        let made = self.define(&id, causes);
        self.made.insert(id, made);
        self.make_asked(causes);
    }

    fn make_asked(&mut self, causes: &mut Causes) {
        while let Some(id) = self.queue.pop_front() {
            let made = self.define(&id, causes);
            self.made.insert(id, made);
        }
    }

    /// The types that operations reach, and those that stand for themselves.
    pub(super) fn reachable<'b>(
        mut self,
        operations: &'b [Operation],
        alone: impl Iterator<Item = &'b TypeRef>,
    ) -> BTreeMap<TypeId, TypeDef> {
        let roots = operations.iter().flat_map(roots).chain(alone);
        let mut queue: Vec<TypeId> = roots.filter_map(named).cloned().collect();
        let mut reached = BTreeMap::new();
        while let Some(id) = queue.pop() {
            if let Some(def) = self.made.remove(&id) {
                queue.extend(held(&def).cloned());
                reached.insert(id, def);
            }
        }
        settle(self.spec, &self.wholes, &mut reached);
        reached
    }

    /// The shape of the schema at `place` behind references, with the place where it stands.
    pub(super) fn behind(&self, place: &Pointer, causes: &mut Causes) -> (Pointer, Shaped) {
        let mut place = place.clone();
        let mut nullable = false;
        for _ in 0..CHAIN * 2 {
            let shaped = self.shape(&place, causes);
            nullable |= shaped.nullable;
            match shaped.shape {
                Shape::Same(target) => place = target,
                shape => return (place, Shaped { shape, nullable }),
            }
        }
        let message = "this schema is itself, or too many references away; it is read as any value";
        causes.remark(&place, &TYPE_CONTAINS_ITSELF, message);
        (place, Shaped { shape: Shape::Any, nullable: false })
    }

    /// Whether a branch of a union takes null: the union then takes it as well.
    fn has_nullable_branch(&self, shape: &Shape, causes: &mut Causes) -> bool {
        let Shape::Union { branches } = shape else { return false };
        branches.iter().any(|branch| self.behind(branch, causes).1.nullable)
    }

    /// What can't be read or typed is any value: nothing is lost then, and nothing is refused.
    fn shape(&self, place: &Pointer, causes: &mut Causes) -> Shaped {
        match self.shaped(place) {
            Ok(shaped) => return shaped,
            Err(Shapeless::Faulty(fault)) => causes.anything(&fault),
            Err(Shapeless::Untyped(code, message)) => drop(causes.remark(place, code, message)),
        }
        Shaped { shape: Shape::Any, nullable: false }
    }

    pub(super) fn shaped(&self, place: &Pointer) -> Result<Shaped, Shapeless> {
        self.shapes.get(place, || shape(self.spec, place))
    }

    /// What stands at a place.
    pub(super) fn node(&self, place: &Pointer) -> Option<&'a Node> {
        self.nodes.get(place, || self.spec.node(place))
    }

    pub(super) fn nested(&mut self, place: &Pointer, depth: usize, causes: &mut Causes) -> Used {
        if depth > NESTING {
            let message = "lists and maps are nested too deep here; it is read as any value";
            causes.remark(place, &NESTED_TOO_DEEP, message);
            return Used { ty: TypeRef::Any, nullable: false };
        }
        let (end, shaped) = self.behind(place, causes);
        let nullable = shaped.nullable || self.has_nullable_branch(&shaped.shape, causes);
        let name_at = self.first_named(place, causes);
        if let Some(name_at) = name_at {
            return Used { ty: self.ask(name_at), nullable };
        }
        let ty = self.inline(&end, depth, causes);
        Used { ty, nullable }
    }

    /// The first place on the way from `place` through references that is a type with a name.
    fn first_named(&self, place: &Pointer, causes: &mut Causes) -> Option<Pointer> {
        let mut place = place.clone();
        for _ in 0..CHAIN * 2 {
            if self.is_named(&place) {
                return Some(place);
            }
            match self.shape(&place, causes).shape {
                Shape::Same(target) => place = target,
                _ => return None,
            }
        }
        None
    }

    /// Whether the schema at `place` is a type with a name: asked again for each of the parts of one that is.
    pub(super) fn is_named(&self, place: &Pointer) -> bool {
        self.named.get(place, || {
            self.spec.component_name(place).is_some() || self.shaped(place).is_ok_and(|shaped| shaped.shape.is_named())
        })
    }

    fn ask(&mut self, place: Pointer) -> TypeRef {
        let id = TypeId(place);
        if self.asked.insert(id.clone()) {
            self.queue.push_back(id.clone());
        }
        TypeRef::Named(id)
    }

    /// The type at `place`, which has no name there.
    fn inline(&mut self, place: &Pointer, depth: usize, causes: &mut Causes) -> TypeRef {
        let items = |used: Used| Box::new(Items { ty: used.ty, nullable: used.nullable });
        let anything = || Box::new(Items { ty: TypeRef::Any, nullable: false });
        self.remark_told(place, causes);
        let shape = self.shape(place, causes).shape;
        if matches!(shape, Shape::List(_) | Shape::Map(_)) {
            self.remark_values(place, "the plain type", causes);
        }
        match shape {
            Shape::List(None) => TypeRef::List(anything()),
            Shape::Map(None) => TypeRef::Map(anything()),
            Shape::List(Some(inner)) => TypeRef::List(items(self.nested(&inner, depth + 1, causes))),
            Shape::Map(Some(inner)) => TypeRef::Map(items(self.nested(&inner, depth + 1, causes))),
            Shape::Primitive(primitive, _) => {
                self.remark_values(place, "the plain type", causes);
                match self.choice(place, primitive) {
                    Some((format, choice)) => {
                        let ty = choice.ty(primitive.kind());
                        self.chosen.insert(format.to_owned());
                        ty
                    }
                    None => TypeRef::Primitive(primitive),
                }
            }
            Shape::Any => {
                self.remark_values(place, "any value", causes);
                TypeRef::Any
            }
            Shape::Same(_) | Shape::Struct { .. } | Shape::Enum(_) | Shape::Union { .. } | Shape::Tuple(_) => {
                self.ask(place.clone())
            }
        }
    }

    /// The type that was chosen for the format of the schema at `place`, and that format.
    pub(super) fn choice(&self, place: &Pointer, primitive: Primitive) -> Option<(&'a str, &'a Choice)> {
        let format = self.node(place)?.get("format")?.as_text()?;
        let (format, choice) = self.choices.formats.get_key_value(format)?;
        choice.kinds().contains(&primitive.kind()).then_some((format.as_str(), choice))
    }

    fn define(&mut self, id: &TypeId, causes: &mut Causes) -> TypeDef {
        let place = &self.forms.get(id).cloned().unwrap_or_else(|| id.0.clone());
        let kind = match self.shape(place, causes).shape {
            Shape::Struct { additional } => {
                self.remark_values(place, "an object with all its members", causes);
                let members = self.members(id, place, causes);
                let additional = additional.map(|schema| self.additional(place, schema.as_ref(), causes));
                TypeKind::Struct(Struct { members, additional })
            }
            Shape::Enum(kind) => self.enumerated(place, place, kind),
            Shape::Union { branches } => {
                let candidates = branches.iter().map(|branch| self.candidate(branch, causes)).collect();
                self.unions.insert(id.clone(), candidates);
                TypeKind::Union(Union { branches: Vec::new() })
            }
            Shape::Tuple(places) => {
                self.remark_values(place, "a list of all its items", causes);
                let items = places.iter().map(|place| self.tuple_item(place, causes)).collect();
                TypeKind::Tuple(Tuple { items })
            }
            Shape::Same(target) => match self.enum_inside(place, &target) {
                Some((listed, kind)) => self.enumerated(place, &listed, kind),
                None => TypeKind::Alias(self.nested(&target, 0, causes).ty),
            },
            _ => TypeKind::Alias(self.inline(place, 0, causes)),
        };
        let (mut docs, mut deprecated) = match kind {
            TypeKind::Enum(_) => self.words_beside_values(place),
            _ => self.words(place),
        };
        let origin = origin(self.spec, &id.0, &|place| self.is_named(place));
        // The member, parameter or header says it already, and other places may share the type.
        let said = matches!(
            origin,
            Origin::Parameter { .. } | Origin::Header { .. } | Origin::Part { part: Part::Member(_), .. }
        );
        let example = || self.notes(place).example.filter(|_| !said);
        let values = || if said { Vec::new() } else { self.only_values(place) };
        let notes = match kind {
            TypeKind::Alias(_) if !said => self.notes(place).into(),
            TypeKind::Struct(_) => {
                let counts = self.node(place).map(docs::member_counts).unwrap_or_default();
                Notes { example: example(), values: values(), ..counts }.into()
            }
            TypeKind::Tuple(_) => Notes { example: example(), values: values(), ..Notes::default() }.into(),
            TypeKind::Union(_) => Notes { example: example(), ..Notes::default() }.into(),
            TypeKind::Enum(_) => self.of_list(place, &mut docs, &mut deprecated).into(),
            TypeKind::Alias(_) => Noted::default(),
        };
        TypeDef { id: id.clone(), origin, kind, docs, notes, deprecated: deprecated && !said }
    }

    /// The enum that the schema at `place` is, with the values that are listed at `listed`.
    fn enumerated(&self, place: &Pointer, listed: &Pointer, kind: JsonKind) -> TypeKind {
        let takes_others = self.takes_others(place);
        let mut of = enumerated(self.spec, &[place], listed, kind);
        for (value, words) in self.words_of_values(place, listed, &of.values) {
            of.words.entry(value).or_insert_with(|| docs::docs(None, Some(&words), None));
        }
        TypeKind::Enum(Enum { takes_others, ..of })
    }

    fn candidate(&mut self, branch: &Pointer, causes: &mut Causes) -> Candidate {
        let mut places = vec![branch.clone()];
        while let Some(Shape::Same(target)) = places.last().map(|place| self.shape(place, causes).shape) {
            if places.len() > CHAIN * 2 {
                break;
            }
            places.push(target);
        }
        places.extend(self.spec.was(branch).cloned());
        Candidate { places, ty: self.use_of(branch, causes).ty, said: self.either(branch) }
    }

    pub(super) fn item(&self, place: &Pointer) -> Option<&'a Schema> {
        match self.spec.schema(place)? {
            Stands::Here(schema) => Some(schema),
            Stands::At(_) => None,
        }
    }

    /// An alias of a list or map that holds nothing but the alias has no end: it is any value.
    fn end_endless_aliases(&mut self, causes: &mut Causes) {
        let onward: BTreeMap<&TypeId, &TypeId> = self
            .made
            .iter()
            .filter_map(|(id, made)| match &made.kind {
                TypeKind::Alias(ty) => Some((id, named(ty)?)),
                _ => None,
            })
            .collect();
        let mut done: BTreeSet<&TypeId> = BTreeSet::new();
        let mut endless: Vec<TypeId> = Vec::new();
        for start in onward.keys() {
            let mut trail: BTreeSet<&TypeId> = BTreeSet::new();
            let mut at = *start;
            while let Some(next) = onward.get(at).filter(|_| !done.contains(at)) {
                if !trail.insert(at) {
                    endless.push(at.clone());
                    break;
                }
                at = next;
            }
            done.extend(trail);
        }
        for id in endless {
            let message = "this schema holds nothing but itself; it is read as any value";
            causes.remark(&id.0, &TYPE_CONTAINS_ITSELF, message);
            if let Some(def) = self.made.get_mut(&id) {
                def.kind = TypeKind::Alias(TypeRef::Any);
            }
        }
    }
}

/// A map of anything.
pub(super) fn any_map() -> TypeRef {
    TypeRef::Map(Box::new(Items { ty: TypeRef::Any, nullable: false }))
}
