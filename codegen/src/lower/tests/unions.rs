//! Unions whose discriminators and branches are not as they should be.

use super::{HEAD, lowered, schemas, shown};
use crate::ir::testing::component_id;
use crate::ir::{Tag, Told, TypeKind};

const BRANCHES: &str = r"
    B: {type: object, required: [t, b], properties: {t: {type: string, enum: [x]}, b: {}}}
    C: {type: object, required: [t, c], properties: {t: {type: string, enum: [x]}, c: {}}}
    D: {type: object, required: [t, d], properties: {t: {type: integer, enum: [1]}, d: {}}}";

/// What is said of the union `A` over these branches.
pub(super) fn union(schema: &str) -> String {
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
    let said = schemas(
        r"
    A:
      oneOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}]
      discriminator: {propertyName: code, mapping: {'1': One, '2': Two}}
    One: {type: object, required: [code], properties: {code: {type: integer}}}
    Two: {type: object, required: [code], properties: {code: {type: boolean}}}",
    );
    // What can't be a value of the member is a text as it is written.
    assert!(said.contains("component A: union code=1: One | code=2: Two\n"), "{said}");
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
    assert!(deep.contains("component A: union String: String | Boolean: Boolean\n"), "{deep}");
    assert!(deep.contains("warning S0107"), "{deep}");
}

#[test]
fn a_union_of_many_branches_is_made_in_one_go() {
    let branches: String = (0..4000).map(|at| format!("{{properties: {{x{at}: {{type: string}}}}}}, ")).collect();
    let said = schemas(&format!("\n    A: {{oneOf: [{branches}]}}"));
    assert_eq!(said.matches("<- branch ").count(), 4000);
}

#[test]
fn an_optional_member_with_a_value_of_its_own_in_each_branch_tells_where_it_is_there() {
    let of = |second: &str| {
        schemas(&format!(
            r"
    A:
      oneOf:
        - {{type: object, properties: {{api: {{type: string, enum: [v1]}}, kind: {{type: string, enum: [k1]}}, p: {{type: string}}}}}}
        - {{type: object, properties: {{api: {{type: string, enum: [v1]}}, kind: {{type: string, enum: [{second}]}}, q: {{type: string}}}}}}"
        ))
    };
    let said = of("k2");
    let expected = "union fitting Object kind=k1: A/oneOf/0 | fitting Object kind=k2: A/oneOf/1\n";
    assert!(said.contains(expected) && !said.contains("S01"), "{said}");
    // What is the same in both, or a list that may grow, tells nothing.
    for same in ["k1", "k2, k3"] {
        let said = of(same);
        assert!(said.contains("union has p: A/oneOf/0 | has q: A/oneOf/1\n"), "{said}");
    }
}

#[test]
fn that_an_object_can_be_of_several_branches_is_said() {
    let of = |keyword: &str, email: &str, phone: &str| {
        let said = schemas(&format!(
            r"
    A: {{{keyword}: [{{$ref: '#/components/schemas/Email'}}, {phone}]}}
    Email: {email}"
        ));
        said.lines().filter(|line| line.contains("S01")).collect::<Vec<_>>().join("\n")
    };
    let email = "{type: object, required: [email], properties: {email: {type: string}}}";
    let phone = "{type: object, required: [phone], properties: {phone: {type: string}}}";
    let read = |other: &str, by: &str| {
        format!(
            "note S0124 #/components/schemas/A/anyOf: an object can be `Email` and the branch with `{other}` at once; it is \
             read as {by}, and members that only the other has are lost"
        )
    };
    assert_eq!(of("anyOf", email, phone), read("phone", "the one whose member comes first"));
    // No value is of several, or it should be of none.
    assert_eq!(of("oneOf", email, phone), "");
    // One is told, the other is what is left.
    let names = "{type: object, properties: {name: {type: string}}}";
    assert_eq!(of("anyOf", email, names), read("name", "`Email`"));
    // Both are tried.
    let named = "{type: object, properties: {id: {type: string}, name: {type: string}}}";
    let aged =
        "{type: object, required: [id], properties: {id: {type: string}, name: {type: string}, age: {type: string}}}";
    let plain = "{type: object, required: [id], properties: {id: {type: string}}}";
    assert_eq!(of("anyOf", aged, named), "");
    assert_eq!(of("anyOf", named, plain), "");
    // What is kept whole is not lost, whatever it is.
    let open = "{type: object, required: [email], properties: {email: {type: string}}, additionalProperties: true}";
    assert_eq!(of("anyOf", open, names), "");
    assert_eq!(of("anyOf", email, "{type: object}"), "");
    // Closed objects, members of other types and of other values tell them apart.
    let closed = "{type: object, required: [email], properties: {email: {type: string}}, additionalProperties: false}";
    assert_eq!(of("anyOf", closed, phone), "");
    let kind = |kind: &str, required: &str, name: &str| {
        format!("{{type: object, required: [{required}], properties: {{kind: {kind}, {name}: {{type: string}}}}}}")
    };
    let (text, number) = ("{type: string}", "{type: integer}");
    assert_eq!(of("anyOf", &kind(text, "kind, x", "x"), &kind(number, "y", "y")), "");
    assert_eq!(
        of("anyOf", &kind(text, "x", "x"), &kind(number, "y", "y")),
        read("y", "the one whose member comes first")
    );
    let (a, b) = ("{type: string, enum: [a, c]}", "{type: string, enum: [b]}");
    // A whole number is a number.
    assert_eq!(
        of("anyOf", &kind("{type: number}", "kind, x", "x"), &kind(number, "kind, y", "y")),
        read("y", "the one whose member comes first")
    );
    assert_eq!(of("anyOf", &kind(a, "kind", "x"), &kind(b, "kind", "y")), "");
    assert_eq!(of("anyOf", &kind(a, "x", "x"), &kind(b, "y, kind", "y")), "");
    assert_eq!(of("anyOf", &kind(a, "x", "x"), &kind(b, "y", "y")), read("y", "the one whose member comes first"));
}

