//! What was named before keeps its name: the newcomer gets the other one.

use super::*;
use crate::analyze::analyze_after;
use crate::ir::{Location, Origin, Told, TypeKind, TypeRef, Union};
use crate::name::{Lock, Named, name_with, precedence};

/// The names of `after`, as they are when `before` was generated first, and what was said.
pub(super) fn held(before: &Api, after: &Api, pins: &Pins) -> (Names, Vec<String>) {
    let facts = analyze(before);
    let lock = Lock::of(before, &facts, &names(before));
    let mut diagnostics = Diagnostics::default();
    let names = name_with(after, &analyze(after), pins, &lock, &mut diagnostics);
    let lines = diagnostics.iter().map(|found| format!("{}: {}", found.code.id, found.message));
    (names, lines.collect())
}

pub(super) fn ident<'a>(names: &'a Names, id: &TypeId) -> &'a str {
    &names.types[id].ident
}

#[test]
fn a_newcomer_gets_the_other_name() {
    let before = build().component("fooBar", object([member("userId", string())]));
    let grown = || [member("userId", string()), member("user_id", string())];
    let after = build().component("fooBar", object(grown())).component("FooBar", object([member("x", string())])).api();
    assert_ne!(ident(&names(&after), &component_id("fooBar")), "FooBar", "without a lock it gives way");
    let (names, said) = held(&before.api(), &after, &Pins::default());
    assert_eq!(ident(&names, &component_id("fooBar")), "FooBar");
    assert_eq!(names.members[&(component_id("fooBar"), "userId".to_owned())], "user_id");
    let newcomers =
        [ident(&names, &component_id("FooBar")), &names.members[&(component_id("fooBar"), "user_id".to_owned())]];
    assert_eq!(newcomers, ["FooBarModel", "user_underscore_id"]);
    assert_eq!(
        said,
        [
            "M0005: `#/components/schemas/fooBar` would be called `FooBarCamel`; it keeps the name `FooBar`",
            "M0005: `#/components/schemas/fooBar/properties/userId` would be called `user_id_camel`; it keeps the name `user_id`",
        ]
    );
}

#[test]
fn a_lock_that_agrees_says_and_changes_nothing() {
    let api =
        build().component("type", object([member("type", string())])).operation(get("/a").id("listA").tag("A")).api();
    let (held, said) = held(&api, &api, &Pins::default());
    assert_eq!(said, [] as [&str; 0]);
    let plain = names(&api);
    assert_eq!((held.types, held.members, held.operations), (plain.types, plain.members, plain.operations));
}

#[test]
fn operations_keep_their_methods_and_requests() {
    let before = build().operation(get("/a").id("list")).api();
    let after = build().operation(get("/a").id("listAll")).component("List", object([member("x", string())])).api();
    let (names, said) = held(&before, &after, &Pins::default());
    let name = &names.operations[&after.operations[0].pointer];
    assert_eq!((name.method.as_str(), name.request.as_str()), ("list", "List"));
    assert_eq!(ident(&names, &component_id("List")), "ListModel");
    let once = "M0005: `#/paths/~1a/get` would be called `list_all`; it keeps the name `list`, and so does its request";
    assert_eq!(said, [once]);
}

#[test]
fn what_people_choose_comes_first() {
    let before = build().component("A", object([member("x", string())])).api();
    let pins = Pins { types: [("A".to_owned(), "Better".to_owned())].into(), ..Pins::default() };
    let (names, said) = held(&before, &before, &pins);
    assert_eq!((ident(&names, &component_id("A")), said), ("Better", Vec::new()));
}

#[test]
fn branches_are_known_by_what_tells_them_apart() {
    let of = |branches: &[(&str, &str)]| {
        let of_one = |(tag, name): &(&str, &str)| {
            let told = Told::Having { members: vec![(*tag).to_owned()] };
            branch(component_id("U").0, told, named(&component_id(name)))
        };
        let union = TypeKind::Union(Union { branches: branches.iter().map(of_one).collect() });
        let api = build().component("U", union);
        branches.iter().fold(api, |api, (tag, name)| api.component(name, object([member(tag, string())]))).api()
    };
    let before = of(&[("barks", "Dog")]);
    let (names, said) = held(&before, &of(&[("meows", "Cat"), ("barks", "Hound")]), &Pins::default());
    let variant = |at: &str| names.variants[&(component_id("U"), at.to_owned())].clone();
    assert_eq!([variant("0"), variant("1")], ["Cat", "Dog"]);
    assert!(said.iter().any(|line| line.contains("`Hound`") || line.contains("`Dog`")), "{said:#?}");
}

