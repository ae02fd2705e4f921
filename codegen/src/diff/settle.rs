//! What was found in the description, and what is different for callers, brought together: each change gets the gravest of
//! what its parts do to callers, and what no change of the description accounts for becomes a change of its own.

use std::collections::BTreeMap;

use super::change::{Change, Kind, Rust, Wire};
use super::rust::{Cause, Difference};
use crate::emit::surface::{Part, Role};
use crate::pointer::Pointer;

/// A change of the description, before it is known what it does to callers.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) kind: Kind,
    pub(super) wire: Wire,
    pub(super) what: String,
    /// What of the owner it is about.
    pub(super) about: About,
    pub(super) places: Places,
    /// What to do about the wire.
    pub(super) advice: &'static str,
}

/// What differences a change accounts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// Those of everything.
    All,
    /// Those of one part.
    Part(Part),
    /// Those of what a success answers, be it of one status more or less.
    Answer,
    /// Those of statuses that an answer has more or less.
    Statuses,
    /// Those of arguments that come in another order.
    Order,
    /// Those that come and go with whether a type is sent, as far as nothing else accounts for them.
    Sent,
    /// None: it is of the wire, or of words, alone.
    Nothing,
}

/// Where a thing stood and where it stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    pub(super) old: Option<Pointer>,
    pub(super) new: Option<Pointer>,
}

impl Places {
    pub(super) fn of(old: &Pointer, new: &Pointer) -> Self {
        Self { old: Some(old.clone()), new: Some(new.clone()) }
    }

    pub(super) fn gone(old: &Pointer) -> Self {
        Self { old: Some(old.clone()), new: None }
    }

    pub(super) fn come(new: &Pointer) -> Self {
        Self { old: None, new: Some(new.clone()) }
    }
}

impl Draft {
    pub(super) fn new(kind: Kind, wire: Wire, what: impl Into<String>, about: About, places: Places) -> Self {
        Self { kind, wire, what: what.into(), about, places, advice: "" }
    }

    pub(super) fn part(kind: Kind, wire: Wire, what: impl Into<String>, part: Part, places: Places) -> Self {
        Self::new(kind, wire, what, About::Part(part), places)
    }

    /// Says what to do about the wire.
    pub(super) fn advise(mut self, advice: &'static str) -> Self {
        self.advice = advice;
        self
    }
}

/// Whose changes are settled.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    /// `GET /pets`, `Pet`.
    pub(super) subject: String,
    pub(super) places: Places,
    /// What it is when it has another name.
    pub(super) renamed: Kind,
}

const NOTHING: &str = "Nothing must be done.";
const AGAIN: &str = "Bring the new client out before the server changes.";

/// The changes of one owner.
pub(super) fn settle(owner: &Owner, drafts: Vec<Draft>, differences: &[Difference]) -> Vec<Change> {
    let mut accounted = vec![false; differences.len()];
    let mut changes = Vec::new();
    for draft in drafts {
        let mut of_draft = Vec::new();
        for (difference, accounted) in differences.iter().zip(&mut accounted) {
            let is_deprecation = difference.cause == Cause::Deprecated;
            let is_about = match &draft.about {
                About::All => true,
                About::Part(part) => *part == difference.part && is_deprecation == (draft.kind == Kind::Deprecated),
                About::Sent => !*accounted && is_of_sending(difference),
                About::Answer => difference.part == Part::Answer || difference.is_of_status(),
                About::Statuses => difference.is_of_status(),
                About::Order => difference.cause == Cause::Place,
                About::Nothing => false,
            };
            if is_about {
                *accounted = true;
                of_draft.push(difference);
            }
        }
        if draft.about == About::Sent && of_draft.is_empty() {
            continue;
        }
        let advice = match (draft.advice, draft.wire) {
            ("", Wire::Breaking) => AGAIN,
            ("", Wire::None | Wire::Additive) => NOTHING,
            (advice, _) => advice,
        };
        let mut change = change(owner, draft.kind, draft.what, &of_draft, advice);
        change.wire = draft.wire;
        (change.old, change.new) = (draft.places.old, draft.places.new);
        changes.push(change);
    }
    let left = differences.iter().zip(accounted).filter(|(_, accounted)| !accounted).map(|(difference, _)| difference);
    changes.extend(others(owner, left));
    changes
}

/// Whether it is of what only types have that are sent: what makes and sets values.
fn is_of_sending(difference: &Difference) -> bool {
    let makes = match &difference.role {
        Role::Constructor
        | Role::Argument
        | Role::Literal
        | Role::Setter
        | Role::Conversion
        | Role::NullableConversion => true,
        Role::Trait(name) => name == "Default",
        Role::Type
        | Role::Field
        | Role::Position
        | Role::Variant
        | Role::Method(_)
        | Role::Export
        | Role::Feature
        | Role::Dependency => false,
    };
    // What may be null is told apart from what is left out, where it is sent.
    let is_patch = difference.role == Role::Field && difference.names.contains("Patch<");
    makes || (is_patch && difference.cause == Cause::Type)
}

