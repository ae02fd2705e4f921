//! Runs a process and watches it: how it ends, how long it takes, and how much memory it has at most.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// What a process may take before it is ended.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time.
    pub time: Duration,
    /// Memory, in bytes.
    pub memory: u64,
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// By itself, with this code.
    Exit(i32),
    /// By a signal: an abort, a stack that is full.
    Signal(i32),
    /// It took too long and was ended.
    TimeOut,
    /// It had too much memory and was ended.
    Memory,
}

/// What a process did.
#[derive(Clone, Copy, Debug)]
pub struct Watched {
    /// How it ended.
    pub ended: Ended,
    /// From its start to its end.
    pub time: Duration,
    /// The most memory that it had, in bytes; 0 where the system doesn't say.
    pub memory: u64,
}

const PAUSE: Duration = Duration::from_millis(5);

/// Runs `command` to its end or to a limit. What it prints goes to `log` with the extensions `out` and `err`.
///
/// # Errors
///
/// When it can't be started or the logs can't be written.
pub fn run(mut command: Command, log: &Path, limits: Limits) -> std::io::Result<Watched> {
    command.stdin(Stdio::null());
    command.stdout(File::create(log.with_extension("out"))?).stderr(File::create(log.with_extension("err"))?);
    let start = Instant::now();
    let mut child = command.spawn()?;
    let mut memory = 0;
    let ended = loop {
        if let Some(status) = child.try_wait()? {
            break ended(status);
        }
        memory = memory.max(peak(child.id()));
        if start.elapsed() > limits.time {
            break end(&mut child, Ended::TimeOut)?;
        }
        if memory > limits.memory {
            break end(&mut child, Ended::Memory)?;
        }
        std::thread::sleep(PAUSE);
    };
    Ok(Watched { ended, time: start.elapsed(), memory })
}

fn end(child: &mut Child, why: Ended) -> std::io::Result<Ended> {
    child.kill()?;
    child.wait()?;
    Ok(why)
}

fn ended(status: ExitStatus) -> Ended {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return Ended::Signal(signal);
    }
    Ended::Exit(status.code().unwrap_or(-1))
}

/// The most memory that a process had so far, in bytes; 0 where the system doesn't say.
pub fn peak(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn watch(script: &str, limits: Limits) -> (Watched, String) {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("a.log");
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let watched = run(command, &log, limits).unwrap();
        (watched, std::fs::read_to_string(log.with_extension("err")).unwrap())
    }

    #[test]
    fn every_end_is_told_from_the_others() {
        let wide = Limits { time: Duration::from_secs(600), memory: u64::MAX };
        assert_eq!(watch("exit 0", wide).0.ended, Ended::Exit(0));
        let (watched, words) = watch("echo why >&2; exit 101", wide);
        assert_eq!((watched.ended, words.as_str()), (Ended::Exit(101), "why\n"));
        assert_eq!(watch("kill -ABRT $$", wide).0.ended, Ended::Signal(6));
        let short = Limits { time: Duration::from_millis(50), ..wide };
        assert_eq!(watch("exec sleep 600", short).0.ended, Ended::TimeOut);
        let (watched, _) = watch("exec sleep 600", Limits { memory: 1, ..wide });
        assert_eq!(watched.ended, Ended::Memory);
        assert!(watched.memory > 1);
    }
}
