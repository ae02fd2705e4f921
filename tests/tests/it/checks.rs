//! What a configuration asks of requests: bounds that are checked before anything is sent (`check_bounds = true`), and a
//! header that makes repetitions count once (`idempotency_header`).

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use checks_client::types::{AddNoteBody, Booking, Features, FeaturesCorner, Guest, Position, PositionRequired};
use checks_client::{Client, Error, ErrorKind, Fake, FakeReply};

/// What a call that is refused says, after nothing was sent; empty for one that is sent.
async fn said<T>(call: impl AsyncFnOnce(&Client) -> Result<T, Error>) -> String {
    let fake = Fake::new();
    fake.otherwise(
        |request| {
            if request.operation() == "listRooms" { FakeReply::json(&[(); 0]) } else { FakeReply::status(204) }
        },
    );
    let client = Client::builder().base_url("https://bookings.example").transport(fake.clone()).build().unwrap();
    match call(&client).await {
        Ok(_) => {
            assert_eq!(fake.requests().len(), 1);
            String::new()
        }
        Err(error) => {
            assert_eq!((error.kind(), fake.requests().len()), (ErrorKind::Request, 0), "{error}");
            let text = error.to_string();
            text.split_once(": ").map_or(text.clone(), |(_, reason)| reason.to_owned())
        }
    }
}

fn guest(age: i32) -> Guest {
    Guest::new(age)
}

fn booking() -> Booking {
    Booking::new(vec![guest(30)], "Ada")
}

async fn booked(booking: Booking) -> String {
    said(async |client| client.book("A1", &booking).send().await).await
}

#[tokio::test]
async fn objects_and_tuples_keep_to_bounds_of_their_own() {
    let changed = async |features: Features| said(async |c| c.change_features("A1", &features).send().await).await;
    let others = |value: &str| BTreeMap::from([("view".to_owned(), value.to_owned())]);
    assert_eq!(changed(Features::new().floor(1).additional(others("sea"))).await, "");
    assert_eq!(changed(Features::new()).await, "`body`: 0 members, where 1 or more are asked");
    let corner = |at: f64, side: &str| Features::new().corner(FeaturesCorner(at, side.to_owned()));
    assert_eq!(
        changed(corner(0.0, "n").floor(1).additional(others("sea"))).await,
        "`body`: 3 members, where 2 or fewer are asked"
    );
    assert_eq!(
        changed(Features::new().additional(others("the sea"))).await,
        "`body` at view: 7 characters, where 5 or fewer are asked"
    );
    assert_eq!(changed(corner(-1.0, "n")).await, "`body` at corner[0]: -1, where 0 or more is asked");
    assert_eq!(changed(corner(1.0, "x")).await, "`body` at corner[1]: a text that doesn't match `^[ns]$`");
}

#[tokio::test]
async fn parameters_keep_to_their_bounds() {
    assert_eq!(said(async |client| client.list_rooms().limit(100).price(0.5).sizes(&[2, 3]).send().await).await, "");
    assert_eq!(
        said(async |client| client.list_rooms().limit(0).send().await).await,
        "`limit`: 0, where 1 or more is asked"
    );
    assert_eq!(
        said(async |client| client.list_rooms().limit(12).send().await).await,
        "`limit`: 12, where a multiple of 5 is asked"
    );
    assert_eq!(
        said(async |client| client.list_rooms().price(1e6).send().await).await,
        "`price`: 1000000, where less than 1000000 is asked"
    );
    assert_eq!(
        said(async |client| client.list_rooms().sizes(&[2, 1]).send().await).await,
        "`sizes` at [1]: 1, where 2 or more is asked"
    );
    assert_eq!(
        said(async |client| client.list_rooms().sizes(&[]).send().await).await,
        "`sizes`: 0 items, where 1 or more are asked"
    );
    assert_eq!(
        said(async |client| client.list_rooms().x_trace("short").send().await).await,
        "`X-Trace`: 5 characters, where 8 or more are asked"
    );
    assert_eq!(
        said(async |client| {
            let near = Position::new(PositionRequired { latitude: 90.5, longitude: 0.0 });
            client.list_rooms().near(&near).send().await
        })
        .await,
        "`near` at latitude: 90.5, where 90 or less is asked"
    );
    assert_eq!(
        said(async |client| client.book("Z", &booking()).send().await).await,
        "`room`: 1 character, where 2 or more are asked"
    );
    assert_eq!(
        said(async |client| client.book("a1", &booking()).send().await).await,
        r"`room`: a text that doesn't match `^[A-Z]\d+$`"
    );
    // Its pattern looks ahead, which isn't checked.
    assert_eq!(said(async |client| client.list_rooms().x_trace("00000000").send().await).await, "");
}

