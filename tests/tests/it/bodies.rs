//! Bodies on the wire: each kind of body, its JSON value for value, and its media type as the description writes it.

use std::collections::BTreeMap;

use bodies_client::types::{
    ChangeCustomerBody, ChangeCustomerBodyAddress, Color, DeleteThingBody, Grant, Label, Meeting, MeetingRequired,
    NewFile, NewFilePurpose, NewOrder, NewThing, NewThingRequired, ReplaceFilesBody, TextOrLabel, Thing, ThingChange,
};
use bodies_client::{Client, Error, ErrorKind, FilePart, Patch};
use clientwright_tests::server::{self, Recorded, Server};
use serde_json::{Value, json};

/// What `call` puts on the wire, towards a server that answers `status` and `answer`.
async fn sent<T>(
    status: u16,
    answer: &'static str,
    call: impl AsyncFnOnce(Client) -> Result<T, Error>,
) -> (Recorded, T) {
    let server = Server::start(move |_, _| server::json(status, answer)).await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let answer = call(client).await.unwrap();
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1);
    (requests.remove(0), answer)
}

/// The body of a request whose answer is empty.
async fn body(call: impl AsyncFnOnce(Client) -> Result<(), Error>) -> Value {
    let (request, ()) = sent(204, "", call).await;
    assert_eq!(request.header("content-type"), "application/json");
    serde_json::from_slice(&request.body).unwrap()
}

#[tokio::test]
async fn a_struct_sends_what_was_set_and_null_where_it_is_required() {
    let part = NewThing::new(NewThingRequired {
        color: "violet".into(),
        name: "part".into(),
        parent: Some("whole".into()),
        secret: "s".into(),
    });
    let thing = NewThing::new(NewThingRequired {
        color: Color::Red,
        name: "a \"thing\"\n".into(),
        parent: None,
        secret: "open sesame".into(),
    });
    let thing = thing
        .size(2)
        .new_member(true)
        .r#type("kind")
        .uuid("182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e")
        .labels(BTreeMap::from([("a".to_owned(), "b".to_owned())]))
        .meta(json!({"free": [1, null]}))
        .first(part.clone())
        .parts(vec![part]);
    let answer = r#"{"id": "1", "name": "n", "createdAt": "now", "note": null}"#;
    let (request, answer) = sent(201, answer, async |client| client.things().create_thing(&thing).send().await).await;
    assert_eq!(request.method, "POST");
    assert_eq!(request.header("content-type"), "application/json");
    assert_eq!(request.header("accept"), "application/json");
    let part = json!({"color": "violet", "name": "part", "parent": "whole", "secret": "s"});
    let expected = json!({
        "color": "red", "name": "a \"thing\"\n", "parent": null, "secret": "open sesame",
        "size": 2, "new": true, "type": "kind", "uuid": "182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e",
        "labels": {"a": "b"}, "meta": {"free": [1, null]}, "first": part, "parts": [part],
    });
    assert_eq!(serde_json::from_slice::<Value>(&request.body).unwrap(), expected);
    assert_eq!((answer.id.as_deref(), &answer.note, &answer.next), (Some("1"), &Patch::Null, &Patch::Absent));
}

#[tokio::test]
async fn what_is_only_read_comes_back_and_is_not_sent_again() {
    let text = r#"{"id": "1", "name": "n", "createdAt": "now", "note": null, "next": {"id": "2", "name": "m"}}"#;
    let thing: Thing = serde_json::from_str(text).unwrap();
    assert_eq!(thing.id.as_deref(), Some("1"));
    let whole: Value = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_value(&thing).unwrap(), whole, "serde keeps what a request leaves out");
    let thing = thing.secret("s");
    let (request, _) = sent(200, text, async |client| client.things().replace_thing("a/b", &thing).send().await).await;
    assert_eq!((request.method.as_str(), request.path.as_str()), ("PUT", "/things/a%2Fb"));
    let expected = json!({"name": "n", "note": null, "secret": "s", "next": {"name": "m"}});
    assert_eq!(serde_json::from_slice::<Value>(&request.body).unwrap(), expected);
}

