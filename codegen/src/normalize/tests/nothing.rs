//! What says nothing: null, and servers that can't be read.

use super::*;

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
    let refused = schema("{discriminator: {propertyName: null}, oneOf: [{$ref: '#/components/schemas/Other'}]}");
    assert!(refused.contains("N0103 #/components/schemas/Pet/discriminator/propertyName"), "{refused}");
    // Where the API is, the caller can say.
    let server = found("openapi: 3.1.0\ninfo: {title: T, version: '1'}\nservers: [{url: null}]\n");
    assert!(server.starts_with("normalised\nwarning N0122 #/servers/0/url"), "{server}");
}

#[test]
fn a_server_that_cannot_be_read_is_the_caller_s_to_give() {
    for (servers, expected) in [
        ("{foo: bar}", "N0104 #/servers:"),
        ("[foo]", "N0104 #/servers/0:"),
        ("[{description: missing}]", "N0102 #/servers/0:"),
    ] {
        let found = found(&described(&format!("  {{}}\nservers: {servers}\n")));
        assert!(found.starts_with(&format!("normalised\nwarning {expected}")), "{servers}: {found}");
    }
    // What goes elsewhere than the rest can't go to the rest.
    let other = format!("  /a: {{get: {{servers: {{foo: bar}}, {OK}}}}}\n");
    assert!(found(&described(&other)).contains("N0103 #/paths/~1a/get/servers"));
}
