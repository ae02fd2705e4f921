//! Measures the clients against the scenarios of `@typespec/http-specs`: each spec is compiled to OpenAPI, a client is
//! generated from that, and each scenario is called by what the client has for callers. What passes is what the mock server
//! takes and whose answer is the expected one.

pub(crate) mod answer;
mod api;
pub(crate) mod argument;
mod call;
mod driver;
pub(crate) mod find;
mod form;
mod npm;
mod outside;
pub(crate) mod scenario;
pub mod table;
pub(crate) mod values;

use std::collections::BTreeMap;
use std::io::Result;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use api::Document;
use driver::{Driven, Failed};
use npm::Npm;
use scenario::Scenario;

/// What came of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its spec.
    pub spec: String,
    /// Its name.
    pub name: String,
    /// Whether a body of it is XML, which the caller writes and reads as text.
    pub written: bool,
    /// Why it didn't pass.
    pub why: Option<String>,
}

/// A spec with its clients.
struct Spec {
    name: String,
    said: Vec<String>,
    documents: Vec<Document>,
    /// Why there is no client, or not every one.
    failed: Option<String>,
}

/// Runs the scenarios whose names or specs have one of the texts `only`, or all; everything goes below `out`.
///
/// # Errors
///
/// When npm, node or cargo can't be run, or a file can't be written.
pub fn run(out: &Path, only: &[String]) -> Result<Vec<Row>> {
    std::fs::create_dir_all(out)?;
    let npm = Npm::install(&out.join("npm"))?;
    let port = npm::free_port()?;
    let origin = format!("http://localhost:{port}");
    let mut scenarios: Vec<Scenario> = npm.scenarios(&origin)?.iter().map(Scenario::read).collect();
    let is_meant = |scenario: &Scenario| {
        only.is_empty() || only.iter().any(|text| scenario.spec.contains(text) || scenario.name.contains(text))
    };
    scenarios.retain(is_meant);
    eprintln!("{} scenarios; compiling the specs", scenarios.len());
    let mut specs: Vec<Spec> = Vec::new();
    for compiled in npm.compile(&out.join("openapi"))? {
        if scenarios.iter().any(|scenario| scenario.spec == compiled.name) {
            specs.push(client(compiled, &out.join("driver/clients")));
        }
    }
    let mut failed = Failed::new();
    let mut driven: Vec<Driven<'_>> = specs.iter().map(|spec| drive(spec, &scenarios, &mut failed)).collect();
    driven.retain(|driven| !driven.functions.is_empty());
    eprintln!(
        "compiling {} clients and what calls them",
        driven.iter().map(|driven| driven.documents.len()).sum::<usize>()
    );
    let (program, broken) = driver::build(&out.join("driver"), &mut driven)?;
    failed.extend(broken);
    let server = npm.serve(port, &out.join("server.log"))?;
    let mut said = answers(&program, &origin)?;
    let covered = npm::coverage(port)?;
    drop(server);
    let rows = scenarios.into_iter().map(|scenario| {
        let why = match (failed.remove(&scenario.name), said.remove(&scenario.name)) {
            (Some(why), _) => Some(why),
            (None, Some(Some(why))) => Some(why),
            (None, Some(None)) => match covered.get(&scenario.name).map(String::as_str) {
                Some("pass") => None,
                said => Some(format!("the server says otherwise: {}", said.unwrap_or("nothing"))),
            },
            (None, None) => Some("it was not run".to_owned()),
        };
        let why = why.map(|why| blame(why, &scenario.name, specs.iter().find(|spec| spec.name == scenario.spec)));
        Row { written: scenario.is_xml(), spec: scenario.spec, name: scenario.name, why }
    });
    Ok(rows.collect())
}

/// The clients of a spec.
fn client(compiled: npm::Compiled, out: &Path) -> Spec {
    let mut failed = compiled.files.is_empty().then(|| "outside OpenAPI: the emitter writes nothing".to_owned());
    let mut documents = Vec::new();
    for file in &compiled.files {
        match api::generate(file, &api::crate_name(&compiled.name, file), out, outside::settings(&compiled.name)) {
            Ok(document) => documents.push(document),
            Err(error) => failed = Some(format!("nothing is generated: {error}")),
        }
    }
    Spec { name: compiled.name, said: compiled.said, documents, failed }
}

fn drive<'a>(spec: &'a Spec, scenarios: &[Scenario], failed: &mut Failed) -> Driven<'a> {
    let mut functions = Vec::new();
    for scenario in scenarios.iter().filter(|scenario| scenario.spec == spec.name) {
        match call::statements(scenario, &spec.documents) {
            Ok(statements) => functions.push((scenario.name.clone(), statements)),
            Err(why) => {
                let why = spec.failed.clone().unwrap_or(why);
                failed.insert(scenario.name.clone(), why);
            }
        }
    }
    let name = api::crate_name(&spec.name, Path::new("openapi"));
    Driven { name: name.replacen("spector-", "drive-", 1), documents: &spec.documents, functions }
}

/// What no description says (see [`outside`]), or what the emitter said it can't say, where there is no operation.
fn blame(why: String, name: &str, spec: Option<&Spec>) -> String {
    if let Some(reason) = outside::reason(name) {
        return reason;
    }
    let said = spec.and_then(|spec| spec.said.iter().find(|said| said.starts_with("error")));
    match said {
        Some(said) if why.starts_with("no operation") => format!("outside OpenAPI: {said}"),
        _ => why,
    }
}

/// What the driver says of each scenario: why it didn't pass.
fn answers(program: &Path, origin: &str) -> Result<BTreeMap<String, Option<String>>> {
    let output = Command::new(program).arg(origin).stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let lines = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let read = |line: Value| Some((line["name"].as_str()?.to_owned(), line["why"].as_str().map(str::to_owned)));
    Ok(lines.filter_map(read).collect())
}
