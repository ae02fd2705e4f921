//! The work of emitting, shared among threads: a job makes files from nothing but the context, so that any thread can do it,
//! and what it needed for that is gone when it is done. Tokens take many times the memory of their text.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use super::{EmitError, Files};
use crate::aside;

/// What makes some files, by their paths.
pub(super) type Job<'a> = Box<dyn FnOnce() -> Result<BTreeMap<String, String>, EmitError> + Send + 'a>;

/// More threads than this wait for memory more than they do.
const MOST_THREADS: usize = 16;

/// Does all jobs, this thread among others, and gathers the files; the fault of the first thread that found one.
pub(super) fn run(jobs: VecDeque<Job<'_>>) -> Result<Files, EmitError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let count = cores.min(MOST_THREADS).min(jobs.len());
    let waiting = Mutex::new(jobs);
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let work = || {
        let mut files = BTreeMap::new();
        while let Some(job) = next() {
            // They are kept to the end, and printing leaves room in them.
            files.extend(job()?.into_iter().map(|(path, mut text)| {
                text.shrink_to_fit();
                (path, text)
            }));
        }
        Ok(files)
    };
    let done = aside::among(count, work);
    Ok(Files(done.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect()))
}
