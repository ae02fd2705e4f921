//! One value where the specification has a list is that list.

use super::*;

/// The API of a description, and the codes and places of what was found.
fn api(text: &str) -> (String, Vec<String>) {
    let (lowered, found) = lowered(text);
    let place = |line: &str| line.strip_prefix("warning ")?.split(':').next().map(str::to_owned);
    (dump(&lowered.api), found.lines().filter_map(place).collect())
}

/// A description with `<…>` around what stands for a list, as it is and as a list.
fn both(text: &str) -> [(String, Vec<String>); 2] {
    [("", ""), ("[", "]")].map(|(start, end)| api(&text.replace('<', start).replace('>', end)))
}

#[test]
fn one_value_is_a_list_of_that() {
    let [(single, found), (list, nothing)] = both(
        "openapi: 3.0.3
info: {title: A, version: '1'}
servers: <{url: 'https://a.example'}>
security: <{key: []}>
tags: <{name: a, description: All of a.}>
paths:
  /a:
    get:
      tags: <a>
      security: <{flow: [read]}>
      parameters: <{$ref: '#/components/parameters/Q'}>
      responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}}
    post:
      parameters: <{name: r, in: query, x-a: 1, schema: {type: string, enum: <x>}}>
      responses: {'204': {description: D}}
components:
  parameters: {Q: {name: q, in: query, schema: {type: integer}}}
  securitySchemes:
    key: {type: apiKey, name: k, in: header}
    flow: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a.example/t', scopes: {read: R}}}}
  schemas:
    B:
      type: object
      required: <id>
      properties:
        id: {type: string}
        c: {description: Its C., allOf: <{$ref: '#/components/schemas/C'}>}
        d: {oneOf: <{type: string}>}
    C: {type: object, properties: {d: {type: string}}}
",
    );
    assert_eq!(single, list);
    assert!(nothing.is_empty(), "{nothing:?}");
    let mut places: Vec<_> = found.iter().filter_map(|line| line.strip_prefix("N0129 ")).collect();
    places.sort_unstable();
    assert_eq!(
        places,
        [
            "#/components/schemas/B/properties/c/allOf",
            "#/components/schemas/B/properties/d/oneOf",
            "#/components/schemas/B/required",
            "#/paths/~1a/get/parameters",
            "#/paths/~1a/get/security",
            "#/paths/~1a/get/tags",
            "#/paths/~1a/post/parameters",
            "#/paths/~1a/post/parameters/0/schema/enum",
            "#/security",
            "#/servers",
            "#/tags",
        ]
    );
    assert_eq!(found.len(), places.len(), "{found:?}");
}

#[test]
fn so_it_is_in_2_0() {
    let [(single, found), (list, nothing)] = both(
        "swagger: '2.0'
info: {title: A, version: '1'}
host: a.example
schemes: <https>
consumes: <application/json>
produces: <text/plain>
security: <{key: []}>
securityDefinitions: {key: {type: apiKey, name: k, in: header}}
paths:
  /a:
    parameters: <{name: q, in: query, type: string, enum: <x>}>
    post:
      produces: <application/json>
      schemes: <http>
      parameters: <{name: b, in: body, schema: {type: string}}>
      responses: {'200': {description: D, schema: {type: object, required: <c>, properties: {c: {type: integer}}}}}
",
    );
    assert_eq!(single, list);
    assert!(nothing.is_empty(), "{nothing:?}");
    assert_eq!(found.len(), 10, "{found:?}");
}
