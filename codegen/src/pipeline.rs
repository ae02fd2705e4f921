//! The pipeline: every stage in order, with a stop after each that found an error. Nothing looks back, and nothing is
//! decided here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::{self, Config, Keyed, Resolved};
use crate::diag::{self, Diagnostic, Diagnostics};
use crate::emit::{self, Files};
use crate::load::{self, Document, Parts, Reader};
pub use crate::lower::LeftOut;
use crate::lower::{self, Lowered};
use crate::model::{Delivery, Model, Settings};
use crate::name::{self, Lock, Pins};
use crate::pointer::Pointer;
use crate::source::Sources;
use crate::write::{self, Mode, Report};
use crate::{analyze, aside, normalize, overlay};

/// What a run knows beside the API: the files that were read, and all that was found in them.
#[derive(Default)]
pub struct Run<'a> {
    /// The files that were read, the configuration among them.
    pub sources: Sources,
    /// What was found, judged by the configuration.
    pub diagnostics: Diagnostics,
    /// Told of each stage's name when it begins.
    progress: Option<&'a (dyn Fn(&'static str) + Sync)>,
    /// The description, for the places of pointers.
    document: Option<Document>,
    /// Where the description's files come from, if not from the disk.
    reader: Option<Reader<'a>>,
    overlays: Option<Reader<'a>>,
}

/// An API that is ready to be emitted, and what had to stay out of it.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The model.
    pub model: Model,
    /// What can't be generated, in the order of the description.
    pub left_out: Vec<LeftOut>,
}

/// What a run that came to its end has to say.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How many operations are in the output.
    pub operations: usize,
    /// How many types are in the output.
    pub types: usize,
    /// What is not in the output.
    pub left_out: Vec<LeftOut>,
    /// What was done with the files, or would be.
    pub report: Report,
}

/// How the output is written.
#[derive(Clone, Copy, Debug)]
pub struct Output<'a> {
    /// Whether the folder changes.
    pub mode: Mode,
    /// Whether files of ours that someone edited are replaced or deleted.
    pub overwrite_edited: bool,
    /// The command that writes, for what to do.
    pub command: &'a str,
}

/// Description → files on the disk, or what would be done with them. `None` when a stage found an error; an outcome whose
/// report has differences can come with errors too.
pub fn generate(config: &Config, output: Output<'_>, run: &mut Run<'_>) -> Option<Outcome> {
    aside::apart(|| {
        let (prepared, files) = files_here(config, run)?;
        finish(config, output, prepared, &files, run)
    })
}

/// The end of [`generate`], behind the barrier of what came before.
pub(crate) fn finish(
    config: &Config,
    output: Output<'_>,
    prepared: Prepared,
    files: &Files,
    run: &mut Run<'_>,
) -> Option<Outcome> {
    run.stop_on_errors(config)?;
    run.begin("write");
    let Prepared { model, left_out } = prepared;
    let (operations, types) = (model.api.operations.len(), model.names.type_count());
    let mut names = Lock::of(&model.api, &model.facts, &model.names);
    // Nobody has said so: it is held.
    if let (None, Some(each)) = (config.resource_features, model.settings.resource_features) {
        names.hold_features(each);
    }
    let report = aside::dropping(model, || write_files(config, output, files, &names, run));
    run.finish(config);
    Some(Outcome { operations, types, left_out, report: report? })
}

/// Description → model and files, the disk untouched. `None` when a stage found an error.
pub fn files(config: &Config, run: &mut Run<'_>) -> Option<(Prepared, Files)> {
    aside::apart(|| files_here(config, run))
}

// As `files`, on a deep stack.
fn files_here(config: &Config, run: &mut Run<'_>) -> Option<(Prepared, Files)> {
    let prepared = prepare_here(config, run)?;
    config::refuse_unused(config, &mut run.diagnostics);
    refuse_nothing(&prepared, !config.filter.is_empty(), &mut run.diagnostics);
    run.stop_on_errors(config)?;
    // The description has nothing more to say, and is as large as all that is to come.
    run.finish(config);
    run.begin("emit");
    match aside::dropping(run.document.take(), || emit::emit_here(&prepared.model)) {
        Ok(files) => Some((prepared, files)),
        Err(fault) => {
            run.diagnostics.push(Diagnostic::new(&diag::EMIT_FAULT, fault.to_string()));
            run.finish(config);
            None
        }
    }
}

