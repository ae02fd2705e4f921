use crate::diag::Diagnostics;
use crate::ir::{Body, Choices, Payload};
use crate::lower::{lower, lower_with};
use crate::normalize::testing::{lines, normalized};

/// The body that offers `content`, and what was found.
fn body(content: &str) -> (Option<Body>, String) {
    let text = format!(
        "# YAML\n{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{/a: {{put: {{requestBody: {{content: {content}}}, \
         responses: {{'204': {{description: ''}}}}}}}}}}}}"
    );
    let mut diagnostics = Diagnostics::default();
    let mut api = lower(&normalized(&text).0.unwrap(), &mut diagnostics).api;
    (api.operations.pop().and_then(|operation| operation.body), lines(&diagnostics))
}

#[test]
fn another_body_can_be_chosen() {
    let text = "# YAML\n{openapi: 3.0.3, info: {title: T, version: '1'}, paths: {/a: {put: {operationId: putA, requestBody: {content: {\
                application/json: {schema: {type: object, properties: {a: {type: string}}}}, \
                multipart/form-data: {schema: {type: object, properties: {b: {type: string, format: binary}}}}, \
                text/csv: {schema: {type: string}}}}, responses: {'204': {description: ''}}}}}}";
    let spec = normalized(text).0.unwrap();
    let sent = |name: &str, media_type: &str| {
        let mut diagnostics = Diagnostics::default();
        let bodies = [(name.to_owned(), media_type.to_owned())].into();
        let mut api = lower_with(&Choices { bodies, ..Choices::default() }, &spec, &mut diagnostics).api;
        let body = api.operations.pop().and_then(|operation| operation.body).unwrap();
        (body.media_type, matches!(body.payload, Payload::Multipart { .. }), lines(&diagnostics))
    };
    for name in ["putA", "PUT /a", "#/paths/~1a/put"] {
        assert_eq!(
            sent(name, "multipart/form-data"),
            ("multipart/form-data".to_owned(), true, String::new()),
            "{name}"
        );
    }
    assert_eq!(sent("putA", "text/csv").0, "text/csv");
    for (name, media_type) in [("putB", "text/csv"), ("putA", "text/html")] {
        let (media_type, _, found) = sent(name, media_type);
        assert!(media_type == "application/json" && found.starts_with("note S0308"), "{found}");
    }
}

#[test]
fn what_has_files_is_sent_in_parts_unless_another_body_is_chosen() {
    let file = "{schema: {type: object, properties: {f: {type: string, format: binary}}}}";
    let same = "{schema: {$ref: '#/paths/~1a/put/requestBody/content/multipart~1form-data/schema'}}";
    for other in ["application/json", "application/x-www-form-urlencoded"] {
        let (sent, _) = body(&format!("{{{other}: {same}, multipart/form-data: {file}}}"));
        assert_eq!(sent.unwrap().media_type, "multipart/form-data", "{other}");
        let text = format!(
            "# YAML\n{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{/a: {{put: {{requestBody: {{content: {{\
             {other}: {same}, multipart/form-data: {file}}}}}, responses: {{'204': {{description: ''}}}}}}}}}}}}"
        );
        let bodies = [("PUT /a".to_owned(), other.to_owned())].into();
        let choices = Choices { bodies, ..Choices::default() };
        let mut api = lower_with(&choices, &normalized(&text).0.unwrap(), &mut Diagnostics::default()).api;
        let sent = api.operations.pop().and_then(|operation| operation.body).unwrap();
        assert_eq!(sent.media_type, other);
    }
}

