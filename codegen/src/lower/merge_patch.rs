//! Bodies that are merged into what is there (`application/merge-patch+json`, RFC 7396): null takes a member away, be it in an
//! object or in an object inside it. Schemas often leave that to the media type, and are those of the whole; where one says of
//! some member that it may be null, it is taken at its word. Lists are replaced as they are. Changes nothing but whether
//! members and the values of maps may be null.

use std::collections::{BTreeMap, BTreeSet};

use super::media::essence;
use crate::ir::{Access, Operation, Payload, TypeDef, TypeId, TypeKind, TypeRef};

type Types = BTreeMap<TypeId, TypeDef>;

/// Lets members that may be absent be null in the types of such bodies.
pub(super) fn settle(types: &mut Types, operations: &mut [Operation]) {
    let bodies = operations.iter_mut().filter_map(|operation| operation.body.as_mut());
    let patches = bodies.filter(|body| essence(&body.media_type) == "application/merge-patch+json");
    let mut merged = BTreeSet::new();
    for body in patches {
        let Payload::Json { ty, .. } = &mut body.payload else { continue };
        if let Some(reached) = reached(ty, types) {
            merged.extend(reached);
            visit(ty, &mut |items_nullable| *items_nullable = true, &mut |_| {});
        }
    }
    for id in merged {
        let Some(def) = types.get_mut(&id) else { continue };
        if let TypeKind::Struct(of) = &mut def.kind {
            let merged = of.members.iter_mut().filter(|member| member.access != Access::ReadOnly);
            merged.for_each(|member| member.nullable |= !member.required);
        }
        for ty in parts(&mut def.kind) {
            visit(ty, &mut |items_nullable| *items_nullable = true, &mut |_| {});
        }
    }
}

/// The types that are merged with a body of this type; `None` where one of them says what may be null.
fn reached(ty: &TypeRef, types: &Types) -> Option<BTreeSet<TypeId>> {
    let mut reached = BTreeSet::new();
    let mut is_said = false;
    let mut open = Vec::new();
    visit(&mut ty.clone(), &mut |nullable| is_said |= *nullable, &mut |id| open.push(id.clone()));
    while let Some(id) = open.pop() {
        let Some(def) = types.get(&id).filter(|_| reached.insert(id)) else { continue };
        let mut kind = def.kind.clone();
        if let TypeKind::Struct(of) = &kind {
            is_said |= of.members.iter().any(|member| member.nullable);
        }
        for ty in parts(&mut kind) {
            visit(ty, &mut |nullable| is_said |= *nullable, &mut |id| open.push(id.clone()));
        }
    }
    (!is_said).then_some(reached)
}

/// The types that stand in one.
fn parts(kind: &mut TypeKind) -> Vec<&mut TypeRef> {
    match kind {
        TypeKind::Struct(of) => {
            let additional = of.additional.iter_mut().map(|additional| &mut additional.ty);
            of.members.iter_mut().map(|member| &mut member.ty).chain(additional).collect()
        }
        TypeKind::Union(of) => of.branches.iter_mut().map(|branch| &mut branch.ty).collect(),
        TypeKind::Alias(ty) => vec![ty],
        // Lists are replaced as they are.
        TypeKind::Enum(_) | TypeKind::Tuple(_) => Vec::new(),
    }
}

/// Looks at the maps and the names in a use of a type: whether the values of a map may be null, and which type is named.
fn visit(ty: &mut TypeRef, map: &mut dyn FnMut(&mut bool), name: &mut dyn FnMut(&TypeId)) {
    match ty {
        TypeRef::Named(id) => name(id),
        TypeRef::Map(items) => {
            // Any value has null among its own.
            if items.ty != TypeRef::Any {
                map(&mut items.nullable);
            }
            visit(&mut items.ty, map, name);
        }
        TypeRef::List(_) | TypeRef::Primitive(_) | TypeRef::TextOf(_) | TypeRef::NumberOf(_) | TypeRef::Any => {}
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::diag::Diagnostics;
    use crate::ir::dump::dump;
    use crate::lower::lower;
    use crate::normalize::testing::normalized;

    #[test]
    fn what_may_be_absent_may_be_null_in_a_merge_patch() {
        let of = |media_type: &str, inner: &str| {
            let (spec, found) = normalized(&format!(
                "openapi: 3.0.3
info: {{title: T, version: '1'}}
paths:
  /a:
    patch:
      requestBody: {{content: {{{media_type}: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}
      responses: {{'204': {{description: ''}}}}
components:
  schemas:
    A:
      type: object
      required: [id]
      properties:
        id: {{type: string}}
        name: {{type: string}}
        at: {{type: string, readOnly: true}}
        inner: {{$ref: '#/components/schemas/B'}}
        map: {{type: object, additionalProperties: {{$ref: '#/components/schemas/B'}}}}
        list: {{type: array, items: {{type: object, properties: {{c: {{type: string}}}}}}}}
    B: {{type: object, properties: {{b: {inner}}}, additionalProperties: {{type: integer}}}}
"
            ));
            assert_eq!(found, "");
            dump(&lower(&spec.unwrap(), &mut Diagnostics::default()).api)
        };
        assert_snapshot!(of("application/merge-patch+json", "{type: string}"), @"
        T 1 at -
        type A <- component A: struct
          id!: String
          at: String
          inner: B or null
          list: [A/properties/list/items] or null
          map: {B or null} or null
          name: String or null
        type A/properties/list/items <- member list of A: struct
          c: String
        type B <- component B: struct
          b: String or null
          others: {I64 or null}
        PATCH /a (-)
          body application/merge-patch+json: A
          -> nothing
        ");
        assert!(!of("application/json", "{type: string}").contains("null"));
        // Where null is said, it is said for all.
        let said = of("application/merge-patch+json", "{type: string, nullable: true}");
        assert_eq!(said.matches("null").count(), 1, "{said}");
    }
}
