//! Which members can't be there in every value, whatever the description says: the required members of an object that
//! would each hold another such object, without end. No finite JSON text has them all, so they are read as optional.

use std::collections::{BTreeMap, BTreeSet};

use super::Standing;
use super::walk::end;
use crate::ir::{Api, Struct, TypeId, TypeKind};

/// The members (owner and wire name) out of `boxed`, those on a cycle, that are required all the way around it. Unions break
/// a cycle, for they need nothing: each has a variant for what isn't listed.
pub(super) fn endless(
    api: &Api,
    standing: &Standing<'_>,
    boxed: &BTreeSet<(TypeId, String)>,
) -> BTreeSet<(TypeId, String)> {
    // What each type on a cycle needs before there can be a value of it.
    let mut needs: BTreeMap<&TypeId, Vec<(&String, &TypeId)>> = BTreeMap::new();
    for (owner, wire) in boxed {
        if let Some(target) = required(api, standing.same, owner, wire) {
            needs.entry(owner).or_default().push((wire, target));
        }
    }
    let mut needed_by: BTreeMap<&TypeId, Vec<&TypeId>> = BTreeMap::new();
    let mut missing: BTreeMap<&TypeId, usize> = BTreeMap::new();
    for (&owner, targets) in &needs {
        let endless = targets.iter().filter(|(_, target)| needs.contains_key(target));
        for (_, target) in endless {
            needed_by.entry(target).or_default().push(owner);
            *missing.entry(owner).or_default() += 1;
        }
    }
    // Types without needs that can't be met; then those that need only such types; what is left is endless.
    let mut finite: Vec<&TypeId> = needs.keys().filter(|id| !missing.contains_key(*id)).copied().collect();
    while let Some(id) = finite.pop() {
        for owner in needed_by.remove(id).unwrap_or_default() {
            if let Some(count) = missing.get_mut(owner) {
                *count -= 1;
                if *count == 0 {
                    missing.remove(owner);
                    finite.push(owner);
                }
            }
        }
    }
    let members = missing.keys().filter_map(|owner| Some((owner, needs.get(*owner)?)));
    let members = members.flat_map(|(owner, needs)| needs.iter().map(move |(wire, target)| (*owner, *wire, *target)));
    let endless = members.filter(|(_, _, target)| missing.contains_key(target));
    endless.map(|(owner, wire, _)| (owner.clone(), wire.clone())).collect()
}

/// The type of a member that must be there and can't be null.
fn required<'a>(api: &'a Api, same: &'a BTreeMap<TypeId, TypeId>, owner: &TypeId, wire: &str) -> Option<&'a TypeId> {
    let (is_needed, ty) = match &api.types.get(owner)?.kind {
        TypeKind::Struct(Struct { members, .. }) => {
            let member = members.iter().find(|member| member.wire == wire)?;
            (member.required && !member.nullable, &member.ty)
        }
        TypeKind::Tuple(tuple) => {
            let item = tuple.items.get(wire.parse::<usize>().ok()?)?;
            (!item.nullable, &item.ty)
        }
        _ => return None,
    };
    if is_needed { end(api, same, ty) } else { None }
}

#[cfg(test)]
mod tests {
    use super::super::{Presence, analyze};
    use crate::ir::testing::*;
    use crate::ir::{Api, JsonKind, Member, TypeKind, TypeRef};

    fn required(wire: &str, ty: TypeRef) -> Member {
        Member { required: true, ..member(wire, ty) }
    }

    fn always(api: &Api) -> Vec<String> {
        let facts = analyze(api);
        let mut found = Vec::new();
        for (id, def) in &api.types {
            let TypeKind::Struct(object) = &def.kind else { continue };
            let needed = object.members.iter().filter(|member| facts.presence(id, member) == Presence::Always);
            found.extend(needed.map(|member| format!("{}.{}", id.0.last().unwrap_or_default(), member.wire)));
        }
        found
    }

    #[test]
    fn what_no_finite_value_has_is_optional() {
        let (a, b, c) = (component_id("A"), component_id("B"), component_id("C"));
        let api = build()
            .component("A", object([required("b", named(&b)), required("id", string())]))
            .component("B", alias(named(&c)))
            .component("C", object([required("id", string()), required("a", named(&a))]))
            .component("D", object([required("d", named(&component_id("D"))), required("a", named(&a))]))
            .api();
        assert_eq!(always(&api), ["A.id", "C.id", "D.a"]);
    }

    #[test]
    fn one_member_that_may_be_absent_ends_a_cycle_of_any_length() {
        let id = component_id;
        let api = build()
            .component("A", object([required("b", named(&id("B")))]))
            .component("B", object([required("c", named(&id("C")))]))
            .component("C", object([required("d", named(&id("D"))), required("again", named(&id("C")))]))
            .component("D", object([member("a", named(&id("A")))]))
            .api();
        assert_eq!(always(&api), ["C.d"], "whatever holds a `C` has no end, and the way by `D` has one");
        let api = build()
            .component("A", object([required("b", named(&id("B")))]))
            .component("B", object([required("c", named(&id("C")))]))
            .component("C", object([required("d", named(&id("D")))]))
            .component("D", object([member("a", named(&id("A")))]))
            .api();
        assert_eq!(always(&api), ["A.b", "B.c", "C.d"]);
    }

    #[test]
    fn items_of_tuples_are_needed_too() {
        let (a, t, end) = (component_id("A"), component_id("T"), component_id("End"));
        let api = build()
            .component("A", object([required("t", named(&t)), required("end", named(&end))]))
            .component("T", tuple([string(), named(&a), list_of(named(&t))]))
            .component("End", tuple([string(), list_of(named(&end))]))
            .component("Itself", tuple([named(&component_id("Itself")), named(&end)]))
            .api();
        assert_eq!(always(&api), ["A.end"]);
        let endless = analyze(&api).endless;
        let endless: Vec<_> = endless.iter().map(|(id, label)| format!("{}.{label}", id.0.last().unwrap())).collect();
        assert_eq!(endless, ["A.t", "Itself.0", "T.1"]);
    }

    #[test]
    fn a_cycle_with_an_end_stays_as_it_is() {
        let (a, b, u) = (component_id("A"), component_id("B"), component_id("U"));
        let api = build()
            .component("A", object([required("b", named(&b)), required("list", list_of(named(&a)))]))
            .component("B", object([member("a", named(&a)), required("u", named(&u))]))
            .component("U", union([(JsonKind::String, string()), (JsonKind::Object, named(&b))]))
            .api();
        assert_eq!(always(&api), ["A.b", "A.list", "B.u"]);
    }
}