/// What no change of the description accounts for, by kind; what has another name or type, by part too.
fn others<'a>(owner: &Owner, left: impl Iterator<Item = &'a Difference>) -> Vec<Change> {
    let left: Vec<&Difference> = left.collect();
    // Where a constructor takes its arguments in another way, all of them are other ones.
    let is_of_whole = |difference: &Difference| difference.role == Role::Constructor && difference.cause == Cause::Type;
    let is_otherwise = left.iter().any(|difference| is_of_whole(difference));
    let is_taken = |role: &Role| matches!(role, Role::Argument | Role::Literal);
    let mut groups: BTreeMap<(Kind, Option<Part>), Vec<&Difference>> = BTreeMap::new();
    for difference in left {
        let kind = kind(owner, difference);
        let is_alone = kind == Kind::RustName && !matches!(difference.part, Part::Named(_));
        let part = match is_otherwise && is_taken(&difference.role) {
            true => Part::Whole,
            false => difference.part.clone(),
        };
        groups.entry((kind, is_alone.then_some(part))).or_default().push(difference);
    }
    let groups = groups.into_iter().map(|((kind, _), of_group)| {
        let told: Vec<&Difference> = match of_group.iter().find(|difference| is_of_whole(difference)) {
            Some(constructor) => vec![constructor],
            None => of_group.clone(),
        };
        let names: Vec<String> = told.iter().map(|difference| format!("`{}`", difference.names)).collect();
        let told = change(owner, kind, words(kind, &names.join(", "), &of_group), &told, NOTHING);
        Change { names: unique(&of_group), ..told }
    });
    groups.collect()
}

/// What differs, each once: a field and what sets it may have one name.
fn unique(differences: &[&Difference]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(differences.len());
    for difference in differences {
        if !names.contains(&difference.names) {
            names.push(difference.names.clone());
        }
    }
    names
}

fn words(kind: Kind, names: &str, differences: &[&Difference]) -> String {
    let traits = |wanted: Cause| {
        let of_cause = differences.iter().filter(|difference| difference.cause == wanted);
        let traits = of_cause.filter_map(|difference| match &difference.role {
            Role::Trait(name) => Some(format!("`{name}`")),
            _ => None,
        });
        traits.collect::<Vec<_>>().join(", ")
    };
    match kind {
        Kind::Trait => match (traits(Cause::Removed).as_str(), traits(Cause::Added).as_str()) {
            (lost, "") => format!("it no longer implements {lost}"),
            ("", won) => format!("it implements {won}"),
            (lost, won) => format!("it implements {won}, and no longer {lost}"),
        },
        Kind::ParameterOrder => "the arguments come in another order".to_owned(),
        Kind::Feature if differences.iter().any(|difference| is_of_resources(difference)) => {
            "each resource has a feature of its own now".to_owned()
        }
        _ => format!("in Rust: {names}"),
    }
}

/// Whether all resources are behind features that none was behind.
fn is_of_resources(difference: &Difference) -> bool {
    difference.role == Role::Feature && difference.cause == Cause::Gate
}

fn kind(owner: &Owner, difference: &Difference) -> Kind {
    match (&difference.role, difference.cause) {
        (_, Cause::Place) => Kind::ParameterOrder,
        (_, Cause::Gate) | (Role::Feature, _) => Kind::Feature,
        (_, Cause::Deprecated) => Kind::Deprecated,
        (Role::Trait(_), _) => Kind::Trait,
        (Role::Dependency, _) => Kind::Dependency,
        (Role::Method(what), _) if what == "resource" => Kind::Resource,
        (Role::Type | Role::Constructor, Cause::Name) if matches!(difference.part, Part::Whole | Part::Answer) => {
            owner.renamed
        }
        _ => Kind::RustName,
    }
}

fn change(owner: &Owner, kind: Kind, what: String, differences: &[&Difference], advice: &str) -> Change {
    let is_trait = |difference: &Difference| matches!(difference.role, Role::Trait(_));
    let gravest = differences
        .iter()
        .rev()
        .max_by_key(|difference| (difference.rust, difference.cause != Cause::Removed, !is_trait(difference)));
    let rust = gravest.map_or(Rust::Patch, |difference| difference.rust);
    let advice = match gravest {
        Some(difference) if rust > Rust::Patch && (advice == NOTHING || rust == Rust::Major) => &difference.advice,
        _ => advice,
    };
    Change {
        kind,
        wire: Wire::None,
        rust,
        subject: owner.subject.clone(),
        others: Vec::new(),
        what,
        advice: advice.to_owned(),
        names: unique(differences),
        old: owner.places.old.clone(),
        new: owner.places.new.clone(),
    }
}
