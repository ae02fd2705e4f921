//! One description a rule, and all that is found in it.

mod newer;
mod nothing;
mod references;
mod single;

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
    warning N0127 #/components/schemas/Pet/type: a list of types, or `null` as one, is of OpenAPI 3.1 or later; it is read as it is meant there
        write `nullable: true` for null, and say `openapi: 3.1.0` if the description is meant to be that
    ");
    assert_snapshot!(schema("{type: 'null'}"), @"
    normalised
    warning N0127 #/components/schemas/Pet/type: a list of types, or `null` as one, is of OpenAPI 3.1 or later; it is read as it is meant there
        write `nullable: true` for null, and say `openapi: 3.1.0` if the description is meant to be that
    ");
    assert_snapshot!(schema("{type: [string, strin]}"), @"
    normalised
    warning N0103 #/components/schemas/Pet/type: `type` must be a text, and is a list
        this is OpenAPI 3.1; if the description is meant to be, say so in `openapi`
    ");
    assert_snapshot!(schema("{type: object, additionalProperties: {type: [integer, 'null'], exclusiveMinimum: 3, minimum: 4}}"), @"
    normalised
    warning N0127 #/components/schemas/Pet/additionalProperties/exclusiveMinimum: a number as `exclusiveMinimum` is of OpenAPI 3.1 or later; it is read as it is meant there
        write it as `minimum`, and `exclusiveMinimum: true`
    warning N0127 #/components/schemas/Pet/additionalProperties/type: a list of types, or `null` as one, is of OpenAPI 3.1 or later; it is read as it is meant there
        write `nullable: true` for null, and say `openapi: 3.1.0` if the description is meant to be that
    ");
    assert_snapshot!(found(&described("  /a: {}\nx-webhooks: {x-sdk: true, a: true}")), @"
    normalised
    warning N0104 #/x-webhooks/a: `a` must be a path item (a mapping), and is a boolean
    ");
    assert_snapshot!(schema("{type: string, minLength: -1, exclusiveMinimum: 3, description: [a]}"), @"
    normalised
    warning N0127 #/components/schemas/Pet/exclusiveMinimum: a number as `exclusiveMinimum` is of OpenAPI 3.1 or later; it is read as it is meant there
        write it as `minimum`, and `exclusiveMinimum: true`
    warning N0104 #/components/schemas/Pet/minLength: `minLength` must be an integer of at least 0, and is a number
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
    assert_snapshot!(schema("{type: string, desciption: d, $defs: {}, colour: red, x-any: [1]}"), @r"
    normalised
    warning N0106 #/components/schemas/Pet/desciption (key): a schema has no member `desciption`; it has no effect
        did you mean `description`?
    warning N0106 #/components/schemas/Pet/$defs (key): a schema has no member `$defs`; it has no effect
        `$defs` is a member in OpenAPI 3.1 or later
    warning N0106 #/components/schemas/Pet/colour (key): a schema has no member `colour`; it has no effect
        extensions begin with `x-`; see OpenAPI 3.0.3, section 4.7.24
    ");
}

#[test]
fn a_constant_is_read_before_there_was_a_word_for_it() {
    assert_snapshot!(schema("{type: object, properties: {a: {const: x}, b: {type: integer, const: 1}}}"), @r"
    normalised
    warning N0127 #/components/schemas/Pet/properties/a/const (key): `const` is a member in OpenAPI 3.1 or later; it is read as it is meant there
        say `openapi: 3.1.0` if the description is meant to be that
    warning N0127 #/components/schemas/Pet/properties/b/const (key): `const` is a member in OpenAPI 3.1 or later; it is read as it is meant there
        say `openapi: 3.1.0` if the description is meant to be that
    ");
}

#[test]
fn what_a_parameter_holds_is_said_once() {
    let text = "{name: a, in: query, schema: {type: string}, content: {application/json: {schema: {type: integer}}}}";
    assert_snapshot!(found(&described(&format!("  /a:\n    parameters: [{text}]"))), @r"
    normalised
    warning N0210 #/paths/~1a/parameters/0/content (key): there must be one of `schema` and `content`; the `content` is ignored
        remove one of the two
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
    assert_snapshot!(schema("{type: integer, format: int32, enum: [made, gone, '3']}"), @r"
    normalised
    warning N0112 #/components/schemas/Pet/enum: the values of this `enum` are texts, which no `type: integer` can be; it is read as one of texts
        write `type: string`
    ");
    // Numbers in quotes are what the type says, and so are booleans.
    assert_snapshot!(schema("{type: integer, enum: ['1', 2]}"), @r"
    normalised
    warning N0112 #/components/schemas/Pet/enum/0: a text among the whole numbers of an `enum` is read as 1
        write it without quotes
    ");
    assert!(!schema("{type: boolean, enum: ['true', 'false']}").contains("N0112"));
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

#[test]
fn a_variable_of_a_server_without_a_default_is_left_out() {
    for said in ["{enum: [eu, us]}", "{default: [eu]}", "{default: {eu: 1}}"] {
        let found = found(&format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\nservers: [{{url: 'https://{{r}}.a.example', variables: {{r: \
             {said}}}}}]\npaths: {{}}\n"
        ));
        assert!(found.starts_with("normalised\nwarning N010"), "{said}: {found}");
    }
}
