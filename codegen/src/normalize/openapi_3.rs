//! The objects of OpenAPI 3 as a table (section 4.7 of version 3.0.3; members of later versions say since when). What only documents or restricts is read with
//! leniency and stays outside the canonical form; what restricts values is looked up in the tree, where it stands as it
//! was written.

use super::grammar::Shape::{Any, Boolean, BooleanOr, Choice, Count, List, Map, Number, Object, RefOr, Text};
use super::grammar::{Keys, Kind, Member, Patterned, Section, Shape, may, must, should};
use super::version::Version::{V3_1, V3_2};

/// A kind that stays where it is.
const fn plain(name: &'static str, section: &'static str, members: &'static [Member]) -> Kind {
    Kind { name, section, members, patterned: None, section_of: None, referable: None }
}

/// A kind that is collected under its pointer.
const fn collected(name: &'static str, section: &'static str, of: Section, members: &'static [Member]) -> Kind {
    Kind { section_of: Some(of), ..plain(name, section, members) }
}

static TEXTS: Shape = List(&Text);
static ANYTHING: Shape = Any;
static SCHEMAS: Shape = Map(&RefOr(&SCHEMA));
static SCHEMA_LIST: Shape = List(&RefOr(&SCHEMA));
static CONTENT: Shape = Map(&Object(&MEDIA_TYPE));
static EXAMPLES: Shape = Map(&RefOr(&EXAMPLE));
static SERVERS: Shape = List(&Object(&SERVER));
static SECURITY: Shape = List(&Map(&List(&Text)));
static PARAMETERS: Shape = List(&RefOr(&PARAMETER));

/// The whole document.
pub(super) static DOCUMENT: Kind = plain(
    "a description",
    "4.7.1",
    &[
        must("openapi", Text),
        should("info", Object(&INFO)),
        may("servers", SERVERS).lenient(),
        should("paths", Object(&PATHS)).optional_since(V3_1),
        may("webhooks", Map(&RefOr(&PATH_ITEM))).lenient().since(V3_1),
        // What descriptions of 3.0 had before there was a word for it.
        may("x-webhooks", Map(&RefOr(&PATH_ITEM))).lenient(),
        may("jsonSchemaDialect", Text).beside().since(V3_1),
        may("$self", Text).beside().since(V3_2),
        may("components", Object(&COMPONENTS)),
        may("security", SECURITY),
        may("tags", List(&Object(&TAG))).lenient(),
        may("externalDocs", Object(&EXTERNAL_DOCS)).beside(),
    ],
);

pub(super) static INFO: Kind = plain(
    "the `info`",
    "4.7.2",
    &[
        should("title", Text),
        may("description", Text).lenient(),
        may("termsOfService", Text).beside(),
        may("contact", Object(&CONTACT)).beside(),
        may("license", Object(&LICENSE)).beside(),
        should("version", Text),
        may("summary", Text).beside().since(V3_1),
    ],
);

static CONTACT: Kind = plain("a contact", "4.7.3", &[may("name", Text), may("url", Text), may("email", Text)]);

static LICENSE: Kind =
    plain("a licence", "4.7.4", &[should("name", Text), may("url", Text), may("identifier", Text).since(V3_1)]);

pub(super) static SERVER: Kind = plain(
    "a server",
    "4.7.5",
    &[
        should("url", Text),
        may("description", Text).lenient(),
        may("name", Text).beside().since(V3_2),
        may("variables", Map(&Object(&SERVER_VARIABLE))),
    ],
);

static SERVER_VARIABLE: Kind = plain(
    "a server variable",
    "4.7.6",
    &[may("enum", TEXTS).lenient(), must("default", Text), may("description", Text).lenient()],
);

