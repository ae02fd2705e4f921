//! The API as clientwright sees it: types and operations with their wire names. It speaks of the API, not of OpenAPI and
//! not of Rust, and every node carries the pointer it came from.
//!
//! Everything is in a canonical order, so that the order of the description's mappings changes nothing: types by
//! pointer, members required first, `id` before the others, then by wire name; operations by path and method.

mod answer;
mod body;
mod bound;
mod choice;
#[cfg(test)]
pub(crate) mod dump;
mod notes;
mod operation;
mod parameter;
#[cfg(test)]
pub(crate) mod testing;
mod types;
mod webhook;

pub use answer::*;
pub use body::*;
pub use bound::*;
pub use choice::*;
pub use notes::*;
pub use operation::*;
pub use parameter::*;
pub use types::*;
pub use webhook::*;

use std::collections::BTreeMap;

use crate::pointer::Pointer;

/// A whole API.
#[derive(Clone, Debug)]
pub struct Api {
    /// What the API is called, and its own words about itself.
    pub info: Info,
    /// Where it is served: the first server; `None` when the description names none that a client can go to.
    pub server: Option<ServedAt>,
    /// The path that the server's address ends with, where the description tells nothing else of it: `/api/v1`.
    pub base_path: Option<String>,
    /// Every server that the description lists, in its order, where there are several, or one whose address has variables.
    pub servers: Vec<Server>,
    /// What can stand for the variables in the addresses of all servers, by name.
    pub variables: BTreeMap<String, ServerVariable>,
    /// The ways to prove who calls, by their names in the description.
    pub security_schemes: BTreeMap<String, SecurityScheme>,
    /// Every type that an operation or a webhook reaches; all types of an API without operations.
    pub types: BTreeMap<TypeId, TypeDef>,
    /// The operations.
    pub operations: Vec<Operation>,
    /// What the service sends by itself, by pointer.
    pub webhooks: Vec<Webhook>,
    /// The tags that operations use, with the description's words about each.
    pub tags: BTreeMap<String, Docs>,
    /// The tags that tags stand below (OpenAPI 3.2.0, section 4.22.1).
    pub tag_parents: BTreeMap<String, String>,
}

impl Api {
    /// The webhook with this pointer.
    pub fn webhook(&self, pointer: &Pointer) -> Option<&Webhook> {
        let at = self.webhooks.binary_search_by(|webhook| webhook.pointer.cmp(pointer)).ok()?;
        self.webhooks.get(at)
    }
}

/// `info` of the description.
#[derive(Clone, Debug)]
pub struct Info {
    /// The title.
    pub title: String,
    /// The version of the description, as text.
    pub version: String,
    /// Markdown.
    pub description: Option<String>,
    /// What the description says of its licence.
    pub license: Option<License>,
}

/// A licence, in a description's own words (OpenAPI 3.0.3, section 4.7.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct License {
    /// Its name.
    pub name: String,
    /// The address of its text, or its SPDX expression.
    pub url: Option<String>,
}

/// An address that the API is served at (OpenAPI 3.0.3, section 4.7.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The address as it is written, with variables in braces.
    pub url: String,
    /// The variables in it, by name.
    pub variables: BTreeMap<String, ServerVariable>,
    /// Markdown.
    pub description: Option<String>,
}

/// Where requests go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServedAt {
    /// The address, its variables replaced by their defaults, as far as they have some: an absolute URL; or, of an operation, a
    /// path at the same host as the rest.
    pub url: String,
    /// The address with those variables in braces that callers can choose.
    pub template: String,
    /// These variables, by name.
    pub variables: BTreeMap<String, ServerVariable>,
}

impl ServedAt {
    /// Whether requests go there in the clear, over a network: clients send no credentials to such an address.
    pub fn is_in_the_clear(&self) -> bool {
        let Some(rest) = self.url.strip_prefix("http://") else { return false };
        let authority = rest.split('/').next().unwrap_or_default();
        let host = match authority.strip_prefix('[') {
            Some(rest) => rest.split(']').next(),
            None => authority.split(':').next(),
        };
        let host = host.unwrap_or_default();
        !host.eq_ignore_ascii_case("localhost") && !host.starts_with("127.") && host != "::1"
    }
}

/// A variable of a server's address (OpenAPI 3.0.3, section 4.7.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// What it is unless it is chosen; `None` where it must be.
    pub default: Option<String>,
    /// What it can be; anything, where this is empty.
    pub values: Vec<String>,
    /// Markdown.
    pub description: Option<String>,
}

/// The description's own words about a thing, as they were written: Markdown that nobody has looked at yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// A line.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// A link to more.
    pub external: Option<String>,
}

/// A way to prove who calls (OpenAPI 3.0.3, section 4.7.27).
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Where it stands.
    pub pointer: Pointer,
    /// Where the secret goes.
    pub kind: SecurityKind,
    /// Whether tokens come from a server that gives them out: OAuth 2 and OpenID Connect. Only there can a client get some
    /// with credentials of its own.
    pub is_oauth: bool,
    /// Where it gets them: an absolute URL, or a path at the API's server.
    pub token_url: Option<String>,
    /// What the description says of it.
    pub docs: Docs,
}

/// Where a secret goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecurityKind {
    /// `Authorization: Bearer …` (RFC 6750): also for OAuth 2 and OpenID Connect tokens that the caller brings.
    Bearer,
    /// `Authorization: Basic …` (RFC 7617).
    Basic,
    /// `Authorization` as a whole: another authentication scheme (RFC 9110, section 11.6.2), such as `ApiKey`, with what
    /// the caller brings.
    Authorization(String),
    /// A header of this name.
    Header(String),
    /// A query parameter of this name.
    Query(String),
    /// A cookie of this name.
    Cookie(String),
}
