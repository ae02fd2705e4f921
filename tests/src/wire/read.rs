//! What a server reads of a request by its description, or why it refuses it.

use std::collections::BTreeMap;

use clientwright::ir::{
    Api, Body, Location, Member, Operation, Parameter, Payload, SecurityKind, StyleKind, TypeKind, TypeRef,
};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::Way;
use super::fit::Fit;
use crate::server::Recorded;
use crate::spector::find::Found;
use crate::spector::scenario::{Call, Content, Data};
use crate::spector::values::{behind, of_parameter, typed};

/// The values of a request.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) parameters: Vec<(Location, String, Value)>,
    pub(super) body: Option<Value>,
}

/// The status of a refusal, and why.
pub(super) type Refusal = (u16, String);

/// Reads a request to an operation.
pub(super) fn read(request: &Recorded, found: &Found<'_>, api: &Api) -> Result<Read, Refusal> {
    let operation = found.operation;
    let call = call(request);
    credentials(&call, operation, api)?;
    known(&call, operation, api)?;
    let fit = Fit::new(api, Way::Sent);
    let mut parameters = Vec::new();
    for parameter in &operation.parameters {
        let name = format!("the {} parameter `{}`", parameter.location.as_str(), parameter.wire);
        let refuse = |why: String| (400, format!("{name}: {why}"));
        match of_parameter(parameter, &counted(&call, parameter, api).map_err(refuse)?, &found.path, api) {
            Some(value) => {
                fit.value(&value, &parameter.ty, false, &parameter.notes.checks).map_err(refuse)?;
                parameters.push((parameter.location, parameter.wire.clone(), value));
            }
            None if parameter.required => return Err(refuse("it is missing".to_owned())),
            None => {}
        }
    }
    let body = match &operation.body {
        Some(body) => self::body(request, body, api, fit)?,
        None if request.body.is_empty() => None,
        None => return Err((400, "there is a body".to_owned())),
    };
    Ok(Read { parameters, body })
}

/// The request as it is read by the styles of parameters.
fn call(request: &Recorded) -> Call {
    let mut query: Map<String, Value> = Map::new();
    for (name, value) in request.pairs() {
        match query.get_mut(&name) {
            None => drop(query.insert(name, value.into())),
            Some(Value::Array(list)) => list.push(value.into()),
            Some(first) => *first = Value::Array(vec![first.take(), value.into()]),
        }
    }
    let headers = request.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().into()));
    let text = String::from_utf8_lossy(&request.body).into_owned();
    Call {
        path: request.path.clone(),
        method: request.method.to_string(),
        query,
        headers: headers.collect(),
        body: (!request.body.is_empty()).then(|| Content {
            media_type: request.header("content-type").to_owned(),
            data: Data::Text(text),
            plain: None,
            parts: Map::new(),
            files: Vec::new(),
        }),
        status: 200,
        answer_headers: Map::new(),
        answer: None,
    }
}

/// A name stands in the query as often as its parameter's style says: a list that is exploded has each item by itself.
fn counted(call: &Call, parameter: &Parameter, api: &Api) -> Result<Call, String> {
    let is_list = matches!(behind(&parameter.ty, api), TypeRef::List(_));
    let is_exploded = is_list && parameter.style.explode && parameter.style.kind == StyleKind::Form;
    let mut call = call.clone();
    if parameter.location == Location::Query
        && let Some(value) = call.query.get_mut(&parameter.wire)
    {
        match value {
            Value::Array(_) if !is_exploded => return Err("it is there more than once".to_owned()),
            Value::Array(_) => {}
            value if is_exploded => *value = Value::Array(vec![value.take()]),
            _ => {}
        }
    }
    Ok(call)
}

/// Whether all names in the query are described.
fn known(call: &Call, operation: &Operation, api: &Api) -> Result<(), Refusal> {
    let is_secret = |name: &str| {
        let mut kinds = api.security_schemes.values().map(|scheme| &scheme.kind);
        kinds.any(|kind| matches!(kind, SecurityKind::Query(of) if of == name))
    };
    let is_fixed = |name: &str| operation.query.iter().any(|(fixed, _)| fixed == name);
    let is_parameter = |name: &str| {
        let mut all = operation.parameters.iter().filter(|parameter| parameter.location == Location::Query);
        all.any(|parameter| {
            parameter.wire == name
                || name.starts_with(&format!("{}[", parameter.wire))
                || (parameter.style.explode && members(&parameter.ty, api).iter().any(|member| member.wire == name))
        })
    };
    match call.query.keys().find(|name| !is_secret(name) && !is_fixed(name) && !is_parameter(name)) {
        Some(name) => Err((400, format!("`{name}` in the query is not known"))),
        None => Ok(()),
    }
}