/// A crate of types is a crate, and the description of an API that has nothing yet is one; but what nothing is left of
/// gives no client.
fn refuse_nothing(prepared: &Prepared, is_filtered: bool, diagnostics: &mut Diagnostics) {
    let Prepared { model, left_out } = prepared;
    let (code, message) = match left_out.iter().filter(|left| left.operation).count() {
        _ if !model.api.operations.is_empty() => return,
        0 if !model.api.types.is_empty() => return,
        0 if is_filtered => (&diag::NOTHING_TO_EMIT, "the filter leaves no operation".to_owned()),
        0 if left_out.is_empty() => {
            (&diag::NOTHING_DESCRIBED, "the description has neither operations nor schemas".to_owned())
        }
        0 => (&diag::NOTHING_TO_EMIT, "all that the description has had to be left out".to_owned()),
        count => (&diag::NOTHING_TO_EMIT, format!("all {count} operations of the description had to be left out")),
    };
    diagnostics.push(Diagnostic::new(code, message).at(Pointer::root().child("paths")));
}

/// [`files`] for a caller who needs no model.
pub(crate) fn files_only(config: &Config, run: &mut Run<'_>) -> Option<(Files, Vec<LeftOut>)> {
    files(config, run).map(|(prepared, files)| (files, prepared.left_out))
}

/// Reads the configuration at `path`. `None`, with the reasons reported, when it has an error.
pub fn read_config(path: &Path, run: &mut Run<'_>) -> Option<Config> {
    match write::disk::read_text(path) {
        Ok(text) => Config::parse(path, text, std::env::home_dir().as_deref(), &mut run.sources, &mut run.diagnostics),
        Err(failure) => {
            run.diagnostics.push(Diagnostic::new(&diag::CONFIG_UNREADABLE, failure.to_string()));
            None
        }
    }
}

/// Description → model. `None` when a stage found an error.
pub fn prepare(config: &Config, run: &mut Run<'_>) -> Option<Prepared> {
    aside::apart(|| prepare_here(config, run))
}

// As `prepare`, on a deep stack.
fn prepare_here(config: &Config, run: &mut Run<'_>) -> Option<Prepared> {
    run.begin("load");
    run.document = match run.reader {
        Some(reader) => load::load_by(reader, &config.spec, &config.limits, &mut run.sources, &mut run.diagnostics),
        None => load::load(&config.spec, &config.limits, &mut run.sources, &mut run.diagnostics),
    };
    run.stop_on_errors(config)?;
    if !config.overlays.is_empty() {
        run.begin("overlay");
        overlays(config, run);
        run.stop_on_errors(config)?;
    }
    stages(config, run)
}

/// Applies the overlays to the description, in their order.
fn overlays(config: &Config, run: &mut Run<'_>) {
    let Some(document) = &mut run.document else { return };
    for path in &config.overlays {
        let of_then = run.overlays.and_then(|reader| (reader.0)(&path.to_string_lossy()).ok());
        let loaded = match of_then {
            Some(bytes) => load::load_bytes(path, bytes, &config.limits, &mut run.sources, &mut run.diagnostics),
            None => load::load(path, &config.limits, &mut run.sources, &mut run.diagnostics),
        };
        if let Some(overlay) = loaded {
            overlay::apply(&overlay, document, &config.limits, &mut run.diagnostics);
        }
    }
}

