//! Paging of every style over the wire: every item once, by the pages that the server says there are.

use clientwright_tests::server::{Recorded, Reply, Server, json, with_headers};
use golden_everything::types::{FilterPetsBody, FindOptions, FindPetsBody, Named, Search};
use golden_everything::{Client, Error, ErrorKind, InBody, PageInfo};
use http::Method;
use serde_json::{Value, json as value};

async fn start(reply: impl Fn(&Recorded, usize) -> Reply + Send + Sync + 'static) -> (Client, Server) {
    let server = Server::start(move |request, before| {
        assert_eq!(request.header("authorization"), "Bearer secret", "every page has the same credentials");
        assert_eq!(request.header("x-team"), "a", "and the same options");
        reply(request, before)
    })
    .await;
    let builder = Client::builder().token("secret").base_url(server.url());
    (builder.options(|options| options.header("x-team", "a")).build().unwrap(), server)
}

/// Items with these IDs.
fn named(ids: &[usize]) -> Vec<Value> {
    ids.iter().map(|id| value!({ "id": id.to_string() })).collect()
}

fn queries(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request| request.query.unwrap_or_default()).collect()
}

/// The IDs of all items, or the error after them.
macro_rules! all {
    ($items:expr) => {{
        let mut items = $items;
        let mut ids = Vec::new();
        let end: Result<(), Error> = loop {
            match items.try_next().await {
                Ok(Some(Named { id, .. })) => ids.push(id),
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        (ids.join(" "), end)
    }};
}

#[tokio::test]
async fn a_cursor_in_the_query() {
    let (client, server) = start(|_, before| {
        let cursors = [value!("a b"), value!("c"), value!(null)];
        let meta = value!({ "next_cursor": cursors[before], "has_more": before < 2 });
        json(200, value!({ "pets": named(&[before]), "meta": meta }).to_string())
    })
    .await;
    let (ids, end) = all!(client.shop().pages().pets_by_cursor().limit(1).items());
    end.unwrap();
    assert_eq!(ids, "0 1 2");
    assert_eq!(queries(&server), ["limit=1", "limit=1&cursor=a%20b", "limit=1&cursor=c"]);
}

#[tokio::test]
async fn the_id_of_the_last_item() {
    let (client, server) = start(|_, before| {
        let page = value!({ "data": named(&[2 * before, 2 * before + 1]), "has_more": before < 1 });
        json(200, page.to_string())
    })
    .await;
    let (ids, end) = all!(client.shop().pages().pets_after().items());
    end.unwrap();
    assert_eq!((ids.as_str(), queries(&server)), ("0 1 2 3", vec![String::new(), "starting_after=1".to_owned()]));
}

#[tokio::test]
async fn a_page_without_items_that_says_there_is_more() {
    let (client, server) = start(|_, _| json(200, r#"{"data": [], "has_more": true}"#)).await;
    let (ids, end) = all!(client.shop().pages().pets_after().items());
    assert_eq!((ids.as_str(), end.unwrap_err().kind(), queries(&server).len()), ("", ErrorKind::Paging, 1));

    let (client, server) = start(|_, before| {
        let page = value!({ "pets": [], "meta": { "next_cursor": before.to_string() } });
        json(200, page.to_string())
    })
    .await;
    let (ids, end) = all!(client.shop().pages().pets_by_cursor().items());
    assert_eq!((ids.as_str(), end.unwrap_err().kind(), queries(&server).len()), ("", ErrorKind::Paging, 100));

    let (client, server) = start(|_, before| {
        let items = if before == 9 { named(&[9]) } else { named(&[]) };
        let cursor = (before < 9).then(|| before.to_string());
        json(200, value!({ "pets": items, "meta": { "next_cursor": cursor } }).to_string())
    })
    .await;
    let (ids, end) = all!(client.shop().pages().pets_by_cursor().items());
    end.unwrap();
    assert_eq!((ids.as_str(), queries(&server).len()), ("9", 10));
}

#[tokio::test]
async fn cursors_that_repeat() {
    for (cursors, pages) in [(["a", "a", "a"], 2), (["a", "b", "a"], 3)] {
        let (client, server) = start(move |_, before| {
            let page = value!({ "pets": named(&[before]), "meta": { "next_cursor": cursors[before] } });
            json(200, page.to_string())
        })
        .await;
        let (_, end) = all!(client.shop().pages().pets_by_cursor().items());
        end.unwrap();
        assert_eq!(queries(&server).len(), pages);
    }
}

#[tokio::test]
async fn items_before_the_page() {
    let (client, server) = start(|request, _| {
        let offset: usize =
            request.pairs().iter().find(|(name, _)| name == "offset").map_or(0, |(_, n)| n.parse().unwrap());
        let ids: Vec<usize> = (offset..5.min(offset + 2)).collect();
        json(200, value!({ "pets": named(&ids), "total": 5 }).to_string())
    })
    .await;
    let (ids, end) = all!(client.shop().pages().pets_by_offset().items());
    end.unwrap();
    assert_eq!((ids.as_str(), queries(&server)), ("0 1 2 3 4", vec!["".into(), "offset=2".into(), "offset=4".into()]));
    let (ids, end) = all!(client.shop().pages().pets_by_offset().offset(3).items());
    end.unwrap();
    assert_eq!((ids.as_str(), queries(&server).len()), ("3 4", 4));
}

#[tokio::test]
async fn the_address_of_the_next_page() {
    let (client, server) = start(|request, before| {
        let host = request.header("host");
        let next = [format!("http://{host}/elsewhere?page=b%20c&x"), "?page=d".to_owned(), String::new()];
        json(200, value!({ "pets": named(&[before]), "links": { "next": next[before] } }).to_string())
    })
    .await;
    let (ids, end) = all!(client.shop().pages().pets_by_address().limit(1).items());
    end.unwrap();
    assert_eq!(
        (ids.as_str(), queries(&server)),
        ("0 1 2", vec!["limit=1".into(), "page=b%20c&x".into(), "page=d".into()])
    );
    let paths: Vec<String> = server.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(paths, ["/pets/by-address", "/elsewhere", "/elsewhere"]);
}

#[tokio::test]
async fn an_address_at_another_origin_is_not_sent_to() {
    let other = Server::start(|_, _| json(200, "{}")).await;
    let next = format!("{}/pets", other.url());
    let (client, server) =
        start(move |_, _| json(200, value!({ "pets": named(&[1]), "links": { "next": next } }).to_string())).await;
    let (ids, end) = all!(client.shop().pages().pets_by_address().items());
    let error = end.unwrap_err();
    assert_eq!((ids.as_str(), error.kind(), error.attempts()), ("1", ErrorKind::Paging, 0));
    assert_eq!((queries(&server).len(), other.requests().len()), (1, 0));
}

#[tokio::test]
async fn the_header_link() {
    let (client, server) = start(|request, before| {
        let host = request.header("host");
        let links = [
            format!("<http://{host}/pets/by-link?page=2&limit=1>; rel=\"next\", <http://{host}/>; rel=\"first\""),
            format!("<http://{host}/>; rel=\"first\", </pets/by-link?page=3>; rel=next"),
            format!("<http://{host}/>; rel=\"first\""),
        ];
        with_headers(json(200, Value::from(named(&[before])).to_string()), &[("link", &links[before])])
    })
    .await;
    let (ids, end) = all!(client.shop().pages().pets_by_link().limit(1).items());
    end.unwrap();
    assert_eq!(
        (ids.as_str(), queries(&server)),
        ("0 1 2", vec!["limit=1".into(), "page=2&limit=1".into(), "page=3".into()])
    );
}

#[tokio::test]
async fn a_cursor_in_the_body() {
    let (client, server) = start(|_, before| {
        let cursor = ["a", "b", ""][before];
        json(200, value!({ "pets": named(&[before]), "cursor": cursor }).to_string())
    })
    .await;
    let (ids, end) = all!(client.shop().pages().search_pets(&Search::new("x")).items());
    end.unwrap();
    let body = |cursor: &str| value!({ "name": "x", "cursor": cursor });
    assert_eq!((ids.as_str(), bodies(&server)), ("0 1 2", vec![value!({ "name": "x" }), body("a"), body("b")]));
}

#[tokio::test]
async fn an_offset_in_the_body() {
    let (client, server) = start(|request, _| {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        let offset = body["options"]["offset"].as_u64().unwrap_or_default() as usize;
        json(200, value!(named(&[offset, offset + 1][..(4 - offset.min(4)).min(2)])).to_string())
    })
    .await;
    let pages = client.shop().pages();
    let red = FindPetsBody::new().color("red");
    let (ids, end) = all!(pages.find_pets().body(&red).items());
    end.unwrap();
    assert_eq!(ids, "0 1 2 3");
    let behind_three = FindPetsBody::new().options(FindOptions::new().offset(3));
    let (ids, end) = all!(pages.find_pets().body(&behind_three).items());
    end.unwrap();
    assert_eq!(ids, "3");
    let [first, second, third, from_three, behind] = &bodies(&server)[..] else { panic!("not five requests") };
    let body = |offset: usize| value!({ "color": "red", "options": { "offset": offset } });
    assert_eq!([first, second, third], [&value!({ "color": "red" }), &body(2), &body(4)]);
    let options = |offset: usize| value!({ "options": { "offset": offset } });
    assert_eq!([from_three, behind], [&options(3), &options(4)]);
}

#[tokio::test]
async fn a_number_in_the_body() {
    let (client, server) =
        start(|_, before| json(200, value!(named(&[before][..(2 - before.min(2)).min(1)])).to_string())).await;
    let one = FilterPetsBody::new().page_size(1);
    let (ids, end) = all!(client.shop().pages().filter_pets().body(&one).items());
    end.unwrap();
    assert_eq!(ids, "0 1");
    let body = |page: usize| value!({ "pageSize": 1, "page": page });
    assert_eq!(bodies(&server), [body(0), body(1), body(2)]);
    // A request that the description doesn't have.
    let request = client.request(Method::POST, "/pets/filter").json(&value!({ "page": 1 }));
    let mut pages = request.pages_by_number(InBody(&["page"]), 0, |page| PageInfo::of(page.as_array().unwrap()));
    assert_eq!(pages.try_next().await.unwrap(), None);
    assert_eq!(bodies(&server)[3], value!({ "page": 1 }));
}

fn bodies(server: &Server) -> Vec<Value> {
    server.requests().iter().map(|request| serde_json::from_slice(&request.body).unwrap()).collect()
}
