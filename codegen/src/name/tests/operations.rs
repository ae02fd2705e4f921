//! Operations, their parameters, and the tree of resources.

use super::*;
use crate::ir::Location;

/// `method Request CONSTANT` of every operation, by pointer.
fn operations(api: &Api) -> Vec<String> {
    let names = names(api);
    names.operations.values().map(|name| format!("{} {} {}", name.method, name.request, name.constant)).collect()
}

#[test]
fn operations_by_their_id_or_by_method_and_path() {
    let table = [
        (get("/a").id("GetSessions"), "get_sessions GetSessions GET_SESSIONS"),
        (
            post("/a").id("post-sessions-session_id-summary"),
            "post_sessions_session_id_summary PostSessionsSessionIdSummary POST_SESSIONS_SESSION_ID_SUMMARY",
        ),
        (get("/pets/{id}"), "get_pets_by_id GetPetsById GET_PETS_BY_ID"),
        (get("/Pets('{Id}')/to_Owner"), "get_pets_by_id_to_owner GetPetsByIdToOwner GET_PETS_BY_ID_TO_OWNER"),
        (get("/Pets(Id='{Id}',kind={k})"), "get_pets_by_id_k GetPetsByIdK GET_PETS_BY_ID_K"),
        (get("/pets/all()"), "get_pets_all GetPetsAll GET_PETS_ALL"),
        (get("/"), "get_root GetRoot GET_ROOT"),
        (get("/a").id(""), "empty Empty EMPTY"),
        (get("/a").id("clone"), "get_clone GetClone GET_CLONE"),
        (get("/a").id("request"), "get_request GetRequest GET_REQUEST"),
        (get("/a").id("security"), "security Security SECURITY_OPERATION"),
        (get("/a").id("type"), "r#type Type TYPE"),
        (get("/a").id("client"), "client ClientRequest CLIENT_REQUEST"),
        (get("/a").id("2fa"), "n2fa N2fa N2FA"),
    ];
    for (operation, expected) in table {
        assert_eq!(operations(&build().operation(operation).api()), [expected]);
    }
}

#[test]
fn what_paths_begin_with_is_said_only_where_it_tells_something_apart() {
    let api = build()
        .operation(get("/api/v1/pets"))
        .operation(get("/api/v1/owners/{id}"))
        .operation(get("/api/v2/owners/{id}"))
        .api();
    assert_eq!(
        operations(&api),
        [
            "get_api_v1_owners_by_id GetApiV1OwnersById GET_API_V1_OWNERS_BY_ID",
            "get_pets GetPets GET_PETS",
            "get_api_v2_owners_by_id GetApiV2OwnersById GET_API_V2_OWNERS_BY_ID",
        ]
    );
}

#[test]
fn methods_leave_out_what_their_resource_says_in_the_plural() {
    let methods = |tag: &str, ids: &[&str]| {
        let tagged = |build: Build, id: &&str| build.operation(get(&format!("/{id}")).id(id).tag(tag));
        let names = names(&ids.iter().fold(build(), tagged).api());
        let mut methods: Vec<_> = names.operations.into_values().map(|name| name.method).collect();
        methods.sort();
        methods.join(" ")
    };
    assert_eq!(methods("Letters", &["letters_list", "letter_create"]), "create list");
    assert_eq!(methods("Return Letters", &["returnLetterUpdate"]), "update");
    assert_eq!(methods("Letters", &["letters_list", "letter_list"]), "letter_list letters_list");
    assert_eq!(methods("Searches", &["searchUsers"]), "search_users");
}

#[test]
fn operations_that_have_the_same_words() {
    let api = build().operation(get("/a").id("getPet")).operation(get("/b").id("GetPet")).api();
    assert_eq!(
        operations(&api),
        ["get_pet_camel GetPetCamel GET_PET_CAMEL", "get_pet_pascal GetPetPascal GET_PET_PASCAL"]
    );
    let api = build().operation(get("/a").id("x")).operation(post("/a").id("x")).api();
    assert_eq!(operations(&api), ["get_x GetX GET_X", "post_x PostX POST_X"]);
    let api = build().operation(get("/pets")).operation(get("/pets/")).api();
    assert_eq!(operations(&api).len(), 2);
}

