//! What the arguments name: files, or files of a revision, which git is asked for.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clientwright::compare::Input;
use clientwright::config::Config;
use clientwright::diag::{self, Diagnostic, Diagnostics, Severity};
use clientwright::load::Reader;
use clientwright::pipeline::Run;
use clientwright::write;

use crate::cli::findings;
use crate::cli::terminal::Terminal;

/// A description as it was named.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Named {
    /// Its path, or the text that names it.
    pub(in crate::cli) spec: PathBuf,
    /// The revision and the folder of the description in it.
    revision: Option<(String, String)>,
}

impl Named {
    /// The file of this name, or else the file of a revision: `REV:PATH`.
    pub(in crate::cli) fn of(text: &str) -> Self {
        let file = Self { spec: PathBuf::from(text), revision: None };
        match text.split_once(':') {
            Some((_, path)) if path.starts_with("//") => file,
            Some((revision, path)) if !file.spec.exists() && !revision.is_empty() => {
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                Self { revision: Some((revision.to_owned(), folder.to_owned())), ..file }
            }
            _ => file,
        }
    }

    /// What is compared, with settings of its own or without; `read` is [`Named::read`], and `overlay` [`Named::overlay`].
    pub(in crate::cli) fn input<'a>(&self, [read, overlay]: [Reader<'a>; 2], config: Option<Config>) -> Input<'a> {
        let by = |read| self.revision.is_some().then_some(read);
        Input { spec: self.spec.clone(), reader: by(read), overlays: by(overlay), config }
    }

    /// The bytes of an overlay, by its path from the current folder.
    pub(in crate::cli) fn overlay(&self, path: &str) -> Result<Vec<u8>, String> {
        self.beside(Path::new(path)).map(String::into_bytes).ok_or_else(|| "the revision doesn't have it".to_owned())
    }

    /// The settings and the names as they were in the revision, where today's are `now`; `None` of a file, and where there is no
    /// configuration. Settings that can't be used any more are those of today.
    pub(in crate::cli) fn then(&self, now: &Config, terminal: &mut Terminal) -> Option<Config> {
        self.revision.as_ref()?;
        let file = now.file.as_deref()?;
        let mut run = Run::default();
        let read = self.beside(file).map(|text| {
            let home = std::env::home_dir();
            let config = Config::parse(file, text, home.as_deref(), &mut run.sources, &mut run.diagnostics);
            config.filter(|_| !run.diagnostics.has_errors())
        });
        let mut then = match read {
            Some(Some(config)) => config,
            Some(None) => {
                let message = format!("the settings of `{}` can't be used: those of today are", self.spec.display());
                let found = Diagnostic::new(&diag::OLD_SETTINGS, message);
                let why = run.diagnostics.iter().find(|found| found.severity == Severity::Error);
                let mut told = Diagnostics::default();
                told.push(found.help(why.map_or_else(String::new, |why| why.message.clone())));
                findings::print(&told, &run.sources, terminal);
                now.clone()
            }
            None => now.clone(),
        };
        then.held = self.beside(&then.out.join(write::MANIFEST)).map(|manifest| write::names_of(&manifest));
        Some(then)
    }

    /// The bytes of a file, by its path from the description's folder.
    pub(in crate::cli) fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let Some((revision, folder)) = &self.revision else { return Err("it is no file of a revision".to_owned()) };
        // The root document is asked for by the name that `spec` ends in: that of a file at the top has the revision too.
        let path = path.strip_prefix(&format!("{revision}:")).unwrap_or(path);
        blob(revision, &join(folder, path).ok_or("it is outside the repository")?)
    }

    /// The text of a file, by its path from the current folder, as it was in the revision; `None` where there is none.
    pub(in crate::cli) fn beside(&self, path: &Path) -> Option<String> {
        let (revision, _) = self.revision.as_ref()?;
        String::from_utf8(blob(revision, &format!("./{}", path.display())).ok()?).ok()
    }
}

/// The bytes of a file of a revision.
fn blob(revision: &str, path: &str) -> Result<Vec<u8>, String> {
    if revision.starts_with('-') {
        return Err(format!("`{revision}` is no revision"));
    }
    let object = format!("{revision}:{path}");
    let output = Command::new("git").args(["cat-file", "blob", &object]).stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("git can't be run: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(said.lines().next().unwrap_or("git doesn't say why").trim_start_matches("fatal: ").to_owned())
}

/// A path from the top of the repository, or from here when it begins with `.`; `None` when it leads out of the repository
/// for sure.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    let from_here = segments.first().is_some_and(|first| first.starts_with('.') && first.trim_matches('.').is_empty());
    for segment in path.split('/') {
        match (segment, segments.last()) {
            ("." | "", _) => {}
            ("..", Some(last)) if !matches!(*last, "." | "..") => drop(segments.pop()),
            ("..", _) if !from_here => return None,
            (other, _) => segments.push(other),
        }
    }
    Some(segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_and_never_lead_out() {
        assert_eq!(join("spec", "api.yaml").as_deref(), Some("spec/api.yaml"));
        assert_eq!(join("spec/v1", "../common/x.yaml").as_deref(), Some("spec/common/x.yaml"));
        assert_eq!(join(".", "api.yaml").as_deref(), Some("./api.yaml"));
        assert_eq!(join("./spec", "../../x.yaml").as_deref(), Some("./../x.yaml"));
        assert_eq!((join("", "../x"), join("a", "../../x")), (None, None));
    }

    #[test]
    fn a_revision_is_what_is_no_file() {
        assert!(Named::of("HEAD~1:spec/api.yaml").revision.is_some());
        assert!(Named::of("spec/api.yaml").revision.is_none());
        assert!(Named::of(":x").revision.is_none());
        assert!(Named::of("https://example.com/api.yaml").revision.is_none());
    }
}
