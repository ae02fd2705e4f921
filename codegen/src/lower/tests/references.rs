//! What references say beside what they lead to.

use insta::assert_snapshot;

use super::{HEAD, lowered, shown};
use crate::ir::testing::{component_id, named};
use crate::ir::{Access, TypeKind};

#[test]
fn references_say_what_the_thing_does_not() {
    let text = |version: &str| {
        format!(
            "# YAML\nopenapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{post: {{\
             parameters: [{{$ref: '#/components/parameters/P', description: of the reference}}, \
             {{$ref: '#/components/parameters/Q'}}, {{$ref: '#/components/parameters/Onward', summary: s}}], \
             requestBody: {{$ref: '#/components/requestBodies/B', description: of the reference}}, \
             responses: {{'200': {{$ref: '#/components/responses/R', description: of the reference}}}}}}}}}}\n\
             components:\n  parameters:\n    P: {{name: p, in: query, description: own, schema: {{type: string}}}}\n    \
             Q: {{name: q, in: query, description: own, schema: {{type: string}}}}\n    \
             Onward: {{$ref: '#/components/parameters/Last', description: on the way}}\n    \
             Last: {{name: r, in: query, description: own, schema: {{type: string}}}}\n  \
             requestBodies:\n    B: {{description: own, content: {{text/plain: {{}}}}}}\n  \
             headers:\n    H: {{description: own, schema: {{type: string}}}}\n  \
             responses:\n    R: {{description: own, headers: {{H: {{$ref: '#/components/headers/H', description: of the \
             reference}}}}, content: {{text/plain: {{}}}}}}\n"
        )
    };
    let said = |version: &str| {
        let api = lowered(&text(version)).0.api;
        let operation = &api.operations[0];
        let parameters = operation.parameters.iter().map(|parameter| (parameter.wire.clone(), &parameter.docs));
        let body = operation.body.iter().map(|body| ("body".to_owned(), &body.docs));
        let headers = operation.headers.iter().map(|header| (header.wire.clone(), &header.docs));
        let all = parameters.chain(body).chain(headers);
        let all = all.map(|(name, docs)| format!("{name}: {}", docs.description.as_deref().unwrap_or_default()));
        all.collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(said("3.1.0"), @r"
    p: of the reference
    q: own
    r: on the way
    body: of the reference
    H: of the reference
    ");
    assert_eq!(said("3.0.3"), said("3.1.0"), "where 3.0 has no such words, they are meant");
}

#[test]
fn what_goes_one_way_or_is_deprecated_may_say_so_beside_its_reference() {
    let text = "# YAML\nopenapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    post:\n      requestBody:\n        \
         content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}\n      \
         responses: {'204': {description: Nothing.}}\ncomponents:\n  schemas:\n    \
         A:\n      type: object\n      properties:\n        \
         a: {$ref: '#/components/schemas/B', readOnly: true}\n        \
         b: {$ref: '#/components/schemas/B', deprecated: true, writeOnly: false, minLength: 1}\n        \
         c: {type: array, items: {$ref: '#/components/schemas/B', readOnly: true}}\n    \
         B: {type: string}\n";
    let (lowered, diagnostics) = lowered(text);
    let TypeKind::Struct(of) = &lowered.api.types[&component_id("A")].kind else { panic!("no struct") };
    let flags = of.members.iter().map(|member| (member.access == Access::ReadOnly, member.deprecated));
    assert_eq!(flags.collect::<Vec<_>>(), [(true, false), (false, true), (false, false)]);
    assert_snapshot!(diagnostics, @"
    note R0114 #/components/schemas/A/properties/a/readOnly (key): `readOnly` beside `$ref` is read
    note R0114 #/components/schemas/A/properties/b/deprecated (key): `deprecated` beside `$ref` is read
    note R0107 #/components/schemas/A/properties/b/writeOnly (key): `writeOnly`, `minLength` beside `$ref` are ignored
    note R0107 #/components/schemas/A/properties/c/items/readOnly (key): `readOnly` beside `$ref` is ignored
    ");
}

#[test]
fn words_beside_the_reference_of_a_member_are_the_members() {
    let text = "# YAML\nopenapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    \
         A:\n      type: object\n      properties:\n        \
         a: {$ref: '#/components/schemas/B', description: Of a.}\n        \
         b: {$ref: '#/components/schemas/B', description: Of b., nullable: true, title: T}\n        \
         c: {$ref: '#/components/schemas/B', description: ' '}\n        \
         d: {type: array, items: {$ref: '#/components/schemas/B', description: Of items.}}\n    \
         B: {type: object, description: Of B., properties: {x: {type: string}}}\n";
    let (lowered, diagnostics) = lowered(text);
    let TypeKind::Struct(of) = &lowered.api.types[&component_id("A")].kind else { panic!("no struct") };
    let words = of.members.iter().map(|member| {
        let words = member.docs.description.as_deref().unwrap_or_default();
        format!("{}: {words}{}", member.wire, if member.nullable { " or null" } else { "" })
    });
    assert_eq!(words.collect::<Vec<_>>(), ["a: Of a.", "b: Of b. or null", "c: ", "d: "]);
    assert!(of.members[..3].iter().all(|member| member.ty == named(&component_id("B"))), "{of:?}");
    assert_snapshot!(diagnostics, @"
    note R0114 #/components/schemas/A/properties/a/description (key): `description` beside `$ref` is read
    note R0114 #/components/schemas/A/properties/b/description (key): `description` beside `$ref` is read
    note R0112 #/components/schemas/A/properties/b/nullable (key): `nullable` beside `$ref` is taken at its word
    note R0107 #/components/schemas/A/properties/b/title (key): `title` beside `$ref` is ignored
    note R0107 #/components/schemas/A/properties/c/description (key): `description` beside `$ref` is ignored
    note R0107 #/components/schemas/A/properties/d/items/description (key): `description` beside `$ref` is ignored
    ");
}

#[test]
fn references_to_what_is_not_there_are_said_once() {
    let said = shown(&format!(
        "{HEAD}paths:
  /a:
    get:
      parameters: [{{$ref: '#/components/parameters/P'}}]
      responses: {{'204': {{description: D}}, '200': {{description: D, content: {{application/json: {{schema: \
         {{$ref: '#/components/schemas/A'}}}}}}}}}}
    put: {{parameters: [{{$ref: '#/components/parameters/P'}}], responses: {{'204': {{description: D}}}}}}
components:
  schemas:
    A:
      type: object
      properties:
        a: {{$ref: '#/components/schemas/None'}}
        b: {{$ref: '#/components/schemas/None'}}
        c: {{type: array, items: {{$ref: '#/components/schemas/None'}}}}
        d: {{$ref: '#/components/schemas/Other'}}
"
    ));
    let found: Vec<&str> = said.lines().skip_while(|line| !line.starts_with("warning ")).collect();
    assert_eq!(
        found,
        [
            "warning R0102 #/components/schemas/A/properties/a/$ref: `$ref` points to nothing: there is no \
             `#/components/schemas/None`; this is read as any value",
            "    so it is with 2 more references",
            "warning R0102 #/components/schemas/A/properties/d/$ref: `$ref` points to nothing: there is no \
             `#/components/schemas/Other`; this is read as any value",
            "warning R0102 #/paths/~1a/get/parameters/0/$ref: `$ref` points to nothing: there is no \
             `#/components/parameters/P`",
            "    so it is with 1 more reference",
            "    left out for this: parameter \"P\" of GET /a, parameter \"P\" of PUT /a",
        ]
    );
}

#[test]
fn definitions_of_an_answer_are_called_by_its_operation() {
    let schema = "{type: object, properties: {u: {$ref: '#/$defs/U'}}, $defs: {U: {type: object, properties: {b: {type: string}}}}}";
    let api = lowered(&format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{operationId: getA, responses: {{'200': \
         {{description: D, content: {{application/json: {{schema: {schema}}}}}}}}}}}}}}}\ncomponents: {{schemas: {{U: {{type: \
         object, properties: {{a: {{type: string}}}}}}}}}}\n"
    ))
    .0
    .api;
    let origins: Vec<_> = api.types.values().map(|def| format!("{:?}", def.origin)).collect();
    assert!(origins.contains(&"Component(\"getA.U\")".to_owned()), "{origins:?}");
}
