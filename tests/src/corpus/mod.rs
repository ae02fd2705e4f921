//! The harness: every description under a folder is generated in a process of its own, so that a panic, an abort, a run
//! without an end or one that takes all memory is an outcome like another; then the crates that are asked for are
//! compiled. Knows nothing of any description, and reaches for no network.

pub mod check;
pub mod find;
pub mod one;
pub mod table;
pub mod watch;

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use check::Checked;
use find::Description;
use one::Made;
use watch::{Ended, Limits};

/// What came of one description.
#[derive(Clone, Debug)]
pub struct Row {
    /// The description.
    pub description: Description,
    /// How its process ended.
    pub outcome: Outcome,
    /// How long the process took.
    pub time: Duration,
    /// The most memory that the process had, in bytes; 0 where the system doesn't say.
    pub memory: u64,
    /// What rustc says of the crate, if it was asked.
    pub checked: Option<Checked>,
}

/// How the process of one description ended.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It wrote a crate.
    Generated(Made),
    /// It found errors and wrote nothing.
    Refused(Made),
    /// It failed in a way that it never should: what, and its last words.
    Broken(&'static str, String),
}

impl Row {
    /// What the process said, if it came to its end.
    pub fn made(&self) -> Option<&Made> {
        match &self.outcome {
            Outcome::Generated(made) | Outcome::Refused(made) => Some(made),
            Outcome::Broken(..) => None,
        }
    }

    /// Whether there is a crate.
    pub fn is_generated(&self) -> bool {
        matches!(self.outcome, Outcome::Generated(_))
    }
}

/// Where the crates go, and how far a process may go.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The program that is run with `--one DESCRIPTION --into FOLDER`.
    pub program: PathBuf,
    /// The folder for `crates`, `logs` and `target`.
    pub out: PathBuf,
    /// What each process may take.
    pub limits: Limits,
    /// So many run at once.
    pub jobs: usize,
}

impl Setting {
    /// The crate's folder.
    pub fn folder(&self, description: &Description) -> PathBuf {
        self.out.join("crates").join(&description.crate_name)
    }
}

/// Generates all, side by side; `tell` is called with each as it ends. The rows are in the order of `descriptions`.
///
/// # Errors
///
/// When a folder can't be written or the program can't be started.
pub fn generate(
    descriptions: &[Description],
    setting: &Setting,
    tell: &(dyn Fn(&Row) + Sync),
) -> std::io::Result<Vec<Row>> {
    let next = AtomicUsize::new(0);
    let rows = Mutex::new(Vec::new());
    let work = || -> std::io::Result<()> {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(description) = descriptions.get(index) else { return Ok(()) };
            let row = generate_one(description, setting)?;
            tell(&row);
            rows.lock().unwrap().push((index, row));
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..setting.jobs.max(1)).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().unwrap())
    })?;
    let mut rows = rows.into_inner().unwrap();
    rows.sort_by_key(|(index, _)| *index);
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

fn generate_one(description: &Description, setting: &Setting) -> std::io::Result<Row> {
    let folder = setting.folder(description);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let mut command = std::process::Command::new(&setting.program);
    command.arg("--one").arg(&description.path).arg("--into").arg(&folder);
    let log = log(&setting.out, &description.crate_name)?;
    let watched = watch::run(command, &log, setting.limits)?;
    let words = std::fs::read_to_string(log.with_extension("err")).unwrap_or_default();
    let outcome = match watched.ended {
        Ended::TimeOut => Outcome::Broken("hang", format!("no end after {} s", setting.limits.time.as_secs())),
        Ended::Memory => Outcome::Broken("memory", format!("more than {} MB", setting.limits.memory >> 20)),
        Ended::Signal(signal) => Outcome::Broken("abort", format!("signal {signal}; {}", last_line(&words))),
        Ended::Exit(0) => match Made::read(&std::fs::read_to_string(log.with_extension("out"))?) {
            Some(made) if made.generated => Outcome::Generated(made),
            Some(made) => Outcome::Refused(made),
            None => Outcome::Broken("silent", last_line(&words)),
        },
        Ended::Exit(_) => Outcome::Broken("panic", panic_line(&words)),
    };
    Ok(Row { description: description.clone(), outcome, time: watched.time, memory: watched.memory, checked: None })
}

/// The path of a log without its extension; its folder is made.
fn log(out: &Path, name: &str) -> std::io::Result<PathBuf> {
    let folder = out.join("logs");
    std::fs::create_dir_all(&folder)?;
    Ok(folder.join(format!("{name}.log")))
}

fn last_line(words: &str) -> String {
    words.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default().to_owned()
}

/// The line that names the place, and the one behind it with the message.
fn panic_line(words: &str) -> String {
    let mut lines = words.lines().skip_while(|line| !line.contains("panicked at"));
    let first = lines.next().map(str::to_owned).unwrap_or_else(|| last_line(words));
    [first.as_str(), lines.next().unwrap_or_default()].join(" ").trim().to_owned()
}
