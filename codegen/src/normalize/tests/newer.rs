//! What OpenAPI 3.1 and later have beyond 3.0.

use super::*;
use crate::normalize::Stands;
use crate::normalize::form::Form;

/// What the only schema of a description of 3.1 becomes: its node, what is collected below it, and what was found.
fn newer(schema: &str) -> String {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:\n    Pet: {schema}\n    Other: {{type: string}}\n"
    );
    let (spec, lines) = normalized(&text);
    let Some(spec) = spec else { return format!("refused\n{lines}") };
    let place = Pointer::root().child("components").child("schemas").child("Pet");
    let below = spec.objects.schemas.iter().filter_map(|(key, schema)| {
        let key = key.as_str().strip_prefix(place.as_str())?;
        let said = match schema {
            Stands::Here(schema) => serde_json::to_string(&Form::Object(schema.0.clone())).unwrap(),
            Stands::At(target) => format!(r#"{{"$ref":"{target}"}}"#),
        };
        Some(format!("{key}: {said}\n"))
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
    : {"anyOf":[{"$ref":"#/components/schemas/Pet/anyOf/0"},{"$ref":"#/components/schemas/Pet/anyOf/1"}],"nullable":true,"title":"T"}
    /anyOf/0: {"enum":["a","b"],"type":"string"}
    /anyOf/1: {"enum":[1],"type":"integer"}
    "##);
    assert_snapshot!(newer("{type: [array, object], items: {type: string}, properties: {a: {}}, required: [a]}"), @r##"
    : {"anyOf":[{"$ref":"#/components/schemas/Pet/anyOf/0"},{"$ref":"#/components/schemas/Pet/anyOf/1"}]}
    /anyOf/0: {"items":{"$ref":"#/components/schemas/Pet/anyOf/0/items"},"type":"array"}
    /anyOf/0/items: {"type":"string"}
    /anyOf/1: {"properties":{"a":{"$ref":"#/components/schemas/Pet/anyOf/1/properties/a"}},"required":["a"],"type":"object"}
    /anyOf/1/properties/a: {}
    "##);
    assert_snapshot!(newer("{type: [string, number, integer, boolean, array, object, 'null']}"), @r##"
    : {"nullable":true}
    "##);
    // What may be anything is not what is said of one of its types.
    assert_eq!(
        newer(
            "{type: [string, number, boolean, array, object], items: {}, additionalProperties: {$ref: '#/components/schemas/Pet'}}"
        ),
        ": {}\n"
    );
    assert_snapshot!(newer("{type: [string, number], anyOf: [{type: string}]}"), @r##"
    : {"anyOf":[{"$ref":"#/components/schemas/Pet/anyOf/0"}]}
    /anyOf/0: {"type":"string"}
    note N0115 #/components/schemas/Pet/type: a list of types beside `allOf`, `oneOf` or `anyOf` is ignored
    "##);
    assert_snapshot!(newer("{type: [strin, 'null']}"), @"
    warning N0105 #/components/schemas/Pet/type: `strin` is not one of `string`, `number`, `integer`, `boolean`, `array`, `object`
        did you mean `string`?
    ");
    assert_snapshot!(newer("{const: a}"), @r#"
    : {"enum":["a"],"type":"string"}
    "#);
    assert_snapshot!(newer("{const: 1.5}"), @r##"
    : {"type":"number"}
    "##);
    assert_snapshot!(newer("{const: null}"), @r##"
    : {"enum":[null]}
    "##);
    assert_snapshot!(newer("{$ref: '#/components/schemas/Other', description: D}"), @r##"
    : {"allOf":[{"$ref":"#/components/schemas/Pet/allOf/0"}],"description":"D"}
    /allOf/0: {"$ref":"#/components/schemas/Other"}
    "##);
    assert_snapshot!(newer("{$ref: '#/components/schemas/Other', $comment: C}"), @r##"
    : {"$ref":"#/components/schemas/Other"}
    "##);
    assert_snapshot!(newer("{type: object, properties: {a: true, b: false}}"), @r##"
    : {"properties":{"a":{"$ref":"#/components/schemas/Pet/properties/a"},"b":{"$ref":"#/components/schemas/Pet/properties/b"}},"type":"object"}
    /properties/a: {}
    /properties/b: {}
    note N0114 #/components/schemas/Pet/properties/b: no value fits this schema; it is read as anything
    "##);
    assert_snapshot!(newer("{type: string, contentEncoding: base64, examples: [a, b]}"), @r##"
    : {"format":"byte","type":"string"}
    "##);
    assert_snapshot!(newer("{type: string, contentMediaType: application/octet-stream}"), @r##"
    : {"format":"binary","type":"string"}
    "##);
    for names in ["{type: string}", "{}", "true"] {
        assert_eq!(newer(&format!("{{type: object, propertyNames: {names}}}")), ": {\"type\":\"object\"}\n", "{names}");
    }
    for names in ["{type: string, maxLength: 3}", "{$ref: '#/components/schemas/Other'}", "false"] {
        let found = newer(&format!("{{type: object, propertyNames: {names}}}"));
        assert!(found.contains("note N0113 #/components/schemas/Pet/propertyNames"), "{found}");
    }
    assert_snapshot!(newer("{type: array, prefixItems: [{type: string}, {$ref: '#/components/schemas/Pet/$defs/D'}], items: false, minItems: 1, $defs: {D: {type: integer}}}"), @r##"
    : {"items":{"$ref":"#/components/schemas/Pet/items"},"type":"array"}
    /$defs/D: {"type":"integer"}
    /items: {"anyOf":[{"$ref":"#/components/schemas/Pet/items/anyOf/0"},{"$ref":"#/components/schemas/Pet/items/anyOf/1"}]}
    /items/anyOf/0: {"type":"string"}
    /items/anyOf/1: {"$ref":"#/components/schemas/Pet/$defs/D"}
    note N0123 #/components/schemas/Pet/prefixItems (key): the list may have fewer items: its items are any of these, wherever they stand
        where it always has all of them and no more, say so with `items: false`, or `minItems` and `maxItems`
    "##);
    for schema in [
        "{type: array, prefixItems: [{type: string}, {type: integer}], minItems: 2, maxItems: 2}",
        "{type: [array, 'null'], prefixItems: [{type: string}, {type: integer}], minItems: 2, items: false}",
        "{type: array, items: [{type: string}, {type: integer}], additionalItems: false, minItems: 2}",
        "{type: array, items: [{type: string}, {type: integer}], additionalItems: false}",
        "{type: array, prefixItems: [{type: string}, {type: integer}], items: false}",
        "{type: array, prefixItems: [{type: string}, {type: integer}], items: false, maxItems: 2}",
        "{type: array, prefixItems: [{type: string}, {type: integer}], minItems: 2, unevaluatedItems: false}",
        "{prefixItems: [{type: string}, {type: integer}], minItems: 3, maxItems: 1, items: {type: string}}",
    ] {
        let found = newer(schema);
        let exact = r##""prefixItems":[{"$ref":"#/components/schemas/Pet/prefixItems/0"},{"$ref":"#/components/schemas/Pet/prefixItems/1"}],"##;
        assert!(found.contains(exact) && !found.contains("\"items\"") && !found.contains("N0123"), "{found}");
    }
    for schema in [
        "{type: array, items: [{type: string}, {type: integer}], additionalItems: false, minItems: 0}",
        "{type: array, prefixItems: [{type: string}, {type: integer}], maxItems: 2}",
        "{type: array, prefixItems: [{type: string}, {type: integer}], minItems: 1, maxItems: 2}",
        "{type: array, prefixItems: [{type: string}, {type: integer}], minItems: 2, maxItems: 3}",
        "{type: array, prefixItems: [{type: string}], items: {type: integer}}",
        "{type: array, prefixItems: [{type: string}, {type: integer}], minItems: 2, unevaluatedItems: false, contains: {type: string}}",
    ] {
        let found = newer(schema);
        assert!(found.contains("\"anyOf\"") && found.contains("note N0123"), "{found}");
    }
    assert_snapshot!(newer("{type: array, prefixItems: [{type: number}, {type: number}]}"), @r##"
    : {"items":{"$ref":"#/components/schemas/Pet/items"},"type":"array"}
    /items: {"type":"number"}
    "##);
    assert_snapshot!(newer("{type: array, prefixItems: [{type: number}, {}]}"), @r##"
    : {"type":"array"}
    note N0123 #/components/schemas/Pet/prefixItems (key): the list may have fewer items or more: its items are any of these, wherever they stand
        where it always has all of them and no more, say so with `items: false`, or `minItems` and `maxItems`
    "##);
    assert_snapshot!(newer("{type: array, items: [], additionalItems: {type: string}}"), @r##"
    : {"items":{"$ref":"#/components/schemas/Pet/items"},"type":"array"}
    /items: {"type":"string"}
    "##);
    assert_snapshot!(newer("{type: object, if: {}, then: {}, patternProperties: {'^a': {type: string}}}"), @r##"
    : {"additionalProperties":{"$ref":"#/components/schemas/Pet/patternProperties/^a"},"type":"object"}
    /patternProperties/^a: {"type":"string"}
    note N0113 #/components/schemas/Pet/if (key): `if` makes no difference to the type, and is not checked
    note N0113 #/components/schemas/Pet/then (key): `then` makes no difference to the type, and is not checked
    note N0124 #/components/schemas/Pet/patternProperties (key): members with names that match no pattern are read as if they did
        `additionalProperties: false` says that there are none
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
        let number = |name: &str| node.get(name).and_then(super::super::read::number);
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
fn keywords_of_ones_own_are_no_slips_from_3_1_on() {
    let described = |version: &str| {
        found(&format!(
            "openapi: {version}\ninfo: {{title: T, version: '1', colour: red}}\npaths: {{}}\n\
             components: {{schemas: {{A: {{type: string, desciption: d, colour: red}}}}}}\n"
        ))
    };
    let said = described("3.1.0");
    assert_snapshot!(said, @"
    normalised
    warning N0106 #/info/colour (key): the `info` has no member `colour`; it has no effect
        extensions begin with `x-`; see OpenAPI 3.0.3, section 4.7.2
    warning N0106 #/components/schemas/A/desciption (key): a schema has no member `desciption`; it has no effect
        did you mean `description`?
    note N0133 #/components/schemas/A/colour (key): a schema has no member `colour`; it has no effect
    ");
    assert_eq!(described("3.2.0"), said);
    assert!(!described("3.0.3").contains("N0133"));
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
    additionalOperations: {COPY: {responses: {'204': {}}}, 'A B': {}, post: {responses: {}}, QUERY: {}}
    get: {responses: {'200': {content: {application/jsonl: {itemSchema: {type: string}}}}}}
components:
  schemas: {A: {oneOf: [{type: object}], discriminator: {propertyName: a, defaultMapping: A}}}
  securitySchemes: {tls: {type: mutualTLS}}
";
    assert_snapshot!(found(text), @"
    normalised
    warning N0117 #/paths/~1a/additionalOperations/A B (key): `A B` can't be the method of an additional operation
    warning N0117 #/paths/~1a/additionalOperations/QUERY (key): `QUERY` can't be the method of an additional operation
    warning N0117 #/paths/~1a/additionalOperations/post (key): `post` can't be the method of an additional operation
    warning R0102 #/webhooks/a/post/requestBody/$ref: `$ref` points to nothing: there is no `#/nowhere`
    ");
    assert_snapshot!(found(&text.replace("3.2.0", "3.1.0")), @"
    normalised
    warning N0106 #/paths/~1a/query (key): a path item has no member `query`; it has no effect
        `query` is a member in OpenAPI 3.2 or later
    warning N0106 #/paths/~1a/additionalOperations (key): a path item has no member `additionalOperations`; it has no effect
        `additionalOperations` is a member in OpenAPI 3.2 or later
    warning N0127 #/paths/~1a/get/responses/200/content/application~1jsonl/itemSchema (key): `itemSchema` is a member in OpenAPI 3.2 or later; it is read as it is meant there
        say `openapi: 3.2.0` if the description is meant to be that
    warning N0102 #/paths/~1a/get/responses/200: a response must have a member `description`
        see OpenAPI 3.0.3, section 4.7.17
    warning N0106 #/components/schemas/A/discriminator/defaultMapping (key): a discriminator has no member `defaultMapping`; it has no effect
        `defaultMapping` is a member in OpenAPI 3.2 or later
    warning R0102 #/webhooks/a/post/requestBody/$ref: `$ref` points to nothing: there is no `#/nowhere`
    ");
}
