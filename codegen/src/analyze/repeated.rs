//! Which words about errors many operations repeat: long ones, of a status whose body has a type with a name. The docs of that
//! type's accessor can have them once for all.

use std::collections::{BTreeMap, BTreeSet};

use super::Standing;
use crate::ir::{Api, Operation, TypeId, TypeRef};

/// So many operations are many.
const MANY: usize = 3;

/// Shorter words are quicker read than looked up, in bytes.
const LONG: usize = 120;

/// The words, by the type of the body (the one that stands for it), and by status.
pub type Repeated = BTreeMap<TypeId, BTreeSet<(String, String)>>;

pub(super) fn repeated(api: &Api, standing: &Standing<'_>) -> Repeated {
    let mut counts: BTreeMap<(&TypeId, &str, &str), usize> = BTreeMap::new();
    for said in api.operations.iter().flat_map(said) {
        *counts.entry(said).or_default() += 1;
    }
    let mut repeated = Repeated::new();
    for ((id, status, words), _) in counts.into_iter().filter(|(_, count)| *count >= MANY) {
        repeated.entry(standing.of(id).clone()).or_default().insert((status.to_owned(), words.to_owned()));
    }
    repeated
}

/// The long words about errors with a named type, by that and the status.
fn said(operation: &Operation) -> impl Iterator<Item = (&TypeId, &str, &str)> {
    operation.responses.iter().filter(|response| !response.is_success).filter_map(|response| {
        let words = response.docs.description.as_deref().filter(|words| words.len() > LONG)?;
        let (status, ty) = operation.errors.iter().find(|(status, _)| *status == response.status)?;
        let TypeRef::Named(id) = ty else { return None };
        Some((id, status.as_str(), words))
    })
}
