//! Nothing moves when something is added that wants no name of the others, and no order matters.

use super::*;
use crate::ir::TypeKind;

fn base() -> Build {
    let (session, other) = (component_id("Session"), component_id("other_session"));
    let operation = get("/sessions").id("GetSessions").tag("Sessions");
    let answer = operation.response_id("200");
    build()
        .component(
            "Session",
            object([
                member("fooBar", string()),
                member("foo-bar", string()),
                member("delay", named(&part(&session, "delay"))),
                member("error", named(&part(&session, "error"))),
            ]),
        )
        .component("session", object([member("x", string())]))
        .component("other_session", object([member("delay", named(&part(&other, "delay")))]))
        .component("Error", object([member("x", number())]))
        .part(&session, "delay", object([member("mean", number())]))
        .part(&session, "error", texts(["ID", "Id", ""]))
        .part(&other, "delay", object([member("mean", number())]))
        .operation(
            operation.query("page", number()).answer_part(object([member("data", named(&part(&answer, "data")))])),
        )
        .part(&answer, "data", object([member("x", string())]))
        .operation(post("/sessions").tag("sessions"))
}

/// Every name as a line.
fn lines(names: &Names) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(names.types.iter().map(|(id, name)| format!("{id:?} {name:?}")));
    lines.extend(names.members.iter().map(|(key, name)| format!("{key:?} {name}")));
    lines.extend(names.variants.iter().map(|(key, name)| format!("{key:?} {name}")));
    lines.extend(names.operations.iter().map(|(key, name)| format!("{key:?} {name:?}")));
    lines.extend(names.parameters.iter().map(|(key, name)| format!("{key:?} {name}")));
    lines.extend(tree(&names.resources).lines().map(str::to_owned));
    lines
}

#[test]
fn what_is_added_moves_nothing_else() {
    let before = lines(&names(&base().api()));
    let id = component_id("Added");
    let added = [
        base().component("Added", object([member("mean", number())])).api(),
        base().component("Added", object([member("delay", string())])).api(),
        base().component("Added", object([member("y", named(&part(&id, "y")))])).part(&id, "y", texts(["a"])).api(),
        base().operation(get("/added").id("added").tag("Added").query("page", number())).api(),
        base().operation(get("/added").id("added")).api(),
        base().component("Option", object([])).api(),
    ];
    for api in added {
        let after = lines(&names(&api));
        let lost: Vec<_> = before.iter().filter(|line| !after.contains(line)).collect();
        assert!(lost.is_empty(), "{lost:#?}");
    }
    let mut api = base().api();
    if let Some(TypeKind::Struct(session)) = api.types.get_mut(&component_id("Session")).map(|def| &mut def.kind) {
        session.members.insert(0, member("added", string()));
    }
    let after = lines(&names(&api));
    let lost: Vec<_> = before.iter().filter(|line| !after.contains(line)).collect();
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn no_order_matters() {
    let before = lines(&names(&base().api()));
    let mut api = base().api();
    api.operations.reverse();
    for def in api.types.values_mut() {
        match &mut def.kind {
            TypeKind::Struct(object) => object.members.reverse(),
            TypeKind::Enum(texts) => texts.values.reverse(),
            TypeKind::Union(union) => union.branches.reverse(),
            TypeKind::Tuple(_) | TypeKind::Alias(_) => {}
        }
    }
    assert_eq!(before, lines(&names(&api)));
}

#[test]
fn names_as_they_are() {
    insta::assert_snapshot!(lines(&names(&base().api())).join("\n"), @r##"
    #/components/schemas/Error TypeName { ident: "ErrorModel", module: "error_model" }
    #/components/schemas/Session TypeName { ident: "Session", module: "session" }
    #/components/schemas/Session/properties/delay TypeName { ident: "Delay", module: "session" }
    #/components/schemas/Session/properties/error TypeName { ident: "SessionError", module: "session" }
    #/components/schemas/other_session TypeName { ident: "OtherSession", module: "other_session" }
    #/components/schemas/other_session/properties/delay TypeName { ident: "Delay", module: "session" }
    #/components/schemas/session TypeName { ident: "SessionLower", module: "session_lower" }
    #/paths/~1sessions/get/responses/200/schema TypeName { ident: "GetSessionsResponse", module: "get_sessions" }
    #/paths/~1sessions/get/responses/200/schema/properties/data TypeName { ident: "GetSessionsResponseData", module: "get_sessions" }
    (#/components/schemas/Error, "x") x
    (#/components/schemas/Session, "delay") delay
    (#/components/schemas/Session, "error") error
    (#/components/schemas/Session, "foo-bar") foo_dash_bar
    (#/components/schemas/Session, "fooBar") foo_bar
    (#/components/schemas/Session/properties/delay, "mean") mean
    (#/components/schemas/other_session, "delay") delay
    (#/components/schemas/other_session/properties/delay, "mean") mean
    (#/components/schemas/session, "x") x
    (#/paths/~1sessions/get/responses/200/schema, "data") data
    (#/paths/~1sessions/get/responses/200/schema/properties/data, "x") x
    (#/components/schemas/Session/properties/error, "") Empty
    (#/components/schemas/Session/properties/error, "ID") IdUpper
    (#/components/schemas/Session/properties/error, "Id") Id
    #/paths/~1sessions/get OperationName { method: "get_sessions", request: "GetSessions", constant: "GET_SESSIONS", answer: None, event: None }
    #/paths/~1sessions/post OperationName { method: "post_sessions", request: "PostSessions", constant: "POST_SESSIONS", answer: None, event: None }
    (#/paths/~1sessions/get, Query, "page") page
    sessions Sessions sessions.rs [Sessions] 2
    "##);
}
