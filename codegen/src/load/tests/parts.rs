//! The other files of a description: what is opened, what is not, and how much.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diag::Diagnostics;
use crate::load::{Limits, Parts, Refused, load};
use crate::pointer::Pointer;
use crate::source::Sources;

/// A folder with `api/api.yaml` in it.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [("api/api.yaml", "a: 1")].iter().chain(files) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// What comes of opening these files of the description in `folder`, and how many files were read.
fn opened(folder: &Path, also: &[PathBuf], limits: &Limits, paths: &[&str]) -> (Vec<Result<(), Refused>>, usize) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let spec = folder.join("api/api.yaml");
    let mut document = load(&spec, limits, &mut sources, &mut diagnostics).unwrap();
    let mut parts = Parts::new(&spec, also, limits, &mut sources);
    let results = paths.iter().map(|path| parts.open(&mut document, path, &mut diagnostics)).collect();
    assert!(!diagnostics.has_errors());
    for (path, result) in paths.iter().zip::<&Vec<Result<(), Refused>>>(&results) {
        assert_eq!(document.find(&Pointer::of_file(path)).is_some(), result.is_ok(), "{path}");
    }
    (results, sources.paths().count())
}

fn open(folder: &Path, path: &str) -> Result<(), Refused> {
    opened(folder, &[], &Limits::default(), &[path]).0.remove(0)
}

#[test]
fn each_file_is_read_once() {
    let folder = folder(&[("api/b/c.yaml", "c: 1"), ("api/d.json", "{\"a\": 1, \"a\": 2}")]);
    let paths = ["b/c.yaml", "b/c.yaml", "d.json", "d.json"];
    let (results, read) = opened(folder.path(), &[], &Limits::default(), &paths);
    assert_eq!(results, [Ok(()), Ok(()), Err(Refused::Faulty), Err(Refused::Faulty)]);
    assert_eq!(read, 3);
}

#[test]
fn nothing_is_read_outside_the_folder() {
    let folder = folder(&[("x.yaml", "x: 1"), ("common/y.yaml", "y: 1")]);
    for path in ["../x.yaml", "../api/../x.yaml", "/etc/passwd", "b\\..\\x.yaml", "a\0b", "../common/y.yaml"] {
        assert_eq!(open(folder.path(), path), Err(Refused::Outside), "{path}");
    }
    assert_eq!(open(folder.path(), "none.yaml"), Err(Refused::Unreadable("it does not exist".to_owned())));
    assert!(matches!(open(folder.path(), "."), Err(Refused::Outside | Refused::Unreadable(_))));
    let also = [folder.path().join("common")];
    let (results, _) = opened(folder.path(), &also, &Limits::default(), &["../common/y.yaml", "../x.yaml"]);
    assert_eq!(results, [Ok(()), Err(Refused::Outside)]);
}

#[cfg(unix)]
#[test]
fn links_must_end_inside() {
    let folder = folder(&[("x.yaml", "x: 1"), ("api/y.yaml", "y: 1")]);
    std::os::unix::fs::symlink("../x.yaml", folder.path().join("api/out.yaml")).unwrap();
    std::os::unix::fs::symlink("..", folder.path().join("api/up")).unwrap();
    std::os::unix::fs::symlink("y.yaml", folder.path().join("api/in.yaml")).unwrap();
    assert_eq!(open(folder.path(), "out.yaml"), Err(Refused::Outside));
    assert_eq!(open(folder.path(), "up/x.yaml"), Err(Refused::Outside));
    assert_eq!(open(folder.path(), "in.yaml"), Ok(()));
}

#[test]
fn all_files_together_keep_within_the_limits() {
    let folder = folder(&[("api/b.yaml", "[1, 2, 3]"), ("api/c.yaml", "[1, 2, 3]")]);
    let setting = |limits: Limits| {
        let (results, _) = opened(folder.path(), &[], &limits, &["b.yaml", "c.yaml"]);
        assert_eq!(results.first(), Some(&Ok(())));
        match results.into_iter().nth(1) {
            Some(Err(Refused::Limit(_, setting))) => setting,
            other => panic!("{other:?}"),
        }
    };
    let limits = Limits::default();
    assert_eq!(setting(Limits { files: 2, ..limits.clone() }), "limits.files");
    assert_eq!(setting(Limits { bytes: 15, ..limits.clone() }), "limits.bytes");
    assert_eq!(setting(Limits { nodes: 9, ..limits }), "limits.nodes");
}
