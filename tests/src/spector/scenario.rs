//! The scenarios: what is asked of a server, and what it answers.

use serde_json::{Map, Value};

/// A scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The folder of its spec: `type/array`.
    pub spec: String,
    /// Its name: `Type_Array_Int32Value_get`.
    pub name: String,
    /// The calls, in order.
    pub calls: Vec<Call>,
}

/// A call: what the mock API checks, and what it answers.
#[derive(Clone, Debug)]
pub struct Call {
    /// The path.
    pub path: String,
    /// The method, in capitals.
    pub method: String,
    /// The query: texts, or lists of such.
    pub query: Map<String, Value>,
    /// The headers, by their names in lower case.
    pub headers: Map<String, Value>,
    /// The body.
    pub body: Option<Content>,
    /// The status of the answer.
    pub status: u16,
    /// The headers of the answer.
    pub answer_headers: Map<String, Value>,
    /// The body of the answer.
    pub answer: Option<Content>,
}

/// A body.
#[derive(Clone, Debug)]
pub struct Content {
    /// The media type.
    pub media_type: String,
    /// The bytes, as text or as base64; those of a form are in `parts` and `files`.
    pub data: Data,
    /// The text that a JSON text holds.
    pub plain: Option<String>,
    /// The parts of a form that are values.
    pub parts: Map<String, Value>,
    /// The parts of a form that are files.
    pub files: Vec<File>,
}

/// Bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// That are text.
    Text(String),
    /// As base64.
    Base64(String),
}

/// A file in a form.
#[derive(Clone, Debug)]
pub struct File {
    /// The part's name.
    pub part: String,
    /// The file's name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub data: Data,
}

impl Scenario {
    /// Reads what `dump.mjs` writes.
    pub fn read(value: &Value) -> Self {
        Self {
            spec: text(&value["spec"]),
            name: text(&value["name"]),
            calls: value["calls"].as_array().into_iter().flatten().map(Call::read).collect(),
        }
    }
}

impl Scenario {
    /// Whether a body is XML.
    pub fn is_xml(&self) -> bool {
        let bodies = self.calls.iter().flat_map(|call| [&call.body, &call.answer]).flatten();
        bodies.into_iter().any(|body| body.media_type.ends_with("xml"))
    }
}

impl Call {
    fn read(value: &Value) -> Self {
        let answer = &value["answer"];
        Self {
            // A colon that is none of the server's parameters is escaped there.
            path: text(&value["uri"]).replace("\\:", ":"),
            method: text(&value["method"]).to_ascii_uppercase(),
            query: map(&value["query"]),
            headers: map(&value["headers"]).into_iter().map(|(name, of)| (name.to_ascii_lowercase(), of)).collect(),
            body: Content::read(&value["body"]),
            status: answer["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or_default(),
            answer_headers: map(&answer["headers"]),
            answer: Content::read(&answer["body"]),
        }
    }
}

impl Content {
    fn read(value: &Value) -> Option<Self> {
        value.is_object().then(|| Self {
            media_type: text(&value["type"]),
            data: Data::read(value),
            plain: value["plain"].as_str().map(str::to_owned),
            parts: map(&value["parts"]),
            files: value["files"].as_array().into_iter().flatten().map(File::read).collect(),
        })
    }

    /// A body that nobody looks at.
    pub fn empty_object() -> Self {
        let (media_type, data) = ("application/json".to_owned(), Data::Text("{}".to_owned()));
        Self { media_type, data, plain: None, parts: Map::new(), files: Vec::new() }
    }

    /// The JSON that it is.
    pub fn json(&self) -> Option<Value> {
        match &self.data {
            Data::Text(text) => serde_json::from_str(text).ok(),
            Data::Base64(_) => None,
        }
    }
}

impl Data {
    fn read(value: &Value) -> Self {
        match value["base64"].as_str() {
            Some(base64) => Self::Base64(base64.to_owned()),
            None => Self::Text(text(&value["text"])),
        }
    }
}

impl File {
    fn read(value: &Value) -> Self {
        Self {
            part: text(&value["name"]),
            name: text(&value["file"]),
            media_type: text(&value["type"]),
            data: Data::read(value),
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn map(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}
