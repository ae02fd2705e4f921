//! The builder: for `build.rs`, a description → one Rust file in `OUT_DIR`.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::config::{self, Config};
use crate::diag::{self, Diagnostic, Diagnostics, Severity};
use crate::emit::Files;
use crate::lower::LeftOut;
use crate::model::Delivery;
use crate::pipeline::{self, Run};
use crate::source::Sources;
use crate::write::disk;

/// Generates a client in a build script, for `include!`.
///
/// ```no_run
/// // build.rs
/// clientwright::Builder::new("spec/api.yaml").generate().unwrap();
/// ```
///
/// and in the crate `include!(concat!(env!("OUT_DIR"), "/api.rs"));`. Nothing is fetched, and no other program is run.
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `generate` is called"]
pub struct Builder {
    spec: Option<PathBuf>,
    config: Option<PathBuf>,
    package: Option<String>,
    out_file: Option<String>,
    out_dir: Option<PathBuf>,
    strict: bool,
}

/// What a build script has now.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The file that was written, or had the same content already.
    pub file: PathBuf,
    /// Whether it was written.
    pub changed: bool,
    /// What can't be generated and is not in the file; each was told to cargo as a warning.
    pub left_out: Vec<LeftOut>,
}

/// Why nothing was generated. `Debug`, which is what `unwrap` in a build script prints, is the same text as `Display`: a
/// block of lines for each finding.
pub struct Error {
    text: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no client was generated\n\n{}", self.text)
    }
}

impl std::error::Error for Error {}

impl Builder {
    /// A client for the description at `spec`, a path from the package's folder (where cargo calls build scripts).
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self { spec: Some(spec.into()), config: None, package: None, out_file: None, out_dir: None, strict: false }
    }

    /// A client by a configuration, which names the description. Its `out` and `delivery` mean nothing here: the output
    /// is always one file in `OUT_DIR`.
    pub fn from_config(config: impl Into<PathBuf>) -> Self {
        Self { spec: None, config: Some(config.into()), package: None, out_file: None, out_dir: None, strict: false }
    }

    /// The name that the client gives itself towards servers; the configuration's, or one made of the API's title,
    /// otherwise.
    pub fn package(mut self, name: impl Into<String>) -> Self {
        self.package = Some(name.into());
        self
    }

    /// Names, limits and all else from a configuration; the description is still the one that [`Builder::new`] named.
    pub fn config(mut self, file: impl Into<PathBuf>) -> Self {
        self.config = Some(file.into());
        self
    }

    /// The name of the file to write; the description's name with `.rs` otherwise: `api.yaml` gives `api.rs`.
    pub fn out_file(mut self, name: impl Into<String>) -> Self {
        self.out_file = Some(name.into());
        self
    }

    /// The folder to write to; `OUT_DIR` otherwise.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Makes every warning an error: what can't be generated must not be left out.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Generates the file. Tells cargo on standard output which files to watch (`cargo::rerun-if-changed`: each that was
    /// read, and no other) and what was found (`cargo::warning`).
    ///
    /// # Errors
    ///
    /// When the configuration or the description has an error, when `OUT_DIR` is missing, or when the file can't be
    /// written.
    pub fn generate(self) -> Result<Generated, Error> {
        let out_dir = self.out_dir.clone().or_else(|| std::env::var_os("OUT_DIR").map(PathBuf::from));
        self.generate_to(out_dir.as_deref(), &mut std::io::stdout().lock(), pipeline::files_only)
    }

    fn generate_to(&self, out_dir: Option<&Path>, cargo: &mut dyn Write, stages: Stages) -> Result<Generated, Error> {
        let mut run = Run::default();
        let result = self.run(out_dir, &mut run, stages);
        tell_cargo(&run.sources, &run.diagnostics, self.spec.as_deref(), cargo);
        result.ok_or_else(|| Error { text: errors(&run.diagnostics, &run.sources) })
    }

    fn run(&self, out_dir: Option<&Path>, run: &mut Run<'_>, stages: Stages) -> Option<Generated> {
        let Some(out_dir) = out_dir else {
            run.diagnostics.push(Diagnostic::new(&diag::NO_OUT_DIR, "`OUT_DIR` is not set: this is no build script"));
            return None;
        };
        let config = self.settings(out_dir, run)?;
        let file = out_dir.join(self.file_name(&config, &mut run.diagnostics)?);
        let (files, left_out) = stages(&config, run)?;
        let text = single(&files, &mut run.diagnostics);
        run.finish(&config);
        match disk::place_if_changed(&file, text?.as_bytes()) {
            Ok(changed) => Some(Generated { file, changed, left_out }),
            Err(failure) => {
                run.diagnostics.push(Diagnostic::new(&diag::WRITE_IO, failure.to_string()));
                None
            }
        }
    }

    /// The configuration, with what the builder says put over it.
    fn settings(&self, out_dir: &Path, run: &mut Run<'_>) -> Option<Config> {
        let mut config = match &self.config {
            Some(path) => pipeline::read_config(path, run)?,
            None => Config::new(PathBuf::new(), PathBuf::new()),
        };
        if let Some(spec) = &self.spec {
            config.spec.clone_from(spec);
        }
        if let Some(name) = &self.package {
            if let Some(reason) = config::values::package_name(name) {
                let message = format!("`{}` can't be the package's name: {reason}", name.escape_debug());
                run.diagnostics.push(Diagnostic::new(&diag::CONFIG_BAD_PACKAGE, message));
                return None;
            }
            config.package.name = Some(name.clone());
        }
        config.out = out_dir.to_owned();
        config.delivery = Delivery::Module;
        config.strict |= self.strict;
        Some(config)
    }

    fn file_name(&self, config: &Config, diagnostics: &mut Diagnostics) -> Option<String> {
        let stem = || config.spec.file_stem().and_then(|stem| stem.to_str()).unwrap_or("api").to_owned();
        let name = self.out_file.clone().unwrap_or_else(|| format!("{}.rs", stem()));
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        if name.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_') && name.bytes().all(plain) {
            return Some(name);
        }
        let message = format!("`{}` can't be the name of the output file", name.escape_debug());
        diagnostics
            .push(Diagnostic::new(&diag::BAD_OUT_FILE, message).help("set one with `Builder::out_file(\"api.rs\")`"));
        None
    }
}

