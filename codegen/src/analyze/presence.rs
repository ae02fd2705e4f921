//! How a member is held in its type: what the description says of it → one of the few forms that Rust code has for it. Asks
//! nothing but the facts.

use std::collections::BTreeSet;

use super::Facts;
use super::walk::end;
use crate::ir::{Access, Api, Member, Preset, Struct, TypeId, TypeKind, TypeRef};

/// How a member is held in its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is always there, and never null.
    Always,
    /// It is always there, and may be null.
    Nullable,
    /// It may be absent; null, where it is allowed, says the same as absence.
    Optional,
    /// It may be absent and may be null, and a request that changes something means different things by the two.
    Patch,
    /// It may be absent, and is left out of requests.
    ReadOnly,
    /// It goes nowhere: only answers would have it, and none holds the type.
    Nowhere,
}

impl Facts {
    /// How a type holds one of its members.
    ///
    /// In answers, absence and null say the same. In requests they don't, and a type that goes both ways keeps them apart
    /// in answers too, so that what was read can be sent again as it was. Forms have no null. Any JSON can be null by itself.
    pub fn presence(&self, owner: &TypeId, member: &Member) -> Presence {
        let nullable = member.nullable && member.ty != TypeRef::Any;
        let sent = self.in_requests.contains(owner);
        let required = member.required && !self.is_endless(owner, member);
        match (member.access, required) {
            (Access::ReadOnly, _) if sent && !self.in_answers.contains(owner) => Presence::Nowhere,
            (Access::ReadOnly, _) if sent => Presence::ReadOnly,
            (_, true) if nullable => Presence::Nullable,
            (_, true) => Presence::Always,
            (_, false) if nullable && sent && !self.forms.contains(owner) => Presence::Patch,
            (_, false) => Presence::Optional,
        }
    }

    /// The types of members that may be absent and may be null.
    pub(super) fn patched(&self, api: &Api) -> BTreeSet<TypeId> {
        let structs = api.types.values().filter_map(|def| match &def.kind {
            TypeKind::Struct(of) => Some((&def.id, of)),
            _ => None,
        });
        let members = structs.flat_map(|(id, of)| of.members.iter().map(move |member| (id, member)));
        let patched = members.filter(|(id, member)| self.presence(id, member) == Presence::Patch);
        let types = patched.filter_map(|(_, member)| end(api, &self.same, &member.ty).cloned());
        types.collect()
    }

    fn is_endless(&self, owner: &TypeId, member: &Member) -> bool {
        !self.endless.is_empty() && self.endless.contains(&(owner.clone(), member.wire.clone()))
    }

    /// The one value of a member that is always there, if it has only one.
    pub fn fixed(&self, owner: &TypeId, member: &Member) -> Option<&str> {
        let value = self.fixed.get(&(owner.clone(), member.wire.clone()))?;
        (self.presence(owner, member) == Presence::Always).then_some(value)
    }

    /// What a member that is always there is in a request unless it is given.
    pub fn preset<'a>(&self, owner: &TypeId, member: &'a Member) -> Option<&'a Preset> {
        let is_there = matches!(self.presence(owner, member), Presence::Always | Presence::Nullable);
        let is_chosen = self.in_requests.contains(owner) && is_there && self.fixed(owner, member).is_none();
        member.preset.as_ref().filter(|_| is_chosen)
    }

    /// The members that a constructor of the type must be given: none for a type that no request holds.
    pub fn constructed<'a>(&self, owner: &TypeId, of: &'a Struct) -> impl Iterator<Item = &'a Member> {
        let is_needed = |member: &&Member| {
            self.in_requests.contains(owner)
                && matches!(self.presence(owner, member), Presence::Always | Presence::Nullable)
                && self.fixed(owner, member).is_none()
                && self.preset(owner, member).is_none()
        };
        of.members.iter().filter(is_needed)
    }
}

#[cfg(test)]
mod tests {
    use super::super::analyze;
    use super::Presence;
    use crate::ir::testing::*;
    use crate::ir::{Access, Member, Preset, TypeKind, TypeRef};

    /// The forms of the members of a type that is held by requests, answers, or both.
    fn forms(members: impl Fn() -> Vec<Member>, sent: bool, answered: bool) -> Vec<Presence> {
        let id = component_id("Thing");
        let mut operation = post("/a").id("a");
        if sent {
            operation = operation.body(named(&id));
        }
        if answered {
            operation = operation.answer(named(&id));
        }
        let api = build().component("Thing", object(members())).operation(operation).api();
        let facts = analyze(&api);
        let TypeKind::Struct(of) = &api.types[&id].kind else { panic!() };
        of.members.iter().map(|member| facts.presence(&id, member)).collect()
    }

    #[test]
    fn null_and_absence_are_told_apart_where_requests_are() {
        use Presence::{Always, Nullable, Optional, Patch};
        let members = || {
            let nullable = |wire: &str, ty| Member { nullable: true, ..member(wire, ty) };
            let required = |member| Member { required: true, ..member };
            vec![
                required(member("a", string())),
                required(nullable("b", string())),
                required(nullable("c", TypeRef::Any)),
                member("d", string()),
                nullable("e", string()),
                nullable("f", TypeRef::Any),
            ]
        };
        assert_eq!(forms(members, true, false), [Always, Nullable, Always, Optional, Patch, Optional]);
        assert_eq!(forms(members, true, true), [Always, Nullable, Always, Optional, Patch, Optional]);
        assert_eq!(forms(members, false, true), [Always, Nullable, Always, Optional, Optional, Optional]);
    }

    #[test]
    fn a_constructor_is_given_nothing_that_has_a_default() {
        let (id, preset) = (component_id("Thing"), || Some(Preset::Boolean(true)));
        let members = [
            Member { required: true, ..member("a", string()) },
            Member { required: true, preset: preset(), ..member("b", string()) },
            Member { required: true, nullable: true, preset: preset(), ..member("c", string()) },
            member("d", string()),
        ];
        let thing = || object(members.clone());
        for sent in [true, false] {
            let operation = post("/a").id("a");
            let operation = if sent { operation.body(named(&id)) } else { operation.answer(named(&id)) };
            let api = build().component("Thing", thing()).operation(operation).api();
            let facts = analyze(&api);
            let TypeKind::Struct(of) = &api.types[&id].kind else { panic!() };
            let given: Vec<&str> = facts.constructed(&id, of).map(|member| member.wire.as_str()).collect();
            assert_eq!(given, if sent { vec!["a"] } else { vec![] });
            let presets = of.members.iter().filter(|member| facts.preset(&id, member).is_some());
            assert_eq!(presets.count(), if sent { 2 } else { 0 });
        }
    }

    #[test]
    fn what_is_only_read_is_never_sent() {
        let members = || vec![Member { access: Access::ReadOnly, nullable: true, ..member("a", string()) }];
        assert_eq!(forms(members, true, false), [Presence::Nowhere]);
        assert_eq!(forms(members, true, true), [Presence::ReadOnly]);
        assert_eq!(forms(members, false, true), [Presence::Optional]);
    }
}
