//! Runs the scenarios of `@typespec/http-specs` by generated clients, against the mock server that comes with them, and prints
//! what passes. The packages come from npm into `target/spector` the first time; the server listens on loopback only.

use std::process::ExitCode;

use clap::Parser;
use clientwright_tests::spector;

/// Measures generated clients against the scenarios of `@typespec/http-specs`.
#[derive(Debug, Parser)]
struct Arguments {
    /// Only scenarios whose name, or whose spec's path, has one of these texts
    #[arg(long, num_args = 1.., value_name = "NAME")]
    only: Vec<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match spector::run(&clientwright_tests::target().join("spector"), &arguments.only) {
        Ok(rows) => {
            print!("{}", spector::table::table(&rows));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
