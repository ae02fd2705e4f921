//! Values with parts in their parts, such as an object with lists: no style says how a header has them (OpenAPI 3.0.3, section
//! 4.7.12.3, has nothing of it, and its styles are those of RFC 6570, whose values end one level down).

use super::causes::Causes;
use super::shape::{Shape, members};
use super::types::Types;
use crate::normalize::Spec;
use crate::pointer::Pointer;

/// How many unions in unions are looked into.
const DEEP: usize = 4;

/// Whether the schema at `place` is of objects that have objects or lists in them, or has such a branch.
pub(super) fn is_nested(place: &Pointer, spec: &Spec, types: &Types<'_>, causes: &mut Causes) -> bool {
    nested(place, DEEP, spec, types, causes)
}

fn nested(place: &Pointer, deep: usize, spec: &Spec, types: &Types<'_>, causes: &mut Causes) -> bool {
    let (end, shaped) = types.behind(place, causes);
    match shaped.shape {
        Shape::Struct { .. } => members(spec, &end).0.iter().any(|(_, member)| has_parts(member, types, causes)),
        Shape::Map(Some(values)) => has_parts(&values, types, causes),
        Shape::Union { branches } if deep > 0 => {
            branches.iter().any(|branch| nested(branch, deep - 1, spec, types, causes))
        }
        _ => false,
    }
}

fn has_parts(place: &Pointer, types: &Types<'_>, causes: &mut Causes) -> bool {
    let shape = types.behind(place, causes).1.shape;
    matches!(shape, Shape::Struct { .. } | Shape::Map(_) | Shape::List(_) | Shape::Tuple(_))
}
