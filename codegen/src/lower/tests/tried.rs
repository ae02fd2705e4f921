//! Unions of what nothing tells apart, or of which something is left that no branch has for itself.

use super::schemas;
use super::unions::union;

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
fn a_branch_that_is_any_value_is_what_no_other_fits() {
    let said =
        union("{oneOf: [{type: string}, {$ref: '#/components/schemas/B'}, {type: array, items: {type: string}}, {}]}");
    let expected = "component A: union String: String | fitting Object t=x: B | fitting List: [String]\n";
    assert!(said.contains(expected) && !said.contains("S0104"), "{said}");
    assert!(union("{oneOf: [{type: array}, {}]}").contains("component A: = any\n"));
    assert!(union("{anyOf: [{}, {}]}").contains("component A: = any\n"));
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
