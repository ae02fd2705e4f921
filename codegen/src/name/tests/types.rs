//! The ladder of types, and the modules that they stand in.

use super::*;
use crate::analyze::walk;
use crate::ir::{JsonKind, Origin, SecurityKind, TypeRef};
use crate::pointer::Pointer;

#[test]
fn parts_are_named_after_what_they_stand_in() {
    let session = component_id("Session");
    let (meta, rooms, kind) = (part(&session, "meta"), part(&session, "breakout_rooms"), part(&session, "kind"));
    let members =
        [member("meta", named(&meta)), member("breakout_rooms", list_of(named(&rooms))), member("kind", named(&kind))];
    let inner = part(&rooms, "owner");
    let api = build()
        .component("Session", object(members))
        .part(&session, "meta", object([member("x", string())]))
        .part(&session, "breakout_rooms", object([member("owner", named(&inner))]))
        .part(&rooms, "owner", object([member("id", string())]))
        .part(&session, "kind", union([(JsonKind::String, string()), (JsonKind::Number, number())]))
        .api();
    let names = names(&api);
    assert_eq!(type_name(&names, &meta), "session::SessionMeta");
    assert_eq!(type_name(&names, &rooms), "session::SessionBreakoutRoom");
    assert_eq!(type_name(&names, &inner), "session::SessionBreakoutRoomOwner");
    assert_eq!(type_name(&names, &kind), "session::SessionKind");
    let variants: Vec<_> = names.variants.values().map(String::as_str).collect();
    assert_eq!(variants, ["String", "Number"]);
}

#[test]
fn a_component_keeps_its_name_before_a_part() {
    let session = component_id("Session");
    let meta = part(&session, "meta");
    let api = build()
        .component("Session", object([member("meta", named(&meta))]))
        .component("SessionMeta", object([]))
        .part(&session, "meta", object([member("x", string())]))
        .api();
    let names = names(&api);
    assert_eq!(type_name(&names, &component_id("SessionMeta")), "session_meta::SessionMeta");
    assert_eq!(type_name(&names, &meta), "session::SessionMetaModel");
}

#[test]
fn one_and_many_of_the_same_word_in_one_struct() {
    let a = component_id("A");
    let (one, many) = (part(&a, "room"), part(&a, "rooms"));
    let api = build()
        .component("A", object([member("room", named(&one)), member("rooms", list_of(named(&many)))]))
        .part(&a, "room", object([member("x", string())]))
        .part(&a, "rooms", object([member("y", string())]))
        .api();
    let names = names(&api);
    assert_eq!([type_name(&names, &one), type_name(&names, &many)], ["a::ARoom", "a::ARooms"]);
}

#[test]
fn a_component_that_says_whose_body_it_is_is_called_so() {
    let api = build()
        .operation(post("/items/{id}").id("add_item_items__id__post"))
        .operation(post("/login").id("login"))
        .component("Body_add_item_items__id__post", object([member("x", string())]))
        .component("Body_login", object([member("y", string())]))
        .component("Body_of_water", object([]))
        .api();
    let names = names(&api);
    assert_eq!(
        ["Body_add_item_items__id__post", "Body_login", "Body_of_water"].map(|id| type_name(&names, &component_id(id))),
        ["add_item_body::AddItemBody", "login_body::LoginBody", "body_of_water::BodyOfWater"]
    );
}

