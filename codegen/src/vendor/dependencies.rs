//! What a module needs of the package around it: the lines that its manifest lacks, and those that say something else.

use toml::Value;

use super::host::{Host, Manifest};
use crate::diag::{self, Diagnostic, Diagnostics};
use crate::model::Dependency;

/// Reports what is missing, in one finding, and what is otherwise than it should be, one each.
pub(super) fn check(needed: &[Dependency], host: &Host, found: &mut Diagnostics) {
    let Some(package) = &host.package else { return };
    let mut missing = Vec::new();
    for dependency in needed {
        match asked(&dependency.name, package, host.workspace.as_ref()) {
            None => missing.push(line(dependency)),
            Some(asked) => other(dependency, asked, package, found),
        }
    }
    let message = match missing.as_slice() {
        [] => return,
        [_] => format!("the package `{}` lacks a dependency of the module", package.name()),
        many => format!("the package `{}` lacks {} dependencies of the module", package.name(), many.len()),
    };
    let place = super::shown(&package.folder.join("Cargo.toml"));
    let lacking =
        Diagnostic::new(&diag::HOST_NO_DEPENDENCY, message).help(format!("add to `[dependencies]` in `{place}`:"));
    found.push(missing.into_iter().fold(lacking, Diagnostic::help));
}

/// What a manifest asks of a dependency; in both places where it is inherited.
struct Asked<'m> {
    own: &'m Value,
    inherited: Option<&'m Value>,
}

impl Asked<'_> {
    fn get(&self, key: &str) -> Option<&Value> {
        self.own.get(key).or_else(|| self.inherited?.get(key))
    }

    fn version(&self) -> Option<&str> {
        let plain = self.own.as_str().or_else(|| self.inherited?.as_str());
        plain.or_else(|| self.get("version")?.as_str())
    }

    fn has_feature(&self, feature: &str) -> bool {
        let lists = [Some(self.own), self.inherited]
            .into_iter()
            .flatten()
            .filter_map(|value| value.get("features")?.as_array());
        lists.flatten().any(|listed| listed.as_str() == Some(feature))
    }
}

fn asked<'m>(name: &str, package: &'m Manifest, workspace: Option<&'m Manifest>) -> Option<Asked<'m>> {
    let own = package.table.get("dependencies")?.get(name)?;
    let inherited =
        own.get("workspace").and(workspace).and_then(|root| root.workspace()?.get("dependencies")?.get(name));
    Some(Asked { own, inherited })
}

fn other(needed: &Dependency, asked: Asked<'_>, package: &Manifest, found: &mut Diagnostics) {
    let lacking: Vec<String> = needed
        .features
        .iter()
        .filter(|feature| is_lacking(needed, feature, &asked))
        .map(|feature| format!("`{feature}`"))
        .collect();
    let reason = if asked.version().and_then(kin).zip(kin(&needed.version)).is_some_and(|(has, needs)| has != needs) {
        format!("of version {}, and the module is written for {}", asked.version().unwrap_or_default(), needed.version)
    } else if asked.get("optional").and_then(Value::as_bool).unwrap_or_default() {
        "optional, and the module needs it always".to_owned()
    } else if !lacking.is_empty() {
        format!("asked for without {}", lacking.join(" and "))
    } else {
        return;
    };
    let message = format!("the dependency `{}` of the package `{}` is {reason}", needed.name, package.name());
    let place = super::shown(&package.folder.join("Cargo.toml"));
    found.push(
        Diagnostic::new(&diag::HOST_OTHER_DEPENDENCY, message).help(format!("say `{}` in `{place}`", line(needed))),
    );
}

/// What the default features of a crate have in them, of those that a module asks for.
const BY_DEFAULT: &[(&str, &[&str])] =
    &[("reqwest", &["http2", "rustls"]), ("serde", &["std"]), ("serde_json", &["std"])];

fn is_lacking(needed: &Dependency, feature: &str, asked: &Asked<'_>) -> bool {
    // Any TLS does, and the client is as good without HTTP/2.
    let is_choice = needed.name == "reqwest";
    let by_default = asked.get("default-features").and_then(Value::as_bool).unwrap_or(true)
        && BY_DEFAULT.iter().any(|(name, features)| *name == needed.name && features.contains(&feature));
    !(is_choice || by_default || asked.has_feature(feature) || asked.has_feature("full"))
}

