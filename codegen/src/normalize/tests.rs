//! One description a rule, and all that is found in it.

use insta::assert_snapshot;

use super::testing::normalized;
use crate::load::Limits;
use crate::load::tree::Node;
use crate::pointer::Pointer;

/// A description with these paths and, behind them, other members of the root.
fn described(paths: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}")
}

fn found(text: &str) -> String {
    let (spec, lines) = normalized(text);
    let result = if spec.is_some() { "normalised" } else { "refused" };
    format!("{result}\n{lines}")
}

/// A description whose only schema is this one, in flow style.
fn schema(schema: &str) -> String {
    found(&described(&format!("  {{}}\ncomponents:\n  schemas:\n    Pet: {schema}\n    Other: {{type: string}}\n")))
}

const OK: &str = "responses: {'204': {description: D}}";

#[test]
fn versions() {
    assert_snapshot!(found("a: 1"), @r"
    refused
    error N0001 #: the document has no `openapi` that names a version
        a description of OpenAPI 3.0 begins with `openapi: 3.0.3`
    ");
    assert_snapshot!(found("[1, 2]"), @r"
    refused
    error N0001 #: the document is a list, and an OpenAPI description is a mapping
        a description of OpenAPI 3.0 begins with `openapi: 3.0.3`
    ");
    assert_snapshot!(found("openapi: 3.1.0"), @"
    normalised
    warning N0102 #: a description must have a member `info`
        see OpenAPI 3.0.3, section 4.7.1
    ");
    assert_snapshot!(found("swagger: '2.0'"), @r"
    normalised
    warning N0102 #: a description must have a member `info`
        see OpenAPI 3.0.3, section 4.7.1
    warning N0102 #: a description must have a member `paths`
        see OpenAPI 3.0.3, section 4.7.1
    ");
    assert_snapshot!(found("openapi: {}"), @r"
    refused
    error N0001 #/openapi: `openapi` must be a text that names a version, and is a mapping
    ");
    assert_snapshot!(found("--- {openapi: 3.0, info: {title: T, version: 2.50}, paths: {}}"), @r#"
    normalised
    warning N0107 #/openapi: a number stands where a text must be; it is read as "3.0"
        write "3.0", in quotes
    warning N0107 #/info/version: a number stands where a text must be; it is read as "2.50"
        write "2.50", in quotes
    "#);
}

#[test]
fn missing_members() {
    assert_snapshot!(found("--- {openapi: 3.0.3, info: {}}"), @"
    normalised
    warning N0102 #/info: the `info` must have a member `title`
        see OpenAPI 3.0.3, section 4.7.2
    warning N0102 #/info: the `info` must have a member `version`
        see OpenAPI 3.0.3, section 4.7.2
    warning N0102 #: a description must have a member `paths`
        see OpenAPI 3.0.3, section 4.7.1
    ");
    assert_snapshot!(found(&described("  /a:\n    get: {}\n    put: {responses: {'204': {}}}")), @"
    normalised
    warning N0102 #/paths/~1a/get: an operation must have a member `responses`
        see OpenAPI 3.0.3, section 4.7.10
    warning N0102 #/paths/~1a/put/responses/204: a response must have a member `description`
        see OpenAPI 3.0.3, section 4.7.17
    ");
    assert_snapshot!(found(&described("  /a:\n    parameters: [{in: query, schema: {}}, {name: a, schema: {}}]")), @"
    normalised
    warning N0101 #/paths/~1a/parameters/0: a parameter must have a member `name`
        see OpenAPI 3.0.3, section 4.7.12
    warning N0101 #/paths/~1a/parameters/1: a parameter must have a member `in`
        see OpenAPI 3.0.3, section 4.7.12
    ");
}

#[test]
fn wrong_types_and_values() {
    assert_snapshot!(found("--- {openapi: 3.0.3, info: [], paths: {}}"), @r"
    refused
    error N0103 #/info: `info` must be a mapping, and is a list
    ");
    assert_snapshot!(schema("{type: strin}"), @"
    normalised
    warning N0105 #/components/schemas/Pet/type: `strin` is not one of `string`, `number`, `integer`, `boolean`, `array`, `object`
        did you mean `string`?
    ");
    assert_snapshot!(schema("{type: [string, 'null']}"), @"
    normalised
    warning N0103 #/components/schemas/Pet/type: `type` must be a text, and is a list
        this is OpenAPI 3.1; if the description is meant to be, say so in `openapi`
    ");
    assert_snapshot!(schema("{type: string, minLength: -1, exclusiveMinimum: 3, description: [a]}"), @r"
    normalised
    warning N0104 #/components/schemas/Pet/minLength: `minLength` must be an integer of at least 0, and is a number
    warning N0104 #/components/schemas/Pet/exclusiveMinimum: `exclusiveMinimum` must be a boolean, and is a number
    warning N0104 #/components/schemas/Pet/description: `description` must be a text, and is a list
    ");
    assert_snapshot!(schema("{type: string, maxLength: 18446744073709551615, minLength: 3.0}"), @"normalised");
    assert_snapshot!(schema("{type: object, properties: {a: true}}"), @"
    normalised
    warning N0103 #/components/schemas/Pet/properties/a: `a` must be a schema (a mapping), and is a boolean
        this is OpenAPI 3.1; if the description is meant to be, say so in `openapi`
    ");
    assert_snapshot!(found(&described("  /a:\n    parameters: [{name: a, in: qurey, schema: {}}]")), @"
    normalised
    warning N0105 #/paths/~1a/parameters/0/in: `qurey` is not one of `query`, `header`, `path`, `cookie`
        did you mean `query`?
    ");
}

#[test]
fn unknown_members() {
    assert_snapshot!(schema("{type: string, desciption: d, const: a, colour: red, x-any: [1]}"), @r"
    normalised
    warning N0106 #/components/schemas/Pet/desciption (key): a schema has no member `desciption`; it has no effect
        did you mean `description`?
    warning N0106 #/components/schemas/Pet/const (key): a schema has no member `const`; it has no effect
        `const` is a member in OpenAPI 3.1 or later
    warning N0106 #/components/schemas/Pet/colour (key): a schema has no member `colour`; it has no effect
        extensions begin with `x-`; see OpenAPI 3.0.3, section 4.7.24
    ");
}

#[test]
fn schemas_are_mended() {
    assert_snapshot!(schema("{type: object, properties: {a: {type: string, required: true}}}"), @r"
    normalised
    warning N0108 #/components/schemas/Pet/properties/a/required: `required` of a schema is a list of names, and a boolean has no effect
        put `required: [a]` beside the `properties` that has `a`
    ");
    assert_snapshot!(schema("{properties: {a: {items: {}}, b: {enum: [x, null]}, c: {additionalProperties: true}}}"), @r"
    normalised
    note N0109 #/components/schemas/Pet/properties/a: a schema with `items` and without `type` is read as `type: array`
        add `type: array`
    note N0109 #/components/schemas/Pet/properties/b: a schema with `enum` and without `type` is read as `type: string`
        add `type: string`
    note N0109 #/components/schemas/Pet/properties/c: a schema with `additionalProperties` and without `type` is read as `type: object`
        add `type: object`
    note N0109 #/components/schemas/Pet: a schema with `properties` and without `type` is read as `type: object`
        add `type: object`
    ");
    assert_snapshot!(schema("{type: string, enum: [a, 1, true, 1.5, null, [b]]}"), @r#"
    normalised
    warning N0107 #/components/schemas/Pet/enum/1: a number among the texts of an `enum` is read as "1"
        write "1", in quotes
    warning N0107 #/components/schemas/Pet/enum/2: a boolean among the texts of an `enum` is read as "true"
        write "true", in quotes
    warning N0107 #/components/schemas/Pet/enum/3: a number among the texts of an `enum` is read as "1.5"
        write "1.5", in quotes
    warning N0112 #/components/schemas/Pet/enum/5: a list can't be a value of a `type: string`
    "#);
}

#[test]
fn keys_of_paths_and_responses() {
    assert_snapshot!(found(&described("  a/b: {}\n  x-c: 1")), @"
    normalised
    warning N0110 #/paths/a~1b (key): the path `a/b` does not begin with `/`
        write `/a/b`
    ");
    let responses =
        "responses: {'200': {description: D}, 4XX: {description: D}, 600: {description: D}, ok: {}, x-a: 1}";
    assert_snapshot!(found(&described(&format!("  /a:\n    get: {{{responses}}}"))), @"
    normalised
    warning N0111 #/paths/~1a/get/responses/600 (key): `600` is no status code
        write `default`, a code such as `404`, or a range such as `4XX`
    warning N0111 #/paths/~1a/get/responses/ok (key): `ok` is no status code
        write `default`, a code such as `404`, or a range such as `4XX`
    ");
}

#[test]
fn path_templates() {
    let path = |path: &str, item: &str| found(&described(&format!("  {path}: {item}")));
    assert_snapshot!(path("/a/{id}", &format!("{{get: {{{OK}}}}}")), @"
    normalised
    warning N0201 #/paths/~1a~1{id}/get: no parameter `in: path` is called `id`, which `/a/{id}` needs
        add a parameter with `name: id`, `in: path`, `required: true`
    ");
    let parameter = "{name: ident, in: path, required: true, schema: {type: string}}";
    assert_snapshot!(path("/a/{idnt}", &format!("{{parameters: [{parameter}], get: {{{OK}}}}}")), @r"
    normalised
    warning N0201 #/paths/~1a~1{idnt}/get: no parameter `in: path` is called `idnt`, which `/a/{idnt}` needs
        did you mean `ident` in the path?
    warning N0202 #/paths/~1a~1{idnt}/parameters/0: `/a/{idnt}` has no `{ident}`; the parameter `ident` is ignored
        did you mean `idnt`?
    ");
    assert_snapshot!(path("/a", &format!("{{get: {{parameters: [{parameter}], {OK}}}}}")), @r"
    normalised
    warning N0202 #/paths/~1a/get/parameters/0: `/a` has no `{ident}`; the parameter `ident` is ignored
    ");
    let outside = "{$ref: 'other.yaml#/P'}";
    assert_snapshot!(path("/a/{id}", &format!("{{get: {{parameters: [{outside}], {OK}}}}}")), @"
    normalised
    warning R0105 #/paths/~1a~1{id}/get/parameters/0/$ref: `$ref` to `other.yaml#/P`: `other.yaml` is not read: it does not exist
    ");
    assert_snapshot!(found(&described("  /a/{b}/c: {}\n  /a/{d}/c: {}")), @r"
    normalised
    warning N0209 #/paths/~1a~1{d}~1c (key): `/a/{d}/c` names the same addresses as `/a/{b}/c`
    ");
}

#[test]
fn parameters() {
    let list = |list: &str| found(&described(&format!("  /a/{{p}}:\n    parameters: {list}")));
    let query = "{name: q, in: query, schema: {type: string}}";
    assert_snapshot!(list(&format!("[{query}, {query}, {{name: q, in: header, schema: {{}}}}]")), @"
    normalised
    warning N0203 #/paths/~1a~1{p}/parameters/1: the query parameter `q` is there twice
        remove one of the two
    ");
    assert_snapshot!(list("[{name: p, in: path, schema: {}}, {name: q, in: query}]"), @r"
    normalised
    warning N0206 #/paths/~1a~1{p}/parameters/0: the path parameter `p` is always required and must say so
        add `required: true`
    warning N0205 #/paths/~1a~1{p}/parameters/1: there must be a `schema` (or a `content`) that says what the parameter holds
        add a `schema`
    ");
    assert_snapshot!(list("[{name: q, in: query, style: simple, schema: {}}]"), @"
    normalised
    warning N0207 #/paths/~1a~1{p}/parameters/0/style: `style: simple` does not go with `in: query`
        styles for this location: `form`, `spaceDelimited`, `pipeDelimited`, `deepObject`
    ");
}

#[test]
fn operation_ids() {
    let get = format!("{{get: {{operationId: a, {OK}}}}}");
    assert_snapshot!(found(&described(&format!("  /a: {get}\n  /b: {get}"))), @"
    normalised
    warning N0204 #/paths/~1b/get/operationId: `a` is there twice
        give each operation an `operationId` of its own
    ");
}

#[test]
fn security() {
    let text = "  {}\ncomponents: {securitySchemes: {api_key: {type: apiKey}, other: {type: http}}}";
    assert_snapshot!(found(&described(text)), @"
    normalised
    warning N0101 #/components/securitySchemes/api_key: a security scheme of `type: apiKey` must have a member `name`
        see OpenAPI 3.0.3, section 4.7.27
    warning N0101 #/components/securitySchemes/api_key: a security scheme of `type: apiKey` must have a member `in`
        see OpenAPI 3.0.3, section 4.7.27
    warning N0101 #/components/securitySchemes/other: a security scheme of `type: http` must have a member `scheme`
        see OpenAPI 3.0.3, section 4.7.27
    ");
}

#[test]
fn references_that_fail() {
    assert_snapshot!(schema("{type: array, items: {$ref: '#/components/schemas/Othre'}}"), @"
    normalised
    warning R0102 #/components/schemas/Pet/items/$ref: `$ref` points to nothing: there is no `#/components/schemas/Othre`
        did you mean `#/components/schemas/Other`?
    ");
    assert_snapshot!(schema("{$ref: 'Other'}"), @"
    normalised
    warning R0105 #/components/schemas/Pet/$ref: `$ref` to `Other`: `Other` is not read: it does not exist
    ");
    assert_snapshot!(schema("{$ref: '#Other'}"), @"
    normalised
    warning R0102 #/components/schemas/Pet/$ref: `#Other` is not a JSON pointer, and no schema here has `$anchor: Other`
        write it as `#/components/schemas/Name`
    ");
    assert_snapshot!(schema("{$ref: 'https://example.com/a.json'}"), @r"
    normalised
    warning R0106 #/components/schemas/Pet/$ref: `$ref` to `https://example.com/a.json` is not fetched
    ");
    assert_snapshot!(schema("{$ref: '#/info'}"), @"
    normalised
    warning R0103 #/components/schemas/Pet/$ref: `$ref` must point to a schema, and `#/info` is the `info`
    ");
    assert_snapshot!(schema("{$ref: '#/components/schemas'}"), @"
    normalised
    warning R0103 #/components/schemas/Pet/$ref: `$ref` must point to a schema, and `#/components/schemas` is something else
    ");
    assert_snapshot!(found(&described("  /a:\n    get: {$ref: '#/x'}\n    parameters: {$ref: '#/y'}")), @r"
    normalised
    note R0111 #/paths/~1a/get/$ref: the specification has no `$ref` for an operation; this one is followed
    warning R0102 #/paths/~1a/parameters/$ref: `$ref` points to nothing: there is no `#/y`
    warning R0102 #/paths/~1a/get/$ref: `$ref` points to nothing: there is no `#/x`
    ");
}

#[test]
fn reference_loops() {
    assert_snapshot!(schema("{$ref: '#/components/schemas/Pet'}"), @"
    normalised
    warning R0104 #/components/schemas/Pet/$ref: `$ref` to `#/components/schemas/Pet` leads to itself
    ");
    let many = |count: usize| {
        let schemas: String =
            (0..count).map(|i| format!("    A{i}: {{$ref: '#/components/schemas/A{}'}}\n", i + 1)).collect();
        found(&described(&format!("  {{}}\ncomponents:\n  schemas:\n{schemas}    A{count}: {{}}\n")))
    };
    assert_eq!(many(64), "normalised\n");
    assert_snapshot!(many(65), @"
    normalised
    warning R0104 #/components/schemas/A0/$ref: more than 64 references follow one another from `#/components/schemas/A1`
    ");
    let two = "{type: object, properties: {a: {$ref: '#/components/schemas/Pet/properties/b'}, b: {$ref: '#/components/schemas/Pet/properties/a'}}}";
    assert_snapshot!(schema(two), @"
    normalised
    warning R0104 #/components/schemas/Pet/properties/a/$ref: `$ref` to `#/components/schemas/Pet/properties/b` leads to itself
    ");
}

#[test]
fn doubled_references_cost_no_more_than_they_say() {
    let pair = |i: usize| format!("{{$ref: '#/components/schemas/A{i}'}}");
    let schemas: String =
        (0..30).map(|i| format!("    A{i}: {{type: object, properties: {{l: {0}, r: {0}}}}}\n", pair(i + 1))).collect();
    assert_eq!(
        found(&described(&format!("  {{}}\ncomponents:\n  schemas:\n{schemas}    A30: {{}}\n"))),
        "normalised\n"
    );
}

#[test]
fn references_that_are_fine() {
    assert_snapshot!(schema("{description: d, $ref: '#/components/schemas/Other', x-a: 1}"), @r"
    normalised
    note R0107 #/components/schemas/Pet/description (key): `description` beside `$ref` is ignored
    ");
    let item = "  /a: {$ref: '#/x-item', get: {}, parameters: []}\nx-item: {}";
    assert_snapshot!(found(&described(item)), @r"
    normalised
    warning R0109 #/paths/~1a/get (key): `get`, `parameters` beside `$ref` are ignored
    ");
    // Percent-encoded, into an extension, and to a place that only a reference makes a schema.
    let text = "  {}\nx-schemas: {a b: {type: object, properties: {c: {type: strin}}}}\ncomponents:\n  schemas:\n    A: {$ref: '#/x-schemas/a%20b'}\n";
    assert_snapshot!(found(&described(text)), @"
    normalised
    warning N0105 #/x-schemas/a b/properties/c/type: `strin` is not one of `string`, `number`, `integer`, `boolean`, `array`, `object`
        did you mean `string`?
    ");
    // A path item that two paths share has its operations once.
    let text = format!(
        "  /a: {{$ref: '#/x-items/one'}}\n  /b: {{$ref: '#/x-items/one'}}\nx-items:\n  one: {{get: {{operationId: o, {OK}}}}}\n"
    );
    assert_eq!(found(&described(&text)), "normalised\n");
}

#[test]
fn everything_is_found_in_one_go() {
    let text = "  a: {}\n  /b/{c}:\n    get: {operationId: 1, responses: {}}\n    put: {operationId: 1}\n    post: {parameters: [{name: d}]}\n";
    assert_snapshot!(found(&described(text)), @r#"
    normalised
    warning N0107 #/paths/~1b~1{c}/get/operationId: a number stands where a text must be; it is read as "1"
        write "1", in quotes
    warning N0107 #/paths/~1b~1{c}/put/operationId: a number stands where a text must be; it is read as "1"
        write "1", in quotes
    warning N0102 #/paths/~1b~1{c}/put: an operation must have a member `responses`
        see OpenAPI 3.0.3, section 4.7.10
    warning N0205 #/paths/~1b~1{c}/post/parameters/0: there must be a `schema` (or a `content`) that says what the parameter holds
        add a `schema`
    warning N0102 #/paths/~1b~1{c}/post: an operation must have a member `responses`
        see OpenAPI 3.0.3, section 4.7.10
    warning N0201 #/paths/~1b~1{c}/get: no parameter `in: path` is called `c`, which `/b/{c}` needs
        add a parameter with `name: c`, `in: path`, `required: true`
    warning N0201 #/paths/~1b~1{c}/put: no parameter `in: path` is called `c`, which `/b/{c}` needs
        add a parameter with `name: c`, `in: path`, `required: true`
    warning N0204 #/paths/~1b~1{c}/put/operationId: `1` is there twice
        give each operation an `operationId` of its own
    warning N0110 #/paths/a (key): the path `a` does not begin with `/`
        write `/a`
    warning N0101 #/paths/~1b~1{c}/post/parameters/0: a parameter must have a member `in`
        see OpenAPI 3.0.3, section 4.7.12
    "#);
}

#[test]
fn the_deepest_documents_are_read_on_a_small_stack() {
    // Two levels each, below `components`, `schemas` and the schema, as deep as the limit on reading allows at all.
    let depth = (Limits::MAX_DEPTH - 5) / 2;
    let nested = |open: &str| format!("{}{{type: nope}}{}", open.repeat(depth), "}}".repeat(depth));
    let inner = nested("{type: object, properties: {a: ");
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    let lines = thread.spawn(move || schema(&inner)).unwrap().join().unwrap();
    assert!(lines.contains("N0105") && lines.lines().count() == 2, "{lines}");
}

#[test]
fn one_bad_value_deep_inside_takes_no_time() {
    // The typed parser alone would try again at each level, twice as long each time.
    let depth = 40;
    let inner =
        format!("{}{{type: string, minLength: -1}}{}", "{type: array, items: ".repeat(depth), "}".repeat(depth));
    assert!(schema(&inner).starts_with("normalised\n"));
}

/// What the only schema of a description of 3.1 becomes: its node, what is collected below it, and what was found.
fn newer(schema: &str) -> String {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:\n    Pet: {schema}\n    Other: {{type: string}}\n"
    );
    let (spec, lines) = normalized(&text);
    let Some(spec) = spec else { return format!("refused\n{lines}") };
    let place = Pointer::root().child("components").child("schemas").child("Pet");
    let components = spec.api().components.as_ref().unwrap();
    let below = components.schemas.iter().filter_map(|(key, schema)| {
        let key = key.strip_prefix(place.as_str())?;
        Some(format!("{key}: {}\n", serde_json::to_string(schema).unwrap()))
    });
    below.collect::<String>() + &lines
}

#[test]
fn schemas_of_3_1_in_the_words_of_3_0() {
    assert_snapshot!(newer("{type: [string, 'null'], minLength: 1}"), @r##"
    : {"nullable":true,"type":"string"}
    "##);
    assert_snapshot!(newer("{type: 'null'}"), @r##"
    : {"enum":[null]}
    "##);
    assert_snapshot!(newer("{type: [integer, string, 'null'], minLength: 1, maximum: 3, enum: [1, a, b], title: T}"), @r##"
    : {"nullable":true,"title":"T","anyOf":[{"$ref":"#/components/schemas/Pet/anyOf/0"},{"$ref":"#/components/schemas/Pet/anyOf/1"}]}
    /anyOf/0: {"type":"string","enum":["a","b"]}
    /anyOf/1: {"type":"integer"}
    "##);
    assert_snapshot!(newer("{type: [array, object], items: {type: string}, properties: {a: {}}, required: [a]}"), @r##"
    : {"anyOf":[{"$ref":"#/components/schemas/Pet/anyOf/0"},{"$ref":"#/components/schemas/Pet/anyOf/1"}]}
    /anyOf/0: {"type":"array","items":{"$ref":"#/components/schemas/Pet/anyOf/0/items"}}
    /anyOf/0/items: {"type":"string"}
    /anyOf/1: {"type":"object","properties":{"a":{"$ref":"#/components/schemas/Pet/anyOf/1/properties/a"}},"required":["a"]}
    /anyOf/1/properties/a: {}
    "##);
    assert_snapshot!(newer("{type: [string, number, integer, boolean, array, object, 'null']}"), @r##"
    : {"nullable":true}
    "##);
    assert_snapshot!(newer("{type: [string, number], anyOf: [{type: string}]}"), @r##"
    : {"anyOf":[{"$ref":"#/components/schemas/Pet/anyOf/0"}]}
    /anyOf/0: {"type":"string"}
    note N0115 #/components/schemas/Pet/type: a list of types beside `allOf`, `oneOf` or `anyOf` is ignored
    "##);
    assert_snapshot!(newer("{type: [strin, 'null']}"), @"
    warning N0105 #/components/schemas/Pet/type: `strin` is not one of `string`, `number`, `integer`, `boolean`, `array`, `object`
        did you mean `string`?
    ");
    assert_snapshot!(newer("{const: a}"), @r##"
    : {"type":"string","enum":["a"]}
    note N0109 #/components/schemas/Pet: a schema with `enum` and without `type` is read as `type: string`
        add `type: string`
    "##);
    assert_snapshot!(newer("{const: 1.5}"), @r##"
    : {"type":"number"}
    note N0109 #/components/schemas/Pet: a schema with `const` and without `type` is read as `type: number`
        add `type: number`
    "##);
    assert_snapshot!(newer("{const: null}"), @r##"
    : {"enum":[null]}
    "##);
    assert_snapshot!(newer("{$ref: '#/components/schemas/Other', description: D}"), @r##"
    : {"description":"D","allOf":[{"$ref":"#/components/schemas/Pet/allOf/0"}]}
    /allOf/0: {"$ref":"#/components/schemas/Other"}
    "##);
    assert_snapshot!(newer("{$ref: '#/components/schemas/Other', $comment: C}"), @r##"
    : {"$ref":"#/components/schemas/Other"}
    "##);
    assert_snapshot!(newer("{type: object, properties: {a: true, b: false}}"), @r##"
    : {"type":"object","properties":{"a":{"$ref":"#/components/schemas/Pet/properties/a"},"b":{"$ref":"#/components/schemas/Pet/properties/b"}}}
    /properties/a: {}
    /properties/b: {}
    note N0114 #/components/schemas/Pet/properties/b: no value fits this schema; it is read as anything
    "##);
    assert_snapshot!(newer("{type: string, contentEncoding: base64, examples: [a, b]}"), @r##"
    : {"type":"string","format":"byte"}
    "##);
    assert_snapshot!(newer("{type: string, contentMediaType: application/octet-stream}"), @r##"
    : {"type":"string","format":"binary"}
    "##);
    assert_snapshot!(newer("{type: array, prefixItems: [{type: string}, {$ref: '#/components/schemas/Pet/$defs/D'}], items: false, $defs: {D: {type: integer}}}"), @r##"
    : {"type":"array","items":{"$ref":"#/components/schemas/Pet/items"}}
    /$defs/D: {"type":"integer"}
    /items: {"anyOf":[{"$ref":"#/components/schemas/Pet/items/anyOf/0"},{"$ref":"#/components/schemas/Pet/items/anyOf/1"}]}
    /items/anyOf/0: {"type":"string"}
    /items/anyOf/1: {"$ref":"#/components/schemas/Pet/$defs/D"}
    note N0123 #/components/schemas/Pet/prefixItems (key): what stands where in the list is not checked; its items are any of these
    "##);
    for schema in [
        "{type: array, items: [{type: string}, {type: integer}], additionalItems: false}",
        "{type: array, prefixItems: [{type: string}], items: {type: integer}}",
    ] {
        let found = newer(schema);
        assert!(found.contains("\"anyOf\"") && found.contains("note N0123"), "{found}");
    }
    assert_snapshot!(newer("{type: array, prefixItems: [{type: number}, {type: number}]}"), @r##"
    : {"type":"array","items":{"$ref":"#/components/schemas/Pet/items"}}
    /items: {"type":"number"}
    "##);
    assert_snapshot!(newer("{type: array, prefixItems: [{type: number}, {}]}"), @r##"
    : {"type":"array"}
    note N0123 #/components/schemas/Pet/prefixItems (key): what stands where in the list is not checked; its items are any of these
    "##);
    assert_snapshot!(newer("{type: array, items: [], additionalItems: {type: string}}"), @r##"
    : {"type":"array","items":{"$ref":"#/components/schemas/Pet/items"}}
    /items: {"type":"string"}
    "##);
    assert_snapshot!(newer("{type: object, if: {}, then: {}, patternProperties: {'^a': {type: string}}}"), @r##"
    : {"type":"object","additionalProperties":{"$ref":"#/components/schemas/Pet/patternProperties/^a"}}
    /patternProperties/^a: {"type":"string"}
    note N0113 #/components/schemas/Pet/if (key): `if` makes no difference to the type, and is not checked
    note N0113 #/components/schemas/Pet/then (key): `then` makes no difference to the type, and is not checked
    "##);
}

#[test]
fn bounds_that_are_excluded_are_told_by_a_flag() {
    let notes = |schema: &str| {
        let (spec, _) = normalized(&format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents: {{schemas: {{A: {schema}}}}}"
        ));
        let node =
            spec.unwrap().node(&Pointer::root().child("components").child("schemas").child("A")).cloned().unwrap();
        let number = |name: &str| node.get(name).and_then(super::read::number);
        let flag = |name: &str| node.get(name).and_then(Node::as_bool);
        (number("minimum"), flag("exclusiveMinimum"), number("maximum"), flag("exclusiveMaximum"))
    };
    assert_eq!(notes("{type: number, exclusiveMinimum: 3}"), (Some(3.0), Some(true), None, None));
    assert_eq!(notes("{type: number, exclusiveMinimum: 3, minimum: 3}"), (Some(3.0), Some(true), None, None));
    assert_eq!(notes("{type: number, exclusiveMinimum: 3, minimum: 4}"), (Some(4.0), None, None, None));
    assert_eq!(notes("{type: number, exclusiveMaximum: 3, maximum: 4}"), (None, None, Some(3.0), Some(true)));
    assert_eq!(notes("{type: number, exclusiveMaximum: 3, maximum: 2}"), (None, None, Some(2.0), None));
}

#[test]
fn members_of_newer_versions_are_known_from_then_on() {
    let described = |version: &str| {
        found(&format!(
            "openapi: {version}\ninfo: {{title: T, version: '1', summary: S}}\njsonSchemaDialect: D\n$self: S\n"
        ))
    };
    assert_snapshot!(described("3.0.3"), @"
    normalised
    warning N0106 #/info/summary (key): the `info` has no member `summary`; it has no effect
        `summary` is a member in OpenAPI 3.1 or later
    warning N0106 #/jsonSchemaDialect (key): a description has no member `jsonSchemaDialect`; it has no effect
        `jsonSchemaDialect` is a member in OpenAPI 3.1 or later
    warning N0106 #/$self (key): a description has no member `$self`; it has no effect
        `$self` is a member in OpenAPI 3.2 or later
    warning N0102 #: a description must have a member `paths`
        see OpenAPI 3.0.3, section 4.7.1
    ");
    assert_snapshot!(described("3.1.0"), @"
    normalised
    warning N0106 #/$self (key): a description has no member `$self`; it has no effect
        `$self` is a member in OpenAPI 3.2 or later
    ");
    assert_snapshot!(described("3.2.0"), @"
    normalised
    ");
}

#[test]
fn what_is_new_and_not_generated_is_said() {
    let text = "openapi: 3.2.0
info: {title: T, version: '1'}
webhooks: {a: {post: {requestBody: {$ref: '#/nowhere'}}}}
paths:
  /a:
    query: {}
    additionalOperations: {COPY: {responses: {'204': {}}}}
    get: {responses: {'200': {content: {application/jsonl: {itemSchema: {type: string}}}}}}
components:
  schemas: {A: {oneOf: [{type: object}], discriminator: {propertyName: a, defaultMapping: A}}}
  securitySchemes: {tls: {type: mutualTLS}}
";
    assert_snapshot!(found(text), @"
    normalised
    warning N0117 #/paths/~1a/query (key): nothing is generated for the `query` of a path item
    warning N0117 #/paths/~1a/additionalOperations (key): nothing is generated for the `additionalOperations` of a path item
    warning R0102 #/webhooks/a/post/requestBody/$ref: `$ref` points to nothing: there is no `#/nowhere`
    ");
    assert_snapshot!(found(&text.replace("3.2.0", "3.1.0")), @"
    normalised
    warning N0106 #/paths/~1a/query (key): a path item has no member `query`; it has no effect
        `query` is a member in OpenAPI 3.2 or later
    warning N0106 #/paths/~1a/additionalOperations (key): a path item has no member `additionalOperations`; it has no effect
        `additionalOperations` is a member in OpenAPI 3.2 or later
    warning N0106 #/paths/~1a/get/responses/200/content/application~1jsonl/itemSchema (key): a media type has no member `itemSchema`; it has no effect
        `itemSchema` is a member in OpenAPI 3.2 or later
    warning N0102 #/paths/~1a/get/responses/200: a response must have a member `description`
        see OpenAPI 3.0.3, section 4.7.17
    warning N0106 #/components/schemas/A/discriminator/defaultMapping (key): a discriminator has no member `defaultMapping`; it has no effect
        `defaultMapping` is a member in OpenAPI 3.2 or later
    warning R0102 #/webhooks/a/post/requestBody/$ref: `$ref` points to nothing: there is no `#/nowhere`
    ");
}

#[test]
fn null_where_it_means_nothing_is_not_there() {
    let text = "openapi: 3.1.0
info: {title: T, version: '1', description: null}
servers: null
webhooks: null
paths:
  /a:
    parameters: null
    get:
      parameters: null
      responses: {'200': null, '201': {description: D, content: null}, '202': {description: D, content: {a/b: null}}}
    put: null
components:
  schemas:
    A: {properties: {a: null, b: {type: string, enum: null, default: null, example: null}}, required: null, type: object}
    B: null
    C: {type: object, properties: null, additionalProperties: null, allOf: null, enum: [null]}
  responses: null
  parameters: {P: null}
";
    assert_snapshot!(found(text), @r"
    normalised
    warning N0122 #/info/description: `description` is null; it is read as if it were not there
    warning N0122 #/servers: `servers` is null; it is read as if it were not there
    warning N0122 #/webhooks: `webhooks` is null; it is read as if it were not there
    warning N0122 #/paths/~1a/parameters: `parameters` is null; it is read as if it were not there
    warning N0122 #/paths/~1a/get/parameters: `parameters` is null; it is read as if it were not there
    warning N0122 #/paths/~1a/get/responses/200: `200` is null; it is read as if it were empty
        write `{}`
    warning N0102 #/paths/~1a/get/responses/200: a response must have a member `description`
        see OpenAPI 3.0.3, section 4.7.17
    warning N0122 #/paths/~1a/get/responses/201/content: `content` is null; it is read as if it were not there
    warning N0122 #/paths/~1a/get/responses/202/content/a~1b: `a/b` is null; it is read as if it were empty
        write `{}`
    warning N0122 #/paths/~1a/put: `put` is null; it is read as if it were not there
    warning N0122 #/components/schemas/A/properties/a: `a` is null; it is read as if it were empty
        write `{}`
    warning N0122 #/components/schemas/A/properties/b/enum: `enum` is null; it is read as if it were not there
    warning N0122 #/components/schemas/A/required: `required` is null; it is read as if it were not there
    warning N0122 #/components/schemas/B: `B` is null; it is read as if it were empty
        write `{}`
    warning N0122 #/components/schemas/C/properties: `properties` is null; it is read as if it were not there
    warning N0122 #/components/schemas/C/additionalProperties: `additionalProperties` is null; it is read as if it were not there
    warning N0122 #/components/schemas/C/allOf: `allOf` is null; it is read as if it were not there
    warning N0122 #/components/responses: `responses` is null; it is read as if it were not there
    warning N0122 #/components/parameters/P: `P` is null; it is read as if it were empty
        write `{}`
    warning N0205 #/components/parameters/P: there must be a `schema` (or a `content`) that says what the parameter holds
        add a `schema`
    warning N0101 #/components/parameters/P: a parameter must have a member `name`
        see OpenAPI 3.0.3, section 4.7.12
    warning N0101 #/components/parameters/P: a parameter must have a member `in`
        see OpenAPI 3.0.3, section 4.7.12
    ");
    // A scheme without scopes, as YAML's writers leave it.
    let scopes = found(
        "openapi: 3.1.0
info: {title: T, version: '1'}
security: [{key: null}]
components: {securitySchemes: {key: {type: http, scheme: bearer}}}
",
    );
    assert_snapshot!(scopes, @r"
    normalised
    warning N0122 #/security/0/key: `key` is null; it is read as if it were empty
        write `[]`
    ");
    // What must be there is missed.
    let refused = found("openapi: 3.1.0\ninfo: {title: T, version: '1'}\nservers: [{url: null}]\n");
    assert!(refused.contains("error N0103 #/servers/0/url"), "{refused}");
}
