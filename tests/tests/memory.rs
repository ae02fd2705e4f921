//! How much memory an answer can take: a gzip bomb over loopback. Alone in its binary, for the high-water mark that it reads
//! is the whole process's.

use clientwright_tests::raw::RawServer;
use flate2::{Compress, Compression, FlushCompress};
use realtimekit_sessions::{Client, ErrorKind};
use tokio::io::AsyncWriteExt;

const MIB: usize = 1 << 20;
/// The default cap of a body.
const CAP: usize = 32 * MIB;

/// One mebibyte of zeros as a deflate block that depends on nothing before it (RFC 1951), so that it can be repeated.
fn zeros() -> Vec<u8> {
    let mut block = Vec::with_capacity(16 << 10);
    Compress::new(Compression::best(), false).compress_vec(&vec![0; MIB], &mut block, FlushCompress::Full).unwrap();
    block
}

/// A server that answers `mebibytes` of zeros, compressed (RFC 1952).
async fn bomb(status: &'static str, mebibytes: usize) -> RawServer {
    RawServer::start(move |mut stream, _| async move {
        let head = format!("HTTP/1.1 {status}\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n");
        let _ = stream.write_all(head.as_bytes()).await;
        let _ = stream.write_all(b"\x1f\x8b\x08\0\0\0\0\0\0\xff").await;
        let block = zeros();
        for _ in 0..mebibytes {
            if stream.write_all(&block).await.is_err() {
                return;
            }
        }
    })
    .await
}

/// A line of `/proc/self/status`, in bytes.
#[cfg(target_os = "linux")]
fn memory(line: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|text| text.strip_prefix(line)).unwrap();
    line.trim_start_matches(':').trim().trim_end_matches(" kB").parse::<usize>().unwrap() << 10
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_decompression_bomb_is_stopped_at_the_cap() {
    let client = |server: &RawServer| Client::builder().bearer_token("t").base_url(server.url()).build().unwrap();
    let before = memory("VmRSS");

    // The head of an error's body is kept, and no more is read.
    let server = bomb("400 Bad Request", 256).await;
    let error = client(&server).realtime_kit().sessions().get_sessions("a", "b").send().await.unwrap_err();
    assert_eq!((error.kind(), error.body().len()), (ErrorKind::Status, 64 << 10));
    let grown = memory("VmHWM").saturating_sub(before);
    assert!(grown <= 16 * MIB, "an error's body takes {} MiB", grown / MIB);

    // A body that streams is not kept at all.
    let server = bomb("200 OK", 64).await;
    let mut raw = client(&server).realtime_kit().sessions().get_sessions("a", "b").send().raw().await.unwrap();
    let mut len = 0;
    while len < 64 * MIB {
        len += raw.chunk().await.unwrap().expect("more to come").len();
    }
    let grown = memory("VmHWM").saturating_sub(before);
    assert!(grown <= 16 * MIB, "a streaming body takes {} MiB", grown / MIB);

    let server = bomb("200 OK", 256).await;
    let error = client(&server).realtime_kit().sessions().get_sessions("a", "b").send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::TooLarge, 1), "{error}");
    assert!(error.to_string().contains(&CAP.to_string()), "{error}");
    assert_eq!(server.connections(), 1);
    let grown = memory("VmHWM").saturating_sub(before);
    assert!(grown <= 2 * CAP + 8 * MIB, "a body takes {} MiB", grown / MIB);
}
