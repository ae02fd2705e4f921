//! What OpenAPI 3.1 and 3.2 have and 3.0 has not, in a generated client.

use clientwright_tests::server::{self, Server};
use golden_newest::resources::pets::WatchPetEvent;
use golden_newest::types::{
    FindPetsBody, HomeRoom, Kind, Pet, PetLabel, PetTrace, PetWeight, Position, SearchPetsSearch, Shape,
};
use golden_newest::{Client, ErrorKind};
use serde_json::json;

fn pet(members: serde_json::Value) -> Pet {
    let mut pet = json!({"id": "p"});
    pet.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    let read: Pet = serde_json::from_value(pet.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), pet);
    read
}

#[test]
fn tuples_have_a_field_an_item_and_other_lists_what_their_items_may_be() {
    let trace = json!([["2026-01-02T03:04:05Z", [4.9, 52.4]]]);
    let read = pet(json!({"position": [1.5, 2], "label": ["a", 7, "cat"], "trace": trace}));
    assert_eq!(read.position, Some(Position(1.5, 2.0)));
    let [PetTrace(at, Position(east, north))] = read.trace.as_deref().unwrap() else { panic!() };
    assert_eq!((at.to_string().as_str(), *east, *north), ("2026-01-02T03:04:05Z", 4.9, 52.4));
    // A tuple that would leave an item over fits less well.
    let weight = |value| pet(json!({ "weight": value })).weight.unwrap();
    assert!(matches!(weight(json!([3, "kg"])), PetWeight::Branch1(_)));
    assert!(matches!(weight(json!([3, "kg", "net"])), PetWeight::Branch2(_)));
    for (position, message) in [
        (json!([1.5]), "position: expected 2 items, found 1 item"),
        (json!([1.5, "x"]), "position[1]: expected a number, found a string"),
    ] {
        let error = serde_json::from_value::<Pet>(json!({"id": "p", "position": position})).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
    // A text is one of the listed values, or another one.
    let label = read.label.unwrap();
    let [PetLabel::Kind(a), PetLabel::Integer(7), PetLabel::Kind(Kind::Cat)] = label.as_slice() else { panic!() };
    assert_eq!(a.as_str(), "a");
}

#[test]
fn references_lead_to_names_and_identifiers() {
    let read = pet(json!({
        "parents": {"name": "a", "branches": [{"name": "b", "branches": []}]},
        "home": {"rooms": [{"name": "hall"}], "next": {"rooms": []}},
    }));
    assert_eq!(read.parents.unwrap().branches.unwrap()[0].name.as_deref(), Some("b"));
    let home = read.home.unwrap();
    let rooms: Vec<HomeRoom> = home.rooms.unwrap();
    assert_eq!(rooms[0].name, "hall");
    assert_eq!(home.next.unwrap().rooms, Some(Vec::new()));
    assert_eq!(Kind::Cat.as_str(), "cat");
}

#[test]
fn what_has_no_known_tag_is_the_default_branch() {
    let shape = |value| pet(json!({ "shape": value })).shape.unwrap();
    assert!(matches!(shape(json!({"kind": "circle", "radius": 2})), Shape::Circle(_)));
    for value in [json!({"sides": 3}), json!({"kind": "square", "sides": 4}), json!({"kind": "Other"})] {
        assert!(matches!(shape(value.clone()), Shape::Other(_)), "{value}");
    }
}

#[tokio::test]
async fn methods_are_those_of_the_description() {
    let server = Server::start(|request, before| match before {
        0 => server::json(503, "{}"),
        _ if request.method.as_str() == "QUERY" => server::json(200, r#"[{"id": "p"}]"#),
        _ => server::json(204, ""),
    })
    .await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    // It is safe, and so it is sent again.
    let names = vec!["Rex".to_owned()];
    assert_eq!(client.pets().find_pets(&FindPetsBody::new(names)).send().await.unwrap().len(), 1);
    client.pets().copy_pet("a b", "c").near(&Position(4.9, -1.0)).send().await.unwrap();
    client.pets().m_search_pets_by_id("p").send().await.unwrap();
    let sent = server.requests().into_iter().map(|request| (request.method.to_string(), request.path));
    let sent: Vec<_> = sent.collect();
    let expected = [("QUERY", "/pets"), ("QUERY", "/pets"), ("COPY", "/pets/a%20b"), ("M-SEARCH", "/pets/p")];
    assert_eq!(sent, expected.map(|(method, path)| (method.to_owned(), path.to_owned())));
    assert_eq!(&server.requests()[0].body[..], br#"{"names":["Rex"]}"#);
    assert_eq!(server.requests()[2].query.as_deref(), Some("to=c&near=4.9,-1"));
    // Another method that may do something is not.
    let failing = Server::start(|_, _| server::json(503, "{}")).await;
    let client = Client::builder().base_url(failing.url()).build().unwrap();
    client.pets().copy_pet("a", "b").send().await.unwrap_err();
    assert_eq!(failing.requests().len(), 1);
}

#[tokio::test]
async fn a_query_as_a_whole_is_a_form() {
    let server = Server::start(|_, _| server::json(200, r#"["Rex"]"#)).await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let search = SearchPetsSearch::new("a b&c").kinds(vec!["cat".to_owned(), "dog".to_owned()]);
    assert_eq!(client.pets().search_pets(&search).send().await.unwrap(), ["Rex"]);
    assert_eq!(server.requests()[0].query.as_deref(), Some("word=a%20b%26c&kinds=cat&kinds=dog"));
}

#[tokio::test]
async fn events_are_told_apart_by_their_names() {
    let text = "id: 1\nevent: moved\ndata: [4.9, 52.4]\n\nevent: weighed\ndata: {\"grams\": 7}\n\nevent: sound\ndata: woof\n\n\
                event: slept\ndata: well\n\nevent: weighed\ndata: {}\n\ndata: [DONE]\n\nevent: sound\ndata: miaow\n\n";
    let server = Server::start(move |_, _| {
        server::with_headers(server::json(200, text), &[("content-type", "text/event-stream")])
    })
    .await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let mut stream = client.pets().watch_pet("p").send().await.unwrap();
    let moved = stream.try_next().await.unwrap().unwrap();
    assert_eq!((moved.id.as_deref(), moved.event.as_deref()), (Some("1"), Some("moved")));
    assert_eq!(moved.data, WatchPetEvent::Moved(Position(4.9, 52.4)));
    let WatchPetEvent::Weighed(weighed) = stream.try_next().await.unwrap().unwrap().data else { panic!() };
    assert_eq!(weighed.grams, 7);
    let next = stream.try_next().await.unwrap().unwrap();
    assert_eq!(next.data, WatchPetEvent::Sound("woof".to_owned()));
    // What the description doesn't have is there as it came.
    let next = stream.try_next().await.unwrap().unwrap();
    assert_eq!((next.event.as_deref(), next.data), (Some("slept"), WatchPetEvent::Unlisted("well".to_owned())));
    let error = stream.try_next().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("grams: the required member is missing"), "{error}");
    assert!(stream.try_next().await.unwrap().is_none());
}
