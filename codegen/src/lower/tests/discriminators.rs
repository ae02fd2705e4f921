//! Discriminators of unions: their own, inherited ones, what they map, and the default.

use super::schemas;

#[test]
fn what_has_no_known_value_goes_to_the_default_branch() {
    let of = |default: &str, b: &str| {
        super::schemas_of(
            "3.2.0",
            &format!(
                r"
    A: {{oneOf: [{{$ref: '#/components/schemas/B'}}, {{$ref: '#/components/schemas/C'}}], discriminator: {{propertyName: kind, defaultMapping: {default}}}}}
    B: {{type: object, properties: {b}}}
    C: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}}}"
            ),
        )
    };
    let kind = "{kind: {type: string}}";
    insta::assert_snapshot!([of("B", kind), of("'#/components/schemas/B'", "{x: {}}"), of("Other", kind)].concat(), @r"
    type A <- component A: union Object: B | kind=C: C
    type B <- component B: struct
      kind: String
    type C <- component C: struct
      kind!: String
    type A <- component A: union kind=B: B | kind=C: C
    type B <- component B: struct
      x: any
    type C <- component C: struct
      kind!: String
    note S0410 #/components/schemas/A/discriminator/defaultMapping: objects without a known value are kept as they come
    type A <- component A: union kind=B: B | kind=C: C
    type B <- component B: struct
      kind: String
    type C <- component C: struct
      kind!: String
    note S0410 #/components/schemas/A/discriminator/defaultMapping: `Other` is no branch of this union
    ");
}

#[test]
fn a_default_is_for_unions_whose_other_branches_all_have_values() {
    let of = |more: &str| {
        super::schemas_of(
            "3.2.0",
            &format!(
                r"
    A: {{oneOf: [{{$ref: '#/components/schemas/B'}}, {{$ref: '#/components/schemas/C'}}{more}], discriminator: {{propertyName: kind, defaultMapping: B}}}}
    B: {{type: object, properties: {{kind: {{type: string}}}}}}
    C: {{type: object, properties: {{kind: {{type: string}}}}}}"
            ),
        )
    };
    let kept = "note S0410 #/components/schemas/A/discriminator/defaultMapping: objects without a known value are kept";
    assert!(of("").starts_with("type A <- component A: union Object: B | kind=C: C\n"), "{}", of(""));
    for more in [", {}", ", {type: object, required: [z], properties: {z: {}}}"] {
        let said = of(more);
        assert!(said.starts_with("type A <- component A: union kind=B: B | kind=C: C"), "{said}");
        assert!(said.contains(kept), "{said}");
    }
}

/// OpenAPI 3.2.0, section 4.26.2: the default is for what neither the mapping nor a schema's name says anything of.
#[test]
fn beside_a_default_the_name_of_a_mapped_branch_is_a_value_of_it_too() {
    let of = |mapping: &str, p: &str, kind: &str| {
        let said = super::schemas_of(
            "3.2.0",
            &format!(
                r"
    A: {{oneOf: [{{$ref: '#/components/schemas/P'}}, {{$ref: '#/components/schemas/Q'}}], discriminator: {{propertyName: t, defaultMapping: Q, mapping: {{{mapping}}}}}}}
    P: {{type: object{p}, properties: {{t: {kind}, v: {{type: integer}}}}}}
    Q: {{type: object, properties: {{t: {{type: string}}, w: {{type: integer}}}}}}"
            ),
        );
        said.lines().find(|line| line.contains("component A:")).unwrap_or_default().to_owned()
    };
    let text = "{type: string}";
    assert_eq!(of("pp: P", ", required: [t]", text), "type A <- component A: union t=P/pp: P | Object: Q");
    assert_eq!(of("pp: P", "", text), "type A <- component A: union t=P: P | t=pp: P | Object: Q");
    assert_eq!(of("P: P", "", text), "type A <- component A: union t=P: P | Object: Q");
    // Another branch's, and what the branch itself can't be.
    assert_eq!(of("pp: P, P: Q", "", text), "type A <- component A: union t=pp: P | Object: Q");
    assert_eq!(of("pp: P", "", "{type: string, enum: [pp]}"), "type A <- component A: union t=pp: P | Object: Q");
}

