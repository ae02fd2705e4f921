//! Branches of unions: what tells a branch apart, and what it holds → the words that its variant could be called by, and
//! its type where that has no name of its own.

mod telling;

use super::scope::{rungs as spelled, with};
use super::words::{Words, words};
use crate::ir::{Api, JsonKind, Origin, Primitive, Tag, Told, TypeKind, TypeRef, Union};

/// The longest title that is a name rather than a sentence, in words.
const LONGEST_TITLE: usize = 4;

/// Styles of names that need no mention.
const USUAL: &[&str] = &["pascal", "capital"];

/// What the branch at `at` of the union `of` could be called, whose own name is `union`, the best first: by the one text
/// that stands for it, its component, its title, what else tells it apart, what it holds, what the fewest others hold. Words
/// that the union says itself are left out first.
pub(super) fn rungs(api: &Api, union: &[String], of: &Union, at: usize) -> Vec<Words> {
    let Some(branch) = of.branches.get(at) else { return Vec::new() };
    let (component, title) = named(api, &branch.ty);
    let mut found = Vec::new();
    if let Told::Tagged { values, .. } = &branch.told
        && let [Tag::Text(text)] = values.as_slice()
        // An address is unique, and no name; so is what OData calls types by, with the names around them.
        && !text.contains("://")
        && !text.starts_with('#')
    {
        found.extend(spelled(&[], text, USUAL));
    }
    let by_type = component.iter().chain(&title).flat_map(|name| spelled(&[], name, USUAL));
    found.extend(by_type);
    found.extend(told(&branch.told));
    if let Told::Fitting { .. } = branch.told {
        found.extend(held(api, &branch.ty));
    }
    let short = found.iter().map(|words| within(union, words));
    let mut all: Vec<Words> = short.chain(found.iter().cloned()).collect();
    if let Some(first) = found.first() {
        all.push(with(first, "branch"));
    }
    if let Told::Fitting { .. } = branch.told {
        all.extend(telling::rungs(api, of, at));
        // Nothing in it needs to be its own; its place in the description is.
        all.push(with(&words("branch"), &(at + 1).to_string()));
    }
    all
}

/// The component that a branch is, and its title.
fn named(api: &Api, ty: &TypeRef) -> (Option<String>, Option<String>) {
    let TypeRef::Named(id) = ty else { return (None, None) };
    let Some(def) = api.types.get(id) else { return (None, None) };
    let component = match &def.origin {
        Origin::Component(name) => Some(name.clone()),
        _ => None,
    };
    let is_name = |title: &&String| words(title).len() <= LONGEST_TITLE;
    (component, def.docs.summary.as_ref().filter(is_name).cloned())
}

/// The words of what tells a branch apart, which no other branch has: the last that are tried are spelled in full.
fn told(by: &Told) -> Vec<Words> {
    match by {
        Told::Kind(kind) => vec![words(kind.as_str())],
        Told::Fitting { listed: Some((member, values)), .. } => {
            told(&Told::Tagged { member: member.clone(), values: values.clone() })
        }
        Told::Fitting { listed: None, .. } => Vec::new(),
        Told::Having { members } => members.iter().flat_map(|member| spelled(&[], member, USUAL)).collect(),
        Told::Tagged { member, values } => {
            let mut said: Vec<Words> = values.iter().take(2).map(|value| words(&value.to_string())).collect();
            if values.len() > 2 {
                said.push(words("other"));
            }
            let said = said.join(&"or".to_owned());
            // Each value stands for one branch alone.
            let first = values.first().map(ToString::to_string).unwrap_or_default();
            let prefixes = spelled(&[], member, USUAL);
            let whole = prefixes.iter().map(|member| [member.as_slice(), &said].concat());
            let full = prefixes.iter().flat_map(|member| spelled(member, &first, USUAL));
            // A number or a boolean alone says nothing.
            let alone = values.iter().all(|value| matches!(value, Tag::Text(_))).then(|| said.clone());
            alone.into_iter().chain(whole).chain(full).collect()
        }
    }
}

