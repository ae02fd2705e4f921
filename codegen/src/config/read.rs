//! The keys of the configuration, table by table, and what each value may be.

use std::collections::BTreeMap;
use std::path::Path;

use toml::de::DeTable;

use super::reader::{Table, list};
use super::{Config, Env, Keyed, Names, Package, Setting, chosen, paging, paths, streams, values};
use crate::diag::{self, Code, Diagnostic, Diagnostics, Severity};
use crate::filter::{Filter, Pattern};
use crate::load::Limits;
use crate::model::Delivery;
use crate::source::{FileId, Span};
use crate::suggest;

const ROOT: &[&str] = &[
    "spec",
    "also_read",
    "overlays",
    "include",
    "exclude",
    "out",
    "delivery",
    "resource_features",
    "keep_unknown_members",
    "check_bounds",
    "idempotency_header",
    "strict",
    "package",
    "retries",
    "resources",
    "names",
    "types",
    "dependencies",
    "bodies",
    "paging",
    "streams",
    "env",
    "limits",
    "diagnostics",
];
const PACKAGE: &[&str] = &["name", "version", "description", "license", "repository", "keywords", "categories"];

pub(super) fn read(
    path: &Path,
    file: FileId,
    home: Option<&Path>,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        errors.iter().for_each(|error| diagnostics.push(syntax(file, text, error)));
        return None;
    }
    let mut found = Diagnostics::default();
    let config = read_tables(path, file, home, &Table::root(file, table.get_ref(), ROOT, &mut found), &mut found);
    let failed = found.has_errors();
    // All have their places already; this puts them in the order of the text.
    found.locate(|_, _| None, Clone::clone);
    diagnostics.extend(found);
    config.filter(|_| !failed)
}

/// A syntax error. The parser's message can have several lines; they become one.
fn syntax(file: FileId, text: &str, error: &toml::de::Error) -> Diagnostic {
    let bytes = error.span().unwrap_or(text.len()..text.len());
    let message: Vec<&str> = error.message().lines().map(str::trim).collect();
    Diagnostic::new(&diag::CONFIG_SYNTAX, message.join("; ")).at(Span { file, bytes })
}

fn read_tables(
    path: &Path,
    file: FileId,
    home: Option<&Path>,
    root: &Table<'_>,
    found: &mut Diagnostics,
) -> Option<Config> {
    let base = path.parent().unwrap_or(Path::new(""));
    let spec = required(root, "spec", file, found);
    let out = required(root, "out", file, found);
    let (allow, deny) = codes(&root.table("diagnostics", &["allow", "deny"], found), found);
    let names = root.table("names", &["operations", "types", "members"], found);
    let env = root.table("env", &["base_url", "schemes"], found);
    let package = package(&root.table("package", PACKAGE, found), found);
    let delivery = delivery(root, found);
    let resource_features = root.boolean("resource_features", found);
    let keep_unknown_members = root.boolean("keep_unknown_members", found).unwrap_or(false);
    let check_bounds = root.boolean("check_bounds", found).unwrap_or(false);
    let idempotency_header = root.text("idempotency_header", found).and_then(|set| {
        let good = values::is_header_name(&set.value);
        if !good {
            refuse_name(&diag::CONFIG_BAD_HEADER, &set, HEADER_NAME, found);
        }
        good.then_some(set.value)
    });
    let retries = retries(&root.free_table("retries", found), found);
    let resources =
        keyed(&root.free_table("resources", found), &diag::CONFIG_BAD_NAME, RESOURCE, values::is_resource_path, found);
    let names = Names {
        operations: rust_names(&names, "operations", SNAKE_CASE, values::is_snake_case, found),
        types: rust_names(&names, "types", CAMEL_CASE, values::is_upper_camel_case, found),
        members: rust_names(&names, "members", EITHER_CASE, is_either_case, found),
    };
    let types = chosen::types(root, delivery, found);
    let dependencies = chosen::dependencies(root, delivery, &types, found);
    let bodies =
        keyed(&root.free_table("bodies", found), &diag::CONFIG_BAD_BODY, MEDIA_TYPE, values::is_media_type, found);
    let paging = paging::read(&root.free_table("paging", found), found);
    let streams = streams::read(&root.free_table("streams", found), found);
    let env = environment(&env, found);
    let limits = limits(&root.table("limits", &["files", "bytes", "nodes", "depth", "text", "key"], found), found);
    let also_read = root.texts("also_read", found);
    let overlays = root.texts("overlays", found);
    let filter = Filter { include: patterns(root, "include", found), exclude: patterns(root, "exclude", found) };
    let strict = root.boolean("strict", found).unwrap_or(false);

    let (spec, out) = (spec?, out?);
    let out_path = base.join(&out.value);
    let spec_path = base.join(&spec.value);
    if let Some(reason) = paths::refuse_out(&out_path, &spec_path, Some(path), home) {
        let message = format!("`{}` can't be the output folder", out.value);
        found.push(Diagnostic::new(&diag::CONFIG_BAD_OUT, message).at(out.span).label(reason));
    }
    Some(Config {
        file: Some(path.to_owned()),
        spec: spec_path,
        also_read: also_read.into_iter().map(|folder| base.join(folder.value)).collect(),
        overlays: overlays.into_iter().map(|file| base.join(file.value)).collect(),
        filter,
        out: out_path,
        package,
        delivery,
        resource_features,
        keep_unknown_members,
        check_bounds,
        idempotency_header,
        retries,
        resources,
        names,
        types,
        dependencies,
        bodies,
        paging,
        streams,
        env,
        limits,
        allow,
        deny,
        strict,
        may_miss: false,
        vendored: None,
        held: None,
    })
}

