//! What the environment decides. A process can't change its own environment safely, so each case runs the test `child` of
//! this binary again, in an environment of its own.

use std::ffi::OsString;
use std::process::Command;

use clientwright_tests::raw::RawServer;
use clientwright_tests::server::{Recorded, Server, json};
use realtimekit_sessions::Client;

#[tokio::test]
#[ignore = "a part of the other tests, which run it"]
async fn child() {
    let built = Client::builder().env().allow_plain_http(true).build();
    let result = match built {
        Ok(client) => client.realtime_kit().sessions().get_sessions("a", "b").send().await.map(drop),
        Err(error) => Err(error),
    };
    match result {
        Ok(()) => println!("RESULT ok"),
        Err(error) => println!("RESULT {:?}: {error}", error.kind()),
    }
}

/// What `child` says in this environment.
async fn run(environment: &[(&str, OsString)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "environment::child", "--nocapture"]).env_clear();
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let start = text.find("RESULT ").unwrap_or_else(|| panic!("the child says nothing: {text}"));
    text[start..].lines().next().unwrap().trim_start_matches("RESULT ").to_owned()
}

/// What `child` says, and what it sends to a server that is its base URL.
async fn sent(environment: &[(&str, &str)]) -> (String, Vec<Recorded>) {
    let server = Server::start(|_, _| json(200, "{}")).await;
    let mut all = vec![("CLOUDFLARE_BASE_URL", OsString::from(server.url()))];
    all.extend(environment.iter().map(|(name, value)| (*name, OsString::from(value))));
    (run(&all).await, server.requests())
}

#[tokio::test]
async fn credentials_come_from_their_variables() {
    let (said, requests) = sent(&[("CLOUDFLARE_API_TOKEN", "t"), ("CLOUDFLARE_EMAIL", "me")]).await;
    assert_eq!((said.as_str(), requests[0].header("authorization")), ("ok", "Bearer t"));
    assert!(!requests[0].headers.contains_key("x-auth-email"));
    let (said, requests) = sent(&[("CLOUDFLARE_API_KEY", "k"), ("CLOUDFLARE_EMAIL", "me")]).await;
    assert_eq!((said.as_str(), requests[0].header("x-auth-key")), ("ok", "k"));
    assert_eq!(requests[0].header("x-auth-email"), "me");
}

#[tokio::test]
async fn what_is_missing_or_unusable_is_named_before_anything_is_sent() {
    let cases: [(&[(&str, &str)], &str); 3] = [
        (&[], "CLOUDFLARE_API_TOKEN"),
        (&[("CLOUDFLARE_API_TOKEN", ""), ("CLOUDFLARE_EMAIL", "me")], "CLOUDFLARE_API_KEY"),
        (&[("CLOUDFLARE_API_TOKEN", "s3cr3t\n")], "api_token"),
    ];
    for (environment, named) in cases {
        let (said, requests) = sent(environment).await;
        assert!(said.starts_with("Configuration: ") && said.contains(named), "{said}");
        assert!(requests.is_empty() && !said.contains("s3cr3t"), "{said}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_variable_that_is_no_text_is_an_error() {
    use std::os::unix::ffi::OsStringExt;
    let said = run(&[("CLOUDFLARE_API_TOKEN", OsString::from_vec(vec![b'a', 0xff]))]).await;
    assert!(said.starts_with("Configuration: ") && said.contains("CLOUDFLARE_API_TOKEN"), "{said}");
}

#[tokio::test]
async fn the_proxy_of_the_environment_is_used() {
    use tokio::io::AsyncWriteExt;
    let proxy = RawServer::start(|mut stream, _| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
    });
    let proxy = proxy.await;
    let said = run(&[
        ("CLOUDFLARE_BASE_URL", "http://api.invalid".into()),
        ("CLOUDFLARE_API_TOKEN", "t".into()),
        ("http_proxy", proxy.url().into()),
    ])
    .await;
    assert_eq!((said.as_str(), proxy.connections()), ("ok", 1));
}

#[tokio::test]
async fn no_proxy_reads_what_is_for_this_machine() {
    let proxy = RawServer::start(|_, _| async {}).await;
    let (said, requests) = sent(&[("CLOUDFLARE_API_TOKEN", "t"), ("http_proxy", proxy.url().as_str())]).await;
    assert_eq!((said.as_str(), requests.len(), proxy.connections()), ("ok", 1, 0));
}
