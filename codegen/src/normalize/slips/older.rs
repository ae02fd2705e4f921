//! The ways of OpenAPI 2.0 in a description of 3.0: what stands in another place there, or has another word. They are brought
//! over as those of 2.0 are.

use super::{Slips, squashed};
use crate::diag::{Diagnostics, OLDER_WAY, SPELT_OTHERWISE};
use crate::load::tree::{Entry, Map, Node, Value};
use crate::normalize::grammar::{Kind, Section};
use crate::normalize::nodes::{set, text, text_of};
use crate::normalize::openapi_3::{DOCUMENT, OAUTH_FLOWS};
use crate::normalize::swagger_2::{self, Newer};
use crate::pointer::Pointer;
use crate::source::Span;

/// Brings over what `node`, an object of 3.0, says in 2.0's way.
pub(super) fn object(slips: &mut Slips<'_>, node: &mut Node, kind: &Kind, place: &Pointer) {
    let Value::Map(map) = &mut node.value else { return };
    match kind.section_of {
        Some(of @ (Section::Parameters | Section::Headers)) if is_of_3(kind) && swagger_2::has_keywords(map) => {
            if of == Section::Parameters && is_in_body(map) {
                return;
            }
            tell(slips, map, "type", place, "is read as its `schema` has it", "write it below `schema`");
            convert(slips, |newer| newer.parameter(node, of == Section::Headers, place));
        }
        Some(of @ (Section::Responses | Section::RequestBodies))
            if map.contains_key("schema") && !map.contains_key("content") =>
        {
            let help = "write `content`, with a media type that has the `schema`";
            tell(slips, map, "schema", place, "is read as that of its media types", help);
            // The conversion would bring these over without a word.
            if let (Some(headers), Some(member)) = (map.get_mut("headers"), kind.member("headers")) {
                slips.value(&mut headers.node, &member.shape, &place.child("headers"));
            }
            convert(slips, |newer| match of {
                Section::Responses => newer.response(node, place),
                _ => newer.request_body(node, place),
            });
            slips.media.used(node, of == Section::Responses);
        }
        Some(Section::Schemas) if text_of(map, "discriminator").is_some() => {
            let help = "write `discriminator: {propertyName: …}`";
            tell(slips, map, "discriminator", place, "is read as its `propertyName`", help);
            swagger_2::discriminator(map);
        }
        Some(Section::SecuritySchemes) => scheme(slips, node, place),
        None if std::ptr::eq(kind, &raw const DOCUMENT) => root(slips, node),
        None if std::ptr::eq(kind, &raw const OAUTH_FLOWS) => flows(slips, node, place),
        _ => {}
    }
}

/// Makes a request body of the parameters of an operation that are in it.
pub(super) fn bodies(slips: &mut Slips<'_>, node: &mut Node, kind: &Kind, place: &Pointer) {
    if kind.section_of != Some(Section::Operations) || node.get("requestBody").is_some() {
        return;
    }
    let list = node.get("parameters").and_then(Node::as_list).unwrap_or_default();
    let at = place.child("parameters");
    let bodies = list.iter().enumerate().filter(|(_, parameter)| swagger_2::is_in_body(parameter));
    let found: Vec<_> = bodies.map(|(index, parameter)| (at.item(index), parameter.clone())).collect();
    if found.is_empty() {
        return;
    }
    for (place, parameter) in &found {
        if let Value::Map(map) = &parameter.value {
            tell(slips, map, "in", place, "is read as part of the request body", "write a `requestBody`");
        }
    }
    convert(slips, |newer| newer.bodies(node, place));
    if let Some(body) = node.get("requestBody") {
        slips.media.used(body, false);
    }
    let shape = kind.member("requestBody").map(|member| member.shape);
    if let Value::Map(map) = &mut node.value
        && let (Some(body), Some(shape)) = (map.get_mut("requestBody"), shape)
    {
        slips.value(&mut body.node, &shape, &place.child("requestBody"));
    }
}

/// Whether this is a kind of 3.0: those of 2.0 have a `type`.
fn is_of_3(kind: &Kind) -> bool {
    kind.member("type").is_none()
}

fn is_in_body(map: &Map) -> bool {
    matches!(text_of(map, "in"), Some("body" | "formData"))
}

