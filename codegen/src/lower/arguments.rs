//! What arguments hold: the type of a parameter's schema or, where there is none or it can't be had, a text or a map.

use super::causes::Causes;
use super::shape::Shape;
use super::types::Types;
use super::uses::json_kind;
use crate::ir::{Items, JsonKind, Primitive, Style, StyleKind, TypeRef};
use crate::pointer::Pointer;

/// The type of an argument.
#[derive(Debug)]
pub(super) struct Argument {
    pub(super) ty: TypeRef,
    /// Why it is a text or a map and not what the schema says.
    pub(super) for_want_of: Option<&'static str>,
}

const ANYTHING: &str = "may hold anything";

impl Argument {
    fn of(ty: TypeRef) -> Self {
        Self { ty, for_want_of: None }
    }

    /// A value that nothing is known of.
    pub(super) fn anything(style: Style) -> Self {
        match style.kind {
            StyleKind::Json => Self::of(TypeRef::Any),
            StyleKind::DeepObject => Self::of(TypeRef::Map(items(TypeRef::Any))),
            _ => Self { for_want_of: Some(ANYTHING), ..Self::of(TypeRef::Primitive(Primitive::String)) },
        }
    }
}

fn items(ty: TypeRef) -> Box<Items> {
    Box::new(Items { ty, nullable: false })
}

/// What a parameter of the schema at `place` holds.
pub(super) fn argument(place: &Pointer, style: Style, types: &mut Types<'_>, causes: &mut Causes) -> Argument {
    match types.behind(place, causes).1.shape {
        _ if style.kind == StyleKind::Json => {}
        Shape::Any => return Argument::anything(style),
        Shape::List(None) => {
            let ty = TypeRef::List(items(TypeRef::Primitive(Primitive::String)));
            return Argument { ty, for_want_of: Some(ANYTHING) };
        }
        Shape::List(Some(inner)) if is_loose(&inner, types, causes) => {
            let Argument { ty, for_want_of } = argument(&inner, style, types, causes);
            return Argument { ty: TypeRef::List(items(ty)), for_want_of };
        }
        Shape::Union { branches } => {
            if let Some(argument) = union(&branches, style, types, causes) {
                return argument;
            }
        }
        _ => {}
    }
    Argument::of(types.use_of(place, causes).ty)
}

/// What a parameter holds whose content is neither JSON nor of a style: what has no parts is its text, and of all else the
/// caller has the text.
pub(super) fn written(place: Option<&Pointer>, types: &mut Types<'_>, causes: &mut Causes) -> Argument {
    let text = Argument::of(TypeRef::Primitive(Primitive::String));
    let Some(place) = place else { return text };
    match types.behind(place, causes).1.shape {
        Shape::Primitive(..) | Shape::Enum(_) => Argument::of(types.use_of(place, causes).ty),
        Shape::Any => text,
        _ => Argument { for_want_of: Some("has a content that is not JSON"), ..text },
    }
}

/// Whether any text is among values of these shapes, or lists of several texts.
fn has_texts(shapes: &[Shape]) -> bool {
    shapes.iter().any(|shape| matches!(shape, Shape::Primitive(primitive, _) if primitive.is_text()))
        || shapes.iter().filter(|shape| matches!(shape, Shape::Enum(JsonKind::String))).count() > 1
}

/// Whether a schema says no type, or several.
fn is_loose(place: &Pointer, types: &Types<'_>, causes: &mut Causes) -> bool {
    matches!(types.behind(place, causes).1.shape, Shape::Any | Shape::Union { .. })
}

/// What a union comes to where it is written as texts: any text has room for the other branches, and one value is a list
/// of one.
fn union(branches: &[Pointer], style: Style, types: &mut Types<'_>, causes: &mut Causes) -> Option<Argument> {
    let mut lists = Vec::new();
    let mut others = Vec::new();
    for branch in branches {
        match types.behind(branch, causes).1.shape {
            Shape::List(items) => lists.push((branch, items?)),
            shape => others.push(shape),
        }
    }
    let is_scalar = |shape: &Shape| !matches!(json_kind(shape), None | Some(JsonKind::Object | JsonKind::List));
    if !others.iter().all(is_scalar) {
        return None;
    }
    match lists.as_slice() {
        [] if has_texts(&others) => Some(Argument::of(TypeRef::Primitive(Primitive::String))),
        [(list, item)] => {
            let item = json_kind(&types.behind(item, causes).1.shape);
            let is_one = others.iter().all(|shape| json_kind(shape) == item);
            is_one.then(|| argument(list, style, types, causes))
        }
        _ => None,
    }
}
