//! Looks at uses of types: what is named in them, and what tells them apart.

use super::shape::Shape;
use crate::ir::{Body, JsonKind, Operation, TypeDef, TypeId, TypeKind, TypeRef};

/// The JSON type that tells a branch apart; `None` where there is no single one.
pub(super) fn json_kind(shape: &Shape) -> Option<JsonKind> {
    match shape {
        Shape::Struct { .. } | Shape::Map(_) => Some(JsonKind::Object),
        Shape::List(_) | Shape::Tuple(_) => Some(JsonKind::List),
        Shape::Enum(kind) => Some(*kind),
        Shape::Primitive(primitive, _) => Some(primitive.kind()),
        Shape::Same(_) | Shape::Union { .. } | Shape::Any => None,
    }
}

/// The type with a name inside a use; there is at most one.
pub(super) fn named(mut ty: &TypeRef) -> Option<&TypeId> {
    loop {
        match ty {
            TypeRef::Named(id) => return Some(id),
            TypeRef::List(items) | TypeRef::Map(items) => ty = &items.ty,
            TypeRef::Primitive(_) | TypeRef::TextOf(_) | TypeRef::NumberOf(_) | TypeRef::Any => return None,
        }
    }
}

/// The types with names that a type holds directly.
pub(super) fn held(def: &TypeDef) -> impl Iterator<Item = &TypeId> {
    let uses: Vec<&TypeRef> = match &def.kind {
        TypeKind::Struct(object) => {
            let additional = object.additional.iter().map(|additional| &additional.ty);
            object.members.iter().map(|member| &member.ty).chain(additional).collect()
        }
        TypeKind::Union(union) => union.branches.iter().map(|branch| &branch.ty).collect(),
        TypeKind::Tuple(tuple) => tuple.items.iter().map(|item| &item.ty).collect(),
        TypeKind::Alias(ty) => vec![ty],
        TypeKind::Enum(_) => Vec::new(),
    };
    uses.into_iter().filter_map(named)
}

/// The types that an operation uses itself.
pub(super) fn roots(operation: &Operation) -> Vec<&TypeRef> {
    let mut roots: Vec<_> = operation.parameters.iter().map(|parameter| &parameter.ty).collect();
    roots.extend(operation.body.as_ref().and_then(Body::ty));
    roots.extend(operation.answered());
    roots
}
