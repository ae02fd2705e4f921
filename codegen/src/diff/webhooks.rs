//! Webhooks and callbacks: new, gone, or with a body of another type. What the types of bodies are made of is compared with
//! the other types.

use super::change::{Change, Kind, Wire};
use super::relation::{Relation, Ways};
use super::settle::{About, Draft, Owner, Places, settle};
use super::{Pair, notes, types};
use crate::ir::{Notes, Webhook};

pub(super) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let (old, new) = (&pair.old.model.api.webhooks, &pair.new.model.api.webhooks);
    let mut changes = Vec::new();
    for before in old {
        match new.iter().find(|after| after.pointer == before.pointer) {
            Some(after) => changes.extend(changed(pair, before, after)),
            None => {
                let places = Places::gone(&before.pointer);
                let what = "nothing to decode is sent any more";
                let draft = Draft::new(Kind::WebhookRemoved, Wire::Breaking, what, About::Nothing, places.clone());
                let draft = draft.advise("Wait for it no longer.");
                changes.extend(settle(&owner(before, places), vec![draft], &[]));
            }
        }
    }
    for after in new.iter().filter(|after| old.iter().all(|before| before.pointer != after.pointer)) {
        let places = Places::come(&after.pointer);
        let what = "its body can be decoded now";
        let draft = Draft::new(Kind::WebhookAdded, Wire::Additive, what, About::Nothing, places.clone());
        changes.extend(settle(&owner(after, places), vec![draft.advise("Nothing must be done.")], &[]));
    }
    changes
}

fn owner(webhook: &Webhook, places: Places) -> Owner {
    let what = if webhook.call.is_some() { "callback" } else { "webhook" };
    let subject = format!("{what} {} {}", webhook.name, webhook.method);
    Owner { subject, places, renamed: Kind::RustName }
}

fn changed(pair: &Pair<'_>, old: &Webhook, new: &Webhook) -> Vec<Change> {
    let Webhook { pointer, name: _, call: _, method: _, ty, nullable, docs } = new;
    let places = Places::of(&old.pointer, pointer);
    let mut drafts = Vec::new();
    let relation = pair.relation(&old.ty, ty).and(Relation::of_flag(old.nullable, *nullable));
    if relation != Relation::Same || types::is_other(pair, &old.ty, ty) {
        let what = format!("the type of the body: {}", pair.arrow(&old.ty, ty));
        let wire = Ways::ANSWERED.of_relation(relation);
        let draft = Draft::new(Kind::WebhookType, wire, what, About::Nothing, places.clone());
        drafts.push(draft.advise("Decode the body as the other type."));
    }
    let none = Notes::default();
    if notes::words((&old.docs, &none), (docs, &none)) {
        drafts.extend(notes::docs(places.clone(), &["the body".to_owned()]));
    }
    settle(&owner(new, places), drafts, &[])
}
