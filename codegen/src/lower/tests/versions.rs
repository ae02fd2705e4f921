//! Descriptions of several files, of which some say a version of their own.

use insta::assert_snapshot;

use super::{HEAD, dump, lower};
use crate::diag::Diagnostics;
use crate::normalize::testing::{lines, normalize_files};

/// The model in lines and what was found, of a root document of this version with these `paths`, beside other files.
fn shown(version: &str, paths: &str, files: &[(&str, &str)]) -> String {
    let text = format!("{}paths: {paths}\n", HEAD.replace("3.0.3", version));
    let mut diagnostics = Diagnostics::default();
    let file = |path: &str| {
        let found = files.iter().find(|(name, _)| path.ends_with(name));
        found.map(|(_, text)| (*text).to_owned()).unwrap_or_default()
    };
    let spec = normalize_files(&text, file, &mut diagnostics);
    let spec = spec.unwrap_or_else(|| panic!("{}", lines(&diagnostics)));
    let api = lower(&spec, &mut diagnostics).api;
    dump(&api).lines().skip(1).map(|line| format!("{line}\n")).collect::<String>() + &lines(&diagnostics)
}

const PART: &str = "Part: {type: object, properties: {x: {type: string, contentEncoding: base64}}}";

#[test]
fn a_file_without_a_version_is_of_the_roots_whatever_refers_to_it_first() {
    let newer = "openapi: 3.1.0\nOne: {type: object, properties: {part: {$ref: 'part.yaml#/Part'}}}";
    let files = [("part.yaml", PART), ("newer.yaml", newer)];
    let answer = |path: &str, to: &str| {
        let content = format!("{{application/json: {{schema: {{$ref: '{to}'}}}}}}");
        format!("{path}: {{get: {{responses: {{'200': {{description: D, content: {content}}}}}}}}}")
    };
    let (part, newer) = (answer("/a", "part.yaml#/Part"), answer("/b", "newer.yaml#/One"));
    for version in ["3.0.3", "3.1.0"] {
        let found = shown(version, &format!("{{{part}, {newer}}}"), &files);
        assert_eq!(found.contains("x: Base64"), version == "3.1.0", "{found}");
        assert_eq!(found, shown(version, &format!("{{{newer}, {part}}}"), &files));
    }
}

const CALLS: &str = "
get:
  requestBody: {content: {application/json: {schema: {type: string}}}}
  responses: {'204': {description: D}}
post:
  requestBody:
    content:
      multipart/form-data:
        schema: {type: object, properties: {a: {}, b: {type: string, contentMediaType: image/png}}}
  responses: {'204': {description: D}}
";

#[test]
fn bodies_are_of_the_version_of_the_file_that_says_them() {
    let calls = |version: &str| format!("openapi: {version}{CALLS}");
    let of = |root: &str, part: &str| shown(root, "{/a: {$ref: 'calls.yaml'}}", &[("calls.yaml", &calls(part))]);
    assert_snapshot!(of("3.0.3", "3.1.0"), @"
    type calls.yaml#/post/requestBody/content/multipart~1form-data/schema <- body of /paths/~1a/post: struct
      a: File
      b: File
    GET /a (-)
      body application/json: String
      -> nothing
    POST /a (-)
      body multipart/form-data: parts of calls.yaml#/post/requestBody/content/multipart~1form-data/schema b image/png
      -> nothing
    warning N0106 calls.yaml#/openapi (key): a path item has no member `openapi`; it has no effect
        extensions begin with `x-`; see OpenAPI 3.0.3, section 4.7.9
    ");
    assert_snapshot!(of("3.1.0", "3.0.3"), @"
    type calls.yaml#/post/requestBody/content/multipart~1form-data/schema <- body of /paths/~1a/post: struct
      a: any
      b: String
    GET /a (-)
      -> nothing
    POST /a (-)
      body multipart/form-data: parts of calls.yaml#/post/requestBody/content/multipart~1form-data/schema
      -> nothing
    warning N0106 calls.yaml#/openapi (key): a path item has no member `openapi`; it has no effect
        extensions begin with `x-`; see OpenAPI 3.0.3, section 4.7.9
    warning N0106 calls.yaml#/post/requestBody/content/multipart~1form-data/schema/properties/b/contentMediaType (key): a schema has no member `contentMediaType`; it has no effect
        `contentMediaType` is a member in OpenAPI 3.1 or later
    warning S0305 calls.yaml#/get/requestBody: a GET request has no body; this one is ignored
    note S0307 calls.yaml#/post/requestBody/content/multipart~1form-data/schema: no part of this body is a file; one that is needs `format: binary`
        where the description lacks it, an overlay can add it
    ");
}
