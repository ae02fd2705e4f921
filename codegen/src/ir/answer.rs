//! What is answered: one value, a stream of them, or one of several by the status.

use std::fmt;

use super::{Docs, Noted, TypeRef};

/// What a success answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Nothing.
    Empty,
    /// JSON.
    Json {
        /// What it holds.
        ty: TypeRef,
        /// Whether it may be null as a whole, or not there at all.
        nullable: bool,
        /// Whether some success has no body.
        optional: bool,
        /// The media type to ask for.
        media_type: String,
    },
    /// A text.
    Text {
        /// The media types to ask for; at least one.
        media_types: Vec<String>,
    },
    /// Bytes.
    Bytes {
        /// The media types to ask for, the usual one first; at least one.
        media_types: Vec<String>,
    },
    /// A redirect, and bytes where it points to.
    Redirect,
    /// Values, one after another.
    Stream(Sequence),
    /// One of several, told apart by the status: by ascending status, a range or `default` last.
    OneOf(Vec<Case>),
}

impl Answer {
    /// The types of what is decoded.
    pub fn types(&self) -> Vec<&TypeRef> {
        match self {
            Self::Json { ty, .. } => vec![ty],
            Self::Stream(sequence) => sequence.item.types(),
            Self::OneOf(cases) => cases.iter().flat_map(|case| case.answer.types()).collect(),
            Self::Empty | Self::Text { .. } | Self::Bytes { .. } | Self::Redirect => Vec::new(),
        }
    }

    /// The media types to ask for, each once.
    pub fn media_types(&self) -> Vec<&str> {
        match self {
            Self::Empty => Vec::new(),
            Self::Json { media_type, .. } => vec![media_type],
            Self::Text { media_types } | Self::Bytes { media_types } => {
                media_types.iter().map(String::as_str).collect()
            }
            Self::Redirect => vec!["*/*"],
            Self::Stream(sequence) => vec![&sequence.media_type],
            Self::OneOf(cases) => {
                let mut all = Vec::new();
                for media_type in cases.iter().flat_map(|case| case.answer.media_types()) {
                    if !all.contains(&media_type) {
                        all.push(media_type);
                    }
                }
                all
            }
        }
    }
}

/// What a success of one status answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its status.
    pub status: Status,
    /// What it answers: nothing, JSON, a text or bytes.
    pub answer: Answer,
    /// What the description says of it.
    pub docs: Docs,
}

/// What the description says of a response (OpenAPI 3.0.3, section 4.7.17).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Response {
    /// Its status: `404`, `4XX`, `default` …
    pub status: String,
    /// Whether it is one of a success.
    pub is_success: bool,
    /// What is said of it.
    pub docs: Docs,
    /// Bounds and the like of a success's body, where that has no type with docs of its own, and an example of it.
    pub notes: Noted,
}

/// The statuses of a response (OpenAPI 3.0.3, section 4.7.16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// This one.
    Code(u16),
    /// `2XX`: every success that no code stands for.
    Success,
    /// `default`: every status that nothing else stands for.
    Default,
}

/// As the description writes it.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Success => f.write_str("2XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A header of an answer (OpenAPI 3.0.3, section 4.7.21).
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerHeader {
    /// What it is called on the wire.
    pub wire: String,
    /// What it holds.
    pub ty: TypeRef,
    /// What the description says of it.
    pub docs: Docs,
    /// Bounds and the like, for the docs.
    pub notes: Noted,
}

/// Values that an answer holds one after another, each of which is there as soon as it came (a sequential media type of OpenAPI
/// 3.2.0, section 4.14.5).
#[derive(Clone, Debug, PartialEq)]
pub struct Sequence {
    /// What each holds.
    pub item: Item,
    /// How they are told apart.
    pub format: SequenceFormat,
    /// The media type to ask for.
    pub media_type: String,
}

/// A value of a sequence.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// JSON.
    Json {
        /// What it holds.
        ty: TypeRef,
        /// Whether it may be null.
        nullable: bool,
    },
    /// A text.
    Text,
    /// The data of an event, whose name tells what it is: two names or more.
    Events(Vec<Event>),
}

impl Item {
    /// The types of what is decoded.
    pub fn types(&self) -> Vec<&TypeRef> {
        match self {
            Self::Json { ty, .. } => vec![ty],
            Self::Text => Vec::new(),
            Self::Events(events) => events.iter().flat_map(|event| event.data.types()).collect(),
        }
    }
}

/// An event that is told from others by its name (HTML, section 9.2.6).
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name; `message` is the one of events without a name, too.
    pub name: String,
    /// What its data is: JSON or a text.
    pub data: Item,
    /// What the description says of it.
    pub docs: Docs,
}

/// How the values of a sequence are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SequenceFormat {
    /// Each is the data of an event: `text/event-stream`.
    Events,
    /// A line each: `application/jsonl`, `application/x-ndjson`.
    Lines,
    /// Each behind a record separator: `application/json-seq` (RFC 7464).
    Records,
}

impl SequenceFormat {
    /// How a media type tells values apart; `None` where it isn't one of values one after another.
    pub fn of(media_type: &str) -> Option<Self> {
        let (essence, parameters) = media_type.split_once(';').unwrap_or((media_type, ""));
        // JSON is called a stream by a parameter, too: of `application/json;stream=watch` Kubernetes sends a value a line.
        let mut parameters = parameters.split(';').filter_map(|parameter| parameter.split_once('='));
        let is_watched = parameters.any(|(name, _)| name.trim().eq_ignore_ascii_case("stream"));
        match essence.trim().to_ascii_lowercase().as_str() {
            "text/event-stream" => Some(Self::Events),
            "application/jsonl" | "application/x-jsonl" | "application/json-lines" => Some(Self::Lines),
            "application/x-ndjson" | "application/ndjson" | "application/jsonlines" => Some(Self::Lines),
            "application/stream+json" => Some(Self::Lines),
            "application/json-seq" | "application/geo+json-seq" => Some(Self::Records),
            "application/json" if is_watched => Some(Self::Lines),
            _ => None,
        }
    }
}
