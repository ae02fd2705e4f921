//! One value where the specification has a list.

use super::*;
use crate::diag::Diagnostics;
use crate::ir::dump::dump;
use crate::lower::lower;

/// The API of a description, and the codes and places of what was found.
fn api(text: &str) -> (String, Vec<String>) {
    let (spec, found) = normalized(text);
    let mut diagnostics = Diagnostics::default();
    let api = spec.map(|spec| dump(&lower(&spec, &mut diagnostics).api)).unwrap_or(found.clone());
    let place = |line: &str| line.strip_prefix("warning ")?.split(':').next().map(str::to_owned);
    (api, found.lines().filter_map(place).collect())
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
consumes: <application/xml>
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

#[test]
fn what_can_be_meant_otherwise_is_no_element() {
    for wrong in [
        "security: {key: true}",
        "security: key",
        "servers: {production: {url: 'https://a.example'}}",
        "tags: {a: {description: All of a.}}",
        "components: {schemas: {A: {oneOf: {b: {type: string}}}}}",
        "components: {schemas: {A: {allOf: {}}}}",
        "components: {schemas: {A: {enum: {a: 1}}}}",
        "components: {schemas: {A: {properties: {a: {type: string, required: 'true'}}}}}",
    ] {
        let found = found(&described(&format!("  {{}}\n{wrong}\n")));
        assert!(!found.contains("N0129") && found.contains(" N010"), "{wrong}: {found}");
    }
}

#[test]
fn a_reference_to_a_list_stands_for_it() {
    let found = found(&described(
        "  /a: {get: {parameters: {$ref: '#/x-parameters'}, responses: {'204': {description: D}}}}
x-parameters: [{name: q, in: query, schema: {type: string}}]
",
    ));
    assert!(found.contains("R0111") && !found.contains("N0129"), "{found}");
}
