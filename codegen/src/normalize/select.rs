//! Takes the operations that are not wanted out of what was read, with what was found in things that only they need, so
//! that the description reads as if it had only the rest.

use std::collections::{BTreeMap, BTreeSet};

use super::form::{Form, Members, Objects};

use super::faults::Faults;
use super::grammar::Section;
use super::incoming;
use super::read::Reader;
use super::slots::Slot;
use super::spec::required_scheme;
use crate::diag::{Diagnostic, Diagnostics, FILTER_MATCHES_NOTHING};
use crate::filter::{Candidate, Filter, Pattern, Subject};
use crate::pointer::Pointer;
use crate::suggest::nearest;

type Collected = BTreeMap<Section, Objects>;

/// Where operations stand in the document, and what tells them apart there: their paths, or the names of webhooks.
const SECTIONS: [&str; 3] = ["paths", incoming::WEBHOOKS[0], incoming::WEBHOOKS[1]];

/// An operation with the path and the method that lead to it.
struct Found {
    section: &'static str,
    path: String,
    /// Where the path item stands that has the operation.
    item: Pointer,
    slot: Slot,
    /// In lower case.
    method: String,
    id: Option<String>,
    tags: Vec<String>,
}

/// Takes out of `root` and of what `reader` has collected all that `filter` doesn't want. A pattern that matches nothing is
/// reported.
pub(super) fn select(
    filter: &Filter,
    root: &mut Form,
    reader: &mut Reader,
    faults: &mut Faults,
    diagnostics: &mut Diagnostics,
) {
    if filter.is_empty() {
        return;
    }
    let found = Found::all(root, &reader.collected);
    for pattern in filter.patterns().filter(|pattern| !found.iter().any(|found| found.is_for(pattern))) {
        diagnostics.push(matches_nothing(pattern, &found));
    }
    let wanted = |found: &&Found| found.with(|candidate| filter.wants(candidate));
    let kept: BTreeSet<(Key<'_>, &Slot)> =
        found.iter().filter(wanted).map(|found| (found.key(), &found.slot)).collect();
    take_out(&found, &kept, filter, root, &mut reader.collected);
    let reached = reached(root, &reader.collected);
    let concerns = |found: &Diagnostic| {
        let place = found.place.as_ref().and_then(|place| place.pointer.as_ref());
        place.and_then(|place| super::faults::owner(reader, place)).is_none_or(|owner| reached.contains(&owner))
    };
    let found = std::mem::take(&mut faults.findings);
    faults.findings = found.into_iter().filter(concerns).collect();
    let mut kept = Diagnostics::default();
    for found in reader.diagnostics.iter().filter(|found| concerns(found)) {
        kept.push(found.clone());
    }
    reader.diagnostics = kept;
}

impl Found {
    /// All operations below `paths` and webhooks, those that can't be read among them.
    fn all(root: &Form, collected: &Collected) -> Vec<Self> {
        let mut all = Vec::new();
        let items = SECTIONS.into_iter().flat_map(|section| {
            let items = root.get(section).and_then(Form::as_object).into_iter().flat_map(Members::iter);
            items.map(move |(path, link)| (section, path, link))
        });
        for (section, path, link) in items {
            let Some((item, members)) = follow(link, collected, Section::PathItems) else { continue };
            for (slot, link) in Slot::of(members) {
                let operation = follow(link, collected, Section::Operations).map(|(_, operation)| operation);
                let tags = operation.and_then(|operation| operation.get("tags")).and_then(Form::as_list);
                let id = operation.and_then(|operation| operation.get("operationId")).and_then(Form::as_text);
                all.push(Self {
                    section,
                    path: path.to_owned(),
                    item: item.clone(),
                    method: slot.method().to_ascii_lowercase(),
                    slot,
                    id: id.map(str::to_owned),
                    tags: tags.into_iter().flatten().filter_map(Form::as_text).map(str::to_owned).collect(),
                });
            }
        }
        all
    }

    fn key(&self) -> Key<'_> {
        (self.section, &self.path)
    }

    fn with<T>(&self, look: impl FnOnce(&Candidate<'_>) -> T) -> T {
        let tags: Vec<&str> = self.tags.iter().map(String::as_str).collect();
        look(&Candidate { path: &self.path, method: &self.method, id: self.id.as_deref(), tags: &tags })
    }

    fn is_for(&self, pattern: &Pattern) -> bool {
        self.with(|candidate| pattern.matches(candidate))
    }
}

fn matches_nothing(pattern: &Pattern, found: &[Found]) -> Diagnostic {
    let mut known: BTreeSet<String> = BTreeSet::new();
    for one in found {
        one.with(|candidate| known.extend(pattern.of(candidate).into_iter().map(str::to_owned)));
    }
    let what = match pattern.subject {
        Subject::Tag => "no operation has a tag",
        Subject::Path => "no path has the form",
        Subject::Method => "no operation has the method",
        Subject::Operation => "no operation has an `operationId`",
    };
    let mut report = Diagnostic::new(&FILTER_MATCHES_NOTHING, format!("{what} `{}`", pattern.text));
    if let Some(span) = &pattern.span {
        report = report.at(span.clone());
    }
    let near = nearest(&pattern.text, known.iter().map(String::as_str));
    let meant =
        near.map(|text| Pattern { text: text.to_owned(), ..pattern.clone() }).or_else(|| elsewhere(pattern, found));
    match meant {
        Some(meant) => report.help(format!("did you mean `{meant}`?")),
        None => report.help("`clientwright list` shows all operations"),
    }
}

/// What was meant by a pattern that looks at the wrong thing, or has a word in front that is none.
fn elsewhere(pattern: &Pattern, found: &[Found]) -> Option<Pattern> {
    let of_others = Subject::ALL.map(|subject| Pattern { subject, ..pattern.clone() }).into_iter();
    let of_word = pattern.text.split_once(':').and_then(|(word, text)| {
        let word = nearest(word, Subject::ALL.map(Subject::word))?;
        Some(Pattern::parse(&format!("{word}:{text}"), pattern.span.clone()))
    });
    of_word.into_iter().chain(of_others).find(|other| found.iter().any(|one| one.is_for(other)))
}

/// A path item: the section of the document that it stands in, and its path or name there.
type Key<'a> = (&'static str, &'a str);

/// Takes the operations that are not kept out of their path items, each path with a path item of its own from now on: two
/// paths may share one, and only one of them be wanted.
fn take_out(
    found: &[Found],
    kept: &BTreeSet<(Key<'_>, &Slot)>,
    filter: &Filter,
    root: &mut Form,
    collected: &mut Collected,
) {
    let readable: BTreeSet<Key<'_>> = found.iter().map(Found::key).collect();
    let wanted: BTreeSet<Key<'_>> = kept.iter().map(|(key, _)| *key).collect();
    for section in SECTIONS {
        let Some(items) = root.get_mut(section).and_then(Form::as_object_mut) else { continue };
        items.retain(|path| {
            let key = (section, path);
            wanted.contains(&key)
                // One that can't be read is wanted by its path alone.
                || (!readable.contains(&key)
                    && filter.wants(&Candidate { path, method: "", id: None, tags: &[] }))
        });
    }
    let items = collected.entry(Section::PathItems).or_default();
    let mut shared: BTreeMap<&Pointer, BTreeSet<Key<'_>>> = BTreeMap::new();
    for one in found {
        shared.entry(&one.item).or_default().insert(one.key());
    }
    shared.retain(|_, paths| paths.len() > 1);
    let place_of = |(section, path): Key<'_>| Pointer::root().child(section).child(path);
    for (item, paths) in &shared {
        let Some(whole) = items.get(*item).cloned() else { continue };
        for place in paths.iter().map(|path| place_of(*path)).filter(|place| place != *item) {
            items.insert(place, whole.clone());
        }
    }
    for one in found.iter().filter(|one| !kept.contains(&(one.key(), &one.slot))) {
        let target = if shared.contains_key(&one.item) { place_of(one.key()) } else { one.item.clone() };
        if let Some(item) = items.get_mut(&target).and_then(Form::as_object_mut) {
            one.slot.take(item);
        }
    }
}

/// The object at the end of references, and where it stands.
fn follow<'a>(link: &Form, collected: &'a Collected, section: Section) -> Option<(Pointer, &'a Form)> {
    let among = collected.get(&section)?;
    let mut place = link.as_link()?;
    for _ in 0..super::CHAIN + 2 {
        match among.get(place)? {
            Form::Link(onward) => place = onward,
            object => return Some((place.clone(), object)),
        }
    }
    None
}

/// All objects that the description leads to from its paths and webhooks, and the security schemes that are required there.
fn reached(root: &Form, collected: &Collected) -> BTreeSet<Pointer> {
    let mut reached: BTreeSet<Pointer> = BTreeSet::new();
    let mut waiting: Vec<&Form> = SECTIONS.into_iter().filter_map(|section| root.get(section)).collect();
    let scheme = |name: &str| root.get("components")?.get("securitySchemes")?.get(name);
    let required = |holder: &Form| -> Vec<&Form> {
        let requirements = holder.get("security").and_then(Form::as_list).into_iter().flatten();
        requirements
            .filter_map(Form::as_object)
            .flat_map(Members::keys)
            .map(required_scheme)
            .filter_map(scheme)
            .collect()
    };
    waiting.extend(required(root));
    while let Some(value) = waiting.pop() {
        match value {
            Form::List(items) => waiting.extend(items),
            Form::Object(members) => {
                waiting.extend(members.iter().map(|(_, value)| value));
                waiting.extend(required(value));
            }
            Form::Link(place) if !reached.contains(place) => {
                waiting.extend(collected.values().filter_map(|objects| objects.get(place)));
                reached.insert(place.clone());
            }
            _ => {}
        }
    }
    reached
}
