//! Values without parts: what bounds, lists and keywords say of their types.

use insta::assert_snapshot;

use super::{schemas, schemas_of};

#[test]
fn integers_that_no_int64_has_room_for() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties:
        a: {type: integer, minimum: 0, maximum: 18446744073709551615}
        b: {type: integer, minimum: 0, exclusiveMinimum: true, maximum: 1.8446744073709552e19}
        c: {type: integer, format: uint}
        d: {allOf: [{type: integer, minimum: 1}, {maximum: 18446744073709551615}]}
        e: {type: integer, format: serial, minimum: 0, maximum: 18446744073709551615}
        f: {type: integer, maximum: 18446744073709551615}
        g: {type: integer, minimum: -1, maximum: 18446744073709551615}
        h: {type: integer, minimum: 0, maximum: 9223372036854775807}
        i: {type: integer, minimum: 0, maximum: 9223372036854776000}
        j: {type: integer, format: int64, minimum: 0, maximum: 18446744073709551615}"), @"
    type A <- component A: struct
      a: U64, minimum 0, maximum 18446744073709551615
      b: U64, minimum 0 excluded, maximum 1.8446744073709552e19
      c: U64
      d: U64, minimum 1, maximum 18446744073709551615
      e: U64, format serial, minimum 0, maximum 18446744073709551615
      f: I64, maximum 18446744073709551615
      g: I64, minimum -1, maximum 18446744073709551615
      h: I64, minimum 0, maximum 9223372036854775807
      i: I64, minimum 0, maximum 9223372036854776000
      j: I64, minimum 0, maximum 18446744073709551615
    ");
}

#[test]
fn formats_that_generators_spell_in_their_own_way() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties:
        a: {type: string, format: guid}
        b: {type: string, format: uuid4}
        c: {type: integer, format: u-int32}
        d: {allOf: [{type: string}, {format: guid}]}
        e: {type: string, format: dateTime}
        f: {type: string, format: u-int32}
        g: {type: string, format: Guid}"), @"
    type A <- component A: struct
      a: Uuid
      b: Uuid
      c: U32
      d: Uuid
      e: String, format dateTime
      f: String, format u-int32
      g: String, format Guid
    ");
}

#[test]
fn lists_of_values() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties:
        a: {type: integer, enum: [1, 2, 1, 3.0, -1]}
        b: {type: number, enum: [0, 1, null]}
        c: {type: integer, format: int32, enum: [7]}
        d: {type: number, enum: [0.5, 1]}
        e: {type: integer, enum: [18446744073709551615]}
        f: {type: boolean, enum: [true]}
        g: {type: boolean, enum: [true, false]}
        h: {type: boolean, enum: [false, null]}
        i: {type: integer, enum: [1, x]}
        j: {oneOf: [{type: integer, enum: [1]}, {type: integer}]}
        k: {oneOf: [{type: integer, enum: [1]}, {type: integer, enum: [2]}]}
        l: {oneOf: [{type: integer, enum: [1]}, {type: string, enum: [x]}]}"), @r#"
    type A <- component A: struct
      a: A/properties/a
      b: A/properties/b or null
      c: A/properties/c
      d: F64, only 0.5/1
      e: I64, only 18446744073709551615
      f: Boolean, only true
      g: Boolean
      h: Boolean or null, only false
      i: I64, only "x"/1
      j: A/properties/j
      k: A/properties/k
      l: A/properties/l
    type A/properties/a <- member a of A: integer enum 1 | 2 | 3 | -1
    type A/properties/b <- member b of A: integer enum 0 | 1
    type A/properties/c <- member c of A: integer enum 7
    type A/properties/j <- member j of A: integer enum 1
    type A/properties/k <- member k of A: integer enum 1 | 2
    type A/properties/l <- member l of A: union Integer: A/properties/l/oneOf/0 | String: A/properties/l/oneOf/1
    type A/properties/l/oneOf/0 <- branch 0 of A/properties/l: integer enum 1
    type A/properties/l/oneOf/1 <- branch 1 of A/properties/l: enum x
    note S0112 #/components/schemas/A/properties/d/enum: not all values of this `enum` are texts or whole numbers; it is read as the plain type
    note S0112 #/components/schemas/A/properties/e/enum: not all values of this `enum` are texts or whole numbers; it is read as the plain type
    note S0112 #/components/schemas/A/properties/i/enum: not all values of this `enum` are texts or whole numbers; it is read as the plain type
    "#);
}