#[test]
fn the_media_type_is_the_one_that_is_written() {
    for (content, media_type) in [
        ("{application/merge-patch+json: {}}", "application/merge-patch+json"),
        (
            "{application/json-patch+json: {schema: {type: object}}, application/strategic-merge-patch+json: {schema: {type: object}}}",
            "application/strategic-merge-patch+json",
        ),
        ("{'application/json; charset=utf-8': {}}", "application/json; charset=utf-8"),
        ("{application/a+json: {}, application/json: {}}", "application/json"),
        ("{multipart/form-data: {}, text/plain: {}}", "text/plain"),
        ("{application/zip: {}, text/plain: {}}", "text/plain"),
        ("{'*/*': {schema: {type: object}}}", "application/json"),
        ("{'*/*': {schema: {type: string, format: binary}}}", "application/octet-stream"),
        ("{'image/*': {}}", "application/octet-stream"),
    ] {
        let (body, found) = body(content);
        assert_eq!((body.unwrap().media_type.as_str(), found.as_str()), (media_type, ""), "{content}");
    }
}

#[test]
fn what_is_sent_as_nothing_is_said() {
    let json = "application/json: {schema: {type: object, properties: {a: {type: string}}}}";
    let found = |others: &str| body(&format!("{{{json}, {others}}}")).1;
    let file = "{schema: {type: object, properties: {f: {type: string, format: binary}}}}";
    let said = found(&format!("multipart/form-data: {file}, text/csv: {{schema: {{type: string}}}}, text/plain: {{}}"));
    let message = "the request body is sent as `application/json`, and not as `multipart/form-data`, `text/csv`";
    assert!(said.starts_with("note S0308 #/paths/~1a/put/requestBody/content: ") && said.contains(message), "{said}");
    let same = "{schema: {$ref: '#/paths/~1a/put/requestBody/content/application~1json/schema'}}";
    assert_eq!(found(&format!("application/x-www-form-urlencoded: {same}, application/a+json: {same}")), "");
    assert_eq!(body("{image/png: {}, image/jpeg: {}}").1, "");
}

#[test]
fn json_can_be_called_what_is_offered() {
    let offered = |content: &str| body(content).0.unwrap().offered;
    let schema = "{schema: {$ref: '#/paths/~1a/put/requestBody/content/application~1merge-patch+json/schema'}}";
    let patches = |others: &str| {
        offered(&format!(
            "{{application/merge-patch+json: {{schema: {{type: object, properties: {{a: {{}}}}}}}}, {others}}}"
        ))
    };
    let others = format!("application/z+json: {schema}, application/json-patch+json: {schema}, text/plain: {{}}");
    assert_eq!(patches(&others), ["application/json-patch+json", "application/z+json"]);
    assert_eq!(patches("application/z+json: {schema: {type: object, properties: {b: {}}}}"), [""; 0]);
    assert_eq!(patches(&format!("text/plain: {schema}")), [""; 0], "no JSON");
    // What is plain JSON, or any, has nothing to be told by.
    let object = "{schema: {type: object, properties: {a: {}}}}";
    for usual in ["application/json", "'*/*'", "'application/*'"] {
        let same = usual.trim_matches('\'').replace('/', "~1");
        let same = format!("{{schema: {{$ref: '#/paths/~1a/put/requestBody/content/{same}/schema'}}}}");
        let content = format!("{usual}: {object}, application/a+json: {same}");
        assert_eq!(offered(&format!("{{{content}}}")), [""; 0], "{content}");
    }
}

#[test]
fn bytes_can_be_of_what_is_offered() {
    let offered = |content: &str| body(content).0.unwrap().offered;
    assert_eq!(offered("{image/png: {}, image/jpeg: {}}"), ["image/jpeg", "image/png"]);
    assert_eq!(offered("{'image/*': {}}"), ["image/*"]);
    assert_eq!(offered("{'*/*': {schema: {type: string, format: binary}}}"), ["*/*"]);
    for none in ["{image/png: {}, multipart/mixed: {}}", "{image/png: {}, x: {}}"] {
        assert_eq!(offered(none), [""; 0], "{none}");
    }
    for none in ["{image/png: {}}", "{image/png: {}, application/json: {}}", "{text/plain: {}, text/csv: {}}"] {
        assert_eq!(offered(none), [""; 0], "{none}");
    }
}

