//! Members of objects that are new, gone, renamed, or otherwise than they were.

use super::{answered, changes, sent, told};

/// An object with these members, of which those are required.
fn object(required: &str, members: &str) -> String {
    format!("{{type: object, required: [{required}], properties: {{{members}}}}}")
}

/// What is told of `PUT /a`, which takes and answers `A`.
fn both(old: &str, new: &str) -> Vec<String> {
    let of = |schema: &str| {
        let content = "content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}";
        let put =
            format!("requestBody: {{required: true, {content}}}, responses: {{'200': {{description: D, {content}}}}}");
        format!("paths: {{/a: {{put: {{operationId: putA, {put}}}}}}}\ncomponents: {{schemas: {{A: {schema}}}}}")
    };
    told(&of(old), &of(new))
}

#[test]
fn a_member_is_renamed_by_its_style_or_its_words() {
    let of = |old: &str, new: &str| {
        let all = answered(&object("", old), &object("", new));
        let said = |line: String| line.split(" the member ").nth(1).unwrap_or_default().replace(" in answers", "");
        all.into_iter().map(said).collect::<Vec<_>>()
    };
    let (renamed, gone) =
        (|was: &str, is: &str| format!("`{was}` is called `{is}` on the wire now"), "`petName` is gone");
    let text = "{type: string}";
    assert_eq!(of(&format!("petName: {text}"), &format!("pet_name: {text}")), [renamed("petName", "pet_name")]);
    assert_eq!(of(&format!("petName: {text}"), "pet_name: {type: integer}"), [gone, "`pet_name` is new"]);
    assert_eq!(of(&format!("petName: {text}"), &format!("called: {text}")), [gone, "`called` is new"]);
    for words in ["description: D", "title: D"] {
        let text = format!("{{type: string, {words}}}");
        assert_eq!(of(&format!("petName: {text}"), &format!("called: {text}")), [renamed("petName", "called")]);
        let other = "{type: string, description: E}";
        assert_eq!(of(&format!("petName: {text}"), &format!("called: {other}")), [gone, "`called` is new"]);
    }
    // One for one.
    let two = format!("pet_name: {text}, PetName: {text}");
    assert_eq!(of(&format!("petName: {text}"), &two), [gone, "`PetName` is new", "`pet_name` is new"]);
    let two = format!("petName: {text}, pet-name: {text}");
    assert_eq!(of(&two, &format!("pet_name: {text}")), [gone.to_owned(), renamed("pet-name", "pet_name")]);
    // What else has changed is told too.
    assert_eq!(
        answered(&object("petName", "petName: {type: string}"), &object("", "pet_name: {type: string}")),
        [
            "major breaking: GetAResponse: the member `petName` is called `pet_name` on the wire now in answers",
            "major breaking: GetAResponse: the member `pet_name` is no longer required in answers"
        ]
    );
}

#[test]
fn what_holds_members_without_a_name_of_their_own() {
    let of = |more: &str| format!("{{type: object, properties: {{x: {{type: string}}}}{more}}}");
    let map = |ty: &str| of(&format!(", additionalProperties: {ty}"));
    let (text, number) = (map("{type: string}"), map("{type: integer}"));
    assert_eq!(
        answered(&of(""), &text),
        ["minor additive: GetAResponse: members without a name of their own are kept in answers"]
    );
    assert_eq!(
        answered(&text, &of("")),
        ["major breaking: GetAResponse: members without a name of their own are no longer kept in answers"]
    );
    let said = "GetAResponse: the type of the members without a name of their own: map of";
    assert_eq!(answered(&text, &number), [format!("major breaking: {said} string → map of integer in answers")]);
    assert!(answered(&text, &text).is_empty());
    // The same values by another name.
    let named = |name: &str| {
        let [b, c, own] = ["B", "C", name].map(|name| format!("{{$ref: '#/components/schemas/{name}'}}"));
        let schema = format!("{{type: object, properties: {{b: {b}, c: {c}}}, additionalProperties: {own}}}");
        let answer = format!("{{description: D, content: {{application/json: {{schema: {schema}}}}}}}");
        let one = "{type: object, properties: {x: {}}}";
        format!(
            "paths: {{/a: {{get: {{operationId: getA, responses: {{'200': {answer}}}}}}}}}\ncomponents: {{schemas: {{B: {one}, C: {one}}}}}"
        )
    };
    assert_eq!(told(&named("B"), &named("C")), [format!("major none: {said} B → map of C in answers")]);
}