/// The patterns of operations under `key`.
fn patterns(root: &Table<'_>, key: &str, found: &mut Diagnostics) -> Vec<Pattern> {
    root.texts(key, found).into_iter().map(|set| Pattern::parse(&set.value, Some(set.span))).collect()
}

const RESOURCE: &str =
    "a resource is a path such as `realtime_kit.sessions`: names in `snake_case` with dots, at most eight";
const SNAKE_CASE: &str = "write it in `snake_case`, with ASCII letters, digits and `_`";
const CAMEL_CASE: &str = "write it in `UpperCamelCase`, with ASCII letters and digits";
const EITHER_CASE: &str =
    "write members in `snake_case` and variants in `UpperCamelCase`, with ASCII letters and digits";
const HEADER_NAME: &str = "write the name of a header, such as `Idempotency-Key`";
const MEDIA_TYPE: &str = "write a media type of the description, such as `multipart/form-data`";
const ENV_NAME: &str = "write it with capital letters, digits and `_`, such as `API_TOKEN`";

/// The path under `key`, which must be there.
fn required(root: &Table<'_>, key: &str, file: FileId, found: &mut Diagnostics) -> Option<Setting<String>> {
    let before = found.iter().len();
    let text = root.text(key, found);
    match &text {
        None if found.iter().len() == before => {
            let message = format!("the configuration has no `{key}`");
            let what = if key == "spec" { "the description" } else { "the folder of the generated crate" };
            let place = Span { file, bytes: 0..0 };
            let help = format!("add `{key} = \"…\"` at the top: the path of {what}, relative to this file");
            found.push(Diagnostic::new(&diag::CONFIG_MISSING_KEY, message).at(place).help(help));
        }
        Some(path) if path.value.is_empty() || path.value.contains('\0') => {
            let message = format!("`{key}` is not a path");
            found.push(Diagnostic::new(&diag::CONFIG_WRONG_TYPE, message).at(path.span.clone()));
            return None;
        }
        _ => {}
    }
    text
}

