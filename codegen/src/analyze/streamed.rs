//! How an operation that can answer a stream is asked for one: `Api` → the boolean member of its body that says so. In JSON,
//! it is set for the caller; in forms, the caller is told of it.

use std::collections::BTreeMap;

use super::walk::{Resolved, resolve};
use crate::ir::{Access, Api, Operation, Primitive, TypeKind, TypeRef};
use crate::pointer::Pointer;

/// What the member is called wherever there is one.
const NAME: &str = "stream";

/// The member's wire name by the operation's pointer, for operations that answer both ways.
pub(super) fn streamed(api: &Api) -> BTreeMap<Pointer, String> {
    let both = api.operations.iter().filter(|operation| operation.stream.is_some());
    both.filter(|operation| has_member(api, operation))
        .map(|operation| (operation.pointer.clone(), NAME.to_owned()))
        .collect()
}

fn has_member(api: &Api, operation: &Operation) -> bool {
    let Some(ty) = operation.body.as_ref().and_then(|body| body.ty()) else { return false };
    let Some(Resolved::Type(TypeKind::Struct(of))) = resolve(api, ty) else { return false };
    of.members.iter().any(|member| {
        let is_boolean =
            matches!(resolve(api, &member.ty), Some(Resolved::Plain(TypeRef::Primitive(Primitive::Boolean))));
        member.wire == NAME && is_boolean && member.access != Access::ReadOnly
    })
}

#[cfg(test)]
mod tests {
    use super::super::analyze;
    use crate::ir::testing::*;
    use crate::ir::{Item, Primitive, Sequence, SequenceFormat, TypeRef};

    #[test]
    fn a_boolean_member_of_the_body_asks_for_a_stream() {
        let boolean = || TypeRef::Primitive(Primitive::Boolean);
        let asks = |wire: &str, ty: TypeRef, has_stream: bool| {
            let mut api = build()
                .component("Ask", object([member(wire, ty)]))
                .operation(post("/a").id("a").body(named(&component_id("Ask"))).answer(string()))
                .api();
            let media_type = "text/event-stream".to_owned();
            let stream = Sequence { item: Item::Text, format: SequenceFormat::Events, media_type };
            api.operations[0].stream = Some(stream).filter(|_| has_stream);
            analyze(&api).streamed.into_values().collect::<Vec<_>>()
        };
        assert_eq!(asks("stream", boolean(), true), ["stream"]);
        assert!(asks("stream", boolean(), false).is_empty());
        assert!(asks("stream", string(), true).is_empty());
        assert!(asks("streams", boolean(), true).is_empty());
    }
}
