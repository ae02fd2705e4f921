//! What is different for callers though the description says the same, or little else.

use super::{changes_with, lines, told};
use crate::diff::Rust;
use crate::model::{Delivery, Settings};

const P: &str = "{$ref: '#/components/schemas/P'}";

/// `{description: D, content: …}`
fn answer(schema: &str) -> String {
    format!("{{description: D, content: {{application/json: {{schema: {schema}}}}}}}")
}

/// `GET /a`, which answers with this schema, and components.
pub(super) fn get(schema: &str, components: &str) -> String {
    let get = format!("operationId: getA, responses: {{'200': {}}}", answer(schema));
    format!("paths: {{/a: {{get: {{{get}}}}}}}\ncomponents: {{schemas: {{{components}}}}}")
}

#[test]
fn a_type_that_fewer_resources_need_asks_for_a_feature() {
    let text = "{type: string}";
    // `GET /t` and `GET /u` with a tag each, and `GET /v` without.
    let of = |schemas: [&str; 3]| {
        let one = |(name, schema): (&str, &str)| {
            let tags = if name == "v" { "" } else { name };
            let get = format!("operationId: get_{name}, tags: [{tags}], responses: {{'200': {}}}", answer(schema));
            format!("/{name}: {{get: {{{get}}}}}")
        };
        let all: Vec<_> = ["t", "u", "v"].into_iter().zip(schemas).map(one).collect();
        let p = "P: {type: object, properties: {x: {type: string}}}";
        format!("paths: {{{}}}\ncomponents: {{schemas: {{{p}}}}}", all.join(", "))
    };
    let off: fn(&mut Settings) = |of| of.resource_features = Some(false);
    let on: fn(&mut Settings) = |of| of.resource_features = Some(true);
    let found = |old: [&str; 3], new: [&str; 3], set| {
        let all = lines(&changes_with(&of(old), &of(new), set));
        all.into_iter().filter(|line| !line.contains("the type of a success")).collect::<Vec<_>>()
    };
    let only =
        |feature: &str| vec![format!("major none: P: in Rust: `types::P: only with the feature `api-{feature}``")];
    let none = Vec::<String>::new();
    assert_eq!(found([P, P, text], [P, text, text], [on, on]), only("t"));
    assert_eq!(found([P, text, text], [text, P, text], [on, on]), only("u"));
    assert_eq!(found([P, text, P], [P, text, text], [on, on]), only("t"), "it was always there");
    assert_eq!(found([P, text, text], [P, P, text], [on, on]), none);
    assert_eq!(found([P, text, text], [P, text, P], [on, on]), none);
    // Where resources have no features yet, that is told once.
    let all = "major none: the crate: each resource has a feature of its own now";
    assert_eq!(found([P, P, text], [P, text, text], [off, on]), [all]);
    assert_eq!(found([P, text, text], [P, text, text], [on, on]), none);
}

#[test]
fn an_alias_is_what_it_stands_for() {
    let x = |schema: &str| format!("{{type: object, properties: {{x: {schema}}}}}");
    let age = "{$ref: '#/components/schemas/Age'}";
    let years = "Years: {type: integer}";
    for (alias, plain, said) in [
        ("{$ref: '#/components/schemas/Years'}", "{type: integer}", "integer"),
        (
            "{type: array, items: {$ref: '#/components/schemas/Years'}}",
            "{type: array, items: {type: integer}}",
            "list of integer",
        ),
    ] {
        let components = format!("Age: {alias}, {years}");
        let (named, plain) = (get(&x(age), &components), get(&x(plain), &components));
        let member = "patch none: GetAResponse: the type of the member `x`:";
        let found = told(&named, &plain);
        assert!(found.contains(&format!("{member} Age → {said} in answers")), "{found:?}");
        let found = told(&plain, &named);
        assert!(found.contains(&format!("{member} {said} → Age in answers")), "{found:?}");
    }
    let found = told(&get(&x(age), "Age: {type: integer}"), &get(&x("{type: number}"), ""));
    assert!(found.iter().any(|line| line.starts_with("major breaking: GetAResponse: the type of ")), "{found:?}");
}