#[test]
fn a_discriminator_that_all_branches_inherit_tells_them_apart() {
    let of = |union: &str, mapping: &str| {
        schemas(&format!(
            r"
    A: {{oneOf: [{union}]}}
    Shape: {{type: object, required: [type], properties: {{type: {{type: string}}}}, discriminator: {{propertyName: type{mapping}}}}}
    Circle: {{allOf: [{{$ref: '#/components/schemas/Shape'}}, {{type: object, required: [r], properties: {{r: {{type: number}}}}}}]}}
    Square: {{allOf: [{{$ref: '#/components/schemas/Shape'}}, {{type: object, properties: {{side: {{type: number}}}}}}]}}
    Star: {{allOf: [{{$ref: '#/components/schemas/Shape'}}, {{type: object, properties: {{rays: {{type: number}}}}}}]}}
    Other: {{type: object, required: [other], properties: {{other: {{type: number}}}}}}"
        ))
    };
    let [circle, square, other] =
        ["Circle", "Square", "Other"].map(|name| format!("{{$ref: '#/components/schemas/{name}'}}"));
    let both = format!("{circle}, {square}");
    let mapping = ", mapping: {circle: '#/components/schemas/Circle', sq: Square, star: '#/components/schemas/Star'}";
    let said = of(&both, mapping);
    // The base tells more apart than the union has.
    assert!(said.contains("component A: union type=circle: Circle | type=sq: Square\n"), "{said}");
    assert!(!said.contains("S01"), "{said}");
    let said = of(&both, "");
    assert!(said.contains("component A: union type=Circle: Circle | type=Square: Square\n"), "{said}");
    // Through a union in between, and beside what is no object.
    let said = of(&format!("{circle}, {{oneOf: [{square}, {{type: integer}}]}}"), mapping);
    assert!(said.contains("component A: union type=circle: Circle | type=sq: Square | Integer: I64\n"), "{said}");
    // Nothing is to be told where one alone is an object, and others don't have the member.
    let said = of(&format!("{circle}, {{type: string}}"), mapping);
    assert!(said.contains("component A: union Object: Circle | String: String\n"), "{said}");
    let said = of(&format!("{circle}, {square}, {other}"), mapping);
    assert!(said.contains("component A: union has r: Circle | Object: Square | has other: Other\n"), "{said}");
    // The base itself is the union of all that build on it.
    let said = of(&format!("{circle}, {{$ref: '#/components/schemas/Shape'}}"), mapping);
    assert!(said.contains("component A: union type=circle: Circle | type=sq: Square | type=star: Star\n"), "{said}");
}