/// What comes before writing: a parameter, so that tests can do with files made by hand.
type Stages = fn(&Config, &mut Run<'_>) -> Option<(Files, Vec<LeftOut>)>;

/// The one Rust file of the output.
fn single<'a>(files: &'a Files, diagnostics: &mut Diagnostics) -> Option<&'a str> {
    let mut texts = files.0.values();
    match (texts.next(), texts.next()) {
        (Some(text), None) => Some(text),
        _ => {
            let message = format!("one file was expected, and {} were generated", files.0.len());
            diagnostics.push(Diagnostic::new(&diag::WRITE_MANY_FILES, message));
            None
        }
    }
}

/// The lines for cargo: files to watch, then warnings. A description that could not be read is watched too, so that cargo
/// tries again when it appears.
fn tell_cargo(sources: &Sources, diagnostics: &Diagnostics, spec: Option<&Path>, cargo: &mut dyn Write) {
    let read: Vec<&Path> = sources.paths().collect();
    let unread = spec.filter(|spec| !read.contains(spec));
    for path in read.into_iter().chain(unread) {
        let path = path.display().to_string();
        // A line feed in a path would begin an order of its own.
        if !path.chars().any(char::is_control) {
            let _ = writeln!(cargo, "cargo::rerun-if-changed={path}");
        }
    }
    for found in diagnostics.iter().filter(|found| found.severity == Severity::Warning) {
        let _ = writeln!(cargo, "cargo::warning={}", diag::text::line(found, sources));
    }
}

/// The errors, a block of lines each.
fn errors(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let errors = diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let blocks: Vec<String> = errors.map(|found| diag::text::render(found, sources)).collect();
    if blocks.is_empty() {
        // A stage gave up without a word.
        return "there is no reason to be seen; this is a fault of clientwright\n".to_owned();
    }
    blocks.join("\n")
}

#[cfg(test)]
mod tests;
