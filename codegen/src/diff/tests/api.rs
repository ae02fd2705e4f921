//! Operations and security schemes that are found again elsewhere.

use super::{OK, changes, told};

#[test]
fn an_operation_that_is_called_the_same_has_moved() {
    let bare = |path: &str| format!("paths: {{{path}: {{get: {{{OK}}}}}}}");
    assert_eq!(told(&bare("/a/"), &bare("/a")), ["patch breaking: GET /a: it is `GET /a` now, and was `GET /a/`"]);
    assert_eq!(
        told(&bare("/v1/a"), &bare("/v2/a")),
        ["patch breaking: GET /v2/a: it is `GET /v2/a` now, and was `GET /v1/a`"]
    );
    assert_eq!(
        told(&bare("/a"), &bare("/b")),
        ["major breaking: GET /a: the operation is gone", "minor additive: GET /b: the operation is new"]
    );
}

#[test]
fn a_scheme_that_has_another_name_is_the_same() {
    let key = |name: &str, header: &str| format!("{name}: {{type: apiKey, in: header, name: {header}}}");
    let of = |schemes: &[String], needed: &str| {
        let get = format!("get: {{operationId: getA, security: [{{{needed}: []}}], {OK}}}");
        format!("paths: {{/a: {{{get}}}}}\ncomponents: {{securitySchemes: {{{}}}}}", schemes.join(", "))
    };
    assert_eq!(
        told(&of(&[key("apiKey", "X-Key")], "apiKey"), &of(&[key("api_key", "X-Key")], "api_key")),
        ["patch none: the scheme api_key: the scheme is called `api_key` now, and was called `apiKey`"]
    );
    assert_eq!(
        told(&of(&[key("old", "X-Key")], "old"), &of(&[key("new", "X-Key")], "new")),
        ["major none: the scheme new: the scheme is called `new` now, and was called `old`"]
    );
    // Another header is another key, and of two that are alike neither is the old one.
    for others in [vec![key("b", "X-Other")], vec![key("b", "X-Key"), key("c", "X-Key")]] {
        let said = told(&of(&[key("a", "X-Key")], "a"), &of(&others, "b"));
        let gone = "major none: the scheme a: the scheme `a` is gone";
        assert!(said.iter().any(|line| line == gone), "{said:?}");
        let needed = "patch breaking: GET /a: it needs `b` now, and needed `a`";
        assert!(said.iter().any(|line| line == needed), "{said:?}");
    }
}

#[test]
fn what_the_runtime_has_for_one_way_of_paging_comes_and_goes_with_it() {
    let of = |parameter: &str| {
        let list = "schema: {type: array, items: {type: object, properties: {x: {type: string}}}}";
        let answer = format!("responses: {{'200': {{description: D, content: {{application/json: {{{list}}}}}}}}}");
        let parameters = format!("parameters: [{{name: {parameter}, in: query, schema: {{type: integer}}}}]");
        format!("paths: {{/a: {{get: {{operationId: listA, {parameters}, {answer}}}}}}}")
    };
    let all = changes(&of("page"), &of("other"));
    let names: Vec<&String> = all.iter().flat_map(|change| &change.names).filter(|name| name.contains("by_")).collect();
    assert_eq!(names, ["- Request::pages_by_number"]);
}
