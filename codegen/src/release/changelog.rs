//! The changelog, in the form of <https://keepachangelog.com/en/1.1.0/>. It is the people's file: an entry is put into it, what
//! they wrote below `[Unreleased]` goes into the entry, and nothing else is touched.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diff::{Change, Kind, Rust, Wire};
use crate::emit::prose::code;

const HEADER: &str = "# Changelog

All notable changes to this crate are documented in this file. Its form is that of
[Keep a Changelog](https://keepachangelog.com/en/1.1.0/), and its versions follow
[Semantic Versioning](https://semver.org/spec/v2.0.0.html).
";

/// A release.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Its version.
    pub version: &'a str,
    /// Its day, as ISO 8601 writes it.
    pub day: &'a str,
    /// What has changed, gravest first.
    pub changes: &'a [&'a Change],
}

/// Where a change is told, in the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Added,
    Changed,
    Deprecated,
    Removed,
    Fixed,
    Security,
}

impl Section {
    const ALL: [Self; 6] = [Self::Added, Self::Changed, Self::Deprecated, Self::Removed, Self::Fixed, Self::Security];

    fn as_str(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Deprecated => "Deprecated",
            Self::Removed => "Removed",
            Self::Fixed => "Fixed",
            Self::Security => "Security",
        }
    }

    fn of(kind: Kind) -> Self {
        use Kind::{
            AliasType, AnswerHeader, AnswerMediaType, AnswerStatus, AnswerStream, AnswerType, BodyAdded, BodyEncoding,
            BodyMediaType, BodyRemoved, BodyRequired, BodyType, Bounds, BranchAdded, BranchRemoved, BranchTold,
            BranchType, Default, Dependency, Deprecated, Docs, ErrorAdded, ErrorRemoved, ErrorType, Feature,
            MemberAccess, MemberAdded, MemberNullable, MemberRemoved, MemberRenamed, MemberRequired, MemberType,
            OperationAdded, OperationMoved, OperationRemoved, OperationRenamed, Paging, ParameterAdded,
            ParameterLocation, ParameterOrder, ParameterRemoved, ParameterRenamed, ParameterRequired, ParameterStyle,
            ParameterType, Resource, RustName, Security, SecurityScheme, Server, Trait, TypeAdded, TypeKind,
            TypeRemoved, TypeRenamed, TypeSent, ValueAdded, ValueRemoved, ValueRenamed, WebhookAdded, WebhookRemoved,
            WebhookType,
        };
        match kind {
            OperationAdded | ParameterAdded | BodyAdded | ErrorAdded | TypeAdded | MemberAdded | ValueAdded
            | BranchAdded | WebhookAdded => Self::Added,
            OperationRemoved | ParameterRemoved | BodyRemoved | ErrorRemoved | TypeRemoved | MemberRemoved
            | ValueRemoved | BranchRemoved | WebhookRemoved => Self::Removed,
            Deprecated => Self::Deprecated,
            OperationMoved | OperationRenamed | ParameterRenamed | ParameterType | ParameterRequired
            | ParameterLocation | ParameterStyle | ParameterOrder | BodyMediaType | BodyRequired | BodyType
            | BodyEncoding | AnswerStatus | AnswerMediaType | AnswerType | AnswerStream | AnswerHeader | Paging
            | ErrorType | WebhookType | TypeRenamed | TypeSent | TypeKind | AliasType | MemberRenamed | MemberType
            | MemberRequired | MemberNullable | MemberAccess | BranchType | BranchTold | Bounds | Default | Server
            | SecurityScheme | Security | Trait | Resource | Feature | Dependency | RustName | ValueRenamed | Docs => {
                Self::Changed
            }
        }
    }
}

/// Lines of a section.
type Sections = BTreeMap<Section, String>;

