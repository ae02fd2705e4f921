//! The disk itself, each touch with a real folder.

use super::*;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// What could not be done: the verb of the failure.
fn verb<T>(result: Result<T, Failure>) -> Option<&'static str> {
    result.err().map(|failure| failure.verb)
}

/// A name that no file system has room for.
fn endless() -> String {
    "a".repeat(300)
}

#[test]
fn what_stands_at_a_path() {
    let folder = folder();
    let root = folder.path();
    fs::create_dir_all(root.join("src/a")).unwrap();
    fs::write(root.join("src/lib.rs"), "1").unwrap();
    let look = |path: &str| look(root, path).unwrap();
    assert_eq!(look("src/lib.rs"), Seen::File(b"1".to_vec()));
    assert_eq!(look("src/none.rs"), Seen::Missing);
    assert_eq!(look("none/none.rs"), Seen::Missing);
    assert_eq!(look("src/a"), Seen::Other("src/a".to_owned()));
    // A file where a folder would have to be: that is named, not what is behind it.
    assert_eq!(look("src/lib.rs/a/b"), Seen::Other("src/lib.rs".to_owned()));
    assert_eq!(super::look(&root.join("src/lib.rs"), "a/b").unwrap(), Seen::Other("a".to_owned()));
    assert_eq!(verb(super::look(root, &endless())), Some("look at"));
}

#[test]
fn a_file_is_placed_in_folders_that_are_made_for_it() {
    let folder = folder();
    let root = folder.path();
    place(root, "a/b/c", b"1").unwrap();
    place(root, "a/b/c", b"2").unwrap();
    assert_eq!(fs::read(root.join("a/b/c")).unwrap(), b"2");
    assert_eq!(names(&root.join("a/b")), ["c"]);
    assert_eq!(verb(place(root, "a/b/c/d", b"1")), Some("make the folder"));
    assert_eq!(verb(place(root, &format!("{}/d", endless()), b"1")), Some("look at"));
}

#[cfg(unix)]
#[test]
fn no_folder_is_made_behind_a_link() {
    let (folder, outside) = (folder(), folder());
    std::os::unix::fs::symlink(outside.path(), folder.path().join("a")).unwrap();
    assert_eq!(verb(place(folder.path(), "a/b/c", b"1")), Some("make the folder"));
    assert!(names(outside.path()).is_empty());
}

#[test]
fn what_could_not_be_written_leaves_nothing_behind() {
    let folder = folder();
    let root = folder.path();
    // A file can't take the name of a folder.
    fs::create_dir(root.join("a")).unwrap();
    assert_eq!(verb(place(root, "a", b"1")), Some("write"));
    assert_eq!(names(root), ["a"]);
    assert_eq!(verb(place_if_changed(&root.join("none/a"), b"1")), Some("create"));
}

#[test]
fn what_is_there_already_is_not_written() {
    let folder = folder();
    let path = folder.path().join("a");
    assert!(place_if_changed(&path, b"1").unwrap());
    assert!(!place_if_changed(&path, b"1").unwrap());
    assert!(place_if_changed(&path, b"2").unwrap());
    assert_eq!(fs::read(&path).unwrap(), b"2");
}

#[test]
fn folders_that_are_empty_then_are_deleted_with_a_file() {
    let folder = folder();
    let root = folder.path();
    for path in ["a/b/c", "a/b/d/e/f"] {
        place(root, path, b"1").unwrap();
    }
    delete(root, "a/b/d/e/f", |_| false).unwrap();
    assert_eq!(names(&root.join("a/b")), ["c", "d"]);
    delete(root, "a/b/d/e/f", |bytes| bytes == b"1").unwrap();
    assert_eq!(names(&root.join("a/b")), ["c"]);
    delete(root, "a/b/c", |_| true).unwrap();
    assert!(names(root).is_empty());
}

#[test]
fn files_that_nobody_knows_are_told_in_order_and_up_to_a_number() {
    let folder = folder();
    let root = folder.path();
    let ours = ["z/.git/x", "target/x", "ours", super::super::MANIFEST, super::super::CHANGELOG];
    let others = ["b", "z/target", "z/clientwright.lock", "z/CHANGELOG.md", "a/b"];
    for path in ours.iter().chain(&others) {
        place(root, path, b"1").unwrap();
    }
    let found = |most: usize| strangers(root, &|path| path == "ours", most).unwrap();
    assert_eq!(found(9), ["a/b", "b", "z/CHANGELOG.md", "z/clientwright.lock", "z/target"]);
    assert_eq!(found(2), ["a/b", "b"]);
    assert!(strangers(&root.join("none"), &|_| false, 9).unwrap().is_empty());
    assert_eq!(verb(strangers(&root.join("b"), &|_| false, 9)), Some("read the folder"));
    assert_eq!(folders(root), ["a", "target", "z"]);
    assert!(folders(&root.join("none")).is_empty());
}

#[test]
fn a_path_that_is_not_there_yet_is_real_as_far_as_it_is() {
    let folder = folder();
    let root = fs::canonicalize(folder.path()).unwrap();
    assert_eq!(real(&folder.path().join("none/../a/b")), root.join("a/b"));
    assert_eq!(real(folder.path()), root);
    assert_eq!(real(folder.path()).as_os_str(), root.as_os_str());
}

#[test]
fn only_a_return_before_a_new_line_is_left_out() {
    assert_eq!(fold(b"a\r\nb\nc\rd\r\r\ne\r").as_ref(), b"a\nb\nc\rd\r\ne\r");
    assert!(matches!(fold(b"a\rb\n"), Cow::Borrowed(_)));
}
