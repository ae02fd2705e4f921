//! Unions: the branches of `oneOf` and `anyOf`, once their types are made → what tells each apart, or another form for the
//! whole where nothing does.
//!
//! In this order: a branch that is a union itself is replaced by its branches; branches of one JSON type other than objects
//! and lists become one; objects are told apart by a discriminator, by a member that is constant in each, and else each by
//! a member of its own (see [`objects`]). What is left is found by trial, and so are lists of different things, and all lists
//! and objects where a branch is any value: what fits none of the others is that.

mod alike;
mod discriminator;
mod kinds;
mod object;
mod objects;
mod overlap;
mod widened;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::causes::Causes;
use super::uses::named;
use crate::diag::{NESTED_TOO_DEEP, TYPE_CONTAINS_ITSELF};
use crate::ir::{
    Branch, Either, Enum, JsonKind, Notes, Primitive, Struct, Told, TypeDef, TypeId, TypeKind, TypeRef, Union,
};
use crate::normalize::Spec;
use crate::pointer::Pointer;
use discriminator::{Stray, Tags};
use kinds::Listed;
pub(super) use kinds::said;
use widened::Widened;

/// How deep unions may stand directly inside one another.
const NESTING: usize = 32;

/// A branch as the description has it.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Where it stands, and where references from there lead, the end last.
    pub(super) places: Vec<Pointer>,
    /// Its type.
    pub(super) ty: TypeRef,
    /// What is said of it there; nothing where the type has docs of its own.
    pub(super) said: Either,
}

/// The types that were made; unions among them have no branches yet.
type Made = BTreeMap<TypeId, TypeDef>;

/// Gives every union in `made` its branches, which are in `candidates`.
pub(super) fn settle(spec: &Spec, made: &mut Made, candidates: &BTreeMap<TypeId, Vec<Candidate>>, causes: &mut Causes) {
    let mut settled = Vec::with_capacity(candidates.len());
    let mut widened = Vec::new();
    for id in candidates.keys() {
        settled.push((id, Settler { spec, made, candidates }.settle(id, &mut widened, causes)));
    }
    widened.into_iter().for_each(|wider| wider.apply(made));
    let listed: BTreeMap<TypeId, TypeId> = settled
        .iter()
        .flat_map(|(id, settled)| {
            settled.branches_that_it_is().iter().map(|branch| (branch.clone(), TypeId::clone(id)))
        })
        .collect();
    for (id, mut settled) in settled {
        settled.types().into_iter().for_each(|ty| name_the_whole(ty, &listed));
        made.entry(id.clone()).and_modify(|def| settled.apply(def));
    }
}

/// The unions that types are branches of, the first of several.
pub(super) fn holders(types: &BTreeMap<TypeId, TypeDef>) -> BTreeMap<TypeId, TypeId> {
    let mut holders = BTreeMap::new();
    for def in types.values() {
        let TypeKind::Union(union) = &def.kind else { continue };
        for inner in union.branches.iter().filter_map(|branch| named(&branch.ty)) {
            holders.entry(inner.clone()).or_insert_with(|| def.id.clone());
        }
    }
    holders
}

/// The types with the unions that are branches of those among them, whose own branches are there.
pub(super) fn with_inner(
    mut types: BTreeSet<TypeId>,
    candidates: &BTreeMap<TypeId, Vec<Candidate>>,
) -> BTreeSet<TypeId> {
    let mut open: Vec<TypeId> = types.iter().cloned().collect();
    while let Some(id) = open.pop() {
        let places = candidates.get(&id).into_iter().flatten().flat_map(|candidate| &candidate.places);
        for inner in places.map(|place| TypeId(place.clone())).filter(|inner| candidates.contains_key(inner)) {
            if types.insert(inner.clone()) {
                open.push(inner);
            }
        }
    }
    types
}

/// What has become of a union.
enum Settled {
    Kind(TypeKind),
    /// An enum of what its branches list.
    Enum(Box<Listed>),
    /// Another name for the type of all that is left, with what is said of that.
    Alias(Box<Branch>),
}

impl Settled {
    fn apply(self, def: &mut TypeDef) {
        match self {
            Self::Kind(kind) => def.kind = kind,
            Self::Enum(listed) => {
                let Listed { of, docs, notes, .. } = *listed;
                def.kind = TypeKind::Enum(of);
                def.docs.description = def.docs.description.take().or(docs.description);
                def.notes = notes;
            }
            Self::Alias(branch) => {
                let Branch { ty, docs, notes, .. } = *branch;
                def.kind = TypeKind::Alias(ty);
                def.docs.description = def.docs.description.take().or(docs.description);
                def.notes = Notes::clone(&def.notes).or(Notes::clone(&notes)).into();
            }
        }
    }
}