#[test]
fn what_operations_send_and_answer() {
    let operation = get("/sessions").id("GetSessions").tag("Sessions");
    let answer = operation.response_id("200");
    let data = part(&answer, "data");
    let missing = operation.response_id("404");
    let api = build()
        .operation(
            operation
                .query_part("status", texts(["LIVE"]))
                .body_part(object([member("b", string())]))
                .answer_part(object([member("data", named(&data))]))
                .error_part("404", object([member("e", string())])),
        )
        .part(&answer, "data", object([member("x", string())]))
        .api();
    let names = names(&api);
    assert_eq!(type_name(&names, &answer), "get_sessions::GetSessionsResponse");
    assert_eq!(type_name(&names, &data), "get_sessions::GetSessionsResponseData");
    assert_eq!(type_name(&names, &missing), "get_sessions::GetSessions404Error");
    let mut idents: Vec<_> = names.types.values().map(|name| name.ident.as_str()).collect();
    idents.sort_unstable();
    assert_eq!(
        idents,
        [
            "GetSessions404Error",
            "GetSessionsBody",
            "GetSessionsResponse",
            "GetSessionsResponseData",
            "GetSessionsStatus"
        ]
    );
    assert_eq!(names.error_accessors.values().collect::<Vec<_>>(), ["get_sessions_404_error"]);
}

#[test]
fn merged_types_have_their_short_name_where_it_is_free() {
    let api = |third: bool, other: bool| {
        let mut build = build();
        let mut add = |component: &str, wire: &str| {
            let (id, inner) = (component_id(component), part(&component_id(component), "jitter_delay"));
            let built = std::mem::replace(&mut build, super::build());
            build = built.component(component, object([member("jitter_delay", named(&inner))])).part(
                &id,
                "jitter_delay",
                object([member(wire, string())]),
            );
        };
        add("A", "x");
        add("B", "x");
        if other {
            add("C", "y");
            add("D", "y");
        }
        if third { build.component("JitterDelay", object([])) } else { build }.api()
    };
    let part_of = |component: &str| part(&component_id(component), "jitter_delay");
    let alone = names(&api(false, false));
    assert_eq!(type_name(&alone, &part_of("A")), "a::JitterDelay");
    assert_eq!(type_name(&alone, &part_of("B")), "a::JitterDelay");
    assert_eq!(alone.members.get(&(part_of("A"), "x".to_owned())), alone.members.get(&(part_of("B"), "x".to_owned())),);
    // A component of the name, or another group that wants it: the next rung.
    assert_eq!(type_name(&names(&api(true, false)), &part_of("A")), "a::AJitterDelay");
    let two = names(&api(false, true));
    assert_eq!(
        ["A", "B", "C", "D"].map(|component| type_name(&two, &part_of(component))),
        ["a::AJitterDelay", "b::BJitterDelay", "c::CJitterDelay", "d::DJitterDelay"]
    );
}

#[test]
fn merged_types_are_not_called_by_what_says_nothing_of_them() {
    for (member_name, expected) in [("data", ["A2Data", "B2Data"]), ("dataCenter", ["DataCenter"; 2])] {
        let parts = ["A2", "B2"].map(|component| part(&component_id(component), member_name));
        let build = ["A2", "B2"].iter().zip(&parts).fold(build(), |build, (component, inner)| {
            let owner = object([member(member_name, named(inner))]);
            build.component(component, owner).part(
                &component_id(component),
                member_name,
                object([member("x", string())]),
            )
        });
        let names = names(&build.api());
        assert_eq!(parts.map(|id| super::held::ident(&names, &id).to_owned()), expected);
    }
}

#[test]
fn a_merged_union_may_be_called_by_its_branches() {
    let with = |second: &str, third: TypeRef| {
        let mut build = build().component("Owner", object([member("x", string())]));
        for (component, ty) in [("A", string()), ("B", string()), ("C", third)] {
            let inner = part(&component_id(component), "owner");
            let held = union([(JsonKind::Object, named(&component_id("Owner"))), (JsonKind::String, ty)]);
            build = build.component(component, object([member("owner", named(&inner))]));
            build = build.part(&component_id(component), "owner", held);
        }
        let api = build.component(second, object([])).api();
        let names = names(&api);
        ["A", "B", "C"].map(|component| type_name(&names, &part(&component_id(component), "owner")))
    };
    let shared = "a::OwnerOrString";
    assert_eq!(with("D", string()), [shared; 3]);
    assert_eq!(with("D", number()), [shared, shared, "c::COwner"]);
    // What has the name keeps it, and what has branches without one is called by its place.
    assert_eq!(with("OwnerOrString", string()), ["a::AOwner", "b::BOwner", "c::COwner"]);
    assert_eq!(with("D", list_of(string())), [shared, shared, "c::COwner"]);
}