#[test]
fn a_new_member_that_must_be_sent_asks_for_a_value() {
    let of = |required: &str| {
        let content = |schema: String| format!("content: {{application/json: {{schema: {schema}}}}}");
        let [old, new] = [object("", "x: {}"), object(required, "x: {}, y: {type: string}")].map(|schema| {
            format!(
                "paths: {{/a: {{post: {{operationId: sendA, requestBody: {{{}}}, {}}}}}}}",
                content(schema),
                super::OK
            )
        });
        let told = changes(&old, &new).into_iter().find(|change| change.what.contains("`y`"));
        told.map(|change| format!("{} {}: {}", change.rust.as_str(), change.wire.as_str(), change.advice))
    };
    assert_eq!(of("y").as_deref(), Some("major breaking: Pass `types::SendABody::new(y)`, an `impl Into<String>`."));
    assert_eq!(of("").as_deref(), Some("minor additive: Nothing must be done."));
}

#[test]
fn a_default_of_what_must_be_sent_is_sent() {
    let x = |required: &str, default: &str| object(required, &format!("x: {{type: integer{default}}}"));
    let (none, five) = ("", ", default: 5");
    assert_eq!(
        sent(&x("x", none), &x("x", five)),
        [
            "major none: SendABody: the member `x` has a default, which is sent unless it is set",
            "minor none: SendABody: it implements `Default`"
        ]
    );
    assert_eq!(
        sent(&x("x", five), &x("x", none)),
        [
            "major none: SendABody: the member `x` has no default to send any more",
            "major none: SendABody: it no longer implements `Default`"
        ]
    );
    // What need not be sent, and what is answered, is another matter.
    let otherwise = "the default of the member `x` is `5`, and was none";
    assert_eq!(sent(&x("", none), &x("", five)), [format!("patch breaking: SendABody: {otherwise}")]);
    assert_eq!(answered(&x("x", none), &x("x", five)), [format!("patch none: GetAResponse: {otherwise}")]);
    assert_eq!(
        sent(&x("", five), &x("x", five)),
        ["major breaking: SendABody: the member `x` is now required in requests"]
    );
    assert_eq!(
        sent(&x("x", five), &x("", five)),
        ["major additive: SendABody: the member `x` is no longer required in requests"]
    );
}

#[test]
fn any_value_may_be_null_anyway() {
    let x = |schema: &str| object("x", &format!("x: {schema}"));
    let now = |ty: &str| answered(&x("{}"), &x(ty));
    for ty in ["{type: string}", "{type: [string, 'null']}"] {
        let expected = [
            "major additive: GetAResponse: the type of the member `x`: any value → string in answers",
            "minor none: GetAResponse: it implements `Eq`, `Hash`",
        ];
        assert_eq!(now(ty), expected, "{ty}");
    }
}

#[test]
fn members_that_go_another_way_than_before() {
    let (read, write) = (", readOnly: true", ", writeOnly: true");
    let x = |access: &str| object("", &format!("x: {{type: string{access}}}"));
    let of = |verdicts: &str, way: &str| [format!("{verdicts}: A: the member `x` is in {way}")];
    let [all, answers, requests] = ["requests and in answers", "answers only", "requests only"];
    for (old, new, verdicts, is, was) in [
        ("", read, "major breaking", answers, all),
        ("", write, "patch breaking", requests, all),
        (read, "", "minor additive", all, answers),
        (write, "", "patch additive", all, requests),
        (read, write, "minor breaking", requests, answers),
    ] {
        assert_eq!(both(&x(old), &x(new)), of(verdicts, &format!("{is} now, and was in {was}")));
    }
    // Where values don't go, nothing is different.
    let x = |access: &str| object("", &format!("x: {{type: string{access}}}"));
    for (found, is, was) in [
        (sent(&x(""), &x(write)), requests, all),
        (answered(&x(""), &x(read)), answers, all),
        (answered(&x(read), &x("")), all, answers),
    ] {
        let [only] = found.as_slice() else { panic!("{found:?}") };
        assert!(only.starts_with("patch none: "), "{only}");
        assert!(only.ends_with(&format!("the member `x` is in {is} now, and was in {was}")), "{only}");
    }
}

