//! Normalize: `Document` → [`Spec`], a description in canonical form. Checks everything against the tables of the version
//! that the description says it is, all in one go, and decides nothing about Rust. In the canonical form every schema,
//! parameter, response, request body, header and security scheme stands under its own original pointer, and everything else
//! refers to it there: places are never lost, and schemas never stand inside one another. It is made of values (`form`);
//! schemas are read as these are ([`Schema`]), and all else by the types of openapiv3 (`typed`).
//!
//! What 2.0 says in other ways is brought to the ways of 3.0 first (`swagger_2`), and then what newer versions say in other
//! ways (`schema_3_1`). [`Spec::node`] gives an object as the canonical form says it, at the pointer where it was written;
//! what is new in it stands at pointers below that.
//!
//! | written (3.1 and later) | canonical |
//! | --- | --- |
//! | `type: [T, "null"]` | `type: T`, `nullable: true` |
//! | `type: [T, U]` | `anyOf`, a branch a type in the order text, number, integer, boolean, list, object, each with the keywords that speak of it; `nullable` stays outside |
//! | `enum: [a, 1]` without a type (in all versions) | as with `type: [string, integer]` |
//! | `type: "null"` | `enum: [null]` without a type |
//! | `const: V` | `enum: [V]`; `const` stays in the node |
//! | `exclusiveMinimum: 3` | `minimum: 3`, `exclusiveMinimum: true` (the tighter bound where there are two) |
//! | `examples: [A, B]` | `example: A`; `examples` stays in the node |
//! | `$ref` beside other keywords | the last of `allOf`, with the others beside it |
//! | `true`, `false` as a schema | `{}`; with a note for `false` |
//! | `contentEncoding: base64` | `format: byte` |
//! | `contentMediaType: application/octet-stream` | `format: binary` |
//! | `patternProperties: {P: S}` | `additionalProperties: S`; `true` where the patterns say different things, or where members have names beside them that nothing says anything of |
//! | `unevaluatedProperties: S` | `additionalProperties: S`, where there is none |
//! | `$defs` | read and kept at their own pointers; which there are, the node says |
//! | `prefixItems: [A, B]`, `items: [A, B]` | `items: {anyOf: [A, B]}`, with what further items are as the last branch; `items: A` where all say the same, and none where one may be anything |
//! | members that only `then`, `else`, `dependentSchemas` name | `properties`, none of them required |
//! | `if`, `contains`, `unevaluatedProperties: false` and the like | ignored with a note; they stay in the node |
//!
//! The version is the root document's, and for what stands in a file with an `openapi` of its own, that.
//!
//! What 3.0 has no other meaning for is read in it too: `const`, lists of types and null, and numbers as exclusive bounds.
//!
//! Slips that can be meant in one way only are mended before all this (`slips`, `astray`), with a warning each.
//!
//! In all versions what the `mapping` of a discriminator names, by the name of a component or by an address, is a reference
//! (`mappings`), and schemas that hold at once are brought together (`compose`), so that in the canonical form a schema is a
//! type with its keywords, or has nothing but a `oneOf`, an `anyOf` or an `allOf` of one, and words.

mod anchors;
mod annotations;
mod assemble;
mod astray;
mod compose;
mod conditional;
mod faults;
mod form;
mod graft;
mod grammar;
mod incoming;
mod mappings;
mod meant;
mod mend;
mod mixed;
mod ms_paths;
mod nodes;
mod openapi_3;
mod path_items;
mod read;
mod references;
mod rules;
mod schema;
mod schema_3_1;
mod select;
mod single;
mod slips;
mod slots;
mod spec;
mod swagger_2;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod tuples;
mod typed;
mod version;

