//! Branches of a union: which member tells them apart, and what is said of those that are several at once.

use super::schemas;

/// What the union `A` is, and what is said of it; `others` are components.
fn told(union: &str, others: &str) -> String {
    let said = schemas(&format!("    A: {union}\n{others}"));
    let lines =
        said.lines().filter(|line| line.starts_with("type A <- ") || line.contains("S01") || line.contains("S04"));
    lines.collect::<Vec<_>>().join("\n").replace("type A <- component A: ", "")
}

/// An object with these members, each a name with its values; those with `!` must be there.
fn object(members: &[(&str, &str)]) -> String {
    let required = members.iter().filter_map(|(name, _)| name.strip_suffix('!')).collect::<Vec<_>>().join(", ");
    let member = |(name, values): &(&str, &str)| match *values {
        "" => format!("{}: {{type: string}}", name.trim_end_matches('!')),
        values => format!("{}: {{type: string, enum: [{values}]}}", name.trim_end_matches('!')),
    };
    let members = members.iter().map(member).collect::<Vec<_>>().join(", ");
    let required = if required.is_empty() { String::new() } else { format!(", required: [{required}]") };
    format!("{{type: object{required}, properties: {{{members}}}}}")
}

/// What the `oneOf` of these branches is.
fn one_of(branches: &[String]) -> String {
    told(&format!("{{oneOf: [{}]}}", branches.join(", ")), "").replace("A/oneOf/", "")
}

#[test]
fn of_members_that_each_tell_all_branches_type_is_taken() {
    let branch = |kind: &str, ty: &str, own: &str| object(&[("kind!", kind), ("type!", ty), (own, "")]);
    assert_eq!(one_of(&[branch("k", "t", "x"), branch("l", "u", "y")]), "union type=t: 0 | type=u: 1");
    // Where it is the same in two, the other is.
    assert_eq!(one_of(&[branch("k", "t", "x"), branch("l", "t", "y")]), "union kind=k: 0 | kind=l: 1");
    // Values of several types are no tag.
    let branch = |type_: &str, own: &str| object(&[("kind!", own), ("type!", type_)]);
    let whole = branch("1", "l").replace("{type: string, enum: [1]}", "{type: integer, enum: [1]}");
    assert_eq!(one_of(&[branch("t", "k"), whole]), "union kind=k: 0 | kind=l: 1");
}

#[test]
fn of_members_that_tell_one_branch_that_with_one_value_and_no_sentence_is_taken() {
    let other = object(&[("x!", "")]);
    let of = |first: &str, second: &str| one_of(&[object(&[("a!", first), ("b!", second)]), other.clone()]);
    assert_eq!(of("p", "q"), "union a=p: 0 | has x: 1");
    assert_eq!(of("'No such thing.'", "q"), "union b=q: 0 | has x: 1");
    assert_eq!(of("p, r", "q"), "union b=q: 0 | has x: 1");
    assert_eq!(of("p, r", "q, s"), "union a=p/r: 0 | has x: 1");
}

#[test]
fn a_value_tells_a_branch_where_no_other_can_have_it() {
    let of = |other: (&str, &str)| one_of(&[object(&[("k!", "a")]), object(&[other, ("x", "")])]);
    assert_eq!(of(("k", "b")), "union k=a: 0 | Object: 1");
    assert_eq!(of(("k", "a, b")), "union fitting Object k=a: 0 | fitting Object: 1");
    assert_eq!(of(("k", "")), "union fitting Object: 0 | fitting Object: 1");
}

#[test]
fn a_value_of_its_own_in_each_goes_before_members_of_its_own_though_it_need_not_be_there() {
    let branches = |second: &str| {
        [
            object(&[("type", "run"), ("id!", "")]),
            object(&[("type", second), ("state!", "on, off")]),
            object(&[("type", "send"), ("body!", "")]),
        ]
    };
    assert_eq!(
        one_of(&branches("stop")),
        "union fitting Object type=run: 0 | fitting Object type=stop: 1 | fitting Object type=send: 2"
    );
    // Not where there is one alone without it.
    let [user, app] = [object(&[("type", "user"), ("face!", "")]), object(&[("type!", "app")])];
    assert_eq!(one_of(&[user, app]), "union has face: 0 | type=app: 1");
    // Not where two have the same one.
    assert_eq!(one_of(&branches("run")), "union has id: 0 | state=off/on: 1 | has body: 2");
    // What can only be both without it is not told of.
    let any_of = told(&format!("{{anyOf: [{}]}}", branches("stop").join(", ")), "");
    assert!(!any_of.contains("S0124"), "{any_of}");
}

#[test]
fn beside_any_value_branches_are_found_by_trial_and_stay_apart() {
    let branch = |value: &str| object(&[("k!", value), ("x", "")]);
    assert_eq!(one_of(&[branch("a"), branch("b")]), "struct");
    let any = "{}".to_owned();
    assert_eq!(one_of(&[branch("a"), branch("b"), any]), "union fitting Object k=a: 0 | fitting Object k=b: 1");
}

