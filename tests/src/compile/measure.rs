//! Compiles one crate and measures what the compiler takes for it alone, its dependencies built before. Cargo calls the
//! compiler through this program (`RUSTC_WRAPPER`), which watches it: CPU time and memory at most, as Linux counts them.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use crate::corpus::watch::peak;

/// The file that the wrapper appends to; where it is set, this program is the wrapper.
pub const LOG: &str = "CLIENTWRIGHT_COMPILE_LOG";
/// Linux counts CPU time in hundredths of a second (`USER_HZ`).
const TICKS: f64 = 100.0;
const PAUSE: Duration = Duration::from_millis(5);

/// How a crate is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `cargo check`
    Check,
    /// `cargo build`
    Build,
    /// `cargo build --release`
    Release,
}

impl Mode {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Build => "build",
            Self::Release => "release",
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Build => &["build"],
            Self::Release => &["build", "--release"],
        }
    }
}

/// What compiling took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// CPU time of all threads, in seconds.
    pub cpu: f64,
    /// Memory at most, in bytes.
    pub memory: u64,
}

/// Compiles the library of the crate in `folder`, a member of the workspace around it.
///
/// # Errors
///
/// When it doesn't compile: the first lines of what the compiler says.
pub fn compile(folder: &Path, mode: Mode, out: &Path) -> Result<Cost, String> {
    let log = out.join("compile.log");
    // The first run builds the dependencies too, the second this crate alone.
    for _ in 0..2 {
        touch(&folder.join("src/lib.rs")).and_then(|()| fs::write(&log, "")).map_err(|error| error.to_string())?;
        cargo(folder, mode, out, &log)?;
    }
    let text = fs::read_to_string(&log).map_err(|error| error.to_string())?;
    cost(&text).ok_or_else(|| format!("{} compilers ran instead of one", text.lines().count()))
}

/// The one line of the log.
fn cost(log: &str) -> Option<Cost> {
    let mut lines = log.lines();
    let (line, None) = (lines.next()?, lines.next()) else { return None };
    let (cpu, memory) = line.split_once(' ')?;
    Some(Cost { cpu: cpu.parse().ok()?, memory: memory.parse().ok()? })
}

fn cargo(folder: &Path, mode: Mode, out: &Path, log: &Path) -> Result<(), String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut cargo = Command::new("cargo");
    cargo.current_dir(folder).args(mode.arguments()).args(["--lib", "--quiet", "--color", "never"]);
    cargo.env("CARGO_TARGET_DIR", out.join("target")).env("CARGO_INCREMENTAL", "0").env_remove("RUSTFLAGS");
    cargo.env("RUSTC_WRAPPER", this).env(LOG, log);
    let output = cargo.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let errors = words.lines().filter(|line| line.starts_with("error")).count();
    let first = words.lines().find(|line| line.starts_with("error")).unwrap_or_default();
    Err(format!("{errors} errors: {first}"))
}

fn touch(file: &Path) -> io::Result<()> {
    File::options().append(true).open(file)?.set_modified(SystemTime::now())
}

/// Runs the compiler that `arguments` begin with, and appends what it took to `log` as `CPU BYTES`. Runs of the compiler
/// that compile nothing (cargo asks for its version) are passed on and not counted.
///
/// # Errors
///
/// When the compiler or the log isn't there.
pub fn wrap(arguments: &[OsString], log: &Path) -> io::Result<i32> {
    let [compiler, arguments @ ..] = arguments else { return Ok(2) };
    let mut child = Command::new(compiler).args(arguments).stdin(Stdio::inherit()).spawn()?;
    let mut memory = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        memory = memory.max(peak(child.id()));
        std::thread::sleep(PAUSE);
    };
    if arguments.iter().any(|argument| argument.to_str().is_some_and(|text| text.starts_with("--emit"))) {
        let mut log = OpenOptions::new().append(true).open(log)?;
        writeln!(log, "{} {memory}", cpu(&fs::read_to_string("/proc/self/stat")?))?;
    }
    Ok(status.code().unwrap_or(101))
}

/// The seconds of CPU time that all children took: the members `cutime` and `cstime` of `/proc/self/stat` (proc(5)).
fn cpu(stat: &str) -> f64 {
    // The name of the program, in parentheses, may have spaces.
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let ticks = after.split_ascii_whitespace().skip(13).take(2).filter_map(|text| text.parse::<f64>().ok());
    ticks.sum::<f64>() / TICKS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_has_one_line_for_one_crate() {
        assert_eq!(cost("1.5 300\n"), Some(Cost { cpu: 1.5, memory: 300 }));
        assert_eq!(cost(""), None);
        assert_eq!(cost("1.5 300\n2.5 300\n"), None);
    }

    #[test]
    fn the_time_of_children_stands_behind_the_name() {
        let stat = "7 (a b) c) S 1 7 7 0 -1 4194560 1 2 3 4 50 60 250 75 20 0 1 0 1 1 1";
        assert_eq!(cpu(stat), 3.25);
    }
}