#[test]
fn what_has_another_name_is_told_once() {
    let text = answer("{type: string}");
    let several = |id: &str| {
        let number = answer("{type: integer}");
        format!("paths: {{/a: {{get: {{operationId: {id}, responses: {{'200': {text}, '201': {number}}}}}}}}}")
    };
    let names =
        "`client.get_a → client.read_a`, `client::GetA → client::ReadA`, `client::GetAAnswer → client::ReadAAnswer`";
    assert_eq!(told(&several("getA"), &several("readA")), [format!("major none: GET /a: in Rust: {names}")]);
    let one = |name: &str| {
        let own = "{type: object, properties: {x: {type: string}}}";
        let holder = format!("{{type: object, properties: {{x: {{$ref: '#/components/schemas/{name}'}}}}}}");
        get(&holder, &format!("{name}: {own}"))
    };
    assert_eq!(told(&one("Dog"), &one("Hound")), ["major none: Hound: in Rust: `types::Dog → types::Hound`"]);
    // In a module a new variant breaks callers, but not one of what nobody knows yet.
    let module: fn(&mut Settings) = |of| of.delivery = Delivery::Module;
    let found = lines(&changes_with("paths: {}", &several("getA"), [module; 2]));
    assert_eq!(found, ["minor additive: GET /a: the operation is new"]);
}

#[test]
fn what_only_types_have_that_are_sent_comes_and_goes_with_that() {
    // `GET /a` answers with `P`, and `POST /a` sends it.
    let of = |is_sent: bool, p: &str| {
        let body = format!("requestBody: {{required: true, content: {{application/json: {{schema: {P}}}}}}}");
        let post = format!("post: {{operationId: sendA, {body}, {}}}, ", super::OK);
        let post = if is_sent { post } else { String::new() };
        get(P, &format!("P: {p}")).replacen("get: ", &(post + "get: "), 1)
    };
    let found = |old: String, new: String| {
        let all = told(&old, &new);
        all.into_iter().filter(|line| line.contains(": P: ")).collect::<Vec<_>>()
    };
    // What may be null is a `Patch` where it is sent.
    let patch = "{type: object, properties: {x: {type: [string, 'null']}, y: {type: string}}}";
    assert_eq!(found(of(false, patch), of(true, patch)), ["major none: P: it is now sent in requests"]);
    assert_eq!(found(of(true, patch), of(false, patch)), ["major none: P: it is no longer sent in requests"]);
    let (text, number) = ["string", "number"]
        .map(|ty| format!("{{type: object, required: [y], properties: {{y: {{type: {ty}}}}}}}"))
        .into();
    assert_eq!(found(of(false, &text), of(true, &text)), ["minor none: P: it is now sent in requests"]);
    assert_eq!(
        found(of(false, &text), of(true, &number)),
        [
            "major breaking: P: the type of the member `y`: string → number in answers",
            "major none: P: it no longer implements `Eq`, `Hash`",
            "minor none: P: it is now sent in requests"
        ]
    );
}

#[test]
fn what_gathers_the_required_members_has_another_name() {
    let of = |name: &str, others: &str| {
        let all = ["a", "b", "c", "d", "e"];
        let members = all.map(|name| format!("{name}: {{type: string}}")).join(", ");
        let object = format!("{{type: object, required: [{}], properties: {{{members}}}}}", all.join(", "));
        let body = format!("{{schema: {{$ref: '#/components/schemas/{name}'}}}}");
        let body = format!("{{required: true, content: {{application/json: {body}}}}}");
        let post = format!("operationId: sendA, requestBody: {body}, {}", super::OK);
        let get =
            format!("operationId: getB, responses: {{'200': {}}}", answer(&format!("{{type: object, {others}}}")));
        let paths = format!("{{/a: {{post: {{{post}}}}}, /b: {{get: {{{get}}}}}}}");
        let more = "PRequired: {type: object, properties: {x: {type: string}}}";
        format!("paths: {paths}\ncomponents: {{schemas: {{{name}: {object}, {more}}}}}")
    };
    let names = |old: &str, new: &str| {
        let all = changes_with(old, new, [|_| {}; 2]);
        let major: Vec<_> = all.iter().filter(|change| change.rust == Rust::Major).collect();
        major.iter().flat_map(|change| change.names.clone()).collect::<Vec<_>>()
    };
    let none = "properties: {x: {type: string}}";
    let other = "properties: {x: {type: string}, p: {$ref: '#/components/schemas/PRequired'}}";
    assert_eq!(names(&of("P", none), &of("P", other)), ["types::PRequired → types::PRequiredMembers"]);
    let renamed = ["types::P → types::Q", "types::PRequired → types::QRequired"];
    assert_eq!(names(&of("P", none), &of("Q", none)), renamed);
    assert_eq!(names(&of("P", other), &of("P", other)), Vec::<String>::new());
}
