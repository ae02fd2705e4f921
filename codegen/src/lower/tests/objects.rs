//! Objects: which members are kept beside those with names.

use insta::assert_snapshot;

use super::{schemas, schemas_of};

#[test]
fn members_beyond_the_known_ones_are_kept_where_there_may_be_some() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties: {a: {type: string}, t: {$ref: '#/components/schemas/Typed'}, o: {$ref: '#/components/schemas/Open'}, both: {$ref: '#/components/schemas/Both'}, closed: {$ref: '#/components/schemas/Closed'}}
    Typed:
      type: object
      properties: {a: {type: string}}
      additionalProperties: {type: integer, nullable: true, description: How many.}
    Open: {type: object, properties: {a: {type: string}}, additionalProperties: true}
    Part: {type: object, properties: {b: {type: string}}, additionalProperties: {type: object, properties: {c: {type: string}}}}
    Both:
      allOf: [{$ref: '#/components/schemas/Open'}, {$ref: '#/components/schemas/Part'}]
    Closed: {type: object, properties: {a: {type: string}}, additionalProperties: false}"), @r#"
    type A <- component A: struct
      a: String
      both: Both
      closed: Closed
      o: Open
      t: Typed
    type Both <- component Both: struct
      a: String
      b: String
      others: {Part/additionalProperties}
    type Closed <- component Closed: struct
      a: String
    type Open <- component Open: struct
      a: String
      others: {any}
    type Part/additionalProperties <- component Part.value: struct
      c: String
    type Typed <- component Typed: struct
      a: String
      others: {I64 or null}, each value "How many."
    "#);
}

