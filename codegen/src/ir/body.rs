//! Bodies that are sent.

use super::{Docs, Noted, Style, TypeRef};
use crate::pointer::Pointer;

/// A body that is sent.
#[derive(Clone, Debug)]
pub struct Body {
    /// Where it stands.
    pub pointer: Pointer,
    /// What it holds.
    pub payload: Payload,
    /// Whether it must be given.
    pub required: bool,
    /// The media type to send, such as `application/json`.
    pub media_type: String,
    /// What else the bytes can be that the caller has: the media types and ranges of the description, where there are several
    /// or one is a range. Of JSON, what else the same can be called, and a list of changes (RFC 6902).
    pub offered: Vec<String>,
    /// What the description says of it.
    pub docs: Docs,
    /// Bounds and the like of a value that has no type with docs of its own.
    pub notes: Noted,
}

impl Body {
    /// The type of what it holds, where it has one.
    pub fn ty(&self) -> Option<&TypeRef> {
        match &self.payload {
            Payload::Json { ty, .. }
            | Payload::Lines { ty }
            | Payload::Form { ty, .. }
            | Payload::Multipart { ty, .. } => Some(ty),
            Payload::Text | Payload::Bytes | Payload::Encoded => None,
        }
    }
}

/// What a body holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// JSON.
    Json {
        /// The value.
        ty: TypeRef,
        /// Whether it may be null.
        nullable: bool,
    },
    /// Values one after another, each a line of JSON: `application/jsonl`, `application/x-ndjson`.
    Lines {
        /// The list of them.
        ty: TypeRef,
    },
    /// A form: `application/x-www-form-urlencoded` (OpenAPI 3.0.3, section 4.7.14.2).
    Form {
        /// The object.
        ty: TypeRef,
        /// The styles of members, by wire name, that are not written as members usually are: a list as a pair for each of its
        /// elements, an object as JSON.
        styles: Vec<(String, Style)>,
    },
    /// The parts of a form: `multipart/form-data` (OpenAPI 3.0.3, section 4.7.14.4).
    Multipart {
        /// The object.
        ty: TypeRef,
        /// The media types of members, by wire name, that have one of their own; that of a file goes for those that have none.
        types: Vec<(String, String)>,
        /// The media types and ranges that files may have, by wire name, where the caller has the choice.
        choices: Vec<(String, String)>,
        /// The styles of members, by wire name, that are not written as members usually are: a list as a part for each of its
        /// elements, an object as JSON.
        styles: Vec<(String, Style)>,
    },
    /// A text that the caller has.
    Text,
    /// Bytes that the caller has.
    Bytes,
    /// Bytes that the caller has, with their media type: only it says how to read them, by the boundary of their parts.
    Encoded,
}
