//! Each rule with a real folder.

use std::fs;

use super::*;

struct Folder {
    temp: tempfile::TempDir,
}

#[derive(Default)]
struct Settings {
    root: PathBuf,
    input: &'static str,
    guarded: Vec<PathBuf>,
    home: Option<PathBuf>,
    overwrite_edited: bool,
}

fn files(list: &[(&str, &str)]) -> Files {
    Files(list.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
}

impl Folder {
    fn new() -> Self {
        Self { temp: tempfile::tempdir().unwrap() }
    }

    fn root(&self) -> PathBuf {
        self.temp.path().join("client")
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.path(path)).ok()
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run_with(
        &self,
        list: &[(&str, &str)],
        mode: Mode,
        change: impl FnOnce(&mut Settings),
    ) -> (Option<Report>, String) {
        let files = files(list);
        let mut settings = Settings { root: self.root(), input: "input", ..Settings::default() };
        change(&mut settings);
        let target = Target {
            root: &settings.root,
            files: &files,
            inputs: &[("../api.yaml".to_owned(), digest([settings.input.as_bytes()]))].into(),
            names: &Lock::default(),
            record: None,
            guarded: &settings.guarded,
            home: settings.home.as_deref(),
            overwrite_edited: settings.overwrite_edited,
            command: "clientwright generate",
        };
        let mut diagnostics = Diagnostics::default();
        let report = run(&target, mode, &mut diagnostics);
        let text: String =
            diagnostics.iter().map(|found| crate::diag::text::render(found, &Default::default())).collect();
        (report, text.replace(&self.temp.path().display().to_string(), "TEMP"))
    }

    /// Writes, and expects that it works.
    fn write(&self, list: &[(&str, &str)]) -> Report {
        let (report, errors) = self.run_with(list, Mode::Write, |_| {});
        assert_eq!(errors, "");
        report.unwrap()
    }

    /// Writes, and expects that it doesn't: the errors, after a look that the folder is what it was.
    fn refused(&self, list: &[(&str, &str)]) -> String {
        let before = self.snapshot();
        let (report, errors) = self.run_with(list, Mode::Write, |_| {});
        assert!(!errors.is_empty(), "it was not refused: {report:?}");
        assert_eq!(self.snapshot(), before, "something was changed");
        errors
    }

    /// All files with their contents.
    fn snapshot(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn walk(folder: &Path, all: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let kind = entry.file_type().unwrap();
                if kind.is_dir() {
                    walk(&entry.path(), all);
                } else if kind.is_symlink() {
                    all.push((entry.path(), b"link".to_vec()));
                } else {
                    all.push((entry.path(), fs::read(entry.path()).unwrap()));
                }
            }
        }
        let mut all = Vec::new();
        walk(self.temp.path(), &mut all);
        all.sort();
        all
    }
}

const TWO: &[(&str, &str)] = &[("Cargo.toml", "[package]\n"), ("src/lib.rs", "//! A\n")];

#[test]
fn a_new_folder_is_filled_and_then_left_as_it_is() {
    let folder = Folder::new();
    let report = folder.write(TWO);
    assert_eq!(report.created, ["Cargo.toml", MANIFEST, "src/lib.rs"]);
    assert_eq!(folder.read("src/lib.rs").as_deref(), Some("//! A\n"));
    let time = |path: &str| fs::metadata(folder.path(path)).unwrap().modified().unwrap();
    let before = (time("src/lib.rs"), time(MANIFEST));
    let report = folder.write(TWO);
    assert!(report.is_clean());
    assert_eq!(report.unchanged, ["Cargo.toml", "src/lib.rs"]);
    assert_eq!((time("src/lib.rs"), time(MANIFEST)), before);
    assert_eq!(folder.run_with(TWO, Mode::Check, |_| {}).1, "");
}

#[test]
fn only_what_changed_is_written_and_what_is_stale_is_deleted() {
    let folder = Folder::new();
    folder.write(&[("Cargo.toml", "1"), ("src/a/b/old.rs", "old"), ("src/a/keep.rs", "keep"), ("src/lib.rs", "1")]);
    let report = folder.write(&[("Cargo.toml", "1"), ("src/a/keep.rs", "keep"), ("src/lib.rs", "2")]);
    assert_eq!(report.changed, [MANIFEST, "src/lib.rs"]);
    assert_eq!(report.deleted, ["src/a/b/old.rs"]);
    assert_eq!(report.unchanged, ["Cargo.toml", "src/a/keep.rs"]);
    assert!(!folder.path("src/a/b").exists(), "an empty folder of ours stays");
    assert!(folder.path("src/a/keep.rs").exists());
    assert!(!folder.read(MANIFEST).unwrap().contains("old.rs"));
}

