//! Names that are not to be had: those that every generated crate has, and those of the prelude that its code relies on.
//! The lists are the same for every description, so that no name depends on what else is in a description; what is
//! added here later renames what is in use, so they hold more than is needed today.

use std::collections::BTreeSet;

/// Types, traits and variants of the prelude of Rust 2024.
static PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// What the runtime and the emitted code name or import.
static RUNTIME: &[&str] = &[
    "ApiInfo",
    "Arc",
    "AttemptOutcome",
    "BTreeMap",
    "Base64",
    "BearerToken",
    "BlockingStream",
    "Body",
    "Bound",
    "BoxFuture",
    "Bytes",
    "Call",
    "CallAttempt",
    "CallHook",
    "Client",
    "ClientBuilder",
    "ClientCredentials",
    "Context",
    "Core",
    "CoreBuilder",
    "Date",
    "DateTime",
    "Decode",
    "Deserialize",
    "Deserializer",
    "Display",
    "Duration",
    "Elements",
    "Encode",
    "Error",
    "ErrorKind",
    "EventRead",
    "EventStream",
    "EventText",
    "Fake",
    "FakeReply",
    "FakeRequest",
    "Fault",
    "FetchedToken",
    "FilePart",
    "Formatter",
    "HeaderMap",
    "InBody",
    "InHeader",
    "InPath",
    "IsoDuration",
    "Items",
    "JsonStream",
    "Member",
    "Members",
    "Method",
    "NamedEvent",
    "NumberOf",
    "Operation",
    "Options",
    "PageInfo",
    "PagePlace",
    "Pages",
    "ParameterStyle",
    "Patch",
    "Pin",
    "Place",
    "Planned",
    "Poll",
    "Progress",
    "RawResponse",
    "Record",
    "Request",
    "Response",
    "Scheme",
    "Secret",
    "Segment",
    "Sending",
    "SendingRaw",
    "SendingStream",
    "SendingWithResponse",
    "Serialize",
    "Serializer",
    "ServerEvent",
    "Slot",
    "StatusCode",
    "Stream",
    "TextOf",
    "Time",
    "Token",
    "TokenContext",
    "TokenError",
    "TokenProvider",
    "Transport",
    "TransportError",
    "TransportSettings",
    "Unlisted",
    "UnlistedInteger",
    "Upload",
    "Uuid",
    "Value",
    "View",
];

/// Methods of the client and of resource handles, and methods of traits that theirs would hide.
static METHODS: &[&str] = &[
    "borrow",
    "builder",
    "clone",
    "drop",
    "fmt",
    "from_env",
    "into",
    "new",
    "request",
    "to_owned",
    "type_id",
    "with_options",
];

/// The constructor of types that requests hold, and methods of traits that callers would miss behind a setter.
static MEMBERS: &[&str] = &["clone", "into", "new", "to_owned"];

/// Methods of requests, and what the code that builds them calls its own values.
static PARAMETERS: &[&str] = &[
    "body",
    "body_type",
    "borrow",
    "call",
    "clone",
    "drop",
    "fmt",
    "into",
    "into_future",
    "items",
    "new",
    "pages",
    "send",
    "stream",
    "to_owned",
    "type_id",
];

/// Methods of the client's builder.
static BUILDER: &[&str] = &[
    "allow_plain_http",
    "base_url",
    "build",
    "clone",
    "default",
    "env",
    "fmt",
    "from",
    "hook",
    "into",
    "keep_servers",
    "new",
    "options",
    "product",
    "retry_budget",
    "server_variable",
    "trace_bodies",
    "transport",
    "transport_settings",
    "user_agent",
    "user_agent_suffix",
];