#[test]
fn what_adds_nothing_to_a_base_is_one_of_those_that_it_stands_for() {
    let of = "
    A:
      type: object
      required: [op]
      properties: {op: {type: string}}
      discriminator: {propertyName: op, mapping: {login: Login, beat: Beat, bye: Bye}}
    Login: {allOf: [{$ref: '#/components/schemas/A'}], properties: {key: {type: string}}}
    Beat: {allOf: [{$ref: '#/components/schemas/A'}, {type: object}]}
    Bye: {allOf: [{$ref: '#/components/schemas/A'}]}";
    insta::assert_snapshot!(schemas(of), @r"
    type A <- component A: union op=beat: Beat | op=bye: Bye | op=login: Login
    type Beat <- component Beat: struct
      op!: String
    type Bye <- component Bye: struct
      op!: String
    type Login <- component Login: struct
      op!: String
      key: String
    ");
}

#[test]
fn what_the_values_of_a_discriminator_leave_no_room_for_is_no_branch_of_the_base() {
    let of = |values: &str, mapping: &str| {
        schemas(&format!(
            r"
    A:
      type: object
      required: [kind]
      properties: {{kind: {{type: string, enum: [{values}]}}}}
      discriminator: {{propertyName: kind{mapping}}}
    Cat: {{allOf: [{{$ref: '#/components/schemas/A'}}], properties: {{purrs: {{type: boolean}}}}}}
    Dog: {{allOf: [{{$ref: '#/components/schemas/A'}}], properties: {{barks: {{type: boolean}}}}}}
    Pup: {{allOf: [{{$ref: '#/components/schemas/Dog'}}], properties: {{age: {{type: integer}}}}}}"
        ))
    };
    let said = of("Cat, Dog", "");
    assert!(said.contains("component A: union kind=Cat: Cat | kind=Dog: Dog\n"), "{said}");
    assert!(!said.contains("S01"), "{said}");
    let said = of("Cat, dog, Pup", ", mapping: {dog: Dog}");
    assert!(said.contains("component A: union kind=Cat: Cat | kind=dog: Dog | kind=Pup: Pup\n"), "{said}");
    // The names of the values are those of the components, written in another way.
    let said = of("cat, dog", "");
    assert!(said.contains("component A: union kind=cat: Cat | kind=dog: Dog\n"), "{said}");
    // Nothing says which value means which.
    let said = of("feline, canine", "");
    assert!(said.contains("component A: struct\n"), "{said}");
    let untold = "warning S0120 #/components/schemas/A/discriminator: this does not tell all schemas apart that build on the one \
                  that has it; that one is read without the members of the others";
    assert!(said.contains(untold), "{said}");
}

#[test]
fn heirs_without_a_value_of_their_own_leave_the_others_theirs() {
    let of = |kind: &str, heirs: &str| {
        schemas(&format!(
            r"
    A:
      type: object
      required: [kind]
      properties: {{kind: {{type: string{kind}}}}}
      discriminator: {{propertyName: kind, mapping: {{cat: Cat}}}}
    Cat: {{allOf: [{{$ref: '#/components/schemas/A'}}], properties: {{purrs: {{type: boolean}}}}}}
{heirs}"
        ))
    };
    let heir = |name: &str, kind: &str, required: &str, member: &str| {
        format!(
            "    {name}: {{allOf: [{{$ref: '#/components/schemas/A'}}], required: [{required}], properties: {{kind: \
             {{type: string{kind}}}, {member}: {{type: string}}}}}}\n"
        )
    };
    let told = |said: &str| {
        let line = said.lines().find_map(|line| line.strip_prefix("type A <- component A: ")).unwrap_or_default();
        (line.to_owned(), said.lines().filter(|line| line.contains("S0120")).map(str::to_owned).collect::<Vec<_>>())
    };
    let warning = |what: &str| format!("warning S0120 #/components/schemas/A/discriminator: {what}");
    let shared = warning(
        "the discriminator does not have values of its own for each branch; what other members don't tell apart is tried",
    );

    // Two with one value are tried, whatever else they have, and one that builds on another has the same value.
    let dog = heir("Dog", ", enum: [dog]", "bark", "bark");
    let on_dog = "    Pup: {allOf: [{$ref: '#/components/schemas/Dog'}], properties: {age: {type: string}}}\n";
    for pup in [&heir("Pup", ", enum: [dog]", "age", "age"), &heir("Pup", ", enum: [dog]", "", "age"), on_dog] {
        let (line, found) = told(&of("", &format!("{dog}{pup}")));
        let expected = "union kind=cat: Cat | fitting Object kind=dog: Dog | fitting Object kind=dog: Pup";
        assert_eq!((line.as_str(), found.as_slice()), (expected, [shared.clone()].as_slice()), "{pup}");
    }
    let (line, _) = told(&of("", &format!("{dog}{}", heir("Pup", ", enum: [cat]", "age", "age"))));
    assert_eq!(line, "union fitting Object kind=cat: Cat | kind=dog: Dog | fitting Object kind=cat: Pup");
    // Where all have the same, nothing is told by it.
    let (line, found) = told(&of("", &heir("Pup", ", enum: [cat]", "age", "age")));
    assert_eq!((line.as_str(), found.len()), ("struct", 1));
    // Several values are its own where the base doesn't have just these.
    let hounds = heir("Dog", ", enum: [hound, terrier]", "", "bark");
    assert_eq!(told(&of("", &hounds)), ("union kind=cat: Cat | kind=hound/terrier: Dog".to_owned(), vec![]));
    let line = "union kind=cat: Cat | kind=hound/terrier: Dog | kind=other: A/oneOf/2";
    assert_eq!(told(&of(", enum: [cat, hound, terrier, other]", &hounds)), (line.to_owned(), vec![]));
    // What the base alone lists is the base, whoever it was meant for.
    let (line, found) = told(&of(", enum: [cat, canine]", &heir("Dog", "", "", "bark")));
    let left_out = "this does not tell all schemas apart that build on the one that has it; that one is read without the \
                    members of the others";
    assert_eq!((line.as_str(), found), ("union kind=cat: Cat | kind=canine: A/oneOf/1", vec![warning(left_out)]));
}

#[test]
fn of_several_discriminators_that_are_inherited_the_nearest_tells() {
    let said = schemas(
        r"
    A: {oneOf: [{$ref: '#/components/schemas/Saw'}, {$ref: '#/components/schemas/Goblin'}]}
    Fish: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
    Shark:
      allOf: [{$ref: '#/components/schemas/Fish'}]
      required: [shark]
      properties: {shark: {type: string}}
      discriminator: {propertyName: shark, mapping: {saw: Saw}}
    Saw: {allOf: [{$ref: '#/components/schemas/Shark'}], properties: {x: {type: string}}}
    Goblin: {allOf: [{$ref: '#/components/schemas/Shark'}], properties: {y: {type: string}}}",
    );
    assert!(said.contains("component A: union shark=saw: Saw | shark=Goblin: Goblin\n"), "{said}");
}

#[test]
fn a_discriminator_that_is_inherited_and_tells_nothing_is_none() {
    let said = schemas(
        r"
    A: {oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}
    Base: {type: object, required: [kind], properties: {kind: {type: string, enum: [x, y]}}, discriminator: {propertyName: kind}}
    B: {allOf: [{$ref: '#/components/schemas/Base'}], required: [b], properties: {b: {type: string}}}
    C: {allOf: [{$ref: '#/components/schemas/Base'}], required: [c], properties: {c: {type: string}}}",
    );
    assert!(said.contains("component A: union has b: B | has c: C\n") && !said.contains("S01"), "{said}");
}

#[test]
fn where_a_value_of_a_mapping_goes_is_said_as_it_is() {
    let of = |mapping: &str, second: &str, kinds: &str| {
        schemas(&format!(
            r"
    A: {{oneOf: [{{$ref: '#/components/schemas/B'}}, {second}], discriminator: {{propertyName: kind, mapping: {{{mapping}}}}}}}
    B: {{type: object, required: [kind], properties: {{kind: {{type: string}}, b: {{type: string}}}}}}
    C: {{type: object, required: [kind], properties: {{kind: {{type: string{kinds}}}, c: {{type: string}}}}}}
    D: {{type: object, required: [kind], properties: {{kind: {{type: string}}, d: {{type: string}}}}}}"
        ))
    };
    let c = "{$ref: '#/components/schemas/C'}";
    let inner = "{oneOf: [{$ref: '#/components/schemas/C'}, {$ref: '#/components/schemas/D'}]}";
    // Of a union in between, too, a branch is one of these.
    let said = of("one: B, two: C, deux: '#/components/schemas/C', three: D", inner, "");
    assert!(said.contains("component A: union kind=one: B | kind=deux/two: C | kind=three: D\n"), "{said}");
    assert!(!said.contains("S01"), "{said}");
    let stray = |said: &str| said.lines().filter(|line| line.contains("S0121")).map(str::to_owned).collect::<Vec<_>>();
    let expected = |what: &str| {
        vec![format!(
            "warning S0121 #/components/schemas/A/discriminator/mapping/two: `D` is no branch of this union; {what}"
        )]
    };
    assert_eq!(stray(&of("one: B, two: D", c, "")), expected("`two` is kept as it comes"));
    let said = of("one: B, two: D", c, ", enum: [two, deux]");
    assert!(said.contains("component A: union kind=one: B | kind=deux/two: C\n"), "{said}");
    assert_eq!(stray(&said), expected("`two` is a value that another branch allows, and read as that one"));
    // Where the discriminator tells nothing, its values lead nowhere.
    let said = of("one: B, two: D", "{type: object, required: [c], properties: {c: {}}}", "");
    assert!(said.contains("component A: union kind=one: B | has c: A/oneOf/1\n"), "{said}");
    assert_eq!(stray(&said), expected("an object with `two` is told by its other members"));
}

#[test]
fn what_is_mapped_may_be_a_reference() {
    let of = |mapping: &str| {
        schemas(&format!(
            r"
    A: {{type: object, required: [t], properties: {{t: {{type: string}}}}, discriminator: {{propertyName: t, mapping: {{{mapping}}}}}}}
    Car: {{allOf: [{{$ref: '#/components/schemas/A'}}, {{type: object, properties: {{any: {{$ref: '#/components/schemas/Any'}}}}}}]}}
    Boat: {{$ref: '#/components/schemas/Ship'}}
    Ship: {{allOf: [{{$ref: '#/components/schemas/A'}}, {{type: object, properties: {{sail: {{type: integer}}}}}}]}}
    Any: {{oneOf: [{{$ref: '#/components/schemas/Car'}}, {{$ref: '#/components/schemas/Ship'}}]}}"
        ))
    };
    let said = of("boat: '#/components/schemas/Boat', car: './test.yaml#/components/schemas/Car'");
    assert!(said.contains("component A: union t=car: Car | t=boat: Ship\n") && !said.contains("S01"), "{said}");
    assert!(said.contains("component Any: union t=car: Car | t=boat: Ship\n"), "{said}");
    let said = of("boat: Boat");
    assert!(said.contains("component A: union t=Car: Car | t=boat: Ship\n") && !said.contains("S01"), "{said}");
}

#[test]
fn a_schema_may_say_which_value_it_stands_for() {
    let of = |base: &str| {
        schemas(&format!(
            r"
    A: {{type: object, required: [t], properties: {{t: {{type: string}}}}, discriminator: {{propertyName: t}}{base}}}
    B: {{x-ms-discriminator-value: '#X.B', allOf: [{{$ref: '#/components/schemas/A'}}, {{type: object, properties: {{b: {{type: string}}}}}}]}}
    C: {{allOf: [{{$ref: '#/components/schemas/A'}}, {{type: object, properties: {{c: {{type: string}}}}}}]}}"
        ))
    };
    let said = of("");
    assert!(said.contains("component A: union t=#X.B: B | t=C: C\n") && !said.contains("S01"), "{said}");
    // The base may be a value by itself.
    let said = of(", x-discriminator-value: a");
    assert!(said.contains("component A: union t=#X.B: B | t=C: C | t=a: A/oneOf/2\n"), "{said}");
    let said = of(", x-discriminator-value: C");
    assert!(said.contains("component A: union t=#X.B: B | t=C: C\n"), "{said}");
}

#[test]
fn what_a_base_lists_and_no_other_has_is_the_base() {
    let of = |values: &str, more: &str| {
        schemas(&format!(
            r"
    A: {{type: object, required: [t], properties: {{t: {{type: string, enum: [{values}]}}}}, discriminator: {{propertyName: t{more}}}}}
    BigOne: {{allOf: [{{$ref: '#/components/schemas/A'}}, {{type: object, properties: {{b: {{type: string}}}}}}]}}
    Other: {{type: object, properties: {{t: {{type: string}}}}}}"
        ))
    };
    let said = of("big_one, small_one, none", "");
    assert!(said.contains("component A: union t=big_one: BigOne | t=none/small_one: A/oneOf/1\n"), "{said}");
    assert!(!said.contains("S01"), "{said}");
    let said = of("BigOne, none", "");
    assert!(said.contains("component A: union t=BigOne: BigOne | t=none: A/oneOf/1\n"), "{said}");
    let said = of("BigOne, none", ", mapping: {BigOne: BigOne, none: Other}");
    assert!(said.contains("component A: union t=BigOne: BigOne\n"), "{said}");
}

#[test]
fn a_code_tells_better_than_a_sentence() {
    let branch = |name: &str, required: &str, more: &str| {
        format!(
            "    {name}: {{type: object, required: [{required}], properties: {{message: {{type: string, enum: [It is {name}]}}, name: \
             {{type: string, enum: [{name}]}}{more}}}}}\n"
        )
    };
    let told = |required: &str, more: &str| {
        let union = "    A: {oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}\n";
        let said = schemas(&[union, &branch("B", required, more), &branch("C", required, "")].concat());
        said.lines().next().unwrap_or_default().to_owned()
    };
    let of_a = "type A <- component A: union";
    assert_eq!(told("message, name", ""), format!("{of_a} name=B: B | name=C: C"));
    assert_eq!(told("message, name", ", x: {type: string}"), format!("{of_a} name=B: B | name=C: C"));
    assert_eq!(told("", ""), format!("{of_a} fitting Object name=B: B | fitting Object name=C: C"));
    // Where there is nothing else, it tells.
    assert_eq!(told("message", ""), format!("{of_a} message=It is B: B | message=It is C: C"));
}
