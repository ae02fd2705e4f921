//! Which configuration is meant: arguments → `Config`, read or made.

use std::path::{Path, PathBuf};

use clientwright::config::{self, Config};
use clientwright::diag::{self, Diagnostic};
use clientwright::filter::Pattern;
use clientwright::pipeline::{self, Run};

use super::args::{Filter, Input, Out};

/// The configuration that the arguments name, or the one that is found; `None`, with the reason reported, without one.
pub(super) fn read(input: &Input, out: &Out, run: &mut Run<'_>) -> Option<Config> {
    let mut config = match (&input.spec, &out.out) {
        (Some(spec), Some(out)) => made(spec, out, run)?,
        _ => found(input.config.as_deref(), run)?,
    };
    config.strict |= input.strict;
    config.overlays.extend(input.overlay.iter().cloned());
    filter(&mut config, &input.filter);
    Some(config)
}

/// Adds the patterns of the command line to the configuration's.
pub(super) fn filter(config: &mut Config, arguments: &Filter) {
    let patterns = |texts: &[String]| texts.iter().map(|text| Pattern::parse(text, None)).collect::<Vec<_>>();
    config.filter.include.extend(patterns(&arguments.include));
    config.filter.exclude.extend(patterns(&arguments.exclude));
}

/// The configuration at `file`, or else where it is looked for; `Some(None)` when there is none, `None` when it can't be
/// used.
pub(super) fn found_or(file: Option<&Path>, run: &mut Run<'_>) -> Option<Option<Config>> {
    if file.is_none() && places().iter().all(|path| !path.is_file()) {
        return Some(None);
    }
    found(file, run).map(Some)
}

/// Where the configuration is looked for.
fn places() -> [PathBuf; 2] {
    [PathBuf::from(config::FILE_NAME), Path::new("spec").join(config::FILE_NAME)]
}

/// The configuration at `file`, or else where it is looked for.
pub(super) fn found(file: Option<&Path>, run: &mut Run<'_>) -> Option<Config> {
    let path = match file {
        Some(file) => file.to_owned(),
        None => match places().into_iter().find(|path| path.is_file()) {
            Some(path) => path,
            None => {
                let name = config::FILE_NAME;
                let message = format!("there is no `{name}` here, and none in `spec`");
                let help = "name one with `--config FILE`, or do without: `--spec FILE --out DIR`";
                run.diagnostics.push(Diagnostic::new(&diag::CONFIG_UNREADABLE, message).help(help));
                return None;
            }
        },
    };
    pipeline::read_config(&path, run)
}

/// A configuration of a description and an output folder alone.
pub(super) fn made(spec: &Path, out: &Path, run: &mut Run<'_>) -> Option<Config> {
    let home = std::env::home_dir();
    let Some(reason) = config::paths::refuse_out(out, spec, None, home.as_deref()) else {
        return Some(Config::new(spec, out));
    };
    let message = format!("`{}` can't be the output folder: {reason}", out.display());
    run.diagnostics.push(Diagnostic::new(&diag::CONFIG_BAD_OUT, message).help("name another with `--out DIR`"));
    None
}

/// The command that writes what these arguments mean.
pub(super) fn command(verb: &str, input: &Input, out: &Out) -> String {
    let mut command = format!("clientwright {verb}");
    for (flag, path) in [("--config", &input.config), ("--spec", &input.spec), ("--out", &out.out)] {
        if let Some(path) = path {
            command.push_str(&format!(" {flag} {}", quoted(&path.display().to_string())));
        }
    }
    for overlay in &input.overlay {
        command.push_str(&format!(" --overlay {}", quoted(&overlay.display().to_string())));
    }
    for (flag, patterns) in [("--include", &input.filter.include), ("--exclude", &input.filter.exclude)] {
        for pattern in patterns {
            command.push_str(&format!(" {flag} {}", quoted(pattern)));
        }
    }
    command
}

/// A word of a command, in quotes where a shell would read it otherwise.
pub(super) fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:\\=+,@%".contains(c);
    let is_plain = !text.is_empty() && text.chars().all(plain);
    if is_plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
