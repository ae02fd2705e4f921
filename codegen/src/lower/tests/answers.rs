//! Answers of several shapes, and their headers.

use insta::assert_snapshot;

use super::operation;

/// The answers of `POST /a/{p}` with these responses, and what was found.
fn answers(responses: &str) -> String {
    let shown = operation(&format!("{{responses: {{{responses}}}}}"));
    shown.replace("POST /a/{p} (-)\n  path p!: String\n", "")
}

fn json(schema: &str) -> String {
    format!("{{description: D, content: {{application/json: {{schema: {schema}}}}}}}")
}

#[test]
fn successes_of_different_shapes_are_told_apart_by_their_statuses() {
    let (text, number) = (json("{type: string}"), json("{type: integer, nullable: true}"));
    let csv = "{description: '', content: {text/csv: {}}}";
    let several =
        answers(&format!("2XX: {csv}, '204': {{description: D}}, '201': {number}, '200': {text}, '202': {text}"));
    assert_snapshot!(several, @r#"
    -> 200 application/json: String "D"
    -> 201 application/json: I64 or null "D"
    -> 202 application/json: String "D"
    -> 204 nothing "D"
    -> 2XX text/csv: text
    "#);
    let default = answers(&format!("default: {text}, '204': {csv}"));
    assert_snapshot!(default, @"
    -> text/csv: text
    default: String
    ");
    let same = answers(&format!("'200': {text}, '201': {text}, '204': {{description: D}}"));
    assert_snapshot!(same, @"
      -> application/json: String or nothing
    ");
}

#[test]
fn headers_are_those_of_all_successes() {
    let headers = |headers: &str| format!("{{description: D, headers: {{{headers}}}}}");
    let (one, other) = (
        headers("X-Left: {description: How many., schema: {type: integer}}, Content-Type: {schema: {type: string}}"),
        headers(
            "x-left: {schema: {type: string}}, etag: {schema: {type: array, items: {type: string}}}, a: {content: {a/b: {}}}",
        ),
    );
    let error = headers("X-Error: {schema: {type: string}}");
    assert_snapshot!(answers(&format!("'200': {one}, '201': {other}, '400': {error}, default: {error}")), @r#"
    -> nothing
    header a: String
    header etag: [String]
    header X-Left: I64 "How many."
    "#);
}

#[test]
fn headers_hold_types_of_their_own() {
    let headers = "X-State: {schema: {type: string, enum: [on, off]}}, X-At: {schema: {type: string, format: date}}, \
                   X-Any: {schema: {}}, X-Few: {schema: {type: array, items: {type: integer, enum: [1, 2]}}}";
    assert_snapshot!(answers(&format!("'200': {{description: D, headers: {{{headers}}}}}")), @"
    type /paths/~1a~1{p}/post/responses/200/headers/X-Few/schema/items <- header X-Few of /paths/~1a~1{p}/post: integer enum 1 | 2
    type /paths/~1a~1{p}/post/responses/200/headers/X-State/schema <- header X-State of /paths/~1a~1{p}/post: enum on | off
      -> nothing
      header X-Any: String
      header X-At: Date
      header X-Few: [/paths/~1a~1{p}/post/responses/200/headers/X-Few/schema/items]
      header X-State: /paths/~1a~1{p}/post/responses/200/headers/X-State/schema
    ");
}

#[test]
fn what_is_no_media_type_is_none_of_the_others() {
    let json = "application/json: {schema: {type: object, properties: {a: {type: string}}}}";
    let content = format!("{{{json}, _links: {{schema: {{type: object, properties: {{b: {{}}}}}}}}}}");
    assert_snapshot!(operation(&format!("{{requestBody: {{content: {content}}}, responses: {{'200': {{description: D, content: {content}}}}}}}")), @"
    type /paths/~1a~1{p}/post/requestBody/content/application~1json/schema <- body of /paths/~1a~1{p}/post: struct
      a: String
    type /paths/~1a~1{p}/post/responses/200/content/application~1json/schema <- 200 of /paths/~1a~1{p}/post: struct
      a: String
    POST /a/{p} (-)
      path p!: String
      body application/json: /paths/~1a~1{p}/post/requestBody/content/application~1json/schema
      -> application/json: /paths/~1a~1{p}/post/responses/200/content/application~1json/schema
    warning S0311 #/paths/~1a~1{p}/post/requestBody/content/_links (key): `_links` is no media type; it is ignored
        a media type is `type/subtype`; the members of an object stand in its `schema`
    warning S0311 #/paths/~1a~1{p}/post/responses/200/content/_links (key): `_links` is no media type; it is ignored
        a media type is `type/subtype`; the members of an object stand in its `schema`
    ");
}

#[test]
fn content_of_no_media_type_is_of_any() {
    let object = "{schema: {type: object, properties: {b: {}}}}";
    let content = format!("{{foo: {object}, '': {{}}}}");
    assert_snapshot!(operation(&format!("{{requestBody: {{content: {content}}}, responses: {{'200': {{description: D, content: {{application: {{}}, 'a/b, c/d': {{}}}}}}}}}}")), @r#"
    type /paths/~1a~1{p}/post/requestBody/content/foo/schema <- body of /paths/~1a~1{p}/post: struct
      b: any
    POST /a/{p} (-)
      path p!: String
      body application/json: /paths/~1a~1{p}/post/requestBody/content/foo/schema
      -> */*: bytes
    warning S0311 #/paths/~1a~1{p}/post/requestBody/content/ (key): `` is no media type; it is ignored
        a media type is `type/subtype`; the members of an object stand in its `schema`
    warning S0311 #/paths/~1a~1{p}/post/requestBody/content/foo (key): `foo` is no media type; it is taken for `*/*`
        a media type is `type/subtype`; the members of an object stand in its `schema`
    warning S0311 #/paths/~1a~1{p}/post/responses/200/content/application (key): `application` is no media type; it is ignored
        a media type is `type/subtype`; the members of an object stand in its `schema`
    warning S0311 #/paths/~1a~1{p}/post/responses/200/content/a~1b, c~1d (key): `a/b, c/d` is no media type; it is taken for `*/*`
        a media type is `type/subtype`; the members of an object stand in its `schema`
    "#);
}
