//! A scenario as Rust: a function that makes its calls by the generated client, as a user would.

use std::fmt::Write as _;

use clientwright::emit::surface::{Entry, Part, Role, Surface};
use clientwright::ir::{Operation, Parameter, Payload, SecurityKind};
use clientwright::model::Model;
use clientwright::pointer::Pointer;
use serde_json::Value;

use super::api::Document;
use super::argument::{Given, bytes, expression, literal};
use super::find::{Found, find};
use super::scenario::{Call, Content, Data, Scenario};
use super::{answer, form, values};

/// Headers that are no parameters: the client sets them by itself.
const OWN: [&str; 3] = ["accept", "content-type", "authorization"];

/// The statements of a scenario's function; `documents` are those of its spec, in the order of their versions.
///
/// # Errors
///
/// Why the scenario can't be tried.
pub fn statements(scenario: &Scenario, documents: &[Document]) -> Result<String, String> {
    let first = scenario.calls.first().ok_or("the scenario has no call")?;
    let (index, document, found) = choose(first, documents)?;
    if let Some(paging) = document.model.facts.paging.get(&found.operation.pointer).filter(|_| scenario.calls.len() > 1)
    {
        let entries = entries(document, &found.operation.pointer)?;
        let request = request(first, &found, document, index, &entries)?;
        return Ok(format!("    {request}\n    {}\n", answer::check_items(&scenario.calls, &paging.items)));
    }
    let mut text = String::new();
    for call in &scenario.calls {
        let (index, document, found) = choose(call, documents)?;
        let entries = entries(document, &found.operation.pointer)?;
        let request = request(call, &found, document, index, &entries)?;
        let check = answer::check(found.operation, &entries, call, &client(index))?;
        let _ = writeln!(text, "    {{\n    {request}\n    {check}\n    }}");
    }
    Ok(text)
}

/// The crate of a document, in the function.
fn client(index: usize) -> String {
    format!("c{index}")
}

/// The document that has an operation for a call: of several, one whose version is in the call, or else the last.
fn choose<'a>(call: &Call, documents: &'a [Document]) -> Result<(usize, &'a Document, Found<'a>), String> {
    let found = documents
        .iter()
        .enumerate()
        .filter_map(|(index, document)| Some((index, document, find(&document.model.api, &call.method, &call.path)?)));
    let said = format!("{} {}", call.path, Value::Object(call.query.clone()));
    let is_meant = |document: &Document| {
        let words = said.split(['/', ':', '"']);
        words.into_iter().any(|word| document.version.as_deref() == Some(word))
    };
    found.max_by_key(|(index, document, _)| (is_meant(document), *index)).ok_or_else(|| none(call, documents))
}

/// Why there is no operation for a call.
fn none(call: &Call, documents: &[Document]) -> String {
    let left_out = documents.iter().flat_map(|document| &document.left_out).find(|left| {
        let names: Vec<String> = left.pointer.split('/').map(|key| key.replace("~1", "/").replace("~0", "~")).collect();
        let [.., path, method] = names.as_slice() else { return false };
        method.eq_ignore_ascii_case(&call.method) && super::find::fit(path, &call.path).is_some()
    });
    match left_out {
        Some(left) => format!("left out by code {}: {}", left.code, left.message),
        None => format!("no operation of the description: {} {}", call.method, call.path),
    }
}

fn entries(document: &Document, pointer: &Pointer) -> Result<Vec<Entry>, String> {
    let surface = Surface::new(&document.model).map_err(|error| error.to_string())?;
    Ok(surface.of_operation(pointer))
}

/// `let client = …; let request = …;`
fn request(
    call: &Call,
    found: &Found<'_>,
    document: &Document,
    index: usize,
    entries: &[Entry],
) -> Result<String, String> {
    let client = client(index);
    let operation = found.operation;
    let method = entries.first().map(|entry| entry.path.as_str()).ok_or("the surface doesn't have the operation")?;
    let (mut arguments, mut setters) = (Vec::new(), String::new());
    for parameter in &operation.parameters {
        let part = Part::Parameter(parameter.location, parameter.wire.clone());
        let entry = entries.iter().find(|entry| entry.part == part).ok_or("the surface doesn't have a parameter")?;
        let value = values::of_parameter(parameter, call, &found.path, &document.model.api);
        let value = value.or_else(|| parameter.required.then(|| only_value(parameter)).flatten());
        match (value, parameter.is_argument()) {
            (Some(value), true) => arguments.push(expression(&Given::Json(value), &entry.ty, &client)?),
            (Some(value), false) => {
                let argument = expression(&Given::Json(value), &entry.ty, &client)?;
                let _ = write!(setters, ".{}({argument})", entry.name);
            }
            (None, true) => {
                return Err(format!("the scenario gives no value for the required parameter `{}`", parameter.wire));
            }
            (None, false) => {}
        }
    }
    match body(call, operation, document, entries, &client)? {
        Some(body) if operation.body.as_ref().is_some_and(|body| body.required) => arguments.push(body),
        Some(body) => {
            let _ = write!(setters, ".body({body})");
        }
        None => {}
    }
    let made = made(call, found, document, &client)?;
    Ok(format!("{made}\n    let request = {method}({}){setters};\n    use {client}::told;", arguments.join(", ")))
}

