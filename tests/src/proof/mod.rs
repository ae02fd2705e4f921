//! Proves what `diff` says of a change to callers: the clients of both descriptions are generated, and a consumer is compiled
//! against each. All clients of one side are modules of one crate with one runtime, so that compiling many costs little; a
//! client that is delivered as a module is compiled together with its consumer.

pub(crate) mod host;
mod rustc;

use std::path::{Path, PathBuf};

use clientwright::compare::{self, Input, Placed};
use clientwright::config::Config;
use clientwright::diff::{Rust, Wire};
use clientwright::emit::Files;
use clientwright::model::{Delivery, Model};
use clientwright::pipeline::{self, Run};

pub use host::Hosts;

/// A folder with `old.yaml`, `new.yaml`, `consumer.rs` and maybe a `clientwright.toml`.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// The folder.
    pub folder: PathBuf,
    config: Config,
}

/// One of the two sides of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `old.yaml`
    Old,
    /// `new.yaml`
    New,
}

impl Side {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Old, Self::New];

    /// `old` or `new`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
}

impl Case {
    /// Reads a folder.
    pub fn read(folder: &Path) -> Self {
        let file = folder.join("clientwright.toml");
        let mut run = Run::default();
        let config = if file.exists() {
            pipeline::read_config(&file, &mut run).expect("a configuration without errors")
        } else {
            Config::new(folder.join("new.yaml"), folder.join("client"))
        };
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { name, folder: folder.to_owned(), config }
    }

    /// What has changed.
    pub fn changes(&self) -> Vec<Placed> {
        let input = |side| Input { spec: self.spec(side), reader: None, overlays: None, config: None };
        let compared = compare::compare(&self.config, &input(Side::Old), &input(Side::New));
        let found = [&compared.old, &compared.new].map(|read| format!("{:?}", read.diagnostics));
        compared.changes.unwrap_or_else(|| panic!("{} can't be compared: {found:?}", self.name))
    }

    /// Whether a change of this gravity is among these.
    pub fn gravest(changes: &[Placed]) -> Option<Rust> {
        changes.iter().map(|placed| placed.change.rust).max()
    }

    /// The files of a client.
    pub fn files(&self, side: Side) -> Files {
        let mut run = Run::default();
        let config = Config { spec: self.spec(side), ..self.config.clone() };
        match pipeline::files(&config, &mut run) {
            Some((_, files)) => files,
            None => panic!("{} ({}): {:?}", self.name, side.as_str(), run.diagnostics),
        }
    }

    /// The model of a description, with the bounds of what is sent.
    pub fn model(&self, side: Side) -> Model {
        let mut run = Run::default();
        let config = Config { spec: self.spec(side), check_bounds: true, ..self.config.clone() };
        match pipeline::prepare(&config, &mut run) {
            Some(prepared) => prepared.model,
            None => panic!("{} ({}): {:?}", self.name, side.as_str(), run.diagnostics),
        }
    }

    /// The gravest verdict about the wire among these.
    pub fn gravest_of_wire(changes: &[Placed]) -> Wire {
        changes.iter().map(|placed| placed.change.wire).max().unwrap_or(Wire::None)
    }

    /// Whether the client is a module of its caller.
    pub fn is_module(&self) -> bool {
        self.config.delivery == Delivery::Module
    }

    /// The text of the consumer.
    pub fn consumer(&self) -> String {
        std::fs::read_to_string(self.folder.join("consumer.rs")).expect("a consumer")
    }

    /// The name as one of a module.
    pub fn module(&self) -> String {
        self.name.replace('-', "_")
    }

    /// The description.
    pub fn spec(&self, side: Side) -> PathBuf {
        self.folder.join(format!("{}.yaml", side.as_str()))
    }
}
