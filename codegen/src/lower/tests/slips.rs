//! Descriptions with slips say what those without say, and each slip is told at its place.

use super::*;
use crate::normalize::testing::normalized;

/// The API of a description, and the codes and places of the warnings.
pub(super) fn api(text: &str) -> (String, Vec<String>) {
    let (spec, found) = normalized(text);
    let mut diagnostics = Diagnostics::default();
    let api = spec.map(|spec| dump(&lower(&spec, &mut diagnostics).api)).unwrap_or(found.clone());
    let place = |line: &str| line.strip_prefix("warning ")?.split(": ").next().map(str::to_owned);
    (api, found.lines().filter_map(place).collect())
}

/// That `slips` says what `meant` says, with these warnings more.
pub(super) fn assert_meant(slips: &str, meant: &str, warnings: &[&str]) {
    let ((read, mut told), (wanted, nothing)) = (api(slips), api(meant));
    told.sort_unstable();
    assert_eq!((read, nothing.len()), (wanted, 0), "{nothing:?}");
    assert_eq!(told, warnings);
}

pub(super) const HEAD: &str = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\nservers: [{url: 'https://a.example'}]\n";

const HEAD_2_0: &str = "swagger: '2.0'\ninfo: {title: A, version: '1'}\nhost: a.example\n";

#[test]
fn names_in_another_case_are_those_names() {
    let schema = "{type: object, properties: {a: {type: string, readOnly: true}}}";
    let meant = format!(
        "{HEAD}paths:
  /a:
    post:
      operationId: makeA
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/B'}}}}}}}}
      responses: {{'200': {{description: D, content: {{application/json: {{schema: {{$ref: '#/components/schemas/B'}}}}}}}}, default: {{description: D}}}}
components: {{schemas: {{B: {schema}}}}}
"
    );
    let slips = [
        ("post:", "POST:"),
        ("operationId", "operationID"),
        ("requestBody", "request_body"),
        (
            "content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}, default",
            "Content: {application/json: {Schema: {$ref: '#/components/schemas/B'}}}}, Default",
        ),
        ("readOnly", "readonly"),
        ("components: {schemas: {B", "Components: {Schemas: {B"),
    ];
    let slipped = slips.iter().fold(meant.clone(), |text, (meant, slip)| text.replace(meant, slip));
    assert_meant(
        &slipped,
        &meant,
        &[
            "N0130 #/Components (key)",
            "N0130 #/Components/Schemas (key)",
            "N0130 #/Components/Schemas/B/properties/a/readonly (key)",
            "N0130 #/paths/~1a/POST (key)",
            "N0130 #/paths/~1a/POST/operationID (key)",
            "N0130 #/paths/~1a/POST/request_body (key)",
            "N0130 #/paths/~1a/POST/responses/200/Content (key)",
            "N0130 #/paths/~1a/POST/responses/200/Content/application~1json/Schema (key)",
            "N0130 #/paths/~1a/POST/responses/Default (key)",
        ],
    );
}

#[test]
fn words_and_scalars_are_what_they_say() {
    let meant = format!(
        "{HEAD}paths:
  /a/{{i}}:
    get:
      parameters:
      - {{name: i, in: path, required: true, schema: {{type: integer, format: int64}}}}
      - {{name: h, in: header, required: true, schema: {{type: string, format: date}}}}
      - {{name: l, in: query, explode: false, schema: {{type: array, maxItems: 3, items: {{type: string}}}}}}
      responses: {{'200': {{description: D, content: {{application/json: {{schema: {{$ref: '#/components/schemas/B'}}}}}}}}}}
components:
  securitySchemes: {{k: {{type: apiKey, in: header, name: K}}}}
  schemas:
    B: {{type: object, additionalProperties: false, properties: {{a: {{type: boolean, nullable: true}}, b: {{type: number, minimum: 1.5}}}}}}
"
    );
    let slips = [
        ("name: i, in: path, required: true", "name: 'i ', in: Path, required: 'true'"),
        ("{type: integer, format: int64}", "{type: long}"),
        ("in: header, required: true", "in: Header, required: yes"),
        ("{type: string, format: date}", "{type: date}"),
        ("explode: false", "explode: 'False'"),
        ("maxItems: 3", "maxItems: '3'"),
        ("items: {type: string}", "items: {type: String}"),
        ("type: apiKey, in: header", "type: api_key, in: HEADER"),
        ("additionalProperties: false", "additionalProperties: 'false'"),
        ("{type: boolean, nullable: true}", "{type: bool, nullable: 'true'}"),
        ("minimum: 1.5", "minimum: '1.5'"),
    ];
    let slipped = slips.iter().fold(meant.clone(), |text, (meant, slip)| text.replace(meant, slip));
    let ((read, told), (wanted, nothing)) = (api(&slipped), api(&meant));
    assert_eq!(read, wanted);
    assert!(nothing.is_empty(), "{nothing:?}");
    assert!(told.len() == 16 && told.iter().all(|line| line.starts_with("N0130 ")), "{told:#?}");
}

