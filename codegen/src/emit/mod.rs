//! Emit: [`Model`] → [`Files`]. Rust that depends on the description is tokens; Rust that doesn't is a real file of
//! `templates/runtime`, copied byte for byte; everything else is a minijinja template. Never looks up the document, never
//! decides a name, never touches the disk.

mod api_md;
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
mod libraries;
mod manifest;
mod module;
mod operation;
mod operators;
mod path;
mod print;
mod resources;
mod root;
mod runtime;
mod rust_type;
mod schema;
pub mod surface;
mod template;
#[cfg(test)]
mod tests;
mod types;
mod union;
mod untested;
mod vendored;

pub mod prose;

use std::collections::BTreeMap;
use std::fmt;

use crate::model::{Delivery, Dependency, Model};
use context::Context;
use print::Source;

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
    let cx = Context::new(model)?;
    let mut files = source_files(&cx)?;
    if model.settings.delivery == Delivery::Module || model.settings.vendored.is_some() {
        files = untested::sources(files);
    }
    match (model.settings.delivery, &model.settings.vendored) {
        (Delivery::Module, None) => return Ok(module::join(&files)),
        (Delivery::Module, Some(_)) => files = vendored::module(files),
        (Delivery::Crate, _) => files.0.extend(manifest::files(&cx)?),
    }
    files.0.extend(api_md::files(&cx)?);
    if model.settings.vendored.is_some() {
        files.0.extend(vendored::notices(&cx)?);
    }
    Ok(files)
}

/// What a crate that has the client as a module must depend on.
///
/// # Errors
///
/// As [`emit`].
pub fn dependencies_of_module(model: &Model) -> Result<Vec<Dependency>, EmitError> {
    manifest::dependencies_of_module(&Context::new(model)?)
}

/// Hands out the files of a part, one at a time: tokens take many times the memory of their text.
type Part = fn(&Context<'_>, &mut dyn FnMut(Source));

/// The stack of a thread that prints, in bytes: types are parsed as deep as lists and maps stand inside one another.
const STACK: usize = 16 << 20;

/// The Rust files, below `src/`: each part on a thread of its own, for printing is most of the work.
fn source_files(cx: &Context<'_>) -> Result<Files, EmitError> {
    let parts: [Part; 5] = [root::sources, client::sources, types::sources, resources::sources, runtime::sources];
    let printed = std::thread::scope(|scope| {
        let fault = |what: String| Err(EmitError::new("src", what));
        let threads = parts
            .map(|part| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || print(part, cx)));
        threads.map(|thread| match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(printed)) => printed,
            Ok(Err(_)) => fault("a thread broke off".to_owned()),
            Err(error) => fault(format!("there is no thread to be had: {error}")),
        })
    });
    let mut files = runtime::files(cx);
    for part in printed {
        files.extend(part?);
    }
    Ok(Files(files))
}

/// The texts of a part's files, or the first fault.
fn print(part: Part, cx: &Context<'_>) -> Result<BTreeMap<String, String>, EmitError> {
    let mut printed = Ok(BTreeMap::new());
    part(cx, &mut |source| {
        let Ok(files) = &mut printed else { return };
        match print::source(&source, cx) {
            Ok(text) => drop(files.insert(source.path, text)),
            Err(error) => printed = Err(EmitError::new(&source.path, error)),
        }
    });
    printed
}
