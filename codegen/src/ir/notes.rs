//! What a description says about values beyond their types.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use super::{Bound, Docs};

/// What the description says about a value beyond its type. All but the checks goes into docs alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes {
    /// Whether the description calls it deprecated, where nothing else in Rust is to be called so.
    pub deprecated: bool,
    /// `format`, where it did not choose the type.
    pub format: Option<String>,
    /// The media type of what a text holds.
    pub media_type: Option<String>,
    /// What the schema of what a text of this media type holds is called (`contentSchema`).
    pub content: Option<String>,
    /// The least value, as written.
    pub minimum: Option<String>,
    /// The greatest value, as written.
    pub maximum: Option<String>,
    /// Whether the least value itself is excluded.
    pub exclusive_minimum: bool,
    /// Whether the greatest value itself is excluded.
    pub exclusive_maximum: bool,
    /// What the value is a multiple of, as written.
    pub multiple_of: Option<String>,
    /// Whether no two items are equal.
    pub unique_items: bool,
    /// The least length (characters), items or members.
    pub min_length: Option<u64>,
    /// The greatest length (characters), items or members.
    pub max_length: Option<u64>,
    /// Regular expressions, as written: more than one where several schemas hold at once.
    pub patterns: Vec<String>,
    /// The names that members of a map can have, where they are listed; a few.
    pub keys: Vec<String>,
    /// Regular expressions of these names, as written.
    pub key_patterns: Vec<String>,
    /// The default, as JSON text.
    pub default: Option<String>,
    /// An example, as JSON text; a short one.
    pub example: Option<String>,
    /// The only values that are allowed, as JSON texts, where no enum has them.
    pub values: Vec<String>,
    /// What is checked before the value is sent; empty unless the configuration asks for it.
    pub checks: Vec<Bound>,
    /// What is said of what the value holds.
    pub each: Option<Box<Each>>,
    /// What is said of values of one type that are of one schema or another: of each of these, without those that say
    /// nothing.
    pub either: Vec<Either>,
    /// Whether there are schemas beside these that say nothing, or say it elsewhere.
    pub or_another: bool,
    /// Whether there are values beside these that an enum lists, of which nothing is said.
    pub or_listed: bool,
    /// Whether a part that is a file may be another value in its place.
    pub or_value: bool,
}

/// What the description says of values that are of one schema out of several.
#[derive(Clone, Debug, PartialEq)]
pub struct Either {
    /// The description's words.
    pub docs: Docs,
    /// What it says beyond the type.
    pub notes: Notes,
}

/// What the description says of each item of a list, or each value of a map, where that has no type with docs of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Each {
    /// What it is.
    pub held: Held,
    /// The description's words.
    pub docs: Docs,
    /// What it says beyond the type.
    pub notes: Notes,
}

/// What [`Notes`] say of a value itself, but for examples and prose.
type OwnBounds<'a> = ([Option<&'a str>; 6], [bool; 4], [Option<u64>; 2], [&'a [String]; 4], &'a [Bound]);

/// The same of a value and of what it holds.
type WithInside<'a> = (OwnBounds<'a>, Vec<OwnBounds<'a>>);

/// The same of a value; then of each schema that it can be of, and whether it can be of others.
pub type Bounds<'a> = (WithInside<'a>, Vec<WithInside<'a>>, bool);

/// What is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// An item of a list.
    Item,
    /// A value of a map.
    Value,
}

impl Notes {
    /// What is said of what the value holds, of what that holds, and so on.
    pub fn inside(&self) -> impl Iterator<Item = &Each> {
        std::iter::successors(self.each.as_deref(), |each| each.notes.each.as_deref())
    }

    /// What is said of values, without examples and prose: what must be equal where one type stands for two.
    pub fn bounds(&self) -> Bounds<'_> {
        let either = self.either.iter().map(|either| either.notes.with_inside());
        (self.with_inside(), either.collect(), self.or_another || self.or_listed)
    }

    fn with_inside(&self) -> WithInside<'_> {
        (self.own_bounds(), self.inside().map(|each| each.notes.own_bounds()).collect())
    }

    fn own_bounds(&self) -> OwnBounds<'_> {
        let Self { format, media_type, minimum, maximum, multiple_of, patterns, .. } = self;
        let Self { keys, key_patterns, default, values, checks, .. } = self;
        (
            [format, media_type, minimum, maximum, multiple_of, default].map(Option::as_deref),
            [self.exclusive_minimum, self.exclusive_maximum, self.unique_items, self.deprecated],
            [self.min_length, self.max_length],
            [patterns, keys, key_patterns, values],
            checks,
        )
    }

    /// These, and what `other` says where they say nothing.
    pub fn or(self, other: Self) -> Self {
        let least = if self.minimum.is_some() { self.exclusive_minimum } else { other.exclusive_minimum };
        let most = if self.maximum.is_some() { self.exclusive_maximum } else { other.exclusive_maximum };
        Self {
            deprecated: self.deprecated || other.deprecated,
            format: self.format.or(other.format),
            media_type: self.media_type.or(other.media_type),
            content: self.content.or(other.content),
            minimum: self.minimum.or(other.minimum),
            maximum: self.maximum.or(other.maximum),
            exclusive_minimum: least,
            exclusive_maximum: most,
            multiple_of: self.multiple_of.or(other.multiple_of),
            unique_items: self.unique_items || other.unique_items,
            min_length: self.min_length.or(other.min_length),
            max_length: self.max_length.or(other.max_length),
            patterns: if self.patterns.is_empty() { other.patterns } else { self.patterns },
            keys: if self.keys.is_empty() { other.keys } else { self.keys },
            key_patterns: if self.key_patterns.is_empty() { other.key_patterns } else { self.key_patterns },
            default: self.default.or(other.default),
            example: self.example.or(other.example),
            values: if self.values.is_empty() { other.values } else { self.values },
            checks: if self.checks.is_empty() { other.checks } else { self.checks },
            each: self.each.or(other.each),
            or_value: self.or_value || other.or_value,
            or_listed: if self.either.is_empty() { other.or_listed } else { self.or_listed },
            or_another: if self.either.is_empty() { other.or_another } else { self.or_another },
            either: if self.either.is_empty() { other.either } else { self.either },
        }
    }

    /// Takes away the formats, of the value and of what it holds, where the type says them, and the media types of texts with
    /// them.
    pub fn forget_formats(&mut self) {
        let mut next = Some(self);
        while let Some(notes) = next {
            notes.format = None;
            notes.media_type = None;
            notes.content = None;
            next = notes.each.as_deref_mut().map(|each| &mut each.notes);
        }
    }
}

impl Held {
    /// `item` or `value`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Value => "value",
        }
    }
}

/// [`Notes`], which most values have none of and large descriptions have tens of thousands of: they read as notes, and take
/// no room where there are none.
#[derive(Clone, Default)]
pub struct Noted(Option<Box<Notes>>);

impl Deref for Noted {
    type Target = Notes;

    fn deref(&self) -> &Notes {
        static NONE: LazyLock<Notes> = LazyLock::new(Notes::default);
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for Noted {
    fn deref_mut(&mut self) -> &mut Notes {
        self.0.get_or_insert_default()
    }
}

impl From<Notes> for Noted {
    fn from(notes: Notes) -> Self {
        Self((notes != Notes::default()).then(|| Box::new(notes)))
    }
}

impl PartialEq for Noted {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Noted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
