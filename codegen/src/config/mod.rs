//! Config: the text of `clientwright.toml` → [`Config`], every setting checked and with its place.
//!
//! Reading never fails halfway: all that is wrong is reported at once. Whether tags, operations, types, members and
//! schemes exist is known only after lowering: [`resolve()`] looks them up. Nothing here touches the disk, and nothing
//! knows of OpenAPI.

mod choose;
mod chosen;
mod edit;
mod judge;
mod paging;
pub mod paths;
mod read;
mod reader;
mod resolve;
mod streams;
pub mod values;
mod vendored;

pub use choose::choose;
pub(crate) use choose::refuse_unused_formats;
pub use edit::with_version;
pub use judge::judge;
pub(crate) use judge::refuse_unused;
pub use paging::Paged;
pub use resolve::{Resolved, resolve};
pub use streams::Streamed;
pub use vendored::{Origin, Record, Vendored};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diag::{Code, Diagnostics};
use crate::filter::Filter;
use crate::ir::{Choice, Choices};
use crate::load::Limits;
use crate::model::{Delivery, Dependency, Settings};
use crate::name::Lock;
use crate::source::{Sources, Span};

/// The name of the configuration's file.
pub const FILE_NAME: &str = "clientwright.toml";

/// The version of a generated package that no setting gives.
pub const DEFAULT_VERSION: &str = "0.1.0";

/// A setting with its place in the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// What it says.
    pub value: T,
    /// Where it says so.
    pub span: Span,
}

/// A setting under a key that the user chose: the key's place tells where something doesn't exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyed {
    /// Where the key stands.
    pub key: Span,
    /// The value, checked in its form.
    pub value: String,
    /// Where the value stands.
    pub span: Span,
}

/// What a run is asked to do.
#[derive(Clone, Debug)]
pub struct Config {
    /// The configuration's file; `None` when there is none.
    pub file: Option<PathBuf>,
    /// The description, ready to be opened.
    pub spec: PathBuf,
    /// Folders beside the description's own whose files it may refer to, ready to be opened.
    pub also_read: Vec<PathBuf>,
    /// Overlays, in the order in which they are applied, ready to be opened.
    pub overlays: Vec<PathBuf>,
    /// Which operations are wanted.
    pub filter: Filter,
    /// The folder of the output, ready to be opened.
    pub out: PathBuf,
    /// What goes into the package's manifest.
    pub package: Package,
    /// How the code is delivered: a crate unless told otherwise.
    pub delivery: Delivery,
    /// Whether each resource is behind a Cargo feature; `None` leaves it to the size of the API.
    pub resource_features: Option<bool>,
    /// Whether objects keep the members that the description does not know.
    pub keep_unknown_members: bool,
    /// Whether requests with a value that the description's bounds exclude are refused before they are sent: numbers, lengths
    /// and patterns of texts, sizes of lists and maps, and equal items, in parameters, bodies and members that a type names.
    pub check_bounds: bool,
    /// The header that requests have so that a repetition counts once, where the description names none.
    pub idempotency_header: Option<String>,
    /// Whether statuses from 400 to 599 are retried, other than the client does by itself.
    pub retries: BTreeMap<u16, bool>,
    /// Tag → path of resources with dots: `realtime_kit.sessions`.
    pub resources: BTreeMap<String, Keyed>,
    /// Names given by hand, as they were written.
    pub names: Names,
    /// Types given by hand.
    pub types: Types,
    /// The crates that have them.
    pub dependencies: Vec<Dependency>,
    /// The media types of request bodies, by `operationId`, `POST /path`, or pointer.
    pub bodies: BTreeMap<String, Keyed>,
    /// How pages of operations hang together, by `operationId`, `GET /path`, or pointer.
    pub paging: BTreeMap<String, Paged>,
    /// What operations answer value by value, by `operationId`, `POST /path`, or pointer.
    pub streams: BTreeMap<String, Streamed>,
    /// The environment variables.
    pub env: Env,
    /// How much input is taken.
    pub limits: Limits,
    /// Warnings that are fine.
    pub allow: Vec<Setting<&'static Code>>,
    /// Findings that are errors.
    pub deny: Vec<Setting<&'static Code>>,
    /// Whether every warning that isn't allowed is an error.
    pub strict: bool,
    /// Whether settings may match nothing: they are for another version of the description too.
    pub may_miss: bool,
    /// For a copy in another workspace: how it is made.
    pub vendored: Option<Vendored>,
    /// The names that are held, if not those that the folder `out` has.
    pub held: Option<Lock>,
}

/// `[package]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// `name`; without it the name of the crate's folder, or the title, brought to form.
    pub name: Option<String>,
    /// `version`; [`DEFAULT_VERSION`] without it.
    pub version: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `license`, an SPDX expression.
    pub license: Option<String>,
    /// `repository`, a web address.
    pub repository: Option<String>,
    /// `keywords`, at most five.
    pub keywords: Vec<String>,
    /// `categories`, at most five.
    pub categories: Vec<String>,
}

