//! The work of emitting, shared among threads: a job makes files from nothing but the context, so that any thread can do it,
//! and what it needed for that is gone when it is done. Tokens take many times the memory of their text.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use super::{EmitError, Files};

/// What makes some files, by their paths.
pub(super) type Job<'a> = Box<dyn FnOnce() -> Result<BTreeMap<String, String>, EmitError> + Send + 'a>;

/// The stack of a thread, in bytes: types are parsed as deep as lists and maps stand inside one another.
const STACK: usize = 16 << 20;

/// More threads than this wait for memory more than they do.
const MOST_THREADS: usize = 16;

/// Does all jobs, and gathers the files; the fault of the first thread that found one.
pub(super) fn run(jobs: VecDeque<Job<'_>>) -> Result<Files, EmitError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let count = cores.min(MOST_THREADS).min(jobs.len());
    let waiting = Mutex::new(jobs);
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let work = || {
        let mut files = BTreeMap::new();
        while let Some(job) = next() {
            files.extend(job()?);
        }
        Ok(files)
    };
    let done = std::thread::scope(|scope| {
        let fault = |what: String| EmitError::new("src", what);
        let start = |_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let (threads, refused): (Vec<_>, Vec<_>) = (0..count).map(start).partition(Result::is_ok);
        // One does what others would have done.
        if let (true, Some(Err(error))) = (threads.is_empty(), refused.first()) {
            return Err(fault(format!("there is no thread to be had: {error}")));
        }
        let join = |thread: std::thread::ScopedJoinHandle<'_, Result<_, _>>| {
            thread.join().unwrap_or_else(|_| Err(fault("a thread broke off".to_owned())))
        };
        threads.into_iter().flatten().map(join).collect::<Result<Vec<_>, _>>()
    });
    Ok(Files(done?.into_iter().flatten().collect()))
}
