//! Parameters: those of the path item and of the operation, in the order that callers see. None leaves its operation out:
//! what no type can say is a text.

use std::borrow::Cow;

use indexmap::IndexMap;
use openapiv3::{
    MediaType, Parameter as Written, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr,
    Schema,
};

use super::address::Address;
use super::arguments::{self, Argument};
use super::causes::{Cause, Causes};
use super::defaults;
use super::media::Content;
use super::nested::is_nested;
use super::security::AUTHORIZATION;
use super::shape::Shape;
use super::types::Types;
use super::uses::named;
use super::{docs, form, media};
use crate::diag::{HEADER_AS_JSON, PARAMETER_TYPE, QUERY_STRING, REPEATED_PARAMETER, RESERVED_HEADER, UNSENDABLE_NAME};
use crate::ir::{Docs, Items, Location, Noted, Notes, Parameter, Preset, Primitive, Style, StyleKind, TypeRef};
use crate::load::tree::Node;
use crate::normalize::{Resolved, Spec, canonical};
use crate::pointer::Pointer;

/// Headers that other parts of a description speak for (OpenAPI 3.0.3, section 4.7.12.2).
const RESERVED: [&str; 3] = ["accept", "content-type", "authorization"];

/// A parameter that can't be read.
#[derive(Debug)]
pub(super) struct Dropped {
    pub(super) place: Pointer,
    pub(super) name: String,
    pub(super) cause: Cause,
}

/// A parameter for the header `Authorization`.
#[derive(Debug)]
pub(super) struct Authorization {
    pub(super) place: Pointer,
    pub(super) required: bool,
}

/// What an operation's parameters come to.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    pub(super) kept: Vec<Parameter>,
    /// The one for the header `Authorization`, which is no parameter.
    pub(super) authorization: Option<Authorization>,
    pub(super) dropped: Vec<Dropped>,
}

/// Lowers the parameters of an operation at `address`: those in `of_item` (the path item's), and those in `of_operation`,
/// which replace them. Variables of the address that none of them speaks of are texts.
pub(super) fn parameters(
    spec: &Spec,
    address: &Address,
    of_item: &[Pointer],
    of_operation: &[Pointer],
    types: &mut Types<'_>,
    causes: &mut Causes,
) -> Parameters {
    let mut all: Vec<(&Pointer, Pointer, &Written)> = Vec::new();
    let mut parameters = Parameters::default();
    for at in of_item.iter().chain(of_operation) {
        match spec.parameter(at) {
            Some(Resolved::Found(place, written)) => {
                all.retain(|(_, _, other)| key(other) != key(written));
                all.push((at, place, written));
            }
            Some(Resolved::Faulty(fault)) => {
                let cause = causes.fault(fault);
                let name = name(spec, at);
                parameters.dropped.push(Dropped { place: at.clone(), name, cause });
            }
            None => {}
        }
    }
    for (at, place, written) in all {
        let data = written.parameter_data_ref();
        let in_path = matches!(written, Written::Path { .. });
        if in_path && !address.variables().any(|variable| variable == data.name) {
            continue;
        }
        if matches!(written, Written::Header { .. }) && RESERVED.iter().any(|name| data.name.eq_ignore_ascii_case(name))
        {
            if data.name.eq_ignore_ascii_case(AUTHORIZATION) {
                parameters.authorization = Some(Authorization { place, required: data.required });
                continue;
            }
            let message = format!("the header parameter `{}` is ignored", data.name);
            causes.remark(&place, &RESERVED_HEADER, message);
            continue;
        }
        if !can_be_sent(location(written), &data.name) {
            let message = format!("`{}` can't be the name of a header or a cookie", data.name.escape_debug());
            causes.remark(&place, &UNSENDABLE_NAME, message);
            continue;
        }
        let is_whole_query = is_whole_query(spec, &place);
        if is_whole_query && is_other_form(data, spec, types, causes) {
            let message = "a query that is a form is read where its schema is an object; this one is left out";
            causes.remark(&place, &QUERY_STRING, message);
            continue;
        }
        if is_whole_query && has_encodings(spec, &place) {
            let message =
                "the encodings of a query as a whole are ignored: its members are written in the style `form`";
            causes.remark(&place.child("content"), &QUERY_STRING, message);
        }
        let mut parameter = one(&place, written, spec, types, causes);
        if let Some(said) = spec.said(at) {
            parameter.docs.description = Some(said.to_owned());
        }
        parameters.kept.push(parameter);
    }
    let declared = |variable: &str, kept: &[Parameter]| {
        kept.iter().any(|parameter| parameter.location == Location::Path && parameter.wire == variable)
    };
    for variable in address.variables() {
        if !declared(variable, &parameters.kept) && !address.is_of_query(variable, &parameters.kept) {
            parameters.kept.push(undeclared(address, variable));
        }
    }
    address.settle(&mut parameters.kept);
    let position = |parameter: &Parameter| match parameter.location {
        Location::Path => address.path.find(&format!("{{{}}}", parameter.wire)).unwrap_or(usize::MAX),
        _ => usize::MAX,
    };
    parameters.kept.sort_by(|a, b| {
        let key = |parameter: &Parameter| (!parameter.is_argument(), position(parameter));
        key(a).cmp(&key(b)).then_with(|| (&a.wire, a.location).cmp(&(&b.wire, b.location)))
    });
    parameters
}

