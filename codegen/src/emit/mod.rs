//! Emit: [`Model`] → [`Files`]. Rust that depends on the description is tokens; Rust that doesn't is a real file of
//! `templates/runtime`, copied byte for byte; everything else is a minijinja template. Never looks up the document, never
//! decides a name, never touches the disk.

mod api_md;
mod authorization;
mod bounds;
mod builder;
mod client;
mod constructor;
mod context;
mod deprecated;
mod docs;
mod errors;
mod gates;
mod imports;
mod jobs;
mod libraries;
mod manifest;
mod module;
mod operation;
mod operators;
mod path;
mod preset;
mod print;
mod resources;
mod root;
mod runtime;
mod rust_type;
mod schema;
mod sentences;
pub mod surface;
mod table;
mod template;
#[cfg(test)]
mod tests;
mod title;
mod tuple;
mod types;
mod union;
mod untested;
mod vendored;

pub mod prose;

use std::collections::{BTreeMap, VecDeque};
use std::fmt;

use crate::aside;
use crate::model::{Delivery, Dependency, Model};
use context::Context;
use jobs::Job;
use print::Make;

/// Every file of the generated crate, by its path with `/`, relative to the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, String>);

/// A fault of the emitter itself: what it made does not parse, or a name is none. It is never the description's fault.
#[derive(Clone, Debug)]
pub struct EmitError {
    /// The file that was being made.
    pub file: String,
    /// What is wrong.
    pub message: String,
}

impl EmitError {
    fn new(file: &str, message: impl fmt::Display) -> Self {
        Self { file: file.to_owned(), message: message.to_string() }
    }
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` can't be emitted: {}", self.file, self.message)
    }
}

impl std::error::Error for EmitError {}

/// Makes every file: a crate, or the one file `api.rs` for `include!`; for another workspace, a crate or a tree of modules.
///
/// # Errors
///
/// An [`EmitError`] is a bug of clientwright: tell its authors.
pub fn emit(model: &Model) -> Result<Files, EmitError> {
    aside::apart(|| emit_here(model))
}

/// As [`emit`], on a deep stack: types are parsed as deep as lists and maps stand inside one another.
pub(crate) fn emit_here(model: &Model) -> Result<Files, EmitError> {
    let cx = &Context::new(model)?;
    let mut jobs = source_jobs(cx);
    let is_module = model.settings.delivery == Delivery::Module;
    if is_module && model.settings.vendored.is_none() {
        return Ok(module::join(&jobs::run(jobs)?));
    }
    // The longest first, so that no thread is left with it at the end.
    jobs.push_front(Box::new(|| api_md::files(cx)));
    if !is_module {
        jobs.push_back(Box::new(|| manifest::files(cx)));
    }
    if model.settings.vendored.is_some() {
        jobs.push_back(Box::new(|| vendored::notices(cx)));
    }
    jobs::run(jobs)
}

/// What a crate that has the client as a module must depend on.
///
/// # Errors
///
/// As [`emit`].
pub fn dependencies_of_module(model: &Model) -> Result<Vec<Dependency>, EmitError> {
    manifest::dependencies_of_module(&Context::new(model)?)
}

/// The Rust files, below `src/`.
fn source_jobs<'a>(cx: &'a Context<'a>) -> VecDeque<Job<'a>> {
    let parts = [root::sources, client::sources, types::sources, resources::sources, runtime::sources];
    let sources = parts.into_iter().flat_map(|part| part(cx));
    let print = |make: Make<'a>| -> Job<'a> {
        Box::new(move || {
            let source = make();
            let path = source.path.clone();
            let text = print::source(source, cx).map_err(|error| EmitError::new(&path, error))?;
            Ok([delivered(path, text, cx)].into())
        })
    };
    let mut jobs: VecDeque<Job<'a>> = sources.map(print).collect();
    jobs.push_back(Box::new(|| {
        Ok(runtime::files(cx).into_iter().map(|(path, text)| delivered(path, text, cx)).collect())
    }));
    jobs
}

/// A Rust file as it goes to where it is used: a copy lacks the unit tests, and has paths of its own.
fn delivered(path: String, text: String, cx: &Context<'_>) -> (String, String) {
    match (cx.is_crate(), cx.vendored().is_some()) {
        (true, false) => (path, text),
        (true, true) | (false, false) => (path, untested::source(&text)),
        (false, true) => (vendored::path(path), untested::source(&text)),
    }
}
