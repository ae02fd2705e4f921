//! A copy in another workspace: what was asked for, as the copy's manifest keeps it, and what comes of that.

use std::path::PathBuf;

use crate::model::{self, Delivery};

/// How a copy is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vendored {
    /// What the emitter needs of it.
    pub settings: model::Vendored,
    /// What was asked for.
    pub record: Record,
    /// The folder that the manifest names inputs from: that of the configuration, or of the description.
    pub base: PathBuf,
    /// The folder of the crate itself, whose names hold where the copy has none of its own.
    pub original: Option<PathBuf>,
}

/// What was asked for, in the words of the arguments, so that it can be asked for again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// As what.
    pub delivery: Delivery,
    /// What it was made of, if that lies in the same repository: then it is there wherever the copy is.
    pub origin: Option<Origin>,
    /// Overlays beside the configuration's, seen from the copy.
    pub overlays: Vec<String>,
    /// Patterns of operations to take in.
    pub include: Vec<String>,
    /// Patterns of operations to leave out.
    pub exclude: Vec<String>,
    /// Lints that are not asked of it.
    pub allow: Vec<String>,
}

/// What a copy was made of, seen from the copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A configuration.
    Config(String),
    /// A description alone.
    Spec(String),
}

impl Delivery {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Crate => "crate",
            Self::Module => "module",
        }
    }
}

impl Record {
    /// The record of a copy of which no more is known.
    pub fn new(delivery: Delivery) -> Self {
        Self {
            delivery,
            origin: None,
            overlays: Vec::new(),
            include: Vec::new(),
            exclude: Vec::new(),
            allow: Vec::new(),
        }
    }

    /// As a list of keys and values.
    pub fn entries(&self) -> Vec<(&'static str, &str)> {
        let mut entries = vec![("as", self.delivery.as_str())];
        entries.extend(self.origin.as_ref().map(|origin| match origin {
            Origin::Config(path) => ("config", path.as_str()),
            Origin::Spec(path) => ("spec", path.as_str()),
        }));
        let lists = [
            ("overlay", &self.overlays),
            ("include", &self.include),
            ("exclude", &self.exclude),
            ("allow", &self.allow),
        ];
        entries.extend(lists.into_iter().flat_map(|(key, list)| list.iter().map(move |text| (key, text.as_str()))));
        entries
    }

    /// Takes in an entry; whether there are such.
    pub fn take(&mut self, key: &str, value: String) -> bool {
        match (key, value.as_str()) {
            ("as", "crate") => self.delivery = Delivery::Crate,
            ("as", "module") => self.delivery = Delivery::Module,
            ("config", _) => self.origin = Some(Origin::Config(value)),
            ("spec", _) => self.origin = Some(Origin::Spec(value)),
            ("overlay", _) => self.overlays.push(value),
            ("include", _) => self.include.push(value),
            ("exclude", _) => self.exclude.push(value),
            ("allow", _) => self.allow.push(value),
            _ => return false,
        }
        true
    }
}
