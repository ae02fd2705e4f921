//! What the service sends: the JSON bodies of webhooks and callbacks, each of which is a type to decode.

use super::body::schema;
use super::causes::Causes;
use super::docs;
use super::media::{Chosen, Content, choose, offered};
use super::types::Types;
use crate::diag::INCOMING_MEDIA_TYPE;
use crate::ir::{Call, Docs, Operation, Webhook};
use crate::normalize::{Resolved, Spec, Words};

/// All that have a JSON body, by their pointers.
pub(super) fn webhooks(spec: &Spec, types: &mut Types<'_>, causes: &mut Causes) -> Vec<Webhook> {
    let mut webhooks = Vec::new();
    for incoming in spec.incoming() {
        // A body that can't be read is reported where it stands.
        let Some(Resolved::Found(place, body)) = incoming.body.as_ref().and_then(|body| spec.request_body(body)) else {
            continue;
        };
        let Some(Chosen { content, media, .. }) = choose(spec, &body.content, &[]) else { continue };
        if content != Content::Json {
            let message = format!("what is sent here is {}; nothing is generated to read it", offered(&body.content));
            causes.remark(&place.child("content"), &INCOMING_MEDIA_TYPE, message);
            continue;
        }
        let used = schema(media, types, causes);
        let call = incoming.call.clone().map(|(operation, expression)| Call { operation, expression });
        webhooks.push(Webhook {
            pointer: incoming.place.clone(),
            name: incoming.name.clone(),
            call,
            method: incoming.method.clone(),
            ty: used.ty,
            nullable: used.nullable,
            docs: docs::of_operation(words(&incoming.own), words(&incoming.of_all)),
        });
    }
    webhooks
}

fn words(words: &Words) -> Docs {
    docs::docs(words.summary.as_deref(), words.description.as_deref(), None)
}

/// Takes out the callbacks of operations that are not there.
pub(super) fn of_operations(webhooks: &mut Vec<Webhook>, operations: &[Operation]) {
    webhooks.retain(|webhook| match &webhook.call {
        Some(call) => operations.iter().any(|operation| operation.pointer == call.operation),
        None => true,
    });
}
