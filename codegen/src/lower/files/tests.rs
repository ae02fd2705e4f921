//! Files in bodies in parts.

use crate::diag::Diagnostics;
use crate::ir::{Api, Payload, TypeKind, TypeRef};
use crate::lower::lower;
use crate::normalize::testing::{lines, normalized};

/// The API that sends `schema` in parts, beside `components`, and what was found.
fn lowered(version: &str, media: &str, more: &str) -> (Api, String) {
    let text = format!(
        "# YAML\n{{openapi: {version}, info: {{title: T, version: '1'}}, paths: {{/a: {{post: {{requestBody: {{content: \
         {{multipart/form-data: {{{media}}}}}}}, responses: {{'204': {{description: ''}}}}}}}}}}, {more}}}"
    );
    let (spec, found) = normalized(&text);
    let mut diagnostics = Diagnostics::default();
    let api = lower(&spec.unwrap(), &mut diagnostics).api;
    (api, found + &lines(&diagnostics))
}

/// The members of the body and their types.
fn members(version: &str, properties: &str) -> Vec<String> {
    let (api, found) = lowered(version, &format!("schema: {{type: object, properties: {{{properties}}}}}"), "tags: []");
    assert_eq!(found, "");
    let Some(TypeRef::Named(id)) = api.operations[0].body.as_ref().and_then(|body| body.ty()) else { panic!() };
    let TypeKind::Struct(of) = &api.types[id].kind else { panic!() };
    let shown = of.members.iter().map(|member| {
        let null = if member.nullable { " or null" } else { "" };
        let value = if member.notes.or_value { " or a value" } else { "" };
        format!("{}: {:?}{null}{value}", member.wire, member.ty).replace("Items ", "")
    });
    shown.collect()
}

#[test]
fn bytes_are_files() {
    let properties = "a: {type: string, format: binary, nullable: true}, b: {type: array, items: {type: string, format: binary}}, \
                      c: {type: string, format: byte}, d: {}, e: {type: string}";
    assert_eq!(
        members("3.0.3", properties),
        [
            "a: Primitive(File) or null",
            "b: List({ ty: Primitive(File), nullable: false })",
            "c: Primitive(Base64)",
            "d: Any",
            "e: Primitive(String)",
        ]
    );
}

#[test]
fn what_may_be_bytes_is_a_file_and_what_may_be_several_a_list() {
    let file = "{type: string, format: binary}";
    let files = format!("{{type: array, items: {file}}}");
    let properties = format!(
        "a: {{anyOf: [{file}, {files}]}}, b: {{oneOf: [{file}, {{type: string, format: uri}}]}}, \
         c: {{type: array, items: {{anyOf: [{{type: string}}, {file}]}}}}, d: {{oneOf: [{file}, {{type: integer}}]}}"
    );
    let members = members("3.0.3", &properties);
    let list = "List({ ty: Primitive(File), nullable: false })";
    let one = "Primitive(File)";
    let expected = [
        format!("a: {list}"),
        format!("b: {one} or a value"),
        format!("c: {list} or a value"),
        format!("d: {one} or a value"),
    ];
    assert_eq!(members, expected);
    let schema = format!("{{type: object, properties: {{a: {{type: integer}}}}, additionalProperties: {file}}}");
    let (api, found) = lowered("3.0.3", &format!("schema: {schema}"), "tags: []");
    let Some(TypeRef::Named(id)) = api.operations[0].body.as_ref().and_then(|body| body.ty()) else { panic!() };
    let TypeKind::Struct(of) = &api.types[id].kind else { panic!() };
    let additional = format!("{:?}", of.additional.as_ref().map(|additional| &additional.ty));
    assert!(additional.contains("File") && found.is_empty(), "{additional} {found}");
}

#[test]
fn what_has_no_type_is_a_file_since_3_1() {
    let properties = "a: {type: string, contentMediaType: application/octet-stream}, b: {contentMediaType: image/png}, \
                      c: {type: string, contentMediaType: image/png}, d: {description: Bytes.}, e: {type: array, items: {}}, \
                      f: {type: string, contentMediaType: image/png, contentEncoding: base64}, \
                      g: {type: string, contentMediaType: text/html}, h: {type: string}";
    let members = members("3.1.0", properties);
    let is_file: Vec<_> = members.iter().map(|member| member.contains("File")).collect();
    assert_eq!(is_file, [true, true, true, true, true, false, false, false], "{members:?}");
}

