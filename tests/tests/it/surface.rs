//! The surface that `diff` compares is what the printed files say: every type, field, variant, method and trait that callers
//! can name is in both, with the same types.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clientwright::emit::Files;
use clientwright::emit::surface::{Entry, Part, Role, Surface};
use clientwright::model::Model;
use clientwright_tests::{generate, workspace};
use quote::ToTokens as _;
use syn::{Fields, ImplItem, Item, ReturnType, Visibility};

fn folders() -> Vec<PathBuf> {
    let crates = workspace().join("tests/cases/crates").read_dir().unwrap().map(|entry| entry.unwrap().path());
    crates.chain([workspace().join("spec")]).collect()
}

#[test]
fn the_surface_is_what_the_files_say() {
    for folder in folders() {
        let ran = generate::folder(&folder);
        let (prepared, files) = ran.made.as_ref().unwrap_or_else(|| panic!("{}", ran.findings));
        let (said, printed) = (of_surface(&prepared.model), of_files(files));
        let lost: Vec<_> = printed.difference(&said).collect();
        let invented: Vec<_> = said.difference(&printed).collect();
        assert!(lost.is_empty(), "{}: `emit/surface` lacks {lost:#?}", folder.display());
        assert!(invented.is_empty(), "{}: `emit/surface` invents {invented:#?}", folder.display());
    }
}

/// What the surface says, a line each.
fn of_surface(model: &Model) -> BTreeSet<String> {
    let surface = Surface::new(model).unwrap();
    let types = model.api.types.keys().flat_map(|id| surface.of_type(id));
    let operations = model.api.operations.iter().flat_map(|operation| surface.of_operation(&operation.pointer));
    let schemes = model.api.security_schemes.keys().flat_map(|name| surface.of_scheme(name));
    let mut lines = BTreeSet::new();
    let mut functions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    // The methods that start requests stand on types whose names only the files have: they go by their own.
    let own = |path: &str| match path.split_once('.') {
        Some(_) => format!("fn {}", path.rsplit('.').next().unwrap_or_default()),
        None => format!("fn {path}"),
    };
    for Entry { part, role, path, ty, .. } in types.chain(operations).chain(schemes).chain(surface.of_crate().unwrap())
    {
        match role {
            Role::Type if ty.starts_with('=') => drop(lines.insert(format!("type {path} {ty}"))),
            Role::Type => drop(lines.insert(format!("{ty} {path}"))),
            Role::Field | Role::Literal | Role::Position => drop(lines.insert(format!("field {path}: {ty}"))),
            Role::Variant => drop(lines.insert(format!("variant {path}({ty})"))),
            Role::Trait(_) | Role::Conversion | Role::NullableConversion => drop(lines.insert(format!("impl {path}"))),
            Role::Setter => drop(lines.insert(format!("fn {path}({ty}) -> Self"))),
            Role::Constructor if ty == "its arguments" => drop(functions.entry(path).or_default()),
            Role::Constructor => {
                lines.insert(format!("struct types::{ty}"));
                lines.insert(format!("impl types::{ty}: Clone"));
                lines.insert(format!("impl types::{ty}: Debug"));
                functions.entry(path).or_default().push(ty);
            }
            Role::Argument => {
                let function = path.rsplit_once('(').map_or(path.as_str(), |(function, _)| function);
                functions.entry(function.to_owned()).or_default().push(ty);
            }
            // What the runtime has is the same wherever it is there.
            Role::Method(name) if name == "runtime" => assert!(matches!(part, Part::Named(_))),
            Role::Method(name) => drop(lines.insert(match name.as_str() {
                "error" => format!("fn {path}() -> Option<{ty}>"),
                "resource" => format!(
                    "fn {}() -> {}",
                    path.trim_end_matches("()").rsplit('.').next().unwrap(),
                    ty.rsplit("::").next().unwrap()
                ),
                "send" if !ty.starts_with("SendingStream<") => format!("fn {path}() -> Sending<{ty}>"),
                _ => format!("fn {path}() -> {ty}"),
            })),
            Role::Export | Role::Feature | Role::Dependency => assert!(matches!(part, Part::Named(_))),
        }
    }
    lines.extend(
        functions.into_iter().map(|(function, arguments)| format!("{}({})", own(&function), arguments.join(", "))),
    );
    lines
}

/// What the files say, a line each; without what is the same in every crate.
fn of_files(files: &Files) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for (path, text) in &files.0 {
        let Some(module) = path.strip_prefix("src/").and_then(|path| path.strip_suffix(".rs")) else { continue };
        let home = match module.split('/').next() {
            Some("types") => "types".to_owned(),
            Some("resources" | "client" | "errors") => module.replace('/', "::"),
            _ => continue,
        };
        for item in syn::parse_file(text).unwrap().items {
            of_item(&item, &home, &mut lines);
        }
    }
    lines
}

