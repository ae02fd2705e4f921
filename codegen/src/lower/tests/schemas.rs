//! Schemas and the types that they come to.

use insta::assert_snapshot;

use super::schemas;

#[test]
fn objects() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      title: An A
      description: Words.
      deprecated: true
      externalDocs: {url: 'https://example.com'}
      required: [z, id, n]
      properties:
        z: {type: string, minLength: 1, maxLength: 9, pattern: '^a', default: x, example: y, description: Z}
        id: {type: integer, format: int32, minimum: 1, maximum: 10, exclusiveMaximum: true}
        n: {type: number, nullable: true, default: 1.50}
        b: {type: boolean, deprecated: true}
        inner: {type: object, properties: {deeper: {type: object, properties: {u: {type: string, format: uuid}}}}}
        list: {type: array, minItems: 2, items: {type: object, properties: {at: {type: string, format: date-time}}}}
        map: {type: object, additionalProperties: {type: array, items: {type: string, enum: [x, y], nullable: true}}}
        any: {}
        self: {$ref: '#/components/schemas/A'}"), @r#"
    type A <- component A deprecated "An A" "Words." "https://example.com": struct
      id!: I32, minimum 1, maximum 10 excluded
      n!?: F64 or null, default 1.50
      z!?: String, least length 1, greatest length 9, pattern ^a, default "x", example "y" "Z"
      any: any
      b: Boolean deprecated
      inner: A/properties/inner
      list: [A/properties/list/items], least length 2
      map: {[A/properties/map/additionalProperties/items or null]}
      self: A
    type A/properties/inner <- member inner of A: struct
      deeper: A/properties/inner/properties/deeper
    type A/properties/inner/properties/deeper <- member deeper of A/properties/inner: struct
      u: Uuid
    type A/properties/list/items <- member list of A: struct
      at: DateTime
    type A/properties/map/additionalProperties/items <- member map of A: enum x | y
    "#);
}

#[test]
fn texts_and_their_formats() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties:
        a: {type: string, format: date-time}
        b: {type: string, format: date}
        c: {type: string, format: time}
        d: {type: string, format: duration, nullable: true}
        e: {type: array, items: {type: string, format: password}}
        f: {type: string, format: byte}
        g: {type: string, format: email}
        h: {type: string, format: Date}
        i: {type: integer, format: date-time}
        j: {type: string, format: date, enum: ['2026-01-31']}
        k: {oneOf: [{type: string, format: date-time}, {type: string, format: date}]}
        l: {oneOf: [{type: string, format: date-time}, {type: string, format: password}]}
        m: {oneOf: [{type: string, format: date}, {type: integer, format: int16}]}"), @r#"
    type A <- component A: struct
      a: DateTime
      b: Date
      c: Time
      d: Duration or null
      e: [Password]
      f: Base64
      g: String, format email
      h: String, format Date
      i: I64, format date-time
      j: A/properties/j
      k: A/properties/k
      l: A/properties/l
      m: A/properties/m
    type A/properties/j <- member j of A: enum 2026-01-31
    type A/properties/k <- member k of A: = String, either, format date-time or, format date
    type A/properties/l <- member l of A: = Password, either, format date-time or another
    type A/properties/m <- member m of A: union String: Date | Integer: I16
    "#);
}

#[test]
fn integers_and_their_formats() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties:
        a: {type: integer}
        b: {type: integer, format: int32}
        c: {type: integer, format: int64}
        d: {type: integer, format: uint32}
        e: {type: integer, format: uint64, maximum: 18446744073709551615}
        f: {type: integer, format: epoch}
        g: {type: number, format: double}
        j: {type: integer, format: int8}
        k: {type: integer, format: int16}
        l: {type: integer, format: uint8}
        m: {type: integer, format: uint16}
        h: {type: number, format: decimal}
        i: {type: string, format: byte, minLength: 3.0, maxLength: 18446744073709551615}"), @r"
    type A <- component A: struct
      a: I64
      b: I32
      c: I64
      d: U32
      e: U64, maximum 18446744073709551615
      f: I64, format epoch
      g: F64
      h: F64, format decimal
      i: Base64, least length 3, greatest length 18446744073709551615
      j: I8
      k: I16
      l: U8
      m: U16
    ");
}