// What stands between loading and writing.
fn stages(config: &Config, run: &mut Run<'_>) -> Option<Prepared> {
    let mut document = run.document.take()?;

    run.begin("normalize");
    let mut parts = Parts::new(&config.spec, &config.also_read, &config.limits, &mut run.sources).by(run.reader);
    let spec = normalize::normalize(&mut document, &mut parts, &config.filter, &mut run.diagnostics);
    run.document = Some(document);
    run.stop_on_errors(config)?;

    run.begin("lower");
    let spec = spec?;
    let mut lowered = lower::lower_with(&config.choices(), &spec, &mut run.diagnostics);
    if config.keep_unknown_members {
        lower::keep_unknown_members(&mut lowered.api);
    }
    if config.check_bounds {
        lower::check_bounds(&mut lowered.api, &spec, &mut run.diagnostics);
    }
    aside::dropping(spec, || named(config, lowered, run))
}

/// What follows lowering, and needs the description no more.
fn named(config: &Config, lowered: Lowered, run: &mut Run<'_>) -> Option<Prepared> {
    let Lowered { mut api, mut left_out, chosen } = lowered;
    config::refuse_unused_formats(config, &chosen, &mut run.diagnostics);
    config::choose(config, &mut api, &mut run.diagnostics);
    if let Some(document) = &run.document {
        left_out.iter_mut().for_each(|left| left.pointer = document.written(&left.pointer));
    }
    let mut resolved = config::resolve(config, &api, &mut run.diagnostics);
    let paging = std::mem::take(&mut resolved.paging);
    let pins = pins(resolved);
    run.stop_on_errors(config)?;

    run.begin("analyze");
    let lock = held(config);
    let facts = analyze::analyze_after(&api, &name::precedence(&api, &lock)).with_paging(paging);
    run.diagnostics.extend(analyze::unsaid_streams(&api, &facts));

    run.begin("name");
    let names = name::name_with(&api, &facts, &pins, &lock, &mut run.diagnostics);
    run.stop_on_errors(config)?;

    let mut settings = config.settings(&api.info.title);
    if let Some(each) = held_features(&settings, &lock, (api.operations.len(), names.resources.len())) {
        let (has, other) =
            if each { ("a feature for each resource", false) } else { ("no features for its resources", true) };
        let found =
            Diagnostic::new(&diag::FEATURES_KEPT, format!("the crate keeps having {has}, whatever its size is now"));
        run.diagnostics.push(found.help(format!("to have it otherwise, write `resource_features = {other}`")));
        settings.resource_features = Some(each);
    }
    Some(Prepared { model: Model { api, facts, names, settings }, left_out })
}

/// What holds for the features of resources since earlier runs, where that isn't what the size says and nobody decides it: what
/// callers turn on doesn't hang on how many operations there are today.
fn held_features(settings: &Settings, lock: &Lock, (operations, resources): (usize, usize)) -> Option<bool> {
    let is_open = settings.resource_features.is_none() && settings.delivery == Delivery::Crate;
    lock.features().filter(|each| is_open && *each != name::has_features(operations, resources))
}

/// The names that the output folder has already; a copy has those of the crate itself where it has none of its own.
fn held(config: &Config) -> Lock {
    if let Some(lock) = &config.held {
        return lock.clone();
    }
    let original = config.vendored.as_ref().and_then(|vendored| vendored.original.as_deref());
    let mut lock = original.map(write::names).unwrap_or_default();
    lock.0.extend(write::names(&config.out).0);
    lock
}

fn pins(resolved: Resolved) -> Pins {
    let texts = |named: BTreeMap<String, Keyed>| named.into_iter().map(|(key, set)| (key, set.value)).collect();
    Pins {
        types: texts(resolved.types),
        members: texts(resolved.members),
        operations: texts(resolved.operations),
        resources: texts(resolved.resources),
    }
}

/// The last stage, for any files: compares them with the folder, and writes them in [`Mode::Write`].
pub fn write_files(
    config: &Config,
    output: Output<'_>,
    files: &Files,
    names: &Lock,
    run: &mut Run<'_>,
) -> Option<Report> {
    let guarded: Vec<PathBuf> = run.sources.paths().map(PathBuf::from).collect();
    let home = std::env::home_dir();
    let base = config.vendored.as_ref().map_or(&config.out, |vendored| &vendored.base);
    let target = write::Target {
        root: &config.out,
        files,
        inputs: &write::inputs(base, run.sources.paths().zip(run.sources.texts())),
        names,
        record: config.vendored.as_ref().map(|vendored| &vendored.record),
        guarded: &guarded,
        home: home.as_deref(),
        overwrite_edited: output.overwrite_edited,
        command: output.command,
    };
    write::run(&target, output.mode, &mut run.diagnostics)
}

