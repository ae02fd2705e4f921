//! Unions whose discriminators and branches are not as they should be.

use super::schemas;

const BRANCHES: &str = r"
    B: {type: object, required: [t, b], properties: {t: {type: string, enum: [x]}, b: {}}}
    C: {type: object, required: [t, c], properties: {t: {type: string, enum: [x]}, c: {}}}
    D: {type: object, required: [t, d], properties: {t: {type: integer, enum: [1]}, d: {}}}";

/// What is said of the union `A` over these branches.
fn union(schema: &str) -> String {
    schemas(&format!("    A: {schema}{BRANCHES}"))
}

#[test]
fn two_branches_with_one_tag_are_told_by_their_members() {
    let said = union(
        "{oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}], discriminator: {propertyName: t}}",
    );
    assert!(said.contains("component A: union has b: B | has c: C\n"), "{said}");
    assert_eq!(said.matches("warning S0120 #/components/schemas/A/discriminator: ").count(), 1, "{said}");
}

#[test]
fn a_tag_that_is_no_text_is_what_its_schema_says() {
    let said = union("{oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/D'}]}");
    // No one member has values of one type, so each is told by itself.
    assert!(said.contains("component A: union t=x: B | t=1: D\n"), "{said}");
    let mapping = "mapping: {'1': '#/components/schemas/D'}";
    let said = union(&format!(
        "{{oneOf: [{{$ref: '#/components/schemas/D'}}], discriminator: {{propertyName: t, {mapping}}}}}"
    ));
    assert!(said.contains("component A: union t=1: D\n"), "{said}");
}

#[test]
fn what_is_listed_twice_or_not_at_all_is_no_union() {
    let twice = "{oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/B'}]}";
    assert!(union(twice).contains("component A: = B\n"));
    assert!(union("{oneOf: []}").contains("component A: = any\n"));
}

#[test]
fn many_unions_inside_one_another_end() {
    let chain = |count: usize| {
        let one = |at: usize| {
            format!("    A{at}: {{oneOf: [{{type: string}}, {{$ref: '#/components/schemas/A{}'}}]}}\n", at + 1)
        };
        let chain: String = (0..count).map(one).collect();
        let first = "    A: {oneOf: [{$ref: '#/components/schemas/A0'}, {type: boolean}]}\n";
        schemas(&format!("{first}{chain}    A{count}: {{type: integer}}"))
    };
    let short = chain(20);
    assert!(short.contains("component A: union String: String | Integer: A20 | Boolean: Boolean\n"), "{short}");
    let deep = chain(2_000);
    assert!(deep.contains("component A: = any\n"));
    assert!(deep.contains("warning S0107"), "{deep}");
}
