//! What operations reach: `Api` → the types that requests can hold, those that answers can hold, those that stand at the
//! root of error answers, and the primitives in use.

use std::collections::BTreeSet;

use super::Standing;
use super::walk::{answers, innermost, named, parts, request};
use crate::ir::{Api, Primitive, TypeId, TypeRef};

/// The types that a request can hold.
pub(super) fn in_requests(api: &Api, standing: &Standing<'_>) -> BTreeSet<TypeId> {
    reached(api, standing, api.operations.iter().flat_map(request))
}

/// The types that an answer can hold, a success or an error.
pub(super) fn in_answers(api: &Api, standing: &Standing<'_>) -> BTreeSet<TypeId> {
    reached(api, standing, api.operations.iter().flat_map(answers))
}

/// The types that error answers hold at their root.
pub(super) fn error_types(api: &Api, standing: &Standing<'_>) -> BTreeSet<TypeId> {
    let roots = api.operations.iter().flat_map(|operation| &operation.errors);
    let named = roots.filter_map(|(_, ty)| match ty {
        TypeRef::Named(id) => Some(standing.of(id).clone()),
        _ => None,
    });
    named.collect()
}

/// The primitives that types and operations mention.
pub(super) fn primitives(api: &Api) -> BTreeSet<Primitive> {
    let in_types = api.types.values().flat_map(|def| parts(&def.kind));
    let in_operations = api.operations.iter().flat_map(|operation| request(operation).chain(answers(operation)));
    let leaves = in_types.chain(in_operations).map(innermost);
    let primitives = leaves.filter_map(|ty| match ty {
        TypeRef::Primitive(primitive) => Some(*primitive),
        _ => None,
    });
    primitives.collect()
}

fn reached<'a>(api: &Api, standing: &Standing<'_>, from: impl Iterator<Item = &'a TypeRef>) -> BTreeSet<TypeId> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<TypeId> = from.filter_map(named).map(|id| standing.of(id).clone()).collect();
    while let Some(id) = open.pop() {
        let Some(def) = api.types.get(&id) else { continue };
        if reached.insert(id) {
            open.extend(parts(&def.kind).into_iter().filter_map(named).map(|inner| standing.of(inner).clone()));
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::super::analyze;
    use crate::ir::testing::*;
    use crate::ir::{Primitive, TypeId, TypeRef};

    fn names<'a>(ids: impl IntoIterator<Item = &'a TypeId>) -> Vec<String> {
        ids.into_iter().filter_map(|id| id.0.last()).collect()
    }

    #[test]
    fn requests_answers_and_errors_are_told_apart() {
        let id = component_id;
        let api = build()
            .component("Asked", object([member("inner", list_of(named(&id("Inner"))))]))
            .component("Inner", object([member("id", TypeRef::Primitive(Primitive::Uuid))]))
            .component("Given", object([member("self", map_of(named(&id("Given"))))]))
            .component("Envelope", object([member("code", TypeRef::Primitive(Primitive::I32))]))
            .component("Unused", object([member("x", string())]))
            .operation(
                post("/a")
                    .id("a")
                    .body(named(&id("Asked")))
                    .answer(named(&id("Given")))
                    .error("4XX", named(&id("Envelope"))),
            )
            .api();
        let facts = analyze(&api);
        assert_eq!(names(&facts.in_requests), ["Asked", "Inner"]);
        assert_eq!(names(&facts.in_answers), ["Envelope", "Given"]);
        assert_eq!(names(&facts.error_types), ["Envelope"]);
        assert_eq!(Vec::from_iter(facts.primitives), [Primitive::String, Primitive::Uuid, Primitive::I32]);
    }
}
