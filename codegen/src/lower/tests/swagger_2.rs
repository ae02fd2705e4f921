//! Each construct of 2.0 against the same in 3.0: lowered, they are one API.

use crate::diag::Diagnostics;
use crate::ir::dump::dump;
use crate::lower::lower;
use crate::normalize::testing::normalized;

/// The API that a text says, and what was found in it.
fn api(text: &str) -> (String, String) {
    let (spec, found) = normalized(text);
    let api = spec.map(|spec| dump(&lower(&spec, &mut Diagnostics::default()).api));
    (api.unwrap_or_default(), found)
}

/// What is the same in both but for where components stand.
fn both(swagger: &str, openapi: &str) {
    let info = "info: {title: A, version: '1'}\n";
    let (written, found) = api(&format!("swagger: '2.0'\n{info}{swagger}"));
    let (wanted, nothing) = api(&format!("openapi: 3.0.3\n{info}{openapi}"));
    assert_eq!(nothing, "");
    assert_eq!(found, "");
    assert!(!wanted.is_empty());
    assert_eq!(written, wanted);
}

#[test]
fn a_list_as_items_has_the_schemas_of_a_tuple() {
    let (api, found) = api("
swagger: '2.0'
info: {title: A, version: '1'}
paths: {}
definitions:
  Either: {type: array, items: [{$ref: '#/definitions/Cat'}, {type: string, x-nullable: true}]}
  Both: {type: array, minItems: 2, maxItems: 2, items: [{$ref: '#/definitions/Cat'}, {type: string}]}
  Cats: {type: array, items: [{$ref: '#/definitions/Cat'}]}
  Cat: {type: object, properties: {name: {type: string}}}
");
    insta::assert_snapshot!(format!("{api}{found}"), @r"
    A 1 at -
    type Both <- component Both: tuple
      Cat
      String
    type Cat <- component Cat: struct
      name: String
    type Cats <- component Cats: = [Cat]
    type Either <- component Either: = [Either/items or null]
    type Either/items <- item of Either: union Object: Cat | String: String
    note N0123 #/components/schemas/Either/items (key): the list may have fewer items or more: its items are any of these, wherever they stand
        where it always has all of them and no more, say so with `items: false`, or `minItems` and `maxItems`
    warning N0127 #/components/schemas/Either/items: a list as `items` is of another version of JSON Schema; it is read as it is meant there
        where each item may be any of these, say so with `anyOf` in `items`
    warning N0127 #/components/schemas/Both/prefixItems (key): `prefixItems` is a member in OpenAPI 3.1 or later; it is read as it is meant there
        say `openapi: 3.1.0` if the description is meant to be that
    warning N0127 #/components/schemas/Cats/items: a list as `items` is of another version of JSON Schema; it is read as it is meant there
        where each item may be any of these, say so with `anyOf` in `items`
    ");
}

#[test]
fn parameters_answers_and_components() {
    both(
        "host: api.example.com
basePath: /v1/
schemes: [http, https]
produces: [application/json]
securityDefinitions: {key: {type: apiKey, in: header, name: X-Key}, login: {type: basic}}
security: [{key: []}]
paths:
  /pets/{id}:
    parameters: [{$ref: '#/parameters/id'}]
    get:
      operationId: getPet
      parameters:
        - {name: tags, in: query, type: array, items: {type: string}, collectionFormat: multi}
        - {name: kinds, in: query, type: array, items: {type: string, enum: [a, b]}}
        - {name: bars, in: query, type: array, items: {type: integer}, collectionFormat: pipes}
        - {name: X-List, in: header, type: array, items: {type: string}}
      responses:
        '200': {description: fine, schema: {$ref: '#/definitions/Pet'}, headers: {X-Rate: {type: integer}}}
        '404': {$ref: '#/responses/Missing'}
    head: {responses: {'204': {description: none}}, security: [{login: []}]}
parameters: {id: {name: id, in: path, required: true, type: integer, format: int64, maximum: 10}}
responses: {Missing: {description: none, schema: {type: object, properties: {code: {type: string}}}}}
definitions:
  Pet:
    type: object
    discriminator: kind
    required: [kind]
    properties: {kind: {type: string}, note: {type: string, x-nullable: true}}
  Cat: {allOf: [{$ref: '#/definitions/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
",
        "servers: [{url: 'https://api.example.com/v1'}, {url: 'http://api.example.com/v1'}]
security: [{key: []}]
paths:
  /pets/{id}:
    parameters: [{$ref: '#/components/parameters/id'}]
    get:
      operationId: getPet
      parameters:
        - {name: tags, in: query, style: form, explode: true, schema: {type: array, items: {type: string}}}
        - {name: kinds, in: query, style: form, explode: false, schema: {type: array, items: {type: string, enum: [a, b]}}}
        - {name: bars, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: integer}}}
        - {name: X-List, in: header, schema: {type: array, items: {type: string}}}
      responses:
        '200':
          description: fine
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
          headers: {X-Rate: {schema: {type: integer}}}
        '404': {$ref: '#/components/responses/Missing'}
    head: {responses: {'204': {description: none}}, security: [{login: []}]}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, login: {type: http, scheme: basic}}
  parameters: {id: {name: id, in: path, required: true, schema: {type: integer, format: int64, maximum: 10}}}
  responses:
    Missing:
      description: none
      content: {application/json: {schema: {type: object, properties: {code: {type: string}}}}}
  schemas:
    Pet:
      type: object
      discriminator: {propertyName: kind}
      required: [kind]
      properties: {kind: {type: string}, note: {type: string, nullable: true}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
",
    );
}

#[test]
fn bodies_and_forms() {
    both(
        "host: a.example
consumes: [application/json]
paths:
  /a:
    post:
      parameters: [{$ref: '#/parameters/Body'}, {name: q, in: query, type: string}]
      responses: {'200': {description: d, schema: {type: file}}}
    put:
      consumes: [application/x-www-form-urlencoded]
      parameters:
        - {name: word, in: formData, type: string, required: true, description: A word.}
        - {name: list, in: formData, type: array, items: {type: string}, collectionFormat: csv}
      responses: {'204': {description: d}}
    patch:
      parameters:
        - {name: up, in: formData, type: file, required: true}
        - {name: list, in: formData, type: array, items: {type: string}}
        - {name: each, in: formData, type: array, items: {type: string}, collectionFormat: multi}
      responses: {'204': {description: d}}
parameters: {Body: {name: body, in: body, required: true, schema: {$ref: '#/definitions/Thing'}}}
definitions: {Thing: {type: object, properties: {a: {type: string}}}}
",
        "servers: [{url: 'https://a.example'}]
paths:
  /a:
    post:
      parameters: [{name: q, in: query, schema: {type: string}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses:
        '200': {description: d, content: {application/octet-stream: {schema: {type: string, format: binary}}}}
    put:
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [word]
              properties:
                word: {type: string, description: A word.}
                list: {type: array, items: {type: string}}
            encoding: {list: {style: form, explode: false}}
      responses: {'204': {description: d}}
    patch:
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [up]
              properties:
                up: {type: string, format: binary}
                list: {type: array, items: {type: string}}
                each: {type: array, items: {type: string}}
            encoding: {list: {style: form, explode: false}, each: {style: form, explode: true}}
      responses: {'204': {description: d}}
components: {schemas: {Thing: {type: object, properties: {a: {type: string}}}}}
",
    );
}

#[test]
fn what_is_wrong_is_said_where_it_was_written() {
    let text = "swagger: '2.0'
info: {title: A, version: '1'}
host: [a]
servers: []
paths:
  /a:
    get:
      parameters: [{name: t, in: query, type: array, items: {type: string}, collectionFormat: tsv}]
      responses: {'200': {description: d, schema: {$ref: '#/definitions/None'}}}
definitions: {Pet: {type: strin}}
";
    insta::assert_snapshot!(api(text).1, @r"
    warning N0104 #/host: `host` must be a text, and is a list
    warning N0106 #/servers (key): a description has no member `servers` in OpenAPI 2.0; it has no effect
    warning N0126 #/paths/~1a/get/parameters/0/collectionFormat: a list with the `collectionFormat` `tsv` for `in: query` is a text that the caller writes
    warning N0105 #/components/schemas/Pet/type: `strin` is not one of `string`, `number`, `integer`, `boolean`, `array`, `object`
        did you mean `string`?
    warning R0102 #/paths/~1a/get/responses/200/content/application~1json/schema/$ref: `$ref` points to nothing: there is no `#/definitions/None`
    ");
}

#[test]
fn files_that_only_produces_tells() {
    let api = |all: &str, own: &str, response: &str| {
        let operation = format!("{{{own}responses: {{{response}, '404': {{description: none}}}}}}");
        super::shown(&format!(
            "swagger: '2.0'\ninfo: {{title: T, version: '1'}}\nhost: a.example\n{all}paths: {{/a: {{get: {operation}}}}}\n"
        ))
    };
    let nothing = "'200': {description: D}";
    let tar = api("", "produces: [application/x-tar, application/octet-stream], ", nothing);
    assert!(tar.contains("-> application/octet-stream, application/x-tar: bytes\n"), "{tar}");
    for (all, own, response) in [
        // What goes for all operations says nothing of one; nor does what may be text.
        ("produces: [application/x-tar]\n", "", nothing),
        ("", "produces: [application/json, application/x-tar], ", nothing),
        ("", "produces: [text/plain], ", nothing),
        ("", "produces: [application/x-tar], ", "'204': {description: D}"),
    ] {
        let shown = api(all, own, response);
        assert!(shown.contains("-> nothing\n"), "{shown}");
    }
}

#[test]
fn of_lists_in_lists_is_said_how_they_are_sent() {
    let of = |parameter: &str| {
        let text = format!(
            "swagger: '2.0'\ninfo: {{title: A, version: '1'}}\npaths: {{/a: {{post: {{parameters: [{parameter}], responses: {{'204': {{description: D}}}}}}}}}}\n"
        );
        api(&text).1
    };
    let list = "type: array, collectionFormat: pipes";
    let inner = "items: {type: array, collectionFormat: csv, items: {type: array, items: {type: integer}}}";
    insta::assert_snapshot!(of(&format!("{{name: n, in: query, {list}, {inner}}}")), @"
    warning N0125 #/paths/~1a/post/parameters/0/items: the lists in this list are sent as JSON, whatever their `collectionFormat`
    ");
    insta::assert_snapshot!(of(&format!("{{name: n, in: formData, {list}, items: {{type: array, items: {{type: string}}}}}}")), @"
    warning N0125 #/paths/~1a/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/n/items: the lists in this list are sent as JSON, whatever their `collectionFormat`
    ");
    assert_eq!(of(&format!("{{name: n, in: query, {list}, items: {{type: integer}}}}")), "");
}

#[test]
fn servers_are_where_they_were_written() {
    let of = |root: &str, own: &str| {
        let text = format!(
            "swagger: '2.0'\ninfo: {{title: A, version: '1'}}\n{root}\npaths: {{/a: {{get: {{{own}responses: {{'204': {{description: D}}}}}}}}}}\n"
        );
        let (mut document, mut diagnostics) = (crate::normalize::testing::document(&text), Diagnostics::default());
        let (limits, mut sources) = (crate::load::Limits::default(), crate::source::Sources::default());
        let mut parts = crate::load::Parts::new(std::path::Path::new("a.yaml"), &[], &limits, &mut sources);
        let spec = crate::normalize::normalize(&mut document, &mut parts, &Default::default(), &mut diagnostics);
        lower(&spec.unwrap(), &mut diagnostics);
        diagnostics.locate(|pointer, key| document.locate(pointer, key), |pointer| document.written(pointer));
        crate::normalize::testing::lines(&diagnostics)
    };
    insta::assert_snapshot!(of("host: a.example\nschemes: [http, https]", ""), @"
    note S0407 #/schemes: the first of 2 servers is used
    ");
    insta::assert_snapshot!(of("basePath: /v1", ""), @"
    warning S0402 #/basePath: the server's address `/v1` is not whole; the caller must give the base URL
    ");
    insta::assert_snapshot!(of("host: a.example\nbasePath: /v1", "schemes: [http], "), @"
    note S0401 #/paths/~1a/get/schemes: this is served at `http://a.example/v1`, and not with the rest
    ");
}

#[test]
fn a_template_of_the_host_has_variables() {
    let of = |root: &str| {
        let text = format!(
            "swagger: '2.0'\ninfo: {{title: A, version: '1'}}\nschemes: [https]\n{root}\npaths: {{/a: {{get: {{responses: {{'204': {{description: D}}}}}}}}}}\n"
        );
        let api = super::lowered(&text).0.api;
        let variables = api.variables.iter().map(|(name, variable)| {
            format!("{name} {:?} {:?} {:?}", variable.default, variable.values, variable.description)
        });
        format!("{:?} {}", api.server.map(|server| server.template), variables.collect::<Vec<_>>().join(", "))
    };
    let host = |members: &str| format!("x-ms-parameterized-host: {{{members}}}");
    let zone = "{name: zone, in: path, required: true, type: string, default: eu, enum: [eu, us], description: Where}";
    insta::assert_snapshot!(
        of(&format!("host: old.example\nbasePath: /v1\n{}", host(&format!("hostTemplate: 'a.{{zone}}.example', parameters: [{zone}]")))),
        @r#"Some("https://a.{zone}.example/v1") zone Some("eu") ["eu", "us"] Some("Where")"#
    );
    // A whole address, which must be chosen.
    insta::assert_snapshot!(
        of(&(host("hostTemplate: '{Endpoint}/text/', useSchemePrefix: false, parameters: [{$ref: '#/parameters/E'}]")
            + "\nparameters: {E: {name: Endpoint, in: path, required: true, type: string, description: Mine}}")),
        @r#"Some("{Endpoint}/text") Endpoint None [] Some("Mine")"#
    );
    // What refers to nothing that is here is a variable all the same.
    insta::assert_snapshot!(
        of(&host("hostTemplate: '{account}.example', parameters: [{$ref: 'common.json#/parameters/E'}]")),
        @r#"Some("https://{account}.example") account None [] None"#
    );
    insta::assert_snapshot!(of(&("host: a.example\n".to_owned() + &host("parameters: []"))), @r#"Some("https://a.example") "#);
}

#[test]
fn what_is_nullable_beside_a_reference_is_as_in_3() {
    let of = |version: &str, paths: &str, nullable: &str| {
        let text = format!("{version}\ninfo: {{title: A, version: '1'}}\npaths: {paths}\n");
        api(&text.replace("NULLABLE", nullable))
    };
    let schema =
        |at: &str| format!("{{type: object, required: [a], properties: {{a: {{$ref: '#/{at}/T', NULLABLE: true}}}}}}");
    let answers = |body: &str| format!("{{/a: {{get: {{responses: {{'200': {{description: D, {body}}}}}}}}}}}");
    let old = answers(&format!("schema: {}", schema("definitions"))) + "\ndefinitions: {T: {type: object}}";
    let new = answers(&format!("content: {{application/json: {{schema: {}}}}}", schema("components/schemas")))
        + "\ncomponents: {schemas: {T: {type: object}}}";
    let (wanted, said) = of("openapi: 3.0.3", &new, "nullable");
    assert!(said.contains("R0112") && wanted.contains("or null"), "{wanted}{said}");
    for word in ["x-nullable", "x-isnullable"] {
        let (read, found) = of("swagger: '2.0'", &old, word);
        assert!(read.contains("a!: T or null"), "{read}");
        assert!(found.contains("R0112"), "{found}");
    }
}

#[test]
fn lists_that_no_style_writes_are_texts() {
    let parameter = |rest: &str| {
        let text = format!(
            "swagger: '2.0'\ninfo: {{title: T, version: '1'}}\nhost: a.example\nschemes: [https]\npaths: {{'/a/{{p}}': {{get: \
             {{parameters: [{{name: p, required: true, type: array, items: {{type: integer}}, maxItems: 3, {rest}}}], responses: \
             {{'204': {{description: d}}}}}}}}}}\n"
        );
        let (api, found) = api(&text);
        (api.lines().find(|line| line.contains(" p!: ")).unwrap_or_default().trim().to_owned(), found)
    };
    let (path, found) = parameter("in: path, collectionFormat: pipes");
    assert_eq!(path, "path p!: String");
    assert!(found.starts_with("warning N0126") && found.contains("`pipes` for `in: path`"), "{found}");
    // What only queries and forms repeat is nothing that would have to be left out elsewhere.
    let (path, found) = parameter("in: path, collectionFormat: multi");
    assert!(path == "path p!: String" && found.starts_with("warning N0126"), "{found}");
    let (_, found) = parameter("in: path, collectionFormat: brackets");
    assert!(found.starts_with("warning N0105") || found.starts_with("error N0105"), "{found}");
}

#[test]
fn an_object_with_the_format_of_a_file_is_one() {
    let of = |schema: &str| {
        let text = format!(
            "swagger: '2.0'\ninfo: {{title: T, version: '1'}}\nhost: a.example\nschemes: [https]\npaths: {{/a: {{put: {{consumes: \
             [application/octet-stream], produces: [application/json, application/octet-stream], parameters: [{{name: b, in: body, \
             required: true, schema: {schema}}}], responses: {{'200': {{description: d, schema: {schema}}}}}}}}}}}\n"
        );
        api(&text).0
    };
    let file = of("{type: object, format: file}");
    assert!(file.contains("-> application/octet-stream: bytes\n"), "{file}");
    assert_eq!(file, of("{type: file}"));
    let object = of("{type: object, format: file, properties: {a: {type: string}}}");
    assert!(object.contains("-> application/json"), "{object}");
}

#[test]
fn what_is_said_to_be_a_secret_is_one() {
    let of = |member: &str| {
        let text = format!(
            "swagger: '2.0'\ninfo: {{title: T, version: '1'}}\nhost: a.example\nschemes: [https]\npaths: {{/a: {{get: {{responses: \
             {{'200': {{description: d, schema: {{$ref: '#/definitions/K'}}}}}}}}}}}}\ndefinitions: {{K: {{type: object, properties: {{k: \
             {member}}}}}}}\n"
        );
        api(&text).0
    };
    let secret = of("{type: string, x-ms-secret: true}");
    assert!(secret.contains("Password"), "{secret}");
    for other in ["{type: string, x-ms-secret: false}", "{type: string, format: byte, x-ms-secret: true}"] {
        assert!(!of(other).contains("Password"), "{other}");
    }
}
