//! Generates every description under a folder, each in a process of its own, compiles the crates that are asked for, and
//! prints a table. `corpus --help` lists the options.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use clientwright_tests::corpus::check::How;
use clientwright_tests::corpus::watch::Limits;
use clientwright_tests::corpus::{self, Row, Setting, check, find, one, table};

/// Generates every description under a folder and tells what came of each.
#[derive(Debug, Parser)]
struct Arguments {
    /// The folder (or one file): files that say `openapi` or `swagger` at the top are descriptions
    #[arg(required_unless_present = "one")]
    folder: Option<PathBuf>,
    /// Only descriptions whose path has one of these texts
    #[arg(long, num_args = 1.., value_name = "NAME")]
    only: Vec<String>,
    /// Compile the crates of descriptions whose path has one of these texts, or `all`
    #[arg(long, num_args = 1.., value_name = "NAME")]
    check: Vec<String>,
    /// Compile by clippy
    #[arg(long)]
    clippy: bool,
    /// Compile without the default features but those of resources, and so without a transport, which is quick
    #[arg(long)]
    no_default_features: bool,
    /// Descriptions (whose path has one of these texts) that are not valid, to be counted apart
    #[arg(long, num_args = 1.., value_name = "NAME")]
    invalid: Vec<String>,
    /// Say the first errors of each description, and the first of rustc
    #[arg(long)]
    verbose: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// So many processes at once
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Seconds that one description may take
    #[arg(long, default_value_t = 120)]
    seconds: u64,
    /// Megabytes that one description may take
    #[arg(long, default_value_t = 4096)]
    memory: u64,
    /// Where crates, logs and the target folder go [default: corpus in cargo's target folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Generate this description and say what came of it, for the process that watches
    #[arg(long, hide = true, requires = "into")]
    one: Option<PathBuf>,
    #[arg(long, hide = true)]
    into: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table
    Text,
    /// A list of objects
    Json,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let (Some(one), Some(into)) = (&arguments.one, &arguments.into) {
        println!("{}", one::run(one.clone(), into.clone()).write());
        return ExitCode::SUCCESS;
    }
    match run(&arguments) {
        Ok(rows) => {
            print(&arguments, &rows);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> std::io::Result<Vec<Row>> {
    let mut descriptions = find::find(arguments.folder.as_deref().unwrap_or(".".as_ref()))?;
    for names in [&arguments.only, &arguments.check, &arguments.invalid] {
        if let Some(name) = names.iter().find(|name| !descriptions.iter().any(|found| matches(name, &found.name))) {
            return Err(std::io::Error::other(format!("no description has `{name}` in its path")));
        }
    }
    descriptions.retain(|found| arguments.only.is_empty() || any(&arguments.only, &found.name));
    let setting = Setting {
        program: std::env::current_exe()?,
        out: arguments.out.clone().unwrap_or_else(|| clientwright_tests::target().join("corpus")),
        limits: Limits { time: Duration::from_secs(arguments.seconds), memory: arguments.memory << 20 },
        jobs: arguments.jobs,
    };
    let tell = |row: &Row| eprintln!("{}: {:.2} s", row.description.name, row.time.as_secs_f64());
    let mut rows = corpus::generate(&descriptions, &setting, &tell)?;
    let wanted = |row: &&mut Row| row.is_generated() && any(&arguments.check, &row.description.name);
    let names: Vec<String> = rows.iter_mut().filter(wanted).map(|row| row.description.crate_name.clone()).collect();
    if !names.is_empty() {
        let how = How { clippy: arguments.clippy, no_default_features: arguments.no_default_features };
        let mut checked = check::check(&setting.out, &names, how)?;
        rows.iter_mut().filter(wanted).for_each(|row| row.checked = checked.remove(&row.description.crate_name));
    }
    Ok(rows)
}

fn matches(wanted: &str, name: &str) -> bool {
    wanted == "all" || name.contains(wanted)
}

fn any(wanted: &[String], name: &str) -> bool {
    wanted.iter().any(|wanted| matches(wanted, name))
}

fn print(arguments: &Arguments, rows: &[Row]) {
    if arguments.format == Format::Json {
        println!("{:#}", table::json(rows));
        return;
    }
    for row in rows.iter().filter(|_| arguments.verbose) {
        let told = row.made().map(|made| made.told.join("\n")).unwrap_or_default();
        let first = row.checked.as_ref().and_then(|checked| checked.first.clone()).unwrap_or_default();
        if !told.is_empty() || !first.is_empty() {
            println!("== {}\n{told}{first}", row.description.name);
        }
    }
    print!("{}", table::table(rows));
    print!("\n{}", table::summary(rows, &|name| any(&arguments.invalid, name)));
}