#[test]
fn null_beside_a_reference_is_allowed() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties:
        a: {$ref: '#/components/schemas/B', nullable: true}
        b: {type: array, items: {$ref: '#/components/schemas/B', nullable: true}}
        c: {$ref: '#/components/schemas/B', nullable: false}
        d: {$ref: '#/components/schemas/B', title: Ignored.}
    B: {type: string}"), @r#"
    type A <- component A: struct
      a: B or null
      b: [B or null]
      c: B
      d: B
    type B <- component B: = String
    note R0112 #/components/schemas/A/properties/a/nullable (key): `nullable` beside `$ref` is taken at its word
    note R0112 #/components/schemas/A/properties/b/items/nullable (key): `nullable` beside `$ref` is taken at its word
    note R0107 #/components/schemas/A/properties/d/title (key): `title` beside `$ref` is ignored
    "#);
}

#[test]
fn objects_without_members_are_maps() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties:
        a: {type: object}
        b: {type: object, additionalProperties: true}
        c: {type: object, additionalProperties: {type: integer, nullable: true}}
        d: {type: object, additionalProperties: false}
        e: {type: array, items: {}}
        f: {type: array}"), @r"
    type A <- component A: struct
      a: {any}
      b: {any}
      c: {I64 or null}
      d: A/properties/d
      e: [any]
      f: [any]
    type A/properties/d <- member d of A: struct
    ");
}

#[test]
fn what_is_ignored_of_objects_is_said() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      required: [a, missing, r]
      properties:
        a: {type: string}
        r: {type: string, readOnly: true}
        e: {type: integer, enum: [1, 2]}
        "), @r"
    type A <- component A: struct
      a!: String
      r!: String
      e: A/properties/e
    type A/properties/e <- member e of A: integer enum 1 | 2
    warning S0111 #/components/schemas/A/required/1: `missing` is required, and `properties` has no such member; it is ignored
    ");
}

#[test]
fn enums() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties:
        a: {type: string, enum: [b, a, b]}
        n: {type: string, nullable: true, enum: [x, null]}
        c: {$ref: '#/components/schemas/Shared'}
        open: {anyOf: [{type: string}, {$ref: '#/components/schemas/Shared'}]}
        here: {anyOf: [{type: string, enum: [q]}, {type: string, nullable: true}]}
    Shared: {type: string, enum: [on, off], description: A switch.}"), @r#"
    type A <- component A: struct
      a: A/properties/a
      c: Shared
      here: A/properties/here/anyOf/0 or null
      n: A/properties/n or null
      open: Shared
    type A/properties/a <- member a of A: enum b | a
    type A/properties/here/anyOf/0 <- member here of A: enum q
    type A/properties/n <- member n of A: enum x
    type Shared <- component Shared "A switch.": enum on | off
    "#);
}

#[test]
fn unions_by_json_type() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      additionalProperties: {$ref: '#/components/schemas/Value'}
    Value:
      description: V
      oneOf:
        - {type: string}
        - {type: number, nullable: true}
        - {type: boolean}
        - {type: array, items: {$ref: '#/components/schemas/Value'}}
        - {type: object, properties: {o: {type: string}}}"), @r#"
    type A <- component A: = {Value or null}
    type Value <- component Value "V": union String: String | Number: F64 | Boolean: Boolean | List: [Value or null] | Object: Value/oneOf/4
    type Value/oneOf/4 <- branch 4 of Value: struct
      o: String
    "#);
}

#[test]
fn null_as_a_branch() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      required: [a]
      properties:
        a: {type: string, nullable: true, oneOf: [{$ref: '#/components/schemas/E'}, {enum: [null]}]}
        b: {oneOf: [{type: string}, {type: boolean}, {enum: [null]}]}
        c: {anyOf: [{$ref: '#/components/schemas/A'}, {enum: [null]}]}
    E: {type: string, enum: [x]}"), @r"
    type A <- component A: struct
      a!: E or null
      b: A/properties/b or null
      c: A or null
    type A/properties/b <- member b of A: union String: String | Boolean: Boolean
    type E <- component E: enum x
    ");
}

#[test]
fn a_single_schema_in_all_of_is_that_schema() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties:
        a: {description: Words., nullable: true, allOf: [{$ref: '#/components/schemas/B'}]}
        b: {allOf: [{type: object, properties: {c: {type: string}}}]}
    B: {allOf: [{$ref: '#/components/schemas/C'}]}
    C: {type: object, properties: {c: {type: string}}}"), @r#"
    type A <- component A: struct
      a: B or null "Words."
      b: A/properties/b
    type A/properties/b <- member b of A: struct
      c: String
    type B <- component B: = C
    type C <- component C: struct
      c: String
    "#);
}

