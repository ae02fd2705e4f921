//! What a grammar of documents is made of: kinds of objects, their members, and the shapes of values. The tables that are
//! written in it say what the specification says and nothing else; [`read`](super::read) walks a document with one.

use super::version::Version;

/// A kind of object.
#[derive(Debug)]
pub(super) struct Kind {
    /// What messages call one: `a parameter`.
    pub(super) name: &'static str,
    /// The section of the specification that describes it.
    pub(super) section: &'static str,
    /// The members with fixed names.
    pub(super) members: &'static [Member],
    /// What the members with other names are; `None` when there may be none but extensions.
    pub(super) patterned: Option<Patterned>,
    /// Where objects of this kind are collected in the canonical form; `None` for those that stay where they are.
    pub(super) section_of: Option<Section>,
    /// The version from which on a reference may stand for one, where not all have that.
    pub(super) referable: Option<Version>,
}

/// The members of an object whose names follow a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patterned {
    /// What the names are.
    pub(super) keys: Keys,
    /// What the values are.
    pub(super) shape: Shape,
}

/// The names of patterned members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keys {
    /// Paths that begin with `/`.
    Path,
    /// Status codes, ranges of them, and nothing else.
    Status,
    /// Anything but extensions.
    Any,
}

/// A member of a kind of object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    /// Its name.
    pub(super) name: &'static str,
    /// What its value is.
    pub(super) shape: Shape,
    /// Whether it must be there.
    pub(super) need: Need,
    /// Whether a value of a wrong shape is ignored, with a warning: it documents or restricts only.
    pub(super) lenient: bool,
    /// The first version of the specification that knows it.
    pub(super) since: Version,
    /// The first version in which it may be missing, if that changed.
    pub(super) optional_since: Option<Version>,
    /// Whether it is read in older versions too, with a warning: whoever writes it there means what it means later.
    pub(super) meant_before: bool,
    /// Whether it is part of the canonical form. What is not is checked all the same, and read from the tree by whoever
    /// needs it.
    pub(super) kept: bool,
}

/// Whether a member must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// It may be missing.
    May,
    /// It must be there, but a text or an object that is missing can be taken as empty.
    Should,
    /// There is no reading without it.
    Must,
}

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// A text.
    Text,
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// A boolean.
    Boolean,
    /// An integer of at least 0.
    Count,
    /// A number.
    Number,
    /// Anything; what is inside is data.
    Any,
    /// A list.
    List(&'static Shape),
    /// A mapping from names that the description chooses.
    Map(&'static Shape),
    /// An object of a kind.
    Object(&'static Kind),
    /// An object of a kind, or a reference to one.
    RefOr(&'static Kind),
    /// A boolean or something else.
    BooleanOr(&'static Shape),
}

/// Where the canonical form collects objects, each under its own pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Schemas,
    Parameters,
    Responses,
    RequestBodies,
    Headers,
    SecuritySchemes,
    PathItems,
    Operations,
    Callbacks,
}

pub(super) const fn may(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        shape,
        need: Need::May,
        lenient: false,
        since: Version::V3_0,
        optional_since: None,
        meant_before: false,
        kept: true,
    }
}

pub(super) const fn should(name: &'static str, shape: Shape) -> Member {
    Member { need: Need::Should, ..may(name, shape) }
}

pub(super) const fn must(name: &'static str, shape: Shape) -> Member {
    Member { need: Need::Must, ..may(name, shape) }
}

impl Member {
    /// A wrong value is ignored with a warning.
    pub(super) const fn lenient(self) -> Self {
        Self { lenient: true, ..self }
    }

    /// Unknown to versions before this one.
    pub(super) const fn since(self, since: Version) -> Self {
        Self { since, ..self }
    }

    /// Read in the versions before too.
    pub(super) const fn meant_before(self) -> Self {
        Self { meant_before: true, ..self }
    }

    /// Need not be there from this version on.
    pub(super) const fn optional_since(self, version: Version) -> Self {
        Self { optional_since: Some(version), ..self }
    }

    /// What is asked of it in a version.
    pub(super) fn need_in(&self, version: Version) -> Need {
        match self.optional_since {
            Some(since) if version >= since => Need::May,
            _ if version < self.since => Need::May,
            _ => self.need,
        }
    }

    /// Not part of the canonical form where it stands: collected elsewhere, or read in another way.
    pub(super) const fn unkept(self) -> Self {
        Self { kept: false, ..self }
    }

    /// Not part of the canonical form, and a wrong value is ignored with a warning.
    pub(super) const fn beside(self) -> Self {
        Self { lenient: true, kept: false, ..self }
    }
}

impl Kind {
    /// The member of this name.
    pub(super) fn member(&self, name: &str) -> Option<&'static Member> {
        self.members.iter().find(|member| member.name == name)
    }
}

impl Shape {
    /// What it is, for messages: `a text`, `a list` and so on.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Text | Self::Choice(_) => "a text".to_owned(),
            Self::Boolean => "a boolean".to_owned(),
            Self::Count => "an integer of at least 0".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Any => "anything".to_owned(),
            Self::List(_) => "a list".to_owned(),
            Self::Map(_) | Self::Object(_) => "a mapping".to_owned(),
            Self::RefOr(kind) => format!("{} (a mapping)", kind.name),
            Self::BooleanOr(other) => format!("a boolean or {}", other.describe()),
        }
    }
}