#[test]
fn all_lists_and_all_objects_beside_any_value_are_any_value() {
    let [object, list] = ["{type: object}", "{type: array, items: {}}"].map(str::to_owned);
    let texts = "{type: array, items: {type: string}}".to_owned();
    assert_eq!(one_of(&[object.clone(), "{}".to_owned(), list]), "= any");
    assert_eq!(one_of(&[object, "{}".to_owned(), texts]), "union fitting Object: {any} | fitting List: [String]");
}

/// References to these components.
fn refs(names: &[&str]) -> String {
    names.iter().map(|name| format!("{{$ref: '#/components/schemas/{name}'}}")).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_discriminator_that_another_member_tells_better_is_told_of() {
    let union = format!("{{oneOf: [{}], discriminator: {{propertyName: t}}}}", refs(&["B", "C"]));
    let branch = |kind: &str| object(&[("t!", "x"), ("kind!", kind)]);
    let said = told(&union, &format!("    B: {}\n    C: {}", branch("b"), branch("c")));
    assert!(said.starts_with("union kind=b: B | kind=c: C\nwarning S0120 "), "{said}");
    assert!(said.contains("other members tell them apart"), "{said}");
    let same = object(&[("t!", "x"), ("kind!", "")]);
    let said = told(&union, &format!("    B: {same}\n    C: {same}"));
    assert!(said.contains("what other members don't tell apart is tried"), "{said}");
}

#[test]
fn what_is_told_otherwise_is_not_put_in_another_order() {
    // Two that are left, after one that has a member of its own and asks for less.
    let (late, done, open) = (object(&[("id", ""), ("at", "")]), object(&[("id!", "")]), object(&[("id", "")]));
    let union = format!("{{oneOf: [{}]}}", refs(&["Late", "Done", "Open"]));
    let said = told(&union, &format!("    Late: {late}\n    Done: {done}\n    Open: {open}"));
    assert_eq!(said, "union has at: Late | fitting Object: Done | fitting Object: Open");
    // Two that are left, the one that asks for more before the other, and what only a union inside knows of its branches.
    let inner = format!("{{oneOf: [{}], discriminator: {{propertyName: t}}}}", refs(&["B", "C"]));
    let union = format!("{{oneOf: [{}]}}", refs(&["D", "E", "I"]));
    let (d, e) = (object(&[("id", ""), ("x", "")]), object(&[("id", ""), ("x!", "")]));
    let said = told(&union, &format!("    B: {done}\n    C: {done}\n    D: {d}\n    E: {e}\n    I: {inner}"));
    assert_eq!(said, "union fitting Object: E | fitting Object: D | t=B: B | t=C: C");
}

#[test]
fn a_branch_with_a_value_of_its_own_is_not_hidden_by_one_with_another() {
    let union = format!(
        "{{oneOf: [{{oneOf: [{}], discriminator: {{propertyName: t}}}}, {{}}, {}]}}",
        refs(&["B", "C"]),
        refs(&["D"])
    );
    let (b, c, d) = (object(&[("id", ""), ("n", "")]), object(&[("id", "")]), object(&[("d!", "")]));
    let said = told(&union, &format!("    B: {b}\n    C: {c}\n    D: {d}"));
    assert!(said.starts_with("union fitting Object t=B: B | fitting Object t=C: C | fitting Object: D\n"), "{said}");
    assert!(!said.contains("S0104"), "{said}");
}

/// What an object can be at once that is of this `anyOf`, and as what it is read.
fn both(one: &str, other: &str) -> String {
    both_of(&[one, other])
}

fn both_of(branches: &[&str]) -> String {
    let said = told(&format!("{{anyOf: [{}]}}", branches.join(", ")), "");
    let note =
        said.lines().find_map(|line| line.strip_prefix("note S0124 #/components/schemas/A/anyOf: an object can be "));
    let said = note.unwrap_or_default().replace("the branch with ", "").replace(" at once; it is read as ", ": ");
    said.replace(", and members that only the other has are lost", "")
}

#[test]
fn what_two_branches_with_members_of_their_own_lose_is_said() {
    let (k, l) = (object(&[("k!", "a")]), object(&[("l!", "a")]));
    let said = "`k` and `l`: the one whose member comes first";
    assert_eq!(both(&k, &l), said);
    // One that keeps what it doesn't know loses nothing.
    let open = |closed: &str| closed.replacen("{type: object", "{type: object, additionalProperties: true", 1);
    assert_eq!(both(&open(&k), &l), said);
    assert_eq!(both(&k, &open(&l)), said);
    assert_eq!(both(&open(&k), &open(&l)), "");
}

#[test]
fn a_discriminator_says_which_of_several_an_object_is() {
    let components = "    B: {type: object, properties: {t: {type: string}, p: {}}}\n    C: {type: object, properties: {t: {type: string}, q: {}}}";
    let union = format!("{{anyOf: [{}], discriminator: {{propertyName: t}}}}", refs(&["B", "C"]));
    assert_eq!(told(&union, components), "union t=B: B | t=C: C");
}

#[test]
fn numbers_stand_last_only_after_whole_ones() {
    assert_eq!(one_of(&["{type: number}", "{type: string}"].map(str::to_owned)), "union Number: F64 | String: String");
    let all = ["{type: number}", "{type: string}", "{type: integer}"].map(str::to_owned);
    assert_eq!(one_of(&all), "union String: String | Integer: I64 | Number: F64");
}

#[test]
fn of_two_that_are_tried_both_must_lose_something() {
    let [x, y, z] = [["p", "q"], ["q", "r"], ["r", "p"]].map(|members| object(&members.map(|member| (member, ""))));
    assert_eq!(both_of(&[&x, &y, &z]), "`p` and `r`: the one that leaves fewer of its members over");
    // What has a value of its own in each is always written.
    let (p, q) = (object(&[("k", "a"), ("p", "")]), object(&[("k", "b"), ("q", "")]));
    assert_eq!(both(&p, &q), "");
    let more = object(&[("k", "a"), ("p", ""), ("q", "")]);
    assert_eq!(both(&more, &q), "");
    assert_eq!(both(&q, &more), "");
}

#[test]
fn a_branch_is_called_by_its_title_or_by_a_member_that_must_be_there() {
    let titled = object(&[("p!", "")]).replacen("{type: object", "{title: Parcel, type: object", 1);
    assert_eq!(both(&titled, &object(&[("a", ""), ("z!", "")])), "`Parcel` and `z`: the one whose member comes first");
    assert_eq!(both(&object(&[("p!", "")]), &object(&[("a", ""), ("b", "")])), "`p` and `a`: `p`");
}

#[test]
fn where_the_list_of_branches_is_brought_together_with_others_the_whole_is_named() {
    let (p, q) = (object(&[("p!", "")]), object(&[("q!", "")]));
    let said = told(&format!("{{properties: {{m: {{}}}}, allOf: [{{anyOf: [{p}, {q}]}}]}}"), "");
    assert!(said.contains("\nnote S0124 #/components/schemas/A: an object can be "), "{said}");
}

#[test]
fn a_union_inside_unions_that_are_read_is_read_too() {
    let (p, q) = (object(&[("p!", "")]), object(&[("q!", "")]));
    let union = format!("{{oneOf: [{{type: string}}, {}]}}", refs(&["I"]));
    let others = format!("    I: {{oneOf: [{{type: integer}}, {}]}}\n    J: {{anyOf: [{p}, {q}]}}", refs(&["J"]));
    let said = told(&union, &others);
    assert!(said.contains("\nnote S0124 #/components/schemas/J/anyOf: an object can be "), "{said}");
}

#[test]
fn what_branches_say_is_said_of_a_union_that_says_nothing() {
    let of = |words: &str, branches: &str| told(&format!("{{{words}oneOf: [{branches}]}}"), "");
    for (branches, kind) in [
        ("{type: string}, {type: string, enum: [a, b], description: Inner.}", "enum a | b"),
        ("{type: number, description: Inner.}, {type: number, format: float, description: Inner.}", "= F64"),
    ] {
        assert_eq!(of("", branches), format!("type A <- component A \"Inner.\": {kind}"));
        assert_eq!(of("description: Outer., ", branches), format!("type A <- component A \"Outer.\": {kind}"));
    }
}

#[test]
fn an_enum_that_is_all_of_a_union_is_named_by_it_in_other_unions_too() {
    let inner = "    I: {oneOf: [{type: string, enum: [a, b]}, {type: string}]}";
    assert_eq!(
        told(&format!("{{oneOf: [{}, {{type: integer}}]}}", refs(&["I"])), inner),
        "union String: I | Integer: I64"
    );
}

#[test]
fn unions_inside_one_another_end() {
    let [to_a, to_b] = ["A", "B"].map(|name| refs(&[name]));
    for (one, other) in [(to_b.clone(), to_a.clone()), (refs(&["B", "A"]), refs(&["A", "B"]))] {
        let said = told(&format!("{{oneOf: [{one}]}}"), &format!("    B: {{oneOf: [{other}]}}"));
        assert!(said.starts_with("= any\nwarning S0106 #/components/schemas/A: "), "{said}");
    }
    let said = told(
        &format!("{{oneOf: [{{type: string}}, {to_b}]}}"),
        &format!("    B: {{oneOf: [{{type: integer}}, {to_a}]}}"),
    );
    assert_eq!(said, "union String: String | Integer: I64");
    // What is too deep is any value: others are found by trial.
    let one = |at: usize| format!("    B{at}: {{oneOf: [{{type: string}}, {}]}}\n", refs(&[&format!("B{}", at + 1)]));
    let chain: String = (0..50).map(one).collect();
    let object = object(&[("x", "")]);
    let said =
        told(&format!("{{oneOf: [{}, {object}]}}", refs(&["B0"])), &format!("{chain}    B50: {{type: integer}}"));
    assert!(said.starts_with("union String: String | fitting Object: A/oneOf/1\nwarning S0107 "), "{said}");
}