/// Of a member that a description requires, those that it goes to must have it; in a type that others have too, it is optional.
#[test]
fn members_that_must_be_there_on_one_way() {
    let (all, read, write) = ("", ", readOnly: true", ", writeOnly: true");
    let (may, must) = ("", "x");
    let x = |required: &str, access: &str| object(required, &format!("x: {{type: string{access}}}"));
    let way = |access: &str| match access {
        ", readOnly: true" => "in answers only",
        ", writeOnly: true" => "in requests only",
        _ => "in requests and in answers",
    };
    let (now, no_longer) = ("is now required", "is no longer required");
    let asked = ": requests must have it";
    // What is told of the way and of the need, each with the verdict on the wire.
    for (old, new, of_way, of_need) in [
        // The way stays.
        ((may, read), (must, read), None, Some(("additive", now, " in answers"))),
        ((must, read), (may, read), None, Some(("breaking", no_longer, " in answers"))),
        ((may, write), (must, write), None, Some(("breaking", now, " in requests"))),
        ((must, write), (may, write), None, Some(("additive", no_longer, " in requests"))),
        // The word is lost.
        ((must, read), (must, all), Some(("breaking", asked)), None),
        ((must, write), (must, all), Some(("additive", "")), None),
        ((may, read), (must, all), Some(("breaking", asked)), Some(("additive", now, " in answers"))),
        ((may, write), (must, all), Some(("additive", "")), Some(("breaking", now, " in requests"))),
        ((must, read), (may, all), Some(("additive", "")), Some(("breaking", no_longer, " in answers"))),
        ((must, write), (may, all), Some(("additive", "")), Some(("additive", no_longer, " in requests"))),
        // The word is won.
        ((must, all), (must, read), Some(("breaking", "")), None),
        ((must, all), (must, write), Some(("breaking", "")), None),
        ((may, all), (must, read), Some(("breaking", "")), Some(("additive", now, " in answers"))),
        ((may, all), (must, write), Some(("breaking", "")), Some(("breaking", now, " in requests"))),
        ((must, all), (may, read), Some(("breaking", "")), Some(("breaking", no_longer, " in answers"))),
        ((must, all), (may, write), Some(("breaking", "")), Some(("additive", no_longer, " in requests"))),
        // It is the other word.
        ((must, read), (must, write), Some(("breaking", asked)), None),
        ((must, write), (must, read), Some(("breaking", "")), None),
        ((may, read), (must, write), Some(("breaking", asked)), None),
        ((must, write), (may, read), Some(("breaking", "")), None),
    ] {
        let mut expected = Vec::new();
        if let Some((wire, end)) = of_way {
            let what = format!("the member `x` is {} now, and was {}{end}", way(new.1), way(old.1));
            expected.push(format!("{wire}: A: {what}"));
        }
        expected.extend(of_need.map(|(wire, need, ways)| format!("{wire}: A: the member `x` {need}{ways}")));
        expected.sort();
        let found = both(&x(old.0, old.1), &x(new.0, new.1));
        let found =
            found.iter().filter_map(|line| line.split_once(' ')).filter(|(_, line)| line.contains("the member"));
        let mut found: Vec<_> = found.map(|(_, line)| line.to_owned()).collect();
        found.sort();
        assert_eq!(found, expected, "{old:?} → {new:?}");
    }
}

#[test]
fn what_a_member_is_to_callers_where_the_way_or_the_need_changes() {
    let x = |required: &str, access: &str| object(required, &format!("x: {{type: string{access}}}"));
    let (read, write) = (", readOnly: true", ", writeOnly: true");
    assert_eq!(
        both(&x("x", write), &x("x", "")),
        [
            "major additive: A: the member `x` is in requests and in answers now, and was in requests only",
            "major none: A: it no longer implements `Default`"
        ]
    );
    assert_eq!(both(&x("", write), &x("x", write)), ["patch breaking: A: the member `x` is now required in requests"]);
    assert_eq!(
        both(&object("", "y: {}"), &object("x", "x: {type: string, writeOnly: true}, y: {}")),
        ["minor breaking: A: the member `x` is new and required in requests"]
    );
    // Once the type is sent too, the member is optional in Rust, and answers have it as before.
    let content = "content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}";
    let of = |body: &str| {
        let put = format!("{body}responses: {{'200': {{description: D, {content}}}}}");
        let components = format!("components: {{schemas: {{A: {}}}}}", x("x", read));
        format!("paths: {{/a: {{put: {{operationId: putA, {put}}}}}}}\n{components}")
    };
    let found = told(&of(""), &of(&format!("requestBody: {{{content}}}, ")));
    let of_member: Vec<_> = found.iter().filter(|line| line.contains("::x")).collect();
    assert_eq!(of_member, ["major none: A: in Rust: `types::A::x: String → Option<String>`"], "{found:?}");
}

#[test]
fn words_and_deprecations() {
    let x = |more: &str| object("", &format!("x: {{type: string{more}}}"));
    assert_eq!(answered(&x(""), &x(", description: D")), ["patch none: GetAResponse: other words about `x`"]);
    assert_eq!(
        answered(&x(""), &x(", deprecated: true")),
        ["minor none: GetAResponse: the member `x` is now deprecated"]
    );
    let (current, deprecated) =
        ("{type: object, properties: {x: {}}}", "{type: object, deprecated: true, properties: {x: {}}}");
    assert_eq!(both(current, deprecated), ["minor none: A: the type is now deprecated"]);
    assert_eq!(both(deprecated, current), ["patch none: A: the type is no longer deprecated"]);
    // What was deprecated before is not so anew.
    let described = deprecated.replace("x: {}", "x: {description: D}");
    assert_eq!(both(deprecated, &described), ["patch none: A: other words about `x`"]);
}
