//! Whether a value is one of a type. In requests that is all that a description says; in answers, what clients rely on: they
//! take members, values of enums and branches that nobody told them of.

use clientwright::ir::{
    Api, Bound, Branch, Enum, JsonKind, Primitive, Struct, Tag, Told, Tuple, TypeKind, TypeRef, Union,
};
use serde_json::{Map, Value};

use super::{Way, bounds, goes};
use crate::spector::values::behind;

/// What is wrong with a value.
pub(super) type Fits = Result<(), String>;

/// Looks at values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit<'a> {
    api: &'a Api,
    way: Way,
}

impl<'a> Fit<'a> {
    pub(super) fn new(api: &'a Api, way: Way) -> Self {
        Self { api, way }
    }

    /// Whether a value is one of a type that keeps to bounds.
    pub(super) fn value(self, value: &Value, ty: &TypeRef, nullable: bool, of: &[Bound]) -> Fits {
        if value.is_null() {
            let may = nullable || matches!(behind(ty, self.api), TypeRef::Any);
            return if may { Ok(()) } else { Err("null is none of its values".to_owned()) };
        }
        if let Some(broken) = of.iter().find_map(|bound| bounds::broken(bound, value)) {
            return Err(broken);
        }
        let other = |wanted: &str| Err(format!("{value} is no {wanted}"));
        match behind(ty, self.api) {
            TypeRef::Any => Ok(()),
            TypeRef::TextOf(_) if value.is_string() => Ok(()),
            TypeRef::TextOf(_) => other("text"),
            TypeRef::NumberOf(_) if value.is_number() => Ok(()),
            TypeRef::NumberOf(_) => other("number"),
            TypeRef::Primitive(of) if primitive(value, *of) => Ok(()),
            TypeRef::Primitive(of) => other(&format!("{of:?}")),
            TypeRef::List(items) => match value {
                Value::Array(list) => list.iter().try_for_each(|item| self.value(item, &items.ty, items.nullable, &[])),
                _ => other("list"),
            },
            TypeRef::Map(items) => match value {
                Value::Object(map) => {
                    map.values().try_for_each(|item| self.value(item, &items.ty, items.nullable, &[]))
                }
                _ => other("map"),
            },
            TypeRef::Named(id) => match self.api.types.get(id).map(|def| &def.kind) {
                Some(TypeKind::Struct(of)) => {
                    value.as_object().map_or_else(|| other("object"), |is| self.object(is, of))
                }
                Some(TypeKind::Enum(of)) => self.listed(value, of),
                Some(TypeKind::Union(of)) => self.union(value, of),
                Some(TypeKind::Tuple(of)) => self.tuple(value, of),
                Some(TypeKind::Alias(_)) | None => Err("its type is nowhere".to_owned()),
            },
        }
    }

    fn object(self, object: &Map<String, Value>, of: &Struct) -> Fits {
        for member in &of.members {
            let goes = goes(member, self.way);
            match object.get(&member.wire) {
                Some(_) if !goes => return Err(format!("the member `{}` doesn't go this way", member.wire)),
                Some(value) => {
                    let fits = self.value(value, &member.ty, member.nullable, &member.notes.checks);
                    fits.map_err(|why| format!("`{}`: {why}", member.wire))?;
                }
                None if member.required && goes => return Err(format!("the member `{}` is missing", member.wire)),
                None => {}
            }
        }
        let unknown = object.iter().filter(|(name, _)| of.members.iter().all(|member| member.wire != **name));
        for (name, value) in unknown {
            match &of.additional {
                Some(additional) => {
                    if let TypeRef::Map(items) = behind(&additional.ty, self.api) {
                        self.value(value, &items.ty, items.nullable, &[])?;
                    }
                }
                None if self.way == Way::Sent => return Err(format!("the member `{name}` is not known")),
                None => {}
            }
        }
        Ok(())
    }

    fn tuple(self, value: &Value, of: &Tuple) -> Fits {
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        let fits = match self.way {
            Way::Sent => items.len() == of.items.len(),
            Way::Answered => items.len() >= of.items.len(),
        };
        if !fits {
            return Err(format!("{value} is no list of {} items", of.items.len()));
        }
        of.items.iter().zip(items).try_for_each(|(of, item)| self.value(item, &of.ty, of.nullable, &[]))
    }

