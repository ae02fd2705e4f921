//! Names that people chose.

use std::collections::BTreeMap;

use super::*;

fn map<const N: usize>(entries: [(&str, &str); N]) -> BTreeMap<String, String> {
    entries.into_iter().map(|(key, name)| (key.to_owned(), name.to_owned())).collect()
}

fn pets() -> Api {
    let pet = component_id("Pet");
    let kind = part(&pet, "kind");
    build()
        .component("Pet", object([member("kind", named(&kind)), member("name", string())]))
        .part(&pet, "kind", texts(["cat", "dog"]))
        .component("Animal", object([]))
        .operation(get("/pets").id("listPets").tag("Pet store").query("limit", number()))
        .operation(post("/pets").tag("Pet store"))
        .scheme("auth", crate::ir::SecurityKind::Bearer)
        .api()
}

#[test]
fn everything_can_be_pinned() {
    let pins = Pins {
        types: map([("Pet", "Beast"), ("Animal", "Pet")]),
        members: map([
            ("#/m/name", "type"),
            ("#/components/schemas/Pet/properties/kind/enum/cat", "Feline"),
            ("#/paths/~1pets/get/parameters/0", "at_most"),
            ("#/components/securitySchemes/auth", "token"),
        ]),
        operations: map([("listPets", "list"), ("POST /pets", "create")]),
        resources: map([("Pet store", "stores.pets")]),
    };
    let (names, lines) = names_with(&pets(), &pins);
    assert_eq!(lines, [] as [&str; 0]);
    assert_eq!(type_name(&names, &component_id("Pet")), "beast::Beast");
    assert_eq!(type_name(&names, &component_id("Animal")), "pet::Pet");
    assert_eq!(type_name(&names, &part(&component_id("Pet"), "kind")), "beast::BeastKind");
    assert_eq!(names.members.values().collect::<Vec<_>>(), ["kind", "r#type"]);
    assert_eq!(names.variants.values().collect::<Vec<_>>(), ["Feline", "Dog"]);
    assert_eq!(names.parameters.values().collect::<Vec<_>>(), ["at_most"]);
    let operations: Vec<_> =
        names.operations.values().map(|name| format!("{} {}", name.method, name.request)).collect();
    assert_eq!(operations, ["list List", "create Create"]);
    assert_eq!(names.schemes.values().collect::<Vec<_>>(), ["token"]);
    insta::assert_snapshot!(tree(&names.resources), @r"
    stores Stores stores.rs [-] 0
      pets Pets pets.rs [Pet store] 2
    ");
}

#[test]
fn the_same_method_in_two_resources() {
    let api = build()
        .operation(get("/a").id("a").tag("A").answer_part(object([member("x", string())])))
        .operation(get("/b").id("b").tag("B").answer_part(object([member("y", string())])))
        .api();
    let pins = Pins { operations: map([("a", "list"), ("b", "list")]), ..Pins::default() };
    let (names, lines) = names_with(&api, &pins);
    assert_eq!(lines, [] as [&str; 0]);
    let operations: Vec<_> =
        names.operations.values().map(|name| format!("{} {}", name.method, name.request)).collect();
    assert_eq!(operations, ["list AList", "list BList"]);
    assert_eq!(
        names.types.values().map(|name| name.ident.as_str()).collect::<Vec<_>>(),
        ["AListResponse", "BListResponse"]
    );
}

#[test]
fn a_pin_that_matches_nothing() {
    let pins = Pins {
        types: map([("Pets", "Beast")]),
        members: map([("#/m/nme", "x")]),
        operations: map([("listpets", "list"), ("GET /other/thing", "x")]),
        resources: map([("pet store", "stores")]),
    };
    let (_, lines) = names_with(&pets(), &pins);
    insta::assert_snapshot!(lines.join("\n"), @r##"
    M0002: `"Pets" = "Beast"` below `[names.types]` belongs to nothing in this description (did you mean `Pet`?)
    M0002: `"#/m/nme" = "x"` below `[names.members]` belongs to nothing in this description (did you mean `#/m/name`?)
    M0002: `"GET /other/thing" = "x"` below `[names.operations]` belongs to nothing in this description (remove the line, or correct its key)
    M0002: `"listpets" = "list"` below `[names.operations]` belongs to nothing in this description (did you mean `listPets`?)
    M0002: `"pet store" = "stores"` below `[names.resources]` belongs to nothing in this description (did you mean `Pet store`?)
    "##);
}

#[test]
fn a_pin_that_can_not_be_a_name() {
    let bad = ["", "_", "self", "crate", "1a", "a b", "é", "r#type", "int; fn f(){}", "a-b"];
    for name in bad {
        let pins = Pins { members: map([("#/m/name", name)]), ..Pins::default() };
        let (names, lines) = names_with(&pets(), &pins);
        assert!(lines.len() == 1 && lines.iter().all(|line| line.starts_with("M0003")), "{name}: {lines:?}");
        assert!(names.members.values().all(|ident| syn::parse_str::<syn::Ident>(ident).is_ok()));
    }
    for path in ["", "a..b", "A", "a.B", "../x", "a.b.c.d.e.f.g.h.i", "self"] {
        let pins = Pins { resources: map([("Pet store", path)]), ..Pins::default() };
        let (_, lines) = names_with(&pets(), &pins);
        assert!(lines.len() == 1 && lines.iter().all(|line| line.starts_with("M0003")), "{path}: {lines:?}");
    }
    for (pins, taken) in [
        (Pins { types: map([("Pet", "Client")]), ..Pins::default() }, "Client"),
        (Pins { members: map([("#/paths/~1pets/get/parameters/0", "send")]), ..Pins::default() }, "send"),
    ] {
        let (_, lines) = names_with(&pets(), &pins);
        assert!(lines.len() == 1 && lines.iter().all(|line| line.starts_with("M0003")), "{taken}: {lines:?}");
    }
}

#[test]
fn pins_that_clash() {
    let cases = [
        Pins { types: map([("Pet", "A"), ("Animal", "A")]), ..Pins::default() },
        Pins { types: map([("Pet", "A"), ("#/components/schemas/Pet", "B")]), ..Pins::default() },
        Pins { operations: map([("listPets", "a"), ("POST /pets", "a")]), ..Pins::default() },
        Pins { operations: map([("listPets", "clone")]), ..Pins::default() },
    ];
    for pins in cases {
        let (_, lines) = names_with(&pets(), &pins);
        assert!(lines.len() == 1 && lines.iter().all(|line| line.starts_with("M0004")), "{lines:?}");
    }
}

#[test]
fn a_pin_moves_what_wanted_its_name() {
    let pins = Pins { types: map([("Animal", "PetKind")]), ..Pins::default() };
    let (names, lines) = names_with(&pets(), &pins);
    assert_eq!(lines, [] as [&str; 0]);
    assert_eq!(type_name(&names, &part(&component_id("Pet"), "kind")), "pet::PetKindModel");
}
