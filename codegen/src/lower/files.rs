//! Files: the members of an object that are bytes when it is sent in parts (OpenAPI 3.0.3, section 4.7.14.4).

use super::causes::Causes;
use super::media;
use super::shape::{Shape, Shaped, members};
use super::types::{Types, Used};
use crate::diag::{Diagnostic, PARTS_WITHOUT_FILES};
use crate::ir::{Items, Primitive, TypeId, TypeRef};
use crate::load::tree::Node;
use crate::normalize::Spec;
use crate::pointer::Pointer;

/// Keywords that say what a value is, other than a file.
static TELLING: &[&str] = &[
    "$ref",
    "type",
    "enum",
    "const",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "properties",
    "additionalProperties",
    "unevaluatedProperties",
    "items",
    "prefixItems",
    "format",
];

impl Types<'_> {
    /// The type of the schema at `place` for a body in parts, which refers to it at `used_at`: its members may be files.
    pub(super) fn use_in_parts(&mut self, place: &Pointer, used_at: Pointer, causes: &mut Causes) -> TypeRef {
        match self.struct_with_files(place, causes) {
            Some(end) => {
                let id = TypeId(end);
                self.in_parts.entry(id.clone()).or_default().insert(used_at);
                TypeRef::Named(id)
            }
            None => {
                if self.has_texts(place, causes) {
                    let message = "no part of this body is a file; one that is needs `format: binary`";
                    let help = "where the description lacks it, an overlay can add it";
                    causes.found(place, Diagnostic::new(&PARTS_WITHOUT_FILES, message).at(place).help(help));
                }
                self.use_of(place, causes).ty
            }
        }
    }

    /// Whether a type has files that it can't have, for it is JSON elsewhere.
    pub(super) fn lacks_files(&self, ty: &TypeRef) -> bool {
        matches!(ty, TypeRef::Named(id) if self.in_parts.contains_key(id) && self.asked.contains(id))
    }

    /// A type that lacks files, and the one to make in its place for a body.
    pub(super) fn missing_form(&self) -> Option<(TypeId, TypeId)> {
        let lacking = self.in_parts.iter().filter(|(id, _)| self.asked.contains(*id));
        let forms = lacking.flat_map(|(id, places)| places.iter().map(move |place| (id, TypeId(place.clone()))));
        let mut missing = forms.filter(|(id, form)| *id != form && !self.forms.contains_key(form));
        missing.next().map(|(id, form)| (id.clone(), form))
    }

    /// The type of the body in parts whose schema is written, or referred to, at `used_at`, where it is one of its own.
    pub(super) fn form(&self, used_at: Pointer) -> Option<TypeRef> {
        let id = TypeId(used_at);
        self.forms.contains_key(&id).then_some(TypeRef::Named(id))
    }

    /// Whether the schema at `place` is a struct with files that it calls such: any value may be one in a form, and is none as
    /// JSON.
    pub(super) fn has_told_files(&self, place: &Pointer, causes: &mut Causes) -> bool {
        let Some((_, members)) = self.members_of(place, causes) else { return false };
        members.iter().any(|member| Files::Told.of(self.spec, member, self, causes).is_some())
    }

    /// The type of the member at `place`, if it is a file of a struct that isn't JSON.
    pub(super) fn file(&self, owner: &TypeId, place: &Pointer, causes: &mut Causes) -> Option<PartType> {
        let is_form =
            self.forms.contains_key(owner) || !self.asked.contains(owner) && self.in_parts.contains_key(owner);
        if !is_form { None } else { file(self.spec, place, self, causes) }
    }

    /// The struct at the end of references from `place`, if it has files.
    fn struct_with_files(&self, place: &Pointer, causes: &mut Causes) -> Option<Pointer> {
        let (end, members) = self.members_of(place, causes)?;
        members.iter().any(|member| file(self.spec, member, self, causes).is_some()).then_some(end)
    }

    /// Whether the struct at the end of references from `place` has members that are any text.
    fn has_texts(&self, place: &Pointer, causes: &mut Causes) -> bool {
        let Some((_, members)) = self.members_of(place, causes) else { return false };
        members
            .iter()
            .any(|member| matches!(self.behind(member, causes).1.shape, Shape::Primitive(Primitive::String, None)))
    }

    /// The struct at the end of references from `place`, and the places of its members, and of what others are.
    fn members_of(&self, place: &Pointer, causes: &mut Causes) -> Option<(Pointer, Vec<Pointer>)> {
        let (end, shaped) = self.behind(place, causes);
        let Shape::Struct { additional } = shaped.shape else { return None };
        let (members, _) = members(self.spec, &end);
        let members = members.into_iter().map(|(_, place)| place.clone()).chain(additional.flatten()).collect();
        Some((end, members))
    }
}

/// How many lists and unions may stand inside one another in what a member may be.
const NESTING: usize = 3;

/// How many branches a union may have for it to be looked at whether all of them are files.
const BRANCHES: usize = 16;

/// The type of a member that is a file or a list of files.
pub(super) struct PartType {
    pub(super) used: Used,
    /// Whether its part may be a value that is no file.
    pub(super) or_value: bool,
}

/// The type of the member at `place`, if it is a file or a list of files.
pub(super) fn file(spec: &Spec, place: &Pointer, types: &Types<'_>, causes: &mut Causes) -> Option<PartType> {
    Files::All.of(spec, place, types, causes)
}

