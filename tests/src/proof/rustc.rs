//! rustc itself, on one file: as far as metadata, against what cargo has compiled.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Side;

/// How to call it.
#[derive(Debug)]
pub(super) struct Rustc {
    out: PathBuf,
    dependencies: PathBuf,
}

impl Rustc {
    /// Against the crates that stand in the target folder of `out`.
    pub(super) fn new(out: &Path) -> Self {
        let consumers = out.join("consumers");
        std::fs::create_dir_all(&consumers).unwrap();
        Self { out: consumers, dependencies: out.join("target/debug/deps") }
    }

    /// What it says of a crate of this text: its errors, or nothing.
    pub(super) fn compile(&self, name: &str, side: Side, text: &str, host: Option<&Path>) -> String {
        let file = self.out.join(format!("{name}-{}.rs", side.as_str()));
        std::fs::write(&file, text).unwrap();
        let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        command.args(["--edition", "2024", "--crate-type", "lib", "--crate-name", "consumer", "--cap-lints", "allow"]);
        command.arg(format!("--emit=metadata={}", file.with_extension("rmeta").display())).arg(&file);
        command.arg("-L").arg(format!("dependency={}", self.dependencies.display()));
        match host {
            Some(host) => {
                command.arg("--extern").arg(format!("host={}", host.display()));
            }
            None => self.externs().iter().for_each(|named| {
                command.arg("--extern").arg(named);
            }),
        }
        let output = command.stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.success(), !said.contains("error"), "{name}: {said}");
        if output.status.success() { String::new() } else { said }
    }

    /// The crates that types alone depend on.
    fn externs(&self) -> Vec<String> {
        let files = self.dependencies.read_dir().unwrap().map(|entry| entry.unwrap().path());
        let files: Vec<PathBuf> =
            files.filter(|path| path.extension().is_some_and(|extension| extension == "rmeta")).collect();
        let of = |name: &str| {
            let is_one = |path: &&PathBuf| {
                let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                stem.rsplit_once('-').is_some_and(|(of, _)| of == format!("lib{name}"))
            };
            let newest =
                files.iter().filter(is_one).max_by_key(|path| path.metadata().and_then(|data| data.modified()).ok());
            newest.map(|path| format!("{name}={}", path.display()))
        };
        ["serde", "serde_json"].into_iter().filter_map(of).collect()
    }
}