impl Settled {
    /// The branches of which it is the only one that lists values: types that it stands for.
    fn branches_that_it_is(&self) -> &[TypeId] {
        match self {
            Self::Enum(listed) => &listed.stands_for,
            Self::Kind(_) | Self::Alias(_) => &[],
        }
    }

    /// The types that it holds.
    fn types(&mut self) -> Vec<&mut TypeRef> {
        match self {
            Self::Kind(TypeKind::Union(union)) => union.branches.iter_mut().map(|branch| &mut branch.ty).collect(),
            Self::Kind(TypeKind::Alias(ty)) => vec![ty],
            Self::Alias(branch) => vec![&mut branch.ty],
            Self::Kind(_) | Self::Enum(_) => Vec::new(),
        }
    }
}

/// Names the union in place of its branch, where that is all of it.
fn name_the_whole(ty: &mut TypeRef, listed: &BTreeMap<TypeId, TypeId>) {
    if let TypeRef::Named(id) = ty
        && let Some(whole) = listed.get(id)
    {
        *id = whole.clone();
    }
}

struct Settler<'a> {
    spec: &'a Spec,
    made: &'a Made,
    candidates: &'a BTreeMap<TypeId, Vec<Candidate>>,
}

/// A branch that is no union.
#[derive(Clone, Debug)]
struct Leaf<'a> {
    pointer: Pointer,
    /// The union that lists it.
    union: &'a TypeId,
    /// Which branch it is, or is of, in the outermost union, by its place there.
    branch: usize,
    /// Where it stands there, and where references from there lead.
    places: &'a [Pointer],
    ty: TypeRef,
    /// What is said of it there, and of others that are the same type.
    said: Vec<Cow<'a, Either>>,
    form: Form<'a>,
    /// What a discriminator says of it.
    tags: Option<Tags>,
}

/// What a branch is, behind aliases.
#[derive(Clone, Copy, Debug)]
enum Form<'a> {
    Struct(&'a Struct),
    Enum(&'a Enum),
    Map,
    List,
    Primitive(Primitive),
    TextOf,
    NumberOf,
    Any,
}

impl Form<'_> {
    fn kind(&self) -> Option<JsonKind> {
        match self {
            Self::Struct(_) | Self::Map => Some(JsonKind::Object),
            Self::List => Some(JsonKind::List),
            Self::Enum(of) => Some(of.kind),
            Self::TextOf => Some(JsonKind::String),
            Self::NumberOf => Some(JsonKind::Number),
            Self::Primitive(primitive) => Some(primitive.kind()),
            Self::Any => None,
        }
    }
}

impl<'a> Settler<'a> {
    fn settle(&self, id: &'a TypeId, widened: &mut Vec<Widened>, causes: &mut Causes) -> Settled {
        let mut leaves = Vec::new();
        let strays = self.leaves(id, &mut BTreeSet::new(), &mut leaves, 0, causes);
        if leaves.is_empty() {
            causes.remark(&id.0, &TYPE_CONTAINS_ITSELF, "this union is nothing but itself; it is read as any value");
            return Settled::Kind(TypeKind::Alias(TypeRef::Any));
        }
        self.told(id, leaves, &strays, widened, causes)
    }

    /// Adds the branches of a union, and of unions among them, and gives the values of its discriminator that stand for none.
    /// One that was `seen` before says nothing new.
    fn leaves(
        &self,
        id: &'a TypeId,
        seen: &mut BTreeSet<TypeId>,
        leaves: &mut Vec<Leaf<'a>>,
        depth: usize,
        causes: &mut Causes,
    ) -> Vec<Stray> {
        if depth > NESTING {
            causes.remark(&id.0, &NESTED_TOO_DEEP, "unions are nested too deep here; it is read as any value");
            let (pointer, ty, form) = (id.0.clone(), TypeRef::Any, Form::Any);
            leaves.push(Leaf { pointer, union: id, branch: 0, places: &[], ty, said: Vec::new(), form, tags: None });
            return Vec::new();
        }
        if !seen.insert(id.clone()) {
            return Vec::new();
        }
        let candidates = self.candidates.get(id).map(Vec::as_slice).unwrap_or_default();
        let before = leaves.len();
        for (branch, candidate) in candidates.iter().enumerate() {
            let others = leaves.len();
            let Some(form) = self.form(&candidate.ty) else { continue };
            match form {
                // What leads nowhere from there is said there.
                Behind::Union(inner) => drop(self.leaves(inner, seen, leaves, depth + 1, causes)),
                Behind::Form(form) => leaves.push(Leaf {
                    pointer: candidate.places.first().unwrap_or(&id.0).clone(),
                    union: id,
                    branch,
                    places: &candidate.places,
                    ty: candidate.ty.clone(),
                    said: vec![Cow::Borrowed(&candidate.said)],
                    form,
                    tags: None,
                }),
            }
            leaves.iter_mut().skip(others).for_each(|leaf| leaf.branch = branch);
        }
        discriminator::tag(self.spec, id, candidates, leaves.get_mut(before..).unwrap_or_default(), causes)
    }

