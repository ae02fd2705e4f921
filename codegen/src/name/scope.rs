//! A scope: things with the words that each could be named by → an identifier each, distinct among them, or a diagnostic
//! with the line for the configuration.

use std::collections::{BTreeMap, HashMap};

use super::ident::escaped;
use super::ladder::{Wish, climb};
use super::spell::{spelled, style};
use super::words::{Words, words};
use crate::diag::{Diagnostic, Diagnostics, NAME_CLASH, PIN_CLASH, PIN_INVALID};
use crate::pointer::Pointer;

/// A thing that needs a name.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// What it could be called, the best first.
    pub(super) rungs: Vec<Words>,
    /// Which of these are its own: others that want one of them give way.
    pub(super) owns: Owned,
    /// The name that the configuration gives it.
    pub(super) pinned: Option<String>,
    /// How to speak of it.
    pub(super) about: About,
}

/// How to speak of a thing in diagnostics.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    /// Where it stands.
    pub(super) place: Option<Pointer>,
    /// What it is: "the member `fooBar`".
    pub(super) thing: String,
    /// The table of the configuration that can name it: `members`.
    pub(super) table: &'static str,
    /// Its key there.
    pub(super) key: String,
}

/// A name that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Given {
    /// The identifier.
    pub(super) ident: String,
    /// Its words, to make further names of.
    pub(super) words: Words,
}

/// The rungs of a name: its words; what sets it apart, spelled; the style it is written in, unless that is `usual` in the
/// scope; what it is made of besides letters. Each after `prefix`.
pub(super) fn rungs(prefix: &[String], text: &str, usual: &[&str]) -> Vec<Words> {
    let spelled = [prefix, &spelled(text)].concat();
    let mut rungs = vec![[prefix, &words(text)].concat(), spelled.clone()];
    let style = style(text);
    if !usual.contains(&style) {
        rungs.push(with(&spelled, style));
    }
    let is_plain = |character: char| character.is_ascii_alphanumeric() || character == '_';
    if text.is_empty() {
        rungs.push(with(&spelled, "name"));
    } else if !text.chars().all(is_plain) {
        rungs.push(with(&spelled, "symbols"));
    }
    rungs
}

/// Which of its [`rungs`] a name owns.
#[derive(Clone, Debug, Default)]
pub(super) struct Owned {
    /// Its words where it is written in just the case that names have here, and its spelling where its style is the usual one,
    /// so that only those in other styles say theirs.
    as_written: Vec<Words>,
    /// Its words where it is of nothing but letters and digits: they are its own if nothing is written so.
    plain: Vec<Words>,
}

impl Owned {
    /// A name that is its own, however it is written.
    pub(super) fn whole(name: Words) -> Self {
        Self { as_written: vec![name], plain: Vec::new() }
    }

    pub(super) fn and(mut self, other: Self) -> Self {
        self.as_written.extend(other.as_written);
        self.plain.extend(other.plain);
        self
    }
}

/// Which of its [`rungs`] a name owns, where names are written in `case`.
pub(super) fn owned(prefix: &[String], text: &str, usual: &[&str], case: fn(&[String]) -> String) -> Owned {
    let (first, spelled) = (words(text), spelled(text));
    let mut owned = Owned::default();
    if case(&first) == text {
        owned.as_written.push([prefix, &first].concat());
    }
    if usual.contains(&style(text)) && spelled != first {
        owned.as_written.push([prefix, &spelled].concat());
    }
    if text.chars().all(|character| character.is_ascii_alphanumeric()) {
        owned.plain.push([prefix, &first].concat());
    }
    owned
}

/// `words` and one more.
pub(super) fn with(words: &[String], last: &str) -> Words {
    [words, &[last.to_owned()]].concat()
}

/// A name for each entry, in the same order. `case` makes identifiers of words; `taken` says which are not to be had. Where
/// there is none, the last that was tried is given, and the diagnostic says so.
pub(super) fn give(
    entries: &[Entry],
    case: fn(&[String]) -> String,
    taken: impl Fn(&str) -> bool,
    diagnostics: &mut Diagnostics,
) -> Vec<Given> {
    let pinned = check_pins(entries, &taken, diagnostics);
    let ladders: Vec<Vec<Given>> = entries.iter().map(|entry| ladder(entry, case)).collect();
    let free: Vec<usize> =
        (0..entries.len()).filter(|at| entries.get(*at).is_some_and(|e| e.pinned.is_none())).collect();
    let wishes: Vec<Wish> = free.iter().filter_map(|at| Some(wish(entries.get(*at)?, ladders.get(*at)?))).collect();
    let climbed = climb(&wishes, |name| taken(name) || pinned.contains_key(name));
    let rung_of: BTreeMap<usize, Option<usize>> = free.into_iter().zip(climbed).collect();
    let mut given = Vec::with_capacity(entries.len());
    let mut failed = Vec::new();
    for (at, (entry, ladder)) in entries.iter().zip(&ladders).enumerate() {
        let rung = rung_of.get(&at).copied().unwrap_or(Some(0));
        if rung.is_none() {
            failed.push((at, ladder.last().map(|last| last.ident.clone()).unwrap_or_default()));
        }
        let name = rung.and_then(|rung| ladder.get(rung)).or(ladder.last());
        let fallback = || Given { ident: "unnamed".to_owned(), words: words(&entry.about.key) };
        given.push(name.cloned().unwrap_or_else(fallback));
    }
    report(entries, &failed, diagnostics);
    given
}

