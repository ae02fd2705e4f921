//! Names and texts that once broke a generator.

use super::Choices;

/// Names of component schemas: what the specification allows as a key of `components` (section 4.8.7), and Rust has
/// otherwise.
pub(super) const COMPONENTS: &[&str] = &[
    "Pet",
    "pets",
    "PetList",
    "Option",
    "String",
    "Vec",
    "Box",
    "Result",
    "Self",
    "type",
    "Client",
    "Error",
    "Request",
    "1st",
    "api.v1.Pod",
    "a-b",
    "Null",
    "Value",
    "Some",
    "Ok",
    "Default",
    "Debug",
    "Send",
    "con",
    "mod",
    "ErrorResponse",
    "x",
    "HTTPResponse",
    "Iterator",
    "Future",
    "str",
    "u8",
    "core",
    "std",
    "serde_json",
    "Types",
    "Runtime",
    "Response",
];

/// Names of members, parameters and values of enums.
pub(super) const MEMBERS: &[&str] = &[
    "id",
    "name",
    "type",
    "self",
    "Self",
    "crate",
    "super",
    "async",
    "r#type",
    "kind",
    "createdAt",
    "updated_at",
    "x-y",
    "@id",
    "$schema",
    "+1",
    "1",
    "a b",
    "é",
    "北京",
    "value",
    "default",
    "new",
    "send",
    "clone",
    "as",
    "_",
    "__proto__",
    "page",
    "limit",
    "data",
    "items",
    "next",
    "cursor",
    "to_string",
    "into",
    "from",
    "builder",
    "Box",
    "Option",
    "\"",
    "{x}",
    "url",
    "ID2",
    "read",
    "decode",
    "blank",
    "None",
    "Other",
    "Unknown",
    "more",
    "extra",
    "body",
    "headers",
];

/// Paths, whose parameters are all declared.
pub(super) const PATHS: &[&str] = &[
    "/",
    "/pets",
    "/pets/{id}",
    "/pets/{id}/food",
    "/pets/{petId}/toys/{toy-id}",
    "/type",
    "/self/{self}",
    "/a.b/{x}.json",
    "/v1/{a},{b}",
    "/stores/{store_id}/orders:cancel",
    "/é",
    "/client",
    "/pets/search",
    "/a/b/c/d/e",
    "/{type}/{Type2}",
];

/// Tags.
pub(super) const TAGS: &[&str] =
    &["pets", "Pets & more", "client", "self", "types", "1", "Store.Orders", "api", "type", "a/b", "runtime", "é"];

/// Ids of operations.
pub(super) const OPERATIONS: &[&str] = &[
    "listPets",
    "getPet",
    "create-pet",
    "delete",
    "new",
    "self",
    "Pets.List",
    "pets/update",
    "send",
    "type",
    "1st",
    "clone",
    "client",
    "items",
    "builder",
    "with_options",
    "request",
    "a b",
    "PetsController_findAll",
    "GET_pets",
    "x",
    "drop",
];

/// Media types.
pub(super) const JSON: &[&str] =
    &["application/json", "application/json; charset=utf-8", "application/vnd.pets+json", "application/problem+json"];

/// Words of a description.
pub(super) fn prose(choices: &mut Choices<'_>) -> &'static str {
    let all = [
        "Pets",
        "All the pets.\n\nAnd *more*:\n\n```\nlet x = unclosed(;\n```\n",
        "See [here](https://example.com/a_b) or <b>there</b>",
        "`code` and [brackets] and <T> and \\ and \" and */ and {x} and ${x}",
        "    indented\n\ttabbed",
        "- a\n- b\n  - c\n\n1. d\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "",
        "Ünïcödé \u{202e} and \r\n lines",
        "https://example.com/bare",
    ];
    all[choices.below(all.len())]
}
