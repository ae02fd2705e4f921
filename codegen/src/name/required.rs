//! Types that gather the required members of a type with many, or with several of one type, which could be given in each
//! other's place: types that requests hold → a name each.

use std::collections::BTreeMap;

use super::ident::camel;
use super::reserved::{Taken, is_type};
use super::scope::{About, Entry, Given, Owned, give, with};
use crate::analyze::Facts;
use crate::analyze::walk::{Resolved, resolve};
use crate::diag::Diagnostics;
use crate::ir::{Api, Member, Primitive, TypeId, TypeKind, TypeRef};

/// A constructor with more arguments than this takes them by name.
const MAX_ARGUMENTS: usize = 4;

/// The names, by type; `taken` holds all types that the crate has otherwise.
pub(super) fn required(
    api: &Api,
    facts: &Facts,
    types: &BTreeMap<TypeId, Given>,
    taken: &Taken,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<TypeId, String> {
    let many = api.types.values().filter(|def| match &def.kind {
        TypeKind::Struct(of) => {
            let members: Vec<&Member> = facts.constructed(&def.id, of).collect();
            members.len() > MAX_ARGUMENTS || are_alike(api, &members)
        }
        _ => false,
    });
    let many: Vec<(&TypeId, &Given)> =
        many.filter(|def| !facts.same.contains_key(&def.id)).filter_map(|def| types.get_key_value(&def.id)).collect();
    let entries = many.iter().map(|(id, given)| {
        let first = with(&given.words, "required");
        let about = About {
            place: Some(id.0.clone()),
            thing: format!("what gathers the required members of `{}`", given.ident),
            table: "types",
            key: id.0.as_str().to_owned(),
        };
        Entry { rungs: vec![first.clone(), with(&first, "members")], owns: Owned::default(), pinned: None, about }
    });
    let entries: Vec<Entry> = entries.collect();
    let given = give(&entries, camel, |name| taken.contains(name) || is_type(name), diagnostics);
    many.into_iter().map(|(id, _)| id.clone()).zip(given.into_iter().map(|given| given.ident)).collect()
}

/// Whether two members take the same arguments, so that no compiler sees which is which.
fn are_alike(api: &Api, members: &[&Member]) -> bool {
    let is_same = |a: &Member, b: &Member| match (resolve(api, &a.ty), resolve(api, &b.ty)) {
        _ if a.nullable != b.nullable => false,
        (Some(Resolved::Plain(a)), Some(Resolved::Plain(b))) => a == b || is_text(a) && is_text(b),
        (Some(Resolved::Type(a)), Some(Resolved::Type(b))) => std::ptr::eq(a, b),
        _ => false,
    };
    members.iter().enumerate().any(|(index, a)| members.iter().skip(index + 1).any(|b| is_same(a, b)))
}

/// Whether a constructor takes a `&str` for it, among other things.
fn is_text(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Primitive(Primitive::Base64 | Primitive::File) => false,
        TypeRef::Primitive(primitive) => primitive.is_text(),
        _ => false,
    }
}
