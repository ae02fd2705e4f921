//! What was renamed in the description is offered the name that it had.

use super::held::{held, ident};
use super::*;
use crate::ir::TypeKind;

#[test]
fn what_was_renamed_is_offered_its_old_name() {
    let shape = || object([member("name", string()), member("size", number())]);
    let before = build().component("Old", shape()).api();
    let (_, said) = held(&before, &build().component("Fresh", shape()).api(), &Pins::default());
    assert_eq!(said, ["M0006: `Old` is gone, and `Fresh` has its shape"]);
    // Two of one shape could both be meant.
    let (_, said) =
        held(&before, &build().component("Fresh", shape()).component("Newer", shape()).api(), &Pins::default());
    assert_eq!(said, [] as [&str; 0]);
    let pins = Pins { types: [("Fresh".to_owned(), "Old".to_owned())].into(), ..Pins::default() };
    let (names, said) = held(&before, &build().component("Fresh", shape()).api(), &pins);
    assert_eq!((ident(&names, &component_id("Fresh")), said), ("Old", Vec::new()));
}

fn animal() -> TypeKind {
    object([member("name", string()), member("age", number())])
}

#[test]
fn what_became_a_component_is_offered_the_name_that_it_had_by_its_place() {
    let before = build().operation(get("/a").id("getAnimal").answer_part(animal())).api();
    let now = named(&component_id("Animal"));
    let after = || build().operation(get("/a").id("getAnimal").answer(now.clone()));
    let offered = ["M0006: `GetAnimalResponse` is gone, and `Animal` stands in its place"];
    assert_eq!(held(&before, &after().component("Animal", animal()).api(), &Pins::default()).1, offered);
    // With a member more it is still the same; with others it is not.
    let grown = object([member("name", string()), member("age", number()), member("home", string())]);
    assert_eq!(held(&before, &after().component("Animal", grown).api(), &Pins::default()).1, offered);
    let other = object([member("name", string()), member("x", number()), member("y", string())]);
    assert_eq!(held(&before, &after().component("Animal", other).api(), &Pins::default()).1, [] as [&str; 0]);
}

#[test]
fn bodies_errors_and_members_are_offered_theirs_too() {
    let (body, error, inner) = (component_id("Wanted"), component_id("Failure"), component_id("Home"));
    let pet = component_id("Pet");
    let home = || object([member("city", string())]);
    let failure = || object([member("code", number())]);
    let before = build()
        .component("Pet", object([member("home", named(&part(&pet, "home")))]))
        .part(&pet, "home", home())
        .operation(post("/a").id("add").body_part(animal()).error_part("404", failure()))
        .api();
    let after = build()
        .component("Pet", object([member("home", named(&inner))]))
        .component("Home", home())
        .component("Wanted", animal())
        .component("Failure", failure())
        .operation(post("/a").id("add").body(named(&body)).error("404", named(&error)))
        .api();
    let (_, said) = held(&before, &after, &Pins::default());
    assert_eq!(
        said,
        [
            "M0006: `Add404Error` is gone, and `Failure` stands in its place",
            "M0006: `PetHome` is gone, and `Home` stands in its place",
            "M0006: `AddBody` is gone, and `Wanted` stands in its place",
        ]
    );
}

#[test]
fn nothing_is_offered_where_several_could_be_meant() {
    let operations = [get("/a").id("getA").answer_part(animal()), get("/b").id("getB").answer_part(animal())];
    let before = operations.into_iter().fold(build(), |api, operation| api.operation(operation)).api();
    let now = || named(&component_id("Animal"));
    let after = build().operation(get("/a").id("getA").answer(now())).operation(get("/b").id("getB").answer(now()));
    let (_, said) = held(&before, &after.component("Animal", animal()).api(), &Pins::default());
    assert_eq!(said, [] as [&str; 0]);
}

#[test]
fn a_component_that_was_renamed_is_offered_one_name() {
    let before = build().component("Old", animal()).operation(get("/a").id("getAnimal").answer_part(animal())).api();
    let after =
        build().component("Fresh", animal()).operation(get("/a").id("getAnimal").answer(named(&component_id("Fresh"))));
    let (_, said) = held(&before, &after.api(), &Pins::default());
    assert_eq!(said, ["M0006: `Old` is gone, and `Fresh` has its shape"]);
}

#[test]
fn a_name_that_something_else_has_now_is_not_offered() {
    let before = build().operation(get("/a").id("getAnimal").answer_part(animal())).api();
    let after = build()
        .operation(get("/a").id("getAnimal").answer(named(&component_id("Animal"))))
        .component("Animal", animal())
        .component("GetAnimalResponse", object([member("z", string())]));
    assert_eq!(held(&before, &after.api(), &Pins::default()).1, [] as [&str; 0]);
}
