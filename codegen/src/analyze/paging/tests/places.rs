//! What takes a page elsewhere than in the query.

use super::*;

#[test]
fn cursors_in_the_body() {
    let id = component_id;
    let answer = || object([member("objects", list_of(string())), member("cursor", string())]);
    let search = |method: fn(&str) -> BuildOperation| {
        build()
            .component("Answer", answer())
            .component("Search", object([member("cursor", string()), member("limit", number())]))
            .operation(method("/a").body(named(&id("Search"))).answer(named(&id("Answer"))))
            .api()
    };
    assert_eq!(paged(&search(post)), "body.cursor takes cursor: [objects]");
    assert_eq!(paged(&search(get)), "");
}

#[test]
fn counts_in_the_body() {
    let counts = |name| vec![member(name, number()), member("limit", number())];
    assert_eq!(search(counts("page"), vec![]), "body.page from 1: []");
    assert_eq!(search(vec![], counts("offset")), "items by body.options.offset from 0: []");
    // What the body may as well be about.
    assert_eq!(search(vec![member("page", number())], vec![]), "");
    assert_eq!(search(vec![member("offset", number())], vec![member("limit", number())]), "");
    let mut read_only = counts("page");
    read_only[0].access = Access::ReadOnly;
    assert_eq!(search(vec![member("page", number()), member("size", string())], vec![]), "", "a size in words");
    assert_eq!(search(read_only, vec![]), "");
}

#[test]
fn what_takes_it_may_be_given_in_the_body() {
    let api = build()
        .component("Search", object([member("n", number()), member("on", boolean())]))
        .operation(post("/a").query("q", number()).body(named(&component_id("Search"))).answer(list_of(string())))
        .api();
    let check = |page: &str| match given(
        &api,
        &api.operations[0],
        &Given { page: Some(page.to_owned()), ..Given::default() },
    ) {
        Ok(paging) => shown(&paging),
        Err(wrong) => format!("{}: {}", wrong.key, wrong.message),
    };
    assert_eq!(check("q"), "q from 1: []");
    assert_eq!(check("n"), "body.n from 1: []");
    assert_eq!(check("on"), "page: the member `on` of the body is not a number");
    assert_eq!(check("x"), "page: the operation has neither a parameter nor a member of the body `x`");
}

#[test]
fn cursors_may_be_in_headers_and_in_the_path() {
    let header = |name: &str| get("/a").parameter(Location::Header, name, string());
    let path = |name: &str| get("/a/{c}").parameter(Location::Path, name, string());
    let cases = [
        (header("X-Page-Token"), string(), &[][..], "header X-Page-Token takes next_token: [data]"),
        (header("token"), string(), &[], ""),
        (header("token"), boolean(), &["next-token"], "header token takes header next-token: [data]"),
        (
            get("/a").query("cursor", string()),
            boolean(),
            &["X-Next-Cursor"],
            "cursor takes header X-Next-Cursor: [data]",
        ),
        // The member is the description's first word.
        (get("/a").query("token", string()), string(), &["next-token"], "token takes next_token: [data]"),
        (
            header("x-ms-continuation"),
            boolean(),
            &["x-ms-continuation"],
            "header x-ms-continuation takes header x-ms-continuation: [data]",
        ),
        (path("pageToken"), string(), &[], "path pageToken takes next_token: [data]"),
        // An echo, a count, something else by a name that cursors may have, and a credential.
        (get("/a").query("cursor", string()), boolean(), &["x-cursor"], ""),
        (get("/a").query("cursor", number()), boolean(), &["x-next-cursor"], ""),
        (path("token"), string(), &[], ""),
        (path("token"), boolean(), &["next-token"], ""),
        (header("x-request"), boolean(), &["x-request"], ""),
        // A number can't take a text, nor what another header has; and what is sent has its pages in the body.
        (get("/a").parameter(Location::Header, "x-cursor", number()), boolean(), &["x-cursor"], ""),
        (header("x-cursor"), boolean(), &["x-request"], ""),
        (post("/a").query("pageToken", string()), string(), &[], ""),
    ];
    for (operation, next, headers, found) in cases {
        assert_eq!(paged(&listed(operation, next, headers)), found);
    }
    let mut api = listed(header("x-cursor"), boolean(), &["x-cursor"]);
    api.operations[0].headers[0].ty = number();
    assert_eq!(paged(&api), "", "a text can't take a number");
    let mut api = listed(header("X-Page-Token"), string(), &[]);
    api.operations[0].parameters[0].required = true;
    assert_eq!(paged(&api), "", "the first page has none");
    let mut api = listed(path("pageToken"), string(), &[]);
    api.operations[0].parameters[0].style = StyleKind::Matrix.into();
    assert_eq!(paged(&api), "");
}