static COMPONENTS: Kind = plain(
    "the components",
    "4.7.7",
    &[
        may("schemas", SCHEMAS).unkept(),
        may("responses", Map(&RefOr(&RESPONSE))).unkept(),
        may("parameters", Map(&RefOr(&PARAMETER))).unkept(),
        may("examples", EXAMPLES).beside(),
        may("requestBodies", Map(&RefOr(&REQUEST_BODY))).unkept(),
        may("headers", Map(&RefOr(&HEADER))).unkept(),
        may("securitySchemes", Map(&RefOr(&SECURITY_SCHEME))),
        may("links", Map(&RefOr(&LINK))).beside(),
        may("callbacks", Map(&RefOr(&CALLBACK))).unkept(),
        may("pathItems", Map(&RefOr(&PATH_ITEM))).unkept().since(V3_1),
        may("mediaTypes", Map(&RefOr(&MEDIA_TYPE))).unkept().since(V3_2),
    ],
);

static PATHS: Kind = Kind {
    patterned: Some(Patterned { keys: Keys::Path, shape: RefOr(&PATH_ITEM) }),
    ..plain("the paths", "4.7.8", &[])
};

static PATH_ITEM: Kind = collected(
    "a path item",
    "4.7.9",
    Section::PathItems,
    &[
        may("summary", Text).lenient(),
        may("description", Text).lenient(),
        may("get", Object(&OPERATION)),
        may("put", Object(&OPERATION)),
        may("post", Object(&OPERATION)),
        may("delete", Object(&OPERATION)),
        may("options", Object(&OPERATION)),
        may("head", Object(&OPERATION)),
        may("patch", Object(&OPERATION)),
        may("trace", Object(&OPERATION)),
        may("query", Object(&OPERATION)).since(V3_2),
        may("additionalOperations", Map(&Object(&OPERATION))).since(V3_2),
        may("servers", SERVERS),
        may("parameters", PARAMETERS),
    ],
);

static OPERATION: Kind = collected(
    "an operation",
    "4.7.10",
    Section::Operations,
    &[
        may("tags", TEXTS).lenient(),
        may("summary", Text).lenient(),
        may("description", Text).lenient(),
        may("externalDocs", Object(&EXTERNAL_DOCS)).lenient(),
        may("operationId", Text),
        may("parameters", PARAMETERS),
        may("requestBody", RefOr(&REQUEST_BODY)),
        should("responses", Object(&RESPONSES)).optional_since(V3_1),
        may("callbacks", Map(&RefOr(&CALLBACK))).lenient(),
        may("deprecated", Boolean).lenient(),
        may("security", SECURITY),
        may("servers", SERVERS),
    ],
);

static EXTERNAL_DOCS: Kind =
    plain("a link to documentation", "4.7.11", &[may("description", Text).lenient(), should("url", Text)]);

static PARAMETER: Kind = collected(
    "a parameter",
    "4.7.12",
    Section::Parameters,
    &[
        must("name", Text),
        must("in", Choice(&["query", "header", "path", "cookie"])),
        may("description", Text).lenient(),
        may("required", Boolean),
        may("deprecated", Boolean).lenient(),
        may("allowEmptyValue", Boolean).beside(),
        may("style", Choice(STYLES)),
        may("explode", Boolean),
        may("allowReserved", Boolean),
        may("schema", RefOr(&SCHEMA)),
        may("example", Any).beside(),
        may("examples", EXAMPLES).beside(),
        may("content", CONTENT),
    ],
);

static STYLES: &[&str] =
    &["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"];

static REQUEST_BODY: Kind = collected(
    "a request body",
    "4.7.13",
    Section::RequestBodies,
    &[may("description", Text).lenient(), must("content", CONTENT), may("required", Boolean)],
);

pub(super) static MEDIA_TYPE: Kind = Kind {
    referable: Some(V3_2),
    ..plain(
        "a media type",
        "4.7.14",
        &[
            may("schema", RefOr(&SCHEMA)),
            may("example", Any).beside(),
            may("examples", EXAMPLES).beside(),
            may("encoding", Map(&Object(&ENCODING))).beside(),
            may("itemSchema", RefOr(&SCHEMA)).unkept().since(V3_2).meant_before(),
            may("itemEncoding", Object(&ENCODING)).beside().since(V3_2),
            may("prefixEncoding", List(&Object(&ENCODING))).beside().since(V3_2),
        ],
    )
};

static ENCODING: Kind = plain(
    "an encoding",
    "4.7.15",
    &[
        may("contentType", Text),
        may("headers", Map(&RefOr(&HEADER))),
        may("style", Choice(STYLES)),
        may("explode", Boolean),
        may("allowReserved", Boolean),
    ],
);

