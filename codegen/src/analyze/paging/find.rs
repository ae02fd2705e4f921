//! Looking for what paging needs in the parameters and the answer of an operation.

use super::names::{DATA, ENVELOPE, ITEMS, MESSAGES, NOT_ITEMS, plain};
use crate::analyze::walk::{Resolved, resolve};
use crate::ir::{Api, JsonKind, Member, Operation, Primitive, Struct, TypeKind, TypeRef};

/// What a parameter or a member must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Boolean,
}

impl Kind {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Boolean => "a boolean",
        }
    }
}

/// What a value is, if it is one without parts. A text out of a list is none: no cursor is.
pub(super) fn kind(api: &Api, ty: &TypeRef) -> Option<Kind> {
    let Some(Resolved::Plain(TypeRef::Primitive(primitive))) = resolve(api, ty) else { return None };
    match primitive.kind() {
        _ if matches!(primitive, Primitive::File | Primitive::Password) => None,
        JsonKind::String => Some(Kind::Text),
        JsonKind::Integer | JsonKind::Number => Some(Kind::Number),
        JsonKind::Boolean => Some(Kind::Boolean),
        JsonKind::List | JsonKind::Object => None,
    }
}

/// The member of `holder` with the first of `names` for which there is one that `is`.
pub(super) fn member<'a>(holder: &'a Struct, names: &[&str], is: impl Fn(&Member) -> bool) -> Option<&'a Member> {
    names.iter().find_map(|name| holder.members.iter().find(|member| plain(&member.wire) == *name && is(member)))
}

/// Where the one list is that an answer holds at its root, or else in a struct at its root; `None` when there is none, or more
/// than one and neither is the operation called after one of these nor one alone under a name that items have.
pub(super) fn items(api: &Api, operation: &Operation, root: &TypeRef) -> Option<Vec<String>> {
    let answer = match resolve(api, root)? {
        Resolved::Plain(TypeRef::List(_)) => return Some(Vec::new()),
        Resolved::Type(TypeKind::Struct(answer)) => answer,
        _ => return None,
    };
    let mut lists = Vec::new();
    for member in &answer.members {
        match resolve(api, &member.ty) {
            Some(Resolved::Plain(TypeRef::List(_))) => lists.push(vec![&member.wire]),
            Some(Resolved::Type(TypeKind::Struct(inner))) => {
                let inner = inner.members.iter().filter(|inner| is_list(api, &inner.ty));
                lists.extend(inner.map(|inner| vec![&member.wire, &inner.wire]));
            }
            _ => {}
        }
    }
    let is_only = lists.len() == 1;
    let is_about = |path: &[&String]| {
        let Some(name) = path.last().map(|name| plain(name)) else { return false };
        let is_told = is_only && name == MESSAGES && holds_structs(api, root, path);
        !NOT_ITEMS.contains(&name.as_str()) || is_told || is_called_after(operation, &name)
    };
    lists.retain(|path| is_about(path));
    // A list at the root is what the answer is about, whatever lists stand inside of what is beside it; unless one of
    // these is where answers have their data.
    let is_in_data =
        |path: &Vec<&String>| path.len() > 1 && path.first().is_some_and(|name| DATA.contains(&plain(name).as_str()));
    if lists.iter().any(|path| path.len() == 1) && !lists.iter().any(is_in_data) {
        lists.retain(|path| path.len() == 1);
    }
    let only = |is: &dyn Fn(&str) -> bool| {
        let mut fit = lists.iter().filter(|path| path.last().is_some_and(|name| is(&plain(name))));
        fit.next().filter(|_| fit.next().is_none())
    };
    let found = only(&|_| true)
        .or_else(|| only(&|name| is_called_after(operation, name)))
        .or_else(|| only(&|name| ITEMS.contains(&name)))?;
    Some(found.iter().map(|&wire| wire.clone()).collect())
}

/// Whether an operation is called after a list, by its ID or its path: `searchOrders` and `/shops/{id}/orders` after `orders`.
fn is_called_after(operation: &Operation, list: &str) -> bool {
    let end = operation.template.rsplit('/').find(|segment| !segment.is_empty()).unwrap_or_default();
    operation.id.as_deref().is_some_and(|id| plain(id).ends_with(list)) || (!end.contains('{') && plain(end) == list)
}

/// Whether the items of a list are structs.
fn holds_structs(api: &Api, root: &TypeRef, path: &[&String]) -> bool {
    let path: Vec<String> = path.iter().map(|&wire| wire.clone()).collect();
    matches!(item_at(api, root, &path).and_then(|item| resolve(api, item)), Some(Resolved::Type(TypeKind::Struct(_))))
}

/// The structs of an answer that may say something about its pages, the more telling first: envelopes at the root or
/// beside the items, those in them, and these places themselves.
pub(super) fn places<'a>(api: &'a Api, root: &'a TypeRef, items: &[String]) -> Vec<(Vec<String>, &'a Struct)> {
    let beside = items.split_last().map_or(items, |(_, above)| above);
    let mut homes = vec![(Vec::new(), struct_at(api, root, &[]))];
    if !beside.is_empty() {
        homes.push((beside.to_vec(), struct_at(api, root, beside)));
    }
    let homes: Vec<_> = homes.into_iter().filter_map(|(path, home)| Some((path, home?))).collect();
    let inside = |(path, holder): &(Vec<String>, &'a Struct)| {
        let envelopes = ENVELOPE.iter().filter_map(|name| {
            let member = holder.members.iter().find(|member| plain(&member.wire) == *name)?;
            let path = [path.as_slice(), std::slice::from_ref(&member.wire)].concat();
            Some((path, struct_at(api, &member.ty, &[])?))
        });
        envelopes.collect::<Vec<_>>()
    };
    let first: Vec<_> = homes.iter().flat_map(inside).collect();
    let second: Vec<_> = first.iter().flat_map(inside).collect();
    [first, second, homes].concat()
}

/// The path of the first member of this kind with one of `names`, in the first place that has one.
pub(super) fn placed(
    api: &Api,
    places: &[(Vec<String>, &Struct)],
    names: &[&str],
    wanted: Kind,
) -> Option<Vec<String>> {
    places.iter().find_map(|(path, holder)| {
        let found = member(holder, names, |member| kind(api, &member.ty) == Some(wanted))?;
        Some([path.as_slice(), std::slice::from_ref(&found.wire)].concat())
    })
}

/// The struct at the end of `path`.
pub(super) fn struct_at<'a>(api: &'a Api, root: &'a TypeRef, path: &[String]) -> Option<&'a Struct> {
    match resolve(api, type_at(api, root, path)?) {
        Some(Resolved::Type(TypeKind::Struct(object))) => Some(object),
        _ => None,
    }
}

/// The type at the end of `path`, through structs.
pub(super) fn type_at<'a>(api: &'a Api, root: &'a TypeRef, path: &[String]) -> Option<&'a TypeRef> {
    let mut ty = root;
    for wire in path {
        let Some(Resolved::Type(TypeKind::Struct(object))) = resolve(api, ty) else { return None };
        ty = &object.members.iter().find(|member| member.wire == *wire)?.ty;
    }
    Some(ty)
}

/// What the items of the list at the end of `path` are, if that is a list.
pub(super) fn item_at<'a>(api: &'a Api, root: &'a TypeRef, path: &[String]) -> Option<&'a TypeRef> {
    match resolve(api, type_at(api, root, path)?) {
        Some(Resolved::Plain(TypeRef::List(items))) => Some(&items.ty),
        _ => None,
    }
}

fn is_list(api: &Api, ty: &TypeRef) -> bool {
    item_at(api, ty, &[]).is_some()
}
