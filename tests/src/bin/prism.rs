//! Runs Prism, a mock server that checks every request against the description, and all operations of the Sessions client
//! against it. Prism comes from npm into `target/prism` the first time.
//!
//! Fails with a line for each call that Prism refuses, or whose answer the client can't decode.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::Duration;

use clientwright_tests::calls::CALLS;
use clientwright_tests::workspace;
use realtimekit_sessions::Client;

const PRISM: &str = "@stoplight/prism-cli@5.14";

#[tokio::main]
async fn main() -> ExitCode {
    let folder = workspace().join("target/prism");
    install(&folder);
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let _server = start(&folder, port).await;
    let url = format!("http://127.0.0.1:{port}");
    let ways = [
        ("bearer token", Client::builder().bearer_token("token")),
        ("email and key", Client::builder().api_email("user@example.com").api_key("key")),
    ];
    let mut failed = 0;
    let mut passed = 0;
    for (way, builder) in ways {
        let client = builder.base_url(&*url).build().unwrap();
        for call in CALLS {
            match (call.run)(client.clone()).await {
                Ok(_) => passed += 1,
                Err(error) => {
                    failed += 1;
                    eprintln!("{} {} with {way}: {error}", call.operation, call.variant);
                    if let Some(why) = error.headers().and_then(|headers| headers.get("sl-violations")) {
                        eprintln!("    {}", String::from_utf8_lossy(why.as_bytes()));
                    }
                }
            }
        }
    }
    // Without credentials Prism must refuse: it shows that it checks at all.
    let raw = Client::builder().bearer_token("token").base_url(&*url).build().unwrap();
    let unknown = raw.realtime_kit().sessions().get_sessions("a", "b").status("NO_SUCH_STATUS".into()).send().await;
    match unknown {
        Err(error) if error.is_unprocessable() => passed += 1,
        other => {
            failed += 1;
            eprintln!("an unknown status was not refused: {other:?}");
        }
    }
    println!("{passed} passed, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Installs Prism into `folder` unless it is there.
fn install(folder: &Path) {
    if folder.join("node_modules/.bin/prism").exists() {
        return;
    }
    std::fs::create_dir_all(folder).unwrap();
    let status = Command::new("npm")
        .args(["install", "--no-audit", "--no-fund", "--prefix"])
        .arg(folder)
        .arg(PRISM)
        .status()
        .expect("npm runs: Prism needs Node 20 or later");
    assert!(status.success(), "npm can't install {PRISM}");
}

/// A child process that ends with the run.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts Prism and waits until it takes connections.
async fn start(folder: &Path, port: u16) -> Server {
    let child = Command::new(folder.join("node_modules/.bin/prism"))
        .args(["mock", "--errors", "--host", "127.0.0.1", "--port", &port.to_string()])
        .arg(workspace().join("spec/sessions.yaml"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .expect("Prism starts");
    let server = Server(child);
    for _ in 0..120 {
        if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            return server;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    panic!("Prism does not answer on port {port}");
}
