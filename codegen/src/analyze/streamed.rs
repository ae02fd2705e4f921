//! How an operation that can answer a stream is asked for one: `Api` → the boolean member of its body that says so. In JSON,
//! it is set for the caller; in forms, the caller is told of it. And the operations that are asked for a stream, but don't say
//! what it holds: the caller reads it as what it is.

use std::collections::{BTreeMap, BTreeSet};

use super::Facts;
use super::walk::{Resolved, resolve};
use crate::diag::{self, Diagnostic, Diagnostics};
use crate::ir::{Access, Answer, Api, Location, Operation, Primitive, TypeKind, TypeRef};
use crate::pointer::Pointer;

/// What the member or parameter is called wherever there is one.
const NAME: &str = "stream";

/// The member's wire name by the operation's pointer, for operations that answer both ways.
pub(super) fn streamed(api: &Api) -> BTreeMap<Pointer, String> {
    let both = api.operations.iter().filter(|operation| operation.stream.is_some());
    both.filter(|operation| has_member(api, operation))
        .map(|operation| (operation.pointer.clone(), NAME.to_owned()))
        .collect()
}

/// The operations that can be asked for a stream and whose answers have none.
pub(super) fn unsaid(api: &Api) -> BTreeSet<Pointer> {
    let says_none =
        |operation: &&Operation| operation.stream.is_none() && !matches!(operation.success, Answer::Stream(_));
    let asked = |operation: &&Operation| has_member(api, operation) || has_parameter(api, operation);
    let unsaid = api.operations.iter().filter(says_none).filter(asked);
    unsaid.map(|operation| operation.pointer.clone()).collect()
}

/// What is found of the operations of which it is for the caller to know what they stream: how to say it.
pub fn unsaid_streams(api: &Api, facts: &Facts) -> Diagnostics {
    let mut found = Diagnostics::default();
    for operation in api.operations.iter().filter(|operation| facts.may_stream.contains(&operation.pointer)) {
        let message = "this can be asked for a stream, and the description doesn't say what it holds";
        let key = match &operation.id {
            Some(id) => id.clone(),
            None => format!("{} {}", operation.method.as_str(), operation.path),
        };
        let help = format!("`[streams]` in the configuration says it: `{key:?} = {{ item = \"…\" }}`");
        found.push(Diagnostic::new(&diag::STREAM_UNSAID, message).at(&operation.pointer).help(help));
    }
    found
}

fn has_member(api: &Api, operation: &Operation) -> bool {
    let Some(ty) = operation.body.as_ref().and_then(|body| body.ty()) else { return false };
    let Some(Resolved::Type(TypeKind::Struct(of))) = resolve(api, ty) else { return false };
    of.members
        .iter()
        .any(|member| member.wire == NAME && is_boolean(api, &member.ty) && member.access != Access::ReadOnly)
}

fn has_parameter(api: &Api, operation: &Operation) -> bool {
    let mut queries = operation.parameters.iter().filter(|parameter| parameter.location == Location::Query);
    queries.any(|query| query.wire == NAME && is_boolean(api, &query.ty))
}

fn is_boolean(api: &Api, ty: &TypeRef) -> bool {
    matches!(resolve(api, ty), Some(Resolved::Plain(TypeRef::Primitive(Primitive::Boolean))))
}

#[cfg(test)]
mod tests {
    use super::super::analyze;
    use crate::ir::testing::*;
    use crate::ir::{Access, Answer, Item, Location, Member, Primitive, Sequence, SequenceFormat, TypeRef};

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

    #[test]
    fn what_is_asked_for_a_stream_may_not_say_what_it_holds() {
        let boolean = || TypeRef::Primitive(Primitive::Boolean);
        let unsaid = |api: &crate::ir::Api| analyze(api).may_stream.len();
        let mut api = build()
            .component("Ask", object([member("stream", boolean())]))
            .operation(post("/a").id("a").body(named(&component_id("Ask"))).answer(string()))
            .operation(get("/b").id("b").query("stream", boolean()).answer(string()))
            .operation(get("/c").id("c").query("stream", string()).answer(string()))
            .operation(get("/d").id("d").query("streams", boolean()).answer(string()))
            .operation(get("/e").id("e").parameter(Location::Header, "stream", boolean()).answer(string()))
            .component("Seen", object([Member { access: Access::ReadOnly, ..member("stream", boolean()) }]))
            .operation(post("/f").id("f").body(named(&component_id("Seen"))).answer(string()))
            .api();
        assert_eq!(unsaid(&api), 2);
        let (format, media_type) = (SequenceFormat::Events, "text/event-stream".to_owned());
        api.operations[0].stream = Some(Sequence { item: Item::Text, format, media_type });
        assert_eq!(unsaid(&api), 1);
        // What is nothing but a stream says it all.
        let (format, media_type) = (SequenceFormat::Events, "text/event-stream".to_owned());
        api.operations[1].success = Answer::Stream(Sequence { item: Item::Text, format, media_type });
        assert_eq!(unsaid(&api), 0);
    }
}