#[test]
fn headers_and_arguments_of_the_path_can_be_given() {
    let operation = get("/a/{p}/{n}").parameter(Location::Header, "X-From", string());
    let operation = operation.parameter(Location::Path, "p", string()).parameter(Location::Path, "n", number());
    let operation = operation.parameter(Location::Cookie, "k", string());
    let operation = operation.parameter(Location::Header, "both", string()).query("both", string());
    let mut api = listed(operation, string(), &[]);
    let is_p = |parameter: &&mut Parameter| parameter.wire == "p";
    api.operations[0].parameters.iter_mut().find(is_p).unwrap().style = StyleKind::Matrix.into();
    let check = |set: Given| match given(&api, &api.operations[0], &set) {
        Ok(paging) => shown(&paging),
        Err(wrong) => format!("{}: {}", wrong.key, wrong.message),
    };
    let text = |text: &str| Some(text.to_owned());
    let to = |cursor: &str| Given { cursor: text(cursor), next_header: text("X-To"), ..Given::default() };
    assert_eq!(check(to("x-from")), "header X-From takes header X-To: [data]");
    assert_eq!(check(to("n")), "path n takes header X-To: [data]");
    assert_eq!(check(to("both")), "both takes header X-To: [data]");
    assert_eq!(check(to("k")), "cursor: the operation has no parameter `k`", "a cookie");
    assert_eq!(check(to("p")), "cursor: the parameter `p` of the path is not of the style `simple`");
    assert_eq!(check(Given { page: text("n"), ..Given::default() }), "path n from 1: [data]");
    assert_eq!(
        check(Given { cursor: text("X-From"), next: text("next_token"), ..Given::default() }),
        "header X-From takes next_token: [data]"
    );
}

#[test]
fn what_is_given_is_looked_up() {
    let mut api = listing(
        &[("c", string()), ("n", number()), ("b", boolean())],
        vec![member("a.b", string()), member("meta", named(&component_id("Meta"))), member("all", number())],
    );
    let owner = member("owner", named(&component_id("Meta")));
    api.types.get_mut(&component_id("Item")).unwrap().kind = object([member("id", string()), owner]);
    let text = |text: &str| Some(text.to_owned());
    let check = |set: Given| match given(&api, &api.operations[0], &set) {
        Ok(paging) => shown(&paging),
        Err(wrong) => format!("{}: {}", wrong.key, wrong.message),
    };
    let cursor = || Given { cursor: text("c"), next: text("meta.next_cursor"), ..Given::default() };
    for (set, found) in [
        (cursor(), "c takes meta.next_cursor: [data], more meta.hasMore"),
        (Given { next: text("a.b"), ..cursor() }, "c takes a.b: [data], more meta.hasMore"),
        (Given { next: None, id: text("id"), ..cursor() }, "c takes [].id: [data], more meta.hasMore"),
        (
            Given { page: text("n"), first: Some(0), total: text("all"), ..Given::default() },
            "n from 0: [data], of all, more meta.hasMore",
        ),
        (Given { offset: text("n"), ..Given::default() }, "items by n from 0: [data], more meta.hasMore"),
        (Given { next_url: text("a.b"), ..Given::default() }, "at a.b: [data], more meta.hasMore"),
        (Given { last: text("meta.hasMore"), ..cursor() }, "c takes meta.next_cursor: [data], last meta.hasMore"),
        (Given { items: text("data"), ..Given::default() }, "at Link: [data], more meta.hasMore"),
        (Given { cursor: text("x"), ..cursor() }, "cursor: the operation has no parameter `x`"),
        (Given { cursor: text("b"), ..cursor() }, "cursor: the parameter `b` takes neither a text nor a number"),
        (Given { next: text("meta.none"), ..cursor() }, "next: there is no member `meta.none`"),
        (Given { next: text("meta"), ..cursor() }, "next: `meta` is not a text or a number"),
        (Given { next: None, ..cursor() }, ": `next`, `next_header` or `id` must say where the answer has the cursor"),
        (Given { id: text("owner"), ..cursor() }, "id: `owner` is not a text or a number"),
        (Given { items: text("all"), ..cursor() }, "items: `all` is not a list"),
        (Given { more: text("all"), ..cursor() }, "more: `all` is not a boolean"),
    ] {
        assert_eq!(check(set), found);
    }
    let nothing = build().operation(get("/a")).api();
    let wrong = given(&nothing, &nothing.operations[0], &Given::default()).unwrap_err();
    assert!(wrong.key.is_empty() && wrong.message.contains("JSON"));
}
