//! Which types hold something that is checked before it is sent: `Api` → those with such a member, however deep.

use std::collections::BTreeSet;

use super::walk::holders;
use crate::ir::{Access, Api, TypeDef, TypeId, TypeKind};

/// The types whose values are looked into before they are sent.
pub(super) fn checked(api: &Api) -> BTreeSet<TypeId> {
    let has_checks = |kind: &TypeKind| match kind {
        TypeKind::Struct(object) => {
            let mut sent = object.members.iter().filter(|member| member.access != Access::ReadOnly);
            let others = object.additional.as_ref().is_some_and(|additional| !additional.notes.checks.is_empty());
            others || sent.any(|member| !member.notes.checks.is_empty())
        }
        _ => false,
    };
    let is_checked = |def: &TypeDef| !def.notes.checks.is_empty() || has_checks(&def.kind);
    let own = api.types.iter().filter(|(_, def)| is_checked(def)).map(|(id, _)| id);
    holders(api, own.collect()).into_iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::super::analyze;
    use crate::ir::testing::*;
    use crate::ir::{Access, Additional, Bound, Member, Notes, Struct, TypeKind};
    use crate::pointer::Pointer;

    #[test]
    fn what_is_checked_spreads_to_all_that_hold_it() {
        let id = component_id;
        let notes = || Notes { checks: vec![Bound::MinLength(1)], ..Notes::default() };
        let checked = Member { notes: notes().into(), ..member("x", string()) };
        let others = |notes: Notes| {
            let pointer = Pointer::root().child("additionalProperties");
            let additional = Additional { pointer, ty: map_of(string()), notes: notes.into() };
            TypeKind::Struct(Struct { members: Vec::new(), additional: Some(additional) })
        };
        let read_only = Member { access: Access::ReadOnly, ..checked.clone() };
        let api = build()
            .component("Checked", object([checked, member("holder", named(&id("Holder")))]))
            .component("Holder", object([member("x", list_of(named(&id("Alias"))))]))
            .component("Alias", alias(map_of(named(&id("Checked")))))
            .component("Answered", object([read_only]))
            .component("Free", object([member("x", named(&id("Answered")))]))
            .component("Others", others(notes()))
            .component("FreeOthers", others(Notes::default()))
            .api();
        let facts = analyze(&api);
        let names: Vec<_> = facts.checked.iter().filter_map(|id| id.0.last()).collect();
        assert_eq!(names, ["Alias", "Checked", "Holder", "Others"]);
    }
}
