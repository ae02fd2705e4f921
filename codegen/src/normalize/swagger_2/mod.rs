//! OpenAPI 2.0 (Swagger): turns the tree of a description into that of the equal description of OpenAPI 3.0, in place, so
//! that everything after it knows only that. Values keep the bytes that they were read from, and the document is told what
//! stands elsewhere than it was written ([`Document::written`]). What is wrong stays as it is: the tables of 3.0 say so.
//!
//! | written | 3.0 |
//! | --- | --- |
//! | `host`, `basePath`, `schemes` | `servers`, those by `https` first; without a `host`, one relative to the description |
//! | `x-ms-parameterized-host` | the same, with its parameters as `variables` |
//! | `definitions`, `parameters`, `responses`, `securityDefinitions` | among the `components` |
//! | `type`, `items`, `enum` and so on of a parameter or header | its `schema` |
//! | `collectionFormat` `csv`, `ssv`, `pipes`, `multi` | `style` and `explode` |
//! | `x-ms-skip-url-encoding` | `allowReserved` |
//! | a parameter `in: body` | `requestBody`, with what the operation `consumes` as its media types |
//! | parameters `in: formData` | `requestBody`, an object as `multipart/form-data` or `application/x-www-form-urlencoded` |
//! | `schema` of a response | its `content`, with what the operation `produces` as media types |
//! | `type: file`, `type: object` with `format: file` | `type: string`, `format: binary` |
//! | `x-ms-secret` of a text | `format: password` |
//! | `discriminator: kind` | `discriminator: {propertyName: kind}` |
//! | `x-nullable` | `nullable` |
//! | `type: basic`, `flow: accessCode` and so on of a security scheme | `type: http`, `flows` |
//!
//! Without `consumes` or `produces`, JSON is meant.

mod bodies;
mod host;
mod in_newer;
mod media;
mod operations;
mod parameters;
mod responses;
mod root;
mod schemas;
mod security;

use std::collections::HashSet;
use std::sync::Arc;

use super::nodes;
use super::references::target_of;
use crate::diag::Diagnostics;
use crate::load::tree::{Map, Node, Value};
use crate::load::{Document, Moved, Parts};
use crate::pointer::Pointer;
use host::Host;
pub(super) use in_newer::{Newer, discriminator, has_keywords, is_in_body, is_older_scheme};
pub(super) use media::Media;

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum What {
    Paths,
    PathItem,
    Operation,
    Parameter,
    Responses,
    Response,
    Schemas,
    Schema,
}

/// A `$ref` to what was not converted with the root document.
#[derive(Debug)]
struct Reference {
    place: Pointer,
    text: String,
    what: What,
}

/// Converts one file after another.
struct Converter<'a> {
    diagnostics: &'a mut Diagnostics,
    moved: Moved,
    /// What was met and is still to be followed.
    references: Vec<Reference>,
    /// Where the API is, for operations with schemes of their own.
    host: Host,
    /// What operations of the file at hand consume and produce that don't say so.
    media: Media,
}

/// Converts `document`, and what it refers to in other files.
pub(super) fn convert(document: &mut Document, parts: &mut Parts<'_>, diagnostics: &mut Diagnostics) {
    bodies::inline(&Pointer::root().child("paths"), What::Paths, document, parts, diagnostics);
    let nothing = nodes::made(Value::Null, &document.root);
    let root = std::mem::replace(Arc::make_mut(&mut document.root), nothing);
    let moved = std::mem::take(&mut document.moved);
    let mut converter =
        Converter { diagnostics, moved, references: Vec::new(), host: Host::default(), media: Media::default() };
    document.root = Arc::new(converter.root(root));
    document.moved = std::mem::take(&mut converter.moved);
    let Converter { references, host, media, .. } = converter;
    follow(references, host, &media, document, parts, diagnostics);
}

/// Converts what references lead to.
fn follow(
    mut references: Vec<Reference>,
    host: Host,
    of_root: &Media,
    document: &mut Document,
    parts: &mut Parts<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut done = HashSet::new();
    let mut host = Some(host);
    while let Some(Reference { place, text, what }) = references.pop() {
        // What leads nowhere is found when it is read.
        let Ok(target) = target_of(&place, &text, document, parts, diagnostics) else { continue };
        if !done.insert((target.clone(), what)) {
            continue;
        }
        bodies::inline(&target, what, document, parts, diagnostics);
        let Some(mut node) = document.find(&target).cloned() else { continue };
        let whole = target.file().map(|file| Pointer::of_file(&file)).and_then(|whole| document.find(&whole));
        let media = whole.and_then(Node::as_map).map(|map| Media::said(map).or(of_root));
        let mut converter = Converter {
            diagnostics,
            moved: std::mem::take(&mut document.moved),
            references: std::mem::take(&mut references),
            host: host.take().unwrap_or_default(),
            media: media.unwrap_or_else(|| of_root.clone()),
        };
        converter.any(&mut node, &target, what);
        document.moved = std::mem::take(&mut converter.moved);
        references = std::mem::take(&mut converter.references);
        host = Some(std::mem::take(&mut converter.host));
        document.put(&target, node);
    }
}

impl Converter<'_> {
    fn any(&mut self, node: &mut Node, place: &Pointer, what: What) {
        match what {
            What::Paths => self.paths(node, place),
            What::PathItem => self.path_item(node, place),
            What::Operation => self.operation(node, place, &[]),
            What::Parameter => self.parameter(node, place),
            What::Responses => {
                let media = self.media.clone();
                self.responses(node, place, &media);
            }
            What::Response => {
                let media = self.media.clone();
                self.response(node, place, &media);
            }
            What::Schemas => self.schemas(node, place),
            What::Schema => self.schema(node, place),
        }
    }

    /// Whether `map` is a reference, which is noted.
    fn refers(&mut self, map: &Map, place: &Pointer, what: What) -> bool {
        let Some(text) = nodes::text_of(map, "$ref") else { return false };
        let known = ["#/definitions/", "#/parameters/", "#/responses/"];
        // What stands there in the root document is converted with it.
        if place.file().is_some() || !known.iter().any(|known| text.starts_with(known)) {
            self.references.push(Reference { place: place.clone(), text: text.to_owned(), what });
        }
        true
    }

    /// Says that what was written as `was` of the object at `place` now stands at `now`.
    fn note(&mut self, place: &Pointer, was: &[&str], now: &Pointer) {
        let was = was.iter().fold(self.moved.was(place), |place, token| place.child(token));
        self.moved.note(was, now.clone());
    }
}
