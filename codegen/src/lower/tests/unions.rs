//! Unions whose discriminators and branches are not as they should be.

use insta::assert_snapshot;

use super::{HEAD, lowered, schemas, shown};
use crate::ir::testing::component_id;
use crate::ir::{Tag, Told, TypeKind};

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
fn what_nothing_tells_apart_is_found_by_trial() {
    let said = schemas(
        r"
    A:
      oneOf:
        - {title: Window, type: object, properties: {start: {type: string}, end: {type: string}}}
        - {type: object, properties: {start: {type: string}}}
        - {type: object, properties: {end: {type: string}, kind: {type: string, enum: [x]}}}
        - {type: array, items: {type: string}}
        - {type: array, items: {type: integer}}",
    );
    assert!(
        said.contains(
            "component A: union fitting Object: A/oneOf/0 | fitting Object: A/oneOf/1 | has kind: A/oneOf/2 | \
             fitting List: [String] | fitting List: [I64]\n"
        ),
        "{said}"
    );
    let hidden = "warning S0104 #/components/schemas/A/oneOf/1: values of this branch are values of an earlier one too";
    assert!(said.contains(hidden) && said.matches("S0104").count() == 1, "{said}");
    // A member that says which branch it is, though nobody has to say it; without it, the one that asks for what is there.
    let said = schemas(
        r"
    A:
      oneOf:
        - {type: object, properties: {type: {type: string, enum: [a]}, x: {type: string}}}
        - {type: object, properties: {type: {type: string, enum: [b]}, x: {type: string}}}
        - {type: object, required: [x], properties: {x: {type: string}}}",
    );
    let expected =
        "union fitting Object: A/oneOf/2 | fitting Object type=a: A/oneOf/0 | fitting Object type=b: A/oneOf/1\n";
    assert!(said.contains(expected) && !said.contains("S0104"), "{said}");
}

#[test]
fn whole_numbers_of_several_lists_are_one_list() {
    let is = |schema: &str, expected: &str| {
        let said = union(schema);
        assert!(said.contains(&format!("component A: {expected}\n")), "{schema}: {said}");
    };
    let both = "integer enum 1 | 2";
    is("{oneOf: [{type: integer, enum: [1]}, {type: integer, enum: [2]}]}", both);
    is("{type: integer, oneOf: [{enum: [1]}, {enum: [2]}]}", both);
    is("{type: integer, anyOf: [{enum: [1, 2]}, {enum: [2, 3]}]}", "integer enum 1 | 2 | 3");
    is("{oneOf: [{enum: [1]}, {enum: [2]}, {type: integer}]}", both);
    is("{allOf: [{type: integer, enum: [1, 2]}, {enum: [2, 3]}]}", "integer enum 2");
    is("{allOf: [{type: number}, {enum: [1, 2.0]}]}", both);
    is("{type: integer, enum: [1, 2, 3], oneOf: [{enum: [1]}, {enum: [2, 4]}]}", both);
    is("{type: number, oneOf: [{enum: [1]}, {enum: [2]}]}", both);
    is("{type: number, oneOf: [{enum: [1]}, {type: number, minimum: 60}]}", "= F64");
    let member = "{type: object, properties: {a: {type: number, oneOf: [{enum: [null]}, {enum: [1]}, {minimum: 60}]}}}";
    assert!(union(member).contains("  a: A/properties/a or null\n"), "{}", union(member));
    is("{oneOf: [{enum: [1]}, {enum: [2]}, {type: integer, format: uint64}]}", "= I64");
    is("{oneOf: [{type: number, enum: [0.5]}, {type: number, enum: [1.5]}]}", "= F64, either, only 0.5 or, only 1.5");
}

