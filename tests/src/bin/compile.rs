//! What generated crates cost to compile, beside other generators' (where they are installed) and beside the floor.
//! `compile --help` lists the options.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use clientwright_tests::compile::measure::{self, Mode};
use clientwright_tests::compile::{Api, rows, synthetic, table};

/// Compiles clients of synthetic descriptions, or of the ones given, and prints what the compiler took for each.
///
/// Crates of `openapi-to-rust`, `oas3-gen` and `cargo-progenitor` for the same descriptions are compiled too where their
/// programs are on the path. Dependencies are built before. The floor is the same types with `Clone` and `Debug` alone.
#[derive(Debug, Parser)]
struct Arguments {
    /// Descriptions; without any, synthetic ones
    specs: Vec<PathBuf>,
    /// How many types the synthetic descriptions have, one number each
    #[arg(long, num_args = 1.., default_values_t = [100, 1_000, 4_000])]
    types: Vec<usize>,
    /// How many operations each synthetic description has
    #[arg(long, default_value_t = 1_000)]
    operations: usize,
    /// Build too
    #[arg(long)]
    build: bool,
    /// Build with optimisations too
    #[arg(long)]
    release: bool,
    /// Where crates and the target folder go [default: compile in cargo's target folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    if let Some(log) = std::env::var_os(measure::LOG) {
        let arguments: Vec<_> = std::env::args_os().skip(1).collect();
        return match measure::wrap(&arguments, Path::new(&log)) {
            Ok(code) => ExitCode::from(u8::try_from(code).unwrap_or(101)),
            Err(error) => failed(&error),
        };
    }
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

fn failed(error: &std::io::Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::FAILURE
}

fn run(arguments: &Arguments) -> std::io::Result<()> {
    let out = arguments.out.clone().unwrap_or_else(|| clientwright_tests::target().join("compile"));
    std::fs::create_dir_all(&out)?;
    let out = out.canonicalize()?;
    let mut modes = vec![Mode::Check];
    modes.extend(arguments.build.then_some(Mode::Build));
    modes.extend(arguments.release.then_some(Mode::Release));
    let apis = if arguments.specs.is_empty() { synthetic(arguments, &out)? } else { given(&arguments.specs)? };
    for api in apis {
        println!("{}", table::table(&rows(&api, &modes, &out)?, &modes));
    }
    Ok(())
}

fn given(specs: &[PathBuf]) -> std::io::Result<Vec<Api>> {
    let api = |spec: &PathBuf| {
        let name = spec.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Api { name, spec: spec.canonicalize()?, spec_3_1: None })
    };
    specs.iter().map(api).collect()
}

fn synthetic(arguments: &Arguments, out: &Path) -> std::io::Result<Vec<Api>> {
    let mut apis = Vec::new();
    for &types in &arguments.types {
        let [spec, spec_3_1] = ["3.0.3", "3.1.0"].map(|version| {
            let text = synthetic::description(types, arguments.operations, version).to_string();
            let path = out.join(format!("{types}-{version}.json"));
            std::fs::write(&path, text).map(|()| path)
        });
        apis.push(Api { name: types.to_string(), spec: spec?, spec_3_1: Some(spec_3_1?) });
    }
    Ok(apis)
}
