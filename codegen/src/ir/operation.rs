//! Operations: what a caller can ask for.

use std::fmt;

use super::{Docs, Noted, ServedAt, TypeRef};
use crate::pointer::Pointer;

/// An operation (OpenAPI 3.0.3, section 4.7.10).
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it stands.
    pub pointer: Pointer,
    /// `operationId`, where there is one.
    pub id: Option<String>,
    /// The HTTP method.
    pub method: Method,
    /// The path as the description writes it, such as `/pets/{id}`: it may have a query and a fragment.
    pub path: String,
    /// The path template that requests go to: `path` without these.
    pub template: String,
    /// The query that each request has, by the path.
    pub query: Vec<(String, String)>,
    /// Where it is served, if that is elsewhere than the rest.
    pub server: Option<ServedAt>,
    /// Its tags, in order.
    pub tags: Vec<String>,
    /// What the description says of it.
    pub docs: Docs,
    /// Whether the description calls it deprecated.
    pub deprecated: bool,
    /// Those that have to be given first: path parameters in the order of the template, then by wire name.
    pub parameters: Vec<Parameter>,
    /// The body that it sends, if any.
    pub body: Option<Body>,
    /// What a success answers.
    pub success: Answer,
    /// What a success answers value by value, where it can do so beside [`success`](Self::success).
    pub stream: Option<Sequence>,
    /// The headers of successes, by their names in lower case.
    pub headers: Vec<AnswerHeader>,
    /// What errors answer, by `4XX`, `404`, `default` …; those that have a JSON schema.
    pub errors: Vec<(String, TypeRef)>,
    /// What the description says of its responses, by status.
    pub responses: Vec<Response>,
    /// Whether a success comes with links to other pages: it has the header `Link` (RFC 8288).
    pub has_links: bool,
    /// Alternatives ("or") of scheme names that are needed together ("and"). Empty: none is needed. An empty alternative:
    /// a call without credentials is fine too.
    pub security: Vec<Vec<String>>,
}

impl Operation {
    /// The types of what it answers, successes and errors alike, their headers included.
    pub fn answered(&self) -> impl Iterator<Item = &TypeRef> {
        let headers = self.headers.iter().map(|header| &header.ty);
        self.successes().chain(self.errors.iter().map(|(_, ty)| ty)).chain(headers)
    }

    /// The types of what its successes answer.
    pub fn successes(&self) -> impl Iterator<Item = &TypeRef> {
        self.success.types().into_iter().chain(self.stream.iter().flat_map(|stream| stream.item.types()))
    }
}

/// An HTTP method.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    /// Safe and idempotent as `GET`, with a body (OpenAPI 3.2.0, section 4.9).
    Query,
    /// Another one, as it is sent.
    Other(String),
}

impl Method {
    /// As HTTP writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
            Self::Other(name) => name,
        }
    }
}

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
    /// A whole number, or an enum's value that is one: its digits.
    Integer(String),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
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
    /// Whether reserved characters are not percent-encoded (`allowReserved`); in queries only.
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

impl Operation {
    /// What it answers value by value, be it beside another answer.
    pub fn sequence(&self) -> Option<&Sequence> {
        match &self.success {
            Answer::Stream(sequence) => Some(sequence),
            _ => self.stream.as_ref(),
        }
    }

    /// The events that a stream of this operation tells apart by their names; none where it doesn't.
    pub fn events(&self) -> &[Event] {
        match self.sequence().map(|sequence| &sequence.item) {
            Some(Item::Events(events)) => events,
            _ => &[],
        }
    }
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
