//! `vendor`, and `check` of a copy, from outside: what they write, what they leave alone, and what they say.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const PETS: &str = "openapi: 3.0.3
info: { title: Pets, version: '1', license: { name: CC-BY-4.0, url: 'https://example.com/licence' } }
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses: { \"200\": { description: All., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
  /owners:
    get:
      operationId: listOwners
      tags: [owners]
      responses: { \"204\": { description: None. } }
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string } } }
";

/// Two projects in one repository: `api` has the description and a client of its own, `shop` is another workspace.
struct Two(TempDir);

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

#[allow(clippy::unwrap_used, reason = "a test that can't have its files has failed")]
impl Two {
    fn new() -> Self {
        let two = Self(tempfile::tempdir().unwrap());
        fs::create_dir(two.0.path().join(".git")).unwrap();
        two.write("api/pets.yaml", PETS);
        two.write(
            "api/clientwright.toml",
            "spec = \"pets.yaml\"\nout = \"pets-client\"\n\n[package]\nlicense = \"MIT\"\n",
        );
        two.write(
            "shop/Cargo.toml",
            "[workspace]\nmembers = [\"crates/*\"]\n\n[workspace.lints.rust]\nunsafe_code = \"forbid\"\n",
        );
        two.write("shop/crates/app/Cargo.toml", "[package]\nname = \"app\"\nedition = \"2024\"\n");
        two
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join(path)).unwrap()
    }

    fn has(&self, path: &str) -> bool {
        self.0.path().join(path).exists()
    }

    /// In the folder of the other workspace.
    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_in("shop", arguments)
    }

    fn run_in(&self, folder: &str, arguments: &[&str]) -> Ran {
        run(&self.0.path().join(folder), arguments)
    }

    fn vendor(&self, folder: &str) -> Ran {
        self.run(&["vendor", folder, "--config", "../api/clientwright.toml"])
    }
}

#[allow(clippy::unwrap_used, reason = "a test that can't start its process has failed")]
fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clientwright"));
    command.args(arguments).current_dir(folder).env_remove("NO_COLOR").env_remove("TERM");
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: status.code(), out: text(stdout), err: text(stderr) }
}