    fn listed(self, value: &Value, of: &Enum) -> Fits {
        let text = match (value, of.kind) {
            (Value::String(text), JsonKind::String) => text.clone(),
            (Value::Number(number), JsonKind::Integer) => number.to_string(),
            _ => return Err(format!("{value} is no {}", of.kind.as_str())),
        };
        if self.way == Way::Answered || of.values.contains(&text) {
            return Ok(());
        }
        Err(format!("{value} is not listed"))
    }

    fn union(self, value: &Value, of: &Union) -> Fits {
        let mut told = of.branches.iter().filter(|branch| is_told(branch, value)).peekable();
        if told.peek().is_none() {
            let open = self.way == Way::Answered;
            return if open { Ok(()) } else { Err(format!("{value} is of no branch")) };
        }
        let mut why = Ok(());
        for branch in told {
            why = self.value(value, &branch.ty, false, &[]);
            if why.is_ok() {
                break;
            }
        }
        why
    }
}

/// Whether a branch claims a value.
fn is_told(branch: &Branch, value: &Value) -> bool {
    let is_kind = is_of_kind(value, branch.told.kind());
    is_kind
        && match &branch.told {
            Told::Tagged { member, values } => value.get(member).is_some_and(|tag| values.iter().any(|of| is(tag, of))),
            Told::Having { members } => members.iter().any(|member| value.get(member).is_some()),
            Told::Kind(_) | Told::Fitting { .. } => true,
        }
}

fn is(value: &Value, tag: &Tag) -> bool {
    match tag {
        Tag::Text(text) => value == text.as_str(),
        Tag::Boolean(of) => value == of,
        Tag::Integer(of) => value == of,
    }
}

fn is_of_kind(value: &Value, kind: JsonKind) -> bool {
    match kind {
        JsonKind::String => value.is_string(),
        JsonKind::Number => value.is_number(),
        JsonKind::Integer => value.is_i64() || value.is_u64(),
        JsonKind::Boolean => value.is_boolean(),
        JsonKind::List => value.is_array(),
        JsonKind::Object => value.is_object(),
    }
}

fn primitive(value: &Value, of: Primitive) -> bool {
    if !is_of_kind(value, of.kind()) {
        return false;
    }
    let whole = |least: i64, most: u64| {
        let fits = |value: i64| value >= least && u64::try_from(value).map_or(true, |value| value <= most);
        value.as_i64().map_or_else(|| value.as_u64().is_some_and(|value| value <= most), fits)
    };
    let text = value.as_str().unwrap_or_default();
    let digits = |of: &str, shape: &str| {
        let is_alike = |(is, wanted): (char, char)| if wanted == '0' { is.is_ascii_digit() } else { is == wanted };
        of.len() == shape.len() && of.chars().zip(shape.chars()).all(is_alike)
    };
    match of {
        Primitive::I8 => whole(i8::MIN.into(), 0x7f),
        Primitive::I16 => whole(i16::MIN.into(), 0x7fff),
        Primitive::I32 => whole(i32::MIN.into(), 0x7fff_ffff),
        Primitive::I64 => whole(i64::MIN, 0x7fff_ffff_ffff_ffff),
        Primitive::U8 => whole(0, u8::MAX.into()),
        Primitive::U16 => whole(0, u16::MAX.into()),
        Primitive::U32 => whole(0, u32::MAX.into()),
        Primitive::U64 => whole(0, u64::MAX),
        Primitive::Uuid => {
            text.len() == 36 && text.chars().all(|character| character == '-' || character.is_ascii_hexdigit())
        }
        Primitive::Date => digits(text, "0000-00-00"),
        Primitive::DateTime => text.get(..11).is_some_and(|date| digits(date, "0000-00-00T")),
        Primitive::Time => text.get(..8).is_some_and(|time| digits(time, "00:00:00")),
        Primitive::Duration => text.starts_with('P'),
        Primitive::Base64 => {
            text.len().is_multiple_of(4)
                && text.chars().all(|character| character.is_ascii_alphanumeric() || "+/=".contains(character))
        }
        Primitive::String | Primitive::Password | Primitive::Boolean | Primitive::F64 | Primitive::File => true,
    }
}
