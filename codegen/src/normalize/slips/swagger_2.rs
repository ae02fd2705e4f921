//! What of OpenAPI 2.0 is mended before it is brought to 3.0, as a table: names, and the words that the conversion asks for.
//! Everything else is mended after it.

use crate::normalize::grammar::Shape::{Any, Boolean, Choice, List, Map, Object, RefOr, Text};
use crate::normalize::grammar::{Keys, Kind, Member, Patterned, Section, Shape, may};

static TEXTS: Shape = List(&Text);
static SCHEMES: Shape = List(&Choice(&["https", "http", "wss", "ws"]));
static PARAMETERS: Shape = List(&RefOr(&PARAMETER));

const fn plain(name: &'static str, members: &'static [Member]) -> Kind {
    Kind { name, section: "", members, patterned: None, section_of: None, referable: None }
}

/// The whole document.
pub(in crate::normalize) static DOCUMENT: Kind = plain(
    "a description",
    &[
        may("swagger", Text),
        may("info", Any),
        may("host", Text),
        may("basePath", Text),
        may("schemes", SCHEMES),
        may("consumes", TEXTS),
        may("produces", TEXTS),
        may("paths", Object(&PATHS)),
        may("definitions", Map(&Any)),
        may("parameters", Map(&RefOr(&PARAMETER))),
        may("responses", Map(&RefOr(&RESPONSE))),
        may("securityDefinitions", Map(&RefOr(&SECURITY_SCHEME))),
        may("security", Any),
        may("tags", Any),
        may("externalDocs", Any),
    ],
);

static PATHS: Kind =
    Kind { patterned: Some(Patterned { keys: Keys::Path, shape: RefOr(&PATH_ITEM) }), ..plain("the paths", &[]) };

static PATH_ITEM: Kind = plain(
    "a path item",
    &[
        may("get", Object(&OPERATION)),
        may("put", Object(&OPERATION)),
        may("post", Object(&OPERATION)),
        may("delete", Object(&OPERATION)),
        may("options", Object(&OPERATION)),
        may("head", Object(&OPERATION)),
        may("patch", Object(&OPERATION)),
        may("parameters", PARAMETERS),
    ],
);

static OPERATION: Kind = plain(
    "an operation",
    &[
        may("tags", Any),
        may("summary", Text),
        may("description", Text),
        may("externalDocs", Any),
        may("operationId", Text),
        may("consumes", TEXTS),
        may("produces", TEXTS),
        may("parameters", PARAMETERS),
        may("responses", Object(&RESPONSES)),
        may("schemes", SCHEMES),
        may("deprecated", Boolean),
        may("security", Any),
    ],
);

static PARAMETER: Kind = Kind {
    section_of: Some(Section::Parameters),
    ..plain(
        "a parameter",
        &[
            may("name", Text),
            may("in", Choice(&["query", "header", "path", "formData", "body"])),
            may("description", Text),
            may("required", Boolean),
            may("schema", Any),
            may("type", Choice(&["string", "number", "integer", "boolean", "array", "file"])),
            may("format", Text),
            may("allowEmptyValue", Boolean),
            may("items", RefOr(&ITEMS)),
            may("collectionFormat", Choice(&["csv", "ssv", "tsv", "pipes", "multi"])),
            may("default", Any),
            may("enum", Any),
        ],
    )
};

static ITEMS: Kind = plain(
    "the items",
    &[
        may("type", Choice(&["string", "number", "integer", "boolean", "array"])),
        may("format", Text),
        may("items", RefOr(&ITEMS)),
        may("collectionFormat", Choice(&["csv", "ssv", "tsv", "pipes"])),
        may("enum", Any),
    ],
);

static RESPONSES: Kind = Kind {
    patterned: Some(Patterned { keys: Keys::Status, shape: RefOr(&RESPONSE) }),
    ..plain("the responses", &[may("default", RefOr(&RESPONSE))])
};

static RESPONSE: Kind = plain(
    "a response",
    &[
        may("description", Text),
        may("schema", RefOr(&FILE)),
        may("headers", Map(&Object(&ITEMS))),
        may("examples", Any),
    ],
);

static SECURITY_SCHEME: Kind = plain(
    "a security scheme",
    &[
        may("type", Choice(&["basic", "apiKey", "oauth2"])),
        may("name", Text),
        may("in", Choice(&["query", "header"])),
        may("flow", Choice(&["implicit", "password", "application", "accessCode"])),
        may("authorizationUrl", Text),
        may("tokenUrl", Text),
        may("scopes", Any),
    ],
);

/// The schema of an answer, as far as it may be a file.
static FILE: Kind = plain(
    "a schema",
    &[
        may("type", Choice(&["string", "number", "integer", "boolean", "array", "object", "file"])),
        may("format", Text),
        may("properties", Any),
        may("items", Any),
    ],
);