fn sections(changes: &[&Change]) -> Sections {
    // What is said in the same words is said once, of all that it is true of.
    let mut lines: Vec<Vec<&str>> = Vec::new();
    let mut places: BTreeMap<(Section, String), usize> = BTreeMap::new();
    for change in changes {
        let section = Section::of(change.kind);
        let said = match (change.rust, change.wire) {
            _ if change.kind == Kind::Docs => "other words in the docs.".to_owned(),
            (Rust::Major, _) | (_, Wire::Breaking) => format!("{}. {}", change.what, change.advice),
            (Rust::Minor | Rust::Patch, _) => format!("{}.", change.what),
        };
        let said = match (change.rust, change.wire) {
            (Rust::Major, _) => format!("- **Breaking:** {SUBJECTS}: {said}"),
            (_, Wire::Breaking) => format!("- **Breaking on the wire:** {SUBJECTS}: {said}"),
            (Rust::Minor | Rust::Patch, _) => format!("- {SUBJECTS}: {said}"),
        };
        let subjects = [&change.subject].into_iter().chain(&change.others).map(String::as_str);
        let place = *places.entry((section, said)).or_insert(lines.len());
        match lines.get_mut(place) {
            Some(all) => all.extend(subjects),
            None => lines.push(subjects.collect()),
        }
    }
    let mut places: Vec<_> = places.into_iter().collect();
    places.sort_by_key(|(_, place)| *place);
    let mut sections = Sections::new();
    for (((section, said), _), subjects) in places.into_iter().zip(lines) {
        let line = said.replacen(SUBJECTS, &listed(&subjects), 1);
        let _ = writeln!(sections.entry(section).or_default(), "{line}");
    }
    sections
}

/// Where the subjects of a line come: nothing that a description says has this in it.
const SUBJECTS: &str = "\0";

/// `Pet`, `Owner` and 3 more.
fn listed(subjects: &[&str]) -> String {
    const FEW: usize = 12;
    let is_name = |subject: &str| !subject.starts_with("the ");
    let named = |subject: &&str| if is_name(subject) { code(subject) } else { (*subject).to_owned() };
    let few: Vec<String> = subjects.iter().take(FEW).map(named).collect();
    match (few.as_slice(), subjects.len().saturating_sub(FEW)) {
        ([before @ .., last], 0) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        (few, 0) => few.join(", "),
        (few, more) => format!("{} and {more} more", few.join(", ")),
    }
}

/// The changelog with the entry of a release: above the earlier ones, or in place of one of the same version. What stood
/// below `[Unreleased]` is part of it.
pub fn with_entry(changelog: Option<&str>, entry: Entry<'_>) -> String {
    let text = changelog.unwrap_or(HEADER);
    let (mut head, mut releases) = split(text);
    let is_of = |heading: &str, name: &str| heading.starts_with(&format!("## [{name}]"));
    let unreleased = releases.iter().position(|(heading, _)| is_of(heading, "Unreleased"));
    let mut own = sections(entry.changes);
    let mut words = String::new();
    if let Some((_, body)) = unreleased.and_then(|at| releases.get_mut(at)) {
        words = take(&std::mem::take(body), &mut own);
        body.push('\n');
    }
    releases.retain(|(heading, _)| !is_of(heading, entry.version));
    let mut body = String::from("\n");
    if !words.is_empty() {
        let _ = write!(body, "{words}\n\n");
    }
    for section in Section::ALL {
        if let Some(lines) = own.get(&section) {
            let _ = write!(body, "### {}\n\n{lines}\n", section.as_str());
        }
    }
    if own.is_empty() && words.is_empty() {
        body.push_str("Nothing that callers can tell.\n\n");
    }
    let at = unreleased.map_or(0, |at| at + 1).min(releases.len());
    releases.insert(at, (format!("## [{}] - {}\n", entry.version, entry.day), body));
    if !head.ends_with("\n\n") {
        head.push('\n');
    }
    let releases = releases.into_iter().map(|(heading, body)| heading + &body);
    (head + &releases.collect::<String>()).trim_end().to_owned() + "\n"
}

/// What stands before the first release, and each release by its heading.
fn split(text: &str) -> (String, Vec<(String, String)>) {
    let (mut head, mut releases) = (String::new(), Vec::<(String, String)>::new());
    for line in text.split_inclusive('\n') {
        match releases.last_mut() {
            _ if line.starts_with("## ") => releases.push((line.to_owned(), String::new())),
            Some((_, body)) => body.push_str(line),
            None => head.push_str(line),
        }
    }
    (head, releases)
}