#[test]
fn what_a_branch_with_one_value_says_is_said_of_the_value() {
    let is = |schema: &str, expected: &str| {
        let said = union(schema);
        assert!(said.contains(&format!("component A: {expected}\n")), "{schema}: {said}");
    };
    let words = "title: Low, description: Hardly.";
    is(
        &format!("{{oneOf: [{{type: integer, enum: [1], {words}}}, {{type: integer, enum: [2, 3], title: High}}]}}"),
        "integer enum 1 \"Low\" \"Hardly.\" | 2 | 3",
    );
    is(
        &format!("{{type: string, oneOf: [{{enum: [a], {words}}}, {{enum: [b]}}, {{enum: [c], title: C}}]}}"),
        "enum a \"Low\" \"Hardly.\" | b | c \"C\"",
    );
}

#[test]
fn a_branch_that_is_any_value_is_what_no_other_fits() {
    let said =
        union("{oneOf: [{type: string}, {$ref: '#/components/schemas/B'}, {type: array, items: {type: string}}, {}]}");
    let expected = "component A: union String: String | fitting Object t=x: B | fitting List: [String]\n";
    assert!(said.contains(expected) && !said.contains("S0104"), "{said}");
    assert!(union("{oneOf: [{type: array}, {}]}").contains("component A: union fitting List: [any]\n"));
    assert!(union("{anyOf: [{}, {}]}").contains("component A: = any\n"));
}

