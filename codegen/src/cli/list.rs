//! `list`: operations and types with their Rust names.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clientwright::config::Config;
use clientwright::diag::text::clean;
use clientwright::model::Model;
use clientwright::name::Resource;
use clientwright::pipeline::{self, Run};
use clientwright::pointer::Pointer;
use serde_json::{Value, json};

use super::args::{Format, List};
use super::progress::Progress;
use super::terminal::Terminal;
use super::{Answer, findings, generate, json, settings};

pub(super) fn list(arguments: &List, terminal: &mut Terminal) -> Answer {
    let progress = Progress::new();
    let tell = |stage| progress.stage(stage);
    let mut run = Run::new(&tell);
    let mut config = match &arguments.spec {
        Some(spec) => Some(Config::new(spec, "client")),
        None => settings::found(arguments.config.as_deref(), &mut run),
    };
    if let Some(config) = &mut config {
        config.overlays.extend(arguments.overlay.iter().cloned());
        settings::filter(config, &arguments.select);
    }
    let prepared = config.as_ref().and_then(|config| pipeline::prepare(config, &mut run));
    if let Some(config) = &config {
        run.finish(config);
    }
    progress.end();

    let listing = prepared.map(|prepared| Listing::of(&prepared.model).filtered(arguments.filter.as_deref()));
    let answer = match &listing {
        Some(listing) if arguments.filter.is_none() || !listing.is_empty() => Answer::Yes,
        Some(_) => Answer::No,
        None => generate::answer(&run.diagnostics, None),
    };
    match arguments.format {
        Format::Json => {
            let (listed, not_listed) = json::diagnostics(&run.diagnostics, &run.sources);
            let mut value = json!({ "diagnostics": listed, "diagnostics_not_listed": not_listed });
            if let (Some(listing), Value::Object(members)) = (&listing, &mut value) {
                members.extend(listing.json());
            }
            terminal.out(&json::text(&value));
        }
        Format::Text => {
            // What was asked for are names; the pictures are for when there are none.
            if listing.is_none() {
                findings::print(&run.diagnostics, &run.sources, terminal);
            }
            match &listing {
                Some(listing) if answer == Answer::Yes => terminal.out(&listing.text()),
                Some(_) => terminal.err("nothing matches\n"),
                None => {}
            }
            findings::print_tally(&run.diagnostics, "", terminal);
        }
    }
    answer
}

/// All that can be called and named.
#[derive(Debug, Default)]
struct Listing {
    operations: Vec<Operation>,
    types: Vec<Type>,
}

#[derive(Debug)]
struct Operation {
    method: String,
    path: String,
    id: Option<String>,
    /// How to call it: `client.pets().list`.
    rust: String,
    pointer: String,
}

#[derive(Debug)]
struct Type {
    /// `types::pet::Pet`.
    rust: String,
    pointer: String,
}

impl Listing {
    fn of(model: &Model) -> Self {
        let mut callers = BTreeMap::new();
        collect_callers("client", &model.names.resources, &mut callers);
        for pointer in &model.names.root_operations {
            callers.insert(pointer.clone(), "client".to_owned());
        }
        let operations = model.api.operations.iter().filter_map(|operation| {
            let name = model.names.operations.get(&operation.pointer)?;
            let caller = callers.get(&operation.pointer)?;
            Some(Operation {
                method: operation.method.as_str().to_owned(),
                path: operation.path.clone(),
                id: operation.id.clone(),
                rust: format!("{caller}.{}", name.method),
                pointer: operation.pointer.to_string(),
            })
        });
        let types = model.names.types.iter().map(|(id, name)| Type {
            rust: format!("types::{}::{}", name.module, name.ident),
            pointer: id.0.to_string(),
        });
        Self { operations: operations.collect(), types: types.collect() }
    }

    fn filtered(mut self, filter: Option<&str>) -> Self {
        let Some(filter) = filter.map(str::to_lowercase) else { return self };
        let has = |texts: &[&str]| texts.iter().any(|text| text.to_lowercase().contains(&filter));
        self.operations.retain(|operation| {
            let line = format!("{} {}", operation.method, operation.path);
            has(&[&line, operation.id.as_deref().unwrap_or_default(), &operation.rust, &operation.pointer])
        });
        self.types.retain(|ty| has(&[&ty.rust, &ty.pointer]));
        self
    }

    fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.types.is_empty()
    }

    fn text(&self) -> String {
        let operations = self.operations.iter().map(|operation| {
            let id = operation.id.as_deref().unwrap_or("-");
            (operation.rust.clone(), format!("{} {}  {id}", operation.method, operation.path))
        });
        let types = self.types.iter().map(|ty| (ty.rust.clone(), ty.pointer.clone()));
        let mut text = columns(operations.collect());
        if !self.operations.is_empty() && !self.types.is_empty() {
            text.push('\n');
        }
        text + &columns(types.collect())
    }

    fn json(&self) -> serde_json::Map<String, Value> {
        let operations = self.operations.iter().map(|operation| {
            json!({
                "method": operation.method,
                "path": operation.path,
                "id": operation.id,
                "rust": operation.rust,
                "pointer": operation.pointer,
            })
        });
        let types = self.types.iter().map(|ty| json!({ "rust": ty.rust, "pointer": ty.pointer }));
        let mut members = serde_json::Map::new();
        members.insert("operations".to_owned(), operations.collect());
        members.insert("types".to_owned(), types.collect());
        members
    }
}

/// How to get to the operations of each resource: `client.realtime_kit().sessions()`.
fn collect_callers(parent: &str, resources: &[Resource], callers: &mut BTreeMap<Pointer, String>) {
    for resource in resources {
        let caller = format!("{parent}.{}()", resource.method);
        for pointer in &resource.operations {
            callers.insert(pointer.clone(), caller.clone());
        }
        collect_callers(&caller, &resource.children, callers);
    }
}

/// Two columns, the first as wide as its widest text within reason.
fn columns(rows: Vec<(String, String)>) -> String {
    const WIDEST: usize = 60;
    let width = rows.iter().map(|(left, _)| left.chars().count()).filter(|width| *width <= WIDEST).max().unwrap_or(0);
    rows.iter().fold(String::new(), |mut text, (left, right)| {
        let _ = writeln!(text, "{left:width$}  {}", clean(right));
        text
    })
}

#[cfg(test)]
mod tests;
