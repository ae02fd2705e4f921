//! Which members have one value only: required ones whose own schema lists a single text. Whoever makes a value of the type
//! has nothing to choose there.

use std::collections::BTreeMap;

use crate::ir::{Access, Api, Enum, Struct, TypeId, TypeKind, TypeRef};

/// The values, by the owning type and the wire name of the member.
pub(super) fn fixed(api: &Api) -> BTreeMap<(TypeId, String), String> {
    let mut fixed = BTreeMap::new();
    for (id, def) in &api.types {
        let TypeKind::Struct(Struct { members }) = &def.kind else { continue };
        for member in members.iter().filter(|member| member.required && !member.nullable) {
            // A type that stands elsewhere may be one of several that the member allows.
            let TypeRef::Named(own) = &member.ty else { continue };
            if own.0 != member.pointer || member.access != Access::Both {
                continue;
            }
            if let Some(TypeKind::Enum(Enum { values })) = api.types.get(own).map(|def| &def.kind)
                && let [only] = values.as_slice()
            {
                fixed.insert((id.clone(), member.wire.clone()), only.clone());
            }
        }
    }
    fixed
}

#[cfg(test)]
mod tests {
    use super::super::analyze;
    use crate::ir::testing::*;
    use crate::ir::{Member, TypeId};

    #[test]
    fn a_required_member_with_a_single_text_of_its_own() {
        let a = component_id("A");
        let own = |wire: &str| {
            let id = part(&a, wire);
            Member { pointer: id.0.clone(), required: true, ..member(wire, named(&id)) }
        };
        let elsewhere = Member { required: true, ..member("elsewhere", named(&component_id("One"))) };
        let members = [
            own("one"),
            own("two"),
            Member { required: false, ..own("optional") },
            Member { nullable: true, ..own("nullable") },
            elsewhere,
        ];
        let api = build()
            .component("A", object(members))
            .component("One", texts(["x"]))
            .part(&a, "one", texts(["x"]))
            .part(&a, "two", texts(["x", "y"]))
            .part(&a, "optional", texts(["x"]))
            .part(&a, "nullable", texts(["x"]))
            .api();
        let fixed: Vec<((TypeId, String), String)> = analyze(&api).fixed.into_iter().collect();
        assert_eq!(fixed, [((a, "one".to_owned()), "x".to_owned())]);
    }
}
