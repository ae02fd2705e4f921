//! Branches that nothing in the value tells apart for certain → names by the members that the fewest of them have: whoever
//! reads the union looks for these too. A member of an object without a name of its own stands for what that holds. Where all
//! have the same members, by what is said of these.

use std::collections::BTreeSet;

use super::{LONGEST_TITLE, scalar};
use crate::analyze::walk::innermost;
use crate::ir::{Api, Branch, Member, Origin, Struct, Told, TypeKind, TypeRef, Union};
use crate::name::places::in_file;
use crate::name::words::{Words, words};
use crate::pointer::Pointer;

/// How many members make a name.
const MOST: usize = 3;

/// Something that a branch holds: a member, or one of a member.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Held<'a> {
    path: Vec<&'a str>,
    kind: Words,
    /// The words of the file of a component, if it isn't the root document.
    file: Words,
}

/// Names by one member, by two, and so on; then by what is said of one.
pub(super) fn rungs(api: &Api, of: &Union, at: usize) -> Vec<Words> {
    let Some(branch) = of.branches.get(at) else { return Vec::new() };
    let others = of.branches.iter().enumerate().filter(|(index, other)| {
        *index != at && matches!(other.told, Told::Fitting { .. }) && other.told.kind() == branch.told.kind()
    });
    let others: Vec<&Branch> = others.map(|(_, other)| other).collect();
    [by_members(api, branch, &others), by_what_is_said(api, branch, &others)].concat()
}

fn by_members(api: &Api, branch: &Branch, others: &[&Branch]) -> Vec<Words> {
    let others: Vec<BTreeSet<Held<'_>>> =
        others.iter().map(|other| held(api, &other.ty).into_iter().collect()).collect();
    let mut own = held(api, &branch.ty);
    own.sort_by_cached_key(|held| others.iter().filter(|other| other.contains(held)).count());
    let any = |held: &Held<'_>, is: &dyn Fn(&Held<'_>) -> bool| {
        others.iter().flatten().any(|other| other.path == held.path && is(other))
    };
    let is_another = |held: &Held<'_>| any(held, &|other| other.kind != held.kind);
    let is_elsewhere = |held: &Held<'_>| any(held, &|other| other.kind == held.kind && other.file != held.file);
    (1..=own.len().min(MOST)).map(|count| name(own.iter().take(count), &is_another, &is_elsewhere)).collect()
}

/// Names by a longer title, by the few words that the description has for it, by a default that another branch has another
/// of, and by members that others can do without.
fn by_what_is_said(api: &Api, branch: &Branch, others: &[&Branch]) -> Vec<Words> {
    let own = members(api, &branch.ty).into_iter().flat_map(|of| &of.members);
    let others: Vec<&Struct> = others.iter().filter_map(|other| members(api, &other.ty)).collect();
    let others_of = |member: &Member| {
        let wire = member.wire.clone();
        others.iter().flat_map(|of| &of.members).filter(move |other| other.wire == wire)
    };
    let title = title(api, &branch.ty).or(branch.docs.summary.as_deref());
    let title = title.map(words).filter(|title| title.len() <= 2 * LONGEST_TITLE);
    let short = branch.docs.description.iter().map(|said| words(said)).filter(|said| said.len() <= LONGEST_TITLE);
    let (mut found, mut needed) = (title.into_iter().chain(short).collect::<Vec<_>>(), Words::new());
    for member in own {
        if let Some(default) = &member.notes.default
            && others_of(member).any(|other| other.notes.default.as_ref().is_some_and(|other| other != default))
        {
            let said = words(default);
            found.extend([said.clone(), [words(&member.wire), said].concat()]);
        }
        if member.required && others_of(member).any(|other| !other.required) {
            needed.push(if needed.is_empty() { "with" } else { "and" }.to_owned());
            needed.extend(words(&member.wire));
            found.push(needed.clone());
        }
    }
    found.into_iter().filter(|words| !words.is_empty()).collect()
}

