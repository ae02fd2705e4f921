//! What was chosen by hand: types for values without parts, over those that the description speaks of, one of several
//! bodies, and streams.

use std::collections::BTreeMap;

use crate::formats::usual_format;

use super::{JsonKind, Primitive, TypeRef};

/// A type that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// One that every client knows.
    Primitive(Primitive),
    /// The type at this path, for which a text or a number stands.
    Path(String),
}

impl Choice {
    /// The choice of a word: the name of a format, `string`, or a path with `::` in it.
    pub fn of(word: &str) -> Option<Self> {
        match Primitive::called(word) {
            Some(primitive) => Some(Self::Primitive(primitive)),
            None => word.contains("::").then(|| Self::Path(word.to_owned())),
        }
    }

    /// The JSON types of the values that it can be chosen for.
    pub fn kinds(&self) -> Vec<JsonKind> {
        match self {
            Self::Primitive(primitive) => vec![primitive.kind()],
            Self::Path(_) => vec![JsonKind::String, JsonKind::Number, JsonKind::Integer],
        }
    }

    /// The type, for values of this JSON type.
    pub fn ty(&self, kind: JsonKind) -> TypeRef {
        match (self, kind) {
            (Self::Primitive(primitive), _) => TypeRef::Primitive(*primitive),
            (Self::Path(path), JsonKind::Number | JsonKind::Integer) => TypeRef::NumberOf(path.clone()),
            (Self::Path(path), _) => TypeRef::TextOf(path.clone()),
        }
    }
}

/// What was chosen by hand before a description is lowered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The types of formats, by `format`.
    pub formats: BTreeMap<String, Choice>,
    /// The media types of request bodies, by the `operationId` of their operation, its method and path (`POST /pets`), or its
    /// pointer.
    pub bodies: BTreeMap<String, String>,
    /// What operations answer value by value, by the same keys.
    pub streams: BTreeMap<String, StreamChoice>,
}

/// What an operation answers value by value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamChoice {
    /// The media type to ask for, which says how values are told apart.
    pub media_type: String,
    /// The schema of each value, or of each event or its data: the name of a component, or a pointer. Without it, nothing is
    /// said of values.
    pub item: Option<String>,
}

/// Every primitive that a word stands for: a format of the OpenAPI format registry, and the types without one.
static WORDS: &[(&str, Primitive)] = &[
    ("string", Primitive::String),
    ("date-time", Primitive::DateTime),
    ("date", Primitive::Date),
    ("time", Primitive::Time),
    ("duration", Primitive::Duration),
    ("uuid", Primitive::Uuid),
    ("byte", Primitive::Base64),
    ("password", Primitive::Password),
    ("boolean", Primitive::Boolean),
    ("int8", Primitive::I8),
    ("int16", Primitive::I16),
    ("int32", Primitive::I32),
    ("int64", Primitive::I64),
    ("uint8", Primitive::U8),
    ("uint16", Primitive::U16),
    ("uint32", Primitive::U32),
    ("uint64", Primitive::U64),
    // What some write for the widest.
    ("uint", Primitive::U64),
    ("double", Primitive::F64),
];

impl Primitive {
    /// The primitive that a word stands for.
    pub fn called(word: &str) -> Option<Self> {
        let usual = usual_format(word);
        WORDS.iter().find(|(known, _)| *known == usual).map(|(_, primitive)| *primitive)
    }

    /// All words that stand for a primitive.
    pub fn words() -> impl Iterator<Item = &'static str> {
        WORDS.iter().map(|(word, _)| *word)
    }

    /// The word that stands for it; a file has none.
    pub fn word(self) -> Option<&'static str> {
        WORDS.iter().find(|(_, primitive)| *primitive == self).map(|(word, _)| *word)
    }
}
