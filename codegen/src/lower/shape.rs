//! What a single schema says, without a look at the schemas inside it: one of the few shapes that types are made of, or why
//! it is none.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind, Type};

use crate::diag::{Code, NOT_COMPOSED, NOT_UNSUPPORTED};
use crate::ir::{JsonKind, Primitive};
use crate::load::tree::{Node, Value};
use crate::normalize::{CHAIN, Fault, Kept, Spec, Stands, canonical};
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
        matches!(self, Self::Struct { .. } | Self::Enum(_) | Self::Union { .. })
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

type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;

/// The keywords of a schema, whichever way it was typed.
#[derive(Default)]
struct Keywords<'a> {
    kind: Option<&'a str>,
    format: Option<String>,
    properties: Option<&'a Properties>,
    required: &'a [String],
    additional: Option<&'a AdditionalProperties>,
    items: Option<Pointer>,
    values: Vec<Option<&'a str>>,
    one_of: &'a [ReferenceOr<Schema>],
    any_of: &'a [ReferenceOr<Schema>],
    all_of: &'a [ReferenceOr<Schema>],
    not: bool,
}

impl Keywords<'_> {
    fn is_composed(&self) -> bool {
        self.not || [self.one_of, self.any_of, self.all_of].iter().any(|branches| !branches.is_empty())
    }

    fn has_properties(&self) -> bool {
        self.properties.is_some_and(|properties| !properties.is_empty())
    }
}

fn keywords(schema: &Schema) -> Keywords<'_> {
    let kind = |kind| Keywords { kind: Some(kind), ..Keywords::default() };
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => Keywords {
            format: word(&string.format),
            values: string.enumeration.iter().map(Option::as_deref).collect(),
            ..kind("string")
        },
        SchemaKind::Type(Type::Number(number)) => Keywords { format: word(&number.format), ..kind("number") },
        SchemaKind::Type(Type::Integer(integer)) => Keywords { format: word(&integer.format), ..kind("integer") },
        SchemaKind::Type(Type::Boolean(_)) => kind("boolean"),
        SchemaKind::Type(Type::Array(array)) => {
            Keywords { items: array.items.as_ref().and_then(linked), ..kind("array") }
        }
        SchemaKind::Type(Type::Object(object)) => Keywords {
            properties: Some(&object.properties),
            required: &object.required,
            additional: object.additional_properties.as_ref(),
            ..kind("object")
        },
        SchemaKind::OneOf { one_of } => Keywords { one_of, ..Keywords::default() },
        SchemaKind::AnyOf { any_of } => Keywords { any_of, ..Keywords::default() },
        SchemaKind::AllOf { all_of } => Keywords { all_of, ..Keywords::default() },
        SchemaKind::Not { .. } => Keywords { not: true, ..Keywords::default() },
        SchemaKind::Any(any) => Keywords {
            kind: any.typ.as_deref(),
            format: any.format.clone(),
            properties: Some(&any.properties),
            required: &any.required,
            additional: any.additional_properties.as_ref(),
            items: any.items.as_ref().and_then(linked),
            values: any.enumeration.iter().map(serde_json::Value::as_str).collect(),
            one_of: &any.one_of,
            any_of: &any.any_of,
            all_of: &any.all_of,
            not: any.not.is_some(),
        },
    }
}

fn item(spec: &Spec, place: &Pointer, schema: &Schema) -> Result<Shaped, Shapeless> {
    let keywords = keywords(schema);
    let listed = listed(spec, place);
    let nullable = schema.schema_data.nullable || listed.iter().any(|value| matches!(value.value, Value::Null));
    if keywords.not {
        return Err(Shapeless::Untyped(&NOT_UNSUPPORTED, "`not` has no type of its own; this is read as any value"));
    }
    if !keywords.is_composed() {
        if matches!(keywords.kind, Some("integer" | "number")) && integers(listed).is_some() {
            return Ok(Shaped { shape: Shape::Enum(JsonKind::Integer), nullable });
        }
        return Ok(Shaped { shape: plain(&keywords), nullable });
    }
    let tagged = schema.schema_data.discriminator.is_some();
    Ok(composition(spec, &keywords, nullable, tagged))
}

/// `oneOf`, `anyOf` or `allOf`, one of them alone: a branch that allows null only makes the rest nullable, and what has
/// one branch is that branch, unless it is `tagged` by a discriminator, which may get more.
fn composition(spec: &Spec, keywords: &Keywords<'_>, nullable: bool, tagged: bool) -> Shaped {
    // The canonical form has one schema in an `allOf`.
    if let Some(whole) = keywords.all_of.first().and_then(linked) {
        return Shaped { shape: Shape::Same(whole), nullable };
    }
    let written = if keywords.one_of.is_empty() { keywords.any_of } else { keywords.one_of };
    let all: Vec<Pointer> = written.iter().filter_map(linked).collect();
    let branches: Vec<Pointer> = all.iter().filter(|branch| !is_null(spec, branch)).cloned().collect();
    let nullable = nullable || branches.len() < all.len();
    let shape = match branches.as_slice() {
        [] => Shape::Any,
        [only] if !tagged => Shape::Same(only.clone()),
        _ => {
            if let Some(open) = open_enum(spec, &branches).filter(|_| keywords.one_of.is_empty()) {
                return Shaped { nullable: nullable || open.nullable, ..open };
            }
            Shape::Union { branches }
        }
    };
    Shaped { shape, nullable }
}