#[test]
fn a_struct_that_is_json_elsewhere_has_files_in_a_type_of_its_own() {
    let thing = "schema: {$ref: '#/components/schemas/Thing'}";
    let components = |more: &str| {
        let file = "{type: string, format: binary}";
        format!("components: {{schemas: {{Thing: {{type: object, properties: {{file: {file}{more}}}}}}}}}")
    };
    let (api, found) = lowered("3.0.3", thing, &components(""));
    assert!(matches!(api.operations[0].body.as_ref().unwrap().payload, Payload::Multipart { .. }) && found.is_empty());
    let (api, found) = lowered("3.0.3", thing, &components(", next: {$ref: '#/components/schemas/Thing'}"));
    let types = api.types.values().map(|def| match &def.kind {
        TypeKind::Struct(of) => format!("{} {:?}", def.id.0, of.members[0].ty),
        kind => format!("{} {kind:?}", def.id.0),
    });
    let body = "#/paths/~1a/post/requestBody/content/multipart~1form-data/schema";
    let expected = ["#/components/schemas/Thing Primitive(String)".to_owned(), format!("{body} Primitive(File)")];
    assert_eq!(types.collect::<Vec<_>>(), expected);
    let sent = &api.operations[0].body.as_ref().unwrap().payload;
    assert!(matches!(sent, Payload::Multipart { ty: TypeRef::Named(id), .. } if id.0.as_str() == body), "{sent:?}");
    assert!(found.is_empty(), "{found}");
    // What is written in the body itself has no other place.
    let own = format!(
        "schema: {{type: object, properties: {{file: {{type: string, format: binary}}, next: {{$ref: '{body}'}}}}}}"
    );
    let (api, found) = lowered("3.0.3", &own, "tags: []");
    assert_eq!(api.operations[0].body.as_ref().unwrap().payload, Payload::Encoded);
    assert!(found.starts_with("warning S0301 #/paths/~1a/post/requestBody/content: the schema"), "{found}");
    assert!(api.types.is_empty(), "{:?}", api.types);
}

#[test]
fn of_json_and_parts_that_are_the_same_the_parts_are_sent_if_they_have_files() {
    let sent = |format: &str, other: &str| {
        let text = format!(
            "# YAML\nopenapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{post: {{requestBody: {{content: {{\
             application/json: {{schema: {{$ref: '#/components/schemas/{other}'}}}}, \
             application/x-www-form-urlencoded: {{schema: {{$ref: '#/components/schemas/A'}}}}, \
             multipart/form-data: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}, responses: {{'204': {{description: \
             D}}}}}}}}}}\ncomponents: {{schemas: {{A: {{type: object, properties: {{a: {{type: string, format: {format}}}}}}}, \
             B: {{type: object, properties: {{b: {{type: string}}}}}}}}}}\n"
        );
        let mut diagnostics = Diagnostics::default();
        let api = lower(&normalized(&text).0.unwrap(), &mut diagnostics).api;
        let body = api.operations[0].body.as_ref().unwrap();
        (body.media_type.clone(), lines(&diagnostics).starts_with("note S0308"))
    };
    assert_eq!(sent("binary", "A"), ("multipart/form-data".to_owned(), false));
    assert_eq!(sent("date", "A"), ("application/json".to_owned(), false));
    // What says something else is not guessed.
    assert_eq!(sent("binary", "B"), ("application/json".to_owned(), true));
}

#[test]
fn any_value_is_no_reason_to_send_parts_in_place_of_json() {
    let sent = |member: &str| {
        let a = "{schema: {$ref: '#/components/schemas/A'}}";
        let text = format!(
            "# YAML\nopenapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{post: {{requestBody: {{content: {{\
             application/json: {a}, multipart/form-data: {a}}}}}, responses: {{'204': {{description: D}}}}}}}}}}\n\
             components: {{schemas: {{A: {{type: object, properties: {{a: {member}}}}}}}}}\n"
        );
        let api = lower(&normalized(&text).0.unwrap(), &mut Diagnostics::default()).api;
        api.operations[0].body.as_ref().unwrap().media_type.clone()
    };
    for any in ["{}", "true", "{description: Anything.}", "{type: array, items: {}}", "{anyOf: [{}, {type: string}]}"] {
        assert_eq!(sent(any), "application/json", "{any}");
    }
    for file in [
        "{contentMediaType: image/png}",
        "{type: string, contentMediaType: application/octet-stream}",
        "{type: string, format: binary}",
    ] {
        assert_eq!(sent(file), "multipart/form-data", "{file}");
    }
}

