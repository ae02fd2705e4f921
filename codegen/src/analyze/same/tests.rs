use super::super::analyze;
use crate::ir::testing::*;
use crate::ir::{Api, Docs, Each, Held, JsonKind, Notes, Primitive, TypeKind, TypeRef};

fn merged(api: &Api) -> Vec<String> {
    let facts = analyze(api);
    facts.same.iter().map(|(from, to)| format!("{from:?} -> {to:?}")).collect()
}

/// Two components with the same member `delay`, one level further down each.
fn twice(first: Primitive, second: Primitive) -> Build {
    let mut build = build();
    for (component, primitive) in [("A", first), ("B", second)] {
        let inner = part(&component_id(component), "stats");
        let delay = part(&inner, "delay");
        build = build
            .component(component, object([member("stats", named(&inner))]))
            .part(&component_id(component), "stats", object([member("delay", named(&delay))]))
            .part(&inner, "delay", object([member("mean", TypeRef::Primitive(primitive))]));
    }
    build
}

#[test]
fn equal_all_the_way_down_means_one_type() {
    let api = twice(Primitive::F64, Primitive::F64).api();
    assert_eq!(
        merged(&api),
        [
            "#/components/schemas/B/properties/stats -> #/components/schemas/A/properties/stats",
            "#/components/schemas/B/properties/stats/properties/delay -> \
             #/components/schemas/A/properties/stats/properties/delay",
        ]
    );
}

#[test]
fn the_outermost_stands_for_all() {
    let (a, b) = (component_id("A"), component_id("B"));
    let inner = part(&a, "stats");
    let delay = || object([member("mean", number())]);
    let api = build()
        .component("A", object([member("stats", named(&inner))]))
        .part(&a, "stats", object([member("delay", named(&part(&inner, "delay")))]))
        .part(&inner, "delay", delay())
        .component("B", object([member("delay", named(&part(&b, "delay")))]))
        .part(&b, "delay", delay())
        .api();
    assert_eq!(
        merged(&api),
        ["#/components/schemas/A/properties/stats/properties/delay -> #/components/schemas/B/properties/delay"]
    );
}

#[test]
fn a_difference_at_the_bottom_keeps_all_apart() {
    assert!(merged(&twice(Primitive::F64, Primitive::I64).api()).is_empty());
}

#[test]
fn another_member_name_keeps_apart_and_components_are_never_merged() {
    let (a, b) = (component_id("A"), component_id("B"));
    let shape = || object([member("x", string())]);
    let api = build()
        .component("A", object([member("one", named(&part(&a, "one")))]))
        .component("B", object([member("two", named(&part(&b, "two")))]))
        .component("C", shape())
        .component("D", shape())
        .part(&a, "one", shape())
        .part(&b, "two", shape())
        .api();
    assert!(merged(&api).is_empty());
}

#[test]
fn a_thing_and_the_items_of_a_list_of_such_things_are_the_same() {
    let (a, b) = (component_id("A"), component_id("B"));
    let api = build()
        .component("A", object([member("participant", named(&part(&a, "participant")))]))
        .component("B", object([member("participants", list_of(named(&part(&b, "participants"))))]))
        .part(&a, "participant", object([member("id", string())]))
        .part(&b, "participants", object([member("id", string())]))
        .api();
    assert_eq!(merged(&api).len(), 1);
}

#[test]
fn prose_does_not_count_but_bounds_do() {
    let with = |text: &str, minimum: Option<&str>, of_items: bool| {
        let mut member = member("x", string());
        let words = Docs { description: Some(text.to_owned()), ..Docs::default() };
        member.docs = words.clone();
        member.notes.example = Some(text.to_owned());
        let minimum = minimum.map(str::to_owned);
        if of_items {
            let notes = Notes { minimum, ..Notes::default() };
            member.notes.each = Some(Box::new(Each { held: Held::Item, docs: words, notes }));
        } else {
            member.notes.minimum = minimum;
        }
        object([member])
    };
    let api = |minimum, of_items| {
        let (a, b) = (component_id("A"), component_id("B"));
        build()
            .component("A", object([member("m", named(&part(&a, "m")))]))
            .component("B", object([member("m", named(&part(&b, "m")))]))
            .part(&a, "m", with("one", None, of_items))
            .part(&b, "m", with("two", minimum, of_items))
            .api()
    };
    for of_items in [false, true] {
        assert_eq!(merged(&api(None, of_items)).len(), 1);
        assert!(merged(&api(Some("0"), of_items)).is_empty());
    }
}

