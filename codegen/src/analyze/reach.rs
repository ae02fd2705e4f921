//! What operations reach: `Api` → the types that requests can hold, those that answers can hold, those that stand at the
//! root of error answers, and the primitives in use.

use std::collections::BTreeSet;

use super::Standing;
use super::walk::{innermost, named, parts, request};
use crate::ir::{Api, Operation, Payload, Primitive, TypeId, TypeKind, TypeRef};

/// The types that a request can hold: all, where nobody says who sends what.
pub(super) fn in_requests(api: &Api, standing: &Standing<'_>) -> BTreeSet<TypeId> {
    if api.operations.is_empty() {
        return api.types.keys().cloned().collect();
    }
    reached(api, standing, api.operations.iter().flat_map(request))
}

/// The types that requests send as forms and in no other way.
pub(super) fn forms(api: &Api, standing: &Standing<'_>) -> BTreeSet<TypeId> {
    let form = |operation: &Operation| match operation.body.as_ref().map(|body| &body.payload) {
        Some(Payload::Form { ty, .. } | Payload::Multipart { ty, .. }) => {
            end(api, ty).map(|id| standing.of(id).clone())
        }
        _ => None,
    };
    let forms: BTreeSet<TypeId> = api.operations.iter().filter_map(form).collect();
    let inside = forms.iter().filter_map(|id| api.types.get(id)).flat_map(|def| parts(&def.kind));
    let whole = api.operations.iter().filter(|operation| form(operation).is_none()).flat_map(request);
    let arguments = api.operations.iter().flat_map(|operation| &operation.parameters).map(|parameter| &parameter.ty);
    let others = reached(api, standing, inside.chain(whole).chain(arguments));
    forms.into_iter().filter(|id| !others.contains(id)).collect()
}

/// The type at the end of aliases.
fn end<'a>(api: &'a Api, ty: &'a TypeRef) -> Option<&'a TypeId> {
    let mut seen = BTreeSet::new();
    let mut ty = ty;
    while let TypeRef::Named(id) = ty {
        match &api.types.get(id)?.kind {
            TypeKind::Alias(target) if seen.insert(id) => ty = target,
            _ => return Some(id),
        }
    }
    None
}

/// The types that an answer can hold, a success or an error, or the body of a webhook: all, where nobody says who sends what.
pub(super) fn in_answers(api: &Api, standing: &Standing<'_>) -> BTreeSet<TypeId> {
    if api.operations.is_empty() {
        return api.types.keys().cloned().collect();
    }
    let sent = api.webhooks.iter().map(|webhook| &webhook.ty);
    reached(api, standing, api.operations.iter().flat_map(Operation::answered).chain(sent))
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
    let primitives = leaves(api).filter_map(|ty| match ty {
        TypeRef::Primitive(primitive) => Some(*primitive),
        _ => None,
    });
    primitives.collect()
}

/// The paths of types that texts stand for.
pub(super) fn text_paths(api: &Api) -> BTreeSet<String> {
    paths(api, |ty| if let TypeRef::TextOf(path) = ty { Some(path) } else { None })
}

/// The paths of types that numbers stand for.
pub(super) fn number_paths(api: &Api) -> BTreeSet<String> {
    paths(api, |ty| if let TypeRef::NumberOf(path) = ty { Some(path) } else { None })
}

fn paths(api: &Api, path: fn(&TypeRef) -> Option<&String>) -> BTreeSet<String> {
    leaves(api).filter_map(path).cloned().collect()
}

/// What types and operations consist of in the end.
fn leaves(api: &Api) -> impl Iterator<Item = &TypeRef> {
    let in_types = api.types.values().flat_map(|def| parts(&def.kind));
    let in_operations = api.operations.iter().flat_map(|operation| request(operation).chain(operation.answered()));
    in_types.chain(in_operations).map(innermost)
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
    use crate::ir::{Primitive, TypeId, TypeKind, TypeRef};

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
    #[test]
    fn types_without_operations_go_both_ways() {
        let facts = analyze(&build().component("A", object([member("x", string())])).api());
        assert_eq!(names(&facts.in_requests), ["A"]);
        assert_eq!(names(&facts.in_answers), ["A"]);
    }

    #[test]
    fn what_is_sent_as_a_form_alone_is_a_form() {
        let id = component_id;
        let api = build()
            .component("Form", object([member("inner", named(&id("Inner")))]))
            .component("Same", TypeKind::Alias(named(&id("Form"))))
            .component("Inner", object([member("x", string())]))
            .component("Both", object([member("y", string())]))
            .operation(post("/a").id("a").form(named(&id("Same"))).answer(named(&id("Form"))))
            .operation(post("/b").id("b").form(named(&id("Both"))))
            .operation(post("/c").id("c").body(list_of(named(&id("Both")))))
            .operation(post("/d").id("d").form(named(&id("Inner"))))
            .component("Filter", object([member("z", string())]))
            .operation(post("/e").id("e").query("filter", named(&id("Filter"))).form(named(&id("Filter"))))
            .component("Loop", TypeKind::Alias(named(&id("Loop"))))
            .operation(post("/g").id("g").form(named(&id("Loop"))))
            .api();
        assert_eq!(names(&analyze(&api).forms), ["Form"]);
    }
}
