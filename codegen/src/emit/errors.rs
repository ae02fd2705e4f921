//! `src/errors.rs`: typed bodies of error answers.

mod statuses;

use std::collections::{BTreeMap, BTreeSet};

use quote::quote;

use self::statuses::{Described, statuses};
use super::context::{Context, ident};
use super::docs::Doc;
use super::imports::Imports;
use super::print::Source;
use crate::analyze::Presence;
use crate::ir::{Member, TypeId, TypeKind, TypeRef};

/// ```text
/// impl Error {
///     /// The body of an error answer with the status `404`, or with one of which no operation describes the body:
///     /// [`ErrorEnvelope`], if it fits.
///     pub fn error_envelope(&self) -> Option<ErrorEnvelope> {
///         self.answer_as(|status| status == 404 || is_undescribed(status))
///     }
/// }
///
/// /// Whether no operation describes the body of errors with a status.
/// fn is_undescribed(status: u16) -> bool {
///     ![401, 404, 409].contains(&status)
/// }
/// ```
pub(super) fn source(cx: &Context<'_>) -> Source {
    let root = cx.root(1);
    let mut imports = Imports::default();
    imports.runtime.insert("Error");
    let mut gated = BTreeMap::new();
    let statuses = statuses(cx);
    let described = Described::of(cx);
    let (mut asked, mut is_gated) = (false, true);
    let accessors: Vec<_> = cx
        .model
        .names
        .error_accessors
        .iter()
        .map(|(id, accessor)| {
            let (accessor, ty) = (ident(accessor), cx.type_ident(id));
            let gate = cx.gates.types(std::iter::once(id));
            match &gate {
                None => drop(imports.types.insert(ty.to_string())),
                Some(gate) => drop(gated.insert(ty.to_string(), quote!(#gate use #root::types::#ty;))),
            }
            let statuses = statuses.get(id).cloned().unwrap_or_default();
            let or_undescribed = described.is_some() && is_telling(id, cx);
            if or_undescribed {
                asked = true;
                is_gated &= gate.is_some();
            }
            let or_not = if or_undescribed { ", or with one of which no operation describes the body" } else { "" };
            let said = statuses.said();
            let doc = Doc::text(&format!("The body of an error answer{said}{or_not}: [`{ty}`], if it fits."));
            let may_be = statuses.condition(or_undescribed);
            quote! {
                #doc
                #gate
                pub fn #accessor(&self) -> Option<#ty> {
                    self.answer_as(#may_be)
                }
            }
        })
        .collect();
    imports.after.extend(gated.into_values());
    let undescribed = described.filter(|_| asked).map(|described| described.not(is_gated));
    Source {
        path: "src/errors.rs".to_owned(),
        docs: Doc::text("Typed bodies of error answers."),
        groups: imports.groups(&quote!(#root::types), &quote!(#root::runtime), &Default::default()),
        items: std::iter::once(quote!(impl Error { #(#accessors)* })).chain(undescribed).collect(),
        ..Source::default()
    }
}

/// Whether hardly another body fits a type: it is an object that has to have a member of some kind, or one of several such.
fn is_telling(id: &TypeId, cx: &Context<'_>) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![id]);
    while let Some(id) = open.pop() {
        let Some(def) = cx.resolved(id) else { return false };
        if !seen.insert(&def.id) {
            continue;
        }
        match &def.kind {
            TypeKind::Struct(of) => {
                let has_to = |member: &Member| {
                    member.ty != TypeRef::Any && cx.model.facts.presence(&def.id, member) == Presence::Always
                };
                if !of.members.iter().any(has_to) {
                    return false;
                }
            }
            TypeKind::Union(of) => {
                for branch in &of.branches {
                    let TypeRef::Named(id) = &branch.ty else { return false };
                    open.push(id);
                }
            }
            TypeKind::Enum(_) | TypeKind::Tuple(_) | TypeKind::Alias(_) => return false,
        }
    }
    true
}