    /// What a type is behind aliases; `None` for aliases that lead back to themselves.
    fn form(&self, ty: &'a TypeRef) -> Option<Behind<'a>> {
        let mut ty = ty;
        let mut seen = BTreeSet::new();
        let form = loop {
            match ty {
                TypeRef::Named(id) => match &self.made.get(id)?.kind {
                    TypeKind::Struct(of) => break Form::Struct(of),
                    TypeKind::Enum(of) => break Form::Enum(of),
                    TypeKind::Union(_) => return Some(Behind::Union(id)),
                    TypeKind::Tuple(_) => break Form::List,
                    TypeKind::Alias(target) if seen.insert(id) => ty = target,
                    TypeKind::Alias(_) => return None,
                },
                TypeRef::List(_) => break Form::List,
                TypeRef::Map(_) => break Form::Map,
                TypeRef::Primitive(primitive) => break Form::Primitive(*primitive),
                TypeRef::TextOf(_) => break Form::TextOf,
                TypeRef::NumberOf(_) => break Form::NumberOf,
                TypeRef::Any => break Form::Any,
            }
        };
        Some(Behind::Form(form))
    }

    /// The union, or what is left of it.
    fn told(
        &self,
        id: &TypeId,
        leaves: Vec<Leaf<'a>>,
        strays: &[Stray],
        widened: &mut Vec<Widened>,
        causes: &mut Causes,
    ) -> Settled {
        if let Some(listed) = kinds::listed(id, &leaves, self.made) {
            return Settled::Enum(Box::new(listed));
        }
        let is_open = leaves.iter().any(|leaf| leaf.form.kind().is_none());
        if is_open && leaves.iter().all(|leaf| says_nothing(&leaf.ty)) {
            return Settled::Kind(TypeKind::Alias(TypeRef::Any));
        }
        // By the first branch of each kind, in the description's order.
        let mut kinds: Vec<(JsonKind, Vec<Leaf<'a>>)> = Vec::new();
        for leaf in leaves {
            let Some(kind) = leaf.form.kind() else { continue };
            match kinds.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, leaves)) => leaves.push(leaf),
                None => kinds.push((kind, vec![leaf])),
            }
        }
        let mut branches: Vec<Branch> = Vec::new();
        for (kind, leaves) in kinds {
            if kind == JsonKind::Object {
                branches.extend(objects::branches(self, id, leaves, is_open, widened, causes));
            } else if kind == JsonKind::List {
                branches.extend(kinds::lists(leaves, is_open, self.made));
            } else if let Some(Leaf { pointer, .. }) = leaves.first() {
                let (pointer, told, ty) = (pointer.clone(), Told::Kind(kind), kinds::merged(kind, &leaves, self.made));
                let said: Vec<Either> = leaves.iter().flat_map(|leaf| kinds::said_of(leaf, &ty, self.spec)).collect();
                let (docs, notes) = kinds::said(&said);
                branches.push(Branch { pointer, told, ty, docs, notes });
            }
        }
        strays.iter().for_each(|stray| stray.remark(&branches, causes));
        // A number without a fraction is a number too: it is asked first whether it has one.
        if branches.iter().any(|branch| branch.told == Told::Kind(JsonKind::Integer)) {
            branches.sort_by_key(|branch| branch.told == Told::Kind(JsonKind::Number));
        }
        match branches.as_slice() {
            [] => Settled::Kind(TypeKind::Alias(TypeRef::Any)),
            [only @ Branch { told: Told::Kind(_), .. }] if !is_open => Settled::Alias(Box::new(only.clone())),
            _ => Settled::Kind(TypeKind::Union(Union { branches })),
        }
    }
}

/// Whether a type beside any value is no more than that: all lists and all objects.
fn says_nothing(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Any => true,
        TypeRef::List(items) | TypeRef::Map(items) => items.ty == TypeRef::Any,
        _ => false,
    }
}

/// A type behind aliases.
enum Behind<'a> {
    Union(&'a TypeId),
    Form(Form<'a>),
}