static RESPONSES: Kind = Kind {
    patterned: Some(Patterned { keys: Keys::Status, shape: RefOr(&RESPONSE) }),
    ..plain("the responses", "4.7.16", &[may("default", RefOr(&RESPONSE))])
};

static RESPONSE: Kind = collected(
    "a response",
    "4.7.17",
    Section::Responses,
    &[
        should("description", Text).lenient().optional_since(V3_2),
        may("summary", Text).beside().since(V3_2),
        may("headers", Map(&RefOr(&HEADER))),
        may("content", CONTENT),
        may("links", Map(&RefOr(&LINK))).beside(),
    ],
);

static CALLBACK: Kind = Kind {
    patterned: Some(Patterned { keys: Keys::Any, shape: RefOr(&PATH_ITEM) }),
    ..collected("a callback", "4.7.18", Section::Callbacks, &[])
};

static EXAMPLE: Kind = plain(
    "an example",
    "4.7.19",
    &[
        may("summary", Text),
        may("description", Text),
        may("value", Any),
        may("externalValue", Text),
        may("dataValue", Any).since(V3_2),
        may("serializedValue", Text).since(V3_2),
    ],
);

static LINK: Kind = plain(
    "a link",
    "4.7.20",
    &[
        may("operationRef", Text),
        may("operationId", Text),
        may("parameters", Map(&ANYTHING)),
        may("requestBody", Any),
        may("description", Text),
        may("server", Object(&SERVER)),
    ],
);

static HEADER: Kind = collected(
    "a header",
    "4.7.21",
    Section::Headers,
    &[
        may("description", Text).lenient(),
        may("required", Boolean),
        may("deprecated", Boolean).lenient(),
        may("allowEmptyValue", Boolean).beside(),
        may("style", Choice(&["simple"])),
        may("explode", Boolean).beside(),
        may("allowReserved", Boolean).beside(),
        may("schema", RefOr(&SCHEMA)),
        may("example", Any).beside(),
        may("examples", EXAMPLES).beside(),
        may("content", CONTENT),
    ],
);

pub(super) static TAG: Kind = plain(
    "a tag",
    "4.7.22",
    &[
        should("name", Text),
        may("description", Text).lenient(),
        may("externalDocs", Object(&EXTERNAL_DOCS)).lenient(),
        may("summary", Text).beside().since(V3_2),
        may("parent", Text).beside().since(V3_2),
        may("kind", Text).beside().since(V3_2),
    ],
);

