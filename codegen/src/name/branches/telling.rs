//! Branches that nothing in the value tells apart for certain → names by the members that the fewest of them have: whoever
//! reads the union looks for these too. A member of an object without a name of its own stands for what that holds.

use std::collections::BTreeSet;

use super::scalar;
use crate::analyze::walk::innermost;
use crate::ir::{Api, Member, Origin, Struct, Told, TypeKind, TypeRef, Union};
use crate::name::words::{Words, words};

/// How many members make a name.
const MOST: usize = 3;

/// Something that a branch holds: a member, or one of a member.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Held<'a> {
    path: Vec<&'a str>,
    kind: Words,
}

/// Names by one member, by two, and so on.
pub(super) fn rungs(api: &Api, of: &Union, at: usize) -> Vec<Words> {
    let Some(branch) = of.branches.get(at) else { return Vec::new() };
    let others = of.branches.iter().enumerate().filter(|(index, other)| {
        *index != at && matches!(other.told, Told::Fitting { .. }) && other.told.kind() == branch.told.kind()
    });
    let others: Vec<BTreeSet<Held<'_>>> = others.map(|(_, other)| held(api, &other.ty).into_iter().collect()).collect();
    let mut own = held(api, &branch.ty);
    own.sort_by_cached_key(|held| others.iter().filter(|other| other.contains(held)).count());
    let is_another = |held: &Held<'_>| {
        let mut all = others.iter().flatten();
        all.any(|other| other.path == held.path && other.kind != held.kind)
    };
    (1..=own.len().min(MOST)).map(|count| name(own.iter().take(count), &is_another)).collect()
}

/// The words of members, with what they are where that is what tells them apart.
fn name<'a>(members: impl Iterator<Item = &'a Held<'a>>, is_another: &dyn Fn(&Held<'_>) -> bool) -> Words {
    let (mut name, mut around): (Words, &[&str]) = (Words::new(), &[]);
    for held in members {
        let (last, path) =
            held.path.split_last().map_or((None, held.path.as_slice()), |(last, path)| (Some(last), path));
        if path != around {
            name.extend(path.iter().flat_map(|part| words(part)));
        }
        let last = last.map(|last| words(last)).unwrap_or_default();
        let kind = held.kind.strip_prefix(last.as_slice()).unwrap_or(&held.kind);
        name.extend(last.iter().cloned());
        if is_another(held) {
            name.extend(kind.iter().cloned());
        }
        around = path;
    }
    name
}

/// What a value of the type holds, in its own order.
fn held<'a>(api: &'a Api, ty: &'a TypeRef) -> Vec<Held<'a>> {
    let mut all = Vec::new();
    for member in members(api, ty).into_iter().flat_map(|of| &of.members) {
        let one = |path: Vec<&'a str>, member: &'a Member| Held { path, kind: kind(api, &member.ty) };
        let inner = unnamed(api, innermost(&member.ty));
        // A list is told by what it is a list of, and then by what these hold.
        if inner.is_none() || unnamed(api, &member.ty).is_none() {
            all.push(one(vec![&member.wire], member));
        }
        let below = inner.into_iter().flat_map(|of| &of.members);
        all.extend(below.map(|below| one(vec![&member.wire, &below.wire], below)));
    }
    all
}

/// The members of a branch, be they of what it lists.
fn members<'a>(api: &'a Api, ty: &'a TypeRef) -> Option<&'a Struct> {
    match ty {
        TypeRef::List(_) | TypeRef::Map(_) => unnamed(api, innermost(ty)),
        TypeRef::Named(id) => match &api.types.get(id)?.kind {
            TypeKind::Struct(of) => Some(of),
            _ => None,
        },
        _ => None,
    }
}

/// The members of an object that has no name of its own.
fn unnamed<'a>(api: &'a Api, ty: &TypeRef) -> Option<&'a Struct> {
    let TypeRef::Named(id) = ty else { return None };
    match api.types.get(id).map(|def| (&def.origin, &def.kind))? {
        (Origin::Component(_), _) => None,
        (_, TypeKind::Struct(of)) => Some(of).filter(|of| !of.members.is_empty()),
        _ => None,
    }
}

