//! Branches of unions that differ in nothing but what their members list.

use insta::assert_snapshot;

use super::schemas;

#[test]
fn branches_that_only_list_other_values_are_one() {
    let said = schemas(
        r"
    A:
      anyOf:
        - title: TOO_LONG
          description: A text has too many characters.
          properties: {issue: {type: string, enum: [TOO_LONG]}, where: {type: string, enum: [line 1]}, at: {type: integer}}
        - title: TOO_LONG
          properties: {issue: {type: string, enum: [TOO_LONG]}, where: {type: string, enum: [line 2]}, at: {type: integer}}
        - title: INVALID
          description: A code is not known.
          properties: {issue: {type: string, enum: [INVALID]}, where: {type: string, enum: [line 1]}, at: {type: integer}}",
    );
    assert_snapshot!(said, @r#"
    type A <- component A: struct
      at: I64
      issue: A/anyOf/0/properties/issue
      where: A/anyOf/0/properties/where
    type A/anyOf/0/properties/issue <- member issue of A: enum TOO_LONG "A text has too many characters." | INVALID "A code is not known."
    type A/anyOf/0/properties/where <- member where of A: enum line 1 | line 2
    note N0109 #/components/schemas/A/anyOf/0: a schema with `properties` and without `type` is read as `type: object`
        add `type: object`
    note N0109 #/components/schemas/A/anyOf/1: a schema with `properties` and without `type` is read as `type: object`
        add `type: object`
    note N0109 #/components/schemas/A/anyOf/2: a schema with `properties` and without `type` is read as `type: object`
        add `type: object`
    "#);
}

#[test]
fn what_names_a_branch_or_is_asked_in_it_alone_keeps_it_apart() {
    let branch = |title: &str, required: &str, value: &str| {
        format!(
            "{{{title} {required} type: object, properties: {{k: {{type: string, enum: [{value}]}}, n: {{type: integer}}}}}}"
        )
    };
    let union = |one: String, other: String| schemas(&format!("    A: {{oneOf: [{one}, {other}]}}"));
    let is_one = |said: &str| said.contains("component A: struct");
    // Here nothing does: of a value that tells a branch, the member says as much.
    let said = union(branch("", "", "x"), branch("", "", "y"));
    assert!(is_one(&said), "{said}");
    let said = union(branch("", "required: [k],", "x"), branch("", "required: [k],", "y"));
    assert!(is_one(&said), "{said}");
    for (one, other) in [
        (branch("", "required: [k],", "x"), branch("", "required: [k],", "y, z")),
        (branch("title: One,", "", "x"), branch("title: Two,", "", "y")),
        (branch("", "required: [n],", "x"), branch("", "required: [k],", "y")),
        (branch("", "", "x"), branch("", "required: [n],", "y")),
        (branch("", "", "x"), branch("", "", "y").replace("integer", "boolean")),
        (branch("", "", "x"), branch("", "", "y").replace("n:", "m:")),
        (branch("", "", "x"), "{type: array, items: {}}".to_owned()),
    ] {
        let said = union(one, other);
        assert!(!is_one(&said), "{said}");
    }
}
