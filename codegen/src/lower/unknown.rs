//! Members that the description does not know: kept beside the known ones wherever the configuration asks for it, whether
//! or not the description says that there may be some.

use super::types::any_map;
use crate::ir::{Additional, Api, Noted, TypeKind};

/// Gives each object with known members a place for all others.
pub fn keep_unknown_members(api: &mut Api) {
    for def in api.types.values_mut() {
        if let TypeKind::Struct(object) = &mut def.kind {
            object.additional.get_or_insert_with(|| Additional {
                pointer: def.id.0.child("additionalProperties"),
                ty: any_map(),
                notes: Noted::default(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::keep_unknown_members;
    use crate::ir::testing::*;
    use crate::ir::{TypeKind, TypeRef};

    #[test]
    fn every_struct_keeps_what_it_does_not_know() {
        let mut api = build().component("A", object([])).component("B", object([])).component("C", texts(["a"])).api();
        let typed = super::Additional {
            pointer: component_id("B").0,
            ty: map_of(string()),
            notes: crate::ir::Noted::default(),
        };
        if let Some(TypeKind::Struct(b)) = api.types.get_mut(&component_id("B")).map(|def| &mut def.kind) {
            b.additional = Some(typed.clone());
        }
        keep_unknown_members(&mut api);
        let additional = |name: &str| match &api.types[&component_id(name)].kind {
            TypeKind::Struct(object) => object.additional.clone(),
            _ => None,
        };
        assert_eq!(additional("A").map(|additional| additional.ty), Some(map_of(TypeRef::Any)));
        assert_eq!((additional("B"), additional("C")), (Some(typed), None));
    }
}