#[test]
fn forms_are_of_objects() {
    for schema in [
        "{type: object, properties: {a: {type: string}}}",
        "{type: object}",
        "{oneOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: object}]}",
    ] {
        let (form, found) =
            body(&format!("{{application/x-www-form-urlencoded: {{schema: {schema}}}, text/plain: {{}}}}"));
        assert!(matches!(form.unwrap().payload, Payload::Form { .. }) && found.is_empty(), "{schema} {found}");
    }
    for schema in
        ["{}", "{type: string}", "{type: array, items: {type: object}}", "{oneOf: [{type: object}, {type: string}]}"]
    {
        let (text, found) = body(&format!("{{application/x-www-form-urlencoded: {{schema: {schema}}}}}"));
        assert_eq!(text.unwrap().payload, Payload::Text, "{schema}");
        assert!(found.starts_with("warning S0301"), "{found}");
        let (text, _) =
            body(&format!("{{application/x-www-form-urlencoded: {{schema: {schema}}}, application/a+json: {{}}}}"));
        assert!(matches!(text.unwrap().payload, Payload::Json { .. }), "{schema}");
    }
}

#[test]
fn what_the_caller_has_to_write_is_said() {
    for content in
        ["{multipart/form-data: {}}", "{multipart/form-data: {schema: {type: object}}}", "{multipart/mixed: {}}"]
    {
        let (encoded, found) = body(content);
        assert_eq!(encoded.unwrap().payload, Payload::Encoded, "{content}");
        assert!(found.starts_with("warning S0301"), "{found}");
    }
}

#[test]
fn numbers_that_are_bytes_are_bytes() {
    let list =
        |items: &str| body(&format!("{{application/octet-stream: {{schema: {{type: array, items: {items}}}}}}}"));
    let (bytes, found) = list("{type: integer, format: int32, minimum: 0}");
    assert!(bytes.unwrap().payload == Payload::Bytes && found.is_empty(), "{found}");
    let (bytes, found) = list("{type: string, format: byte}");
    assert!(bytes.unwrap().payload == Payload::Bytes && found.is_empty(), "{found}");
    let (bytes, found) = list("{type: string}");
    assert!(bytes.unwrap().payload == Payload::Bytes && found.starts_with("warning S0301"), "{found}");
}

#[test]
fn parts_are_of_structs() {
    let object = "{schema: {type: object, properties: {a: {type: integer}}}}";
    let (parts, found) =
        body(&format!("{{multipart/form-data: {object}, multipart/mixed: {object}, text/plain: {{}}}}"));
    assert!(matches!(parts.unwrap().payload, Payload::Multipart { .. }) && found.is_empty(), "{found}");
    let (text, found) = body("{multipart/form-data: {schema: {type: object}}, text/plain: {}}");
    assert!(text.unwrap().payload == Payload::Text && found.starts_with("note S0308"), "{found}");
    let form = "application/x-www-form-urlencoded";
    let (form, _) = body(&format!("{{multipart/form-data: {object}, {form}: {object}, a/b: {{}}}}"));
    assert!(matches!(form.unwrap().payload, Payload::Form { .. }));
}

#[test]
fn no_trace_has_a_body() {
    let of = |method: &str| {
        let text = format!(
            "# YAML\n{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{/a: {{{method}: {{requestBody: {{content: \
             {{text/plain: {{}}}}}}, responses: {{'204': {{description: ''}}}}}}}}}}}}"
        );
        let mut diagnostics = Diagnostics::default();
        let mut api = lower(&normalized(&text).0.unwrap(), &mut diagnostics).api;
        (api.operations.pop().unwrap().body.is_some(), lines(&diagnostics).contains("request has no body"))
    };
    assert_eq!(of("trace"), (false, true));
    assert_eq!(of("get"), (false, true));
    assert_eq!(of("delete"), (true, false));
}

#[test]
fn a_body_that_may_be_null_says_so() {
    let nullable = |content| match body(content).0.unwrap().payload {
        Payload::Json { nullable, .. } => nullable,
        other => panic!("{other:?}"),
    };
    assert!(nullable("{application/json: {schema: {type: string, nullable: true}}}"));
    assert!(!nullable("{application/json: {schema: {type: string}}}"));
}
