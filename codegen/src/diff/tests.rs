//! What is said of small changes: the verdict for callers and on the wire, and the words.

mod aliases;
mod api;
mod callers;
mod members;
mod types;

use super::{Change, Side, diff};
use crate::analyze::analyze;
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::load::Document;
use crate::lower::lower;
use crate::model::{Model, Settings};
use crate::name::{Pins, name};
use crate::normalize::testing::{document, normalized};

fn read(text: &str) -> (Model, Document) {
    let mut diagnostics = Diagnostics::default();
    let api = lower(&normalized(text).0.unwrap(), &mut diagnostics).api;
    let facts = analyze(&api);
    let names = name(&api, &facts, &Pins::default(), &mut diagnostics);
    let settings = Config::new("api.yaml", "client").settings("T");
    (Model { api, facts, names, settings }, document(text))
}

/// The changes of a description, of which `set` says what each is made with; the paths and components of the two are given.
fn changes_with(old: &str, new: &str, set: [fn(&mut Settings); 2]) -> Vec<Change> {
    let of = |rest: &str, set: fn(&mut Settings)| {
        let (mut model, document) = read(&format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{rest}\n"));
        set(&mut model.settings);
        (model, document)
    };
    let [set_old, set_new] = set;
    let ((old, before), (new, after)) = (of(old, set_old), of(new, set_new));
    diff(Side { model: &old, document: &before }, Side { model: &new, document: &after }).unwrap().changes
}

fn changes(old: &str, new: &str) -> Vec<Change> {
    changes_with(old, new, [|_| {}; 2])
}

/// A line for each change.
fn lines(changes: &[Change]) -> Vec<String> {
    let line = |change: &Change| format!("{} {}: {change}", change.rust.as_str(), change.wire.as_str());
    changes.iter().map(line).collect()
}

/// A line for each change of a description.
fn told(old: &str, new: &str) -> Vec<String> {
    lines(&changes(old, new))
}

const OK: &str = "responses: {'204': {description: D}}";

/// What is told of `POST /a`, whose body is of this schema.
fn sent(old: &str, new: &str) -> Vec<String> {
    let of = |schema: &str| {
        let body = format!("requestBody: {{required: true, content: {{application/json: {{schema: {schema}}}}}}}");
        format!("paths: {{/a: {{post: {{operationId: sendA, {body}, {OK}}}}}}}")
    };
    told(&of(old), &of(new))
}

/// What is told of `GET /a`, which answers with this schema.
fn answered(old: &str, new: &str) -> Vec<String> {
    let of = |schema: &str| {
        let answer = format!("{{description: D, content: {{application/json: {{schema: {schema}}}}}}}");
        format!("paths: {{/a: {{get: {{operationId: getA, responses: {{'200': {answer}}}}}}}}}")
    };
    told(&of(old), &of(new))
}

#[test]
fn bounds_of_a_body_and_of_what_it_holds() {
    assert_eq!(
        sent("{type: string, maxLength: 5}", "{type: string, maxLength: 3}"),
        ["patch breaking: POST /a: the body has narrower bounds: length to 5 → length to 3"]
    );
    let list = |bounds: &str| format!("{{type: array, items: {{type: array, items: {{type: integer{bounds}}}}}}}");
    assert_eq!(
        sent(&list(", minimum: 1"), &list(", exclusiveMinimum: 1")),
        ["patch breaking: POST /a: each item of each item of the body has narrower bounds: from 1 → from 1 (excluded)"]
    );
    assert_eq!(
        sent(&list(", exclusiveMaximum: 9"), &list(", maximum: 9")),
        ["patch additive: POST /a: each item of each item of the body has wider bounds: to 9 (excluded) → to 9"]
    );
    assert!(sent(&list(""), &list("")).is_empty());
}

#[test]
fn bounds_of_what_members_and_parameters_hold() {
    let list = |bounds: &str| format!("{{type: array, items: {{type: string{bounds}}}}}");
    let member = |bounds: &str| format!("{{type: object, properties: {{x: {}}}}}", list(bounds));
    assert_eq!(
        sent(&member(", maxLength: 5"), &member(", maxLength: 3")),
        ["patch breaking: SendABody: each item of the member `x` has narrower bounds: length to 5 → length to 3"]
    );
    assert_eq!(
        answered(&member(", maxLength: 5"), &member(", maxLength: 3")),
        ["patch additive: GetAResponse: each item of the member `x` has narrower bounds: length to 5 → length to 3"]
    );
    let query = |bounds: &str| {
        format!(
            "paths: {{/a: {{get: {{operationId: a, parameters: [{{name: q, in: query, schema: {}}}], {OK}}}}}}}",
            list(bounds)
        )
    };
    assert_eq!(
        told(&query(", maxLength: 5"), &query(", maxLength: 3")),
        ["patch breaking: GET /a: each item of the query parameter `q` has narrower bounds: length to 5 → length to 3"]
    );
    let pair = |bounds: &str| {
        format!("{{type: array, minItems: 2, items: false, prefixItems: [{{type: string{bounds}}}, {}]}}", list(bounds))
    };
    assert_eq!(
        sent(&pair(", maxLength: 5"), &pair(", maxLength: 3")),
        [
            "patch breaking: SendABody: each item of the second item has narrower bounds: length to 5 → length to 3",
            "patch breaking: SendABody: the first item has narrower bounds: length to 5 → length to 3"
        ]
    );
    let either = |bounds: &str| format!("{{oneOf: [{{type: string{bounds}}}, {{type: integer}}]}}");
    assert_eq!(
        sent(&either(", maxLength: 5"), &either(", maxLength: 3")),
        ["patch breaking: SendABody: the branch string has narrower bounds: length to 5 → length to 3"]
    );
}

#[test]
fn null_among_what_a_list_holds() {
    let list = |ty: &str| {
        format!("{{type: object, required: [x], properties: {{x: {{type: array, items: {{type: {ty}}}}}}}}}")
    };
    assert_eq!(
        answered(&list("string"), &list("[string, 'null']")),
        [
            "major breaking: GetAResponse: the type of the member `x`: list of string → list of string or null in answers"
        ]
    );
    assert_eq!(
        sent(&list("[string, 'null']"), &list("string")),
        ["major breaking: SendABody: the type of the member `x`: list of string or null → list of string in requests"]
    );
}

#[test]
fn a_value_that_may_not_be_sent_any_more() {
    let member = |values: &str| format!("{{type: object, properties: {{x: {{type: string, enum: [{values}]}}}}}}");
    assert_eq!(sent(&member("a, b"), &member("a")), ["major breaking: SendABodyX: the value `b` is gone in requests"]);
    assert_eq!(
        answered(&member("a, b"), &member("a")),
        ["major additive: GetAResponseX: the value `b` is gone in answers"]
    );
}

#[test]
fn the_words_of_tags_are_docs() {
    let of = |words: &str| {
        format!(
            "tags: [{{name: t, description: {words}}}]\npaths: {{/a: {{get: {{operationId: a, tags: [t], {OK}}}}}}}"
        )
    };
    assert_eq!(told(&of("One."), &of("Two.")), ["patch none: the API: other words about the tag `t`"]);
}