fn scheme(slips: &mut Slips<'_>, node: &mut Node, place: &Pointer) {
    let Value::Map(map) = &mut node.value else { return };
    let said = text_of(map, "type").map(|ty| squashed(ty).into_owned());
    match said.as_deref() {
        Some(word @ ("basic" | "bearer" | "jwt")) if !map.contains_key("scheme") => {
            let scheme = if word == "basic" { "basic" } else { "bearer" };
            let help = format!("write `type: http`, `scheme: {scheme}`");
            if word == "basic" {
                let read = "is read as `type: http` with `scheme: basic`";
                tell(slips, map, "type", place, read, &help);
            } else {
                spelt(slips, map, "type", place, "is read as `type: http` with `scheme: bearer`", help);
            }
            if let Some(said) = map.get_mut("type") {
                said.node.value = Value::Text("http".to_owned());
                let scheme = text(scheme, &said.node);
                set(map, "scheme", scheme);
            }
        }
        // Nothing else has a format of bearer tokens.
        Some("http") if map.contains_key("bearerFormat") && !map.contains_key("scheme") => {
            let help = "write `scheme: bearer` beside it".to_owned();
            spelt(slips, map, "bearerFormat", place, "says that the scheme is `bearer`", help);
            if let Some(scheme) = map.get("bearerFormat").map(|said| text("bearer", &said.node)) {
                set(map, "scheme", scheme);
            }
        }
        _ if swagger_2::is_older_scheme(map) => {
            tell(
                slips,
                map,
                "flow",
                place,
                "is read as that of its `flows`",
                "write `flows`, with an object for each flow",
            );
            convert(slips, |newer| newer.security_scheme(node, place));
        }
        _ => {}
    }
}

/// Gives the flows of OAuth 2 their names of 3.0.
fn flows(slips: &mut Slips<'_>, node: &mut Node, place: &Pointer) {
    let Value::Map(map) = &mut node.value else { return };
    for (was, now) in [("accessCode", "authorizationCode"), ("application", "clientCredentials")] {
        if !map.contains_key(was) || map.contains_key(now) {
            continue;
        }
        tell(slips, map, was, place, &format!("is read as `{now}`"), &format!("write `{now}`"));
        slips.moved.note(slips.moved.was(place).child(was), place.child(now));
        if let Some(flow) = map.shift_remove(was) {
            map.insert(now, flow);
        }
    }
}

fn root(slips: &mut Slips<'_>, node: &mut Node) {
    let Value::Map(map) = &mut node.value else { return };
    let place = Pointer::root();
    let components = map.get("components").map(|entry| &entry.node);
    let has_schemes = components.is_some_and(|components| components.get("securitySchemes").is_some());
    let is_told = [
        ("host", "is read as its `servers`", map.contains_key("servers")),
        ("securityDefinitions", "is read as `components.securitySchemes`", has_schemes),
    ];
    let told: Vec<_> = is_told.into_iter().filter(|(key, _, is_there)| map.contains_key(key) && !is_there).collect();
    for (key, read, _) in &told {
        tell(slips, map, key, &place, read, "write it as OpenAPI 3 has it");
    }
    if !told.is_empty() {
        convert(slips, |newer| newer.root(node));
    }
}

pub(super) fn tell(slips: &mut Slips<'_>, map: &Map, key: &str, place: &Pointer, read: &str, help: &str) {
    let Some(Entry { key: bytes, file, .. }) = map.get(key) else { return };
    let span = Span { file: *file, bytes: bytes.clone() };
    let message = format!("`{key}` is of OpenAPI 2.0 here, and {read}");
    slips.report(&OLDER_WAY, place, key, true, span, message, help.to_owned());
}

/// Says that what a member says is read as something else.
fn spelt(slips: &mut Slips<'_>, map: &Map, key: &str, place: &Pointer, read: &str, help: String) {
    let Some(Entry { node, .. }) = map.get(key) else { return };
    let message = format!("`{key}: {}` {read}", node.as_text().unwrap_or_default());
    slips.report(&SPELT_OTHERWISE, place, key, false, node.span(), message, help);
}

fn convert(slips: &mut Slips<'_>, convert: impl FnOnce(&mut Newer<'_>)) {
    let mut found = Diagnostics::default();
    convert(&mut Newer { moved: &mut slips.moved, diagnostics: &mut found, media: &slips.media.said });
    slips.found.extend(found);
}
