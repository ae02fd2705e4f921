use super::*;
use clientwright::analyze::Facts;
use clientwright::ir::{Answer as Body, Api, Docs, Info, Method, Operation as ApiOperation, TypeId};
use clientwright::name::{Names, OperationName, TypeName};

fn model() -> Model {
    let root = Pointer::root();
    let operation = |path: &str, id: Option<&str>| ApiOperation {
        pointer: root.child("paths").child(path).child("get"),
        id: id.map(str::to_owned),
        method: Method::Get,
        path: path.to_owned(),
        template: path.to_owned(),
        query: Vec::new(),
        server: None,
        tags: Vec::new(),
        docs: Docs::default(),
        deprecated: false,
        parameters: Vec::new(),
        body: None,
        success: Body::Empty,
        stream: None,
        headers: Vec::new(),
        errors: Vec::new(),
        responses: Vec::new(),
        has_links: false,
        next_link: None,
        security: Vec::new(),
    };
    let operations = vec![operation("/sessions", Some("GetSessions")), operation("/ping", None)];
    let pointer = |index: usize| operations[index].pointer.clone();
    let name = |method: &str| OperationName {
        method: method.to_owned(),
        request: String::new(),
        constant: String::new(),
        answer: None,
        event: None,
    };
    let resource = |method: &str, children, operations| Resource {
        method: method.to_owned(),
        ident: String::new(),
        module: method.to_owned(),
        tag: None,
        children,
        operations,
    };
    let sessions = resource("sessions", Vec::new(), vec![pointer(0)]);
    let session = TypeId(root.child("components").child("schemas").child("Session"));
    let names = Names {
        operations: [(pointer(0), name("get_sessions")), (pointer(1), name("ping"))].into(),
        resources: vec![resource("realtime_kit", vec![sessions], Vec::new())],
        root_operations: vec![pointer(1)],
        types: [(session, TypeName { ident: "Session".to_owned(), module: "session".to_owned() })].into(),
        ..Names::default()
    };
    let api = Api {
        info: Info { title: String::new(), version: String::new(), description: None, license: None },
        server: None,
        base_path: None,
        servers: Vec::new(),
        variables: BTreeMap::new(),
        security_schemes: BTreeMap::new(),
        types: BTreeMap::new(),
        operations,
        webhooks: Vec::new(),
        tags: BTreeMap::new(),
        tag_parents: BTreeMap::new(),
    };
    let settings = Config::new("a.yaml", "client").settings("");
    Model { api, facts: Facts::default(), names, settings }
}

#[test]
fn everything_is_listed_with_its_rust_name() {
    insta::assert_snapshot!(Listing::of(&model()).text(), @"
    client.realtime_kit().sessions().get_sessions  GET /sessions  GetSessions
    client.ping                                    GET /ping  -

    types::session::Session  #/components/schemas/Session
    ");
}

#[test]
fn the_filter_looks_at_every_name() {
    let count = |filter: &str| {
        let listing = Listing::of(&model()).filtered(Some(filter));
        (listing.operations.len(), listing.types.len())
    };
    assert_eq!(count("session"), (1, 1));
    assert_eq!(count("GETSESSIONS"), (1, 0));
    assert_eq!(count("get /p"), (1, 0));
    assert_eq!(count("realtime_kit()"), (1, 0));
    assert_eq!(count("#/components"), (0, 1));
    assert_eq!(count("nothing"), (0, 0));
}

#[test]
fn programs_get_the_same() {
    let json = Listing::of(&model()).json();
    assert_eq!(json["operations"][0]["rust"], "client.realtime_kit().sessions().get_sessions");
    assert_eq!(json["types"][0]["pointer"], "#/components/schemas/Session");
}
