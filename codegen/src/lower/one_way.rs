//! Members that go one way only (`readOnly`, `writeOnly`), once it is known which types requests and answers hold: one that
//! must be there need not be where it doesn't go (OpenAPI 3.0.3, section 4.7.24.2). Without operations, no way is known; and an
//! object in a request that needs members, and would have none there, goes both ways as a whole.
//! Changes nothing but [`Member::required`](crate::ir::Member::required), [`Member::excused`](crate::ir::Member::excused) and
//! [`Member::access`](crate::ir::Member::access).

use std::collections::{BTreeMap, BTreeSet};

use super::causes::Causes;
use super::uses::{held, named};
use crate::diag::{ONE_WAY_REQUIRED, SENT_THOUGH_READ_ONLY};
use crate::ir::{Access, Member, Operation, Struct, TypeDef, TypeId, TypeKind, TypeRef, Webhook};

/// Makes one-way members optional in types that also go the other way.
pub(super) fn settle(
    types: &mut BTreeMap<TypeId, TypeDef>,
    operations: &[Operation],
    webhooks: &[Webhook],
    causes: &mut Causes,
) {
    let bodies = || operations.iter().filter_map(|operation| operation.body.as_ref()?.ty());
    let sent = reached(types, bodies().filter_map(named), &held_by);
    let inside = reached(types, bodies().flat_map(|body| inside(types, body)), &sent_by);
    let answered = decoded(types, operations, webhooks);
    for (id, def) in types {
        let TypeKind::Struct(object) = &mut def.kind else { continue };
        if inside.contains(id) && is_lost(object) {
            let message =
                "requests hold this, all of it is `readOnly`, and members of it are required: it is sent as a whole";
            causes.remark(&id.0, &SENT_THOUGH_READ_ONLY, message);
            object.members.iter_mut().for_each(|member| member.access = Access::Both);
        }
        let mut lost: BTreeMap<&str, Vec<&mut Member>> = BTreeMap::new();
        for member in &mut object.members {
            if operations.is_empty() {
                // Nobody says who sends what, and so nothing may be lost on any way.
                member.access = Access::Both;
            }
            let (other_way, said) = match member.access {
                Access::Both => continue,
                Access::ReadOnly => (sent.contains(id), "`readOnly`, and requests hold"),
                Access::WriteOnly => (answered.contains(id), "`writeOnly`, and answers hold"),
            };
            if !member.required || !other_way {
                continue;
            }
            (member.required, member.excused) = (false, true);
            // In a type that never goes the member's way there is nothing to say.
            if sent.contains(id) && answered.contains(id) {
                lost.entry(said).or_default().push(member);
            }
        }
        for (said, members) in &lost {
            let Some(first) = members.first() else { continue };
            let names: Vec<String> = members.iter().map(|member| format!("`{}`", member.wire)).collect();
            let (are, is) = if members.len() > 1 { ("are", "they are") } else { ("is", "it is") };
            let names = names.join(", ");
            let message = format!("{names} {are} required and {said} the type as well; {is} optional in the type");
            causes.remark(&first.pointer, &ONE_WAY_REQUIRED, message);
        }
        // Required ones stand first.
        object.members.sort_by_key(|member| !member.required);
    }
}

/// Whether nothing would be left of an object inside a request, though it needs members: a reference to something else,
/// of whose members only that thing's own requests have none.
fn is_lost(object: &Struct) -> bool {
    object.additional.is_none()
        && object.members.iter().all(|member| member.access == Access::ReadOnly)
        && object.members.iter().any(|member| member.required)
}

/// The types of which values are decoded: those that answers and webhooks hold.
pub(super) fn decoded(
    types: &BTreeMap<TypeId, TypeDef>,
    operations: &[Operation],
    webhooks: &[Webhook],
) -> BTreeSet<TypeId> {
    let sent_here = webhooks.iter().map(|webhook| &webhook.ty);
    reached(types, operations.iter().flat_map(Operation::answered).chain(sent_here).filter_map(named), &held_by)
}