#[test]
fn a_name_that_two_hold_goes_to_the_first() {
    let (a, b) = (component_id("A"), component_id("B"));
    let of = |second: &str| {
        build()
            .component("A", object([member("home", named(&part(&a, "home")))]))
            .component("B", object([member("home", named(&part(&b, "home")))]))
            .part(&a, "home", object([member("city", string())]))
            .part(&b, "home", object([member(second, string())]))
            .api()
    };
    let (names, _) = held(&of("city"), &of("street"), &Pins::default());
    assert_eq!([ident(&names, &part(&a, "home")), ident(&names, &part(&b, "home"))], ["Home", "BHome"]);
}

#[test]
fn what_was_taken_stays_taken_whatever_kind_it_is() {
    let many =
        || object(["a", "b", "c", "d", "e"].map(|wire| crate::ir::Member { required: true, ..member(wire, string()) }));
    let send = || build().component("Pet", many()).operation(post("/a").id("a").body(named(&component_id("Pet"))));
    let after = send().component("PetRequired", object([member("x", string())])).api();
    let (names, _) = held(&send().api(), &after, &Pins::default());
    assert_eq!(names.required[&component_id("Pet")], "PetRequired");
    assert_eq!(ident(&names, &component_id("PetRequired")), "PetRequiredModel");
}

#[test]
fn what_comes_of_a_held_request_stays_too() {
    let api = |ids: [&str; 2]| build().operation(get("/a").id(ids[0])).operation(get("/b").id(ids[1])).api();
    let (before, after) = (api(["resnet-50", "find"]), api(["resnet-50", "search"]));
    let (names, said) = held(&before, &after, &Pins::default());
    assert!(!said.is_empty());
    let constant = |names: &Names| names.operations.values().next().map(|name| name.constant.clone());
    assert_eq!(constant(&super::names(&after)).as_deref(), Some("RESNET_50"));
    assert_eq!(constant(&names).as_deref(), Some("RESNET_50"));
}

#[test]
fn the_types_of_an_operation_stay_where_they_are() {
    let api = |id: &str| {
        let answer = |name: &str| object([member(name, string())]);
        let resnet = get("/b").id("resnet-50").error_part("4XX", answer("x"));
        build().operation(get("/a").id(id).error_part("4XX", answer("y"))).operation(resnet)
    };
    let newcomer = get("/c").id("getPet").error_part("4XX", object([member("z", string())]));
    let (before, after) = (api("getPet").api(), api("findPetById").operation(newcomer).api());
    let (names, said) = held(&before, &after, &Pins::default());
    assert!(said[0].ends_with("it keeps the name `get_pet`, and so do 2 types that are named after it"), "{said:?}");
    assert_eq!(said.len(), 1);
    let modules = |names: &Names| names.types.values().map(|name| name.module.clone()).collect::<Vec<String>>();
    assert_eq!(modules(&names), ["get_pet", "resnet_50", "get_pet_operation"]);
    for (id, name) in super::names(&before).types {
        assert_eq!(names.types[&id], name);
    }
}

#[test]
fn what_is_held_keeps_its_words() {
    let api = |other: &str| {
        build()
            .component("foo_4xx", object([member("x", string())]))
            .operation(get("/a").id(other).error_part("4XX", object([member("y", string())])))
            .api()
    };
    let (before, after) = (api("getPet"), api("findPet"));
    let (names, said) = held(&before, &after, &Pins::default());
    assert!(!said.is_empty());
    assert_eq!(names.types[&component_id("foo_4xx")].module, "foo_4xx");
    let natural = super::names(&before);
    assert_eq!(names.types[&component_id("foo_4xx")], natural.types[&component_id("foo_4xx")]);
    let accessor = |names: &Names| names.error_accessors.values().next().cloned();
    assert_eq!(accessor(&natural).as_deref(), Some("get_pet_4xx_error"));
}

