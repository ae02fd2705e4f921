//! Operations: what a caller can ask for.

use super::{Answer, AnswerHeader, Body, Docs, Event, Item, Parameter, Response, Sequence, ServedAt, TypeRef};
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
    /// Where the next page is, where the description says so itself.
    pub next_link: Option<NextLink>,
    /// Alternatives ("or") of scheme names that are needed together ("and"). Empty: none is needed. An empty alternative:
    /// a call without credentials is fine too.
    pub security: Vec<Vec<String>>,
}

/// What a description says of where the next page is (`x-ms-pageable`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextLink {
    /// There is none, or it isn't asked for by its address alone.
    Nowhere,
    /// At an address.
    At {
        /// The member with the address.
        member: String,
        /// The member with the items.
        items: String,
    },
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

    /// What a request asks for (RFC 9110, section 12.5.1). Where only errors have a body, that is JSON first: there are
    /// servers that write it as text otherwise.
    pub fn accept(&self) -> String {
        let media_types = self.success.media_types();
        let errors_alone = !self.errors.is_empty() && self.method != Method::Head;
        match media_types.is_empty() {
            false => media_types.join(", "),
            true if errors_alone => "application/json, */*;q=0.8".to_owned(),
            true => "*/*".to_owned(),
        }
    }

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
