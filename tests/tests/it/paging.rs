//! Paging: every item once, and an end to it whatever the server says.

use clientwright_tests::fake::{ATTEMPT, Fake, reply};
use realtimekit_sessions::{Client, ErrorKind};

/// A client whose server answers page `n` (the number that was asked for, from 1) with `body(n)`.
fn client(body: impl Fn(u32) -> String + Send + Sync + 'static) -> (Client, Fake) {
    let fake = Fake::new(move |request, _| {
        let query = request.uri().query().unwrap_or_default();
        let page = query.split('&').find_map(|pair| pair.strip_prefix("page_no="));
        let page = page.map_or(1, |page| page.parse().unwrap());
        reply(200, &[], body(page).leak())
    });
    let builder = Client::builder().bearer_token("token").transport(fake.clone());
    (builder.options(|options| options.timeout(ATTEMPT)).build().unwrap(), fake)
}

/// A page of participants with these IDs.
fn participants(ids: &[String], paging: &str) -> String {
    let items: Vec<_> = ids.iter().map(|id| format!(r#"{{"id":"{id}"}}"#)).collect();
    format!(r#"{{"data":{{"participants":[{}]{paging}}}}}"#, items.join(","))
}

fn ids(from: u32, to: u32) -> Vec<String> {
    (from..to).map(|id| id.to_string()).collect()
}

/// All IDs that the stream of items gives.
async fn collect(client: &Client) -> Vec<String> {
    let mut items = client.realtime_kit().sessions().get_session_participants("a", "b", "c").per_page(10).items();
    let mut all = Vec::new();
    while let Some(participant) = items.try_next().await.unwrap() {
        all.push(participant.id.unwrap());
    }
    all
}

#[tokio::test]
async fn a_total_ends_it_without_one_more_request() {
    let (client, fake) = client(|page| match page {
        1 => participants(&ids(0, 10), r#","paging":{"total_count":25,"start_offset":1,"end_offset":10}"#),
        2 => participants(&ids(10, 20), r#","paging":{"total_count":25,"start_offset":11,"end_offset":20}"#),
        3 => participants(&ids(20, 25), r#","paging":{"total_count":25,"start_offset":21,"end_offset":25}"#),
        _ => panic!("page {page} is past the end"),
    });
    assert_eq!(collect(&client).await, ids(0, 25));
    assert_eq!(fake.requests().len(), 3);
    for (_, uri, _) in fake.requests() {
        assert!(uri.contains("per_page=10"), "arguments are the same on every page: {uri}");
    }
}

#[tokio::test]
async fn without_a_total_an_empty_page_ends_it() {
    let (client, fake) = client(|page| match page {
        1 | 2 => participants(&ids(page * 10, page * 10 + 10), ""),
        _ => participants(&[], ""),
    });
    assert_eq!(collect(&client).await, ids(10, 30));
    assert_eq!(fake.requests().len(), 3);
}

#[tokio::test]
async fn an_empty_page_ends_it_though_the_total_says_more() {
    let (client, fake) = client(|_| participants(&[], r#","paging":{"total_count":100}"#));
    assert!(collect(&client).await.is_empty());
    assert_eq!(fake.requests().len(), 1);
}

#[tokio::test]
async fn the_same_page_for_ever_ends_it() {
    let (client, fake) = client(|_| participants(&ids(0, 10), ""));
    assert_eq!(collect(&client).await, ids(0, 10), "no item comes twice");
    assert_eq!(fake.requests().len(), 2);
}

#[tokio::test]
async fn the_same_page_instead_of_the_rest_is_an_error() {
    let (client, fake) = client(|_| participants(&ids(0, 2), r#","paging":{"total_count":1000}"#));
    let mut items = client.realtime_kit().sessions().get_session_participants("a", "b", "c").items();
    for id in ids(0, 2) {
        assert_eq!(items.try_next().await.unwrap().unwrap().id, Some(id), "no item is lost");
    }
    assert_eq!(items.try_next().await.unwrap_err().kind(), ErrorKind::Paging);
    assert!(items.try_next().await.unwrap().is_none());
    assert_eq!(fake.requests().len(), 2);
}

#[tokio::test]
async fn pages_that_alternate_end_it() {
    let (client, fake) = client(|page| participants(&ids(page % 2 * 10, page % 2 * 10 + 10), ""));
    assert_eq!(collect(&client).await.len(), 20, "no item comes twice");
    assert_eq!(fake.requests().len(), 3);
}

#[tokio::test]
async fn it_starts_at_the_page_that_was_asked_for() {
    let (client, fake) =
        client(|page| if page < 5 { participants(&ids(page, page + 1), "") } else { participants(&[], "") });
    let sessions = client.realtime_kit().sessions();
    let mut pages = sessions.get_session_participants("a", "b", "c").page_no(3).pages();
    let mut count = 0;
    while pages.try_next().await.unwrap().is_some() {
        count += 1;
    }
    assert_eq!(fake.requests().len(), 3);
    assert!(count == 2 || count == 3, "pages 3 and 4, and perhaps the empty one: {count}");
}

#[tokio::test]
async fn an_error_on_a_later_page_comes_through_after_the_items_before_it() {
    let fake = Fake::new(|request, _| {
        if request.uri().query().unwrap_or_default().contains("page_no=2") {
            reply(404, &[], "{}")
        } else {
            reply(200, &[], r#"{"data":{"participants":[{"id":"1"}]}}"#)
        }
    });
    let client = Client::builder()
        .bearer_token("token")
        .transport(fake)
        .options(|options| options.timeout(ATTEMPT))
        .build()
        .unwrap();
    let mut items = client.realtime_kit().sessions().get_session_participants("a", "b", "c").items();
    assert!(items.try_next().await.unwrap().is_some());
    assert!(items.try_next().await.unwrap_err().is_not_found());
    assert!(items.try_next().await.unwrap().is_none(), "an error is the end");
}

#[tokio::test]
async fn sessions_page_too() {
    let body = r#"{"data":{"sessions":[{"id":"s","associated_id":"m","created_at":"t","live_participants":0,
        "max_concurrent_participants":1,"meeting_display_name":"n","minutes_consumed":0.5,"organization_id":"o",
        "started_at":"t","status":"LIVE","type":"meeting","updated_at":"t"}]},"paging":{"total_count":1}}"#;
    let (client, fake) = client(move |_| body.to_owned());
    let mut items = client.realtime_kit().sessions().get_sessions("a", "b").items();
    assert_eq!(items.try_next().await.unwrap().map(|session| session.id).as_deref(), Some("s"));
    assert!(items.try_next().await.unwrap().is_none());
    assert_eq!(fake.requests().len(), 1);
}
