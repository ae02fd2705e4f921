//! The client that the build script made, against a server on loopback; and what the build script tells cargo.

#![allow(clippy::unwrap_used, reason = "a call that fails is a test that fails")]

use clientwright_consumer::api::types::{Product, ProductPrice, Shelf};
use clientwright_consumer::api::{Client, ErrorKind};
use clientwright_tests::server::{json, Server};

fn client(server: &Server) -> Client {
    Client::builder().key("secret").base_url(server.url()).build().unwrap()
}

#[tokio::test]
async fn the_client_calls_pages_and_reads() {
    let server = Server::start(|request, _| {
        let page = request.pairs().iter().find(|(name, _)| name == "page").map(|(_, page)| page.clone());
        match page.as_deref() {
            None | Some("1") => json(
                200,
                r#"{ "total": 3, "products": [{ "id": "1", "shelf": "top", "price": 1.5 }, { "id": "2", "shelf": "attic", "price": "much", "like": { "id": "1", "shelf": "top" } }] }"#,
            ),
            _ => json(200, r#"{ "total": 3, "products": [{ "id": "3", "shelf": "bottom" }] }"#),
        }
    })
    .await;
    let products = client(&server).shop().products();
    let mut all = products.list_products().shelf(Shelf::Top).items();
    let mut found: Vec<Product> = Vec::new();
    while let Some(product) = all.try_next().await.unwrap() {
        found.push(product);
    }
    let shelves: Vec<_> = found.iter().map(|product| product.shelf.as_str()).collect();
    assert_eq!(shelves, ["top", "attic", "bottom"]);
    assert_eq!(found[0].price, Some(ProductPrice::Number(1.5)));
    assert_eq!(found[1].like.as_ref().map(|like| like.id.as_str()), Some("1"));
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!((requests[0].header("x-shop-key"), requests[0].path.as_str()), ("secret", "/products"));
    assert!(requests[0].header("user-agent").starts_with("corner-shop/0.1.0"));
}

#[tokio::test]
async fn errors_are_typed() {
    let server = Server::start(|_, _| json(404, r#"{ "message": "gone" }"#)).await;
    let error = client(&server).shop().products().list_products().send().await.unwrap_err();
    assert!(error.is_not_found() && error.kind() == ErrorKind::Status);
    assert_eq!(error.problem().unwrap().message.as_deref(), Some("gone"));
    // Credentials go over plain http to this machine only: nothing is sent.
    let other = Client::builder().base_url("http://other.example").key("k").build().unwrap();
    let error = other.shop().products().list_products().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
}