#[test]
fn paths_that_lead_out_are_refused() {
    for path in
        ["../../evil", "/abs/evil", "..%2fevil", "．．/evil", "a/../../evil", "a\\..\\evil", ".git/hooks/pre-commit"]
    {
        let folder = Folder::new();
        let errors = folder.refused(&[("Cargo.toml", "1"), (path, "evil")]);
        assert!(errors.starts_with("error[W0101]"), "{path}: {errors}");
    }
    let folder = Folder::new();
    insta::assert_snapshot!(folder.refused(&[("src/A.rs", ""), ("src/a.rs", ""), ("src", ""), ("../x", "")]), @"
    error[W0101]: `../x` can't be written: it must not have `.` or `..` as a part
      = help: the name that it was made of can be set in the configuration, in `[names.types]` or `[resources]`
    error[W0101]: `src/a.rs` can't be written: it differs from `src/A.rs` in case only
      = help: the name that it was made of can be set in the configuration, in `[names.types]` or `[resources]`
    error[W0101]: `src/A.rs` can't be written: `src` would have to be both a file and a folder
      = help: the name that it was made of can be set in the configuration, in `[names.types]` or `[resources]`
    error[W0101]: `src/a.rs` can't be written: `src` would have to be both a file and a folder
      = help: the name that it was made of can be set in the configuration, in `[names.types]` or `[resources]`
    ");
}

#[test]
fn a_manifest_that_names_files_outside_is_refused() {
    let folder = Folder::new();
    fs::write(folder.temp.path().join("mine.txt"), "mine").unwrap();
    let hash = digest([b"mine".as_slice()]);
    folder.put(MANIFEST, &format!("version 1\nfile {hash} ../mine.txt\n"));
    insta::assert_snapshot!(folder.refused(TWO), @"
    error[W0105]: `TEMP/client/clientwright.lock`: line 2: `../mine.txt` can't be a path of ours: it must not have `.` or `..` as a part
      = help: restore the file from version control; after a merge keep the lines of both sides
    ");
    assert!(folder.temp.path().join("mine.txt").exists());
}

#[test]
fn a_file_written_by_hand_is_left_alone_and_told_of() {
    let folder = Folder::new();
    folder.put("src/mine.rs", "mine");
    folder.put("notes/a.txt", "notes");
    folder.put("target/debug/x", "");
    let report = folder.write(TWO);
    assert_eq!(report.left_alone, ["notes/a.txt", "src/mine.rs"]);
    assert_eq!(folder.read("src/mine.rs").as_deref(), Some("mine"));
    let report = folder.write(&[("Cargo.toml", "1")]);
    assert_eq!(report.deleted, ["src/lib.rs"]);
    assert_eq!(folder.read("src/mine.rs").as_deref(), Some("mine"));
}

#[test]
fn a_file_written_by_hand_in_the_way_stops_everything() {
    let folder = Folder::new();
    folder.put("src/lib.rs", "mine");
    insta::assert_snapshot!(folder.refused(TWO), @"
    error[W0103]: `TEMP/client/src/lib.rs` is not ours, and would have to be replaced
      = help: move or delete it, or choose another output folder; nothing was written
    ");
    let (report, _) = folder.run_with(TWO, Mode::Write, |target| target.overwrite_edited = true);
    assert_eq!(report.unwrap().refused, ["src/lib.rs"]);
    assert_eq!(folder.read("src/lib.rs").as_deref(), Some("mine"), "`--overwrite-edited` is for files of ours only");

    let folder = Folder::new();
    folder.put("src", "a file where a folder should be");
    assert!(folder.refused(TWO).contains("W0103"));
    let folder = Folder::new();
    folder.put("src/lib.rs/a", "a folder where a file should be");
    assert!(folder.refused(TWO).contains("W0103"));
}

#[test]
fn an_edited_file_stops_everything_until_told_otherwise() {
    let folder = Folder::new();
    folder.write(&[("Cargo.toml", "1"), ("src/lib.rs", "1"), ("src/old.rs", "1")]);
    folder.put("src/lib.rs", "edited");
    folder.put("src/old.rs", "edited");
    insta::assert_snapshot!(folder.refused(&[("Cargo.toml", "2"), ("src/lib.rs", "2")]), @"
    error[W0104]: `TEMP/client/src/lib.rs` is generated, and was edited
      = help: to replace it, run `clientwright generate --overwrite-edited`
      = help: nothing was written
    error[W0104]: `TEMP/client/src/old.rs` is generated, and was edited
      = help: to delete it, run `clientwright generate --overwrite-edited`
      = help: nothing was written
    ");
    let (report, errors) = folder
        .run_with(&[("Cargo.toml", "2"), ("src/lib.rs", "2")], Mode::Write, |target| target.overwrite_edited = true);
    assert_eq!(errors, "");
    assert_eq!(report.unwrap().deleted, ["src/old.rs"]);
    assert_eq!(folder.read("src/lib.rs").as_deref(), Some("2"));
    assert!(!folder.path("src/old.rs").exists());
}

#[cfg(unix)]
#[test]
fn links_are_never_followed() {
    use std::os::unix::fs::symlink;
    let outside = |folder: &Folder| {
        let path = folder.temp.path().join("outside");
        fs::create_dir(&path).unwrap();
        fs::write(path.join("lib.rs"), "outside").unwrap();
        path
    };
    // A file that is a link.
    let folder = Folder::new();
    let target = outside(&folder);
    folder.put("src/x", "");
    symlink(target.join("lib.rs"), folder.path("src/lib.rs")).unwrap();
    insta::assert_snapshot!(folder.refused(TWO), @"
    error[W0102]: `TEMP/client/src/lib.rs` is a symbolic link
      = help: remove the link; nothing was written
    ");
    // A folder that is a link, and a link to nothing.
    for to in ["outside", "nowhere"] {
        let folder = Folder::new();
        outside(&folder);
        fs::create_dir(folder.root()).unwrap();
        symlink(folder.temp.path().join(to), folder.path("src")).unwrap();
        assert!(folder.refused(TWO).contains("W0102"), "{to}");
    }
    // A folder of ours that became a link later: what is stale behind it is not deleted.
    let folder = Folder::new();
    folder.write(&[("src/lib.rs", "outside")]);
    fs::remove_dir_all(folder.path("src")).unwrap();
    symlink(outside(&folder), folder.path("src")).unwrap();
    assert!(folder.refused(&[("Cargo.toml", "1")]).contains("W0102"));
    // The manifest as a link.
    let folder = Folder::new();
    let target = outside(&folder);
    fs::create_dir(folder.root()).unwrap();
    symlink(target.join("lib.rs"), folder.path(MANIFEST)).unwrap();
    assert!(folder.refused(TWO).contains("W0102"));
    // The output folder itself may be one.
    let folder = Folder::new();
    fs::create_dir(folder.temp.path().join("real")).unwrap();
    symlink(folder.temp.path().join("real"), folder.root()).unwrap();
    folder.write(TWO);
    assert!(folder.temp.path().join("real/src/lib.rs").exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_holds_what_was_read_is_refused_through_links_too() {
    let folder = Folder::new();
    fs::create_dir(folder.temp.path().join("real")).unwrap();
    fs::write(folder.temp.path().join("real/api.yaml"), "a: 1").unwrap();
    std::os::unix::fs::symlink(folder.temp.path().join("real"), folder.root()).unwrap();
    let guarded = vec![folder.temp.path().join("real/api.yaml")];
    let (report, errors) = folder.run_with(TWO, Mode::Write, |target| target.guarded = guarded);
    assert_eq!(report, None);
    insta::assert_snapshot!(errors, @"
    error[W0106]: `TEMP/client` can't be the output folder: a file that was read lies inside
      = help: choose a folder that holds nothing but the output
    ");
    let home = folder.temp.path().join("real");
    let (_, errors) = folder.run_with(TWO, Mode::Write, |target| target.home = Some(home));
    assert!(errors.contains("W0106"), "{errors}");
    let (_, errors) = folder.run_with(TWO, Mode::Write, |target| target.root = "/".into());
    assert!(errors.contains("W0106"), "{errors}");
    let file = folder.temp.path().join("real/api.yaml");
    let (_, errors) = folder.run_with(TWO, Mode::Write, |target| target.root = file);
    assert!(errors.contains("W0106"), "{errors}");
}

#[test]
fn an_interrupted_run_is_made_good() {
    // Before the first change the manifest knows both contents; whatever point it stopped at, all files stay ours.
    let old = &[("a.rs", "old a"), ("b.rs", "old b"), ("gone.rs", "gone")][..];
    let new = &[("a.rs", "new a"), ("b.rs", "new b"), ("c.rs", "new c")][..];
    let newest = &[("a.rs", "newest a"), ("b.rs", "new b")][..];
    let inputs = || [("../api.yaml".to_owned(), digest([b"i".as_slice()]))].into();
    let of = |list| Manifest::of(&files(list), &inputs(), &Lock::default(), None, &Manifest::default());
    for next in [new, newest, old] {
        let folder = Folder::new();
        folder.write(old);
        folder.put(MANIFEST, &of(old).merged(&of(new)).text());
        folder.put("a.rs", "new a");
        folder.put("c.rs", "new c");
        folder.put(".b.rs.clientwright-tmp", "new");
        folder.write(next);
        for (path, text) in next {
            assert_eq!(folder.read(path).as_deref(), Some(*text));
        }
        assert_eq!(folder.path("gone.rs").exists(), next == old);
        assert_eq!(folder.path("c.rs").exists(), next == new);
        assert_eq!(folder.run_with(next, Mode::Check, |_| {}).1, "");
    }
    // A manifest that got lost is no harm as long as the files are what would be written.
    let folder = Folder::new();
    folder.write(old);
    fs::remove_file(folder.path(MANIFEST)).unwrap();
    assert_eq!(folder.write(old).created, [MANIFEST]);
}

#[test]
fn the_manifest_is_written_before_the_first_change_and_after_the_last() {
    let folder = Folder::new();
    folder.write(&[("a.rs", "old")]);
    // The second of two files can't be written: a folder takes the name of its temporary file.
    fs::create_dir(folder.path(".b.rs.clientwright-tmp")).unwrap();
    let (_, errors) = folder.run_with(&[("a.rs", "new"), ("b.rs", "new")], Mode::Write, |_| {});
    assert!(errors.contains("W0001"), "{errors}");
    assert_eq!(folder.read("a.rs").as_deref(), Some("new"));
    let manifest = Manifest::parse(folder.read(MANIFEST).unwrap().as_bytes()).unwrap();
    assert_eq!(manifest.files()["a.rs"].len(), 2, "old and new");
    fs::remove_dir(folder.path(".b.rs.clientwright-tmp")).unwrap();
    folder.write(&[("a.rs", "newest"), ("b.rs", "new")]);
}

#[test]
fn line_endings_alone_are_no_difference() {
    let folder = Folder::new();
    folder.write(TWO);
    for path in ["Cargo.toml", "src/lib.rs", MANIFEST] {
        let text = folder.read(path).unwrap().replace('\n', "\r\n");
        folder.put(path, &text);
    }
    assert_eq!(folder.run_with(TWO, Mode::Check, |_| {}).1, "");
    assert!(folder.write(TWO).is_clean());
    assert_eq!(folder.read("src/lib.rs").as_deref(), Some("//! A\r\n"), "it isn't rewritten for that alone");
    // And what is stale is still ours.
    assert_eq!(folder.write(&[("Cargo.toml", "2\n")]).deleted, ["src/lib.rs"]);
}

#[test]
fn check_tells_each_kind_of_difference_and_changes_nothing() {
    let folder = Folder::new();
    folder.write(&[("a.rs", "1"), ("b.rs", "1"), ("c.rs", "1"), ("e.rs", "1")]);
    folder.put("e.rs", "edited");
    folder.put("f.rs", "foreign");
    fs::remove_file(folder.path("b.rs")).unwrap();
    let before = folder.snapshot();
    let now = &[("a.rs", "2"), ("b.rs", "1"), ("d.rs", "1"), ("e.rs", "1"), ("f.rs", "1")];
    let (report, errors) = folder.run_with(now, Mode::Check, |_| {});
    insta::assert_snapshot!(errors, @"
    error[W0104]: `TEMP/client/e.rs` is generated, and was edited
      = help: to replace it, run `clientwright generate --overwrite-edited`
      = help: nothing was written
    error[W0103]: `TEMP/client/f.rs` is not ours, and would have to be replaced
      = help: move or delete it, or choose another output folder; nothing was written
    error[W0201]: `a.rs` in `TEMP/client` is not what would be written
      = help: run `clientwright generate`
    error[W0202]: 2 files in `TEMP/client` are missing: `b.rs`, `d.rs`
      = help: run `clientwright generate`
    error[W0203]: `c.rs` in `TEMP/client` is no longer written
      = help: run `clientwright generate`
    ");
    assert!(!report.unwrap().is_clean());
    assert_eq!(folder.snapshot(), before);
    let (report, errors) = folder.run_with(now, Mode::DryRun, |_| {});
    assert!(!errors.contains("W02"), "{errors}");
    assert_eq!(report.unwrap().deleted, ["c.rs"]);
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn a_changed_input_alone_is_stale() {
    let folder = Folder::new();
    folder.write(TWO);
    let (report, errors) = folder.run_with(TWO, Mode::Check, |target| target.input = "other");
    assert_eq!(report.unwrap().changed, [MANIFEST]);
    assert!(errors.starts_with("error[W0201]"), "{errors}");
}

#[test]
fn a_manifest_that_is_none_stops_everything() {
    for text in ["<<<<<<< HEAD\n", "version 9\n", "version 1\nfile x y\n"] {
        let folder = Folder::new();
        folder.put(MANIFEST, text);
        assert!(folder.refused(TWO).contains("W0105"), "{text}");
    }
    let folder = Folder::new();
    fs::create_dir_all(folder.path(MANIFEST)).unwrap();
    assert!(folder.refused(TWO).contains("W0105"));
}