/// `[names]`: Rust names by what they name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// By `operationId`, `GET /path`, or pointer: methods in `snake_case`.
    pub operations: BTreeMap<String, Keyed>,
    /// By component schema or pointer: types in `UpperCamelCase`.
    pub types: BTreeMap<String, Keyed>,
    /// By `Schema.member` or pointer: members and parameters in `snake_case`, variants in `UpperCamelCase`.
    pub members: BTreeMap<String, Keyed>,
}

/// `[types]`: the types of values without parts, each a word such as `date-time`, or a path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Types {
    /// By `format`.
    pub formats: BTreeMap<String, Keyed>,
    /// By component schema, `Schema.member` or pointer.
    pub schemas: BTreeMap<String, Keyed>,
}

/// `[env]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Env {
    /// The variable that replaces the server's address.
    pub base_url: Option<String>,
    /// The variable of each security scheme.
    pub schemes: BTreeMap<String, Keyed>,
}

impl Config {
    /// Reads the text of the configuration at `path`; `None` when it has an error, which is then reported.
    ///
    /// Relative paths in it are taken from its folder. `home` is the user's home folder, which is never an output folder.
    pub fn parse(
        path: &Path,
        text: String,
        home: Option<&Path>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let file = sources.add(path, text);
        read::read(path, file, home, sources.text(file), diagnostics)
    }

    /// A configuration that says no more than which description goes into which folder.
    pub fn new(spec: impl Into<PathBuf>, out: impl Into<PathBuf>) -> Self {
        Self {
            file: None,
            spec: spec.into(),
            also_read: Vec::new(),
            overlays: Vec::new(),
            filter: Filter::default(),
            out: out.into(),
            package: Package::default(),
            delivery: Delivery::Crate,
            resource_features: None,
            keep_unknown_members: false,
            check_bounds: false,
            idempotency_header: None,
            retries: BTreeMap::new(),
            resources: BTreeMap::new(),
            names: Names::default(),
            types: Types::default(),
            dependencies: Vec::new(),
            bodies: BTreeMap::new(),
            paging: BTreeMap::new(),
            streams: BTreeMap::new(),
            env: Env::default(),
            limits: Limits::default(),
            allow: Vec::new(),
            deny: Vec::new(),
            strict: false,
            may_miss: false,
            vendored: None,
            held: None,
        }
    }

    /// What was chosen by hand before the description is lowered.
    pub fn choices(&self) -> Choices {
        let formats = self.types.formats.iter();
        Choices {
            formats: formats.filter_map(|(format, set)| Some((format.clone(), Choice::of(&set.value)?))).collect(),
            bodies: self.bodies.iter().map(|(operation, set)| (operation.clone(), set.value.clone())).collect(),
            streams: self.streams.iter().map(|(operation, set)| (operation.clone(), set.choice.clone())).collect(),
        }
    }

    /// The settings that the emitter needs; `title` is the API's.
    pub fn settings(&self, title: &str) -> Settings {
        Settings {
            delivery: self.delivery,
            resource_features: self.resource_features,
            package: self.package_name(title),
            version: self.package.version.clone().unwrap_or_else(|| DEFAULT_VERSION.to_owned()),
            description: self.package.description.clone(),
            license: self.package.license.clone(),
            repository: self.package.repository.clone(),
            keywords: self.package.keywords.clone(),
            categories: self.package.categories.clone(),
            dependencies: self.dependencies.clone(),
            idempotency_header: self.idempotency_header.clone(),
            retries: self.retries.clone(),
            base_url_env: self.env.base_url.clone(),
            scheme_env: self.env.schemes.iter().map(|(name, set)| (name.clone(), set.value.clone())).collect(),
            // Always the same, so that the output doesn't depend on where the command was called.
            command: if self.vendored.is_some() { "clientwright vendor" } else { "clientwright generate" }.to_owned(),
            vendored: self.vendored.as_ref().map(|vendored| vendored.settings.clone()),
        }
    }

    /// The package's name: the one that was set, the output folder's (a module has none of its own), the title's, or
    /// `api-client`. A copy has the name of what it is a copy of.
    fn package_name(&self, title: &str) -> String {
        let original = self.vendored.as_ref().and_then(|vendored| vendored.original.as_deref());
        let folder = || {
            if self.delivery == Delivery::Module && original.is_none() {
                return None;
            }
            let out = paths::absolute(original.unwrap_or(&self.out));
            values::to_package_name(out.file_name()?.to_str()?)
        };
        let name = self.package.name.clone().or_else(folder);
        name.or_else(|| values::to_package_name(title)).unwrap_or_else(|| "api-client".to_owned())
    }
}

#[cfg(test)]
mod tests;
