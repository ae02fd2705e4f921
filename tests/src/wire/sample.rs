//! Values of types, within their bounds. No two numbers or texts of one sampler are the same, so that values in each other's
//! places are noticed.

use clientwright::ir::{
    Api, Bound, Branch, Enum, Items, JsonKind, Member, Primitive, Struct, Tag, Told, TypeKind, TypeRef,
};
use serde_json::{Map, Value, json};

use super::{Variant, Way, bounds, goes};
use crate::spector::values::behind;

/// Types in one another are filled so deep.
const DEEPEST: usize = 6;

/// Texts and lists are no longer than this, however long they may be.
const LONGEST: usize = 64;

/// Makes values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sampler<'a> {
    api: &'a Api,
    variant: Variant,
    way: Way,
    made: u32,
}

impl<'a> Sampler<'a> {
    pub(super) fn new(api: &'a Api, variant: Variant, way: Way) -> Self {
        Self { api, variant, way, made: 0 }
    }

    /// A value of a type.
    pub(super) fn value(&mut self, ty: &TypeRef, nullable: bool, bounds: &[Bound]) -> Value {
        self.at(ty, nullable, bounds, 0)
    }

    fn at(&mut self, ty: &TypeRef, nullable: bool, bounds: &[Bound], depth: usize) -> Value {
        if nullable && self.variant == Variant::Least {
            return Value::Null;
        }
        match behind(ty, self.api) {
            TypeRef::Primitive(primitive) => self.primitive(*primitive, bounds),
            TypeRef::TextOf(_) => self.text(bounds),
            TypeRef::NumberOf(_) => self.primitive(Primitive::F64, bounds),
            TypeRef::Any => json!({ "any": true }),
            TypeRef::List(items) => {
                let count = self.count(bounds, depth);
                (0..count).map(|_| self.item(items, bounds, depth)).collect()
            }
            TypeRef::Map(items) => {
                let count = self.count(bounds, depth);
                (0..count).map(|index| (format!("key{index}"), self.item(items, bounds, depth))).collect()
            }
            TypeRef::Named(id) => match self.api.types.get(id).map(|def| &def.kind) {
                Some(TypeKind::Struct(of)) => Value::Object(self.object(of, depth)),
                Some(TypeKind::Enum(of)) => self.listed(of),
                Some(TypeKind::Tuple(of)) => {
                    of.items.iter().map(|item| self.at(&item.ty, item.nullable, &[], depth + 1)).collect()
                }
                Some(TypeKind::Union(of)) => {
                    let branch = self.variant.of(&of.branches).unwrap();
                    self.branch(branch, depth)
                }
                Some(TypeKind::Alias(_)) | None => Value::Null,
            },
        }
    }

    fn item(&mut self, items: &Items, of: &[Bound], depth: usize) -> Value {
        self.at(&items.ty, items.nullable, &bounds::of_each(of), depth + 1)
    }

    /// How many items.
    fn count(&self, of: &[Bound], depth: usize) -> usize {
        let (least, most) = bounds::counts(of);
        match self.variant {
            Variant::Most if depth < DEEPEST => most.unwrap_or(2).clamp(least.unwrap_or_default(), LONGEST),
            Variant::Least | Variant::Most => least.unwrap_or_default(),
        }
    }

    fn object(&mut self, of: &Struct, depth: usize) -> Map<String, Value> {
        let all = self.variant == Variant::Most && depth < DEEPEST;
        let mut object = Map::new();
        for member in &of.members {
            if !goes(member, self.way) || !(member.required || member.nullable || all) {
                continue;
            }
            object.insert(member.wire.clone(), self.member(member, depth));
        }
        if let Some(additional) = of.additional.as_ref().filter(|_| all)
            && let TypeRef::Map(items) = behind(&additional.ty, self.api)
        {
            object.insert("another".to_owned(), self.item(items, &[], depth));
        }
        object
    }

    fn member(&mut self, member: &Member, depth: usize) -> Value {
        self.at(&member.ty, member.nullable, &member.notes.checks, depth + 1)
    }

    fn listed(&self, of: &Enum) -> Value {
        let value = self.variant.of(&of.values).unwrap();
        if of.kind == JsonKind::String { value.as_str().into() } else { serde_json::from_str(value).unwrap() }
    }

    fn branch(&mut self, branch: &Branch, depth: usize) -> Value {
        let mut value = self.at(&branch.ty, false, &[], depth + 1);
        let Value::Object(object) = &mut value else { return value };
        match &branch.told {
            Told::Tagged { member, values } => {
                object.insert(member.clone(), tag(self.variant.of(values).unwrap()));
            }
            // One of the members that tell it must be there.
            Told::Having { members } if !members.iter().any(|member| object.contains_key(member)) => {
                if let TypeRef::Named(id) = behind(&branch.ty, self.api)
                    && let Some(TypeKind::Struct(of)) = self.api.types.get(id).map(|def| &def.kind)
                    && let Some(member) = of.members.iter().find(|member| members.contains(&member.wire))
                {
                    object.insert(member.wire.clone(), self.member(member, depth));
                }
            }
            Told::Having { .. } | Told::Kind(_) | Told::Fitting { .. } => {}
        }
        value
    }

    /// A value without parts.
    pub(super) fn primitive(&mut self, primitive: Primitive, of: &[Bound]) -> Value {
        match primitive {
            Primitive::Boolean => Value::from(self.variant == Variant::Most),
            Primitive::F64 => Value::from(self.number(of, 0.5) + if bounded(of) { 0.0 } else { 0.5 }),
            #[expect(clippy::cast_possible_truncation, reason = "it is a small whole number")]
            _ if primitive.kind() == JsonKind::Integer => Value::from(self.number(of, 1.0) as i64),
            Primitive::DateTime => json!("2026-01-31T12:30:00Z"),
            Primitive::Date => json!("2026-01-31"),
            Primitive::Time => json!("12:30:00Z"),
            Primitive::Duration => json!("P1D"),
            Primitive::Uuid => json!("182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e"),
            Primitive::Base64 => json!("aGVsbG8="),
            _ => self.text(of),
        }
    }

    /// The number at a bound, or else one that there was not yet.
    fn number(&mut self, of: &[Bound], step: f64) -> f64 {
        self.made += 1;
        let (least, most) = bounds::numbers(of, step);
        match (self.variant, least, most) {
            (Variant::Least, Some(least), _) | (Variant::Most, Some(least), None) => least,
            (Variant::Most, _, Some(most)) | (Variant::Least, None, Some(most)) => most,
            (_, None, None) => f64::from(self.made),
        }
    }

    fn text(&mut self, of: &[Bound]) -> Value {
        self.made += 1;
        let mut text = format!("t{}", self.made);
        let (least, most) = bounds::counts(of);
        let length = match (self.variant, least, most) {
            (Variant::Least, Some(least), _) => least,
            (Variant::Most, _, Some(most)) => most.min(LONGEST),
            (_, least, most) => text.len().clamp(least.unwrap_or_default(), most.unwrap_or(usize::MAX)),
        };
        text.truncate(length);
        Value::from(format!("{text:x<length$}"))
    }
}

fn bounded(of: &[Bound]) -> bool {
    bounds::numbers(of, 0.5) != (None, None)
}

fn tag(tag: &Tag) -> Value {
    match tag {
        Tag::Text(text) => text.as_str().into(),
        Tag::Boolean(value) => (*value).into(),
        Tag::Integer(value) => (*value).into(),
    }
}