/// Whether a request can have a parameter of this name: a header's is a token (RFC 9110, section 5.1), and a cookie's has
/// nothing that would end it, whatever else it should not have (RFC 6265, section 4.1.1).
pub(super) fn can_be_sent(location: Location, name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    match location {
        Location::Header => !name.is_empty() && name.bytes().all(is_token),
        Location::Cookie => name.bytes().all(|byte| byte.is_ascii_graphic() && !b";=,\"\\".contains(&byte)),
        Location::Path | Location::Query => true,
    }
}

/// A variable of the path that no parameter speaks of, or none that can be read.
fn undeclared(address: &Address, variable: &str) -> Parameter {
    Parameter {
        pointer: address.place.clone(),
        wire: variable.to_owned(),
        location: Location::Path,
        required: true,
        preset: None,
        ty: TypeRef::Primitive(Primitive::String),
        style: Style::usual(Location::Path),
        docs: Docs::default(),
        notes: Noted::default(),
        deprecated: false,
    }
}

/// What a parameter that can't be read is called, as far as that can be told.
fn name(spec: &Spec, place: &Pointer) -> String {
    let text = |member: &str| spec.node(place).and_then(|node| node.get(member)).and_then(Node::as_text);
    let reference = || text("$ref").and_then(|reference| reference.rsplit(['/', '#']).next());
    text("name").or_else(reference).unwrap_or_default().to_owned()
}

/// What a parameter is known by; names of headers are compared without regard to case (RFC 9110, section 5.1).
fn key(written: &Written) -> (Location, Cow<'_, str>) {
    let name = &written.parameter_data_ref().name;
    match location(written) {
        Location::Header => (Location::Header, Cow::Owned(name.to_ascii_lowercase())),
        location => (location, Cow::Borrowed(name)),
    }
}

/// What is said of one value, and would have to be said of each in a list.
const BOUNDS: [&str; 8] =
    ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern"];