pub(crate) use annotations::{ENUM_NAMES, ENUM_OBJECTS, ENUM_WORDS};
pub use compose::Kept;
pub(crate) use compose::{is_bound, tighten};
pub use faults::Fault;
pub use incoming::{Incoming, Words};
pub(crate) use mappings::own_value;
pub(crate) use read::count;
pub(crate) use references::CHAIN;
pub use schema::{Additional, Discriminator, Mapped, Schema};
pub(crate) use schema_3_1::TYPES;
pub use spec::{Call, Item, Resolved, Spec};
pub(crate) use spec::{canonical, required_scheme};
pub use typed::Stands;

use crate::diag::Diagnostics;
use crate::filter::Filter;
use crate::load::{Document, Parts};
use crate::pointer::Pointer;
use compose::Composed;
use graft::Grafts;
use grammar::{Section, Shape};
use read::Reader;
use version::{Version, Versions};

/// Checks `document` and brings it to canonical form; `None` when there was an error that concerns all of it. What was
/// found, errors, warnings and notes, is added to `diagnostics`, each at its pointer. Errors that concern single objects
/// stay with the [`Spec`]: what needs them is known later ([`Spec::findings`]).
///
/// Files that it refers to are opened by `parts`, and stay in `document`. Operations that `filter` doesn't want are left
/// out in silence, with what was found in things that only they need.
pub fn normalize(
    document: &mut Document,
    parts: &mut Parts<'_>,
    filter: &Filter,
    diagnostics: &mut Diagnostics,
) -> Option<Spec> {
    let mut found = Diagnostics::default();
    let mut version = version::version(document, &mut found, diagnostics)?;
    ms_paths::join(document, &mut found);
    if version == Version::V2_0 {
        // The table of 2.0 has the members of no other version.
        let (shape, versions) = (Shape::Object(&slips::DOCUMENT_2_0), Versions::new(Version::V3_0));
        slips::mend(&Pointer::root(), &shape, document, &versions, &mut found);
        swagger_2::convert(document, parts, &mut found);
        version = Version::V3_0;
    }
    anchors::resolve(version, document, &mut found);
    let mut reader = Reader::new(document, version);
    reader.diagnostics.extend(found);
    let mut grafts = Grafts::new();
    grafts.graft(&Pointer::root(), &Shape::Object(&openapi_3::DOCUMENT), document, parts, &mut reader);
    let has_urls = rules::urls::mend(document, &mut reader.diagnostics);
    if rules::templates::mend(document, &mut reader.diagnostics) || has_urls {
        reader.moves(document);
    }
    let mut root = reader.document(&document.root, &openapi_3::DOCUMENT);
    references::check(document, parts, &mut grafts, &mut reader);
    path_items::join(&mut reader);
    rules::check(document, &mut reader.diagnostics);
    let mut faults = faults::faults(&mut reader);
    if let Some(root) = &mut root {
        select::select(filter, root, &mut reader, &mut faults, diagnostics);
    }
    let failed = reader.diagnostics.has_errors();
    diagnostics.extend(std::mem::take(&mut reader.diagnostics));
    if failed {
        faults.findings.into_iter().for_each(|found| diagnostics.push(found));
        return None;
    }
    if diagnostics.has_errors() {
        return None;
    }
    let composed = composed(document, &mut reader, &faults);
    assemble::assemble(document, root?, reader, faults, composed, diagnostics)
        .map(|spec| spec.filtered(!filter.is_empty()))
}

/// What holds at once brought together, in place of what `reader` has collected.
fn composed(document: &Document, reader: &mut Reader, faults: &faults::Faults) -> Composed {
    let Some(schemas) = reader.collected.get(&Section::Schemas) else { return Composed::default() };
    let node = |place: &Pointer| reader.rewritten.get(place).or_else(|| document.find(place));
    let mut composed = compose::compose(schemas, faults, &node);
    reader.rewritten.extend(std::mem::take(&mut composed.nodes));
    if let Some(schemas) = reader.collected.get_mut(&Section::Schemas) {
        let made = std::mem::take(&mut composed.schemas);
        schemas.extend(made);
    }
    composed
}