#[test]
fn what_only_its_place_tells_apart_is_held_too() {
    let branch = |at: usize, told: Told| {
        let id = TypeId(component_id("U").0.child("oneOf").item(at));
        (id.clone(), branch(id.0.clone(), told, named(&id)))
    };
    let fitting = || Told::Fitting { kind: crate::ir::JsonKind::Object, listed: None, whole: false };
    let (first, one) = branch(0, fitting());
    let (second, two) = branch(1, fitting());
    let part = |parent: &TypeId| Origin::Part { parent: parent.clone(), part: crate::ir::Part::Branch(0) };
    let alone = TypeId(component_id("Alone").0.child("oneOf").item(0));
    let api = |other: &str| {
        build()
            .component("U", TypeKind::Union(Union { branches: vec![one.clone(), two.clone()] }))
            .component("Alone", alias(named(&alone)))
            .add(first.clone(), part(&component_id("U")), object([member("x", string())]))
            .add(second.clone(), part(&component_id("U")), object([member("y", string())]))
            .add(alone.clone(), part(&component_id("Alone")), object([member("z", string())]))
            .operation(get("/a").id(other))
            .api()
    };
    let before = api("find");
    let lock = Lock::of(&before, &crate::analyze::analyze(&before), &super::names(&before));
    let types = lock.0.keys().filter(|(kind, _)| *kind == Named::Type).count();
    assert_eq!(types, before.types.len(), "{lock:#?}");
    let variants = lock.0.keys().filter(|(kind, key)| *kind == Named::Member && key.is_within(&component_id("U").0));
    assert_eq!(variants.count(), 4, "{lock:#?}");
}

#[test]
fn branches_that_have_moved_keep_their_names() {
    // Branches with these members, after each other: the first one's name is its title.
    let api = |branches: &[(&str, &[&str])]| {
        let union = component_id("U");
        let ids: Vec<TypeId> = (0..branches.len()).map(|at| TypeId(union.0.child("oneOf").item(at))).collect();
        let fitting = || Told::Fitting { kind: crate::ir::JsonKind::Object, listed: None, whole: false };
        let all = ids.iter().map(|id| branch(id.0.clone(), fitting(), named(id))).collect();
        let mut api = build().component("U", TypeKind::Union(Union { branches: all }));
        for (at, (id, (_, members))) in ids.iter().zip(branches).enumerate() {
            let origin = Origin::Part { parent: union.clone(), part: crate::ir::Part::Branch(at) };
            api = api.add(id.clone(), origin, object(members.iter().map(|name| member(name, string()))));
        }
        let mut api = api.api();
        for (id, (title, _)) in ids.iter().zip(branches) {
            let title = Some(title.to_string()).filter(|title| !title.is_empty());
            api.types.entry(id.clone()).and_modify(|def| def.docs.summary = title);
        }
        api
    };
    let before = api(&[("One", &["x", "y"]), ("Two", &["x", "z"]), ("Three", &["a", "b", "c"])]);
    let called = |after: &Api| {
        let (names, _) = held(&before, after, &Pins::default());
        let TypeKind::Union(of) = &after.types[&component_id("U")].kind else { return Vec::new() };
        let variant = |at: usize| &names.variants[&(component_id("U"), at.to_string())];
        let ident = |branch: &crate::ir::Branch| match &branch.ty {
            TypeRef::Named(id) => ident(&names, id).to_owned(),
            _ => String::new(),
        };
        of.branches.iter().enumerate().map(|(at, branch)| format!("{} {}", variant(at), ident(branch))).collect()
    };
    // Titles that have changed don't change the names.
    let untitled: [(&str, &[&str]); 3] = [("", &["x", "y"]), ("", &["x", "z"]), ("", &["a", "b", "c"])];
    assert_eq!(called(&api(&untitled)), ["One UOne", "Two UTwo", "Three UThree"]);
    let new: (&str, &[&str]) = ("New", &["n"]);
    let [one, two, three] = untitled;
    assert_eq!(called(&api(&[new, one, two, three])), ["New UNew", "One UOne", "Two UTwo", "Three UThree"]);
    assert_eq!(called(&api(&[three, two])), ["Three UThree", "Two UTwo"]);
    // Members come and go.
    let grown: (&str, &[&str]) = ("", &["a", "b", "c", "d"]);
    assert_eq!(called(&api(&[grown, two, one])), ["Three UThree", "Two UTwo", "One UOne"]);
    // Two that could be one are newcomers.
    let pair: [(&str, &[&str]); 2] = [("", &["x", "y", "p"]), ("", &["x", "y", "q"])];
    assert_eq!(called(&api(&[pair[0], pair[1], two])), ["XYP UXYP", "XYQ UXYQ", "Two UTwo"]);
    // Nothing is known of one that has other members.
    assert_eq!(called(&api(&[("", &["x", "y"]), ("Four", &["e", "f"])])), ["One UOne", "Four UFour"]);
}

