//! Vendor: a configuration and a folder in another workspace → the configuration of a copy there, and what its surroundings
//! lack for it. The copy is written and checked by the same stages as the crate itself.

mod dependencies;
mod host;
mod lints;

use std::path::Path;

use crate::config::{Config, Origin, Record, Vendored, paths, values};
use crate::diag::{self, Diagnostic, Diagnostics};
use crate::emit;
use crate::model::{self, Delivery};
use crate::pipeline::{self, Outcome, Output, Run};
use host::Host;

/// A copy in the making.
#[derive(Clone, Debug)]
pub struct Copy {
    /// The configuration, with the copy's folder as its output.
    pub config: Config,
    host: Host,
}

/// Where a folder lies.
#[derive(Clone, Debug)]
pub struct Place(Host);

impl Place {
    /// Looks around; `None`, with the reason reported, when a manifest can't be read.
    pub fn of(folder: &Path, found: &mut Diagnostics) -> Option<Self> {
        Host::read(folder, found).map(Self)
    }

    /// What a copy here is unless told otherwise: among the sources of a package, a module.
    pub fn delivery(&self) -> Delivery {
        if self.0.is_in_sources() { Delivery::Module } else { Delivery::Crate }
    }
}

/// Makes the configuration of a copy, and reports what the surroundings lack; `None` when there can be none.
pub fn plan(config: Config, folder: &Path, place: Place, mut record: Record, found: &mut Diagnostics) -> Option<Copy> {
    let Place(host) = place;
    refuse(&config, &host, record.delivery, found)?;
    if let Some(odd) = record.allow.iter().find(|lint| !lints::is_name(lint)) {
        let message = format!("`{}` is not the name of a lint", odd.escape_debug());
        found.push(Diagnostic::new(&diag::VENDOR_BAD_LINT, message).help("write it as `clippy::disallowed_methods`"));
        return None;
    }
    record.origin = origin(&config, &host);
    let workspace = host.workspace.as_ref().map(|manifest| &manifest.table);
    let asked = match (record.delivery, &host.package) {
        (Delivery::Crate, _) => workspace.and_then(lints::of_workspace),
        (Delivery::Module, Some(package)) => lints::of_package(&package.table, workspace),
        (Delivery::Module, None) => None,
    };
    let forbidden = lints::forbidden(asked, &record.allow);
    let publish = workspace.and_then(|root| root.get("workspace")?.get("package")?.get("publish")).is_some();
    let settings = model::Vendored {
        path: host.path(),
        lints: record.delivery == Delivery::Crate && asked.is_some() && forbidden.is_empty(),
        publish,
        allow: lints::allowed(&record.allow, &forbidden),
    };
    if !forbidden.is_empty() {
        let named: Vec<String> = forbidden.iter().map(|lint| format!("`{lint}`")).collect();
        let message = format!("{} can't be allowed here: the workspace has `forbid`", named.join(", "));
        found.push(Diagnostic::new(&diag::HOST_FORBIDS, message).help("say `deny`, and vendor again"));
    }
    let original = config.file.is_some().then(|| config.out.clone());
    let input = config.file.as_deref().unwrap_or(&config.spec);
    let base = input.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
    let delivery = record.delivery;
    let vendored = Some(Vendored { settings, record, base, original });
    Some(Copy { config: Config { out: folder.to_owned(), delivery, vendored, ..config }, host })
}

/// Writes the copy, or tells what would be done with it.
pub fn generate(copy: &Copy, output: Output<'_>, run: &mut Run<'_>) -> Option<Outcome> {
    let config = &copy.config;
    let (prepared, files) = pipeline::files(config, run)?;
    match config.delivery {
        Delivery::Crate => tell_member(&copy.host, &prepared.model.settings.package, &mut run.diagnostics),
        Delivery::Module => match emit::dependencies_of_module(&prepared.model) {
            Ok(needed) => dependencies::check(&needed, &copy.host, &mut run.diagnostics),
            Err(fault) => run.diagnostics.push(Diagnostic::new(&diag::EMIT_FAULT, fault.to_string())),
        },
    }
    pipeline::finish(config, output, prepared, &files, run)
}

/// Refuses what would not compile.
fn refuse(config: &Config, host: &Host, delivery: Delivery, found: &mut Diagnostics) -> Option<()> {
    let refused = match delivery {
        Delivery::Module if !host.is_in_sources() => {
            let message = format!("`{}` is not below the `src` of a package", shown(&host.folder));
            Diagnostic::new(&diag::VENDOR_NO_PACKAGE, message)
                .help("name a folder such as `src/petstore`, or say `--as crate`")
        }
        Delivery::Crate if config.delivery == Delivery::Module && names_other_crates(config) => {
            let message = "the types of the configuration are of crates that it doesn't name";
            Diagnostic::new(&diag::VENDOR_NO_DEPENDENCIES, message)
                .help("say `delivery = \"crate\"` and add the crates to `[dependencies]`, or say `--as module`")
        }
        _ => {
            tell_edition(host, delivery, found);
            return Some(());
        }
    };
    found.push(refused);
    None
}

fn names_other_crates(config: &Config) -> bool {
    let types = config.types.formats.values().chain(config.types.schemas.values());
    types.flat_map(|set| values::crates_of(&set.value)).any(|name| !matches!(name, "alloc" | "core" | "std"))
}

/// A module is compiled as what is around it.
fn tell_edition(host: &Host, delivery: Delivery, found: &mut Diagnostics) {
    const EDITION: u32 = 2021;
    let Some(package) = host.package.as_ref().filter(|_| delivery == Delivery::Module) else { return };
    let edition = package.setting("edition", host.workspace.as_ref()).unwrap_or("2015");
    if edition.parse::<u32>().is_ok_and(|year| year < EDITION) {
        let message = format!("the package `{}` is of edition {edition}", package.name());
        found.push(
            Diagnostic::new(&diag::HOST_OLD_RUST, message).help("say `--as crate`: a crate has an edition of its own"),
        );
    }
}

/// What to add where cargo would not build the crate.
fn tell_member(host: &Host, name: &str, found: &mut Diagnostics) {
    let Some(root) = host.workspace.as_ref().filter(|_| !host.is_member()) else { return };
    let path = host.path();
    let manifest = shown(&root.folder.join("Cargo.toml"));
    let message = format!("no member of the workspace `{}` has the crate `{name}` yet", shown(&root.folder));
    let alone = Diagnostic::new(&diag::HOST_NO_MEMBER, message)
        .help(format!("depend on it in a member: `{name} = {{ path = \"…\" }}`, the path to `{path}` from there"))
        .help(format!("or add \"{path}\" to `members` in `{manifest}`"));
    found.push(alone);
}

/// What the copy is made of, where it is there for all who have the copy: in the same repository.
fn origin(config: &Config, host: &Host) -> Option<Origin> {
    const REPOSITORIES: [&str; 3] = [".git", ".hg", ".jj"];
    let repository = host.folder.ancestors().find(|above| REPOSITORIES.iter().any(|name| above.join(name).exists()))?;
    let input = config.file.as_ref().unwrap_or(&config.spec);
    if !paths::absolute(input).starts_with(repository) {
        return None;
    }
    let path = paths::relative(&host.folder, input);
    Some(if config.file.is_some() { Origin::Config(path) } else { Origin::Spec(path) })
}

/// A path as messages name it: from the current folder, where it is below it.
fn shown(path: &Path) -> String {
    let here = paths::absolute(Path::new("."));
    let path = path.strip_prefix(&here).unwrap_or(path);
    if path.as_os_str().is_empty() { ".".to_owned() } else { path.display().to_string() }
}