/// Texts out of a list, or any other text: the enum among the branches, for an enum may always grow.
fn open_enum(spec: &Spec, branches: &[Pointer]) -> Option<Shaped> {
    let (mut listed, mut nullable) = (None, false);
    for branch in branches {
        let schema = written(spec, branch)?;
        let keywords = keywords(schema);
        if keywords.kind != Some("string") || keywords.is_composed() {
            return None;
        }
        nullable |= schema.schema_data.nullable;
        if keywords.values.iter().any(Option::is_some) && listed.replace(branch.clone()).is_some() {
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

/// Whether a schema allows null and nothing else: `enum: [null]`, here or behind references.
fn is_null(spec: &Spec, place: &Pointer) -> bool {
    let Some(schema) = written(spec, place) else { return false };
    match &schema.schema_kind {
        SchemaKind::Any(any) => {
            any.typ.is_none() && !any.enumeration.is_empty() && any.enumeration.iter().all(|v| v.is_null())
        }
        _ => false,
    }
}

fn plain(keywords: &Keywords<'_>) -> Shape {
    match keywords.kind {
        Some("object") => object(keywords),
        Some("array") => Shape::List(keywords.items.clone()),
        Some("string") if keywords.values.iter().any(Option::is_some) => Shape::Enum(JsonKind::String),
        Some("string") => primitive(Primitive::String, keywords),
        Some("boolean") => primitive(Primitive::Boolean, keywords),
        Some("number") => primitive(Primitive::F64, keywords),
        Some("integer") => primitive(Primitive::I64, keywords),
        _ => Shape::Any,
    }
}

/// The primitive of the schema's `format`, or the `usual` one where that chooses none.
fn primitive(usual: Primitive, keywords: &Keywords<'_>) -> Shape {
    let format = keywords.format.as_deref();
    // One type has all numbers, so that the digits of none are changed.
    if usual == Primitive::F64 && format == Some("float") {
        return Shape::Primitive(usual, None);
    }
    match format.and_then(Primitive::called).filter(|primitive| primitive.kind() == usual.kind()) {
        Some(primitive) => Shape::Primitive(primitive, None),
        None => Shape::Primitive(usual, keywords.format.clone()),
    }
}

fn object(keywords: &Keywords<'_>) -> Shape {
    let additional = match keywords.additional {
        Some(AdditionalProperties::Schema(schema)) => Some(linked(schema.as_ref())),
        Some(AdditionalProperties::Any(true)) => Some(None),
        Some(AdditionalProperties::Any(false)) | None => None,
    };
    let is_closed = matches!(keywords.additional, Some(AdditionalProperties::Any(false)));
    if !keywords.has_properties() && !is_closed {
        return Shape::Map(additional.flatten());
    }
    Shape::Struct { additional }
}

/// The names in `properties` of the schema at `place` with the places of their schemas, in the description's order, and
/// the names in `required`.
pub(super) fn members<'a>(spec: &'a Spec, place: &Pointer) -> (Vec<(&'a str, Pointer)>, &'a [String]) {
    let Some(Stands::Here(schema)) = spec.schema(place) else { return (Vec::new(), &[]) };
    let keywords = keywords(schema);
    let properties = keywords.properties.into_iter().flatten();
    let members = properties.filter_map(|(name, schema)| Some((name.as_str(), linked(schema)?)));
    (members.collect(), keywords.required)
}

/// The place that a schema inside another one has: the canonical form refers to each.
fn linked<T>(schema: &ReferenceOr<T>) -> Option<Pointer> {
    match schema {
        ReferenceOr::Reference { reference } => canonical(reference),
        ReferenceOr::Item(_) => None,
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
    let values = keywords(schema).values.into_iter().flatten();
    values.filter(|value| seen.insert(*value)).map(str::to_owned).collect()
}

/// The word that a typed `format` was read from.
fn word(format: &impl serde::Serialize) -> Option<String> {
    match serde_json::to_value(format) {
        Ok(serde_json::Value::String(word)) if !word.is_empty() => Some(word),
        _ => None,
    }
}

/// The values in `enum` of the schema at `place`.
fn listed<'a>(spec: &'a Spec, place: &Pointer) -> &'a [Node] {
    spec.node(place).and_then(|node| node.get("enum")).and_then(Node::as_list).unwrap_or_default()
}

/// The numbers in an `enum`, if it has some and all are whole numbers of 64 bits, or null.
fn integers(listed: &[Node]) -> Option<Vec<i64>> {
    let numbers = listed.iter().filter(|value| !matches!(value.value, Value::Null));
    let numbers = numbers.map(|value| match &value.value {
        Value::Number(number) => number.as_i64(),
        _ => None,
    });
    numbers.collect::<Option<Vec<i64>>>().filter(|numbers| !numbers.is_empty())
}
