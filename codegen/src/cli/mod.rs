//! The command line: arguments → a call of the library → text or JSON, and an exit code. Decides nothing about the output.

mod args;
mod diff;
mod explain;
mod findings;
mod generate;
mod json;
mod list;
mod progress;
mod release;
mod render;
mod settings;
mod terminal;
mod vendor;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Arguments, Command};
use terminal::Terminal;

/// How a command ended; the number is the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// All is well.
    Yes = 0,
    /// The answer is "no": stale, or errors in the description.
    No = 1,
    /// Wrong use: arguments, or the configuration.
    WrongUse = 2,
}

/// Runs the command that the process was called with.
pub(crate) fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut terminal = Terminal::new(arguments.color);
    let answer = match &arguments.command {
        Command::Generate(generate) => generate::generate(generate, &mut terminal),
        Command::Check(check) => match &check.dir {
            Some(folder) => vendor::check(check, folder, &mut terminal),
            None => generate::check(check, &mut terminal),
        },
        Command::Vendor(vendor) => vendor::vendor(vendor, &mut terminal),
        Command::Diff(diff) => diff::diff(diff, &mut terminal),
        Command::List(list) => list::list(list, &mut terminal),
        Command::Explain(explain) => explain::explain(explain, &mut terminal),
    };
    ExitCode::from(answer as u8)
}
