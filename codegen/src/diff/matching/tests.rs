use super::{Called, Matches};
use crate::ir::testing::*;
use crate::ir::{Api, Branch, Location, Origin, Parameter, Part, Tag, Told, TypeId, TypeKind, Union};

/// What of the old API is what of the new one, where that stands elsewhere.
fn moved(old: &Api, new: &Api) -> Vec<String> {
    let matches = Matches::of(old, new, [&Called::new(); 2]);
    let types = matches.types.iter().filter(|(before, after)| before != after);
    let short = |id: &TypeId| id.0.as_str().replace("#/components/schemas/", "").replace("#/paths/~1", "");
    types.map(|(before, after)| format!("{} is {}", short(before), short(after))).collect()
}

fn operations(old: &Api, new: &Api) -> Vec<String> {
    let matches = Matches::of(old, new, [&Called::new(); 2]);
    let pairs = matches.operations.iter().map(|(before, after)| {
        format!("{} {} is {} {}", before.method.as_str(), before.path, after.method.as_str(), after.path)
    });
    pairs.collect()
}

#[test]
fn operations_are_paired_by_their_place_then_their_path_then_their_name() {
    let of = |operations: Vec<BuildOperation>| operations.into_iter().fold(build(), Build::operation).api();
    let all = |old, new| operations(&of(old), &of(new));
    // What a parameter of the path is called is not sent; what the path is, and how it is called, is.
    let old = || vec![get("/a/{id}").id("one"), post("/a/{id}").id("two")];
    assert_eq!(
        all(old(), vec![post("/a/{key}").id("one"), get("/a/{key}").id("two")]),
        ["GET /a/{id} is GET /a/{key}", "POST /a/{id} is POST /a/{key}"]
    );
    assert_eq!(all(vec![get("/a").id("one")], vec![get("/b").id("one")]), ["GET /a is GET /b"]);
    assert_eq!(
        all(vec![get("/a/").id("one_")], vec![get("/b").id("one_"), get("/a").id("one")]),
        ["GET /a/ is GET /a"]
    );
    assert_eq!(all(vec![get("/a").id("one")], vec![post("/a").id("one")]), ["GET /a is POST /a"]);
    assert!(all(vec![get("/a")], vec![get("/b"), post("/a")]).is_empty());
    assert_eq!(
        all(vec![get("/a").id("x"), get("/b").id("y")], vec![get("/b").id("x"), get("/a").id("y")]),
        ["GET /a is GET /a", "GET /b is GET /b"]
    );
}

#[test]
fn what_has_no_name_of_its_own_is_found_from_the_operation_down() {
    let api = |path: &str| {
        let of = |wire: &str| object([member(wire, string())]);
        let operation = post(path).id("a").query_part("sort", texts(["up", "down"])).body_part(of("sent"));
        build().operation(operation.answer_part(of("answered")).error_part("404", of("wrong"))).api()
    };
    let (old, new) = (api("/a/{x}"), api("/a/{y}"));
    let parts = ["parameters/sort/schema", "requestBody/schema", "responses/200/schema", "responses/404/schema"];
    let all = parts.map(|part| format!("a~1{{x}}/post/{part} is a~1{{y}}/post/{part}"));
    assert_eq!(moved(&old, &new), all);
}

#[test]
fn a_component_that_is_still_there_is_itself_wherever_it_has_gone() {
    let (a, b) = (component_id("A"), component_id("B"));
    let shape = || object([member("x", string())]);
    let old =
        build().component("A", shape()).operation(get("/a").answer(named(&a))).operation(get("/b").answer(named(&a)));
    let new = build().component("A", shape()).component("B", shape());
    let new = new.operation(get("/a").answer(named(&b))).operation(get("/b").answer(named(&a)));
    assert!(moved(&old.api(), &new.api()).is_empty());
}

#[test]
fn what_stands_in_a_type_is_found_from_it_down() {
    let api = |name: &str| {
        let a = component_id(name);
        let (one, list, map, pair) = (part(&a, "one"), part(&a, "list"), part(&a, "map"), part(&a, "pair"));
        let inner = || object([member("x", string())]);
        let members = [
            member("one", named(&one)),
            member("list", list_of(named(&list))),
            member("map", map_of(named(&map))),
            member("pair", named(&pair)),
        ];
        build()
            .component(name, object(members))
            .part(&a, "one", object([member("deep", named(&part(&one, "deep")))]))
            .part(&one, "deep", texts(["a", "b"]))
            .part(&a, "list", inner())
            .part(&a, "map", inner())
            .part(&a, "pair", tuple([string(), named(&item(&pair))]))
            .item(&pair, inner())
            .operation(get("/a").answer(named(&a)))
            .api()
    };
    let all = ["", "/properties/list", "/properties/map", "/properties/one", "/properties/one/properties/deep"];
    let all = all.into_iter().chain(["/properties/pair", "/properties/pair/items"]);
    let all: Vec<_> = all.map(|place| format!("Pet{place} is Animal{place}")).collect();
    assert_eq!(moved(&api("Pet"), &api("Animal")), all);
}

