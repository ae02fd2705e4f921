//! Tokens that a client fetches itself, over the wire.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clientwright_tests::raw::RawServer;
use clientwright_tests::server::{Server, json};
use golden_everything::{
    BoxFuture, Client, ClientCredentials, Error, FetchedToken, TokenContext, TokenError, TokenProvider,
};
use tokio::io::AsyncWriteExt;

/// A server whose API takes the token that its token endpoint gave last, and tokens that are called after their number.
async fn start() -> Server {
    let given = AtomicUsize::new(0);
    Server::start(move |request, _| match request.path.as_str() {
        "/token" => {
            let number = given.fetch_add(1, Ordering::Relaxed) + 1;
            json(200, format!(r#"{{"access_token": "t{number}", "token_type": "bearer", "expires_in": 3600}}"#))
        }
        _ if request.header("authorization") == format!("Bearer t{}", given.load(Ordering::Relaxed)) => {
            json(200, "1.5")
        }
        _ => json(401, r#"{"message": "no"}"#),
    })
    .await
}

fn paths(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request| request.path).collect()
}

async fn call(client: &Client) -> Result<(), Error> {
    client.request(http::Method::GET, "/any").send().await.map(drop)
}

#[tokio::test]
async fn client_credentials_become_tokens() {
    let server = start().await;
    let credentials =
        ClientCredentials::new("me", "secret").scopes(["read"]).token_url(format!("{}/token", server.url()));
    let client = Client::builder().base_url(server.url()).token(credentials).build().unwrap();
    let calls = (0..20).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { call(&client).await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    let requests = server.requests();
    assert_eq!(requests.iter().filter(|request| request.path == "/token").count(), 1, "once for all calls that wait");
    let token = &requests[0];
    assert_eq!(token.header("authorization"), "Basic bWU6c2VjcmV0");
    assert_eq!(token.body, "grant_type=client_credentials&scope=read");

    // Another client gets another token, and the first one is refused: it is renewed, once.
    let other = ClientCredentials::new("me", "secret").in_body(true).token_url(format!("{}/token", server.url()));
    let other = Client::builder().base_url(server.url()).token(other).build().unwrap();
    call(&other).await.unwrap();
    call(&client).await.unwrap();
    assert_eq!(paths(&server)[21..], ["/token", "/any", "/any", "/token", "/any"]);
}

#[tokio::test]
async fn calls_that_leave_early_let_the_others_have_their_token() {
    let server = RawServer::start(|mut stream, before| async move {
        // The first request is for the token, and has a body.
        let body = if before == 0 { r#"{"access_token": "t"}"# } else { "1.5" };
        tokio::time::sleep(Duration::from_millis(if before == 0 { 600 } else { 0 })).await;
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ";
        let _ = stream.write_all(format!("{head}{}\r\n\r\n{body}", body.len()).as_bytes()).await;
    })
    .await;
    let credentials = ClientCredentials::new("me", "secret").token_url(format!("{}/token", server.url()));
    let client = Client::builder().base_url(server.url()).token(credentials).build().unwrap();
    let hasty = client.with_options(|options| options.timeout(Duration::from_millis(100)).max_retries(0));
    let mut calls = Vec::new();
    for _ in 0..4 {
        for client in [&hasty, &client] {
            let client = client.clone();
            calls.push(tokio::spawn(async move { call(&client).await }));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    let mut came = Vec::new();
    for call in calls {
        came.push(call.await.unwrap().is_ok());
    }
    assert_eq!(came, [false, true].repeat(4));
    let heads = server.heads();
    assert_eq!(heads.iter().filter(|head| head.starts_with("post /token ")).count(), 1, "{heads:?}");
}

#[tokio::test]
async fn any_provider_gives_tokens() {
    #[derive(Debug)]
    struct Vault(Arc<AtomicUsize>);

    impl TokenProvider for Vault {
        fn fetch<'a>(&'a self, context: TokenContext<'a>) -> BoxFuture<'a, Result<FetchedToken, TokenError>> {
            assert_eq!(context.scheme().name(), "token");
            Box::pin(async move {
                tokio::task::yield_now().await;
                let number = self.0.fetch_add(1, Ordering::Relaxed);
                if number == 2 { Err("sealed".into()) } else { Ok(FetchedToken::new(format!("t{number}"))) }
            })
        }
    }

    let server = start().await;
    let fetched = Arc::new(AtomicUsize::new(0));
    let client = Client::builder().base_url(server.url()).token(Vault(Arc::clone(&fetched))).build().unwrap();
    // `t0` is what the server takes before its own endpoint gave one.
    call(&client).await.unwrap();
    call(&client).await.unwrap();
    assert_eq!((fetched.load(Ordering::Relaxed), paths(&server).len()), (1, 2));
    let own = client.request(http::Method::POST, "/token").send().await.unwrap();
    assert_eq!(own["access_token"], "t1");
    call(&client).await.unwrap();
    assert_eq!(fetched.load(Ordering::Relaxed), 2, "a 401 renews");
}
