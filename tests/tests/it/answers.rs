//! Answers: every model from full, minimal and hostile bodies. The full ones are the examples of the description, which
//! show every member at least once.

use clientwright_tests::calls::CALLS;
use clientwright_tests::decoders::examples;
use clientwright_tests::server::{Server, json};
use realtimekit_sessions::{Client, Error, ErrorKind};
use serde_json::{Value, json};

/// The `operationId` behind a method.
fn operation_id(method: &str) -> &'static str {
    match method {
        "get_sessions" => "GetSessions",
        "get_session_details" => "GetSessionDetails",
        "get_session_participants" => "GetSessionParticipants",
        "get_session_participant_details" => "GetParticipantDetails",
        "get_session_chat" => "GetSessionChat",
        "get_session_transcripts" => "GetSessionTranscript",
        "get_session_summary" => "GetSessionSummary",
        "generate_summary_of_transcripts" => "post-sessions-session_id-summary",
        "get_participant_data_from_peer_id" => "GetParticipantDataFromPeerId",
        other => panic!("{other} is no operation"),
    }
}

/// Calls `method` against a server that answers `body` with 200.
async fn answered(method: &str, body: impl Into<bytes::Bytes>) -> Result<Value, Error> {
    let body = body.into();
    let server = Server::start(move |_, _| json(200, body.clone())).await;
    let client = Client::builder().bearer_token("secret").base_url(server.url()).build().unwrap();
    let call = CALLS.iter().find(|call| call.operation == method).unwrap();
    (call.run)(client).await
}

fn methods() -> Vec<&'static str> {
    CALLS.iter().filter(|call| call.variant == "min").map(|call| call.operation).collect()
}

/// The same value with every number as a float, for `210` and `210.0` are one JSON number.
fn floats(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(items) => items.iter().map(floats).collect(),
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), floats(value))).collect(),
        other => other.clone(),
    }
}

/// The same value without the members that are null: an answer's null and an absent member are one.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        Value::Object(members) => {
            let kept = members.iter().filter(|(_, value)| !value.is_null());
            kept.map(|(name, value)| (name.clone(), without_nulls(value))).collect()
        }
        other => other.clone(),
    }
}

#[tokio::test]
async fn full_bodies_come_back_whole() {
    let examples = examples();
    for method in methods() {
        let example = &examples[operation_id(method)];
        let answer = answered(method, example.to_string()).await.unwrap();
        assert_eq!(without_nulls(&floats(&answer)), without_nulls(&floats(example)), "{method}");
    }
}

#[tokio::test]
async fn minimal_bodies_are_enough() {
    for method in methods() {
        assert_eq!(answered(method, "{}").await.unwrap(), json!({}), "{method}");
        assert_eq!(answered(method, r#"{"data": null, "success": null}"#).await.unwrap(), json!({}), "{method}");
    }
}

/// Adds a member that no description has to every object, but for those of any shape, which keep theirs.
fn with_unknown_members(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(with_unknown_members).collect(),
        Value::Object(members) => {
            let mut members: serde_json::Map<_, _> =
                members.iter().map(|(name, value)| (name.clone(), unknown_below(name, value))).collect();
            members.insert("not_described_yet".to_owned(), json!({ "deep": [1, null, { "x": "y" }] }));
            Value::Object(members)
        }
        other => other.clone(),
    }
}

fn unknown_below(name: &str, value: &Value) -> Value {
    if matches!(name, "meta" | "breakout_rooms" | "events") { value.clone() } else { with_unknown_members(value) }
}

#[tokio::test]
async fn unknown_members_and_enum_values_are_no_errors() {
    let examples = examples();
    for method in methods() {
        let example = &examples[operation_id(method)];
        let answer = answered(method, with_unknown_members(example).to_string()).await.unwrap();
        assert_eq!(without_nulls(&floats(&answer)), without_nulls(&floats(example)), "{method}");
    }
    let mut body = examples["GetSessionDetails"].clone();
    body["data"]["status"] = json!("HIBERNATING");
    let answer = answered("get_session_details", body.to_string()).await.unwrap();
    assert_eq!(answer["data"]["status"], "HIBERNATING", "an unknown value goes back as it came");
}

#[tokio::test]
async fn event_metadata_is_any_scalar() {
    let metadata = json!({ "text": "a", "number": 1.5, "flag": true, "nothing": null, "new": { "shape": [1] } });
    let body = json!({ "data": { "participant": { "peer_report": { "metadata": { "events": [
        { "name": "e", "metadata": metadata }
    ] } } } } });
    let answer = answered("get_participant_data_from_peer_id", body.to_string()).await.unwrap();
    assert_eq!(answer, body);
}

#[tokio::test]
async fn hostile_bodies_are_typed_errors_with_the_path() {
    let session = examples()["GetSessionDetails"].clone();
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut body = session.clone();
        change(&mut body);
        body.to_string()
    };
    let nested = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let rows: Vec<(&str, String, &str)> = vec![
        ("no JSON", "<html>".to_owned(), ""),
        ("nothing", String::new(), ""),
        ("truncated", r#"{"data": {"id": "a"#.to_owned(), "data.id"),
        ("trailing bytes", "{} x".to_owned(), ""),
        ("two byte order marks", "\u{feff}\u{feff}{}".to_owned(), ""),
        ("a lone surrogate", r#"{"data": {"id": "\ud800"}}"#.to_owned(), "data.id"),
        ("too deep", format!(r#"{{"data": {{"meta": {nested}}}}}"#), "data.meta"),
        ("too large a number", r#"{"data": {"minutes_consumed": 1e999}}"#.to_owned(), "data.minutes_consumed"),
        ("NaN", r#"{"data": {"minutes_consumed": NaN}}"#.to_owned(), "data.minutes_consumed"),
        ("null for a required member", changed(&|body| body["data"]["id"] = Value::Null), "data.id"),
        (
            "a missing required member",
            changed(&|body| drop(body["data"].as_object_mut().unwrap().remove("status"))),
            "data.status",
        ),
        ("a wrong type", changed(&|body| body["data"]["live_participants"] = json!("3")), "data.live_participants"),
        ("a duplicate member", r#"{"data": {"id": "a", "id": "b"}}"#.to_owned(), "data.id"),
        ("a list for an object", r#"{"data": []}"#.to_owned(), "data"),
        ("an object in a list of objects", r#"{"data": {"breakout_rooms": {}}}"#.to_owned(), "data.breakout_rooms"),
    ];
    for (what, body, path) in rows {
        let error = answered("get_session_details", body).await.expect_err(what);
        assert_eq!(error.kind(), ErrorKind::Decode, "{what}: {error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200), "{what}: {error}");
        let found = error.path().unwrap_or_default();
        assert!(found.starts_with(path), "{what}: the path is `{found}`, not `{path}`: {error}");
        assert!(error.body().len() <= 64 << 10, "{what}");
    }
}