#[test]
fn branches_are_known_by_what_tells_them() {
    let a = component_id("A");
    let api = |values: [&str; 2]| {
        let mut built = build().operation(get("/a").answer(named(&a)));
        let mut branches: Vec<Branch> = Vec::new();
        for (at, value) in values.into_iter().enumerate() {
            let id = TypeId(a.0.child("oneOf").item(at));
            let told = Told::Tagged { member: "kind".to_owned(), values: vec![Tag::Text(value.to_owned())] };
            branches.push(branch(id.0.clone(), told, named(&id)));
            let origin = Origin::Part { parent: a.clone(), part: Part::Branch(at) };
            built = built.add(id, origin, object([member("kind", string()), member(value, string())]));
        }
        built.component("A", TypeKind::Union(Union { branches })).api()
    };
    assert_eq!(moved(&api(["cat", "dog"]), &api(["dog", "cat"])), ["A/oneOf/0 is A/oneOf/1", "A/oneOf/1 is A/oneOf/0"]);
}

#[test]
fn a_component_of_another_name_is_the_only_one_that_is_equal() {
    let shape = || object([member("x", string())]);
    let one = |name: &str| build().component(name, shape()).api();
    assert_eq!(moved(&one("A"), &one("B")), ["A is B"]);
    let two = build().component("B", shape()).component("C", shape()).api();
    assert!(moved(&one("A"), &two).is_empty(), "it may be either");
    assert!(moved(&two, &one("A")).is_empty());
    // One that is still there is none that another has become.
    let both = build().component("A", shape()).component("B", shape()).api();
    assert!(moved(&one("A"), &both).is_empty() && moved(&both, &one("A")).is_empty());
    let other = build().component("B", object([member("x", number())])).api();
    assert!(moved(&one("A"), &other).is_empty());
    let more = build().component("B", object([member("x", string()), member("y", string())])).api();
    assert!(moved(&one("A"), &more).is_empty() && moved(&more, &one("A")).is_empty());
    let alias_of = |name: &str| build().component(name, alias(string())).api();
    assert!(moved(&alias_of("A"), &alias_of("B")).is_empty(), "a name for a text may stand for anything");
    let holding = |name: &str, inner: &str| {
        build().component(name, object([member("m", named(&component_id(inner)))])).component(inner, shape()).api()
    };
    assert_eq!(moved(&holding("A", "X"), &holding("B", "Y")), ["A is B", "X is Y"]);
}

#[test]
fn parameters_are_paired_by_name_and_place_in_the_path() {
    let pairs = |old: BuildOperation, new: BuildOperation| {
        let (old, new) = (build().operation(old).api(), build().operation(new).api());
        let pairs = super::parameters(&old.operations[0], &new.operations[0]);
        let shown = |one: &Parameter| format!("{:?} {}", one.location, one.wire);
        pairs.iter().map(|(old, new)| format!("{} is {}", shown(old), shown(new))).collect::<Vec<_>>()
    };
    let path = |path: &str, first: &str, second: &str| {
        get(path).parameter(Location::Path, first, string()).parameter(Location::Path, second, string())
    };
    assert_eq!(pairs(path("/{a}/{b}", "a", "b"), path("/{c}/{d}", "d", "c")), ["Path a is Path c", "Path b is Path d"]);
    let query = |names: [&str; 2]| names.iter().fold(get("/a"), |operation, name| operation.query(name, string()));
    assert_eq!(pairs(query(["page_size", "q"]), query(["pageSize", "query"])), ["Query page_size is Query pageSize"]);
    let both = || get("/a").parameter(Location::Header, "x", string()).query("x", string());
    assert_eq!(pairs(both(), both()), ["Header x is Header x", "Query x is Query x"]);
    let swapped = get("/a").query("x", string()).parameter(Location::Header, "x", string());
    assert_eq!(pairs(both(), swapped), ["Header x is Header x", "Query x is Query x"]);
    assert_eq!(
        pairs(get("/a").query("x", string()), get("/a").parameter(Location::Header, "x", string())),
        ["Query x is Header x"]
    );
}