/// The words of members, with what they are where that is what tells them apart, and whose that is.
fn name<'a>(
    members: impl Iterator<Item = &'a Held<'a>>,
    is_another: &dyn Fn(&Held<'_>) -> bool,
    is_elsewhere: &dyn Fn(&Held<'_>) -> bool,
) -> Words {
    let (mut name, mut around): (Words, &[&str]) = (Words::new(), &[]);
    for held in members {
        let (last, path) =
            held.path.split_last().map_or((None, held.path.as_slice()), |(last, path)| (Some(last), path));
        if path != around {
            name.extend(path.iter().flat_map(|part| words(part)));
        }
        let last = last.map(|last| words(last)).unwrap_or_default();
        let kind = held.kind.strip_prefix(last.as_slice()).unwrap_or(&held.kind);
        if is_elsewhere(held) {
            name.extend(held.file.iter().cloned());
        }
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
        let one = |path: Vec<&'a str>, member: &'a Member| {
            let (kind, file) = kind(api, &member.ty);
            Held { path, kind, file }
        };
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

fn title<'a>(api: &'a Api, ty: &TypeRef) -> Option<&'a str> {
    let TypeRef::Named(id) = ty else { return None };
    api.types.get(id)?.docs.summary.as_deref()
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

/// What a value is called for short (`text list`), and the words of the file where a component of that name stands.
fn kind(api: &Api, ty: &TypeRef) -> (Words, Words) {
    let (mut ty, mut around) = (ty, Words::new());
    let (own, file) = loop {
        let (items, word) = match ty {
            TypeRef::List(items) => (items, "list"),
            TypeRef::Map(items) => (items, "map"),
            TypeRef::Named(id) => match api.types.get(id).map(|def| (&def.origin, &def.kind)) {
                Some((Origin::Component(name), _)) => break (words(name), file_of(&id.0)),
                Some((_, TypeKind::Enum(of))) => break (words(scalar(of.kind)), Words::new()),
                _ => break (words("object"), Words::new()),
            },
            TypeRef::Primitive(primitive) => break (words(scalar(primitive.kind())), Words::new()),
            TypeRef::TextOf(_) => break (words("text"), Words::new()),
            TypeRef::NumberOf(_) => break (words("number"), Words::new()),
            TypeRef::Any => break (words("anything"), Words::new()),
        };
        around.insert(0, word.to_owned());
        ty = &items.ty;
    };
    ([own, around].concat(), file)
}

/// The words of the file that a component stands in; none in the root document, and none where it is the whole file.
fn file_of(component: &Pointer) -> Words {
    let names = component.file().map(|file| in_file(&file, component, &[])).unwrap_or_default();
    names.into_iter().next().filter(|_| !component.is_root()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::testing::{branch, build, component_id, list_of, member, named, object, string};
    use crate::ir::{JsonKind, Notes, Origin, Part, TypeId};

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

    #[test]
    fn what_is_said_of_a_member_tells_where_all_have_the_same() {
        let union = component_id("U");
        let said = |change: fn(usize, &mut Member)| {
            let (mut api, mut branches) = (build(), Vec::new());
            for at in 0..2 {
                let id = TypeId(union.0.child("oneOf").item(at));
                let told = Told::Fitting { kind: JsonKind::Object, listed: None, whole: false };
                branches.push(branch(id.0.clone(), told, named(&id)));
                let mut kind = member("kind", string());
                change(at, &mut kind);
                let origin = Origin::Part { parent: union.clone(), part: Part::Branch(at) };
                let whole = object([kind, Member { required: at == 1, ..member("other", string()) }]);
                api = api.add(id, origin, whole);
            }
            let (of, api) = (Union { branches }, api.api());
            [0, 1].map(|at| rungs(&api, &of, at).iter().map(|words| words.join(" ")).collect::<Vec<_>>().join(", "))
        };
        let defaults = said(|at, member| {
            member.notes =
                Notes { default: Some(["\"own\"", "\"self-served\""][at].to_owned()), ..Notes::default() }.into();
        });
        assert_eq!(
            defaults,
            ["kind, kind other, own, kind own", "kind, kind other, self served, kind self served, with other"]
        );
        let required = said(|at, member| member.required = at == 0);
        assert_eq!(required, ["kind, kind other, with kind", "kind, kind other, with other"]);
    }

    #[test]
    fn few_words_are_a_name() {
        let mut branches = Vec::new();
        for (title, said) in
            [(None, "Add devices."), (None, "Take all of the devices away"), (Some("Move devices"), "")]
        {
            let told = Told::Fitting { kind: JsonKind::List, listed: None, whole: false };
            let mut branch = branch(component_id("U").0.child("oneOf"), told, list_of(string()));
            branch.docs.summary = title.map(str::to_owned);
            branch.docs.description = Some(said.to_owned()).filter(|said| !said.is_empty());
            branches.push(branch);
        }
        let (of, api) = (Union { branches }, build().api());
        let said = [0, 1, 2].map(|at| rungs(&api, &of, at));
        assert_eq!(said, [vec![words("add devices")], vec![], vec![words("move devices")]]);
    }

    #[test]
    fn a_longer_title_is_a_name_where_members_are_none() {
        let union = component_id("U");
        let (mut api, mut branches) = (build(), Vec::new());
        for at in 0..2 {
            let id = TypeId(union.0.child("oneOf").item(at));
            let told = Told::Fitting { kind: JsonKind::Object, listed: None, whole: false };
            branches.push(branch(id.0.clone(), told, named(&id)));
            let origin = Origin::Part { parent: union.clone(), part: Part::Branch(at) };
            api = api.add(id, origin, object([member("id", string())]));
        }
        let titles = ["Added to a project's board", "What happens when someone takes a card out of a column"];
        let mut api = api.api();
        for (branch, title) in branches.iter().zip(titles) {
            let TypeRef::Named(id) = &branch.ty else { continue };
            api.types.entry(id.clone()).and_modify(|def| def.docs.summary = Some(title.to_owned()));
        }
        let of = Union { branches };
        let said = [0, 1].map(|at| rungs(&api, &of, at));
        assert_eq!(said, [vec![words("id"), words("added to a projects board")], vec![words("id")]]);
    }

    #[test]
    fn components_of_one_name_are_told_by_their_files() {
        let union = component_id("U");
        let (mut api, mut branches) = (build(), Vec::new());
        for (at, file) in ["nodes/radio.yaml", "core.yaml"].into_iter().enumerate() {
            let id = TypeId(union.0.child("oneOf").item(at));
            let told = Told::Fitting { kind: JsonKind::Object, listed: None, whole: false };
            branches.push(branch(id.0.clone(), told, named(&id)));
            let inner = TypeId(Pointer::of_file(file).child("components").child("schemas").child("Cell"));
            let origin = Origin::Part { parent: union.clone(), part: Part::Branch(at) };
            api = api.add(id, origin, object([member("cells", list_of(named(&inner)))])).add(
                inner,
                Origin::Component("Cell".to_owned()),
                object([member("id", string())]),
            );
        }
        let (of, api) = (Union { branches }, api.api());
        let first = |at: usize| rungs(&api, &of, at).first().map(|words| words.join(" ")).unwrap_or_default();
        assert_eq!([first(0), first(1)], ["radio cells", "core cells"]);
    }
}
