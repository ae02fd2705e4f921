//! Everything of the crate that is neither Rust nor `api.md`: `Cargo.toml`, `README.md` and `rustfmt.toml`.

use std::collections::{BTreeMap, BTreeSet};

use clientwright_templates::{MANIFEST, README, RUSTFMT};
use minijinja::context;

use super::EmitError;
use super::context::Context;
use super::operation::{self, Place};
use super::{builder, libraries, prose, root, runtime, template, title};
use crate::model::Dependency;

/// The files.
pub(super) fn files(cx: &Context<'_>) -> Result<BTreeMap<String, String>, EmitError> {
    let rendered = [
        ("Cargo.toml", template::render("Cargo.toml", MANIFEST, manifest(cx))?),
        ("README.md", template::render("README.md", README, readme(cx))?),
        ("rustfmt.toml", RUSTFMT.to_owned()),
    ];
    Ok(rendered.into_iter().map(|(path, text)| (path.to_owned(), text)).collect())
}

/// What callers can ask of a manifest.
pub(super) struct Read {
    /// Features, with what each turns on.
    pub(super) features: BTreeMap<String, String>,
    /// Dependencies, with what is asked of each.
    pub(super) dependencies: BTreeMap<String, String>,
}

/// The manifest, as cargo reads it.
pub(super) fn read(cx: &Context<'_>) -> Result<Read, EmitError> {
    let text = template::render("Cargo.toml", MANIFEST, manifest(cx))?;
    let table = template::read_toml("Cargo.toml", &text)?;
    Ok(Read {
        features: template::entries(&table, "features"),
        dependencies: template::entries(&table, "dependencies"),
    })
}

fn manifest(cx: &Context<'_>) -> minijinja::Value {
    let settings = &cx.model.settings;
    let title = cx.model.api.info.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let article = title::article(&title);
    let what = if cx.has_client() { "A client" } else { "The types" };
    let resources = cx.gates.features(&cx.model.names.resources);
    let resources: Vec<_> = resources.into_iter().map(|(feature, _)| feature.to_owned()).collect();
    context! {
        command => &settings.command,
        name => &settings.package,
        version => &settings.version,
        description => settings.description.clone().unwrap_or_else(|| format!("{what} of {article}{title}")),
        client => cx.has_client(),
        license => &settings.license,
        repository => &settings.repository,
        keywords => &settings.keywords,
        categories => &settings.categories,
        libraries => libraries(cx),
        dependencies => dependencies(cx),
        resources,
        patterns => runtime::has_patterns(cx),
        publish => cx.vendored().is_some_and(|vendored| vendored.publish),
        lints => cx.vendored().is_some_and(|vendored| vendored.lints),
    }
}

/// What the client needs as a module, which always has what the crate has by default, and nothing else that is optional.
pub(super) fn dependencies_of_module(cx: &Context<'_>) -> Result<Vec<Dependency>, EmitError> {
    let text = template::render("Cargo.toml", MANIFEST, manifest(cx))?;
    let table = template::read_toml("Cargo.toml", &text)?;
    let enabled = by_default(&table);
    let dependencies = table.get("dependencies").and_then(toml::Value::as_table).into_iter().flatten();
    let needed = dependencies.filter_map(|(name, asked)| {
        let is = |key: &str| asked.get(key).and_then(toml::Value::as_bool);
        if is("optional").unwrap_or_default() && !enabled.contains(format!("dep:{name}").as_str()) {
            return None;
        }
        let version = asked.get("version").unwrap_or(asked).as_str().unwrap_or_default().to_owned();
        let listed = asked.get("features").and_then(toml::Value::as_array).into_iter().flatten();
        let of_it = |entry: &&str| {
            Some(entry.strip_prefix(name.as_str())?.trim_start_matches('?').strip_prefix('/')?.to_owned())
        };
        let more = enabled.iter().filter_map(of_it);
        let features = listed.filter_map(|feature| Some(feature.as_str()?.to_owned())).chain(more).collect();
        let default_features = is("default-features").unwrap_or(true);
        Some(Dependency { name: name.clone(), version, features, default_features })
    });
    Ok(needed.collect())
}