/// Takes what people wrote into the sections, before what is there; what stands below no heading of the form is given back.
fn take(body: &str, own: &mut Sections) -> String {
    let mut words = String::new();
    let mut written = Sections::new();
    let mut section = None;
    for line in body.split_inclusive('\n') {
        if let Some(heading) = line.strip_prefix("### ") {
            section = Section::ALL.into_iter().find(|section| section.as_str() == heading.trim());
            if section.is_some() {
                continue;
            }
        }
        match section {
            Some(section) => written.entry(section).or_default().push_str(line),
            None => words.push_str(line),
        }
    }
    for (section, lines) in written.into_iter().filter(|(_, lines)| !lines.trim().is_empty()) {
        let theirs = own.entry(section).or_default();
        *theirs = format!("{}\n{theirs}", lines.trim());
    }
    words.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(kind: Kind, rust: Rust, what: &str) -> Change {
        Change {
            kind,
            wire: Wire::None,
            rust,
            subject: "Pet".to_owned(),
            others: Vec::new(),
            what: what.to_owned(),
            advice: "Do something.".to_owned(),
            names: Vec::new(),
            old: None,
            new: None,
        }
    }

    #[test]
    fn what_is_said_in_the_same_words_is_one_line() {
        let of =
            |subject: &str, kind, rust, what: &str| Change { subject: subject.to_owned(), ..change(kind, rust, what) };
        let new = |subject: &str| of(subject, Kind::TypeAdded, Rust::Minor, "the type is new");
        let words = |subject: &str, what: &str| of(subject, Kind::Docs, Rust::Patch, what);
        let all = [
            new("Pet"),
            of("Kind", Kind::TypeRemoved, Rust::Major, "the type is gone"),
            new("Owner"),
            Change {
                others: vec!["GET /b".to_owned()],
                ..of("GET /a", Kind::ErrorAdded, Rust::Patch, "the error 404 is new")
            },
            words("the API", "other words about the title"),
            words("Pet", "other words about `name`"),
        ];
        let all: Vec<&Change> = all.iter().collect();
        let entry = "## [0.2.0] - 2026-11-28\n\n### Added\n\n- `Pet` and `Owner`: the type is new.\n- `GET /a` and `GET /b`: the error 404 is new.\n\n\
                     ### Changed\n\n- the API and `Pet`: other words in the docs.\n\n\
                     ### Removed\n\n- **Breaking:** `Kind`: the type is gone. Do something.\n";
        let text = with_entry(None, Entry { version: "0.2.0", day: "2026-11-28", changes: &all });
        assert_eq!(text, format!("{HEADER}\n{entry}"));
        let many: Vec<Change> = (0..14).map(|at| new(&format!("T{at}"))).collect();
        let text =
            with_entry(None, Entry { changes: &many.iter().collect::<Vec<_>>(), version: "0.2.0", day: "2026-11-28" });
        assert!(text.contains("`T10`, `T11` and 2 more: the type is new."), "{text}");
    }

    #[test]
    fn a_first_entry_makes_the_file() {
        let (gone, come) =
            (change(Kind::MemberRemoved, Rust::Major, "x is gone"), change(Kind::MemberAdded, Rust::Minor, "y is new"));
        let text = with_entry(None, Entry { version: "0.2.0", day: "2026-11-28", changes: &[&gone, &come] });
        let entry = "## [0.2.0] - 2026-11-28\n\n### Added\n\n- `Pet`: y is new.\n\n### Removed\n\n- **Breaking:** `Pet`: x is gone. Do something.\n";
        assert_eq!(text, format!("{HEADER}\n{entry}"));
        // The same release again is the same entry.
        assert_eq!(
            with_entry(Some(&text), Entry { version: "0.2.0", day: "2026-11-28", changes: &[&gone, &come] }),
            text
        );
    }

    #[test]
    fn entries_stand_above_earlier_ones_and_take_what_is_unreleased() {
        let old = "# Changelog\n\n## [Unreleased]\n\nBy hand.\n\n### Added\n\n- A guide.\n\n## [0.1.0] - 2026-01-01\n\n- First.\n";
        let come = change(Kind::MemberAdded, Rust::Minor, "y is new");
        let text = with_entry(Some(old), Entry { version: "0.1.1", day: "2026-11-28", changes: &[&come] });
        assert_eq!(
            text,
            "# Changelog\n\n## [Unreleased]\n\n## [0.1.1] - 2026-11-28\n\nBy hand.\n\n### Added\n\n- A guide.\n- `Pet`: y is new.\n\n## [0.1.0] - 2026-01-01\n\n- First.\n"
        );
    }
}
