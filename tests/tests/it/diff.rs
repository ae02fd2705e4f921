//! Every folder `tests/cases/diff/<case>/`: two descriptions, a consumer of the old client, and `expected`, what `diff` says.
//! That a change is major is proved by a consumer that compiles against the old client and not against the new one; that
//! it is minor or patch, by one that compiles against both. `CLIENTWRIGHT_BLESS=1` writes `expected`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use clientwright::compare::Placed;
use clientwright::diff::{Kind, Rust};
use clientwright_tests::proof::{Case, Hosts, Side};
use clientwright_tests::{target, workspace};

fn cases() -> Vec<Case> {
    let root = workspace().join("tests/cases/diff");
    let mut folders: Vec<PathBuf> = root.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.iter().map(|folder| Case::read(folder)).collect()
}

/// One change a block: the verdicts, the kind and the words; what of Rust it is about; what to do.
fn told(case: &Case, changes: &[Placed]) -> String {
    let folder = format!("{}/", case.folder.display());
    let mut text = String::new();
    for Placed { change, old, new } in changes {
        let _ = writeln!(
            text,
            "{}, wire {}, {}: {change}",
            change.rust.as_str(),
            change.wire.as_str(),
            change.kind.as_str()
        );
        for place in [old, new].into_iter().flatten() {
            let file = place.file.display().to_string().replace(&folder, "");
            let _ = writeln!(text, "  {file}:{}:{}", place.at.line, place.at.column);
        }
        for name in &change.names {
            let _ = writeln!(text, "  {name}");
        }
        let _ = writeln!(text, "  {}", change.advice);
    }
    text
}

#[test]
fn every_verdict_is_proved_by_compiling_a_consumer() {
    let cases = cases();
    assert!(cases.len() > 60, "{} cases", cases.len());
    let bless = std::env::var_os("CLIENTWRIGHT_BLESS").is_some();
    let mut wrong = Vec::new();
    let mut gravest = Vec::new();
    for case in &cases {
        let changes = case.changes();
        gravest.push(Case::gravest(&changes));
        let (file, told) = (case.folder.join("expected"), told(case, &changes));
        if bless {
            std::fs::write(&file, &told).unwrap();
        } else if std::fs::read_to_string(&file).unwrap_or_default() != told {
            wrong.push(format!("{}: `diff` says\n{told}", case.name));
        }
    }
    let hosts = Hosts::build(&cases, &target().join("diff"));
    let each: Vec<(&Case, &Option<Rust>)> = cases.iter().zip(&gravest).collect();
    let half = each.len().div_ceil(2);
    let proved = std::thread::scope(|scope| {
        let threads: Vec<_> = each.chunks(half).map(|some| scope.spawn(|| prove(some, &hosts))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<String>>()
    });
    wrong.extend(proved);
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn prove(cases: &[(&Case, &Option<Rust>)], hosts: &Hosts) -> Vec<String> {
    let mut wrong = Vec::new();
    for (case, gravest) in cases {
        let before = hosts.consume(case, Side::Old);
        if !before.is_empty() {
            wrong.push(format!("{}: the consumer does not compile against the old client:\n{before}", case.name));
            continue;
        }
        let after = hosts.consume(case, Side::New);
        match (after.is_empty(), **gravest == Some(Rust::Major)) {
            (true, true) => wrong.push(format!("{}: said to be major, and the consumer compiles", case.name)),
            (false, false) => wrong.push(format!("{}: said to be fine, and the consumer says\n{after}", case.name)),
            _ => {}
        }
    }
    wrong
}

#[test]
fn every_kind_of_change_has_a_case() {
    let seen: BTreeSet<Kind> = cases().iter().flat_map(Case::changes).map(|placed| placed.change.kind).collect();
    let missing: Vec<&str> = Kind::ALL.iter().filter(|kind| !seen.contains(kind)).map(|kind| kind.as_str()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn order_and_layout_are_no_change() {
    let case = Case::read(&workspace().join("tests/cases/diff/order-and-layout"));
    assert_eq!(told(&case, &case.changes()), "");
}
