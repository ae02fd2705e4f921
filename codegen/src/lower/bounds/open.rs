//! Texts out of a list, or any other text: what the others must keep to.

use regex_lite::Regex;

use super::{Found, said};
use crate::diag::{BOUNDS_UNCHECKED, Diagnostic};
use crate::ir::{Bound, JsonKind};
use crate::lower::shape::{Shape, open_branches, values};
use crate::pointer::Pointer;

impl Found<'_> {
    /// What values must keep to that one of `places` lists some of, or allows others beside them: the bounds of the only branch
    /// of others, if all that are listed keep to these too.
    pub(super) fn of_open(&mut self, places: impl Iterator<Item = Pointer>, depth: usize) -> Vec<Bound> {
        let open = |place: Pointer| open_branches(self.spec, &place);
        let Some((branches, listed)) = places.into_iter().find_map(open) else { return Vec::new() };
        let listed_values = match said(self.spec, listed) {
            Some((ways, Shape::Enum(kind @ JsonKind::String))) => {
                ways.last().map(|(end, _)| values(self.spec, end, kind)).unwrap_or_default()
            }
            _ => return Vec::new(),
        };
        let others: Vec<&Pointer> = branches.into_iter().filter(|branch| *branch != listed).collect();
        let mut bounds = Vec::new();
        for branch in &others {
            let of_branch = self.bounds_of(branch, true, depth);
            let are_kept = || listed_values.iter().all(|value| of_branch.iter().all(|bound| keeps(value, bound)));
            if others.len() == 1 && are_kept() {
                bounds.extend(of_branch);
            } else if !of_branch.is_empty() && self.unread.insert((*branch).clone()) {
                let message =
                    "what this branch holds is not checked before it is sent, for values of others need not keep to it";
                self.diagnostics.push(Diagnostic::new(&BOUNDS_UNCHECKED, message).at(*branch));
            }
        }
        bounds
    }
}

/// Whether a text keeps to a bound of texts.
fn keeps(text: &str, bound: &Bound) -> bool {
    let size = || u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    match bound {
        Bound::MinLength(least) => size() >= *least,
        Bound::MaxLength(most) => size() <= *most,
        Bound::Pattern(pattern) => Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text)),
        _ => true,
    }
}
