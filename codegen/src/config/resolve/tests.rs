use std::path::Path;

use super::*;
use crate::ir::testing::branch;
use crate::ir::{
    Answer, Docs, Enum, Info, JsonKind, Location, Member, Method, Noted, Operation, Parameter, Primitive, SecurityKind,
    SecurityScheme, Struct, Style, Told, TypeId, TypeRef, Union,
};
use crate::pointer::Pointer;
use crate::source::Sources;

fn api() -> Api {
    let root = Pointer::root();
    let operation = Operation {
        pointer: root.child("paths").child("/pets").child("get"),
        id: Some("listPets".to_owned()),
        method: Method::Get,
        path: "/pets".to_owned(),
        template: "/pets".to_owned(),
        query: Vec::new(),
        server: None,
        tags: vec!["Pets".to_owned()],
        docs: Docs::default(),
        deprecated: false,
        parameters: vec![Parameter {
            pointer: root.child("paths").child("/pets").child("get").child("parameters").item(0),
            wire: "limit".to_owned(),
            location: Location::Query,
            required: false,
            preset: None,
            ty: TypeRef::Primitive(Primitive::I64),
            style: Style::usual(Location::Query),
            docs: Docs::default(),
            notes: Noted::default(),
            deprecated: false,
        }],
        body: None,
        success: Answer::Empty,
        stream: None,
        headers: Vec::new(),
        errors: Vec::new(),
        responses: Vec::new(),
        has_links: false,
        next_link: None,
        security: Vec::new(),
    };
    let ty = |name: &str, kind: TypeKind| {
        let id = TypeId(root.child("components").child("schemas").child(name));
        let origin = Origin::Component(name.to_owned());
        (id.clone(), TypeDef { id, origin, kind, docs: Docs::default(), notes: Noted::default(), deprecated: false })
    };
    let shape = |name: &str, wire: &str| {
        let pointer = root.child("components").child("schemas").child(name).child("properties").child(wire);
        let member = Member {
            pointer,
            wire: wire.to_owned(),
            ty: TypeRef::Primitive(Primitive::String),
            required: true,
            excused: false,
            nullable: false,
            docs: Docs::default(),
            notes: Noted::default(),
            deprecated: false,
            access: crate::ir::Access::Both,
            preset: None,
        };
        ty(name, TypeKind::Struct(Struct { members: vec![member], additional: None }))
    };
    let first = root.child("components").child("schemas").child("Id").child("oneOf").item(0);
    let branch = branch(first, Told::Kind(JsonKind::String), TypeRef::Primitive(Primitive::String));
    let scheme = SecurityScheme {
        pointer: root.child("components").child("securitySchemes").child("api_token"),
        kind: SecurityKind::Bearer,
        is_oauth: false,
        token_url: None,
        docs: Docs::default(),
    };
    Api {
        info: Info { title: "Pets".to_owned(), version: "1".to_owned(), description: None, license: None },
        server: None,
        base_path: None,
        servers: Vec::new(),
        variables: BTreeMap::new(),
        security_schemes: BTreeMap::from([("api_token".to_owned(), scheme)]),
        types: BTreeMap::from([
            shape("Pet.v1", "tagName"),
            shape("Pet", "v2.x"),
            shape("Pet.v2", "x"),
            ty(
                "Status",
                TypeKind::Enum(Enum {
                    takes_others: false,
                    names: BTreeMap::new(),
                    kind: JsonKind::String,
                    values: vec!["LIVE".to_owned()],
                    words: BTreeMap::new(),
                }),
            ),
            ty("Id", TypeKind::Union(Union { branches: vec![branch] })),
        ]),
        webhooks: Vec::new(),
        operations: vec![operation],
        tags: BTreeMap::from([("Pets".to_owned(), Docs::default())]),
        tag_parents: BTreeMap::new(),
    }
}

fn resolved(rest: &str) -> (Resolved, String) {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let text = format!("spec = \"api.yaml\"\nout = \"client\"\n{rest}");
    let config = Config::parse(Path::new("c.toml"), text, None, &mut sources, &mut diagnostics).unwrap();
    let resolved = resolve(&config, &api(), &mut diagnostics);
    (resolved, diagnostics.iter().map(|found| diag::text::render(found, &sources)).collect())
}

