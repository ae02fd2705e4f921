//! What can't be read of a description, sorted by what it concerns: an object of its own (a schema, a parameter, an operation
//! and so on), which is left out with everything that needs it, or the description as a whole.

use std::collections::BTreeMap;

use super::read::Reader;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::pointer::Pointer;

/// Why an object can't be read: the finding with this code at this place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where the finding stands.
    pub place: Pointer,
    /// Its code.
    pub code: &'static Code,
}

/// All objects that can't be read.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    /// By the place of the object; the first of several findings.
    pub(super) by_place: BTreeMap<Pointer, Fault>,
    /// The findings behind them, none of them an error any more.
    pub(super) findings: Vec<Diagnostic>,
}

/// Takes the errors that concern single objects out of what `reader` has found.
pub(super) fn faults(reader: &mut Reader) -> Faults {
    let mut faults = Faults::default();
    let mut others = Diagnostics::default();
    for found in std::mem::take(&mut reader.diagnostics) {
        let place = found.place.as_ref().and_then(|place| place.pointer.clone());
        let owner = place.as_ref().filter(|_| found.severity == Severity::Error).and_then(|place| owner(reader, place));
        match place.zip(owner) {
            Some((place, owner)) => {
                faults.by_place.entry(owner).or_insert(Fault { place, code: found.code });
                faults.findings.push(found.partial());
            }
            None => others.push(found),
        }
    }
    reader.diagnostics = others;
    faults
}

/// The innermost object around `place` that can be left out.
pub(super) fn owner(reader: &Reader, place: &Pointer) -> Option<Pointer> {
    let mut place = place.clone();
    loop {
        if let Some(Some(kind)) = reader.places.get(&place)
            && kind.section_of.is_some()
        {
            return Some(place);
        }
        place = place.parent()?;
    }
}
