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
    // Servers ask for it now.
    let x = |access: &str| object("x", &format!("x: {{type: string{access}}}"));
    let found = both(&x(read), &x(""));
    assert!(found.starts_with(&of("major breaking", &format!("{all} now, and was in {answers}"))), "{found:?}");
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
