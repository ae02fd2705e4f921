//! The example in an operation's docs: ours to the letter, with names of the API but no text of the description in it,
//! for it is compiled as a doctest.

use std::fmt::Write as _;

use super::{Place, body, parameter_ident, required, sample, setter};
use crate::emit::context::Context;
use crate::emit::{path, rust_type};
use crate::ir::{Answer, Operation, Sequence, SequenceFormat, TypeKind, TypeRef};
use crate::name::OperationName;

/// What a client needs for an answer that is where a redirect points to.
const FOLLOWING: &str = "let client = client.with_options(|options| options.max_redirects(1));";

/// A fenced block that compiles and is not run.
pub(super) fn of(operation: &Operation, name: &OperationName, place: &Place<'_>, cx: &Context<'_>) -> String {
    let krate = cx.crate_ident();
    let mut out = String::from("```no_run\n");
    let result = format!("Result<(), {krate}::Error>");
    let given = given(operation, cx);
    let _ = if given.is_empty() {
        writeln!(out, "# async fn example(client: {krate}::Client) -> {result} {{")
    } else {
        let given = given.join(",\n#     ");
        writeln!(out, "# async fn example(\n#     client: {krate}::Client,\n#     {given},\n# ) -> {result} {{")
    };
    if sample::body(operation, "", cx).is_some() {
        let _ = writeln!(out, "# use {krate}::types::*;");
    }
    let _ = writeln!(out, "{}", steps(operation, name, place, "", cx));
    out.push_str("# Ok(())\n# }\n```");
    out
}

/// The arguments that an example is given, for it can't write them down: `filter: &pets::types::Filter`.
pub(in crate::emit) fn given(operation: &Operation, cx: &Context<'_>) -> Vec<String> {
    let parameters = required(operation).filter(|parameter| setter::has_parts(&parameter.ty, cx));
    let given = parameters.map(|parameter| {
        let ident = parameter_ident(operation, parameter, cx);
        format!("{}: &{}", beside_client(&ident.to_string()), body::path(&parameter.ty, cx))
    });
    let body = sample::body(operation, "", cx).is_none().then(|| body::example_argument(operation, cx)).flatten();
    given.chain(body).collect()
}

/// The call itself, such as `let answer = client.sessions().get_sessions("account_id").send().await?;`.
pub(in crate::emit) fn call(
    operation: &Operation,
    name: &OperationName,
    place: &Place<'_>,
    cx: &Context<'_>,
) -> String {
    steps(operation, name, place, &format!("{}::types::", cx.crate_ident()), cx)
}

/// The same where `types` stands in front of the names of types.
fn steps(operation: &Operation, name: &OperationName, place: &Place<'_>, types: &str, cx: &Context<'_>) -> String {
    let chain: String = place.chain.iter().map(|method| format!(".{method}()")).collect();
    let mut arguments: Vec<_> = required(operation)
        .map(|parameter| argument(&parameter.ty, &parameter_ident(operation, parameter, cx).to_string(), cx))
        .collect();
    let sample = sample::body(operation, types, cx);
    arguments.extend(body::required(operation).map(|body| match &sample {
        Some(_) => "&body".to_owned(),
        None => body::literal(body, cx).unwrap_or("body").to_owned(),
    }));
    let is_set = sample.is_some() && body::required(operation).is_none();
    let call = |sends: &str| {
        let sends = if is_set { format!(".body(&body){sends}") } else { sends.to_owned() };
        let one_line = format!("client{chain}.{}({}){sends}", name.method, arguments.join(", "));
        if one_line.len() <= 80 {
            return one_line;
        }
        let (chain, sends) = (chain.replace('.', "\n    ."), sends.replace('.', "\n    ."));
        format!("client{chain}\n    .{}({}){sends}", name.method, arguments.join(", "))
    };
    let sent = call(".send().await?");
    let walk = |what: &str, stream: &str| {
        format!(
            "let mut {what}s = {stream};\nwhile let Some({what}) = {what}s.try_next().await? {{\n    println!(\"{{{what}:?}}\");\n}}"
        )
    };
    let steps = match &operation.success {
        Answer::Empty => format!("{sent};"),
        Answer::Redirect => format!("{FOLLOWING}\nlet answer = {sent};\nprintln!(\"{{answer:?}}\");"),
        Answer::Stream(sequence) => walk(noun(sequence), &sent),
        _ if cx.model.facts.paging.contains_key(&operation.pointer) => walk("item", &call(".items()")),
        _ => format!("let answer = {sent};\nprintln!(\"{{answer:?}}\");"),
    };
    match sample {
        Some(body) => format!("let body = {body};\n{steps}"),
        None => steps,
    }
}

/// What the values of a stream are called.
fn noun(sequence: &Sequence) -> &'static str {
    match sequence.format {
        SequenceFormat::Events => "event",
        SequenceFormat::Lines | SequenceFormat::Records => "value",
    }
}

/// What an argument is called beside the client itself.
fn beside_client(ident: &str) -> &str {
    if ident == "client" { "given_client" } else { ident }
}

/// A value of the right type that says where it goes.
fn argument(ty: &TypeRef, name: &str, cx: &Context<'_>) -> String {
    match ty {
        _ if setter::has_parts(ty, cx) => beside_client(name).to_owned(),
        TypeRef::Primitive(primitive) => rust_type::example(*primitive, name.trim_start_matches("r#")),
        TypeRef::TextOf(path) => {
            let (krate, path) = (cx.crate_ident(), path::shown(path));
            format!("{krate}::TextOf::<{path}>::from_text(\"{}\")", name.trim_start_matches("r#"))
        }
        TypeRef::NumberOf(path) => {
            format!("{}::NumberOf::<{}>::from_digits(\"1.5\")", cx.crate_ident(), path::shown(path))
        }
        TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Any => "&[]".to_owned(),
        TypeRef::Named(id) => match cx.resolved(id) {
            Some(def) => match &def.kind {
                TypeKind::Enum(of) => match of.values.first() {
                    Some(value) => {
                        let (ident, variant) = (cx.type_ident(&def.id), cx.variant_ident(&def.id, value));
                        format!("{}::types::{ident}::{variant}", cx.crate_ident())
                    }
                    None => format!("\"{name}\".into()"),
                },
                TypeKind::Alias(
                    ty @ (TypeRef::Primitive(_) | TypeRef::TextOf(_) | TypeRef::NumberOf(_) | TypeRef::List(_)),
                ) => argument(ty, name, cx),
                _ => format!("\"{name}\".into()"),
            },
            None => format!("\"{name}\".into()"),
        },
    }
}