#[test]
fn null_alone_is_no_branch_wherever_it_is_written() {
    let said = schemas(
        r"
    A: {type: object, required: [b, c], properties: {b: {$ref: '#/components/schemas/BRm'}, c: {anyOf: [{type: string, enum: [x]}, {$ref: '#/components/schemas/Null'}, {type: string}]}}}
    BRm: {anyOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/Null'}]}
    B: {type: object, properties: {x: {type: string}}}
    Null: {enum: [null]}",
    );
    assert!(said.contains("  b!: BRm or null\n  c!: A/properties/c/anyOf/0 or null\n"), "{said}");
    assert!(said.contains("type BRm <- component BRm: = B\n"), "{said}");
}

#[test]
fn unions_inside_one_another_that_only_ask_for_members_say_nothing_else() {
    let said = schemas(
        r"
    A:
      type: object
      properties: {a: {type: string}, b: {type: string}, c: {type: string}}
      oneOf: [{required: [a]}, {anyOf: [{required: [b]}, {required: [c]}]}]",
    );
    assert!(
        said.contains("component A: struct\n  a: String\n  b: String\n  c: String\n") && !said.contains("S0"),
        "{said}"
    );
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
fn what_no_other_branch_claims_is_never_one_that_it_does_not_fit() {
    const STATES: &str = r"
    Done: {type: object, required: [id], properties: {id: {type: string}}}
    Late: {type: object, required: [id], properties: {id: {type: string}, at: {type: string}}}
    Pending: {type: object, properties: {id: {type: string}, eta: {type: string}}}
    Waiting: {type: object, required: [id], properties: {id: {type: string}, since: {type: string}}}
    Idle: {type: object, properties: {idle: {type: string}}}
    None: {type: object, properties: {none: {type: string}, idle: {type: string}}}";
    let of = |branches: &str| schemas(&format!("    A: {{oneOf: [{branches}]}}{STATES}"));
    let [done, late, pending, waiting, idle, none] = ["Done", "Late", "Pending", "Waiting", "Idle", "None"]
        .map(|name| format!("{{$ref: '#/components/schemas/{name}'}}"));
    // `{}` is pending, and so is what has an `eta`, with an `id` or without; an `id` alone is done in either order.
    let fitting = "component A: union fitting Object: Done | fitting Object: Pending\n";
    for (first, second) in [(&done, &pending), (&pending, &done)] {
        let said = of(&format!("{first}, {second}"));
        assert!(said.contains(fitting) && !said.contains("S01"), "{said}");
    }
    // What asks for as much, or for nothing, leaves nothing that the other can't be.
    assert!(of(&format!("{done}, {waiting}")).contains("component A: union Object: Done | has since: Waiting\n"));
    assert!(of(&format!("{idle}, {none}")).contains("component A: union Object: Idle | has none: None\n"));
    // Only those are tried that the rest isn't sound for.
    let said = of(&format!("{waiting}, {done}, {pending}"));
    let expected = "component A: union has since: Waiting | fitting Object: Done | fitting Object: Pending\n";
    assert!(said.contains(expected), "{said}");
    let said = of(&format!("{done}, {late}, {pending}"));
    let expected = "component A: union fitting Object: Done | has at: Late | fitting Object: Pending\n";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn what_is_left_is_no_branch_that_has_other_values_in_a_member() {
    let said = schemas(
        r"
    A:
      oneOf:
        - {type: object, properties: {x: {type: string}}}
        - {type: object, properties: {x: {type: integer}, y: {type: string}}}",
    );
    assert!(said.contains("component A: union fitting Object: A/oneOf/0 | fitting Object: A/oneOf/1\n"), "{said}");
    // Texts out of a list may be others.
    let said = schemas(
        r"
    A:
      oneOf:
        - {type: object, properties: {x: {type: string, enum: [a, b]}}}
        - {type: object, properties: {x: {type: string, enum: [a, c]}, y: {type: string}}}",
    );
    assert!(said.contains("component A: union Object: A/oneOf/0 | has y: A/oneOf/1\n"), "{said}");
}

#[test]
fn values_that_are_listed_say_something_where_another_branch_allows_more() {
    let of = |own: &str, other: &str| {
        let said = schemas(&format!(
            r"
    A:
      oneOf:
        - {{title: One, type: object, properties: {{x: {{type: string{own}}}, y: {{type: string}}}}}}
        - {{title: Two, type: object, properties: {{x: {{type: string{other}}}, y: {{type: string}}}}}}"
        ));
        said.lines().next().unwrap_or_default().to_owned()
    };
    let of_a = "type A <- component A: union";
    assert_eq!(
        of(", enum: [a, b]", ", enum: [b, a]"),
        format!("{of_a} fitting Object: A/oneOf/0 | fitting Object: A/oneOf/1")
    );
    assert_eq!(
        of(", enum: [a, b]", ", enum: [a, b, c]"),
        format!("{of_a} fitting Object x=a/b: A/oneOf/0 | fitting Object: A/oneOf/1")
    );
    assert_eq!(
        of(", enum: [a, b]", ", enum: [c, d]"),
        format!("{of_a} fitting Object x=a/b: A/oneOf/0 | fitting Object x=c/d: A/oneOf/1")
    );
    // What may be any text may be this one, with a member that this one doesn't have.
    assert_eq!(of(", enum: [a]", ""), format!("{of_a} fitting Object x=a: A/oneOf/0 | fitting Object: A/oneOf/1"));
    let said = schemas(
        r"
    A:
      oneOf:
        - {type: object, required: [z], properties: {x: {type: string, enum: [a]}, y: {}, z: {}}}
        - {type: object, properties: {x: {type: string}, w: {}, y: {type: string}, z: {}}}",
    );
    assert!(said.contains("union fitting Object: A/oneOf/0 | fitting Object: A/oneOf/1\n"), "{said}");
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
fn what_a_branch_without_a_type_of_its_own_says_is_said_of_it() {
    let is = |schema: &str, expected: &str| {
        let said = union(schema);
        assert!(said.contains(&format!("component A: {expected}\n")), "{schema}: {said}");
    };
    let count = "{type: integer, title: Count, description: How many., minimum: 1, maximum: 9, default: 2}";
    is(
        &format!("{{oneOf: [{count}, {{type: string, format: uuid, example: abc}}]}}"),
        "union Integer: I64, minimum 1, maximum 9 \"Count\" \"How many.\" | String: Uuid, example \"abc\"",
    );
    is(
        "{oneOf: [{type: array, maxItems: 3, items: {type: string, maxLength: 5}}, {type: boolean, description: All.}]}",
        "union List: [String], greatest length 3, each item, greatest length 5 | Boolean: Boolean \"All.\"",
    );
    // Types with names say it themselves.
    is(
        "{oneOf: [{$ref: '#/components/schemas/B'}, {type: number, enum: [0.5]}]}",
        "union Object: B | Number: F64, only 0.5",
    );
    // Of several that are one type, each says its own.
    is(
        "{oneOf: [{type: string, format: ipv4, title: Four}, {type: string, format: ipv6, description: Six.}, {type: string}, \
         {type: boolean}]}",
        "union String: String, either, format ipv4 \"Four\" or, format ipv6 \"Six.\" or another | Boolean: Boolean",
    );
    is(
        "{anyOf: [{type: string, maxLength: 3}, {type: string, maxLength: 3, format: ipv6}]}",
        "= String, either, greatest length 3 or, format ipv6, greatest length 3",
    );
    is("{oneOf: [{type: string, maxLength: 3}, {type: string, maxLength: 3}]}", "= String, greatest length 3");
    // The one type has no place for formats that each would have had a type for.
    is(
        "{oneOf: [{type: string, format: date-time}, {type: string, format: date, title: Day}]}",
        "= String, either, format date-time or, format date \"Day\"",
    );
}

#[test]
fn a_branch_without_a_type_of_its_own_says_that_it_is_deprecated() {
    let said = schemas(
        r"
    A:
      oneOf:
        - {type: string, deprecated: true, description: The name}
        - {type: integer}
        - {type: array, items: {type: string, deprecated: true}}",
    );
    assert_snapshot!(said, @r#"type A <- component A: union String: String, is deprecated "The name" | Integer: I64 | List: [String], each item, is deprecated"#);
}

#[test]
fn an_open_enum_is_one_type_and_has_the_words_of_both_its_branches() {
    let open = |branches: &str| schemas(&format!("    A: {{anyOf: [{branches}]}}"));
    let listed = "{type: string, enum: [a, b], description: A known model}";
    assert_snapshot!(open(&format!("{listed}, {{type: string, description: Any model}}")), @r#"type A <- component A: enum a | b, either "A known model" or "Any model""#);
    assert_snapshot!(open(&format!("{{type: string}}, {listed}")), @r#"type A <- component A "A known model": enum a | b"#);
    assert_snapshot!(open(&format!("{listed}, {{type: string, const: c, description: C}}, {{type: string}}")), @r#"
    type A <- component A: enum a | b | c "C", either "A known model" or another
    warning N0127 #/components/schemas/A/anyOf/1/const (key): `const` is a member in OpenAPI 3.1 or later; it is read as it is meant there
        say `openapi: 3.1.0` if the description is meant to be that
    "#);
    assert_snapshot!(schemas(&format!("    A: {{type: object, properties: {{x: {{anyOf: [{listed}, {{type: string, description: Any}}]}}}}}}")), @r#"
    type A <- component A: struct
      x: A/properties/x/anyOf/0
    type A/properties/x/anyOf/0 <- member x of A: enum a | b, either "A known model" or "Any"
    "#);
    assert_snapshot!(schemas(&format!("    A: {{oneOf: [{listed}, {{type: string, description: Any model}}]}}")), @r#"type A <- component A: enum a | b, either "A known model" or "Any model""#);
    assert_snapshot!(schemas(&format!("    A: {{oneOf: [{listed}, {{type: string, nullable: true, enum: [null]}}]}}")), @r#"
    type A <- component A "A known model": enum a | b
    GET /a (-)
      -> application/json: A or null
    "#);
    let within = r"
    A: {anyOf: [{$ref: '#/components/schemas/B'}, {type: string, description: Another}]}
    B: {anyOf: [{type: string, enum: [a, b]}, {type: string}]}
    C: {type: object, properties: {x: {$ref: '#/components/schemas/A'}, y: {oneOf: [{type: integer}, {$ref: '#/components/schemas/B'}]}}}";
    assert_snapshot!(schemas(within), @r#"
    type A <- component A: = B, either "Another" or another
    type B <- component B: enum a | b
    "#);
}

#[test]
fn an_enum_of_several_is_open_where_one_is_and_keeps_the_names_of_all() {
    let said = |first: &str| {
        let (lowered, found) = lowered(&format!(
            "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    A: {{oneOf: [{{$ref: '#/components/schemas/B'}}, \
             {{type: string, enum: [c, d], x-enum-varnames: [Cee, Dee]}}]}}\n    B: {first}\n"
        ));
        assert_eq!(found, "");
        match &lowered.api.types[&component_id("A")].kind {
            TypeKind::Enum(of) => {
                (of.takes_others, of.values.clone(), of.names.clone().into_values().collect::<Vec<_>>())
            }
            other => panic!("{other:?}"),
        }
    };
    let values = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
    let names = ["Cee", "Dee"].map(str::to_owned).to_vec();
    assert_eq!(said("{type: string, enum: [a, b]}"), (false, values.clone(), names.clone()));
    assert_eq!(said("{anyOf: [{type: string, enum: [a, b]}, {type: string}]}"), (true, values, names));
}

#[test]
fn what_a_number_is_read_as_is_tried_from_the_narrowest_on() {
    for both in
        ["[{type: number}, {type: integer}, {type: string}]", "[{type: integer}, {type: number}, {type: string}]"]
    {
        let said = union(&format!("{{oneOf: {both}}}"));
        let first = said.lines().next().unwrap_or_default();
        let at = |kind: &str| first.find(kind);
        assert!(at("Integer: I64") < at("Number: F64") && at("Integer: I64").is_some(), "{said}");
    }
}

#[test]
fn numbers_of_several_sizes_are_one_that_has_room_for_all() {
    let of = |one: &str, other: &str| {
        let said = union(&format!("{{oneOf: [{{type: integer, format: {one}}}, {{type: integer, format: {other}}}]}}"));
        said.lines().next().unwrap_or_default().replace("type A <- component A: ", "")
    };
    assert_eq!(of("uint8", "uint16"), "= U64");
    assert_eq!(of("uint8", "int16"), "= I64");
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

#[test]
fn a_value_that_is_a_component_names_no_other_texts() {
    let components = "\n    Own: {type: string, enum: [own]}\n    Name: {type: string}\n    B: {type: object}\n    A: ";
    let of = |schema: &str| schemas(&format!("{components}{schema}"));
    let (own, name, object) = (
        "{$ref: '#/components/schemas/Own'}",
        "{$ref: '#/components/schemas/Name'}",
        "{$ref: '#/components/schemas/B'}",
    );
    let said = of(&format!("{{oneOf: [{own}, {name}, {object}]}}"));
    assert!(said.contains("component A: union String: String | Object: B\n"), "{said}");
    let alone = of(&format!("{{oneOf: [{own}, {object}]}}"));
    assert!(alone.contains("component A: union String: Own | Object: B\n"), "{alone}");
}

#[test]
fn branches_that_say_the_same_are_one() {
    let of = |one: &str, other: &str| {
        let branch = |x: &str| format!("{{type: object, properties: {{x: {{type: object, properties: {{y: {x}}}}}}}}}");
        schemas(&format!("\n    A: {{oneOf: [{}, {}, {{type: string}}]}}", branch(one), branch(other)))
    };
    let same = of("{type: integer, description: D}", "{description: D, type: integer}");
    assert!(
        same.contains("component A: union Object: A/oneOf/0 | String: String\n") && !same.contains("S01"),
        "{same}"
    );
    for all in [
        "{type: string, enum: [a, b]}",
        "{type: array, items: {type: object, properties: {z: {}}}}",
        "{type: object, additionalProperties: {type: object, properties: {z: {}}}}",
        "{type: object, properties: {z: {}}, additionalProperties: {type: object, properties: {w: {}}}}",
    ] {
        let same = of(all, all);
        assert!(same.contains("A: union Object: A/oneOf/0 | String: String\n") && !same.contains("S01"), "{same}");
    }
    for (one, other) in [
        ("{type: integer}", "{type: string}"),
        ("{type: string, enum: [a]}", "{type: string, enum: [b]}"),
        ("{type: string, maxLength: 1}", "{type: string, maxLength: 2}"),
        ("{type: string, enum: [a], x-enum-varnames: [B]}", "{type: string, enum: [a], x-enum-varnames: [C]}"),
        ("{type: array, items: {type: integer}}", "{type: array, items: {type: string}}"),
        ("{type: object, properties: {z: {}}}", "{type: object, properties: {z: {}, w: {}}}"),
        ("{type: object, properties: {z: {}}}", "{type: object, properties: {z: {deprecated: true}}}"),
        ("{type: object, properties: {z: {}}}", "{type: object, properties: {z: {readOnly: true}}}"),
        ("{type: object, properties: {z: {}}}", "{type: object, minProperties: 1, properties: {z: {}}}"),
        (
            "{type: object, properties: {z: {}}, additionalProperties: {type: string}}",
            "{type: object, properties: {z: {}}, additionalProperties: {type: integer}}",
        ),
        (
            "{type: object, properties: {z: {}}, additionalProperties: {type: string}}",
            "{type: object, properties: {z: {}}, additionalProperties: {type: string, maxLength: 1}}",
        ),
    ] {
        let said = of(one, other);
        assert!(said.contains("A/oneOf/0 | ") && said.contains("A/oneOf/1 | "), "{said}");
    }
    let worded = of("{type: string, description: D}", "{type: string, description: E}");
    assert!(worded.contains("union Object: A/oneOf/0 | String"), "{worded}");
    let described = schemas(
        "    A: {oneOf: [{description: D, properties: {x: {}}}, {description: E, properties: {x: {}}}, {description: D, properties: {x: {}}}, {type: string}]}",
    );
    assert!(described.contains("union Object: A/oneOf/0, either \"D\" or \"E\" | String: String\n"), "{described}");
    let described = schemas(
        "    A: {oneOf: [{description: D, properties: {x: {}}}, {description: D, properties: {x: {}}}, {type: string}]}",
    );
    assert!(described.contains("union Object: A/oneOf/0 | String: String\n"), "{described}");
    // One that takes more takes the other in, whichever comes first; an example is one of many.
    for (one, other) in [
        ("{type: integer}", "{type: integer, nullable: true}"),
        ("{type: integer, nullable: true}", "{type: integer}"),
        (
            "{type: array, items: {type: object, nullable: true, properties: {z: {}}}}",
            "{type: array, items: {type: object, properties: {z: {}}}}",
        ),
        (
            "{type: array, items: {type: object, properties: {z: {}}}}",
            "{type: array, items: {type: object, nullable: true, properties: {z: {}}}}",
        ),
        ("{type: object, required: [z], properties: {z: {}}}", "{type: object, properties: {z: {}}}"),
        (
            "{type: object, properties: {z: {example: 1}}}",
            "{type: object, required: [z], properties: {z: {example: 2}}}",
        ),
    ] {
        let said = of(one, other);
        let taken = if said.contains("union Object: A/oneOf/0 | String") { "A/oneOf/0" } else { "A/oneOf/1" };
        assert!(said.contains(&format!("union Object: {taken} | String")) && !said.contains("S01"), "{said}");
        assert!(said.contains("I64 or null") || said.contains(" or null]") || said.contains("  z: any"), "{said}");
        assert_eq!(said.contains(" or null]"), one.contains("array"), "{said}");
    }
    let either = of(
        "{type: object, required: [z], properties: {z: {}, w: {}}}",
        "{type: object, required: [w], properties: {z: {}, w: {}}}",
    );
    assert!(either.contains("A/oneOf/0 | ") && either.contains("A/oneOf/1 | "), "{either}");
    let narrow = |needed: &str| format!("{{type: object, required: [{needed}], properties: {{z: {{}}, w: {{}}}}}}");
    let (z, w) = (narrow("z"), narrow("w"));
    for all in [
        format!("{z}, {w}, {{type: object, properties: {{z: {{}}, w: {{}}}}}}"),
        format!("{z}, {{type: object, properties: {{z: {{}}, w: {{}}}}}}, {w}"),
    ] {
        let wide = schemas(&format!("\n    A: {{oneOf: [{all}, {{type: string}}]}}"));
        assert!(wide.contains("A: union Object: A/oneOf/") && !wide.contains("S01"), "{wide}");
    }
    // A title is a name by which callers choose.
    let titled = schemas(
        "\n    A: {oneOf: [{title: B, type: object, properties: {x: {}}}, {title: C, type: object, properties: {x: {}}}]}",
    );
    assert!(titled.contains("A/oneOf/1"), "{titled}");
}

#[test]
fn a_union_left_with_one_branch_of_its_own_is_that_branch() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties:
        b: {$ref: '#/components/schemas/B'}
        c: {$ref: '#/components/schemas/C'}
        d: {$ref: '#/components/schemas/D'}
        e: {oneOf: [{type: object, properties: {x: {type: object, properties: {y: {}}}}}]}
        f: {$ref: '#/components/schemas/F'}
        g: {$ref: '#/components/schemas/G'}
    B: {oneOf: [{description: B., type: object, properties: {x: {type: object, properties: {y: {}}}}}]}
    C:
      description: C.
      oneOf:
        - {title: One, description: D., deprecated: true, type: object, properties: {x: {type: integer}}}
        - {title: One, description: D., deprecated: true, type: object, properties: {x: {type: integer}}}
    D: {oneOf: [{oneOf: [{type: array, items: {type: object, properties: {x: {}}}}, {type: integer}]}]}
    F: {oneOf: [{$ref: '#/components/schemas/B'}]}
    G:
      oneOf: [{type: object, required: [k], properties: {k: {type: string, enum: [g]}}}]
      discriminator: {propertyName: k}"), @r#"
    type A <- component A: struct
      b: B
      c: C
      d: D
      e: A/properties/e/oneOf/0
      f: F
      g: G
    type A/properties/e/oneOf/0 <- member e of A: struct
      x: A/properties/e/oneOf/0/properties/x
    type A/properties/e/oneOf/0/properties/x <- member x of A/properties/e/oneOf/0: struct
      y: any
    type B <- component B "B.": struct
      x: B/oneOf/0/properties/x
    type B/oneOf/0/properties/x <- member x of B: struct
      y: any
    type C <- component C deprecated "One" "C.": struct
      x: I64
    type D <- component D: union List: [D/oneOf/0/oneOf/0/items] | Integer: I64
    type D/oneOf/0/oneOf/0/items <- branch 0 of D: struct
      x: any
    type F <- component F: = B
    type G <- component G: union k=g: G/oneOf/0
    type G/oneOf/0 <- branch 0 of G: struct
      k!: G/oneOf/0/properties/k
    type G/oneOf/0/properties/k <- member k of G/oneOf/0: enum g
    "#);
}

#[test]
fn what_is_found_in_the_only_branch_is_said() {
    let said = schemas(
        "    A: {oneOf: [{oneOf: [{title: B, type: object, properties: {x: {}}}, {title: C, type: object, properties: {x: {}}}]}]}",
    );
    assert!(said.starts_with("type A <- component A: union ") && said.contains("S0104"), "{said}");
}
