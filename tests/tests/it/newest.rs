//! What OpenAPI 3.1 and 3.2 have and 3.0 has not, in a generated client.

use golden_newest::types::{HomeRoom, Kind, Pet, PetLabel, Shape};
use serde_json::json;

fn pet(members: serde_json::Value) -> Pet {
    let mut pet = json!({"id": "p"});
    pet.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    let read: Pet = serde_json::from_value(pet.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), pet);
    read
}

#[test]
fn tuples_are_lists_of_what_their_items_may_be() {
    let read = pet(json!({"position": [1.5, 2], "label": ["a", 7, "cat"]}));
    assert_eq!(read.position, Some(vec![1.5, 2.0]));
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