/// Which files count.
#[derive(Clone, Copy, PartialEq)]
enum Files {
    All,
    /// Those that are called bytes, and not any value as well.
    Told,
}

impl Files {
    fn of(self, spec: &Spec, place: &Pointer, types: &Types<'_>, causes: &mut Causes) -> Option<PartType> {
        let (part, nullable) = Part::of(spec, place, self, NESTING, types, causes);
        let ty = TypeRef::Primitive(Primitive::File);
        match part {
            Part::File(Bytes { or_value, .. }) => Some(PartType { used: Used { ty, nullable }, or_value }),
            Part::Files(Bytes { or_value, .. }, of_items) => {
                let ty = TypeRef::List(Box::new(Items { ty, nullable: of_items }));
                Some(PartType { used: Used { ty, nullable }, or_value })
            }
            Part::Text | Part::Other => None,
        }
    }
}

/// What a member is in a body in parts.
#[derive(Clone, Copy)]
enum Part {
    File(Bytes),
    /// A part for each, and whether they may be null.
    Files(Bytes, bool),
    /// A text: as a part, bytes of a file may be one as well.
    Text,
    Other,
}

/// What is said of a part that may be bytes.
#[derive(Clone, Copy)]
struct Bytes {
    /// Whether it is called such, and not any value as well.
    is_told: bool,
    /// Whether it may be a value that is no file.
    or_value: bool,
}

impl Bytes {
    fn or(self, other: Self) -> Self {
        Self { is_told: self.is_told || other.is_told, or_value: self.or_value || other.or_value }
    }

    fn or_value(self) -> Self {
        Self { or_value: true, ..self }
    }
}

impl Part {
    /// What the member at `place` is, and whether it may be null.
    fn of(
        spec: &Spec,
        place: &Pointer,
        files: Files,
        nesting: usize,
        types: &Types<'_>,
        causes: &mut Causes,
    ) -> (Self, bool) {
        let (end, Shaped { shape, nullable }) = types.behind(place, causes);
        let Some(nesting) = nesting.checked_sub(1) else { return (Self::Other, nullable) };
        if let Some(is_told) = is_file(spec, &end, &shape).filter(|is_told| *is_told || files == Files::All) {
            return (Self::File(Bytes { is_told, or_value: false }), nullable);
        }
        match &shape {
            Shape::Primitive(Primitive::String, _) => (Self::Text, nullable),
            Shape::List(Some(items)) => match Self::of(spec, items, files, nesting, types, causes) {
                (Self::File(bytes), of_items) => (Self::Files(bytes, of_items), nullable),
                _ => (Self::Other, nullable),
            },
            Shape::Union { branches } if branches.len() <= BRANCHES => {
                let mut branches = branches.iter().map(|branch| Self::of(spec, branch, files, nesting, types, causes));
                let first = branches.next().unwrap_or((Self::Other, false));
                let (part, of_branches) = branches.fold(first, |(all, null), (one, also)| (all.or(one), null || also));
                (part, nullable || of_branches)
            }
            _ => (Self::Other, nullable),
        }
    }

    /// What may be this or the other: one file is a list of one, and a part that may be a file can be a value all the same.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Files(a, null), Self::Files(b, also)) => Self::Files(a.or(b), null || also),
            (Self::Files(a, null), Self::File(b)) | (Self::File(b), Self::Files(a, null)) => Self::Files(a.or(b), null),
            (Self::File(a), Self::File(b)) => Self::File(a.or(b)),
            (Self::Files(bytes, null), Self::Text) | (Self::Text, Self::Files(bytes, null)) => {
                Self::Files(bytes.or_value(), null)
            }
            (Self::File(bytes), Self::Text) | (Self::Text, Self::File(bytes)) => Self::File(bytes.or_value()),
            (Self::Files(bytes, null), Self::Other) | (Self::Other, Self::Files(bytes, null)) if bytes.is_told => {
                Self::Files(bytes.or_value(), null)
            }
            (Self::File(bytes), Self::Other) | (Self::Other, Self::File(bytes)) if bytes.is_told => {
                Self::File(bytes.or_value())
            }
            (Self::Text, Self::Text) => Self::Text,
            _ => Self::Other,
        }
    }
}

/// Whether a schema is one of bytes, and is called such: `format: binary`, or from 3.1 on a text of another media type that
/// isn't encoded, or no type, where any value may be bytes (OpenAPI 3.1.0, section 4.8.14.3).
fn is_file(spec: &Spec, place: &Pointer, shape: &Shape) -> Option<bool> {
    let untyped = match shape {
        Shape::Primitive(Primitive::String, format) if format.as_deref() == Some("binary") => return Some(true),
        Shape::Primitive(Primitive::String, None) => false,
        Shape::Any => true,
        _ => return None,
    };
    let node = spec.node(place).filter(|_| spec.is_3_1(place))?;
    let says = |name: &str| node.get(name).is_some();
    if says("contentEncoding") {
        return None;
    }
    let media_type = node.get("contentMediaType").and_then(Node::as_text);
    let is_bytes = media_type.is_some_and(media::is_bytes);
    let is_free = untyped && !TELLING.iter().any(|name| says(name)) && media_type.is_none();
    (is_bytes || is_free).then_some(is_bytes)
}

#[cfg(test)]
mod tests;