#[test]
fn items_are_the_same_when_their_lists_are() {
    let mut build = build();
    for name in ["A", "B"] {
        let (owner, list) = (component_id(name), part(&component_id(name), "list"));
        let item = item(&list);
        build = build
            .component(name, object([member("list", named(&list))]))
            .part(&owner, "list", alias(list_of(named(&item))))
            .item(&list, object([member("x", string())]));
    }
    assert_eq!(
        merged(&build.api()),
        [
            "#/components/schemas/B/properties/list -> #/components/schemas/A/properties/list",
            "#/components/schemas/B/properties/list/items -> #/components/schemas/A/properties/list/items",
        ]
    );
}

#[test]
fn bodies_of_errors_are_the_same_across_operations_but_successes_are_not() {
    let shape = || object([member("message", string())]);
    let api = build()
        .operation(get("/a").id("a").answer_part(shape()).error_part("404", shape()))
        .operation(get("/b").id("b").answer_part(shape()).error_part("4XX", shape()))
        .api();
    let merged = merged(&api);
    assert_eq!(merged.len(), 1, "{merged:?}");
    assert!(merged.iter().all(|line| line.contains("4XX") && line.contains("404")), "{merged:?}");
}

/// Whether two anonymous types, the values of members of one name, are one type.
fn are_one(first: TypeKind, second: TypeKind) -> bool {
    let (a, b) = (component_id("A"), component_id("B"));
    let api = build()
        .component("A", object([member("m", named(&part(&a, "m")))]))
        .component("B", object([member("m", named(&part(&b, "m")))]))
        .part(&a, "m", first)
        .part(&b, "m", second)
        .api();
    merged(&api).len() == 1
}

#[test]
fn the_order_of_values_and_branches_says_nothing() {
    assert!(are_one(texts(["x", "y"]), texts(["y", "x"])));
    assert!(!are_one(texts(["x", "y"]), texts(["x", "z"])));
    let (text, count) = ((JsonKind::String, string()), (JsonKind::Number, number()));
    assert!(are_one(union([text.clone(), count.clone()]), union([count.clone(), text.clone()])));
    assert!(!are_one(union([text.clone(), count]), union([text, (JsonKind::Boolean, TypeRef::Any)])));
}

#[test]
fn what_lists_and_maps_hold_counts() {
    let of = |ty: TypeRef| object([member("x", ty)]);
    assert!(are_one(of(list_of(string())), of(list_of(string()))));
    for other in [list_of(number()), map_of(string()), list_of(list_of(string())), string(), TypeRef::Any] {
        assert!(!are_one(of(list_of(string())), of(other)));
    }
    assert!(!are_one(of(map_of(string())), of(map_of(number()))));
}

#[test]
fn what_is_deprecated_in_one_place_has_a_type_of_its_own() {
    let (a, b) = (component_id("A"), component_id("B"));
    let shape = || object([member("x", string())]);
    let mut api = build()
        .component("A", object([member("m", named(&part(&a, "m")))]))
        .component("B", object([member("m", named(&part(&b, "m")))]))
        .part(&a, "m", shape())
        .part(&b, "m", shape())
        .api();
    assert_eq!(merged(&api).len(), 1);
    api.types.get_mut(&part(&b, "m")).unwrap().deprecated = true;
    assert!(merged(&api).is_empty());
}

#[test]
fn what_holds_one_of_several_that_are_the_same_holds_all() {
    let ask = get("/a").id("a").query_part("sort", texts(["up", "down"]));
    let ask = ask.query_part("by", texts(["name"]));
    let b = component_id("B");
    let api = build()
        .component("B", object([member("sort", named(&part(&b, "sort")))]))
        .part(&b, "sort", texts(["up", "down"]))
        .operation(ask.answer(named(&b)))
        .api();
    let facts = analyze(&api);
    assert_eq!(facts.same.len(), 1);
    for id in facts.same.iter().flat_map(|(one, other)| [one, other]) {
        assert!(facts.in_requests.contains(id) && facts.in_answers.contains(id), "{id:?}");
    }
}

