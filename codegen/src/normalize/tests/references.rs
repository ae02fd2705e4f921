//! References: where they lead, and where they do not.

use super::*;

#[test]
fn references_that_fail() {
    assert_snapshot!(schema("{type: array, items: {$ref: '#/components/schemas/Othre'}}"), @"
    normalised
    warning R0102 #/components/schemas/Pet/items/$ref: `$ref` points to nothing: there is no `#/components/schemas/Othre`
        did you mean `#/components/schemas/Other`?
    ");
    assert_snapshot!(schema("{$ref: 'Nothing'}"), @"
    normalised
    warning R0105 #/components/schemas/Pet/$ref: `$ref` to `Nothing`: `Nothing` is not read: it does not exist
    ");
    assert_snapshot!(schema("{$ref: '#Nothing'}"), @"
    normalised
    warning R0102 #/components/schemas/Pet/$ref: `#Nothing` is not a JSON pointer, and no schema here has `$anchor: Nothing`
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
fn mappings_that_lead_nowhere() {
    let mapped = |mapping: &str| {
        schema(&format!(
            "{{type: object, discriminator: {{propertyName: t, mapping: {{{mapping}}}}}, properties: {{t: {{}}}}}}"
        ))
    };
    assert_eq!(
        mapped("a: Other, b: '#/components/schemas/Other', c: './test.yaml#/components/schemas/Other'"),
        "normalised\n"
    );
    // Names, which are said to be of no branch where there are branches.
    assert_eq!(mapped("a: Othre, b: 'urn:x', c: a.b.C"), "normalised\n");
    assert_snapshot!(mapped("a: '#/components/schemas/Othre', b: none.yaml, c: ./none, d: '#/info', e: 'https://a.example/b', f: ../up.json, g: '#g'"), @r#"
    normalised
    warning R0102 #/components/schemas/Pet/discriminator/mapping/a: `mapping` points to nothing: there is no `#/components/schemas/Othre`
        did you mean `#/components/schemas/Other`?
    warning R0105 #/components/schemas/Pet/discriminator/mapping/b: `mapping` to `none.yaml`: `none.yaml` is not read: it does not exist
    warning R0105 #/components/schemas/Pet/discriminator/mapping/c: `mapping` to `./none`: `none` is not read: it does not exist
    warning R0103 #/components/schemas/Pet/discriminator/mapping/d: `mapping` must name a schema, and `#/info` is the `info`
    warning R0106 #/components/schemas/Pet/discriminator/mapping/e: `mapping` to `https://a.example/b` is not fetched
    warning R0110 #/components/schemas/Pet/discriminator/mapping/f: `mapping` to `../up.json`: `../up.json` is not read: it is outside the description's folder
        allow its folder with `also_read = ["…"]` in the configuration
    warning R0102 #/components/schemas/Pet/discriminator/mapping/g: `#g` is not a JSON pointer, and no schema here has `$anchor: g`
        write it as `#/components/schemas/Name`
    "#);
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
fn path_items_that_lead_to_one_another_are_said_to_once() {
    let items = "  /a: {$ref: '#/x-b', get: {responses: {}}}\nx-b: {$ref: '#/paths/~1a', put: {responses: {}}}";
    assert_snapshot!(found(&described(items)), @r"
    normalised
    warning R0104 #/paths/~1a/$ref: `$ref` to `#/x-b` leads to itself
    ");
}

#[test]
fn references_that_are_fine() {
    assert_snapshot!(schema("{description: d, $ref: '#/components/schemas/Other', x-a: 1}"), @r"
    normalised
    note R0107 #/components/schemas/Pet/description (key): `description` beside `$ref` is ignored
    ");
    let item = "  /a: {$ref: '#/x-item', x-get: {}, summary: s, post: null}\nx-item: {}";
    assert_snapshot!(found(&described(item)), @r"
    normalised
    warning N0122 #/paths/~1a/post: `post` is null; it is read as if it were not there
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
fn words_beside_a_reference_to_an_example_are_not_missed() {
    let said = |beside: &str| {
        let text = format!(
            "# YAML\n{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{/a: {{get: {{responses: {{'200': {{description: D, content: \
             {{application/json: {{examples: {{one: {{$ref: '#/components/examples/E', {beside}: x}}}}}}}}}}}}}}}}}}, \
             components: {{examples: {{E: {{value: 1}}}}}}}}"
        );
        normalized(&text).1
    };
    assert_eq!(said("description") + &said("summary"), "");
    assert!(said("value").contains("R0107"), "{}", said("value"));
}

#[test]
fn references_that_lead_nowhere_lead_where_they_are_meant_to() {
    let of = |text: &str| {
        let answer = format!("{{description: D, content: {{application/json: {{schema: {{$ref: \"{text}\"}}}}}}}}");
        let schemas = "{Pet: {type: string}, a/Pet: {type: string}, Toy: {type: string}, toy: {type: string}}";
        found(&described(&format!(
            "  /a: {{get: {{responses: {{'200': {answer}}}}}}}\ncomponents: {{schemas: {schemas}}}\n"
        )))
    };
    let pet = "#/components/schemas/Pet";
    for (text, meant) in [
        ("Pet", pet),
        ("#/definitions/Pet", pet),
        ("#/components/schemas/pet", pet),
        ("#components/schemas/Pet", pet),
        ("/components/schemas/Pet", pet),
        (" #/components/schemas/Pet ", pet),
        ("#/components/schemas/a/Pet", "#/components/schemas/a~1Pet"),
        ("toy", "#/components/schemas/toy"),
    ] {
        let found = of(text);
        let wanted = format!(
            "R0115 #/paths/~1a/get/responses/200/content/application~1json/schema/$ref: `$ref` points to nothing: there is no `{text}`; it is read as `{meant}`"
        );
        assert!(found.contains(&wanted) && !found.contains("R0102"), "{text}: {found}");
    }
    for text in
        ["TOY", "Pett", "#/paths/Pet", "#/components/responses/Pet", "pet.yaml", "other.yaml#/components/schemas/Pet"]
    {
        assert!(!of(text).contains("R0115"), "{text}: {}", of(text));
    }
}

#[test]
fn definitions_of_the_schema_around_are_found_from_the_root() {
    let found = schema("{type: object, definitions: {A: {type: string}}, properties: {a: {$ref: '#/definitions/A'}}}");
    assert!(found.contains("it is read as `#/components/schemas/Pet/definitions/A`"), "{found}");
}
