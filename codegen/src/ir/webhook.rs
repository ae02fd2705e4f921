//! Webhooks and callbacks: what the service sends to whoever asked for it.

use super::{Docs, TypeRef};
use crate::pointer::Pointer;

/// A request that the service sends (OpenAPI 3.1.0, sections 4.8.1 and 4.8.18), whose body is decoded by whoever gets it.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Where it stands: below `webhooks`, or below the operation that it is a callback of.
    pub pointer: Pointer,
    /// What it is called.
    pub name: String,
    /// What asked for it; `None` for a webhook.
    pub call: Option<Call>,
    /// Its method, in capitals.
    pub method: String,
    /// What its body holds.
    pub ty: TypeRef,
    /// Whether the body may be null.
    pub nullable: bool,
    /// What the description says of it.
    pub docs: Docs,
}

/// What a callback comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The operation's pointer.
    pub operation: Pointer,
    /// The expression that gives its address, such as `{$request.body#/url}`.
    pub expression: String,
}
