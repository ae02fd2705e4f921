//! What is written out where a component is meant, and unions of the same components.

use super::held::{held, ident};
use super::*;
use crate::ir::{JsonKind, Origin, Told, TypeKind, Union};
use crate::pointer::Pointer;

const MORE: [&str; 5] = ["id", "title", "done", "created", "updated"];

fn todo(more: &[&str]) -> TypeKind {
    object(MORE.iter().chain(more).map(|wire| member(wire, string())))
}

/// A component, and an operation that answers what is written out; that one's place.
fn answered(component: Option<TypeKind>, answer: TypeKind) -> (Api, TypeId) {
    let list = get("/todos").id("listTodos");
    let place = list.response_id("200");
    let build = component.into_iter().fold(build(), |build, kind| build.component("Todo", kind));
    (build.operation(list.answer_part(answer)).api(), place)
}

#[test]
fn what_is_written_out_is_the_component() {
    let (api, place) = answered(Some(todo(&[])), todo(&[]));
    let names = names(&api);
    assert_eq!([type_name(&names, &place), type_name(&names, &component_id("Todo"))], ["todo::Todo"; 2]);
}

#[test]
fn what_becomes_a_component_keeps_its_name_as_another_one() {
    let (before, place) = answered(Some(todo(&["owner"])), todo(&[]));
    let (after, _) = answered(Some(todo(&[])), todo(&[]));
    let (names, said) = held(&before, &after, &Pins::default());
    let named = [&place, &component_id("Todo")].map(|id| type_name(&names, id));
    assert_eq!(named, ["list_todos::ListTodosResponse", "todo::Todo"]);
    assert!(said.iter().all(|line| line.starts_with("M0005: `#/paths/")), "{said:?}");
}

#[test]
fn what_is_the_component_no_more_takes_no_name_of_it() {
    // By pointer, the place comes before the component.
    let owner = component_id("Account");
    let place = part(&owner, "todo");
    let api = |more: &[&str]| {
        let build = build().component("Account", object([member("todo", named(&place))]));
        build.part(&owner, "todo", todo(more)).component("Todo", todo(&[])).api()
    };
    let (names, said) = held(&api(&[]), &api(&["owner"]), &Pins::default());
    assert_eq!([ident(&names, &place), ident(&names, &component_id("Todo"))], ["AccountTodo", "Todo"]);
    assert_eq!(said, [] as [&str; 0]);
}

#[test]
fn a_component_that_comes_to_what_is_written_out_has_its_own_name() {
    let (before, place) = answered(None, todo(&[]));
    let (after, _) = answered(Some(todo(&[])), todo(&[]));
    let (names, _) = held(&before, &after, &Pins::default());
    assert_eq!([ident(&names, &place), ident(&names, &component_id("Todo"))], ["ListTodosResponse", "Todo"]);
}

#[test]
fn a_chosen_name_of_a_place_is_another_name_of_the_component() {
    let (api, place) = answered(Some(todo(&[])), todo(&[]));
    for (chosen, expected) in [("Row", "Row"), ("Todo", "Todo")] {
        let pins = Pins { types: [(place.0.to_string(), chosen.to_owned())].into(), ..Pins::default() };
        let (names, said) = names_with(&api, &pins);
        assert_eq!(said, [] as [&str; 0]);
        assert_eq!([ident(&names, &place), ident(&names, &component_id("Todo"))], [expected, "Todo"]);
    }
}

/// One of these components, each told by what it is called.
fn one_of(components: &[&str]) -> TypeKind {
    let branches = components.iter().map(|component| {
        let values = vec![crate::ir::Tag::Text((*component).to_owned())];
        branch(Pointer::root(), Told::Tagged { member: "kind".to_owned(), values }, named(&component_id(component)))
    });
    TypeKind::Union(Union { branches: branches.collect() })
}

/// Operations that send and answer one of some components, and the places of these.
fn choices(sent: &[&str], answered: &[&str]) -> (Api, [TypeId; 2]) {
    let build = ["Cat", "Dog", "Fox", "Owl"].iter().fold(build(), |build, name| {
        build.component(name, object([member("kind", string()), member(&name.to_lowercase(), string())]))
    });
    let add = post("/pets").id("addPet");
    let body = TypeId(Pointer::root().child("paths").child("/pets").child("post").child("requestBody").child("schema"));
    let answer = add.response_id("200");
    let api = build.operation(add.body_part(one_of(sent)).answer_part(one_of(answered))).api();
    assert!(api.types.get(&body).is_some_and(|def| matches!(def.origin, Origin::RequestBody { .. })));
    (api, [body, answer])
}

#[test]
fn what_is_one_of_a_few_components_is_called_by_them() {
    let (api, places) = choices(&["Cat", "Dog"], &["Dog", "Cat"]);
    let names = names(&api);
    assert_eq!(places.map(|id| type_name(&names, &id)), ["add_pet::CatOrDog"; 2]);
}

#[test]
fn what_is_one_of_many_has_a_name_for_each_place() {
    let all = ["Cat", "Dog", "Fox", "Owl"];
    let (api, places) = choices(&all, &all);
    assert_eq!(analyze(&api).same.len(), 1);
    let names = names(&api);
    assert_eq!(places.map(|id| type_name(&names, &id)), ["add_pet::AddPetBody", "add_pet::AddPetResponse"]);
}

#[test]
fn what_is_one_now_keeps_the_name_of_each_place() {
    let (before, places) = choices(&["Cat", "Dog"], &["Cat", "Dog", "Fox"]);
    let (after, _) = choices(&["Cat", "Dog"], &["Cat", "Dog"]);
    let (names, _) = held(&before, &after, &Pins::default());
    assert_eq!(places.map(|id| ident(&names, &id).to_owned()), ["AddPetBody", "AddPetResponse"]);
}

#[test]
fn what_parts_keeps_its_name() {
    let (before, places) = choices(&["Cat", "Dog"], &["Cat", "Dog"]);
    let (after, _) = choices(&["Cat", "Dog"], &["Cat", "Dog", "Fox"]);
    let (names, _) = held(&before, &after, &Pins::default());
    assert_eq!(places.map(|id| ident(&names, &id).to_owned()), ["CatOrDog", "AddPetResponse"]);
}

#[test]
fn other_signs_are_another_union() {
    let (mut api, [_, answer]) = choices(&["Cat", "Dog"], &["Cat", "Dog"]);
    if let Some(TypeKind::Union(union)) = api.types.get_mut(&answer).map(|def| &mut def.kind) {
        union.branches[0].told = Told::Kind(JsonKind::Object);
    }
    assert!(analyze(&api).same.is_empty());
}
