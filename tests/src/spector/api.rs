//! The client crates: one for each description, by the library, with nothing special for any.

use std::path::{Path, PathBuf};

use clientwright::config::{Config, Package};
use clientwright::diag::{Severity, text};
use clientwright::model::Model;
use clientwright::name::Lock;
use clientwright::pipeline::{self, Output, Run};
use clientwright::write::Mode;

/// A description, and the crate that was made of it.
#[derive(Clone, Debug)]
pub struct Document {
    /// The version in the file's name: `v1` of `openapi.v1.json`.
    pub version: Option<String>,
    /// The crate's name.
    pub name: String,
    /// The crate's folder.
    pub folder: PathBuf,
    /// The model.
    pub model: Model,
    /// What had to be left out.
    pub left_out: Vec<Missing>,
}

/// An operation that had to be left out.
#[derive(Clone, Debug)]
pub struct Missing {
    /// Where it stands.
    pub pointer: String,
    /// The code that says why.
    pub code: &'static str,
    /// What the code is about.
    pub message: String,
}

/// Generates the crate `name` of a description below `out`, with the settings of a configuration beside it.
///
/// # Errors
///
/// What is wrong with the description, as the generator says it.
pub fn generate(description: &Path, name: &str, out: &Path, settings: &str) -> Result<Document, String> {
    let folder = out.join(name);
    let mut run = Run::default();
    let file = out.join(format!("{name}.toml"));
    let text = format!("spec = {description:?}\nout = {name:?}\n{settings}");
    std::fs::create_dir_all(out).and_then(|()| std::fs::write(&file, text)).map_err(|error| error.to_string())?;
    let config = pipeline::read_config(&file, &mut run);
    let config =
        config.map(|config| Config { package: Package { name: Some(name.to_owned()), ..config.package }, ..config });
    let config = config.ok_or("the settings are wrong")?;
    let made = pipeline::files(&config, &mut run).and_then(|(prepared, files)| {
        let Model { api, facts, names, .. } = &prepared.model;
        let lock = Lock::of(api, facts, names);
        let output = Output { mode: Mode::Write, overwrite_edited: true, command: "spector" };
        pipeline::write_files(&config, output, &files, &lock, &mut run)?;
        Some(prepared)
    });
    run.finish(&config);
    let mut errors = run.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let said = errors.next().map(|found| text::render(found, &run.sources));
    let prepared =
        made.ok_or_else(|| said.unwrap_or_default().lines().next().unwrap_or("nothing is written").to_owned())?;
    let left_out = prepared.left_out.iter().filter(|left| left.operation).map(|left| Missing {
        pointer: left.pointer.to_string(),
        code: left.code.id,
        message: left.code.title.to_owned(),
    });
    let file = description.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    Ok(Document {
        version: file.strip_prefix("openapi.").map(str::to_owned),
        name: name.to_owned(),
        folder,
        left_out: left_out.collect(),
        model: prepared.model,
    })
}

/// The crate's name: `spector-type-array`.
pub fn crate_name(spec: &str, description: &Path) -> String {
    let file = description.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let version = file.strip_prefix("openapi").unwrap_or_default();
    let name: String = format!("spector-{spec}{version}").to_lowercase();
    name.chars().map(|character| if character.is_ascii_alphanumeric() { character } else { '-' }).collect()
}