#[test]
fn resources_keep_their_types_and_the_methods_that_lead_to_them() {
    let before = || build().operation(get("/a").id("getMe").tag("User"));
    let newcomers = [get("/b").id("user"), get("/c").id("userRefund").tag("User Refund")];
    let after = newcomers.into_iter().fold(before(), |api, operation| api.operation(operation));
    let after = after.component("User", object([member("x", string())])).api();
    let natural = names(&after).resources;
    let shown = |resources: &[Resource]| -> Vec<(String, String)> {
        resources.iter().map(|resource| (resource.method.clone(), resource.ident.clone())).collect()
    };
    assert_eq!(
        shown(&natural)[0],
        ("user_resource".to_owned(), "UserResource".to_owned()),
        "without a lock it gives way"
    );
    let (held, said) = held(&before().api(), &after, &Pins::default());
    assert_eq!(shown(&held.resources)[0], ("user".to_owned(), "User".to_owned()));
    assert_eq!(ident(&held, &component_id("User")), "UserModel");
    assert_eq!(held.operations[&after.operations[1].pointer].method, "user_operation");
    assert_eq!(
        said,
        [
            "M0005: `#/resources/user` would be called `UserResource`; it keeps the name `User`",
            "M0005: `#/resources/user` would be called `user_resource`; it keeps the name `user`",
        ]
    );
}

#[test]
fn a_method_that_people_chose_comes_before_an_accessor_that_is_held() {
    let of_user = || get("/a").id("getMe").tag("User");
    let before = build().operation(of_user()).component("fooBar", object([])).api();
    let after = build().operation(of_user()).operation(get("/b").id("other"));
    let after = after.component("fooBar", object([])).component("foo_bar", object([member("x", string())])).api();
    let pins = Pins { operations: [("other".to_owned(), "user".to_owned())].into(), ..Pins::default() };
    let (held, _) = held(&before, &after, &pins);
    assert_eq!(held.operations[&after.operations[1].pointer].method, "user");
    assert_eq!(held.resources[0].method, "user_resource");
    assert_eq!(ident(&held, &component_id("fooBar")), "FooBar", "all else is held");
}

#[test]
fn parameters_that_the_path_alone_has_keep_their_names() {
    let described = |operation: BuildOperation| {
        let both = operation.parameter(Location::Path, "x", string()).parameter(Location::Path, "y", string());
        let mut api = build().operation(both).api();
        // What only the path has stands where the operation does.
        let operation = &mut api.operations[0];
        operation.parameters.iter_mut().for_each(|parameter| parameter.pointer = operation.pointer.clone());
        api
    };
    let after = described(get("/a/{x}/{y}").id("find"));
    let (names, said) = held(&described(get("/a/{x}/{y}")), &after, &Pins::default());
    assert_eq!(names.operations[&after.operations[0].pointer].method, "get_a_by_x_by_y");
    assert!(said.iter().all(|line| line.starts_with("M0005")), "{said:?}");
}

