//! What a single schema says, without a look at the schemas inside it: one of the few shapes that types are made of, or why
//! it is none.

use std::collections::HashSet;

use super::told::told;
use crate::diag::{Code, NOT_COMPOSED, NOT_UNSUPPORTED};
use crate::ir::{JsonKind, Primitive};
use crate::load::tree::{Node, Value};
use crate::normalize::{Additional, CHAIN, Fault, Kept, Schema, Spec, Stands};
use crate::pointer::Pointer;

/// A schema's shape, and whether null is fine too.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shaped {
    pub(super) shape: Shape,
    pub(super) nullable: bool,
}

/// What a schema says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// What the schema at another place says.
    Same(Pointer),
    /// An object with known members.
    Struct {
        /// Where the schema of members beyond those in `properties` stands, if there are to be any; without a place, they
        /// are anything.
        additional: Option<Option<Pointer>>,
    },
    /// Texts or whole numbers out of a list.
    Enum(JsonKind),
    /// One of the schemas at these places, told apart in one way or another.
    Union {
        /// The places, in order.
        branches: Vec<Pointer>,
    },
    /// A list with an item at each of these places, in order.
    Tuple(Vec<Pointer>),
    /// A list; without a place, of anything.
    List(Option<Pointer>),
    /// A map from texts; without a place, to anything.
    Map(Option<Pointer>),
    /// A value without parts, and its `format` where that did not choose the primitive.
    Primitive(Primitive, Option<String>),
    /// Any JSON value.
    Any,
}

/// Why a schema has no shape.
#[derive(Clone, Debug)]
pub(super) enum Shapeless {
    /// It can't be read.
    Faulty(Fault),
    /// It can be read, and no type says what it says.
    Untyped(&'static Code, &'static str),
}

impl Shape {
    /// Whether a type of this shape gets a name wherever it stands.
    pub(super) fn is_named(&self) -> bool {
        matches!(self, Self::Struct { .. } | Self::Enum(_) | Self::Union { .. } | Self::Tuple(_))
    }

    /// Whether an example says more than the type, which has all values of a boolean or an enum.
    pub(super) fn has_telling_examples(&self) -> bool {
        !matches!(self, Self::Enum(_) | Self::Primitive(Primitive::Boolean, _))
    }
}

/// The shape of the schema at `place`; anything, where there is none.
pub(super) fn shape(spec: &Spec, place: &Pointer) -> Result<Shaped, Shapeless> {
    if let Some(fault) = spec.fault(place) {
        return Err(Shapeless::Faulty(fault.clone()));
    }
    match spec.kept(place) {
        Some(Kept::Faulty(fault)) => return Err(Shapeless::Faulty(fault.clone())),
        Some(Kept::Reason(reason)) => return Err(Shapeless::Untyped(&NOT_COMPOSED, reason)),
        None => {}
    }
    match spec.schema(place) {
        None => Ok(Shaped { shape: Shape::Any, nullable: false }),
        // What stands beside a reference is ignored, but for this: a null where none is expected would be a fault.
        Some(Stands::At(target)) => {
            Ok(Shaped { shape: Shape::Same(target.clone()), nullable: says_nullable(spec, place) })
        }
        Some(Stands::Here(schema)) => item(spec, place, schema),
    }
}

fn says_nullable(spec: &Spec, place: &Pointer) -> bool {
    spec.node(place).and_then(|node| node.get("nullable")).and_then(Node::as_bool).unwrap_or_default()
}

fn item(spec: &Spec, place: &Pointer, schema: &Schema) -> Result<Shaped, Shapeless> {
    let listed = listed(spec, place);
    let nullable = schema.is_nullable() || listed.iter().any(|value| matches!(value.value, Value::Null));
    if schema.has_not() {
        return Err(Shapeless::Untyped(&NOT_UNSUPPORTED, "`not` has no type of its own; this is read as any value"));
    }
    if schema.is_composed() {
        return Ok(composition(spec, schema, nullable));
    }
    if matches!(schema.kind(), Some("integer" | "number")) && integers(listed).is_some() {
        return Ok(Shaped { shape: Shape::Enum(JsonKind::Integer), nullable });
    }
    Ok(Shaped { shape: plain(spec, place, schema), nullable })
}

