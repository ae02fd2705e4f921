//! What a discriminator's `mapping` names (OpenAPI 3.0.3, section 4.7.25; 3.1.1, section 4.8.25): schemas, by the names of
//! components or as the `$ref`s of the same file do. In the canonical form they are references. They are followed as such,
//! and files are opened for them: often a base names those that build on it, and nothing else does.

use super::anchors::Anchors;
use super::form::{Form, Members};
use super::graft::Grafts;
use super::grammar::Section;
use super::openapi_3::SCHEMA;
use super::read::{Reader, Reference};
use super::references::{Site, led_to, read_there};
use super::version::Version;
use crate::diag::{Diagnostic, Diagnostics, REFERENCE_KIND};
use crate::load::tree::Node;
use crate::load::{Document, Parts};
use crate::pointer::Pointer;

/// How messages call it.
const WORD: &str = "`mapping`";

/// In which a schema has the value of a discriminator that it stands for.
const OWN_VALUE: [&str; 2] = ["x-ms-discriminator-value", "x-discriminator-value"];

/// The value of a discriminator that the schema at `place` says that it stands for, in an extension that many generators know.
pub(crate) fn own_value<'a>(place: &Pointer, node: impl Fn(&Pointer) -> Option<&'a Node>) -> Option<&'a str> {
    OWN_VALUE.iter().find_map(|name| node(&place.child(name))?.as_text())
}

/// Follows what the discriminator of the schema at `schema` names.
pub(super) fn follow(
    document: &mut Document,
    parts: &mut Parts<'_>,
    grafts: &mut Grafts,
    reader: &mut Reader,
    anchors: &mut Anchors,
    schema: &Pointer,
) {
    let at = schema.child("discriminator");
    for (value, text) in said(reader, schema) {
        let place = value.as_ref().map_or_else(|| at.child("defaultMapping"), |value| at.child("mapping").child(value));
        let named = named(document, schema, &text);
        let target = match named {
            Some(target) => Some(target),
            None if is_reference(&text) => followed(document, parts, reader, anchors, &place, &text),
            None => None,
        };
        let Some(target) = target else { continue };
        let reference = Reference { place: schema.clone(), text, kind: &SCHEMA, lenient: true };
        if let Err(is) = read_there(document, parts, grafts, reader, &target, &reference) {
            let message = format!("{WORD} must name a schema, and `{}` is {is}", reference.text);
            let found = Diagnostic::new(&REFERENCE_KIND, message).at(&place);
            reader.diagnostics.push(found.related(&target, format!("this is {is}")).partial());
            continue;
        }
        if let Some(entry) = entry(reader, schema, value.as_deref()) {
            *entry = Form::Link(target);
        }
    }
}

/// What a discriminator says: the values of its mapping, `None` for the default, and what each names.
fn said(reader: &Reader, schema: &Pointer) -> Vec<(Option<String>, String)> {
    let object = reader.collected.get(&Section::Schemas).and_then(|schemas| schemas.get(schema));
    let Some(discriminator) = object.and_then(|object| object.get("discriminator")) else { return Vec::new() };
    let mapping = discriminator.get("mapping").and_then(Form::as_object).into_iter().flat_map(Members::iter);
    let mapping = mapping.filter_map(|(value, name)| Some((Some(value.to_owned()), name.as_text()?.to_owned())));
    let default = discriminator.get("defaultMapping").and_then(Form::as_text).map(|name| (None, name.to_owned()));
    mapping.chain(default).collect()
}

/// Where the canonical form says what a value of the mapping names.
fn entry<'a>(reader: &'a mut Reader, schema: &Pointer, value: Option<&str>) -> Option<&'a mut Form> {
    let discriminator = reader.collected.get_mut(&Section::Schemas)?.get_mut(schema)?.get_mut("discriminator")?;
    match value {
        Some(value) => discriminator.get_mut("mapping")?.get_mut(value),
        None => discriminator.get_mut("defaultMapping"),
    }
}

/// The schema with a name: a component of this file or of the root document, or what stands beside this one in a file without
/// components.
fn named(document: &Document, schema: &Pointer, name: &str) -> Option<Pointer> {
    let here = schema.file().map(|file| Pointer::of_file(&file));
    let documents = here.into_iter().chain([Pointer::root()]);
    let components = documents.map(|document| document.child("components").child("schemas").child(name));
    let beside = schema.file().and_then(|_| Some(schema.parent()?.child(name)));
    components.chain(beside).find(|named| document.find(named).is_some())
}

/// Whether a text that is no component's name is meant as an address.
pub(super) fn is_reference(text: &str) -> bool {
    text.contains(['#', '/']) || [".yaml", ".yml", ".json"].iter().any(|ending| text.ends_with(ending))
}

/// Where an address leads; what is wrong with it is said at `place`.
fn followed(
    document: &mut Document,
    parts: &mut Parts<'_>,
    reader: &mut Reader,
    anchors: &mut Anchors,
    place: &Pointer,
    text: &str,
) -> Option<Pointer> {
    let mut found = Diagnostics::default();
    let has_anchors = reader.versions.at(place, document) >= Version::V3_1;
    let anchor = has_anchors.then(|| anchors.named(place, text, document, parts, &mut found)).flatten();
    let site = Site { place, at: place.clone(), word: WORD };
    let target = anchor.map_or_else(|| led_to(site, text, document, parts, &mut found), Ok);
    reader.diagnostics.extend(found);
    target.map_err(|found| reader.diagnostics.push(found.partial())).ok()
}