fn of_item(item: &Item, home: &str, lines: &mut BTreeSet<String>) {
    match item {
        Item::Struct(item) => {
            // What gives requests out, and the client itself, are no part of the description.
            let is_handle = item.fields.iter().any(|field| shown(&field.ty).starts_with("Core"));
            if is_handle {
                return;
            }
            let path = format!("{home}::{}", item.ident);
            lines.insert(format!("struct {path}"));
            if home == "types" {
                lines.extend(derived(&item.attrs).map(|name| format!("impl {path}: {name}")));
            }
            let fields = item.fields.iter().enumerate();
            for (index, field) in fields.filter(|(_, field)| matches!(field.vis, Visibility::Public(_))) {
                let name = field.ident.as_ref().map_or(index.to_string(), ToString::to_string);
                lines.insert(format!("field {path}::{name}: {}", shown(&field.ty)));
            }
        }
        Item::Enum(item) => {
            let path = format!("{home}::{}", item.ident);
            lines.insert(format!("enum {path}"));
            lines.extend(derived(&item.attrs).map(|name| format!("impl {path}: {name}")));
            for variant in item.variants.iter().filter(|variant| variant.ident != "Unlisted") {
                let held = match &variant.fields {
                    Fields::Unnamed(fields) => fields.unnamed.iter().map(|field| shown(&field.ty)).collect(),
                    _ => Vec::new(),
                };
                lines.insert(format!("variant {path}::{}({})", variant.ident, held.join(", ")));
            }
        }
        Item::Type(item) => drop(lines.insert(format!("type {home}::{} = {}", item.ident, shown(&item.ty)))),
        Item::Impl(item) => {
            let owner = shown(&item.self_ty);
            let path = if home == "errors" { owner } else { format!("{home}::{owner}") };
            if let Some((of, _)) = &item.trait_ {
                // A text converts as a `String` does, and what reads events is the crate's own.
                let of = shown(of);
                if of != "From<&str>" && of != "NamedEvent" {
                    lines.insert(format!("impl {path}: {of}"));
                }
                return;
            }
            for part in &item.items {
                if let ImplItem::Fn(method) = part
                    && matches!(method.vis, Visibility::Public(_))
                {
                    lines.extend(of_method(method, &path));
                }
            }
        }
        Item::Macro(item) => {
            // What the generated code itself is allowed is no part of what callers see.
            let tokens = item.mac.tokens.to_string().replace("# [allow (deprecated)]", "");
            let head = tokens.split('{').next().unwrap_or_default().replace(':', " ");
            let mut words = head.split_whitespace();
            let first = words.next().unwrap_or_default();
            let sent = first == "sent";
            let path = format!("{home}::{}", if sent { words.next().unwrap_or_default() } else { first });
            lines.insert(format!("impl {path}: Serialize"));
            if !sent {
                lines.insert(format!("impl {path}: Deserialize"));
            }
            // What the runtime says of the macro: it does what a struct without files would derive.
            if item.mac.path.is_ident("record") && !sent {
                let traits = words
                    .take_while(|word| *word != "within")
                    .filter(|word| *word != "+")
                    .chain(["Debug", "PartialEq"]);
                lines.extend(traits.map(|name| format!("impl {path}: {name}")));
            }
        }
        _ => {}
    }
}

/// Methods of the client and its builder that every client has.
const USUAL: [&str; 15] = [
    "builder",
    "from_env",
    "with_options",
    "request",
    "base_url",
    "options",
    "product",
    "transport",
    "transport_settings",
    "trace_bodies",
    "hook",
    "allow_plain_http",
    "retry_budget",
    "env",
    "build",
];

fn of_method(method: &syn::ImplItemFn, path: &str) -> Option<String> {
    let name = &method.sig.ident;
    let of_client = path == "client::Client" || path == "client::ClientBuilder";
    if of_client && USUAL.iter().any(|usual| name == usual) {
        return None;
    }
    let arguments = method.sig.inputs.iter().filter_map(|argument| match argument {
        syn::FnArg::Typed(argument) => Some(shown(&argument.ty)),
        syn::FnArg::Receiver(_) => None,
    });
    let arguments = arguments.collect::<Vec<_>>().join(", ");
    let gives = match &method.sig.output {
        ReturnType::Default => String::new(),
        ReturnType::Type(_, ty) => shown(ty),
    };
    let by_value =
        matches!(method.sig.receiver(), Some(receiver) if !receiver.to_token_stream().to_string().starts_with("&"));
    let path = path.strip_prefix("client::ClientBuilder").map_or(path.to_owned(), |_| "ClientBuilder".to_owned());
    Some(match (method.sig.receiver(), gives.as_str()) {
        (None, "Self") => format!("fn {path}::{name}({arguments})"),
        (Some(_), "Self") if by_value => format!("fn {path}::{name}({arguments}) -> Self"),
        (Some(_), _) if by_value || path == "Error" => format!("fn {path}::{name}() -> {gives}"),
        // A resource is reached without arguments and in one step.
        (Some(_), _) if method.block.to_token_stream().to_string().contains("core . clone ()") => {
            format!("fn {name}() -> {gives}")
        }
        _ => format!("fn {name}({arguments})"),
    })
}

fn derived(attributes: &[syn::Attribute]) -> impl Iterator<Item = String> {
    let lists = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let names = lists.flat_map(|list| {
        let tokens = list.meta.require_list().unwrap().tokens.to_string();
        tokens.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>()
    });
    names.collect::<Vec<_>>().into_iter()
}

/// A type without spaces that mean nothing.
fn shown(tokens: &impl quote::ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    let text = text.replace(" < ", "<").replace(" > ", ">").replace(" >", ">").replace(" :: ", "::").replace("& ", "&");
    text.replace(" ,", ",")
        .replace(",>", ">")
        .replace("[ ", "[")
        .replace(" ]", "]")
        .replace("< ", "<")
        .replace(" <", "<")
        .replace(":: ", "::")
}
