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
      n!: F64 or null, default 1.50
      z!: String, least length 1, greatest length 9, pattern ^a, default "x", example "y" "Z"
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
    type A/properties/k <- member k of A: = String
    type A/properties/l <- member l of A: = Password
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
    type A/properties/j <- member j of A: = A/properties/j/oneOf/0
    type A/properties/j/oneOf/0 <- branch 0 of A/properties/j: integer enum 1
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
      g: any or null, only "auto"/1/2.5/true
      h: any, only {"x": 1}/{"x": 2}
      i: A/properties/i
      j: [A/properties/j/items]
      k: Mixed
    type A/properties/a <- member a of A: integer enum 1 | 2
    type A/properties/b <- member b of A: integer enum 1
    type A/properties/f <- member f of A: enum x
    type A/properties/i <- member i of A: union Integer: A/properties/i/oneOf/0 | String: A/properties/i/oneOf/1
    type A/properties/i/oneOf/0 <- branch 0 of A/properties/i: integer enum 1
    type A/properties/i/oneOf/1 <- branch 1 of A/properties/i: enum x
    type A/properties/j/items <- member j of A: integer enum 1 | 2
    type Mixed <- component Mixed: = any, only "auto"/1/2.5
    note N0109 #/components/schemas/A/properties/a: a schema with `enum` and without `type` is read as `type: integer`
        add `type: integer`
    note N0109 #/components/schemas/A/properties/b: a schema with `enum` and without `type` is read as `type: integer`
        add `type: integer`
    note N0109 #/components/schemas/A/properties/c: a schema with `enum` and without `type` is read as `type: boolean`
        add `type: boolean`
    note N0109 #/components/schemas/A/properties/d: a schema with `enum` and without `type` is read as `type: boolean`
        add `type: boolean`
    note N0109 #/components/schemas/A/properties/e: a schema with `enum` and without `type` is read as `type: number`
        add `type: number`
    note N0109 #/components/schemas/A/properties/f: a schema with `enum` and without `type` is read as `type: string`
        add `type: string`
    note N0109 #/components/schemas/A/properties/i/oneOf/0: a schema with `enum` and without `type` is read as `type: integer`
        add `type: integer`
    note N0109 #/components/schemas/A/properties/i/oneOf/1: a schema with `enum` and without `type` is read as `type: string`
        add `type: string`
    note N0109 #/components/schemas/A/properties/j/items: a schema with `enum` and without `type` is read as `type: integer`
        add `type: integer`
    note S0112 #/components/schemas/A/properties/e/enum: not all values of this `enum` are texts or whole numbers; it is read as the plain type
    note S0112 #/components/schemas/A/properties/g/enum: not all values of this `enum` are texts or whole numbers; it is read as any value
    note S0112 #/components/schemas/A/properties/h/enum: not all values of this `enum` are texts or whole numbers; it is read as any value
    note S0112 #/components/schemas/Mixed/enum: not all values of this `enum` are texts or whole numbers; it is read as any value
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
        parts: {allOf: [{$ref: '#/components/schemas/Tags'}, {minLength: 1}]}
        union: {type: string, anyOf: [{format: ipv4}, {format: ipv6}]}
        branches: {anyOf: [{format: ipv4}, {format: ipv6}, {minimum: 0}]}
        objects: {anyOf: [{required: [a]}, {required: [b]}]}
        either: {anyOf: [{type: object, properties: {a: {}}}, {required: [b]}]}
    Name: {maxLength: 9}
    Tags: {type: array, items: {type: string}}"), @"
    type A <- component A: struct
      a: DateTime
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
    type A/properties/branches <- member branches of A: union String: String | Number: F64
    type A/properties/either <- member either of A: union has a: A/properties/either/anyOf/0 | Object: {any}
    type A/properties/either/anyOf/0 <- branch 0 of A/properties/either: struct
      a: any
    type A/properties/objects <- member objects of A: = {any}
    type Name <- component Name: = String, greatest length 9
    type Tags <- component Tags: = [String]
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
fn null_beside_a_reference_is_allowed() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties:
        a: {$ref: '#/components/schemas/B', nullable: true}
        b: {type: array, items: {$ref: '#/components/schemas/B', nullable: true}}
        c: {$ref: '#/components/schemas/B', nullable: false}
        d: {$ref: '#/components/schemas/B', description: Ignored.}
    B: {type: string}"), @r#"
    type A <- component A: struct
      a: B or null
      b: [B or null]
      c: B
      d: B
    type B <- component B: = String
    note R0112 #/components/schemas/A/properties/a/nullable (key): `nullable` beside `$ref` is taken at its word
    note R0112 #/components/schemas/A/properties/b/items/nullable (key): `nullable` beside `$ref` is taken at its word
    note R0107 #/components/schemas/A/properties/d/description (key): `description` beside `$ref` is ignored
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