#[test]
fn what_can_be_meant_otherwise_is_left_alone() {
    let schema = |schema: &str| format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{B: {schema}}}}}\n");
    for schema in [
        schema("{type: object, Type: {type: string}}"),
        schema("{type: string, Type: integer}"),
        schema("{type: decimal}"),
        schema("{type: timestamp}"),
        schema("{type: string, nullable: maybe}"),
        schema("{type: string, maxLength: ten}"),
        schema("{type: object, properties: {Type: {type: string}, GET: {type: integer}}}"),
        schema("{type: string, example: 'true', default: 'Yes', enum: ['true', 'Yes']}"),
    ] {
        let (_, told) = api(&schema);
        assert!(!told.iter().any(|line| line.starts_with("N013")), "{schema}: {told:?}");
    }
}

#[test]
fn slips_of_2_0_are_mended_before_it_is_brought_to_3_0() {
    let meant = format!(
        "{HEAD_2_0}schemes: [http]
securityDefinitions: {{k: {{type: basic}}}}
security: [{{k: []}}]
paths:
  /a:
    post:
      parameters:
      - {{name: f, in: formData, required: true, type: file}}
      - {{name: l, in: query, type: array, items: {{type: integer}}, collectionFormat: pipes}}
      responses: {{'200': {{description: D, schema: {{type: file}}}}}}
  /b:
    put: {{parameters: [{{name: b, in: body, schema: {{type: object, properties: {{a: {{type: string}}}}}}}}], responses: {{'204': {{description: D}}}}}}
"
    );
    let slips = [
        ("[http]", "[HTTP]"),
        ("{type: basic}", "{type: Basic}"),
        ("in: formData, required: true, type: file", "in: formdata, required: 'true', type: File"),
        ("{type: integer}", "{type: int}"),
        ("collectionFormat: pipes", "collectionFormat: Pipes"),
        ("schema: {type: file}", "schema: {type: File}"),
        ("post:", "POST:"),
        ("in: body", "in: Body"),
    ];
    let slipped = slips.iter().fold(meant.clone(), |text, (meant, slip)| text.replace(meant, slip));
    let (read, told) = api(&slipped);
    assert_eq!(read, api(&meant).0);
    assert!(told.len() == 10 && told.iter().all(|line| line.starts_with("N0130 ")), "{told:#?}");
}

#[test]
fn the_ways_of_2_0_are_read_in_3_0() {
    let meant = format!(
        "{HEAD}security: [{{basic: []}}, {{flow: [r]}}]
paths:
  /a:
    get:
      parameters: [{{name: q, in: query, style: form, explode: false, schema: {{type: array, items: {{type: integer}}}}}}]
      responses: {{'200': {{description: D, headers: {{X-A: {{schema: {{type: integer}}}}}}, content: {{application/json: {{schema: {{$ref: '#/components/schemas/B'}}}}}}}}}}
    put:
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/B'}}}}}}}}
      responses: {{'204': {{description: D}}}}
    post:
      requestBody: {{content: {{multipart/form-data: {{schema: {{type: object, required: [f], properties: {{f: {{type: string, format: binary}}, g: {{type: string}}}}}}}}}}, required: true}}
      responses: {{'204': {{description: D}}}}
components:
  securitySchemes:
    basic: {{type: http, scheme: basic}}
    flow: {{type: oauth2, flows: {{clientCredentials: {{tokenUrl: 'https://a.example/t', scopes: {{r: R}}}}}}}}
  schemas:
    B: {{oneOf: [{{$ref: '#/components/schemas/C'}}, {{$ref: '#/components/schemas/D'}}], discriminator: {{propertyName: kind}}}}
    C: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}}}
    D: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}}}
