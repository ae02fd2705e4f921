//! The model: all that is known of an API before anything is emitted. `diff` compares two of them.

use std::collections::BTreeMap;

use crate::analyze::Facts;
use crate::ir::Api;
use crate::name::Names;

/// An API with its facts, its Rust names and the settings of the crate that will be written.
#[derive(Clone, Debug)]
pub struct Model {
    /// The API.
    pub api: Api,
    /// What was found out about it.
    pub facts: Facts,
    /// Every Rust name.
    pub names: Names,
    /// What the configuration says about the output.
    pub settings: Settings,
}

/// What the configuration says about the output; checked already.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How the code is delivered.
    pub delivery: Delivery,
    /// Whether each resource is behind a Cargo feature; `None` leaves it to the size of the API.
    pub resource_features: Option<bool>,
    /// The package's name: `realtimekit-sessions`.
    pub package: String,
    /// The package's version, as in a manifest: `0.1.0`.
    pub version: String,
    /// The package's description; the API's title is used where there is none.
    pub description: Option<String>,
    /// The SPDX expression of the package's licence.
    pub license: Option<String>,
    /// The repository's address.
    pub repository: Option<String>,
    /// Keywords, at most five.
    pub keywords: Vec<String>,
    /// Categories of the registry.
    pub categories: Vec<String>,
    /// The crates that have the types of the configuration, by name.
    pub dependencies: Vec<Dependency>,
    /// The header of requests that are not idempotent by their method and are to count once, as the caller configured it.
    pub idempotency_header: Option<String>,
    /// Whether statuses from 400 to 599 are retried, other than the runtime does by itself.
    pub retries: BTreeMap<u16, bool>,
    /// The environment variable that replaces the server's address.
    pub base_url_env: Option<String>,
    /// The environment variable of each security scheme.
    pub scheme_env: BTreeMap<String, String>,
    /// How to run the generator again, for headers: `clientwright generate`.
    pub command: String,
    /// For a copy in another workspace: what it has for that.
    pub vendored: Option<Vendored>,
}

impl Settings {
    /// Whether anything of a client comes from the environment.
    pub fn reads_env(&self) -> bool {
        self.base_url_env.is_some() || !self.scheme_env.is_empty()
    }
}

/// What a copy in another workspace has and the crate itself has not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vendored {
    /// The folder, as seen from the workspace's.
    pub path: String,
    /// Whether the crate is under the lints of its workspace.
    pub lints: bool,
    /// Whether the workspace says where its crates are published.
    pub publish: bool,
    /// The lints that are not asked of generated code.
    pub allow: Vec<Allowed>,
}

/// Lints that are not asked of generated code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// Why not.
    pub reason: &'static str,
    /// Their names: `clippy::pedantic`.
    pub lints: Vec<String>,
}

/// A crate that a type of the configuration comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The package's name.
    pub name: String,
    /// The versions that are fine, as in a manifest: `1.2`.
    pub version: String,
    /// The features that are needed.
    pub features: Vec<String>,
    /// Whether its default features are there.
    pub default_features: bool,
}

/// How the code is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// A crate of its own.
    Crate,
    /// One file for `include!` in a module of the caller's crate.
    Module,
}