/// What a value is called for short: `text list`.
fn kind(api: &Api, ty: &TypeRef) -> Words {
    let (mut ty, mut around) = (ty, Words::new());
    loop {
        let (items, word) = match ty {
            TypeRef::List(items) => (items, "list"),
            TypeRef::Map(items) => (items, "map"),
            TypeRef::Named(id) => {
                let own = match api.types.get(id).map(|def| (&def.origin, &def.kind)) {
                    Some((Origin::Component(name), _)) => words(name),
                    Some((_, TypeKind::Enum(of))) => words(scalar(of.kind)),
                    _ => words("object"),
                };
                return [own, around].concat();
            }
            TypeRef::Primitive(primitive) => return [words(scalar(primitive.kind())), around].concat(),
            TypeRef::TextOf(_) => return [words("text"), around].concat(),
            TypeRef::NumberOf(_) => return [words("number"), around].concat(),
            TypeRef::Any => return [words("anything"), around].concat(),
        };
        around.insert(0, word.to_owned());
        ty = &items.ty;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::testing::{branch, build, component_id, list_of, member, named, object, string};
    use crate::ir::{JsonKind, Origin, Part, TypeId};

    #[test]
    fn what_the_fewest_have_comes_first() {
        let union = component_id("U");
        let part = |parent: &TypeId, part| Origin::Part { parent: parent.clone(), part };
        let targets = [["owner", "name"].as_slice(), &["owner", "id"], &["owner", "id", "name"]];
        let mut api = build();
        let mut branches = Vec::new();
        for (at, target) in targets.iter().enumerate() {
            let id = TypeId(union.0.child("oneOf").item(at));
            let inner = TypeId(id.0.child("target"));
            let files = if at == 0 { list_of(string()) } else { string() };
            let whole = object([member("files", files), member("target", named(&inner))]);
            let told = Told::Fitting { kind: JsonKind::Object, listed: None, whole: false };
            branches.push(branch(id.0.clone(), told, named(&id)));
            api = api.add(id.clone(), part(&union, Part::Branch(at)), whole).add(
                inner,
                part(&id, Part::Member("target".to_owned())),
                object(target.iter().map(|name| member(name, string()))),
            );
        }
        let of = Union { branches };
        let api = api.api();
        let said = |at: usize| rungs(&api, &of, at).iter().map(|words| words.join(" ")).collect::<Vec<_>>();
        assert_eq!(said(0), ["files text list", "files text list target name", "files text list target name owner"]);
        assert_eq!(said(1)[..2], ["files text", "files text target id"]);
        assert_eq!(said(2)[..2], ["files text", "files text target id"]);
        assert_eq!(said(2)[2], "files text target id name");
    }
    #[test]
    fn lists_of_other_objects_are_told_by_what_these_hold() {
        let union = component_id("U");
        let mut api = build();
        let mut branches = Vec::new();
        for (at, held) in ["returns", "variance"].into_iter().enumerate() {
            let id = TypeId(union.0.child("oneOf").item(at));
            let inner = TypeId(id.0.child("assets"));
            let told = Told::Fitting { kind: JsonKind::Object, listed: None, whole: false };
            branches.push(branch(id.0.clone(), told, named(&id)));
            let part = |parent: &TypeId, part| Origin::Part { parent: parent.clone(), part };
            api = api
                .add(id.clone(), part(&union, Part::Branch(at)), object([member("assets", list_of(named(&inner)))]))
                .add(inner, part(&id, Part::Member("assets".to_owned())), object([member(held, string())]));
        }
        let (of, api) = (Union { branches }, api.api());
        let first = |at: usize| rungs(&api, &of, at).first().map(|words| words.join(" "));
        assert_eq!([first(0), first(1)].map(Option::unwrap_or_default), ["assets returns", "assets variance"]);
    }
}