/// `oneOf`, `anyOf` or `allOf`, one of them alone: a branch that allows null only makes the rest nullable, and what has
/// one branch is that branch, unless it is tagged by a discriminator, which may get more.
fn composition(spec: &Spec, schema: &Schema, nullable: bool) -> Shaped {
    // The canonical form has one schema in an `allOf`.
    if let Some(whole) = schema.all_of().next() {
        return Shaped { shape: Shape::Same(whole.clone()), nullable };
    }
    let mut all: Vec<&Pointer> = schema.one_of().collect();
    let is_any_of = all.is_empty();
    if is_any_of {
        all.extend(schema.any_of());
    }
    let branches: Vec<Pointer> = all.iter().filter(|branch| !is_null(spec, branch)).copied().cloned().collect();
    let nullable = nullable || branches.len() < all.len();
    let shape = match branches.as_slice() {
        [] => Shape::Any,
        [only] if schema.discriminator().is_none() => Shape::Same(only.clone()),
        _ => {
            if let Some(open) = open_enum(spec, &branches).filter(|_| is_any_of) {
                return Shaped { nullable: nullable || open.nullable, ..open };
            }
            Shape::Union { branches }
        }
    };
    Shaped { shape, nullable }
}

/// The branches of the schema at `place`, where they are texts out of a list or any other text; and which of them has the
/// list.
pub(super) fn open_branches<'a>(spec: &'a Spec, place: &Pointer) -> Option<(Vec<&'a Pointer>, &'a Pointer)> {
    let Stands::Here(schema) = spec.schema(place)? else { return None };
    let Shape::Same(listed) = composition(spec, schema, false).shape else { return None };
    let branches: Vec<&Pointer> = schema.any_of().filter(|branch| !is_null(spec, branch)).collect();
    let listed = branches.iter().copied().find(|branch| **branch == listed)?;
    (branches.len() > 1).then_some((branches, listed))
}

/// Texts out of a list, or any other text: the enum among the branches, for an enum may always grow.
fn open_enum(spec: &Spec, branches: &[Pointer]) -> Option<Shaped> {
    let (mut listed, mut nullable) = (None, false);
    for branch in branches {
        let schema = written(spec, branch)?;
        if schema.kind() != Some("string") || schema.is_composed() {
            return None;
        }
        nullable |= schema.is_nullable();
        if has_texts(schema) && listed.replace(branch.clone()).is_some() {
            return None;
        }
    }
    listed.map(|listed| Shaped { shape: Shape::Same(listed), nullable })
}

/// The schema at the end of references.
fn written<'a>(spec: &'a Spec, place: &'a Pointer) -> Option<&'a Schema> {
    let mut place = place;
    for _ in 0..CHAIN + 2 {
        match spec.schema(place)? {
            Stands::Here(schema) => return Some(schema),
            Stands::At(onward) => place = onward,
        }
    }
    None
}

/// Whether a schema allows null and nothing else: `enum: [null]`, be it of texts, here or behind references.
fn is_null(spec: &Spec, place: &Pointer) -> bool {
    let Some(schema) = written(spec, place) else { return false };
    matches!(schema.kind(), None | Some("string")) && schema.values().next().is_some() && !has_texts(schema)
}

/// Whether texts are listed in the schema's `enum`.
fn has_texts(schema: &Schema) -> bool {
    schema.values().any(|value| value.is_some())
}

