//! Types: what values look like on the wire.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

use super::{Docs, Noted, Preset};
use crate::pointer::Pointer;

/// Which type it is: the pointer of the schema that says it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub Pointer);

impl fmt::Debug for TypeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// A type that gets a name in Rust.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Which one it is.
    pub id: TypeId,
    /// Where a name may come from.
    pub origin: Origin,
    /// What it is.
    pub kind: TypeKind,
    /// What the description says of it (`title` is the summary).
    pub docs: Docs,
    /// Bounds and the like of another name for a value, for the docs, where no member or parameter says them.
    pub notes: Noted,
    /// Whether the description calls it deprecated.
    pub deprecated: bool,
}

/// Where a type comes from: the rungs of the ladder that names climb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A component of this name.
    Component(String),
    /// The body that an operation sends.
    RequestBody {
        /// The operation's pointer.
        operation: Pointer,
    },
    /// The body of a webhook or a callback.
    Webhook {
        /// The webhook's pointer.
        webhook: Pointer,
    },
    /// What an operation answers.
    Response {
        /// The operation's pointer (or the component response's).
        operation: Pointer,
        /// `200`, `2XX` or `default`.
        status: String,
    },
    /// A value of a sequence that an operation answers.
    Item {
        /// The operation's pointer (or the component response's).
        operation: Pointer,
        /// `200`, `2XX` or `default`.
        status: String,
    },
    /// A parameter of an operation.
    Parameter {
        /// The operation's pointer; `None` for a component parameter.
        operation: Option<Pointer>,
        /// The parameter's wire name.
        name: String,
    },
    /// A header of an operation's answers.
    Header {
        /// The operation's pointer; `None` for a component header.
        operation: Option<Pointer>,
        /// The header's name.
        name: String,
    },
    /// A part of another type.
    Part {
        /// The type that it stands in.
        parent: TypeId,
        /// Which part.
        part: Part,
    },
}

/// A part of a type that has no name of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The member of this wire name; items of lists and values of maps inside it count as the member.
    Member(String),
    /// An item of a list that is itself a named type.
    Item,
    /// A value of a map that is itself a named type.
    MapValue,
    /// The branch of a union, by its place in the list, from 0.
    Branch(usize),
    /// An item of a tuple, by its place, from 0.
    Place(usize),
}

/// What a type is.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeKind {
    /// An object with known members.
    Struct(Struct),
    /// A text or a whole number out of a list that may grow.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// A list of so many items, each with a type of its own.
    Tuple(Tuple),
    /// Another name for a type.
    Alias(TypeRef),
}

/// An object with known members (OpenAPI 3.0.3, section 4.7.24).
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// The members: required first, `id` before the others, then by wire name.
    pub members: Vec<Member>,
    /// What holds all other members, where they are to be kept.
    pub additional: Option<Additional>,
}

/// The members of an object beyond the known ones (OpenAPI 3.0.3, section 4.7.24.1: `additionalProperties`).
#[derive(Clone, Debug, PartialEq)]
pub struct Additional {
    /// Where their schema stands, or where it is said that there may be such members.
    pub pointer: Pointer,
    /// What holds them: a map.
    pub ty: TypeRef,
    /// What the description says of each.
    pub notes: Noted,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Where it stands.
    pub pointer: Pointer,
    /// What it is called on the wire.
    pub wire: String,
    /// What it holds.
    pub ty: TypeRef,
    /// Whether it must be there wherever the type is: never for one that goes one way in a type that goes both.
    pub required: bool,
    /// Whether the description requires it, of those that it goes to, and the type is also there for others.
    pub excused: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// What the description says of it.
    pub docs: Docs,
    /// Bounds and defaults, for the docs.
    pub notes: Noted,
    /// Whether the description calls it deprecated.
    pub deprecated: bool,
    /// Which way it goes.
    pub access: Access,
    /// What a required one is unless it is given.
    pub preset: Option<Preset>,
}

impl Member {
    /// Whether the description requires it, wherever it goes.
    pub fn is_demanded(&self) -> bool {
        self.required || self.excused
    }
}