#[test]
fn a_crate_is_under_the_lints_of_its_workspace_and_has_its_notices() {
    let two = Two::new();
    let ran = two.vendor("crates/pets");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.starts_with("2 operations and 1 type in `crates/pets`\n"), "{}", ran.out);
    let manifest = two.read("shop/crates/pets/Cargo.toml");
    assert!(manifest.contains("name = \"pets-client\"\n"), "the name of what it is a copy of: {manifest}");
    assert!(manifest.ends_with("\n[lints]\nworkspace = true\n"), "{manifest}");
    assert!(!manifest.contains("publish"), "{manifest}");
    let notice = two.read("shop/crates/pets/NOTICE.md");
    assert!(notice.contains("which says of its licence: CC-BY-4.0, <https://example.com/licence>."), "{notice}");
    assert!(notice.contains("The client as a whole is under MIT,"), "{notice}");
    assert!(two.read("shop/crates/pets/licenses/clientwright-MIT.txt").contains("The clientwright authors"));
    assert!(two.has("shop/crates/pets/licenses/clientwright-Apache-2.0.txt"));
    assert!(!two.read("shop/crates/pets/src/runtime/url.rs").contains("mod tests"));
    assert!(two.read("shop/crates/pets/README.md").contains("\npets-client = { path = \"crates/pets\" }\n"));

    // What was said the first time holds: nothing has to be said again, and nothing is written.
    for arguments in [["vendor", "crates/pets"], ["check", "crates/pets"]] {
        let ran = two.run(&arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        assert!(ran.out.contains(", all up to date\n"), "{}", ran.out);
    }
    // From elsewhere it is the same copy.
    let ran = two.run_in("api", &["check", "../shop/crates/pets"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let ran = two.run_in("api", &["vendor", "../shop/crates/pets", "--config", "clientwright.toml"]);
    assert!(ran.out.contains(", all up to date\n"), "{}", ran.out);
}

#[test]
fn a_module_is_a_tree_of_files_and_tells_what_it_needs() {
    let two = Two::new();
    let ran = two.vendor("crates/app/src/pets");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    insta::assert_snapshot!(ran.err, @r#"
    warning[V0102]: the package `app` lacks 10 dependencies of the module
     │
     ├ help: add to `[dependencies]` in `crates/app/Cargo.toml`:
     ├ help: bytes = "1.10"
     ├ help: futures-core = { version = "0.3.31", default-features = false }
     ├ help: http = "1.3"
     ├ help: http-body = "1.0"
     ├ help: httpdate = "1.0.3"
     ├ help: percent-encoding = "2.3"
     ├ help: reqwest = { version = "0.13", default-features = false, features = ["http2", "rustls"] }
     ├ help: serde = { version = "1.0", default-features = false, features = ["std"] }
     ├ help: serde_json = { version = "1.0", features = ["float_roundtrip"] }
     ╰ help: tokio = { version = "1.44", default-features = false, features = ["time"] }

    1 warning; `clientwright explain CODE` tells more
    "#);
    let root = two.read("shop/crates/app/src/pets/mod.rs");
    assert!(root.contains("#![cfg_attr(rustfmt, rustfmt_skip)]\n"), "{root}");
    assert!(root.contains("\n#[rustfmt::skip]\npub mod types;\n"), "{root}");
    for file in ["client.rs", "types/pet.rs", "runtime/mod.rs", "api.md", "NOTICE.md", "licenses/clientwright-MIT.txt"]
    {
        assert!(two.has(&format!("shop/crates/app/src/pets/{file}")), "{file}");
    }
    assert!(!two.has("shop/crates/app/src/pets/Cargo.toml"));
    assert!(two.read("shop/crates/app/src/pets/api.md").contains("(types/pet.rs)"));
    assert_eq!(two.run(&["check", "crates/app/src/pets"]).code, Some(0), "what is missing elsewhere is no difference");
    assert_eq!(two.run(&["check", "crates/app/src/pets", "--strict"]).code, Some(1));

    let nowhere = two.run(&["vendor", "pets", "--as", "module", "--config", "../api/clientwright.toml"]);
    assert_eq!(nowhere.code, Some(1));
    assert!(nowhere.err.starts_with("error[V0002]: `pets` is not below the `src` of a package"), "{}", nowhere.err);
    assert!(!two.has("shop/pets"));
}

#[test]
fn a_copy_without_its_description_is_checked_by_its_manifest() {
    let two = Two::new();
    two.vendor("crates/pets");
    fs::rename(two.0.path().join("api"), two.0.path().join("gone")).unwrap_or_default();
    let ran = two.run(&["check", "crates/pets"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains(" in `crates/pets`, all as they were written\n"), "{}", ran.out);
    let told = "note[V0201]: compared with `clientwright.lock` alone: `../api/clientwright.toml` is not here";
    assert!(ran.err.starts_with(told), "{}", ran.err);

    two.write("shop/crates/pets/src/lib.rs", "");
    two.write("shop/crates/pets/notes.md", "ours");
    fs::remove_file(two.0.path().join("shop/crates/pets/src/client.rs")).unwrap_or_default();
    let ran = two.run(&["check", "crates/pets"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.contains("error[W0204]: `src/lib.rs` in `crates/pets` is not as it was written"), "{}", ran.err);
    assert!(ran.err.contains("error[W0202]: `src/client.rs` in `crates/pets` is missing"), "{}", ran.err);
    assert!(ran.err.contains("run `clientwright vendor crates/pets`"), "{}", ran.err);
    let json = two.run(&["check", "crates/pets", "--format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap_or_default();
    assert_eq!(json["ok"], false);
    assert_eq!(json["output"]["compared_with"], "clientwright.lock");
    assert_eq!(json["output"]["files"]["left_alone"][0], "notes.md");

    let ran = two.run(&["vendor", "crates/pets"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.starts_with("error[V0004]: `../api/clientwright.toml`, which the copy was made of"), "{}", ran.err);
    // Wherever it is now, it is the same.
    let ran = two.run(&["vendor", "crates/pets", "--config", "../gone/clientwright.toml", "--overwrite-edited"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("not ours and left alone: `notes.md`"), "{}", ran.out);
    let ran = two.run(&["check", "crates/app"]);
    assert!(ran.err.starts_with("error[W0205]: `crates/app` has no `clientwright.lock`"), "{}", ran.err);
}

#[test]
fn what_changed_is_told_and_what_was_edited_stops_everything() {
    let two = Two::new();
    two.vendor("crates/pets");
    two.write("api/pets.yaml", &PETS.replace("All.", "Every one."));
    let ran = two.run(&["check", "crates/pets"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("error[W0201]:"), "{}", ran.err);
    assert!(ran.err.contains("what it was made of has changed: `pets.yaml`"), "{}", ran.err);
    assert!(ran.err.contains("run `clientwright vendor crates/pets`"), "{}", ran.err);
    let lib = "shop/crates/pets/src/types/pet.rs";
    let before = two.read(lib);
    two.write("api/pets.yaml", &PETS.replace("name: { type", "called: { type"));
    two.write(lib, "// mine");
    let ran = two.run(&["vendor", "crates/pets"]);
    assert_eq!((ran.code, two.read(lib).as_str()), (Some(1), "// mine"));
    assert!(ran.err.contains("error[W0104]:"), "{}", ran.err);
    assert!(ran.err.contains("`clientwright vendor crates/pets --overwrite-edited`"), "{}", ran.err);
    assert_eq!(two.run(&["vendor", "crates/pets", "--overwrite-edited"]).code, Some(0));
    assert_ne!(two.read(lib), before);
}

#[test]
fn a_folder_outside_of_the_repository_is_not_named() {
    let two = Two::new();
    let other = Two::new();
    let config = two.0.path().join("api/clientwright.toml").display().to_string();
    let arguments = ["vendor", "crates/pets", "--config", &config, "--include", "pets"];
    let ran = other.run(&arguments);
    assert!(ran.out.starts_with("1 operation and 1 type in"), "{}{}", ran.out, ran.err);
    let lock = other.read("shop/crates/pets/clientwright.lock");
    assert!(lock.contains("\nvendored as crate\nvendored include pets\ninput "), "{lock}");
    assert!(!lock.contains(&two.0.path().display().to_string()) && !lock.contains(".."), "{lock}");
    let ran = other.run(&["check", "crates/pets"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("for it doesn't say what it was made of"), "{}", ran.err);
    // The pattern is known, the place is not.
    let ran = other.run(&["check", "crates/pets", "--config", &config]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.starts_with("1 operation and 1 type in"), "{}", ran.out);
    let spec = two.0.path().join("api/pets.yaml").display().to_string();
    let ran = other.run(&["vendor", "crates/more", "--spec", &spec]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

#[test]
fn what_the_workspace_says_is_heeded() {
    let two = Two::new();
    two.write(
        "shop/Cargo.toml",
        "[workspace]\nmembers = [\"crates/app\"]\nexclude = [\"third\"]\n[workspace.package]\npublish = false\n\
                                  [workspace.lints.clippy]\npedantic = { level = \"forbid\" }\n",
    );
    let ran = two.vendor("vendor/pets");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    insta::assert_snapshot!(ran.err, @r#"
    warning[V0101]: no member of the workspace `.` has the crate `pets-client` yet
     │
     ├ help: depend on it in a member: `pets-client = { path = "…" }`, the path to `vendor/pets` from there
     ╰ help: or add "vendor/pets" to `members` in `Cargo.toml`

    warning[V0104]: `clippy::pedantic` can't be allowed here: the workspace has `forbid`
     │
     ╰ help: say `deny`, and vendor again

    2 warnings; `clientwright explain CODE` tells more
    "#);
    let manifest = two.read("shop/vendor/pets/Cargo.toml");
    assert!(manifest.contains("\npublish.workspace = true\n") && !manifest.contains("[lints]"), "{manifest}");
    assert!(!two.read("shop/vendor/pets/src/lib.rs").contains("clippy::pedantic"));

    // A member that depends on it makes it one.
    two.write(
        "shop/crates/app/Cargo.toml",
        "[package]\nname = \"app\"\n[dependencies]\npets-client = { path = \"../../vendor/pets\" }\n",
    );
    assert!(!two.run(&["check", "vendor/pets"]).err.contains("V0101"));
    // What is left out of the workspace is on its own.
    let ran = two.vendor("third/pets");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(!two.read("shop/third/pets/Cargo.toml").contains("workspace"));
    // An edition that is too old, and a manifest that is none.
    let ran = two.vendor("crates/app/src/pets");
    assert!(ran.err.contains("warning[V0105]: the package `app` is of edition 2015"), "{}", ran.err);
    let also = ["vendor", "third/pets", "--allow", "clippy::disallowed_methods"];
    assert_eq!(two.run(&also).code, Some(0));
    assert!(
        two.read("shop/third/pets/src/lib.rs")
            .contains("    clippy::disallowed_methods,\n    reason = \"as it was asked for\"\n")
    );
    let odd = two.run(&["vendor", "third/pets", "--allow", "a)] fn b() {}"]);
    assert!(odd.err.starts_with("error[V0005]:"), "{}", odd.err);
    two.write("shop/Cargo.toml", "[workspace");
    assert!(two.vendor("vendor/pets").err.starts_with("error[V0001]: `"));
}

#[test]
fn a_configuration_of_a_module_can_lack_what_a_crate_needs() {
    let two = Two::new();
    two.write("api/clientwright.toml", "spec = \"pets.yaml\"\nout = \"pets-client\"\ndelivery = \"module\"\n[types.schemas]\n\"Pet.name\" = \"names::Name\"\n");
    let ran = two.vendor("crates/pets");
    assert!(ran.err.starts_with("error[V0003]:"), "{}", ran.err);
    assert_eq!(two.vendor("crates/app/src/pets").code, Some(0));
}

#[test]
fn a_copy_has_the_names_of_what_it_is_a_copy_of() {
    let two = Two::new();
    let described = |more: &str| {
        let schemas = "    fooBar: { type: object, properties: { x: { type: string } } }\n";
        format!(
            "{}{schemas}{more}",
            PETS.replace("{ type: string } } }", "{ $ref: '#/components/schemas/fooBar' } } }")
        )
    };
    two.write("api/pets.yaml", &described(""));
    assert_eq!(two.run_in("api", &["generate"]).code, Some(0));
    // Without what was named before, the two would give way to one another.
    let newcomer = "    foo_bar: { type: object, properties: { y: { $ref: '#/components/schemas/fooBar' } } }\n    \
                    Also: { type: object, properties: { z: { $ref: '#/components/schemas/foo_bar' } } }\n";
    let path = "  /also:\n    get:\n      responses: { \"200\": { description: x, content: { application/json: { schema: { $ref: '#/components/schemas/Also' } } } } }\ncomponents:";
    two.write("api/pets.yaml", &described(newcomer).replace("components:", path));
    assert_eq!(two.run_in("api", &["generate"]).code, Some(0));
    let ran = two.vendor("crates/pets");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let names = |path: &str| {
        let lock = two.read(path);
        lock.lines().filter(|line| line.starts_with("type ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let copied = names("shop/crates/pets/clientwright.lock");
    assert_eq!(copied, names("api/pets-client/clientwright.lock"));
    assert!(copied.contains(&"type #/components/schemas/fooBar FooBar".to_owned()), "{copied:?}");
}

#[test]
fn a_file_that_is_not_ours_stops_everything() {
    let two = Two::new();
    two.write("shop/crates/pets/Cargo.toml", "[package]\nname = \"mine\"\n");
    let ran = two.vendor("crates/pets");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("error[W0103]:"), "{}", ran.err);
    assert!(!two.has("shop/crates/pets/src"));
    let ran = two.run(&["vendor", "crates/new", "--config", "../api/clientwright.toml", "--dry-run"]);
    assert!(ran.out.contains(" would be written"), "{}", ran.out);
    assert!(!two.has("shop/crates/new"));
}