impl<'a> Run<'a> {
    /// A run that tells of its stages.
    pub fn new(progress: &'a (dyn Fn(&'static str) + Sync)) -> Self {
        Self { progress: Some(progress), ..Self::default() }
    }

    /// Judges what was found and puts every finding at its place in the text; for the end of a run.
    pub fn finish(&mut self, config: &Config) {
        config::judge(config, &mut self.diagnostics);
        let document = self.document.as_ref();
        let find = |pointer: &Pointer, key: bool| document?.locate(pointer, key);
        let written =
            |pointer: &Pointer| document.map_or_else(|| pointer.clone(), |document| document.written(pointer));
        self.diagnostics.locate(find, written);
    }

    /// A run over files that readers give: those of the description, and the overlays that the second one has. Without them it
    /// is the disk.
    pub fn reading(reader: Option<Reader<'a>>, overlays: Option<Reader<'a>>) -> Self {
        Self { reader, overlays, ..Self::default() }
    }

    /// The description, after [`prepare`]; the run has it no longer. [`files`] leaves none: it is given back before anything is
    /// emitted.
    pub fn take_document(&mut self) -> Option<Document> {
        self.document.take()
    }

    fn begin(&self, stage: &'static str) {
        if let Some(progress) = self.progress {
            progress(stage);
        }
    }

    /// The barrier behind a stage.
    fn stop_on_errors(&mut self, config: &Config) -> Option<()> {
        config::judge(config, &mut self.diagnostics);
        if self.diagnostics.has_errors() {
            self.finish(config);
            return None;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_written_beside_the_description_and_never_around_it() {
        let folder = tempfile::tempdir().unwrap();
        let spec = folder.path().join("api.yaml");
        let files = Files([("src/lib.rs".to_owned(), "//! A\n".to_owned())].into());
        let write = |out: &str, text: &str, mode| {
            let mut run = Run::default();
            run.sources.add(&spec, text.to_owned());
            let config = Config::new(&spec, folder.path().join(out));
            let output = Output { mode, overwrite_edited: false, command: "clientwright generate" };
            let report = write_files(&config, output, &files, &Lock::default(), &mut run);
            (report, run.diagnostics.iter().map(|found| found.code.id).collect::<Vec<_>>())
        };
        assert_eq!(write(".", "a: 1", Mode::Write), (None, vec!["W0106"]));
        let (report, found) = write("client", "a: 1", Mode::Write);
        assert_eq!((report.map(|report| report.written()), found), (Some(2), Vec::new()));
        assert_eq!(write("client", "a: 1\r\n".trim_end(), Mode::Check).1, Vec::<&str>::new());
        assert_eq!(write("client", "a: 2", Mode::Check).1, ["W0201"], "the description changed");
    }

    #[test]
    fn a_run_stops_behind_the_stage_with_the_error() {
        let stages = std::sync::Mutex::new(Vec::new());
        let tell = |stage| stages.lock().unwrap().push(stage);
        let mut run = Run::new(&tell);
        run.diagnostics.push(Diagnostic::new(&diag::SYNTAX, ""));
        let config = Config::new("none.yaml", "client");
        assert!(files(&config, &mut run).is_none());
        assert_eq!(stages.into_inner().unwrap(), ["load"]);
    }

    #[test]
    fn a_configuration_that_is_no_file_has_a_code() {
        let folder = tempfile::tempdir().unwrap();
        let not_utf8 = folder.path().join("c.toml");
        std::fs::write(&not_utf8, b"spec = \"\xff\"").unwrap();
        for path in [folder.path(), &not_utf8, &folder.path().join("none")] {
            let mut run = Run::default();
            assert!(read_config(path, &mut run).is_none());
            assert_eq!(run.diagnostics.iter().map(|found| found.code.id).collect::<Vec<_>>(), ["C0001"]);
        }
    }
}
