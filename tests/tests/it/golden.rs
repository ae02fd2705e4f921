//! Whole crates: `tests/cases/crates/<name>/client` is what its description gives, byte for byte, by the code of `check`.
//! The crates are members of the workspace, so that they are compiled, linted and tested with it.
//!
//! `CLIENTWRIGHT_BLESS=1` writes them.

use std::path::PathBuf;

use clientwright::write::Mode;
use clientwright_tests::{generate, workspace};

fn crates() -> Vec<PathBuf> {
    let folder = workspace().join("tests/cases/crates");
    let mut crates: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    crates.sort();
    crates
}

#[test]
fn crates_are_what_their_descriptions_give() {
    let mode = if std::env::var_os("CLIENTWRIGHT_BLESS").is_some() { Mode::Write } else { Mode::Check };
    assert!(!crates().is_empty());
    for folder in crates() {
        let written = generate::write(&folder, mode);
        let name = folder.display();
        assert!(written.errors.is_empty(), "{name}\n{}\nCLIENTWRIGHT_BLESS=1 writes it", written.findings);
        assert_eq!(written.outcome.unwrap().report.left_alone, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn nothing_is_left_out_of_them() {
    for folder in crates() {
        let ran = generate::folder(&folder);
        let (prepared, _) = ran.made.as_ref().unwrap();
        assert!(prepared.left_out.is_empty(), "{}\n{}", folder.display(), ran.findings);
    }
}
