//! The command line from outside: what it prints where, and how it exits.

use std::path::Path;
use std::process::{Command, Output, Stdio};

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

#[allow(clippy::unwrap_used, reason = "a test that can't start its process has failed")]
fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clientwright"));
    command.args(arguments).current_dir(folder).env_remove("NO_COLOR").env_remove("TERM");
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: status.code(), out: text(stdout), err: text(stderr) }
}

/// In a folder without any configuration.
fn run(arguments: &[&str]) -> Ran {
    run_in(Path::new(env!("CARGO_TARGET_TMPDIR")), arguments)
}

#[test]
fn explain_prints_a_page_whatever_the_case() {
    let ran = run(&["explain", "r0102"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(ran.out, @"
    R0102 (error): `$ref` points to nothing

    The text of a `$ref` must be the address of something that exists, such as
    `#/components/schemas/Pet` (OpenAPI 3.0.3, section 4.7.23). Names are compared
    letter by letter. The same is said of an address in the `mapping` of a
    discriminator, for which nothing is left out: the value is that of no branch.
    ");
}

#[test]
fn explain_lists_all_codes() {
    let ran = run(&["explain"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.contains("R0102  error    `$ref` points to nothing\n"), "{}", ran.out);
    let json: serde_json::Value = serde_json::from_str(&run(&["explain", "--format", "json"]).out).unwrap();
    assert_eq!(json.as_array().map(Vec::len), Some(ran.out.lines().count()));
}

#[test]
fn an_unknown_code_is_wrong_use() {
    let ran = run(&["explain", "R0120"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    insta::assert_snapshot!(ran.err, @"
    error: there is no code `R0120`
      = help: did you mean `R0102`?
    ");
    assert!(run(&["explain", "x\u{1b}[31m"]).err.contains("`x\\u{1b}[31m`"));
}

#[test]
fn without_a_configuration_it_says_what_to_do() {
    for command in ["generate", "check", "list"] {
        let ran = run(&[command]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{command}");
        insta::allow_duplicates! {
            insta::assert_snapshot!(ran.err.split("\n\n").next().unwrap_or_default(), @"
            error[C0001]: there is no `clientwright.toml` here, and none in `spec`
             │
             ╰ help: name one with `--config FILE`, or do without: `--spec FILE --out DIR`
            ");
        }
    }
    assert!(run(&["list"]).err.ends_with("1 error; `clientwright explain CODE` tells more\n"));
    let ran = run(&["generate", "--config", "none.toml"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.starts_with("error[C0001]: can't read `none.toml`"), "{}", ran.err);
}

#[test]
fn a_bad_configuration_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("spec")).unwrap();
    let text = "spec = \"api.yaml\"\nout = \"../client\"\n\n[package]\nlicence = \"MIT\"\nversion = \"1\"\n";
    std::fs::write(folder.path().join("spec/clientwright.toml"), text).unwrap();
    let ran = run_in(folder.path(), &["generate"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    insta::assert_snapshot!(ran.err, @r#"
    error[C0003]: the configuration has no setting `package.licence`
      ╭▸ spec/clientwright.toml:5:1
      │
    5 │ licence = "MIT"
      │ ━━━━━━━ unknown
      │
      ╰ help: did you mean `license`?

    error[C0101]: `package.version` can't be `1`
      ╭▸ spec/clientwright.toml:6:11
      │
    6 │ version = "1"
      ╰╴          ━━━ a version looks like `1.2.3` or `1.2.3-beta.1`

    2 errors; nothing was generated; `clientwright explain CODE` tells more
    "#);
    assert!(!folder.path().join("client").exists());
    let ran = run_in(folder.path(), &["generate", "--color", "always"]);
    assert!(ran.err.contains("\u{1b}["));

    let ran = run_in(folder.path(), &["check", "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(2), ""));
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["ok"], false);
    assert_eq!(json["diagnostics"][0]["code"], "C0003");
    assert_eq!(json["diagnostics"][0]["place"]["line"], 5);
    assert_eq!(json["output"], serde_json::Value::Null);
}

#[test]
fn an_output_folder_that_takes_in_the_description_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("api.yaml"), "openapi: 3.0.3\n").unwrap();
    let ran = run_in(folder.path(), &["generate", "--spec", "api.yaml", "--out", "."]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.starts_with("error[C0102]: `.` can't be the output folder: the description lies inside"),
        "{}",
        ran.err
    );
}

#[test]
fn wrong_arguments_are_wrong_use() {
    for arguments in [
        &["generate", "--spec", "a.yaml"][..],
        &["generate", "--out", "a"],
        &["generate", "--config", "a", "--spec", "b", "--out", "c"],
        &["genrate"],
        &[],
    ] {
        assert_eq!(run(arguments).code, Some(2), "{arguments:?}");
    }
    assert_eq!(run(&["--help"]).code, Some(0));
    assert_eq!(run(&["--version"]).code, Some(0));
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_clientwright"))
        .arg("explain")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert_eq!(status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&stderr), "");
}

#[test]
#[allow(clippy::unwrap_used, reason = "a test that can't write its files has failed")]
fn patterns_of_the_command_line_select_operations() {
    let folder = tempfile::tempdir().unwrap();
    let operation = |tag: &str| format!("{{get: {{tags: [{tag}], responses: {{'204': {{description: ''}}}}}}}}");
    let (pets, shops) = (operation("pets"), operation("shops"));
    let spec =
        format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{\n/pets: {pets},\n/shops: {shops}\n}}\n");
    std::fs::write(folder.path().join("api.yaml"), spec).unwrap();
    let list = |more: &[&str]| run_in(folder.path(), &[&["list", "--spec", "api.yaml"], more].concat());
    assert_eq!(list(&["--include", "pets"]).out, list(&["--exclude", "/shops"]).out);
    assert!(list(&["--include", "pets"]).out.lines().all(|line| line.contains("GET /pets")));
    let wrong = list(&["--include", "pet"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("did you mean `tag:pets`?"), "{}", wrong.err);

    let generate = ["generate", "--spec", "api.yaml", "--out", "client", "--include", "pets"];
    assert_eq!(run_in(folder.path(), &generate).code, Some(0));
    let check = ["check", "--spec", "api.yaml", "--out", "client"];
    assert_eq!(run_in(folder.path(), &[&check[..], &["--include", "pets"]].concat()).code, Some(0));
    let stale = run_in(folder.path(), &[&check[..], &["--include", "tag:sh*"]].concat());
    assert_eq!(stale.code, Some(1));
    assert!(
        stale.err.contains("clientwright generate --spec api.yaml --out client --include 'tag:sh*'"),
        "{}",
        stale.err
    );
}

const PETS: &str = "openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      parameters: [{ name: limit, in: query, schema: { type: integer } }]
      responses: { '204': { description: None. } }
";

/// A folder with two descriptions, of which the new one requires a parameter.
#[allow(clippy::unwrap_used, reason = "a test that can't write its files has failed")]
fn pets() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("old.yaml"), PETS).unwrap();
    std::fs::write(folder.path().join("new.yaml"), PETS.replace("in: query,", "in: query, required: true,")).unwrap();
    folder
}

#[test]
fn diff_tells_a_change_with_both_places() {
    let folder = pets();
    let ran = run_in(folder.path(), &["diff", "old.yaml", "new.yaml"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!("diff_as_text", ran.out);
    let ran = run_in(folder.path(), &["diff", "old.yaml", "new.yaml", "--format", "markdown"]);
    insta::assert_snapshot!("diff_as_markdown", ran.out);
    let ran = run_in(folder.path(), &["diff", "old.yaml", "new.yaml", "--format", "json"]);
    insta::assert_snapshot!("diff_as_json", ran.out);
    let same = run_in(folder.path(), &["diff", "old.yaml", "old.yaml", "--fail-on", "minor"]);
    assert_eq!((same.code, same.out.as_str()), (Some(0), "no changes\n"));
}

#[test]
#[allow(clippy::unwrap_used, reason = "a test that can't write its files has failed")]
fn diff_fails_on_what_is_not_allowed() {
    let folder = pets();
    let diff = |more: &[&str]| run_in(folder.path(), &[&["diff", "old.yaml", "new.yaml"], more].concat());
    for fails in ["major", "minor", "wire-breaking", "major,wire-breaking"] {
        let ran = diff(&["--fail-on", fails]);
        assert_eq!(ran.code, Some(1), "{fails}");
        assert!(ran.err.starts_with("error: 1 change that `--fail-on"), "{}", ran.err);
    }
    let json: serde_json::Value = serde_json::from_str(&diff(&["--format", "json"]).out).unwrap();
    let fingerprint = json["changes"][0]["fingerprint"].as_str().unwrap();
    let allow = |text: String| std::fs::write(folder.path().join("allow.txt"), text).unwrap();
    allow(format!("# agreed on\n{fingerprint} limit is required\n"));
    let ran = diff(&["--fail-on", "major", "--allow", "allow.txt"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    allow(format!("{fingerprint}\n0123456789ab\n"));
    let ran = diff(&["--allow", "allow.txt"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("D0003") && ran.err.contains("allow.txt:2:1"), "{}", ran.err);
    assert_eq!(diff(&["--allow", "none.txt"]).code, Some(2));
}

#[test]
#[allow(clippy::unwrap_used, reason = "a test that can't write its files has failed")]
fn settings_that_fit_one_side_alone_are_no_error_in_a_diff() {
    let folder = pets();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "new.yaml",
        &PETS.replace("      responses:", "      requestBody: { content: { text/csv: {} } }\n      responses:"),
    );
    write(
        "clientwright.toml",
        "spec = 'new.yaml'\nout = 'out'\n[bodies]\nlistPets = 'text/csv'\n[paging]\nlistPets = { page = 'page', items = 'pets' }\n",
    );
    let ran = run_in(folder.path(), &["diff", "old.yaml", "new.yaml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(!ran.err.contains("error"), "{}", ran.err);
    let ran = run_in(folder.path(), &["generate"]);
    assert!(ran.code != Some(0) && ran.err.contains("error[C0214]"), "{}", ran.err);
}

#[test]
#[allow(clippy::unwrap_used, reason = "a test that can't run git has failed")]
fn diff_reads_revisions_of_many_files() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
        let ran = Command::new("git").args(identity).args(arguments).current_dir(folder.path()).output().unwrap();
        assert!(ran.status.success(), "{ran:?}");
    };
    let main = PETS.replace("schema: { type: integer }", "schema: { $ref: '../common/limit.yaml' }");
    write("spec/api.yaml", &main);
    write("common/limit.yaml", "type: integer\n");
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "one"]);
    write("common/limit.yaml", "type: string\n");
    git(&["commit", "-q", "-a", "-m", "two"]);
    let ran = run_in(folder.path(), &["diff", "HEAD~1:spec/api.yaml", "HEAD:spec/api.yaml"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!("diff_of_revisions", ran.out);
    let below = run_in(&folder.path().join("spec"), &["diff", "HEAD~1:./api.yaml", "HEAD:./api.yaml"]);
    assert_eq!(below.out.lines().last(), ran.out.lines().last(), "{}", below.err);
    for wrong in ["HEAD:spec/none.yaml", "none:spec/api.yaml", "none.yaml", "-x:spec/api.yaml"] {
        let ran = run_in(folder.path(), &["diff", "--", wrong, "HEAD:spec/api.yaml"]);
        assert_eq!(ran.code, Some(1), "{wrong}");
        assert!(ran.err.contains("L0001"), "{}", ran.err);
    }
}

#[test]
#[allow(clippy::unwrap_used, reason = "a test that can't run git has failed")]
fn a_revision_has_the_settings_and_the_names_of_its_time() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
        let ran = Command::new("git").args(identity).args(arguments).current_dir(folder.path()).output().unwrap();
        assert!(ran.status.success(), "{ran:?}");
    };
    let config = "spec = \"api.yaml\"\nout = \"../client\"\n\n[package]\nversion = \"1.0.0\"\n";
    write("spec/clientwright.toml", config);
    write("spec/api.yaml", PETS);
    assert_eq!(run_in(folder.path(), &["generate"]).code, Some(0));
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "one"]);
    let diff = || run_in(folder.path(), &["diff", "HEAD:spec/api.yaml", "spec/api.yaml"]);
    assert_eq!(diff().out, "no changes\n");

    // A method gets another name, and the description stays as it is.
    write("spec/clientwright.toml", &format!("{config}\n[names.operations]\nlistPets = \"all_pets\"\n"));
    for _ in 0..2 {
        let ran = diff();
        let said = "major, wire none: GET /pets: in Rust: `client.list_pets → client.all_pets`\n";
        assert!(ran.out.starts_with(said), "{}{}", ran.out, ran.err);
        // It is so whether the crate was written since or not.
        assert_eq!(run_in(folder.path(), &["generate"]).code, Some(0));
    }
    let ran = run_in(folder.path(), &["generate", "--release", "--dry-run"]);
    assert_eq!(ran.out.lines().next(), Some("the next version would be 2.0.0"), "{}", ran.err);

    // An overlay is part of the description: here, it was another one.
    let overlaid = format!("overlays = [\"fix.yaml\"]\n{config}");
    let overlay = "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: [{target: $.paths.*.get, update: ";
    write("spec/clientwright.toml", &overlaid);
    write("spec/fix.yaml", &format!("{overlay}{{deprecated: false}}}}]\n"));
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "two"]);
    write("spec/fix.yaml", &format!("{overlay}{{deprecated: true}}}}]\n"));
    let ran = diff();
    assert!(
        ran.out.starts_with("minor, wire none: GET /pets: the operation is now deprecated"),
        "{}{}",
        ran.out,
        ran.err
    );

    // Settings that can't be used any more are those of today.
    write("spec/clientwright.toml", &format!("{config}\nnone_such = 1\n"));
    git(&["commit", "-q", "-a", "-m", "three"]);
    write("spec/clientwright.toml", config);
    let ran = diff();
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "no changes\n"));
    assert!(ran.err.contains("warning[D0005]") && ran.err.contains("none_such"), "{}", ran.err);
}

#[test]
#[allow(clippy::unwrap_used, reason = "a test that can't run git has failed")]
fn a_release_sets_the_version_and_writes_the_changelog() {
    let folder = tempfile::tempdir().unwrap();
    let place = |path: &str| folder.path().join(path);
    let write = |path: &str, text: &str| std::fs::write(place(path), text).unwrap();
    let read = |path: &str| std::fs::read_to_string(place(path)).unwrap();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
        let ran = Command::new("git").args(identity).args(arguments).current_dir(folder.path()).output().unwrap();
        assert!(ran.status.success(), "{ran:?}");
    };
    let release = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clientwright"));
        command.args(["generate", "--release"]).args(more).current_dir(folder.path());
        let output = command.env("SOURCE_DATE_EPOCH", "1795824000").output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    write("clientwright.toml", "spec = \"api.yaml\"\nout = \"client\"\n\n[package] # ours\nversion = \"0.3.1\"\n");
    write("api.yaml", PETS);
    assert_eq!(run_in(folder.path(), &["generate"]).code, Some(0));
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "one"]);
    let (code, out, err) = release(&[]);
    assert_eq!(
        (code, out.lines().next()),
        (Some(0), Some("no changes since `HEAD:./api.yaml`: the version stays")),
        "{err}"
    );
    assert!(!place("client/CHANGELOG.md").exists());

    write("api.yaml", &PETS.replace("in: query,", "in: query, required: true,"));
    let (code, out, err) = release(&["--dry-run"]);
    assert_eq!((code, out.lines().next()), (Some(0), Some("the next version would be 0.4.0")), "{err}");
    // Made twice, it is made once.
    for _ in 0..2 {
        let (code, _, err) = release(&[]);
        assert_eq!(code, Some(0), "{err}");
        assert!(read("clientwright.toml").contains("[package] # ours\nversion = \"0.4.0\"\n"));
        assert!(read("client/Cargo.toml").contains("version = \"0.4.0\""));
        insta::assert_snapshot!("changelog", read("client/CHANGELOG.md"));
    }
    let check = run_in(folder.path(), &["check"]);
    assert_eq!(check.code, Some(0), "{}", check.err);
    assert!(!check.out.contains("CHANGELOG"), "{}", check.out);

    // By a file, the version that is there counts on.
    write("old.yaml", PETS);
    write("api.yaml", &PETS.replace("listPets", "listPets\n      deprecated: true"));
    assert_eq!(release(&["old.yaml"]).0, Some(0));
    assert!(read("client/CHANGELOG.md").contains("\n## [0.4.1] - 2026-11-28\n\n### Deprecated\n"));
    write("clientwright.toml", &read("clientwright.toml").replace("0.4.1", "0.5.0-beta.1"));
    let (code, _, err) = release(&["old.yaml"]);
    assert_eq!((code, err.contains("D0004")), (Some(2), true), "{err}");
    assert_eq!(run_in(folder.path(), &["generate", "--spec", "a", "--out", "b", "--release"]).code, Some(2));
}