#[test]
fn members_of_a_pattern_are_what_all_patterns_say() {
    assert_snapshot!(schemas_of("3.1.0", r"
    A:
      type: object
      properties:
        one: {type: object, patternProperties: {'^x-': {type: string}}}
        several: {type: object, patternProperties: {'^x-': {type: integer}, '^y/': {type: integer}}, additionalProperties: {type: integer}}
        different: {type: object, patternProperties: {'^x-': {type: integer}, '^y/': {type: string}}, additionalProperties: false}
        beside: {type: object, properties: {a: {type: string}}, patternProperties: {'^x-': {type: integer}}}
        closed: {type: object, properties: {a: {type: string}}, patternProperties: {'^x-': {$ref: '#/components/schemas/B'}}, additionalProperties: false}
        inside: {patternProperties: {'^x-': {type: object, properties: {c: {type: string}}}}}
        other: {type: object, patternProperties: {'^x-': {type: string}}, additionalProperties: {type: integer}}
        open: {type: object, properties: {a: {type: string}}, patternProperties: {'^x-': {}}}
    B: {type: string, enum: [b]}"), @"
    type A <- component A: struct
      beside: A/properties/beside
      closed: A/properties/closed
      different: {any}
      inside: {A/properties/inside/patternProperties/^x-}
      one: {String}
      open: A/properties/open
      other: {any}
      several: {I64}
    type A/properties/beside <- member beside of A: struct
      a: String
      others: {any}
    type A/properties/closed <- member closed of A: struct
      a: String
      others: {B}
    type A/properties/inside/patternProperties/^x- <- member inside of A: struct
      c: String
    type A/properties/open <- member open of A: struct
      a: String
      others: {any}
    type B <- component B: enum b
    note N0124 #/components/schemas/A/properties/one/patternProperties (key): members with names that match no pattern are read as if they did
        `additionalProperties: false` says that there are none
    note N0124 #/components/schemas/A/properties/different/patternProperties (key): not all of these say the same: members with names that `properties` doesn't have are read as any value
    note N0124 #/components/schemas/A/properties/beside/patternProperties (key): members that match no pattern may be anything: members with names that `properties` doesn't have are read as any value
    note N0124 #/components/schemas/A/properties/inside/patternProperties (key): members with names that match no pattern are read as if they did
        `additionalProperties: false` says that there are none
    note N0109 #/components/schemas/A/properties/inside: a schema with `patternProperties` and without `type` is read as `type: object`
        add `type: object`
    note N0124 #/components/schemas/A/properties/other/patternProperties (key): not all of these say the same: members with names that `properties` doesn't have are read as any value
    ");
}

#[test]
fn members_that_nothing_else_names_are_kept_as_additional_ones() {
    assert_snapshot!(schemas_of("3.1.0", r"
    A:
      type: object
      properties:
        map: {type: object, unevaluatedProperties: {$ref: '#/components/schemas/B'}}
        open: {type: object, properties: {a: {type: string}}, unevaluatedProperties: true}
        closed: {type: object, properties: {a: {type: string}}, unevaluatedProperties: false}
        nothing: {type: object, properties: {a: {type: string}}, unevaluatedProperties: {not: {}}}
        both: {type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}, unevaluatedProperties: {type: string}}
        untyped: {unevaluatedProperties: {type: object, properties: {c: {type: string}}}}
        part: {$ref: '#/components/schemas/C'}
    B: {type: string, enum: [b]}
    C: {type: object, required: [id], properties: {id: {type: integer}}, allOf: [{type: object, unevaluatedProperties: {type: string}}]}"), @"
    type A <- component A: struct
      both: A/properties/both
      closed: A/properties/closed
      map: {B}
      nothing: A/properties/nothing
      open: A/properties/open
      part: C
      untyped: {A/properties/untyped/unevaluatedProperties}
    type A/properties/both <- member both of A: struct
      a: String
      others: {I64}
    type A/properties/closed <- member closed of A: struct
      a: String
    type A/properties/nothing <- member nothing of A: struct
      a: String
    type A/properties/open <- member open of A: struct
      a: String
      others: {any}
    type A/properties/untyped/unevaluatedProperties <- member untyped of A: struct
      c: String
    type B <- component B: enum b
    type C <- component C: struct
      id!: I64
      others: {String}
    note N0113 #/components/schemas/A/properties/closed/unevaluatedProperties (key): `unevaluatedProperties` makes no difference to the type, and is not checked
    note N0113 #/components/schemas/A/properties/nothing/unevaluatedProperties (key): `unevaluatedProperties` makes no difference to the type, and is not checked
    note N0109 #/components/schemas/A/properties/untyped: a schema with `unevaluatedProperties` and without `type` is read as `type: object`
        add `type: object`
    ");
}

#[test]
fn members_that_an_object_has_at_times_are_optional() {
    let of = |schemas: &str| super::schemas_of("3.1.0", schemas);
    insta::assert_snapshot!(of("
    A:
      type: [object, 'null']
      required: [country]
      properties: {country: {type: string}, code: {}}
      if: {properties: {country: {const: US}, tested: {type: string}}}
      then: {properties: {zip: {type: string}, code: {type: integer}, both: {type: string}}, required: [zip]}
      else: {properties: {postal: {$ref: '#/components/schemas/P'}, both: {type: integer}}, else: {properties: {far: {type: boolean}}}}
      dependentSchemas: {code: {properties: {b: {type: integer}, never: false}}}
    P: {type: object, properties: {p: {type: string}}}"), @"
    type A <- component A: struct
      country!: String
      b: I64
      both: A/properties/both
      code: any
      far: Boolean
      postal: P
      zip: String
    type A/properties/both <- member both of A: union String: String | Integer: I64
    type P <- component P: struct
      p: String
    GET /a (-)
      -> application/json: A or null
    note N0113 #/components/schemas/A/if (key): `if` makes no difference to the type, and is not checked
    note N0113 #/components/schemas/A/then (key): `then` is not checked; of the members that it names, those that are nowhere else are read as optional ones: `zip`, `both`
    note N0113 #/components/schemas/A/else (key): `else` is not checked; of the members that it names, those that are nowhere else are read as optional ones: `postal`, `both`, `far`
    note N0113 #/components/schemas/A/dependentSchemas (key): `dependentSchemas` is not checked; of the members that it names, those that are nowhere else are read as optional ones: `b`
    ");
    // Beside a union, each branch has them, unless one names them itself.
    insta::assert_snapshot!(of("
    A:
      type: object
      oneOf: [{required: [x], properties: {x: {type: string}}}, {required: [y], properties: {y: {type: string}, z: {}}}]
      then: {properties: {z: {type: string}, more: {type: string}}}"), @"
    type A <- component A: union has x: A/oneOf/0 | has y: A/oneOf/1
    type A/oneOf/0 <- branch 0 of A: struct
      x!: String
      more: String
    type A/oneOf/1 <- branch 1 of A: struct
      y!: String
      more: String
      z: any
    note N0113 #/components/schemas/A/then (key): `then` is not checked; of the members that it names, those that are nowhere else are read as optional ones: `z`, `more`
    note N0109 #/components/schemas/A/oneOf/0: a schema with `properties` and without `type` is read as `type: object`
        add `type: object`
    note N0109 #/components/schemas/A/oneOf/1: a schema with `properties` and without `type` is read as `type: object`
        add `type: object`
    ");
    // What another part says always is not made narrower, and what is never there is not.
    insta::assert_snapshot!(of("
    A:
      allOf:
      - {$ref: '#/components/schemas/B'}
      - {if: {properties: {kind: {const: a}}}, then: {properties: {value: {type: integer}, more: {type: string}}}}
      - {if: {properties: {kind: {const: b}}}, then: {properties: {value: {type: string}, more: {type: string}}}}
      - {type: object, properties: {c: {$ref: '#/components/schemas/C'}, t: {$ref: '#/components/schemas/T'}}}
    B: {type: object, properties: {kind: {type: string}, value: {}}, then: {properties: {base: {type: string}}}}
    C: {type: object, additionalProperties: false, properties: {x: {type: string}}, then: {properties: {y: {type: string}}}}
    T: {type: string, then: {properties: {y: {type: string}}}}"), @"
    type A <- component A: struct
      base: String
      c: C
      kind: String
      more: String
      t: T
      value: any
    type C <- component C: struct
      x: String
    type T <- component T: = String
    note N0113 #/components/schemas/A/allOf/1/if (key): `if` makes no difference to the type, and is not checked
    note N0113 #/components/schemas/A/allOf/1/then (key): `then` is not checked; of the members that it names, those that are nowhere else are read as optional ones: `value`, `more`
    note N0113 #/components/schemas/A/allOf/2/if (key): `if` makes no difference to the type, and is not checked
    note N0113 #/components/schemas/A/allOf/2/then (key): `then` is not checked; of the members that it names, those that are nowhere else are read as optional ones: `value`, `more`
    note N0113 #/components/schemas/B/then (key): `then` is not checked; of the members that it names, those that are nowhere else are read as optional ones: `base`
    note N0113 #/components/schemas/C/then (key): `then` makes no difference to the type, and is not checked
    note N0113 #/components/schemas/T/then (key): `then` makes no difference to the type, and is not checked
    ");
}

#[test]
fn objects_and_tuples_out_of_a_list_say_so() {
    let said = schemas_of(
        "3.1.0",
        r"
    A:
      type: object
      properties:
        kind: {$ref: '#/components/schemas/Kind'}
        inline: {type: object, properties: {x: {type: integer}}, enum: [{x: 1}, {x: 2}]}
        at: {type: array, prefixItems: [{type: integer}, {type: integer}], minItems: 2, maxItems: 2, const: [1, 2]}
    Kind: {type: object, properties: {x: {type: integer}}, const: {x: 1}}",
    );
    assert_snapshot!(said, @r#"
    type A <- component A: struct
      at: A/properties/at, only [1, 2]
      inline: A/properties/inline, only {"x": 1}/{"x": 2}
      kind: Kind
    type A/properties/at <- member at of A: tuple
      I64
      I64
    type A/properties/inline <- member inline of A: struct
      x: I64
    type Kind <- component Kind: struct
      x: I64
    note S0112 #/components/schemas/A/properties/at/const: the value of this `const` is neither a text nor a whole number; it is read as a list of all its items
    note S0112 #/components/schemas/A/properties/inline/enum: not all values of this `enum` are texts or whole numbers; it is read as an object with all its members
    note S0112 #/components/schemas/Kind/const: the value of this `const` is neither a text nor a whole number; it is read as an object with all its members
    "#);
}

#[test]
fn members_of_what_holds_at_times_are_optional() {
    let said = schemas_of(
        "3.1.0",
        r"
    A:
      type: object
      properties: {kind: {type: string}}
      if: {properties: {kind: {const: b}}}
      then: {$ref: '#/components/schemas/B'}
      else: {oneOf: [{properties: {here: {type: string}}}, {$ref: '#/components/schemas/A'}]}
      dependentSchemas: {kind: {$ref: '#/components/schemas/D'}}
      dependencies: {here: [kind], kind: {properties: {older: {type: boolean}}}}
    B: {type: object, required: [x, kind], properties: {x: {type: string}, kind: {type: integer}}, allOf: [{$ref: '#/components/schemas/C'}]}
    C: {type: object, properties: {c: {type: integer}}}
    D: {type: object, properties: {x: {type: integer}}, else: {$ref: '#/components/schemas/None'}}",
    );
    assert_snapshot!(said, @"
    type A <- component A: struct
      c: I64
      here: String
      kind: String
      older: Boolean
      x: A/properties/x
    type A/properties/x <- member x of A: union String: String | Integer: I64
    note N0113 #/components/schemas/A/if (key): `if` makes no difference to the type, and is not checked
    note N0113 #/components/schemas/A/then (key): `then` is not checked; of the members of what it refers to, those that are nowhere else are read as optional ones
    note N0113 #/components/schemas/A/else (key): `else` is not checked; of the members that it names, those that are nowhere else are read as optional ones: `here`
    note N0113 #/components/schemas/A/dependentSchemas (key): `dependentSchemas` is not checked; of the members of what it refers to, those that are nowhere else are read as optional ones
    note N0113 #/components/schemas/A/dependencies (key): `dependencies` is not checked; of the members that it names, those that are nowhere else are read as optional ones: `older`
    note N0113 #/components/schemas/D/else (key): `else` is not checked; of the members of what it refers to, those that are nowhere else are read as optional ones
    warning R0102 #/components/schemas/D/else/$ref: `$ref` points to nothing: there is no `#/components/schemas/None`
    ");
}

#[test]
fn what_is_said_of_keys_stands_beside_maps() {
    let many: Vec<String> = (0..17).map(|index| format!("k{index}")).collect();
    let said = schemas_of(
        "3.1.0",
        &format!(
            r"
    A:
      type: object
      propertyNames: {{maxLength: 9}}
      properties:
        a: {{type: object, additionalProperties: {{type: string}}, propertyNames: {{enum: [x, y]}}}}
        b: {{type: object, propertyNames: {{pattern: '^k'}}}}
        c: {{type: object, additionalProperties: {{type: integer}}, propertyNames: {{$ref: '#/components/schemas/Key'}}}}
        d: {{type: object, propertyNames: {{enum: [{}]}}}}
        e: {{type: object, properties: {{a: {{}}}}, additionalProperties: {{type: string}}, propertyNames: {{const: z}}}}
        f: {{type: object, propertyNames: {{enum: [1]}}}}
    Key: {{type: string, enum: [p, q]}}",
            many.join(", ")
        ),
    );
    for line in [
        "  a: {String}, keys x/y",
        "  b: {any}, pattern of keys ^k",
        "  c: {I64}, keys p/q",
        "  d: {any}",
        "  f: {any}",
        "  others: {String}, keys z",
    ] {
        assert!(said.lines().any(|one| one == line), "{line}\n{said}");
    }
}