#[test]
fn texts_where_a_file_is_likely_are_said() {
    let found = |properties: &str| {
        lowered("3.0.3", &format!("schema: {{type: object, properties: {{{properties}}}}}"), "tags: []").1
    };
    let place = "#/paths/~1a/post/requestBody/content/multipart~1form-data/schema";
    let note = format!("note S0307 {place}: no part of this body is a file; one that is needs `format: binary`");
    assert!(found("a: {type: string}, b: {type: integer}").starts_with(&note));
    for properties in
        ["a: {type: string}, b: {type: string, format: binary}", "a: {type: integer}", "a: {type: string, enum: [b]}"]
    {
        assert_eq!(found(properties), "", "{properties}");
    }
}

#[test]
fn encodings_give_media_types() {
    let media = |encoding: &str| {
        let properties = "file: {type: string, format: binary}, text: {type: string}, object: {type: object}";
        let schema = format!("schema: {{type: object, properties: {{{properties}}}}}");
        lowered("3.0.3", &format!("{schema}, encoding: {encoding}"), "tags: []")
    };
    let types = |encoding: &str| {
        let (mut api, found) = media(encoding);
        match api.operations.remove(0).body.unwrap().payload {
            Payload::Multipart { types, styles, .. } if styles.is_empty() => (types, found),
            other => panic!("{other:?}"),
        }
    };
    let row = |wire: &str, media_type: &str| (wire.to_owned(), media_type.to_owned());
    let (all, found) = types(
        "{file: {contentType: image/png}, text: {contentType: text/csv}, object: {contentType: application/a+json}}",
    );
    let expected = [row("file", "image/png"), row("object", "application/a+json"), row("text", "text/csv")];
    assert_eq!((all.as_slice(), found.as_str()), (expected.as_slice(), ""));
    let (none, found) = types(
        "{file: {contentType: 'image/png, image/jpeg'}, text: {contentType: text/plain}, object: {contentType: application/json}}",
    );
    assert_eq!((none.len(), found.as_str()), (0, ""));
    let (none, found) =
        types("{file: {contentType: image/*}, text: {contentType: \"text/a\\nb\"}, other: {contentType: a/b}}");
    assert_eq!((none.len(), found.as_str()), (0, ""));
    let (none, found) =
        types("{object: {contentType: application/xml}, file: {headers: {X-A: {schema: {type: string}}}}}");
    assert_eq!(none.len(), 0);
    assert!(found.contains("note S0306") && found.contains("`object` is to be sent as `application/xml`"), "{found}");
}

#[test]
fn schemas_and_lists_of_media_types_are_heeded() {
    let properties = "a: {type: string, contentMediaType: image/png}, b: {type: string, contentMediaType: text/csv}, \
                      c: {type: array, items: {contentMediaType: image/png}}, \
                      d: {type: string, contentMediaType: image/png, contentEncoding: base64}, \
                      e: {contentMediaType: image/png}, f: {contentMediaType: application/octet-stream}, \
                      g: {contentMediaType: application/octet-stream}";
    let media = format!(
        "schema: {{type: object, properties: {{{properties}}}}}, encoding: {{e: {{contentType: image/gif}}, \
         f: {{contentType: 'image/png, image/*'}}, g: {{contentType: '*/*'}}}}"
    );
    let (mut api, found) = lowered("3.1.0", &media, "tags: []");
    let Payload::Multipart { types, choices, .. } = api.operations.remove(0).body.unwrap().payload else { panic!() };
    let types: Vec<String> = types.iter().map(|(wire, media_type)| format!("{wire} {media_type}")).collect();
    assert_eq!(types, ["a image/png", "b text/csv", "c image/png", "e image/gif"]);
    assert_eq!((choices, found.as_str()), (vec![("f".to_owned(), "image/png, image/*".to_owned())], ""));
}