/// As [`give`], for things of which nearly all get the first name they could have, and none is pinned: `first` has its
/// words, and `entry` all of it, which is asked of those alone whose first name another wants too.
pub(super) fn give_first<T>(
    things: &[T],
    first: impl Fn(&T) -> Words,
    entry: impl Fn(&T) -> Entry,
    case: fn(&[String]) -> String,
    taken: impl Fn(&str) -> bool,
    diagnostics: &mut Diagnostics,
) -> Vec<Given> {
    let firsts = things.iter().map(&first).map(|words| Given { ident: case(&words), words });
    let firsts: Vec<Given> = firsts.collect();
    let mut wanting: HashMap<&str, usize> = HashMap::with_capacity(firsts.len());
    for given in &firsts {
        *wanting.entry(&given.ident).or_default() += 1;
    }
    let is_alone = |given: &Given| wanting.get(given.ident.as_str()) == Some(&1) && !taken(&given.ident);
    let alone: Vec<bool> = firsts.iter().map(is_alone).collect();
    if alone.iter().all(|alone| *alone) {
        return firsts;
    }
    // Who stands alone on the lowest rung keeps its name whatever others come to want it.
    let entries = things.iter().zip(&firsts).zip(alone).map(|((thing, given), alone)| match alone {
        true => {
            Entry { rungs: vec![given.words.clone()], owns: Owned::default(), pinned: None, about: About::default() }
        }
        false => {
            let entry = entry(thing);
            debug_assert_eq!(entry.rungs.first(), Some(&given.words));
            entry
        }
    });
    give(&entries.collect::<Vec<Entry>>(), case, taken, diagnostics)
}

fn wish(entry: &Entry, ladder: &[Given]) -> Wish {
    let rungs_of = |words: &[Words]| {
        let own = ladder.iter().enumerate().filter(|(_, given)| words.contains(&given.words));
        own.map(|(rung, _)| rung).collect()
    };
    Wish {
        rungs: ladder.iter().map(|given| given.ident.clone()).collect(),
        owns: rungs_of(&entry.owns.as_written),
        plain: rungs_of(&entry.owns.plain),
    }
}

/// The names an entry could have; the one that the configuration gives it and no other, if there is one.
fn ladder(entry: &Entry, case: fn(&[String]) -> String) -> Vec<Given> {
    if let Some(pin) = &entry.pinned {
        // A name that it could have anyway keeps the words of that: `Resnet50` says less of them than `resnet 50`.
        let own = entry.rungs.iter().find(|words| case(words) == *pin);
        return vec![Given { ident: escaped(pin), words: own.cloned().unwrap_or_else(|| words(pin)) }];
    }
    let rungs = entry.rungs.iter().map(|words| Given { ident: case(words), words: words.clone() });
    let mut rungs: Vec<Given> = rungs.collect();
    rungs.dedup_by(|a, b| a.ident == b.ident);
    rungs
}

/// The pinned names, by the entry that has each; those that are taken or there twice are reported.
fn check_pins(
    entries: &[Entry],
    taken: impl Fn(&str) -> bool,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, usize> {
    let mut pinned: BTreeMap<String, usize> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let Some(pin) = &entry.pinned else { continue };
        let About { thing, table, key, .. } = &entry.about;
        if taken(&escaped(pin)) {
            let message = format!("`{pin}` can't be the name of {thing}: it is taken");
            let help = format!("choose another in `[names.{table}]`: `\"{key}\" = \"…\"`");
            diagnostics.push(placed(Diagnostic::new(&PIN_INVALID, message), &entry.about).help(help));
        }
        if let Some(other) = pinned.insert(escaped(pin), at).and_then(|other| entries.get(other)) {
            let message = format!("the configuration calls both {} and {thing} `{pin}`", other.about.thing);
            let help = format!("change one of the two lines in `[names.{table}]`");
            diagnostics.push(placed(Diagnostic::new(&PIN_CLASH, message), &entry.about).help(help));
        }
    }
    pinned
}

/// Reports the entries (by index, with the last name tried) that got no name.
fn report(entries: &[Entry], failed: &[(usize, String)], diagnostics: &mut Diagnostics) {
    let mut wanting: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, name) in failed {
        wanting.entry(name).or_default().push(*at);
    }
    for (at, name) in failed {
        let Some(entry) = entries.get(*at) else { continue };
        let About { thing, table, key, .. } = &entry.about;
        let message = format!("{thing} would be called `{name}`, which is the name of something else");
        let mut found = placed(Diagnostic::new(&NAME_CLASH, message), &entry.about)
            .help(format!("choose its name in the configuration, below `[names.{table}]`: `\"{key}\" = \"…\"`"));
        let others = wanting.get(name.as_str()).into_iter().flatten().filter(|other| *other != at);
        for other in others.filter_map(|other| entries.get(*other)).take(3) {
            if let Some(place) = &other.about.place {
                found = found.related(place, format!("so would {}", other.about.thing));
            }
        }
        diagnostics.push(found);
    }
}

fn placed(diagnostic: Diagnostic, about: &About) -> Diagnostic {
    match &about.place {
        Some(place) => diagnostic.at(place),
        None => diagnostic,
    }
}