#[test]
fn what_a_framework_appends_is_said_only_where_it_tells_something_apart() {
    let api = build()
        .operation(get("/users/").id("list_users__get").tag("users"))
        .operation(get("/items/").id("list_items__get").tag("items"))
        .operation(get("/items/{id}").id("read_item_items__id__get").tag("items"))
        .operation(get("/a").id("ping_a_get"))
        .operation(get("/b").id("ping_b_get"))
        .api();
    assert_eq!(
        operations(&api),
        [
            "ping_a_get PingAGet PING_A_GET",
            "ping_b_get PingBGet PING_B_GET",
            "list ItemsList ITEMS_LIST",
            "read_item ReadItem READ_ITEM",
            "list UsersList USERS_LIST",
        ]
    );
}

#[test]
fn an_id_that_was_made_for_another_method_names_nothing() {
    let api = build()
        .operation(get("/a").id("ping_a_get").tag("pings"))
        .operation(post("/a").id("ping_a_get").tag("pings"))
        .api();
    assert_eq!(operations(&api), ["ping Ping PING", "post_a PostA POST_A"]);
}

#[test]
fn controllers_are_not_said() {
    let api = build()
        .operation(get("/pets").id("PetsController_findAll").tag("pets"))
        .operation(get("/owners").id("OwnersController_findAll").tag("owners"))
        .operation(get("/owners/pets").id("PetsController_ofOwners").tag("owners"))
        .operation(get("/").id("AppController_getHello"))
        .operation(get("/files/{*}"))
        .api();
    assert_eq!(
        operations(&api),
        [
            "app_get_hello AppGetHello APP_GET_HELLO",
            "get_files_by_star GetFilesByStar GET_FILES_BY_STAR",
            "find_all OwnersFindAll OWNERS_FIND_ALL",
            "pets_of_owners PetsOfOwners PETS_OF_OWNERS",
            "find_all PetsFindAll PETS_FIND_ALL",
        ]
    );
}

#[test]
fn requests_give_way_to_types_and_resources() {
    let api = build()
        .component("GetSessions", object([]))
        .operation(get("/a").id("getSessions").tag("Sessions"))
        .operation(get("/b").id("sessions").tag("Sessions"))
        .api();
    assert_eq!(
        operations(&api),
        ["get_sessions SessionsGetSessions SESSIONS_GET_SESSIONS", "sessions SessionsSessions SESSIONS_SESSIONS"]
    );
}