#[test]
fn anonymous_cycles_end() {
    let a = component_id("A");
    let (one, two) = (part(&a, "m"), part(&component_id("B"), "m"));
    let api = build()
        .component("A", object([member("m", named(&one))]))
        .component("B", object([member("m", named(&two))]))
        .part(&a, "m", object([member("m", named(&one))]))
        .part(&component_id("B"), "m", object([member("m", named(&two))]))
        .api();
    assert!(merged(&api).is_empty());
}

/// A component of these members, and what says the same as items of the member `wire` of another component.
fn written_out(component: &str, wire: &str, members: &[&str]) -> (Build, crate::ir::TypeId) {
    let shape = || object(members.iter().map(|wire| member(wire, string())));
    let page = component_id("TodoPage");
    let items = part(&page, wire);
    let build = build().component("TodoPage", object([member(wire, list_of(named(&items)))]));
    (build.component(component, shape()).part(&page, wire, shape()), items)
}

const FOUR: [&str; 4] = ["created", "done", "id", "title"];

#[test]
fn what_is_written_out_is_the_component_if_the_place_speaks_of_it() {
    let is = |component: &str, wire: &str, members: &[&str]| {
        !merged(&written_out(component, wire, members).0.api()).is_empty()
    };
    assert!(is("Todo", "items", &FOUR));
    assert!(is("Row", "rows", &FOUR));
    assert!(!is("Person", "items", &FOUR), "nothing speaks of it");
    assert!(!is("TodoOwner", "items", &FOUR), "the place speaks of another");
    assert!(!is("OwnerResponse", "responses", &FOUR), "a role is no name");
    assert!(is("TodoResponse", "responses", &FOUR));
    assert!(!is("Todo", "items", &FOUR[..3]), "it is small");
}

#[test]
fn what_several_components_say_or_what_says_more_is_no_component() {
    let (build, items) = written_out("Todo", "items", &FOUR);
    let api = build.component("Task", object(FOUR.map(|wire| member(wire, string())))).api();
    assert!(merged(&api).is_empty(), "of two components");
    let docs = |text: &str| Docs { description: Some(text.to_owned()), ..Docs::default() };
    let mut api = written_out("Todo", "items", &FOUR).0.api();
    api.types.get_mut(&component_id("Todo")).unwrap().docs = docs("A task.");
    assert!(!merged(&api).is_empty(), "nothing is said of it there");
    api.types.get_mut(&items).unwrap().docs = docs("A row.");
    assert!(merged(&api).is_empty(), "other words");
    let mut api = written_out("Todo", "items", &FOUR).0.api();
    api.types.get_mut(&items).unwrap().deprecated = true;
    assert!(merged(&api).is_empty(), "deprecated");
}

#[test]
fn what_holds_what_is_written_out_may_be_written_out_too() {
    let page = |todo: &crate::ir::TypeId| {
        let others = ["next", "page", "total"].map(|wire| member(wire, string()));
        object([member("items", list_of(named(todo)))].into_iter().chain(others))
    };
    let (build, items) = written_out("Todo", "items", &FOUR);
    let list = get("/pages").id("listPages");
    let place = list.response_id("200");
    let inner = part(&place, "items");
    let todo = component_id("Todo");
    let api = build.component("Page", page(&todo)).operation(list.answer_part(page(&inner)));
    let api = api.part(&place, "items", object(FOUR.map(|wire| member(wire, string())))).api();
    // Nothing in the answer speaks of todos, but its items would be one type with what is one.
    let found = [(items, todo.clone()), (inner, todo), (place, component_id("Page"))];
    assert_eq!(analyze(&api).same, found.into());
}

#[test]
fn enums_and_parameters_are_never_components() {
    let order = component_id("Order");
    let status = part(&order, "status");
    let api = build()
        .component("Order", object([member("status", named(&status))]))
        .part(&order, "status", texts(["open", "closed"]))
        .component("Status", texts(["open", "closed"]))
        .component("Filter", object(FOUR.map(|wire| member(wire, string()))))
        .operation(get("/orders").query_part("filter", object(FOUR.map(|wire| member(wire, string())))))
        .api();
    assert!(merged(&api).is_empty());
}
