//! Writes made-up descriptions into a folder, for the corpus harness to compile. `made --help` lists the options.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use clientwright_tests::made::{self, Choices};

/// Writes valid descriptions that are made up of every construct.
#[derive(Debug, Parser)]
struct Arguments {
    /// The folder to write to
    folder: PathBuf,
    /// How many
    #[arg(long, default_value_t = 20)]
    count: u64,
    /// The seed of the first one
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How many bytes decide on one: the more, the larger
    #[arg(long, default_value_t = 3_000)]
    bytes: usize,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match write(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(arguments: &Arguments) -> std::io::Result<()> {
    std::fs::create_dir_all(&arguments.folder)?;
    for seed in arguments.seed..arguments.seed.saturating_add(arguments.count) {
        let bytes = made::bytes(seed, arguments.bytes);
        let description = made::description(&mut Choices::new(&bytes));
        std::fs::write(arguments.folder.join(format!("made-{seed}.json")), format!("{description:#}\n"))?;
    }
    Ok(())
}