/// What two versions have in common that go together: the first number, and the second where the first is zero.
fn kin(requirement: &str) -> Option<(u64, u64)> {
    let mut numbers =
        requirement.trim_start_matches(|c: char| !c.is_ascii_digit()).split(|c: char| !c.is_ascii_digit());
    let first = numbers.next()?.parse().ok()?;
    let second = numbers.next().and_then(|number| number.parse().ok());
    Some((first, if first == 0 { second? } else { 0 }))
}

/// The line of a manifest.
fn line(dependency: &Dependency) -> String {
    let Dependency { name, version, features, default_features } = dependency;
    if features.is_empty() && *default_features {
        return format!("{name} = \"{version}\"");
    }
    let mut line = format!("{name} = {{ version = \"{version}\"");
    if !default_features {
        line.push_str(", default-features = false");
    }
    if !features.is_empty() {
        let features: Vec<String> = features.iter().map(|feature| format!("\"{feature}\"")).collect();
        line.push_str(&format!(", features = [{}]", features.join(", ")));
    }
    line + " }"
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn host(package: &str, workspace: &str) -> Host {
        let manifest = |text: &str, folder: &str| {
            Some(Manifest { folder: PathBuf::from(folder), table: toml::from_str(text).unwrap() })
        };
        Host {
            folder: "/w/app/src/api".into(),
            package: manifest(package, "/w/app"),
            workspace: manifest(workspace, "/w"),
        }
    }

    fn needed(name: &str, version: &str, features: &[&str], default_features: bool) -> Dependency {
        let features = features.iter().map(|feature| (*feature).to_owned()).collect();
        Dependency { name: name.to_owned(), version: version.to_owned(), features, default_features }
    }

    fn told(package: &str, workspace: &str) -> Vec<String> {
        let needs = [
            needed("http", "1.3", &[], true),
            needed("serde_json", "1.0", &["float_roundtrip"], true),
            needed("tokio", "1.44", &["time"], false),
            needed("reqwest", "0.13", &["http2", "rustls"], false),
        ];
        let mut found = Diagnostics::default();
        check(&needs, &host(&format!("[package]\nname = 'app'\n{package}"), workspace), &mut found);
        found.iter().map(|found| format!("{} {}: {}", found.code.id, found.message, found.help.join(" "))).collect()
    }

    #[test]
    fn lines_that_are_missing_are_told() {
        insta::assert_snapshot!(told("[dependencies]\nhttp = '1'", "").join("\n"), @r#"V0102 the package `app` lacks 3 dependencies of the module: add to `[dependencies]` in `/w/app/Cargo.toml`: serde_json = { version = "1.0", features = ["float_roundtrip"] } tokio = { version = "1.44", default-features = false, features = ["time"] } reqwest = { version = "0.13", default-features = false, features = ["http2", "rustls"] }"#);
        let all = "[dependencies]\nhttp = '1'\nserde_json = { version = '1', features = ['float_roundtrip'] }\nreqwest = '0.13.1'\n\
                   tokio = { version = '1', features = ['full'] }\n";
        assert_eq!(told(all, ""), Vec::<String>::new());
    }

    #[test]
    fn what_is_inherited_counts_as_a_whole() {
        let workspace = "workspace.dependencies = { http = '0.2', serde_json = '1', tokio = '1.2', reqwest = '0.12' }";
        let package = "[dependencies]\nhttp.workspace = true\nreqwest = { workspace = true, optional = true }\n\
                       tokio = { workspace = true, features = ['time'] }\nserde_json.workspace = true\n";
        insta::assert_snapshot!(told(package, workspace).join("\n"), @r#"
        V0103 the dependency `http` of the package `app` is of version 0.2, and the module is written for 1.3: say `http = "1.3"` in `/w/app/Cargo.toml`
        V0103 the dependency `serde_json` of the package `app` is asked for without `float_roundtrip`: say `serde_json = { version = "1.0", features = ["float_roundtrip"] }` in `/w/app/Cargo.toml`
        V0103 the dependency `reqwest` of the package `app` is of version 0.12, and the module is written for 0.13: say `reqwest = { version = "0.13", default-features = false, features = ["http2", "rustls"] }` in `/w/app/Cargo.toml`
        "#);
    }
}