fn one(place: &Pointer, written: &Written, spec: &Spec, types: &mut Types<'_>, causes: &mut Causes) -> Parameter {
    let data = written.parameter_data_ref();
    let location = location(written);
    let mut style = style(written, spec, place);
    let schema = self::schema(spec, data);
    let mut is_written = false;
    // The media type that is written.
    let mut media_place = None;
    if let ParameterSchemaOrContent::Content(content) = &data.format {
        let chosen = media::choose(spec, content, &[]);
        media_place = chosen.as_ref().map(|chosen| place.child("content").child(chosen.key));
        let is_json = chosen.is_some_and(|chosen| chosen.content == Content::Json);
        style = if is_json { StyleKind::Json.into() } else { Style::usual(location) };
        is_written = !is_json;
        if is_whole_query(spec, place) {
            style.whole = true;
            is_written &= !is_form(content, spec);
        }
    }
    let names_style = || ["style", "explode"].iter().any(|name| node_has(spec, place, name));
    if let (Location::Header, ParameterSchemaOrContent::Schema(_), Some(schema)) = (location, &data.format, &schema)
        && !names_style()
        && is_nested(schema, spec, types, causes)
    {
        style = StyleKind::Json.into();
        let message = format!("the header parameter `{}` has parts in its parts; it is sent as JSON", data.name);
        causes.remark(place, &HEADER_AS_JSON, message);
    }
    let Argument { ty, for_want_of } = match &schema {
        // No style says how it is written (OpenAPI 3.0.3, section 4.7.12.2).
        schema if is_written => arguments::written(schema.as_ref(), types, causes),
        Some(schema) => arguments::argument(schema, style, types, causes),
        None => Argument::anything(style),
    };
    if let Some(reason) = for_want_of {
        remark(place, &data.name, reason, &ty, causes);
    }
    let mut docs = docs::docs(None, data.description.as_deref(), None);
    let (mut notes, mut deprecated) = (Notes::default(), data.deprecated.unwrap_or_default());
    if let Some(schema) = &schema {
        let written_example = |types: &Types<'_>, causes: &mut Causes| {
            let mut beside = media_place.iter().chain([place]);
            beside.find_map(|beside| types.written_example(beside, schema, causes))
        };
        notes = types.notes(schema);
        types.remark_default(schema, causes);
        let (words, of_schema) = types.words_beside(schema, &ty);
        docs.description = docs.description.or(words.description);
        if named(&ty).is_none() {
            let (words, of_branches) = types.of_branches(schema);
            docs.description = docs.description.or(words.description);
            notes = notes.or(of_branches);
        }
        deprecated |= of_schema;
        notes.example = written_example(types, causes).or(notes.example);
    }
    let is_value = |schema: &Pointer, causes: &mut Causes| {
        let (end, shaped) = types.behind(schema, causes);
        let is_bound = |name: &&str| spec.node(&end).is_some_and(|node| node.get(name).is_some());
        matches!(shaped.shape, Shape::Primitive(..) | Shape::Enum(_)) && !BOUNDS.iter().any(is_bound)
    };
    let is_list = location == Location::Query
        && data.name.ends_with("[]")
        && style == Style::usual(location)
        && schema.as_ref().is_some_and(|schema| is_value(schema, causes));
    let ty = match is_list {
        true => {
            let message =
                format!("`{}` is a name of several values; it is read as a list of what it is said to be", data.name);
            causes.remark(place, &REPEATED_PARAMETER, message);
            TypeRef::List(Box::new(Items { ty, nullable: false }))
        }
        false => ty,
    };
    let has_preset = data.required && matches!(location, Location::Query | Location::Header);
    let preset = schema.as_ref().filter(|_| has_preset).and_then(|schema| {
        let preset = types.preset(schema, &ty, causes);
        preset.or_else(|| {
            let (preset, value) = types.only(schema, &ty, causes)?;
            notes.default = Some(value);
            Some(preset)
        })
    });
    if let (Some(schema), Some(_), None) = (&schema, &preset, &notes.default) {
        // It is that of the type, whose docs have none.
        notes.default = types.notes(&types.behind(schema, causes).0).default;
    }
    let preset = preset.or_else(|| {
        let is_open = has_preset && ty == TypeRef::Primitive(Primitive::String);
        let version = defaults::own_version(spec, &data.name).filter(|_| is_open)?;
        notes.default = Some(serde_json::Value::from(version).to_string());
        Some(Preset::Text(version.to_owned()))
    });
    let can_be_sent = |preset: &Preset| match (location, preset) {
        (Location::Header, Preset::Text(text)) => text.bytes().all(|byte| byte.is_ascii_graphic()),
        _ => true,
    };
    Parameter {
        pointer: place.clone(),
        wire: data.name.clone(),
        location,
        required: data.required || location == Location::Path,
        preset: preset.filter(can_be_sent),
        ty,
        style,
        docs,
        notes: notes.into(),
        deprecated,
    }
}

/// Whether the parameter at `place` is all of the query (OpenAPI 3.2.0, section 4.12.1).
fn is_whole_query(spec: &Spec, place: &Pointer) -> bool {
    says(spec, place, "in", "querystring")
}