fn members<'a>(ty: &TypeRef, api: &'a Api) -> &'a [Member] {
    match behind(ty, api) {
        TypeRef::Named(id) => match api.types.get(id).map(|def| &def.kind) {
            Some(TypeKind::Struct(of)) => &of.members,
            _ => &[],
        },
        _ => &[],
    }
}

/// Whether the credentials of one alternative are there, as far as their places tell.
fn credentials(call: &Call, operation: &Operation, api: &Api) -> Result<(), Refusal> {
    let header = |name: &str| call.headers.get(&name.to_lowercase()).and_then(Value::as_str).unwrap_or_default();
    let is_there = |name: &String| match api.security_schemes.get(name).map(|scheme| &scheme.kind) {
        Some(SecurityKind::Bearer) => header("authorization").starts_with("Bearer "),
        Some(SecurityKind::Basic) => header("authorization").starts_with("Basic "),
        Some(SecurityKind::Authorization(_)) => !header("authorization").is_empty(),
        Some(SecurityKind::Header(name)) => !header(name).is_empty(),
        Some(SecurityKind::Query(name)) => call.query.contains_key(name),
        Some(SecurityKind::Cookie(name)) => header("cookie").contains(&format!("{name}=")),
        None => false,
    };
    let suffice = operation.security.is_empty() || operation.security.iter().any(|all| all.iter().all(is_there));
    if suffice { Ok(()) } else { Err((401, format!("none of {:?} is there", operation.security))) }
}

fn body(request: &Recorded, body: &Body, api: &Api, fit: Fit<'_>) -> Result<Option<Value>, Refusal> {
    let media_type = request.header("content-type").split(';').next().unwrap_or_default();
    let refuse = |why: String| (400, format!("the body: {why}"));
    if request.body.is_empty() && media_type.is_empty() {
        return if body.required { Err(refuse("it is missing".to_owned())) } else { Ok(None) };
    }
    let takes = |offered: &String| {
        let range = offered.strip_suffix('*');
        offered == media_type || range.is_some_and(|range| range == "*/" || media_type.starts_with(range))
    };
    if !takes(&body.media_type) && !body.offered.iter().any(takes) {
        return Err((415, format!("the body is `{media_type}`, and not `{}`", body.media_type)));
    }
    let text = || std::str::from_utf8(&request.body).map_err(|error| refuse(error.to_string()));
    let (value, ty, nullable) = match &body.payload {
        Payload::Json { ty, nullable } => {
            let value = serde_json::from_slice(&request.body).map_err(|error| refuse(error.to_string()))?;
            (value, ty, *nullable)
        }
        Payload::Lines { ty } => {
            let lines = text()?.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>();
            (lines.map_err(|error| refuse(error.to_string()))?.into(), ty, false)
        }
        Payload::Form { ty, styles } => {
            let is_joined = |wire: &str| styles.iter().any(|(name, style)| name == wire && !style.explode);
            (form(text()?, members(ty, api), &is_joined, api), ty, false)
        }
        Payload::Text | Payload::Bytes => return Ok(Some(text()?.into())),
        Payload::Multipart { .. } | Payload::Encoded => return Err(refuse("parts are not tried".to_owned())),
    };
    fit.value(&value, ty, nullable, &body.notes.checks).map_err(refuse)?;
    Ok(Some(value))
}

/// The object of a form: a list is a pair for each of its items, unless they are joined.
fn form(text: &str, members: &[Member], is_joined: &dyn Fn(&str) -> bool, api: &Api) -> Value {
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let mut pairs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        pairs.entry(decode(name)).or_default().push(decode(value));
    }
    let value = |name: &str, values: &[String]| {
        let first = values.first().cloned().unwrap_or_default();
        let Some(member) = members.iter().find(|member| member.wire == name) else { return Value::from(first) };
        match behind(&member.ty, api) {
            TypeRef::List(items) if !is_joined(name) => {
                values.iter().map(|value| typed(value, &items.ty, api)).collect()
            }
            ty => typed(&first, ty, api),
        }
    };
    Value::Object(pairs.iter().map(|(name, values)| (name.clone(), value(name, values))).collect())
}
