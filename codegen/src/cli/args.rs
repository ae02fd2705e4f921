//! The arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Reads an OpenAPI description and writes a Rust client crate.
#[derive(Debug, Parser)]
#[command(name = "clientwright", version, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 fine; 1 the answer is no (stale, errors in the description); 2 wrong use.")]
pub(super) struct Arguments {
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub(super) color: Color,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the client crate
    Generate(Generate),
    /// Tell whether what is written is still what would be written
    Check(Check),
    /// Put the client into another workspace, as a crate or as a module
    Vendor(Vendor),
    /// Tell what changed between two descriptions, for the wire and for Rust callers
    Diff(Diff),
    /// List operations and types with their Rust names
    List(List),
    /// Explain what a diagnostic means and what to do
    Explain(Explain),
}

#[derive(Debug, Args)]
pub(super) struct Input {
    /// The configuration [default: clientwright.toml here, then in spec/]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// The description, without a configuration
    #[arg(long, value_name = "FILE", conflicts_with = "config", requires = "place")]
    pub(super) spec: Option<PathBuf>,
    /// Apply this overlay; several are applied in their order
    #[arg(long, value_name = "FILE")]
    pub(super) overlay: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) filter: Filter,
    /// Make every warning an error: whatever can't be generated must not be left out
    #[arg(long)]
    pub(super) strict: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

/// The folder of the client crate, for those who do without a configuration.
#[derive(Debug, Default, Args)]
pub(super) struct Out {
    /// The folder of the client crate, without a configuration
    #[arg(long, value_name = "DIR", conflicts_with = "config", requires = "spec", group = "place")]
    pub(super) out: Option<PathBuf>,
}

/// Which operations are wanted.
#[derive(Debug, Default, Args)]
pub(super) struct Filter {
    /// Only operations with this tag; or `path:/pets/**`, `method:get`, `operation:list*`
    #[arg(long, value_name = "PATTERN")]
    pub(super) include: Vec<String>,
    /// No operations with this tag, or of another pattern
    #[arg(long, value_name = "PATTERN")]
    pub(super) exclude: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct Generate {
    #[command(flatten)]
    pub(super) input: Input,
    #[command(flatten)]
    pub(super) out: Out,
    /// Change nothing, and tell what would be done
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Replace or delete generated files that were edited
    #[arg(long)]
    pub(super) overwrite_edited: bool,
    /// Set the next version by what changed since OLD, a description as for `diff` [default: as it was committed last], and
    /// write its entry into CHANGELOG.md
    #[arg(long, value_name = "OLD", num_args = 0..=1, default_missing_value = "", conflicts_with = "spec")]
    pub(super) release: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// A folder that `vendor` has written: checked by what its `clientwright.lock` says, and against the description where
    /// that is at hand
    #[arg(value_name = "DIR", group = "place", conflicts_with = "out")]
    pub(super) dir: Option<PathBuf>,
    #[command(flatten)]
    pub(super) input: Input,
    #[command(flatten)]
    pub(super) out: Out,
}

#[derive(Debug, Args)]
pub(super) struct Vendor {
    /// The folder in the other workspace: `vendor/petstore`, or `app/src/petstore`
    #[arg(value_name = "DIR", group = "place")]
    pub(super) dir: PathBuf,
    /// What to put there [default: as before; else a module below `src`, a crate elsewhere]
    #[arg(long = "as", value_enum, value_name = "WHAT")]
    pub(super) delivery: Option<VendorAs>,
    #[command(flatten)]
    pub(super) input: Input,
    /// A lint of that workspace that is not asked of the copy, such as `clippy::disallowed_methods`; several one by one
    #[arg(long, value_name = "LINT")]
    pub(super) allow: Vec<String>,
    /// Change nothing, and tell what would be done
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Replace or delete generated files that were edited
    #[arg(long)]
    pub(super) overwrite_edited: bool,
}

/// What a copy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum VendorAs {
    /// A crate of its own, under the workspace's lints
    Crate,
    /// Modules of the package around it
    Module,
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// Only what has this text in its names, method, path or pointer, in any case
    pub(super) filter: Option<String>,
    /// The configuration [default: clientwright.toml here, then in spec/]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// The description, without a configuration
    #[arg(long, value_name = "FILE", conflicts_with = "config")]
    pub(super) spec: Option<PathBuf>,
    /// Apply this overlay; several are applied in their order
    #[arg(long, value_name = "FILE")]
    pub(super) overlay: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) select: Filter,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The old description: a file, or a file of a git revision as REV:PATH
    pub(super) old: String,
    /// The new description, likewise
    pub(super) new: String,
    /// The configuration, which holds for both [default: clientwright.toml here, then in spec/, or none]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Apply this overlay to both; several are applied in their order
    #[arg(long, value_name = "FILE")]
    pub(super) overlay: Vec<PathBuf>,
    /// Exit with 1 when there is such a change (several with commas)
    #[arg(long, value_enum, value_delimiter = ',', value_name = "GRAVITY")]
    pub(super) fail_on: Vec<FailOn>,
    /// Changes that are fine: a file with a fingerprint a line
    #[arg(long, value_name = "FILE")]
    pub(super) allow: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(super) format: DiffFormat,
}

/// What is not wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Callers that no longer compile
    Major,
    /// Anything new to callers
    Minor,
    /// Clients of the old description that no longer work
    WireBreaking,
}

impl FailOn {
    /// As it is written.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Minor => "minor",
            Self::WireBreaking => "wire-breaking",
        }
    }
}

/// How to print changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// For people
    Text,
    /// For a pull request
    Markdown,
    /// One JSON value on standard output, for programs
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code, such as R0102; all codes are listed without one
    pub(super) code: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// One JSON value on standard output, for programs
    Json,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_hang_together() {
        super::Arguments::command().debug_assert();
    }
}
