//! Normalize: `Document` → [`Spec`], one typed OpenAPI document in canonical form. Checks everything against the tables of
//! the version that the description says it is, all in one go, and decides nothing about Rust. In the canonical form every
//! schema, parameter, response, request body, header and security scheme stands under its own original pointer, and
//! everything else refers to it there: places are never lost, and schemas never stand inside one another.

mod faults;
mod grammar;
mod mend;
mod openapi_3_0;
mod read;
mod references;
mod rules;
mod select;
mod spec;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod version;

pub use faults::Fault;
pub(crate) use read::count;
pub(crate) use references::CHAIN;
pub(crate) use spec::canonical;
pub use spec::{Resolved, Spec};

use crate::diag::Diagnostics;
use crate::filter::Filter;
use crate::load::{Document, Parts};
use read::Reader;
use version::Version;

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
    let version = version::version(document, diagnostics)?;
    let kind = match version {
        Version::V3_0 => &openapi_3_0::DOCUMENT,
    };
    let mut reader = Reader::new(&document.name);
    let mut root = reader.document(&document.root, kind);
    references::check(document, parts, &mut reader);
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
    spec::assemble(document, root?, reader.collected, faults, diagnostics).map(|spec| spec.filtered(!filter.is_empty()))
}