/// Whether the content of a parameter is a form. If it is an object, its members are parameters of the query, each by its own
/// name.
fn is_form(content: &IndexMap<String, MediaType>, spec: &Spec) -> bool {
    media::choose(spec, content, &[Content::Form]).is_some_and(|chosen| chosen.content == Content::Form)
}

/// Whether the content of a parameter is a form of which no object says what is in it.
fn is_other_form(data: &ParameterData, spec: &Spec, types: &Types<'_>, causes: &mut Causes) -> bool {
    let ParameterSchemaOrContent::Content(content) = &data.format else { return false };
    is_form(content, spec) && !schema(spec, data).is_some_and(|schema| form::is_object(&schema, types, causes))
}

/// Whether some media type of the content of the parameter at `place` says how members are written.
fn has_encodings(spec: &Spec, place: &Pointer) -> bool {
    let content = spec.node(&place.child("content")).and_then(Node::as_map);
    content.into_iter().flatten().any(|(_, entry)| entry.node.get("encoding").is_some())
}

/// Where the schema of a parameter stands, be it beside it or in its content.
pub(super) fn schema(spec: &Spec, data: &ParameterData) -> Option<Pointer> {
    match &data.format {
        ParameterSchemaOrContent::Schema(schema) => reference(schema),
        ParameterSchemaOrContent::Content(content) => {
            media::choose(spec, content, &[]).and_then(|chosen| reference(chosen.media.schema.as_ref()?))
        }
    }
}

fn reference(schema: &ReferenceOr<Schema>) -> Option<Pointer> {
    match schema {
        ReferenceOr::Reference { reference } => canonical(reference),
        ReferenceOr::Item(_) => None,
    }
}

fn remark(place: &Pointer, name: &str, reason: &str, ty: &TypeRef, causes: &mut Causes) {
    let taken = match ty {
        TypeRef::List(_) => "a list of texts",
        TypeRef::Map(_) => "a map",
        _ => "a text",
    };
    causes.remark(place, &PARAMETER_TYPE, format!("the parameter `{name}` {reason}; it is taken as {taken}"));
}

fn location(written: &Written) -> Location {
    match written {
        Written::Path { .. } => Location::Path,
        Written::Query { .. } => Location::Query,
        Written::Header { .. } => Location::Header,
        Written::Cookie { .. } => Location::Cookie,
    }
}

fn style(written: &Written, spec: &Spec, place: &Pointer) -> Style {
    let kind = match written {
        Written::Path { style: PathStyle::Label, .. } => StyleKind::Label,
        Written::Path { style: PathStyle::Matrix, .. } => StyleKind::Matrix,
        Written::Query { style: QueryStyle::SpaceDelimited, .. } => StyleKind::SpaceDelimited,
        Written::Query { style: QueryStyle::PipeDelimited, .. } => StyleKind::PipeDelimited,
        Written::Query { style: QueryStyle::DeepObject, .. } => StyleKind::DeepObject,
        // The canonical form has no word for it.
        Written::Cookie { .. } if says(spec, place, "style", "cookie") => StyleKind::Cookie,
        _ => Style::usual(location(written)).kind,
    };
    let usual = Style::from(kind);
    let explode = written.parameter_data_ref().explode.filter(|_| kind != StyleKind::DeepObject);
    let reserved = match written {
        Written::Query { allow_reserved, .. } => *allow_reserved,
        // OpenAPI 3.2.0, section 4.12.2.2; the canonical form has no word for it.
        Written::Path { .. } => {
            let said = spec.node(place).and_then(|node| node.get("allowReserved"));
            kind == StyleKind::Simple && said.and_then(Node::as_bool).unwrap_or_default()
        }
        _ => false,
    };
    Style { explode: explode.unwrap_or(usual.explode), reserved, ..usual }
}

fn node_has(spec: &Spec, place: &Pointer, member: &str) -> bool {
    spec.node(place).is_some_and(|node| node.get(member).is_some())
}

fn says(spec: &Spec, place: &Pointer, member: &str, text: &str) -> bool {
    spec.node(place).and_then(|node| node.get(member)).and_then(Node::as_text) == Some(text)
}