#[test]
fn shared_enums_of_one_value_are_called_by_that() {
    let holder = |name: &str| object([member("type", named(&part(&component_id(name), "type")))]);
    let values =
        [("A", "pet"), ("B", "pet"), ("C", "owner_type"), ("D", "owner_type"), ("E", "9"), ("F", "9"), ("G", "visit")];
    let api = values.iter().fold(build().component("OwnerType", object([])), |build, (name, value)| {
        build.component(name, holder(name)).part(&component_id(name), "type", texts([*value]))
    });
    let names = names(&api.api());
    let named = values.map(|(name, _)| type_name(&names, &part(&component_id(name), "type")));
    let pet = "a::PetType";
    assert_eq!(named, [pet, pet, "c::CType", "d::DType", "e::EType", "f::FType", "g::GType"]);

    let id = |name: &str| TypeId(Pointer::root().child("components").child("parameters").child(name).child("schema"));
    let shared = |build: Build, name: &str, value: &str| {
        build.add(id(name), Origin::Parameter { operation: None, name: "include".to_owned() }, texts([value]))
    };
    let given = [("A", "users"), ("B", "users"), ("C", "pets"), ("D", "pets")];
    let api = given.iter().fold(build(), |build, (name, value)| shared(build, name, value)).api();
    assert_eq!(type_name(&super::names(&api), &id("A")), "a::A");
}

#[test]
fn shared_bodies_of_errors() {
    let envelope = || object([member("message", string())]);
    let api = build()
        .operation(get("/a").id("a").error_part("404", envelope()))
        .operation(get("/b").id("b").error_part("4XX", envelope()))
        .api();
    let names = names(&api);
    assert!(names.types.values().all(|name| name.ident == "ErrorBody"), "{:?}", names.types);
    assert_eq!(names.error_accessors.values().collect::<Vec<_>>(), ["error_body"]);
}

#[test]
fn what_most_operations_answer_in_errors_is_the_error() {
    // Of two shapes, the first is that of so many operations.
    for (first, expected) in [(5, ["ErrorBody", "SX404Error"]), (4, ["FU404Error", "SX404Error"])] {
        let operation = |of: &str, at: usize, wire: &str| {
            let name = format!("{of}_{}", ["x", "y", "z", "u", "v"][at]);
            get(&format!("/{name}")).id(&name).error_part("404", object([member(wire, string())]))
        };
        let build = (0..first).fold(build(), |build, at| build.operation(operation("f", at, "message")));
        let api = (0..2).fold(build, |build, at| build.operation(operation("s", at, "reason"))).api();
        let names = names(&api);
        let named: std::collections::BTreeSet<_> = names.types.values().map(|name| name.ident.as_str()).collect();
        assert_eq!(named.into_iter().collect::<Vec<_>>(), expected);
    }
}

#[test]
fn components_other_than_schemas_and_types_without_a_parent() {
    let response = Pointer::root().child("components").child("responses").child("NotFound");
    let parameter = TypeId(Pointer::root().child("components").child("parameters").child("Sort").child("schema"));
    let id = TypeId(response.child("content"));
    let lost = TypeId(Pointer::root().child("x").child("lost"));
    let origin = Origin::Part { parent: component_id("Gone"), part: crate::ir::Part::Item };
    let api = build()
        .add(id.clone(), Origin::Response { operation: response, status: "404".to_owned() }, object([]))
        .add(parameter.clone(), Origin::Parameter { operation: None, name: "sort".to_owned() }, texts(["a"]))
        .add(lost.clone(), origin, object([]))
        .api();
    let names = names(&api);
    assert_eq!(type_name(&names, &id), "not_found_response::NotFoundResponse");
    assert_eq!(type_name(&names, &parameter), "sort::Sort");
    assert_eq!(type_name(&names, &lost), "x_lost::XLost");
}