#[test]
fn lists_of_values_without_a_type() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties:
        a: {enum: [1, 2]}
        b: {enum: [1, null]}
        c: {enum: [true, false]}
        d: {enum: [true]}
        e: {enum: [0.5, 1]}
        f: {enum: [x, null]}
        g: {enum: [auto, 1, 2.5, true, null]}
        h: {enum: [{x: 1}, {x: 2}]}
        i: {oneOf: [{enum: [1]}, {enum: [x]}]}
        j: {type: array, items: {enum: [1, 2]}}
        k: {$ref: '#/components/schemas/Mixed'}
    Mixed: {enum: [auto, 1, 2.5]}"), @r#"
    type A <- component A: struct
      a: A/properties/a
      b: A/properties/b or null
      c: Boolean
      d: Boolean, only true
      e: F64, only 0.5/1
      f: A/properties/f or null
      g: A/properties/g or null
      h: any, only {"x": 1}/{"x": 2}
      i: A/properties/i
      j: [A/properties/j/items]
      k: Mixed
    type A/properties/a <- member a of A: integer enum 1 | 2
    type A/properties/b <- member b of A: integer enum 1
    type A/properties/f <- member f of A: enum x
    type A/properties/g <- member g of A: union String: A/properties/g/anyOf/0 | Number: F64, only 1/2.5 | Boolean: Boolean, only true
    type A/properties/g/anyOf/0 <- branch 0 of A/properties/g: enum auto
    type A/properties/i <- member i of A: union Integer: A/properties/i/oneOf/0 | String: A/properties/i/oneOf/1
    type A/properties/i/oneOf/0 <- branch 0 of A/properties/i: integer enum 1
    type A/properties/i/oneOf/1 <- branch 1 of A/properties/i: enum x
    type A/properties/j/items <- member j of A: integer enum 1 | 2
    type Mixed <- component Mixed: union String: Mixed/anyOf/0 | Number: F64, only 1/2.5
    type Mixed/anyOf/0 <- branch 0 of Mixed: enum auto
    note N0109 #/components/schemas/A/properties/g: a schema with values of several types in its `enum` is read as a union of these types
        write it as `anyOf`, with a branch for the values of each type
    note N0109 #/components/schemas/Mixed: a schema with values of several types in its `enum` is read as a union of these types
        write it as `anyOf`, with a branch for the values of each type
    note S0112 #/components/schemas/A/properties/e/enum: not all values of this `enum` are texts or whole numbers; it is read as the plain type
    note S0112 #/components/schemas/A/properties/g/anyOf/1/enum: not all values of this `enum` are texts or whole numbers; it is read as the plain type
    note S0112 #/components/schemas/A/properties/h/enum: not all values of this `enum` are texts or whole numbers; it is read as any value
    note S0112 #/components/schemas/Mixed/anyOf/1/enum: not all values of this `enum` are texts or whole numbers; it is read as the plain type
    "#);
}