"
    );
    let slips = [
        (
            "{name: q, in: query, style: form, explode: false, schema: {type: array, items: {type: integer}}}",
            "{name: q, in: query, type: array, items: {type: integer}, collectionFormat: csv}",
        ),
        ("X-A: {schema: {type: integer}}", "X-A: {type: integer}"),
        ("D, headers", "D, schema: {$ref: '#/components/schemas/B'}, headers"),
        (", content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}}\n    put", "}}\n    put"),
        (
            "requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}",
            "parameters: [{name: b, in: body, required: true, schema: {$ref: '#/components/schemas/B'}}]",
        ),
        (
            "requestBody: {content: {multipart/form-data: {schema: {type: object, required: [f], properties: {f: {type: string, format: binary}, g: {type: string}}}}}, required: true}",
            "parameters: [{name: f, in: formData, required: true, type: file}, {name: g, in: formData, type: string}]",
        ),
        ("basic: {type: http, scheme: basic}", "basic: {type: basic}"),
        (
            "flows: {clientCredentials: {tokenUrl: 'https://a.example/t', scopes: {r: R}}}",
            "flow: application, tokenUrl: 'https://a.example/t', scopes: {r: R}",
        ),
        ("discriminator: {propertyName: kind}", "discriminator: kind"),
    ];
    let slipped = slips.iter().fold(meant.clone(), |text, (meant, slip)| text.replace(meant, slip));
    assert_meant(
        &slipped,
        &meant,
        &[
            "N0131 #/components/schemas/B/discriminator (key)",
            "N0131 #/components/securitySchemes/basic/type (key)",
            "N0131 #/components/securitySchemes/flow/flow (key)",
            "N0131 #/paths/~1a/get/parameters/0/type (key)",
            "N0131 #/paths/~1a/get/responses/200/headers/X-A/type (key)",
            "N0131 #/paths/~1a/get/responses/200/schema (key)",
            "N0131 #/paths/~1a/post/parameters/0/in (key)",
            "N0131 #/paths/~1a/post/parameters/1/in (key)",
            "N0131 #/paths/~1a/put/parameters/0/in (key)",
        ],
    );
}

#[test]
fn media_types_of_2_0_are_told_where_they_were_read() {
    let of = |root: &str, operation: &str, body: &str, answer: &str| {
        format!(
            "{HEAD}{root}paths: {{/a: {{post: {{{operation}{body}, responses: {{'200': {{description: D, {answer}}}}}}}}}}}\n"
        )
    };
    let schema = "{type: object, properties: {a: {type: string}}}";
    let older_body = format!("parameters: [{{name: b, in: body, schema: {schema}}}]");
    let (body, answer) = (
        format!("requestBody: {{content: {{application/vnd.a+json: {{schema: {schema}}}}}}}"),
        format!("content: {{application/vnd.b+json: {{schema: {schema}}}}}"),
    );
    let older_answer = format!("schema: {schema}");
    let (consumes, produces) = ("consumes: [application/vnd.a+json]", "produces: [application/vnd.b+json]");
    let told = |text: &str| {
        let mut told = api(text).1;
        told.retain(|line| line.contains("s (key)"));
        told.sort_unstable_by(|a, b| a.rsplit('#').cmp(b.rsplit('#')));
        told
    };
    let (meant, _) = api(&of("", "", &body, &answer));
    for (root, operation, places) in [
        (format!("{consumes}\n{produces}\n"), String::new(), ["#/consumes", "#/produces"]),
        (
            String::new(),
            format!("{consumes}, {produces}, "),
            ["#/paths/~1a/post/consumes", "#/paths/~1a/post/produces"],
        ),
        (format!("{consumes}\n"), format!("{produces}, "), ["#/consumes", "#/paths/~1a/post/produces"]),
    ] {
        let used = of(&root, &operation, &older_body, &older_answer);
        assert_eq!(api(&used).0, meant, "{used}");
        assert_eq!(told(&used), places.map(|place| format!("N0131 {place} (key)")), "{used}");
        let unused = of(&root, &operation, &body, &answer);
        assert_eq!(told(&unused), places.map(|place| format!("N0106 {place} (key)")), "{unused}");
    }
    // Those of the operation hide those of the root.
    let both = of("consumes: [text/plain]\n", &format!("{consumes}, "), &older_body, &answer);
    assert_eq!(told(&both), ["N0106 #/consumes (key)", "N0131 #/paths/~1a/post/consumes (key)"]);
}

#[test]
fn the_root_of_2_0_is_read_in_3_0() {
    let rest = "security: [{k: []}]\npaths: {/a: {get: {responses: {'204': {description: D}}}}}\n";
    let head = HEAD.replace("servers: [{url: 'https://a.example'}]\n", "");
    let scheme = "{k: {type: apiKey, in: header, name: K}}";
    assert_meant(
        &format!("{head}{rest}host: a.example\nbasePath: /v1\nschemes: [https]\nsecurityDefinitions: {scheme}\n"),
        &format!("{head}{rest}servers: [{{url: 'https://a.example/v1'}}]\ncomponents: {{securitySchemes: {scheme}}}\n"),
        &["N0131 #/host (key)", "N0131 #/securityDefinitions (key)"],
    );
}