fn plain(spec: &Spec, place: &Pointer, schema: &Schema) -> Shape {
    match schema.kind().or_else(|| Some(told(schema, spec.node(place))?.0)) {
        Some("object") => object(schema),
        Some("array") if schema.tuple().next().is_some() => Shape::Tuple(schema.tuple().cloned().collect()),
        Some("array") => Shape::List(schema.items().cloned()),
        Some("string") if has_texts(schema) => Shape::Enum(JsonKind::String),
        Some("string") => primitive(Primitive::String, schema),
        Some("boolean") => primitive(Primitive::Boolean, schema),
        Some("number") => primitive(Primitive::F64, schema),
        Some("integer") => primitive(integer(spec, place), schema),
        _ => Shape::Any,
    }
}

const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;

/// The integers that have room for all that the bounds at `place` allow.
fn integer(spec: &Spec, place: &Pointer) -> Primitive {
    let bound = |name: &str| match &spec.node(place)?.get(name)?.value {
        Value::Number(number) => number.as_f64(),
        _ => None,
    };
    // `i64::MAX` is 2^63 in programs whose numbers are all floats: a bound of that much is none of more.
    let is_large = bound("maximum").is_some_and(|most| most > TWO_TO_63);
    let is_unsigned = bound("minimum").is_some_and(|least| least >= 0.0);
    if is_large && is_unsigned { Primitive::U64 } else { Primitive::I64 }
}

/// The primitive of the schema's `format`, or the `usual` one where that chooses none.
fn primitive(usual: Primitive, schema: &Schema) -> Shape {
    let format = schema.format();
    // One type has all numbers, so that the digits of none are changed.
    if usual == Primitive::F64 && format == Some("float") {
        return Shape::Primitive(usual, None);
    }
    match format.and_then(Primitive::called).filter(|primitive| primitive.kind() == usual.kind()) {
        Some(primitive) => Shape::Primitive(primitive, None),
        None => Shape::Primitive(usual, format.map(str::to_owned)),
    }
}

fn object(schema: &Schema) -> Shape {
    let additional = match schema.additional() {
        Some(Additional::Schema(place)) => Some(Some(place.clone())),
        Some(Additional::Anything) => Some(None),
        Some(Additional::Nothing) | None => None,
    };
    if schema.properties().next().is_none() && schema.additional() != Some(Additional::Nothing) {
        return Shape::Map(additional.flatten());
    }
    Shape::Struct { additional }
}

/// The names in `properties` of the schema at `place` with the places of their schemas, and the names in `required`.
pub(super) fn members<'a>(spec: &'a Spec, place: &Pointer) -> (Vec<(&'a str, &'a Pointer)>, Vec<&'a str>) {
    match spec.schema(place) {
        Some(Stands::Here(schema)) => (schema.properties().collect(), schema.required().collect()),
        Some(Stands::At(_)) | None => (Vec::new(), Vec::new()),
    }
}

/// The values in `enum` of the schema at `place`, each once, in the description's order.
pub(super) fn values(spec: &Spec, place: &Pointer, kind: JsonKind) -> Vec<String> {
    if kind == JsonKind::Integer {
        let mut seen = HashSet::new();
        let numbers = integers(listed(spec, place)).unwrap_or_default();
        return numbers.into_iter().filter(|number| seen.insert(*number)).map(|number| number.to_string()).collect();
    }
    let Some(Stands::Here(schema)) = spec.schema(place) else { return Vec::new() };
    let mut seen = HashSet::new();
    let values = schema.values().flatten();
    values.filter(|value| seen.insert(*value)).map(str::to_owned).collect()
}

/// The values in `enum` of the schema at `place`.
pub(super) fn listed<'a>(spec: &'a Spec, place: &Pointer) -> &'a [Node] {
    spec.node(place).and_then(|node| node.get("enum")).and_then(Node::as_list).unwrap_or_default()
}

/// The numbers in an `enum`, if it has some and all are whole numbers of 64 bits, in quotes or not, or null.
fn integers(listed: &[Node]) -> Option<Vec<i64>> {
    let numbers = listed.iter().filter(|value| !matches!(value.value, Value::Null));
    let numbers = numbers.map(|value| match &value.value {
        Value::Number(number) => number.as_i64(),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    });
    numbers.collect::<Option<Vec<i64>>>().filter(|numbers| !numbers.is_empty())
}