#[test]
fn what_keywords_of_one_type_say() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties:
        a: {format: date-time}
        b: {minLength: 3, nullable: true}
        c: {pattern: '^a', format: email}
        d: {minimum: 0, multipleOf: 0.5}
        e: {format: int32, minimum: 0}
        f: {maxItems: 3, uniqueItems: true}
        g: {minProperties: 1}
        h: {required: [x]}
        i: {type: array, items: {format: uuid}}
        j: {$ref: '#/components/schemas/Name'}
        k: {allOf: [{minLength: 1}, {pattern: '^a'}]}
        no: {minLength: 3, minimum: 0}
        unknown: {format: money}
        off: {uniqueItems: false}
        asked: {required: true}
        parts: {allOf: [{$ref: '#/components/schemas/Tags'}, {minLength: 1}]}
        union: {type: string, anyOf: [{format: ipv4}, {format: ipv6}]}
        branches: {anyOf: [{format: ipv4}, {format: ipv6}, {minimum: 0}]}
        objects: {anyOf: [{required: [a]}, {required: [b]}]}
        either: {anyOf: [{type: object, properties: {a: {}}}, {required: [b]}]}
    Name: {maxLength: 9}
    Tags: {type: array, items: {type: string}}"), @"
    type A <- component A: struct
      a: DateTime
      asked: any
      b: String or null, least length 3
      branches: A/properties/branches
      c: String, format email, pattern ^a
      d: F64, minimum 0, multiple of 0.5
      e: I32, minimum 0
      either: A/properties/either
      f: [any], unique items, greatest length 3
      g: {any}, least length 1
      h: {any}
      i: [Uuid]
      j: Name
      k: String, least length 1, pattern ^a
      no: any, minimum 0, least length 3
      objects: A/properties/objects
      off: any
      parts: Tags, least length 1
      union: String
      unknown: any
    type A/properties/branches <- member branches of A: union String: String, either, format ipv4 or, format ipv6 | Number: F64, minimum 0
    type A/properties/either <- member either of A: union has a: A/properties/either/anyOf/0 | Object: {any}
    type A/properties/either/anyOf/0 <- branch 0 of A/properties/either: struct
      a: any
    type A/properties/objects <- member objects of A: = {any}
    type Name <- component Name: = String, greatest length 9
    type Tags <- component Tags: = [String]
    warning N0108 #/components/schemas/A/properties/asked/required: `required` of a schema is a list of names, and a boolean has no effect
        put `required: [asked]` beside the `properties` that has `asked`
    note N0113 #/components/schemas/A/properties/objects/anyOf (key): `anyOf` only says which members must be there together, and is not checked
    note N0109 #/components/schemas/A/properties/a: a schema with `format` and without `type` is read as `type: string`
        add `type: string`
    note N0109 #/components/schemas/A/properties/b: a schema with `minLength` and without `type` is read as `type: string`
        add `type: string`
    note N0109 #/components/schemas/A/properties/branches/anyOf/0: a schema with `format` and without `type` is read as `type: string`
        add `type: string`
    note N0109 #/components/schemas/A/properties/branches/anyOf/1: a schema with `format` and without `type` is read as `type: string`
        add `type: string`
    note N0109 #/components/schemas/A/properties/branches/anyOf/2: a schema with `minimum` and without `type` is read as `type: number`
        add `type: number`
    note N0109 #/components/schemas/A/properties/c: a schema with `pattern` and without `type` is read as `type: string`
        add `type: string`
    note N0109 #/components/schemas/A/properties/d: a schema with `multipleOf` and without `type` is read as `type: number`
        add `type: number`
    note N0109 #/components/schemas/A/properties/e: a schema with `format` and without `type` is read as `type: integer`
        add `type: integer`
    note N0109 #/components/schemas/A/properties/either/anyOf/1: a schema with `required` and without `type` is read as `type: object`
        add `type: object`
    note N0109 #/components/schemas/A/properties/f: a schema with `maxItems` and without `type` is read as `type: array`
        add `type: array`
    note N0109 #/components/schemas/A/properties/g: a schema with `minProperties` and without `type` is read as `type: object`
        add `type: object`
    note N0109 #/components/schemas/A/properties/h: a schema with `required` and without `type` is read as `type: object`
        add `type: object`
    note N0109 #/components/schemas/A/properties/i/items: a schema with `format` and without `type` is read as `type: string`
        add `type: string`
    note N0109 #/components/schemas/A/properties/k: a schema with `minLength` and without `type` is read as `type: string`
        add `type: string`
    note N0109 #/components/schemas/A/properties/objects/anyOf/0: a schema with `required` and without `type` is read as `type: object`
        add `type: object`
    note N0109 #/components/schemas/A/properties/objects/anyOf/1: a schema with `required` and without `type` is read as `type: object`
        add `type: object`
    note N0109 #/components/schemas/Name: a schema with `maxLength` and without `type` is read as `type: string`
        add `type: string`
    ");
}

