//! Parameters: those of the path item and of the operation, in the order that callers see.

use openapiv3::{Parameter as Written, ReferenceOr};
use openapiv3::{ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle};

use super::causes::{Cause, Causes};
use super::docs;
use super::shape::Shape;
use super::types::Types;
use crate::diag::{
    COOKIE_PARAMETER, PARAMETER_CONTENT, PARAMETER_SHAPE, PARAMETER_STYLE, RESERVED_CHARACTERS, RESERVED_HEADER,
};
use crate::ir::{Location, Parameter};
use crate::load::tree::Node;
use crate::normalize::{Resolved, Spec, canonical};
use crate::pointer::Pointer;

/// Headers that other parts of a description speak for (OpenAPI 3.0.3, section 4.7.12.2).
const RESERVED: [&str; 3] = ["accept", "content-type", "authorization"];

/// An optional parameter that can't be said.
#[derive(Debug)]
pub(super) struct Dropped {
    pub(super) place: Pointer,
    pub(super) name: String,
    pub(super) cause: Cause,
}

/// What an operation's parameters come to.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    pub(super) kept: Vec<Parameter>,
    pub(super) dropped: Vec<Dropped>,
}

/// Lowers the parameters of an operation whose path is `template`: those in `of_item` (the path item's), and those in
/// `of_operation`, which replace them. An error when a required one can't be said.
pub(super) fn parameters<'a>(
    spec: &'a Spec,
    template: &str,
    of_item: &'a [ReferenceOr<Written>],
    of_operation: &'a [ReferenceOr<Written>],
    types: &mut Types<'_>,
    causes: &mut Causes,
) -> Result<Parameters, Cause> {
    let mut all: Vec<(Pointer, &Written)> = Vec::new();
    let mut parameters = Parameters::default();
    for link in of_item.iter().chain(of_operation) {
        let ReferenceOr::Reference { reference } = link else { continue };
        match canonical(reference).and_then(|place| spec.parameter(&place)) {
            Some(Resolved::Found(place, written)) => {
                all.retain(|(_, other)| key(other) != key(written));
                all.push((place, written));
            }
            Some(Resolved::Faulty(fault)) => {
                let cause = causes.fault(fault);
                match canonical(reference).and_then(|place| Some((optional(spec, &place)?, place))) {
                    Some((name, place)) => parameters.dropped.push(Dropped { place, name, cause }),
                    None => return Err(cause),
                }
            }
            None => {}
        }
    }
    for (place, written) in all {
        let data = written.parameter_data_ref();
        let in_path = matches!(written, Written::Path { .. });
        if in_path && !template.contains(&format!("{{{}}}", data.name)) {
            continue;
        }
        if matches!(written, Written::Header { .. }) && RESERVED.iter().any(|name| data.name.eq_ignore_ascii_case(name))
        {
            let message = format!("the header parameter `{}` is ignored", data.name);
            causes.remark(&place, &RESERVED_HEADER, message);
            continue;
        }
        match one(&place, written, types, causes) {
            Ok(parameter) => parameters.kept.push(parameter),
            Err(cause) if data.required || in_path => return Err(cause),
            Err(cause) => parameters.dropped.push(Dropped { place, name: data.name.clone(), cause }),
        }
    }
    let position = |parameter: &Parameter| match parameter.location {
        Location::Path => template.find(&format!("{{{}}}", parameter.wire)).unwrap_or(usize::MAX),
        Location::Query | Location::Header => usize::MAX,
    };
    parameters.kept.sort_by(|a, b| {
        let key = |parameter: &Parameter| (!parameter.required, position(parameter));
        key(a).cmp(&key(b)).then_with(|| (&a.wire, a.location).cmp(&(&b.wire, b.location)))
    });
    Ok(parameters)
}

/// The name of a parameter that can't be read, if it is plain that an operation can be called without it.
fn optional(spec: &Spec, place: &Pointer) -> Option<String> {
    let node = spec.node(place)?;
    let text = |member: &str| node.get(member).and_then(Node::as_text);
    let required = node.get("required").is_some_and(|required| required.as_bool() != Some(false));
    let elsewhere = matches!(text("in"), Some("query" | "header" | "cookie"));
    text("name").filter(|_| elsewhere && !required).map(str::to_owned)
}

