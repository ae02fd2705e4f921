//! Compare: two descriptions, read side by side with the same settings, → every change between them, each with its places.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::aside;
use crate::config::Config;
use crate::diag::{self, Diagnostic, Diagnostics};
use crate::diff::{self, Change, Diff, Side};
use crate::load::{Document, Reader};
use crate::model::Model;
use crate::pipeline::{self, Run};
use crate::pointer::Pointer;
use crate::source::{FileId, LineColumn, Sources};

/// A description to compare.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// Its path, or what messages call it.
    pub spec: PathBuf,
    /// Where its files come from, if not from the disk.
    pub reader: Option<Reader<'a>>,
    /// Where overlays come from first, by their paths as the settings have them.
    pub overlays: Option<Reader<'a>>,
    /// Settings of its own.
    pub config: Option<Config>,
}

/// What was read of one description.
#[derive(Debug, Default)]
pub struct Read {
    /// The model; `None` when a stage found an error.
    pub model: Option<Model>,
    /// What was found.
    pub diagnostics: Diagnostics,
    /// The files that were read.
    pub sources: Sources,
    document: Option<Document>,
}

/// What came of two descriptions.
#[derive(Debug)]
pub struct Comparison {
    /// The old description.
    pub old: Read,
    /// The new description.
    pub new: Read,
    /// The changes, with places; `None` when one of the two can't be read.
    pub changes: Option<Vec<Placed>>,
}

/// A change with its places.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The change.
    pub change: Change,
    /// Where it stood.
    pub old: Option<Place>,
    /// Where it stands.
    pub new: Option<Place>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: PathBuf,
    /// The line and column, from 1.
    pub at: LineColumn,
}

/// Compares two descriptions. What the configuration says holds for both, unless one has settings of its own, but for the
/// description that it names; settings that match nothing are fine, for they may be for the other one.
pub fn compare(config: &Config, old: &Input<'_>, new: &Input<'_>) -> Comparison {
    let read_side = |input: &Input<'_>| read(config, input);
    // The two have nothing in common, and reading is most of the work.
    let (mut new, mut old) = aside::both(|| read_side(new), || read_side(old));
    let sides = side(&old).zip(side(&new));
    let changes = match sides.map(|(before, after)| diff::diff(before, after)) {
        Some(Ok(diff)) => Some(placed(diff, &old, &new)),
        Some(Err(fault)) => {
            new.diagnostics.push(Diagnostic::new(&diag::EMIT_FAULT, fault.to_string()));
            None
        }
        None => None,
    };
    for read in [&mut old, &mut new] {
        read.model = read.model.take().filter(|_| changes.is_some());
    }
    Comparison { old, new, changes }
}

fn read(config: &Config, input: &Input<'_>) -> Read {
    let mut run = Run::reading(input.reader, input.overlays);
    let config = input.config.as_ref().unwrap_or(config);
    let config = Config { spec: input.spec.clone(), may_miss: true, ..config.clone() };
    let prepared = pipeline::prepare(&config, &mut run);
    run.finish(&config);
    let document = run.take_document();
    let Run { sources, diagnostics, .. } = run;
    Read { model: prepared.map(|prepared| prepared.model), diagnostics, sources, document }
}

fn side(read: &Read) -> Option<Side<'_>> {
    Some(Side { model: read.model.as_ref()?, document: read.document.as_ref()? })
}

fn placed(diff: Diff, old: &Read, new: &Read) -> Vec<Placed> {
    let before: Vec<_> = diff.changes.iter().map(|change| change.old.clone()).collect();
    let after: Vec<_> = diff.changes.iter().map(|change| change.new.clone()).collect();
    let places = places(&before, old).into_iter().zip(places(&after, new));
    diff.changes.into_iter().zip(places).map(|(change, (old, new))| Placed { change, old, new }).collect()
}

/// Where pointers stand: lines and columns are counted in one pass over each file.
fn places(pointers: &[Option<Pointer>], read: &Read) -> Vec<Option<Place>> {
    let find = |pointer: &Pointer| read.document.as_ref()?.locate(&read.document.as_ref()?.written(pointer), true);
    let spans: Vec<_> = pointers.iter().map(|pointer| pointer.as_ref().and_then(find)).collect();
    let mut wanted: BTreeMap<FileId, BTreeSet<usize>> = BTreeMap::new();
    for span in spans.iter().flatten() {
        wanted.entry(span.file).or_default().insert(span.bytes.start);
    }
    let counted: BTreeMap<FileId, _> =
        wanted.into_iter().map(|(file, bytes)| (file, read.sources.line_columns(file, &bytes))).collect();
    let place = |span: crate::source::Span| {
        let at = *counted.get(&span.file)?.get(&span.bytes.start)?;
        Some(Place { file: read.sources.path(span.file).to_owned(), at })
    };
    spans.into_iter().map(|span| span.and_then(place)).collect()
}