/// Methods of the runtime's error.
static ERROR: &[&str] = &[
    "answer_as",
    "api",
    "attempts",
    "body",
    "body_as",
    "body_text",
    "cause",
    "clone",
    "code",
    "configuration",
    "connect",
    "decode",
    "decode_body",
    "description",
    "fmt",
    "from",
    "header",
    "headers",
    "into",
    "is_bad_request",
    "is_conflict",
    "is_connect",
    "is_decode",
    "is_forbidden",
    "is_not_found",
    "is_rate_limited",
    "is_retryable",
    "is_server_error",
    "is_status",
    "is_timeout",
    "is_unauthorized",
    "is_unprocessable",
    "kind",
    "location",
    "message",
    "method",
    "new",
    "offset",
    "operation",
    "path",
    "position",
    "provide",
    "redirect",
    "request",
    "request_id",
    "response",
    "retry_after",
    "source",
    "status",
    "timeout",
    "to_string",
    "transport",
    "type_id",
    "url",
    "with",
];

/// Statics in the files of resources and of the client.
static CONSTANTS: &[&str] = &["API", "SCHEMES", "SECURITY", "UNDESCRIBED"];

/// Stems of files: those that Cargo, rustc and rustfmt look for, crates that generated code names, its own top modules, and
/// the names of devices on Windows ("Naming Files, Paths, and Namespaces").
static STEMS: &[&str] = &[
    "alloc",
    "aux",
    "bytes",
    "client",
    "com0",
    "com1",
    "com2",
    "com3",
    "com4",
    "com5",
    "com6",
    "com7",
    "com8",
    "com9",
    "con",
    "core",
    "futures_core",
    "http",
    "httpdate",
    "lib",
    "lpt0",
    "lpt1",
    "lpt2",
    "lpt3",
    "lpt4",
    "lpt5",
    "lpt6",
    "lpt7",
    "lpt8",
    "lpt9",
    "main",
    "mod",
    "nul",
    "percent_encoding",
    "prn",
    "reqwest",
    "resources",
    "runtime",
    "serde",
    "serde_json",
    "std",
    "test",
    "tests",
    "tokio",
    "types",
];

/// A type called like its own constructor (`New::new`) is what clippy warns of.
pub(crate) fn is_type(name: &str) -> bool {
    PRELUDE.contains(&name) || RUNTIME.contains(&name) || name == "New"
}

/// `Unlisted` keeps what the description doesn't list; `Self` can't be escaped.
pub(super) fn is_variant(name: &str) -> bool {
    matches!(name, "Unlisted" | "Self")
}

pub(super) fn is_method(name: &str) -> bool {
    METHODS.contains(&name)
}

pub(super) fn is_member(name: &str) -> bool {
    MEMBERS.contains(&name)
}

pub(super) fn is_parameter(name: &str) -> bool {
    PARAMETERS.contains(&name)
}

pub(super) fn is_builder_method(name: &str) -> bool {
    BUILDER.contains(&name)
}

pub(super) fn is_error_method(name: &str) -> bool {
    ERROR.contains(&name)
}

pub(super) fn is_constant(name: &str) -> bool {
    CONSTANTS.contains(&name)
}

pub(super) fn is_stem(name: &str) -> bool {
    STEMS.contains(&name)
}

/// Names that were given so far, by turns.
pub(super) type Taken = BTreeSet<String>;

#[cfg(test)]
mod tests {
    use syn::{ImplItem, Item};

    use super::*;

    #[test]
    fn every_method_of_the_error_is_reserved() {
        let file = syn::parse_file(clientwright_templates::runtime::error).unwrap();
        let blocks = file.items.into_iter().filter_map(|item| match item {
            Item::Impl(block) if block.trait_.is_none() => Some(block.items),
            _ => None,
        });
        let methods: Vec<String> = blocks
            .flatten()
            .filter_map(|item| match item {
                ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                _ => None,
            })
            .collect();
        assert!(methods.len() > 20, "{methods:?}");
        let free: Vec<&String> = methods.iter().filter(|name| !is_error_method(name)).collect();
        assert!(free.is_empty(), "{free:?}");
    }
}