/// Which way a member goes (OpenAPI 3.0.3, section 4.7.24.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// Requests and answers.
    #[default]
    Both,
    /// `readOnly`: answers alone; it is not sent.
    ReadOnly,
    /// `writeOnly`: requests alone; it is not answered.
    WriteOnly,
}

/// Texts or whole numbers out of a list. It is always open: a value that the list does not have is kept as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// What all values are: texts, or integers of 64 bits.
    pub kind: JsonKind,
    /// The values, distinct, in the description's order; numbers as JSON's digits.
    pub values: Vec<String>,
    /// Whether the description takes any other value just as well, and lists these as those that are known.
    pub takes_others: bool,
    /// What the description calls single values.
    pub names: BTreeMap<String, String>,
    /// What it says of them.
    pub words: BTreeMap<String, Docs>,
}

/// A list whose length is known, and whose items have a schema each, by their places (`prefixItems`; JSON Schema 2020-12,
/// section 10.3.1.1).
#[derive(Clone, Debug, PartialEq)]
pub struct Tuple {
    /// The items, in order, at least two.
    pub items: Vec<TupleItem>,
}

impl Tuple {
    /// `first` for 0, and so on, as far as tuples go.
    pub fn ordinal(index: usize) -> &'static str {
        const WORDS: [&str; 12] = [
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
            "twelfth",
        ];
        WORDS.get(index).copied().unwrap_or("last")
    }
}

/// An item of a tuple.
#[derive(Clone, Debug, PartialEq)]
pub struct TupleItem {
    /// Where its schema stands.
    pub pointer: Pointer,
    /// What it holds.
    pub ty: TypeRef,
    /// Whether it may be null.
    pub nullable: bool,
    /// What the description says of it.
    pub docs: Docs,
    /// Bounds and the like, for the docs.
    pub notes: Noted,
}

/// One of several types. Each value belongs to at most one branch, which a look at it tells, or a trial.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The branches, in the description's order, but for those that are tried, which have an order of their own; what tells
    /// one apart tells no other, but for these.
    pub branches: Vec<Branch>,
}

impl Union {
    /// The branch that an anonymous type is the value of, or an item of the value.
    pub fn branch_of(&self, id: &TypeId) -> Option<&Branch> {
        self.branches.iter().find(|branch| {
            let mut ty = &branch.ty;
            while let TypeRef::List(items) | TypeRef::Map(items) = ty {
                ty = &items.ty;
            }
            matches!(ty, TypeRef::Named(named) if named == id)
        })
    }
}

/// One of a union's types.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// Where it stands.
    pub pointer: Pointer,
    /// What tells it apart.
    pub told: Told,
    /// The type.
    pub ty: TypeRef,
    /// What the description says of it, where the type has no docs of its own.
    pub docs: Docs,
    /// Bounds and the like, for the docs, where the type doesn't have them.
    pub notes: Noted,
}

/// What tells a branch of a union apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Told {
    /// Its JSON type. Of several branches that are objects, it is the one for objects that no other claims.
    Kind(JsonKind),
    /// A member of the object that has one of these values.
    Tagged {
        /// The member's wire name.
        member: String,
        /// The values, distinct, at least one.
        values: Vec<Tag>,
    },
    /// A member of the object that no other branch has.
    Having {
        /// Wire names of members of which one is enough, at least one.
        members: Vec<String>,
    },
    /// That it fits best: of several branches for values of a JSON type that nothing else claims, it is the one that reads
    /// the value and leaves the fewest members of it over, the first among equals.
    Fitting {
        /// The JSON type, a list or an object.
        kind: JsonKind,
        /// A member and its values, at least one: with one of these the branch comes before others, with another it is none.
        listed: Option<(String, Vec<Tag>)>,
        /// Whether the branch is none where it leaves a member over: it is closed, and the whole value is another branch.
        whole: bool,
    },
}

impl Told {
    /// The JSON type of the branch.
    pub fn kind(&self) -> JsonKind {
        match self {
            Self::Kind(kind) | Self::Fitting { kind, .. } => *kind,
            Self::Tagged { .. } | Self::Having { .. } => JsonKind::Object,
        }
    }
}

/// The value of a member that tells a branch apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// A text.
    Text(String),
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
}

