//! Schemas that hold at once, and the types that they come to.

use insta::assert_snapshot;

use super::schemas;

#[test]
fn the_members_of_all_parts() {
    assert_snapshot!(schemas(r"
    A:
      description: An A.
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          required: [mine, name]
          properties:
            mine: {type: object, properties: {x: {type: string}}}
    Base:
      type: object
      required: [id]
      properties:
        id: {type: string, maxLength: 9, description: Which.}
        name: {type: string}
        state: {type: object, properties: {y: {type: integer}}}"), @r#"
    type A <- component A "An A.": struct
      id!: String, greatest length 9 "Which."
      mine!: A/allOf/1/properties/mine
      name!: String
      state: Base/properties/state
    type A/allOf/1/properties/mine <- member mine of A: struct
      x: String
    type Base/properties/state <- component Base.state: struct
      y: I64
    "#);
}

#[test]
fn values_are_listed_beside_what_says_their_type() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties:
        text: {allOf: [{type: string, description: W.}], enum: [x, y]}
        named: {allOf: [{$ref: '#/components/schemas/Text'}], enum: [x, y]}
        narrower: {allOf: [{$ref: '#/components/schemas/Kind'}], enum: [a]}
        same: {allOf: [{$ref: '#/components/schemas/Kind'}], enum: [a, b]}
        whole: {allOf: [{type: integer}], enum: [1, 2]}
        items: {type: array, items: {allOf: [{type: string}], enum: [x, y]}}
        object: {allOf: [{$ref: '#/components/schemas/B'}], enum: [x]}
    B: {type: object, properties: {z: {type: string}}}
    Kind: {type: string, enum: [a, b]}
    Text: {type: string}"), @r#"
    type A <- component A: struct
      items: [A/properties/items/items]
      named: A/properties/named
      narrower: A/properties/narrower
      object: B
      same: Kind
      text: A/properties/text "W."
      whole: A/properties/whole
    type A/properties/items/items <- member items of A: enum x | y
    type A/properties/named <- member named of A: enum x | y
    type A/properties/narrower <- member narrower of A: enum a
    type A/properties/text <- member text of A "W.": enum x | y
    type A/properties/whole <- member whole of A: integer enum 1 | 2
    type B <- component B: struct
      z: String
    type Kind <- component Kind: enum a | b
    "#);
}

#[test]
fn a_member_that_several_parts_have() {
    assert_snapshot!(schemas(r"
    A:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          properties:
            same: {$ref: '#/components/schemas/One'}
            words: {description: Other words.}
            narrower: {type: string, enum: [a]}
            both: {type: object, properties: {b: {type: string}}}
            list: {type: array, items: {type: integer, minimum: 3}}
            clash: {type: integer}
            clashes: {type: array, items: {$ref: '#/components/schemas/One'}}
            deep: {type: object, additionalProperties: {type: array, items: {type: integer}}}
    Base:
      type: object
      properties:
        same: {$ref: '#/components/schemas/One'}
        words: {type: string, description: Words., maxLength: 3}
        narrower: {type: string, enum: [a, b], description: What it is.}
        both: {type: object, properties: {a: {type: string}}}
        list: {type: array, items: {type: number}}
        clash: {type: string}
        clashes: {type: array, items: {type: array, items: {}}}
        deep: {type: object, additionalProperties: {type: array, items: {type: string}}}
    One: {type: object, properties: {z: {type: string}}}"), @r#"
    type A <- component A: struct
      both: A/properties/both
      clash: I64
      clashes: [One]
      deep: {[I64]}
      list: [I64], each item, minimum 3
      narrower: A/allOf/1/properties/narrower "What it is."
      same: One
      words: String, greatest length 3 "Other words."
    type A/allOf/1/properties/narrower <- member narrower of A: enum a
    type A/properties/both <- member both of A: struct
      a: String
      b: String
    type One <- component One: struct
      z: String
    warning S0103 #/components/schemas/A/allOf/1/properties/clash: no value of `clash` fits all schemas that hold at once; it is read as this one says
    warning S0103 #/components/schemas/A/allOf/1/properties/clashes: no value of `clashes` fits all schemas that hold at once; it is read as this one says
    warning S0103 #/components/schemas/A/allOf/1/properties/deep: no value of `deep` fits all schemas that hold at once; it is read as this one says
    "#);
}

#[test]
fn a_part_that_says_nothing_of_the_type() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties:
        a: {allOf: [{$ref: '#/components/schemas/One'}, {description: D, example: {z: x}}]}
        b: {allOf: [{$ref: '#/components/schemas/One'}, {nullable: true}]}
        c: {allOf: [{$ref: '#/components/schemas/One'}], properties: {w: {type: string}}}
        d: {allOf: [{type: string, minLength: 1}, {maxLength: 5}], description: D}
        e: {allOf: [{$ref: '#/components/schemas/Text'}, {enum: [x, y]}]}
        f: {allOf: [{$ref: '#/components/schemas/One'}, {not: {required: [z]}}]}
    One: {type: object, properties: {z: {type: string}}}
    Text: {type: string, enum: [x, y, z]}"), @r#"
    type A <- component A: struct
      a: One, example {"z": "x"} "D"
      b: One or null
      c: A/properties/c
      d: String, least length 1, greatest length 5 "D"
      e: A/properties/e
      f: One
    type A/properties/c <- member c of A: struct
      w: String
      z: String
    type A/properties/e <- member e of A: enum x | y
    type One <- component One: struct
      z: String
    note N0113 #/components/schemas/A/properties/f/allOf/1/not (key): `not` makes no difference to the type, and is not checked
    "#);
}

#[test]
fn a_part_that_only_says_more_of_a_member() {
    let said = schemas(
        r"
    A: {allOf: [{$ref: '#/components/schemas/B'}, {type: object, properties: {s: {default: v}, e: {example: y}, k: {default: x, deprecated: true}, n: {default: 2}, c: {default: {z: z}}, l: {default: q}}}]}
    B:
      type: object
      properties:
        s: {type: string, description: W.}
        e: {type: string, enum: [x, y]}
        k: {$ref: '#/components/schemas/K'}
        n: {type: integer, minimum: 1, default: 1}
        c: {type: object, properties: {z: {type: string}}, default: {}}
        l: {allOf: [{type: string}, {maxLength: 3}]}
    K: {type: string, enum: [x, y], default: y}",
    );
    assert_snapshot!(said, @r#"
    type A <- component A: struct
      c: B/properties/c, default {"z": "z"}
      e: B/properties/e, example "y"
      k: K deprecated, default "x"
      l: String, greatest length 3, default "q"
      n: I64, minimum 1, default 2
      s: String, default "v" "W."
    type B/properties/c <- component B.c: struct
      z: String
    type B/properties/e <- component B.e: enum x | y
    type K <- component K: enum x | y
    "#);
}

#[test]
fn what_parts_say_of_the_same_member_is_said_by_the_first() {
    let said = schemas(
        r"
    A: {allOf: [{$ref: '#/components/schemas/B'}, {type: object, properties: {t: {type: string, example: attach}, b: {type: boolean, enum: [true], default: true}, e: {type: string, enum: [x]}, u: {type: string}}}]}
    B:
      type: object
      properties:
        t: {type: string, example: create, description: W.}
        b: {type: boolean, default: false}
        e: {type: string, enum: [x, y], example: y}
        u: {type: string, example: z}",
    );
    assert_snapshot!(said, @r#"
    type A <- component A: struct
      b: Boolean, default true, only true
      e: A/allOf/1/properties/e
      t: String, example "attach" "W."
      u: String, example "z"
    type A/allOf/1/properties/e <- member e of A: enum x
    "#);
}

/// What an envelope has for anything is, in each answer, the component itself, however that is written.
#[test]
fn a_component_of_several_parts_is_itself_where_another_schema_says_nothing() {
    let answer = |item: &str| {
        let found = schemas(&format!(
            "    Envelope: {{type: object, properties: {{data: {{}}}}}}\n    Base: {{type: object, properties: {{id: {{type: string}}}}}}\n    Item: {item}\n    A: {{allOf: [{{$ref: '#/components/schemas/Envelope'}}, {{type: object, properties: {{data: {{$ref: '#/components/schemas/Item'}}}}}}]}}"
        ));
        let mut lines = found.lines().skip_while(|line| !line.starts_with("type A "));
        lines.nth(1).unwrap_or_default().trim().to_owned()
    };
    assert_eq!(answer("{type: object, properties: {a: {type: string}}}"), "data: Item");
    let parts = "{$ref: '#/components/schemas/Base'}, {type: object, properties: {a: {type: string}}}";
    assert_eq!(answer(&format!("{{allOf: [{parts}]}}")), "data: Item");
    assert_eq!(answer(&format!("{{allOf: [{parts}], type: object, required: [id]}}")), "data: Item");
}

#[test]
fn keywords_beside_a_union() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      required: [id]
      properties: {id: {type: string}}
      oneOf:
        - {title: Cat, required: [purrs], properties: {purrs: {type: boolean}}}
        - $ref: '#/components/schemas/Dog'
        - {type: string}
    Dog: {type: object, required: [barks], properties: {barks: {type: boolean}, id: {type: string}}}"), @r#"
    type A <- component A: union has purrs: A/oneOf/0 | has barks: A/oneOf/1
    type A/oneOf/0 <- branch 0 of A "Cat": struct
      id!: String
      purrs!: Boolean
    type A/oneOf/1 <- branch 1 of A "Dog": struct
      id!: String
      barks!: Boolean
    note N0109 #/components/schemas/A/oneOf/0: a schema with `properties` and without `type` is read as `type: object`
        add `type: object`
    "#);
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties: {a: {type: string}, b: {type: string}}
      anyOf: [{required: [a]}, {required: [b]}, {not: {required: [a, b]}}]"), @r"
    type A <- component A: struct
      a: String
      b: String
    ");
    assert_snapshot!(schemas(r"
    A:
      allOf:
        - {type: object, properties: {id: {type: string}}}
        - $ref: '#/components/schemas/Either'
    Either:
      oneOf:
        - {type: object, required: [x], properties: {x: {type: string, enum: [p, q]}}}
        - {type: object, required: [y], properties: {y: {type: string}}}"), @r"
    type A <- component A: union x=p/q: A/oneOf/0 | has y: A/oneOf/1
    type A/oneOf/0 <- branch 0 of A: struct
      x!: Either/oneOf/0/properties/x
      id: String
    type A/oneOf/1 <- branch 1 of A: struct
      y!: String
      id: String
    type Either/oneOf/0/properties/x <- member x of A/oneOf/0: enum p | q
    ");
}

/// They are no branches by number, which another order of the branches would name otherwise.
#[test]
fn what_stands_in_a_branch_is_a_part_of_what_the_branch_became() {
    let branch = |tag: &str, states: &str| {
        format!(
            "{{type: object, required: [k], properties: {{k: {{type: string, enum: [{tag}]}}, st: {{type: string, enum: [{states}]}}}}}}"
        )
    };
    let found = schemas(&format!(
        "    A: {{allOf: [{{type: object, properties: {{id: {{type: string}}}}}}, {{oneOf: [{}, {}]}}]}}",
        branch("a", "on, off"),
        branch("b", "hot, cold")
    ));
    let of = |member: &str| {
        let line = found.lines().find(|line| line.contains(&format!("{member} <-"))).unwrap_or_default();
        line.split("<- ").nth(1).unwrap_or_default().split(": ").next().unwrap_or_default().to_owned()
    };
    assert_eq!(of("oneOf/0/properties/st"), "member st of A/oneOf/0", "{found}");
    assert_eq!(of("oneOf/1/properties/st"), "member st of A/oneOf/1", "{found}");
}

#[test]
fn a_base_is_the_union_of_what_builds_on_it() {
    assert_snapshot!(schemas(r"
    A: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}
    Pet:
      type: object
      required: [kind]
      discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', pet: Pet}}
      properties: {kind: {type: string}, name: {type: string}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {purrs: {type: boolean}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {barks: {type: boolean}}}]}"), @r"
    type A <- component A: struct
      pet: Pet
    type Cat <- component Cat: struct
      kind!: String
      name: String
      purrs: Boolean
    type Dog <- component Dog: struct
      kind!: String
      barks: Boolean
      name: String
    type Pet <- component Pet: union kind=cat: Cat | kind=Dog: Dog | kind=pet: Pet/oneOf/2
    type Pet/oneOf/2 <- branch 2 of Pet: struct
      kind!: String
      name: String
    ");
    assert_snapshot!(schemas(r"
    A: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}
    Pet:
      type: object
      required: [kind]
      discriminator: {propertyName: kind}
      properties: {kind: {type: string, enum: [Cat, Dog]}}
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {purrs: {type: boolean}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {barks: {type: boolean}}}]}"), @r"
    type A <- component A: struct
      pet: Pet
    type Cat <- component Cat: struct
      kind!: Pet/properties/kind
      purrs: Boolean
    type Dog <- component Dog: struct
      kind!: Pet/properties/kind
      barks: Boolean
    type Pet <- component Pet: union kind=Cat: Cat | kind=Dog: Dog
    type Pet/properties/kind <- member kind of Pet: enum Cat | Dog
    ");
}

#[test]
fn a_base_below_another_tells_its_own_apart() {
    assert_snapshot!(schemas(r"
    A: {type: object, properties: {fish: {$ref: '#/components/schemas/Fish'}}}
    Fish:
      type: object
      required: [kind, age]
      discriminator: {propertyName: kind, mapping: {shark: '#/components/schemas/Shark', salmon: '#/components/schemas/Salmon'}}
      properties: {kind: {type: string}, age: {type: integer}}
    Salmon:
      allOf: [{$ref: '#/components/schemas/Fish'}]
      properties: {kind: {type: string, enum: [salmon]}, partner: {$ref: '#/components/schemas/Fish'}}
    Shark:
      allOf: [{$ref: '#/components/schemas/Fish'}]
      type: object
      required: [sharktype]
      discriminator: {propertyName: sharktype, mapping: {saw: '#/components/schemas/Saw', goblin: '#/components/schemas/Goblin'}}
      properties: {kind: {type: string, enum: [shark]}, sharktype: {type: string}}
    Saw: {allOf: [{$ref: '#/components/schemas/Shark'}], properties: {sharktype: {type: string, enum: [saw]}}}
    Goblin: {allOf: [{$ref: '#/components/schemas/Shark'}], properties: {sharktype: {type: string, enum: [goblin]}}}"), @"
    type A <- component A: struct
      fish: Fish
    type Fish <- component Fish: union kind=salmon: Salmon | sharktype=goblin: Goblin | sharktype=saw: Saw
    type Goblin <- component Goblin: struct
      age!: I64
      kind!: Shark/properties/kind
      sharktype!: Goblin/properties/sharktype
    type Goblin/properties/sharktype <- member sharktype of Goblin: enum goblin
    type Salmon <- component Salmon: struct
      age!: I64
      kind!: Salmon/properties/kind
      partner: Fish
    type Salmon/properties/kind <- member kind of Salmon: enum salmon
    type Saw <- component Saw: struct
      age!: I64
      kind!: Shark/properties/kind
      sharktype!: Saw/properties/sharktype
    type Saw/properties/sharktype <- member sharktype of Saw: enum saw
    type Shark/properties/kind <- component Shark.kind: enum shark
    ");
}

#[test]
fn what_no_value_fits() {
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties:
        a: {allOf: [{type: string}, {type: integer}]}
        b: {$ref: '#/components/schemas/B'}
        c: {allOf: [{$ref: '#/components/schemas/Missing'}, {type: object, properties: {x: {type: string}}}]}
    B: {allOf: [{$ref: '#/components/schemas/B'}, {type: object, properties: {x: {type: string}}}]}"), @r"
    type A <- component A: struct
      a: any
      b: B
      c: any
    type B <- component B: = any
    warning S0101 #/components/schemas/A/properties/a: no value fits all of these schemas; it is read as any value
    warning R0102 #/components/schemas/A/properties/c/allOf/0/$ref: `$ref` points to nothing: there is no `#/components/schemas/Missing`; this is read as any value
    warning S0101 #/components/schemas/B: one of these schemas is part of itself; it is read as any value
    ");
}

#[test]
fn formats_that_hold_at_once() {
    assert_snapshot!(schemas(r"
    A:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          properties:
            member: {type: string, format: date}
            a: {allOf: [{type: string, format: uuid}, {type: string, format: date}]}
            b: {allOf: [{type: integer, format: int64}, {type: integer, format: int32}]}
            c: {allOf: [{type: integer, format: uint8}, {type: integer, format: int16}]}
            d: {allOf: [{type: number, format: double}, {type: integer, format: int32}]}
            e: {allOf: [{type: string, format: email}, {type: string, format: idn-email}]}
            f: {allOf: [{type: string, format: date}, {type: string, format: my-date}]}
            g: {allOf: [{$ref: '#/components/schemas/When'}, {format: date-time}]}
            h: {type: string, format: date, oneOf: [{format: date}, {format: uuid}]}
            i: {allOf: [{type: string, format: guid}, {format: uuid}]}
            j: {allOf: [{type: integer, format: u-int32}, {format: uint16}]}
    Base: {type: object, properties: {member: {type: string, format: uuid}}}
    When: {type: string, format: date-time}"), @"
    type A <- component A: struct
      a: any
      b: I32
      c: U8
      d: I32
      e: String, format email
      f: Date
      g: When
      h: Date
      i: Uuid
      j: U16
      member: Date
    type When <- component When: = DateTime
    warning S0101 #/components/schemas/A/allOf/1/properties/a: no value fits all of these schemas; it is read as any value
    warning S0103 #/components/schemas/A/allOf/1/properties/member: no value of `member` fits all schemas that hold at once; it is read as this one says
    ");
}

#[test]
fn schemas_that_hold_themselves() {
    assert_snapshot!(schemas(r"
    A: {allOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}
    B: {type: object, properties: {x: {$ref: '#/components/schemas/B'}, l: {type: array, items: {$ref: '#/components/schemas/A'}}}}
    C: {type: object, properties: {x: {$ref: '#/components/schemas/C'}, y: {type: string}}}"), @r"
    type A <- component A: struct
      l: [A]
      x: A/properties/x
      y: String
    type A/properties/x <- member x of A: struct
      l: [A]
      x: A/properties/x
      y: String
    ");
    assert_snapshot!(schemas(r"
    A:
      type: object
      properties: {a: {type: string}}
      oneOf: [{$ref: '#/components/schemas/B'}, {type: object, required: [c], properties: {c: {type: string}}}]
    B:
      type: object
      properties: {b: {type: string}}
      oneOf: [{$ref: '#/components/schemas/A'}, {type: object, required: [d], properties: {d: {type: string}}}]"), @r"
    type A <- component A: = any
    warning S0101 #/components/schemas/A: one of these schemas is part of itself; it is read as any value
    ");
}

/// Descriptions that would be endless, or as good as that, if they were followed to the end.
#[test]
fn what_is_too_much_is_any_value() {
    let lines = |text: String| schemas(&text).lines().filter(|line| line.starts_with("warning")).count();
    let chain = |end: &str| {
        let one = |i: usize| {
            format!(
                "    S{i}: {{allOf: [{{$ref: '#/components/schemas/S{}'}}, {{type: object, properties: {{p{i}: {{type: string}}}}}}]}}\n",
                i + 1
            )
        };
        let chain: String = (0..1_000).map(one).collect();
        format!("    A: {{$ref: '#/components/schemas/S0'}}\n{chain}    S1000: {end}")
    };
    assert_eq!(lines(chain("{type: object}")), 1);
    assert_eq!(lines(chain("{$ref: '#/components/schemas/S0'}")), 1);
    // Each of these has all members of the one before, twice over.
    let wide: String = (0..40)
        .map(|i| format!("    W{i}: {{type: object, properties: {{a: {{$ref: '#/components/schemas/W{n}'}}, b: {{allOf: [{{$ref: '#/components/schemas/W{n}'}}, {{$ref: '#/components/schemas/V{n}'}}]}}}}}}\n    V{i}: {{type: object, properties: {{a: {{$ref: '#/components/schemas/V{n}'}}, b: {{$ref: '#/components/schemas/W{n}'}}}}}}\n", n = (i * 7 + 1) % 40))
        .collect();
    let all = "    A: {allOf: [{$ref: '#/components/schemas/W0'}, {$ref: '#/components/schemas/V0'}]}\n";
    let types = schemas(&format!("{all}{wide}")).lines().filter(|line| line.starts_with("type")).count();
    assert!(types < 3_000, "{types}");
    // Unions of unions, all at once: two to the power of twenty branches.
    let unions: String = (0..20)
        .map(|i| format!("        - oneOf: [{{type: object, required: [a{i}], properties: {{a{i}: {{type: string}}}}}}, {{type: object, required: [b{i}], properties: {{b{i}: {{type: string}}}}}}]\n"))
        .collect();
    assert_eq!(lines(format!("    A:\n      allOf:\n{unions}")), 1);
}
