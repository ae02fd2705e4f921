//! A server on loopback that writes what it likes, well-formed or not.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};

/// A server that hands each connection, with the head of the request read from it, to a script.
#[derive(Clone, Debug)]
pub struct RawServer {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    heads: Arc<Mutex<Vec<String>>>,
}

impl RawServer {
    /// Starts a server; `script` has the connection and how many came before it, and ends it by returning.
    pub async fn start<F>(script: impl Fn(TcpStream, usize) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server =
            Self { address: listener.local_addr().unwrap(), connections: Arc::default(), heads: Arc::default() };
        let (connections, heads) = (Arc::clone(&server.connections), Arc::clone(&server.heads));
        let script = Arc::new(script);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let before = connections.fetch_add(1, Ordering::SeqCst);
                let (script, heads) = (Arc::clone(&script), Arc::clone(&heads));
                tokio::spawn(async move {
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        match stream.read_u8().await {
                            Ok(byte) => head.push(byte),
                            Err(_) => return,
                        }
                    }
                    heads.lock().unwrap().push(String::from_utf8_lossy(&head).to_lowercase());
                    script(stream, before).await;
                });
            }
        });
        server
    }

    /// The address, such as `http://127.0.0.1:4010`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The heads of the requests so far, in lower case.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}