/// The words of what a type without a name holds: the names of an object's members, the required ones first, and what a
/// list holds, or the first member of an object and what that holds.
fn held(api: &Api, ty: &TypeRef) -> Vec<Words> {
    let kind = |ty: &TypeRef| match ty {
        TypeRef::Named(id) => match api.types.get(id).map(|def| (&def.origin, &def.kind)) {
            Some((Origin::Component(name), _)) => words(name),
            Some((_, TypeKind::Enum(of))) => words(scalar(of.kind)),
            _ => words("object"),
        },
        TypeRef::List(_) => words("list"),
        TypeRef::Map(_) => words("map"),
        TypeRef::Primitive(primitive) => words(scalar(primitive.kind())),
        TypeRef::TextOf(_) => words("text"),
        TypeRef::NumberOf(_) => words("number"),
        TypeRef::Any => words("anything"),
    };
    let of_items = |ty: &TypeRef, word: &str| {
        let known = [kind(ty), exact(ty)].into_iter().filter(|of| !of.is_empty());
        known.map(|of| with(&of, word)).collect()
    };
    match ty {
        TypeRef::List(items) => of_items(&items.ty, "list"),
        TypeRef::Map(items) => of_items(&items.ty, "map"),
        TypeRef::Named(id) => match api.types.get(id).map(|def| &def.kind) {
            Some(TypeKind::Struct(of)) => {
                let named =
                    |count: usize| of.members.iter().take(count).flat_map(|member| words(&member.wire)).collect();
                let first = of.members.first().map(|member| [words(&member.wire), kind(&member.ty)].concat());
                (1..=of.members.len().min(3)).map(named).chain(first).collect()
            }
            _ => Vec::new(),
        },
        TypeRef::Primitive(_) | TypeRef::TextOf(_) | TypeRef::NumberOf(_) | TypeRef::Any => Vec::new(),
    }
}

/// What a value is called where that tells it from others that are called the same for short.
fn exact(ty: &TypeRef) -> Words {
    match ty {
        TypeRef::Primitive(primitive) if primitive.is_text() => words(&format!("{primitive:?}")),
        TypeRef::Primitive(Primitive::F64) => words("float"),
        TypeRef::Primitive(primitive) => words(primitive.kind().as_str()),
        TypeRef::List(items) => with(&exact(&items.ty), "list"),
        TypeRef::Map(items) => with(&exact(&items.ty), "map"),
        TypeRef::Named(_) | TypeRef::TextOf(_) | TypeRef::NumberOf(_) | TypeRef::Any => Words::new(),
    }
}

/// What a value without parts is called for short.
fn scalar(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Boolean => "boolean",
        JsonKind::Number | JsonKind::Integer => "number",
        JsonKind::String | JsonKind::List | JsonKind::Object => "text",
    }
}

/// `words` without those at either end that the union's name says too: `event created` in `event` is `created`.
fn within(union: &[String], words: &[String]) -> Words {
    let rest = words.strip_prefix(union).or_else(|| words.strip_suffix(union)).unwrap_or(words);
    let is_name = rest.first().and_then(|word| word.chars().next()).is_some_and(|first| first.is_ascii_alphabetic());
    if is_name { rest.to_vec() } else { words.to_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::testing::{branch, build, component_id, member, named as of, object, string};

    #[test]
    fn lists_of_numbers_are_told_apart_by_which_they_are() {
        let list = |primitive| crate::ir::testing::list_of(TypeRef::Primitive(primitive));
        let api = build().api();
        let id = component_id("U");
        let told = || Told::Fitting { kind: JsonKind::List, listed: None, whole: false };
        let branches =
            [Primitive::I64, Primitive::F64, Primitive::Date].map(|of| branch(id.0.clone(), told(), list(of)));
        let union = Union { branches: branches.into() };
        let said = |at: usize| {
            rungs(&api, &words("U"), &union, at).iter().take(2).map(|words| words.join(" ")).collect::<Vec<_>>()
        };
        assert_eq!(said(0), ["number list", "integer list"]);
        assert_eq!(said(1), ["number list", "float list"]);
        assert_eq!(said(2), ["text list", "date list"]);
    }

    #[test]
    fn an_address_that_tells_a_branch_is_no_name_for_it() {
        let api = build().component("DuplicateRule", object([member("x", string())])).api();
        for (tag, name) in [
            ("duplicate", "duplicate"),
            ("about:blank", "about blank"),
            ("https://api.example.com/problems/duplicate", "duplicate rule"),
            ("#Example.Problems.Duplicate", "duplicate rule"),
        ] {
            let id = component_id("DuplicateRule");
            let told = Told::Tagged { member: "type".to_owned(), values: vec![Tag::Text(tag.to_owned())] };
            let union = Union { branches: vec![branch(id.0.clone(), told, of(&id))] };
            let rungs = rungs(&api, &words("Problem"), &union, 0);
            assert_eq!(rungs.first().map(|words| words.join(" ")).as_deref(), Some(name), "{tag}");
        }
    }
}