#[test]
fn a_part_stands_for_what_holds_it() {
    let meant = format!(
        "{HEAD}tags: [{{name: t}}]
security: [{{k: []}}]
paths:
  /a:
    post:
      tags: [t]
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/B'}}}}}}}}
      responses:
        '200': {{description: '', content: {{application/json: {{schema: {{$ref: '#/components/schemas/B'}}}}}}}}
        '201': {{description: D, content: {{application/json: {{schema: {{type: array, items: {{type: string}}}}}}}}}}
        '404': {{description: None.}}
        '500': {{$ref: '#/components/responses/E'}}
components:
  securitySchemes: {{k: {{type: apiKey, in: header, name: K}}}}
  responses: {{E: {{description: E}}}}
  schemas: {{B: {{type: object, properties: {{a: {{type: string}}}}}}}}
"
    );
    let slips = [
        ("{name: t}", "t"),
        ("{url: 'https://a.example'}", "'https://a.example'"),
        ("security: [{k: []}]", "security: [k]"),
        (
            "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}",
            "requestBody: {$ref: '#/components/schemas/B'}",
        ),
        (
            "{description: '', content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}",
            "{$ref: '#/components/schemas/B'}",
        ),
        ("{schema: {type: array, items: {type: string}}}", "{type: array, items: string}"),
        ("{description: None.}", "None."),
        ("{$ref: '#/components/responses/E'}", "'#/components/responses/E'"),
    ];
    let slipped = slips.iter().fold(meant.clone(), |text, (meant, slip)| text.replace(meant, slip));
    assert_meant(
        &slipped,
        &meant,
        &[
            "N0132 #/paths/~1a/post/requestBody",
            "N0132 #/paths/~1a/post/responses/200",
            "N0132 #/paths/~1a/post/responses/201/content/application~1json",
            "N0132 #/paths/~1a/post/responses/201/content/application~1json/items",
            "N0132 #/paths/~1a/post/responses/404",
            "N0132 #/paths/~1a/post/responses/500",
            "N0132 #/security/0",
            "N0132 #/servers/0",
            "N0132 #/tags/0",
        ],
    );
}

#[test]
fn versions_are_read_as_they_are_meant() {
    let rest = "info: {title: A, version: '1'}\npaths: {}\n";
    for (version, meant) in [
        ("openapi: v3.0.1", "openapi: 3.0.1"),
        ("OpenAPI: 3.0.1", "openapi: 3.0.1"),
        ("swagger: '3.0.1'", "openapi: 3.0.1"),
        ("swagger: 2", "swagger: '2.0'"),
        ("openapi: '2.0'", "swagger: '2.0'"),
    ] {
        let member = version.split(':').next().unwrap_or_default();
        assert_meant(&format!("{version}\n{rest}"), &format!("{meant}\n{rest}"), &[&format!("N0130 #/{member}")]);
    }
    for other in ["openapi: '3'", "openapi: 4.0.0", "openapi: 3.x", "swaggerVersion: '1.2'"] {
        assert!(api(&format!("{other}\n{rest}")).0.contains("error N000"), "{other}");
    }
}

#[test]
fn security_schemes_are_found_in_another_case() {
    let of = |name: &str| {
        format!(
            "{HEAD}security: [{{{name}: []}}]\npaths: {{/a: {{get: {{responses: {{'204': {{description: D}}}}}}}}}}\ncomponents: {{securitySchemes: {{apiKey: {{type: apiKey, in: header, name: K}}}}}}\n"
        )
    };
    assert_eq!(api(&of("ApiKey")).0, api(&of("apiKey")).0);
}

#[test]
fn null_is_a_branch_of_a_union() {
    let of = |schema: &str| {
        format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{B: {{type: object, properties: {{a: {schema}}}}}}}}}\n")
    };
    let meant = api(&of("{type: string, nullable: true}")).0;
    for (schema, code) in
        [("{oneOf: [{type: string}, null]}", "N0132"), ("{anyOf: [{type: string}, {type: null}]}", "N0130")]
    {
        let (read, told) = api(&of(schema));
        assert_eq!(read, meant, "{schema}");
        assert!(told.iter().any(|line| line.starts_with(code)), "{told:?}");
        assert!(told.iter().all(|line| line.starts_with(code) || line.starts_with("N0127")), "{told:?}");
    }
}

#[test]
fn a_title_stands_for_the_info() {
    let text = format!("{HEAD}paths: {{/a: {{get: {{responses: {{'204': {{description: D}}}}}}}}}}\n");
    let (read, told) = api(&text.replace("{title: A, version: '1'}", "A"));
    assert_eq!(read.replace("A  at", "A 1 at"), api(&text).0, "{read}");
    assert_eq!(told, ["N0132 #/info", "N0102 #/info"]);
}