fn package(table: &Table<'_>, found: &mut Diagnostics) -> Package {
    let mut text = |key: &str, refuse: &dyn Fn(&str) -> Option<&'static str>| {
        let set = table.text(key, found)?;
        match refuse(&set.value) {
            None => Some(set.value),
            Some(reason) => {
                refuse_package(key, &set, reason, found);
                None
            }
        }
    };
    let unless = |good: bool, reason: &'static str| (!good).then_some(reason);
    Package {
        name: text("name", &|name| values::package_name(name)),
        version: text("version", &|text| {
            unless(values::is_version(text), "a version looks like `1.2.3` or `1.2.3-beta.1`")
        }),
        description: text("description", &|text| {
            let good = !text.trim().is_empty() && !text.chars().any(char::is_control);
            unless(good, "it must be some text without control characters")
        }),
        license: text("license", &|text| {
            unless(values::is_license(text), "an SPDX expression looks like `MIT OR Apache-2.0`")
        }),
        repository: text("repository", &|text| {
            unless(values::is_web_address(text), "it must be an address that begins with `https://` or `http://`")
        }),
        keywords: few(
            table,
            "keywords",
            values::is_registry_keyword,
            "a keyword has at most 20 of letters, digits, `_`, `-`, `+`",
            found,
        ),
        categories: few(
            table,
            "categories",
            values::is_category,
            "a category is a slug such as `web-programming::http-client`",
            found,
        ),
    }
}

/// `[retries]`: statuses of errors, and whether a request is made again after one.
fn retries(table: &Table<'_>, found: &mut Diagnostics) -> BTreeMap<u16, bool> {
    let mut all = BTreeMap::new();
    for key in table.keys() {
        let retry = table.boolean(&key.value, found);
        // As written: `0429` would be the same status twice.
        let status = key.value.parse().ok().filter(|status: &u16| (400..600).contains(status));
        match status.filter(|status| status.to_string() == key.value) {
            Some(status) => all.extend(retry.map(|retry| (status, retry))),
            None => {
                let message = format!("`{}` is not the status of an error", key.value.escape_debug());
                let label = "write a number from 400 to 599";
                found.push(Diagnostic::new(&diag::CONFIG_BAD_RETRY, message).at(key.span).label(label));
            }
        }
    }
    all
}

/// At most five texts, each of the form that `good` knows.
fn few(
    table: &Table<'_>,
    key: &str,
    good: fn(&str) -> bool,
    reason: &'static str,
    found: &mut Diagnostics,
) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for set in table.texts(key, found) {
        if !good(&set.value) {
            refuse_package(key, &set, reason, found);
        } else if taken.contains(&set.value) {
            refuse_package(key, &set, "it is there twice", found);
        } else if taken.len() == 5 {
            refuse_package(key, &set, "there may be five at most", found);
        } else {
            taken.push(set.value);
        }
    }
    taken
}

fn refuse_package(key: &str, set: &Setting<String>, reason: &str, found: &mut Diagnostics) {
    let message = format!("`package.{key}` can't be `{}`", set.value.escape_debug());
    found.push(Diagnostic::new(&diag::CONFIG_BAD_PACKAGE, message).at(set.span.clone()).label(reason));
}

fn delivery(root: &Table<'_>, found: &mut Diagnostics) -> Delivery {
    const CHOICES: &[&str] = &["crate", "module"];
    let Some(set) = root.text("delivery", found) else { return Delivery::Crate };
    match set.value.as_str() {
        "crate" => Delivery::Crate,
        "module" => Delivery::Module,
        other => {
            let message = format!("`delivery` can't be `{}`", other.escape_debug());
            let refused = Diagnostic::new(&diag::CONFIG_BAD_CHOICE, message).at(set.span.clone());
            found.push(refused.label(format!("it can be {}", list(CHOICES))));
            Delivery::Crate
        }
    }
}

fn environment(table: &Table<'_>, found: &mut Diagnostics) -> Env {
    let base_url = table.text("base_url", found).and_then(|set| {
        let good = values::is_env_name(&set.value);
        if !good {
            refuse_name(&diag::CONFIG_BAD_ENV, &set, ENV_NAME, found);
        }
        good.then_some(set.value)
    });
    let schemes = table.free_table("schemes", found);
    Env { base_url, schemes: keyed(&schemes, &diag::CONFIG_BAD_ENV, ENV_NAME, values::is_env_name, found) }
}

