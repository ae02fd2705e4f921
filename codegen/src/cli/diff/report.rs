//! Changes as text for people, as Markdown for a pull request, and as JSON for programs.

use std::fmt::Write as _;

use clientwright::compare::{Place, Placed};
use clientwright::diag::text::clean;
use clientwright::diff::{Allowed, Change, Rust, Wire};
use serde_json::{Value, json};

use crate::cli::findings::plural;
use crate::cli::json;

/// So many of a long list are told.
const FEW: usize = 6;

/// What is reported.
pub(super) struct Report<'a> {
    pub(super) changes: &'a [Placed],
    pub(super) allowed: &'a Allowed,
}

impl Report<'_> {
    fn changes(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().map(|placed| &placed.change)
    }

    fn count(&self, rust: Rust) -> usize {
        self.changes().filter(|change| change.rust == rust).count()
    }

    /// `12 changes: 1 major, 3 minor, 8 patch to callers; 2 breaking on the wire`
    fn summary(&self) -> String {
        if self.changes.is_empty() {
            return "no changes".to_owned();
        }
        let counts = [Rust::Major, Rust::Minor, Rust::Patch].map(|rust| (self.count(rust), rust.as_str()));
        let counts: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        let breaking = self.changes().filter(|change| change.wire == Wire::Breaking).count();
        let changes = plural(self.changes.len(), "change");
        format!("{changes}: {} to callers; {breaking} breaking on the wire", counts.join(", "))
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for placed in self.changes {
            let change = &placed.change;
            let allowed = if self.allowed.has(change) { ", allowed" } else { "" };
            let (rust, wire) = (change.rust.as_str(), change.wire.as_str());
            let _ = writeln!(text, "{rust}, wire {wire}{allowed}: {}", clean(&change.to_string()));
            let _ = writeln!(text, "    {} {}", change.kind.as_str(), change.fingerprint());
            for (side, place) in [("old", &placed.old), ("new", &placed.new)] {
                if let Some(place) = place {
                    let _ = writeln!(text, "    {side}: {}", clean(&address(place)));
                }
            }
            if !change.others.is_empty() {
                let few = change.others.iter().take(FEW).map(String::as_str).collect::<Vec<_>>().join(", ");
                let _ = writeln!(text, "    likewise: {}{}", clean(&few), more(change.others.len(), FEW));
            }
            // All that one thing has is told, and a few of what many have.
            let most = if change.others.is_empty() { change.names.len() } else { FEW };
            for name in change.names.iter().take(most) {
                let _ = writeln!(text, "    rust: {}", clean(name));
            }
            if change.names.len() > most {
                let _ = writeln!(text, "    rust:{}", more(change.names.len(), most));
            }
            let _ = writeln!(text, "    {}\n", clean(&change.advice));
        }
        text + &self.summary() + "\n"
    }

    pub(super) fn markdown(&self) -> String {
        let mut text = format!("## API changes\n\n{}.\n", sentence(&self.summary()));
        let groups = [
            (Rust::Major, "Callers must change (major)"),
            (Rust::Minor, "New for callers (minor)"),
            (Rust::Patch, "Nothing to callers (patch)"),
        ];
        for (rust, heading) in groups {
            let of_group: Vec<&Placed> = self.changes.iter().filter(|placed| placed.change.rust == rust).collect();
            if of_group.is_empty() {
                continue;
            }
            // What asks nothing of anyone is folded away.
            let folded = rust == Rust::Patch;
            let _ = match folded {
                true => write!(text, "\n<details><summary>{heading}: {}</summary>\n\n", of_group.len()),
                false => write!(text, "\n### {heading}\n\n"),
            };
            of_group.into_iter().for_each(|placed| self.item(placed, &mut text));
            if folded {
                text.push_str("\n</details>\n");
            }
        }
        text
    }

    fn item(&self, placed: &Placed, text: &mut String) {
        let change = &placed.change;
        let wire = match change.wire {
            Wire::Breaking => " **Breaking on the wire.**",
            Wire::Additive => " Additive on the wire.",
            Wire::None => "",
        };
        let allowed = if self.allowed.has(change) { " Allowed." } else { "" };
        let (subject, what) = (code(&change.subject) + &change.and_more(), clean(&change.what));
        let _ = writeln!(text, "- {subject}: {what}.{wire}{allowed} {}", clean(&change.advice));
        for name in change.names.iter().take(FEW) {
            let _ = writeln!(text, "  - {}", code(name));
        }
        if change.names.len() > FEW {
            let _ = writeln!(text, "  -{}", more(change.names.len(), FEW));
        }
        let places: Vec<String> = [("old", &placed.old), ("new", &placed.new)]
            .iter()
            .filter_map(|(side, place)| Some(format!("{side} {}", code(&address(place.as_ref()?)))))
            .collect();
        let _ = writeln!(text, "  - {}, `{}`", places.join(", "), change.fingerprint());
    }

    pub(super) fn json(&self) -> String {
        let rust = self.changes().map(|change| change.rust).max();
        let wire = self.changes().map(|change| change.wire).max().unwrap_or(Wire::None);
        let changes: Vec<Value> = self.changes.iter().map(|placed| self.change(placed)).collect();
        json::text(&json!({ "rust": rust.map(Rust::as_str), "wire": wire.as_str(), "changes": changes }))
    }

    fn change(&self, placed: &Placed) -> Value {
        let change = &placed.change;
        let place = |place: &Option<Place>, pointer: Option<String>| {
            let place = place.as_ref().map(|place| {
                json!({ "file": place.file.display().to_string(), "line": place.at.line, "column": place.at.column })
            });
            match (place, pointer) {
                (Some(Value::Object(mut members)), pointer) => {
                    members.insert("pointer".to_owned(), json!(pointer));
                    Value::Object(members)
                }
                _ => Value::Null,
            }
        };
        json!({
            "kind": change.kind.as_str(),
            "rust": change.rust.as_str(),
            "wire": change.wire.as_str(),
            "subject": change.subject,
            "others": change.others,
            "what": change.what,
            "advice": change.advice,
            "names": change.names,
            "old": place(&placed.old, change.old.as_ref().map(ToString::to_string)),
            "new": place(&placed.new, change.new.as_ref().map(ToString::to_string)),
            "fingerprint": change.fingerprint(),
            "allowed": self.allowed.has(change),
        })
    }
}

fn address(place: &Place) -> String {
    format!("{}:{}:{}", place.file.display(), place.at.line, place.at.column)
}

/// A text as code in Markdown.
fn code(text: &str) -> String {
    clientwright::emit::prose::code(&clean(text))
}

fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// ` and 3 more` of a list of which a few are told.
fn more(all: usize, told: usize) -> String {
    match all.saturating_sub(told) {
        0 => String::new(),
        more => format!(" and {more} more"),
    }
}
