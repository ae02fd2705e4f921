//! Which types can be compared in full and hashed: `Api` → those that hold no number with a fraction and no arbitrary JSON
//! (a union keeps a value that none of its branches matches, which is arbitrary JSON).

use std::collections::BTreeSet;

use super::walk::{holders, innermost, parts};
use crate::ir::{Api, Primitive, TypeId, TypeKind, TypeRef};

/// The types that can be `Eq` and `Hash`.
pub(super) fn eq(api: &Api) -> BTreeSet<TypeId> {
    let own = |kind: &TypeKind| parts(kind).into_iter().any(is_not_eq) || matches!(kind, TypeKind::Union(_));
    let not_eq = api.types.iter().filter(|(_, def)| own(&def.kind)).map(|(id, _)| id);
    let not_eq = holders(api, not_eq.collect());
    api.types.keys().filter(|id| !not_eq.contains(id)).cloned().collect()
}

fn is_not_eq(ty: &TypeRef) -> bool {
    matches!(innermost(ty), TypeRef::Any | TypeRef::Primitive(Primitive::F64) | TypeRef::NumberOf(_))
}

#[cfg(test)]
mod tests {
    use super::super::analyze;
    use crate::ir::testing::*;
    use crate::ir::{JsonKind, Primitive, TypeRef};

    #[test]
    fn floats_and_any_json_spread_to_all_that_hold_them() {
        let id = component_id;
        let api = build()
            .component("Float", object([member("x", list_of(TypeRef::Primitive(Primitive::F64)))]))
            .component("Any", object([member("x", map_of(TypeRef::Any))]))
            .component("Number", object([member("x", TypeRef::NumberOf("a::B".to_owned()))]))
            .component("Union", union([(JsonKind::String, string())]))
            .component("Holder", object([member("x", list_of(named(&id("Float"))))]))
            .component("Plain", object([member("x", named(&id("Plain"))), member("y", named(&id("Texts")))]))
            .component("Texts", texts(["a"]))
            .component("LoopA", object([member("b", named(&id("LoopB"))), member("f", named(&id("Alias")))]))
            .component("LoopB", object([member("a", named(&id("LoopA")))]))
            .component("Alias", alias(TypeRef::Primitive(Primitive::F64)))
            .api();
        let facts = analyze(&api);
        let eq: Vec<_> = facts.eq.iter().filter_map(|id| id.0.last()).collect();
        assert_eq!(eq, ["Plain", "Texts"]);
    }
}