#[test]
fn components_that_are_no_objects_are_aliases() {
    assert_snapshot!(schemas(r"
    A: {type: array, items: {type: object, properties: {m: {$ref: '#/components/schemas/M'}}}}
    M: {type: object, nullable: true, additionalProperties: {type: object, properties: {s: {$ref: '#/components/schemas/S'}}}}
    S: {type: string, format: email, description: An address.}
    Unused: {type: object, properties: {a: {type: string}}}"), @r#"
    type A <- component A: = [A/items]
    type A/items <- item of A: struct
      m: M or null
    type M <- component M: = {M/additionalProperties}
    type M/additionalProperties <- value of M: struct
      s: S
    type S <- component S "An address.": = String, format email
    "#);
}

#[test]
fn references_into_other_places() {
    assert_snapshot!(schemas(r"
    A: {type: object, properties: {a: {$ref: '#/components/schemas/B/properties/c'}, p: {$ref: '#/components/schemas/B/properties/d'}}}
    B: {type: object, properties: {c: {type: object, properties: {x: {type: string}}}, d: {type: array, items: {type: string}}}}"), @r"
    type A <- component A: struct
      a: B/properties/c
      p: [String]
    type B/properties/c <- component B.c: struct
      x: String
    ");
}

#[test]
fn what_has_no_type_is_any_value() {
    let within = |schema: &str| {
        schemas(&format!(
            "    A: {{type: object, properties: {{a: {schema}}}}}\n    B: {{type: object, properties: {{b: {{}}}}}}"
        ))
    };
    assert_snapshot!(within("{allOf: [{$ref: '#/components/schemas/B'}, {type: object}]}"), @r"
    type A <- component A: struct
      a: B
    type B <- component B: struct
      b: any
    ");
    assert_snapshot!(within("{not: {type: string}}"), @"
    type A <- component A: struct
      a: any
    warning S0102 #/components/schemas/A/properties/a: `not` has no type of its own; this is read as any value
    ");
    assert_snapshot!(within("{type: object, properties: {b: {}}, oneOf: [{required: [b]}]}"), @r"
    type A <- component A: struct
      a: A/properties/a
    type A/properties/a <- member a of A: struct
      b: any
    note N0113 #/components/schemas/A/properties/a/oneOf (key): `oneOf` only says which members must be there together, and is not checked
    ");
    assert_snapshot!(within("{$ref: 'other.yaml#/B'}"), @r"
    type A <- component A: struct
      a: any
    warning R0105 #/components/schemas/A/properties/a/$ref: `$ref` to `other.yaml#/B`: `other.yaml` is not read: it does not exist; this is read as any value
    ");
}

#[test]
fn endless_types() {
    assert_snapshot!(schemas("    A: {type: array, items: {$ref: '#/components/schemas/B'}}\n    B: {type: object, additionalProperties: {$ref: '#/components/schemas/A'}}"), @"
    type A <- component A: = any
    warning S0106 #/components/schemas/A: this schema holds nothing but itself; it is read as any value
    ");
    assert_snapshot!(schemas("    A: {allOf: [{$ref: '#/components/schemas/A'}]}"), @"
    type A <- component A: = any
    warning S0106 #/components/schemas/A: this schema holds nothing but itself; it is read as any value
    warning S0106 #/components/schemas/A/allOf/0: this schema is itself, or too many references away; it is read as any value
    ");
    assert_snapshot!(schemas("    A: {type: object, properties: {a: {type: array, items: {$ref: '#/components/schemas/A/properties/a'}}}}"), @r"
    type A <- component A: struct
      a: [[[[[[[[[[[[[[[[[any]]]]]]]]]]]]]]]]]
    warning S0107 #/components/schemas/A/properties/a/items: lists and maps are nested too deep here; it is read as any value
    ");
    // An object in between has an end.
    assert_snapshot!(schemas("    A: {type: array, items: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}}"), @r"
    type A <- component A: = [A/items]
    type A/items <- item of A: struct
      a: A
    ");
}

#[test]
fn nesting_has_a_limit() {
    // Each step is an inline list in another component's member, so that the tree itself stays flat.
    let steps: String = (0..100)
        .map(|i| format!("    S{i}: {{type: object, properties: {{l: {{type: array, items: {{$ref: '#/components/schemas/S{}/properties/l'}}}}}}}}\n", i + 1))
        .collect();
    let end = "    S100: {type: object, properties: {l: {type: string}}}";
    let text = schemas(&format!(
        "    A: {{type: object, properties: {{a: {{$ref: '#/components/schemas/S0/properties/l'}}}}}}\n{steps}{end}"
    ));
    assert_snapshot!(text, @r"
    type A <- component A: struct
      a: [[[[[[[[[[[[[[[[[any]]]]]]]]]]]]]]]]]
    warning S0107 #/components/schemas/S16/properties/l/items: lists and maps are nested too deep here; it is read as any value
    ");
}
