//! What is said of an argument. Its type is what callers have at hand, and names no type that is another name for it: what is
//! said of such a one is said of the argument.

use crate::emit::context::Context;
use crate::ir::{Body, Docs, Each, Held, Notes, Parameter, TypeDef, TypeKind, TypeRef};

/// What is said of an argument.
pub(super) struct Said {
    pub(super) docs: Docs,
    pub(super) notes: Notes,
}

impl Said {
    pub(super) fn of_parameter(parameter: &Parameter, cx: &Context<'_>) -> Self {
        Self::of(&parameter.docs, &parameter.notes, Some(&parameter.ty), cx)
    }

    pub(super) fn of_body(body: &Body, cx: &Context<'_>) -> Self {
        Self::of(&body.docs, &body.notes, body.ty(), cx)
    }

    fn of(docs: &Docs, notes: &Notes, ty: Option<&TypeRef>, cx: &Context<'_>) -> Self {
        let (mut docs, mut notes) = (docs.clone(), notes.clone());
        if let Some(alias) = ty.and_then(|ty| alias(ty, cx)) {
            docs.description = docs.description.or_else(|| alias.docs.description.clone());
            notes = notes.or((*alias.notes).clone());
        }
        if let Some(TypeRef::List(items)) = ty.map(|ty| cx.behind(ty))
            && let Some(alias) = alias(&items.ty, cx)
        {
            let docs = Docs { description: alias.docs.description.clone(), ..Docs::default() };
            let each = Each { held: Held::Item, docs, notes: Notes { default: None, ..(*alias.notes).clone() } };
            notes.each = notes.each.or(Some(Box::new(each)));
        }
        Self { docs, notes }
    }
}

/// The type that is another name for what a value is.
fn alias<'a>(ty: &TypeRef, cx: &Context<'a>) -> Option<&'a TypeDef> {
    let TypeRef::Named(id) = ty else { return None };
    cx.resolved(id).filter(|def| matches!(def.kind, TypeKind::Alias(_)))
}
