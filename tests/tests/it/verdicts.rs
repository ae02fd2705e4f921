//! What `diff` says of the wire, tried for every folder `tests/cases/diff/<case>/`: the old client calls a server that plays
//! the new description. Where a change breaks the wire, something goes wrong; where none does, all goes as with a server that
//! plays the old one.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clientwright::diff::{Kind, Wire};
use clientwright_tests::proof::{Case, Hosts};
use clientwright_tests::{target, wire, workspace};

/// The cases whose verdict no such trial can show, and why.
const UNSEEN: &[(&str, &str)] = &[
    (
        "branch-told",
        "A branch that is told by another value is read as one that the client doesn't know, as new branches are.",
    ),
    ("error-type", "An error has its status and its body, whatever its type; to read it as one is up to the caller."),
    ("member-default", "What a server takes for a member that is not sent is seen in what it does."),
    ("operation-server", "All servers are the one on loopback."),
    ("parameter-default", "What a server takes for a parameter that is not sent is seen in what it does."),
    ("security-scope", "What a token may be used for stands in no request."),
    ("server", "All servers are the one on loopback."),
    ("webhook", "What a service sends by itself answers no call."),
];

/// The cases of which such a trial shows what is not so, and why.
const SEEN_WRONG: &[(&str, &str)] =
    &[("server-in-path", "The server on loopback has no path, and the one of the description has.")];

#[tokio::test(flavor = "multi_thread")]
async fn every_verdict_on_the_wire_is_tried() {
    let root = workspace().join("tests/cases/diff");
    let mut folders: Vec<PathBuf> = root.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let cases: Vec<Case> = folders.iter().map(|folder| Case::read(folder)).collect();
    let out = target().join("diff");
    Hosts::write(&cases, &out);
    let trials = wire::trials(&cases, &out).await;
    let (mut wrong, mut kept, mut broken) = (Vec::new(), 0, 0);
    for case in &cases {
        let verdict = Case::gravest_of_wire(&case.changes());
        let unseen = UNSEEN.iter().find(|(name, _)| *name == case.name);
        let trial = trials.get(&case.name).cloned().unwrap_or_default();
        let said = format!("{} ({}, {} calls)", case.name, verdict.as_str(), trial.calls);
        if !trial.before.is_empty() {
            wrong.push(format!("{said}: the old server and its client don't fit:\n{}", trial.before.join("\n")));
        }
        match (verdict == Wire::Breaking, trial.after.is_empty(), unseen) {
            (true, true, None) => wrong.push(format!("{said}: nothing goes wrong")),
            (false, false, _) if SEEN_WRONG.iter().any(|(name, _)| *name == case.name) => {}
            (false, false, _) => wrong.push(format!("{said}: something goes wrong:\n{}", trial.after.join("\n"))),
            (true, false, Some(_)) => wrong.push(format!("{said}: the trial shows it:\n{}", trial.after.join("\n"))),
            (false, true, Some(_)) => wrong.push(format!("{said}: nothing is to be shown")),
            (true, false, None) => broken += 1,
            (false, true, None) if trial.calls > 0 => kept += 1,
            (false, true, None) | (true, true, Some(_)) => {}
        }
    }
    let unknown = UNSEEN.iter().chain(SEEN_WRONG).filter(|(name, _)| cases.iter().all(|case| case.name != *name));
    wrong.extend(unknown.map(|(name, _)| format!("{name}: there is no such case")));
    wrong.extend(
        mixed(&cases).iter().map(|kind| format!("`{}` breaks in no case that is tried for it alone", kind.as_str())),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(broken > 40 && kept > 25, "{broken} cases break, {kept} don't");
}

/// The kinds of change that break the wire only together with others, so that nobody knows which of them a trial has shown.
fn mixed(cases: &[Case]) -> BTreeSet<Kind> {
    let tried = cases.iter().filter(|case| UNSEEN.iter().all(|(name, _)| *name != case.name));
    let breaking = tried.map(|case| {
        let changes = case.changes().into_iter().map(|placed| placed.change);
        changes.filter(|change| change.wire == Wire::Breaking).map(|change| change.kind).collect::<BTreeSet<Kind>>()
    });
    let breaking: Vec<BTreeSet<Kind>> = breaking.collect();
    let alone: BTreeSet<Kind> = breaking.iter().filter(|kinds| kinds.len() == 1).flatten().copied().collect();
    breaking.into_iter().flatten().filter(|kind| !alone.contains(kind)).collect()
}
