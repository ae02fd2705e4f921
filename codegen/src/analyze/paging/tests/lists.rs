//! Which list of an answer has the items.

use super::*;

#[test]
fn items_two_levels_down_and_an_envelope_at_the_root() {
    let id = component_id;
    let api = build()
        .component("Answer", object([member("data", named(&id("Data"))), member("paging", named(&id("Paging")))]))
        .component("Data", object([member("sessions", list_of(TypeRef::Any))]))
        .component("Paging", object([member("total_count", number()), member("end_offset", number())]))
        .operation(get("/a").query("page_no", number()).query("per_page", number()).answer(named(&id("Answer"))))
        .api();
    assert_eq!(paged(&api), "page_no from 1: [data.sessions], of paging.total_count, to paging.end_offset");
}

#[test]
fn a_list_at_the_root_comes_before_those_beside_it() {
    let id = component_id;
    let any = || list_of(TypeRef::Any);
    let api = build()
        .component("A", object([member("items", any()), member("meta", named(&id("M")))]))
        .component("M", object([member("tags", any()), member("total", number())]))
        .operation(get("/a").query("page", number()).answer(named(&id("A"))))
        .api();
    assert_eq!(paged(&api), "page from 1: [items], of meta.total");
    // So it is with one that is called as the objects are that hold the data of others.
    let api = build()
        .component("A", object([member("data", any()), member("meta", named(&id("M")))]))
        .component("M", object([member("tags", any())]))
        .operation(get("/a").query("page", number()).answer(named(&id("A"))))
        .api();
    assert_eq!(paged(&api), "page from 1: [data]");
    // Without one at the root, it may be in an object of any name.
    let api = build()
        .component("A", object([member("embedded", named(&id("E")))]))
        .component("E", object([member("pets", any())]))
        .operation(get("/a").query("page", number()).answer(named(&id("A"))))
        .api();
    assert_eq!(paged(&api), "page from 1: [embedded.pets]");
    // Where the data may be either, it is not guessed.
    let api = build()
        .component("A", object([member("facets", any()), member("data", named(&id("D")))]))
        .component("D", object([member("pets", any())]))
        .operation(get("/a").query("page", number()).answer(named(&id("A"))))
        .api();
    assert_eq!(paged(&api), "");
}

#[test]
fn of_several_lists_the_items_are_what_the_operation_is_called_after() {
    let paged_as = |id: &str| {
        let any = || list_of(TypeRef::Any);
        let answer = object([member("related_pets", any()), member("pets", any()), member("cursor", string())]);
        let operation = get("/a").id(id).query("cursor", string()).answer(named(&component_id("A")));
        paged(&build().component("A", answer).operation(operation).api())
    };
    assert_eq!(paged_as("SearchPets"), "cursor takes cursor: [pets]");
    assert_eq!(paged_as("search"), "");
}

#[test]
fn the_usual_lists_of_messages_are_no_items() {
    let id = component_id;
    let any = || list_of(TypeRef::Any);
    let api = build()
        .component(
            "A",
            object([member("errors", any()), member("result", any()), member("result_info", named(&id("I")))]),
        )
        .component("I", object([member("count", number()), member("total", number())]))
        .operation(get("/a").query("pageNumber", number()).query("limit", number()).answer(named(&id("A"))))
        .api();
    assert_eq!(paged(&api), "pageNumber from 1: [result], of result_info.total");
}

#[test]
fn a_list_at_the_root_through_aliases() {
    let id = component_id;
    let api = build()
        .component("A", alias(named(&id("B"))))
        .component("B", alias(list_of(string())))
        .component("N", alias(number()))
        .operation(get("/a").query("page", named(&id("N"))).answer(named(&id("A"))))
        .api();
    assert_eq!(paged(&api), "page from 1: []");
}

#[test]
fn of_several_lists_the_items_are_the_one_that_is_called_so() {
    let paged_of = |path: &str, lists: &[&str]| {
        let lists = lists.iter().map(|name| member(name, list_of(TypeRef::Any)));
        let answer = object(lists.chain([member("cursor", string())]));
        let operation = get(path).query("cursor", string()).answer(named(&component_id("A")));
        paged(&build().component("A", answer).operation(operation).api())
    };
    assert_eq!(paged_of("/a", &["entries", "order"]), "cursor takes cursor: [entries]");
    assert_eq!(paged_of("/a", &["data", "included"]), "cursor takes cursor: [data]");
    assert_eq!(paged_of("/a", &["data", "results"]), "");
    assert_eq!(paged_of("/a", &["pets", "facets"]), "");
    assert_eq!(paged_of("/shops/{id}/pets/", &["pets", "data"]), "cursor takes cursor: [pets]");
    assert_eq!(paged_of("/a", &["pets", "warningMessages"]), "cursor takes cursor: [pets]");
    assert_eq!(paged_of("/a/errors", &["errors", "links"]), "cursor takes cursor: [errors]");
    assert_eq!(paged_of("/a", &["errors"]), "");
}

#[test]
fn messages_are_items_where_they_are_all_that_there_is() {
    let paged_of = |item: TypeRef, more: Option<&str>| {
        let lists = [Some("messages"), more].into_iter().flatten();
        let answer =
            object(lists.map(|name| member(name, list_of(item.clone()))).chain([member("next_page_token", string())]));
        let operation = get("/a").query("next_page_token", string()).answer(named(&component_id("A")));
        let api = build().component("A", answer).component("Message", object([member("text", string())]));
        paged(&api.operation(operation).api())
    };
    let message = named(&component_id("Message"));
    assert_eq!(paged_of(message.clone(), None), "next_page_token takes next_page_token: [messages]");
    assert_eq!(paged_of(message, Some("errors")), "");
    assert_eq!(paged_of(string(), None), "");
}
