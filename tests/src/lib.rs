//! What the tests share: servers on loopback, and the folders that cases stand in.

pub mod calls;
pub mod fake;
pub mod generate;
pub mod raw;
pub mod server;

/// The Rust of the repository's README compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

use std::path::PathBuf;

/// The workspace's folder.
pub fn workspace() -> PathBuf {
    let mut path = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    path.pop();
    path
}