/// What a manifest's default features come to: `dep:tokio`, `tokio/time`.
fn by_default(manifest: &toml::Table) -> BTreeSet<&str> {
    let features = manifest.get("features").and_then(toml::Value::as_table);
    let mut enabled = BTreeSet::new();
    let mut open = vec!["default"];
    while let Some(entry) = open.pop() {
        if enabled.insert(entry) {
            let more = features.and_then(|features| features.get(entry)?.as_array());
            open.extend(more.into_iter().flatten().filter_map(toml::Value::as_str));
        }
    }
    enabled
}

/// The crates whose types convert, for templates.
fn libraries(cx: &Context<'_>) -> Vec<minijinja::Value> {
    // One that a chosen type is of is there anyway.
    let is_optional =
        |library: &libraries::Library| cx.model.settings.dependencies.iter().all(|own| own.name != library.name);
    let row = |library: &libraries::Library| {
        context! {
            name => library.name,
            enables => is_optional(library).then(|| format!("dep:{}", library.name)).into_iter().collect::<Vec<_>>(),
            requirement => library.requirement,
            features => library.features.to_vec(),
            words => library.words,
            is_optional => is_optional(library),
        }
    };
    libraries::needed(cx).into_iter().map(row).collect()
}

/// The crates of chosen types, for templates.
fn dependencies(cx: &Context<'_>) -> Vec<minijinja::Value> {
    let row = |dependency: &Dependency| {
        context! {
            name => &dependency.name,
            version => &dependency.version,
            features => &dependency.features,
            default_features => dependency.default_features,
        }
    };
    cx.model.settings.dependencies.iter().map(row).collect()
}

/// What a caller's manifest says of the crate.
fn requirement(cx: &Context<'_>) -> String {
    match cx.vendored() {
        Some(vendored) => format!("{{ path = {} }}", toml::Value::String(vendored.path.clone())),
        None => toml::Value::String(cx.model.settings.version.clone()).to_string(),
    }
}

fn readme(cx: &Context<'_>) -> minijinja::Value {
    let settings = &cx.model.settings;
    let first = root::first_operation(cx);
    let arguments = first
        .as_ref()
        .map(|(operation, ..)| operation::example_arguments(operation, cx).join(", "))
        .unwrap_or_default();
    let client_example = first.as_ref().map(|(operation, ..)| builder::example(operation, cx));
    let example = first.map(|(operation, name, chain)| {
        operation::example_call(operation, name, &Place { chain: &chain, owner: "" }, cx).replace('\n', "\n    ")
    });
    let variables: Vec<_> = settings
        .scheme_env
        .iter()
        .filter_map(|(scheme, variable)| Some((variable, cx.model.names.schemes.get(scheme)?)))
        .map(|(variable, setter)| context! { variable, setter })
        .chain(settings.base_url_env.iter().map(|variable| context! { variable, setter => "base_url" }))
        .collect();
    let resources = cx.gates.features(&cx.model.names.resources).into_iter();
    let resources: Vec<_> = resources.map(|(feature, node)| context! { feature, method => &node.method }).collect();
    context! {
        command => &settings.command,
        name => &settings.package,
        requirement => requirement(cx),
        resources,
        credentials => !cx.model.api.security_schemes.is_empty(),
        article => title::article(&cx.model.api.info.title),
        title => prose::inline(&cx.model.api.info.title),
        krate => cx.crate_ident(),
        client => cx.has_client(),
        operations => !cx.model.api.operations.is_empty(),
        client_credentials => runtime::needs_client_credentials(cx),
        checks => runtime::has_checks(cx),
        error_body => cx.model.names.error_accessors.values().next().filter(|_| cx.has_client()),
        streams => runtime::has_streams(cx),
        providers => runtime::needs_tokens(cx) && !runtime::needs_client_credentials(cx),
        example,
        client_example,
        arguments,
        variables,
        libraries => libraries(cx),
        license => &settings.license,
    }
}
