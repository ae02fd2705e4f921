//! Operations: their identifiers are distinct.

use std::collections::HashMap;

use super::Tree;
use crate::diag::{DUPLICATE_OPERATION_ID, Diagnostic, Diagnostics};
use crate::normalize::read::scalar_text;
use crate::pointer::Pointer;

/// Checks all operations. One that two paths share through a path item is one operation.
pub(super) fn check(tree: &Tree<'_>, diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<String, Pointer> = HashMap::new();
    for (_, _, item) in tree.path_items() {
        for (place, operation) in tree.operations(&item) {
            let Some(id) = operation.get("operationId").and_then(|id| scalar_text(&id.value)) else { continue };
            let at = place.child("operationId");
            match seen.get(&id) {
                Some(other) if *other != at => {
                    let found = Diagnostic::new(&DUPLICATE_OPERATION_ID, format!("`{id}` is there twice")).at(&at);
                    let found = found.related(other, "the other one");
                    diagnostics.push(found.help("give each operation an `operationId` of its own"));
                }
                Some(_) => {}
                None => {
                    seen.insert(id, at);
                }
            }
        }
    }
}