#[test]
fn content_of_a_media_type_may_be_no_text() {
    let shown = schemas_of(
        "3.1.0",
        "\n    A: {type: object, properties: {content: {contentMediaType: application/json}, text: {contentEncoding: base64}}}",
    );
    assert!(shown.contains("  content: any\n") && shown.contains("  text: Base64\n"), "{shown}");
}

#[test]
fn what_may_be_null_keeps_to_what_is_said_of_it() {
    let found = schemas_of(
        "3.1.0",
        r"
    A:
      type: object
      properties:
        list: {anyOf: [{type: array, maxItems: 3, items: {type: string, pattern: x}}, {type: 'null'}]}
        named: {anyOf: [{$ref: '#/components/schemas/Name'}, {type: 'null'}], default: a}
        text: {anyOf: [{type: string, maxLength: 3, description: Words.}, {type: 'null'}], default: a}
    Name: {type: string, maxLength: 9}",
    );
    assert_snapshot!(found, @r#"
    type A <- component A: struct
      list: [String] or null, greatest length 3, each item, pattern x
      named: Name or null, default "a"
      text: String or null, greatest length 3, default "a" "Words."
    type Name <- component Name: = String, greatest length 9
    "#);
}

#[test]
fn bounds_beside_a_reference_hold_together_with_those_behind_it() {
    let said = schemas_of(
        "3.1.0",
        r"
    A:
      type: object
      properties:
        a: {$ref: '#/components/schemas/Count', maximum: 5}
        b: {$ref: '#/components/schemas/Count', maximum: 15}
        c: {$ref: '#/components/schemas/Less', exclusiveMinimum: 2}
        d: {$ref: '#/components/schemas/Count', description: D}
        e: {$ref: '#/components/schemas/Text', minLength: 3, pattern: 'b$'}
        f: {allOf: [{$ref: '#/components/schemas/Count'}], maximum: 15}
        g: {$ref: '#/components/schemas/List', minItems: 3}
        h: {type: array, items: {$ref: '#/components/schemas/Count', minimum: 0}}
    Count: {type: integer, minimum: 1, maximum: 10, multipleOf: 2, default: 4, example: 6}
    Less: {$ref: '#/components/schemas/Count', maximum: 8}
    List: {type: array, maxItems: 9, items: {type: string}}
    Text: {type: string, minLength: 1, maxLength: 9, pattern: '^a'}",
    );
    for member in [
        "a: Count, minimum 1, maximum 5, multiple of 2",
        "b: Count, minimum 1, maximum 10, multiple of 2",
        "c: Less, minimum 2 excluded, maximum 8, multiple of 2",
        "d: Count \"D\"",
        "e: Text, least length 3, greatest length 9, pattern b$, pattern ^a",
        "f: Count, minimum 1, maximum 10, multiple of 2",
        "g: List, least length 3, greatest length 9",
        "h: [Count], each item, minimum 1, maximum 10, multiple of 2",
    ] {
        assert!(said.contains(&format!("  {member}\n")), "{member}: {said}");
    }
    assert!(said.contains("component Less: = Count, minimum 1, maximum 8, multiple of 2\n"), "{said}");
}

#[test]
fn a_constant_of_3_0_is_what_it_is_later() {
    let text = "    A: {type: object, required: [a], properties: {a: {const: x}, b: {type: integer, const: 1}, c: {const: 1.5}}}";
    let is_found = |line: &&str| line.contains(" N01") || line.starts_with("    ");
    let said = |text: &str| text.lines().filter(|line| !is_found(line)).collect::<Vec<_>>().join("\n");
    assert_eq!(said(&schemas(text)), said(&schemas_of("3.1.0", text)));
}

#[test]
fn what_a_schema_without_a_name_says_is_said_of_what_refers_to_it() {
    let said = schemas(
        r"
    A:
      type: object
      properties:
        a: {type: string, description: Own., maxLength: 3, deprecated: true}
        b: {$ref: '#/components/schemas/A/properties/a'}
        c: {type: array, items: {$ref: '#/components/schemas/A/properties/b'}}
        d: {$ref: '#/components/schemas/A/properties/e'}
        e: {$ref: '#/components/schemas/Named'}
    Named: {type: string, maxLength: 5, description: Words.}",
    );
    for member in [
        "a: String deprecated, greatest length 3 \"Own.\"",
        "b: String deprecated, greatest length 3 \"Own.\"",
        "c: [String], each item, is deprecated, greatest length 3 \"Own.\"",
        "d: Named",
        "e: Named",
    ] {
        assert!(said.contains(&format!("  {member}\n")), "{member}: {said}");
    }
}

#[test]
fn a_constant_that_makes_no_type_is_called_one() {
    let said = super::schemas_of(
        "3.1.0",
        r"
    A:
      type: object
      properties:
        a: {const: 0.5}
        b: {const: {x: 1}}
        c: {type: array, items: {type: string}, const: [x]}
        d: {enum: [0.5], const: 0.5}
        e: {enum: [0.5, 1], const: 0.5}",
    );
    assert_snapshot!(said, @r#"
    type A <- component A: struct
      a: F64, only 0.5
      b: any, only {"x": 1}
      c: [String], only ["x"]
      d: F64, only 0.5
      e: F64, only 0.5/1
    note S0112 #/components/schemas/A/properties/a/const: the value of this `const` is neither a text nor a whole number; it is read as the plain type
    note S0112 #/components/schemas/A/properties/b/const: the value of this `const` is neither a text nor a whole number; it is read as any value
    note S0112 #/components/schemas/A/properties/c/const: the value of this `const` is neither a text nor a whole number; it is read as the plain type
    note S0112 #/components/schemas/A/properties/d/const: the value of this `const` is neither a text nor a whole number; it is read as the plain type
    note S0112 #/components/schemas/A/properties/e/enum: not all values of this `enum` are texts or whole numbers; it is read as the plain type
    "#);
}

#[test]
fn a_list_of_one_item_says_of_the_item_what_a_tuple_says_of_each() {
    let said = super::schemas_of(
        "3.1.0",
        r"
    A:
      type: object
      properties:
        one: {type: array, prefixItems: [{type: string, maxLength: 3, description: The only one}], minItems: 1, items: false}
        two: {type: array, prefixItems: [{type: string, maxLength: 3, description: The only one}, {type: string}], minItems: 2, items: false}
        some: {type: array, prefixItems: [{type: string, maxLength: 3, description: The first}]}
        old: {type: array, items: [{type: string, maxLength: 3, description: The only one}], minItems: 1, additionalItems: false}",
    );
    assert_snapshot!(said, @r#"
    type A <- component A: struct
      old: [String], least length 1, greatest length 1, each item, greatest length 3 "The only one"
      one: [String], least length 1, greatest length 1, each item, greatest length 3 "The only one"
      some: [String], each item, greatest length 3 "The first"
      two: A/properties/two
    type A/properties/two <- member two of A: tuple
      String, greatest length 3 "The only one"
      String
    "#);
}

#[test]
fn the_media_types_of_texts_are_said() {
    assert_snapshot!(schemas_of("3.1.0", r"
    A:
      type: object
      properties:
        a: {type: string, contentMediaType: application/json}
        b: {type: string, contentEncoding: base64, contentMediaType: image/png}
        c: {type: string, contentMediaType: application/octet-stream}
        d: {type: array, items: {type: string, contentMediaType: text/html}}
        e: {type: integer, contentMediaType: text/html}
        f: {allOf: [{type: string}, {contentMediaType: text/html}]}
        g: {type: string, contentMediaType: application/json, contentSchema: {$ref: '#/components/schemas/B'}}
        h: {type: string, contentMediaType: application/json, contentSchema: {title: An H, type: object}}
        i: {type: string, contentSchema: {$ref: '#/components/schemas/B'}}
    B: {type: object, properties: {x: {type: string}}}"), @"
    type A <- component A: struct
      a: String, media type application/json
      b: Base64, media type image/png
      c: String, format binary
      d: [String], each item, media type text/html
      e: I64
      f: String, media type text/html
      g: String, media type application/json, of B
      h: String, media type application/json, of An H
      i: String
    ");
}

#[test]
fn what_descriptions_list_of_values_is_said_of_them() {
    let list = r#""It is:\n* `p` - Un.\n* `q` - Deux.""#;
    let listed = format!("{{type: string, enum: [p, q], description: {list}}}");
    for schema in [
        listed.clone(),
        format!("{{allOf: [{listed}]}}"),
        format!("{{anyOf: [{listed}, {{type: string}}]}}"),
        format!("{{anyOf: [{{type: string, enum: [p, q]}}, {{type: string}}], description: {list}}}"),
        format!("{{oneOf: [{listed}]}}"),
        format!("{{allOf: [{{type: string, enum: [p, q]}}], description: {list}}}"),
    ] {
        let shown = schemas(&format!("\n    A: {{type: object, properties: {{a: {schema}}}}}"));
        assert!(shown.contains(r#"enum p "Un." | q "Deux.""#), "{schema}\n{shown}");
        assert!(!shown.contains('*'), "{schema}\n{shown}");
    }
    // An extension says it first.
    let shown = schemas(&format!(
        "\n    A: {{type: string, enum: [p, q], description: {list}, x-enum-descriptions: [One., '']}}"
    ));
    assert!(shown.contains(r#"enum p "One." | q "Deux.""#), "{shown}");
}

#[test]
fn lists_of_values_of_several_types() {
    let mixed = r"
    A:
      type: object
      properties:
        a: {enum: [auto, 1, 2]}
        b: {enum: [auto, 2.5, 1, null]}
        c: {enum: [true, false, auto], description: D}
        d: {enum: [auto, 1, {x: 1}]}
        e: {allOf: [{type: string}, {enum: [auto, 1]}]}
        f: {type: array, items: {enum: [1, x]}}";
    assert_snapshot!(schemas(mixed), @r#"
    type A <- component A: struct
      a: A/properties/a
      b: A/properties/b or null
      c: A/properties/c "D"
      d: any, only "auto"/1/{"x": 1}
      e: A/properties/e
      f: [A/properties/f/items]
    type A/properties/a <- member a of A: union String: A/properties/a/anyOf/0 | Integer: A/properties/a/anyOf/1
    type A/properties/a/anyOf/0 <- branch 0 of A/properties/a: enum auto
    type A/properties/a/anyOf/1 <- branch 1 of A/properties/a: integer enum 1 | 2
    type A/properties/b <- member b of A: union String: A/properties/b/anyOf/0 | Number: F64, only 1/2.5
    type A/properties/b/anyOf/0 <- branch 0 of A/properties/b: enum auto
    type A/properties/c <- member c of A "D": union String: A/properties/c/anyOf/0 | Boolean: Boolean
    type A/properties/c/anyOf/0 <- branch 0 of A/properties/c: enum auto
    type A/properties/e <- member e of A: enum auto
    type A/properties/f/items <- member f of A: union String: A/properties/f/items/anyOf/0 | Integer: A/properties/f/items/anyOf/1
    type A/properties/f/items/anyOf/0 <- branch 0 of A/properties/f/items: enum x
    type A/properties/f/items/anyOf/1 <- branch 1 of A/properties/f/items: integer enum 1
    note N0109 #/components/schemas/A/properties/a: a schema with values of several types in its `enum` is read as a union of these types
        write it as `anyOf`, with a branch for the values of each type
    note N0109 #/components/schemas/A/properties/b: a schema with values of several types in its `enum` is read as a union of these types
        write it as `anyOf`, with a branch for the values of each type
    note N0109 #/components/schemas/A/properties/c: a schema with values of several types in its `enum` is read as a union of these types
        write it as `anyOf`, with a branch for the values of each type
    note N0109 #/components/schemas/A/properties/e/allOf/1: a schema with values of several types in its `enum` is read as a union of these types
        write it as `anyOf`, with a branch for the values of each type
    note N0109 #/components/schemas/A/properties/f/items: a schema with values of several types in its `enum` is read as a union of these types
        write it as `anyOf`, with a branch for the values of each type
    note S0112 #/components/schemas/A/properties/b/anyOf/1/enum: not all values of this `enum` are texts or whole numbers; it is read as the plain type
    note S0112 #/components/schemas/A/properties/d/enum: not all values of this `enum` are texts or whole numbers; it is read as any value
    "#);
    let newer = schemas_of("3.1.0", mixed);
    assert_eq!(newer, schemas(mixed));
}