#[test]
fn how_branches_are_told_apart_is_said_where_something_is_decoded() {
    let branch = |name: &str| format!("{{type: object, required: [{name}], properties: {{{name}: {{type: string}}}}}}");
    let titled = |title: &str| branch("x").replace("type: object", &format!("title: {title}, type: object"));
    let same = format!("{{oneOf: [{}, {}]}}", titled("X"), titled("Y"));
    let several = format!("{{anyOf: [{}, {}]}}", branch("p"), branch("q"));
    let said = |schema: &str, inner: &str, sent: bool| {
        let content = format!("{{application/json: {{schema: {schema}}}}}");
        let operation = match sent {
            true => format!("{{requestBody: {{content: {content}}}, responses: {{'204': {{description: D}}}}}}"),
            false => format!("{{responses: {{'200': {{description: D, content: {content}}}}}}}"),
        };
        let components = format!("components: {{schemas: {{Inner: {inner}}}}}");
        shown(&format!("{HEAD}paths: {{/a: {{post: {operation}}}}}\n{components}\n"))
    };
    for (union, code) in [(&same, "S0104"), (&several, "S0124")] {
        let inner = "{oneOf: [{$ref: '#/components/schemas/Inner'}, {type: string}]}";
        for (schema, other) in [(union.as_str(), "{}"), (inner, union.as_str())] {
            assert!(said(schema, other, false).contains(code), "{}", said(schema, other, false));
            assert!(!said(schema, other, true).contains(code), "{}", said(schema, other, true));
        }
    }
}

#[test]
fn a_closed_object_beside_anything_is_none_that_has_more() {
    let object = |more: &str| format!("{{type: object, required: [x], properties: {{x: {{type: string}}}}{more}}}");
    let said = |object: String| schemas(&format!("\n    A: {{anyOf: [{object}, {{}}]}}"));
    let closed = said(object(", additionalProperties: false"));
    assert!(closed.contains("union whole Object: A/anyOf/0\n"), "{closed}");
    let open = said(object(""));
    assert!(open.contains("union fitting Object: A/anyOf/0\n"), "{open}");
}

#[test]
fn what_two_branches_of_a_branch_can_be_at_once_is_said_there() {
    let said = schemas(
        r"
    A: {anyOf: [{$ref: '#/components/schemas/B'}, {type: string}]}
    B: {oneOf: [{type: object, required: [x], properties: {x: {}}}, {type: object, required: [y], properties: {y: {}}}]}",
    );
    assert!(said.contains("union has x: B/oneOf/0 | has y: B/oneOf/1 | String: String\n"), "{said}");
    assert!(!said.contains("S01"), "{said}");
}

#[test]
fn a_mapping_means_what_the_member_holds() {
    let (lowered, _) = lowered(&format!(
        r"{HEAD}paths: {{}}
components:
  schemas:
    A:
      oneOf: [{{$ref: '#/components/schemas/One'}}, {{$ref: '#/components/schemas/Two'}}]
      discriminator: {{propertyName: code, mapping: {{'1': One, 'true': Two}}}}
    One: {{type: object, required: [code], properties: {{code: {{type: integer}}}}}}
    Two: {{type: object, required: [code], properties: {{code: {{type: boolean}}}}}}
"
    ));
    let TypeKind::Union(union) = &lowered.api.types[&component_id("A")].kind else { panic!() };
    let told = |value: Tag| Told::Tagged { member: "code".to_owned(), values: vec![value] };
    let all: Vec<_> = union.branches.iter().map(|branch| branch.told.clone()).collect();
    assert_eq!(all, [told(Tag::Integer(1)), told(Tag::Boolean(true))]);
}