fn key(written: &Written) -> (u8, &str) {
    let location = match written {
        Written::Path { .. } => 0,
        Written::Query { .. } => 1,
        Written::Header { .. } => 2,
        Written::Cookie { .. } => 3,
    };
    (location, &written.parameter_data_ref().name)
}

fn one(place: &Pointer, written: &Written, types: &mut Types<'_>, causes: &mut Causes) -> Result<Parameter, Cause> {
    let data = written.parameter_data_ref();
    let location = location(place, written, causes)?;
    let ParameterSchemaOrContent::Schema(ReferenceOr::Reference { reference }) = &data.format else {
        if matches!(&data.format, ParameterSchemaOrContent::Content(content) if content.is_empty()) {
            let message = format!("the parameter `{}` may hold anything, which is not supported", data.name);
            return Err(causes.block(place, &PARAMETER_SHAPE, message));
        }
        let message = format!("the parameter `{}` has `content` instead of a `schema`", data.name);
        return Err(causes.block(place, &PARAMETER_CONTENT, message));
    };
    let schema = canonical(reference).unwrap_or_else(|| place.child("schema"));
    check_shape(&schema, data, types, causes)?;
    let ty = types.use_of(&schema, causes)?.ty;
    if let Written::Query { allow_reserved: true, .. } = written {
        let name = &data.name;
        let message = format!("reserved characters of the query parameter `{name}` are percent-encoded all the same");
        causes.remark(&place.child("allowReserved"), &RESERVED_CHARACTERS, message);
    }
    let mut notes = types.notes(&schema);
    if let Some(example) = types.written_example(place) {
        notes.example = Some(example);
    }
    let mut docs = docs::docs(None, data.description.as_ref(), None);
    let (words, deprecated) = types.words(&schema);
    docs.description = docs.description.or(words.description);
    Ok(Parameter {
        pointer: place.clone(),
        wire: data.name.clone(),
        location,
        required: data.required || location == Location::Path,
        ty,
        explode: data.explode.unwrap_or(location == Location::Query),
        docs,
        notes,
        deprecated: data.deprecated.unwrap_or_default() || deprecated,
    })
}

fn location(place: &Pointer, written: &Written, causes: &mut Causes) -> Result<Location, Cause> {
    let name = &written.parameter_data_ref().name;
    let (style, location) = match written {
        Written::Path { style: PathStyle::Simple, .. } => return Ok(Location::Path),
        Written::Query { style: QueryStyle::Form, .. } => return Ok(Location::Query),
        Written::Header { .. } => return Ok(Location::Header),
        Written::Cookie { .. } => {
            let message = format!("the parameter `{name}` goes in a cookie, which is not supported yet");
            return Err(causes.block(place, &COOKIE_PARAMETER, message));
        }
        Written::Path { style: PathStyle::Label, .. } => ("label", "path"),
        Written::Path { style: PathStyle::Matrix, .. } => ("matrix", "path"),
        Written::Query { style: QueryStyle::SpaceDelimited, .. } => ("spaceDelimited", "query"),
        Written::Query { style: QueryStyle::PipeDelimited, .. } => ("pipeDelimited", "query"),
        Written::Query { style: QueryStyle::DeepObject, .. } => ("deepObject", "query"),
    };
    let message = format!("the {location} parameter `{name}` has `style: {style}`, which is not supported yet");
    Err(causes.block(place, &PARAMETER_STYLE, message))
}

/// A parameter holds a text, a number, a boolean, an enum, or a list of one of these.
fn check_shape(schema: &Pointer, data: &ParameterData, types: &Types<'_>, causes: &mut Causes) -> Result<(), Cause> {
    let is_scalar = |shape: &Shape| matches!(shape, Shape::Primitive(..) | Shape::Enum);
    let (place, shaped) = types.behind(schema, causes)?;
    let holds = match &shaped.shape {
        shape if is_scalar(shape) => return Ok(()),
        Shape::List(Some(items)) => {
            let (_, items) = types.behind(items, causes)?;
            if is_scalar(&items.shape) {
                return Ok(());
            }
            "a list of something else than texts, numbers and booleans"
        }
        Shape::List(None) => "a list of anything",
        Shape::Struct { .. } | Shape::Map(_) => "an object",
        Shape::Union { .. } => "one of several types",
        _ => "anything",
    };
    let message = format!("the parameter `{}` holds {holds}, which is not supported", data.name);
    Err(causes.block(&place, &PARAMETER_SHAPE, message))
}