/// A schema.
pub(super) static SCHEMA: Kind = collected(
    "a schema",
    "4.7.24",
    Section::Schemas,
    &[
        may("title", Text).lenient(),
        may("multipleOf", Number).beside(),
        may("maximum", Number).beside(),
        may("exclusiveMaximum", Boolean).beside(),
        may("minimum", Number).beside(),
        may("exclusiveMinimum", Boolean).beside(),
        may("maxLength", Count).beside(),
        may("minLength", Count).beside(),
        may("pattern", Text).beside(),
        may("maxItems", Count).beside(),
        may("minItems", Count).beside(),
        may("uniqueItems", Boolean).beside(),
        may("maxProperties", Count).beside(),
        may("minProperties", Count).beside(),
        may("required", TEXTS),
        may("enum", List(&ANYTHING)).unkept(),
        may("type", Choice(&["string", "number", "integer", "boolean", "array", "object"])),
        may("allOf", SCHEMA_LIST),
        may("oneOf", SCHEMA_LIST),
        may("anyOf", SCHEMA_LIST),
        may("not", RefOr(&SCHEMA)),
        may("items", RefOr(&SCHEMA)),
        may("properties", SCHEMAS),
        may("additionalProperties", BooleanOr(&RefOr(&SCHEMA))),
        may("description", Text).lenient(),
        may("format", Text).lenient(),
        may("default", Any).beside(),
        may("nullable", Boolean),
        may("discriminator", Object(&DISCRIMINATOR)),
        may("readOnly", Boolean),
        may("writeOnly", Boolean),
        may("xml", Object(&XML)).beside(),
        may("externalDocs", Object(&EXTERNAL_DOCS)).lenient(),
        may("example", Any).beside(),
        may("deprecated", Boolean).lenient(),
        may("const", Any).beside().since(V3_1).meant_before(),
        may("examples", Any).beside().since(V3_1),
        may("prefixItems", SCHEMA_LIST).since(V3_1).meant_before(),
        may("patternProperties", SCHEMAS).unkept().since(V3_1),
        may("$defs", SCHEMAS).unkept().since(V3_1),
        may("contentEncoding", Text).beside().since(V3_1),
        may("contentMediaType", Text).beside().since(V3_1),
        may("contentSchema", RefOr(&SCHEMA)).since(V3_1),
        // What only restricts values is data: `schema_3_1` says that it is ignored.
        may("if", Any).beside().since(V3_1),
        may("then", Any).beside().since(V3_1),
        may("else", Any).beside().since(V3_1),
        may("dependentSchemas", Any).beside().since(V3_1),
        may("dependentRequired", Any).beside().since(V3_1),
        may("dependencies", Any).beside().since(V3_1),
        may("unevaluatedProperties", BooleanOr(&RefOr(&SCHEMA))).unkept().since(V3_1),
        may("unevaluatedItems", Any).beside().since(V3_1),
        may("propertyNames", Any).beside().since(V3_1),
        may("contains", Any).beside().since(V3_1),
        may("minContains", Count).beside().since(V3_1),
        may("maxContains", Count).beside().since(V3_1),
        may("$id", Text).beside().since(V3_1),
        may("$schema", Text).beside().since(V3_1),
        may("$anchor", Text).beside().since(V3_1),
        may("$dynamicAnchor", Text).beside().since(V3_1),
        may("$dynamicRef", Text).beside().since(V3_1),
        may("$recursiveAnchor", Boolean).beside().since(V3_1),
        may("$recursiveRef", Text).beside().since(V3_1),
        may("$vocabulary", Any).beside().since(V3_1),
        may("$comment", Text).beside().since(V3_1),
    ],
);

static DISCRIMINATOR: Kind = Kind {
    ..plain(
        "a discriminator",
        "4.7.25",
        &[must("propertyName", Text), may("mapping", Map(&Text)), may("defaultMapping", Text).lenient().since(V3_2)],
    )
};

static XML: Kind = plain(
    "an `xml`",
    "4.7.26",
    &[
        may("name", Text),
        may("namespace", Text),
        may("prefix", Text),
        may("attribute", Boolean),
        may("wrapped", Boolean),
        may("nodeType", Text).since(V3_2),
    ],
);

static SECURITY_SCHEME: Kind = collected(
    "a security scheme",
    "4.7.27",
    Section::SecuritySchemes,
    &[
        must("type", Choice(&["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"])),
        may("description", Text).lenient(),
        may("name", Text),
        may("in", Choice(&["query", "header", "cookie"])),
        may("scheme", Text),
        may("bearerFormat", Text).lenient(),
        may("flows", Object(&OAUTH_FLOWS)).beside(),
        may("openIdConnectUrl", Text).lenient(),
        may("oauth2MetadataUrl", Text).beside().since(V3_2),
        may("deprecated", Boolean).beside().since(V3_2),
    ],
);

pub(super) static OAUTH_FLOWS: Kind = plain(
    "the OAuth flows",
    "4.7.28",
    &[
        may("implicit", Object(&OAUTH_FLOW)),
        may("password", Object(&OAUTH_FLOW)),
        may("clientCredentials", Object(&OAUTH_FLOW)),
        may("authorizationCode", Object(&OAUTH_FLOW)),
        may("deviceAuthorization", Object(&OAUTH_FLOW)).since(V3_2),
    ],
);

static OAUTH_FLOW: Kind = plain(
    "an OAuth flow",
    "4.7.29",
    &[
        may("deviceAuthorizationUrl", Text).since(V3_2),
        may("authorizationUrl", Text),
        may("tokenUrl", Text),
        may("refreshUrl", Text),
        should("scopes", Map(&Text)),
    ],
);
