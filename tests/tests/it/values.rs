//! Values that stand for something (`format`) in a generated client: as arguments, in bodies and in answers.

use std::net::Ipv4Addr;
use std::time::{Duration, UNIX_EPOCH};

use clientwright_tests::server::{Server, json};
use golden_everything::types::{Rating, Visit, VisitExtra, VisitMood, VisitRequired};
use golden_everything::{Base64, Client, Date, DateTime, Patch, Secret};
use serde_json::json;

fn client(url: String) -> Client {
    Client::builder().token("token").base_url(url).build().unwrap()
}

/// Both members could be made of either text, so they are given by name.
fn visit() -> Visit {
    Visit::new(VisitRequired { began: "now".into(), chip: "chip".into() })
}

#[tokio::test]
async fn arguments_are_made_of_what_they_stand_for() {
    let server = Server::start(|_, _| json(200, "[]")).await;
    let visits = client(server.url()).visits();
    let chip = uuid::Uuid::from_u128(255);
    let request = visits
        .list_visits()
        .since(UNIX_EPOCH + Duration::from_millis(1500))
        .days(&["2026-01-31".into(), jiff::civil::date(2026, 2, 1).into()])
        .opens(chrono::NaiveTime::MIN)
        .longer_than(Duration::from_secs(90))
        .chip(chip)
        .photo(b"a picture?")
        .seen_from(Ipv4Addr::LOCALHOST)
        .rating(&[Rating::N1, Rating::from(7)])
        .room(7);
    request.send().await.unwrap();
    let sent = server.requests().pop().unwrap();
    let pairs = [
        ("chip", "00000000-0000-0000-0000-0000000000ff"),
        ("days", "2026-01-31,2026-02-01"),
        ("longer_than", "PT90S"),
        ("opens", "00:00:00"),
        ("photo", "YSBwaWN0dXJlPw=="),
        ("rating", "1,7"),
        ("room", "7"),
        ("seen_from", "127.0.0.1"),
        ("since", "1970-01-01T00:00:01.5Z"),
    ];
    assert_eq!(sent.pairs(), pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));

    let when = time::OffsetDateTime::UNIX_EPOCH;
    visits.set_day("2026-01-31", &[255, 239, 190], &when.into()).send().await.unwrap();
    let sent = server.requests().pop().unwrap();
    assert_eq!((sent.path.as_str(), &*sent.body), ("/visits/2026-01-31/%2F+++", &b"\"1970-01-01T00:00:00Z\""[..]));
}

#[tokio::test]
async fn what_is_odd_is_no_error_and_goes_back_as_it_came() {
    let odd = json!({
        "began": "some time ago",
        "chip": "none",
        "version": 3,
        "is_visit": false,
        "mood": -2,
        "rating": 3,
        "keeper": null,
        "day": "",
        "door_code": "1234",
        "page": "nowhere",
        "moments": ["2026-01-31T12:00:00Z", "never"],
        "photo": "***",
        "when": "later",
    });
    let answer = odd.to_string();
    let server = Server::start(move |_, _| json(201, answer.clone())).await;
    let visits = client(server.url()).visits();

    let visit = visits.add_visit(&visit()).send().await.unwrap();
    assert_eq!((visit.began.as_str(), visit.began.to_system_time()), ("some time ago", None));
    assert_eq!(visit.photo.as_ref().and_then(Base64::to_bytes), None);
    assert!(visit.page.as_ref().is_some_and(|page| page.parse().is_err() && page.as_str() == "nowhere"));
    assert_eq!(visit.door_code.as_ref().map(Secret::expose), Some("1234"));
    assert!(!format!("{visit:?}").contains("1234"));
    assert_eq!((&visit.ended, &visit.keeper), (&Patch::Absent, &Patch::Null));
    assert!(matches!(visit.mood, Some(VisitMood::Unlisted(mood)) if mood.get() == -2));
    assert_eq!((visit.version.get(), visit.rating), (3, Some(Rating::N3)));
    visits.add_visit(&visit).send().await.unwrap();
    let sent: serde_json::Value = serde_json::from_slice(&server.requests().pop().unwrap().body).unwrap();
    assert_eq!(sent, odd);
}

#[tokio::test]
async fn small_integers_are_not_cut() {
    let server = Server::start(|_, _| json(200, r#"[{"room": 256}]"#)).await;
    let error = client(server.url()).visits().list_visits().send().await.unwrap_err();
    let message = "expected a whole number of 8 bits, not negative, found one above that";
    assert!(error.is_decode() && error.to_string().contains(message), "{error}");
}

#[test]
fn texts_convert_where_they_are_what_they_say() {
    let text = DateTime::from("2026-01-31T13:00:00+01:00");
    let moment = jiff::Timestamp::try_from(&text).unwrap();
    assert_eq!(chrono::DateTime::<chrono::Utc>::try_from(&text).unwrap().timestamp(), moment.as_second());
    assert_eq!(time::OffsetDateTime::try_from(&text).unwrap().unix_timestamp(), moment.as_second());
    assert!(time::Date::try_from(&Date::from("2026-02-30")).is_err());
}

#[test]
fn texts_stand_for_types_of_other_crates() {
    let page = url::Url::parse("https://example.com/a b").unwrap();
    let visit = visit().page(page.clone()).tracks(vec![page.clone().into()]).nights(3);
    let written = serde_json::to_value(&visit).unwrap();
    assert_eq!(written["page"], "https://example.com/a%20b");
    let visit: Visit = serde_json::from_value(written).unwrap();
    assert_eq!(visit.page.unwrap().parse(), Ok(page));
}

#[test]
fn numbers_stand_for_types_of_other_crates() {
    let guests = std::num::NonZeroU32::new(2).unwrap();
    let mut written = serde_json::to_value(visit().guests(guests)).unwrap();
    assert_eq!(written["guests"], 2);
    let read = |written: &serde_json::Value| serde_json::from_value::<Visit>(written.clone()).unwrap().guests.unwrap();
    assert_eq!(read(&written).parse(), Ok(guests));
    // What the type can't hold is a number all the same.
    written["guests"] = json!(0.5);
    let odd = read(&written);
    assert!(odd.parse().is_err() && serde_json::to_value(&odd).unwrap() == 0.5);
}

#[test]
fn what_is_no_closed_object_is_kept_whole_where_anything_may_be() {
    let visit = |extra: serde_json::Value| {
        let visit = json!({"began": "now", "chip": "chip", "is_visit": true, "version": 2, "extra": extra});
        let read: Visit = serde_json::from_value(visit.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), visit);
        read.extra.unwrap()
    };
    assert!(matches!(visit(json!({"code": "x"})), VisitExtra::Code(extra) if extra.code == "x"));
    assert!(matches!(visit(json!({"code": "x", "more": 1})), VisitExtra::Unlisted(_)));
    assert!(matches!(visit(json!([1])), VisitExtra::Unlisted(_)));
}

#[test]
fn what_has_one_value_only_is_there() {
    let written = serde_json::to_value(visit().mood(VisitMood::Minus1)).unwrap();
    assert_eq!(written, json!({"began": "now", "chip": "chip", "is_visit": true, "version": 2, "mood": -1}));
}