#[tokio::test]
async fn bodies_keep_to_the_bounds_of_all_that_is_in_them() {
    assert_eq!(booked(booking()).await, "");
    assert_eq!(booked(Booking::new(vec![], "Ada")).await, "`body` at guests: 0 items, where 1 or more are asked");
    let escorted = guest(30).escort(guest(151));
    assert_eq!(
        booked(Booking::new(vec![guest(1), escorted], "Ada")).await,
        "`body` at guests[1].escort.age: 151, where 150 or less is asked"
    );
    let tags = vec!["fine".to_owned(), "too long a tag".to_owned()];
    assert_eq!(booked(booking().tags(tags)).await, "`body` at tags[1]: 14 characters, where 8 or fewer are asked");
    let spaced = vec!["fine".to_owned(), "not so".to_owned()];
    let message = r"`body` at tags[1]: a text that doesn't match `^\S*$`";
    assert_eq!(booked(booking().tags(spaced)).await, message);
    let twice = vec!["fine".to_owned(), "fine".to_owned()];
    assert_eq!(
        booked(booking().tags(twice)).await,
        "`body` at tags[1]: an item that is there already, where no two equal ones are asked"
    );
    let extras = BTreeMap::from([("beds".to_owned(), -1)]);
    assert_eq!(booked(booking().extras(extras)).await, "`body` at extras.beds: -1, where 0 or more is asked");
    let note = booked(booking().note("ten letters, and more".to_owned())).await;
    assert_eq!(note, "`body` at note: 21 characters, where 10 or fewer are asked");
    assert_eq!(
        said(async |client| client.set_labels("A1").body(&["a", ""]).send().await).await,
        "`body` at [1]: 0 characters, where 1 or more are asked"
    );
    assert_eq!(
        said(async |client| client.set_labels("A1").body(&["a", "a"]).send().await).await,
        "`body` at [1]: an item that is there already, where no two equal ones are asked"
    );
    assert_eq!(
        said(async |client| client.add_note("A1", &AddNoteBody::new("longer")).send().await).await,
        "`body` at text: 6 characters, where 5 or fewer are asked"
    );
}

#[tokio::test]
async fn a_post_is_told_from_its_repetition() {
    let fake = Fake::new();
    let before = AtomicUsize::new(0);
    fake.otherwise(move |_| FakeReply::status(if before.fetch_add(1, Ordering::Relaxed) == 0 { 503 } else { 204 }));
    let client = Client::builder().base_url("https://bookings.example").transport(fake.clone()).build().unwrap();
    client.book("A1", &booking()).send().await.unwrap();
    client.book("A1", &booking()).send().await.unwrap();
    let requests = fake.requests();
    let keys: Vec<_> = requests.iter().map(|request| request.headers()["x-request-key"].clone()).collect();
    assert_eq!((keys.len(), keys[0].len()), (3, 36));
    assert!(keys[0] == keys[1] && keys[1] != keys[2], "the same over retries, and another for another call");

    let own = client.with_options(|options| options.idempotency_key("mine"));
    own.book("A1", &booking()).send().await.unwrap();
    assert!(client.list_rooms().limit(5).send().await.unwrap().is_empty(), "no content is no rooms");
    let requests = fake.requests();
    assert_eq!(requests[3].headers()["x-request-key"], "mine");
    assert!(!requests[4].headers().contains_key("x-request-key"), "a GET needs none");
}
