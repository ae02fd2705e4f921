//! What references say beside what they lead to.

use insta::assert_snapshot;

use super::lowered;

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
    assert_snapshot!(said("3.0.3"), @r"
    p: own
    q: own
    r: own
    body: own
    H: own
    ");
}