#[test]
fn resources_come_from_the_first_tag() {
    let api = build()
        .component("Pets", alias(list_of(string())))
        .operation(get("/a").id("a").tag("Pets").tag("Other"))
        .operation(get("/b").id("b").tag("pets"))
        .operation(get("/c").id("c"))
        .operation(get("/d").id("d").tag("builder"))
        .operation(get("/e").id("e").tag("type"))
        .operation(get("/f").id("f").tag("Caf\u{e9} & Co"))
        .api();
    let names = names(&api);
    insta::assert_snapshot!(tree(&names.resources), @r"
    builder_resource Builder builder.rs [builder] 1
    cafe_co CafeCo cafe_co.rs [Café & Co] 1
    pets PetsResource pets.rs [Pets] 2
    r#type Type type_.rs [type] 1
    ");
    assert_eq!(names.root_operations.len(), 1);
}

#[test]
fn tags_that_stand_below_others_make_a_tree() {
    let tags = ["users", "user keys", "tokens", "a", "b", "deep9"];
    let operations = tags.iter().map(|tag| get(&format!("/{}", tag.replace(' ', "-"))).tag(tag));
    let mut api = operations.fold(build(), |api, operation| api.operation(operation)).api();
    let parents = [("user keys", "users"), ("tokens", "user keys"), ("a", "b"), ("b", "a")];
    api.tag_parents = parents.map(|(tag, parent)| (tag.to_owned(), parent.to_owned())).into();
    api.tag_parents.extend((1..=9).map(|depth| (format!("deep{depth}"), format!("deep{}", depth - 1))));
    let shown = tree(&names(&api).resources);
    insta::assert_snapshot!(shown, @r"
    a AResource a.rs [-] 0
      b AB b.rs [b] 1
    b BResource b.rs [-] 0
      a BA a.rs [a] 1
    deep2 Deep2 deep2.rs [-] 0
      deep3 Deep3 deep3.rs [-] 0
        deep4 Deep4 deep4.rs [-] 0
          deep5 Deep5 deep5.rs [-] 0
            deep6 Deep6 deep6.rs [-] 0
              deep7 Deep7 deep7.rs [-] 0
                deep8 Deep8 deep8.rs [-] 0
                  deep9 Deep9 deep9.rs [deep9] 1
    users Users users.rs [users] 1
      user_keys UserKeys user_keys.rs [user keys] 1
        tokens Tokens tokens.rs [tokens] 1
    ");
    let pins = Pins { resources: [("user keys".to_owned(), "keys".to_owned())].into(), ..Pins::default() };
    let chosen = super::super::pins::choose(&api, &analyze(&api), &pins, &mut Diagnostics::default());
    assert_eq!(chosen.resources["tokens"], ["keys", "tokens"]);
}

#[test]
fn accessors_give_way_to_operations() {
    let api = build().operation(get("/a").id("pets")).operation(get("/b").id("b").tag("pets")).api();
    assert_eq!(tree(&names(&api).resources), "pets_resource Pets pets.rs [pets] 1");
    assert_eq!(operations(&api), ["pets PetsRequest PETS_REQUEST", "b B B"]);
}

#[test]
fn a_request_beside_the_schemas_that_it_could_be_called_by_is_a_call() {
    let of = |name: &str| named(&component_id(name));
    let api = build().component("Copies", texts(["a"])).component("CopiesRequest", texts(["b"]));
    let api = api.operation(get("/a").id("copies").query("a", of("Copies")).query("b", of("CopiesRequest")));
    assert_eq!(operations(&api.api()), ["copies CopiesCall COPIES_CALL"]);
}

#[test]
fn parameters() {
    let operation = get("/{id}/{x-y}")
        .id("a")
        .parameter(Location::Path, "id", string())
        .parameter(Location::Path, "x-y", string())
        .parameter(Location::Query, "id", string())
        .parameter(Location::Header, "id", string())
        .parameter(Location::Header, "X-Request-ID", string())
        .query("send", string())
        .query("pages", string())
        .query("items", string())
        .query("clone", string())
        .query("body", string())
        .query("type", string())
        .query("self", string())
        .query("page[size]", number())
        .query("filter", string())
        .parameter(Location::Header, "filter", string());
    let names = names(&build().operation(operation).api());
    let named = names.parameters.iter().map(|((_, location, wire), ident)| format!("{location:?} {wire}: {ident}"));
    insta::assert_snapshot!(named.collect::<Vec<_>>().join("\n"), @r"
    Path id: id
    Path x-y: x_y
    Query body: query_body
    Query clone: query_clone
    Query filter: query_filter
    Query id: query_id
    Query items: query_items
    Query page[size]: page_size
    Query pages: query_pages
    Query self: self_
    Query send: query_send
    Query type: r#type
    Header X-Request-ID: x_request_id
    Header filter: header_filter
    Header id: header_id
    ");
}

#[test]
fn methods_do_not_say_their_resource_again() {
    let method = |tag: &str, ids: &[&str]| {
        let operation = |(at, id): (usize, &&str)| get(&format!("/{at}")).id(id).tag(tag);
        let build = ids.iter().enumerate().map(operation).fold(build(), |build, operation| build.operation(operation));
        names(&build.api()).operations.into_values().map(|name| format!("{} {}", name.method, name.request)).collect()
    };
    let table: [(&str, &[&str], &[&str]); 8] = [
        (
            "projects",
            &["fcm.projects.messages.send", "fcm.projects.get"],
            &["messages_send FcmProjectsMessagesSend", "get FcmProjectsGet"],
        ),
        // Nothing is left, or nothing says that a word is the resource.
        (
            "projects",
            &["fcm.projects", "fcm_projects_list"],
            &["fcm_projects FcmProjects", "fcm_projects_list FcmProjectsList"],
        ),
        ("gists", &["gists/list", "gists/get-comment"], &["list GistsList", "get_comment GistsGetComment"]),
        ("Droplet Actions", &["dropletActions_post"], &["post DropletActionsPost"]),
        // What is called so in full keeps its name, and what has nothing left has all of it.
        ("gists", &["gists/list", "list", "gists"], &["gists_list GistsList", "list List", "gists GistsGists"]),
        ("gists", &["gists/list", "gists_list"], &["slash_list GistsSlashList", "list GistsList"]),
        // No keyword, no number, and no method that all have.
        ("a", &["a_move", "a_2fa", "a_clone"], &["a_move AMove", "a_2fa A2fa", "a_clone AClone"]),
        ("gist", &["gists_list"], &["gists_list GistsList"]),
    ];
    for (tag, ids, expected) in table {
        let named: Vec<String> = method(tag, ids);
        assert_eq!(named, expected, "{tag} {ids:?}");
    }
}

#[test]
fn a_version_before_the_resource_is_not_said_either() {
    let api = build()
        .operation(get("/v1/msg").id("v1.message.list").tag("Message"))
        .operation(get("/v1/a").id("v1.message-attempt.list").tag("Message Attempt"))
        .operation(get("/v1/b").id("v1.message-attempt.get").tag("Message Attempt"))
        .operation(get("/v2/b").id("v2.message-attempt.get").tag("Message Attempt"))
        .operation(get("/b").id("via_message_list").tag("Message"))
        .api();
    let names = names(&api);
    let methods: Vec<&str> = names.operations.values().map(|name| name.method.as_str()).collect();
    assert_eq!(methods, ["via_message_list", "list", "v1_message_attempt_get", "list", "v2_message_attempt_get"]);
}

#[test]
fn a_locked_method_stays_and_changes_no_other_name() {
    let body = || object([member("x", string())]);
    let api = |ids: [&str; 2]| {
        let [first, second] = ids;
        build()
            .operation(get("/a").id(first).tag("gists").error_part("404", body()))
            .operation(get("/b").id(second).tag("gists").error_part("404", body()))
            .api()
    };
    let before = api(["gists_list", "gists_find"]);
    let lock = crate::name::Lock::of(&before, &crate::analyze::analyze(&before), &names(&before));
    let after = api(["gists_list", "gists_search"]);
    let mut said = crate::diag::Diagnostics::default();
    let facts = crate::analyze::analyze(&after);
    let held = crate::name::name_with(&after, &facts, &Pins::default(), &lock, &mut said);
    let methods: Vec<&str> = held.operations.values().map(|name| name.method.as_str()).collect();
    assert_eq!(methods, ["list", "find"]);
    let natural = names(&after);
    let request = |names: &Names| names.operations.values().next().map(|name| name.request.clone());
    assert_eq!(request(&held), request(&natural));
}

#[test]
fn the_query_in_a_path_names_what_it_alone_tells_apart() {
    let api = build().operation(get("/pets?q={query}")).operation(get("/cats")).operation(get("/cats?old=true")).api();
    let names = operations(&api);
    let expected = [
        "get_cats GetCats GET_CATS",
        "get_cats_old_true GetCatsOldTrue GET_CATS_OLD_TRUE",
        "get_pets GetPets GET_PETS",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_version_in_front_is_said_where_it_tells_something_apart() {
    let api = build()
        .operation(post("/v1/a").id("v1_list_a"))
        .operation(get("/v1/b").id("v1.message.list").tag("Message"))
        .operation(get("/v1/c").id("v1.attempt.get"))
        .operation(get("/v2/c").id("v2.attempt.get"))
        .operation(get("/v1/d").id("v1_d"))
        .operation(get("/v1/e").id("find_e_v1_e_get"))
        .api();
    assert_eq!(
        operations(&api),
        [
            "list_a ListA LIST_A",
            "list MessageList MESSAGE_LIST",
            "v1_attempt_get V1AttemptGet V1_ATTEMPT_GET",
            "v1_d V1D V1_D",
            "find_e FindE FIND_E",
            "v2_attempt_get V2AttemptGet V2_ATTEMPT_GET",
        ]
    );
}

#[test]
fn the_name_of_the_api_before_the_resource_is_not_said_either() {
    let methods = |title: &str| {
        let mut api = build()
            .operation(get("/a").id("acme-d1-list-databases").tag("D1"))
            .operation(get("/b").id("acme-d1-get-database").tag("D1"))
            .operation(get("/c").id("acme-images-list").tag("Acme Images"))
            .api();
        title.clone_into(&mut api.info.title);
        let names = names(&api);
        names.operations.values().map(|name| name.method.clone()).collect::<Vec<_>>()
    };
    assert_eq!(methods("Acme API"), ["list_databases", "get_database", "list"]);
    assert_eq!(methods("API"), ["acme_d1_list_databases", "acme_d1_get_database", "list"]);
}
