//! Unions of what is one type, or that are left with one branch.

use insta::assert_snapshot;

use super::unions::union;
use super::{HEAD, lowered, schemas};
use crate::ir::TypeKind;
use crate::ir::testing::component_id;

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
fn what_an_open_enum_says_beside_its_list_is_said_of_others() {
    let open = |branches: &str| schemas(&format!("    A: {{anyOf: [{branches}]}}"));
    let listed = "{type: string, enum: [a, b]}";
    assert_snapshot!(open(&format!("{listed}, {{type: string, maxLength: 9}}")), @"type A <- component A: enum a | b, either, greatest length 9 or listed");
    assert_snapshot!(open(&format!("{{type: string, maxLength: 9}}, {{type: string, maxLength: 7}}, {listed}")), @"type A <- component A: enum a | b, either, greatest length 9 or, greatest length 7 or listed");
    assert_snapshot!(open(&format!("{listed}, {{type: string, maxLength: 9}}, {{type: string}}")), @"type A <- component A: enum a | b, either, greatest length 9 or another");
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
