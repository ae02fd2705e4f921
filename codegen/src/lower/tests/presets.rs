//! Values that are sent unless the caller gives others.

use super::shown;

/// The parameter of this name and schema, in a description of this version.
fn parameter(version: &str, name: &str, schema: &str) -> String {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '{version}'}}\npaths: {{/a: {{get: {{parameters: [{{name: {name}, in: query, \
         required: true, schema: {schema}}}], responses: {{'204': {{description: D}}}}}}}}}}\n"
    );
    let shown = shown(&text);
    shown.lines().find(|line| line.contains(" query ")).unwrap_or_default().trim().to_owned()
}

#[test]
fn the_version_of_the_api_is_that_of_its_description_if_it_is_a_date() {
    let of = |version: &str| parameter(version, "api-version", "{type: string}");
    assert_eq!(of("2021-08-01"), "query api-version!?: String, default \"2021-08-01\"");
    assert_eq!(of("2021-08-01-preview.1"), "query api-version!?: String, default \"2021-08-01-preview.1\"");
    // A version like others is that of the description, and not what the server is asked for.
    for version in ["1.2.3", "v1", "2021-08", "2021-08-011", "2021-8-01", "2021-08-01 (old)", "", "é021-08-01"] {
        assert_eq!(of(version), "query api-version!: String", "{version}");
    }
}

#[test]
fn the_only_value_of_a_parameter_is_sent() {
    let of = |schema: &str| parameter("1", "kind", schema);
    assert_eq!(of("{type: boolean, enum: [true]}"), "query kind!?: Boolean, default true, only true");
    assert!(of("{type: string, enum: [all]}").contains("default \"all\""));
    assert!(of("{type: integer, enum: [7]}").contains("default 7"));
    assert!(!of("{type: string, enum: [all, some]}").contains("default"));
    // Null is another one.
    assert!(!of("{type: string, enum: [all, null], nullable: true}").contains("default"));
}

#[test]
fn what_is_said_of_a_version_comes_first() {
    let of = |name: &str, schema: &str| parameter("2021-08-01", name, schema);
    assert_eq!(of("ApiVersion", "{type: string}"), "query ApiVersion!?: String, default \"2021-08-01\"");
    assert_eq!(
        of("api-version", "{type: string, default: '2020-01-01'}"),
        "query api-version!?: String, default \"2020-01-01\""
    );
    assert_eq!(of("api-version", "{type: integer}"), "query api-version!: I64");
    assert_eq!(of("version", "{type: string}"), "query version!: String");
}
