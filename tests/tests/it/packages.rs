//! What is published stands alone: a package has no files from outside of its folder.

use std::fs;

use clientwright_tests::{rust_files, workspace};

/// The paths that a file takes in: whatever stands in quotes in the arguments of `include_str!` and the like.
fn included(text: &str) -> Vec<&str> {
    let arguments = ["include_str!(", "include_bytes!(", "include!("].map(|name| text.split(name).skip(1));
    let paths = arguments.into_iter().flatten().filter_map(|rest| {
        let rest = rest.strip_prefix("concat!(").unwrap_or(rest);
        rest.strip_prefix('"')?.split('"').next()
    });
    paths.collect()
}

#[test]
fn packages_take_in_nothing_from_outside_of_their_folders() {
    let mut seen = 0;
    for package in ["codegen", "templates"] {
        let root = workspace().join(package);
        for file in rust_files(&root.join("src")).unwrap() {
            for path in included(&fs::read_to_string(&file).unwrap()) {
                let depth = file.parent().unwrap().strip_prefix(&root).unwrap().components().count();
                let up = path.split('/').filter(|part| *part == "..").count();
                assert!(up <= depth, "{}: {path}", file.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 5, "{seen}");
}

#[test]
fn copies_come_with_the_licences_of_the_repository() {
    let read = |path: &str| fs::read_to_string(workspace().join(path)).unwrap();
    assert_eq!(read("templates/licenses/MIT.txt"), read("LICENSE-MIT"));
    assert_eq!(read("templates/licenses/Apache-2.0.txt"), read("LICENSE-APACHE"));
}
