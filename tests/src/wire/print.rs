//! The calls of a client as Rust: a function for each operation in each variant, and one for each stream beside a whole.

use std::fmt::Write as _;

use clientwright::emit::surface::{Entry, Part, Role, Surface};
use clientwright::ir::{Answer, Operation, Payload};
use serde_json::Value;

use super::Variant;
use super::asked::Asked;
use super::described::Described;
use crate::proof::Case;
use crate::spector::answer::taken;
use crate::spector::argument::{Given, expression, literal};

/// A call as a function of the program.
#[derive(Clone, Debug)]
pub(super) struct Function {
    /// The case's module.
    pub(super) case: String,
    pub(super) variant: Variant,
    /// Which operation of the old description it is.
    pub(super) operation: usize,
    /// What stands in it.
    pub(super) statements: String,
}

/// The functions of a case: each call is made in so many turns.
pub(super) fn functions(case: &Case, old: &Described, turns: usize) -> Vec<Function> {
    let mut functions = Vec::new();
    for (index, operation) in old.model.api.operations.iter().enumerate() {
        let surface = Surface::new(&old.model).unwrap();
        let entries = surface.of_operation(&operation.pointer);
        let is_stream = matches!(operation.success, Answer::Stream(_));
        let whole = if is_stream { None } else { Some(whole(operation, &entries)) };
        let stream = match (is_stream, &operation.stream) {
            (true, _) => Some(stream("send")),
            (false, Some(_)) => Some(stream("stream")),
            (false, None) => None,
        };
        let variants = (0..turns).flat_map(|turn| Variant::BOTH.map(|variant| (turn, variant)));
        for (turn, variant) in variants {
            let module = case.module();
            let base = format!("/{module}/{}/{turn}/{index}", variant.as_str());
            let request = request(operation, old, &surface, &entries, variant, &base)
                .unwrap_or_else(|why| panic!("{}: {}: {why}", case.name, operation.pointer));
            for send in [&whole, &stream].into_iter().flatten() {
                let statements = format!("use old::{module} as c;\n{request}\n{send}");
                functions.push(Function { case: module.clone(), variant, operation: index, statements });
            }
        }
    }
    functions
}

/// `let client = …; let request = …;`
fn request(
    operation: &Operation,
    old: &Described,
    surface: &Surface<'_>,
    entries: &[Entry],
    variant: Variant,
    base: &str,
) -> Result<String, String> {
    let asked = Asked::of(operation, &old.model.api, variant);
    let mut text = format!("let client = c::Client::builder().base_url(format!(\"{{origin}}{base}\"))");
    text.push_str(".transport(Loopback).options(|options| options.max_retries(0))");
    for scheme in &asked.schemes {
        let setter = surface.of_scheme(scheme).into_iter().find(|entry| entry.role == Role::Setter);
        let setter = setter.ok_or_else(|| format!("the client has no setter for `{scheme}`"))?;
        let secrets: Vec<String> = setter.ty.split(", ").map(|_| literal("secret")).collect();
        let _ = write!(text, ".{}({})", setter.name, secrets.join(", "));
    }
    text.push_str(".build()?;\n");
    let (mut arguments, mut setters) = (Vec::new(), String::new());
    let of_part = |part: &Part| entries.iter().find(|entry| entry.part == *part).ok_or("the client has no such part");
    for (location, wire, value) in &asked.parameters {
        let entry = of_part(&Part::Parameter(*location, wire.clone()))?;
        let argument = expression(&Given::Json(value.clone()), &entry.ty, "c")?;
        match entry.role {
            Role::Setter => drop(write!(setters, ".{}({argument})", entry.name)),
            _ => arguments.push(argument),
        }
    }
    if let Some((value, body)) = asked.body.as_ref().zip(operation.body.as_ref()) {
        let entry = of_part(&Part::Body)?;
        let argument = match &body.payload {
            Payload::Json { .. } | Payload::Lines { .. } | Payload::Form { .. } => {
                expression(&Given::Json(value.clone()), &entry.ty, "c")?
            }
            Payload::Text => literal(text_of(value)),
            Payload::Bytes => format!("{}.as_bytes().to_vec()", literal(text_of(value))),
            Payload::Multipart { .. } | Payload::Encoded => return Err("parts of forms are not tried".to_owned()),
        };
        match entry.role {
            Role::Setter => drop(write!(setters, ".body({argument})")),
            _ => arguments.push(argument),
        }
    }
    // Of the media types that a body can be sent as, the last.
    let chosen =
        |entry: &&Entry| entry.part == Part::Body && matches!(entry.role, Role::Method(_)) && entry.ty.is_empty();
    if let (Variant::Most, Some(entry)) = (variant, entries.iter().rfind(chosen)) {
        let _ = write!(setters, ".{}()", entry.name);
    }
    let method = entries.first().map(|entry| entry.path.as_str()).ok_or("the client has no such operation")?;
    let _ = write!(text, "let request = {method}({}){setters};", arguments.join(", "));
    Ok(text)
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Sends the request, and reads the answer as a whole.
fn whole(operation: &Operation, entries: &[Entry]) -> String {
    let got = taken(operation, entries, "c", "Got::Nothing");
    format!(
        "let answer = request.send().with_response().await?;\nlet got = {got};\nOk(heard(Some(answer.status()), \
         Some(answer.headers()), got))"
    )
}

/// Sends the request by `method`, and reads the values of a stream.
fn stream(method: &str) -> String {
    format!(
        "let mut stream = request.{method}().await?;\nlet mut got = 0;\nwhile stream.try_next().await?.is_some() {{ got \
         += 1; }}\nOk(heard(None, None, Got::json(&format!(\"{{got}} values\"))?))"
    )
}