#[test]
fn items_and_values_of_named_lists() {
    let list = component_id("Rooms");
    let api = build()
        .component("Rooms", alias(list_of(named(&item(&list)))))
        .item(&list, object([member("x", TypeRef::Any)]))
        .api();
    assert_eq!(type_name(&names(&api), &item(&list)), "rooms::RoomsItem");
}

#[test]
fn long_names_make_short_files() {
    let long = "VeryLong".repeat(40);
    let api = build().component(&long, object([])).component(&format!("{long}x"), object([])).api();
    let names = names(&api);
    let modules: Vec<&str> = names.types.values().map(|name| name.module.as_str()).collect();
    assert!(modules.iter().all(|module| module.len() <= 97), "{modules:?}");
    assert!(modules.first() != modules.last());
}

#[test]
fn schemes_have_setters() {
    let header = |name: &str| SecurityKind::Header(name.to_owned());
    let api = build()
        .scheme("api_token", SecurityKind::Bearer)
        .scheme("api-email", header("x-auth-email"))
        .scheme("env", header("x-env"))
        .scheme("bearer_token", header("x-odd"))
        .scheme("login", SecurityKind::Basic)
        .api();
    let setters: Vec<_> = names(&api).schemes.into_iter().map(|(name, setter)| format!("{name} {setter}")).collect();
    assert_eq!(
        setters,
        [
            "api-email api_email",
            "api_token bearer_token",
            "bearer_token bearer_token_credential",
            "env env_credential",
            "login basic"
        ]
    );
    let two = build().scheme("one", SecurityKind::Bearer).scheme("two", SecurityKind::Bearer).api();
    assert_eq!(names(&two).schemes.into_values().collect::<Vec<_>>(), ["one", "two"]);
    let pin = ("#/components/securitySchemes/two".to_owned(), "bearer_token".to_owned());
    let (named, lines) = names_with(&two, &Pins { members: [pin].into(), ..Pins::default() });
    assert_eq!(lines, [] as [&str; 0]);
    assert_eq!(named.schemes.into_values().collect::<Vec<_>>(), ["one", "bearer_token"]);
}

#[test]
fn accessors_of_errors_give_way_to_what_errors_have() {
    let api = build()
        .component("Status", object([]))
        .component("ErrorEnvelope", object([]))
        .operation(
            get("/a").error("4XX", named(&component_id("Status"))).error("5XX", named(&component_id("ErrorEnvelope"))),
        )
        .api();
    assert_eq!(names(&api).error_accessors.into_values().collect::<Vec<_>>(), ["error_envelope", "status_body"]);
}

#[test]
fn shared_parameters_of_one_name_are_told_apart_by_their_components() {
    let id = |name: &str| TypeId(Pointer::root().child("components").child("parameters").child(name).child("schema"));
    let origin = || Origin::Parameter { operation: None, name: "status".to_owned() };
    let api = build().add(id("status"), origin(), texts(["a"])).add(id("run-status"), origin(), texts(["b"])).api();
    let names = names(&api);
    assert_eq!(type_name(&names, &id("status")), "status::Status");
    assert_eq!(type_name(&names, &id("run-status")), "run_status::RunStatus");
}