impl Tag {
    /// Whether this is more than one word: for people, and maybe said in other words one day.
    pub fn is_sentence(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().contains(' '))
    }
}

impl fmt::Display for Tag {
    /// A text as it is, everything else as JSON has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
        }
    }
}

/// JSON's types, integers apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonKind {
    /// A text.
    String,
    /// A number, with or without a fraction.
    Number,
    /// A number without a fraction.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A list.
    List,
    /// An object.
    Object,
}

impl JsonKind {
    /// `string`, `number`, `integer`, `boolean`, `list` or `object`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::List => "list",
            Self::Object => "object",
        }
    }
}

/// A use of a type.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeRef {
    /// A type with a name.
    Named(TypeId),
    /// A list.
    List(Box<Items>),
    /// A map from texts.
    Map(Box<Items>),
    /// A value without parts.
    Primitive(Primitive),
    /// A text that stands for a value of a type that was chosen by hand: the path of that.
    TextOf(String),
    /// A number that does.
    NumberOf(String),
    /// Any JSON value.
    Any,
}

/// What a list or a map holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Items {
    /// The type.
    pub ty: TypeRef,
    /// Whether each may be null.
    pub nullable: bool,
}

/// A value without parts. What a text or a number stands for is said by its `format`, which annotates and asserts nothing
/// (OpenAPI 3.0.3, section 4.4; the formats of the OpenAPI format registry).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Primitive {
    /// A text.
    String,
    /// A text with `format: date-time` (RFC 3339, section 5.6).
    DateTime,
    /// A text with `format: date` (RFC 3339, section 5.6).
    Date,
    /// A text with `format: time` (RFC 3339, section 5.6).
    Time,
    /// A text with `format: duration` (RFC 3339, appendix A).
    Duration,
    /// A text with `format: uuid` (RFC 9562).
    Uuid,
    /// A text with `format: byte`: bytes as base64 (RFC 4648).
    Base64,
    /// A text with `format: password`, which is not shown.
    Password,
    /// `true` or `false`.
    Boolean,
    /// `type: integer` with `format: int8`.
    I8,
    /// `type: integer` with `format: int16`.
    I16,
    /// `type: integer` with `format: int32`.
    I32,
    /// `type: integer`.
    I64,
    /// `type: integer` with `format: uint8`.
    U8,
    /// `type: integer` with `format: uint16`.
    U16,
    /// `type: integer` with `format: uint32`.
    U32,
    /// `type: integer` with `format: uint64`, or with bounds that no `int64` has room for.
    U64,
    /// `type: number`.
    F64,
    /// A file: bytes with a name and a media type, as a part of a form (OpenAPI 3.0.3, section 4.7.14.1).
    File,
}

impl Primitive {
    /// The whole numbers that there are of it; `None` of what is no `integer`.
    pub fn range(self) -> Option<RangeInclusive<i128>> {
        let (least, most): (i128, i128) = match self {
            Self::I8 => (i8::MIN.into(), i8::MAX.into()),
            Self::I16 => (i16::MIN.into(), i16::MAX.into()),
            Self::I32 => (i32::MIN.into(), i32::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
            Self::U8 => (0, u8::MAX.into()),
            Self::U16 => (0, u16::MAX.into()),
            Self::U32 => (0, u32::MAX.into()),
            Self::U64 => (0, u64::MAX.into()),
            _ => return None,
        };
        Some(least..=most)
    }

    /// The JSON type of the value; a file counts as a text.
    pub fn kind(self) -> JsonKind {
        match self {
            Self::String
            | Self::DateTime
            | Self::Date
            | Self::Time
            | Self::Duration
            | Self::Uuid
            | Self::Base64
            | Self::Password
            | Self::File => JsonKind::String,
            Self::Boolean => JsonKind::Boolean,
            Self::I8 | Self::I16 | Self::I32 | Self::I64 | Self::U8 | Self::U16 | Self::U32 | Self::U64 => {
                JsonKind::Integer
            }
            Self::F64 => JsonKind::Number,
        }
    }

    /// Whether it is a text that may be any text, whatever its format says.
    pub fn is_text(self) -> bool {
        self.kind() == JsonKind::String && self != Self::File
    }
}
