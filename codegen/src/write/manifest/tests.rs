//! The manifest as a text, and back; what a merge makes of it.

use super::*;
use crate::config::Origin;

fn files(list: &[(&str, &str)]) -> Files {
    Files(list.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
}

#[test]
fn what_is_written_is_read_again() {
    let input = digest([b"x".as_slice()]);
    let manifest = Manifest::of(
        &files(&[("src/lib.rs", "a"), ("Cargo.toml", "b")]),
        &[("../api.yaml".to_owned(), input)].into(),
        &Lock::default(),
        None,
        &Manifest::default(),
    );
    insta::assert_snapshot!(manifest.text(), @r"
    # The files here that clientwright owns, and the names that it gave. Commit this file; `clientwright generate` keeps it.
    version 1
    input 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881 ../api.yaml
    file 3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d Cargo.toml
    file ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb src/lib.rs
    ");
    assert_eq!(Manifest::parse(manifest.text().as_bytes()), Ok(manifest.clone()));
    let windows = manifest.text().replace('\n', "\r\n");
    assert_eq!(Manifest::parse(windows.as_bytes()), Ok(manifest));
}

#[test]
fn what_a_copy_was_asked_for_comes_back() {
    let record = Record {
        origin: Some(Origin::Config("../../my api/clientwright.toml".to_owned())),
        overlays: vec!["b.yaml".to_owned(), "a.yaml".to_owned()],
        include: vec!["path:/pets/**".to_owned()],
        ..Record::new(Delivery::Module)
    };
    let (files, old) = (files(&[]), Manifest::default());
    let manifest = Manifest::of(&files, &BTreeMap::new(), &Lock::default(), Some(&record), &old);
    insta::assert_snapshot!(manifest.text(), @r"
    # The files here that clientwright owns, and the names that it gave. Commit this file; `clientwright vendor` keeps it.
    version 1
    vendored as module
    vendored config ../../my%20api/clientwright.toml
    vendored overlay b.yaml
    vendored overlay a.yaml
    vendored include path:/pets/**
    ");
    assert_eq!(Manifest::parse(manifest.text().as_bytes()), Ok(manifest));
    // Of two sides of a merge, neither is lost.
    assert!(
        Manifest::parse(b"version 1\nvendored later x\n")
            .is_ok_and(|read| read.text().contains("\nvendored later x\n"))
    );
}

#[test]
fn a_merge_that_keeps_both_sides_is_fine() {
    let of = |list: &[(&str, &str)], input: &[u8]| {
        let inputs = BTreeMap::from([("../api.yaml".to_owned(), digest([input]))]);
        Manifest::of(&files(list), &inputs, &Lock::default(), None, &Manifest::default())
    };
    let ours = of(&[("a", "1")], b"1");
    let theirs = of(&[("a", "2"), ("b", "2")], b"2");
    let both = format!("{}{}", theirs.text(), ours.text());
    assert_eq!(Manifest::parse(both.as_bytes()), Ok(ours.merged(&theirs)));
    assert_eq!(ours.merged(&theirs).files().get("a").map(BTreeSet::len), Some(2));
}

#[test]
fn both_sides_keep_their_names_and_what_a_later_version_wrote() {
    let ours = Manifest::parse(b"version 1\nlater a 1\ntype #/a A\n").unwrap();
    let theirs = Manifest::parse(b"version 1\nlater b 1\ntype #/b B\n").unwrap();
    let both = ours.merged(&theirs).text();
    for line in ["later a 1", "later b 1", "type #/a A", "type #/b B"] {
        assert!(both.lines().any(|one| one == line), "{line}: {both}");
    }
}

#[test]
fn inputs_that_are_others_than_before_are_told() {
    let of = |inputs: &[(&str, &[u8])]| {
        let inputs = inputs.iter().map(|(path, content)| ((*path).to_owned(), digest([*content]))).collect();
        Manifest::of(&files(&[]), &inputs, &Lock::default(), None, &Manifest::default())
    };
    let (old, new) = (of(&[("a", b"1"), ("b", b"1")]), of(&[("a", b"1"), ("b", b"2"), ("c", b"1")]));
    assert_eq!(new.changed_inputs(&old), ["b", "c"]);
}

#[test]
fn lines_of_a_later_version_stay() {
    let read = Manifest::parse(b"version 1\nlater #/components/schemas/Pet Pet\n");
    let next = read.map(|old| Manifest::of(&files(&[]), &BTreeMap::new(), &Lock::default(), None, &old).text());
    assert!(next.is_ok_and(|text| text.contains("\nlater #/components/schemas/Pet Pet\n")));
}

#[test]
fn empty_lines_and_inputs_without_a_path_are_passed_over() {
    let hash = digest([b"".as_slice()]);
    let read = Manifest::parse(format!("version 1\n\n# words\ninput {hash}\nfile {hash} a\n").as_bytes()).unwrap();
    assert!(read.text().ends_with(&format!("\nversion 1\nfile {hash} a\n")), "{}", read.text());
    // What was made of something else than now is stale, whatever it was.
    assert_eq!(read.changed_inputs(&Manifest::default()), [""]);
}

#[test]
fn names_and_inputs_come_back_whatever_they_hold() {
    let key = Pointer::root().child("a b/%\n\u{1}\u{2003}ä");
    let names = Lock([((Named::Type, key.clone()), "AB".to_owned()), ((Named::Member, key), "ab".to_owned())].into());
    let inputs = BTreeMap::from([("../a b.yaml".to_owned(), digest([b"".as_slice()]))]);
    let manifest = Manifest::of(&files(&[]), &inputs, &names, None, &Manifest::default());
    assert_eq!(Manifest::parse(manifest.text().as_bytes()), Ok(manifest.clone()));
    assert!(manifest.text().contains("\ntype #/a%20b~1%25%0A%01%E2%80%83ä AB\n"), "{}", manifest.text());
    // After a merge there may be two; the first counts.
    let twice = manifest.text() + "type #/a%20b~1%25%0A%01%E2%80%83ä Other\n";
    assert_eq!(Manifest::parse(twice.as_bytes()), Ok(manifest));
}

#[test]
fn what_is_not_a_manifest_is_refused() {
    let hash = digest([b"".as_slice()]);
    let bad = [
        "".to_owned(),
        format!("file {hash} a\n"),
        "version 2\n".to_owned(),
        "version 1\n<<<<<<< HEAD\n".to_owned(),
        "version 1\n=======\n".to_owned(),
        "version 1\nfile abc a\n".to_owned(),
        format!("version 1\nfile {hash} ../a\n"),
        format!("version 1\nfile {hash} /etc/passwd\n"),
        format!("version 1\nfile {hash} a b\n"),
        format!("version 1\nfile {hash}\n"),
    ];
    for text in bad {
        assert!(Manifest::parse(text.as_bytes()).is_err(), "{text}");
    }
    assert!(Manifest::parse(b"version 1\n\xff").is_err());
    // What is no hash, as long as one or not, and a line that begins with a blank.
    for word in ["g".repeat(64), hash.to_uppercase(), "abc".to_owned()] {
        for line in [format!("file {word} a"), format!("input {word} a"), format!("input {word}")] {
            assert!(Manifest::parse(format!("version 1\n{line}\n").as_bytes()).is_err(), "{line}");
        }
    }
    assert!(Manifest::parse(b"version 1\n a b\n").is_err());
    let later = Manifest::parse(b"version 2\n").unwrap_err();
    assert_eq!(later, "line 1: version 2 was written by a later clientwright");
}

#[test]
fn digests_read_crlf_as_lf_and_keep_parts_apart() {
    assert_eq!(digest([b"a\r\nb".as_slice()]), digest([b"a\nb".as_slice()]));
    assert_ne!(digest([b"a\rb".as_slice()]), digest([b"a\nb".as_slice()]));
    assert_ne!(digest([b"ab".as_slice(), b"c"]), digest([b"a".as_slice(), b"bc"]));
}