#[test]
fn what_the_service_sends_is_called_after_the_webhook() {
    let object = |wire: &str| object([member(wire, string())]);
    let operation = post("/subscriptions").id("subscribe");
    let asked = Pointer::root().child("paths").child("/subscriptions").child("post");
    let api = build()
        .component("PingWebhook", object("a"))
        .webhook("newPet", "POST", None, object("b"))
        .webhook("order.made", "POST", None, object("i"))
        .webhook("order-made", "POST", None, object("j"))
        .webhook("order-made", "PUT", None, object("k"))
        .webhook("ping", "POST", None, object("c"))
        .webhook("pet.webhook", "POST", None, object("d"))
        .webhook("pet.webhook", "PUT", None, object("e"))
        .webhook("onEvent", "POST", Some((&asked, "{$request.body#/url}")), object("f"))
        .webhook("onEvent", "POST", Some((&asked, "{$request.query.other}")), object("g"))
        .webhook("payment-callback", "POST", Some((&asked, "{$url}")), object("h"))
        .operation(operation)
        .api();
    let names = names(&api);
    let webhooks: Vec<_> =
        api.webhooks.iter().filter_map(|webhook| walk::named(&webhook.ty)).map(|id| type_name(&names, id)).collect();
    let expected = [
        "subscribe::SubscribeOnEventRequestBodyUrlCallback",
        "subscribe::SubscribeOnEventRequestQueryOtherCallback",
        "subscribe::SubscribePaymentCallback",
        "new_pet_webhook::NewPetWebhook",
        "order_dash_made_webhook::OrderDashMadeWebhook",
        "order_made_put_webhook::OrderMadePutWebhook",
        "order_dot_made_webhook::OrderDotMadeWebhook",
        "pet_post_webhook::PetPostWebhook",
        "pet_put_webhook::PetPutWebhook",
        "ping_post_webhook::PingPostWebhook",
    ];
    assert_eq!(webhooks, expected);
}

#[test]
fn parameters_of_a_path_are_called_by_its_end() {
    let item = |path: &str| Pointer::root().child("paths").child(path);
    let id = |path: &str| TypeId(item(path).child("parameters").item(0).child("schema"));
    let origin = |path: &str| Origin::Parameter { operation: Some(item(path)), name: "status".to_owned() };
    let paths = ["/v1/pets/{id}/visits/{visit}", "/v1/owners/{id}/notes", "/v1/pets/{id}/notes", "/v1/{id}"];
    let api = paths.iter().fold(build(), |build, path| build.add(id(path), origin(path), texts(["a", path])));
    let names = names(&api.api());
    let named = paths.map(|path| type_name(&names, &id(path)));
    let expected = [
        "visits_status::VisitsStatus",
        "owners_notes_status::OwnersNotesStatus",
        "pets_notes_status::PetsNotesStatus",
        "status::Status",
    ];
    assert_eq!(named, expected);
}

#[test]
fn what_stands_in_a_component_is_called_by_the_whole_way() {
    let named = |component: &str, way: &str| {
        let id = part(&component_id(component), "x");
        let origin = Origin::Component(format!("{component}.{way}"));
        type_name(&names(&build().add(id.clone(), origin, texts(["a"])).api()), &id)
            .split_once("::")
            .unwrap()
            .1
            .to_owned()
    };
    assert_eq!(named("orders.update-422", "details.item.issue"), "OrdersUpdate422DetailsItemIssue");
    assert_eq!(named("io.k8s.api.core.v1.Pod", "spec.kind"), "CoreV1PodSpecKind");
}

#[test]
fn what_an_operation_defines_is_called_after_it_in_its_own_words() {
    let operation = || get("/users/").id("list_users__get").tag("users");
    let place = build().operation(operation()).api().operations.remove(0).pointer;
    let id = TypeId(place.child("responses").child("200").child("$defs").child("Usage"));
    let origin = || Origin::Component("list_users__get.Usage".to_owned());
    let built = || build().operation(operation()).add(id.clone(), origin(), object([]));
    assert_eq!(type_name(&names(&built().api()), &id), "list_usage::ListUsage");
    // The description's own names are not taken away.
    let names = names(&built().component("ListUsage", object([])).api());
    assert_eq!(type_name(&names, &component_id("ListUsage")), "list_usage::ListUsage");
    assert_eq!(type_name(&names, &id), "list_users_get_usage::ListUsersGetUsage");
}
