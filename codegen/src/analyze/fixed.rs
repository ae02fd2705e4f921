//! Which members have one value only: required ones whose own schema lists a single text, whole number or boolean, or null
//! alone, and those by which unions tell a type, where all of them do by the same text. Whoever makes a value of the type has
//! nothing to choose there.

use std::collections::{BTreeMap, BTreeSet};

use super::walk::end;
use crate::ir::{Access, Api, Enum, Member, Primitive, Struct, Tag, Told, TypeId, TypeKind, TypeRef};

/// The values, by the owning type and the wire name of the member.
pub(super) fn fixed(api: &Api) -> BTreeMap<(TypeId, String), String> {
    let mut fixed = BTreeMap::new();
    for (id, def) in &api.types {
        let TypeKind::Struct(Struct { members, .. }) = &def.kind else { continue };
        for member in members.iter().filter(|member| is_set(member)) {
            if let Some(only) = only(api, member) {
                fixed.insert((id.clone(), member.wire.clone()), only.clone());
            }
        }
    }
    fixed
}

/// Whether a member is always there, in both directions.
fn is_set(member: &Member) -> bool {
    // Any value may be null by itself.
    member.required && (!member.nullable || member.ty == TypeRef::Any) && member.access == Access::Both
}

/// The same for members by which unions tell a type from others; `same` is which type stands for which.
pub(super) fn tagged(api: &Api, same: &BTreeMap<TypeId, TypeId>) -> BTreeMap<(TypeId, String), String> {
    let mut told: BTreeMap<(&TypeId, &str), BTreeSet<&Tag>> = BTreeMap::new();
    for def in api.types.values() {
        let TypeKind::Union(union) = &def.kind else { continue };
        for branch in &union.branches {
            if let (Told::Tagged { member, values }, Some(id)) = (&branch.told, end(api, same, &branch.ty)) {
                told.entry((id, member)).or_default().extend(values);
            }
        }
    }
    let mut fixed = BTreeMap::new();
    for (id, def) in &api.types {
        let TypeKind::Struct(Struct { members, .. }) = &def.kind else { continue };
        let stands = same.get(id).unwrap_or(id);
        for member in members.iter().filter(|member| is_set(member)) {
            let Some(values) = told.get(&(stands, member.wire.as_str())) else { continue };
            let mut values = values.iter();
            if let (Some(Tag::Text(value)), None) = (values.next(), values.next())
                && takes(api, member, value)
            {
                fixed.insert((id.clone(), member.wire.clone()), value.clone());
            }
        }
    }
    fixed
}

/// Whether a member is a text that may be this one: any, or one that its type lists.
fn takes(api: &Api, member: &Member, value: &str) -> bool {
    match &member.ty {
        TypeRef::Primitive(Primitive::String) => true,
        TypeRef::Named(id) => match api.types.get(id).map(|def| &def.kind) {
            Some(TypeKind::Enum(of)) => of.values.iter().any(|known| known == value),
            _ => false,
        },
        _ => false,
    }
}

/// The one value that a member's own schema lists: a type that stands elsewhere may be one of several that the member allows.
fn only<'a>(api: &'a Api, member: &'a Member) -> Option<&'a String> {
    let values = match &member.ty {
        TypeRef::Named(own) if own.0 == member.pointer => match &api.types.get(own)?.kind {
            TypeKind::Enum(Enum { values, takes_others: false, .. }) => values,
            _ => return None,
        },
        TypeRef::Primitive(Primitive::Boolean) => &member.notes.values,
        TypeRef::Any if member.notes.values == ["null"] => &member.notes.values,
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
    use crate::ir::{Access, Member, Primitive, Tag, Told, TypeId, TypeKind, TypeRef, Union};

    #[test]
    fn a_member_by_which_all_unions_tell_a_type() {
        let (a, b) = (component_id("A"), component_id("B"));
        let union = |branches: [(&TypeId, &str); 2]| {
            let of_one = |(id, tag): (&TypeId, &str)| {
                let told = Told::Tagged { member: "kind".to_owned(), values: vec![Tag::Text(tag.to_owned())] };
                branch(id.0.clone(), told, named(id))
            };
            TypeKind::Union(Union { branches: branches.map(of_one).into() })
        };
        let fixed = |second: &str, required: bool| {
            let kind = || Member { required, ..member("kind", string()) };
            let api = build()
                .component("A", object([kind()]))
                .component("B", object([kind(), member("b", string())]))
                .component("U", union([(&a, "a"), (&b, "b")]))
                .component("V", union([(&a, "a"), (&b, second)]))
                .api();
            analyze(&api).fixed.into_values().collect::<Vec<_>>()
        };
        assert_eq!(fixed("b", true), ["a", "b"]);
        assert_eq!(fixed("c", true), ["a"]);
        assert!(fixed("b", false).is_empty());
    }

    #[test]
    fn a_member_that_lists_its_values_has_one_that_it_lists() {
        let (a, kind) = (component_id("A"), component_id("Kind"));
        let fixed = |tag: &str| {
            let told = Told::Tagged { member: "kind".to_owned(), values: vec![Tag::Text(tag.to_owned())] };
            let api = build()
                .component("A", object([Member { required: true, ..member("kind", named(&kind)) }]))
                .component("Kind", texts(["a", "b"]))
                .component("U", TypeKind::Union(Union { branches: vec![branch(a.0.clone(), told, named(&a))] }))
                .api();
            analyze(&api).fixed.into_values().collect::<Vec<_>>()
        };
        assert_eq!(fixed("a"), ["a"]);
        assert!(fixed("c").is_empty(), "there is no such value");
    }

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
        let any = |wire: &str, values: &[&str]| Member { nullable: true, ty: TypeRef::Any, ..flag(wire, values) };
        let elsewhere = Member { required: true, ..member("elsewhere", named(&component_id("One"))) };
        let members = [
            own("one"),
            own("two"),
            flag("three", &["true"]),
            flag("four", &[]),
            Member { required: false, ..own("optional") },
            Member { access: Access::ReadOnly, ..own("read") },
            Member { nullable: true, ..own("nullable") },
            elsewhere,
            any("nothing", &["null"]),
            any("something", &["1.5", "[]"]),
            any("number", &["1.5"]),
        ];
        let api = build()
            .component("A", object(members))
            .component("One", texts(["x"]))
            .part(&a, "one", texts(["x"]))
            .part(&a, "two", texts(["x", "y"]))
            .part(&a, "optional", texts(["x"]))
            .part(&a, "read", texts(["x"]))
            .part(&a, "nullable", texts(["x"]))
            .api();
        let fixed: Vec<((TypeId, String), String)> = analyze(&api).fixed.into_iter().collect();
        let of = |wire: &str, value: &str| ((a.clone(), wire.to_owned()), value.to_owned());
        assert_eq!(fixed, [of("nothing", "null"), of("one", "x"), of("three", "true")]);
    }
}
