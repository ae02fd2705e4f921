//! Runs of the generator for tests: from a folder with a description, or from a text alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clientwright::config::Config;
use clientwright::diag::{Severity, text};
use clientwright::emit::Files;
use clientwright::model::Delivery;
use clientwright::pipeline::{self, Outcome, Output, Prepared, Run};
use clientwright::write::Mode;

use crate::{target, workspace};

/// What a run without a disk gave.
#[derive(Debug)]
pub struct Ran {
    /// The model and the files; `None` when a stage found an error.
    pub made: Option<(Prepared, Files)>,
    /// Every finding, a block of lines each, with the folder's own path left out.
    pub findings: String,
    /// The codes of the errors.
    pub errors: Vec<&'static str>,
}

impl Ran {
    /// The files of a run without errors.
    pub fn files(&self) -> &Files {
        let (_, files) = self.made.as_ref().unwrap_or_else(|| panic!("nothing was generated:\n{}", self.findings));
        files
    }

    /// What the compiler says of the crate, which it reads in `folder` of Cargo's target folder: nothing.
    pub fn checked(&self, folder: &str) -> String {
        let root = target().join(folder);
        for (path, text) in &self.files().0 {
            let file = root.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let manifest = &self.files().0["Cargo.toml"];
        fs::write(root.join("Cargo.toml"), format!("{manifest}\n[workspace]\n")).unwrap();
        fs::copy(workspace().join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["check", "--offline", "--quiet", "--no-default-features"]).current_dir(&root);
        cargo.env("CARGO_TARGET_DIR", target().join("vendor/target")).env_remove("RUSTFLAGS");
        let output = cargo.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if said.is_empty() && !output.status.success() { output.status.to_string() } else { said }
    }
}

/// The configuration of a folder: its `clientwright.toml`, or its `api.yaml` or `api.json` and no more.
pub fn config(folder: &Path, run: &mut Run<'_>) -> Option<Config> {
    let file = folder.join("clientwright.toml");
    if file.exists() {
        return pipeline::read_config(&file, run);
    }
    let yaml = folder.join("api.yaml");
    let spec = if yaml.exists() { yaml } else { folder.join("api.json") };
    Some(Config::new(spec, folder.join("client")))
}

/// Generates from a folder; nothing is written.
pub fn folder(folder: &Path) -> Ran {
    let mut run = Run::default();
    let made = match config(folder, &mut run) {
        Some(config) => pipeline::files(&config, &mut run).inspect(|_| run.finish(&config)),
        None => None,
    };
    ran(&run, made, folder)
}

/// Generates from a text; nothing is written.
pub fn text(description: &str, delivery: Delivery) -> Ran {
    let place = tempfile::tempdir().unwrap();
    let spec = place.path().join("api.yaml");
    std::fs::write(&spec, description).unwrap();
    let config = Config { delivery, ..Config::new(spec, place.path().join("client")) };
    let mut run = Run::default();
    let made = pipeline::files(&config, &mut run).inspect(|_| run.finish(&config));
    ran(&run, made, place.path())
}

fn ran(run: &Run<'_>, made: Option<(Prepared, Files)>, folder: &Path) -> Ran {
    let blocks: Vec<String> = run.diagnostics.iter().map(|found| text::render(found, &run.sources)).collect();
    let errors = run.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let own = format!("{}/", folder.display());
    Ran { made, findings: blocks.join("\n").replace(&own, ""), errors: errors.map(|found| found.code.id).collect() }
}

/// What a run against the disk gave.
#[derive(Debug)]
pub struct Written {
    /// What was done; `None` when a stage before writing found an error.
    pub outcome: Option<Outcome>,
    /// Every finding, a block of lines each.
    pub findings: String,
    /// The codes of the errors.
    pub errors: Vec<&'static str>,
}

/// Generates from a folder into the folder that its configuration names, or checks what is there.
pub fn write(folder: &Path, mode: Mode) -> Written {
    let mut run = Run::default();
    let output = Output { mode, overwrite_edited: false, command: "clientwright generate" };
    let outcome = config(folder, &mut run).and_then(|config| pipeline::generate(&config, output, &mut run));
    let Ran { findings, errors, .. } = ran(&run, None, folder);
    Written { outcome, findings, errors }
}

/// A folder with a description in it, which is gone when it is dropped.
pub fn place(description: &str) -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("api.yaml"), description).unwrap();
    let client = place.path().join("client");
    (place, client)
}
