//! Why things are left out, or read as less than they are: each cause once, at its place, with the operations that it
//! takes along.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics, UNRESOLVED_REFERENCE};
use crate::ir::TypeId;
use crate::normalize::{Fault, Spec};
use crate::pointer::Pointer;

/// How many operations the help line of a cause names.
const NAMED: usize = 3;

/// A cause that is kept in [`Causes`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cause {
    /// Where it stands.
    pub(super) place: Pointer,
    id: &'static str,
}

#[derive(Debug)]
struct Known {
    diagnostic: Diagnostic,
    /// What is left out for it, as messages name it.
    takes: Vec<String>,
    /// What is read instead of what can't be read.
    read_as: Option<&'static str>,
    /// Whether it is reported even if it takes nothing along.
    always: bool,
    /// It is reported if one of these is decoded.
    of_decoded: BTreeSet<TypeId>,
    /// How many others are the same, each at a place of its own.
    more: usize,
}

impl Known {
    fn new(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, takes: Vec::new(), read_as: None, always: false, of_decoded: BTreeSet::new(), more: 0 }
    }

    /// The finding, with what it takes along.
    fn told(self) -> Diagnostic {
        let Self { mut diagnostic, takes, more, .. } = self;
        if more > 0 {
            let references = if more == 1 { "reference" } else { "references" };
            diagnostic = diagnostic.help(format!("so it is with {more} more {references}"));
        }
        if takes.is_empty() {
            return diagnostic;
        }
        let first: Vec<_> = takes.iter().take(NAMED).map(String::as_str).collect();
        let more = takes.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        diagnostic.help(format!("left out for this: {}{more}", first.join(", ")))
    }
}

/// All causes, and remarks that leave nothing out.
#[derive(Debug, Default)]
pub(super) struct Causes {
    known: BTreeMap<Cause, Known>,
    /// Further findings at places that have a cause of the same code.
    others: Vec<Diagnostic>,
}

impl Causes {
    /// The causes that were known before: what can't be read. Each is reported whatever it takes along.
    pub(super) fn of(spec: &Spec) -> Self {
        let mut causes = Self::default();
        for found in spec.findings() {
            let place = found.place.as_ref().and_then(|place| place.pointer.clone());
            let cause = place.map(|place| Cause { place, id: found.code.id });
            match cause.map(|cause| causes.known.entry(cause)) {
                Some(Entry::Vacant(entry)) => {
                    entry.insert(Known { always: true, ..Known::new(found.clone()) });
                }
                _ => causes.others.push(found.clone()),
            }
        }
        causes
    }

    /// The cause that something can't be read.
    pub(super) fn fault(&mut self, fault: &Fault) -> Cause {
        self.remark(&fault.place, fault.code, "this can't be read")
    }

    /// Says that a schema that can't be read is any value.
    pub(super) fn anything(&mut self, fault: &Fault) {
        self.read_as(fault, "any value");
    }

    /// Says that a response that can't be read is bytes.
    pub(super) fn bytes(&mut self, fault: &Fault) {
        self.read_as(fault, "bytes");
    }

    fn read_as(&mut self, fault: &Fault, what: &'static str) {
        let cause = self.fault(fault);
        if let Some(known) = self.known.get_mut(&cause) {
            known.read_as = Some(what);
        }
    }

    /// Keeps a cause at `place`; it is reported if something is left out for it in the end.
    pub(super) fn block(&mut self, place: &Pointer, code: &'static Code, message: impl Into<String>) -> Cause {
        self.keep(place, code, message.into(), false)
    }

    /// Keeps a remark at `place`, which is reported whatever happens.
    pub(super) fn remark(&mut self, place: &Pointer, code: &'static Code, message: impl Into<String>) -> Cause {
        self.keep(place, code, message.into(), true)
    }

    /// Keeps a finding whose place is `place`, which is reported whatever happens.
    pub(super) fn found(&mut self, place: &Pointer, found: Diagnostic) {
        let cause = Cause { place: place.clone(), id: found.code.id };
        self.known.entry(cause).or_insert_with(|| Known { always: true, ..Known::new(found) });
    }

    /// Keeps a remark at `place` on how values of the type `of` are decoded, which is reported if any are.
    pub(super) fn decoding(&mut self, of: &TypeId, place: &Pointer, code: &'static Code, message: impl Into<String>) {
        let cause = self.keep(place, code, message.into(), false);
        if let Some(known) = self.known.get_mut(&cause) {
            known.of_decoded.insert(of.clone());
        }
    }

    /// Says which types are decoded.
    pub(super) fn decoded(&mut self, types: &BTreeSet<TypeId>) {
        for known in self.known.values_mut() {
            known.always |= !known.of_decoded.is_disjoint(types);
        }
    }

    /// Says that `what` is left out for `cause`, and with which code.
    pub(super) fn take(&mut self, cause: &Cause, what: &str) -> Option<&'static Code> {
        let known = self.known.get_mut(cause)?;
        known.takes.push(what.to_owned());
        Some(known.diagnostic.code)
    }

    /// Reports all in the order of their pointers. That several references lead to what isn't there is said once.
    pub(super) fn report(self, diagnostics: &mut Diagnostics) {
        let mut reported: Vec<Known> = Vec::with_capacity(self.known.len());
        let mut missing = BTreeMap::new();
        for mut known in self.known.into_values() {
            if let Some(what) = known.read_as {
                known.diagnostic.message.push_str(&format!("; this is read as {what}"));
            }
            if known.takes.is_empty() && !known.always {
                continue;
            }
            if known.diagnostic.code.id == UNRESOLVED_REFERENCE.id {
                let Diagnostic { message, label, help, .. } = &known.diagnostic;
                let first = *missing.entry((message.clone(), label.clone(), help.clone())).or_insert(reported.len());
                if let Some(first) = reported.get_mut(first) {
                    first.takes.append(&mut known.takes);
                    first.more += 1;
                    continue;
                }
            }
            reported.push(known);
        }
        reported.into_iter().for_each(|known| diagnostics.push(known.told()));
        self.others.into_iter().for_each(|found| diagnostics.push(found));
    }

    fn keep(&mut self, place: &Pointer, code: &'static Code, message: String, always: bool) -> Cause {
        let cause = Cause { place: place.clone(), id: code.id };
        let known =
            self.known.entry(cause.clone()).or_insert_with(|| Known::new(Diagnostic::new(code, message).at(place)));
        known.always |= always;
        cause
    }
}
