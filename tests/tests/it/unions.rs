//! Unions in a generated client: what each JSON text is read as, and that it goes back as it came.

use bodies_client::Client;
use bodies_client::types::{
    Author, Circle, DeletedPerson, Drawing, Group, LabelShape, Person, PersonRequired, Polygon, ResultModel,
    ResultModelOkFalse, Shape, Stroke,
};
use clientwright_tests::server::{Server, json};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// What `text` is read as; from the text and from a value alike, and written so that it says the same.
fn read<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(text: &str) -> T {
    let read: T = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::from_value::<T>(value(text)).unwrap(), read, "{text}");
    assert_eq!(serde_json::to_value(&read).unwrap(), value(text), "{text}");
    read
}

fn fault<T: DeserializeOwned + std::fmt::Debug>(text: &str) -> String {
    serde_json::from_str::<T>(text).unwrap_err().to_string()
}

#[test]
fn a_tag_decides_wherever_it_stands() {
    let circle = Shape::from(Circle::new(2.0));
    assert_eq!(read::<Shape>(r#"{"kind": "circle", "radius": 2}"#), circle);
    assert_eq!(read::<Shape>(r#"{"radius": 2, "kind": "circle"}"#), circle);
    // One type under two tags, which it doesn't know itself.
    let polygon = Polygon::new(vec![3.0, 4.0, 5.0]);
    assert_eq!(
        read::<Shape>(r#"{"sides": [3, 4, 5], "kind": "triangle"}"#),
        Shape::Triangle(Box::new(polygon.clone()))
    );
    assert_eq!(read::<Shape>(r#"{"kind": "square", "sides": [3, 4, 5]}"#), Shape::Square(Box::new(polygon)));
    // The name of the component.
    let label = Shape::from(LabelShape::new("t"));
    assert_eq!(read::<Shape>(r#"{"text": "t", "kind": "LabelShape"}"#), label);
}

#[test]
fn an_unknown_a_missing_and_an_odd_tag_are_kept() {
    for text in [
        r#"{"radius": 2, "kind": "ellipse", "more": [{"kind": "circle"}]}"#,
        r#"{"radius": 2}"#,
        r#"{"kind": null, "radius": 2}"#,
        r#"{"kind": 7}"#,
        r#"{"kind": ["circle"]}"#,
        "{}",
        "[]",
        "null",
        "\"circle\"",
    ] {
        assert_eq!(read::<Shape>(text), Shape::Unlisted(value(text)));
    }
}

#[test]
fn the_tag_is_right_whatever_the_branch_says() {
    let mut label = LabelShape::new("t");
    assert_eq!(label.kind, "LabelShape", "unions tell it by that alone");
    "circle".clone_into(&mut label.kind);
    let sent = serde_json::to_string(&Shape::from(label)).unwrap();
    assert_eq!(sent, r#"{"kind":"LabelShape","text":"t"}"#);
}

#[test]
fn what_may_be_null_takes_what_the_union_takes() {
    let circle = Circle::new(2.0);
    let drawing = || Drawing::new("a", Vec::new());
    assert_eq!(drawing().best(circle.clone()), drawing().best(Shape::from(circle)));
}

#[test]
fn unions_contain_themselves() {
    let text = r#"{"cover": {"sides": [], "kind": "square"},
        "shapes": [{"shapes": [{"radius": 1, "kind": "circle"}], "kind": "Group"}, {"kind": "new"}], "kind": "Group"}"#;
    let Shape::Group(group) = read::<Shape>(text) else { panic!("a group") };
    assert!(matches!(group.cover.as_deref(), Some(Shape::Square(_))));
    assert!(matches!(group.shapes.as_slice(), [Shape::Group(_), Shape::Unlisted(_)]));

    let nest = |depth: usize| {
        let (open, close) = (r#"{"shapes":["#.repeat(depth), r#"],"kind":"Group"}"#.repeat(depth));
        format!("{open}{close}")
    };
    read::<Shape>(&nest(60));
    assert!(fault::<Shape>(&nest(100_000)).contains("recursion limit"));
}

#[test]
fn faults_in_a_branch_say_where() {
    let kept_before = r#"{"shapes": [{"sides": [1, "x"], "kind": "square"}], "kind": "Group"}"#;
    assert!(fault::<Shape>(kept_before).starts_with("shapes[0].sides[1]: expected a number, found a string"));
    let after = r#"{"kind": "Group", "shapes": [{"kind": "circle", "radius": null}]}"#;
    assert!(fault::<Shape>(after).starts_with("shapes[0].radius: expected a number, found null"));
    assert!(fault::<Shape>(r#"{"kind": "circle"}"#).starts_with("radius: the required member is missing"));
    let twice = r#"{"radius": 1, "kind": "circle", "radius": 2}"#;
    assert!(fault::<Shape>(twice).starts_with("radius: the member is there twice"));
    let twice = r#"{"kind": "circle", "radius": 1, "kind": "circle"}"#;
    assert!(fault::<Shape>(twice).starts_with("kind: the member is there twice"));
}

#[test]
fn a_member_that_only_one_branch_has_decides() {
    assert_eq!(read::<Author>("\"a\""), Author::from("a"));
    let person = Author::from(Person::new(PersonRequired { id: "p".into(), email: "e".into() }));
    assert_eq!(read::<Author>(r#"{"email": "e", "id": "p"}"#), person);
    assert_eq!(read::<Author>(r#"{"id": "p", "email": "e"}"#), person);
    assert_eq!(read::<Author>(r#"{"id": "p", "deleted": true}"#), Author::from(DeletedPerson::new("p")));
    // Neither: any other object.
    let map = [("id".to_owned(), "p".to_owned())];
    assert_eq!(read::<Author>(r#"{"id": "p"}"#), Author::Object(map.into()));
    assert_eq!(read::<Author>("{}"), Author::Object([].into()));
    assert_eq!(read::<Author>("true"), Author::Unlisted(json!(true)));
}

#[test]
fn a_constant_member_decides() {
    assert!(matches!(read::<Stroke>(r#"{"width": 1, "type": "thick"}"#), Stroke::SolidOrThick(_)));
    assert!(matches!(read::<Stroke>(r#"{"type": "solid", "width": 1}"#), Stroke::SolidOrThick(_)));
    assert!(matches!(read::<Stroke>(r#"{"gap": null, "type": "dashed"}"#), Stroke::Dashed(_)));
    assert_eq!(read::<Stroke>("7"), Stroke::from(7));
    assert!(matches!(read::<Stroke>(r#"{"type": "dotted"}"#), Stroke::Unlisted(_)));

    assert!(matches!(read::<ResultModel>(r#"{"value": "v", "ok": true}"#), ResultModel::OkTrue(_)));
    assert_eq!(
        read::<ResultModel>(r#"{"ok": false, "reason": "r"}"#),
        ResultModel::from(ResultModelOkFalse::new().reason("r"))
    );
    assert!(matches!(read::<ResultModel>(r#"{"ok": "true"}"#), ResultModel::Unlisted(_)));
}

#[tokio::test]
async fn unions_go_to_a_server_and_come_back() {
    let kept = r#"{"shapes": [{"new": 1, "kind": "star"}, {"radius": 1.5, "kind": "circle"}], "best": null,
        "author": {"deleted": true, "id": "p"}, "result": {"reason": "r", "ok": false}, "stroke": 3}"#;
    let server = Server::start(move |_, _| json(200, kept)).await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let group = Group::new(vec![Shape::Square(Box::new(Polygon::new(vec![1.0])))]).cover(LabelShape::new("t"));
    let drawing = Drawing::new("me", vec![group.into()]).stroke(2);

    let answer = client.values().put_drawing(&drawing).send().await.unwrap();

    let sent: Value = serde_json::from_slice(&server.requests()[0].body).unwrap();
    assert_eq!(
        sent,
        json!({"author": "me", "stroke": 2, "shapes": [{
            "kind": "Group",
            "shapes": [{"kind": "square", "sides": [1]}],
            "cover": {"kind": "LabelShape", "text": "t"},
        }]})
    );
    assert_eq!(serde_json::to_value(&answer).unwrap(), value(kept));
    assert!(matches!(answer.shapes.as_slice(), [Shape::Unlisted(_), Shape::Circle(_)]));
}