#[tokio::test]
async fn a_change_tells_absent_null_and_value_apart() {
    let changes = [
        (ThingChange::new(), json!({})),
        (ThingChange::new().note(None).count(7), json!({"note": null, "count": 7})),
        (
            ThingChange::new().note("n").count(Some(1)).color(Color::Green).meta(Value::Null).name("x"),
            json!({"note": "n", "count": 1, "color": "green", "meta": null, "name": "x"}),
        ),
        (ThingChange::new().color(Patch::Null).note(Patch::Absent), json!({"color": null})),
    ];
    for (change, expected) in changes {
        let (request, ()) = sent(204, "", async |client| client.things().change_thing("1", &change).send().await).await;
        assert_eq!(request.method, "PATCH");
        assert_eq!(request.header("content-type"), "application/merge-patch+json");
        assert_eq!(serde_json::from_slice::<Value>(&request.body).unwrap(), expected);
    }
}

#[tokio::test]
async fn an_optional_body_is_sent_only_when_it_is_set() {
    let (request, ()) = sent(204, "", async |client| client.things().delete_thing("1").send().await).await;
    assert_eq!((request.header("content-type"), request.body.as_ref()), ("", b"".as_slice()));

    let reason = DeleteThingBody::new().reason("old");
    let (request, ()) =
        sent(204, "", async |client| client.things().delete_thing("1").body(&reason).send().await).await;
    assert_eq!(request.header("content-type"), "application/vnd.example.reason+json; charset=utf-8");
    assert_eq!(request.body, r#"{"reason":"old"}"#);
}

#[tokio::test]
async fn many_required_members_are_given_by_name() {
    let meeting = Meeting::new(MeetingRequired {
        title: "t".to_owned(),
        start: "s".to_owned(),
        end: "e".to_owned(),
        room: None,
        public: false,
    });
    let meeting = meeting.guests(vec![]);
    let sent = body(async |client| client.things().create_meeting(&meeting).send().await).await;
    assert_eq!(sent, json!({"title": "t", "start": "s", "end": "e", "room": null, "public": false, "guests": []}));
}

#[tokio::test]
async fn bodies_that_are_no_structs() {
    assert_eq!(body(async |client| client.values().put_texts(&["a", "b"]).send().await).await, json!(["a", "b"]));
    let numbers = [Some(1), None];
    assert_eq!(body(async |client| client.values().put_numbers(&numbers).send().await).await, json!([1, null]));
    let map = BTreeMap::from([("x".to_owned(), Color::Green)]);
    assert_eq!(body(async |client| client.values().put_map(&map).send().await).await, json!({"x": "green"}));
    assert_eq!(body(async |client| client.values().put_text("ü").send().await).await, json!("ü"));
    assert_eq!(body(async |client| client.values().put_number(Some(1.5)).send().await).await, json!(1.5));
    assert_eq!(body(async |client| client.values().put_number(None).send().await).await, json!(null));
    let color = Color::from("blue");
    assert_eq!(body(async |client| client.values().put_color(&color).send().await).await, json!("blue"));
    let any = json!({"a": [true]});
    assert_eq!(body(async |client| client.values().put_any(&any).send().await).await, any);
}

#[tokio::test]
async fn a_union_sends_its_branch() {
    let text = TextOrLabel::from("t");
    assert_eq!(body(async |client| client.values().put_union(Some(&text)).send().await).await, json!("t"));
    let label = TextOrLabel::from(Label::new().default("d"));
    assert_eq!(
        body(async |client| client.values().put_union(Some(&label)).send().await).await,
        json!({"default": "d"})
    );
    assert_eq!(body(async |client| client.values().put_union(None).send().await).await, json!(null));
}

#[tokio::test]
async fn a_number_that_json_has_not_is_an_error_before_anything_is_sent() {
    let server = Server::start(|_, _| server::json(204, "")).await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let error = client.values().put_number(Some(f64::NAN)).send().await.unwrap_err();
    assert_eq!(error.kind(), bodies_client::ErrorKind::Request);
    assert!(server.requests().is_empty());
}

/// The media type and the text of a request whose answer is empty.
async fn form(call: impl AsyncFnOnce(Client) -> Result<(), Error>) -> (String, String) {
    let (request, ()) = sent(204, "", call).await;
    (request.header("content-type").to_owned(), String::from_utf8(request.body.to_vec()).unwrap())
}

#[tokio::test]
async fn a_form_has_a_pair_for_each_text() {
    let label = Label::new().default("a&b");
    let order = NewOrder::new(12, "Zoë & co", None)
        .paid(true)
        .coupon("")
        .color(Color::Red)
        .items(vec!["x y".to_owned(), "+".to_owned()])
        .ship_to(label.clone())
        .labels(vec![label]);
    let (media_type, text) = form(async |client| client.forms().create_order(&order).send().await).await;
    assert_eq!(media_type, "application/x-www-form-urlencoded");
    let pairs = [
        "amount=12",
        "customer=Zo%C3%AB+%26+co",
        "color=red",
        "coupon=",
        "items=x+y&items=%2B",
        "labels=%7B%22default%22%3A%22a%26b%22%7D",
        "paid=true",
        "ship+to=%7B%22default%22%3A%22a%26b%22%7D",
    ];
    assert_eq!(text, pairs.join("&"), "null is not sent");

    let labels = BTreeMap::from([("a b".to_owned(), "c=d".to_owned()), ("e".to_owned(), String::new())]);
    let (_, text) = form(async |client| client.forms().put_labels(&labels).send().await).await;
    assert_eq!(text, "a+b=c%3Dd&e=");
}

#[tokio::test]
async fn members_of_forms_have_the_styles_of_their_encodings() {
    let lines = vec!["1 Main St".to_owned(), "2nd floor".to_owned()];
    let change = ChangeCustomerBody::new()
        .email("a@b.c")
        .address(ChangeCustomerBodyAddress::new().city("Bern").lines(lines))
        .metadata(BTreeMap::from([("k".to_owned(), "v".to_owned())]))
        .expand(vec!["x".to_owned(), "y".to_owned()])
        .tags(vec!["t".to_owned(), "u".to_owned()])
        .codes(vec![1, 2])
        .limits(BTreeMap::from([("low".to_owned(), 1), ("up".to_owned(), 2)]))
        .raw(vec![3, 4])
        .next("/a?b=c&d");
    let (media_type, text) = form(async |client| client.forms().change_customer("c").body(&change).send().await).await;
    assert_eq!(media_type, "application/x-www-form-urlencoded; charset=utf-8");
    let pairs = [
        "address%5Bcity%5D=Bern",
        "address%5Blines%5D%5B%5D=1+Main+St&address%5Blines%5D%5B%5D=2nd+floor",
        "codes=1%7C2",
        "email=a%40b.c",
        "expand%5B%5D=x&expand%5B%5D=y",
        "low=1&up=2",
        "metadata%5Bk%5D=v",
        "next=/a?b=c%26d",
        "raw=%5B3%2C4%5D",
        "tags=t&tags=u",
    ];
    assert_eq!(text, pairs.join("&"));

    let (request, ()) = sent(204, "", async |client| client.forms().change_customer("c").send().await).await;
    assert!(request.body.is_empty() && !request.headers.contains_key("content-type"));
}

#[tokio::test]
async fn a_form_may_be_one_of_several_objects() {
    let grant = serde_json::from_value::<Grant>(json!({"refresh_token": "r"})).unwrap();
    let (_, text) = form(async |client| client.forms().create_token(&grant).send().await).await;
    assert_eq!(text, "refresh_token=r");
    let none = serde_json::from_value::<Grant>(json!("r")).unwrap();
    let client = Client::builder().base_url("http://127.0.0.1:1").build().unwrap();
    let error = client.forms().create_token(&none).send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
}

/// The parts of a request whose answer is empty, each with its head, where the boundary is that of the media type.
async fn parts(call: impl AsyncFnOnce(Client) -> Result<(), Error>) -> Vec<String> {
    let (media_type, text) = form(call).await;
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let text = text.strip_suffix(&format!("--{boundary}--\r\n")).unwrap();
    let delimiter = format!("--{boundary}\r\n");
    let parts = text.split(&delimiter).skip(1);
    parts.map(|part| part.strip_prefix("Content-Disposition: form-data; ").unwrap().to_owned()).collect()
}

#[tokio::test]
async fn files_are_parts_beside_the_other_members() {
    let file = FilePart::new("a,b\r\n").file_name("\"a\".csv").content_type("text/csv");
    let file = NewFile::new(file, None, NewFilePurpose::Print)
        .thumbnail(b"PNG".to_vec())
        .size(3)
        .tags(vec!["x".to_owned(), "y".to_owned()])
        .label(Label::new().default("d"))
        .options(BTreeMap::from([("dpi".to_owned(), "300".to_owned())]))
        .sizes(vec![1, 2]);
    let parts = parts(async |client| client.files().upload_file(&file).send().await).await;
    let expected = [
        "name=\"file\"; filename=\"%22a%22.csv\"\r\nContent-Type: text/csv\r\n\r\na,b\r\n\r\n",
        "name=\"purpose\"\r\n\r\nprint\r\n",
        "name=\"label\"\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{\"default\":\"d\"}\r\n",
        "name=\"options[dpi]\"\r\n\r\n300\r\n",
        "name=\"size\"\r\n\r\n3\r\n",
        "name=\"sizes\"\r\nContent-Type: application/json\r\n\r\n[1,2]\r\n",
        "name=\"tags\"\r\n\r\nx\r\n",
        "name=\"tags\"\r\n\r\ny\r\n",
        "name=\"thumbnail\"; filename=\"blob\"\r\nContent-Type: image/png\r\n\r\nPNG\r\n",
    ];
    assert_eq!(parts, expected);
}

#[tokio::test]
async fn a_list_of_files_is_a_part_for_each() {
    let files = vec![FilePart::new("1").file_name("ä.txt"), FilePart::new("")];
    let body = ReplaceFilesBody::new(files).labels(vec![Label::new()]);
    let sent = parts(async |client| client.files().replace_files("i").body(&body).send().await).await;
    let bytes = "Content-Type: application/octet-stream";
    let expected = [
        format!("name=\"files\"; filename=\"ä.txt\"\r\n{bytes}\r\n\r\n1\r\n"),
        format!("name=\"files\"; filename=\"blob\"\r\n{bytes}\r\n\r\n\r\n"),
        "name=\"labels\"\r\nContent-Type: application/json\r\n\r\n{}\r\n".to_owned(),
    ];
    assert_eq!(sent, expected);
    let note = Label::new().default("d");
    let sent = parts(async |client| client.files().send_note(&note).send().await).await;
    assert_eq!(sent, ["name=\"default\"\r\n\r\nd\r\n"]);

    let body = ReplaceFilesBody::new(vec![FilePart::new("").content_type("a/b\r\nX-Admin: 1")]);
    let client = Client::builder().base_url("http://127.0.0.1:1").build().unwrap();
    let error = client.files().replace_files("i").body(&body).send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
}

#[tokio::test]
async fn other_parts_are_sent_as_the_caller_wrote_them() {
    let (media_type, text) =
        form(async |client| client.files().send_batch("multipart/mixed; boundary=b", "--b--").send().await).await;
    assert_eq!((media_type.as_str(), text.as_str()), ("multipart/mixed; boundary=b", "--b--"));
    let (media_type, text) = form(async |client| {
        client.files().replace_batch().body("multipart/form-data; boundary=c", "--c--").send().await
    })
    .await;
    assert_eq!((media_type.as_str(), text.as_str()), ("multipart/form-data; boundary=c", "--c--"));
}

#[tokio::test]
async fn where_the_answer_is_a_redirect_it_is_what_is_there() {
    let files = Server::start(|_, _| server::json(200, "bytes")).await;
    let place = format!("{}/archive", files.url());
    let server = Server::start(move |_, _| server::with_headers(server::json(302, ""), &[("location", &place)])).await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let error = client.files().get_archive("1").send().await.unwrap_err();
    let place = format!("{}/archive", files.url());
    assert_eq!((error.kind(), error.location()), (ErrorKind::Redirect, Some(&*place)));
    let client = client.with_options(|options| options.max_redirects(1));
    assert_eq!(client.files().get_archive("1").send().await.unwrap(), "bytes");
}