#[test]
fn keys_stand_for_what_they_name() {
    for key in ["listPets", "GET /pets", "#/paths/~1pets/get"] {
        let (resolved, errors) = resolved(&format!("[names.operations]\n\"{key}\" = \"list\"\n"));
        assert_eq!(errors, "", "{key}");
        assert_eq!(resolved.operations.keys().collect::<Vec<_>>(), ["GET /pets"]);
    }
    let tag = "#/components/schemas/Pet.v1/properties/tagName";
    let live = "#/components/schemas/Status/enum/LIVE";
    let first = "#/components/schemas/Id/oneOf/0";
    let limit = "#/paths/~1pets/get/parameters/0";
    for (key, name, pointer) in [
        ("Pet.v1.tagName", "tag", tag),
        (tag, "tag", tag),
        ("Status.LIVE", "OnAir", live),
        (live, "OnAir", live),
        (first, "Text", first),
        (limit, "most", limit),
    ] {
        let (resolved, errors) = resolved(&format!("[names.members]\n\"{key}\" = \"{name}\"\n"));
        assert_eq!(errors, "", "{key}");
        let named: Vec<_> = resolved.members.iter().map(|(key, set)| (key.as_str(), set.value.as_str())).collect();
        assert_eq!(named, [(pointer, name)]);
    }
    let (resolved, errors) = resolved(
        "[names.types]\n\"Pet.v1\" = \"Pet\"\n[resources]\nPets = \"pets\"\n[env.schemes]\napi_token = \"T\"\n",
    );
    assert_eq!(errors, "");
    assert_eq!((resolved.types.len(), resolved.resources.len()), (1, 1));
}

#[test]
fn settings_that_match_nothing_are_refused() {
    let (_, errors) = resolved(
        "[resources]\npets = \"pets\"\n[names]\noperations.listPet = \"a\"\noperations.\"POST /x/y/z\" = \"b\"\ntypes.Owner = \"Owner\"\nmembers.\"Pet.v1.tagname\" = \"tag\"\n[env.schemes]\ntoken = \"T\"\n",
    );
    insta::assert_snapshot!(errors, @"
    error[C0201]: the description has no operation with the first tag `pets`
      --> c.toml:4:1: matches nothing
      = help: did you mean `Pets`?
    error[C0205]: the description has no security scheme `token`
      --> c.toml:11:1: matches nothing
      = help: there are `api_token`
    error[C0204]: the description has no member `Pet.v1.tagname`
      --> c.toml:9:9: matches nothing
      = help: did you mean `Pet.v1.tagName`?
    error[C0202]: the description has no operation `POST /x/y/z`
      --> c.toml:7:12: matches nothing
      = help: there are `GET /pets`, `listPets`
    error[C0202]: the description has no operation `listPet`
      --> c.toml:6:12: matches nothing
      = help: did you mean `listPets`?
    error[C0203]: the description has no type `Owner`
      --> c.toml:8:7: matches nothing
      = help: there are `Id`, `Pet`, `Pet.v1`, `Pet.v2`, `Status`
    ");
}

#[test]
fn bodies_that_are_not_there_are_refused() {
    let (_, errors) = resolved("[bodies]\nlistPets = \"text/csv\"\nlistPet = \"text/csv\"\n");
    insta::assert_snapshot!(errors, @"
    error[C0202]: the description has no operation `listPet`
      --> c.toml:5:1: matches nothing
      = help: did you mean `listPets`?
    error[C0111]: `GET /pets` has no body of the media type `text/csv`
      --> c.toml:4:12
      = help: it has no body: remove the setting
    ");
}

#[test]
fn streams_that_are_not_there_are_refused() {
    let (_, errors) = resolved("[streams]\nlistPets = { item = \"Pets\" }\nlistPet = {}\n");
    insta::assert_snapshot!(errors, @"
    error[C0202]: the description has no operation `listPet`
      --> c.toml:5:1: matches nothing
      = help: did you mean `listPets`?
    error[C0215]: the description has no schema `Pets`
      --> c.toml:4:21: matches nothing
    ");
}

#[test]
fn two_names_for_one_thing_are_refused() {
    let (resolved, errors) = resolved("[names.operations]\nlistPets = \"list\"\n\"GET /pets\" = \"all\"\n");
    insta::assert_snapshot!(errors, @"
    error[C0209]: two settings name the same operation
      --> c.toml:4:1
      --> c.toml:5:1: the other one
    ");
    assert_eq!(resolved.operations.len(), 1);
}

#[test]
fn a_key_that_stands_for_several_things_is_refused() {
    let (_, errors) = resolved("[names.members]\n\"Pet.v2.x\" = \"x\"\n");
    insta::assert_snapshot!(errors, @"
    error[C0210]: there is more than one member `Pet.v2.x`
      --> c.toml:4:1
      = help: name the one that is meant by its pointer
    ");
}

#[test]
fn variants_and_members_have_forms_of_their_own() {
    let (_, errors) = resolved("[names.members]\n\"Status.LIVE\" = \"on_air\"\n\"Pet.v1.tagName\" = \"Tag\"\n");
    insta::assert_snapshot!(errors, @"
    error[C0104]: `Tag` is not a name that can be used here
      --> c.toml:5:20
      = help: this becomes a member or an argument: write it in `snake_case`
    error[C0104]: `on_air` is not a name that can be used here
      --> c.toml:4:17
      = help: this becomes a variant: write it in `UpperCamelCase`
    ");
}
