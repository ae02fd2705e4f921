//! Parameters: where they go, and how their values are written.

use std::borrow::Cow;

use super::{Docs, Noted, TypeRef};
use crate::pointer::Pointer;

/// A parameter (OpenAPI 3.0.3, section 4.7.12).
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Where it stands.
    pub pointer: Pointer,
    /// What it is called on the wire.
    pub wire: String,
    /// Where it goes.
    pub location: Location,
    /// Whether requests must have it.
    pub required: bool,
    /// What is sent for a required one that isn't given.
    pub preset: Option<Preset>,
    /// What it holds.
    pub ty: TypeRef,
    /// How it is written.
    pub style: Style,
    /// What the description says of it.
    pub docs: Docs,
    /// Bounds and defaults, for the docs.
    pub notes: Noted,
    /// Whether the description calls it deprecated.
    pub deprecated: bool,
}

impl Parameter {
    /// Whether callers have to give it.
    pub fn is_argument(&self) -> bool {
        self.required && self.preset.is_none()
    }
}

/// A plain value.
#[derive(Clone, Debug, PartialEq)]
pub enum Preset {
    /// A text, or an enum's value that is one.
    Text(String),
    /// A whole number of 64 bits, or an enum's value that is one.
    Integer(i128),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
}

impl Preset {
    /// How an enum lists the value; `None` for what no enum has.
    pub fn label(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => Some(text.into()),
            Self::Integer(whole) => Some(whole.to_string().into()),
            Self::Number(_) | Self::Boolean(_) => None,
        }
    }
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

impl Location {
    /// What the description calls it: `path`, `query`, `header` or `cookie`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a parameter is written (OpenAPI 3.0.3, section 4.7.12.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The style.
    pub kind: StyleKind,
    /// Whether each element of a list, and each member of an object, stands by itself.
    pub explode: bool,
    /// Whether reserved characters are not percent-encoded (`allowReserved`), in queries and paths.
    pub reserved: bool,
    /// Whether the value is all of the query, which has no name for it (`in: querystring`, OpenAPI 3.2.0, section 4.12.1).
    pub whole: bool,
}

impl Style {
    /// What a parameter has that says nothing of it.
    pub fn usual(location: Location) -> Self {
        match location {
            Location::Path | Location::Header => StyleKind::Simple.into(),
            Location::Query | Location::Cookie => StyleKind::Form.into(),
        }
    }
}

/// With its usual `explode`.
impl From<StyleKind> for Style {
    fn from(kind: StyleKind) -> Self {
        let explode = matches!(kind, StyleKind::Form | StyleKind::DeepObject | StyleKind::Cookie);
        Self { kind, explode, reserved: false, whole: false }
    }
}

/// A style of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StyleKind {
    /// `simple`, in paths and headers.
    Simple,
    /// `label`, in paths.
    Label,
    /// `matrix`, in paths.
    Matrix,
    /// `form`, in queries and cookies.
    Form,
    /// `spaceDelimited`, in queries.
    SpaceDelimited,
    /// `pipeDelimited`, in queries.
    PipeDelimited,
    /// `deepObject`, in queries; always exploded.
    DeepObject,
    /// `cookie`, in cookies (OpenAPI 3.2).
    Cookie,
    /// The JSON text of the value: a parameter with `content`.
    Json,
}
