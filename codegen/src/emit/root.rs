//! `src/lib.rs`: the crate's docs, its modules, and what it re-exports.

use proc_macro2::TokenStream;
use quote::quote;

use super::builder;
use super::context::{Context, flatten};
use super::docs::Doc;
use super::operation::{self, Place};
use super::print::{Make, Source};
use super::{prose, title};
use crate::analyze::walk;
use crate::ir::{Method, Operation, TypeRef};
use crate::model::Allowed;

/// The file.
pub(super) fn sources<'a>(cx: &'a Context<'a>) -> Vec<Make<'a>> {
    vec![Box::new(|| source(cx))]
}

fn source(cx: &Context<'_>) -> Source {
    let has = Modules::of(cx);
    let (public, inline) = match super::client::has_requests(cx) {
        true => (Some(quote!(pub)), Some(quote!(#[doc(inline)]))),
        false => (None, None),
    };
    let mut modules = Vec::new();
    modules.extend(has.client.then(|| {
        quote! { #public mod client; }
    }));
    modules.extend(has.errors.then(|| {
        quote! { mod errors; }
    }));
    modules.extend(has.resources.then(|| {
        quote! { pub mod resources; }
    }));
    let some = cx.gates.is_any().then(some_resources);
    // As a module it stands below an attribute of its own that allows as much.
    let unused =
        cx.is_crate().then(|| quote!(#[allow(dead_code, reason = "the same in every client, and few need all of it")]));
    modules.push(quote! { #unused #some mod runtime; });
    modules.extend(has.types.then(|| {
        quote! { pub mod types; }
    }));
    if !cx.is_crate() && cx.vendored().is_some() {
        modules = modules.into_iter().map(|module| quote!(#[rustfmt::skip] #module)).collect();
    }
    Source {
        path: "src/lib.rs".to_owned(),
        docs: docs(cx),
        attributes: attributes(cx),
        groups: vec![
            modules,
            has.client
                .then(|| quote! { #inline pub use self::client::{Client, ClientBuilder}; })
                .into_iter()
                .chain(exports(cx))
                .collect(),
            foreign(cx).into_iter().collect(),
        ],
        items: cx.is_crate().then(|| readme(cx)).into_iter().collect(),
        ..Source::default()
    }
}

/// The inner attributes of the crate.
fn attributes(cx: &Context<'_>) -> Vec<String> {
    let mut attributes = vec!["#![forbid(unsafe_code)]".to_owned()];
    if cx.is_crate() {
        attributes.push("#![cfg_attr(docsrs, feature(doc_cfg))]".to_owned());
        attributes.extend(recursion_limit(cx.model.api.types.len()));
    } else {
        // A `rustfmt.toml` here would be none for the modules of another crate.
        attributes.push("#![cfg_attr(rustfmt, rustfmt_skip)]".to_owned());
    }
    attributes.extend(cx.vendored().into_iter().flat_map(|vendored| &vendored.allow).map(allow));
    if is_complex(cx) {
        let allowed = "#![allow(clippy::type_complexity, reason = \"the description nests lists and maps so deep\")]";
        attributes.push(allowed.to_owned());
    }
    if cx.identifiers().any(|name| PLACEHOLDERS.contains(&name)) {
        let allowed = "#![allow(clippy::disallowed_names, reason = \"the description calls it so\")]";
        attributes.push(allowed.to_owned());
    }
    attributes
}

/// `#![recursion_limit = "1024"]`, where rustdoc may need more than what is usual: whether a type is `RefUnwindSafe`, say, it
/// asks of all types below it, one inside the other.
fn recursion_limit(types: usize) -> Option<String> {
    /// So many types are few: 128 steps, which is usual, are enough for each.
    const FEW: usize = 100;
    (types > FEW).then(|| format!("#![recursion_limit = \"{}\"]", types.next_power_of_two().max(256)))
}

/// Whether some type is more than clippy takes without a word (`type-complexity-threshold`, which is 250 unless a project sets
/// it): each part of it counts for ten, times how deep it stands.
fn is_complex(cx: &Context<'_>) -> bool {
    let api = &cx.model.api;
    let of_types = api.types.values().flat_map(|def| walk::parts(&def.kind));
    let operations = api.operations.iter();
    let of_operations = operations.flat_map(|operation| walk::request(operation).chain(operation.answered()));
    of_types.chain(of_operations).any(|ty| weight(ty) > 250)
}

/// What a type weighs with two wrappers around it, such as `Sending<Option<…>>`.
fn weight(mut ty: &TypeRef) -> usize {
    let (mut weight, mut depth) = (10 + 20, 3);
    loop {
        weight += 10 * depth;
        match ty {
            TypeRef::List(items) | TypeRef::Map(items) => {
                depth += 1;
                if matches!(ty, TypeRef::Map(_)) {
                    weight += 10 * depth;
                }
                if items.nullable {
                    weight += 10 * depth;
                    depth += 1;
                }
                ty = &items.ty;
            }
            _ => return weight,
        }
    }
}

/// `#![allow(…)]`, a lint a line.
fn allow(allowed: &Allowed) -> String {
    let lints: String = allowed.lints.iter().map(|lint| format!("    {lint},\n")).collect();
    format!("#![allow(\n{lints}    reason = {:?}\n)]", allowed.reason)
}

/// Names that clippy takes for what somebody forgot to name (`disallowed-names` as it is unless a project sets it).
const PLACEHOLDERS: [&str; 3] = ["foo", "baz", "quux"];

/// Stands on the runtime: some of it is there for some resources alone.
fn some_resources() -> TokenStream {
    let all = super::gates::ALL;
    quote!(#[cfg_attr(not(feature = #all), allow(unused_imports, unused_macros))])
}

/// The README as docs of something that only doctests see: so its example compiles.
fn readme(cx: &Context<'_>) -> TokenStream {
    let all = super::gates::ALL;
    let gate = if cx.gates.is_any() { quote!(#[cfg(all(doctest, feature = #all))]) } else { quote!(#[cfg(doctest)]) };
    quote! {
        #gate
        #[doc = include_str!("../README.md")]
        struct Readme;
    }
}

/// Which modules the crate has.
struct Modules {
    client: bool,
    errors: bool,
    resources: bool,
    types: bool,
}

impl Modules {
    fn of(cx: &Context<'_>) -> Self {
        Self {
            client: cx.has_client(),
            errors: !cx.model.names.error_accessors.is_empty(),
            resources: !cx.model.names.resources.is_empty(),
            types: !cx.model.api.types.is_empty(),
        }
    }
}

/// What callers name of the runtime.
/// ```text
/// pub use bytes::Bytes;
/// pub use http::{HeaderMap, Method, StatusCode};
/// ```
pub(super) const FOREIGN: [(&str, &[&str]); 2] =
    [("bytes", &["Bytes"]), ("http", &["HeaderMap", "Method", "StatusCode"])];

/// What callers have to name of other crates, so that they need no dependency for it.
fn foreign(cx: &Context<'_>) -> Option<TokenStream> {
    let uses = FOREIGN.map(|(krate, names)| {
        let (krate, idents) = (super::context::ident(krate), names.iter().map(|name| super::context::ident(name)));
        match names {
            [_] => quote!(#[doc(no_inline)] pub use #krate::#(#idents)*;),
            _ => quote!(#[doc(no_inline)] pub use #krate::{#(#idents),*};),
        }
    });
    cx.has_client().then(|| quote!(#(#uses)*))
}

fn exports(cx: &Context<'_>) -> Vec<TokenStream> {
    let exports = super::runtime::exports(cx).into_iter().map(|(feature, names)| {
        let gate = feature.map(|feature| {
            quote! {
                #[cfg(feature = #feature)]
                #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
            }
        });
        let idents = names.iter().map(|name| super::context::ident(name));
        match names.len() {
            1 => quote!(#gate pub use self::runtime::#(#idents)*;),
            _ => quote!(#gate pub use self::runtime::{#(#idents),*};),
        }
    });
    exports.collect()
}

fn docs(cx: &Context<'_>) -> Doc {
    let info = &cx.model.api.info;
    let what = if cx.has_client() { "A client" } else { "The types" };
    let version = match info.version.trim() {
        "" => String::new(),
        version => format!(", version {}", prose::code(version)),
    };
    let article = title::article(&info.title);
    let mut doc = Doc::text(&format!("{what} of {article}{}{version}.", prose::inline(&info.title)));
    doc.append(&info.description);
    if !cx.is_crate() || !cx.has_client() {
        return doc;
    }
    if let Some((operation, name, chain)) = first_operation(cx) {
        let place = Place { chain: &chain, owner: "" };
        doc.section("Example", "");
        let arguments = operation::example_arguments(operation, cx).join(", ");
        let client = builder::example(operation, cx);
        doc.paragraph(&example(&arguments, &client, &operation::example_call(operation, name, &place, cx), cx));
    }
    let mut features = String::from(
        "* `reqwest` (default): the transport that a client has unless it is given one\n\
         * `rustls` (default), `native-tls`: who speaks TLS for it\n\
         * `gzip`: it asks for compressed answers\n\
         * `fs`: files as bodies, and as what answers are written to\n\
         * `blocking`: `.wait()` where code isn't asynchronous: `.send().wait()?`, `for item in request.items().wait()`\n\
         * `tracing`: a span around each attempt, with OpenTelemetry's names\n\
         * `fake`: a transport for tests, `Fake`, which answers as it is told to",
    );
    if cx.gates.is_any() {
        features.push_str(
            "\n* `api` (default): all resources. A client of a few compiles faster without it, and with theirs:",
        );
        for (feature, node) in cx.gates.features(&cx.model.names.resources) {
            features.push_str(&format!("\n    * `{feature}`: `client.{}()`", node.method));
        }
    }
    doc.section("Features", &features);
    doc
}

/// A quick start that compiles.
fn example(arguments: &str, client: &str, call: &str, cx: &Context<'_>) -> String {
    let krate = cx.crate_ident();
    let call = call.replace('\n', "\n    ");
    format!(
        "```no_run\nuse {krate}::Client;\n\nasync fn example({arguments}) -> Result<(), {krate}::Error> {{\n    let client = \
         {client};\n    {call}\n    Ok(())\n}}\n```"
    )
}

type First<'a> = (&'a Operation, &'a crate::name::OperationName, Vec<&'a str>);

/// The operation that shows how calls look: the first of the client, else of the first resource that has one. Rather one
/// whose arguments can be written down; of these rather one that gives page after page by itself, and none that is
/// deprecated, or changes something without being told what.
pub(super) fn first_operation<'a>(cx: &Context<'a>) -> Option<First<'a>> {
    let names = &cx.model.names;
    let at_root = names.root_operations.iter().map(|pointer| (pointer, Vec::new()));
    let placed = flatten(&names.resources).into_iter().flat_map(|placed| {
        let chain: Vec<_> = placed.path.iter().map(|node| node.method.as_str()).collect();
        placed.node.operations.iter().map(move |pointer| (pointer, chain.clone()))
    });
    let all = at_root.chain(placed).filter_map(|(pointer, chain)| {
        let (operation, name) = cx.operation(pointer)?;
        Some((operation, name, chain))
    });
    let is_bare = |operation: &Operation| operation.body.is_none() && operation::required(operation).next().is_none();
    let worth = |operation: &Operation| match operation.method {
        _ if operation.deprecated => 2,
        Method::Get if is_bare(operation) && cx.model.facts.paging.contains_key(&operation.pointer) => 0,
        Method::Delete => 2,
        Method::Post | Method::Put | Method::Patch if is_bare(operation) => 2,
        _ => 1,
    };
    all.min_by_key(|(operation, ..)| (!operation::example_arguments(operation, cx).is_empty(), worth(operation)))
}

#[cfg(test)]
mod tests {
    use super::{recursion_limit, weight};
    use crate::ir::testing::{list_of, string};

    #[test]
    fn many_types_have_a_limit_that_seldom_changes() {
        let limit = |types| recursion_limit(types).unwrap_or_default();
        assert_eq!(limit(100), "");
        for (types, expected) in [(101, 256), (256, 256), (257, 512), (900, 1024)] {
            assert_eq!(limit(types), format!("#![recursion_limit = \"{expected}\"]"));
        }
    }

    #[test]
    fn a_type_weighs_more_with_each_list_around_it() {
        let nested = |lists| weight(&(0..lists).fold(string(), |ty, _| list_of(ty)));
        assert_eq!([0, 1, 2].map(nested), [60, 100, 150]);
    }
}
