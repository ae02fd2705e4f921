//! Answers that are one of several: the status tells which, on the wire.

use bodies_client::resources::shapes::{CopyThingAnswer, GetReportAnswer};
use bodies_client::types::CopyThingXCopyState;
use bodies_client::{Client, DateTime, ErrorKind};
use clientwright_tests::server::{Server, json, with_headers};

async fn client(status: u16, body: &'static str) -> (Client, Server) {
    let headers = [
        ("x-copies-left", " 7"),
        ("location", "/copies/1"),
        ("x-copied-at", "2026-01-02T03:04:05Z"),
        ("x-copy-states", "ready, gone"),
    ];
    let reply = move || with_headers(json(status, body), &headers);
    let server = Server::start(move |_, _| reply()).await;
    (Client::builder().base_url(server.url()).build().unwrap(), server)
}

#[tokio::test]
async fn each_status_has_a_shape_of_its_own() {
    let thing = r#"{"id": "1", "name": "n", "createdAt": "now", "note": null}"#;
    let (copied, server) = client(201, thing).await;
    let answer = copied.shapes().copy_thing().send().with_response().await.unwrap();
    assert_eq!(server.requests()[0].header("accept"), "application/json");
    assert_eq!(
        (answer.header::<i32>("X-Copies-Left"), answer.header("location")),
        (Some(7), Some("/copies/1".to_owned()))
    );
    assert_eq!((answer.header::<bool>("x-copies-left"), answer.header::<i32>("x-none")), (None, None));
    assert_eq!(answer.header("X-Copied-At"), Some(DateTime::from("2026-01-02T03:04:05Z")));
    let states = answer.header::<Vec<CopyThingXCopyState>>("X-Copy-States").unwrap();
    assert_eq!(states, [CopyThingXCopyState::Ready, "gone".into()]);
    let CopyThingAnswer::Created(thing) = answer.into_value() else { panic!("another variant") };
    assert_eq!(thing.name, "n");

    let (later, _server) = client(202, r#"{"job": "j"}"#).await;
    let CopyThingAnswer::Accepted(later) = later.shapes().copy_thing().send().await.unwrap() else { panic!() };
    assert_eq!(later.job, "j");
    let (nothing, _server) = client(204, "").await;
    assert_eq!(nothing.shapes().copy_thing().send().await.unwrap(), CopyThingAnswer::NoContent);
    let (other, _server) = client(206, "?").await;
    let CopyThingAnswer::Other(status, body) = other.shapes().copy_thing().send().await.unwrap() else { panic!() };
    assert_eq!((status.as_u16(), &body[..]), (206, &b"?"[..]));
}

#[tokio::test]
async fn what_does_not_fit_its_status_is_an_error() {
    let (client_, _server) = client(202, r#"{"job": 1}"#).await;
    let error = client_.shapes().copy_thing().send().await.unwrap_err();
    assert_eq!((error.kind(), error.path().as_deref()), (ErrorKind::Decode, Some("job")));
    let (client_, _server) = client(400, r#"["no", "never"]"#).await;
    let error = client_.shapes().copy_thing().send().await.unwrap_err();
    assert_eq!(error.body_as::<Vec<String>>().unwrap(), ["no", "never"]);
    assert_eq!(error.header::<i64>("x-copies-left"), Some(7));
}

#[tokio::test]
async fn shapes_may_be_of_different_media_types() {
    let (lines, server) = client(200, r#"["a"]"#).await;
    assert_eq!(lines.shapes().get_report().send().await.unwrap(), GetReportAnswer::Ok(vec!["a".to_owned()]));
    assert_eq!(server.requests()[0].header("accept"), "application/json, text/csv, application/octet-stream");
    let (text, _server) = client(203, "a,b").await;
    let expected = GetReportAnswer::NonAuthoritative("a,b".to_owned());
    assert_eq!(text.shapes().get_report().send().await.unwrap(), expected);
    let (bytes, _server) = client(299, "ab").await;
    let GetReportAnswer::Success(status, body) = bytes.shapes().get_report().send().await.unwrap() else { panic!() };
    assert_eq!((status.as_u16(), &body[..]), (299, &b"ab"[..]));
}