/// Which of the two it must be is known when the key is looked up.
fn is_either_case(text: &str) -> bool {
    values::is_snake_case(text) || values::is_upper_camel_case(text)
}

fn rust_names(
    names: &Table<'_>,
    key: &str,
    help: &str,
    good: fn(&str) -> bool,
    found: &mut Diagnostics,
) -> BTreeMap<String, Keyed> {
    keyed(&names.free_table(key, found), &diag::CONFIG_BAD_NAME, help, good, found)
}

/// A table whose keys are the user's and whose values have the form that `good` knows.
fn keyed(
    table: &Table<'_>,
    code: &'static Code,
    help: &str,
    good: fn(&str) -> bool,
    found: &mut Diagnostics,
) -> BTreeMap<String, Keyed> {
    let mut all = BTreeMap::new();
    for (key, set) in table.all_texts(found) {
        if good(&set.value) {
            all.insert(key.value, Keyed { key: key.span, value: set.value, span: set.span });
        } else {
            refuse_name(code, &set, help, found);
        }
    }
    all
}

fn refuse_name(code: &'static Code, set: &Setting<String>, help: &str, found: &mut Diagnostics) {
    let message = format!("`{}` is not a name that can be used here", set.value.escape_debug());
    found.push(Diagnostic::new(code, message).at(set.span.clone()).help(help));
}

fn limits(table: &Table<'_>, found: &mut Diagnostics) -> Limits {
    // Reading is recursive to this depth, and must do with the smallest stack that threads get.
    const DEEPEST: u64 = 256;
    let mut limits = Limits::default();
    let mut set = |key: &str, most: u64, limit: &mut usize| {
        let Some(number) = table.number(key, found) else { return };
        match usize::try_from(number.value) {
            Ok(value) if (1..=most).contains(&number.value) => *limit = value,
            _ => {
                let message = format!("`limits.{key}` must be from 1 to {most}");
                found.push(Diagnostic::new(&diag::CONFIG_BAD_LIMIT, message).at(number.span));
            }
        }
    };
    let most = u64::from(u32::MAX);
    set("files", most, &mut limits.files);
    set("bytes", most, &mut limits.bytes);
    set("nodes", most, &mut limits.nodes);
    set("depth", DEEPEST, &mut limits.depth);
    set("text", most, &mut limits.text);
    set("key", most, &mut limits.key);
    limits
}

type Codes = Vec<Setting<&'static Code>>;

/// `allow` and `deny`: codes that exist, each in one list and there once, and only warnings among the allowed.
fn codes(table: &Table<'_>, found: &mut Diagnostics) -> (Codes, Codes) {
    let mut seen: Vec<&'static Code> = Vec::new();
    let mut take = |key: &str| {
        let mut codes = Codes::new();
        for set in table.texts(key, found) {
            let Some(code) = diag::find(&set.value) else {
                found.push(unknown_code(&set));
                continue;
            };
            let reason = if seen.contains(&code) {
                Some("it is there already")
            } else if key == "allow" && code.severity != Severity::Warning {
                Some("only warnings can be allowed")
            } else {
                None
            };
            seen.push(code);
            match reason {
                None => codes.push(Setting { value: code, span: set.span }),
                Some(reason) => {
                    let message = format!("`{}` can't be in `diagnostics.{key}`", code.id);
                    found.push(Diagnostic::new(&diag::CONFIG_BAD_ALLOW, message).at(set.span).label(reason));
                }
            }
        }
        codes
    };
    let allow = take("allow");
    let deny = take("deny");
    (allow, deny)
}

fn unknown_code(set: &Setting<String>) -> Diagnostic {
    let message = format!("there is no code `{}`", set.value.escape_debug());
    let unknown = Diagnostic::new(&diag::CONFIG_UNKNOWN_CODE, message).at(set.span.clone());
    match suggest::nearest(&set.value, diag::all().map(|code| code.id)) {
        Some(near) => unknown.help(format!("did you mean `{near}`?")),
        None => unknown.help("`clientwright explain` lists all codes"),
    }
}
