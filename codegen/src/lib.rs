//! clientwright reads an OpenAPI description and writes a Rust client crate.

pub mod analyze;
mod aside;
mod builder;
pub mod compare;
pub mod config;
pub mod diag;
pub mod diff;
pub mod emit;
pub mod filter;
mod formats;
pub mod ir;
pub mod load;
pub mod lower;
pub mod model;
pub mod name;
pub mod normalize;
pub mod overlay;
pub mod pipeline;
pub mod pointer;
pub mod release;
pub mod source;
pub mod suggest;
pub mod vendor;
pub mod write;

pub use builder::{Builder, Error, Generated};