/// The only value that a parameter can have, or the one that it has unless it is given.
fn only_value(parameter: &Parameter) -> Option<Value> {
    let known = parameter.notes.default.as_ref().or(parameter.notes.values.first())?;
    serde_json::from_str(known).ok()
}

/// `let client = c0::Client::builder()….build()…;`, with the credentials and the `Accept` that the call has.
fn made(call: &Call, found: &Found<'_>, document: &Document, client: &str) -> Result<String, String> {
    let model = &document.model;
    let surface = Surface::new(model).map_err(|error| error.to_string())?;
    let mut text = format!("let client = {client}::Client::builder().base_url(format!(\"{{origin}}{}\"))", found.base);
    let scenario_fails = call.status >= 400;
    let schemes: Vec<&String> = found.operation.security.iter().flatten().collect();
    for name in schemes {
        let Some(scheme) = model.api.security_schemes.get(name) else { continue };
        let header = |name: &str| call.headers.get(&name.to_ascii_lowercase()).map(values::shown);
        let secret = match &scheme.kind {
            SecurityKind::Bearer => header("authorization").and_then(|text| Some(text.strip_prefix("Bearer ")?.into())),
            SecurityKind::Authorization(_) => header("authorization"),
            SecurityKind::Header(name) => header(name),
            SecurityKind::Query(name) => call.query.get(name).map(values::shown),
            SecurityKind::Basic | SecurityKind::Cookie(_) => None,
        };
        // What is refused, the mock API doesn't say.
        let secret = secret.or_else(|| scenario_fails.then(|| "invalid".to_owned()));
        let setter = surface.of_scheme(name).into_iter().find(|entry| entry.role == Role::Setter);
        if let Some((secret, setter)) = secret.zip(setter) {
            let _ = write!(text, ".{}({})", setter.name, literal(&secret));
        }
    }
    // Nothing is tried twice, and of several media types the call says which it wants.
    let accept = call.headers.get("accept").map(values::shown);
    let accept = accept.filter(|accept| found.operation.accept() != *accept);
    let accept = accept.map(|accept| format!(".header(\"accept\", {})", literal(&accept))).unwrap_or_default();
    let _ = write!(text, ".options(|options| options.max_retries(0){accept}).build().map_err({client}::told)?;");
    let known = |name: &str| {
        let is_parameter = |parameter: &Parameter| parameter.wire.eq_ignore_ascii_case(name);
        OWN.contains(&name) || found.operation.parameters.iter().any(is_parameter)
    };
    let unknown = call.headers.keys().find(|name| !known(name) && !is_secret(name, model));
    match unknown {
        Some(name) => Err(format!("the description doesn't have the header `{name}`")),
        None => Ok(text),
    }
}

fn is_secret(name: &str, model: &Model) -> bool {
    let mut schemes = model.api.security_schemes.values();
    schemes.any(|scheme| matches!(&scheme.kind, SecurityKind::Header(header) if header.eq_ignore_ascii_case(name)))
}

/// The arguments for the body.
fn body(
    call: &Call,
    operation: &Operation,
    document: &Document,
    entries: &[Entry],
    client: &str,
) -> Result<Option<String>, String> {
    let (body, content) = match (&operation.body, &call.body) {
        (None, None) => return Ok(None),
        (None, Some(_)) => return Err("the description has no body for this call".to_owned()),
        (Some(body), None) if !body.required => return Ok(None),
        // The mock API doesn't look at it.
        (Some(body), None) => (body, &Content::empty_object()),
        (Some(body), Some(content)) => (body, content),
    };
    let entry = entries.iter().find(|entry| entry.part == Part::Body).ok_or("the surface doesn't have the body")?;
    Ok(Some(match &body.payload {
        Payload::Json { .. } => {
            let value = content.json();
            let value = value.ok_or_else(|| format!("the description has JSON, and not {}", content.media_type))?;
            expression(&Given::Json(value), &entry.ty, client)?
        }
        Payload::Lines { .. } => {
            let Data::Text(text) = &content.data else { return Err("the lines are no text".to_owned()) };
            let values = serde_json::Deserializer::from_str(text).into_iter();
            let values: Vec<Value> = values.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
            expression(&Given::Json(values.into()), &entry.ty, client)?
        }
        Payload::Form { .. } => expression(&Given::Json(content.parts.clone().into()), &entry.ty, client)?,
        Payload::Multipart { ty, .. } => form::expression(content, ty, document, client)?,
        Payload::Text => match &content.plain {
            Some(text) => literal(text),
            None => format!("String::from_utf8({}).unwrap()", bytes(&content.data)),
        },
        Payload::Bytes if content.media_type == body.media_type => bytes(&content.data),
        Payload::Bytes => {
            let media_type = literal(&content.media_type);
            format!("{client}::Upload::from({}).content_type({media_type})", bytes(&content.data))
        }
        Payload::Encoded => format!("{}, {}", literal(&content.media_type), bytes(&content.data)),
    }))
}