fn held_by(def: &TypeDef) -> Vec<&TypeId> {
    held(def).collect()
}

/// What a request has of the types that one holds: nothing of a `readOnly` member.
fn sent_by(def: &TypeDef) -> Vec<&TypeId> {
    let TypeKind::Struct(object) = &def.kind else { return held_by(def) };
    let members = object.members.iter().filter(|member| member.access != Access::ReadOnly).map(|member| &member.ty);
    members.chain(object.additional.iter().map(|additional| &additional.ty)).filter_map(named).collect()
}

/// What a body has inside it: not the object that it is itself.
fn inside<'t>(types: &'t BTreeMap<TypeId, TypeDef>, mut body: &'t TypeRef) -> Vec<&'t TypeId> {
    while let TypeRef::Named(id) = body {
        match types.get(id) {
            Some(TypeDef { kind: TypeKind::Alias(ty), .. }) => body = ty,
            Some(def) => return sent_by(def),
            None => return Vec::new(),
        }
    }
    named(body).into_iter().collect()
}

/// The types that these are or hold, as `held` says.
fn reached<'a>(
    types: &BTreeMap<TypeId, TypeDef>,
    from: impl Iterator<Item = &'a TypeId>,
    held: &dyn Fn(&TypeDef) -> Vec<&TypeId>,
) -> BTreeSet<TypeId> {
    let mut open: Vec<TypeId> = from.cloned().collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if let Some(def) = types.get(&id)
            && !reached.contains(&id)
        {
            open.extend(held(def).into_iter().cloned());
            reached.insert(id);
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::ir::{Access, Api, TypeKind};
    use crate::lower::lower;
    use crate::normalize::testing::{lines, normalized};

    /// The API, and what was found.
    fn lowered(text: &str) -> (Api, String) {
        let (spec, found) = normalized(text);
        assert_eq!(found, "");
        let mut diagnostics = Diagnostics::default();
        let api = lower(&spec.unwrap(), &mut diagnostics).api;
        (api, lines(&diagnostics))
    }

    /// A description that sends and answers these components, all of which are the same.
    fn description(sent: &str, answered: &str) -> String {
        let thing = "{type: object, required: [id, word], properties: {id: {$ref: '#/components/schemas/Id'}, \
             word: {type: string, writeOnly: true}}}";
        let media =
            |name: &str| format!("content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}");
        let (sent, answered) = (media(sent), media(answered));
        format!(
            "# YAML\n{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{/a: {{post: {{requestBody: {{{sent}}}, \
             responses: {{'200': {{description: '', {answered}}}}}}}}}}}, components: {{schemas: \
             {{Id: {{type: string, readOnly: true}}, A: {thing}, B: {thing}}}}}}}"
        )
    }

    fn members(api: &Api, name: &str) -> Vec<(String, bool, Access)> {
        let def = api.types.values().find(|def| def.id.0.last().as_deref() == Some(name)).unwrap();
        let TypeKind::Struct(of) = &def.kind else { panic!("{name} is no struct") };
        of.members.iter().map(|member| (member.wire.clone(), member.required, member.access)).collect()
    }

    #[test]
    fn a_type_that_goes_one_way_needs_what_goes_its_way() {
        use Access::{ReadOnly, WriteOnly};
        let (api, found) = lowered(&description("A", "B"));
        assert_eq!(found, "");
        let row = |wire: &str, required, access| (wire.to_owned(), required, access);
        assert_eq!(members(&api, "A"), [row("word", true, WriteOnly), row("id", false, ReadOnly)]);
        assert_eq!(members(&api, "B"), [row("id", true, ReadOnly), row("word", false, WriteOnly)]);
    }

    #[test]
    fn a_type_that_goes_both_ways_needs_neither() {
        let (api, found) = lowered(&description("A", "A"));
        assert!(members(&api, "A").iter().all(|(_, required, _)| !required));
        let notes: Vec<&str> = found.lines().collect();
        assert_eq!(notes.len(), 2, "one for each way: {found}");
        assert!(notes.iter().all(|note| note.starts_with("note S0113 #/components/schemas/A/properties/")), "{found}");
    }

    /// An operation that sends and answers a component `Pet` with an owner, of whom this is said, and a breeder.
    fn owned(owner: &str) -> (Api, String) {
        lowered(&format!(
            "# YAML\n{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{/a: {{post: {{requestBody: {{content: \
             {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}, responses: {{'200': {{description: '', \
             content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}}}}}}}}}, components: {{schemas: \
             {{Pet: {{type: object, properties: {{owner: {{$ref: '#/components/schemas/Owner'}}, breeder: {{readOnly: true, \
             allOf: [{{$ref: '#/components/schemas/Breeder'}}]}}}}}}, Owner: {owner}, Breeder: {{type: object, required: [id], \
             properties: {{id: {{type: string, readOnly: true}}}}}}}}}}}}"
        ))
    }

    #[test]
    fn of_an_object_that_must_have_something_a_request_has_that() {
        let read_only = "{id: {type: string, readOnly: true}, name: {type: string, readOnly: true}}";
        let (api, found) = owned(&format!("{{type: object, required: [id], properties: {read_only}}}"));
        let row = |wire: &str, required, access| (wire.to_owned(), required, access);
        assert_eq!(members(&api, "Owner"), [row("id", true, Access::Both), row("name", false, Access::Both)]);
        assert_eq!(members(&api, "Breeder"), [row("id", false, Access::ReadOnly)]);
        assert!(
            found.contains("note S0126 #/components/schemas/Owner: ")
                && !found.contains("S0126 #/components/schemas/Breeder"),
            "{found}"
        );

        let (api, found) = owned(&format!("{{type: object, properties: {read_only}}}"));
        assert!(members(&api, "Owner").iter().all(|(_, _, access)| *access == Access::ReadOnly), "it needs nothing");
        assert!(!found.contains("S0126"), "{found}");

        let some = "{id: {type: string, readOnly: true}, name: {type: string}}";
        let (api, _) = owned(&format!("{{type: object, required: [id], properties: {some}}}"));
        assert_eq!(members(&api, "Owner"), [row("id", false, Access::ReadOnly), row("name", false, Access::Both)]);
    }

    /// What a body is itself refers to nothing else: it is the thing whose requests have none of its members.
    #[test]
    fn a_body_that_is_read_only_itself_has_nothing() {
        let lowered_with = |sent: &str| {
            let text = "# YAML\n{openapi: 3.0.3, info: {title: T, version: '1'}, paths: {/a: {post: {requestBody: {content: \
                {application/json: {schema: SENT}}}, responses: {'204': {description: ''}}}}}, components: {schemas: {Same: \
                {$ref: '#/components/schemas/Owner'}, Owner: {type: object, required: [id], properties: {id: {type: string, \
                readOnly: true}}}}}}";
            let (api, found) = lowered(&text.replace("SENT", sent));
            (members(&api, "Owner"), found)
        };
        let row = |required, access| vec![("id".to_owned(), required, access)];
        for name in ["Owner", "Same"] {
            let (members, found) = lowered_with(&format!("{{$ref: '#/components/schemas/{name}'}}"));
            assert_eq!((members, found.as_str()), (row(false, Access::ReadOnly), ""), "{name}");
        }
        // What is held is sent, in whatever it is held.
        for sent in [
            "{type: array, items: {$ref: '#/components/schemas/Owner'}}",
            "{type: object, additionalProperties: {$ref: '#/components/schemas/Owner'}}",
            "{type: object, properties: {owner: {$ref: '#/components/schemas/Same'}}}",
        ] {
            let (members, found) = lowered_with(sent);
            assert_eq!(members, row(true, Access::Both), "{sent}");
            assert!(found.starts_with("note S0126 "), "{found}");
        }
    }
}