#[test]
fn what_cannot_be_kept_takes_nothing_else_along() {
    let of = |one: &str, other: &str| build().operation(get("/a").id(one)).operation(get("/b").id(other));
    let before = of("list", "listOperation").api();
    // What is new has two names for its method, and both are held.
    let after = of("listAll", "listOther").operation(get("/c").id("list")).api();
    let (names, said) = held(&before, &after, &Pins::default());
    let methods: Vec<&str> =
        after.operations.iter().map(|operation| names.operations[&operation.pointer].method.as_str()).collect();
    assert_eq!(methods, ["list", "list_other", "list_operation"]);
    let lost: Vec<&String> = said.iter().filter(|line| line.starts_with("M0007")).collect();
    assert_eq!(lost, ["M0007: `#/paths/~1b/get` can't keep the name `list_operation`: it is called `list_other` now"]);
    assert_eq!(said.len(), 3, "{said:?}");
}

#[test]
fn what_a_path_calls_its_parameters_renames_nothing() {
    let answer = || object([member("x", string())]);
    let of = |paths: [&str; 2], named: &str| {
        let with = |path: &str| get(path).parameter(Location::Path, named, string()).answer_part(answer());
        build().operation(with(paths[0])).operation(with(paths[1])).api()
    };
    let before = of(["/a/{owner}", "/b/{owner}/c"], "owner");
    let after = of(["/a/{id}", "/b/{id}/c"], "id");
    let (names, said) = held(&before, &after, &Pins::default());
    let methods: Vec<&str> =
        after.operations.iter().map(|operation| names.operations[&operation.pointer].method.as_str()).collect();
    assert_eq!(methods, ["get_a_by_owner", "get_b_by_owner_c"]);
    let mut types: Vec<&str> = names.types.values().map(|name| name.ident.as_str()).collect();
    types.dedup();
    assert!(types.iter().all(|name| name.contains("Owner")), "{types:?}");
    assert!(said.iter().all(|line| line.starts_with("M0005")), "{said:?}");
}

#[test]
fn what_stood_for_several_places_stands_for_them_still() {
    let with_state = |names: &[&str]| {
        let with = |api: Build, name: &str| {
            let id = component_id(name);
            let object = object([member("state", named(&part(&id, "state")))]);
            api.component(name, object).part(&id, "state", texts(["up", "down"]))
        };
        names.iter().fold(build(), |api, name| with(api, name)).api()
    };
    let again = |api: &Api, lock: &Lock| {
        let facts = analyze_after(api, &precedence(api, lock));
        let names = name_with(api, &facts, &Pins::default(), lock, &mut Diagnostics::default());
        let file = names.types[&part(&component_id("B"), "state")].module.clone();
        (file, Lock::of(api, &facts, &names))
    };
    let stands = |lock: &Lock| lock.0.keys().filter(|(named, _)| *named == Named::Stands).count();
    let (file, first) = again(&with_state(&["B", "C"]), &Lock::default());
    assert_eq!((file.as_str(), stands(&first)), ("b", 0));
    let (file, second) = again(&with_state(&["A", "B", "C"]), &first);
    assert_eq!((file.as_str(), stands(&second)), ("b", 1));
    let (file, third) = again(&with_state(&["A", "B", "C"]), &second);
    assert_eq!((file.as_str(), &third), ("b", &second));
    let (file, _) = again(&with_state(&["A", "B", "C"]), &Lock::default());
    assert_eq!(file, "a");
}

#[test]
fn other_names_stay_in_the_file_of_a_request_that_keeps_its_name() {
    let of = |ids: [&str; 2]| {
        let one = |(path, id): (&str, &str)| get(path).id(id).query_part("state", texts(["up", "down"]));
        let [a, b] = ids;
        let api = build().component("State", object([member("x", string())]));
        api.operation(one(("/a", a))).operation(one(("/b", b))).api()
    };
    let (before, after) = (of(["listA", "listB"]), of(["readA", "readB"]));
    let file = |names: &Names, api: &Api| {
        let state = |id: &&TypeId| id.0.as_str().contains("~1b/");
        let id = api.types.keys().find(state).unwrap();
        (names.types[id].ident.clone(), names.types[id].module.clone())
    };
    assert_eq!(file(&names(&before), &before), ("ListBState".to_owned(), "list_b".to_owned()));
    let (names, _) = held(&before, &after, &Pins::default());
    assert_eq!(file(&names, &after), ("ListBState".to_owned(), "list_b".to_owned()));
}
