//! Compiles generated crates, all in one workspace with one target folder, and counts what rustc says of each.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// How to compile.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// By clippy, with all its default lints, rather than by `cargo check`.
    pub clippy: bool,
    /// Without the default features but those of resources, and so without a transport.
    pub no_default_features: bool,
}

/// What rustc says of a crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Whether it compiles.
    pub compiles: bool,
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings there are.
    pub warnings: usize,
    /// The first error, or else the first warning: its code and its first line.
    pub first: Option<String>,
}

/// Compiles the crates `names` in the folder `crates` of `out`; all that rustc says goes to `logs`.
///
/// # Errors
///
/// When cargo can't be started or a file can't be written.
pub fn check(out: &Path, names: &[String], how: How) -> std::io::Result<BTreeMap<String, Checked>> {
    let mut checked = together(out, names, how)?;
    // A manifest that cargo can't read stops the others too.
    if names.len() > 1 && checked.is_empty() {
        for name in names {
            checked.extend(together(out, std::slice::from_ref(name), how)?);
        }
    }
    Ok(names.iter().map(|name| (name.clone(), checked.remove(name).unwrap_or_default())).collect())
}

fn together(out: &Path, names: &[String], how: How) -> std::io::Result<BTreeMap<String, Checked>> {
    workspace(out, names)?;
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.arg(if how.clippy { "clippy" } else { "check" });
    command.args(["--workspace", "--offline", "--keep-going", "--message-format=json"]);
    if how.no_default_features {
        command.args(["--no-default-features", "--features", &resources(out, names).join(",")]);
    }
    command.current_dir(out).env("CARGO_TARGET_DIR", out.join("target")).env_remove("RUSTFLAGS");
    // Each crate is compiled once: what would make the second time quick is ten times the rest on disk.
    command.env("CARGO_INCREMENTAL", "0");
    let log = super::log(out, "cargo")?;
    command.stdin(Stdio::null()).stderr(std::fs::File::create(log.with_extension("err"))?);
    let said = command.output()?.stdout;
    let (checked, texts) = read(&String::from_utf8_lossy(&said));
    for (name, text) in texts {
        std::fs::write(super::log(out, &name)?.with_extension("rustc"), text)?;
    }
    Ok(checked)
}

/// The feature with all resources, of each crate that has one: a large API's code is behind it.
fn resources(out: &Path, names: &[String]) -> Vec<String> {
    let feature = |name: &String| {
        let text = std::fs::read_to_string(out.join("crates").join(name).join("Cargo.toml")).ok()?;
        let manifest: toml::Table = toml::from_str(&text).ok()?;
        manifest.get("features")?.get("api")?;
        Some(format!("{}/api", manifest.get("package")?.get("name")?.as_str()?))
    };
    names.iter().filter_map(feature).collect()
}

/// A workspace of these crates, with the versions of this repository: so nothing has to be fetched.
fn workspace(out: &Path, names: &[String]) -> std::io::Result<()> {
    let members: Vec<String> = names.iter().map(|name| format!("crates/{name}")).collect();
    std::fs::write(out.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"))?;
    std::fs::copy(crate::workspace().join("Cargo.lock"), out.join("Cargo.lock"))?;
    Ok(())
}

/// What cargo's messages say of each crate, and the whole text for each.
fn read(said: &str) -> (BTreeMap<String, Checked>, BTreeMap<String, String>) {
    let mut checked: BTreeMap<String, Checked> = BTreeMap::new();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for message in said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let Some(name) = crate_name(&message) else { continue };
        let of = checked.entry(name.clone()).or_default();
        match message["reason"].as_str() {
            Some("compiler-artifact") => of.compiles = true,
            Some("compiler-message") => {
                let message = &message["message"];
                // The closing "aborting due to …" has no place.
                let own = message["spans"].as_array().is_some_and(|spans| !spans.is_empty());
                let is_error = message["level"].as_str().is_some_and(|level| level.starts_with("error"));
                if own && is_error && of.errors == 0 || of.first.is_none() && own {
                    let code = message["code"]["code"].as_str().unwrap_or("-");
                    of.first = Some(format!("{code}: {}", message["message"].as_str().unwrap_or_default()));
                }
                of.errors += usize::from(own && is_error);
                of.warnings += usize::from(own && message["level"] == "warning");
                let rendered = message["rendered"].as_str().unwrap_or_default();
                let _ = writeln!(texts.entry(name).or_default(), "{rendered}");
            }
            _ => {}
        }
    }
    (checked, texts)
}

/// The folder below `crates` that a message is about.
fn crate_name(message: &Value) -> Option<String> {
    let manifest = PathBuf::from(message["manifest_path"].as_str()?);
    let folder = manifest.parent()?;
    let is_ours = folder.parent()?.file_name()? == "crates";
    let name = folder.file_name()?.to_str()?;
    is_ours.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_are_compiled_whatever_else_is_not() {
        let out = tempfile::tempdir().unwrap();
        let names = ["large", "small"].map(str::to_owned);
        for (name, features) in names.iter().zip(["default = [\"api\", \"other\"]\napi = []\nother = []", ""]) {
            let folder = out.path().join("crates").join(name);
            std::fs::create_dir_all(folder.join("src")).unwrap();
            let package = format!("[package]\nname = {name:?}\nversion = \"0.1.0\"\n\n[features]\n{features}\n");
            std::fs::write(folder.join("Cargo.toml"), package).unwrap();
            let text = "#[cfg(feature = \"api\")]\ncompile_error!(\"api\");\n#[cfg(feature = \"other\")]\ncompile_error!(\"other\");\n";
            std::fs::write(folder.join("src/lib.rs"), text).unwrap();
        }
        let checked = check(out.path(), &names, How { clippy: false, no_default_features: true }).unwrap();
        assert!(checked["small"].compiles, "{checked:?}");
        assert_eq!((checked["large"].errors, checked["large"].first.as_deref()), (1, Some("-: api")));
    }

    #[test]
    fn messages_are_counted_by_crate() {
        let message = |name: &str, level: &str, text: &str, spans: &str| {
            format!(
                r#"{{"reason":"compiler-message","manifest_path":"/x/crates/{name}/Cargo.toml","message":{{"level":"{level}","message":"{text}","code":null,"spans":{spans},"rendered":"{text}!"}}}}"#
            )
        };
        let said = [
            message("a", "warning", "one", "[{}]"),
            message("a", "error", "two", "[{}]"),
            message("a", "error", "aborting", "[]"),
            r#"{"reason":"compiler-artifact","manifest_path":"/x/crates/b/Cargo.toml"}"#.to_owned(),
            r#"{"reason":"compiler-artifact","manifest_path":"/registry/serde/Cargo.toml"}"#.to_owned(),
            "no json".to_owned(),
        ];
        let (checked, texts) = read(&said.join("\n"));
        let a = Checked { compiles: false, errors: 1, warnings: 1, first: Some("-: two".to_owned()) };
        assert_eq!(checked["a"], a);
        assert_eq!(checked["b"], Checked { compiles: true, ..Checked::default() });
        assert_eq!(checked.len(), 2);
        assert_eq!(texts["a"], "one!\ntwo!\naborting!\n");
    }
}
