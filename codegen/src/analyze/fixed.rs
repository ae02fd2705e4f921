//! Which members have one value only: required ones whose own schema lists a single text, whole number or boolean. Whoever makes a value of the type
//! has nothing to choose there.

use std::collections::BTreeMap;

use crate::ir::{Access, Api, Enum, Member, Primitive, Struct, TypeId, TypeKind, TypeRef};

/// The values, by the owning type and the wire name of the member.
pub(super) fn fixed(api: &Api) -> BTreeMap<(TypeId, String), String> {
    let mut fixed = BTreeMap::new();
    for (id, def) in &api.types {
        let TypeKind::Struct(Struct { members, .. }) = &def.kind else { continue };
        for member in members.iter().filter(|member| member.required && !member.nullable) {
            if let Some(only) = only(api, member).filter(|_| member.access == Access::Both) {
                fixed.insert((id.clone(), member.wire.clone()), only.clone());
            }
        }
    }
    fixed
}

/// The one value that a member's own schema lists: a type that stands elsewhere may be one of several that the member allows.
fn only<'a>(api: &'a Api, member: &'a Member) -> Option<&'a String> {
    let values = match &member.ty {
        TypeRef::Named(own) if own.0 == member.pointer => match &api.types.get(own)?.kind {
            TypeKind::Enum(Enum { values, .. }) => values,
            _ => return None,
        },
        TypeRef::Primitive(Primitive::Boolean) => &member.notes.values,
        _ => return None,
    };
    match values.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::analyze;
    use crate::ir::testing::*;
    use crate::ir::{Member, Primitive, TypeId, TypeRef};

    #[test]
    fn a_required_member_with_a_single_text_of_its_own() {
        let a = component_id("A");
        let own = |wire: &str| {
            let id = part(&a, wire);
            Member { pointer: id.0.clone(), required: true, ..member(wire, named(&id)) }
        };
        let flag = |wire: &str, values: &[&str]| {
            let mut flag = Member { required: true, ..member(wire, TypeRef::Primitive(Primitive::Boolean)) };
            flag.notes.values = values.iter().map(|value| (*value).to_owned()).collect();
            flag
        };
        let elsewhere = Member { required: true, ..member("elsewhere", named(&component_id("One"))) };
        let members = [
            own("one"),
            own("two"),
            flag("three", &["true"]),
            flag("four", &[]),
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
        let of = |wire: &str, value: &str| ((a.clone(), wire.to_owned()), value.to_owned());
        assert_eq!(fixed, [of("one", "x"), of("three", "true")]);
    }
}
